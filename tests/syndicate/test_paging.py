"""Articles that are spread over several pages come whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.net.loopback import Loopback, reply
from tests.syndicate.site import Site
from wirepress.model.page_kind import PageKind
from wirepress.model.wire import Article, Rights, Rules
from wirepress.net.port import Fault, FetchError
from wirepress.store import backlog
from wirepress.syndicate.article import read_article
from wirepress.syndicate.pager import part_of
from wirepress.syndicate.paging import MOST, joined
from wirepress.syndicate.preview import preview
from wirepress.syndicate.report import Report

URL = "https://courier.example/news/ledger"
FEED = (
    '<rss version="2.0"><channel><title>Courier</title><item><guid>one</guid><link>{url}/news/ledger</link>'
    "<title>The ledger</title><description>A ledger was found.</description></item></channel></rss>"
)
BIO = "<p>Ada Lovelace has written of harbours, archives and the people in them for twenty-five years.</p>"
INTRO = "<p>A ledger that was found behind a cupboard tells of each boat that came in that long winter.</p>"


def passages(number: int) -> str:
    return "".join(
        f"<p>On day {number}{at} the keeper of the archive said that boat number {number}{at} of the harbour stood in"
        f" the ledger with its owner, its cargo and what it had paid for the {number * 10 + at}th time.</p>"
        for at in range(6)
    )


def page(number: int, following: str = "", *, head: str = "", tail: str = "") -> bytes:
    pager = (
        f'<div class="pages"><span>{number}</span> <a href="{following}">{number + 1}</a></div>' if following else ""
    )
    return (
        f"<html><head><title>The ledger</title>{head}</head><body><article><h1>The ledger</h1>{INTRO}"
        f"{passages(number)}{BIO}</article>{pager}{tail}</body></html>"
    ).encode()


@dataclass
class Courier:
    """A site with one article, whose pages a test writes; a page may be an answer of its own."""

    pages: dict[str, bytes] = field(default_factory=dict)
    answer: Callable[[str], bytes | None] = lambda _: None
    url: str = ""

    def __call__(self, path: str, _: dict[str, str]) -> bytes:
        if path == "/feed":
            return reply(body=FEED.format(url=self.url).encode())
        found = self.answer(path) or self.pages.get(path)
        if found is None:
            return reply(404)
        return found if found.startswith(b"HTTP/") else reply(body=found, Content_Type="text/html")


@dataclass
class Desk:
    site: Site
    press: Loopback
    number: int

    def pull(self) -> Report:
        report = self.site.pull(self.number)
        assert not report.error, report.error
        return report

    def asked(self) -> list[str]:
        return [path for path in self.press.paths() if path not in ("/feed", "/robots.txt")]


@contextmanager
def desk_of(site: Site, courier: Courier, rights: Rights = Rights.FULL, rules: Rules | None = None) -> Iterator[Desk]:
    with Loopback(courier) as press:
        courier.url = press.url
        yield Desk(site, press, site.add(f"{press.url}/feed", rights, rules=rules or Rules(category="Town")))


NEXT = '<link rel="next" href="{}">'


@pytest.mark.parametrize(
    "form", ["/news/ledger/{}", "/news/ledger?page={}", "/news/ledger-{}.html", "/news/ledger/page/{}/"]
)
@pytest.mark.parametrize("declared", [True, False])
def test_all_pages_are_joined_without_what_they_repeat(site: Site, form: str, declared: bool) -> None:
    pages = {"/news/ledger": page(1, form.format(2), head=NEXT.format(form.format(2)) if declared else "")}
    for number in (2, 3):
        following = form.format(number + 1) if number < 3 else ""
        pages[form.format(number)] = page(number, following, tail='<p><a href="/news/ledger">1</a></p>')
    with desk_of(site, Courier(pages)) as desk:
        assert desk.pull().counts["created"] == 1
        assert desk.asked() == ["/news/ledger", form.format(2), form.format(3)]
        text = site.post("ledger").content
        places = [text.index(f"On day {number}{at} ") for number in (1, 2, 3) for at in range(6)]
        assert places == sorted(places)
        assert text.count("behind a cupboard") == text.count("Ada Lovelace has written") == 1
        assert text.index("behind a cupboard") < places[0]
        assert text.index("Ada Lovelace has written") > places[-1]


def test_rights_that_do_not_reach_to_the_text_ask_for_no_further_page(site: Site) -> None:
    with desk_of(site, Courier({"/news/ledger": page(1, "/news/ledger/2")}), Rights.EXCERPT) as desk:
        assert desk.pull().counts["created"] == 1
        assert desk.asked() == ["/news/ledger"]


def test_a_source_s_own_selector_holds_on_all_pages(site: Site) -> None:
    def selected(number: int, following: str) -> bytes:
        return page(number, following).replace(b"<article>", b"<article><section class=b>").replace(
            b"</article>", b"</section></article>"
        )  # fmt: skip

    pages = {"/news/ledger": selected(1, "/news/ledger/2"), "/news/ledger/2": selected(2, "")}
    with desk_of(site, Courier(pages), rules=Rules(body=".b")) as desk:
        desk.pull()
        assert "On day 25 " in site.post("ledger").content


def endless(path: str) -> bytes | None:
    last = path.rpartition("/")[2]
    number = int(last) if last.isdigit() else 1
    return page(number, f"/news/ledger/{number + 1}") if path.startswith("/news/ledger") else None


@pytest.mark.parametrize(
    ("courier", "reason", "most"),
    [
        (Courier({"/news/ledger": page(1, "/news/ledger/2")}), "page 2 of the article cannot be had: .*404", 2),
        (
            Courier({
                "/news/ledger": page(1, "/news/ledger/2"),
                "/news/ledger/2": page(2, "/news/ledger/3"),
                "/news/ledger/3": b"<title>Just a moment...</title><p>Verifying you are human.</p>",
            }),
            "page 3 of the article cannot be had: challenge",
            3,
        ),
        (
            Courier({
                "/news/ledger": page(1, "/news/ledger/2"),
                "/news/ledger/2": b"HTTP/1.1 302 X\r\nLocation: http://10.0.0.1/2\r\nContent-Length: 0\r\n\r\n",
            }),
            "page 2 of the article cannot be had: .*public",
            2,
        ),
        (Courier(answer=endless), f"more than {MOST} pages", MOST),
    ],
    ids=["missing", "challenge", "private", "endless"],
)  # fmt: skip
def test_an_article_of_which_a_page_is_missing_waits_and_says_why(
    site: Site, courier: Courier, reason: str, most: int
) -> None:
    import re

    with desk_of(site, courier) as desk:
        report = desk.pull()
        assert (report.counts["failed"], site.posts()) == (1, [])
        assert re.search(reason, report.notes[0])
        assert len(desk.asked()) == most
        with site.newsroom.database.read() as unit:
            assert backlog.counts(unit, desk.number)[desk.number]["failed"] == 1
        courier.answer = lambda _: None
        courier.pages = {"/news/ledger": page(1, "/news/ledger/2"), "/news/ledger/2": page(2)}
        site.clock.later(hours=2)
        assert desk.pull().counts["created"] == 1
        assert "On day 25 " in site.post("ledger").content


@pytest.mark.parametrize("back", ["same", "redirect"])
def test_numbers_that_lead_back_are_the_end(site: Site, back: str) -> None:
    same = page(1, "/news/ledger?page=2")
    second = same if back == "same" else b"HTTP/1.1 302 X\r\nLocation: /news/ledger\r\nContent-Length: 0\r\n\r\n"
    with desk_of(site, Courier({"/news/ledger": same, "/news/ledger?page=2": second})) as desk:
        assert desk.pull().counts["created"] == 1
        assert len(desk.asked()) <= 3
        assert site.post("ledger").content.count("On day 13 ") == 1


def test_a_server_that_asks_to_wait_is_obeyed(site: Site) -> None:
    pages = {"/news/ledger": page(1, "/news/ledger/2"), "/news/ledger/2": reply(429, Retry_After="600")}
    with desk_of(site, Courier(pages)) as desk:
        assert desk.pull().counts["created"] == 0
        assert (len(desk.asked()), site.posts()) == (2, [])


def test_a_look_that_is_stopped_between_pages_takes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"/news/ledger": page(1, "/news/ledger/2"), "/news/ledger/2": page(2)}
    with desk_of(site, Courier(pages)) as desk:
        get = site.fetcher.get

        def stopped(url: str, *given: object, **named: object) -> object:
            if url.endswith("/2"):
                raise FetchError(Fault.STOPPED, "stopped")
            return get(url, *given, **named)  # type: ignore[arg-type] # as it was called

        monkeypatch.setattr(site.fetcher, "get", stopped)
        site.pull(desk.number)
        assert site.posts() == []


def test_a_preview_shows_the_whole_article_and_why_it_is_none(site: Site) -> None:
    courier = Courier({"/news/ledger": page(1, "/news/ledger/2"), "/news/ledger/2": page(2)})
    with desk_of(site, courier) as desk:
        (whole,) = preview(site.newsroom, site.source(desk.number), site.fetcher, lambda *_: None)["entries"]
        del courier.pages["/news/ledger/2"]
        (cut,) = preview(site.newsroom, site.source(desk.number), site.fetcher, lambda *_: None)["entries"]
    assert (whole["result"], whole["words"] > 400) == ("created", True)
    assert (cut["result"], "page 2 of the article cannot be had" in cut["detail"]) == ("failed", True)


# ---- what is no page of an article


def read(tail: str, head: str = "") -> Article:
    return read_article(page(1, head=head, tail=tail), URL, "text/html")


@pytest.mark.parametrize(
    "tail",
    [
        '<nav><a rel="next" href="/news/ledger-found">Next</a></nav>',
        '<div id="comments"><a href="/news/ledger?page=2">2</a><a rel="next" href="/news/ledger?page=2">Next</a></div>',
        '<div class="comment-nav"><a href="/news/ledger/comment-page-2/#comments">2</a></div>',
        '<a href="/news/ledger?cpage=2">2</a>',
        '<ul class="related"><li><a href="/news/ledger-2.html">2</a></li></ul>',
        '<a href="https://other.example/news/ledger/2">2</a>',
        '<a href="/news/ledger/2">Two ways to read a ledger</a>',
        '<a href="/news/2">2</a>',
        '<a href="/news/ledger/3">3</a>',
        f"{'<article><h2><a href=/x>x</a></h2></article>' * 5}<a rel=next href='/news/ledger/page/2/'>Next</a>",
    ],
)
def test_what_counts_something_else_is_no_page_of_the_article(tail: str) -> None:
    article = read(tail)
    assert (article.kind, article.next) == (PageKind.ARTICLE, "")


@pytest.mark.parametrize(
    ("first", "url", "number"),
    [
        ("https://a.example/x", "https://a.example/x/2/", 2),
        ("https://a.example/x/", "https://a.example/x/page/3", 3),
        ("https://a.example/x.html", "https://a.example/x-2.html", 2),
        ("https://a.example/x.html", "https://a.example/x,seite-4.html", 4),
        ("https://a.example/x/1", "https://a.example/x/2", 2),
        ("https://a.example/x?id=7&page=1", "https://a.example/x?id=7&page=2", 2),
        ("https://a.example/x?id=7", "https://a.example/x?id=8&page=2", 0),
        ("https://a.example/x", "https://a.example/x?page=1", 0),
        ("https://a.example/x", "https://a.example/x?page=2&page=3x", 0),
        ("https://a.example/x", "https://a.example/xyz/2", 0),
        ("https://a.example/", "https://a.example/2", 0),
        ("https://a.example/x", "http://b.example/x/2", 0),
        ("https://a.example/x", "https://a.example/x/20250615", 0),
    ],
)
def test_addresses_that_count_up(first: str, url: str, number: int) -> None:
    assert part_of(first, url) == number


def paragraphs(*texts: str) -> str:
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in texts)


def test_labels_of_pages_go_and_what_repeats_inside_stays() -> None:
    first = paragraphs("Intro", "a", "Refrain", "b", "Page 1 of 2", "Bio")
    second = paragraphs("Intro", "c", "Refrain", "d", "1 | 2 | Next »", "Bio")
    assert joined([first, second]) == paragraphs("Intro", "a", "Refrain", "b", "c", "Refrain", "d", "Bio")
