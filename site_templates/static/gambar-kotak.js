"use strict";
// Membaca gambar pohon: kotak-kotak SVG (k) dengan induk dan anaknya, dan yang dapat dipilih pada bilah alat.
{
  const { unsur, rapi } = globalThis.pokin;

  const BUNGKUS = { "data-p-naskah": "bungkus", type: "button", "data-alat": "jenjang" };

  // Yang dibuat naskah gambar bertanda data-p-naskah: pratinjau membiarkannya.
  const buat = (nama, sifat, ...anak) => unsur(nama, { "data-p-naskah": "", ...sifat }, ...anak);

  function atur(el, nama, nilai) {
    if (nilai === null) el?.removeAttribute(nama);
    else if (el && el.getAttribute(nama) !== `${nilai}`) el.setAttribute(nama, nilai);
  }

  function baca(p) {
    p.kotak = [...p.svg.querySelectorAll(".kotak")].map(bacaKotak);
    [p.perId, p.jabatan] = [new Map(), new Map()];
    for (const k of p.kotak) {
      k.induk = p.kotak[k.el.dataset.i] ?? null;
      k.induk?.anak.push(k);
      k.atas = k.induk ? [k.induk, ...k.induk.atas] : []; // dari yang terdekat
      k.dalam = k.atas.length;
      k.unit ??= k.induk?.unit ?? [];
      for (const leluhur of k.atas) leluhur.isi += 1;
      if (k.id && !p.perId.has(k.id)) p.perId.set(k.id, k);
      namaiJabatan(p, k);
      atur(k.el, "data-p-tanpa", "tabindex");
    }
    p.dari = new Map(p.kotak.map((k) => [k.el, k]));
    p.garis = p.svg.querySelector(".garis");
    const [lebar, tinggi] = ["width", "height"].map((nama) => Number(p.svg.getAttribute(nama)));
    p.asli = { lebar, tinggi, d: p.garis?.getAttribute("d"), rentang: Number(p.svg.dataset.rentang), batas: Number(p.svg.dataset.batas ?? Infinity) };
  }

  function bacaKotak(el, n) {
    const [x, y] = el.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const latar = el.querySelector(".latar");
    const ukuran = (nama) => Number(latar.getAttribute(nama)) + 2 * Number(latar.getAttribute("x")); // x < 0: garis tebal
    const { id = "", pk = "", unit, dukung = "" } = el.dataset;
    return {
      ...{ el, n, id, asli: [x, y], anak: [], isi: 0, unit: unit?.split("|") },
      ...{ lebar: ukuran("width"), tinggi: ukuran("height"), pk: pk.match(/\S+/g) ?? [], dukung: dukung.match(/\S+/g) ?? [] },
      jenjang: /kotak-(?!fokus)(\w+)/.exec(el.getAttribute("class"))?.[1],
      nama: rapi(el.querySelector(".nama, .lagi")?.textContent ?? ""),
    };
  }

  // Gambar menyebut id jabatan; namanya dibaca dari kotak: dari judulnya bila ada (utuh), jika tidak dari tulisannya.
  function namaiJabatan(p, k) {
    const judul = k.el.querySelector("title")?.textContent.split("\n");
    const tulisan = judul ?? [...k.el.querySelectorAll(".pemegang")].map((t) => rapi(t.textContent));
    const nama = tulisan.filter((t) => t.startsWith("PK "));
    for (const [n, id] of k.pk.entries()) if (!p.jabatan.get(id)) p.jabatan.set(id, nama[n]);
  }

  // --------------------------------------------------------------------------------------------- pilihan bilah alat

  function isiPilihan(p) {
    const legenda = [...p.el.querySelectorAll("[data-jenjang]")];
    p.jenjang = new Map(legenda.map((butir) => [butir.dataset.jenjang, rapi(butir.textContent)]));
    if (!p.alat("tingkat")) return;
    const ada = [...p.jenjang.keys()].filter((jenis) => p.kotak.some((k) => k.jenjang === jenis));
    for (const butir of legenda) jadikanTombol(butir, ada.includes(butir.dataset.jenjang));
    p.alat("tingkat").replaceChildren(opsi(0, "semua cabang"), ...opsiTingkat(p, ada));
    const kelompok = (label, jenis, isi) =>
      buat("optgroup", { label }, ...isi.map((n) => opsi(`${jenis}.${n}`, namaSorot(p, `${jenis}.${n}`))));
    const unit = new Set(p.kotak.flatMap((k) => k.unit));
    const semua = [
      kelompok("Jabatan", "pk", [...p.jabatan.keys()]),
      kelompok("Unit", "unit", [...unit]),
      kelompok("Jenjang", "jenjang", ada),
    ];
    p.alat("sorot").replaceChildren(p.alat("sorot").options[0], ...semua.filter((k) => k.children.length));
  }

  const opsi = (value, teks) => buat("option", { value }, teks);

  function opsiTingkat(p, ada) {
    const pada = (n) => ada.filter((jenis) => p.kotak.some((k) => k.dalam === n - 1 && k.jenjang === jenis));
    const nama = (n) => pada(n).map((jenis) => p.jenjang.get(jenis).replace(/ \(.*/, "")).join(", ");
    const banyak = Math.max(...p.kotak.map((k) => k.dalam)) - 1;
    return Array.from({ length: Math.max(0, banyak) }, (_, n) => opsi(n + 2, `sampai tingkat ${n + 2}: ${nama(n + 2)}`));
  }

  // Jenjang pada legenda menjadi tombol penyorotnya, selama ada kotaknya.
  function jadikanTombol(butir, ada) {
    const tombol = butir.querySelector("button");
    if (!ada) tombol?.replaceWith(...tombol.childNodes);
    else if (!tombol) butir.append(buat("button", BUNGKUS, ...butir.childNodes));
  }

  // ------------------------------------------------------------------------------------------------------- sorotan

  const uraiSorot = (sorot) => /^(\w+)\.(.*)$/s.exec(sorot)?.slice(1) ?? ["", sorot];

  function cocok(k, sorot) {
    const [jenis, nilai] = uraiSorot(sorot);
    return [k[jenis]].flat().includes(nilai);
  }

  function namaSorot(p, sorot) {
    const [jenis, nilai] = uraiSorot(sorot);
    if (jenis === "jenjang") return p.jenjang.get(nilai) ?? nilai;
    return jenis === "pk" ? p.jabatan.get(nilai) ?? `PK ${nilai}` : nilai;
  }

  globalThis.pokinKotak = { buat, atur, baca, isiPilihan, cocok, namaSorot };
}
