"use strict";
// Kata bagi mesin pencari (cari-mesin.js): mengenalinya di balik imbuhan dan salah ketik. Kata dipotong dengan aturan,
// tanpa kamus: satu kata punya beberapa bentuk yang mungkin ("mengelola": elola, kelola), dan dua kata bertemu bila ada
// bentuk yang sama.
{
  const KATA = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+(?:['’ʼ`][\p{L}\p{M}]+)*/gu;
  const UTUH = new Set("desain koperasi terapi".split(" ")); // tampak berimbuhan, padahal kata dasar

  // Awalan: polanya, huruf yang mungkin luluh di belakangnya, golongannya, golongan awalan yang boleh menyusul, syarat.
  const AWALAN = [
    [/^[mp]eny(?=[aiueo])/, ["s", "ny"], "p"],
    [/^[mp]eng(?=a(?:it|bar|teg|ndung|der))/, ["k"], "p"],
    [/^[mp]eng(?=a|e[fkv]|o(?:[bplt]|rg))/, [""], "p"],
    [/^[mp]eng(?=[iu]|e(?![fkv])|o(?![bplt]|rg))/, ["", "k"], "p"],
    [/^[mp]enge(?=[^aiueo]+[aiueo][^aiueo]$)/, [""], "p", "", "satu suku"],
    [/^[mp]eng(?=[ghk])/, [""], "p"],
    [/^[mp]em(?=[aiueo])/, ["p", "m"], "p"],
    [/^[mp]em(?=[bfpv])/, [""], "p", "pbr"],
    [/^[mp]en(?=[aiueo])/, ["t", "n"], "p"],
    [/^[mp]en(?=[cdjstz])/, [""], "p"],
    [/^me(?=[lrwy])/, [""], "p"],
    [/^pe(?=[bcdfghjklprstwy][aiueo])/, [""], "p"],
    [/^[bp]el(?=ajar)/, [""], "b"],
    [/^be(?=[^aiueo]er)/, [""], "b"],
    [/^ber/, [""], "b", "pk"],
    [/^per(?=[^aiueo])/, [""], "r"],
    [/^per(?=[aiueo])/, [""], "r", "", "-an"],
    [/^ter/, [""], "t"],
    [/^di/, [""], "d", "pbrt"],
    [/^se(?=.{4})/, [""], "s"],
    [/^ke/, [""], "k", "pbrts", "-an"],
  ];

  const berduaSuku = (kata) => kata.length > 2 && /[aiueo].*[aiueo]/.test(kata);

  const lipat = (kata) =>
    /^[\w.,]*$/.test(kata) ? kata.toLowerCase() : kata.normalize("NFD").replace(/[\p{M}'’ʼ`]/gu, "").toLowerCase();

  const pecah = (teks) => teks.match(KATA)?.map(lipat) ?? [];

  // `susul`: golongan awalan yang boleh di sini, bila sudah ada awalan di depannya; `beran`: kata ini berakhiran -an.
  function bukaAwalan(kata, bentuk, beran, susul = "") {
    for (const [pola, luluh, golongan, lanjut, syarat] of AWALAN) {
      if (susul ? !susul.includes(golongan) : syarat === "-an" && !beran) continue;
      const awalan = pola.exec(kata)?.[0];
      if (!awalan) continue;
      const sisa = kata.slice(awalan.length);
      for (const huruf of luluh) if (syarat === "satu suku" || berduaSuku(huruf + sisa)) bentuk.add(huruf + sisa);
      if (lanjut && !susul) bukaAwalan(sisa, bentuk, beran, lanjut);
    }
  }

  function tanpaKlitik(kata) {
    const cocok = /^(.{3,})nya$|^(.{5,})(?:[lk]ah|pun)$/.exec(kata);
    return cocok ? [kata, cocok[1] ?? cocok[2]] : [kata];
  }

  // Kata tanpa akhirannya: [sisanya, apakah akhiran itu -an, apakah ia hanya berlaku di belakang awalan].
  function tanpaAkhiran(kata) {
    const beran = kata.endsWith("an");
    const hasil = [[kata, beran]];
    if (kata.endsWith("kan")) hasil.push([kata.slice(0, -3), false]);
    if (beran && !/[^aiueo]kan$/.test(kata)) hasil.push([kata.slice(0, -2), true]);
    if (kata.endsWith("i")) hasil.push([kata.slice(0, -1), false, kata.endsWith("ai")]);
    return hasil.filter(([sisa], nomor) => !nomor || /[aiueo]/.test(sisa));
  }

  const berimbuhan = (kata) => kata.length > 3 && !UTUH.has(kata) && !/\d/.test(kata);

  // Semua bentuk yang mungkin dari sebuah kata yang sudah dilipat, ia sendiri yang pertama.
  function bentukKata(kata) {
    const bentuk = new Set([kata]);
    if (!berimbuhan(kata)) return bentuk;
    for (const tanpa of tanpaKlitik(kata)) {
      for (const [sisa, beran, perluAwalan] of tanpaAkhiran(tanpa)) {
        if (!perluAwalan && (sisa === tanpa || berduaSuku(sisa))) bentuk.add(sisa);
        bukaAwalan(sisa, bentuk, beran);
      }
    }
    return bentuk;
  }

  // Bentuk kata yang baru sebagian diketik: awalannya sudah terbaca, akhirannya belum.
  function bentukAwal(kata) {
    const bentuk = new Set([kata]);
    if (berimbuhan(kata)) bukaAwalan(kata, bentuk, true);
    return bentuk;
  }

  // Banyaknya huruf yang harus diganti, disisipkan, dihapus, atau ditukar; berhenti begitu tidak kurang dari `batas`.
  function jarakKetik(satu, lain, batas) {
    let sebelum = [];
    let atas = Array.from({ length: lain.length + 1 }, (_, n) => n);
    for (let i = 1; i <= satu.length; i += 1) {
      const baris = [i];
      for (let j = 1; j <= lain.length; j += 1) {
        const beda = satu[i - 1] === lain[j - 1] ? 0 : 1;
        baris[j] = Math.min(atas[j] + 1, baris[j - 1] + 1, atas[j - 1] + beda);
        const tukar = i > 1 && j > 1 && satu[i - 1] === lain[j - 2] && satu[i - 2] === lain[j - 1];
        if (tukar) baris[j] = Math.min(baris[j], sebelum[j - 2] + 1);
      }
      if (Math.min(...baris) > batas) return batas + 1;
      [sebelum, atas] = [atas, baris];
    }
    return atas[lain.length];
  }

  globalThis.pokinKata = { KATA, lipat, pecah, bentukKata, bentukAwal, jarakKetik };
}
