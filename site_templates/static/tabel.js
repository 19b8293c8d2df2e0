"use strict";
// Tabel yang dapat diurutkan, disaring, disalin, dan diunduh; keadaannya ada dalam alamat halaman. Atribut yang
// menentukannya diterangkan dalam bagian.html.j2. Sel yang merentang beberapa baris berlaku bagi setiap barisnya: bila
// urutannya berubah, isinya diulang pada setiap baris, dan yang tetap berurutan digabung kembali.
{
  const abjad = new Intl.Collator("id", { numeric: true });
  const sempit = matchMedia("screen and (max-width: 47.99rem)");
  const terpasang = new Map(); // nama tabel: Tabel; alatnya tetap sama bila pratinjau menukar isi halaman

  function unsur(nama, sifat, ...anak) {
    const baru = Object.assign(document.createElement(nama), sifat);
    baru.append(...anak);
    return baru;
  }

  const isian = (type, sifat) => unsur("input", { type, autocomplete: "off", ...sifat });
  const tombol = (teks, onclick) => unsur("button", { type: "button", className: "tombol-tabel", onclick }, teks);
  const label = (teks, ...anak) => unsur("label", {}, unsur("span", {}, teks), ...anak);
  const tulis = (tempat, teks) => tempat.textContent === teks || (tempat.textContent = teks);
  const rapikan = (teks) => teks.replace(/\s+/g, " ").trim();
  const titik = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");

  // Isi sel sebagai satu baris teks: butir dan baris barunya dipisahkan titik koma, singkatan dalam kurung.
  function teksSel(simpul) {
    if (simpul.nodeType === Node.TEXT_NODE) return simpul.data;
    if (simpul.localName === "br") return "; ";
    if (simpul.className === "lanjut") return "";
    if (simpul.localName === "abbr") return `(${simpul.textContent})`;
    const antara = simpul.localName === "ul" ? "; " : "";
    return rapikan([...simpul.childNodes].map(teksSel).filter((t) => t.trim() || !antara).join(antara));
  }

  // Isi sel satu demi satu: tautan-tautannya, atau teks di antara baris baru.
  function isiSel(sel) {
    const tautan = sel.querySelectorAll("a");
    return [...(tautan.length ? tautan : sel.childNodes)].map((s) => rapikan(s.textContent)).filter(Boolean);
  }

  // Angka pertama menurut tulisan Indonesia: 1.250 adalah seribu dua ratus lima puluh.
  function angka(teks) {
    const tulisan = teks.match(/-?\d[\d.]*(?:,\d+)?/)?.[0] ?? "";
    const beribu = tulisan.includes(",") || /^-?\d{1,3}(\.\d{3})+$/.test(tulisan);
    return Number.parseFloat(beribu ? tulisan.replaceAll(".", "").replace(",", ".") : tulisan);
  }

  // Yang bukan angka, seperti predikat, sesudah semua angka.
  function menurutAngka(kiri, kanan) {
    const [a, b] = [angka(kiri), angka(kanan)];
    return Number.isNaN(a) - Number.isNaN(b) || a - b || abjad.compare(kiri, kanan);
  }

  // ---- Keadaan dalam alamat: #tabel=urut:target-2026,-;jenjang:antara;tahun:2026,2027;cari:desa

  // Jangkar biasa, seperti #isi, bukan keadaan.
  function bacaKeadaan(nama) {
    const [awalan, isi = ""] = location.hash.split("=");
    if (awalan && awalan !== `#${nama}`) return null;
    const keadaan = { urut: "", cari: "" };
    for (const [, kunci, nilai] of isi.matchAll(/([^:;]+):([^;]*)/g)) {
      try {
        keadaan[kunci] = decodeURIComponent(nilai);
      } catch {} // potongan alamat yang rusak diabaikan
    }
    return keadaan;
  }

  function tulisKeadaan(nama, keadaan) {
    const isi = Object.entries(keadaan).filter(([, nilai]) => nilai);
    const potongan = isi.map(([kunci, nilai]) => `${kunci}:${encodeURIComponent(nilai).replaceAll("%2C", ",")}`);
    const alamat = location.href.split("#")[0];
    history.replaceState(history.state, "", alamat + (isi.length ? `#${nama}=${potongan.join(";")}` : ""));
  }

  class Tabel {
    #nama;
    #keadaan;
    #kepala;
    #kolom;
    #jenjang;
    #tanda;
    #diubah;
    #merentang;
    #baris;
    #tampil;
    alat = unsur("div", { className: "alat-tabel" });
    #kabar = unsur("p", {});
    #hasil = unsur("p", {});
    #tercetak = unsur("p", { className: "tabel-tercetak" });
    #cari = isian("search", { oninput: () => this.#ubah({ cari: this.#cari.value }) });
    #hapus = tombol("Hapus saringan", () => this.mulaiDari({ urut: "", cari: "" }));
    #bidang = unsur("div", {}, label("Cari dalam tabel", this.#cari));
    #saringan = unsur("details", {}, unsur("summary", {}, "Saring dan urutkan"), this.#bidang);

    constructor(nama) {
      this.#nama = nama;
      this.#keadaan = bacaKeadaan(nama) ?? { urut: "", cari: "" };
      for (const kabar of [this.#kabar, this.#hasil]) kabar.setAttribute("role", "status");
      const salin = tombol("Salin tabel", () => this.#salin());
      const bawah = unsur("div", {}, this.#kabar, this.#hapus, salin, tombol("Unduh CSV", () => this.#unduh()));
      this.alat.append(this.#saringan, bawah, this.#hasil, this.#tercetak);
      this.alat.dataset.pNaskah = "";
    }

    pasang(tabel) {
      if (!this.tabel) this.#saringan.open = this.#menyaring() || (tabel.dataset.buka === "" && !sempit.matches);
      this.tabel = tabel;
      this.#kepala = [...tabel.tHead.rows[0].cells];
      this.#kolom = this.#kepala.map((th) => ({ ...th.dataset, teks: th.dataset.nama ?? rapikan(th.textContent) }));
      this.#jenjang = (tabel.dataset.jenjang ?? "").split(";").map((j) => j.split("="));
      this.#tanda = (tabel.dataset.tanda ?? "").split("=");
      this.#diubah = false;
      this.#bacaBaris();
      for (const [n, th] of this.#kepala.entries()) this.#pasangTombol(th, this.#kolom[n]);
      this.#susunIsian();
      const tempat = tabel.closest(".gulir") ?? tabel;
      if (tempat.previousElementSibling !== this.alat) tempat.before(this.alat);
      this.terapkan();
    }

    // Setiap baris dengan selnya per kolom; sel yang merentang menjadi milik semua barisnya.
    #bacaBaris() {
      const atas = this.#kolom.map(() => ({ sisa: 0 }));
      this.#merentang = false;
      this.#baris = [...this.tabel.tBodies[0].rows].map((tr) => {
        const milik = [...tr.cells];
        const sel = atas.map((a) => {
          if (!a.sisa) [a.sel, a.sisa] = [milik[0], milik.shift().rowSpan];
          this.#merentang ||= a.sel.rowSpan > 1;
          a.sisa -= 1;
          return a.sel;
        });
        return { tr, sel, asal: [...tr.cells], jenjang: tr.className.replace("baris-", ""), salinan: [] };
      });
      this.#tampil = this.#baris;
    }

    // Baris dan selnya lagi seperti datangnya: pratinjau menyamakannya dengan yang baru, dan hanya yang berubah berkilat.
    kembalikan() {
      if (!this.#diubah || !this.tabel.isConnected) return;
      if (this.#merentang) for (const { tr, asal } of this.#baris) tr.replaceChildren(...asal);
      this.tabel.tBodies[0].replaceChildren(...this.#baris.map((b) => b.tr));
    }

    #pasangTombol(th, { kunci, teks }) {
      const lanjut = { [kunci]: `${kunci},-`, [`${kunci},-`]: "" };
      const lama = th.querySelector(".urut");
      const urut = lama ?? tombol("");
      const onclick = () => this.#ubah({ urut: lanjut[this.#keadaan.urut] ?? kunci });
      Object.assign(urut, { className: "urut", title: `Urutkan menurut ${teks}`, onclick });
      urut.dataset.pNaskah = "bungkus";
      th.dataset.pTanpa = "aria-sort";
      if (lama) return;
      urut.append(...th.childNodes);
      th.append(urut);
    }

    // ---- Isian di atas tabel

    // Yang tidak berganti dibiarkan, sebab pembaca mungkin sedang memakainya.
    #susunIsian(semuanya) {
      const jenjang = this.#jenjang.filter(([kunci]) => this.#baris.some((b) => b.jenjang === kunci));
      const semua = this.#pilihan("jenjang", "Jenjang", jenjang);
      for (const [n, { saring, kunci, teks }] of this.#kolom.entries()) {
        if (saring === "") semua.push(...this.#pilihan(kunci, teks, this.#nilaiKolom(n)));
      }
      const urutan = this.#kolom.flatMap(({ kunci, teks }) => [[kunci, `${teks}, naik`], [`${kunci},-`, `${teks}, turun`]]);
      const [urut] = this.#pilihan("urut", "Urutan", urutan, "Menurut pohon");
      urut.className = "urut-sempit"; // kepala tabel tersembunyi pada telepon
      semua.push(urut, ...this.#centangTanda(), ...this.#centangTahun());
      const lama = [...this.#bidang.children].slice(1);
      this.#cari.value = this.#keadaan.cari;
      if (!semuanya && lama.length === semua.length && lama.every((l, n) => l.isEqualNode(semua[n]))) return;
      const fokus = lama.findIndex((l) => l.contains(document.activeElement));
      for (const l of lama) l.remove();
      this.#bidang.append(...semua);
      semua[fokus]?.querySelector("select, input").focus();
    }

    #nilaiKolom(n) {
      const isi = this.#baris.map((b) => isiSel(b.sel[n]));
      const nilai = [...new Set(isi.flat())].sort(abjad.compare).map((satu) => [satu, satu]);
      return nilai.length && isi.some((i) => !i.length) ? [...nilai, ["-", "(belum diisi)"]] : nilai;
    }

    #pilihan(kunci, teks, isi, semua = "Semua") {
      if (isi.length < 2) return [];
      const daftar = unsur("select", { autocomplete: "off", onchange: () => this.#ubah({ [kunci]: daftar.value }) });
      daftar.append(...[["", semua], ...isi].map(([nilai, nama]) => new Option(nama, nilai)));
      daftar.value = this.#keadaan[kunci] ?? "";
      return [label(teks, daftar)];
    }

    #centangTanda() {
      if (!this.#tanda[1]) return [];
      const onchange = () => this.#ubah({ tanda: kotak.checked ? "1" : "" });
      const kotak = isian("checkbox", { checked: Boolean(this.#keadaan.tanda), onchange });
      return [unsur("label", {}, kotak, this.#tanda[1])];
    }

    #centangTahun() {
      const semua = this.#kolom.flatMap((k) => k.tahun ?? []);
      const pilih = () => {
        const tampil = kotak.filter((k) => k.checked).map((k) => k.value);
        this.#ubah({ tahun: tampil.length < semua.length ? tampil.join() || "-" : "" });
      };
      const kotak = semua.map((value) => isian("checkbox", { value, checked: this.#menampilkan(value), onchange: pilih }));
      const isi = kotak.map((k) => unsur("label", {}, k, k.value));
      return isi.length > 1 ? [unsur("fieldset", {}, unsur("legend", {}, "Kolom tahun"), ...isi)] : [];
    }

    #menampilkan(tahun) {
      return !tahun || !this.#keadaan.tahun || this.#keadaan.tahun.split(",").includes(tahun);
    }

    // ---- Saring, urutkan, tampilkan

    #menyaring() {
      return Object.values(this.#keadaan).some(Boolean);
    }

    mulaiDari(keadaan) {
      this.#keadaan = {};
      this.#ubah(keadaan);
      this.#susunIsian(true);
    }

    #ubah(sebagian) {
      Object.assign(this.#keadaan, sebagian);
      tulisKeadaan(this.#nama, this.#keadaan);
      this.terapkan();
    }

    terapkan() {
      const tampil = this.#terurut(this.#baris.filter(this.#penyaring()));
      const perlu = this.#menyaring() || (this.#merentang && sempit.matches);
      if (perlu || this.#diubah) this.#susunBaris(tampil);
      this.#diubah = perlu;
      const [kunci, turun] = this.#keadaan.urut.split(",");
      for (const [n, th] of this.#kepala.entries()) {
        if (kunci === this.#kolom[n].kunci) th.setAttribute("aria-sort", turun ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      }
      this.#bidang.querySelector(".urut-sempit select").value = this.#keadaan.urut;
      this.#hapus.hidden = !this.#menyaring();
      tulis(this.#kabar, `Menampilkan ${titik(tampil.length)} dari ${titik(this.#baris.length)} ${this.tabel.dataset.hitung}`);
      tulis(this.#hasil, tampil.length ? "" : "Tidak ada yang cocok dengan saringan.");
      tulis(this.#tercetak, this.#pilihanTercetak());
    }

    // Di kertas alatnya tidak ada: satu kalimat menyebutkan mengapa tabel itu bukan tabel seutuhnya.
    #pilihanTercetak() {
      const { cari, jenjang, tanda, tahun, urut } = this.#keadaan;
      const isi = cari ? [`memuat “${cari}”`] : [];
      if (jenjang) isi.push(`jenjang ${this.#jenjang.find(([j]) => j === jenjang)?.[1] ?? jenjang}`);
      if (tanda && this.#tanda[1]) isi.push(this.#tanda[1].replace("Hanya", "hanya"));
      for (const { saring, kunci, teks } of this.#kolom) {
        const nilai = saring === "" && this.#keadaan[kunci];
        if (nilai) isi.push(`${teks} ${nilai === "-" ? "belum diisi" : nilai}`);
      }
      const jumlah = this.#kabar.textContent.replace("Menampilkan ", "");
      const bagian = isi.length ? [`disaring: ${isi.join("; ")}; ${jumlah}`] : [];
      if (tahun) bagian.push(tahun === "-" ? "tanpa kolom target" : `hanya memuat target ${tahun.replaceAll(",", ", ")}`);
      const [kunci, turun] = urut.split(",");
      const kolom = this.#kolom.find((k) => k.kunci === kunci);
      if (kolom) bagian.push(`diurutkan menurut ${kolom.teks}, ${turun ? "turun" : "naik"}`);
      return bagian.length ? `Tabel ini ${bagian.join("; ")}.` : "";
    }

    #penyaring() {
      const kata = this.#keadaan.cari.toLowerCase().split(/\s+/).filter(Boolean);
      const syarat = [(b) => kata.every((k) => (b.huruf ??= b.sel.map(teksSel).join(" ").toLowerCase()).includes(k))];
      const { jenjang, tanda } = this.#keadaan;
      if (jenjang) syarat.push((b) => b.jenjang === jenjang);
      if (tanda && this.#tanda[1]) syarat.push((b) => b.sel.some((s) => s.querySelector(`.${this.#tanda[0]}`)));
      for (const [n, { saring, kunci }] of this.#kolom.entries()) {
        const nilai = saring === "" && this.#keadaan[kunci];
        if (nilai) syarat.push(({ sel }) => (nilai === "-" ? !isiSel(sel[n]).length : isiSel(sel[n]).includes(nilai)));
      }
      return (baris) => syarat.every((s) => s(baris));
    }

    // Yang kosong selalu terakhir; yang sama tetap dalam urutan pohon.
    #terurut(baris) {
      const [kunci, turun] = this.#keadaan.urut.split(",");
      const n = this.#kolom.findIndex((k) => k.kunci === kunci);
      if (n < 0) return baris;
      const tingkat = (b) => this.#jenjang.findIndex(([j]) => j === b.jenjang);
      const cara = this.#kolom[n].urut === "angka" ? menurutAngka : abjad.compare;
      const banding = this.#kolom[n].urut === "jenjang" ? (a, b) => tingkat(a.b) - tingkat(b.b) : (a, b) => cara(a.t, b.t);
      const bertanda = baris.map((b) => ({ b, t: teksSel(b.sel[n]) }));
      bertanda.sort((a, b) => !a.t - !b.t || (turun ? -1 : 1) * banding(a, b));
      return bertanda.map(({ b }) => b);
    }

    #susunBaris(tampil) {
      this.#tampil = tampil;
      if (this.#merentang) this.#gabungSel();
      this.tabel.tBodies[0].replaceChildren(...tampil.map((b) => b.tr));
      for (const [n, th] of this.#kepala.entries()) {
        if (!this.#kolom[n].tahun) continue;
        th.hidden = !this.#menampilkan(this.#kolom[n].tahun);
        for (const { sel } of this.#baris) sel[n].hidden = th.hidden;
      }
    }

    // Sel yang sama pada baris yang berurutan menjadi satu; selain itu setiap baris mendapat salinannya.
    #gabungSel() {
      const gabung = !(sempit.matches && this.tabel.classList.contains("tumpuk"));
      const atas = [];
      const terpakai = new Set();
      let sebelum = null;
      for (const baris of this.#tampil) {
        const isi = baris.sel.map((asal, n) => {
          if (gabung && sebelum?.sel[n] === asal) {
            atas[n].rowSpan += 1;
            return null;
          }
          atas[n] = terpakai.has(asal) ? (baris.salinan[n] ??= asal.cloneNode(true)) : asal;
          atas[n].removeAttribute("rowspan");
          terpakai.add(asal);
          return atas[n];
        });
        baris.tr.replaceChildren(...isi.filter(Boolean));
        sebelum = baris;
      }
    }

    // ---- Salin dan unduh: yang tampak, setiap baris lengkap, juga di bawah sel yang merentang

    #isi() {
      const tampak = [...this.#kolom.entries()].filter(([n]) => !this.#kepala[n].hidden);
      const baris = this.#tampil.map((b) => tampak.map(([n, kolom]) => polos(teksSel(b.sel[n]), kolom.urut)));
      return [tampak.map(([, { teks }]) => ({ teks })), ...baris];
    }

    async #salin() {
      const isi = this.#isi();
      const teks = isi.map((b) => b.map((s) => s.teks).join("\t")).join("\r\n");
      const jadi = await keClipboard(sebagaiHtml(isi), teks, this.tabel);
      const kata = `Tabel disalin: ${this.#tampil.length} baris. Tempelkan ke Excel atau Word.`;
      this.#hasil.textContent = jadi ? kata : "Peramban menolak menyalin. Pakailah Unduh CSV.";
    }

    #unduh() {
      const kutip = ({ teks }) => (/[;"]/.test(teks) ? `"${teks.replaceAll('"', '""')}"` : teks);
      const teks = this.#isi().map((b) => `${b.map(kutip).join(";")}\r\n`);
      const href = URL.createObjectURL(new Blob(["\ufeff", ...teks], { type: "text/csv" }));
      const download = `${this.tabel.dataset.berkas}.csv`;
      unsur("a", { href, download }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
      this.#hasil.textContent = `${download} diunduh: ${this.#tampil.length} baris.`;
    }
  }

  // Teks yang akan dibaca Excel sebagai rumus diberi tanda petik di depannya; angka tidak.
  function polos(teks, urut) {
    const berangka = /^[-+]?[\d.,]+%?$/.test(teks);
    return { teks: /^[=+\-@]./.test(teks) && !berangka ? `'${teks}` : teks, angka: berangka && urut === "angka" };
  }

  function sebagaiHtml(isi) {
    const baris = isi.map((b, nomor) => {
      const sel = b.map(({ teks, angka: berangka }) => {
        const aman = unsur("p", {}, teks).innerHTML;
        const gaya = berangka ? "text-align:right" : "mso-number-format:'\\@'";
        const nama = nomor ? "td" : "th";
        return `<${nama} style="border:1px solid;vertical-align:top;${gaya}">${aman}</${nama}>`;
      });
      return `<tr>${sel.join("")}</tr>`;
    });
    return `<table style="border-collapse:collapse">${baris.join("")}</table>`;
  }

  // Tabelnya dipilih, lalu isi salinannya diganti: ini berlaku juga dari berkas dan http, dan tidak seperti
  // navigator.clipboard.write tidak membuang gaya yang memberi tahu Excel mana teks dan mana angka.
  async function keClipboard(html, teks, tabel) {
    const ganti = (kejadian) => {
      kejadian.clipboardData.setData("text/html", html);
      kejadian.clipboardData.setData("text/plain", teks);
      kejadian.preventDefault();
    };
    getSelection().selectAllChildren(tabel);
    addEventListener("copy", ganti, { capture: true, once: true });
    let jadi = document.execCommand("copy");
    removeEventListener("copy", ganti, { capture: true });
    getSelection().removeAllRanges();
    try {
      if (!jadi) await navigator.clipboard.writeText(teks);
      jadi = true;
    } catch {}
    return jadi;
  }

  function pasangSemua() {
    for (const tombol of document.querySelectorAll("table:not([data-tabel]) .urut")) tombol.replaceWith(...tombol.childNodes);
    for (const tabel of document.querySelectorAll("table[data-tabel]")) {
      const nama = tabel.dataset.tabel;
      if (!terpasang.has(nama)) terpasang.set(nama, new Tabel(nama));
      terpasang.get(nama).pasang(tabel);
    }
    for (const { alat, tabel } of terpasang.values()) if (!tabel.isConnected) alat.remove();
  }

  pasangSemua();
  document.addEventListener("pokin:akan-tukar", () => terpasang.forEach((tabel) => tabel.kembalikan()));
  document.addEventListener("pokin:halaman", pasangSemua);
  addEventListener("hashchange", () => {
    for (const [nama, tabel] of terpasang) {
      const keadaan = bacaKeadaan(nama);
      if (keadaan && tabel.tabel.isConnected) tabel.mulaiDari(keadaan);
    }
  });
  sempit.addEventListener("change", () => {
    for (const tabel of terpasang.values()) if (tabel.tabel.isConnected) tabel.terapkan();
  });
}
