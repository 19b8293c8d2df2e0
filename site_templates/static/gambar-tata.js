"use strict";
// Tata letak gambar pohon di peramban, dan garis-garisnya: cermin site/tidy.py dan site/drawing.py, langkah demi langkah,
// bagi cabang yang dilipat atau difokus. Kotak (k) memuat lebar, tinggi, dalam, induk, anak, dan muda: anak yang tampak;
// di sini ia mendapat x, y, gantung, dan kolom. Tidak menyentuh halaman.
{
  const [LORONG, ANTARBARIS, ANTARKOTAK, LEKUK, REL, TEPI, SUDUT] = [18, 30, 14, 20, 9, 3, 6]; // seperti di site/plan.py

  const jepit = (n, kecil, besar) => Math.min(Math.max(n, kecil), besar);
  const tengah = (k) => k.x + (k.lebar >> 1);

  // Cabang yang terlipat tetap terhitung beranak, supaya saudaranya tidak berpindah dari baris ke kolom begitu yang
  // terakhir dilipat.
  const beranak = (daftar) => daftar.some((k) => k.anak.length);

  function tata(akar, rentang) {
    const urut = urutkan(akar, rentang);
    const atas = aturAtas(urut);
    for (const k of [...urut].reverse()) if (!k.gantung) k.tepi = tepiCabang(k, atas);
    const mulai = TEPI - Math.min(...gabung(akar)[0]);
    let [lebar, tinggi] = [0, 0];
    for (const k of urut) {
      k.poros = (k.induk?.poros ?? mulai) + k.geser;
      k.x = k.gantung ? k.induk.x + LEKUK : k.poros - (k.lebar >> 1);
      lebar = Math.max(lebar, k.x + k.lebar + TEPI);
      tinggi = Math.max(tinggi, k.y + k.tinggi + TEPI);
    }
    return { urut, rentang, lebar, tinggi };
  }

  function urutkan(akar, rentang) {
    const urut = [];
    const tunggu = [...akar].reverse();
    while (tunggu.length) {
      const k = tunggu.pop();
      urut.push(k);
      k.geser = 0;
      k.gantung = Boolean(k.induk?.kolom);
      const berderet = k.muda.length > 1 && (k.dalam + 1 >= rentang || !beranak(k.muda));
      k.kolom = k.muda.length > 0 && (k.gantung || berderet);
      tunggu.push(...[...k.muda].reverse());
    }
    return urut;
  }

  function aturAtas(urut) {
    const tinggi = [];
    for (const k of urut) if (!k.gantung) tinggi[k.dalam] = Math.max(tinggi[k.dalam] ?? 0, k.tinggi);
    const atas = [TEPI];
    for (const [n, t] of tinggi.entries()) atas.push(atas[n] + t + ANTARBARIS);
    let kepala = null;
    for (const k of urut) {
      if (k.gantung) {
        k.y = kepala.dasar + ANTARKOTAK;
        kepala.dasar = k.y + k.tinggi;
        kepala.jauh = Math.max(kepala.jauh, (k.dalam - kepala.dalam) * LEKUK + k.lebar);
      } else {
        kepala = Object.assign(k, { y: atas[k.dalam], dasar: atas[k.dalam + 1] - ANTARKOTAK, jauh: 0 });
      }
    }
    return atas;
  }

  // Sisi kiri dan kanan sebuah cabang dari porosnya, di barisnya sendiri dan di tiap baris di bawahnya.
  function tepiCabang(k, atas) {
    const separuh = k.lebar >> 1;
    let baris = 1;
    while (k.kolom && k.dasar > atas[k.dalam + baris + 1] - ANTARBARIS) baris += 1;
    const kolom = (tepi) => new Array(baris).fill(tepi);
    const [kiri, kanan] = k.kolom ? [kolom(-separuh), kolom(k.jauh - separuh)] : gabung(k.muda);
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

  function tataTerbaik(akar, daftar, [datar, tegak] = [16, 10]) {
    const mulai = new Set(daftar.filter((k) => k.muda.length > 1 && beranak(k.muda)).map((k) => k.dalam + 1));
    const luas = ({ lebar, tinggi }) => Math.max(lebar * tegak, tinggi * datar);
    const hasil = [...mulai, Math.max(0, ...mulai) + 1].sort((a, b) => a - b).map((rentang) => tata(akar, rentang));
    return hasil.reduce((a, b) => (luas(b) < luas(a) ? b : a));
  }

  // Seperti site/drawing.py: rel bagi kolom, siku bagi baris; garis yang berimpit mendapat lajurnya sendiri.
  function garis(daftar) {
    const baris = daftar.filter((k) => k.muda.length && !k.kolom);
    baris.sort((a, b) => a.dalam - b.dalam || tengah(a) - tengah(b) || a.n - b.n);
    let [lajur, ujung, dalam] = [0, -1, -1];
    const siku = baris.map((k) => {
      if (k.dalam !== dalam) [lajur, ujung, dalam] = [0, -1, k.dalam];
      const henti = [tengah(k), ...k.muda.map(tengah)];
      lajur = Math.min(...henti) > ujung ? 0 : lajur + (henti[0] > ujung ? 1 : -1);
      ujung = Math.max(ujung, ...henti);
      const belok = k.muda[0].y - ANTARBARIS / 2 + 4 * jepit(lajur, -2, 2);
      return k.muda.map((anak) => cabang(k, anak, belok)).join("");
    });
    return daftar.filter((k) => k.kolom).map(rel).join("") + siku.join("");
  }

  function rel(k) {
    const x = k.x + REL;
    const lengan = k.muda.map((anak) => anak.y + (anak.tinggi >> 1));
    const kiri = k.muda[0].x;
    const tiang = `M${x} ${k.y + k.tinggi}V${lengan.pop() - SUDUT}q0 ${SUDUT} ${SUDUT} ${SUDUT}H${kiri}`;
    return tiang + lengan.map((y) => `M${x} ${y}H${kiri}`).join("");
  }

  function cabang(k, anak, belok) {
    const [dari, ke] = [tengah(k), tengah(anak)];
    const a = Math.min(SUDUT, Math.abs(ke - dari) >> 1);
    const awal = `M${dari} ${k.y + k.tinggi}V`;
    const b = ke > dari ? a : -a;
    return a ? `${awal}${belok - a}q0 ${a} ${b} ${a}H${ke - b}q${b} 0 ${b} ${a}V${anak.y}` : awal + anak.y;
  }

  globalThis.pokinTata = { tata, tataTerbaik, garis, tengah, jepit, REL };
}
