"use strict";
// Sumber yang panjang: hanya baris yang dituju temuan yang mempunyai jangkar. Alamat baris lain (#L120, #F2-L7) dicari
// di sini: kelompok barisnya menurut nomor pertamanya, lalu barisnya di dalam teks kelompok itu.
{
  function tujuBaris({ type } = {}) {
    const [jangkar, awalan, nomor] = location.hash.slice(1).match(/^((?:F\d+-)?L)(\d+)$/) ?? [];
    if (!nomor || document.getElementById(jangkar)) return;
    const mulai = (kelompok) => Number(kelompok.dataset.baris.slice(awalan.length));
    const kelompok = [...document.querySelectorAll(`[data-baris^="${awalan}"]`)].findLast((k) => mulai(k) <= nomor);
    const baris = kelompok && cariBaris(kelompok.lastElementChild, nomor - mulai(kelompok));
    if (!baris) return;
    const tanda = document.createElement("mark");
    tanda.id = jangkar;
    tanda.dataset.pNaskah = "";
    baris.surroundContents(tanda);
    if (type !== "pokin:halaman") tanda.scrollIntoView();
  }

  function hapusTanda() {
    for (const tanda of document.querySelectorAll("mark[data-p-naskah]")) {
      const isi = tanda.parentNode;
      tanda.replaceWith(...tanda.childNodes);
      isi.normalize();
    }
  }

  // Isi baris ke-n (dari nol) selalu berada dalam satu simpul teks; temuan yang disisipkan bukan baris.
  function cariBaris(isi, n) {
    const teks = document.createTreeWalker(isi, NodeFilter.SHOW_TEXT);
    let ke = 0;
    while (teks.nextNode()) {
      const simpul = teks.currentNode;
      if (simpul.parentElement.closest(".sisipan")) continue;
      let letak = 0;
      for (const [urutan, potongan] of simpul.data.split("\n").entries()) {
        if (urutan) ke += 1;
        if (ke === n && potongan) {
          const baris = document.createRange();
          baris.setStart(simpul, letak);
          baris.setEnd(simpul, letak + potongan.length);
          return baris;
        }
        letak += potongan.length + 1;
      }
    }
    return null;
  }

  tujuBaris();
  addEventListener("hashchange", tujuBaris);
  document.addEventListener("pokin:akan-tukar", hapusTanda);
  document.addEventListener("pokin:halaman", tujuBaris);
}
