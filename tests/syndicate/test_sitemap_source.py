"""Sitemaps as sources: what is new in them, and what hostile ones hold."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import page
from wirepress.model.wire import Rights, Rules, Source, SourceKind
from wirepress.store import sources
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse import sitemap as parsing
from wirepress.syndicate.parse.sitemap import FIRST, read_sitemap
from wirepress.syndicate.reading import sitemap
from wirepress.syndicate.report import Report
from wirepress.syndicate.unreadable import TooCostly, Unreadable

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
URL = "https://paper.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><loc>https://paper.example/old</loc><n:news><n:title>Old</n:title>
  <n:publication_date>2025-06-13T10:00:00Z</n:publication_date></n:news></url>
 <url><image:image><image:loc>/bridge.jpg</image:loc><image:caption>The bridge</image:caption>
  <image:title>No title</image:title></image:image><loc> /bridge?a=1&amp;b=2 </loc>
  <n:news><n:publication><n:name>The Paper</n:name><n:language>de</n:language></n:publication>
  <n:publication_date>2025-06-15T09:00:00+02:00</n:publication_date><n:title>Brücke &amp; Fluss</n:title>
  <n:keywords>Bridges, Town,, Bridges</n:keywords></n:news></url>
</urlset>"""


def urlset(*names: str, **dates: str) -> bytes:
    items = "".join(f"<url><loc>/{name}</loc>{_date(dates.get(name, ''))}</url>" for name in names or dates)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'.encode()


def index(*children: str, **dates: str) -> bytes:
    items = "".join(f"<sitemap><loc>/{name}</loc>{_date(dates.get(name, ''))}</sitemap>" for name in children)
    return f"<sitemapindex>{items}</sitemapindex>".encode()


def _date(text: str) -> str:
    return f"<lastmod>{text}</lastmod>" if text else ""


def read(body: bytes, since: datetime | None = None) -> parsing.Sitemap:
    return read_sitemap(body, URL, since=since, now=NOW)


def added(site: Site, url: str, rights: Rights = Rights.FULL) -> int:
    number = site.add(url, rights, rules=Rules(category="Town"))
    site.change(replace(site.source(number), kind=SourceKind.SITEMAP))
    return number


def press(documents: dict[str, bytes]) -> Callable[[str, dict[str, str]], bytes]:
    def answered(path: str, headers: dict[str, str]) -> bytes:
        if path in documents:
            return reply(body=documents[path])
        return reply(404) if ".xml" in path or ".txt" in path else reply(body=page(path[1:]), Content_Type="text/html")

    return answered


def pulled(site: Site, number: int) -> Report:
    site.clock.later(minutes=31)
    report = site.pull(number)
    assert not report.error, report.error
    return report


def titles(site: Site) -> set[str]:
    return {post.title for post in site.posts()}


def test_a_news_sitemap_says_what_its_articles_are_called() -> None:
    found = read(NEWS.encode())
    new, old = found.entries
    assert (found.is_news, found.total, old.title) == (True, 2, "Old")
    assert (new.link, new.title) == ("https://paper.example/bridge?a=1&b=2", "Brücke & Fluss")
    assert (new.language, new.publisher, new.categories) == ("de", "The Paper", ("Bridges", "Town"))
    assert new.published == datetime(2025, 6, 15, 7, tzinfo=UTC)
    assert [(medium.url, medium.caption) for medium in new.media] == [
        ("https://paper.example/bridge.jpg", "The bridge")
    ]


def test_it_comes_packed_and_as_plain_lines_too() -> None:
    lines = b"\xef\xbb\xbfhttps://paper.example/1\r\n\r\nhttps://paper.example/2\n"
    for body in (urlset("1", "2"), lines, gzip.compress(lines), gzip.compress(urlset("1", "2"))):
        assert [entry.link for entry in read(body).entries] == ["https://paper.example/1", "https://paper.example/2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"words\nand more words",
        b"<html><p>No</p></html>",
        b"<rss/>",
        b"\x1f\x8bnothing",
        b"{}",
    ],
)
def test_what_is_none_is_said(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


def test_what_breaks_off_is_read_as_far_as_it_goes() -> None:
    body = urlset("1", "2", "3").partition(b"<url><loc>/3")[0]
    assert [entry.link[-1] for entry in read(body).entries] == ["1", "2"]


def test_only_what_is_new_since_is_taken() -> None:
    days = {f"d{day}": f"2025-06-{day:02}" for day in range(1, 15)}
    found = read(urlset(**days), NOW - timedelta(days=4))
    assert [entry.link[-3:] for entry in found.entries] == ["d14", "d13", "d12", "d11", "d10"]
    assert found.newest == datetime(2025, 6, 14, tzinfo=UTC)


def test_dates_to_come_and_dates_of_the_list_say_nothing() -> None:
    found = read(urlset(a="2025-06-14", b="2099-01-01"))
    assert found.newest == datetime(2025, 6, 14, tzinfo=UTC)
    same = {f"s{number}": "2025-06-15T11:59:59Z" for number in range(20)}
    found = read(urlset(**same, other="2025-06-10"))
    assert found.newest == datetime(2025, 6, 10, tzinfo=UTC)
    assert found.entries[0].link.endswith("/other")
    assert {entry.updated for entry in found.entries[1:]} == {None}


def test_of_many_without_a_date_the_ends_are_taken() -> None:
    found = read(urlset(*(f"n{number}" for number in range(3 * FIRST))))
    assert (len(found.entries), found.total) == (FIRST, 3 * FIRST)
    assert [found.entries[at].link.rpartition("/")[2] for at in (0, -1)] == ["n0", f"n{3 * FIRST - 1}"]


def test_new_articles_are_taken_as_they_come(site: Site) -> None:
    documents = {"/sitemap.xml": urlset(a="2025-06-14", b="2025-06-15T10:00:00Z")}
    with Loopback(press(documents)) as paper:
        number = added(site, f"{paper.url}/sitemap.xml")
        assert pulled(site, number).counts["created"] == 2
        assert titles(site) == {"a", "b"}
        documents["/sitemap.xml"] = urlset(a="2025-06-14", b="2025-06-15T10:00:00Z", c="2025-06-15", old="2024-01-01")
        report = pulled(site, number)
        assert (report.counts["created"], titles(site)) == (1, {"a", "b", "c"})
        assert "/old" not in paper.paths()
        assert paper.paths().count("/a") == 1


def test_an_index_is_gone_through_newest_first(site: Site) -> None:
    documents = {
        "/index.xml": index("old.xml", "tag-sitemap.xml", "new.xml", "gone.xml",
                            **{"old.xml": "2024-01-01", "new.xml": "2025-06-15"}),
        "/old.xml": urlset(a="2024-01-01"),
        "/new.xml": urlset(b="2025-06-15"),
        "/tag-sitemap.xml": urlset("tag"),
    }  # fmt: skip
    with Loopback(press(documents)) as paper:
        number = added(site, f"{paper.url}/index.xml")
        report = pulled(site, number)
        assert [path for path in paper.paths() if ".xml" in path] == ["/index.xml", "/new.xml", "/old.xml", "/gone.xml"]
        assert (report.counts["created"], titles(site)) == (2, {"a", "b"})
        assert "gone.xml: the server answered with status 404" in " ".join(report.notes)
        documents["/gone.xml"] = urlset(c="2025-06-14")  # it was away, and nothing of it is lost
        assert pulled(site, number).counts["created"] == 1
        paper.asked.clear()
        pulled(site, number)
        assert [path for path in paper.paths() if ".xml" in path] == ["/index.xml", "/new.xml", "/gone.xml"]


def test_a_sitemap_that_is_as_it_was_is_not_sent(site: Site) -> None:
    def answered(path: str, headers: dict[str, str]) -> bytes:
        if path != "/sitemap.xml":
            return reply(body=page(path[1:]), Content_Type="text/html")
        return reply(304) if "if-none-match" in headers else reply(body=urlset(a="2025-06-14"), ETag='"1"')

    with Loopback(answered) as paper:
        number = added(site, f"{paper.url}/sitemap.xml")
        pulled(site, number)
        assert pulled(site, number).unchanged
    assert site.source(number).memory.mark


# ---- hostile ones


def test_indexes_that_name_each_other_end(site: Site) -> None:
    documents = {"/a.xml": index("a.xml", "b.xml"), "/b.xml": index("a.xml", "b.xml", "c.xml"), "/c.xml": urlset("one")}
    with Loopback(press(documents)) as paper:
        assert pulled(site, added(site, f"{paper.url}/a.xml")).counts["created"] == 1
        assert sorted(path for path in paper.paths() if ".xml" in path) == ["/a.xml", "/b.xml", "/c.xml"]


def test_indexes_without_end_are_asked_for_up_to_a_bound(site: Site) -> None:
    def answered(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=index(*(f"{path[1:-4]}{number}.xml" for number in range(30))))

    with Loopback(answered) as paper:
        report = site.pull(added(site, f"{paper.url}/a.xml"))
        assert len(paper.asked) <= sitemap.MOST_DOCUMENTS + 1
    assert report.found == 0
    assert site.source(1).memory.mark == ""


def test_private_addresses_are_not_asked_for(site: Site) -> None:
    named = index("good.xml").replace(
        b"</sitemapindex>", b"<sitemap><loc>http://10.0.0.1/x.xml</loc></sitemap></sitemapindex>"
    )
    entries = urlset("one").replace(b"</urlset>", b"<url><loc>http://192.168.0.1/admin</loc></url></urlset>")
    with Loopback(press({"/index.xml": named, "/good.xml": entries})) as paper:
        report = pulled(site, added(site, f"{paper.url}/index.xml"))
    assert report.counts["created"] == 1
    assert "192.168.0.1 is not a public address" in " ".join(report.notes)


def test_a_bomb_is_not_unpacked() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\n" * 1_000_000) for _ in range(60)) + packer.flush()
    assert len(bomb) < 100_000
    with pytest.raises(TooCostly, match="larger than 52,428,800 bytes"):
        read(bomb)


def test_entities_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    body = f"""<!DOCTYPE u [<!ENTITY e0 "x">{declared}{outside}]>
      <urlset><url><loc>/a</loc><title>&e9;&f;</title></url></urlset>"""
    (entry,) = read(body.encode()).entries
    assert (entry.link, len(entry.title) < 100, "root:" in entry.title) == ("https://paper.example/a", True, False)


def test_more_addresses_than_the_protocol_allows_are_left() -> None:
    body = b"<urlset>" + b"<url><loc>/a?%d</loc></url>" * 60_000 + b"</urlset>"
    assert read(body.replace(b"%d", b"1")).total == parsing.MOST


def test_a_long_or_deep_address_costs_itself_alone() -> None:
    deep = b"<url>" + b"<x>" * 200 + b"<loc>/deep</loc>" + b"</x>" * 200 + b"</url>"
    body = urlset("a").replace(b"</urlset>", b"<url><loc>/" + b"x" * 1_000_000 + b"</loc></url>" + deep + b"</urlset>")
    assert [entry.link for entry in read(body).entries] == ["https://paper.example/a", "https://paper.example/deep"]


@pytest.mark.parametrize(
    ("kind", "named"), [("sitemap", "the sitemap"), ("feed", "the feed"), ("wordpress", "the answer")]
)
def test_what_takes_too_long_is_called_what_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch, kind: str, named: str
) -> None:
    def too_long(limits: sandbox.Limits, *_: object, **__: object) -> object:
        raise TooCostly(f"{limits.what} took too long to read")

    with Loopback(lambda path, headers: reply(body=NEWS.encode())) as press:
        with site.newsroom.database.write() as unit:
            number = sources.add(unit, Source(0, f"{press.url}/x", kind=SourceKind(kind)))
        monkeypatch.setattr(sandbox, "run", too_long)
        assert site.pull(number).error == f"{named} took too long to read"
