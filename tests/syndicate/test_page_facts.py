"""The kinds of places where pages of the wide web name the author, the day and the lead picture of an article."""

from __future__ import annotations

from datetime import UTC, datetime
from json import dumps

import pytest

from wirepress.syndicate.parse.page import read_page

URL = "https://thewire.example/world/quay"
TEXT = "<p>The harbour of the old town will open to every ship before the winter comes, the mayor said, and nobody in "
TEXT += "the council had anything to say against it on the first evening of its session in the new hall.</p>"
TITLE = "The harbour of the old town opens again"


def article(head: str = "", above: str = "", below: str = "", text: str = TEXT, lang: str = "en") -> str:
    """A page with an article, `above` and `below` its headline, with metadata in its `head`."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{TITLE} | The Wire</title>{head}</head><body>'
        f'<nav><a href="/author/none">By Nobody Atall</a></nav><main><article>{above}<h1>{TITLE}</h1>{below}'
        f'{text * 3}</article></main><div class="related"><a href="/2" rel="author">Wrong Person</a>'
        '<p class="byline">By Other Person</p><time datetime="2001-01-01">1 January 2001</time></div>'
        '<footer><p class="author">By Foot Note</p><p>Website by Some Studio. © 2020</p></footer></body></html>'
    )


def linked(**said: object) -> str:
    """JSON-LD of an article."""
    return f'<script type="application/ld+json">{dumps({"@type": "NewsArticle", "headline": TITLE, **said})}</script>'


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("<p>By Ada Byron</p>", ("Ada Byron",)),
        ("<p>By <a>Ada Byron</a>, <a>Bo Chen</a> and <a>Cy Dunn</a></p>", ("Ada Byron", "Bo Chen", "Cy Dunn")),
        ("<div><i>Written by:</i> <i>Ada Byron</i></div><div>Reviewed by</div><b>Bo Chen</b>", ("Ada Byron",)),
        ("<div>Photos by Bo Chen</div><div>Words by Ada Byron</div>", ("Ada Byron",)),
        ("<p>Posted by <a href=/u>adab</a> on Friday 3 March 2023</p><p>By Ada Byron on 3 March</p>", ("Ada Byron",)),
        ("<p>By TWN, in <a href=/news>News</a>, <a href=/ports>Ports</a></p>", ("TWN",)),
        ("<p>by Ada Byron, Harbour Research Collective</p>", ("Ada Byron",)),
        ("<p>Written By <span>Ada Byron, MD*</span></p>", ("Ada Byron, MD",)),
        ("<p>Ada Byron with Bo Chen</p><p>By Ada Byron with Bo Chen</p>", ("Ada Byron", "Bo Chen")),
        ("<p>Author:</p><div class='node-author node-teaser'><h2>Ada Byron</h2><i>Her Firm</i></div>", ("Ada Byron",)),
        ("<p>Author:</p><p>Topics:</p><p>Ports</p>", ()),
        ("<div class=hero_author-text><div>Ada Byron</div><p>She writes.</p></div>", ("Ada Byron",)),
        ("<div class=ArticleByline_author__x1><b>Ada Byron</b><b>Bo Chen</b></div>", ("Ada Byron", "Bo Chen")),
        ("<span data-testid=byline-name>Ada Byron</span>", ("Ada Byron",)),
        ("<p class=links><a rel=author href=/u/adab>adab77</a></p>", ("adab77",)),
        ("<p><a rel=author href=/u/ada>More about Ada Byron »</a></p>", ("Ada Byron",)),
        ("<div><a href=/authors/ada-byron>Ada Byron</a></div>", ("Ada Byron",)),
        ("<p>Von Ada Byron und Bo Chen</p>", ("Ada Byron", "Bo Chen")),
        ("<p>Par Ada Byron et Bo Chen</p>", ("Ada Byron", "Bo Chen")),
        ("<p>Автор: Ада Байрон</p>", ("Ада Байрон",)),
        ("<p>文／陳大文</p>", ("陳大文",)),
        ("<p>By News Desk</p>", ("News Desk",)),
        ("<p>Share this</p><p>Local News</p><p>5 min read</p>", ()),
        ("<p>By Ada Byron, senior reporter</p>", ("Ada Byron",)),
        ("<p>By Ada Byron, head of research at Harbour Labs</p>", ("Ada Byron",)),
        ("<p>Von Ada Byron, freie Journalistin</p>", ("Ada Byron",)),
        ("<p>By Ada Byron and Bo Chen in London</p>", ("Ada Byron", "Bo Chen")),
        ("<p>By Ada Byron | 4 March 2025</p>", ("Ada Byron",)),
        ("<p>By Ada Byron, march 4, 2025</p>", ("Ada Byron",)),
        ("<p>By Ada Byron for The Wire</p>", ("Ada Byron",)),
        ("<p>Story: Ada Byron</p>", ("Ada Byron",)),
        ("<p>Von Hamburg bis München: Regen</p>", ()),
        ("<p>Von Berlin nach Paris</p>", ()),
        ("<p>Story: London Bridge fell</p>", ()),
        ("<p><b>Story:</b> London Bridge fell</p>", ()),
        ("<p>Report: Apple Inc plans more</p>", ()),
        ("<p>By Christmas Eve, all was done</p>", ()),
        ("<p>Di Stefano vince</p>", ()),
        ("<p>Report: Apple Inc may sell more</p>", ()),
        ("<p>Par Ada Byron, lundi 4 mars</p>", ("Ada Byron",)),
    ],
)  # fmt: skip
def test_the_authors_that_stand_beside_a_headline(below: str, authors: tuple[str, ...]) -> None:
    assert read_page(article(below=below), URL).authors == authors


def test_a_word_like_by_in_the_text_names_nobody() -> None:
    text = (
        "<p>It was all made <b>by</b> <i>Ada Byron</i>, who lives in the harbour town and had waited for the winter to "
    )
    text += "come before anybody in the council asked for what had been done in the autumn of the year before.</p>"
    assert read_page(article(text=text), URL).authors == ()


def test_a_house_that_the_data_name_gives_way_to_the_people_that_are_shown() -> None:
    head = linked(author={"@type": "Organization", "name": "The Wire"}, publisher={"name": "The Wire"})
    assert read_page(article(head), URL).authors == ("The Wire",)
    assert read_page(article(head, below="<p>By Ada Byron</p>"), URL).authors == ("Ada Byron",)
    assert read_page(article(head, below="<p class=author>ANS</p>"), URL).authors == ("The Wire",)
    signed = f"<p><b>Ada Byron/Bo Chen</b></p>{TEXT}"
    assert read_page(article(head, text=signed), URL).authors == ("Ada Byron", "Bo Chen")


@pytest.mark.parametrize(
    ("first", "authors"),
    [
        ("<b>Ada Byron</b>", ("Ada Byron",)),
        ("<strong>Ada Byron</strong><br>It rained all day.", ("Ada Byron",)),
        ("<b>Ada Byron</b>, senior reporter<br>It rained all day.", ("Ada Byron",)),
        ("<b>Narendra Modi</b> met the ministers", ()),
        ("<b>Narendra Modi</b>, the editor, met <i>the ministers</i>", ()),
        ("<b>New York</b> (AP)", ()),
        ("<b>New York</b> – It rained all day", ()),
        ("<b>Getty Images</b> the rest", ()),
        ("It rained. <b>Ada Byron</b>", ()),
    ],
)
def test_a_name_in_bold_signs_a_text_where_it_has_a_line_of_its_own(first: str, authors: tuple[str, ...]) -> None:
    assert read_page(article(text=f"<p>{first}</p>{TEXT}"), URL).authors == authors


def test_the_same_names_in_the_data_and_beside_the_headline_end_with_the_same_words() -> None:
    head = linked(author={"@type": "Person", "name": "Ana"})
    assert read_page(article(head, below="<p>By Diana Prince, Bo Joana</p>"), URL).authors == ("Ana",)
    assert read_page(article(head, below="<p>By Dr Ana, Bo Chen</p>"), URL).authors == ("Dr Ana", "Bo Chen")


def test_the_data_often_name_one_of_several() -> None:
    head = linked(author={"@type": "Person", "name": "Ada Byron"})
    below = "<p>Written by <span>Dr Ada Byron</span>, <span>Bo Chen</span></p>"
    assert read_page(article(head, below=below), URL).authors == ("Dr Ada Byron", "Bo Chen")
    assert read_page(article(head, below="<p>By Cy Dunn, Bo Chen</p>"), URL).authors == ("Ada Byron",)
    assert read_page(article(head, below="<p>by Ada Byron, The Wire</p>"), URL).authors == ("Ada Byron",)


def test_the_data_of_other_objects_fill_what_the_article_lacks() -> None:
    page = {"@type": "WebPage", "author": {"@type": "Person", "name": "Ada Byron"}, "datePublished": "2024-02-03"}
    found = read_page(article(f'<script type="application/ld+json">{dumps([page])}</script>{linked()}'), URL)
    assert found.authors == ("Ada Byron",)
    assert found.published == datetime(2024, 2, 3, tzinfo=UTC)


def test_names_of_bibliographies_are_turned() -> None:
    head = '<meta name="citation_author" content="Byron, Ada K."><meta name="citation_author" content="Bo Chen">'
    head += '<meta name="citation_publication_date" content="2024 Jun 30">'
    found = read_page(article(head), URL)
    assert found.authors == ("Ada K. Byron", "Bo Chen")
    assert found.published == datetime(2024, 6, 30, tzinfo=UTC)


def test_credits_of_the_site_are_no_authors() -> None:
    head = '<meta name="author" content="design: Ada Byron; code: Bo Chen">'
    assert read_page(article(head, below="<p>by <span>Cy Dunn</span></p>"), URL).authors == ("Cy Dunn",)


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        ("", "<p>March 4, 2025</p>", "2025-03-04"),
        ("<p>Guide</p><p>4 March 2025</p>", "", "2025-03-04"),
        ("", "<p>Updated: March 5, 2025</p><p>Published: March 4, 2025</p>", "2025-03-04"),
        ("", "<p>Posted: Mar 04, 2025 4:00 AM | Last Updated: March 5, 2025</p>", "2025-03-04"),
        ("", "<span>Last updated</span> <span>5 March 2025</span> <span>4 March 2025</span>", "2025-03-04"),
        ("", "<p>Updated on 4 March 2025</p>", "2025-03-04"),
        ("", "<time class='published updated' datetime=2025-03-04T10:00+01:00>Tuesday</time>", "2025-03-04"),
        ("", "<time>4. März 2025</time>", "2025-03-04"),
        ("", "<p>Entry deadline: 9 May 2025</p>", None),
        ("", "<p>Event: 9 May 2025</p>", None),
        ("", "<p>Due 9 May 2025</p>", None),
        ("", "<p>Effective 9 May 2025</p>", None),
        ("", "<p>Expires: 9 May 2025</p>", None),
        ("", "<p>Festival: 9 May 2031</p><p>4 March 2025</p>", "2025-03-04"),
        ("", "<p>The festival begins 9 May 2031</p><p>Published 4 March 2025</p>", "2025-03-04"),
        ("", "<b>Festival:</b> <i>9 May 2031</i> <i>Tuesday 4 March 2025</i>", "2025-03-04"),
        ("", "<p>Ada Byron, 4 March 2025</p><p>9 May 2031</p>", "2025-03-04"),
        ("", "<p>Harbour news of 4 March 2025</p>", "2025-03-04"),
        ("", "<p>Call 555-12-12-2024 now</p><p>4 March 2025</p>", "2025-03-04"),
        ("", f"<a href=/2><time datetime=2024-01-01>1 Jan</time> Another story {'and more ' * 9}</a>", None),
        ("", "<p>Nothing here</p>", None),
    ],
)
def test_the_day_that_stands_beside_a_headline(above: str, below: str, day: str | None) -> None:
    published = read_page(article(above=above, below=below), URL).published
    assert (published.date().isoformat() if published else None) == day


def test_a_day_comes_from_the_address_and_from_what_the_markup_calls_a_date() -> None:
    page = article()
    assert read_page(page, "https://thewire.example/2025/03/04/quay").published == datetime(2025, 3, 4, tzinfo=UTC)
    foot = article(text=f'{TEXT}<p class="entry-date">4 March 2025</p>')
    assert read_page(foot, URL).published == datetime(2025, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "day"), [("en-GB", "2025-04-03"), ("de", "2025-04-03"), ("en-US", "2025-03-04"), ("en_US", "2025-03-04")]
)
@pytest.mark.parametrize("content", ["3/4/2025", "Date: 3/4/2025"])
def test_the_language_of_the_page_tells_what_a_date_by_numbers_in_its_data_means(
    lang: str, day: str, content: str
) -> None:
    published = read_page(article(f'<meta name="date" content="{content}">', lang=lang), URL).published
    assert published is not None
    assert published.date().isoformat() == day


def test_a_date_in_a_meta_element_has_words_before_it_and_a_zone_behind_it() -> None:
    published = read_page(article('<meta name="date" content="Published: March 4, 2025 10:00 PM EST">'), URL).published
    assert published is not None
    assert published.isoformat() == "2025-03-04T22:00:00-05:00"


def test_a_moment_keeps_the_zone_in_which_the_page_shows_it() -> None:
    head = linked(datePublished="2025-03-05T03:05:00Z")
    below = "<time datetime=2025-03-04T19:05:00-08:00>March 4, 2025</time>"
    published = read_page(article(head, below=below), URL).published
    assert published is not None
    assert published.isoformat() == "2025-03-04T19:05:00-08:00"


HERO = '<figure><img src="/i/quay.jpg" width="900" alt="The quay"><figcaption>Seen from the sea</figcaption></figure>'


@pytest.mark.parametrize("place", ["above", "below"])
def test_the_picture_beside_the_headline_where_the_one_that_is_named_is_never_shown(place: str) -> None:
    head = '<meta property="og:image" content="/cards/quay-for-friends.jpg">'
    page = article(head, **{place: HERO})
    picture = read_page(page, URL).picture
    assert picture is not None
    assert (picture.url, picture.caption) == ("https://thewire.example/i/quay.jpg", "Seen from the sea")


@pytest.mark.parametrize(
    "beside",
    [
        '<a href="/other-story"><figure><img src="/i/other.jpg" width="900"></figure></a>',
        '<div class="related-stories"><figure><img src="/i/other.jpg" width="900"></figure></div>',
        '<div class="video-player"><img src="/i/still.jpg" width="900"></div>',
        '<div class="author-box"><img src="/i/ada.jpg" width="400"></div>',
    ],
)
def test_a_picture_beside_the_headline_that_is_not_the_article_s(beside: str) -> None:
    head = '<meta property="og:image" content="/i/named.jpg">'
    picture = read_page(article(head, below=beside), URL).picture
    assert picture is not None
    assert picture.url == "https://thewire.example/i/named.jpg"


def test_a_picture_that_is_named_and_shown_comes_before_others() -> None:
    head = '<meta property="og:image" content="/i/quay_w1200_r1.77_fpx45.jpg">'
    other = '<figure><img src="/i/first.jpg" width="900"></figure>'
    shown = '<figure><img src="/i/quay_w520_r1.5_fpx40_fpy48.jpg" width="520"></figure>'
    picture = read_page(article(head, below=other, text=f"{TEXT}{shown}"), URL).picture
    assert picture is not None
    assert picture.url == "https://thewire.example/i/quay_w1200_r1.77_fpx45.jpg"


@pytest.mark.parametrize("named", ["teaser-image lead", "with-sidebar"])
def test_what_the_headline_stands_in_is_the_article_whatever_it_is_called(named: str) -> None:
    body = (
        f'<div class="{named} sidebar-layout"><h1>{TITLE}</h1><p>By Ada Byron</p><p>4 March 2025</p>{HERO}{TEXT}</div>'
    )
    found = read_page(f"<title>{TITLE}</title>{body}", URL)
    assert found.authors == ("Ada Byron",)
    assert found.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert found.picture is not None


@pytest.mark.parametrize("items", [0, 20, 45, 500])
def test_what_stands_nearest_before_the_headline_is_read_of_much_that_does(items: int) -> None:
    menu = "".join(f"<span>Item {at}</span>" for at in range(items))
    above = f"<div>{menu}<div>By Ada Byron</div><p class=related>By Cy Dunn</p>4 March 2025</div>"
    found = read_page(article(above=above), URL)
    assert found.authors == ("Ada Byron",)
    assert found.published == datetime(2025, 3, 4, tzinfo=UTC)
