"""The mailbox of one browser, and what is written of it: only the newest is kept, and nothing is lost."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.edge.preview.mailbox import Mailbox
from pokin_dsl.edge.preview.messages import Hello, note_text, read_hello
from pokin_dsl.edge.preview.news import Gone, News, Shown, State
from tests.preview import INDEX, shown

FIRST, SECOND = shown(INDEX, "satu"), shown(INDEX, "dua")


def greeted(sidik: str) -> Mailbox:
    mailbox = Mailbox()
    mailbox.greet(Hello(INDEX, sidik), FIRST, State())
    return mailbox


def test_of_many_news_only_the_newest_is_kept() -> None:
    mailbox = greeted(FIRST.sidik)
    mailbox.take()
    for number in range(100):
        mailbox.put(News({INDEX: shown(INDEX, str(number))}, State(warnings=number), ("a.css",)))
    notes = mailbox.take()
    assert notes[:2] == (State(warnings=99), shown(INDEX, "99"))
    assert len(notes) == 3
    assert not mailbox.full


def test_a_change_taken_back_before_it_was_told_is_not_told() -> None:
    mailbox = greeted(FIRST.sidik)
    mailbox.take()
    mailbox.put(News({INDEX: SECOND}, State(warnings=1)))
    mailbox.put(News({INDEX: FIRST}))
    assert not mailbox.full
    assert mailbox.take() == ()


CONTENTS = st.one_of(
    st.sampled_from("abc").map(lambda text: shown(INDEX, text)), st.sampled_from("xy").map(lambda why: Gone(INDEX, why))
)


@given(CONTENTS, st.lists(st.tuples(CONTENTS, st.integers(0, 2), st.booleans())))
def test_whoever_empties_the_mailbox_in_the_end_has_what_stands_there(
    first: Shown | Gone, news: list[tuple[Shown | Gone, int, bool]]
) -> None:
    mailbox = Mailbox()
    mailbox.greet(Hello(INDEX, "?"), first, State())
    had: dict[type, object] = {}
    for showing, warnings, takes in [*news, (*news[-1][:2], True) if news else (first, 0, True)]:
        mailbox.put(News({INDEX: showing}, State(warnings=warnings)))
        for note in mailbox.take() if takes else ():
            had[State if isinstance(note, State) else Shown] = note
    last, warnings = (news[-1][0], news[-1][1]) if news else (first, 0)
    assert had == {State: State(warnings=warnings), Shown: last}


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_can_be_told(path: str, html: str) -> None:
    said = json.loads(note_text(Shown(path, "1", html)).encode())
    assert said["isi"] == html.encode("utf-8", "replace").decode()


SAID = st.recursive(
    st.none() | st.text() | st.just("halo"),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["jenis", "jalur"]), inner),
)


@given(st.text() | SAID.map(json.dumps))
def test_whatever_is_no_greeting_is_understood_as_none(said: str) -> None:
    assert read_hello(said) is None
