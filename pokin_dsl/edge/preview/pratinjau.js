"use strict";
// Pratinjau langsung di dalam halaman: mendengarkan kabar server, menukar hanya yang berubah, dan menampilkan galat.
//
//   sambungan ──► terima ──┬─► tukar     isi halaman yang baru, dengan samakan: hanya yang berbeda disentuh
//                          ├─► hilang    halaman yang sudah tidak ada, dan ke mana isinya pindah
//                          ├─► keadaan   panel galat, lencana, judul, ikon
//                          └─► statis    gaya diganti tanpa kedip, naskah dimuat ulang
//
// Tampilan pratinjau sendiri berada di bawah <html>, di luar <body>, dalam bayangannya (shadow root): ia tidak ikut
// ditukar, tidak tersentuh gaya situs, dan tidak menggeser apa pun di halaman. Gayanya di pratinjau.css.
{
  const ALAMAT_KABAR = "/_pokin/kabar";
  const ALAMAT_BUKA = "/_pokin/buka";
  const ALAMAT_GAYA = "/_pokin/pratinjau.css";
  const SENYAP = 25_000; // tanpa kabar apa pun (denyut datang tiap 10 detik): sambungan dianggap mati
  const LAMA_MENYAMBUNG = 5_000; // jabat tangan yang tidak selesai
  const SABAR = 2_000; // baru sesudah ini pembaca diberi tahu bahwa sambungan terputus
  const LAMA_KILAT = 1_200;
  const LAMA_TOMBOL_ARAH = 6_000;
  const LAMA_KABAR_BAIK = 3_500;
  const BANYAK = 200; // bila lebih dari ini yang berubah, tanda kilat tidak menunjukkan apa-apa lagi
  const BESAR = 1_000_000; // halaman sebesar ini dihaluskan hanya selama SABAR_MENYAMAKAN, selebihnya diganti utuh
  const SABAR_MENYAMAKAN = 400;
  const TEMPAT_LIPATAN = "pokin-galat-dilipat";

  // ---------------------------------------------------------------------------------------------- menyamakan dokumen
  // Dokumen yang hidup dibuat sama dengan yang baru tanpa menyentuh yang sudah sama. Yang dibiarkan, sebab bukan milik
  // halaman melainkan milik pembaca atau naskah: `open` pada <details>, `style` (halaman tidak boleh memuatnya), atribut
  // yang namanya diawali data-p-, kelas yang disebut dalam data-p-kelas, atribut yang disebut dalam data-p-tanpa, unsur
  // bertanda data-p-naskah, dan tulisan di dalam role="status". Bungkus (data-p-naskah="bungkus") yang dipasang naskah
  // di sekeliling isi suatu unsur tinggal; isinya disamakan. Naskah yang mengatur ulang simpul halaman sendiri
  // mengembalikannya pada "pokin:akan-tukar" dan mengaturnya lagi pada "pokin:halaman".

  const punyaIsi = (teks) => /\S/.test(teks);
  const milikNaskah = (simpul) => simpul?.dataset?.pNaskah !== undefined;

  // Cara mengenali anak yang sama, dari yang paling pasti; id yang berakhir angka (nomor baris) bukan tanda pengenal.
  // Unsur yang kelas pertamanya lain adalah unsur macam lain: apa yang dicatat naskah padanya tidak boleh terbawa.
  const PENGENAL = [
    (s) => idTetap(s) || namaSendiri(s),
    (s) => s.textContent,
    (s) => s.querySelector?.("a[href]")?.getAttribute("href"),
    (s) => (idTetap(s) ? "" : `urutan ${s.classList?.[0] ?? ""}`),
  ];

  function idTetap(simpul) {
    return simpul.id && !/\d$/.test(simpul.id) ? `#${simpul.id}` : "";
  }

  function namaSendiri(simpul) {
    const nama = ["data-kolom", "aria-labelledby", "href"].find((n) => simpul.hasAttribute?.(n));
    return nama ? `${nama} ${simpul.getAttribute(nama)}` : "";
  }

  let batasWaktu = Infinity; // sesudah ini yang masih berbeda diganti utuh

  // Memberi simpul yang kini berdiri di tempat itu: yang lama, kecuali bila waktu habis.
  function samakan(lama, baru, berubah) {
    if (performance.now() > batasWaktu) {
      lama.replaceWith(baru);
      return baru;
    }
    if (lama.nodeType === Node.ELEMENT_NODE) {
      samakanAtribut(lama, baru);
      if (lama.getAttribute("role") !== "status") samakanAnak(terbungkus(lama), baru, berubah);
    } else if (lama.data !== baru.data) {
      if (punyaIsi(lama.data) || punyaIsi(baru.data)) berubah.add(lama.parentElement);
      samakanTeks(lama, baru.data);
    }
    return lama;
  }

  function terbungkus(unsur) {
    const dalam = unsur.firstElementChild;
    return dalam?.dataset.pNaskah === "bungkus" ? dalam : unsur;
  }

  function samakanAtribut(lama, baru) {
    const milikOrang = (nama) =>
      nama.startsWith("data-p-") ||
      nama === "style" ||
      nama === lama.dataset.pTanpa ||
      (nama === "open" && lama.localName === "details");
    for (const { name } of [...lama.attributes]) {
      if (!milikOrang(name) && !baru.hasAttribute(name)) lama.removeAttribute(name);
    }
    for (const { name, value } of [...baru.attributes]) {
      const nilai = name === "class" && lama.dataset.pKelas ? `${value} ${lama.dataset.pKelas}` : value;
      if (!milikOrang(name) && lama.getAttribute(name) !== nilai) lama.setAttribute(name, nilai);
    }
  }

  // Hanya huruf yang berbeda yang diganti, sehingga pilihan teks di sekitarnya bertahan.
  function samakanTeks(simpul, teks) {
    const lama = simpul.data;
    const batas = Math.min(lama.length, teks.length);
    let awal = 0;
    while (awal < batas && lama[awal] === teks[awal]) awal += 1;
    let akhir = 0;
    while (akhir < batas - awal && lama.at(-1 - akhir) === teks.at(-1 - akhir)) akhir += 1;
    simpul.replaceData(awal, lama.length - awal - akhir, teks.slice(awal, teks.length - akhir));
  }

  function samakanAnak(induk, indukBaru, berubah) {
    const lama = [...induk.childNodes].filter((simpul) => !milikNaskah(simpul));
    const baru = [...indukBaru.childNodes];
    let awal = 0;
    while (awal < lama.length && awal < baru.length && lama[awal].isEqualNode(baru[awal])) awal += 1;
    let akhir = 0;
    const batas = Math.min(lama.length, baru.length) - awal;
    while (akhir < batas && lama.at(-1 - akhir).isEqualNode(baru.at(-1 - akhir))) akhir += 1;
    const batasKanan = akhir ? lama.at(-akhir) : naskahDiUjung(induk);
    const baruTengah = baru.slice(awal, baru.length - akhir);
    susun(induk, lama.slice(awal, lama.length - akhir), { baru: baruTengah, batasKanan, berubah });
  }

  // Yang ditambahkan naskah di ujung, seperti tombol di atas gambar, tinggal di ujung.
  function naskahDiUjung(induk) {
    let ujung = null;
    while (milikNaskah(ujung ? ujung.previousSibling : induk.lastChild)) ujung = ujung ? ujung.previousSibling : induk.lastChild;
    return ujung;
  }

  function susun(induk, lama, { baru, batasKanan, berubah }) {
    const { jodoh, sisa } = jodohkan(lama, baru);
    for (const simpul of sisa) {
      if (simpul.nodeType === Node.TEXT_NODE && punyaIsi(simpul.data)) berubah.add(induk);
      simpul.remove();
    }
    const tetap = yangTetap(jodoh, lama);
    let kanan = batasKanan;
    for (let n = baru.length - 1; n >= 0; n -= 1) {
      const simpul = jodoh[n] ?? baru[n];
      if (!jodoh[n] || !tetap.has(simpul)) induk.insertBefore(simpul, kanan);
      if (!jodoh[n]) catatBaru(simpul, berubah);
      kanan = !jodoh[n] || simpul.isEqualNode(baru[n]) ? simpul : samakan(simpul, baru[n], berubah);
    }
  }

  function catatBaru(simpul, berubah) {
    if (simpul.nodeType === Node.ELEMENT_NODE) berubah.add(simpul);
    else if (punyaIsi(simpul.data)) berubah.add(simpul.parentElement);
  }

  // Tiap anak baru dengan anak lama yang paling pantas menjadi dirinya, atau tanpa jodoh; `sisa` tidak terpakai lagi.
  function jodohkan(lama, baru) {
    const jodoh = new Array(baru.length).fill(null);
    const sisa = new Set(lama);
    for (const pengenal of PENGENAL) {
      if (!sisa.size) break;
      const antrean = antrekan(sisa, pengenal);
      for (const [n, simpul] of baru.entries()) {
        const calon = jodoh[n] ? null : antrean.get(tandaPengenal(simpul, pengenal))?.next().value;
        if (calon) jodoh[n] = calon;
        if (calon) sisa.delete(calon);
      }
    }
    return { jodoh, sisa };
  }

  function antrekan(simpul, pengenal) {
    const kelompok = new Map();
    for (const s of simpul) {
      const tanda = tandaPengenal(s, pengenal);
      if (tanda && !kelompok.get(tanda)?.push(s)) kelompok.set(tanda, [s]);
    }
    return new Map([...kelompok].map(([tanda, isi]) => [tanda, isi.values()]));
  }

  function tandaPengenal(simpul, pengenal) {
    const tanda = pengenal(simpul);
    return tanda ? `${simpul.nodeName} ${tanda}` : "";
  }

  // Deretan terpanjang yang urutannya tidak berganti tinggal di tempatnya: yang dipindahkan sesedikit mungkin, sebab
  // unsur yang dipindahkan kehilangan fokus dan letak gulirnya.
  function yangTetap(jodoh, lama) {
    const letak = new Map(lama.map((simpul, n) => [simpul, n]));
    const urutan = jodoh.filter(Boolean);
    const ujung = []; // ujung[p]: indeks akhir terkecil dari deretan menaik yang panjangnya p + 1
    const sebelum = [];
    for (const [n, simpul] of urutan.entries()) {
      let kiri = 0;
      let kanan = ujung.length;
      while (kiri < kanan) {
        const tengah = (kiri + kanan) >> 1;
        if (letak.get(urutan[ujung[tengah]]) < letak.get(simpul)) kiri = tengah + 1;
        else kanan = tengah;
      }
      sebelum[n] = kiri ? ujung[kiri - 1] : -1;
      ujung[kiri] = n;
    }
    const tetap = new Set();
    for (let n = ujung.at(-1) ?? -1; n >= 0; n = sebelum[n]) tetap.add(urutan[n]);
    return tetap;
  }

  // ------------------------------------------------------------------------------------------------ menukar halaman

  const tergulir = new Set(); // bingkai yang pernah digulir: hanya letak mereka yang perlu diingat
  document.addEventListener("scroll", (kejadian) => kejadian.target !== document && tergulir.add(kejadian.target), {
    capture: true,
    passive: true,
  });

  function tukar(isi) {
    const baru = new DOMParser().parseFromString(isi, "text/html");
    const alih = baru.querySelector('meta[http-equiv="refresh" i]')?.content.match(/url=(.+)/i);
    if (alih) {
      location.replace(new URL(alih[1].trim(), location.href));
      return;
    }
    const berubah = new Set();
    const pulihkan = catatTempatBaca();
    document.dispatchEvent(new CustomEvent("pokin:akan-tukar"));
    samakanAtribut(document.documentElement, baru.documentElement);
    samakanKepala(baru);
    samakanAtribut(document.body, baru.body);
    batasWaktu = isi.length > BESAR ? performance.now() + SABAR_MENYAMAKAN : Infinity;
    samakanAnak(document.body, baru.body, berubah);
    batasWaktu = Infinity;
    document.dispatchEvent(new CustomEvent("pokin:halaman"));
    muatNaskah(baru);
    pulihkan();
    kilatkan([...berubah].filter((simpul) => simpul !== document.body && simpul.isConnected));
  }

  function samakanKepala(baru) {
    judul = baru.title;
    tulisJudul();
    sidikKini(baru.querySelector('meta[name="pokin-sidik"]')?.content ?? "");
    const ada = new Map(lembarGaya().map((tautan) => [alamatGaya(tautan), tautan]));
    let sebelumnya = null; // lembar yang baru datang berdiri pada urutannya: yang kemudian menang
    for (const tautan of baru.querySelectorAll('link[rel="stylesheet"]')) {
      const alamat = tanpaNomor(new URL(tautan.getAttribute("href"), location.href));
      const lama = ada.get(alamat);
      const kini = lama ?? tautanGaya(alamat, tautan.media);
      if (!lama && sebelumnya) sebelumnya.after(kini);
      else if (!lama) document.head.append(kini);
      ada.delete(alamat);
      sebelumnya = kini;
    }
    for (const [alamat, tautan] of ada) if (alamat !== tanpaNomor(new URL(ALAMAT_GAYA, location.href))) tautan.remove();
  }

  // Halaman yang menjadi halaman macam lain membawa naskah yang belum ada di sini; dijalankan menurut urutannya.
  const termuat = new Set([...document.scripts].map(({ src }) => src));

  function muatNaskah(baru) {
    for (const naskah of baru.head.querySelectorAll("script[src]")) {
      const src = new URL(naskah.getAttribute("src"), location.href).href;
      if (termuat.has(src)) continue;
      termuat.add(src);
      document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  }

  const lembarGaya = () => [...document.head.querySelectorAll('link[rel="stylesheet"]')];
  // Alamat saat lembar itu dimuat: alamat relatif berganti arti bila halaman berganti alamat.
  const alamatGaya = (tautan) => tanpaNomor(new URL(tautan.sheet?.href ?? tautan.href));

  function tanpaNomor(alamat) {
    alamat.searchParams.delete("pokin");
    return alamat.href;
  }

  function tautanGaya(alamat, media = "") {
    return Object.assign(document.createElement("link"), { rel: "stylesheet", media, href: alamat });
  }

  // Mencatat apa yang sedang dibaca dan memberi fungsi yang mengembalikannya: letak gulir, letak di layar, fokus.
  function catatTempatBaca() {
    const bingkai = [...tergulir].filter((b) => b.isConnected).map((b) => [b, b.scrollLeft, b.scrollTop]);
    const fokus = document.activeElement;
    const pegangan = window.scrollY > 0 ? yangTerlihat().map((s) => [s, s.getBoundingClientRect().top]) : [];
    return () => {
      for (const [b, kiri, atas] of bingkai) {
        if (b.scrollLeft !== kiri) b.scrollLeft = kiri;
        if (b.scrollTop !== atas) b.scrollTop = atas;
      }
      const tinggal = pegangan.find(([s]) => s.isConnected && s.getClientRects().length);
      const selisih = tinggal ? tinggal[0].getBoundingClientRect().top - tinggal[1] : 0;
      if (Math.abs(selisih) >= 1) window.scrollBy({ top: selisih, behavior: "instant" });
      if (fokus?.isConnected && fokus !== document.activeElement) fokus.focus({ preventScroll: true });
      for (const b of tergulir) if (!b.isConnected) tergulir.delete(b);
    };
  }

  // Unsur halaman yang tampak, dari atas ke bawah: yang pertama dan masih ada sesudah penukaran menjadi pegangan.
  function yangTerlihat() {
    const ada = new Set();
    for (let y = 2; y < window.innerHeight; y += 24) {
      for (const bagian of [0.3, 0.6]) {
        const unsur = document.elementsFromPoint(window.innerWidth * bagian, y).find((u) => document.body.contains(u));
        const pegangan = unsur?.closest("[id], h1, h2, h3, h4, li, tr, p, summary, dt, dd");
        if (pegangan && pegangan.getBoundingClientRect().height < window.innerHeight) ada.add(pegangan);
      }
    }
    return [...ada];
  }

  // ------------------------------------------------------------------------------------------------- kilat perubahan

  const padam = new WeakMap();
  let belumTampak = new Set(); // perubahan yang terjadi selagi tab di belakang, dikilatkan saat pembaca kembali

  function kilatkan(berubah) {
    const unsur = new Set(berubah.map(tempatKilat).filter(Boolean));
    if (!unsur.size || unsur.size > BANYAK) return;
    if (document.hidden) {
      belumTampak = new Set([...belumTampak, ...unsur]);
      return;
    }
    for (const u of unsur) nyalakan(u);
    tunjukkanArah([...unsur]);
  }

  // Di dalam gambar yang berkilat adalah kotaknya; garis dan hal lain dalam gambar tidak.
  function tempatKilat(unsur) {
    return unsur instanceof SVGElement ? unsur.closest(".kotak") : unsur;
  }

  function nyalakan(unsur) {
    if (unsur.hasAttribute("data-p-kilat")) {
      unsur.removeAttribute("data-p-kilat");
      unsur.getBoundingClientRect(); // peramban harus melihatnya padam dahulu supaya kilat mulai lagi
    }
    unsur.setAttribute("data-p-kilat", "");
    nanti(unsur, LAMA_KILAT, () => unsur.removeAttribute("data-p-kilat"));
  }

  // Sekali lagi untuk unsur yang sama berarti menunggu dari awal.
  function nanti(unsur, lama, lakukan) {
    clearTimeout(padam.get(unsur));
    padam.set(unsur, setTimeout(lakukan, lama));
  }

  // Bila tidak satu pun perubahan terlihat, layar tidak digeser; sebuah tombol menunjukkan arah perubahan teratas.
  function tunjukkanArah(unsur) {
    const tampil = unsur.filter((u) => u.getClientRects().length).map((u) => [u, u.getBoundingClientRect()]);
    tombolArah.hidden = !tampil.length || tampil.some(([, k]) => k.bottom > 0 && k.top < window.innerHeight);
    if (tombolArah.hidden) return;
    const [tujuan, kotak] = tampil.reduce((a, b) => (b[1].top < a[1].top ? b : a));
    tombolArah.textContent = kotak.bottom <= 0 ? "↑ Perubahan di atas" : "↓ Perubahan di bawah";
    tombolArah.onclick = () => {
      tombolArah.hidden = true;
      tujuan.scrollIntoView({ block: "center", behavior: tenang.matches ? "instant" : "smooth" });
      nyalakan(tujuan);
    };
    nanti(tombolArah, LAMA_TOMBOL_ARAH, () => (tombolArah.hidden = true));
  }

  function kilatkanYangTertunda() {
    const tertunda = [...belumTampak].filter((u) => u.isConnected);
    belumTampak = new Set();
    if (!document.hidden) kilatkan(tertunda);
  }

  // ---------------------------------------------------------------------------------------------- tampilan pratinjau

  const tenang = matchMedia("(prefers-reduced-motion: reduce)");

  function unsur(nama, atribut = {}, ...anak) {
    const baru = document.createElement(nama);
    for (const [kunci, nilai] of Object.entries(atribut)) baru.setAttribute(kunci, nilai);
    baru.append(...anak.filter((a) => a !== ""));
    return baru;
  }

  const judulPanel = unsur("h2", { id: "judul", tabindex: "-1" });
  const tombolLipat = unsur("button", { type: "button", class: "lipat", title: "Lipat panel galat (Esc)" }, "Lipat");
  const keteranganPanel = unsur("p", { class: "keterangan" });
  const gagalBuka = unsur("p", { class: "gagal", role: "alert" });
  const daftarGalat = unsur("ol", { class: "daftar" });
  const panel = unsur(
    "section",
    { class: "panel", role: "region", "aria-label": "Galat", hidden: "" },
    unsur("header", {}, judulPanel, tombolLipat),
    keteranganPanel,
    gagalBuka,
    daftarGalat,
  );
  const tombolArah = unsur("button", { type: "button", class: "pil arah", hidden: "" });
  const kabarBaik = unsur("p", { class: "pil baik", hidden: "" }, "Semua galat sudah diperbaiki");
  const pilSambungan = unsur("p", { class: "pil putus", hidden: "" }, "Sambungan terputus, mencoba lagi…");
  const pilTemuan = unsur("a", { class: "pil temuan", hidden: "" });
  const pilGalat = unsur("button", { type: "button", class: "pil galat", title: "Buka panel galat", hidden: "" });
  const pemberitahuan = unsur("div", { class: "pemberitahuan", role: "status" });
  const ucapan = unsur("p", { class: "ucapan", "aria-live": "polite" });

  function pasangTampilan() {
    const inang = document.createElement("pokin-pratinjau");
    const bayangan = inang.attachShadow({ mode: "open" });
    const lencana = unsur("div", { class: "lencana" }, pilSambungan, pilTemuan, pilGalat);
    const sudut = unsur("div", { class: "sudut" }, tombolArah, kabarBaik, panel, lencana);
    const wadah = unsur("div", { class: "pratinjau", lang: "id", hidden: "" }, pemberitahuan, sudut, ucapan);
    const gaya = tautanGaya(ALAMAT_GAYA);
    gaya.addEventListener("load", () => (wadah.hidden = false), { once: true }); // jangan tampak sebelum ada gayanya
    bayangan.append(gaya, wadah);
    document.documentElement.append(inang);
    return bayangan;
  }

  const bayangan = pasangTampilan();

  // ------------------------------------------------------------------------------------------- galat, lencana, judul

  let keadaan = { galat: [], peringatan: 0, info: 0, pemeriksaan: "", terkini: true, sebagian: false };
  let terputus = false;
  let judul = document.title;
  let dilipat = ingatanLipatan();

  const namaGalat = (g) => `${g.kode} ${g.berkas} ${g.pesan}`; // tanpa baris: galat yang bergeser bukan galat baru

  function ingatanLipatan() {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(TEMPAT_LIPATAN) ?? "[]"));
    } catch {
      return new Set();
    }
  }

  function ingatLipatan(galat) {
    dilipat = new Set(galat.map(namaGalat));
    try {
      sessionStorage.setItem(TEMPAT_LIPATAN, JSON.stringify([...dilipat]));
    } catch {
      // penyimpanan ditutup oleh peramban: lipatan hanya diingat selama halaman ini terbuka
    }
  }

  function terapkanKeadaan(kabar) {
    const semula = keadaan.galat.length;
    keadaan = kabar;
    const jumlah = kabar.galat.length;
    const tetapTerlipat = kabar.galat.every((g) => dilipat.has(namaGalat(g))); // galat yang baru membuka panel lagi
    ingatLipatan(tetapTerlipat ? kabar.galat : []);
    gagalBuka.textContent = "";
    tampilkanGalat();
    tampilkanTemuan();
    if (jumlah) kabarBaik.hidden = true;
    else if (semula) kabarkanBaik();
    if (semula !== jumlah) ucapan.textContent = jumlah ? `${jumlah} galat` : kabarBaik.textContent;
    tulisJudul();
    pasangIkon();
  }

  function kabarkanBaik() {
    kabarBaik.hidden = false;
    nanti(kabarBaik, LAMA_KABAR_BAIK, () => (kabarBaik.hidden = true));
  }

  function tampilkanGalat() {
    const jumlah = keadaan.galat.length;
    const terlipat = dilipat.size > 0;
    const fokusDalam = panel.contains(bayangan.activeElement);
    judulPanel.textContent = `${jumlah} galat`;
    keteranganPanel.textContent = keterangan();
    keteranganPanel.hidden = !keteranganPanel.textContent;
    samakanAnak(daftarGalat, unsur("ol", {}, ...keadaan.galat.map(butirGalat)), new Set());
    panel.hidden = !jumlah || terlipat;
    pilGalat.hidden = !jumlah || !terlipat;
    pilGalat.textContent = `✗ ${jumlah} galat`;
    document.documentElement.toggleAttribute("data-p-panel", !panel.hidden);
    if (fokusDalam && !panel.contains(bayangan.activeElement)) (panel.hidden ? pilGalat : judulPanel).focus();
  }

  function keterangan() {
    if (!keadaan.terkini) return "Yang tampak di halaman adalah situs terakhir yang utuh.";
    return keadaan.sebagian ? "Yang tampak di halaman hanyalah bagian yang terbaca." : "";
  }

  function butirGalat(g) {
    return unsur(
      "li",
      {},
      unsur("p", { class: "kepala" }, unsur("span", { class: "kode" }, g.kode), g.berkas ? tombolTempat(g) : ""),
      unsur("p", { class: "pesan" }, g.pesan),
      kutipan(g.kutipan ?? ["", "", ""]),
      g.petunjuk ? unsur("p", { class: "petunjuk" }, g.petunjuk) : "",
      ...(g.label ?? []).map((l) => unsur("p", { class: "label" }, l)),
    );
  }

  function tombolTempat({ berkas, baris, kolom }) {
    const atribut = { type: "button", class: "tempat", title: "Buka di penyunting teks" };
    const ke = { "data-berkas": berkas, "data-baris": Math.max(1, baris), "data-kolom": Math.max(1, kolom) };
    return unsur("button", { ...atribut, ...ke }, baris > 0 ? `${berkas} baris ${baris}` : berkas);
  }

  function kutipan([awal, tanda, akhir]) {
    if (!punyaIsi(awal + tanda + akhir)) return "";
    return unsur("pre", {}, unsur("code", {}, awal.trimStart(), unsur("mark", {}, tanda), akhir.trimEnd()));
  }

  function lipat() {
    ingatLipatan(keadaan.galat);
    tampilkanGalat();
  }

  function bukaLipatan() {
    ingatLipatan([]);
    tampilkanGalat();
    judulPanel.focus({ preventScroll: true });
  }

  async function bukaPenyunting({ berkas, baris, kolom }) {
    gagalBuka.textContent = "";
    const body = JSON.stringify({ berkas, baris: Number(baris), kolom: Number(kolom) });
    const headers = { "Content-Type": "application/json" };
    try {
      const jawab = await fetch(ALAMAT_BUKA, { method: "POST", headers, body });
      if (!jawab.ok) gagalBuka.textContent = kalimatServer(await jawab.text());
    } catch {
      gagalBuka.textContent = "Berkas tidak dapat dibuka: server pratinjau tidak menjawab.";
    }
  }

  function kalimatServer(teks) {
    try {
      return JSON.parse(teks).pesan || teks;
    } catch {
      return punyaIsi(teks) ? teks : "Berkas tidak dapat dibuka di penyunting teks.";
    }
  }

  function tampilkanTemuan() {
    const bagian = [];
    if (keadaan.peringatan) bagian.push(`${keadaan.peringatan} peringatan`);
    if (keadaan.info) bagian.push(`${keadaan.info} info`);
    pilTemuan.hidden = !bagian.length;
    pilTemuan.textContent = bagian.join(" · ");
    pilTemuan.classList.toggle("ada-peringatan", keadaan.peringatan > 0);
    if (keadaan.pemeriksaan) pilTemuan.href = alamatSitus(keadaan.pemeriksaan);
    else pilTemuan.removeAttribute("href");
  }

  function tulisJudul() {
    const jumlah = keadaan.galat.length;
    const tulisan = jumlah ? `✗ ${jumlah} galat · ${judul}` : judul;
    if (document.title !== tulisan) document.title = tulisan;
  }

  const ikon = document.querySelector('link[rel~="icon"]') ?? document.head.appendChild(unsur("link", { rel: "icon" }));
  const ikonSitus = { href: ikon.href, type: ikon.type };
  const SVG_IKON = (dasar, tambahan) =>
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    `<rect width="32" height="32" rx="7" fill="${dasar}"/>` +
    '<path d="M16 12v5M8 22v-5h16v5" fill="none" stroke="#fff" stroke-width="2"/>' +
    '<path d="M11 5h10v7H11zM3.500 21h9v6h-9zM19.500 21h9v6h-9z" fill="#fff"/>' +
    `${tambahan}</svg>`;
  const SILANG =
    '<circle cx="21" cy="21" r="10.500" fill="#d92d20" stroke="#fff" stroke-width="1.500"/>' +
    '<path d="M17 17l8 8m0-8l-8 8" stroke="#fff" stroke-width="3" stroke-linecap="round"/>';

  function pasangIkon() {
    const gambar = terputus ? SVG_IKON("#8a94a3", "") : keadaan.galat.length ? SVG_IKON("#12355b", SILANG) : "";
    const alamat = gambar ? `data:image/svg+xml,${encodeURIComponent(gambar)}` : ikonSitus.href;
    if (ikon.getAttribute("href") === alamat) return;
    ikon.type = gambar ? "image/svg+xml" : ikonSitus.type;
    ikon.href = alamat;
  }

  tombolLipat.addEventListener("click", lipat);
  pilGalat.addEventListener("click", bukaLipatan);
  daftarGalat.addEventListener("click", (kejadian) => {
    const tombol = kejadian.target.closest("button.tempat");
    if (tombol) bukaPenyunting(tombol.dataset);
  });
  document.addEventListener("keydown", (kejadian) => {
    if (kejadian.key === "Escape" && !kejadian.defaultPrevented && !panel.hidden) lipat();
  });

  // ------------------------------------------------------------------------------------------ halaman yang tidak ada

  function terapkanHilang({ pesan, tautan, pengganti }) {
    if (pengganti) pindah(pengganti);
    document.documentElement.toggleAttribute("data-p-hilang", !pengganti);
    const tautanKe = ({ teks, href }) => unsur("li", {}, unsur("a", { href: alamatSitus(href) }, teks));
    const daftar = tautan?.length ? unsur("ul", {}, ...tautan.map(tautanKe)) : "";
    pemberitahuan.replaceChildren(unsur("div", {}, unsur("p", {}, pesan), daftar));
    if (pengganti) pemberitahuan.append(tombolTutup()); // tanpa pengganti, alasan halaman ini redup harus tetap terbaca
  }

  function tombolTutup() {
    const tombol = unsur("button", { type: "button", class: "tutup" }, "Tutup");
    tombol.addEventListener("click", hapusPemberitahuan);
    return tombol;
  }

  function pindah({ jalur, isi }) {
    history.replaceState(history.state, "", alamatSitus(jalur) + location.hash);
    tukar(isi);
    ucapkanHalo();
  }

  function hapusPemberitahuan() {
    pemberitahuan.replaceChildren();
  }

  function terapkanHalaman({ isi }) {
    if (document.documentElement.hasAttribute("data-p-hilang")) hapusPemberitahuan();
    document.documentElement.removeAttribute("data-p-hilang");
    tukar(isi);
  }

  // ----------------------------------------------------------------------------------------- gaya dan naskah berganti

  let nomorGaya = 0;

  function terapkanStatis({ nama }) {
    const akhir = (jalur) => jalur.split("/").at(-1);
    const berganti = new Set(nama.map(akhir));
    if ([...berganti].some((n) => /\.(js|svg|png|jpe?g|webp)$/.test(n))) {
      location.reload();
      return;
    }
    for (const tautan of [...lembarGaya(), ...bayangan.querySelectorAll("link")]) {
      if (berganti.has(akhir(new URL(tautan.href).pathname))) gantiGaya(tautan);
    }
  }

  // Yang lama tinggal sampai yang baru selesai dimuat, jadi halaman tidak pernah tampak tanpa gaya.
  function gantiGaya(tautan) {
    const alamat = new URL(alamatGaya(tautan));
    alamat.searchParams.set("pokin", (nomorGaya += 1));
    const baru = tautanGaya(alamat.href, tautan.media);
    baru.addEventListener("load", () => tautan.remove(), { once: true });
    baru.addEventListener("error", () => baru.remove(), { once: true });
    tautan.after(baru);
  }

  // -------------------------------------------------------------------------------------------------------- sambungan

  let kanal = null;
  let percobaan = 0;
  let terakhirTerdengar = 0;
  const pewaktu = {}; // nama -> pewaktu yang sedang berjalan

  function tunggu(nama, lama, lalu) {
    clearTimeout(pewaktu[nama]);
    pewaktu[nama] = setTimeout(lalu, lama);
  }

  // Jalur halaman ini di dalam situs, seperti tertulis pada alamatnya; folder berarti index.html di dalamnya.
  function jalurTertulis() {
    const jalur = location.pathname.slice(1);
    return jalur === "" || jalur.endsWith("/") ? `${jalur}index.html` : jalur;
  }

  function jalurKini() {
    try {
      return decodeURIComponent(jalurTertulis());
    } catch {
      return jalurTertulis();
    }
  }

  function alamatSitus(jalur) {
    const [berkas, ...jangkar] = jalur.split("#");
    return ["/" + berkas.split("/").map(encodeURIComponent).join("/"), ...jangkar].join("#");
  }

  function sidikKini(ganti) {
    const meta =
      document.querySelector('meta[name="pokin-sidik"]') ??
      document.head.appendChild(unsur("meta", { name: "pokin-sidik", content: "" }));
    if (ganti !== undefined && meta.content !== ganti) meta.content = ganti;
    return meta.content;
  }

  function ucapkanHalo() {
    if (kanal?.readyState !== WebSocket.OPEN) return; // sesudah tersambung lagi, halo terucap dengan sendirinya
    // Selama isinya dinyatakan hilang, server harus mengirimnya lagi begitu ada, sama atau tidak dengan yang dahulu.
    const sidik = document.documentElement.hasAttribute("data-p-hilang") ? "" : sidikKini();
    kanal.send(JSON.stringify({ jenis: "halo", jalur: jalurTertulis(), sidik }));
  }

  function sambung() {
    putuskan();
    const ini = new WebSocket(`ws${location.protocol === "https:" ? "s" : ""}://${location.host}${ALAMAT_KABAR}`);
    kanal = ini;
    const milikKini = (lakukan) => (kejadian) => kanal === ini && lakukan(kejadian);
    ini.addEventListener("open", milikKini(mulaiMendengar));
    ini.addEventListener("message", milikKini(({ data }) => dengar(data)));
    ini.addEventListener("close", milikKini(cobaNanti));
    tunggu("senyap", LAMA_MENYAMBUNG, cobaNanti);
    mulaiBersabar();
  }

  function mulaiMendengar() {
    terakhirTerdengar = Date.now();
    tunggu("senyap", SENYAP, cobaNanti);
    ucapkanHalo();
  }

  function mulaiBersabar() {
    if (!pewaktu.sabar && !terputus) tunggu("sabar", SABAR, () => tandaiTerputus(true));
  }

  // Melepas kanal tanpa menunggu jawabannya: penutupan yang baik pun bisa macet di sambungan yang mati.
  function putuskan() {
    for (const nama of ["senyap", "lagi"]) clearTimeout(pewaktu[nama]);
    const lama = kanal;
    kanal = null;
    lama?.close();
  }

  function cobaNanti() {
    putuskan();
    const jeda = Math.min(3000, 250 * 2 ** percobaan) * (0.8 + 0.2 * Math.random());
    percobaan += 1;
    tunggu("lagi", jeda, sambung);
    mulaiBersabar();
  }

  function cobaSekarang() {
    const hidup = kanal?.readyState === WebSocket.OPEN && Date.now() - terakhirTerdengar < SENYAP;
    if (!hidup && kanal?.readyState !== WebSocket.CONNECTING) sambung();
  }

  function tandaiTerputus(ya) {
    clearTimeout(pewaktu.sabar);
    pewaktu.sabar = null;
    terputus = ya;
    if (pilSambungan.hidden === !ya) return;
    if (ya) ucapan.textContent = pilSambungan.textContent;
    pilSambungan.hidden = !ya;
    pasangIkon();
  }

  function dengar(data) {
    percobaan = 0;
    terakhirTerdengar = Date.now();
    tunggu("senyap", SENYAP, cobaNanti);
    tandaiTerputus(false);
    terima(JSON.parse(data));
  }

  // Kabar tentang halaman lain datang bila halaman ini baru saja berganti alamat: halo yang berikut membetulkannya.
  function terima(kabar) {
    if (kabar.jenis === "keadaan") terapkanKeadaan(kabar);
    else if (kabar.jenis === "statis") terapkanStatis(kabar);
    else if (kabar.jenis === "halaman" && kabar.jalur === jalurKini()) terapkanHalaman(kabar);
    else if (kabar.jenis === "hilang" && kabar.jalur === jalurKini()) terapkanHilang(kabar);
  }

  window.addEventListener("online", cobaSekarang);
  window.addEventListener("focus", cobaSekarang);
  window.addEventListener("pageshow", (kejadian) => kejadian.persisted && cobaSekarang());
  window.addEventListener("pagehide", () => {
    putuskan(); // sambungan yang terbuka menghalangi halaman disimpan untuk tombol "kembali"
    tandaiTerputus(false);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    cobaSekarang();
    kilatkanYangTertunda();
  });
  sambung();
}
