"use strict";
// Kertas yang dipilih di halaman "Cetak gambar" dipakai oleh semua halaman, judul pohon ditulis di kaki setiap lembar, dan
// daftar yang terlipat dibuka selama dicetak. Peramban yang menolak mengingat mencetak dengan kertas dari pengaturan situs.
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

  // Gambar dicetak seperti yang tampak: yang tinggi pada lembar tegak, dan yang dilipat disebut banyaknya.
  function siapkanGambar() {
    const gambar = document.querySelector(".gambar-pohon svg.pohon");
    if (!gambar) return;
    const [lipat, semua] = [".kotak[display=none]", ".kotak"].map((kotak) => gambar.querySelectorAll(kotak).length);
    const { width, height } = gambar.viewBox.baseVal;
    akar.dataset.pGambar = height > width ? "tinggi" : "lebar";
    const kata = lipat ? `Gambar ini memuat ${semua - lipat} dari ${semua} kotak; yang lain dilipat, dan seluruhnya ada dalam daftar di bawah.` : "";
    gambar.closest(".gambar").dataset.pDilipat = kata;
  }

  let dibuka = [];
  addEventListener("beforeprint", () => {
    siapkanGambar();
    dibuka = [...document.querySelectorAll(".garis-besar details:not([open])")];
    for (const lipatan of dibuka) lipatan.open = true;
  });
  addEventListener("afterprint", () => {
    for (const lipatan of dibuka) lipatan.open = false;
  });
  // Dari layar penuh, Chromium mencetak gambar yang rusak: layar penuh ditutup dahulu.
  addEventListener("keydown", (kejadian) => {
    if (!document.fullscreenElement || !(kejadian.ctrlKey || kejadian.metaKey) || kejadian.key !== "p") return;
    kejadian.preventDefault();
    document.exitFullscreen().then(() => requestAnimationFrame(() => print()));
  });
  addEventListener("storage", pakaiKertas);
  document.addEventListener("pokin:kertas", pakaiKertas);
  document.addEventListener("pokin:halaman", atur);
  pakaiKertas();
  atur();
}
