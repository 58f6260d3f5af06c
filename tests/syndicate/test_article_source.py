"""A single article as a source: taken once, then looked at for changes as any other."""

from __future__ import annotations

from dataclasses import replace

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import page
from wirepress.model.wire import Rules, Source, SourceKind
from wirepress.syndicate import sources


def added(site: Site, url: str) -> int:
    number = site.add(url, rules=Rules(category="Town"))
    site.change(replace(site.source(number), kind=SourceKind.ARTICLE))
    return number


def test_an_article_is_taken_once_and_then_looked_at_for_changes(site: Site) -> None:
    texts = {"/bridge": page("bridge")}

    def answered(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=texts[path], Content_Type="text/html") if path in texts else reply(404)

    with Loopback(answered) as press:
        number = added(site, f"{press.url}/bridge")
        assert site.pull(number).counts["created"] == 1
        for _ in range(5):
            site.clock.later(hours=1)
            assert site.pull(number).result() == "nothing new"
        assert press.paths().count("/bridge") == 1
        texts["/bridge"] = page("other").replace(b"<title>other", b"<title>bridge")
        site.clock.later(hours=2)
        assert site.pull(number).counts["revised"] == 1
        site.clock.later(days=10)
        site.pull(number)
        assert press.paths().count("/bridge") == 2
    (post,) = site.posts()
    assert post.title == "bridge"


def test_an_article_that_cannot_be_had_is_tried_again(site: Site) -> None:
    pages: dict[str, bytes] = {}

    def answered(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=pages[path], Content_Type="text/html") if path in pages else reply(404)

    with Loopback(answered) as press:
        number = added(site, f"{press.url}/bridge")
        report = site.pull(number)
        assert (report.counts["failed"], site.posts()) == (1, [])
        pages["/bridge"] = page("bridge")
        site.clock.later(hours=1)
        assert site.pull(number).counts["created"] == 1


def test_its_page_has_to_be_read(site: Site) -> None:
    with site.newsroom.view() as view:
        source = Source(0, "https://a.example/one", kind=SourceKind.ARTICLE, rules=Rules(page=False))
        assert sources.flaws(view, source) == {"page": "no_page"}
