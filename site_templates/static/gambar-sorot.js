"use strict";
// Yang digambar di atas susunan gambar pohon: sorotan, hubungan antarcabang, dan kabar tentang apa yang tampak.
{
  const { tulis } = globalThis.pokin;
  const { tengah } = globalThis.pokinTata;
  const { atur, cocok, namaSorot } = globalThis.pokinKotak;
  const { wakil } = globalThis.pokinKeadaan;

  function sorotkan(p) {
    const { sorot } = p.keadaan;
    const kena = new Set(sorot ? p.kotak.filter((k) => cocok(k, sorot)) : []);
    const tersembunyi = [...kena].filter((k) => !p.tampak.has(k));
    const penutup = new Set(tersembunyi.map((k) => wakil(p, k)));
    for (const k of p.kotak) {
      k.el.classList.toggle("sorot", kena.has(k));
      k.el.classList.toggle("samar", kena.size > 0 && !kena.has(k));
      k.tombol?.classList.toggle("berisi", penutup.has(k));
    }
    for (const tombol of p.el.querySelectorAll("[data-jenjang] > button")) {
      atur(tombol, "aria-pressed", sorot === `jenjang.${tombol.parentNode.dataset.jenjang}`);
    }
    tulis(p.kabar, kalimat(p, kena.size, tersembunyi.length));
  }

  function kalimat(p, kena, tersembunyi) {
    const { sorot, fokus } = p.keadaan;
    if (!sorot) return p.perId.has(fokus) ? `Cabang ${p.perId.get(fokus).nama}: ${p.tampak.size} kotak.` : "";
    const sisa = tersembunyi ? `, ${tersembunyi} di antaranya tidak tampak` : "";
    return `${kena || "Tidak ada"} ${sorot === "jenjang.csf" ? "isu" : "kinerja"}: ${namaSorot(p, sorot)}${sisa}`;
  }

  // Yang didukung di cabang lain; ujung yang terlipat diwakili leluhurnya yang tampak.
  function gambarHubungan(p, tunjuk) {
    const semua = p.kotak.flatMap((k) => k.dukung.map((id) => [k, p.perId.get(id)])).filter(([, ke]) => ke);
    const dipilih = semua.filter((ujung) => p.keadaan.hubungan || ujung.includes(tunjuk));
    const tampak = dipilih.map((ujung) => ujung.map((k) => wakil(p, k)));
    const jalur = tampak.filter(([dari, ke]) => dari && ke && dari !== ke).map(lengkung);
    const [d, panah] = [0, 1].map((n) => jalur.map((j) => j[n]).join(""));
    if (p.alat("hubungan")) p.alat("hubungan").hidden = !semua.length;
    atur(p.alat("hubungan"), "aria-pressed", Boolean(p.keadaan.hubungan));
    p.jalinan.remove();
    p.jalinan.innerHTML = `<path class="alas" d="${d}"/><path class="putus" d="${d}"/><path class="panah" d="${panah}"/>`;
    if (d) p.svg.append(p.jalinan);
  }

  // Lengkung antara sisi yang berhadapan; di lajur yang sama melambung lewat kanan. Lalu kepala panahnya.
  function lengkung([dari, ke]) {
    const jauh = tengah(ke) - tengah(dari);
    const sejajar = Math.abs(jauh) < dari.lebar;
    const arah = sejajar || jauh < 0 ? -1 : 1; // arah masuk panahnya
    const keluar = sejajar ? 1 : arah;
    const [x1, x2] = [keluar > 0 ? dari.x + dari.lebar : dari.x, arah < 0 ? ke.x + ke.lebar + 2 : ke.x - 2];
    const [y1, y2] = [dari, ke].map((k) => k.y + (k.tinggi >> 1));
    const tarik = sejajar ? 34 : Math.max(14, Math.abs(x2 - x1) >> 1);
    const d = `M${x1} ${y1}C${x1 + keluar * tarik} ${y1} ${x2 - arah * tarik} ${y2} ${x2 - arah * 7} ${y2}`;
    return [d, `M${x2} ${y2}l${-arah * 10}-5v10z`];
  }

  globalThis.pokinSorot = { sorotkan, gambarHubungan };
}
