"use strict";
// Bagaimana gambar dipotong menjadi lembar bersambung: perhitungannya saja, tanpa halaman (cetak.js). Kertas diukur dalam mm,
// gambar dalam px; `skala` adalah mm untuk setiap px. `isi` adalah kotak-kotak gambar dengan lebar dan tinggi seluruhnya.
{
  const KERTAS = { a4: [210, 297], f4: [215, 330], a3: [297, 420] };
  const TEPI = 9; // tidak dijangkau pencetak
  const JALUR = 5; // di kanan dan bawah lembar bersambung, untuk namanya
  const TINDIH = 10;
  const TERBANYAK = 60; // lembar
  const PX = 25.4 / 96;
  const SKALA_TERBESAR = PX * 1.15;

  function ukuran(jenis, arah) {
    const [pendek, panjang] = KERTAS[jenis];
    const [lebar, tinggi] = arah === "tegak" ? [pendek, panjang] : [panjang, pendek];
    return { lebar, tinggi, nama: `${jenis}-${arah}` };
  }

  function satuLembar(isi, kertas) {
    const muat = [(kertas.lebar - 2 * TEPI) / isi.lebar, (kertas.tinggi - 2 * TEPI - kertas.kepala) / isi.tinggi];
    return { skala: Math.min(SKALA_TERBESAR, ...muat), kolom: [0], baris: [0], dipakai: new Set(["0,0"]) };
  }

  function sebelum(urut, c) {
    let [a, b] = [0, urut.length];
    while (a < b) {
      const tengah = (a + b) >> 1;
      if (urut[tengah] < c) a = tengah + 1;
      else b = tengah;
    }
    return a;
  }

  function sumbu(isi, dari, sampai, panjang) {
    const urut = (sisi) => isi.kotak.map((k) => k[sisi]).sort((a, b) => a - b);
    return { ruas: isi.kotak.map((k) => [k[dari], k[sampai]]), mulai: urut(dari), selesai: urut(sampai), panjang };
  }

  // Awal setiap lembar pada satu sumbu; `muat(ke)` adalah panjang lembar itu. Potongan sedapatnya di sela kotak. Kotak yang
  // tidak selesai pada sebuah lembar selalu dimulai lagi pada lembar berikutnya, jadi setiap kotak utuh pada lembar terakhir
  // yang awalnya tidak melewati awal kotak itu.
  function potongan({ ruas, mulai, selesai, panjang }, muat, tindih) {
    const terpotong = (c) => sebelum(mulai, c) - sebelum(selesai, c + 0.01);
    const awal = [0];
    while (awal.length <= TERBANYAK) {
      const kini = awal.at(-1);
      const ujung = kini + muat(awal.length - 1);
      if (ujung >= panjang) break;
      const batas = ruas.reduce((c, [a, b]) => (a > kini && b > ujung && a < c ? a : c), ujung - tindih);
      let pilih = batas;
      for (let ke = sebelum(mulai, batas + 4) - 1; ke >= 0; ke -= 1) {
        const calon = mulai[ke] - 4;
        if (calon <= kini || calon < batas - (ujung - kini) / 5 || !terpotong(pilih)) break;
        if (terpotong(calon) < terpotong(pilih)) pilih = calon;
      }
      awal.push(pilih);
    }
    return awal;
  }

  function rencana(isi, kertas, skala) {
    const [lebar, tinggi] = [kertas.lebar - 2 * TEPI - JALUR, kertas.tinggi - 2 * TEPI - JALUR];
    const kolom = potongan(isi.datar, () => lebar / skala, TINDIH / skala);
    return { skala, kolom, baris: potongan(isi.tegak, (ke) => (tinggi - (ke ? 0 : kertas.kepala)) / skala, TINDIH / skala) };
  }

  // Rencana berskala terbesar yang memenuhi syarat.
  function terbesar(isi, kertas, batas, syarat) {
    let [baik, sampai] = [null, batas * 2];
    for (let [dari, ke] = [0, 0]; ke < 11 && dari < batas; ke += 1) {
      const coba = rencana(isi, kertas, (dari + sampai) / 2);
      if (syarat(coba)) [baik, dari] = [coba, coba.skala];
      else sampai = coba.skala;
    }
    return baik;
  }

  // Lembar yang perlu dicetak: yang memuat sebuah kotak seutuhnya, atau dilewati garis menuju kotak.
  function yangDipakai(isi, { kolom, baris }) {
    const menurut = new Map(isi.kotak.map((k) => [k.n, k]));
    const ke = (awal, tempat) => Math.max(0, awal.findLastIndex((a) => a <= tempat));
    const pakai = new Set(["0,0"]);
    for (const k of isi.kotak) {
      const induk = menurut.get(k.i) ?? { ...k, bawah: k.atas };
      const tengah = menurut.has(k.i) ? (induk.kiri + induk.kanan) / 2 : k.kiri;
      const [awal, akhir] = [k.kiri, tengah].sort((a, b) => a - b).map((x) => ke(kolom, x));
      for (let b = ke(baris, induk.bawah); b <= ke(baris, k.atas); b += 1) {
        for (let c = awal; c <= akhir; c += 1) pakai.add(`${c},${b}`);
      }
    }
    return pakai;
  }

  // Cara menyambung dari yang lembarnya paling sedikit; setiap tambahan lembar membesarkan huruf, juga dari yang satu lembar
  // (`skala`).
  function semuaCara(utuh, kertas, skala) {
    const { lebar, tinggi } = utuh;
    const isi = { ...utuh, datar: sumbu(utuh, "kiri", "kanan", lebar), tegak: sumbu(utuh, "atas", "bawah", tinggi) };
    const kotakTerbesar = Math.max(...isi.kotak.map((k) => Math.max(k.kanan - k.kiri, k.bawah - k.atas)));
    const ruang = Math.min(kertas.lebar, kertas.tinggi - kertas.kepala) - 2 * TEPI - JALUR - TINDIH;
    const batas = Math.min(SKALA_TERBESAR, ruang / kotakTerbesar);
    const calon = [];
    for (let lembar = 1; lembar <= 12 && !(calon.at(-1)?.skala >= batas); lembar += 1) {
      const r = terbesar(isi, kertas, batas, ({ kolom }) => kolom.length <= lembar);
      const hemat = r?.baris.length > 1 && terbesar(isi, kertas, r.skala, ({ baris }) => baris.length < r.baris.length);
      calon.push(...[hemat, r].filter(Boolean));
    }
    return calon
      .filter(({ kolom, baris }) => kolom.length * baris.length > 1 && kolom.length * baris.length <= TERBANYAK)
      .map((r) => ({ ...r, nama: `${r.kolom.length}x${r.baris.length}`, dipakai: yangDipakai(isi, r) }))
      .sort((a, b) => a.dipakai.size - b.dipakai.size || b.skala - a.skala)
      .filter((r) => r.skala > skala * 1.04 && (skala = r.skala));
  }

  globalThis.pokinPotongan = { KERTAS, TEPI, JALUR, PX, ukuran, satuLembar, semuaCara };
}
