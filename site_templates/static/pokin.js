"use strict";
// Alat bersama naskah yang lain, dan karena itu dimuat paling dahulu: unsur, teks, ingatan, keadaan dalam alamat. Yang
// mengubah isi halaman memakai setiapHalaman, sebab pratinjau langsung menukar isi halaman di tempatnya.
{
  // Fungsi dan ya/tidak menjadi sifat (onclick, hidden), selebihnya menjadi atribut.
  function isikan(baru, sifat, anak) {
    for (const [nama, nilai] of Object.entries(sifat)) {
      if (/^(function|boolean)$/.test(typeof nilai)) baru[nama] = nilai;
      else baru.setAttribute(nama, nilai);
    }
    baru.append(...anak);
    return baru;
  }

  const SVG = "http://www.w3.org/2000/svg";
  const unsur = (nama, sifat = {}, ...anak) => isikan(document.createElement(nama), sifat, anak);
  const unsurSvg = (nama, sifat = {}, ...anak) => isikan(document.createElementNS(SVG, nama), sifat, anak);

  const rapi = (teks) => teks.replace(/\s+/g, " ").trim();

  // Teks yang sama tidak ditulis lagi, supaya kabar (role="status") tidak dibacakan dua kali.
  function tulis(tempat, teks) {
    if (tempat && tempat.textContent !== teks) tempat.textContent = teks;
  }

  // Peramban yang menolak mengingat (mode pribadi, berkas di komputer sendiri) melayani pilihan di halaman ini saja.
  function diingat(kunci, gudang = "localStorage") {
    try {
      return globalThis[gudang].getItem(kunci);
    } catch {
      return null;
    }
  }

  function ingat(kunci, nilai, gudang = "localStorage") {
    try {
      globalThis[gudang].setItem(kunci, nilai);
    } catch {}
  }

  // Keadaan dalam alamat, #nama=kunci:nilai;kunci:nilai,nilai, masih tersandi. Jangkar seperti #isi bukan keadaan.
  function bacaKeadaan(nama) {
    const [awal, isi] = location.hash.split("=");
    if (awal !== `#${nama}` || isi === undefined) return null;
    return Object.fromEntries(isi.split(";").map((bagian) => bagian.split(":")));
  }

  function uraikan(nilai) {
    try {
      return decodeURIComponent(nilai);
    } catch {
      return ""; // alamat yang rusak
    }
  }

  function tulisKeadaan(nama, keadaan) {
    const sandi = ([kunci, nilai]) => [kunci, [nilai].flat().map(encodeURIComponent).join(",")];
    const isi = Object.entries(keadaan).map(sandi).filter(([, nilai]) => nilai).map((bagian) => bagian.join(":"));
    if (!isi.length && !bacaKeadaan(nama)) return; // jangkar biasa dibiarkan
    const jangkar = isi.length ? `#${nama}=${isi.join(";")}` : "";
    try {
      history.replaceState(history.state, "", location.href.split("#")[0] + jangkar);
    } catch {} // peramban menolak pergantian yang terlalu sering; yang berikut mencatatnya
  }

  async function salinTeks(teks) {
    try {
      await navigator.clipboard.writeText(teks);
      return true;
    } catch {
      return false;
    }
  }

  function setiapHalaman(lakukan) {
    lakukan();
    document.addEventListener("pokin:halaman", lakukan);
  }

  globalThis.pokin = {
    ...{ unsur, unsurSvg, rapi, tulis, diingat, ingat, setiapHalaman },
    ...{ bacaKeadaan, uraikan, tulisKeadaan, salinTeks },
  };
}
