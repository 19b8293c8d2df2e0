"""All rules in one ordered table, and the run of all of them over a tree.

Codes are given once and never reused. Adding a rule: its function in its family's module, a line here, a case file in
``tests/cases/rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.rules import (
    agreements,
    indicators,
    likeness,
    partners,
    planning,
    spelling,
    stages,
    structure,
    wording,
)
from pokin_dsl.rules.rule import ALONE, Rule, Subject, Surroundings, findings
from pokin_dsl.rules.silence import Examination, sift

if TYPE_CHECKING:
    from collections.abc import Callable

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
    Rule("P020", "penanda-konflik", _G, "Penanda konflik yang belum diselesaikan"),
    Rule("P021", "berkas-tertutup", _G, "Berkas pohon yang tidak dapat dibuka"),
    Rule("P022", "berkas-kosong", _G, "Berkas yang kosong"),
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
    Rule("P107", "rumusan-berulang", _P, "Rumusan yang hampir sama di tempat lain", 3, likeness.repeated_elsewhere),
    Rule("P108", "rumusan-sama-dengan-induk", _P, "Rumusan yang sama dengan induknya", 1, structure.repeated_parent),
    Rule("P109", "csf-tanpa-kondisi", _P, "CSF yang belum diubah ke bahasa kondisi", 2, structure.csf_without_kondisi),
    Rule("P110", "kondisi-tanpa-csf", _I, "Kondisi langsung di bawah outcome", 2, structure.kondisi_without_csf),
    Rule("P111", "tanpa-crosscutting", _I, "Pohon tanpa crosscutting", 3, structure.no_crosscutting),
    Rule("P112", "outcome-tanpa-dasar", _I, "Outcome yang dasarnya kurang", 1, structure.outcome_sources),
    # Indicators and their series.
    Rule("P201", "kinerja-tanpa-indikator", _P, "Kinerja yang belum diukur", 4, indicators.unmeasured_performance),
    Rule("P202", "satuan-janggal", _I, "Satuan yang belum ada atau tidak cocok", 4, indicators.unit_at_odds),
    Rule("P203", "jumlah-pada-hasil", _I, "Jumlah sebagai ukuran outcome atau kondisi", 4, indicators.counted_result),
    Rule("P204", "dua-ukuran-satu-indikator", _I, "Dua ukuran dalam satu indikator", 4, indicators.two_measures),
    Rule(
        "P205", "indikator-berulang", _I, "Indikator yang sama pada beberapa kinerja", 4, indicators.repeated_indicator
    ),
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
    Rule("P209", "iku-kurang-keterangan", _I, "IKU tanpa definisi, rumus, atau sumber", 4, indicators.unexplained_iku),
    # Positions.
    Rule("P301", "kinerja-tanpa-pk", _P, "Kinerja tanpa pemegang perjanjian kinerja", 5, agreements.no_agreement),
    Rule("P302", "jabatan-asing", _G, "Jabatan pada @pk yang tidak ada dalam susunan jabatan"),
    Rule(
        "P303",
        "pemegang-di-luar-jalur",
        _P,
        "Pemegang yang bukan bawahan pemegang di atasnya",
        5,
        agreements.holder_out_of_line,
    ),
    Rule(
        "P304",
        "jabatan-tanpa-kinerja",
        _I,
        "Jabatan dalam susunan yang tidak memegang kinerja",
        5,
        agreements.idle_position,
    ),
    Rule("P305", "indikator-di-dua-pk", _I, "Indikator yang sama dalam dua PK", 5, agreements.shared_indicator),
    # Wording.
    Rule(
        "P401",
        "bukan-kata-kondisi",
        _P,
        "Rumusan yang berupa perintah atau nama kegiatan",
        1,
        wording.no_condition_word,
    ),
    Rule("P402", "kata-kerja-tak-lazim", _I, "Kata kerja yang tidak lazim untuk jenjangnya", 1, wording.unusual_verb),
    Rule(
        "P403", "hasil-berupa-kegiatan", _P, "Outcome atau kondisi yang berupa kegiatan", 1, wording.activity_as_result
    ),
    Rule(
        "P404",
        "terlaksananya-peningkatan",
        _I,
        "Peningkatan yang dirumuskan sebagai pelaksanaan",
        1,
        wording.carried_out_change,
    ),
    Rule(
        "P405",
        "masalah-dan-kondisi-tertukar",
        _I,
        "CSF yang bukan masalah, atau kondisi yang masih masalah",
        1,
        wording.problem_or_condition,
    ),
    Rule("P406", "rumusan-berupa-indikator", _P, "Rumusan yang berupa indikator", 1, wording.statement_as_measure),
    Rule("P407", "indikator-berupa-rumusan", _I, "Indikator yang berupa pernyataan", 4, wording.indicator_as_statement),
    Rule(
        "P408",
        "ejaan-tak-seragam",
        _I,
        "Ejaan, spasi, atau huruf besar yang tidak seragam",
        1,
        spelling.uneven_spelling,
    ),
    # Stages and planning.
    Rule("P501", "mendahului-tahap", _G, "Isi yang termasuk tahap berikutnya", 1, stages.ahead_of_stage),
    Rule("P502", "seksi-dalam-rumusan", _I, "Nama seksi atau jabatan dalam rumusan", 1, stages.office_in_statement),
    Rule(
        "P503",
        "perencanaan-dalam-rumusan",
        _P,
        "Nama program, kode, atau anggaran dalam rumusan",
        1,
        stages.planning_in_statement,
    ),
    Rule("P504", "kode-janggal", _P, "Kode atau nama kode yang tidak cocok", 5, planning.odd_code),
    Rule("P505", "kode-di-luar-daftar", _I, "Kode yang tidak ada dalam daftar", 5, planning.unlisted_code),
    Rule("P506", "pagu-tak-sejumlah", _P, "Pagu yang bukan jumlah pagu turunannya", 5, planning.odd_budget),
    # The workspace.
    Rule("P601", "mitra-diri-sendiri", _P, "Mitra crosscutting yang instansi sendiri", 3, partners.own_unit),
    Rule("P602", "mitra-tak-tertaut", _I, "Mitra crosscutting yang tidak tertaut", 3, partners.partner_at_odds),
    # The project.
    Rule("P901", "pengaturan", _G, "Pengaturan pokin.toml yang tidak dikenal atau tidak terbaca"),
    Rule("P902", "abaikan-sia-sia", _I, "Pengabaian yang tidak mengabaikan temuan apa pun"),
    Rule("P903", "tanpa-mesin-gambar", _I, "Mesin gambar yang tidak tersedia"),
    Rule("P904", "nama-pohon", _G, "Nama berkas yang tidak dapat menjadi alamat pohon"),
    Rule("P905", "nama-pohon-bentrok", _G, "Dua pohon yang alamatnya sama"),
    Rule("P906", "bukan-pohon", _P, "Berkas tanpa judul yang tidak disertakan oleh pohon mana pun"),
    Rule("P907", "warna-jenjang-muda", _I, "Warna jenjang yang terlalu muda untuk garis tepi"),
    Rule("P908", "tema", _G, "Berkas di folder tema yang tidak dapat dipakai"),
)


BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}


def at_once() -> None:
    """Do nothing between two rules."""


def check(resolved: Resolved, peta: Peta, source: Source, around: Surroundings = ALONE) -> tuple[Diagnostic, ...]:
    """Run every rule over one tree; ``source`` is its own file, where findings about the whole tree are shown."""
    return examine(Subject(resolved, peta, source, around)).diagnostics


def examine(
    subject: Subject, earlier: tuple[Diagnostic, ...] = (), between: Callable[[], None] = at_once
) -> Examination:
    """Run every rule over one tree and set aside what its authors have silenced.

    ``earlier`` was found while the tree was read and resolved: it is part of the result, and may be silenced too.
    ``between`` is called before each rule; it may raise, for who has something more urgent to do.
    """
    found: list[Diagnostic] = []
    for rule in RULES:
        between()
        found += findings(rule, subject)
    return sift((*earlier, *found), subject, BY_CODE)
