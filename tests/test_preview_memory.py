"""What the preview remembers at hand, and what it puts on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.edge.preview.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Shelf:
    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.flushed: dict[str, bytes] = {}

    def recall(self, keys: Collection[str]) -> Mapping[str, bytes]:
        return {key: self.values[key] for key in keys if key in self.values}

    def keep(self, values: Mapping[str, bytes]) -> None:
        self.values |= values

    def flush(self) -> None:
        self.flushed = dict(self.values)


def test_what_is_new_goes_on_the_shelf_only_when_it_is_put_away() -> None:
    shelf = Shelf()
    recent = Recent(shelf)
    recent.keep({"a": b"1"})
    assert shelf.values == {}
    assert recent.recall(["a"]) == {"a": b"1"}
    recent.put_away()
    assert shelf.flushed == {"a": b"1"}


def test_what_was_fetched_once_is_at_hand() -> None:
    shelf = Shelf()
    shelf.values["a"] = b"1"
    recent = Recent(shelf)
    assert recent.recall(["a", "b"]) == {"a": b"1"}
    shelf.values.clear()
    assert recent.recall(["a"]) == {"a": b"1"}


def test_what_was_used_longest_ago_makes_room() -> None:
    recent = Recent(Shelf(), most=4)
    recent.keep({"a": b"12", "b": b"12"})
    recent.recall(["a"])
    recent.keep({"c": b"12"})
    assert recent.recall(["a", "b", "c"]) == {"a": b"12", "c": b"12"}


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=4), min_size=1), min_size=1))
def test_nothing_is_lost_that_was_put_away(rounds: list[dict[str, bytes]]) -> None:
    recent, expected = Recent(Shelf(), most=6), dict[str, bytes]()
    for values in rounds:
        recent.keep(values)
        recent.put_away()
        expected |= values
        assert dict(recent.recall(list("abcdef"))) == expected
