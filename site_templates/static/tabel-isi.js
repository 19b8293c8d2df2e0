"use strict";
// Isi tabel, tanpa alat di atasnya (tabel.js): teks sel dan urutannya, sel yang merentang, dan tabel yang disalin atau
// diunduh. Sel yang merentang beberapa baris berlaku bagi setiap barisnya: bila urutannya berubah, isinya diulang pada
// setiap baris, dan yang tetap berurutan digabung kembali.
{
  const { rapi, unsur } = globalThis.pokin;
  const abjad = new Intl.Collator("id", { numeric: true });

  // ---- Teks dan urutannya

  // Isi sel sebagai satu baris teks: butir dan baris barunya dipisahkan titik koma, singkatan dalam kurung.
  function teksSel(simpul) {
    if (simpul.nodeType === Node.TEXT_NODE) return simpul.data;
    if (simpul.localName === "br") return "; ";
    if (simpul.className === "lanjut") return "";
    if (simpul.localName === "abbr") return `(${simpul.textContent})`;
    const antara = simpul.localName === "ul" ? "; " : "";
    return rapi([...simpul.childNodes].map(teksSel).filter((t) => t.trim() || !antara).join(antara));
  }

  // Isi sel satu demi satu: tautan-tautannya, atau teks di antara baris baru.
  function isiSel(sel) {
    const tautan = sel.querySelectorAll("a");
    return [...(tautan.length ? tautan : sel.childNodes)].map((s) => rapi(s.textContent)).filter(Boolean);
  }

  // Angka pertama menurut tulisan Indonesia: 1.250 adalah seribu dua ratus lima puluh.
  function angka(teks) {
    const tulisan = teks.match(/-?\d[\d.]*(?:,\d+)?/)?.[0] ?? "";
    const beribu = tulisan.includes(",") || /^-?\d{1,3}(\.\d{3})+$/.test(tulisan);
    return Number.parseFloat(beribu ? tulisan.replaceAll(".", "").replace(",", ".") : tulisan);
  }

  // Yang bukan angka, seperti predikat, sesudah semua angka.
  function menurutAngka(kiri, kanan) {
    const [a, b] = [angka(kiri), angka(kanan)];
    return Number.isNaN(a) - Number.isNaN(b) || a - b || abjad.compare(kiri, kanan);
  }

  // Yang kosong selalu terakhir; yang sama tetap dalam urutan pohon.
  function terurut(semua, teks, { berangka, turun }) {
    const banding = berangka ? menurutAngka : abjad.compare;
    const bertanda = semua.map((satu) => ({ satu, teks: teks(satu) }));
    bertanda.sort((a, b) => !a.teks - !b.teks || (turun ? -1 : 1) * banding(a.teks, b.teks));
    return bertanda.map(({ satu }) => satu);
  }

  const menurutAbjad = (semua) => [...new Set(semua)].sort(abjad.compare);

  // ---- Baris dan sel yang merentang

  // Setiap baris dengan selnya per kolom; sel yang merentang menjadi milik semua barisnya.
  function bacaBaris(tabel) {
    const atas = [...tabel.tHead.rows[0].cells].map(() => ({ sisa: 0 }));
    return [...tabel.tBodies[0].rows].map((tr) => {
      const asal = [...tr.cells];
      const milik = asal.values();
      const sel = atas.map((a) => {
        if (!a.sisa) a.sel = milik.next().value;
        a.sisa = (a.sisa || a.sel.rowSpan) - 1;
        return a.sel;
      });
      return { tr, sel, asal, jenjang: tr.className.replace("baris-", ""), salinan: [] };
    });
  }

  // Sel yang sama pada baris berurutan menjadi satu; selain itu, atau bila `pisah`, tiap baris mendapat salinannya.
  function gabungSel(baris, pisah) {
    const atas = [];
    const terpakai = new Set();
    for (const [ke, { tr, sel, salinan }] of baris.entries()) {
      const isi = sel.map((asal, n) => {
        if (!pisah && baris[ke - 1]?.sel[n] === asal) {
          atas[n].rowSpan += 1;
          return "";
        }
        atas[n] = terpakai.has(asal) ? (salinan[n] ??= asal.cloneNode(true)) : asal;
        atas[n].removeAttribute("rowspan");
        terpakai.add(asal);
        return atas[n];
      });
      tr.replaceChildren(...isi.filter(Boolean));
    }
  }

  // ---- Tabel yang disalin atau diunduh: baris-baris sel {teks, berangka}

  // Teks yang akan dibaca Excel sebagai rumus diberi tanda petik di depannya; angka tidak.
  function polos(teks, urut) {
    const berangka = /^[-+]?[\d.,]+%?$/.test(teks);
    return { teks: /^[=+\-@]./.test(teks) && !berangka ? `'${teks}` : teks, berangka: berangka && urut === "angka" };
  }

  const sebagaiTeks = (isi) => isi.map((baris) => baris.map(({ teks }) => teks).join("\t")).join("\r\n");

  function sebagaiCsv(isi) {
    const kutip = ({ teks }) => (/[;"]/.test(teks) ? `"${teks.replaceAll('"', '""')}"` : teks);
    return isi.map((baris) => `${baris.map(kutip).join(";")}\r\n`).join("");
  }

  function sebagaiHtml(isi) {
    const sel = ({ teks, berangka }, nama) => {
      const gaya = berangka ? "text-align:right" : "mso-number-format:'\\@'";
      return `<${nama} style="border:1px solid;vertical-align:top;${gaya}">${unsur("p", {}, teks).innerHTML}</${nama}>`;
    };
    const baris = isi.map((satu, nomor) => `<tr>${satu.map((s) => sel(s, nomor ? "td" : "th")).join("")}</tr>`);
    return `<table style="border-collapse:collapse">${baris.join("")}</table>`;
  }

  globalThis.pokinTabel = {
    ...{ teksSel, isiSel, menurutAbjad, terurut, bacaBaris, gabungSel },
    ...{ polos, sebagaiTeks, sebagaiCsv, sebagaiHtml },
  };
}
