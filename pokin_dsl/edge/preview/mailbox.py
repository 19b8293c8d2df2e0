"""The mailbox of one browser: what it has, and the newest of what it lacks; never a queue of what is outdated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.edge.preview.messages import Statics
from pokin_dsl.edge.preview.news import Gone, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.edge.preview.messages import Hello, Note
    from pokin_dsl.edge.preview.news import News, Showing, State


class Mailbox:
    """What a browser will be told next; it is filled and emptied in one thread."""

    def __init__(self) -> None:
        self._hello: Hello | None = None
        self._sidik = ""
        self._told_gone: Gone | None = None
        self._told_state: State | None = None
        self._state: State | None = None
        self._showing: Showing | None = None
        self._statics: dict[str, None] = {}

    @property
    def full(self) -> bool:
        """Whether something is waiting that the browser does not have."""
        return bool(self._state_due() or self._showing_due() or self._statics)

    def greet(self, hello: Hello, showing: Showing, state: State) -> None:
        """Begin anew with what a browser says that it shows, and what stands there."""
        self._hello, self._sidik, self._told_gone = hello, hello.sidik, None
        self._told_state = None
        self._state, self._showing = state, showing

    def put(self, news: News) -> None:
        """Keep what is new for this browser instead of what was; before it has greeted nothing is."""
        if self._hello is None:
            return
        self._state = news.state
        self._showing = news.showing.get(self._hello.path, self._showing)
        self._statics |= dict.fromkeys(news.statics)

    def take(self) -> tuple[Note, ...]:
        """Give what the browser lacks; from now on it has it."""
        notes = tuple(self._due())
        for note in notes:
            if isinstance(note, Shown):
                self._sidik, self._told_gone = note.sidik, None
            elif isinstance(note, Gone):
                # The page may come back as it was: then it must be told, although the browser never lost it.
                self._sidik, self._told_gone = "", note
        self._told_state, self._statics = self._state, {}
        return notes

    def _due(self) -> Iterable[Note]:
        if self._state and self._state_due():
            yield self._state
        if self._showing and self._showing_due():
            yield self._showing
        if self._statics:
            yield Statics(tuple(self._statics))

    def _state_due(self) -> bool:
        return self._state != self._told_state

    def _showing_due(self) -> bool:
        if isinstance(self._showing, Shown):
            return self._showing.sidik != self._sidik
        return self._showing != self._told_gone
