"""The words that the rules of wording know, all in lower case, and how a text is taken apart into words.

The tables come from real trees (a kecamatan, a Renstra, the official list of outputs) and from the planners' usage.
A word that stands in none of them is never a finding.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case; a slash, comma or bracket parts words, a hyphen joins them."""
    return tuple(_WORD.findall(text.casefold()))


def place_of_word(text: str, nth: int = 0) -> tuple[int, int]:
    """Give the range of characters of the nth word of a text, the whole text where it has so few."""
    for number, match in enumerate(_WORD.finditer(text)):
        if number == nth:
            return match.start(), match.end()
    return 0, len(text)


def _each(text: str) -> frozenset[str]:
    return frozenset(text.split())


# -- conditions ----------------------------------------------------------------------------------------------------

# What has been carried out: the words of an activity.
ACTIVITY = _each("terlaksananya terselenggaranya tersusunnya terlaksana terselenggara tersusun")
# What has been provided or dealt with: right for conditions below, little as a result of a whole unit.
OUTPUT = _each(
    """
    tersedianya terfasilitasinya terakomodirnya terakomodasinya terpeliharanya terbangunnya terbinanya terdatanya
    terverifikasinya terdokumentasinya tersosialisasikannya tersalurkannya tersalurnya terdistribusinya terlatihnya
    terkoordinasinya tersinkronisasinya terinventarisasinya terdampinginya terpantaunya terawasinya terbentuknya
    """
)
# The single steps of office work: operational only.
CLERICAL = _each(
    """
    tercetaknya terkirimnya terbayarnya terbayarkannya terbelinya terpasangnya terarsipnya tercatatnya terketiknya
    tergandakannya terinputnya terunggahnya terundangnya
    """
)
# The result that a whole unit is there for.
STRATEGIC = _each(
    """
    terwujudnya terciptanya terkendalinya menurunnya membaiknya berkurangnya optimalnya menguatnya mantapnya
    """
)
# Conditions that suit every level.
_GENERAL = _each(
    """
    meningkatnya terkelolanya terpenuhinya terjaganya terlayaninya terjaminnya tercapainya terlindunginya terbukanya
    tertatanya tertibnya terintegrasinya terpadunya tertanganinya terselesaikannya terlestarikannya terberdayanya
    berkembangnya berfungsinya bertambahnya berdayanya tumbuhnya kuatnya kondusifnya mandirinya sejahteranya
    efektifnya efisiennya lancarnya meluasnya meratanya memadainya teraturnya terpelihara terdorongnya terkuatkannya
    """
)
CONDITIONS = ACTIVITY | OUTPUT | CLERICAL | STRATEGIC | _GENERAL

# What says that a text without such a word at its beginning names a condition all the same ("Angka Stunting Menurun").
STATES = _each(
    """
    meningkat menurun naik turun membaik menguat berkurang bertambah berkembang terwujud tercipta terjaga terkendali
    terkelola terpenuhi terlaksana terselenggara tersusun tersedia terpelihara terbangun terlayani terjamin tercapai
    tertata tertangani terselesaikan
    """
)

# -- orders and names of activities ----------------------------------------------------------------------------------

_FORMS = """
meningkatnya: meningkatkan tingkatkan peningkatan
menurunnya: menurunkan turunkan penurunan
berkurangnya: mengurangi kurangi pengurangan
terwujudnya: mewujudkan wujudkan perwujudan
terciptanya: menciptakan ciptakan penciptaan
optimalnya: mengoptimalkan optimalkan pengoptimalan optimalisasi
terkendalinya: mengendalikan kendalikan pengendalian
terjaganya: menjaga jaga penjagaan
terlaksananya: melaksanakan laksanakan pelaksanaan
terselenggaranya: menyelenggarakan selenggarakan penyelenggaraan
tersusunnya: menyusun susun penyusunan
tersedianya: menyediakan sediakan penyediaan
terpenuhinya: memenuhi penuhi pemenuhan
terkelolanya: mengelola kelola pengelolaan
terpeliharanya: memelihara pelihara pemeliharaan
terbinanya: membina bina pembinaan
terawasinya: mengawasi awasi pengawasan
terfasilitasinya: memfasilitasi fasilitasi pemfasilitasan
terbangunnya: membangun bangun pembangunan
berkembangnya: mengembangkan kembangkan pengembangan
terbentuknya: membentuk bentuk pembentukan
tertanganinya: menangani tangani penanganan
terlindunginya: melindungi lindungi pelindungan perlindungan
terlayaninya: melayani layani
tertatanya: menata tata penataan
terdatanya: mendata data pendataan
tersalurkannya: menyalurkan salurkan penyaluran
terjaminnya: menjamin jamin penjaminan
tercapainya: mencapai capai pencapaian
"""


def _forms() -> dict[str, str]:
    lines = (line.partition(":") for line in _FORMS.split("\n") if line)
    return {word: condition for condition, _, forms in lines for word in forms.split()}


# A bare stem that is a noun as well ("tata kelola", "data", "bina") says nothing alone.
_NOT_ALONE = _each("tata data bina jaga bangun bentuk susun capai jamin salurkan penuhi layani kelola tangani awasi")
CONDITION_OF = {word: condition for word, condition in _forms().items() if word not in _NOT_ALONE}
"""An order ("meningkatkan") or the name of an activity ("peningkatan"), each with the word of its condition."""

ORDERS = _each(
    """
    melakukan memberi membantu mendukung mengikuti membuat memperbaiki memperkuat mempercepat memperluas
    mengkaji
    menyiapkan mendampingi mengevaluasi memonitor menghadiri menyusun mempertahankan merencanakan merumuskan mendata
    lakukan berikan dorong dukung
    """
)
"""Orders without one certain condition; any other word that begins with "me" and ends with "kan" is one, too."""

ACTIVITY_NOUNS = _each(
    """
    pengadaan pendampingan pemberdayaan pemantauan pelatihan pelaporan penilaian pengajuan penerapan
    penegakan penertiban penguatan perbaikan pemberian pembuatan pendaftaran pembayaran pengumpulan pengolahan
    pemutakhiran penanggulangan penganggaran penatausahaan penyuluhan pengawalan pengujian pengiriman
    pembahasan pemeriksaan pemulihan penggandaan perencanaan evaluasi monitoring koordinasi sosialisasi sinkronisasi
    harmonisasi rehabilitasi verifikasi inventarisasi konsultasi bimbingan bimtek rapat kegiatan lokakarya workshop
    seminar patroli survei survey musyawarah lomba
    """
)
"""Names of activities without one certain condition."""

ACTIVITY_HEADS = _each(
    """
    kegiatan rapat sosialisasi penyuluhan pelatihan bimtek bimbingan workshop lokakarya seminar pembinaan monitoring
    patroli lomba rakor
    """
)
"""What, right behind its verb, makes a result an activity ("Meningkatnya Kegiatan ...")."""

LOOKALIKES = _each("pengaduan penyusutan bantuan batuan pertanahan pertahanan pertanian")
"""Words that differ from others by a letter or two and are no misspelling of them."""

CHANGES = {
    "peningkatan": "meningkatnya",
    "penurunan": "menurunnya",
    "pengurangan": "berkurangnya",
    "optimalisasi": "optimalnya",
    "pengoptimalan": "optimalnya",
}
"""Changes that are no work of their own ("Terlaksananya Peningkatan ..."), each with its condition."""

# -- problems --------------------------------------------------------------------------------------------------------

# Things that nobody wants: little of them is good.
HARMS = _each(
    """
    kemiskinan pengangguran stunting gangguan konflik kriminalitas kejahatan keluhan pengaduan pelanggaran risiko resiko
    korupsi kebocoran kesenjangan ketimpangan bencana kematian kasus temuan keterlambatan penyimpangan penyalahgunaan
    kerusakan kerawanan kecelakaan kebakaran banjir sampah pungli gratifikasi perceraian kekerasan narkoba putus
    miskin kumuh hambatan kendala sengketa tunggakan pencemaran permasalahan masalah isu penyakit
    """
)
_LACKS = _each(
    """
    belum masih kurang rendah lemah minim terbatas tidak sulit buruk lambat jelek keterbatasan kekurangan kurangnya
    lemahnya minimnya rendahnya terbatasnya sulitnya buruknya lambatnya kelemahan ketidakmampuan
    """
)
PROBLEM_STARTS = _LACKS | _each("tinggi tingginya banyak banyaknya marak maraknya")
"""First words of a text that names a problem."""
NEUTRAL_STARTS = _each("tinggi tingginya banyak banyaknya marak maraknya")
"""First words that name a problem only where a harm follows."""
GOOD_WITH_HARM = _each("rendah rendahnya minim minimnya kurang kurangnya tidak terbatas terbatasnya")
"""First words that name something good where a harm follows ("Rendahnya Angka Kemiskinan")."""
PROBLEMS = (
    PROBLEM_STARTS
    | HARMS
    | _each(
        """
        sering kerap jarang hanya sedikit terlalu rawan rentan rusak rusaknya hilang hilangnya terhambat terhambatnya
        terlambat terlambatnya menurun menurunnya berkurang berkurangnya terbengkalai tumpang tumpang-tindih tanpa
        sempit sempitnya mahal mahalnya jauh jauhnya ketergantungan ketidaksesuaian ketidaktepatan ketidakpuasan
        ketidakjelasan ketidaktertiban ketidakpatuhan kesulitan kelangkaan kecilnya kecil sedikitnya susahnya susah
        seringnya rawannya rentannya adanya tertinggal gagal kegagalan tantangan ancaman defisit non tak bukan luputnya
        keluhan abai rancu simpang-siur mendesak mendesaknya tuntutan kosong kosongnya usang
        """
    )
)
"""Words that, anywhere in a CSF, show that it names a problem."""

# -- measures --------------------------------------------------------------------------------------------------------

MEASURES = _each("jumlah persentase prosentase presentase indeks nilai rasio cakupan angka skor persen frekuensi")
"""First words of an indicator. "Tingkat" is one only where what it is the level of is measured (``MEASURED``)."""
MEASURED = _each("kepuasan kepatuhan kemiskinan pengangguran partisipasi capaian realisasi kehadiran penyelesaian")

# -- spelling --------------------------------------------------------------------------------------------------------

ALWAYS_WRONG = {
    "prosentase": "persentase",
    "prosentasi": "persentase",
    "presentase": "persentase",
    "sistim": "sistem",
    "kwalitas": "kualitas",
    "kwantitas": "kuantitas",
    "kwitansi": "kuitansi",
    "frekwensi": "frekuensi",
    "ijin": "izin",
    "perijinan": "perizinan",
    "resiko": "risiko",
    "obyek": "objek",
    "subyek": "subjek",
    "aktifitas": "aktivitas",
    "jadual": "jadwal",
    "nopember": "november",
    "pebruari": "februari",
    "nasehat": "nasihat",
    "apotik": "apotek",
    "praktek": "praktik",
    "tehnik": "teknik",
    "tehnis": "teknis",
    "tehnologi": "teknologi",
    "azas": "asas",
    "hirarki": "hierarki",
    "propinsi": "provinsi",
}
"""Spellings that KBBI sends elsewhere and that no official list of programmes uses."""
WRONG_BESIDE_RIGHT = {
    "ketentraman": "ketenteraman",
    "efektifitas": "efektivitas",
    "produktifitas": "produktivitas",
    "kreatifitas": "kreativitas",
    "kondusifitas": "kondusivitas",
    "objektifitas": "objektivitas",
    "standarisasi": "standardisasi",
    "analisa": "analisis",
    "terakomodirnya": "terakomodasinya",
}
"""Spellings that official documents use themselves: worth a word only where a workspace has both."""
SPELLINGS = ALWAYS_WRONG | WRONG_BESIDE_RIGHT
