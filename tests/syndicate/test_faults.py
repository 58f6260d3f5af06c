"""Halves of characters, and faults of ours: what cannot be kept ends no look, and no look ends those after it."""

from __future__ import annotations

import json

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site, polled
from wirepress.model.wire import Memory, Rules
from wirepress.store import runs, sources
from wirepress.syndicate.look import Look
from wirepress.syndicate.parse.jsontext import value_of
from wirepress.syndicate.report import Report


def json_feed(named: str, **item: object) -> bytes:
    """A JSON Feed with one item; halves of surrogate pairs are spelt as escapes."""
    version = "https://jsonfeed.org/version/1.1"
    text = {"id": "1", "url": "/one", "title": "One", "content_text": "It rose by two metres in the night."}
    return json.dumps({"version": version, "title": named, "items": [{**text, **item}]}).encode()


HALF = "A \ud800"


@pytest.mark.parametrize(
    "body",
    [
        json_feed(HALF),
        json_feed("Wire", title=HALF),
        json_feed("Wire", id=HALF),
        json_feed("Wire", content_text=HALF),
        json_feed("Wire", content_text="", content_html=f"<p>{HALF} story</p>"),
        json_feed("Wire", summary=HALF),
        json_feed("Wire", authors=[{"name": HALF}]),
        json_feed("Wire", tags=[HALF]),
        json_feed("Wire", attachments=[{"url": "/a.mp3", "mime_type": f"audio/{HALF}"}]),
        json_feed("Wire", language=HALF),
        json_feed("Wire", **{HALF: HALF}),
    ],
    ids=["feed", "title", "id", "text", "html", "summary", "author", "tag", "type", "language", "key"],
)
def test_half_a_character_is_a_replacement_character(site: Site, body: bytes) -> None:
    with Loopback(lambda *_: reply(200, body, Content_Type="application/feed+json")) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(page=False))
        report = site.pull(number)
    assert (report.counts["created"], report.error, report.notes) == (1, "", [])
    assert site.source(number).memory.title in ("Wire", "A \ufffd")
    (post,) = site.posts()
    assert post.title in ("One", "A \ufffd")


def test_json_of_others_holds_whole_characters_only() -> None:
    read = value_of(r'{"\ud800k": ["\uD83D\uDE00\uD83D", "\udc00\ud800", "\\ud800", "\\\ud800"]}')
    assert read == {"\ufffdk": ["\U0001f600\ufffd", "\ufffd\ufffd", r"\ud800", "\\\ufffd"]}
    assert value_of(b'"\xed\xa0\x80"') == "\ufffd" * 3
    assert value_of('"\ud800"') == "\ufffd"
    for text in ("", "{", '"\\ud800', b"\xff"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            value_of(text)


def test_headers_that_are_no_text_are_kept_as_some(site: Site) -> None:
    with Loopback(lambda *_: reply(200, json_feed("Wire"), ETag='"!"').replace(b'"!"', b'"\xff"')) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(page=False))
        reports = [site.pull(number), site.pull(number)]
    assert [report.error for report in reports] == ["", ""]
    assert site.source(number).memory.etag == '"\ufffd"'


def fault(*_: object, ask: bool = True) -> None:
    raise RuntimeError("\ud800 is nothing that anybody expects")


def test_a_fault_of_ours_is_kept_and_gives_the_lease_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the look and when what it found is kept: the source fails, waits, and is looked at again."""
    with Loopback(lambda *_: reply(200, json_feed("Wire"))) as press:
        number = site.add(f"{press.url}/feed", rules=Rules(page=False))
        for attempts, place in enumerate((Look, Report), 1):
            with monkeypatch.context() as patched:
                patched.setattr(place, "run" if place is Look else "facts", fault if place is Look else halves)
                with pytest.raises((RuntimeError, UnicodeEncodeError)):
                    site.pull(number)
            with site.newsroom.database.read() as unit:
                standing = sources.standing(unit, number)
                (run, *_) = runs.runs_of(unit, number, 1)
            assert standing is not None
            assert (standing.attempts, standing.lease_until) == (attempts, 0)
            assert standing.next_at > site.clock.now().timestamp()
            assert standing.source.memory.error.startswith("a fault of this program")
            assert run.result == standing.source.memory.error
        assert site.pull(number).error == ""


def halves(report: Report) -> dict[str, object]:
    """Facts that cannot be kept, once."""
    return {} if report.error else {"notes": ["\ud800"]}


def test_a_fault_with_one_source_keeps_the_worker_from_no_other(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    run = Look.run
    faults: list[Look] = []

    def first_fails(look: Look, *, ask: bool) -> Memory:
        if look.source.id == first and len(faults) < 5:  # a source that did not wait would be looked at for ever
            faults.append(look)
            raise RuntimeError("nothing that anybody expects")
        return run(look, ask=ask)

    monkeypatch.setattr(Look, "run", first_fails)
    with Loopback(lambda *_: reply(200, json_feed("Wire"))) as press:
        first = site.add(f"{press.url}/feed", rules=Rules(page=False))
        site.add(f"{press.url}/other", rules=Rules(page=False))
        assert polled(site) == 2, "each once: the first one waits"
    assert len(site.posts()) == 1
