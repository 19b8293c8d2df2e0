"use strict";
// Alat di atas tabel: urutkan, saring, salin, unduh. Keadaannya ada dalam alamat halaman, misalnya
// #tabel=urut:target-2026,-;jenjang:antara;tahun:2026,2027;cari:desa. Atribut yang menentukan alat sebuah tabel
// diterangkan dalam bagian.html.j2; isi tabelnya dibaca dan disusun oleh tabel-isi.js.
{
  const { unsur, rapi, tulis, salinTeks, setiapHalaman, bacaKeadaan, tulisKeadaan, uraikan } = globalThis.pokin;
  const { teksSel, isiSel, menurutAbjad, terurut, bacaBaris, gabungSel, ...bawa } = globalThis.pokinTabel;
  const KOSONG = { urut: "", cari: "" };
  const BELUM = ["-", "(belum diisi)"];
  const sempit = matchMedia("screen and (max-width: 47.99rem)");
  const terpasang = new Map(); // nama tabel: Tabel; alatnya tetap sama bila pratinjau menukar isi halaman

  const isian = (type, sifat) => unsur("input", { type, autocomplete: "off", ...sifat });
  const tombol = (teks, onclick) => unsur("button", { type: "button", class: "tombol-tabel", onclick }, teks);
  const label = (teks, ...anak) => unsur("label", {}, unsur("span", {}, teks), ...anak);
  const ribuan = (n) => n.toLocaleString("id");
  const dalamKalimat = (teks) => teks.replace(/^[A-Z](?=[a-z])/, (huruf) => huruf.toLowerCase()); // bukan singkatan: PK

  class Tabel {
    #nama;
    #keadaan;
    #kolom; // {th, n, teks, dan data-* kepalanya}
    #saringan;
    #diubah;
    #merentang;
    #baris;
    #tampil;
    alat = unsur("div", { class: "alat-tabel", "data-p-naskah": "" });
    #kabar = unsur("p", { role: "status" });
    #hasil = unsur("p", { role: "status" });
    #tercetak = unsur("p", { class: "tabel-tercetak" });
    #cari = isian("search", { oninput: () => this.#ubah({ cari: this.#cari.value }) });
    #hapus = tombol("Hapus saringan", () => this.mulaiDari({}));
    #bidang = unsur("div", {}, label("Cari dalam tabel", this.#cari));
    #lipatan = unsur("details", {}, unsur("summary", {}, "Saring dan urutkan"), this.#bidang);

    constructor(nama) {
      this.#nama = nama;
      this.#keadaan = { ...KOSONG, ...dariAlamat(nama) };
      const [salin, unduh] = [tombol("Salin tabel", () => this.#salin()), tombol("Unduh CSV", () => this.#unduh())];
      const bawah = unsur("div", {}, this.#kabar, this.#hapus, salin, unduh);
      this.alat.append(this.#lipatan, bawah, this.#hasil, this.#tercetak);
    }

    pasang(tabel) {
      if (!this.tabel) this.#lipatan.open = this.#menyaring() || (tabel.dataset.buka === "" && !sempit.matches);
      this.tabel = tabel;
      const kepala = [...tabel.tHead.rows[0].cells];
      this.#kolom = kepala.map((th, n) => ({ th, n, teks: th.dataset.nama ?? rapi(th.textContent), ...th.dataset }));
      this.#diubah = false;
      this.#baris = this.#tampil = bacaBaris(tabel);
      this.#merentang = this.#baris.some(({ asal, sel }) => asal.length < sel.length);
      this.#saringan = this.#semuaSaringan(tabel.dataset);
      for (const kolom of this.#kolom) this.#pasangTombol(kolom);
      this.#susunIsian();
      const tempat = tabel.closest(".gulir") ?? tabel;
      if (tempat.previousElementSibling !== this.alat) tempat.before(this.alat);
      this.terapkan();
    }

    // Baris dan selnya lagi seperti datangnya: pratinjau menyamakannya dengan yang baru, dan hanya yang berubah
    // berkilat.
    kembalikan() {
      if (!this.#diubah || !this.tabel.isConnected) return;
      if (this.#merentang) for (const { tr, asal } of this.#baris) tr.replaceChildren(...asal);
      this.tabel.tBodies[0].replaceChildren(...this.#baris.map((b) => b.tr));
    }

    #pasangTombol({ th, kunci, teks }) {
      const lanjut = { [kunci]: `${kunci},-`, [`${kunci},-`]: "" };
      const lama = th.querySelector(".urut");
      const urut = lama ?? unsur("button", { type: "button", class: "urut", "data-p-naskah": "bungkus" });
      urut.title = `Urutkan menurut ${teks}`;
      urut.onclick = () => this.#ubah({ urut: lanjut[this.#keadaan.urut] ?? kunci });
      th.dataset.pTanpa = "aria-sort";
      if (lama) return;
      urut.append(...th.childNodes);
      th.append(urut);
    }

    // ---- Isian di atas tabel

    // Setiap saringan: namanya dalam alamat, labelnya, pilihannya, dan baris mana yang cocok dengan sebuah pilihan.
    #semuaSaringan({ jenjang = "", tanda = "" }) {
      const ada = new Set(this.#baris.map((b) => b.jenjang));
      const isi = jenjang.split(";").map((j) => j.split("=")).filter(([kunci]) => ada.has(kunci));
      const semua = [{ kunci: "jenjang", teks: "Jenjang", isi, cocok: (b, nilai) => b.jenjang === nilai }];
      for (const { n, kunci, teks } of this.#kolom.filter(({ saring }) => saring === "")) {
        const sel = this.#baris.map((b) => isiSel(b.sel[n]));
        const isi = menurutAbjad(sel.flat()).map((satu) => [satu, satu]);
        if (isi.length && sel.some((s) => !s.length)) isi.push(BELUM);
        const cocok = (b, nilai) => (nilai === "-" ? !isiSel(b.sel[n]).length : isiSel(b.sel[n]).includes(nilai));
        semua.push({ kunci, teks, isi, cocok });
      }
      const [kelas, teks] = tanda.split("=");
      if (teks) semua.push({ kunci: "tanda", teks, cocok: (b) => b.sel.some((s) => s.querySelector(`.${kelas}`)) });
      return semua;
    }

    // Yang tidak berganti dibiarkan, sebab pembaca mungkin sedang memakainya.
    #susunIsian(semuanya) {
      const naikTurun = ({ kunci, teks }) => [[kunci, `${teks}, naik`], [`${kunci},-`, `${teks}, turun`]];
      const urutan = this.#kolom.flatMap(naikTurun);
      const urut = this.#pilihan({ kunci: "urut", teks: "Urutan", isi: urutan }, "Menurut pohon");
      urut.className = "urut-sempit"; // kepala tabel tersembunyi pada telepon
      const pilihan = this.#saringan.filter(({ isi }) => isi?.length > 1).map((s) => this.#pilihan(s, "Semua"));
      const centang = this.#saringan.filter(({ isi }) => !isi).map((s) => this.#centang(s));
      const semua = [...pilihan, urut, ...centang, ...this.#centangTahun()];
      const lama = [...this.#bidang.children].slice(1);
      this.#cari.value = this.#keadaan.cari;
      if (!semuanya && lama.length === semua.length && lama.every((l, n) => l.isEqualNode(semua[n]))) return;
      const fokus = lama.findIndex((l) => l.contains(document.activeElement));
      for (const l of lama) l.remove();
      this.#bidang.append(...semua);
      semua[fokus]?.querySelector("select, input").focus();
    }

    #pilihan({ kunci, teks, isi }, semua) {
      const daftar = unsur("select", { autocomplete: "off", onchange: () => this.#ubah({ [kunci]: daftar.value }) });
      daftar.append(...[["", semua], ...isi].map(([nilai, nama]) => new Option(nama, nilai)));
      daftar.value = this.#keadaan[kunci] ?? "";
      return label(teks, daftar);
    }

    #centang({ kunci, teks }) {
      const onchange = () => this.#ubah({ [kunci]: kotak.checked ? "1" : "" });
      const kotak = isian("checkbox", { checked: Boolean(this.#keadaan[kunci]), onchange });
      return unsur("label", { class: "bercentang" }, kotak, teks);
    }

    #centangTahun() {
      const semua = this.#kolom.flatMap((k) => k.tahun ?? []);
      const onchange = () => {
        const tampil = kotak.filter((k) => k.checked).map((k) => k.value);
        this.#ubah({ tahun: tampil.length < semua.length ? tampil.join() || "-" : "" });
      };
      const kotak = semua.map((value) => isian("checkbox", { value, checked: this.#menampilkan(value), onchange }));
      const isi = kotak.map((k) => unsur("label", { class: "bercentang" }, k, k.value));
      return isi.length > 1 ? [unsur("fieldset", {}, unsur("legend", {}, "Kolom tahun"), ...isi)] : [];
    }

    #menampilkan(tahun) {
      return !this.#keadaan.tahun || this.#keadaan.tahun.split(",").includes(tahun);
    }

    // ---- Saring, urutkan, tampilkan

    #menyaring() {
      return Object.values(this.#keadaan).some(Boolean);
    }

    mulaiDari(keadaan) {
      this.#keadaan = {};
      this.#ubah({ ...KOSONG, ...keadaan });
      this.#susunIsian(true);
    }

    #ubah(sebagian) {
      Object.assign(this.#keadaan, sebagian);
      const isi = Object.entries(this.#keadaan).map(([kunci, nilai]) => [kunci, nilai.split(",")]);
      tulisKeadaan(this.#nama, Object.fromEntries(isi));
      this.terapkan();
    }

    terapkan() {
      const tampil = this.#diurutkan(this.#baris.filter(this.#penyaring()));
      const perlu = this.#menyaring() || (this.#merentang && sempit.matches);
      if (perlu || this.#diubah) this.#susunBaris(tampil);
      this.#diubah = perlu;
      const { kolom: diurutkan, turun } = this.#urutan();
      for (const kolom of this.#kolom) {
        if (kolom === diurutkan) kolom.th.setAttribute("aria-sort", turun ? "descending" : "ascending");
        else kolom.th.removeAttribute("aria-sort");
      }
      this.#bidang.querySelector(".urut-sempit select").value = this.#keadaan.urut;
      this.#hapus.hidden = !this.#menyaring();
      const jumlah = `${ribuan(tampil.length)} dari ${ribuan(this.#baris.length)} ${this.tabel.dataset.hitung}`;
      tulis(this.#kabar, `Menampilkan ${jumlah}`);
      tulis(this.#hasil, tampil.length ? "" : "Tidak ada yang cocok dengan saringan.");
      tulis(this.#tercetak, this.#pilihanTercetak(jumlah));
    }

    // Di kertas alatnya tidak ada: satu kalimat menyebutkan mengapa tabel itu bukan tabel seutuhnya.
    #pilihanTercetak(jumlah) {
      const { cari, tahun } = this.#keadaan;
      const isi = cari ? [`memuat “${cari}”`] : [];
      for (const { kunci, teks, isi: pilihan = [] } of this.#saringan) {
        const nilai = this.#keadaan[kunci];
        if (nilai) isi.push(`${dalamKalimat(teks)} ${pilihan.find(([satu]) => satu === nilai)?.[1] ?? ""}`.trim());
      }
      const bagian = isi.length ? [`disaring: ${isi.join("; ")}; ${jumlah}`] : [];
      const target = tahun === "-" ? "tanpa kolom target" : `hanya memuat target ${tahun?.replaceAll(",", ", ")}`;
      if (tahun) bagian.push(target);
      const { kolom, turun } = this.#urutan();
      if (kolom) bagian.push(`diurutkan menurut ${dalamKalimat(kolom.teks)}, ${turun ? "turun" : "naik"}`);
      return bagian.length ? `Tabel ini ${bagian.join("; ")}.` : "";
    }

    #penyaring() {
      const kata = this.#keadaan.cari.toLowerCase().split(/\s+/).filter(Boolean);
      const syarat = [(b) => kata.every((k) => (b.huruf ??= b.sel.map(teksSel).join(" ").toLowerCase()).includes(k))];
      for (const { kunci, cocok } of this.#saringan) {
        const nilai = this.#keadaan[kunci];
        if (nilai) syarat.push((b) => cocok(b, nilai));
      }
      return (baris) => syarat.every((s) => s(baris));
    }

    #urutan() {
      const [kunci, turun] = this.#keadaan.urut.split(",");
      return { kolom: this.#kolom.find((k) => k.kunci === kunci), turun };
    }

    #diurutkan(baris) {
      const { kolom, turun } = this.#urutan();
      if (!kolom) return baris;
      const tingkat = (b) => String(this.#saringan[0].isi.findIndex(([jenjang]) => jenjang === b.jenjang));
      const teks = kolom.urut === "jenjang" ? tingkat : (b) => teksSel(b.sel[kolom.n]);
      return terurut(baris, teks, { berangka: Boolean(kolom.urut), turun });
    }

    #susunBaris(tampil) {
      this.#tampil = tampil;
      if (this.#merentang) gabungSel(tampil, sempit.matches && this.tabel.classList.contains("tumpuk"));
      this.tabel.tBodies[0].replaceChildren(...tampil.map((b) => b.tr));
      for (const { th, n, tahun } of this.#kolom.filter((k) => k.tahun)) {
        th.hidden = !this.#menampilkan(tahun);
        for (const { sel } of this.#baris) sel[n].hidden = th.hidden;
      }
    }

    // ---- Salin dan unduh: yang tampak, setiap baris lengkap, juga di bawah sel yang merentang

    #isi() {
      const tampak = this.#kolom.filter(({ th }) => !th.hidden);
      return [tampak, ...this.#tampil.map((b) => tampak.map(({ n, urut }) => bawa.polos(teksSel(b.sel[n]), urut)))];
    }

    async #salin() {
      const isi = this.#isi();
      const jadi = await keClipboard(bawa.sebagaiHtml(isi), bawa.sebagaiTeks(isi), this.tabel);
      const kata = `Tabel disalin: ${ribuan(this.#tampil.length)} baris. Tempelkan ke Excel atau Word.`;
      this.#hasil.textContent = jadi ? kata : "Peramban menolak menyalin. Pakailah Unduh CSV.";
    }

    #unduh() {
      const href = URL.createObjectURL(new Blob(["\ufeff", bawa.sebagaiCsv(this.#isi())], { type: "text/csv" }));
      const download = `${this.tabel.dataset.berkas}.csv`;
      unsur("a", { href, download }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
      this.#hasil.textContent = `${download} diunduh: ${ribuan(this.#tampil.length)} baris.`;
    }
  }

  // Keadaan tabel menurut alamat; kosong bila alamatnya tanpa jangkar, null bila jangkarnya menunjuk yang lain.
  function dariAlamat(nama) {
    const isi = location.hash ? bacaKeadaan(nama) : {};
    return isi && Object.fromEntries(Object.entries(isi).map(([kunci, nilai = ""]) => [kunci, uraikan(nilai)]));
  }

  // Tabelnya dipilih, lalu isi salinannya diganti: ini berlaku juga dari berkas dan http, dan tidak seperti
  // navigator.clipboard.write tidak membuang gaya yang memberi tahu Excel mana teks dan mana angka.
  function keClipboard(html, teks, tabel) {
    const ganti = (kejadian) => {
      kejadian.clipboardData.setData("text/html", html);
      kejadian.clipboardData.setData("text/plain", teks);
      kejadian.preventDefault();
    };
    getSelection().selectAllChildren(tabel);
    addEventListener("copy", ganti, { capture: true, once: true });
    const jadi = document.execCommand("copy");
    removeEventListener("copy", ganti, { capture: true });
    getSelection().removeAllRanges();
    return jadi || salinTeks(teks);
  }

  function pasangSemua() {
    const lepas = document.querySelectorAll("table:not([data-tabel]) .urut"); // pratinjau: tabelnya menjadi tabel lain
    for (const urut of lepas) urut.replaceWith(...urut.childNodes);
    for (const tabel of document.querySelectorAll("table[data-tabel]")) {
      const nama = tabel.dataset.tabel;
      if (!terpasang.has(nama)) terpasang.set(nama, new Tabel(nama));
      terpasang.get(nama).pasang(tabel);
    }
    for (const { alat, tabel } of terpasang.values()) if (!tabel.isConnected) alat.remove();
  }

  setiapHalaman(pasangSemua);
  document.addEventListener("pokin:akan-tukar", () => terpasang.forEach((tabel) => tabel.kembalikan()));
  addEventListener("hashchange", () => {
    for (const [nama, tabel] of terpasang) {
      const keadaan = dariAlamat(nama);
      if (keadaan && tabel.tabel.isConnected) tabel.mulaiDari(keadaan);
    }
  });
  sempit.addEventListener("change", () => {
    for (const tabel of terpasang.values()) if (tabel.tabel.isConnected) tabel.terapkan();
  });
}
