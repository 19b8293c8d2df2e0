"use strict";
// Halaman depan dengan banyak pohon: disaring selagi mengetik, diurutkan di dalam dan di antara organisasinya. Tanpa ini
// tabelnya tetap lengkap menurut organisasi. Pratinjau menukar isi halaman; sesudahnya semua diterapkan lagi.
{
  const rata = (teks) => teks.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const BOBOT = ["galat", "peringatan", "info"];

  const UKURAN = {
    judul: (baris) => baris.cells[0].textContent.trim(),
    temuan: (baris) => BOBOT.map((bobot) => -banyak(baris.cells[5].querySelector(`.bobot-${bobot}`))),
    tahap: (baris) => [parseInt(baris.cells[1].textContent, 10)],
  };

  function banyak(lencana) {
    return lencana ? Number(lencana.textContent.replace(/\D/g, "")) : 0;
  }

  function beda(satu, lain) {
    if (typeof satu === "string") return satu.localeCompare(lain, "id", { numeric: true });
    return satu.map((nilai, ke) => nilai - lain[ke]).find(Boolean) ?? 0;
  }

  const anggota = (kelompok) => [...kelompok.rows].filter((baris) => !baris.classList.contains("kelompok"));

  // Urutan semula, dicatat ketika halaman datang: tetap benar sesudah diurutkan berkali-kali.
  let semula = new WeakMap();
  function ingatUrutan(tabel) {
    semula = new WeakMap();
    for (const simpul of [[...tabel.tBodies], ...[...tabel.tBodies].map(anggota)]) {
      for (const [ke, satu] of simpul.entries()) semula.set(satu, ke);
    }
  }

  function urutkan(tabel, menurut) {
    const kelompok = [...tabel.tBodies];
    const ukuran = UKURAN[menurut];
    const terdepan = new Map();
    for (const satu of kelompok) {
      const baris = anggota(satu);
      const nilai = new Map(baris.map((b) => [b, ukuran?.(b)]));
      baris.sort((a, b) => (ukuran && beda(nilai.get(a), nilai.get(b))) || semula.get(a) - semula.get(b));
      satu.append(...baris);
      terdepan.set(satu, nilai.get(baris[0]));
    }
    kelompok.sort((a, b) => (ukuran && beda(terdepan.get(a), terdepan.get(b))) || semula.get(a) - semula.get(b));
    tabel.tHead.after(...kelompok);
  }

  function saring(tabel, kata) {
    let tampak = 0;
    let semua = 0;
    for (const kelompok of tabel.tBodies) {
      const nama = rata(kelompok.querySelector("h2")?.textContent ?? "");
      let ada = 0;
      for (const baris of anggota(kelompok)) {
        const teks = `${rata(baris.cells[0].textContent)} ${nama}`;
        baris.hidden = !kata.every((satu) => teks.includes(satu));
        ada += !baris.hidden;
        semua += 1;
      }
      kelompok.hidden = !ada;
      tampak += ada;
      const lompatan = kelompok.id && document.querySelector(`.lompatan a[href="#${kelompok.id}"]`);
      if (lompatan) lompatan.parentElement.hidden = !ada;
    }
    tabel.tFoot.hidden = kata.length > 0;
    return [tampak, semua];
  }

  function atur() {
    const alat = document.querySelector(".saring-pohon");
    const tabel = document.querySelector(".tabel-portal");
    if (!alat || !tabel) return;
    const [masukan, pilihan, kabar] = alat.querySelectorAll("input, select, p");
    ingatUrutan(tabel);
    alat.dataset.pTanpa = "hidden";
    alat.hidden = false;
    masukan.oninput = () => {
      const kata = rata(masukan.value).split(/\s+/).filter(Boolean);
      const [tampak, semua] = saring(tabel, kata).map((n) => n.toLocaleString("id"));
      const teks = kata.length ? (tampak === "0" ? "Tidak ada pohon yang cocok." : `${tampak} dari ${semua} pohon`) : "";
      if (kabar.textContent !== teks) kabar.textContent = teks;
    };
    pilihan.onchange = () => urutkan(tabel, pilihan.value);
    if (pilihan.value) pilihan.onchange();
    masukan.oninput();
  }

  atur();
  document.addEventListener("pokin:halaman", atur);
}
