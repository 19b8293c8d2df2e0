"""A preview for tests: its pages are plain values, and it notes what it was asked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.news import Answer, Gone, Shown, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pokin_dsl.edge.preview.news import Showing


def shown(path: str, text: str) -> Shown:
    html, sidik = as_preview(f"<!DOCTYPE html><head><title>{text}</title></head><p>{text}</p>")
    return Shown(path, sidik, html)


class FakePreview:
    """Pages by their path; whoever calls two of its methods at a time fails."""

    def __init__(self, *pages: Shown) -> None:
        self.pages: dict[str, Showing] = {page.path: page for page in pages}
        self.condition = State()
        self.sources: dict[str, Path] = {}
        self.asked: list[str] = []
        self.open: list[str] = []
        self._busy = False

    def answer(self, path: str) -> Answer:
        with self._alone():
            self.asked.append(path)
            if path == "rusak.html":
                raise ZeroDivisionError
            page = self.pages.get(path)
            if isinstance(page, Shown):
                return Answer(200, "text/html; charset=utf-8", page.html.encode())
            return Answer(404, "text/html; charset=utf-8", b"<p>Tidak ada")

    def watch(self, path: str) -> Showing:
        with self._alone():
            self.open.append(path)
            return self.pages.get(path, Gone(path, "Halaman ini sudah tidak ada."))

    def leave(self, path: str) -> None:
        with self._alone():
            self.open.remove(path)

    def state(self) -> State:
        return self.condition

    def file(self, path: str) -> Path | None:
        return self.sources.get(path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        assert not self._busy, "two things were asked at once"
        self._busy = True
        yield
        self._busy = False
