"""All rules in one ordered table, and the run of all of them over a tree.

Codes are given once and never reused. Adding a rule: its function in its family's module, a line here, a case file in
``tests/cases/rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.rules import indicators, structure
from pokin_dsl.rules.rule import ALONE, Rule, Subject, Surroundings, findings

if TYPE_CHECKING:
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.resolve import Resolved
    from pokin_dsl.text import Source

_G, _P, _I = Severity.GALAT, Severity.PERINGATAN, Severity.INFO

RULES: tuple[Rule, ...] = (
    # Found while reading (syntax/).
    Rule("P001", "indentasi-tab", _G, "Indentasi yang memakai tab"),
    Rule("P002", "indentasi-ganjil", _G, "Indentasi yang tidak dua spasi tiap tingkat"),
    Rule("P003", "kata-kunci-asing", _G, "Baris yang tidak diawali kata kunci yang dikenal"),
    Rule("P004", "anotasi-asing", _G, "Anotasi yang tidak dikenal"),
    Rule("P005", "kepala-berkas-asing", _G, "Kepala berkas yang tidak dikenal, salah tempat, atau salah nilainya"),
    Rule("P006", "id-tidak-sah", _G, "Id yang tidak sah atau dicadangkan"),
    Rule("P007", "isi-kurang", _G, "Isi yang belum ditulis, atau deret yang tidak terbaca"),
    Rule("P008", "bukan-utf-8", _G, "Berkas yang bukan UTF-8"),
    Rule("P009", "karakter-kendali", _G, "Karakter kendali di dalam teks"),
    Rule("P010", "karakter-tersembunyi", _G, "Karakter tak terlihat atau pembalik arah tulisan"),
    Rule("P011", "terlalu-besar", _G, "Berkas atau baris yang melebihi batas"),
    Rule("P012", "terlalu-dalam", _G, "Cabang atau rantai sertakan yang melebihi batas"),
    Rule("P013", "kepala-berkas-ganda", _G, "Kepala berkas yang ditulis dua kali"),
    Rule("P014", "nomor-tersalin", _I, "Nomor urut yang ikut tersalin ke dalam kalimat"),
    Rule("P015", "tanda-pengolah-kata", _I, "Tanda kutip lengkung atau spasi khusus dari pengolah kata"),
    Rule("P016", "versi-bahasa", _I, "Versi bahasa yang belum ditulis atau tidak dikenal"),
    Rule("P017", "anotasi-salah-tempat", _G, "Anotasi pada pemilik yang salah, atau ditulis dua kali"),
    Rule("P018", "sambungan-lepas", _G, "Baris sambungan yang tidak menyambung apa pun"),
    Rule("P019", "jalur-terlarang", _G, "Sertakan yang menunjuk ke luar ruang kerja"),
    # Found while the model is built (model/), P103 across trees in rules/workspace.py.
    Rule("P101", "salah-induk", _G, "Jenis kinerja yang tidak boleh berada di bawah induknya"),
    Rule("P102", "id-ganda", _G, "Id yang dipakai dua kali, atau alias yang bentrok"),
    Rule("P103", "rujukan-buntu", _G, "Rujukan yang tidak menuju ke mana pun, atau yang berputar"),
    # The shape of the tree.
    Rule(
        "P104", "cabang-menggantung", _P, "Cabang yang belum sampai kondisi operasional", 3, structure.unfinished_branch
    ),
    Rule("P105", "rantai-tunggal", _I, "Tiga tingkat atau lebih dengan satu turunan", 3, structure.restated_chain),
    Rule("P106", "turunan-berjejal", _I, "Turunan langsung lebih dari tujuh", 1, structure.crowded_parent),
    Rule("P108", "rumusan-sama-dengan-induk", _P, "Rumusan yang sama dengan induknya", 1, structure.repeated_parent),
    Rule("P109", "csf-tanpa-kondisi", _P, "CSF yang belum diubah ke bahasa kondisi", 2, structure.csf_without_kondisi),
    Rule("P110", "kondisi-tanpa-csf", _I, "Kondisi langsung di bawah outcome", 2, structure.kondisi_without_csf),
    Rule("P111", "tanpa-crosscutting", _I, "Pohon tanpa crosscutting", 3, structure.no_crosscutting),
    Rule("P112", "outcome-tanpa-dasar", _I, "Outcome yang dasarnya kurang", 1, structure.outcome_sources),
    # Indicators and their series.
    Rule("P202", "satuan-janggal", _I, "Satuan yang belum ada atau tidak cocok", 4, indicators.unit_at_odds),
    Rule("P206", "nilai-rusak", _G, "Tahun ganda, atau nilai yang bukan nilai", 1, indicators.unreadable_value),
    Rule(
        "P207",
        "nilai-di-luar-batas",
        _P,
        "Nilai di luar periode, batas, atau arahnya",
        4,
        indicators.value_out_of_bounds,
    ),
    Rule(
        "P208",
        "deret-berlubang",
        _I,
        "Tahun kosong di tengah, atau angka yang bermakna ganda",
        4,
        indicators.gap_or_ambiguity,
    ),
    # Positions.
    Rule("P302", "jabatan-asing", _G, "Jabatan pada @pk yang tidak ada dalam susunan jabatan"),
    # The project.
    Rule("P901", "pengaturan", _G, "Pengaturan pokin.toml yang tidak dikenal atau tidak terbaca"),
    Rule("P903", "tanpa-mesin-gambar", _I, "Mesin gambar yang tidak tersedia"),
    Rule("P904", "nama-pohon", _G, "Nama berkas yang tidak dapat menjadi alamat pohon"),
    Rule("P905", "nama-pohon-bentrok", _G, "Dua pohon yang alamatnya sama"),
    Rule("P906", "bukan-pohon", _P, "Berkas tanpa judul yang tidak disertakan oleh pohon mana pun"),
)


BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}


def check(resolved: Resolved, peta: Peta, source: Source, around: Surroundings = ALONE) -> tuple[Diagnostic, ...]:
    """Run every rule over one tree; ``source`` is its own file, where findings about the whole tree are shown."""
    subject = Subject(resolved, peta, source, around)
    return tuple(finding for rule in RULES for finding in findings(rule, subject))
