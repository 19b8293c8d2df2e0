"use strict";
// Kemudahan saja; semua halaman berguna tanpa ini. Bingkai yang isinya lebih lebar diberi petunjuk geser, gambar digeser
// ke kotak yang dibahas, dan bingkai yang isinya muat tidak menjadi perhentian tombol Tab. Semuanya diulang setiap kali
// pratinjau menukar isi halaman ("pokin:halaman"); apa yang diubah di sini dicatat pada data-p-kelas dan data-p-tanpa,
// supaya penukaran itu membiarkannya.
{
  const dikenal = new WeakSet(); // yang sudah pernah digeser: letaknya kini milik pembaca

  function aturBingkai(bingkai) {
    const lebar = bingkai.scrollWidth > bingkai.clientWidth + 1;
    if (lebar) tandaiLebar(bingkai);
    else tandaiMuat(bingkai);
    if (lebar && !dikenal.has(bingkai)) geserKeKotak(bingkai);
    dikenal.add(bingkai);
  }

  function tandaiLebar(bingkai) {
    if (bingkai.dataset.pKelas) return;
    bingkai.dataset.pKelas = "bisa-digeser";
    bingkai.classList.add("bisa-digeser");
    if (bingkai.dataset.pTanpa) bingkai.setAttribute("tabindex", "0");
    delete bingkai.dataset.pTanpa;
  }

  function tandaiMuat(bingkai) {
    if (bingkai.dataset.pTanpa) return;
    bingkai.dataset.pTanpa = "tabindex";
    bingkai.removeAttribute("tabindex");
    bingkai.classList.remove("bisa-digeser");
    delete bingkai.dataset.pKelas;
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

  aturSemua();
  document.addEventListener("pokin:halaman", aturSemua);
  addEventListener("resize", aturSemua); // jendela menyempit, layar diputar, halaman diperbesar
}
