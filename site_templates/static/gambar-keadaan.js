"use strict";
// Keadaan gambar pohon (p.keadaan): membacanya dari alamat, menulisnya ke sana, dan kotak mana yang tampak menurutnya.
// Dari peramban hanya alamat yang dipakai.
//
//   tingkat   "0" semua terbuka, "n" hanya n tingkat
//   beda      id yang dilipat atau dibuka menyimpang dari itu
//   fokus     id cabang yang berdiri sendiri di bawah jejaknya
//   sorot     "pk.<jabatan>", "unit.<unit>", atau "jenjang.<jenjang>"
//   hubungan  "ya": semua dukungan antarcabang tampak
//   skala     "" menurut layar, "muat", atau persen; pusat: titik gambar di tengah bingkai bila persen
//
// Hanya gambar yang tunggal di halamannya (p.utama) yang keadaannya ada pada alamat.
{
  const { bacaKeadaan, tulisKeadaan, uraikan } = globalThis.pokin;

  const beralamat = () => bacaKeadaan("gambar") !== null;

  function bacaAlamat(utama) {
    const isi = (utama && bacaKeadaan("gambar")) || {};
    const daftar = (nama) => (isi[nama] ?? "").split(",").filter(Boolean).map(uraikan);
    const satu = (nama) => daftar(nama)[0] ?? "";
    return {
      ...{ tingkat: satu("tingkat"), fokus: satu("fokus"), sorot: satu("sorot"), hubungan: satu("hubungan") },
      ...{ beda: new Set([...daftar("lipat"), ...daftar("buka")]), skala: satu("skala"), pusat: daftar("pusat").map(Number) },
    };
  }

  function catat(p) {
    if (!p.utama) return;
    const { beda, tingkat, skala, pusat, ...lain } = p.keadaan;
    const menyimpang = [...beda].map((id) => p.perId.get(id)).filter(Boolean);
    const id = (tutup) => menyimpang.filter((k) => dasarTutup(p, k) === tutup).map((k) => k.id);
    // Tingkat bawaan bergantung pada layar, jadi yang menyimpang daripadanya menyebutnya juga.
    const dasar = tingkat !== p.bawaan || menyimpang.length ? tingkat : "";
    tulisKeadaan("gambar", { tingkat: dasar, ...lain, lipat: id(false), buka: id(true), skala, pusat });
  }

  // ---------------------------------------------------------------------------------------------------- yang tampak

  const dasarTutup = ({ keadaan: { tingkat } }, k) => tingkat > 0 && k.dalam >= tingkat - 1;
  const tertutup = (p, k) => k.anak.length > 0 && dasarTutup(p, k) !== p.keadaan.beda.has(k.id);
  const wakil = (p, k) => [k, ...k.atas].find((lain) => p.tampak.has(lain));

  function balikkan({ keadaan: { beda } }, { id }) {
    if (!beda.delete(id)) beda.add(id);
  }

  function pilihTampak(p, tutup) {
    const fokus = p.perId.get(p.keadaan.fokus);
    const tampak = new Set();
    p.rantai = new Set(fokus?.atas);
    for (const k of p.kotak) {
      k.muda = [];
      const dibuka = k.induk && tampak.has(k.induk) && !p.rantai.has(k.induk) && !tutup(k.induk);
      if (!dibuka && !p.rantai.has(k) && (fokus ? k !== fokus : k.induk)) continue;
      tampak.add(k);
      k.induk?.muda.push(k);
    }
    return tampak;
  }

  globalThis.pokinKeadaan = { beralamat, bacaAlamat, catat, dasarTutup, tertutup, wakil, balikkan, pilihTampak };
}
