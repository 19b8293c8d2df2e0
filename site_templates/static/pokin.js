"use strict";
// Kemudahan saja; semua halaman berguna tanpa ini. Bingkai yang isinya lebih lebar diberi petunjuk geser, gambar digeser
// ke kotak yang dibahas, dan bingkai yang isinya muat tidak menjadi perhentian tombol Tab.
for (const bingkai of document.querySelectorAll(".gulir")) {
  if (bingkai.scrollWidth <= bingkai.clientWidth + 1) {
    bingkai.removeAttribute("tabindex");
    continue;
  }
  bingkai.classList.add("bisa-digeser");
  const kotak = bingkai.querySelector(".kotak-fokus") || bingkai.querySelector(".kotak");
  if (kotak) {
    const tempat = kotak.getBoundingClientRect();
    const jendela = bingkai.getBoundingClientRect();
    bingkai.scrollLeft += tempat.left + tempat.width / 2 - jendela.left - jendela.width / 2;
  }
}
