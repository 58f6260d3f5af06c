# ruff: noqa: E501 (pages read better unbroken)
"""What stands in the place of an article is told from it."""

from __future__ import annotations

from json import dumps

import pytest

from wirepress.model.page_kind import PageKind
from wirepress.model.wire import Article, Rules
from wirepress.syndicate.article import read_article

URL = "https://courier.example/news/ledger"
SENTENCE = "The keeper of the archive, who found the ledger on day {}, said that every boat of the harbour was in it. "
TEXT = "".join(f"<p>{SENTENCE.format(number) * 3}</p>" for number in range(8))
PLAIN = "\n\n".join(SENTENCE.format(number) * 3 for number in range(8))


def read(page: str, rules: Rules | None = None) -> Article:
    return read_article(page.encode(), URL, "text/html", rules)


def data(**more: object) -> str:
    return f'<script type="application/ld+json">{dumps({"@type": "NewsArticle", "headline": "Ledger"} | more)}</script>'


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<title>Just a moment...</title><p>Verifying you are human.</p>", PageKind.CHALLENGE),
        ("<title>courier.example</title><p>Please wait.</p><script>window._cf_chl_opt={}</script>", PageKind.CHALLENGE),
        ("<title>Access Denied</title><p>You don't have permission. Reference #18.2</p>", PageKind.CHALLENGE),
        ("<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1><p>Moment.</p>", PageKind.CHALLENGE),
        ("<title>Before you continue</title><p>We use cookies and data to deliver services.</p>", PageKind.CONSENT),
        ("<h1>Weiter mit Werbung lesen</h1>" + "<p>Partner speichern mit Ihrer Zustimmung Daten.</p>" * 60, PageKind.CONSENT),
        ("<title>Sign in</title><form><input name=u><input type=password></form>", PageKind.LOGIN),
        ("<title>Courier</title><form><label>Name</label><input type=password></form>", PageKind.LOGIN),
        ("<title>404</title><h1>Page not found</h1><p>Try the search.</p>", PageKind.ERROR),
        ("<h1>Seite nicht gefunden</h1>", PageKind.ERROR),
        ("<title>Courier</title><div id=root></div><script src=/app.js></script>", PageKind.SHELL),
    ],
)  # fmt: skip
def test_what_is_no_article_has_neither_facts_nor_text(page: str, kind: PageKind) -> None:
    article = read(page)
    assert article.kind is kind
    assert (article.body, article.page.title) == ("", "")


@pytest.mark.parametrize(
    "head",
    [
        "<title>404 errors, and how sites hide them</title>",
        "<title>Cookies for the harbour fair</title>",
        "<title>Are you a robot? The test that nobody passes</title>",
        "<title>Log in or stay out</title>",
        data(isAccessibleForFree="True"),
    ],
)
def test_an_article_about_such_things_is_one(head: str) -> None:
    article = read(f"{head}<article><h1>Ledger</h1>{TEXT}</article>")
    assert (article.kind, article.body.count("wp:paragraph -->")) == (PageKind.ARTICLE, 16)


def test_a_short_report_that_says_what_it_is_is_no_error() -> None:
    assert read(data() + "<h1>Bell not found</h1><p>Divers looked for the bell until the evening.</p>").kind is (
        PageKind.ARTICLE
    )


@pytest.mark.parametrize("no", [False, "False", "false", "http://schema.org/False"])
def test_what_has_to_be_paid_for_is_a_teaser_without_the_offer(no: object) -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": no, "cssSelector": ".offer"}
    teaser = "<p>A ledger found behind a cupboard lists every boat that paid harbour dues in that winter.</p>"
    offer = f'<div class="offer">{"<p>Subscribers pay by direct debit, and may stop at any time.</p>" * 6}</div>'
    article = read(data(isAccessibleForFree=no, hasPart=[part]) + f"<article><h1>Ledger</h1>{teaser}{offer}</article>")
    assert article.kind is PageKind.PAYWALL
    assert "direct debit" not in article.body
    assert article.page.title == "Ledger"


def test_a_wall_that_is_known_by_its_name() -> None:
    assert read(f"<article>{TEXT[:400]}</p></article><div class='c-paywall__box'>Go on reading</div>").kind is (
        PageKind.PAYWALL
    )


def test_who_names_what_holds_the_text_is_believed() -> None:
    article = read(data(isAccessibleForFree=False) + f"<main class=b>{TEXT}</main>", Rules(body=".b"))
    assert (article.kind, "day 7" in article.body) == (PageKind.ARTICLE, True)


@pytest.mark.parametrize(
    "told",
    [
        data(articleBody=PLAIN),
        data(articleBody=TEXT),
        f'<script id="__NEXT_DATA__" type="application/json">{dumps({"props": {"a": {"title": "x", "bodyHtml": TEXT}}})}</script>',
        f"<script>window.__INITIAL_STATE__ = {dumps({'story': {'headline': 'x', 'content': PLAIN}})};</script>",
    ],
)
def test_an_empty_shell_whose_data_holds_the_article(told: str) -> None:
    article = read(f"<title>Ledger</title>{told}<div id=root></div><script src=/app.js></script>")
    assert (article.kind, article.body.count("wp:paragraph -->")) == (PageKind.ARTICLE, 16)


def test_data_that_is_not_free_is_not_read() -> None:
    told = data(articleBody=PLAIN, isAccessibleForFree=False)
    article = read(f"{told}<div id=root></div><script src=/app.js></script>")
    assert (article.kind, article.body) == (PageKind.PAYWALL, "")


def test_a_page_that_declares_more_than_it_shows() -> None:
    assert "day 7" in read(data(articleBody=PLAIN) + f"<article>{TEXT[: TEXT.index('</p>')]}</p></article>").body


@pytest.mark.parametrize("second", ["/news/ledger/2", "/news/ledger?page=2", "/news/ledger-2.html", "?seite=2"])
def test_the_first_of_several_pages(second: str) -> None:
    assert read(f'<link rel="next" href="{second}"><article>{TEXT}</article>').kind is PageKind.PAGED


def test_the_next_article_is_no_second_page() -> None:
    assert read(f'<a rel="next" href="/news/ledger-found">On</a><article>{TEXT}</article>').kind is PageKind.ARTICLE


def test_amp_names_its_canonical() -> None:
    page = f'<html amp><link rel="canonical" href="/news/the-ledger"><article>{TEXT}<amp-img src="/i/boat-1200.jpg" width="1200" height="800" alt="Boat"></amp-img>{TEXT}</article>'
    article = read(page)
    assert article.page.canonical == "https://courier.example/news/the-ledger"
    assert article.page.picture is not None
    assert (article.page.picture.url, article.page.picture.alt) == ("https://courier.example/i/boat-1200.jpg", "Boat")
