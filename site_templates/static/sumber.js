"use strict";
// Sumber yang panjang dibagi menjadi beberapa halaman. Alamat baris yang tidak ada di halaman ini (#L120, #F2-L7) dibawa
// ke sumber.html, dan dari sana ke bagian yang memuatnya: data-baris="1:1-1998 2:1-40" berarti baris 1 sampai 1998 dari
// berkas pertama dan baris 1 sampai 40 dari berkas kedua.
{
  function tujuBaris() {
    // Hanya seperti ditulis situs: #F1-L7 atau #L07 tidak ada di bagian mana pun, dan akan dibawa ke sana kemari tanpa henti.
    const [jangkar, berkas, nomor] = location.hash.slice(1).match(/^(?:F([2-9]|[1-9]\d+)-)?L([1-9]\d*)$/) ?? [];
    if (!nomor || document.getElementById(jangkar)) return;
    const pengantar = document.querySelector("[data-sumber]");
    const tujuan = pengantar?.dataset.sumber ?? bagianDengan(Number(berkas ?? 1), Number(nomor))?.href;
    if (tujuan) location.replace(`${tujuan}#${jangkar}`);
  }

  function bagianDengan(berkas, nomor) {
    const memuat = (rentang) => {
      const [ke, awal, akhir] = rentang.split(/[:-]/).map(Number);
      return ke === berkas && awal <= nomor && nomor <= akhir;
    };
    return [...document.querySelectorAll("[data-baris]")].find((a) => a.dataset.baris.split(" ").some(memuat));
  }

  tujuBaris();
  addEventListener("hashchange", tujuBaris);
}
