"use strict";
// Menyusun gambar pohon menurut keadaannya: tata letak dan garis ke dalam SVG, tombol lipat dan fokus di atasnya, jejak.
{
  const { tata, tataTerbaik, garis, pangkalGaris } = globalThis.pokinTata;
  const { buat, atur } = globalThis.pokinKotak;
  const { dasarTutup, tertutup, wakil, pilihTampak } = globalThis.pokinKeadaan;
  const { TERBACA, ruang, ukur, skalakan, bawa } = globalThis.pokinPandang;
  const { sorotkan, gambarHubungan } = globalThis.pokinSorot;
  const SEMPIT = 600; // bingkai telepon: bentuknya sendiri yang menentukan dari tingkat berapa cabang menggantung
  const SEKALI = 120; // kotak yang terbuka pada pandangan pertama
  const BANYAK = 200; // di atas ini perpindahan kotak tidak digerakkan

  const tenang = matchMedia("(prefers-reduced-motion: reduce)");

  // `pegang` tinggal di tempatnya di layar; tanpa itu gambar diukur lagi dari awal.
  function susun(p, pegang) {
    const semula = new Map([...(p.tampak ?? [])].map((k) => [k, [k.x, k.y]]));
    const tempat = pegang && p.tampak && kaki(p, pegang);
    tataUlang(p);
    tulisTata(p);
    p.aktif = wakil(p, p.aktif) ?? p.urut[0];
    for (const nama of ["tingkat", "sorot"]) if (p.alat(nama)) p.alat(nama).value = p.keadaan[nama];
    pasangTombol(p);
    pasangJejak(p);
    sorotkan(p);
    gambarHubungan(p);
    if (pegang) skalakan(p, p.s);
    else ukur(p);
    if (tempat) bawa(p, [pegang.x, pegang.y + pegang.tinggi], tempat);
    gerakkan(p, semula);
  }

  function kaki(p, k) {
    const { left, top } = p.svg.getBoundingClientRect();
    return [left + k.x * p.s, top + (k.y + k.tinggi) * p.s];
  }

  // ---------------------------------------------------------------------------------------------------- tata letak

  const akarDari = (tampak) => [...tampak].filter((k) => !k.induk);

  // Dipilih menurut dasarnya saja: melipat satu cabang tidak memindahkan kotak-kotak lain dari baris ke kolom.
  function dasarnya(p) {
    const dasar = pilihTampak(p, (k) => dasarTutup(p, k) && k.id !== p.keadaan.fokus);
    const [lebar] = ruang(p);
    return tataTerbaik(akarDari(dasar), [...dasar], lebar < SEMPIT ? ruang(p) : undefined);
  }

  // Sampai tingkat berapa gambar terbaca pada layar ini; selebihnya dibuka pembaca sendiri.
  function tingkatAwal(p) {
    const fokus = p.kotak.find((k) => k.el.matches(".kotak-fokus"));
    const [sedikit, banyak] = [(fokus?.dalam ?? 0) + 2, Math.max(...p.kotak.map((k) => k.dalam)) + 1];
    const [lebar, tinggi] = ruang(p);
    for (let n = banyak; n > sedikit; n -= 1) {
      p.keadaan.tingkat = n === banyak ? "0" : `${n}`;
      if (p.kotak.filter((k) => k.dalam < n).length > SEKALI) continue;
      const rancangan = dasarnya(p);
      const s = Math.min(1, lebar / rancangan.lebar);
      if (s >= TERBACA && rancangan.tinggi * s <= 2 * tinggi) return p.keadaan.tingkat;
    }
    return sedikit < banyak ? `${sedikit}` : "0";
  }

  function tataUlang(p) {
    const { fokus, tingkat } = p.keadaan;
    const utuh = !p.perId.has(fokus) && !(tingkat > 0) && ruang(p)[0] >= SEMPIT;
    const { rentang, batas } = utuh ? p.asli : dasarnya(p);
    p.tampak = pilihTampak(p, (k) => tertutup(p, k));
    Object.assign(p, tata(akarDari(p.tampak), rentang, batas));
    p.d = garis([...p.tampak]);
    if (!utuh || p.tampak.size < p.kotak.length) return;
    Object.assign(p, p.asli);
    for (const k of p.kotak) [k.x, k.y] = k.asli;
  }

  function tulisTata(p) {
    // Hilang bila pratinjau mengembalikan gambarnya: siapkan lalu membacanya lagi.
    atur(p.svg, "data-tata", p.d === p.asli.d && p.tampak.size === p.kotak.length ? null : "");
    atur(p.svg, "viewBox", `0 0 ${p.lebar} ${p.tinggi}`);
    atur(p.svg, "width", p.lebar);
    atur(p.svg, "height", p.tinggi);
    atur(p.garis, "d", p.d);
    for (const k of p.kotak) {
      atur(k.el, "display", p.tampak.has(k) ? null : "none");
      if (p.tampak.has(k)) atur(k.el, "transform", `translate(${k.x} ${k.y})`);
    }
  }

  function gerakkan(p, semula) {
    if (tenang.matches || !semula.size || p.tampak.size > BANYAK) return;
    const di = ([x, y]) => ({ transform: `translate(${x}px, ${y}px)` });
    for (const k of p.tampak) {
      const dari = semula.get(k);
      k.el.animate(dari ? [di(dari), di([k.x, k.y])] : [{ opacity: 0 }, {}], { duration: 200, easing: "ease-out" });
    }
    p.garis?.animate([{ opacity: 0 }, {}], 400);
  }

  // --------------------------------------------------------------------------------------------- tombol dan jejak

  // Satu kotak saja yang menjadi perhentian Tab, diikuti tombol lipat dan tombol fokusnya.
  function pasangTombol(p) {
    const dapat = [...p.tampak].filter((k) => k.anak.length && k.id && !p.rantai.has(k));
    const isi = [...dapat.map((k) => tombolLipat(p, k)), p.tombolFokus];
    const tetap = new Set(isi); // yang tetap tidak dipindahkan: ia mungkin berfokus
    for (const lama of [...p.lapis.children]) if (!tetap.has(lama)) lama.remove();
    for (const [n, t] of isi.entries()) if (p.lapis.children[n] !== t) p.lapis.insertBefore(t, p.lapis.children[n]);
    if (p.lapis.parentNode !== p.kanvas) p.kanvas.append(p.lapis);
    aktifkan(p, p.aktif);
  }

  function tombolLipat(p, k) {
    const tutup = tertutup(p, k);
    const kata = tutup ? `Buka cabang ${k.nama} (${k.isi} kotak)` : `Lipat cabang ${k.nama}`;
    k.tombol = p.tombol.get(k.id) ?? buat("button", { type: "button", "data-alat": "lipat" });
    p.tombol.set(k.id, k.tombol);
    p.dari.set(k.tombol, k);
    if (k.tombol.getAttribute("aria-label") !== kata) k.tombol.textContent = tutup ? `+${k.isi}` : "−";
    atur(k.tombol, "aria-expanded", !tutup);
    atur(k.tombol, "aria-label", kata);
    atur(k.tombol, "title", kata);
    // Di dalam kolom hampir tidak ada ruang di bawah kotak yang terlipat: separuh tombolnya di atas tepi kotak.
    if (tutup && k.gantung) letakkan(k.tombol, k.x + k.lebar - 22, k.y + k.tinggi - 8);
    else letakkan(k.tombol, pangkalGaris(k), k.y + k.tinggi);
    return k.tombol;
  }

  function letakkan(tombol, x, y) {
    tombol.style.setProperty("--x", x);
    tombol.style.setProperty("--y", y);
  }

  function aktifkan(p, k) {
    p.aktif = k.el.localName === "a" ? k : p.urut.find((lain) => lain.el.localName === "a") ?? k;
    for (const lain of p.kotak) {
      for (const el of [lain.el, lain.tombol]) if (el && el.localName !== "g") atur(el, "tabindex", lain === p.aktif ? 0 : -1);
    }
    arahkan(p, p.tunjuk);
  }

  // Kotak yang ditunjuk atau difokus: tombol fokusnya dan hubungannya tampil.
  function arahkan(p, tunjuk) {
    p.tunjuk = tunjuk;
    const nyata = tunjuk ?? p.dari.get(document.activeElement);
    const k = nyata ?? p.aktif;
    p.dari.set(p.tombolFokus, k);
    p.tombolFokus.classList.toggle("tampil", Boolean(nyata));
    p.tombolFokus.hidden = !k.id || k.id === p.keadaan.fokus || k.isi + 1 === p.kotak.length;
    atur(p.tombolFokus, "aria-label", `Fokus ke cabang ${k.nama}`);
    letakkan(p.tombolFokus, k.x + k.lebar, k.y);
    if (!p.keadaan.hubungan && p.disorot !== nyata) gambarHubungan(p, nyata);
    p.disorot = nyata;
  }

  function pasangJejak(p) {
    const fokus = p.perId.get(p.keadaan.fokus);
    if (!p.jejak) return;
    p.jejak.hidden = !fokus;
    const tombol = (k) => buat("button", { type: "button", "data-alat": "jejak", "data-id": k.id }, k.nama);
    const langkah = [...p.rantai].reverse().map((k) => (k.id ? tombol(k) : k.nama));
    if (fokus) langkah.push(buat("span", { "aria-current": "true" }, fokus.nama));
    p.jejak.querySelector("ol").replaceChildren(...langkah.map((isi) => buat("li", {}, isi)));
  }

  globalThis.pokinSusun = { susun, tingkatAwal, aktifkan, arahkan };
}
