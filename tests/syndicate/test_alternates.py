from __future__ import annotations

import pytest

from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import Site
from tests.syndicate.test_orders import candidates, discovered
from wirepress.syndicate.parse.alternates import feeds_of, is_of_comments

BASE = '<base href="https://a.example/x/sub/">'
COMMENTS = '<link rel="alternate" type="application/rss+xml" title="Comments for Courier" href="../comments.xml">'
MAIN = '<link rel="alternate" type="application/rdf+xml" title="Courier" href="../main.xml">'
AGAIN = '<link rel="alternate feed" type="application/rss+xml; charset=utf-8" title="Courier" href="../main.xml">'
OTHERS = (
    '<link rel="alternate" hreflang="de" href="../de.html"><link rel="alternate" type="application/json+oembed"'
    ' href="../oembed.json"><link rel="alternate stylesheet" type="text/css" href="a.css">'
)
ADDRESSES = ("https://a.example/x/main.xml", "https://a.example/x/comments.xml")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (BASE + COMMENTS + OTHERS + MAIN + AGAIN, ADDRESSES),
        (f"<base target=_top>{BASE}{MAIN}", ADDRESSES[:1]),
        (BASE.replace("https://a.example/x/sub/", "/x/sub/") + MAIN, ADDRESSES[:1]),
        (MAIN.replace("../main.xml", "/x/main.xml"), ADDRESSES[:1]),
        ('<link rel="feed" href="/x/main.xml">', ADDRESSES[:1]),
        (COMMENTS.replace("Comments for Courier", "Kommentar-Feed").replace("../", "/x/") + BASE + MAIN, ADDRESSES),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', ()),
    ],
)
def test_feeds_that_a_page_names(head: str, found: tuple[str, ...]) -> None:
    assert feeds_of(f"<html><head>{head}</head><body>x</body></html>", "https://a.example/") == found


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Comments on: Slipway sold", True),
        ("/comments/feed/", True),
        ("Kommentare zu Der Draht", True),
        ("Courier", False),
        ("Commentary", False),
    ],
)
def test_feeds_of_comments(words: str, is_one: bool) -> None:
    assert is_of_comments(words) is is_one


def test_a_site_is_taken_by_its_main_feed(site: Site) -> None:
    def feed(title: str) -> str:
        item = f"<item><title>{title}</title><link>https://a.example/1</link></item>"
        return f"<rss version='2.0'><channel><title>{title}</title>{item}</channel></rss>"

    quiet = COMMENTS.replace("Comments for Courier", "RSS").replace("comments.xml", "c.xml")
    answers = {
        "https://a.example/": f"<html><head>{BASE}{quiet}{MAIN}{AGAIN}</head><body>x</body></html>",
        "https://a.example/x/c.xml": feed("Comments for Courier"),
        "https://a.example/x/main.xml": feed("Courier"),
    }
    found = candidates(discovered(site, "https://a.example/", Elsewhere(answers)))
    assert [one["title"] for one in found] == ["Courier", "Comments for Courier"]
