"use strict";
// Halaman 404 tampil di alamat mana pun. Naskah ini tahu dari mana ia dimuat, jadi ia tahu di mana akar situs.
{
  const akar = new URL("../", document.currentScript.src);
  const LAPISAN = /(?:^|\/)(?:kinerja|jabatan)$/; // folder di dalam folder pohon

  for (const tautan of document.querySelectorAll("[data-ke]")) tautan.href = new URL(tautan.dataset.ke, akar);
  for (const butir of document.querySelectorAll("[data-ke-kotak]")) butir.hidden = false;

  const folder = location.pathname.slice(akar.pathname.length).split("/").slice(0, -1).join("/").replace(LAPISAN, "");
  const naik = document.querySelector("[data-ke-folder]");
  if (folder && naik) {
    naik.firstElementChild.href = new URL(`./${folder}/index.html`, akar); // "./": "//x" bukan server lain
    naik.hidden = false;
  }

  // Pilihan warna yang diingat, seperti pada halaman lain.
  try {
    const media = { terang: "not all", gelap: "screen" }[localStorage.getItem("pokin-tema")];
    if (media) for (const lembar of document.querySelectorAll('link[href$="gelap.css"]')) lembar.media = media;
  } catch {
    // peramban yang menolak mengingat
  }
}
