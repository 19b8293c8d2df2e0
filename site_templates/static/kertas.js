"use strict";
// Kertas yang dipilih di halaman "Cetak gambar" dipakai oleh semua halaman, judul pohon ditulis di kaki setiap lembar, dan
// yang terlipat dibuka selama dicetak. Peramban yang menolak mengingat mencetak dengan kertas dari pengaturan situs.
{
  const KUNCI = "pokin-kertas";
  const akar = document.documentElement;

  function pakaiKertas() {
    let pilihan = null;
    try {
      pilihan = localStorage.getItem(KUNCI);
    } catch {
      // tidak ada yang diingat
    }
    if (/^(a4|f4|a3)(-tegak|-lanskap)?$/.test(pilihan ?? "")) akar.dataset.pKertas = pilihan;
    else delete akar.dataset.pKertas;
  }

  function atur() {
    akar.style.setProperty("--judul", JSON.stringify(document.title));
    for (const tombol of document.querySelectorAll("[data-cetak]")) {
      tombol.hidden = false;
      tombol.dataset.pTanpa = "hidden";
      tombol.onclick = () => print();
    }
  }

  let dibuka = [];
  addEventListener("beforeprint", () => {
    const gambar = document.querySelector("#gambar-pohon");
    if (gambar) akar.dataset.pGambar = gambar.viewBox.baseVal.height > gambar.viewBox.baseVal.width ? "tinggi" : "lebar";
    dibuka = [...document.querySelectorAll(".garis-besar details:not([open])")];
    for (const lipatan of dibuka) lipatan.open = true;
  });
  addEventListener("afterprint", () => {
    for (const lipatan of dibuka) lipatan.open = false;
  });
  addEventListener("storage", pakaiKertas);
  document.addEventListener("pokin:kertas", pakaiKertas);
  document.addEventListener("pokin:halaman", atur);
  pakaiKertas();
  atur();
}
