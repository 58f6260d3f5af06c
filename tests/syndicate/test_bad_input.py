"""What a hostile or broken press sends: one clear line each, and everything good is taken all the same."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import BOUNDS, Site, site_in
from wirepress.cli.source import row_of
from wirepress.model.wire import Rules
from wirepress.store import runs, sources

WORDS = ("harbour", "mayor", "winter", "ships", "council", "the", "a", "opened", "said", "before", "bridge", "of", "in")
Pages = Callable[[str], bytes | None]


def page(name: str, picture: str = "") -> bytes:
    dice = Random(name)  # texts that are no copies of each other
    text = "".join(f"<p>It {' '.join(dice.choices(WORDS, k=40))}, he said.</p>" for _ in range(6))
    meta = f'<meta property="og:image" content="{picture}">' if picture else ""
    return f"<html><head><title>{name}</title>{meta}</head><body><article>{text}</article></body></html>".encode()


def feed(*names: str, end: str = "</channel></rss>") -> bytes:
    items = "".join(f"<item><title>Story {n}</title><link>/{n}</link><guid>{n}</guid></item>" for n in names)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}{end}'.encode()


def answer(pages: Pages) -> Callable[[str, dict[str, str]], bytes]:
    """A press whose good pages are /good1 to /good9; `pages` gives whole answers for the others."""

    def answered(path: str, _headers: dict[str, str]) -> bytes:
        special = pages(path)
        if special is not None:
            return special
        if path.startswith("/good"):
            return reply(body=page(path[1:]), Content_Type="text/html")
        return reply(404)

    return answered


def huge_png() -> bytes:
    """The head of a picture of 100,000 x 100,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def endless(path: str) -> bytes | None:
    return reply(302, Location=f"{path}x") if path.startswith("/bad") else None


def only(status: int, body: bytes = b"", kind: str = "text/html") -> Pages:
    return lambda path: reply(status, body, Content_Type=kind) if path == "/bad" else None


def silent(path: str) -> bytes | None:
    return b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" if path == "/bad" else None


@pytest.mark.parametrize(
    ("pages", "line"),
    [
        (only(404), "status 404"),
        (only(410), "status 410"),
        (only(500), "status 500"),
        (only(200, b"x" * 50_000_000), "larger than 10,000,000 bytes"),
        (only(200, b"<div>" * 5000 + b"x"), "nested too deeply"),
        (only(200, b"%PDF-1.7", "application/pdf"), "no web page but application/pdf"),
        (only(200, b"<p></p>"), "no article text"),
        (lambda path: reply(302, Location="http://10.0.0.1/") if path == "/bad" else None, "not a public address"),
        (lambda path: reply(302, Location="http://127.0.0.1:9/") if path == "/bad" else None, "takes no connection"),
        (endless, "more than 5 redirects"),
        (lambda path: b"" if path == "/bad" else None, "closed the connection"),
        (silent, "closed the connection before"),
    ],
    ids=["404", "410", "500", "50 MB", "deep", "pdf", "empty", "private", "refused", "redirects", "hang up", "cut off"],
)
def test_a_bad_page_costs_nothing_but_itself(site: Site, pages: Pages, line: str) -> None:
    def whole(path: str) -> bytes | None:
        if path == "/feed":
            return reply(body=feed("good1", "bad", "good2"), Content_Type="application/rss+xml")
        return pages(path)

    with Loopback(answer(whole)) as press:
        report = site.pull(site.add(f"{press.url}/feed"))
    assert (report.counts["created"], report.counts["failed"], report.error) == (2, 1, "")
    (note,) = report.notes
    assert f"{press.url}/bad: " in note
    assert line in note
    assert note.count("\n") == 0
    assert note in listed(site)
    assert sorted(post.title for post in site.posts()) == ["Story good1", "Story good2"]


def listed(site: Site) -> str:
    """What `wirepress source list` says of the last run of the newest source."""
    with site.newsroom.database.read() as unit:
        standing = sources.standings(unit)[-1]
        return str(row_of(standing, runs.last_runs(unit)[standing.source.id], {}, 0)["result"])


def test_a_bad_picture_costs_nothing_but_itself(site: Site) -> None:
    def pages(path: str) -> bytes | None:
        if path == "/feed":
            return reply(body=feed("good1", "story"))
        if path == "/story":
            return reply(body=page("story", "/huge.png"), Content_Type="text/html")
        return reply(body=huge_png(), Content_Type="image/png") if path == "/huge.png" else None

    with Loopback(answer(pages)) as press:
        report = site.pull(site.add(f"{press.url}/feed"))
    assert report.counts["created"] == 2
    (note,) = report.notes
    assert "picture left out: The picture has too many pixels." in note
    assert site.uploads() == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaaaaaaaa">%s]>
<rss version="2.0"><channel><title>&z;</title><item><title>&z;</title></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 16) for n in range(25)
)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"<!doctype html><html><body><a href=/a>a</a></body></html>", "this is a web page, not a feed"),
        (b"", "the feed is empty"),
        (b"<rss version='2.0'>", "breaks off before its first entry"),
        (b"{}", "no JSON Feed"),
        (b"x" * 20_000_000, "larger than 10,000,000 bytes"),
    ],
)
def test_a_source_that_is_no_feed_says_so(site: Site, body: bytes, line: str) -> None:
    with Loopback(lambda path, headers: reply(body=body)) as press:
        number = site.add(f"{press.url}/feed")
        report = site.pull(number)
    assert line in report.error
    assert report.error == report.result() == listed(site)
    assert site.source(number).memory.error == report.error


def test_an_entity_bomb_does_not_go_off(site: Site) -> None:
    with Loopback(lambda path, headers: reply(body=BOMB)) as press:
        report = site.pull(site.add(f"{press.url}/feed"))
    assert site.posts() == []
    assert "\n" not in report.result()
    assert len(report.result()) < 500


def test_what_a_truncated_feed_holds_is_taken(site: Site) -> None:
    cut = feed("good1", "good2", end="<item><title>Story go")
    press_of = answer(lambda path: reply(body=cut) if path == "/feed" else None)
    with Loopback(press_of) as press:
        report = site.pull(site.add(f"{press.url}/feed"))
    assert report.counts["created"] == 2
    assert len(site.posts()) == 2


@pytest.mark.parametrize("links", [".card a", ".nothing"])
def test_a_listing_without_links_says_so(site: Site, links: str) -> None:
    with Loopback(lambda path, headers: reply(body=b"<div class=card><a>x</a></div>")) as press:
        report = site.pull(site.add(f"{press.url}/list", rules=Rules(links=links)))
    assert "matches" in report.error
    assert report.error == listed(site)


def test_a_source_that_does_not_answer_waits_longer_each_time(site: Site) -> None:
    number = site.add("http://127.0.0.1:9/feed")
    waits = []
    for _ in range(3):
        assert "takes no connection on port 9" in site.pull(number).error
        with site.newsroom.database.read() as unit:
            (standing,) = sources.standings(unit)
        waits.append(standing.next_at)
    assert standing.attempts == 3
    assert waits[1] - waits[0] >= 1790
    assert waits[2] - waits[1] >= 3590


def test_a_private_address_is_refused_at_the_gate(tmp_path: Path) -> None:
    with (
        Loopback(lambda path, headers: reply(body=feed("good1"))) as press,
        site_in(tmp_path / "closed", replace(BOUNDS, allow=())) as site,
    ):
        for url in (f"{press.url}/feed", f"http://localhost:{press.port}/feed", "http://169.254.169.254/latest"):
            report = site.pull(site.add(url))
            assert "is not a public" in report.error
            assert report.error == listed(site)
        assert press.asked == []


def test_a_slow_source_ends_in_time(tmp_path: Path) -> None:
    with (
        Loopback(lambda path, headers: b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n") as press,
        site_in(tmp_path / "slow", replace(BOUNDS, total_seconds=0.0)) as site,
    ):
        assert "no whole answer within" in site.pull(site.add(f"{press.url}/feed")).error
