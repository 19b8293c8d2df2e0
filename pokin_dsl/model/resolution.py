"""The look-ups of one tree while its model is built, and the building of its parts, each as seldom as can be."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pokin_dsl.model.building import Answer, Answers, Builder, Built, Key, Thing, support
from pokin_dsl.model.drafts import Draft, Placement, Spot
from pokin_dsl.model.memory import BUILT, RESOLUTIONS
from pokin_dsl.model.positions import Holder, Positions
from pokin_dsl.model.tree import Simpul

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.model.drafts import Bundle
    from pokin_dsl.model.ids import Ids
    from pokin_dsl.model.outline import Outline
    from pokin_dsl.model.remarks import Remark

NOTHING: frozenset[str] = frozenset()


class Resolution:
    """What can be asked of one tree, and what its drafts came to.

    ``remarks`` are what building found, in the order in which it was found, each with the part in which it stands, or
    none for what stands between the parts that are remembered.
    """

    def __init__(self, name: str, outline: Outline, ids: Ids) -> None:
        """Find the positions of the tree, declared and named."""
        self.ids = ids
        self.remarks: list[tuple[Placement | None, Remark]] = []
        self.positions = Positions()
        self._lost, self._torn = outline.lost, outline.torn
        self._name = name
        self._before = RESOLUTIONS.get(name)
        self._used: dict[Bundle, dict[Key, Built]] = {}
        self._built: dict[Placement, Built] = {}
        self._made: Mapping[str, Thing] = {}
        self._own: dict[Draft, frozenset[str]] = {}
        self._find_positions()
        self._holders: dict[str, Holder | None] = {}

    def _find_positions(self) -> None:
        texts: dict[str, None] = {}
        for part in self.ids.parts:
            texts.update(dict.fromkeys(part.bundle.holders))
            for draft in part.bundle.positions:
                self.positions.declare(self.ids.of(Spot(part, draft)), draft.text)
        self.positions.name_undeclared(texts, lambda id_: id_ in self.ids.running or id_ in self.ids.alias)

    def build(self, items: Sequence[Draft | Placement]) -> tuple[Thing, ...]:
        """Build what stands at the top of the tree with all below; to be called once for each kind of thing."""
        ids = self.ids.loose
        answers = Answers(ids, self.answer, self.holder, self._owns_alias, NOTHING, self._equal_before)
        builder = Builder(answers, self._top, lambda remark: self.remarks.append((None, remark)))
        things = tuple([builder.thing(item) for item in items])
        self._made = {**self._made, **builder.made}
        return things

    def finish(self) -> None:
        """Remember what this reading used, for the next one."""
        for bundle, used in self._used.items():
            BUILT.setdefault(bundle, {})[self._name] = used
        self._before = None
        RESOLUTIONS.keep(self._name, self)

    def made(self, id_: str) -> Thing | None:
        """Give the node or position with an id."""
        ids = self.ids
        running = ids.running.get(id_)
        if running is None:
            return None
        part = ids.parts[bisect_right(ids.starts, running) - 1]
        return (self._built[part].made if part.remembered else self._made).get(id_)

    def support(self, items: Sequence[Draft | Placement]) -> dict[str, tuple[str, ...]]:
        """Give what nodes support beyond their own parents, by id, the last branch first; all must have been built."""
        found: dict[str, tuple[str, ...]] = {}
        waiting = list(items)
        while waiting:
            item = waiting.pop()
            if isinstance(item, Placement):
                found.update(self._built[item].support)
                continue
            waiting.extend(item.children)
            simpul = self._made.get(self.ids.loose[item])
            if isinstance(simpul, Simpul) and simpul.mendukung:
                found[simpul.id] = simpul.mendukung
        return found

    def answer(self, reference: str) -> Answer:
        """Say where a reference leads; into what could not be read, which is told already, it may lead as well."""
        found = self.ids.find(reference)
        return found if found is not None else self.positions.has(reference) or reference in self._lost or self._torn

    def holder(self, text: str) -> Holder | None:
        """Say whom a ``@pk`` means; nothing where it names what could not be read."""
        if text not in self._holders:
            self._holders[text] = None if text in self._lost else self.positions.look_up(text)
        return self._holders[text]

    def _owns_alias(self, draft: Draft, old: str) -> bool:
        owner = self.ids.alias.get(old)
        return owner is not None and owner.draft is draft

    def _equal_before(self, id_: str) -> Thing | None:
        return self._before.made(id_) if self._before else None

    def _top(self, part: Placement) -> Thing:
        built = self._of_part(part)
        self._built[part] = built
        if built.remarks:
            self.remarks += [(part, remark) for remark in built.remarks]
        return built.top

    def _of_part(self, part: Placement) -> Built:
        key = self._key(part)
        used = self._used.setdefault(part.bundle, {})
        built = used.get(key) or BUILT.get(part.bundle, {}).get(self._name, {}).get(key)
        used[key] = built = built or self._build_part(part, key)
        return built

    def _key(self, part: Placement) -> Key:
        bundle = part.bundle
        return (
            self.ids.given[self.ids.places[part]],
            tuple(map(self.answer, bundle.questions)),
            tuple(map(self.holder, bundle.holders)),
            tuple([self._owns(part, draft, text) for draft, _, text in bundle.aliases]),
            self._supported(part) if bundle.supports and part.owner else NOTHING,
        )

    def _supported(self, part: Placement) -> frozenset[str]:
        """Give the indicators above a part that its first draft supports."""
        own = {self.ids.loose[indicator] for indicator in part.owner.indicators} if part.owner else set()
        return frozenset(own.intersection(str(self.answer(text)) for text in part.bundle.supports))

    def _owns(self, part: Placement, draft: Draft, old: str) -> bool:
        owner = self.ids.alias.get(old)
        return owner is not None and owner.part is part and owner.draft is draft

    def _build_part(self, part: Placement, key: Key) -> Built:
        ids, references, holders, _, own = key
        bundle = part.bundle
        remarks: list[Remark] = []
        answers = Answers(
            dict(zip(bundle.drafts, ids, strict=True)),
            dict(zip(bundle.questions, references, strict=True)).__getitem__,
            dict(zip(bundle.holders, holders, strict=True)).__getitem__,
            lambda draft, old: self._owns(part, draft, old),
            own,
            self._equal_before,
        )
        builder = Builder(answers, self._top, remarks.append)
        top = builder.thing(bundle.drafts[0])
        return Built(top, builder.made, tuple(remarks), support(top))
