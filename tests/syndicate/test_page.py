from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from json import dumps

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirepress.model.wire import Rules
from wirepress.syndicate.article import read_article
from wirepress.syndicate.extract import extract
from wirepress.syndicate.parse.alternates import feeds_of
from wirepress.syndicate.parse.listing import read_listing
from wirepress.syndicate.parse.page import read_page
from wirepress.syndicate.parse.text import element_text
from wirepress.syndicate.unreadable import Unreadable

URL = "https://wire.example/world/quay"
SENTENCE = "The harbour of the old town, said the mayor on day {}, will open to every ship before the winter comes. "
TEXT = [SENTENCE.format(number) * 3 for number in range(8)]

LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Wire"},
        {"@type": "Person", "@id": "#ada", "name": "Ada Byron"},
        {"@type": "ImageObject", "@id": "#lead", "url": "/i/lead.jpg", "caption": "The quay"},
        {
            "@type": ["NewsArticle"],
            "headline": "Harbour &amp; quay to open",
            "author": [{"@id": "#ada"}, "Bo Chen"],
            "datePublished": "2025-03-04T18:30:00+01:00",
            "dateModified": "2025-03-05T08:00:00Z",
            "image": {"@id": "#lead"},
            "keywords": ["Ports", "ports", "Winter"],
        },
    ],
}

PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Harbour &amp; quay to open | The Wire</title>
<link rel="canonical" href="/world/quay?utm_source=x"><link rel="license" href="https://cc.example/by">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="og:site_name" content="The Wire"><meta name="description" content="Ships again.">
<script type="application/ld+json">{dumps(LINKED)}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Harbour &amp; quay to open</h1><div class="share">Facebook | Twitter</div>
{"".join(f"<p class=x data-y=1>   {escape(text)}  </p>" for text in TEXT[:4])}
<figure><img src="/i/second.jpg" alt="Ships"><figcaption>Ships at anchor</figcaption></figure>
<h2>What comes next</h2>{"".join(f"<p>{escape(text)}</p>" for text in TEXT[4:])}
<ul><li>The first pier opens in spring, the council said.</li><li>The second one follows in the summer.</li></ul>
</article>
<aside><h3>Read also</h3><ul><li><a href="/other">Another story about nothing much</a></li></ul></aside>
<footer><p>Copyright The Wire. All rights reserved.</p></footer></body></html>"""


def test_the_facts_of_a_page() -> None:
    page = read_page(PAGE, URL)
    assert page.title == "Harbour & quay to open"
    assert page.canonical == URL
    assert page.authors == ("Ada Byron", "Bo Chen")
    assert page.published is not None
    assert page.published.isoformat() == "2025-03-04T18:30:00+01:00"
    assert page.modified == datetime(2025, 3, 5, 8, tzinfo=UTC)
    assert page.picture is not None
    assert (page.picture.url, page.picture.caption) == ("https://wire.example/i/lead.jpg", "The quay")
    assert (page.publisher, page.licence) == ("The Wire", "https://cc.example/by")
    assert (page.description, page.tags) == ("Ships again.", ("Ports", "Winter"))


def test_no_comment_says_where_an_article_is() -> None:
    comment = (
        '<div id="comments"><p>Mine: <a rel="canonical image_src" href="https://spam.example/x">here</a></p></div>'
    )
    page = read_page(PAGE.replace('<link rel="canonical" href="/world/quay?utm_source=x">', "") + comment, URL)
    assert page.canonical in ("", URL)


def test_facts_without_structured_data() -> None:
    page = read_page(
        '<title>A story | Wire</title><meta property="og:image" content="//i.example/a.jpg"><h1>A story</h1>'
        '<p class="byline">By Ada Byron</p><time datetime="2025-03-04T10:00Z">then</time>',
        URL,
    )
    assert (page.title, page.authors) == ("A story", ("Ada Byron",))
    assert page.published == datetime(2025, 3, 4, 10, tzinfo=UTC)
    assert page.picture is not None
    assert page.picture.url == "https://i.example/a.jpg"


def test_the_feeds_that_a_page_links() -> None:
    assert feeds_of(PAGE, URL) == ("https://wire.example/feed.xml",)


def test_an_article_is_found_and_what_stands_around_it_is_not() -> None:
    body = read_article(PAGE.encode(), URL, "text/html").body
    assert body.count("<!-- wp:paragraph -->") == len(TEXT)
    assert '<h2 class="wp-block-heading">What comes next</h2>' in body
    assert '<img src="https://wire.example/i/second.jpg" alt="Ships" />' in body
    assert "Ships at anchor</figcaption>" in body
    assert body.count("<!-- wp:list-item -->") == 2
    for stray in ("Facebook", "Copyright", "Another story", "Home", "data-y"):
        assert stray not in body


def test_rules_decide_where_there_are_some() -> None:
    inside = '<p>One <span>two</span></p><p class="ad">Buy</p><div class="w"><p>three</p></div>'
    page = f'<div class="b">{inside}</div><p>no</p>'
    rules = Rules(body=".b", remove=".ad", unwrap=".w, span")
    assert element_text(extract(page, rules)).split() == ["One", "two", "three"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (Rules(body="p["), "is no CSS selector"),
        (Rules(body=".none"), "nothing on the page matches"),
        (Rules(remove="a::before"), "is no CSS selector"),
        (Rules(), "no article text was found"),
    ],
)
def test_what_cannot_be_extracted_says_why(rules: Rules, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        extract("<p></p>", rules)


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"x" * 50_000_000, "text/html", "larger than"),
        (b"<div>" * 5000, "text/html", "nested too deeply"),
        (b"<i></i>a" * 60_000, "text/html", "more than 50,000 elements"),
        (b"\x89PNG\r\n\0\0", "text/html", "binary data"),
        (b"%PDF-1.7", "application/pdf", "no web page but application/pdf"),
    ],
)
def test_hostile_pages_end_in_one_line(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        read_article(body, URL, content_type)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("encoding", "content_type", "head"),
    [
        ("iso-8859-1", "text/html; charset=ISO-8859-1", ""),
        ("cp1252", "text/html", '<meta charset="windows-1252">'),
        ("utf-8", "text/html; charset=nonsense", ""),
        ("utf-16", "text/html", ""),
        ("cp1252", "text/html", ""),
    ],
)
def test_charsets(encoding: str, content_type: str, head: str) -> None:
    page = f"{head}<title>Café</title><h1>Café</h1>"
    assert read_article(page.encode(encoding), URL, content_type, with_body=False).page.title == "Café"


def test_a_listing_gives_each_article_once_in_order() -> None:
    listing = """<title>World</title><main><a class=s href="/2"><img></a><a class=s href="/1?utm_source=a">One</a>
      <div class=s><a href="https://wire.example/2#c">Two, in words</a></div><a class=s href="#top">top</a>
      <a class=s href="javascript:x()">x</a><a href="/3">Three</a></main>"""
    feed = read_listing(listing, "https://wire.example/world", ".s")
    assert [(entry.link, entry.title) for entry in feed.entries] == [
        ("https://wire.example/2", "Two, in words"),
        ("https://wire.example/1", "One"),
    ]
    with pytest.raises(Unreadable, match="nothing on the page matches"):
        read_listing(listing, URL, ".none")


@given(st.text(alphabet="<>/=\"' aphtmldivscrntyj:{}[],\\&;-!", max_size=300))
@settings(deadline=None, max_examples=60)
def test_junk_is_read_or_refused(junk: str) -> None:
    for page in (junk, f'<script type="application/ld+json">{junk}</script><article>{junk}{PAGE}'):
        try:
            read_article(page.encode(), URL, "text/html")
        except Unreadable as error:
            assert "\n" not in error.message  # noqa: PT017 (junk may or may not be readable)


FRAME = f"""<title>Old</title><table width=760><tr><td colspan=3><b>THE WIRE</b></td></tr><tr>
<td><a href=/a>Home</a><br><a href=/b>Town</a></td><td><font size=5>A headline</font>
<p><font>{TEXT[0]}<p><font>{TEXT[1]}</font><p><b>{TEXT[2]}<p>{TEXT[3]}<p>{TEXT[4]}</td><td>800 x 600</td></tr>
<tr><td colspan=3>Copyright The Wire</td></tr></table>"""


def test_a_table_that_lays_out_a_page_is_no_table_of_data() -> None:
    body = read_article(FRAME.encode(), URL, "text/html").body
    assert [text for text in TEXT[:5] if escape(text.strip()) not in body] == []
    for stray in ("wp:table", "Home", "Copyright", "800"):
        assert stray not in body


def test_a_portrait_is_no_lead_picture_where_there_is_another() -> None:
    page = read_page(
        '<meta property="og:image" content="/face.jpg"><meta property="og:image" content="/bell.jpg">'
        '<meta property="og:image:width" content="1280"><div class="author-box"><img src="/face.jpg" width="80"></div>',
        URL,
    )
    assert page.picture is not None
    assert (page.picture.url, page.picture.width) == ("https://wire.example/bell.jpg", 1280)
    assert [medium.url for medium in page.more_pictures] == ["https://wire.example/face.jpg"]
