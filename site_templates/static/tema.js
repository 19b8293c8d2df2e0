"use strict";
// Terang atau gelap: menurut sistem, atau pilihan pembaca yang diingat peramban. Skrip ini sengaja tanpa `defer` dan
// berdiri sesudah lembar gaya, sehingga warnanya sudah benar sebelum apa pun tampak. Peramban yang menolak mengingat
// (mode pribadi, sebagian peramban untuk berkas di komputer sendiri) tetap melayani pilihan selama halaman terbuka.
{
  const KUNCI = "pokin-tema";
  const RUPA = { sistem: ["", "light dark"], terang: ["not all", "light"], gelap: ["screen", "dark"] };
  const akar = document.documentElement;
  const lembarGelap = () => document.querySelector('link[href*="/gelap.css"]');
  const mediaAsal = lembarGelap()?.media ?? "";

  function diingat() {
    try {
      return localStorage.getItem(KUNCI);
    } catch {
      return null;
    }
  }

  function ingat(pilihan) {
    try {
      localStorage.setItem(KUNCI, pilihan);
    } catch {
      // tidak diingat; berlaku sampai halaman ini ditutup
    }
  }

  function terapkan(pilihan) {
    const kini = Object.hasOwn(RUPA, pilihan ?? "") ? pilihan : "sistem";
    const [media, skema] = RUPA[kini];
    const lembar = lembarGelap();
    if (lembar && lembar.media !== (media || mediaAsal)) lembar.media = media || mediaAsal;
    if (kini === "gelap" && lembar && !lembar.sheet) tungguLembar(lembar);
    document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", skema);
    akar.style.colorScheme = skema;
    akar.dataset.pTema = kini;
    tandaiPilihan();
  }

  // Lembar yang medianya semula tidak cocok dimuat peramban tanpa ditunggu: isi halaman tampak sesudah ia tiba.
  function tungguLembar(lembar) {
    Object.assign(akar.style, { visibility: "hidden", background: "Canvas" });
    const tampilkan = () => Object.assign(akar.style, { visibility: "", background: "" });
    for (const kabar of ["load", "error"]) lembar.addEventListener(kabar, tampilkan, { once: true });
  }

  function tandaiPilihan() {
    for (const tombol of document.querySelectorAll(".pilih-tema input")) tombol.checked = tombol.value === akar.dataset.pTema;
  }

  terapkan(diingat());
  document.addEventListener("DOMContentLoaded", tandaiPilihan);
  document.addEventListener("pokin:halaman", () => terapkan(akar.dataset.pTema));
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".pilih-tema input")) return;
    ingat(target.value);
    terapkan(target.value);
  });
  addEventListener("storage", ({ key }) => {
    if (key === KUNCI || key === null) terapkan(diingat());
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) terapkan(diingat());
  });
}
