"""Giving ids to a whole tree: first come the ids that authors wrote, then those derived from the text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from pokin_dsl.model.drafts import Spot
from pokin_dsl.model.identity import digested, slug
from pokin_dsl.syntax.vocabulary import RESERVED_IDS, is_good_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.drafts import Draft, Placement
    from pokin_dsl.syntax.nodes import Block


@dataclass(frozen=True, slots=True)
class Clash:
    """A written id (``block`` is then the draft's own) or an alias that belongs to another: to ``first``."""

    spot: Spot
    block: Block
    wanted: str
    first: Spot


@dataclass(slots=True)
class Ids:
    """The ids of a tree: ``given`` by part and number of draft, ``running`` the place of each in written order.

    ``alias`` gives the owners of old ids, ``claimed`` holds the written ids that were given, in written order.
    """

    parts: Sequence[Placement]
    given: list[tuple[str, ...]] = field(default_factory=list)
    running: dict[str, int] = field(default_factory=dict)
    alias: dict[str, Spot] = field(default_factory=dict)
    claimed: dict[str, None] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    loose: dict[Draft, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    places: dict[Placement, int] = field(default_factory=dict)

    def of(self, spot: Spot) -> str:
        """Give the id of a draft."""
        return self.given[self.places[spot.part]][spot.draft.number]

    def spot(self, id_: str) -> Spot:
        """Give the draft that has an id; raises KeyError where there is none."""
        running = self.running[id_]
        place = bisect_right(self.starts, running) - 1
        part = self.parts[place]
        return Spot(part, part.bundle.drafts[running - self.starts[place]])

    def find(self, reference: str) -> str | None:
        """Give the id that a reference means, be it an id or an alias."""
        if reference in self.running:
            return reference
        owner = self.alias.get(reference)
        return self.of(owner) if owner else None

    def above(self, spot: Spot) -> str | None:
        """Give the id of what a draft hangs under."""
        parent = spot.draft.parent
        if parent is None:
            return self.loose[spot.part.owner] if spot.part.owner else None
        return self.of(Spot(spot.part, parent)) if spot.part.remembered else self.loose[parent]


def give_ids(parts: Sequence[Placement]) -> Ids:
    """Give every draft of a tree its id.

    A slug that is unique and free is the id. All that share one, or meet a written id, get ``-`` and six hex digits
    over kind, text and the ids of their ancestors, so that order plays no part. Of two that write the same id the
    first gets it, the other one a derived id.
    """
    ids = Ids(parts)
    ids.places = {part: place for place, part in enumerate(parts)}
    giver = _Giver(ids)
    giver.claim()
    giver.claim_aliases()
    giver.derive()
    ids.starts = list(accumulate((len(given) for given in ids.given), initial=0))[:-1]
    everything = list(chain.from_iterable(ids.given))
    ids.running = dict(zip(everything, range(len(everything)), strict=True))
    giver.tell()
    return ids


class _Giver:
    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.losers: dict[Placement, set[int]] = {}
        self.told: list[tuple[Spot, Block, str, Spot | None]] = []
        self.taken: set[str] = set()
        self.stems: Counter[str] = Counter()
        self.shared: set[str] = set()

    def claim(self) -> None:
        """Give written ids to the first who write them."""
        written = [id_ for part in self.ids.parts for _, id_ in part.bundle.written]
        self.ids.claimed = dict.fromkeys(written)
        if len(written) == len(self.ids.claimed):
            return
        doubled = {id_ for id_, times in Counter(written).items() if times > 1}
        met: set[str] = set()
        for part in self.ids.parts:
            for number, id_ in part.bundle.written:
                if id_ in met:
                    self.losers.setdefault(part, set()).add(number)
                    draft = part.bundle.drafts[number]
                    self.told.append((Spot(part, draft), draft.block, id_, None))
                if id_ in doubled:
                    met.add(id_)

    def claim_aliases(self) -> None:
        """Give old ids to the first who name them, where they are not in use."""
        alias = self.ids.alias
        for part in self.ids.parts:
            for draft, block, wanted in part.bundle.aliases:
                spot = Spot(part, draft)
                if not is_good_id(wanted):
                    continue
                if wanted in self.ids.claimed or wanted in alias:
                    self.told.append((spot, block, wanted, None if wanted in self.ids.claimed else alias[wanted]))
                else:
                    alias[wanted] = spot

    def derive(self) -> None:
        """Give ids to all that have none yet; a digest needs those of all its ancestors, which come before it."""
        parts = self.ids.parts
        self.stems = Counter(chain.from_iterable(part.bundle.stems for part in parts))
        wordless: set[str] = set()
        for part in parts:
            wordless |= part.bundle.wordless
            for number in self.losers.get(part, ()):
                draft = part.bundle.drafts[number]
                self.stems[slug(draft.text) or draft.kind] += 1
                wordless |= set() if slug(draft.text) else {draft.kind}
        self.taken = {*self.ids.claimed, *self.ids.alias, *RESERVED_IDS}
        several = {stem for stem, times in self.stems.items() if times > 1}
        self.shared = several | wordless | (self.stems.keys() & self.taken)
        for part in parts:
            self.ids.given.append(self._of_part(part))

    def _of_part(self, part: Placement) -> tuple[str, ...]:
        bundle = part.bundle
        if part not in self.losers and self.shared.isdisjoint(bundle.stem_set):
            if not part.remembered:
                self.ids.loose.update(zip(bundle.drafts, bundle.plain_ids, strict=True))
            return bundle.plain_ids
        losers = self.losers.get(part, ())
        given: list[str] = []
        for draft, plain in zip(bundle.drafts, bundle.plain_ids, strict=True):
            is_loser = draft.number in losers
            stem = slug(draft.text) or draft.kind if is_loser else plain
            own = stem
            if stem in self.shared and (is_loser or not draft.written):
                own = digested(stem, (draft.kind, draft.text, *self._ancestors(draft, part, given)), self._is_taken)
                self.taken.add(own)
            given.append(own)
            if not part.remembered:
                self.ids.loose[draft] = own
        return tuple(given)

    def _is_taken(self, id_: str) -> bool:
        return id_ in self.taken or (id_ in self.stems and id_ not in self.shared)

    def _ancestors(self, draft: Draft, part: Placement, given: Sequence[str]) -> list[str]:
        found: list[str] = []
        above = draft.parent
        if part.remembered:
            while above:
                found.append(given[above.number])
                above = above.parent
            above = part.owner
        while above:
            found.append(self.ids.loose[above])
            above = above.parent
        return found[::-1]

    def tell(self) -> None:
        """Tell of the clashes, now that the place of each id is known."""
        for spot, block, wanted, first in self.told:
            self.ids.clashes.append(Clash(spot, block, wanted, first or self.ids.spot(wanted)))
