"use strict";
// Cara memandang gambar pohon: skala, geseran, cubitan, layar penuh.
//
// Menggeser ialah menggulir bingkainya, memperbesar ialah menskalakan svg-nya, yang hanya berlaku di layar: width,
// height, dan viewBox selalu menurut susunan terakhir.
{
  const { tengah, jepit } = globalThis.pokinTata;
  const { atur } = globalThis.pokinKotak;
  const { catat } = globalThis.pokinKeadaan;
  const TERBACA = 0.6; // pada skala yang lebih kecil hurufnya tidak terbaca
  const BINGKAI = 30; // tepi kanvas dan garis bingkai: tidak tersedia bagi gambar

  const penuh = (p) => p.el.hasAttribute("data-p-penuh");

  function ruang(p) {
    if (penuh(p)) return [p.bingkai.clientWidth - BINGKAI, p.bingkai.clientHeight - BINGKAI];
    const { clientWidth: lebar } = p.el.parentElement;
    const { paddingLeft, paddingRight } = getComputedStyle(p.el.parentElement);
    return [lebar - parseFloat(paddingLeft) - parseFloat(paddingRight) - BINGKAI, Math.max(320, innerHeight - 130)];
  }

  // Pandangan pertama: seluruh gambar bila hurufnya enak dibaca, jika tidak selebar bingkai, jika tidak juga puncaknya.
  function ukur(p) {
    const [lebar, tinggi] = ruang(p);
    const { skala, pusat } = p.keadaan;
    const selebar = Math.min(1, lebar / p.lebar);
    const muat = Math.min(lebar / p.lebar, tinggi / p.tinggi, penuh(p) ? 1.5 : 1);
    const awal = muat > 0.8 ? muat : selebar >= TERBACA ? selebar : 0.8;
    const s = skala === "muat" ? muat : skala / 100 || awal;
    const utuh = !skala && s <= selebar && p.tinggi * s < innerHeight * 1.6;
    p.bingkai.style.setProperty("--batas", `${(utuh ? p.tinggi * s : tinggi) + BINGKAI}px`);
    skalakan(p, s);
    const k = p.urut.find(({ el }) => el.matches(".kotak-fokus")) ?? p.urut[0];
    bawa(p, Number(skala) && pusat.length === 2 ? pusat : [tengah(k), k.y + k.tinggi / 2]);
  }

  function skalakan(p, s) {
    p.s = jepit(s, 0.05, 4);
    // Bukan variabel CSS pada kanvasnya: nilainya diwarisi ribuan unsur gambar, dan memperbesar menjadi lambat.
    p.svg.style.transform = `scale(${p.s})`;
    p.lapis.style.setProperty("--s", p.s);
    Object.assign(p.kanvas.style, { width: `${p.lebar * p.s + 28}px`, height: `${p.tinggi * p.s + 28}px` });
    p.kanvas.classList.toggle("sempit", p.s < 0.45);
    atur(p.el.querySelector(".skala"), "data-p-skala", `${Math.round(p.s * 100)}%`);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = p.bingkai;
    p.kanvas.classList.toggle("luas", scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
  }

  function tengahBingkai(p) {
    const { left, top, width, height } = p.bingkai.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }

  // Titik gambar yang ada di suatu tempat di layar, dan membawa titik gambar ke suatu tempat di layar.
  function titik(p, [x, y] = tengahBingkai(p)) {
    const { left, top } = p.svg.getBoundingClientRect();
    return [(x - left) / p.s, (y - top) / p.s];
  }

  function bawa(p, [x, y], [keX, keY] = tengahBingkai(p)) {
    const { left, top } = p.svg.getBoundingClientRect();
    p.bingkai.scrollLeft += left + x * p.s - keX;
    p.bingkai.scrollTop += top + y * p.s - keY;
  }

  // Keadaan ditulis pada alamat; geseran ikut bila pembaca sendiri yang menentukan skalanya.
  function rekam(p) {
    clearTimeout(p.menunggu);
    p.keadaan.pusat = Number(p.keadaan.skala) ? titik(p).map(Math.round) : [];
    catat(p);
  }

  function rekamNanti(p) {
    clearTimeout(p.menunggu);
    p.menunggu = setTimeout(rekam, 250, p);
  }

  function perbesar(p, s, di) {
    const tetap = titik(p, di);
    skalakan(p, s);
    bawa(p, tetap, di);
    p.keadaan.skala = `${Math.round(p.s * 100)}`;
    rekamNanti(p);
  }

  function muatkan(p) {
    p.keadaan.skala = "muat";
    ukur(p);
    rekam(p);
  }

  // ---------------------------------------------------------------------------------------------------- layar penuh

  // Yang dipenuhkan adalah halamannya, dan papan terbentang di atasnya (gambar.css, hanya di layar): unsur yang sendirian
  // dalam layar penuh dicetak peramban di atas setiap lembar.
  function penuhkan(p, ya) {
    if (ya === penuh(p)) return;
    const akar = document.documentElement;
    atur(p.el, "data-p-penuh", ya ? "" : null);
    atur(p.alat("penuh"), "aria-pressed", ya);
    if (ya) akar.requestFullscreen?.().catch(() => {}); // bila ditolak pun papannya menutupi jendela
    else if (document.fullscreenElement === akar) document.exitFullscreen();
    ukur(p);
  }

  // -------------------------------------------------------------------------------------------- tetikus, roda, jari

  function seret(p, awal) {
    p.terseret = false;
    if (awal.button || awal.pointerType === "touch" || awal.target.closest("button")) return;
    let [x, y] = [awal.clientX, awal.clientY];
    const selesai = new AbortController();
    const dengar = (nama, lakukan) => addEventListener(nama, lakukan, { signal: selesai.signal });
    const lepas = () => {
      selesai.abort();
      p.kanvas.classList.remove("terseret");
    };
    dengar("pointerup", lepas);
    dengar("pointercancel", lepas);
    dengar("pointermove", (kini) => {
      if (!p.terseret && Math.hypot(kini.clientX - x, kini.clientY - y) < 5) return;
      if (!p.terseret) p.bingkai.setPointerCapture(awal.pointerId);
      p.terseret = true; // klik yang mengikutinya bukan klik
      p.kanvas.classList.add("terseret");
      p.bingkai.scrollBy(x - kini.clientX, y - kini.clientY);
      [x, y] = [kini.clientX, kini.clientY];
    });
  }

  function roda(p, kejadian) {
    const { ctrlKey, metaKey, shiftKey, deltaY, clientX, clientY } = kejadian; // tanpa deltaMode, deltaY selalu piksel
    if (!ctrlKey && !metaKey && (shiftKey || !penuh(p))) return; // roda saja menggulir halaman
    kejadian.preventDefault();
    perbesar(p, p.s * Math.exp(jepit(-deltaY, -25, 25) / 100), [clientX, clientY]);
  }

  function cubit(p, kejadian) {
    const [a, b] = kejadian.touches;
    const lama = p.cubitan;
    p.cubitan = null;
    if (!b) return;
    if (kejadian.cancelable) kejadian.preventDefault();
    const di = [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
    const jarak = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (lama) p.bingkai.scrollBy(lama.di[0] - di[0], lama.di[1] - di[1]);
    if (lama) perbesar(p, (p.s * jarak) / lama.jarak, di);
    p.cubitan = { di, jarak };
  }

  globalThis.pokinPandang = { TERBACA, penuh, ruang, ukur, skalakan, bawa, rekam, rekamNanti, perbesar, muatkan, penuhkan, seret, roda, cubit };
}
