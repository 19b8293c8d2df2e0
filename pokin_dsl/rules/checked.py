"""A tree after reading, resolving and checking: what pages, exports and reports are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.resolve import Resolved
    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.syntax.nodes import Document


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that an author has silenced with ``@abaikan``; ``subject`` is as in ``Diagnostic``."""

    code: str
    subject: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One tree with its files (its own first, then its fragments) and all its findings, in the order of the text.

    ``silenced`` are those that its authors do not want told, with their reasons.
    """

    resolved: Resolved
    peta: Peta
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...] = ()

    @property
    def nama(self) -> str:
        """Give the tree's name, which is its address: lower-case words, with ``/`` between folders."""
        return self.resolved.pohon.nama

    @property
    def pohon(self) -> Pohon:
        """Give the tree itself."""
        return self.resolved.pohon

    @property
    def origin(self) -> tuple[object, ...]:
        """Give all that the tree was made from, as plain values: its files, and the official names that it took."""
        texts = [(document.source.path, document.source.text) for document in self.documents]
        official = [(s.kode.jenis, s.kode.kode, s.kode.nama) for s in self.peta.simpul.values() if s.kode]
        return self.nama, texts, official
