"use strict";
// Bingkai yang isinya lebih lebar diberi petunjuk geser, gambar digeser ke kotak yang dibahas, dan bingkai yang isinya
// muat tidak menjadi perhentian tombol Tab. Apa yang diubah di sini dicatat pada data-p-kelas dan data-p-tanpa, supaya
// pratinjau yang menukar isi halaman membiarkannya.
{
  const dikenal = new WeakSet(); // yang sudah pernah digeser: letaknya kini milik pembaca

  function aturBingkai(bingkai) {
    const { dataset } = bingkai;
    const lebar = bingkai.scrollWidth > bingkai.clientWidth + 1;
    bingkai.classList.toggle("bisa-digeser", lebar);
    if (!lebar) bingkai.removeAttribute("tabindex");
    else if (dataset.pTanpa) bingkai.setAttribute("tabindex", "0");
    delete dataset[lebar ? "pTanpa" : "pKelas"];
    Object.assign(dataset, lebar ? { pKelas: "bisa-digeser" } : { pTanpa: "tabindex" });
    if (lebar && !dikenal.has(bingkai)) geserKeKotak(bingkai);
    dikenal.add(bingkai);
  }

  function geserKeKotak(bingkai) {
    const kotak = bingkai.querySelector(".kotak-fokus") || bingkai.querySelector(".kotak");
    if (!kotak) return;
    const tempat = kotak.getBoundingClientRect();
    const jendela = bingkai.getBoundingClientRect();
    bingkai.scrollLeft += tempat.left + tempat.width / 2 - jendela.left - jendela.width / 2;
  }

  function aturSemua() {
    for (const bingkai of document.querySelectorAll(".gulir:not(.papan *)")) aturBingkai(bingkai);
  }

  globalThis.pokin.setiapHalaman(aturSemua);
  addEventListener("resize", aturSemua); // jendela menyempit, layar diputar, halaman diperbesar
}
