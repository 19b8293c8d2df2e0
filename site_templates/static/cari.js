"use strict";
// Kotak pencarian: tombol di kepala halaman, garis miring di papan ketik. Mesinnya (cari-kata.js, cari-mesin.js),
// daftar pohon, dan indeks tiap pohon baru dimuat ketika kotak pertama kali dibuka, sebagai skrip, sebab halaman yang
// dibuka langsung dari folder tidak boleh membaca berkas. Di pratinjau isi pohon berganti: di sana indeks dimuat lagi
// tiap kali kotak dibuka, atau halaman di belakangnya ditukar.
{
  const { unsur, tulis, diingat, ingat, setiapHalaman } = globalThis.pokin;
  const AKAR = new URL("..", document.currentScript.src).href;
  const INGATAN = "pokin-cari";
  const SEKALI = 50; // hasil yang tampil sekaligus
  const JATAH = 8; // milidetik pencatatan indeks sebelum peramban boleh menggambar lagi
  const SEKALIGUS = 4; // pohon yang dimuat bersamaan

  const ingatan = { kata: "", semua: false, ...JSON.parse(diingat(INGATAN, "sessionStorage")) };

  // ------------------------------------------------------------------------------------------------------ kotak dialog

  const kotak = unsur("dialog", { class: "cari", "aria-labelledby": "cari-judul", "data-p-naskah": "" });
  kotak.innerHTML = `<label id="cari-judul" for="cari-kata">Cari</label>
<div class="cari-atas"><input type="text" role="combobox" id="cari-kata" aria-controls="cari-hasil"
aria-expanded="false" aria-autocomplete="list" aria-describedby="cari-kabar" autocomplete="off" autocapitalize="off"
spellcheck="false" enterkeyhint="go" placeholder="Pernyataan, indikator, jabatan, kode, catatan"><button type="button">Tutup</button></div>
<div class="cari-keterangan"><div id="cari-kabar" role="status"><p></p>
<p hidden>Maksud Anda <button type="button"></button>?</p></div>
<p class="cari-pemuatan"></p>
<label class="cari-semua" hidden><input type="checkbox" autocomplete="off"> Semua pohon</label></div>
<div id="cari-hasil" role="listbox" aria-label="Hasil pencarian"></div>
<button type="button" hidden></button>`;
  const [medan, semua] = kotak.querySelectorAll("input");
  const [tutup, tombolMaksud, lagi] = kotak.querySelectorAll("button");
  const [kabar, maksud, pemuatan] = kotak.querySelectorAll("p");
  const pilihan = kotak.querySelector(".cari-semua");
  const hasil = kotak.querySelector("#cari-hasil");

  function pasang() {
    for (const tombol of document.querySelectorAll(".buka-cari")) tombol.hidden = false;
    const terbuka = kotak.open;
    if (!kotak.isConnected) {
      kotak.removeAttribute("open");
      document.body.append(kotak);
      if (terbuka) kotak.showModal();
    }
    if (terbuka) muatLagi();
  }

  // Hasil yang tampil tinggal sampai indeks yang baru siap.
  function muatLagi() {
    indeks = null;
    lengkapi();
  }

  function buka() {
    if (document.querySelector("dialog[open]")) return;
    medan.value = ingatan.kata;
    semua.checked = ingatan.semua;
    aktif = -1;
    kotak.showModal();
    medan.select();
    if (document.querySelector('meta[name="pokin-sidik"]')) muatLagi();
    else lengkapi();
    cari();
  }

  // ------------------------------------------------------------------------------------------------------- yang dimuat

  let mesin = null; // janji bahwa mesinnya dimuat
  let indeks = null;
  let sibuk = null; // indeks yang sedang dilengkapi
  let daftar = [];
  let nomorPohon = new Map(); // nama -> nomornya di indeks; -1 bila tidak dapat dimuat
  const kiriman = new WeakMap(); // skrip -> yang dikirimnya
  globalThis.pokinCari = (isi) => kiriman.set(document.currentScript, isi);

  const muat = (jalur) =>
    new Promise((jadi) => {
      const skrip = unsur("script", { src: AKAR + jalur, async: false });
      const selesai = () => (skrip.remove(), jadi(kiriman.get(skrip)));
      for (const kejadian of ["load", "error"]) skrip.addEventListener(kejadian, selesai);
      document.head.append(skrip);
    });

  const jeda = () =>
    new Promise((jadi) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = jadi;
      port2.postMessage(0);
    });

  // Nama pohon halaman ini; kosong di halaman yang bukan milik satu pohon.
  function pohonIni() {
    const ke = document.querySelector(".buka-cari")?.dataset.pohon;
    const folder = ke === undefined ? AKAR : new URL(ke || ".", document.baseURI).href;
    return folder.slice(AKAR.length, -1).toLowerCase();
  }

  const diSemua = () => !pohonIni() || (semua.checked && daftar.length > 1);
  const belum = () => [pohonIni(), ...(diSemua() ? daftar : [])].filter((nama) => nama && !nomorPohon.has(nama));

  async function lengkapi() {
    mesin ??= Promise.all(["cari-kata.js", "cari-mesin.js"].map((nama) => muat(`statis/${nama}`)));
    await mesin;
    const { Indeks } = globalThis.pokinMesin ?? {};
    if (!Indeks) {
      mesin = null;
      return tulis(pemuatan, "Pencarian tidak dapat dimuat.");
    }
    if (!indeks) [indeks, nomorPohon] = [new Indeks(), new Map()];
    if (sibuk === indeks) return;
    const ini = (sibuk = indeks);
    if (!nomorPohon.size) daftar = (await muat("cari-pohon.js")) ?? [];
    pilihan.hidden = !pohonIni() || daftar.length < 2;
    const janji = new Map();
    for (let antre = belum(); antre.length && ini === indeks && kotak.open; antre = belum()) {
      for (const nama of antre.slice(0, SEKALIGUS)) janji.set(nama, janji.get(nama) ?? muat(`${nama}/cari-data.js`));
      await catat(ini, antre[0], await janji.get(antre[0]));
      segarkan();
    }
    if (sibuk === ini) sibuk = null;
    if (ini === indeks) cari(tampil);
  }

  async function catat(ke, nama, isi) {
    let sejak = performance.now();
    for (const _ of isi ? ke.tambah(isi) : []) {
      if (performance.now() - sejak < JATAH) continue;
      await jeda();
      sejak = performance.now();
    }
    if (ke === indeks) nomorPohon.set(nama, isi ? ke.pohon.length - 1 : -1);
  }

  // ------------------------------------------------------------------------------------------------------------- hasil

  const KOSONG = { hasil: [], kata: [], dicari: [], dalam: null };
  let temuan = KOSONG;
  let tampil = SEKALI;
  let aktif = -1;
  let terakhir = 0;

  // Selama pohon-pohon masih berdatangan hasil diperbarui sesekali saja.
  function segarkan() {
    if (performance.now() - terakhir < 250) kabarkanPemuatan();
    else cari(tampil);
  }

  function cari(banyak = SEKALI) {
    const dipilih = ingatan.kata === medan.value && aktif > 0 ? hasil.children[aktif]?.href : undefined;
    Object.assign(ingatan, { kata: medan.value, semua: semua.checked });
    ingat(INGATAN, JSON.stringify(ingatan), "sessionStorage");
    const hanya = diSemua() ? undefined : (nomorPohon.get(pohonIni()) ?? -1);
    temuan = indeks ? { ...indeks.cari(medan.value, hanya), dalam: indeks } : KOSONG;
    tampil = banyak;
    hasil.replaceChildren(...temuan.hasil.slice(0, tampil).map(butir));
    pilih(Math.max(0, [...hasil.children].findIndex(({ href }) => href === dipilih)));
    kabarkan();
    terakhir = performance.now();
  }

  function butir(nomor, ke) {
    const { pohon, jenis, label, alamat, sebab, teks, jejak } = temuan.dalam.butir(nomor, temuan.kata);
    const atas = jejak && `${jenis ? jejak.label : "Atasan"}: ${jejak.teks}`;
    const tempat = [diSemua() && jenis !== "pohon" && pohon.judul, atas].filter(Boolean).join(" › ");
    const baris = [
      unsur("span", { class: `jenjang jenjang-${jenis || "jabatan"}` }, label),
      unsur("span", { class: "cari-teks" }, ...bertanda(teks)),
    ];
    if (sebab) baris.push(unsur("span", { class: "cari-sebab" }, `${sebab.macam}: `, ...bertanda(sebab.teks)));
    if (tempat) baris.push(unsur("span", { class: "cari-tempat" }, tempat));
    return unsur("a", { role: "option", id: `cari-${ke}`, href: AKAR + alamat, tabindex: "-1" }, ...baris);
  }

  // Huruf yang cocok ditandai; teks panjang dimulai tidak jauh sebelum tanda pertama.
  function bertanda(teks) {
    const semua = temuan.dalam.tandai(teks, temuan);
    const awal = semua.length > 1 ? semua[0][0] : "";
    if (awal.length > 90) semua[0] = [`… ${awal.slice(-60).replace(/^\S* /, "")}`];
    return semua.map(([huruf, cocok]) => (cocok ? unsur("mark", {}, huruf) : huruf));
  }

  function pilih(ke) {
    hasil.children[aktif]?.removeAttribute("aria-selected");
    const terpilih = hasil.children[ke];
    aktif = terpilih ? ke : -1;
    terpilih?.setAttribute("aria-selected", "true");
    hasil.hidden = !hasil.firstChild;
    medan.setAttribute("aria-expanded", String(!hasil.hidden));
    if (!terpilih) return medan.removeAttribute("aria-activedescendant");
    medan.setAttribute("aria-activedescendant", terpilih.id);
    terpilih.scrollIntoView({ block: "nearest" });
  }

  function tambahkan(sampai) {
    const baru = temuan.hasil.slice(hasil.childElementCount, sampai);
    const mulai = hasil.childElementCount;
    hasil.append(...baru.map((nomor, n) => butir(nomor, mulai + n)));
    tampil = Math.max(tampil, hasil.childElementCount);
    kabarkan();
  }

  async function tampilkanSemua() {
    for (const ini = temuan; ini === temuan && hasil.childElementCount < ini.hasil.length; await jeda()) {
      tambahkan(hasil.childElementCount + SEKALI);
    }
  }

  // ------------------------------------------------------------------------------------------------------------- kabar

  const angka = (n) => n.toLocaleString("id-ID");

  function kabarkan() {
    const jumlah = temuan.hasil.length;
    const tampak = hasil.childElementCount;
    lagi.hidden = tampak >= jumlah;
    lagi.textContent = `Tampilkan semua (${angka(jumlah)})`;
    const sebagian = tampak < jumlah ? `, ${angka(tampak)} teratas ditampilkan` : "";
    const usul = jumlah || sibuk || !temuan.dalam ? "" : temuan.dalam.usul(temuan);
    tulis(kabar, jumlah ? `${angka(jumlah)} ditemukan${sebagian}.` : tanpaHasil(usul));
    kabar.parentElement.setAttribute("aria-busy", String(Boolean(sibuk))); // hasil sementara tidak dibacakan
    tulis(tombolMaksud, usul);
    maksud.hidden = !usul;
    kabarkanPemuatan();
  }

  function tanpaHasil(usul) {
    if (!temuan.dicari.length) return "Imbuhan tidak harus sama: “layanan” menemukan “Pelayanan”.";
    if (sibuk) return "";
    const asing = temuan.dicari.filter((_, n) => !temuan.kata[n].size).map((kata) => `“${kata}”`);
    const sebab = asing.length
      ? `Tidak ada yang memuat ${asing.join(" dan ")}.`
      : "Tidak ada yang memuat semua kata itu sekaligus. Coba dengan kata yang lebih sedikit.";
    return usul || pilihan.hidden || semua.checked ? sebab : `${sebab} Coba juga di semua pohon.`;
  }

  function kabarkanPemuatan() {
    const gagal = [...nomorPohon.values()].filter((nomor) => nomor < 0).length;
    const sisa = sibuk ? belum().length : 0;
    const ke = `pohon ${angka(daftar.length - sisa + 1)} dari ${angka(daftar.length)} `;
    const kabarGagal = gagal ? `${angka(gagal)} pohon tidak dapat dimuat.` : "";
    tulis(pemuatan, sisa ? `Memuat ${diSemua() ? ke : ""}…` : kabarGagal);
  }

  // ---------------------------------------------------------------------------------------------------------- kejadian

  const LANGKAH = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

  medan.addEventListener("input", () => cari());
  medan.addEventListener("keydown", (kejadian) => {
    if (kejadian.isComposing) return;
    const langkah = LANGKAH[kejadian.key];
    if (!langkah && kejadian.key !== "Enter") return;
    kejadian.preventDefault();
    if (!langkah) return ikuti(kejadian);
    if (aktif + langkah >= hasil.childElementCount) tambahkan(hasil.childElementCount + SEKALI);
    pilih(Math.max(0, Math.min(hasil.childElementCount - 1, aktif + langkah)));
  });

  function ikuti({ ctrlKey, metaKey, shiftKey }) {
    hasil.children[aktif]?.dispatchEvent(
      new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
    );
  }

  kotak.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    const pergi = target.closest("a") && !ctrlKey && !metaKey && !shiftKey;
    if (pergi || target === kotak || target === tutup) kotak.close();
  });
  semua.addEventListener("change", () => {
    cari();
    lengkapi();
  });
  lagi.addEventListener("click", () => {
    medan.focus();
    tampilkanSemua();
  });
  tombolMaksud.addEventListener("click", () => {
    medan.value = tombolMaksud.textContent;
    medan.focus();
    cari();
  });
  document.addEventListener("click", ({ target }) => target.closest?.(".buka-cari") && buka());
  document.addEventListener("keydown", (kejadian) => {
    const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = kejadian;
    const mengetik = target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (key !== "/" || ctrlKey || metaKey || altKey || defaultPrevented || mengetik) return;
    kejadian.preventDefault();
    buka();
  });
  setiapHalaman(pasang);
  if (location.hash === "#cari") buka();
}
