"""Changes as JSON in the shape of ``perubahan-1.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl import __version__
from pokin_dsl.model.diff.changes import (
    Added,
    Change,
    HandedOver,
    Listed,
    Marked,
    Moved,
    Readdressed,
    Rebudgeted,
    Releveled,
    Removed,
    Reordered,
    Restated,
    Retargeted,
    Reworded,
    TreeAdded,
    TreeRemoved,
    TreeRenamed,
)
from pokin_dsl.model.diff.groups import headline, touched
from pokin_dsl.report.machine import laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.diff.changes import Ref, Shifted
    from pokin_dsl.report.machine import Json

SCHEMA = "perubahan-1.schema.json"
"""The published JSON Schema, by the name of its file; the site holds it in ``statis/``."""

NAMES: dict[type[Change], str] = {
    Added: "ditambahkan",
    Removed: "dihapus",
    Moved: "dipindahkan",
    Reordered: "diurutkan",
    Reworded: "dirumuskan",
    Readdressed: "id",
    Releveled: "jenis",
    Retargeted: "deret",
    Rebudgeted: "pagu",
    HandedOver: "pk",
    Restated: "fakta",
    Listed: "butir",
    Marked: "penanda",
    TreeAdded: "pohon-ditambahkan",
    TreeRemoved: "pohon-dihapus",
    TreeRenamed: "pohon-dinamai",
}
_DEPTH = 2  # the lines of the JSON: one for each key, one for each change


def changes_json(changes: Sequence[Change]) -> str:
    """Give all changes as JSON, one a line, after a summary; a key that is absent has nothing to say."""
    summary = {
        "perubahan": len(changes),
        "kalimat": f"{headline(changes)}.",
        "pk": [_ref(ref) for ref in touched(changes)],
    }
    found = (_change(change) for change in changes)
    return laid_out({"skema": SCHEMA, "versi": __version__, "ringkasan": summary, "perubahan": found}, _DEPTH)


def _change(change: Change) -> Json:
    thing = change.thing
    about: Json = {
        "macam": NAMES[type(change)],
        "pohon": thing.pohon,
        "jenis": thing.jenis,
        "id_lama": thing.old_id,
        "id_baru": thing.new_id,
        "teks": thing.teks,
        "jenjang": thing.jenjang,
        "induk": _ref(thing.induk) if thing.induk else None,
        "cabang": _ref(thing.cabang) if thing.cabang else None,
        "pk": [_ref(ref) for ref in change.pk],
    }
    parts = about | _particulars(change)
    return {key: part for key, part in parts.items() if part not in (None, "", []) or key == "teks"}


def _particulars(change: Change) -> Json:  # noqa: C901, PLR0911 - one case for each shape of change
    """Give what only this kind of change has."""
    match change:
        case Added() | Removed():
            return {"bersama_induk": change.inside}
        case Moved() | Reordered():
            return {"lama": _ref_or_none(change.old), "baru": _ref_or_none(change.new)}
        case Reworded():
            pieces = [{"macam": piece.kind, "teks": piece.teks} for piece in change.pieces]
            return {"lama": change.old, "baru": change.new, "potongan": pieces}
        case Readdressed():
            return {"lama": change.old, "baru": change.new, "alamat_lama_berlaku": change.kept}
        case Releveled() | TreeRenamed():
            return {"lama": change.old, "baru": change.new}
        case Retargeted():
            return {"deret": change.deret, "satuan": change.satuan, "nilai": _points(change.points)}
        case Rebudgeted():
            return {"nilai": _points(change.points)}
        case HandedOver():
            return _handed_over(change)
        case Restated():
            return {"fakta": change.fact, "lama": change.old, "baru": change.new}
        case Listed():
            return {"fakta": change.fact, "kunci": change.key, "lama": change.old, "baru": change.new}
        case Marked():
            return {"fakta": change.fact, "berlaku": change.on}
        case TreeAdded() | TreeRemoved():
            return {"kinerja": change.kinerja}


def _handed_over(change: HandedOver) -> Json:
    none: Json = {"tanpa_pk_lama": change.old_none or None, "tanpa_pk_baru": change.new_none or None}
    return none | {"lama": [_ref(ref) for ref in change.old], "baru": [_ref(ref) for ref in change.new]}


def _points(points: Sequence[Shifted]) -> list[Json]:
    parts = ({"kunci": point.kunci, "lama": point.old, "baru": point.new} for point in points)
    return [{key: text for key, text in part.items() if text} for part in parts]


def _ref(ref: Ref) -> Json:
    return {"id": ref.id, "jenis": ref.jenis, "teks": ref.teks}


def _ref_or_none(ref: Ref | None) -> Json | None:
    return _ref(ref) if ref else None
