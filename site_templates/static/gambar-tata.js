"use strict";
// Tata letak gambar pohon di peramban, dan garis-garisnya: cermin site/tidy.py dan site/drawing.py, langkah demi langkah,
// bagi cabang yang dilipat atau difokus. Kotak (k) memuat lebar, tinggi, dalam, induk, anak, dan muda: anak yang tampak;
// di sini ia mendapat x, y, gantung, dan kolom. Tidak menyentuh halaman.
{
  const [LORONG, ANTARBARIS, ANTARKOTAK, LEKUK, REL, TEPI, SUDUT] = [18, 30, 14, 20, 9, 3, 6]; // seperti di site/plan.py
  const DICOBA = 12; // dari berapa tingkat cabang dicoba menggantung
  const TERENDAH = 720; // kolom yang tidak lebih panjang dari ini tidak dipecah

  // Medan yang sama dalam urutan yang sama bagi semua kotak: begitulah mesin peramban membacanya dengan cepat.
  const UKURAN = { x: 0, y: 0, poros: 0, turun: 0, panjang: 0, jauh: 0, kiri: 0, awal: 0 };
  const KOSONG = { ...UKURAN, geser: 0, panjangKolom: 0, lajur: null, pangkal: null, sisi: null, tepi: null };

  const jepit = (n, kecil, besar) => Math.min(Math.max(n, kecil), besar);
  const tengah = (k) => k.x + (k.lebar >> 1);

  // Cabang yang terlipat tetap terhitung beranak, supaya saudaranya tidak berpindah dari baris ke kolom begitu yang
  // terakhir dilipat.
  const beranak = (daftar) => daftar.some((k) => k.anak.length);

  function tata(akar, rentang, batas = Infinity) {
    const urut = urutkan(akar, rentang);
    const atas = aturBaris(urut);
    for (const k of urut) if (k.gantung) himpun(k);
    for (const k of [...urut].reverse()) {
      if (k.gantung) continue;
      if (k.kolom) jajarkan(k, batas + ANTARKOTAK);
      k.tepi = tepiCabang(k, atas);
    }
    const mulai = TEPI - Math.min(...gabung(akar)[0]);
    let [lebar, tinggi] = [0, 0];
    for (const k of urut) {
      taruh(k, atas, mulai);
      lebar = Math.max(lebar, k.x + k.lebar + TEPI);
      tinggi = Math.max(tinggi, k.y + k.tinggi + TEPI);
    }
    return { urut, rentang, batas, lebar, tinggi };
  }

  function urutkan(akar, rentang) {
    const urut = [];
    const tunggu = [...akar].reverse();
    while (tunggu.length) {
      const k = tunggu.pop();
      urut.push(k);
      if (!k.lajur) Object.assign(k, KOSONG);
      k.geser = k.panjangKolom = 0;
      k.lajur = [k.muda];
      k.gantung = Boolean(k.induk?.kolom);
      const berderet = k.muda.length > 1 && (k.dalam + 1 >= rentang || !beranak(k.muda));
      k.kolom = k.muda.length > 0 && (k.gantung || berderet);
      tunggu.push(...[...k.muda].reverse());
    }
    return urut;
  }

  function aturBaris(urut) {
    const tinggi = [];
    for (const k of urut) if (!k.gantung) tinggi[k.dalam] = Math.max(tinggi[k.dalam] ?? 0, k.tinggi);
    const atas = [TEPI];
    for (const [n, t] of tinggi.entries()) atas.push(atas[n] + t + ANTARBARIS);
    return atas;
  }

  // Cabang yang menggantung langsung pada kepalanya berpangkal di kotaknya yang pertama: panjangnya, dan jauhnya ke kanan.
  function himpun(k) {
    const p = (k.pangkal = k.induk.gantung ? k.induk.pangkal : k);
    if (p === k) k.panjang = k.jauh = 0;
    k.turun = p === k ? 0 : p.panjang + ANTARKOTAK;
    p.panjang = k.turun + k.tinggi;
    p.jauh = Math.max(p.jauh, (k.dalam - p.dalam + 1) * LEKUK + k.lebar);
  }

  function jajarkan(kepala, ruang) {
    const lajur = pecah(kepala.muda, ruang, pecah(kepala.muda, ruang).length); // sesedikit mungkin kolom, sama penuhnya
    let [kanan, panjangKolom] = [-LORONG, 0];
    for (const kolom of lajur) {
      let [kiri, bawah] = [kanan + LORONG, -ANTARKOTAK];
      for (const p of kolom) {
        p.kiri = kiri;
        p.awal = bawah + ANTARKOTAK;
        bawah = p.awal + p.panjang;
        kanan = Math.max(kanan, kiri + p.jauh);
      }
      panjangKolom = Math.max(panjangKolom, bawah);
    }
    const pusat = (LEKUK + kanan) >> 1;
    const dekat = lajur.map(([p]) => p.kiri + REL).find((rel) => Math.abs(rel - pusat) < LEKUK);
    const poros = lajur.length === 1 ? kepala.lebar >> 1 : dekat ?? pusat;
    Object.assign(kepala, { lajur, panjangKolom, sisi: [-poros, kanan - poros] });
  }

  // Tiap kolom diisi sampai bagiannya dari yang tersisa bagi sekian kolom, atau sampai yang berikut tidak muat.
  function pecah(cabang, ruang, banyak = 1) {
    const lajur = [[]];
    let [isi, sisa] = [0, cabang.reduce((jumlah, p) => jumlah + p.panjang + ANTARKOTAK, 0)];
    for (const p of cabang) {
      const panjang = p.panjang + ANTARKOTAK;
      if (isi && (isi * banyak >= sisa || isi + panjang > ruang)) {
        [sisa, banyak, isi] = [sisa - isi, Math.max(1, banyak - 1), 0];
        lajur.push([]);
      }
      lajur.at(-1).push(p);
      isi += panjang;
    }
    return lajur;
  }

  function taruh(k, atas, mulai) {
    if (k.gantung) {
      const kepala = k.pangkal.induk;
      k.x = kepala.poros + kepala.sisi[0] + k.pangkal.kiri + (k.dalam - kepala.dalam) * LEKUK;
      k.y = atas[kepala.dalam + 1] + k.pangkal.awal + k.turun;
    } else {
      k.poros = (k.induk ? k.induk.poros : mulai) + k.geser;
      k.x = k.poros - (k.lebar >> 1);
      k.y = atas[k.dalam];
    }
  }

  // Sisi kiri dan kanan sebuah cabang dari porosnya, di barisnya sendiri dan di tiap baris di bawahnya.
  function tepiCabang(k, atas) {
    const separuh = k.lebar >> 1;
    let baris = 1;
    while (k.kolom && atas[k.dalam + 1] + k.panjangKolom > atas[k.dalam + baris + 1] - ANTARBARIS) baris += 1;
    const [kiri, kanan] = k.kolom ? k.sisi.map((tepi) => new Array(baris).fill(tepi)) : gabung(k.muda);
    return [[-separuh, ...kiri], [separuh, ...kanan]];
  }

  function gabung(saudara) {
    if (saudara.length === 1) return saudara[0].tepi;
    const bagian = saudara.map((k) => k.tepi);
    const cermin = bagian.map((tepi) => [1, 0].map((sisi) => tepi[sisi].map((n) => -n))).reverse();
    const [dariKiri, dariKanan] = [dorong(bagian), dorong(cermin).reverse()];
    const tempat = dariKiri.map((dekat, n) => (dekat + dariKiri.at(-1) - dariKanan[n]) >> 1);
    const [kiri, kanan] = [[], []];
    for (const [n, k] of saudara.entries()) {
      k.geser = tempat[n] - (tempat.at(-1) >> 1);
      for (const tepi of k.tepi[0].slice(kiri.length)) kiri.push(k.geser + tepi);
      for (const [b, tepi] of k.tepi[1].entries()) kanan[b] = k.geser + tepi;
    }
    return [kiri, kanan];
  }

  function dorong(bagian) {
    const ujung = [];
    return bagian.map(([kiri, kanan]) => {
      const jarak = ujung.slice(0, kiri.length).map((tepi, b) => tepi - kiri[b] + LORONG);
      const tempat = jarak.length ? Math.max(...jarak) : 0;
      for (const [b, tepi] of kanan.entries()) ujung[b] = tempat + tepi;
      return tempat;
    });
  }

  // Kolom hanya dipecah bagi layar yang lebar: di telepon satu kolom digulir ke bawah.
  function tataTerbaik(akar, daftar, bingkai) {
    const [datar, tegak] = bingkai ?? [16, 10];
    const luas = ({ lebar, tinggi }) => Math.max(lebar * tegak, tinggi * datar);
    const jangkung = ({ lebar, tinggi }) => tinggi * datar > lebar * tegak;
    const terbaik = (hasil) => hasil.reduce((a, b) => (luas(b) < luas(a) ? b : a));
    const mulai = new Set(daftar.filter((k) => k.muda.length > 1 && beranak(k.muda)).map((k) => k.dalam + 1));
    const urut = [...mulai].sort((a, b) => a - b);
    const utuh = [...urut.slice(0, DICOBA), (urut.at(-1) ?? 0) + 1].map((rentang) => tata(akar, rentang));
    const satu = terbaik(utuh);
    const asal = utuh.filter(jangkung).at(-1);
    if (bingkai || !asal) return satu;
    const pecahan = [];
    let [rendah, tinggi] = [TERENDAH, asal.tinggi];
    while (tinggi - rendah > 16) {
      const coba = tata(akar, asal.rentang, (rendah + tinggi) >> 1);
      pecahan.push(coba);
      if (jangkung(coba)) tinggi = coba.batas;
      else rendah = coba.batas;
    }
    const lain = terbaik([satu, ...pecahan]);
    return luas(lain) * 5 <= luas(satu) * 4 ? lain : satu;
  }

  // Seperti site/drawing.py: rel bagi kolom, siku bagi baris. Menurut tata letak ini garis tidak pernah berimpit.
  function garis(daftar) {
    const [kolom, baris] = [true, false].map((ya) => daftar.filter((k) => k.muda.length && k.kolom === ya));
    baris.sort((a, b) => a.dalam - b.dalam || tengah(a) - tengah(b) || a.n - b.n);
    const siku = baris.flatMap((k) => k.muda.map((anak) => `${belokan(k, tengah(anak), anak.y)}V${anak.y}`));
    return [...kolom.flatMap((k) => k.lajur.map((isi) => rel(k, isi))), ...siku].join("");
  }

  const pangkalGaris = (k) => (k.kolom && k.lajur.length === 1 ? k.x + REL : tengah(k));

  function rel(k, kolom) {
    const [x, kiri] = [kolom[0].x - LEKUK + REL, kolom[0].x];
    const lengan = kolom.map((anak) => anak.y + (anak.tinggi >> 1));
    const tiang = `V${lengan.pop() - SUDUT}q0 ${SUDUT} ${SUDUT} ${SUDUT}H${kiri}`;
    return belokan(k, x, kolom[0].y) + tiang + lengan.map((y) => `M${x} ${y}H${kiri}`).join("");
  }

  // Dari kaki kotak turun, mendatar di atas baris yang mulai di y, lalu menghadap ke bawah di x = ke.
  function belokan(k, ke, y) {
    const dari = pangkalGaris(k);
    const a = Math.min(SUDUT, Math.abs(ke - dari) >> 1);
    const b = ke > dari ? a : -a;
    const siku = `V${y - ANTARBARIS / 2 - a}q0 ${a} ${b} ${a}H${ke - b}q${b} 0 ${b} ${a}`;
    return `M${dari} ${k.y + k.tinggi}` + (a ? siku : "");
  }

  globalThis.pokinTata = { tata, tataTerbaik, garis, pangkalGaris, tengah, jepit };
}
