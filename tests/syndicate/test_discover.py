"""What is found of any address of a site: each kind in its turn, within bounds, past the same gate."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site
from tests.syndicate.test_bad_input import page
from tests.syndicate.test_listing_source import listing
from tests.syndicate.test_sitemap_source import NEWS, NOW, index, urlset
from tests.syndicate.wordpress_site import item
from wirepress.net.port import Conditions, Fault, Fetched, FetchError
from wirepress.syndicate.discover import MOST_ASKED, discover
from wirepress.syndicate.unreadable import Unreadable

HERE = "https://paper.example/"
POSTS = f"{HERE}wp-json/wp/v2/posts"


def rss(title: str, *names: str) -> str:
    items = "".join(f"<item><title>{name}</title><link>{HERE}{name}</link></item>" for name in names)
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def found(answers: dict[str, Any], url: str = HERE, **given: Any) -> list[dict[str, Any]]:
    return list(discover(url, Elsewhere(answers, **given), NOW, lambda _: None)["candidates"])


def kinds(candidates: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["kind"], one["url"]) for one in candidates]


def test_all_that_a_site_offers_is_found_the_best_first() -> None:
    head = """<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Comments">
      <link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="https://api.w.org/" href="/wp-json/">"""
    answers = {
        HERE: f"<head>{head}</head>{listing()}",
        f"{HERE}feed/": rss("Paper", "a", "b"),
        f"{HERE}comments/feed/": rss("Said", "a"),
        POSTS: [item(1), item(2)],
        f"{HERE}wp-json/": {"name": "The &amp; Paper"},
        f"{HERE}robots.txt": f"User-agent: *\nSitemap: {HERE}all.xml\nSITEMAP: /news.xml\n",
        f"{HERE}all.xml": urlset("x").decode(),
        f"{HERE}news.xml": NEWS,
    }
    candidates = found(answers)
    assert kinds(candidates) == [
        ("feed", f"{HERE}feed/"),
        ("feed", f"{HERE}comments/feed/"),
        ("wordpress", POSTS),
        ("sitemap", f"{HERE}news.xml"),
        ("listing", HERE),
    ]
    wordpress, sitemap, listed = candidates[2:]
    assert (wordpress["title"], wordpress["total"]) == ("The & Paper", 2)
    assert wordpress["entries"][0]["title"] == "Story number 1"
    assert (sitemap["total"], sitemap["entries"][0]["title"]) == (2, "Brücke & Fluss")
    assert listed["settings"] == {"links": "h3 a", "items": "li.card", "titles": "h3", "dates": "time"}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (rss("Paper", "a"), "feed"),
        (json.dumps([item(1)]), "wordpress"),
        (NEWS, "sitemap"),
        (f"{HERE}one\n{HERE}two\n", "sitemap"),
    ],
)
def test_an_address_may_be_the_source_itself(document: str, kind: str) -> None:
    fetcher = Elsewhere({HERE: document})
    result = discover(HERE, fetcher, NOW, lambda _: None)
    assert (result["page"], kinds(result["candidates"]), fetcher.asked) == (kind, [(kind, HERE)], [HERE])


def test_the_root_of_an_api_leads_to_its_posts() -> None:
    root = {"name": "Paper", "namespaces": ["oembed/1.0", "wp/v2"]}
    assert kinds(found({f"{HERE}wp-json/": root, POSTS: [item(1)]}, f"{HERE}wp-json/")) == [("wordpress", POSTS)]


def test_the_api_is_found_by_the_header_and_without_pretty_addresses() -> None:
    plain = f"{HERE}?rest_route=/"
    headers = {"link": f'<{HERE}x>; rel=preload, <{plain}>; rel="https://api.w.org/"'}
    posts = f"{HERE}?rest_route=/wp/v2/posts"

    class ByRoute(Elsewhere):
        def get(
            self, url: str, conditions: Conditions | None = None, *, body_bytes: int = 0, robots: bool = True
        ) -> Fetched:
            if url.startswith(posts):
                return Fetched(200, url, {}, json.dumps([item(1)]).encode())
            return super().get(url, conditions, body_bytes=body_bytes, robots=robots)

    fetcher = ByRoute({f"{HERE}town": Fetched(200, f"{HERE}town", headers, b"<p>Hello</p>")})
    result = discover(f"{HERE}town", fetcher, NOW, lambda _: None)
    assert kinds(result["candidates"]) == [("wordpress", posts)]


def test_the_page_of_a_category_leads_to_its_posts() -> None:
    head = """<link rel="https://api.w.org/" href="/wp-json/">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/categories/5">"""
    candidates = found(
        {f"{HERE}category/town/": f"<head>{head}</head><p>x</p>", POSTS: [item(1)]}, f"{HERE}category/town/"
    )
    assert kinds(candidates) == [("wordpress", f"{POSTS}?categories=5"), ("wordpress", POSTS)]


def test_feeds_are_found_by_their_links_where_none_is_declared() -> None:
    links = '<a href="comments.rss">Comments</a><a href="news.rss">RSS</a><a href="/about">About</a>'
    text = f'<base href="{HERE}sub/">{links}'
    answers = {HERE: text, f"{HERE}sub/news.rss": rss("Paper", "a"), f"{HERE}sub/comments.rss": rss("Comments", "b")}
    assert kinds(found(answers)) == [("feed", f"{HERE}sub/news.rss"), ("feed", f"{HERE}sub/comments.rss")]


@pytest.mark.parametrize("place", ["feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml"])
@pytest.mark.parametrize("page_url", [HERE, f"{HERE}town/council/"])
def test_feeds_are_found_in_their_usual_places(place: str, page_url: str) -> None:
    candidates = found({page_url: "<p>Hello</p>", f"{HERE}{place}": rss("Paper", "a")}, page_url)
    assert kinds(candidates) == [("feed", f"{HERE}{place}")]


@pytest.mark.parametrize("place", ["news-sitemap.xml", "sitemap_news.xml", "sitemap.xml"])
def test_sitemaps_are_found_in_their_usual_places(place: str) -> None:
    answers = {HERE: "<p>Hello</p>", f"{HERE}{place}": index("posts.xml").decode(), f"{HERE}posts.xml": NEWS}
    assert kinds(found(answers)) == [("sitemap", f"{HERE}{place}")]


def test_a_page_that_is_an_article_is_offered_as_one() -> None:
    one = page("bridge").replace(b"</title>", b'</title><meta property="og:type" content="article">')
    candidates = found({f"{HERE}bridge": one}, f"{HERE}bridge")
    assert kinds(candidates) == [("article", f"{HERE}bridge")]
    assert candidates[0]["entries"][0]["title"] == "bridge"
    assert found({f"{HERE}about": page("about")}, f"{HERE}about") == []
    assert found({HERE: one}) == []


def test_it_is_found_at_the_address_that_a_page_moved_to() -> None:
    moved = Fetched(200, f"{HERE}new/", {}, listing().encode(), moved_to=f"{HERE}new/")
    assert kinds(found({f"{HERE}old/": moved}, f"{HERE}old/")) == [("listing", f"{HERE}new/")]


def test_what_is_nothing_of_all_is_said() -> None:
    with pytest.raises(Unreadable, match="neither a feed nor a web page"):
        found({HERE: "just words"})
    assert found({HERE: "<p>just words</p>"}) == []


# ---- within bounds


def test_a_site_is_asked_for_so_much_and_no_more() -> None:
    feeds = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}.rss">' for n in range(200))
    lines = "".join(f"Sitemap: {HERE}{n}.xml\n" for n in range(5_000))
    fetcher = Elsewhere(
        {HERE: f"<head>{feeds}<link rel='https://api.w.org/' href='/api/'></head>", f"{HERE}robots.txt": lines}
    )
    discover(HERE, fetcher, NOW, lambda _: None)
    assert len(fetcher.asked) <= MOST_ASKED + 1


def test_it_ends_when_it_is_to_stop() -> None:
    asked: list[str] = []
    fetcher = Elsewhere({HERE: listing()})
    discover(HERE, fetcher, NOW, asked.append, lambda: len(asked) > 2)
    assert len(fetcher.asked) == len(asked) == 3
    stopped = FetchError(Fault.STOPPED, "stopped before the answer came")
    with pytest.raises(FetchError):
        found({HERE: listing(), f"{HERE}feed/": stopped})


def test_private_addresses_that_a_site_names_are_not_asked_for(site: Site) -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/feed">'
        '<link rel="https://api.w.org/" href="http://192.168.0.1/wp-json/">'
    )

    def answered(path: str, headers: dict[str, str]) -> bytes:
        if path == "/robots.txt":
            return reply(body=b"Sitemap: http://169.254.169.254/sitemap.xml")
        return reply(body=f"<head>{head}</head><p>Hello</p>".encode()) if path == "/" else reply(404)

    asked: list[str] = []
    with Loopback(answered) as press:
        result = discover(f"{press.url}/", site.fetcher, NOW, asked.append)
    assert result["candidates"] == []
    assert {"http://10.0.0.1/feed", "http://169.254.169.254/sitemap.xml"} <= set(asked)


def test_what_robots_txt_closes_is_not_guessed_at_but_what_somebody_names_is_asked_for(site: Site) -> None:
    closed = b"User-agent: *\nDisallow: /feed\nDisallow: /town\nSitemap: /news.xml\n"

    def answered(path: str, headers: dict[str, str]) -> bytes:
        if path == "/robots.txt":
            return reply(body=closed)
        return reply(body=b"<link rel='alternate' type='application/rss+xml' href='/feed'><p>Hello</p>")

    with Loopback(answered) as press:
        discover(f"{press.url}/town", site.fetcher, NOW, lambda _: None)
        asked = {path.partition("?")[0] for path in press.paths()}
    assert {"/town", "/robots.txt", "/news.xml"} <= asked
    assert not any(path.startswith("/feed") for path in asked)
