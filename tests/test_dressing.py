"""What the preview adds to a page: its tags in the head, and a policy that allows its channel."""

from __future__ import annotations

import pytest

from pokin_dsl.edge.preview.dressing import as_preview
from tests.pages import parsed
from tests.sites import seed_site


def one_of_each_kind() -> dict[str, bytes]:
    """Give pages of the real site: all that are alone in their folder's kind, and one of those that are many."""
    many = ("kinerja", "jabatan", "aturan")
    kinds: dict[tuple[str, str], str] = {}
    for path in sorted(seed_site()):
        folder, _, name = path.rpartition("/")
        kind = folder.rpartition("/")[2]
        if name.endswith(".html"):
            kinds.setdefault((kind, "" if kind in many and name != "index.html" else name), path)
    return {path: seed_site()[path] for path in kinds.values()}


def test_every_kind_of_page_stays_valid_in_the_preview() -> None:
    for content in one_of_each_kind().values():
        html, sidik = as_preview(content.decode())
        head = parsed(html).find("head")
        assert head is not None
        metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content") or "" for meta in head.iter("meta")}
        assert metas["pokin-sidik"] == sidik
        assert metas["Content-Security-Policy"].endswith("form-action 'none'; connect-src 'self'")
        assert [s.get("src") for s in head.iter("script")][-1] == "/_pokin/pratinjau.js"
        assert [link.get("href") for link in head.iter("link")][-1] == "/_pokin/pratinjau.css"


def test_the_digest_is_of_what_was_built() -> None:
    assert as_preview("<p>a")[1] == as_preview("<p>a")[1] != as_preview("<p>b")[1]


@pytest.mark.parametrize(
    ("html", "in_front"),
    [
        ("<!DOCTYPE html><head><title>a</title></HEAD >", "<!DOCTYPE html><head><title>a</title>"),
        ("<!DOCTYPE html>\n<html lang='id'><p>a", "<!DOCTYPE html>\n<html lang='id'>"),
        ("<!doctype html><title>a</title><p>a", "<!doctype html>"),
        ("<p>a", ""),
        ("", ""),
    ],
)
def test_the_tags_go_into_the_head(html: str, in_front: str) -> None:
    dressed, _ = as_preview(html)
    assert dressed.startswith(f'{in_front}<meta name="pokin-sidik"')
    assert dressed.endswith(html[len(in_front) :])


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        ("default-src 'none'", "default-src 'none'; connect-src 'self'"),
        ("default-src 'none';", "default-src 'none'; connect-src 'self'"),
        ("connect-src 'none'; img-src data:", "connect-src 'self'; img-src data:"),
        ("img-src data:; connect-src https://a.id", "img-src data:; connect-src 'self' https://a.id"),
    ],
)
def test_the_policy_allows_the_own_channel(policy: str, widened: str) -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    body = f"</head><body>{meta.format(policy)}"
    dressed, _ = as_preview(f"<head>{meta.format(policy)}{body}")
    assert dressed.startswith(f"<head>{meta.format(widened)}")
    assert dressed.endswith(body)
