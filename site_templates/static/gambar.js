"use strict";
// Gambar pohon sebagai alat baca: memperbesar, menggeser, melipat cabang, berfokus, menyorot; keadaannya ada di alamat.
//
//   siapkan ──► baca    kotak-kotak SVG
//           └─► susun   yang tampak menurut keadaan ──► tata ──► SVG dan tombol di atasnya ──► ukur
//
// Menggeser ialah menggulir bingkainya, memperbesar ialah menskalakan svg-nya, yang hanya berlaku di layar:
// width, height, dan viewBox selalu menurut susunan terakhir. Pratinjau mengembalikan apa yang ditulis di sini; keadaan
// tinggal di sini dan diterapkan lagi pada "pokin:halaman". Yang dibuat skrip ini bertanda data-p-naskah.
{
  const { tata, tataTerbaik, garis, tengah, jepit, REL } = globalThis.pokinTata; // gambar-tata.js
  const TERBACA = 0.6; // pada skala yang lebih kecil hurufnya tidak terbaca
  const BINGKAI = 30; // tepi kanvas dan garis bingkai: tidak tersedia bagi gambar
  const SEMPIT = 600; // bingkai telepon: bentuknya sendiri yang menentukan dari tingkat berapa cabang menggantung
  const SEKALI = 120; // kotak yang terbuka pada pandangan pertama
  const BANYAK = 200; // di atas ini perpindahan kotak tidak digerakkan

  const semuaPapan = new WeakMap(); // unsur .papan -> papan (p); kotaknya k
  const tenang = matchMedia("(prefers-reduced-motion: reduce)");
  const tampakkan = (k) => k?.el.scrollIntoView({ block: "nearest", inline: "nearest" });
  const rapi = (teks) => teks.replace(/\s+/g, " ").trim();

  function unsur(nama, atribut, ...isi) {
    const baru = document.createElement(nama);
    for (const [kunci, nilai] of Object.entries({ "data-p-naskah": "", ...atribut })) baru.setAttribute(kunci, nilai);
    baru.append(...isi);
    return baru;
  }

  function atur(el, nama, nilai) {
    if (nilai === null) el?.removeAttribute(nama);
    else if (el && el.getAttribute(nama) !== `${nilai}`) el.setAttribute(nama, nilai);
  }

  // -------------------------------------------------------------------------------------------------- membaca gambar

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
    }
    p.akar = p.kotak.filter((k) => !k.induk);
    p.dari = new Map(p.kotak.map((k) => [k.el, k]));
    for (const k of p.kotak) atur(k.el, "data-p-tanpa", "tabindex");
    p.garis = p.svg.querySelector(".garis");
    const [lebar, tinggi] = ["width", "height"].map((nama) => Number(p.svg.getAttribute(nama)));
    p.asli = { lebar, tinggi, d: p.garis?.getAttribute("d"), rentang: Number(p.svg.dataset.rentang) };
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

  // -------------------------------------------------------------------------------------------------------- keadaan
  // tingkat: "0" semua terbuka, "n" hanya n tingkat; beda: id yang dilipat atau dibuka menyimpang dari itu; skala: "" menurut layar, "muat", atau persen; pusat: titik gambar di tengah bingkai.

  const beralamat = () => location.hash.startsWith("#gambar=");

  function bacaAlamat(ada) {
    const isi = Object.fromEntries((ada ? location.hash.slice(8) : "").split(";").map((bagian) => bagian.split(":")));
    const daftar = (nama) => (isi[nama] ?? "").split(",").filter(Boolean).map(uraikan);
    const satu = (nama) => daftar(nama)[0] ?? "";
    return {
      ...{ tingkat: satu("tingkat"), fokus: satu("fokus"), sorot: satu("sorot"), hubungan: satu("hubungan") },
      ...{ beda: new Set([...daftar("lipat"), ...daftar("buka")]), skala: satu("skala"), pusat: daftar("pusat").map(Number) },
    };
  }

  function uraikan(teks) {
    try {
      return decodeURIComponent(teks);
    } catch {
      return teks;
    }
  }

  function alamat(p) {
    const { beda, skala, tingkat, ...lain } = p.keadaan;
    const menyimpang = [...beda].map((id) => p.perId.get(id)).filter(Boolean);
    const id = (tutup) => menyimpang.filter((k) => dasarTutup(p, k) === tutup).map((k) => k.id);
    const pusat = Number(skala) ? titik(p).map(Math.round) : "";
    // Tingkat bawaan bergantung pada layar, jadi yang menyimpang daripadanya menyebutnya juga.
    const dasar = tingkat !== p.bawaan || menyimpang.length ? tingkat : "";
    const isi = Object.entries({ tingkat: dasar, ...lain, lipat: id(false), buka: id(true), skala, pusat });
    const bagian = isi.map(([nama, nilai]) => [nama, [nilai].flat().map(encodeURIComponent).join(",")]);
    return bagian.filter(([, nilai]) => nilai).map(([nama, nilai]) => `${nama}:${nilai}`).join(";");
  }

  // Hanya keadaan gambar yang tunggal di halamannya yang ditulis pada alamat.
  function catat(p) {
    const isi = p.utama && alamat(p);
    if (!isi && !(p.utama && beralamat())) return;
    try {
      history.replaceState(history.state, "", isi ? `#gambar=${isi}` : location.pathname + location.search);
    } catch {
      // Peramban menolak pergantian yang terlalu sering; yang berikut mencatatnya.
    }
  }

  function catatNanti(p) {
    clearTimeout(p.menunggu);
    p.menunggu = setTimeout(catat, 250, p);
  }

  const dasarTutup = ({ keadaan: { tingkat } }, k) => tingkat > 0 && k.dalam >= tingkat - 1;
  const tertutup = (p, k) => k.anak.length > 0 && dasarTutup(p, k) !== p.keadaan.beda.has(k.id);
  const wakil = (p, k) => [k, ...k.atas].find((lain) => p.tampak.has(lain));

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

  // ------------------------------------------------------------------------------------------------------- menyusun

  function ubah(p, perubahan, pegang) {
    Object.assign(p.keadaan, perubahan);
    susun(p, pegang);
    catat(p);
  }

  // `pegang` tinggal di tempatnya di layar; tanpa itu gambar diukur lagi dari awal.
  function susun(p, pegang) {
    const semula = new Map([...(p.tampak ?? [])].map((k) => [k, [k.x, k.y]]));
    const kaki = () => [p.svg.getBoundingClientRect()].flatMap((g) => [g.left + pegang.x * p.s, g.top + (pegang.y + pegang.tinggi) * p.s]);
    const tempat = pegang && p.tampak && kaki();
    tataUlang(p);
    tulis(p);
    p.aktif = wakil(p, p.aktif) ?? p.urut[0];
    pasangTombol(p);
    pasangJejak(p);
    sorotkan(p);
    gambarHubungan(p);
    if (pegang) skalakan(p, p.s);
    else ukur(p);
    if (tempat) bawa(p, [pegang.x, pegang.y + pegang.tinggi], tempat);
    gerakkan(p, semula);
  }

  const akarDari = (p, tampak) => p.akar.filter((k) => tampak.has(k));

  // Dipilih menurut dasarnya saja: melipat satu cabang tidak memindahkan kotak-kotak lain dari baris ke kolom.
  function dasarnya(p) {
    const dasar = pilihTampak(p, (k) => dasarTutup(p, k) && k.id !== p.keadaan.fokus);
    const [lebar] = ruang(p);
    return tataTerbaik(akarDari(p, dasar), [...dasar], lebar < SEMPIT ? ruang(p) : undefined);
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
    const { rentang } = utuh ? p.asli : dasarnya(p);
    p.tampak = pilihTampak(p, (k) => tertutup(p, k));
    Object.assign(p, tata(akarDari(p, p.tampak), rentang));
    p.d = garis([...p.tampak]);
    if (!utuh || p.tampak.size < p.kotak.length) return;
    Object.assign(p, p.asli);
    for (const k of p.kotak) [k.x, k.y] = k.asli;
  }

  function tulis(p) {
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
    k.tombol = p.tombol.get(k.id) ?? unsur("button", { type: "button", "data-alat": "lipat" });
    p.tombol.set(k.id, k.tombol);
    p.dari.set(k.tombol, k);
    if (k.tombol.getAttribute("aria-label") !== kata) k.tombol.textContent = tutup ? `+${k.isi}` : "−";
    atur(k.tombol, "aria-expanded", !tutup);
    atur(k.tombol, "aria-label", kata);
    atur(k.tombol, "title", kata);
    // Di dalam kolom tidak ada ruang di bawah kotak yang terlipat.
    if (tutup && k.gantung) letakkan(k.tombol, k.x + k.lebar, k.y + k.tinggi / 2);
    else letakkan(k.tombol, k.kolom ? k.x + REL : tengah(k), k.y + k.tinggi);
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
    p.tombolFokus.hidden = !k.id || k.id === p.keadaan.fokus || (!k.induk && p.akar.length < 2);
    atur(p.tombolFokus, "aria-label", `Fokus ke cabang ${k.nama}`);
    letakkan(p.tombolFokus, k.x + k.lebar, k.y);
    if (!p.keadaan.hubungan && p.disorot !== nyata) gambarHubungan(p, nyata);
    p.disorot = nyata;
  }

  function pasangJejak(p) {
    const fokus = p.perId.get(p.keadaan.fokus);
    if (!p.jejak) return;
    p.jejak.hidden = !fokus;
    const tombol = (k) => unsur("button", { type: "button", "data-alat": "jejak", "data-id": k.id }, k.nama);
    const langkah = [...p.rantai].reverse().map((k) => (k.id ? tombol(k) : k.nama));
    if (fokus) langkah.push(unsur("span", { "aria-current": "true" }, fokus.nama));
    p.jejak.querySelector("ol").replaceChildren(...langkah.map((isi) => unsur("li", {}, isi)));
  }

  function fokuskan(p, id) {
    const k = p.perId.get(id);
    const diDalam = p.el.contains(document.activeElement);
    if (k && tertutup(p, k)) balikkan(p, k);
    p.aktif = k ?? p.aktif;
    ubah(p, { fokus: k ? id : "", skala: "", pusat: [] });
    if (diDalam) p.aktif.el.focus();
    tampakkan(p.aktif);
    if (!p.keadaan.sorot) kabarkan(p, k ? `Cabang ${k.nama}: ${p.tampak.size} kotak.` : "Seluruh pohon.");
  }

  function balikkan({ keadaan: { beda } }, { id }) {
    if (!beda.delete(id)) beda.add(id);
  }

  function lipatBuka(p, k) {
    if (!k?.id || !k.anak.length || p.rantai.has(k)) return;
    balikkan(p, k);
    ubah(p, {}, k);
  }

  // ------------------------------------------------------------------------------------------- sorotan dan hubungan

  const uraiSorot = (sorot) => /^(\w+)\.(.*)$/s.exec(sorot)?.slice(1) ?? ["", sorot];

  function cocok(k, sorot) {
    const [jenis, nilai] = uraiSorot(sorot);
    return [k[jenis]].flat().includes(nilai);
  }

  function sorotkan(p) {
    const { sorot } = p.keadaan;
    const kena = new Set(sorot ? p.kotak.filter((k) => cocok(k, sorot)) : []);
    const tersembunyi = [...kena].filter((k) => !p.tampak.has(k));
    const penutup = new Set(tersembunyi.map((k) => wakil(p, k)));
    for (const k of p.kotak) {
      k.el.classList.toggle("sorot", kena.has(k));
      k.el.classList.toggle("samar", kena.size > 0 && !kena.has(k));
      k.tombol?.classList.toggle("berisi", penutup.has(k));
    }
    for (const tombol of p.el.querySelectorAll("[data-sorot]")) atur(tombol, "aria-pressed", tombol.dataset.sorot === sorot);
    if (p.alat("sorot")) p.alat("sorot").value = sorot;
    const sisa = tersembunyi.length ? `, ${tersembunyi.length} di antaranya tidak tampak` : "";
    const jumlah = `${kena.size || "Tidak ada"} ${sorot === "jenjang.csf" ? "isu" : "kinerja"}`;
    kabarkan(p, sorot && `${jumlah}: ${namaSorot(p, sorot)}${sisa}`);
  }

  function namaSorot(p, sorot) {
    const [jenis, nilai] = uraiSorot(sorot);
    if (jenis === "jenjang") return p.jenjang.get(nilai) ?? nilai;
    return jenis === "pk" ? p.jabatan.get(nilai) ?? `PK ${nilai}` : nilai;
  }

  function kabarkan(p, teks) {
    if (p.kabar && p.kabar.textContent !== teks) p.kabar.textContent = teks;
  }

  // Yang didukung di cabang lain; ujung yang terlipat diwakili leluhurnya yang tampak.
  function gambarHubungan(p, tunjuk) {
    const semua = p.kotak.flatMap((k) => k.dukung.map((id) => [k, p.perId.get(id)])).filter(([, ke]) => ke);
    const dipilih = semua.filter((ujung) => p.keadaan.hubungan || ujung.includes(tunjuk)).map((ujung) => ujung.map((k) => wakil(p, k)));
    const jalur = dipilih.filter(([dari, ke]) => dari && ke && dari !== ke).map(lengkung);
    const d = jalur.map((j) => j[0]).join("");
    if (p.alat("hubungan")) p.alat("hubungan").hidden = !semua.length;
    atur(p.alat("hubungan"), "aria-pressed", Boolean(p.keadaan.hubungan));
    p.jalinan.remove();
    p.jalinan.innerHTML = d && `<path class="alas" d="${d}"/><path class="putus" d="${d}"/><path class="panah" d="${jalur.map((j) => j[1]).join("")}"/>`;
    if (d) p.svg.append(p.jalinan);
  }

  // Lengkung antara sisi yang berhadapan; di lajur yang sama melambung lewat kanan. Lalu kepala panahnya.
  function lengkung([dari, ke]) {
    const jauh = tengah(ke) - tengah(dari);
    const sejajar = Math.abs(jauh) < dari.lebar;
    const arah = sejajar || jauh < 0 ? -1 : 1; // arah masuk panahnya
    const keluar = sejajar ? 1 : arah;
    const [x1, x2] = [keluar > 0 ? dari.x + dari.lebar : dari.x, arah < 0 ? ke.x + ke.lebar + 2 : ke.x - 2];
    const [y1, y2] = [dari, ke].map((k) => k.y + (k.tinggi >> 1));
    const tarik = sejajar ? 34 : Math.max(14, Math.abs(x2 - x1) >> 1);
    const d = `M${x1} ${y1}C${x1 + keluar * tarik} ${y1} ${x2 - arah * tarik} ${y2} ${x2 - arah * 7} ${y2}`;
    return [d, `M${x2} ${y2}l${-arah * 10}-5v10z`];
  }

  // ------------------------------------------------------------------------------------------------ skala dan geseran

  const penuh = (p) => p.el.hasAttribute("data-p-penuh");

  function ruang(p) {
    if (penuh(p)) return [p.bingkai.clientWidth - BINGKAI, p.bingkai.clientHeight - BINGKAI];
    const { clientWidth: lebar } = p.el.parentElement;
    const { paddingLeft, paddingRight } = getComputedStyle(p.el.parentElement);
    return [lebar - parseFloat(paddingLeft) - parseFloat(paddingRight) - BINGKAI, Math.max(320, innerHeight - 130)];
  }

  // Pandangan pertama: seluruh gambar bila hurufnya enak dibaca, jika tidak selebar bingkai, jika tidak juga puncaknya.
  function ukur(p) {
    const [lebar, tinggi] = ruang(p);
    const { skala, pusat } = p.keadaan;
    const selebar = Math.min(1, lebar / p.lebar);
    const muat = Math.min(lebar / p.lebar, tinggi / p.tinggi, penuh(p) ? 1.5 : 1);
    const awal = muat > 0.8 ? muat : selebar >= TERBACA ? selebar : 0.8;
    const s = skala === "muat" ? muat : skala / 100 || awal;
    const utuh = !skala && s <= selebar && p.tinggi * s < innerHeight * 1.6;
    p.bingkai.style.setProperty("--batas", `${(utuh ? p.tinggi * s : tinggi) + BINGKAI}px`);
    skalakan(p, s);
    const k = p.urut.find(({ el }) => el.matches(".kotak-fokus")) ?? p.urut[0];
    bawa(p, pusat.length === 2 ? pusat : [tengah(k), k.y + k.tinggi / 2]);
  }

  function skalakan(p, s) {
    p.s = jepit(s, 0.05, 4);
    // Bukan variabel CSS pada kanvasnya: nilainya diwarisi ribuan unsur gambar, dan memperbesar menjadi lambat.
    p.svg.style.transform = `scale(${p.s})`;
    p.lapis.style.setProperty("--s", p.s);
    Object.assign(p.kanvas.style, { width: `${p.lebar * p.s + 28}px`, height: `${p.tinggi * p.s + 28}px` });
    p.kanvas.classList.toggle("sempit", p.s < 0.45);
    atur(p.el.querySelector(".skala"), "data-p-skala", `${Math.round(p.s * 100)}%`);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = p.bingkai;
    p.kanvas.classList.toggle("luas", scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
  }

  function tengahBingkai(p) {
    const { left, top, width, height } = p.bingkai.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }

  // Titik gambar yang ada di suatu tempat di layar, dan membawa titik gambar ke suatu tempat di layar.
  function titik(p, [x, y] = tengahBingkai(p)) {
    const { left, top } = p.svg.getBoundingClientRect();
    return [(x - left) / p.s, (y - top) / p.s];
  }

  function bawa(p, [x, y], [keX, keY] = tengahBingkai(p)) {
    const { left, top } = p.svg.getBoundingClientRect();
    p.bingkai.scrollLeft += left + x * p.s - keX;
    p.bingkai.scrollTop += top + y * p.s - keY;
  }

  function perbesar(p, s, di) {
    const tetap = titik(p, di);
    skalakan(p, s);
    bawa(p, tetap, di);
    p.keadaan.skala = `${Math.round(p.s * 100)}`;
    catatNanti(p);
  }

  function muatkan(p) {
    Object.assign(p.keadaan, { skala: "muat", pusat: [] });
    ukur(p);
    catat(p);
  }

  function penuhkan(p, ya) {
    if (ya === penuh(p)) return;
    atur(p.el, "data-p-penuh", ya ? "" : null);
    atur(p.alat("penuh"), "aria-pressed", ya);
    if (ya) p.el.requestFullscreen?.().catch(() => {}); // bila ditolak pun papannya menutupi jendela
    else if (document.fullscreenElement === p.el) document.exitFullscreen();
    ukur(p);
  }

  function seret(p, awal) {
    p.terseret = false;
    if (awal.button || awal.pointerType === "touch" || awal.target.closest("button")) return;
    let [x, y] = [awal.clientX, awal.clientY];
    const selesai = new AbortController();
    const dengar = (nama, lakukan) => addEventListener(nama, lakukan, { signal: selesai.signal });
    const lepas = () => {
      selesai.abort();
      p.kanvas.classList.remove("terseret");
    };
    dengar("pointerup", lepas);
    dengar("pointercancel", lepas);
    dengar("pointermove", (kini) => {
      if (!p.terseret && Math.hypot(kini.clientX - x, kini.clientY - y) < 5) return;
      if (!p.terseret) p.bingkai.setPointerCapture(awal.pointerId);
      p.terseret = true; // klik yang mengikutinya bukan klik
      p.kanvas.classList.add("terseret");
      p.bingkai.scrollBy(x - kini.clientX, y - kini.clientY);
      [x, y] = [kini.clientX, kini.clientY];
    });
  }

  function roda(p, kejadian) {
    const { ctrlKey, metaKey, shiftKey, deltaY, deltaMode, clientX, clientY } = kejadian;
    if (!ctrlKey && !metaKey && (shiftKey || !penuh(p))) return; // roda saja menggulir halaman
    kejadian.preventDefault();
    perbesar(p, p.s * Math.exp(jepit(deltaY * (deltaMode ? -20 : -1), -25, 25) / 100), [clientX, clientY]);
  }

  function cubit(p, kejadian) {
    const [a, b] = kejadian.touches;
    const lama = p.cubitan;
    p.cubitan = null;
    if (!b) return;
    if (kejadian.cancelable) kejadian.preventDefault();
    const [di, jarak] = [[(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2], Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)];
    if (lama) p.bingkai.scrollBy(lama.di[0] - di[0], lama.di[1] - di[1]);
    if (lama) perbesar(p, (p.s * jarak) / lama.jarak, di);
    p.cubitan = { di, jarak };
  }

  // -------------------------------------------------------------------------------------------------- papan tombol

  const TOMBOL = {
    "+": (p) => perbesar(p, p.s * 1.25),
    "=": (p) => perbesar(p, p.s * 1.25),
    "-": (p) => perbesar(p, p.s / 1.25),
    0: muatkan,
    1: (p) => perbesar(p, 1),
    f: (p, k) => k && fokuskan(p, k.id === p.keadaan.fokus ? "" : k.id),
    " ": lipatBuka,
  };
  const ARAH = { ArrowUp: [0, -80], ArrowDown: [0, 80], ArrowLeft: [-80, 0], ArrowRight: [80, 0] };

  // Di baris: atas-bawah ke induk dan anak, kiri-kanan ke saudara. Di kolom, seperti pada daftar: atas-bawah ke kotak
  // sebelum dan sesudahnya, kiri-kanan ke induk dan anak.
  function tetangga(p, k, arah) {
    const urut = p.urut.filter(({ el }) => el.localName === "a");
    const deret = k.gantung ? urut : urut.filter((lain) => lain.induk === k.induk);
    const ke = [() => deret[deret.indexOf(k) - 1], () => deret[deret.indexOf(k) + 1], () => k.atas.find((lain) => urut.includes(lain)), () => urut.find((lain) => lain.atas.includes(k))];
    const tombol = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
    return ke[(tombol.indexOf(arah) + (k.gantung ? 0 : 2)) % 4]();
  }

  function tekan(p, kejadian) {
    const { key, target } = kejadian;
    if (kejadian.ctrlKey || kejadian.metaKey || kejadian.altKey) return;
    const k = p.dari.get(target.closest(".kotak, .lapis button"));
    const lakukan = TOMBOL[key.toLowerCase()];
    if (key === "Escape" && penuh(p)) penuhkan(p, false);
    else if (key === "Escape" && p.keadaan.fokus) fokuskan(p, "");
    else if (!p.bingkai.contains(target) || (key === " " && (!k || target.localName === "button"))) return;
    else if (lakukan) lakukan(p, k);
    else if (key in ARAH && k) pindah(p, tetangga(p, k, key));
    else if (key in ARAH) p.bingkai.scrollBy(...ARAH[key]);
    else return;
    kejadian.preventDefault();
  }

  function pindah(p, k) {
    k?.el.focus();
    tampakkan(k);
  }

  // ----------------------------------------------------------------------------------------------------- bilah alat

  const ALAT = {
    besar: TOMBOL["+"],
    kecil: TOMBOL["-"],
    muat: muatkan,
    asli: TOMBOL[1],
    penuh: (p) => penuhkan(p, !penuh(p)),
    hubungan: (p) => ubah(p, { hubungan: p.keadaan.hubungan ? "" : "ya" }, p.aktif),
    seluruh: (p) => fokuskan(p, ""),
    jejak: (p, { dataset }) => fokuskan(p, dataset.id),
    jenjang: (p, { dataset: { sorot } }) => ubah(p, { sorot: p.keadaan.sorot === sorot ? "" : sorot }, p.aktif),
    lipat: (p, tombol) => lipatBuka(p, p.dari.get(tombol)),
    fokus: (p, tombol) => fokuskan(p, p.dari.get(tombol).id),
    salin,
  };

  function klik(p, kejadian) {
    const tombol = kejadian.target.closest("button");
    if (p.terseret) kejadian.preventDefault();
    else if (tombol) ALAT[tombol.dataset.alat]?.(p, tombol);
    p.terseret = false;
  }

  function pilih(p, { target: { value, dataset } }) {
    if (dataset.alat === "tingkat") ubah(p, { tingkat: value, beda: new Set(), skala: "", pusat: [] });
    if (dataset.alat !== "sorot") return;
    ubah(p, { sorot: value }, p.aktif);
    tampakkan(p.urut.find((k) => cocok(k, value)));
  }

  async function salin(p) {
    catat(p);
    try {
      await navigator.clipboard.writeText(location.href);
      kabarkan(p, "Tautan ke tampilan ini disalin.");
    } catch {
      const isian = unsur("input", { readonly: "", "aria-label": "Tautan ke tampilan ini", value: location.href });
      p.kabar.replaceChildren("Salin dengan Ctrl+C: ", isian);
      isian.select();
    }
  }

  function isiPilihan(p) {
    const legenda = [...p.el.querySelectorAll("[data-jenjang]")];
    p.jenjang = new Map(legenda.map((butir) => [butir.dataset.jenjang, rapi(butir.textContent)]));
    const ada = [...p.jenjang.keys()].filter((jenis) => p.kotak.some((k) => k.jenjang === jenis));
    if (!p.alat("tingkat")) return;
    const opsi = (value, teks) => unsur("option", { value }, teks);
    const jenjangDi = (dalam) => ada.filter((jenis) => p.kotak.some((k) => k.dalam === dalam && k.jenjang === jenis));
    const nama = (n) => jenjangDi(n - 1).map((jenis) => p.jenjang.get(jenis).replace(/ \(.*/, "")).join(", ");
    const tingkat = Math.max(...p.kotak.map((k) => k.dalam));
    const sampai = Array.from({ length: Math.max(0, tingkat - 1) }, (_, n) => opsi(n + 2, `sampai tingkat ${n + 2}: ${nama(n + 2)}`));
    p.alat("tingkat").replaceChildren(opsi(0, "semua cabang"), ...sampai);
    p.alat("tingkat").value = p.keadaan.tingkat;
    const kelompok = (label, jenis, isi) => unsur("optgroup", { label }, ...isi.map((n) => opsi(`${jenis}.${n}`, namaSorot(p, `${jenis}.${n}`))));
    const unit = new Set(p.kotak.flatMap((k) => k.unit));
    const semua = [kelompok("Jabatan", "pk", [...p.jabatan.keys()]), kelompok("Unit", "unit", [...unit]), kelompok("Jenjang", "jenjang", ada)];
    p.alat("sorot").replaceChildren(p.alat("sorot").options[0], ...semua.filter((k) => k.children.length));
    for (const butir of legenda) if (ada.includes(butir.dataset.jenjang)) jadikanTombol(butir);
  }

  function jadikanTombol(butir) {
    if (butir.querySelector("button")) return;
    const tanda = { "data-p-naskah": "bungkus", "data-alat": "jenjang", "data-sorot": `jenjang.${butir.dataset.jenjang}` };
    butir.append(unsur("button", { type: "button", ...tanda }, ...butir.childNodes));
  }

  // ------------------------------------------------------------------------------------------------------- memulai

  function buat(el, utama) {
    const p = { el, utama, keadaan: bacaAlamat(utama && beralamat()), tombol: new Map() };
    p.lapis = unsur("div", { class: "lapis" });
    p.tombolFokus = unsur("button", { type: "button", class: "fokus-cabang", "data-alat": "fokus", title: "Fokus ke cabang ini (F)" }, "Fokus");
    p.jalinan = document.createElementNS("http://www.w3.org/2000/svg", "g");
    for (const [nama, nilai] of [["class", "hubungan"], ["data-p-naskah", ""]]) p.jalinan.setAttribute(nama, nilai);
    p.alat = (nama) => el.querySelector(`[data-alat="${nama}"]`);
    return p;
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
    const p = lama ?? buat(el, utama);
    semuaPapan.set(el, p);
    const [bingkai, kanvas, jejak, kabar] = ["gambar", "kanvas", "jejak-gambar", "kabar-gambar"].map((kelas) => el.querySelector(`.${kelas}`));
    Object.assign(p, { svg, bingkai, kanvas, jejak, kabar });
    atur(el, "data-p-hidup", "");
    atur(el.querySelector(".alat-gambar"), "data-p-tanpa", "hidden");
    el.querySelector(".alat-gambar").hidden = false;
    atur(p.alat("penuh"), "aria-pressed", penuh(p));
    const gulir = [bingkai.scrollLeft, bingkai.scrollTop];
    if (!svg.hasAttribute("data-tata")) baca(p);
    terapkanBawaan(p);
    p.aktif = p.perId.get(p.aktif?.id) ?? p.kotak.find((k) => k.el.matches(".kotak-fokus")) ?? p.kotak[0];
    p.tampak = p.tunjuk = null;
    isiPilihan(p);
    if (!lama) dengarkan(p);
    susun(p, lama && p.aktif);
    if (lama) [bingkai.scrollLeft, bingkai.scrollTop] = gulir;
    else if (utama && beralamat()) datangi(p);
  }

  function datangi(p) {
    p.el.scrollIntoView();
    const { fokus, sorot, pusat } = p.keadaan;
    const k = p.perId.get(fokus) ?? (sorot && p.urut.find((lain) => cocok(lain, sorot)));
    if (k && !pusat.length) tampakkan(k);
  }

  function dengarkan(p) {
    const dengar = (nama, lakukan, pilihan) => p.el.addEventListener(nama, (kejadian) => lakukan(p, kejadian), pilihan);
    const diGambar = (nama, lakukan, pilihan) => dengar(nama, (_, kejadian) => p.bingkai.contains(kejadian.target) && lakukan(p, kejadian), pilihan);
    const tunjuk = ({ target }) => p.dari.get(target.closest(".kotak, .lapis button"));
    dengar("click", klik);
    dengar("change", pilih);
    dengar("keydown", tekan);
    dengar("scroll", () => Number(p.keadaan.skala) && catatNanti(p), { capture: true, passive: true });
    dengar("pointerleave", () => arahkan(p, null));
    diGambar("pointerdown", seret);
    diGambar("dragstart", (_, kejadian) => kejadian.preventDefault());
    diGambar("wheel", roda, { passive: false });
    for (const nama of ["touchstart", "touchmove", "touchend"]) diGambar(nama, cubit, { passive: false });
    diGambar("pointerover", (_, kejadian) => arahkan(p, tunjuk(kejadian)));
    diGambar("focusin", (_, kejadian) => {
      p.tunjuk = null; // yang terakhir menang: fokus, atau penunjuk yang bergerak sesudahnya
      if (tunjuk(kejadian) && kejadian.target !== p.tombolFokus) aktifkan(p, tunjuk(kejadian));
    });
    dengar("focusout", () => setTimeout(arahkan, 0, p, p.tunjuk));
  }

  const unsurPapan = () => [...document.querySelectorAll(".papan")];
  const hidup = () => unsurPapan().map((el) => semuaPapan.get(el)).filter(Boolean);

  function siapkanSemua() {
    for (const [, el, semua] of unsurPapan().map((el, n, semua) => [n, el, semua])) siapkan(el, semua.length === 1);
  }

  siapkanSemua();
  document.addEventListener("pokin:halaman", siapkanSemua);
  document.addEventListener("fullscreenchange", () => {
    for (const p of hidup()) {
      if (document.fullscreenElement !== p.el) penuhkan(p, false);
      else ukur(p);
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    for (const p of hidup()) if (!p.el.contains(target)) penuhkan(p, false); // yang tertutup papan tidak boleh berfokus
  });
  addEventListener("hashchange", () => {
    for (const p of hidup()) {
      if (!p.utama || !beralamat()) continue;
      p.keadaan = bacaAlamat(true);
      terapkanBawaan(p);
      isiPilihan(p);
      susun(p);
      datangi(p);
    }
  });
  let lebarJendela = innerWidth;
  addEventListener("resize", () => {
    const tetap = lebarJendela === innerWidth; // telepon: hanya bilah alamatnya yang muncul atau hilang
    lebarJendela = innerWidth;
    for (const p of hidup()) if (!Number(p.keadaan.skala) && (penuh(p) || !tetap)) ukur(p);
  });
}
