"""The preview's session: what stands at each page now, and what is still to be done after a change.

A change is shown in two strides. ``refresh`` reads, resolves and renders the pages that are open in a browser, with
what the rules said before (pages that tell where in the text they said it wait); the steps of ``rest`` then run the
rules, lay out new pictures, and count the pages that have changed. A request for a page takes both strides at once.
"""

from __future__ import annotations

import mimetypes
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pokin_dsl.edge.appearance import dressed
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.edge.preview.condition import condition_of, obstacle
from pokin_dsl.edge.preview.counting import COUNTED_AT_ONCE, Count
from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.news import Answer, Gone, News, Showing, Shown, State
from pokin_dsl.edge.preview.nowhere import nowhere
from pokin_dsl.edge.preview.recent import Recent, Shelf
from pokin_dsl.pipeline import plan_site
from pokin_dsl.site import urls
from pokin_dsl.site.press import Finished, Press, Told, finish_one, keep_layouts, unheard
from pokin_dsl.site.site import Site
from pokin_dsl.site.template_trouble import TemplateTroubleError
from pokin_dsl.site.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pokin_dsl.edge.preview.workbench import Workbench
    from pokin_dsl.model.query import Peta
    from pokin_dsl.site.press import StartDrawing

_HTML = "text/html; charset=utf-8"


class Interrupted(Exception):  # noqa: N818 - no error: something more urgent came up
    """A step was broken off, because there is something newer to show."""


class Session:
    """What the server asks (``news.Preview``), and what the conductor has done; everything in one thread."""

    def __init__(self, bench: Workbench, start_drawing: StartDrawing, shelf: Shelf) -> None:
        self._bench = bench
        self._start_drawing = start_drawing
        self._recent = Recent(shelf)
        self._press = Press(dressed(bench.appearance), _identity(bench), self._recent)
        self._site = Site({})
        self._count = Count()
        self._shown_trees = bench.compilation
        self._trees: Mapping[str, Peta] = {}
        self._open: Counter[str] = Counter()
        self._seen: dict[str, Mapping[str, Peta]] = {}
        self._missing: dict[str, str] = {}
        self._hopeless: set[str] = set()
        self._state = State()
        self._is_good = False
        self._is_told = True
        self._statics: tuple[str, ...] = ()
        self.wake: Callable[[], None] = lambda: None
        self.is_urgent: Callable[[], bool] = lambda: False

    @property
    def changed_pages(self) -> int:
        """Give how many pages differ from those counted before, once they have been counted."""
        return self._count.changed

    # -- what the conductor has done ----------------------------------------------------------------------------------

    def begin(self, told: Told = unheard) -> None:
        """Take both strides for the first time, so that there is something to open, and to count changes from."""
        told("Membaca", 0, 0)
        self._look()
        told("Memeriksa", 0, 0)
        self._bench.check()
        self._show()
        for nth, step in enumerate(self._counting(), 1):
            step()
            told("Menyusun halaman", min(nth * COUNTED_AT_ONCE, len(self._site.pages)), len(self._site.pages))
        self._is_told = True

    def refresh(self) -> News | None:
        """Take the first stride, if anything has changed since the last news."""
        self._look()
        if self._is_told:
            return None
        self._count.changed = 0
        return self._news()

    def rest(self) -> Iterator[Callable[[], News | None]]:
        """Give what is still to be done, one step after the other; each gives news if it has any."""
        if not self._bench.is_checked:
            yield self._check
        while self._missing:
            yield self._draw
        if self._site is not self._count.site:
            yield from self._counting()
        yield self._recent.put_away

    def use_look_again(self) -> None:
        """Read the built-in templates and static files again; for those who are changing them."""
        built_in_look.cache_clear()
        if self._dress():
            self._plan()
            self._is_told = False

    # -- what the server asks -----------------------------------------------------------------------------------------

    def answer(self, path: str) -> Answer:
        """Answer a request with the newest content: what is on disk now, checked, with its pictures."""
        self._look()
        if not self._bench.is_checked:
            self._bench.check()
            self._show()
            self._is_told = False
        path = f"{path}{urls.INDEX}" if not path or path.endswith("/") else path
        answer = self._page(path) if path.endswith(".html") else self._file(path)
        if not self._is_told:
            self.wake()
        return answer

    def watch(self, path: str) -> Showing:
        """Remember that a page is open in a browser, and give what stands there now."""
        self._open[path] += 1
        return self._standing(path)

    def leave(self, path: str) -> None:
        """Forget one browser that had a page open."""
        self._open[path] -= 1
        if self._open[path] <= 0:
            del self._open[path]
            self._seen.pop(path, None)

    def state(self) -> State:
        """Give the state of the trees as last read."""
        return self._state

    def file(self, path: str) -> Path | None:
        """Give where a source of the workspace lies on disk."""
        known = path in self._bench.compilation.sources
        return self._bench.workspace.root / path if known else None

    # -- the first stride ---------------------------------------------------------------------------------------------

    def _look(self) -> None:
        try:
            changed = self._bench.look()
        except SurroundingsError as problem:
            state = obstacle(str(problem), self._state)
            self._is_told = self._is_told and state == self._state
            self._state = state
            return
        if changed or (self._state.problems and not self._state.problems[0].file):
            self._show()
            self._is_told = False

    def _show(self) -> None:
        """Show what is on the bench, unless that would show less than the last good site did."""
        compilation = self._bench.compilation
        current = compilation.publishable or not self._is_good
        self._state = condition_of(compilation, current=current)
        if current:
            self._is_good = compilation.publishable
            self._shown_trees = compilation
        dressed_anew = self._dress()
        if current or dressed_anew:
            self._plan()

    def _dress(self) -> bool:
        """Put on the look that the workspace has now; say whether it is another than before."""
        before, now, engine = self._press.look, dressed(self._bench.appearance), _identity(self._bench)
        if before.digest == now.digest and before.statics == now.statics and engine == self._press.engine:
            return False
        self._press = replace(self._press, look=now, engine=engine)
        changed = {n for n in now.statics if now.statics[n] != before.statics.get(n)}
        self._statics = tuple(sorted(changed.union(self._statics)))
        return True

    def _plan(self) -> None:
        compilation = self._shown_trees
        self._site = plan_site(compilation, self._bench.appearance.settings, self._press.look, rulebook())
        self._trees = {tree.nama: tree.peta for tree in compilation.trees}

    def _news(self) -> News:
        self._is_told = True
        statics, self._statics = self._statics, ()
        now = [path for path in self._open if self._bench.is_checked or not self._tells_places(path)]
        return News({path: self._standing(path) for path in now}, self._state, statics)

    def _tells_places(self, path: str) -> bool:
        """Say whether a page shows where findings are: until the rules have run, that would be the places of before."""
        told = (urls.in_tree(tree, page) for tree in self._trees for page in (urls.FINDINGS, urls.SOURCE))
        return any(path == page or path.startswith(urls.parts_folder(page)) for page in told)

    def _standing(self, path: str) -> Showing:
        """Give what stands at a path: a page, or word of where its content went."""
        if path in self._site.pages:
            self._seen[path] = self._trees
            return self._shown(path)
        told = whereabouts(path, self._seen.get(path, self._trees), self._trees)
        successor = self._shown(told.successor) if told.successor in self._site.pages else None
        return Gone(path, told.message, told.links, successor)

    def _shown(self, path: str) -> Shown:
        finished = self._finished(path)
        self._ask(finished.missing)
        html, sidik = as_preview((finished.content or b"").decode())
        return Shown(path, sidik, html)

    def _finished(self, path: str) -> Finished:
        """Make a page; a template of the workspace that cannot is told of, and done without."""
        while True:
            try:
                return finish_one(self._site, path, self._press)
            except TemplateTroubleError as error:
                self._bench.blame(error.trouble)
                self._show()
                self._is_told = False

    # -- the second stride --------------------------------------------------------------------------------------------

    def _check(self) -> News | None:
        try:
            self._bench.check(self._between)
        except Interrupted:
            return None
        self._show()
        return self._news()

    def _between(self) -> None:
        if self.is_urgent():
            raise Interrupted

    def _draw(self) -> News:
        self._lay_out()
        return self._news()

    def _ask(self, graphs: Mapping[str, str]) -> None:
        """Note which pictures are to be laid out; one that the engine could not do is not asked for again."""
        self._missing |= {name: dot for name, dot in graphs.items() if _shape(dot) not in self._hopeless}

    def _lay_out(self) -> None:
        graphs, self._missing = self._missing, {}
        answers = self._start_drawing(graphs)()
        keep_layouts(self._press, graphs, answers)
        self._is_told = self._is_told and not answers
        self._hopeless |= {_shape(dot) for name, dot in graphs.items() if name not in answers}

    def _counting(self) -> Iterator[Callable[[], None]]:
        """Count the pages that differ from those counted the last time, some at a time."""
        return self._count.steps(self._site, lambda: self._press)

    # -- answers ------------------------------------------------------------------------------------------------------

    def _page(self, path: str) -> Answer:
        showing = self._standing(path)
        if isinstance(showing, Shown) and self._missing:
            self._lay_out()
            showing = self._standing(path)
        if isinstance(showing, Shown):
            return Answer(200, _HTML, showing.html.encode())
        return Answer(404, _HTML, as_preview(nowhere(showing))[0].encode())

    def _file(self, path: str) -> Answer:
        content = self._content(path)
        if content is None:
            return Answer(404, _HTML, nowhere(Gone(path, "Berkas ini tidak ada di situs.")).encode())
        media = mimetypes.guess_type(path)[0] or "application/octet-stream"
        is_text = media.startswith("text/") or media.endswith(("json", "javascript", "+xml"))
        return Answer(200, f"{media}; charset=utf-8" if is_text else media, content)

    def _content(self, path: str) -> bytes | None:
        for asset in self._site.assets:
            if asset.path == path:
                return asset.content
        if path in self._site.files:
            self._ask(finish_one(self._site, path, self._press).missing)
            self._lay_out()
            return finish_one(self._site, path, self._press).content
        return self._site.data[path].content() if path in self._site.data else None


def _identity(bench: Workbench) -> str:
    return bench.engine.identity if bench.engine else ""


def _shape(dot: str) -> str:
    """Give what a DOT text asks, without the name of the picture that it asks for."""
    return dot.partition("{")[2]
