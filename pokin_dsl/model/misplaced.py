"""What is said of lines that stand under the wrong owner, and where they belong."""

from __future__ import annotations

from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, INDIKATOR


def misplaced(kind: str, owner: str | None) -> tuple[str, str]:
    """Give message and hint for a node of one kind under another, or at the top (P101)."""
    where = "di tingkat teratas" if owner is None else f"di bawah {_named(owner)}"
    above = [_named(other) for other, held in CHILDREN.items() if other and kind in held]
    homes = ["di tingkat teratas"] if kind in CHILDREN[""] else []
    homes += [f"di bawah {_either(above)}"] if above else []
    return (
        f"Baris {kind} tidak boleh berada {where}.",
        f"Tempatnya {_either(homes)}; periksa indentasi atau kata kuncinya.",
    )


def wrong_owner(name: str, owner: str | None) -> tuple[str, str]:
    """Give message and hint for an annotation under something that cannot carry it, or under nothing (P017)."""
    if owner is None:
        message = f"Anotasi @{name} tidak berada di bawah kinerja, indikator, atau jabatan."
        return message, "Letakkan di bawah pemiliknya, dua spasi lebih menjorok."
    message = f"Anotasi @{name} tidak berlaku untuk {_named(owner)}."
    if name == owner:
        return message, f"Sejajarkan dengan @{name} di atasnya."
    homes = _either([_named(kind) for kind in ANNOTATIONS[name]])
    return message, f"Letakkan @{name} di bawah {homes}, dua spasi lebih menjorok."


def wrong_place_in_fragment(name: str, owner: str, path: str) -> tuple[str, str]:
    """Give message and hint for an annotation whose owner stands in the file ``path`` that includes its own (P017)."""
    return (
        f"Anotasi @{name} berada di tingkat teratas berkas yang disertakan.",
        f"Tulis di {path}, di bawah {_named(owner)} yang memilikinya.",
    )


def _named(kind: str) -> str:
    return "@indikator" if kind == INDIKATOR else kind


def _either(names: list[str]) -> str:
    """Join names as in "csf, kondisi atau antara"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} atau {names[-1]}"
