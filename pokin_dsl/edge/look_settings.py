"""What ``pokin.toml`` says of the look: logo, letterhead, paper, engine of pictures, words and colours of levels."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.toml_places import key_span, value_span
from pokin_dsl.site import urls
from pokin_dsl.site.atlas import LEVELS
from pokin_dsl.site.colours import SHAPE, WHITE, apart, contrast
from pokin_dsl.site.site import Jenjang, KopSurat, SiteSettings
from pokin_dsl.suggestion import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pokin_dsl.text import Source, Span

LOGO = "logo"
TABLES: Mapping[str, tuple[str, ...]] = {
    "kop": ("baris", LOGO),
    "cetak": ("kertas", "arah"),
    "gambar": ("mesin",),
    "jenjang": tuple(LEVELS),
}
"""The tables about the look, each with what may stand in it."""
# Of each the first is chosen where nothing else is; but for those that are then left open.
_CHOICES = {
    ("cetak", "kertas"): ("A4", "F4", "A3"),
    ("cetak", "arah"): ("tegak", "lanskap"),
    ("gambar", "mesin"): ("pokin", "graphviz"),
}
_UNSAID: Mapping[tuple[str, ...], str] = {("cetak", "arah"): ""}
_OF_LEVEL = ("label", "warna")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_LABEL = 40
_MOST_LINES = 8
_KIB = 1024
MOST_BYTES = 512 * _KIB
"""The largest logo: every page shows it, and people carry sites on USB sticks."""
# How files of each kind begin; an SVG may begin with a comment or a declaration.
_KINDS = {
    ".png": re.compile(rb"\x89PNG\r\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    ".svg": re.compile(rb"(\xef\xbb\xbf)?\s*<.{0,4000}?<svg[\s>]|(\xef\xbb\xbf)?\s*<svg[\s>]", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class LookSettings:
    """The settings of the site; logos by their names among its static files; files asked for, None where absent."""

    settings: SiteSettings = field(default_factory=SiteSettings)
    logos: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes | None] = field(default_factory=dict)


def read_look_settings(
    load: Callable[[str], bytes | None], source: Source, table: Mapping[str, object]
) -> tuple[LookSettings, tuple[Diagnostic, ...]]:
    """Read all settings about the look; what one cannot mean is a finding P901 and is left out.

    ``load`` gives a file of the workspace by its path, None where there is none.
    """
    reader = _Reader(load, source)
    settings = reader.settings({key: value for key, value in table.items() if key == LOGO or key in TABLES})
    return LookSettings(settings, reader.logos, reader.inputs), tuple(reader.findings)


class _Reader:
    """Reads the tables one by one, and gathers what is wrong and which files were asked for."""

    def __init__(self, load: Callable[[str], bytes | None], source: Source) -> None:
        self._load, self._source = load, source
        self.findings: list[Diagnostic] = []
        self.logos: dict[str, bytes] = {}
        self.inputs: dict[str, bytes | None] = {}

    def settings(self, values: Mapping[str, object]) -> SiteSettings:
        """Read everything."""
        tables = {
            name: self._table(values[name], (name,), allowed) for name, allowed in TABLES.items() if name in values
        }
        logo = self._logo(values.get(LOGO), (LOGO,), "portal")
        chosen = {
            path: self._choice(tables.get(path[0], {}).get(path[1]), path, choices)
            for path, choices in _CHOICES.items()
        }
        return SiteSettings(
            logo=logo,
            kop=self._letterhead(tables.get("kop", {}), logo),
            kertas=chosen["cetak", "kertas"],
            arah=chosen["cetak", "arah"],
            mesin=chosen["gambar", "mesin"],
            jenjang=dict(self._levels(tables.get("jenjang", {}))),
        )

    def _table(self, value: object, path: tuple[str, ...], allowed: Sequence[str]) -> Mapping[str, object]:
        name = ".".join(path)
        if not isinstance(value, dict):
            hint = f"Tulis [{name}] di satu baris, lalu isinya di bawahnya."
            self._wrong(key_span(self._source, *path), f'Pengaturan "{name}" harus berupa tabel.', hint)
            return {}
        for key in value:
            if key not in allowed:
                near = nearest(key, allowed)
                hint = f"Mungkin maksudnya {near}." if near else f"Yang dikenal: {', '.join(allowed)}."
                what = "Jenjang" if name == "jenjang" else "Pengaturan"
                span = key_span(self._source, *path, key)
                self._wrong(span, f'{what} "{key}" tidak dikenal{"" if name == "jenjang" else f" di [{name}]"}.', hint)
        return {key: each for key, each in value.items() if key in allowed}

    def _choice(self, value: object, path: tuple[str, ...], choices: Sequence[str]) -> str:
        unsaid = _UNSAID.get(path, choices[0])
        if value is None or (isinstance(value, str) and value in choices):
            return value or unsaid
        near = nearest(value, choices) if isinstance(value, str) else None
        hint = f"Mungkin maksudnya {near}." if near else f"Tulis salah satu dari: {', '.join(choices)}."
        self._wrong(value_span(self._source, *path), f'{path[-1].capitalize()} "{value}" tidak dikenal.', hint)
        return unsaid

    def _text(self, value: object, path: tuple[str, ...]) -> str:
        if value is None or (isinstance(value, str) and value.strip()):
            return value.strip() if value else ""
        hint = f'Tulis teks di antara tanda kutip, misalnya {path[-1]} = "...".'
        self._wrong(value_span(self._source, *path), f'Pengaturan "{path[-1]}" harus berupa teks.', hint)
        return ""

    # -- letterhead and logos ------------------------------------------------------------------------------------------

    def _letterhead(self, table: Mapping[str, object], logo: str) -> KopSurat:
        lines, path = table.get("baris", []), ("kop", "baris")
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            hint = 'Tulis tiap baris di antara tanda kutip, misalnya baris = ["PEMERINTAH KABUPATEN", "KECAMATAN"].'
            self._wrong(value_span(self._source, *path), "Isi baris pada [kop] harus berupa daftar teks.", hint)
            lines = []
        if len(lines) > _MOST_LINES:
            hint = f"Ringkas menjadi paling banyak {_MOST_LINES} baris."
            self._wrong(value_span(self._source, *path), f"Kop memuat {len(lines)} baris.", hint)
        own = self._logo(table.get(LOGO), ("kop", LOGO), "kop")
        return KopSurat(tuple(line.strip() for line in lines[:_MOST_LINES]), own or logo)

    def _logo(self, value: object, path: tuple[str, ...], role: str) -> str:
        """Take a picture among the static files, and give its address in the site; empty where it cannot be."""
        written = self._text(value, path)
        if not written:
            return ""
        name, suffix = _place(written), posixpath.splitext(written)[1].lower()
        problem = self._problem(name, suffix)
        if problem:
            self._wrong(value_span(self._source, *path), f'Logo "{written}" {problem[0]}.', problem[1])
            return ""
        static = f"{LOGO}/{role}{suffix}"
        self.logos[static] = self.inputs[name] or b""
        return f"{urls.STATICS}/{static}"

    def _problem(self, name: str, suffix: str) -> tuple[str, str] | None:
        """Say what is wrong with a logo: the rest of a sentence, and the hint."""
        if not name:
            return "berada di luar ruang kerja", "Salin berkasnya ke ruang kerja ini, lalu tulis jalurnya."
        content = self.inputs[name] = self._load(name)
        if content is None:
            return "tidak dapat dibuka", "Periksa nama dan letaknya; jalur dihitung dari folder pokin.toml."
        if suffix not in _KINDS:
            return "bukan gambar yang dikenal", "Pakai berkas svg, png, jpg, atau webp."
        if not _KINDS[suffix].match(content):
            return f"bukan gambar {suffix[1:]}", "Simpan ulang gambarnya, atau sesuaikan akhiran nama berkasnya."
        if len(content) > MOST_BYTES:
            size = -(-len(content) // _KIB)
            hint = f"Perkecil gambarnya sampai paling besar {MOST_BYTES // _KIB} KB; setiap halaman memuatnya."
            return f"terlalu besar: {size} KB" if len(content) < _KIB * _KIB * 19 else "terlalu besar", hint
        return None

    # -- levels --------------------------------------------------------------------------------------------------------

    def _levels(self, table: Mapping[str, object]) -> Iterable[tuple[str, Jenjang]]:
        for kind, value in table.items():
            path = ("jenjang", kind)
            own = self._table(value, path, _OF_LEVEL)
            yield kind, Jenjang(self._label(own.get("label"), (*path, "label")), self._colour(own.get("warna"), path))

    def _label(self, value: object, path: tuple[str, ...]) -> str:
        label = " ".join(self._text(value, path).split())
        if len(label) <= _LONGEST_LABEL:
            return label
        hint = f"Ringkas menjadi paling panjang {_LONGEST_LABEL} huruf; label tampil di kotak gambar dan di lencana."
        self._wrong(value_span(self._source, *path), f"Label ini terlalu panjang: {len(label)} huruf.", hint)
        return ""

    def _colour(self, value: object, path: tuple[str, ...]) -> str:
        span = value_span(self._source, *path, "warna")
        if value is None:
            return ""
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            hint = 'Tulis # diikuti enam angka heksadesimal di antara tanda kutip, misalnya "#7f1d1d".'
            self._wrong(span, f'Warna "{value}" untuk {path[-1]} tidak terbaca.', hint)
            return ""
        colour = value.lower()
        if contrast(colour, WHITE) < SHAPE:
            self.findings.append(_pale(self._source, span, colour))
        return colour

    def _wrong(self, span: Span, message: str, hint: str) -> None:
        self.findings.append(Diagnostic("P901", Severity.GALAT, self._source.path, span, message, hint))


def _place(path: str) -> str:
    """Give a path in the workspace in its plain form; empty where it leads out of it."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    outside = plain.startswith(("/", "../")) or plain in ("..", ".") or ":" in plain or "\0" in plain
    return "" if outside else plain


def _pale(source: Source, span: Span, colour: str) -> Diagnostic:
    ratio = f"{contrast(colour, WHITE):.1f}".replace(".", ",")
    message = f"Warna {colour} terlalu muda untuk garis tepi di atas putih: kontrasnya {ratio}, semestinya {SHAPE:.0f}."
    hint = (
        f"Garis tepinya digelapkan. Supaya sama dengan pitanya, pilih yang lebih tua, misalnya {apart(colour, WHITE)}."
    )
    return Diagnostic("P907", Severity.INFO, source.path, span, message, hint)
