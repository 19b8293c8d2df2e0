"""Settling, without a clock: how long a file is waited for, and that all that was touched is told once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.edge.settling import BLIND, EXACT, POLLED, Settling, Stage, Times

_A, _B = Path("/trees/a.pokin"), Path("/trees/b.pokin")
_events = st.lists(st.tuples(st.sampled_from((_A, _B)), st.sampled_from(Stage), st.floats(0, 0.5)), min_size=1)


@given(_events, st.sampled_from((EXACT, BLIND, POLLED)))
def test_all_that_was_touched_is_told_once_and_in_time(events: list[tuple[Path, Stage, float]], times: Times) -> None:
    settling = Settling(times)
    now = 0.0
    for path, stage, pause in events:
        now += pause
        settling.note(path, stage, now)
    due = settling.due
    assert due is not None
    assert due <= events[0][2] + times.limit
    assert due >= min(now + times.complete, events[0][2] + times.limit)
    assert settling.take() == {path for path, _, _ in events}
    assert settling.due is None
    assert not settling.take()


@given(_events)
def test_a_file_that_came_and_went_leaves_no_trace(events: list[tuple[Path, Stage, float]]) -> None:
    settling, alone = Settling(EXACT), Settling(EXACT)
    passing = Path("/trees/sementara.pokin")
    now = 0.0
    for path, stage, pause in events:
        now += pause
        settling.note(path, stage, now)
        alone.note(path, stage, now)
    settling.note(passing, Stage.OPEN, now, born=True)
    settling.note(passing, Stage.COMPLETE, now)
    settling.note(passing, Stage.VANISHED, now)
    assert settling.due == alone.due
    assert settling.take() == alone.take()


@pytest.mark.parametrize(
    ("stages", "wait"),
    [
        ([Stage.COMPLETE], EXACT.complete),
        ([Stage.OPEN], EXACT.limit),
        ([Stage.OPEN, Stage.COMPLETE], EXACT.complete),
        ([Stage.VANISHED], EXACT.vanished),
        ([Stage.VANISHED, Stage.OPEN, Stage.COMPLETE], EXACT.complete),
        ([Stage.COMPLETE, Stage.VANISHED], EXACT.vanished),
        ([Stage.WRITTEN], EXACT.written),
    ],
)
def test_how_long_a_file_is_waited_for(stages: list[Stage], wait: float) -> None:
    settling = Settling(EXACT)
    for stage in stages:
        settling.note(_A, stage, 0.0)
    assert settling.due == wait


def test_several_files_at_once_are_waited_for_longer() -> None:
    settling = Settling(EXACT)
    settling.note(_A, Stage.COMPLETE, 0.0)
    settling.note(_B, Stage.COMPLETE, 0.0)
    assert settling.due == EXACT.written
