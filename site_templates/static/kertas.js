"use strict";
// Kertas yang dipilih di halaman "Cetak gambar" dipakai oleh semua halaman, judul pohon ditulis di kaki setiap lembar, dan
// daftar yang terlipat dibuka selama dicetak. Peramban yang menolak mengingat mencetak dengan kertas dari pengaturan situs.
{
  const { diingat, setiapHalaman } = globalThis.pokin;
  const akar = document.documentElement;

  function pakaiKertas() {
    const pilihan = diingat("pokin-kertas");
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

  // Gambar dicetak seperti yang tampak: yang tinggi pada lembar tegak, di bawah yang rendah daftarnya langsung menyusul, dan
  // yang dilipat disebut banyaknya.
  function siapkanGambar() {
    const gambar = document.querySelector(".gambar-pohon svg.pohon");
    if (!gambar) return;
    const [lipat, semua] = [".kotak[display=none]", ".kotak"].map((kotak) => gambar.querySelectorAll(kotak).length);
    const { width, height } = gambar.viewBox.baseVal;
    akar.dataset.pGambar = height > width ? "tinggi" : width > 2.4 * height ? "pita" : "lebar";
    const kata = lipat ? `Gambar ini memuat ${semua - lipat} dari ${semua} kotak; yang lain dilipat, dan seluruhnya ada dalam daftar di bawah.` : "";
    gambar.closest(".gambar").dataset.pDilipat = kata;
  }

  let dibuka = [];
  addEventListener("beforeprint", () => {
    pakaiKertas(); // dapat berganti di tab lain, atau di halaman yang ditinggalkan dengan tombol "kembali"
    siapkanGambar();
    dibuka = [...document.querySelectorAll(".garis-besar details:not([open])")];
    for (const lipatan of dibuka) lipatan.open = true;
  });
  addEventListener("afterprint", () => {
    for (const lipatan of dibuka) lipatan.open = false;
  });
  document.addEventListener("pokin:kertas", pakaiKertas);
  pakaiKertas();
  setiapHalaman(atur);
}
