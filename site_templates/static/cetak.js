"use strict";
// Gambar pohon di atas kertas: satu lembar, atau beberapa yang disambung; kotaknya disalin sebagai vektor ke lembar yang
// memuatnya. Di mana gambar dipotong dihitung cetak-potongan.js.
{
  const { unsur, unsurSvg, ingat, tulis } = globalThis.pokin;
  const { KERTAS, TEPI, JALUR, PX, ukuran, satuLembar, semuaCara } = globalThis.pokinPotongan;
  const HURUF = 10.5; // huruf terkecil pada gambar, dalam px
  const ISIAN = ["kertas", "arah", "cabang", "lebar"];
  let arahBebas = true; // tidak disebut alamat, pembaca, atau pengaturan situs: dipilih yang hurufnya lebih besar

  const cari = (pemilih) => document.querySelector(pemilih);
  const nama = (kolom, baris) => String.fromCharCode(65 + baris) + (kolom + 1);
  const bungkus = (kelas, ...anak) => unsur("div", { class: kelas }, ...anak);

  // ------------------------------------------------------------------------------------------------------- gambar
  function bacaKotak(asli) {
    const [kiri, atas] = asli.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const [lebar, tinggi] = ["width", "height"].map((sisi) => Number(asli.querySelector(".latar").getAttribute(sisi)));
    return { asli, ...asli.dataset, kiri, atas, kanan: kiri + lebar, bawah: atas + tinggi };
  }

  // Bunyi utuhnya ada dalam judul kotak; pada kotak yang berubah ia ditulis sesudah perubahannya.
  function kalimat({ asli }) {
    const kelas = asli.getAttribute("class");
    const berubah = kelas.includes(" beda-");
    const utuh = asli.querySelector("title")?.textContent.split("\n")[Number(berubah)];
    if (utuh) return utuh;
    const [label, nama] = [".label", ".nama"].map((isi) => asli.querySelector(isi)?.textContent.trim());
    const jenjang = cari(`.lembar-tunggal .jenjang-${kelas.match(/kotak-(\w+)/)[1]}`)?.parentNode.textContent.trim() ?? "";
    return `${jenjang}${label.slice(jenjang.length)}: ${nama}`; // label gambar berhuruf besar semua
  }

  function cabang(semua, id) {
    const ambil = new Set();
    for (const kotak of semua) if (kotak.id === id || ambil.has(kotak.i)) ambil.add(kotak.n);
    return semua.filter(({ n }) => ambil.has(n));
  }

  // Setiap garis berakhir pada kotak yang dituju: dari ujungnya dikenali garis milik sebuah cabang.
  function garisMenuju(garis, kotak) {
    const salinan = garis.cloneNode();
    const milik = garis.getAttribute("d").match(/M[^M]+/g).filter((d) => {
      salinan.setAttribute("d", d);
      const { x, y } = salinan.getPointAtLength(salinan.getTotalLength());
      return kotak.some((k) => x > k.kiri - 2 && x < k.kanan + 2 && y > k.atas - 2 && y < k.bawah + 2);
    });
    salinan.setAttribute("d", milik.join(""));
    return salinan;
  }

  function isiGambar(gambar, semua, id) {
    const kotak = id ? cabang(semua, id) : semua;
    const lain = [...gambar.children].filter((satu) => (id ? satu.matches(".garis") : !satu.matches(".kotak")));
    const sisi = (arah) => kotak.map((k) => k[arah]);
    const [x, y] = [Math.min(...sisi("kiri")) - 4, Math.min(...sisi("atas")) - 4];
    return {
      gambar,
      hiasan: id ? lain.map((garis) => garisMenuju(garis, kotak.slice(1))) : lain,
      kotak: kotak.map((k) => ({ ...k, kiri: k.kiri - x, kanan: k.kanan - x, atas: k.atas - y, bawah: k.bawah - y })),
      x,
      y,
      lebar: Math.max(...sisi("kanan")) + 4 - x,
      tinggi: Math.max(...sisi("bawah")) + 4 - y,
    };
  }

  // ------------------------------------------------------------------------------------------------------- lembar
  function bagian(isi, skala, tempat, [x, y]) {
    const [lebar, tinggi] = [tempat.width / skala, tempat.height / skala];
    const tampak = isi.kotak.filter((k) => k.kiri < x + lebar && k.kanan > x && k.atas < y + tinggi && k.bawah > y);
    const salinan = tampak.map(({ asli, n }) => {
      const anak = [...asli.cloneNode(true).children].filter((a) => a.localName !== "title");
      return unsurSvg("g", { class: asli.getAttribute("class"), transform: asli.getAttribute("transform"), "data-n": n }, ...anak);
    });
    const svg = unsurSvg("svg", { class: "bagian", viewBox: `${x + isi.x} ${y + isi.y} ${lebar} ${tinggi}`, ...tempat });
    for (const sifat of ["font-family", "font-size", "fill"]) svg.setAttribute(sifat, isi.gambar.getAttribute(sifat) ?? "");
    svg.append(...isi.hiasan.map((satu) => satu.cloneNode(true)), ...salinan);
    return svg;
  }

  function tandaSambung(r, kertas, [kolom, baris], atas) {
    const [ujung, dasar, kaki] = [kertas.lebar - TEPI - JALUR, kertas.tinggi - TEPI - JALUR, kertas.tinggi - TEPI];
    const kanan = kolom + 1 < r.kolom.length ? TEPI + (r.kolom[kolom + 1] - r.kolom[kolom]) * r.skala : 0;
    const bawah = baris + 1 < r.baris.length ? atas + (r.baris[baris + 1] - r.baris[baris]) * r.skala : 0;
    const tegak = [kanan, kolom && TEPI].map((x) => (x ? `M${x} ${atas}V${dasar}` : ""));
    const datar = [bawah, baris && atas].map((y) => (y ? `M${TEPI} ${y}H${ujung}` : ""));
    const silang = [TEPI, kanan || ujung].flatMap((x) => [atas, bawah || dasar].map((y) => `M${x - 3} ${y}h6M${x} ${y - 3}v6`));
    const tulisan = (teks, x, y, kelas = "", putar = "") => unsurSvg("text", { class: kelas, transform: `translate(${x} ${y})${putar}` }, teks);
    return [
      unsurSvg("path", { class: "tanda sambungan", d: [...tegak, ...datar].join("") }),
      unsurSvg("path", { class: "tanda", d: silang.join("") }),
      tulisan(nama(kolom, baris), TEPI, kaki, "nama-lembar"),
      tulisan(cari(".isi-kepala h2").textContent, TEPI + 9, kaki),
      kanan ? tulisan(`sambung ke ${nama(kolom + 1, baris)}`, kertas.lebar - TEPI, (atas + dasar) / 2, "", "rotate(-90)") : "",
      bawah ? tulisan(`sambung ke ${nama(kolom, baris + 1)}`, ujung, kaki, "ke-bawah") : "",
    ];
  }

  function lembar(isi, r, kertas, [kolom, baris]) {
    const banyak = r.dipakai.size > 1;
    const jalur = banyak ? JALUR : 0;
    const atas = TEPI + (baris ? 0 : kertas.kepala);
    const lebar = kertas.lebar - 2 * TEPI - jalur;
    const geser = banyak ? 0 : Math.max(0, (lebar - isi.lebar * r.skala) / 2);
    const tempat = { x: TEPI + geser, y: atas, width: lebar - geser, height: kertas.tinggi - TEPI - jalur - atas };
    const rupa = { viewBox: `0 0 ${kertas.lebar} ${kertas.tinggi}`, role: "img", "aria-label": `Lembar ${nama(kolom, baris)}` };
    const svg = unsurSvg("svg", rupa, bagian(isi, r.skala, tempat, [r.kolom[kolom], r.baris[baris]]));
    if (banyak) svg.append(...tandaSambung(r, kertas, [kolom, baris], atas));
    const kertasnya = bungkus("lembar", svg);
    Object.assign(kertasnya.style, { width: `${kertas.lebar}mm`, height: `${kertas.tinggi - 0.2}mm`, page: `lembar-${kertas.nama}` });
    return bungkus("bingkai-lembar", kertasnya);
  }

  function peta(isi, { kolom, baris, dipakai }) {
    const kotak = isi.kotak.map((k) => `M${k.kiri} ${k.atas}H${k.kanan}V${k.bawah}H${k.kiri}z`).join("");
    const besar = Math.min((isi.lebar / kolom.length) * 0.5, (isi.tinggi / baris.length) * 0.7);
    const rupa = { class: "peta-lembar", viewBox: `-9 -9 ${isi.lebar + 18} ${isi.tinggi + 18}`, role: "img", "font-size": besar };
    const svg = unsurSvg("svg", { ...rupa, "aria-label": "Susunan lembar" }, unsurSvg("path", { d: kotak }));
    for (const [c, b] of [...dipakai].map((letak) => letak.split(",").map(Number))) {
      const [x, y] = [kolom[c], baris[b]];
      const [width, height] = [(kolom[c + 1] ?? isi.lebar) - x, (baris[b + 1] ?? isi.tinggi) - y];
      const tulisan = unsurSvg("text", { x: x + width / 2, y: y + height / 2 + besar / 3 }, nama(c, b));
      svg.append(unsurSvg("rect", { x, y, width, height }), tulisan);
    }
    return svg;
  }

  function kepalaLembar(akar, gambarPeta) {
    const kepala = cari(".lembar-tunggal .kepala-lembar").cloneNode(true);
    if (akar) kepala.querySelector("h2").after(bungkus("cabang-lembar", `Cabang ${kalimat(akar)}`));
    if (gambarPeta) kepala.append(gambarPeta);
    return kepala;
  }

  function denganKepala(kertas, akar, berpeta) {
    const tempat = bungkus("lembar", kepalaLembar(akar, berpeta && unsurSvg("svg", { class: "peta-lembar", viewBox: "0 0 60 24" })));
    tempat.style.width = `${kertas.lebar}mm`;
    cari("main").append(tempat);
    const kepala = tempat.firstChild.offsetHeight * PX;
    tempat.remove();
    return { ...kertas, kepala };
  }

  // ------------------------------------------------------------------------------------------------------ pratinjau
  function aturSkala(tempat, kertas, kolom) {
    const lebar = (cari(".atur-cetak").offsetWidth - 12 * (kolom - 1)) / kolom;
    if (lebar <= 0) return; // sedang dicetak
    const k = Math.min(1, (lebar * PX) / kertas.lebar, kolom > 1 ? 1 : (innerHeight * PX) / kertas.tinggi);
    tempat.style.gridTemplateColumns = `repeat(${kolom}, auto)`;
    for (const { style, firstChild } of tempat.children) {
      Object.assign(style, { width: `${(kertas.lebar * k) / PX}px`, height: `${(kertas.tinggi * k) / PX}px` });
      if (firstChild) firstChild.style.transform = `scale(${k})`;
    }
  }

  let pengamat = null;
  function tampilkan(isi, r, kertas, akar) {
    const tempat = bungkus("lembaran");
    tempat.dataset.pNaskah = "";
    for (const baris of r.baris.keys()) {
      for (const kolom of r.kolom.keys()) {
        const pakai = r.dipakai.has(`${kolom},${baris}`);
        tempat.append(pakai ? lembar(isi, r, kertas, [kolom, baris]) : bungkus("lembar-kosong"));
      }
    }
    const semua = tempat.querySelectorAll(".lembar");
    semua[0].prepend(kepalaLembar(akar, r.dipakai.size > 2 && peta(isi, r)));
    semua[semua.length - 1].classList.add("lembar-terakhir");
    cari(".lembaran")?.remove();
    cari("main").append(tempat);
    pengamat?.disconnect();
    pengamat = new ResizeObserver(() => aturSkala(tempat, kertas, r.kolom.length));
    pengamat.observe(cari(".atur-cetak"));
    aturSkala(tempat, kertas, r.kolom.length);
  }

  // -------------------------------------------------------------------------------------------------------- pilihan
  function isiPilihan(daftar, isi, nilai) {
    const pilihan = isi.map((satu) => new Option(...satu));
    for (const satu of pilihan) satu.dataset.pNaskah = "";
    daftar.replaceChildren(daftar.options[0], ...pilihan);
    daftar.value = isi.some(([, ada]) => ada === nilai) ? nilai : "";
  }

  // Jenis dan arah yang diingat pembaca, selain itu yang ditulis situs; arahnya boleh tidak disebut.
  function kertasBawaan() {
    const { kertas = "a4", pKertas = kertas } = document.documentElement.dataset;
    return pKertas.split("-");
  }

  function arahDisebut(alamat) {
    const arah = alamat.get("arah") ?? kertasBawaan()[1];
    return /^(tegak|lanskap)$/.test(arah) ? arah : "";
  }

  function pilihKertas({ kertas, arah }, alamat, isi, akar) {
    const jenis = alamat.get("kertas");
    kertas.value = Object.hasOwn(KERTAS, jenis) ? jenis : kertasBawaan()[0];
    const skala = (satu) => satuLembar(isi, denganKepala(ukuran(kertas.value, satu), akar, false)).skala;
    const besar = arahBebas && (skala("lanskap") > skala("tegak") ? "lanskap" : "tegak");
    arah.value = besar || arahDisebut(alamat);
    return ukuran(kertas.value, arah.value);
  }

  function susun() {
    const { elements } = cari(".atur-cetak");
    const alamat = new URLSearchParams(location.hash.slice(1));
    const gambar = cari(".lembar-tunggal svg.pohon");
    const semua = [...gambar.querySelectorAll(".kotak")].map(bacaKotak);
    const induk = new Set(semua.map(({ i }) => i));
    const calon = semua.filter(({ n, i, id }) => id && i && induk.has(n));
    isiPilihan(elements.cabang, calon.map((k) => [kalimat(k), k.id]), alamat.get("cabang"));
    const akar = calon.find(({ id }) => id === elements.cabang.value);
    const isi = isiGambar(gambar, semua, akar?.id);
    susunLembar(isi, pilihKertas(elements, alamat, isi, akar), akar, alamat.get("lebar"));
  }

  function susunLembar(isi, kertas, akar, nilai) {
    const { elements } = cari(".atur-cetak");
    const huruf = ({ skala }) => `${((HURUF * skala * 72) / 25.4).toLocaleString("id", { maximumFractionDigits: 1 })} pt`;
    const [sendiri, bersambung] = [false, true].map((berpeta) => denganKepala(kertas, akar, berpeta));
    const tunggal = satuLembar(isi, sendiri);
    const cara = semuaCara(isi, bersambung, tunggal.skala);
    const sebut = (r) => `${r.kolom.length} × ${r.baris.length} bersambung: ${r.dipakai.size} lembar, huruf ${huruf(r)}`;
    isiPilihan(elements.lebar, cara.map((r) => [sebut(r), r.nama]), nilai);
    const terpilih = cara.find(({ nama: satu }) => satu === elements.lebar.value);
    const r = terpilih ?? tunggal;
    tampilkan(isi, r, terpilih ? bersambung : sendiri, akar);
    const saran = r.skala < 0.17 ? " Sulit dibaca: pilih kertas yang lebih besar, arah lain, atau lembar bersambung." : "";
    tulis(cari(".kabar-cetak"), `${r.dipakai.size} lembar; huruf terkecil ${huruf(r)}.${saran}`);
  }

  function tulisAlamat(elements) {
    const nilai = ISIAN.map((isian) => [isian, elements[isian].value]).filter(([, isi]) => isi);
    history.replaceState(null, "", `#${new URLSearchParams(nilai)}`);
  }

  function ingatKertas({ kertas, arah }) {
    ingat("pokin-kertas", arahBebas ? kertas.value : `${kertas.value}-${arah.value}`);
    document.dispatchEvent(new Event("pokin:kertas"));
  }

  function dipilih({ currentTarget: { elements }, target }) {
    if (target.name === "arah") arahBebas = false;
    if (target.type === "radio") ingatKertas(elements);
    tulisAlamat(elements);
    susun();
    tulisAlamat(elements); // dengan arah yang terpilih sendiri
  }

  function mulai() {
    const form = cari(".atur-cetak");
    pengamat?.disconnect();
    if (!form || !cari(".lembar-tunggal .kotak")) return cari(".lembaran")?.remove(); // pratinjau: gambarnya hilang
    form.hidden = false;
    form.dataset.pTanpa = "hidden";
    form.onchange = dipilih;
    form.onclick = (kejadian) => {
      if (arahBebas && kejadian.target.name === "arah") dipilih(kejadian); // arah yang terpilih sendiri pun dapat ditetapkan
    };
    arahBebas = !arahDisebut(new URLSearchParams(location.hash.slice(1)));
    susun();
    document.documentElement.dataset.pLembaran = ""; // lembar tanpa skrip baru disembunyikan bila penggantinya berdiri
  }

  addEventListener("hashchange", mulai);
  document.addEventListener("pokin:halaman", mulai);
  if (document.readyState === "complete") mulai(); // dimuat pratinjau ke dalam halaman yang sudah ada
  else document.addEventListener("DOMContentLoaded", mulai); // kertas.js membaca lebih dahulu kertas yang diingat
}
