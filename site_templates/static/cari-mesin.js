"use strict";
// Mesin pencari, tanpa tampilan: menyimpan di mana kata muncul, dan mengurutkan yang ditemukan. Dimuat oleh cari.js,
// sesudah cari-kata.js, ketika pencarian pertama kali dibuka.
//
// Satu pohon datang sebagai lajur-lajur (lihat site/search.py); tiap kinerja, jabatan, dan pohon itu sendiri adalah
// satu butir. Untuk tiap kata disimpan di butir mana ia muncul, dan di tempat sepenting apa: butir * 4 + tempat.
{
  const { KATA, lipat, pecah, bentukKata, bentukAwal, jarakKetik } = globalThis.pokinKata;
  const PENGHUBUNG = new Set("atau dan dari dengan di ke oleh pada para serta untuk yang".split(" "));
  const TINGKAT = ["pohon", "outcome", "csf", "kondisi", "antara", "operasional", ""];
  const TEMPAT = 4;
  const BUKAN = 255;

  class Indeks {
    pohon = [];
    #kata = new Map();
    #daftar = [];
    #muncul = [];
    #bentuk = new Map();
    #daftarBentuk = [];
    #pemilikBentuk = [];
    #milik = []; // nomor pohon, per butir
    #tingkat = [];
    #panjang = []; // banyaknya kata pernyataan

    // Mencatat sebuah pohon sedikit demi sedikit: pemanggil boleh berhenti sebentar di setiap yield.
    *tambah(isi) {
      const pohon = { ...isi, awal: this.#milik.length, mulai: mulaiTiap(isi.milik, isi.teks.length) };
      this.pohon.push(pohon);
      for (const [n, teks] of isi.teks.entries()) {
        this.#milik.push(this.pohon.length - 1);
        this.#tingkat.push(TINGKAT.indexOf(isi.label[isi.jenis[n]][0]));
        this.#panjang.push(this.#catat(teks, (pohon.awal + n) * TEMPAT));
        for (let k = pohon.mulai[n]; k < pohon.mulai[n + 1]; k += 1) {
          this.#catat(isi.keterangan[k], (pohon.awal + n) * TEMPAT + isi.macam[isi.golongan[k]][2]);
        }
        if (n % 50 === 49) yield;
      }
    }

    #catat(teks, letak) {
      const kata = pecah(teks);
      for (const satu of kata) {
        const muncul = this.#muncul[this.#nomor(satu)];
        if (muncul.at(-1) !== letak) muncul.push(letak);
      }
      return kata.length;
    }

    #nomor(kata) {
      let nomor = this.#kata.get(kata);
      if (nomor === undefined) {
        nomor = this.#daftar.push(kata) - 1;
        this.#kata.set(kata, nomor);
        this.#muncul.push([]);
        for (const bentuk of bentukKata(kata)) this.#catatBentuk(bentuk, nomor);
      }
      return nomor;
    }

    #catatBentuk(bentuk, nomor) {
      const pemilik = this.#bentuk.get(bentuk);
      if (pemilik) pemilik.push(nomor);
      else this.#bentuk.set(bentuk, [nomor]);
      if (bentuk === this.#daftar[nomor]) return;
      this.#daftarBentuk.push(bentuk);
      this.#pemilikBentuk.push(nomor);
    }

    // Semua butir yang memuat setiap kata dari `teks`, yang paling cocok lebih dahulu; hanya dalam pohon `hanya`, bila
    // disebut. `kata` memberi untuk tiap kata yang dicari: kata yang cocok dengannya, dan seberapa cocok.
    cari(teks, hanya) {
      const dicari = yangDicari(teks);
      const kata = dicari.map((satu, n) => this.#yangCocok(satu, n === dicari.length - 1));
      const hasil = dicari.length ? this.#urutkan(this.#biaya(kata), dicari.length, hanya) : [];
      return { dicari, kata, hasil };
    }

    // Nomor kata -> 0 sama, 1 bertemu bentuknya, 2 baru awalnya, 3 baru awal salah satu bentuknya.
    #yangCocok(dicari, terakhir) {
      const cocok = new Map();
      const tambah = (nomor, mutu) => cocok.has(nomor) || cocok.set(nomor, mutu);
      if (this.#kata.has(dicari)) tambah(this.#kata.get(dicari), 0);
      for (const bentuk of bentukKata(dicari)) for (const nomor of this.#bentuk.get(bentuk) ?? []) tambah(nomor, 1);
      if (!terakhir && dicari.length < 3) return cocok;
      for (const [nomor, kata] of this.#daftar.entries()) if (kata.startsWith(dicari)) tambah(nomor, 2);
      if (dicari.length < 3) return cocok;
      for (const awal of bentukAwal(dicari)) {
        for (const [n, bentuk] of this.#daftarBentuk.entries()) {
          if (bentuk.startsWith(awal)) tambah(this.#pemilikBentuk[n], 3);
        }
      }
      return cocok;
    }

    // Per butir: 0 bila semua kata sama dan ada di pernyataan, lebih besar makin jauh; BUKAN bila ada kata yang tiada.
    #biaya(kata) {
      const jumlah = new Uint8Array(this.#milik.length);
      for (const cocok of kata) {
        const terbaik = new Uint8Array(jumlah.length).fill(BUKAN);
        for (const [nomor, mutu] of cocok) {
          for (const letak of this.#muncul[nomor]) {
            const butir = letak >> 2;
            const biaya = mutu * TEMPAT + (letak & 3);
            if (biaya < terbaik[butir]) terbaik[butir] = biaya;
          }
        }
        for (let n = 0; n < jumlah.length; n += 1) jumlah[n] = Math.min(BUKAN, jumlah[n] + terbaik[n]);
      }
      return jumlah;
    }

    #urutkan(biaya, banyakKata, hanya) {
      const ember = [];
      for (let n = 0; n < biaya.length; n += 1) {
        if (biaya[n] === BUKAN || (hanya !== undefined && this.#milik[n] !== hanya)) continue;
        const seluruhnya = biaya[n] === 0 && this.#panjang[n] === banyakKata;
        const kunci = (seluruhnya ? 0 : biaya[n] + 1) * TINGKAT.length + this.#tingkat[n];
        (ember[kunci] ??= []).push(n);
      }
      return ember.flat();
    }

    // Apa yang ditampilkan tentang sebuah butir; `sebab` bila ada kata yang ditemukan di luar pernyataannya.
    butir(nomor, kata) {
      const pohon = this.pohon[this.#milik[nomor]];
      const n = nomor - pohon.awal;
      const [jenis, label, pola] = pohon.label[pohon.jenis[n]];
      const sebab = this.#sebab(pohon, n, kata);
      const jangkar = sebab?.jangkar ? `#${sebab.jangkar}` : "";
      const alamat = `${pohon.nama}/${pola.replace("*", pohon.id[n])}${jangkar}`;
      return { pohon, jenis, label, alamat, sebab, teks: pohon.teks[n], jejak: jejakOf(pohon, n) };
    }

    #sebab(pohon, n, kata) {
      const ada = this.#nomorDalam(pohon.teks[n]);
      const kurang = kata.filter((cocok) => !ada.some((nomor) => cocok.has(nomor)));
      let terbaik = null;
      let terbanyak = 0;
      for (let k = pohon.mulai[n]; kurang.length && k < pohon.mulai[n + 1]; k += 1) {
        const isi = this.#nomorDalam(pohon.keterangan[k]);
        const banyak = kurang.filter((cocok) => isi.some((nomor) => cocok.has(nomor))).length;
        if (banyak > terbanyak) [terbaik, terbanyak] = [k, banyak];
      }
      if (terbaik === null) return null;
      const [macam, pola] = pohon.macam[pohon.golongan[terbaik]];
      return { macam, teks: pohon.keterangan[terbaik], jangkar: pola.replace("*", pohon.ke[terbaik]) };
    }

    #nomorDalam(teks) {
      return pecah(teks).map((kata) => this.#kata.get(kata));
    }

    // Teks dalam potongan [huruf-huruf, apakah cocok].
    tandai(teks, { dicari, kata }) {
      const potongan = [];
      let akhir = 0;
      for (const temu of teks.matchAll(KATA)) {
        const [dari, sampai] = this.#hurufCocok(temu[0], dicari, kata);
        if (dari === sampai) continue;
        potongan.push([teks.slice(akhir, temu.index + dari), false]);
        potongan.push([teks.slice(temu.index + dari, temu.index + sampai), true]);
        akhir = temu.index + sampai;
      }
      potongan.push([teks.slice(akhir), false]);
      return potongan.filter(([huruf]) => huruf);
    }

    #hurufCocok(asli, dicari, kata) {
      const terlipat = lipat(asli);
      const nomor = this.#kata.get(terlipat);
      const ke = kata.findIndex((cocok) => cocok.has(nomor));
      if (ke < 0) return [0, 0];
      const bentuk = [dicari[ke], ...bentukKata(dicari[ke]), ...bentukAwal(dicari[ke])];
      const bagian = bentuk.find((b) => terlipat.includes(b));
      if (!bagian || terlipat.length !== asli.length) return [0, asli.length];
      const dari = terlipat.indexOf(bagian);
      return [dari, dari + bagian.length];
    }

    // Pertanyaan yang sama dengan kata yang dikenal, untuk "Maksud Anda ...?"; kosong bila tidak ada yang dekat.
    usul({ dicari, kata }) {
      const dekat = dicari.map((satu, n) => (kata[n].size ? satu : this.#terdekat(satu)));
      return dekat.every(Boolean) && dekat.some((satu, n) => satu !== dicari[n]) ? dekat.join(" ") : "";
    }

    #terdekat(dicari) {
      let [terbaik, jarak, sering] = ["", dicari.length < 5 ? 2 : 3, 0];
      for (const [nomor, kata] of this.#daftar.entries()) {
        if (Math.abs(kata.length - dicari.length) >= Math.max(jarak, 2) || /^\d/.test(kata)) continue;
        const kini = jarakKetik(dicari, kata, jarak);
        const banyak = this.#muncul[nomor].length;
        const lebihBaik = kini < jarak || (kini === jarak && terbaik && banyak > sering);
        if (lebihBaik) [terbaik, jarak, sering] = [kata, kini, banyak];
      }
      return terbaik;
    }
  }

  function yangDicari(teks) {
    const kata = [...new Set(pecah(teks))];
    return kata.filter((satu, n) => n === kata.length - 1 || !PENGHUBUNG.has(satu));
  }

  // Di mana keterangan tiap butir mulai; `milik` sudah urut menurut butir.
  function mulaiTiap(milik, banyak) {
    const mulai = new Uint32Array(banyak + 1);
    for (const n of milik) mulai[n + 1] += 1;
    for (let n = 0; n < banyak; n += 1) mulai[n + 1] += mulai[n];
    return mulai;
  }

  // Kondisi yang membawahi sebuah butir; tanpa itu apa yang langsung di atasnya. Nomor -1: tidak ada.
  function jejakOf(pohon, n) {
    const diAtas = pohon.induk[n];
    let kini = diAtas;
    while (kini >= 0 && pohon.label[pohon.jenis[kini]][0] !== "kondisi") kini = pohon.induk[kini];
    const tempat = kini >= 0 ? kini : diAtas;
    return tempat >= 0 ? { label: pohon.label[pohon.jenis[tempat]][1], teks: pohon.teks[tempat] } : null;
  }

  globalThis.pokinMesin = { Indeks };
}
