"""Pages to files: what is remembered is taken as it is, the rest is rendered, laid out and drawn.

Pictures are laid out by ourselves while they are drawn. Only where a workspace has chosen an engine is that asked
first, for all pictures at once and beside the rendering; what it cannot do is laid out by ourselves all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from pokin_dsl.site.boxes import LOOKS
from pokin_dsl.site.drawing import draw, standalone
from pokin_dsl.site.layout import Layout, dot_text
from pokin_dsl.site.memory import NO_MEMORY, Memory, layout_bytes, layout_key, page_key, picture_key, read_layout
from pokin_dsl.site.placeholder import fill
from pokin_dsl.site.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pokin_dsl.site import boxes
    from pokin_dsl.site.diagram import Picture
    from pokin_dsl.site.look import Look
    from pokin_dsl.site.site import DataFile, Page, Site

StartDrawing = Callable[[Mapping[str, str]], Callable[[], Mapping[str, Layout]]]
"""Takes DOT texts by name, starts laying them out, and gives the function that waits for the layouts."""

Told = Callable[[str, int, int], None]
"""Is told of progress: what is being done, how much of it is done, of how much."""

_T = TypeVar("_T")
_Shape = tuple[int, tuple[tuple[int, int], ...]]
_BATCH = 256


@dataclass(frozen=True)
class Press:
    """By what pages become files: how they look, and what is remembered.

    `engine` says by name and version who is asked to lay out their pictures; it is empty where we do it ourselves.
    """

    look: Look
    engine: str = ""
    memory: Memory = NO_MEMORY

    @property
    def looks(self) -> Mapping[str, boxes.Look]:
        """Give how boxes of each level are drawn."""
        return self.look.levels or LOOKS

    @cached_property
    def drawing(self) -> tuple[object, ...]:
        """Give all that pictures are drawn by, as plain values."""
        return self.engine, [(level, *astuple(look)) for level, look in self.looks.items()]


@dataclass(frozen=True, slots=True)
class Finished:
    """A file of the site; ``missing`` are the DOT texts, by name, of pictures that the engine has not laid out yet.

    The content is None where the file is a picture of nothing.
    """

    content: bytes | None
    missing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page, or a picture that is a file of its own, by its key; the key is empty where nothing is remembered."""

    path: str
    key: str
    page: Page | None
    pictures: tuple[Picture, ...]


def nobody(graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
    """Lay out nothing."""
    del graphs
    return dict


def unheard(stage: str, done: int, of: int) -> None:
    """Tell nobody."""


def finish(site: Site, press: Press, start_drawing: StartDrawing = nobody, told: Told = unheard) -> dict[str, bytes]:
    """Make all files of a site; an engine, where one is asked, lays out pictures beside the rendering of the pages."""
    files, drafts = _recalled(site, press, told)
    layouts, asked = _layouts([picture for draft in drafts for picture in draft.pictures], press)
    graphs = {name: dot_text(picture) for name, picture in asked.items()}
    wait_for_layouts = start_drawing(graphs)
    rendered = [(draft, _rendered(draft, press)) for draft in _telling(drafts, "Membuat halaman", told)]
    answers = wait_for_layouts()
    keep_layouts(press, graphs, answers)
    layouts |= {_shape(asked[name]): layout for name, layout in answers.items() if name in asked}
    for batch in _batches(_telling(rendered, "Menggambar", told)):
        files |= _finished(batch, layouts, press)
    made = {path: files[path] for path in (*site.pages, *site.files) if path in files}
    assets = shipped(site.assets, (made[path] for path in site.pages), press.look)
    return made | assets | made_data(site.data, press.memory)


def finish_one(site: Site, path: str, press: Press) -> Finished:
    """Make one page, or one picture that is a file of its own, with the layouts that are remembered, else with ours.

    Whoever has what is missing laid out hands the answers to ``keep_layouts`` and asks again.

    Raises:
        KeyError: the site has no such page or picture.
    """
    draft = _draft(site, path, press)
    known = press.memory.recall([draft.key]).get(draft.key) if draft.key else None
    if known is not None:
        return Finished(known)
    layouts, asked = _layouts(draft.pictures, press)
    files = _finished([(draft, _rendered(draft, press))], layouts, press)
    return Finished(files.get(path), {name: dot_text(picture) for name, picture in asked.items()})


def made_data(planned: Mapping[str, DataFile], memory: Memory = NO_MEMORY) -> dict[str, bytes]:
    """Make the data files that were planned, those that ``memory`` does not know."""
    if memory is NO_MEMORY:
        return {path: file.content() for path, file in planned.items()}
    keys = {path: file.key() for path, file in planned.items()}
    known = memory.recall(keys.values())
    files = {path: known[key] if (key := keys[path]) in known else file.content() for path, file in planned.items()}
    memory.keep({keys[path]: content for path, content in files.items() if keys[path] not in known})
    return files


def keep_layouts(press: Press, graphs: Mapping[str, str], answers: Mapping[str, Layout]) -> None:
    """Remember what the engine answered to these DOT texts, both by name."""
    known = {
        layout_key(dot, press.engine): layout_bytes(answers[name]) for name, dot in graphs.items() if name in answers
    }
    if known:
        press.memory.keep(known)


def _recalled(site: Site, press: Press, told: Told) -> tuple[dict[str, bytes], list[_Draft]]:
    """Make every page, and give the files that are remembered and the drafts of those that are not."""
    files: dict[str, bytes] = {}
    drafts: list[_Draft] = []
    for paths in _batches(_telling((*site.pages, *site.files), "Menyusun halaman", told)):
        batch = [_draft(site, path, press) for path in paths]
        known = press.memory.recall([draft.key for draft in batch if draft.key])
        files |= {draft.path: known[draft.key] for draft in batch if draft.key in known}
        drafts += [draft for draft in batch if draft.key not in known]
    return files, drafts


def _draft(site: Site, path: str, press: Press) -> _Draft:
    remembering = press.memory is not NO_MEMORY
    if path in site.pages:
        page = site.pages[path]()
        key = page_key(page, press.look, press.drawing) if remembering else ""
        return _Draft(path, key, page, page.pictures)
    picture = site.files[path]()
    return _Draft(path, picture_key(picture, press.drawing) if remembering else "", None, (picture,))


def _layouts(pictures: Iterable[Picture], press: Press) -> tuple[dict[_Shape, Layout], dict[str, Picture]]:
    """Give the layouts of the engine that are remembered, and by name one picture for each shape that has none."""
    if not press.engine:
        return {}, {}
    shapes = {_shape(picture): picture for picture in pictures}
    if press.memory is NO_MEMORY:
        return {}, {picture.name: picture for picture in shapes.values()}
    keys = {shape: layout_key(dot_text(picture), press.engine) for shape, picture in shapes.items()}
    known = press.memory.recall(keys.values())
    read = ((shape, read_layout(known[key])) for shape, key in keys.items() if key in known)
    layouts = {shape: layout for shape, layout in read if layout is not None}
    return layouts, {picture.name: picture for shape, picture in shapes.items() if shape not in layouts}


def _shape(picture: Picture) -> _Shape:
    return len(picture.boxes), picture.links


def _rendered(draft: _Draft, press: Press) -> str:
    """Render a page, with placeholders where its pictures will stand."""
    return press.look.renderer.render(draft.page) if draft.page else ""


def _finished(
    rendered: Iterable[tuple[_Draft, str]], layouts: Mapping[_Shape, Layout], press: Press
) -> dict[str, bytes]:
    """Draw the pictures and put them where they belong; remember the files whose pictures are as asked for."""
    files: dict[str, bytes] = {}
    whole: dict[str, bytes] = {}
    for draft, html in rendered:
        svgs = {p.name: svg for p in draft.pictures if (svg := _drawn(p, layouts.get(_shape(p)), press))}
        if draft.page:
            files[draft.path] = fill(html, svgs).encode(errors="replace")
        elif svgs:
            files[draft.path] = standalone(*svgs.values()).encode()
        as_asked = not press.engine or all(_shape(picture) in layouts for picture in draft.pictures)
        if draft.key and draft.path in files and as_asked:
            whole[draft.key] = files[draft.path]
    if whole:
        press.memory.keep(whole)
    return files


def _drawn(picture: Picture, layout: Layout | None, press: Press) -> str:
    """Draw a picture by the engine's layout; by ours where there is none, or one that does not fit."""
    return (layout and draw(picture, layout, press.looks)) or draw(picture, None, press.looks)


def _batches(things: Iterable[_T]) -> Iterator[Sequence[_T]]:
    """Give things some at a time, so that they are recalled and kept together."""
    iterator = iter(things)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _telling(things: Collection[_T], stage: str, told: Told) -> Iterator[_T]:
    """Give things one by one, and tell of each percent that is done."""
    step = max(1, len(things) // 100)
    for nth, thing in enumerate(things):
        if nth % step == 0:
            told(stage, nth, len(things))
        yield thing
    if things:
        told(stage, len(things), len(things))
