"""A proposal's review as a Markdown comment: one short line, the verdict, the changes, new findings, the form."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity, stops_publication
from pokin_dsl.report.changes_markdown import changes_markdown, markdown
from pokin_dsl.report.machine import extent
from pokin_dsl.report.sarif import fingerprint
from pokin_dsl.syntax.vocabulary import ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.text import Source

MARKER = "<!-- pokin pr -->"
"""The first line of the comment, which no page shows: by it a pipeline finds its own comment again."""
MOST_CHARACTERS = 60_000
MOST_FINDINGS = 30
MOST_FILES = 20
# Names of annotations stand in our own messages; as code they can be copied, and call nobody.
_ANNOTATION = re.compile(f"@\u200b({'|'.join(ANNOTATIONS)})(?![\\w-])")
_TITLES = {Severity.GALAT: "Galat baru", Severity.PERINGATAN: "Peringatan baru", Severity.INFO: "Info baru"}


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to say of a proposal; paths are those in the repository.

    ``base`` names what it is compared with, ``odd`` are the files that are not in canonical form, ``unformed`` says
    that this could not be told, ``weights_differ`` that the proposal weighs rules otherwise than the target does,
    ``torn`` that the version compared with could not be read whole.
    """

    base: str
    changes: tuple[Change, ...]
    new: tuple[Diagnostic, ...]
    old: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    odd: tuple[str, ...] = ()
    unformed: bool = False
    weights_differ: bool = False
    torn: bool = False

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Give all findings, the new ones first."""
        return (*self.new, *self.old)


def news(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Tell the findings that were there before from the new ones; where lines have moved a finding is the same."""
    known = Counter(fingerprint(finding) for finding in before)
    old: list[Diagnostic] = []
    new: list[Diagnostic] = []
    for finding in after:
        mark = fingerprint(finding)
        (old if known[mark] > 0 else new).append(finding)
        known[mark] -= 1
    return tuple(old), tuple(new)


def review_markdown(review: Review) -> str:
    """Give the comment, short enough for every code host; no text of a tree can be more than text in it."""
    rest = "".join((*_findings(review), *_form(review)))
    room = MOST_CHARACTERS - _size(rest) - 1000
    headline, _, changes = changes_markdown(review.changes, room).partition("\n")
    return f"{MARKER}\n{headline}\n\n{verdict(review)}\n{changes}{rest}"


def verdict(review: Review) -> str:
    """Say in one paragraph how many findings are new and how many were there before."""
    base = f"Dibandingkan dengan {markdown(review.base)}."
    if review.torn:
        base += " Versi itu memuat galat bacaan, jadi sebagian yang tampak baru mungkin sudah ada di sana."
    new, old = _counted(review.new), _counted(review.old)
    if not review.findings:
        return f"Tidak ada temuan. {base}"
    told = f"Temuan baru: {new or 'tidak ada'}. Temuan lama: {old or 'tidak ada'}. {base}"
    if any(stops_publication(finding) for finding in review.findings):
        told += " Ada galat bacaan, jadi perubahan di bawah ini hanya dari bagian yang terbaca."
    return told


def _counted(findings: Sequence[Diagnostic]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity])


def _findings(review: Review) -> Iterator[str]:
    for severity, title in _TITLES.items():
        found = [finding for finding in review.new if finding.severity is severity]
        if not found:
            continue
        folded = severity is Severity.INFO
        yield f"\n<details><summary>{title} ({len(found)})</summary>\n\n" if folded else f"\n#### {title}\n\n"
        yield from (_finding(finding, review.sources) for finding in found[:MOST_FINDINGS])
        if len(found) > MOST_FINDINGS:
            yield f"- dan {len(found) - MOST_FINDINGS} lagi; semuanya ditampilkan oleh: pokin check\n"
        yield "\n</details>\n" if folded else ""


def _finding(finding: Diagnostic, sources: Mapping[str, Source]) -> str:
    start, _ = extent(finding.source, finding.span, sources)
    hint = f"\n  - Saran: {_told(finding.hint)}" if finding.hint else ""
    place = f"{markdown(finding.source)}, baris {start.line}"
    return f"- **{markdown(finding.code)}** {_told(finding.message)} ({place}){hint}\n"


def _told(message: str) -> str:
    return _ANNOTATION.sub(r"`@\1`", markdown(message))


def _form(review: Review) -> Iterator[str]:
    if review.odd:
        yield "\n#### Bentuk\n\nBelum dalam bentuk baku; rapikan dengan `pokin fmt`:\n\n"
        yield from (f"- {markdown(path)}\n" for path in review.odd[:MOST_FILES])
        if len(review.odd) > MOST_FILES:
            yield f"- dan {len(review.odd) - MOST_FILES} berkas lagi\n"
    if review.unformed:
        yield "\nBentuk berkas tidak dapat diperiksa; mohon laporkan kepada pengembang pokin.\n"
    if review.weights_differ:
        yield (
            "\nUsulan ini mengubah bobot aturan di pokin.toml. Bobot yang dipakai di sini tetap bobot cabang tujuan; "
            "yang baru berlaku setelah usulan ini diterima.\n"
        )


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
