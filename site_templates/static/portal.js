"use strict";
// Halaman depan dengan banyak pohon: disaring selagi mengetik, diurutkan di dalam dan di antara organisasinya. Tanpa
// ini tabelnya tetap lengkap menurut organisasi.
{
  const { setiapHalaman, tulis } = globalThis.pokin;
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

  // Kelompok dengan namanya dan barisnya, dalam urutan ketika halaman datang.
  function bacaKelompok(tbody) {
    const baris = [...tbody.rows].filter(({ className }) => className !== "kelompok");
    return { tbody, baris, nama: rata(tbody.querySelector("h2")?.textContent ?? "") };
  }

  // Yang sama ukurannya tetap dalam urutan semula; tanpa ukuran semuanya sama.
  function terurut(semua, ukuran) {
    const terukur = semua.map((satu) => ({ satu, nilai: ukuran?.(satu) ?? "" }));
    return terukur.sort((a, b) => beda(a.nilai, b.nilai)).map(({ satu }) => satu);
  }

  function urutkan(tabel, kelompok, ukuran) {
    const isi = new Map(kelompok.map(({ tbody, baris }) => [tbody, terurut(baris, ukuran)]));
    for (const [tbody, baris] of isi) tbody.append(...baris);
    tabel.tHead.after(...terurut([...isi.keys()], ukuran && ((tbody) => ukuran(isi.get(tbody)[0]))));
  }

  function saring(tabel, kelompok, kata) {
    let tampak = 0;
    for (const { tbody, baris, nama } of kelompok) {
      for (const satu of baris) {
        const teks = `${rata(satu.cells[0].textContent)} ${nama}`;
        satu.hidden = !kata.every((k) => teks.includes(k));
      }
      const ada = baris.filter(({ hidden }) => !hidden).length;
      tbody.hidden = !ada;
      tampak += ada;
      const lompatan = tbody.id && document.querySelector(`.lompatan a[href="#${tbody.id}"]`);
      if (lompatan) lompatan.parentElement.hidden = !ada;
    }
    tabel.tFoot.hidden = kata.length > 0;
    return tampak;
  }

  function atur() {
    const alat = document.querySelector(".saring-pohon");
    const tabel = document.querySelector(".tabel-portal");
    if (!alat || !tabel) return;
    const [masukan, pilihan, kabar] = alat.querySelectorAll("input, select, p");
    const kelompok = [...tabel.tBodies].map(bacaKelompok);
    const semua = kelompok.flatMap(({ baris }) => baris).length;
    alat.dataset.pTanpa = "hidden";
    alat.hidden = false;
    masukan.oninput = () => {
      const kata = rata(masukan.value).split(/\s+/).filter(Boolean);
      const tampak = saring(tabel, kelompok, kata);
      const jumlah = `${tampak.toLocaleString("id")} dari ${semua.toLocaleString("id")} pohon`;
      const teks = tampak ? jumlah : "Tidak ada pohon yang cocok.";
      tulis(kabar, kata.length ? teks : "");
    };
    pilihan.onchange = () => urutkan(tabel, kelompok, UKURAN[pilihan.value]);
    if (pilihan.value) pilihan.onchange();
    masukan.oninput();
  }

  setiapHalaman(atur);
}
