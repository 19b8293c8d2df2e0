"use strict";
// Gambar pohon sebagai alat baca: memperbesar, menggeser, melipat cabang, berfokus, menyorot; keadaannya ada di alamat.
//
//   siapkan ──► baca    kotak-kotak SVG (gambar-kotak.js)
//           └─► susun   yang tampak menurut keadaan (gambar-keadaan.js) ──► tata (gambar-tata.js) ──► SVG dan tombol di
//                       atasnya (gambar-susun.js) ──► sorotan, hubungan (gambar-sorot.js) ──► ukur (gambar-pandang.js)
//
// Di sini perintah pembaca, dari bilah alat dan papan tombol, dan permulaannya. Papan (p) adalah satu .papan dengan semua
// yang diketahui tentangnya; kotaknya k. Pratinjau mengembalikan apa yang ditulis di halaman; keadaan tinggal di sini dan
// diterapkan lagi.
{
  const { salinTeks, setiapHalaman, tulis, unsurSvg } = globalThis.pokin;
  const { buat, atur, baca, isiPilihan, cocok } = globalThis.pokinKotak;
  const { beralamat, bacaAlamat, tertutup, balikkan } = globalThis.pokinKeadaan;
  const { penuh, ukur, rekam, rekamNanti, perbesar, muatkan, penuhkan, seret, roda, cubit } = globalThis.pokinPandang;
  const { susun, tingkatAwal, aktifkan, arahkan } = globalThis.pokinSusun;

  const semuaPapan = new WeakMap(); // unsur .papan -> papan
  const sempit = matchMedia("(max-width: 47.99rem)"); // seperti gambar.css: hanya di sini pilihan tampilan dapat dilipat
  const tampakkan = (k) => k?.el.scrollIntoView({ block: "nearest", inline: "nearest" });

  function ubah(p, perubahan, pegang) {
    Object.assign(p.keadaan, perubahan);
    susun(p, pegang);
    rekam(p);
  }

  function fokuskan(p, id) {
    const k = p.perId.get(id);
    const diDalam = p.el.contains(document.activeElement);
    if (k && tertutup(p, k)) balikkan(p, k);
    p.aktif = k ?? p.aktif;
    ubah(p, { fokus: k ? id : "", skala: "" });
    if (diDalam) p.aktif.el.focus();
    tampakkan(p.aktif);
    if (!k && !p.keadaan.sorot) tulis(p.kabar, "Seluruh pohon.");
  }

  function lipatBuka(p, k) {
    if (!k?.id || !k.anak.length || p.rantai.has(k)) return;
    balikkan(p, k);
    ubah(p, {}, k);
  }

  // ----------------------------------------------------------------------------------------------------- bilah alat

  const ALAT = {
    besar: (p) => perbesar(p, p.s * 1.25),
    kecil: (p) => perbesar(p, p.s / 1.25),
    asli: (p) => perbesar(p, 1),
    muat: muatkan,
    penuh: (p) => penuhkan(p, !penuh(p)),
    hubungan: (p) => ubah(p, { hubungan: p.keadaan.hubungan ? "" : "ya" }, p.aktif),
    seluruh: (p) => fokuskan(p, ""),
    jejak: (p, { dataset }) => fokuskan(p, dataset.id),
    jenjang: sorotJenjang,
    lipat: (p, tombol) => lipatBuka(p, p.dari.get(tombol)),
    fokus: (p, tombol) => fokuskan(p, p.dari.get(tombol).id),
    salin,
  };

  function sorotJenjang(p, { parentNode }) {
    const sorot = `jenjang.${parentNode.dataset.jenjang}`;
    ubah(p, { sorot: p.keadaan.sorot === sorot ? "" : sorot }, p.aktif);
  }

  async function salin(p) {
    rekam(p);
    if (await salinTeks(location.href)) {
      tulis(p.kabar, "Tautan ke tampilan ini disalin.");
      return;
    }
    const isian = buat("input", { readonly: "", "aria-label": "Tautan ke tampilan ini", value: location.href });
    p.kabar.replaceChildren("Salin dengan Ctrl+C: ", isian);
    isian.select();
  }

  function klik(p, kejadian) {
    const tombol = kejadian.target.closest("button");
    if (p.terseret) kejadian.preventDefault();
    else if (tombol) ALAT[tombol.dataset.alat]?.(p, tombol);
    p.terseret = false;
  }

  function pilih(p, { target: { value, dataset } }) {
    if (dataset.alat === "tingkat") ubah(p, { tingkat: value, beda: new Set(), skala: "" });
    if (dataset.alat !== "sorot") return;
    ubah(p, { sorot: value }, p.aktif);
    tampakkan(p.urut.find((k) => cocok(k, value)));
  }

  // -------------------------------------------------------------------------------------------------- papan tombol

  const TOMBOL = {
    ...{ "+": ALAT.besar, "=": ALAT.besar, "-": ALAT.kecil, 0: muatkan, 1: ALAT.asli },
    f: (p, k) => k && fokuskan(p, k.id === p.keadaan.fokus ? "" : k.id),
    " ": lipatBuka,
  };
  const ARAH = { ArrowUp: [0, -80], ArrowDown: [0, 80], ArrowLeft: [-80, 0], ArrowRight: [80, 0] };

  // Di baris: atas-bawah ke induk dan anak, kiri-kanan ke saudara. Di kolom, seperti pada daftar: atas-bawah ke kotak
  // sebelum dan sesudahnya, kiri-kanan ke induk dan anak.
  function tetangga(p, k, arah) {
    const urut = p.urut.filter(({ el }) => el.localName === "a");
    const deret = k.gantung ? urut : urut.filter((lain) => lain.induk === k.induk);
    const sebelah = (n) => deret[deret.indexOf(k) + n];
    const ke = [
      () => sebelah(-1),
      () => sebelah(1),
      () => k.atas.find((lain) => urut.includes(lain)),
      () => urut.find((lain) => lain.atas.includes(k)),
    ];
    return ke[(Object.keys(ARAH).indexOf(arah) + (k.gantung ? 0 : 2)) % 4]();
  }

  function tekan(p, kejadian) {
    const { key, target } = kejadian;
    if (kejadian.ctrlKey || kejadian.metaKey || kejadian.altKey) return;
    const k = p.dari.get(target.closest(".kotak, .lapis button"));
    const lakukan = TOMBOL[key.toLowerCase()];
    if (key === "Escape" && penuh(p)) return; // yang pertama ditutup adalah layar penuhnya
    if (key === "Escape" && p.keadaan.fokus) fokuskan(p, "");
    else if (!p.bingkai.contains(target) || (key === " " && (!k || target.localName === "button"))) return;
    else if (lakukan) lakukan(p, k);
    else if (key in ARAH && k) pindah(tetangga(p, k, key));
    else if (key in ARAH) p.bingkai.scrollBy(...ARAH[key]);
    else return;
    kejadian.preventDefault();
  }

  function pindah(k) {
    k?.el.focus();
    tampakkan(k);
  }

  // ------------------------------------------------------------------------------------------------------- memulai

  function papanBaru(el, utama) {
    const fokus = { type: "button", class: "fokus-cabang", "data-alat": "fokus", title: "Fokus ke cabang ini (F)" };
    return {
      ...{ el, keadaan: bacaAlamat(utama), tombol: new Map() },
      lapis: buat("div", { class: "lapis" }),
      tombolFokus: buat("button", fokus, "Fokus"),
      jalinan: unsurSvg("g", { class: "hubungan", "data-p-naskah": "" }),
      alat: (nama) => el.querySelector(`[data-alat="${nama}"]`),
    };
  }

  function terapkanBawaan(p) {
    const { tingkat } = p.keadaan;
    p.bawaan ??= p.perId.size ? tingkatAwal(p) : "0";
    p.keadaan.tingkat = tingkat || p.bawaan;
  }

  function siapkan(el, utama) {
    const svg = el.querySelector("svg.pohon");
    if (!svg?.querySelector(".kotak")) return;
    const lama = semuaPapan.get(el);
    const p = lama ?? papanBaru(el, utama);
    semuaPapan.set(el, p);
    const kelas = ["gambar", "kanvas", "jejak-gambar", "kabar-gambar", "alat-gambar"];
    const [bingkai, kanvas, jejak, kabar, bilah] = kelas.map((nama) => el.querySelector(`.${nama}`));
    Object.assign(p, { utama, svg, bingkai, kanvas, jejak, kabar });
    atur(el, "data-p-hidup", "");
    atur(bilah, "data-p-tanpa", "hidden");
    bilah.hidden = false;
    atur(p.alat("penuh"), "aria-pressed", penuh(p));
    const gulir = [bingkai.scrollLeft, bingkai.scrollTop];
    if (!svg.hasAttribute("data-tata")) baca(p);
    terapkanBawaan(p);
    p.aktif = p.perId.get(p.aktif?.id) ?? p.kotak.find((k) => k.el.matches(".kotak-fokus")) ?? p.kotak[0];
    p.tampak = p.tunjuk = null;
    isiPilihan(p);
    if (!lama || !sempit.matches) aturPilihan(p); // di telepon yang dibuka pembaca tetap terbuka
    if (!lama) dengarkan(p);
    susun(p, lama && p.aktif);
    if (lama) [bingkai.scrollLeft, bingkai.scrollTop] = gulir;
    else if (utama && beralamat()) datangi(p);
  }

  function aturPilihan(p) {
    const pilihan = p.el.querySelector(".pilihan-gambar");
    if (pilihan) pilihan.open = !sempit.matches || pilihan.contains(document.activeElement);
  }

  function datangi(p) {
    p.el.scrollIntoView();
    const { fokus, sorot, pusat } = p.keadaan;
    const k = p.perId.get(fokus) ?? (sorot && p.urut.find((lain) => cocok(lain, sorot)));
    if (k && !pusat.length) tampakkan(k);
  }

  function dengarkan(p) {
    const dengar = (nama, lakukan, pilihan) => p.el.addEventListener(nama, (kejadian) => lakukan(p, kejadian), pilihan);
    const diGambar = (nama, lakukan, pilihan) =>
      dengar(nama, (_, kejadian) => p.bingkai.contains(kejadian.target) && lakukan(p, kejadian), pilihan);
    const tunjuk = ({ target }) => p.dari.get(target.closest(".kotak, .lapis button"));
    dengar("click", klik);
    dengar("change", pilih);
    dengar("keydown", tekan);
    dengar("scroll", () => Number(p.keadaan.skala) && rekamNanti(p), { capture: true, passive: true });
    dengar("pointerleave", () => arahkan(p, null));
    diGambar("pointerdown", seret);
    diGambar("dragstart", (_, kejadian) => kejadian.preventDefault());
    diGambar("wheel", roda, { passive: false });
    for (const nama of ["touchstart", "touchmove", "touchend", "touchcancel"]) diGambar(nama, cubit, { passive: false });
    diGambar("pointerover", (_, kejadian) => arahkan(p, tunjuk(kejadian)));
    diGambar("focusin", (_, kejadian) => {
      p.tunjuk = null; // yang terakhir menang: fokus, atau penunjuk yang bergerak sesudahnya
      if (tunjuk(kejadian) && kejadian.target !== p.tombolFokus) aktifkan(p, tunjuk(kejadian));
    });
    dengar("focusout", () => setTimeout(arahkan, 0, p, p.tunjuk));
  }

  const unsurPapan = () => [...document.querySelectorAll(".papan")];
  const hidup = () => unsurPapan().map((el) => semuaPapan.get(el)).filter(Boolean);
  const tutupSemua = (yang = () => true) => hidup().filter(yang).forEach((p) => penuhkan(p, false));

  setiapHalaman(() => {
    const semua = unsurPapan();
    for (const el of semua) siapkan(el, semua.length === 1);
  });
  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement) hidup().filter(penuh).forEach(ukur);
    else tutupSemua();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    tutupSemua();
    for (const p of hidup()) arahkan(p, null); // yang tampil karena ditunjuk tertutup tanpa penunjuk digeser
  });
  // Yang tertutup papan tidak boleh berfokus.
  document.addEventListener("focusin", ({ target }) => tutupSemua((p) => !p.el.contains(target)));
  addEventListener("hashchange", () => {
    for (const p of hidup()) {
      if (!p.utama || !beralamat()) continue;
      p.keadaan = bacaAlamat(true);
      terapkanBawaan(p);
      susun(p);
      datangi(p);
    }
  });
  sempit.addEventListener("change", () => hidup().forEach(aturPilihan));
  let lebarJendela = innerWidth;
  addEventListener("resize", () => {
    const tetap = lebarJendela === innerWidth; // telepon: hanya bilah alamatnya yang muncul atau hilang
    lebarJendela = innerWidth;
    for (const p of hidup()) if (!Number(p.keadaan.skala) && (penuh(p) || !tetap)) ukur(p);
  });
}
