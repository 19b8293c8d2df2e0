"""Safe fixes put into texts: only edits that cannot change what an author meant, and never two in one place."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pokin_dsl.diagnostics import Diagnostic, Edit


def fixed(texts: Mapping[str, str], diagnostics: Iterable[Diagnostic]) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Put the safe fixes of some findings into texts (by source path).

    Returns the texts that changed and the findings that were mended. A fix is put in whole or not at all: one that
    meets an earlier one waits for the next reading.
    """
    chosen: dict[str, list[Edit]] = {}
    mended: list[Diagnostic] = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is not None and fix.safe and _put_in(fix.edits, chosen):
            mended.append(diagnostic)
    changed = {path: _with_edits(texts[path], edits) for path, edits in chosen.items() if path in texts}
    return {path: text for path, text in changed.items() if text != texts[path]}, tuple(mended)


def _put_in(edits: tuple[Edit, ...], chosen: dict[str, list[Edit]]) -> bool:
    """Add edits to those chosen, which are in order and apart; add none of them where one is in the way."""
    added: list[Edit] = []
    for edit in edits:
        others = chosen.setdefault(edit.source, [])
        # Of tens of thousands that come in written order, none has to be looked for.
        in_order = not others or _place(others[-1]) < _place(edit)
        at = len(others) if in_order else bisect_left(others, _place(edit), key=_place)
        if (at and _meet(others[at - 1], edit)) or (at < len(others) and _meet(edit, others[at])):
            for earlier in added:
                chosen[earlier.source].remove(earlier)
            return False
        others.insert(at, edit)
        added.append(edit)
    return True


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _meet(first: Edit, second: Edit) -> bool:
    """Say whether the second edit begins inside the first; two at one empty place would depend on their order."""
    return second.span.start < first.span.end or _place(first) == _place(second)


def _with_edits(text: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*pieces, text[at:]])
