"""Another WordPress site as a source: whole texts, what was changed since, and what a hostile one answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import HOME, Site, site_in
from tests.syndicate.wordpress_site import Paper, item
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request
from wirepress.model.wire import Rights, Rules, SourceKind
from wirepress.syndicate import sources
from wirepress.syndicate.parse.wordpress import read_posts
from wirepress.syndicate.pull import pull_source
from wirepress.syndicate.reading import wordpress
from wirepress.syndicate.report import Report
from wirepress.syndicate.unreadable import Unreadable
from wirepress.wp.api import Api

KIND = SourceKind.WORDPRESS


def added(site: Site, url: str, rights: Rights = Rights.FULL, **rules: Any) -> int:
    number = site.add(url, rights, rules=Rules(**rules))
    site.change(replace(site.source(number), kind=KIND))
    return number


def pulled(site: Site, number: int) -> Report:
    site.clock.later(minutes=31)
    report = site.pull(number)
    assert not report.error, report.error
    return report


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Site]:
    """A site of ours, which speaks WordPress's API to the byte."""
    with site_in(tmp_path / "other") as made:
        yield made


def api_of(site: Site) -> Callable[[str, dict[str, str]], bytes]:
    def answered(path: str, headers: dict[str, str]) -> bytes:
        place, _, query = path.partition("?")
        found = Api(site.newsroom).answer(Request("GET", place, query, {"host": "news.example.com"}))
        return reply(found.status, found.body, **{name.replace("-", "_"): value for name, value in found.headers})

    return answered


def test_a_site_is_read_over_its_own_api(site: Site, other: Site) -> None:
    text = "<!-- wp:paragraph -->\n<p>The mayor &amp; her <em>council</em> met.</p>\n<!-- /wp:paragraph -->"
    with other.newsroom.write() as view:
        changes = Changes(title="Bread & ships", content=text, status="publish")
        first = publishing.create(view, NEWSROOM, "post", changes)
        locked = replace(changes, title="Locked", password="x")
        publishing.create(view, NEWSROOM, "post", locked)
    with Loopback(api_of(other)) as press:
        number = added(site, f"{press.url}/wp-json/wp/v2/posts")
        assert pulled(site, number).counts["created"] == 1
        (post,) = site.posts()
        assert post.title == "Bread & ships"
        assert "<p>The mayor &amp; her <em>council</em> met.</p>" in post.content
        origin = site.origin(post)
        assert origin.url.startswith(HOME)
        assert {path.partition("?")[0] for path in press.paths()} == {"/wp-json/wp/v2/posts"}
        assert pulled(site, number).result() == "nothing new"
        other.clock.later(hours=3)
        with other.newsroom.write() as view:
            publishing.update(view, NEWSROOM, first.id, Changes(content=text.replace("met", "resigned")))
        site.clock.later(hours=3)
        assert pulled(site, number).counts["revised"] == 1
        assert "resigned" in site.posts()[0].content
        assert "modified_after=2025-06-15T11:59:59Z" in press.paths()[-1]


def test_a_post_comes_with_all_that_the_site_says_of_it(site: Site) -> None:
    terms = [[{"name": "Sport &amp; Spiel", "taxonomy": "category"},
              {"name": "Uncategorized", "slug": "uncategorized", "taxonomy": "category"}],
             [{"name": "Bowls", "taxonomy": "post_tag"}, {"name": "North", "taxonomy": "region"}]]  # fmt: skip
    medium = {"source_url": "/u/ship.jpg", "alt_text": "A ship", "mime_type": "image/jpeg",
              "caption": {"rendered": "<p>The ship</p>"}, "media_details": {"width": 900, "height": 600}}  # fmt: skip
    embedded = {"author": [{"name": "Ann Lee"}], "wp:term": terms, "wp:featuredmedia": [medium]}
    name = {"rendered": "https://paper.example/?post_type=a&#038;p=7"}
    one = item(7, guid=name, title={"rendered": "Ships &#8211; &#8220;old&#8221; ones"}, _embedded=embedded)
    (entry,) = read_posts(json.dumps([one]).encode(), "https://paper.example/wp-json/wp/v2/posts").entries
    assert (entry.title, entry.guid, entry.link) == (
        "Ships – “old” ones", "https://paper.example/?post_type=a&p=7", "https://paper.example/story-7/",
    )  # fmt: skip
    assert (entry.authors, entry.categories, entry.schemes) == (
        ("Ann Lee",), ("Sport & Spiel", "Bowls", "North"), ("", "", "region"),
    )  # fmt: skip
    (found,) = entry.media
    assert (found.url, found.alt, found.caption, found.width) == (
        "https://paper.example/u/ship.jpg", "A ship", "The ship", 900,
    )  # fmt: skip
    assert entry.published is not None
    assert (entry.published.isoformat(), entry.is_whole) == ("2025-06-15T08:00:00+00:00", True)


def test_what_is_not_for_everybody_is_left_out() -> None:
    hidden = [
        item(1, content={"rendered": "", "protected": True}),
        item(2, excerpt={"rendered": "", "protected": True}),
        item(3, status="private"),
        item(4, link=""),
        item(5, link="javascript:alert(1)"),
        item(6, content={"rendered": '<p>Begin <a class="more-link" href="#">More</a></p>'}),
    ]
    posts = read_posts(json.dumps(hidden).encode(), "https://paper.example/")
    assert [(entry.link, entry.is_whole) for entry in posts.entries] == [("https://paper.example/story-6/", False)]
    assert posts.ids == (1, 2, 3, 4, 5, 6)


def test_only_what_was_changed_is_asked_for(site: Site) -> None:
    paper = Paper([item(number, number) for number in range(1, 121)])
    with Loopback(paper) as press:
        number = added(site, press.url)
        assert pulled(site, number).counts["created"] == 120
        assert [query["page"] for query in paper.asked] == ["1", "2", "3"]
        paper.asked.clear()
        for one in paper.posts[:60]:  # all at once, more than an answer holds
            one["modified_gmt"] = "2025-06-15T12:40:00"
            one["content"] = {"rendered": "<p>Corrected.</p>"}
        assert pulled(site, number).counts["revised"] == 60
        assert {query["order"] for query in paper.asked} == {"asc"}
        paper.asked.clear()
        assert pulled(site, number).counts["revised"] == 0
        assert len(paper.asked) <= 2
    assert site.source(number).memory.mark.startswith("2025-06-15T12:40:00Z")


def test_what_one_look_does_not_come_to_the_next_one_asks_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpress, "MOST_ANSWERS", 2)
    monkeypatch.setattr(wordpress, "SIZES", (10, 5))
    paper = Paper([item(1)])
    with Loopback(paper) as press:
        number = added(site, press.url)
        pulled(site, number)
        paper.posts += [item(one, 60 + one % 3) for one in range(2, 60)]
        looks = [pulled(site, number).counts["created"] for _ in range(6)]
    assert sum(looks) == 58
    assert looks[0] < 20
    assert len(site.posts()) == 59


def test_a_site_that_does_not_know_of_the_parameter_loses_nothing(site: Site) -> None:
    paper = Paper([item(number, number) for number in range(1, 81)], knows_after=False)
    with Loopback(paper) as press:
        number = added(site, press.url)
        pulled(site, number)
        paper.posts.append(item(99, 300))
        assert pulled(site, number).counts["created"] == 1
        assert [query["order"] for query in paper.asked[-2:]] == ["asc", "desc"]


def test_smaller_pieces_are_asked_for_where_a_site_allows_no_others(site: Site) -> None:
    paper = Paper([item(number, number) for number in range(1, 16)], most=20)
    with Loopback(paper) as press:
        number = added(site, press.url)
        assert pulled(site, number).counts["created"] == 15
    assert [query["per_page"] for query in paper.asked] == ["50", "10", "10"]


@pytest.mark.parametrize(
    ("address", "paper"),
    [
        ("/news", Paper(folder="/news")),
        ("/news/", Paper(folder="/news", prefix="")),
        ("/news/index.php", Paper(folder="/news")),
        ("/news/wp-json/", Paper(folder="/news")),
        ("/news/?rest_route=/", Paper(folder="/news", prefix="")),
        ("/news/?rest_route=/wp/v2/posts&categories=5&page=7", Paper(folder="/news", prefix="")),
        ("/news/wp-json/wp/v2/posts?categories=5", Paper(folder="/news")),
        ("/api/wp/v2/posts", Paper(prefix="/api")),
    ],
)
def test_a_site_may_be_anywhere(site: Site, address: str, paper: Paper) -> None:
    paper.posts, paper.asked = [item(1)], []
    with Loopback(paper) as press:
        assert pulled(site, added(site, press.url + address)).counts["created"] == 1
    assert ("categories" in paper.asked[-1]) == ("categories" in address)


def test_under_narrower_rights_no_text_is_kept(site: Site) -> None:
    paper = Paper([item(1)])
    with Loopback(paper) as press:
        number = added(site, press.url, Rights.EXCERPT)
        assert pulled(site, number).counts["created"] == 1
        assert "In short." in site.posts()[0].excerpt
        assert site.holds("has opened the old bridge") == []
        with site.newsroom.write() as view:
            assert sources.change(view, replace(site.source(number), rights=Rights.FULL))
        pulled(site, number)
    assert "has opened the old bridge" in site.posts()[0].content


def test_what_the_rules_cut_is_cut_from_whole_texts_too(site: Site) -> None:
    text = f'<p>The council met.</p><div class="ad"><p>Buy bread!{" And more." * 100}</p></div>'
    with Loopback(Paper([item(1, content={"rendered": text})])) as press:
        pulled(site, added(site, press.url, remove=".ad"))
    assert "council met" in site.posts()[0].content
    assert "Buy" not in site.posts()[0].content


def test_a_look_that_is_cut_off_is_made_again(site: Site) -> None:
    paper = Paper([item(number, number) for number in range(1, 6)])
    with Loopback(paper) as press:
        number = added(site, press.url)
        report = pull_source(site.newsroom, number, site.fetcher, stop=lambda: bool(paper.asked))
        assert (report.cut, site.source(number).memory.mark) == (True, "")
        assert pulled(site, number).counts["created"] == 5


# ---- hostile ones


class Endless(Paper):
    """Pages for ever: always something new, or always the same."""

    new = True
    count = 0

    def answer(self, query: Mapping[str, str]) -> bytes:
        size = int(query["per_page"])
        first = self.count if self.new else 0
        self.count += size
        body = json.dumps([item(first + number + 1) for number in range(size)]).encode()
        return reply(body=body, X_WP_Total="9999999999999999999999", X_WP_TotalPages="-7")


@pytest.mark.parametrize(("new", "most"), [(True, wordpress.MOST_ANSWERS), (False, 2)])
def test_pages_for_ever_end(site: Site, new: bool, most: int) -> None:
    paper = Endless()
    paper.new = new
    with Loopback(paper) as press:
        number = added(site, press.url, Rights.LINK)
        report = pulled(site, number)
    assert len(paper.asked) <= most
    assert report.found <= most * wordpress.SIZES[0]


def deep(levels: int) -> bytes:
    return b'[{"id":1,"x":' + b"[" * levels + b"]" * levels + b"}]"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", "is no JSON"),
        (b"<html>", "is no JSON"),
        (b'[{"id":1}', "is no JSON"),
        (b'{"code":"rest_forbidden","message":"no"}', "rest_forbidden"),
        (b'{"a":1}', "no list of a WordPress site's posts"),
        (b"[1,2]", "no list of a WordPress site's posts"),
        (b'[{"title":"x"}]', "no list of a WordPress site's posts"),
        (deep(500), "nested too deeply"),
        (deep(200_000), "is no JSON"),
        (b"[" + b"9" * 6000 + b"]", "is no JSON"),
    ],
    ids=["empty", "page", "cut", "refused", "object", "numbers", "no ids", "deep", "deeper", "digits"],
)
def test_what_is_no_list_of_posts_is_said(body: bytes, line: str) -> None:
    with pytest.raises(Unreadable, match=line):
        read_posts(body, "https://a.example/")


def test_values_of_other_types_cost_nothing_but_themselves() -> None:
    values: tuple[Any, ...] = (None, 7, [], {}, "x", [[]], {"rendered": 5})
    embedded = {"wp:term": [[None, 5, {"name": 7}], 3], "author": [[]], "wp:featuredmedia": {}}
    strange = [
        dict.fromkeys(item(1), value) | {"id": number, "status": "publish", "link": f"https://a.example/{number}"}
        for number, value in enumerate(values, 1)
    ]
    strange[0]["_embedded"] = embedded
    posts = read_posts(json.dumps(strange).encode(), "https://a.example/")
    assert [entry.link for entry in posts.entries] == [f"https://a.example/{number}" for number in range(1, 8)]


def test_a_source_that_refuses_says_why(site: Site) -> None:
    with Loopback(lambda path, headers: reply(401, b'{"code":"rest_not_logged_in"}')) as press:
        report = site.pull(added(site, press.url))
    assert "status 401" in report.error
    assert site.source(1).memory.mark == ""


def test_a_picture_on_a_private_address_is_not_asked_for(site: Site) -> None:
    embedded = {"wp:featuredmedia": [{"source_url": "http://10.0.0.1/ship.jpg"}]}
    with Loopback(Paper([item(1, _embedded=embedded)])) as press:
        report = pulled(site, added(site, press.url))
    assert report.counts["created"] == 1
    assert "10.0.0.1 is not a public address" in " ".join(report.notes)


def test_a_list_that_moved_is_moved_without_what_was_asked(site: Site) -> None:
    paper = Paper([item(1)], folder="/new")

    def moved(path: str, headers: dict[str, str]) -> bytes:
        if path.startswith("/old"):
            return reply(301, Location=path.replace("/old", "/new", 1))
        return paper(path, headers)

    with Loopback(moved) as press:
        number = added(site, f"{press.url}/old/wp-json/wp/v2/posts?categories=5")
        pulled(site, number)
        pulled(site, number)
        assert site.source(number).url == f"{press.url}/new/wp-json/wp/v2/posts?categories=5"
