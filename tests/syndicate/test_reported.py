# ruff: noqa: E501 (pages read better unbroken)
"""Faults that users of other aggregators and extractors reported: each is a kind of page, not one page."""

from __future__ import annotations

import pytest

from wirepress.model.wire import Article
from wirepress.syndicate.article import read_article
from wirepress.syndicate.parse.people import split
from wirepress.syndicate.parse.pictures import same_picture

URL = "https://courier.example/news/story"
P = [
    "<p>People in Greywater heard on Tuesday evening that the county archive has agreed to a fund for the flooded cellars, ending a dispute of a year.</p>",
    "<p>Contractors from two counties came to look, measured twice and left without a word. Only the third stayed for tea, and his offer will be signed.</p>",
    "<p>There was one dissenting voice, and it was a calm one: that the old stones be numbered before they are moved, as was done in older times.</p>",
    "<p>Volunteers are wanted for the first weekend: strong arms in the morning, steady hands after lunch. Gloves are provided, soup is certain.</p>",
]


def read(inner: str, head: str = "") -> Article:
    page = f"<html><head><title>A story</title>{head}</head><body><nav><a href=/>Home</a></nav><main><article><h1>A story</h1>{inner}</article></main></body></html>"
    return read_article(page.encode(), URL, "text/html")


def test_loose_text_in_inline_elements_that_hold_blocks_is_kept() -> None:
    for tag in ("span", "font", "a", "b", "x-part", "em"):
        inner = f"<{tag}>Loose words stand before the first block of this text, and they are many enough.{''.join(P)}And others stand behind it, in the same inline element as before.</{tag}>"
        body = read(inner).body
        assert "Loose words stand" in body
        assert "And others stand" in body
        assert "soup is certain" in body


def test_letters_in_two_forms_are_one() -> None:
    text = "Über die Brücke führen künftig größere Züge, sagte die Bürgermeisterin, die für ältere Bürger spricht."
    decomposed = text.replace("ü", "u\u0308").replace("ö", "o\u0308").replace("ä", "a\u0308")
    body = read("".join(f"<p>{decomposed} Das war Tag {day}.</p>" for day in range(5))).body
    assert body.count("wp:paragraph -->") == 10


@pytest.mark.parametrize("number", ["B", "P"])
def test_what_is_streamed_after_the_page_takes_its_place(number: str) -> None:
    page = f'<html><body><main><article><h1>A story</h1>{P[0]}<template id="{number}:0"></template>{P[3]}</article></main><div hidden id="S:0">{P[1]}{P[2]}</div><script>$RC("B:0","S:0")</script></body></html>'
    body = read_article(page.encode(), URL).body
    order = [body.index(words) for words in ("People in", "Contractors", "dissenting", "Volunteers")]
    assert order == sorted(order)
    assert (
        "kept hidden"
        not in read(
            f"{''.join(P)}<div hidden id='x'><p>This is kept hidden from the readers of the page, it seems.</p></div>"
        ).body
    )


def test_lists_of_three_levels_are_published_once() -> None:
    inner = (
        "<ul><li>Rope<ul><li>Nylon rope<ol start=3><li>coil it dry<ul><li>twice</li></ul></li></ol></li></ul></li></ul>"
    )
    body = read(f"{P[0]}{P[1]}{inner}{P[2]}{P[3]}").body
    for words in ("Rope", "Nylon rope", "coil it dry", "twice"):
        assert body.count(f"<li>{words}") == 1
    assert '<ol start="3"' in body


def test_a_table_between_paragraphs_is_kept_with_the_lists_in_its_cells() -> None:
    table = "<table><caption>Winter hours</caption><tr><th>Day<th>Hours<th>Who<tr><td>Monday<td><ul><li>10:00 to 14:00</li><li>16:00 to 20:00</li></ul><td>Ines<tr><td>Tuesday<td><td>closed<tr><td colspan=2>Holidays<td>by phone</table>"
    body = read(f"{P[0]}{P[1]}{table}{P[2]}{P[3]}").body
    for words in (
        "Winter hours",
        "10:00 to 14:00<br>16:00 to 20:00",
        "<td></td><td>closed</td>",
        '<td colspan="2">Holidays',
    ):
        assert words in body


def test_a_card_that_is_a_link_to_a_post_is_kept_and_other_links_are_not() -> None:
    card = (
        '<div class="card"><a href="https://twitter.com/board/status/1590000000000000002">Gates open at nine.</a></div>'
    )
    more = '<div class="related"><a href="/news/other">Another story of the week</a></div>'
    body = read(f"{P[0]}{P[1]}{card}{P[2]}{more}{P[3]}").body
    assert "1590000000000000002" in body
    assert "Another story" not in body


def test_the_caption_of_the_lead_pictures_twin_is_the_lead_pictures() -> None:
    article = read(
        f'<figure class="hero"><img src="/i/lantern-725x408.png?ssl=1" width="725"><figcaption>Lanterns on the water.</figcaption></figure>{"".join(P)}',
        '<meta property="og:image" content="/i/lantern.png?w=1600">',
    )
    assert article.page.picture is not None
    assert (article.page.picture.url, article.page.picture.caption) == (
        "https://courier.example/i/lantern.png?w=1600",
        "Lanterns on the water.",
    )
    assert "lantern" not in article.body


@pytest.mark.parametrize(
    "bad",
    ["/favicon-192.png", "https://secure.gravatar.com/avatar/0a1b?s=96", "/img/site-logo.svg", "/users/avatar-7.jpg"],
)
def test_what_a_page_declares_by_mistake_is_no_lead_picture(bad: str) -> None:
    article = read(
        f'{P[0]}<figure><img src="/i/quay-harbour.jpg" width="1200" height="800"></figure>{"".join(P[1:])}',
        f'<meta property="og:image" content="{bad}">',
    )
    assert article.page.picture is not None
    assert article.page.picture.url == "https://courier.example/i/quay-harbour.jpg"


def test_the_portrait_of_the_author_is_no_lead_picture() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A story","image":["/p/ada-byron.jpg","/i/quay-harbour.jpg"],"author":{"@type":"Person","name":"Ada Byron","image":"/p/ada-byron.jpg"}}</script>'
    article = read("".join(P), head)
    assert article.page.picture is not None
    assert article.page.picture.url.endswith("/i/quay-harbour.jpg")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://c.example/p/lantern.png?w=1600", "https://c.example/p/lantern-725x408.png?ssl=1", True),
        ("https://c.example/image.php?id=1", "https://c.example/image.php?id=2", False),
        ("https://c.example/image.php?id=1&w=10", "https://c.example/image.php?w=900&id=1", True),
        ("https://c.example/a/1.jpg", "https://c.example/b/1.jpg", False),
        ("https://c.example/a/1080x608_cmsv2_13a842da.jpg", "https://c.example/a/1440x810_cmsv2_13a842da.jpg", True),
        ("https://c.example/a/_127036380_quay-3.jpg.webp", "https://c.example/b/_127036380_quay-3.jpg", True),
    ],
)
def test_renditions_of_one_picture(one: str, other: str, same: bool) -> None:
    assert same_picture(one, other) is same


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Byron and Bo Chen", ("Ada Byron", "Bo Chen")),
        ("Bread & Roses", ("Bread & Roses",)),
        ("Ada Byron & Bo Chen", ("Ada Byron", "Bo Chen")),
        ("A. J. Neal", ("A. J. Neal",)),
        ("Angela Holliday-Bell, MD*", ("Angela Holliday-Bell, MD",)),
        ("Authors: Julie Weisenhorn", ("Julie Weisenhorn",)),
        ("Written by", ()),
        ("Rachel MacDonald, Bo Chen, Ada Byron", ("Rachel MacDonald", "Bo Chen", "Ada Byron")),
        ("Ada Byron, staff writer", ("Ada Byron",)),
    ],
)
def test_names_of_people(value: str, names: tuple[str, ...]) -> None:
    assert split([value]) == names


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (
            '<meta property="og:title" content="Quay to open | The Wire"><meta property="og:site_name" content="The Wire">',
            "<h1>The Wire</h1>",
            "Quay to open",
        ),
        (
            '<meta property="og:title" content="Unrest: Quay to open">',
            "<h1><span class=kicker>Unrest</span> Quay to open</h1>",
            "Unrest: Quay to open",
        ),
        (
            '<meta property="og:title" content="Quay to open">',
            "<h1>Courier</h1><h1>Quay to open at last</h1>",
            "Quay to open at last",
        ),
        ('<meta property="og:title" content="Quay &amp;amp; pier&amp;#8230; open">', "", "Quay & pier… open"),
        ("<title>Quay to open again | Saltmarsh Post</title>", "", "Quay to open again"),
    ],
)
def test_titles(head: str, heading: str, title: str) -> None:
    assert (
        read_article(
            f"<html><head>{head}</head><body>{heading}</body></html>".encode(), URL, with_body=False
        ).page.title
        == title
    )
