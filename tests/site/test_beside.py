"""What stands beside articles: before and after them, what is like them in text, and who else told the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.content.desk import NOON, article, make_newsroom
from tests.store import many
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.stories.bands import bands_of
from wirepress.model.moment import Stamp
from wirepress.model.story import StoryArticle, TextPrint
from wirepress.model.web import Request
from wirepress.model.wire import Origin, OriginFacts, Source
from wirepress.store import bulk, prints, sources, stories

SECOND = Stamp("2024-02-01 08:05:09")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    with newsroom.database.write() as unit:
        many.posts(
            unit, [article(number, f"n{number}", title=f"News {number}", date=SECOND) for number in range(10, 16)]
        )
        many.posts(unit, [article(20, "hidden", "draft", title="Hidden"), article(21, "held", "pending", title="Held")])
        bulk.settle(unit)
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def page(site: Dispatcher, path: str) -> LexborHTMLParser:
    answer = site.answer(Request("GET", path))
    assert answer.status == 200, path
    return LexborHTMLParser(answer.body)


def read(site: Dispatcher, number: int) -> LexborHTMLParser:
    return page(site, f"/index.php/2024/02/01/n{number}/")


def texts(found: LexborHTMLParser, chosen: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(chosen)]


def print_text(site: Dispatcher, post: int, *numbers: int) -> None:
    found = TextPrint(frozenset(numbers))
    with site.newsroom.database.write() as unit:
        prints.add(unit, post, 0, 0, found, bands_of(found))
        unit.raise_epoch()


def test_posts_of_one_second_are_gone_through_by_their_numbers(site: Dispatcher) -> None:
    seen, number = [], 10
    while True:
        seen.append(number)
        after = read(site, number).css_first(".beside-later a")
        if after is None:
            break
        number = int(after.text().split()[-1])
    assert seen == [10, 11, 12, 13, 14, 15]
    assert texts(read(site, 12), ".beside-earlier a") == ["News 11"]
    assert texts(read(site, 10), ".beside-earlier a") == []


def test_what_shares_passages_is_named_those_that_share_most_first(site: Dispatcher) -> None:
    print_text(site, 10, *range(8, 80, 8))
    print_text(site, 11, 8, 16, 1, 3)
    print_text(site, 12, 8, 16, 24, 32)
    print_text(site, 13, 8, 5)
    for hidden in (20, 21):
        print_text(site, hidden, *range(8, 80, 8))
    found = read(site, 10)
    assert texts(found, "[aria-labelledby=related] .story-title") == ["News 12", "News 11"]
    assert texts(read(site, 14), "[aria-labelledby=related] .story-title") == []


def test_an_article_with_a_print_costs_two_statements_more_than_the_list_of_its_categories(site: Dispatcher) -> None:
    def cost() -> int:
        read(site, 10)
        before = site.newsroom.database.statements
        read(site, 10)
        return site.newsroom.database.statements - before

    without = cost()
    print_text(site, 10, *range(8, 80, 8))
    print_text(site, 11, *range(8, 80, 8))
    assert cost() <= without + 3  # the texts that are alike, their posts, and where these came from


def joined(site: Dispatcher, *articles: tuple[int, str, str]) -> None:
    """A story of articles: the post, or 0, what its source is called, the publisher that it names."""
    with site.newsroom.database.write() as unit:
        story = stories.add(unit, 1)
        for at, (post, name, publisher) in enumerate(articles):
            origin = 0
            if name:
                url = f"https://{name.lower()}.example/feed{at}"
                number = sources.add(unit, Source(0, url, name=name))
                facts = OriginFacts(publisher=publisher)
                known = Origin(number, f"{at}", f"{url}/a", f"{at}", NOON, NOON, post=post, facts=facts)
                origin = sources.save_origin(unit, known)
            stories.put(unit, StoryArticle(0, story, post, origin, at))
        unit.raise_epoch()


def test_the_front_page_says_who_else_told_a_story(site: Dispatcher) -> None:
    joined(
        site,
        (15, "Courier", ""), (0, "Herald", "Herald <Press>"), (0, "Courier", ""), (14, "Gazette", ""),
        (21, "Secret", ""), (0, "Echo", ""), (0, "Star", ""),
    )  # fmt: skip
    found = page(site, "/")
    told = {}
    for node in found.css(".story"):
        title, also = node.css_first(".story-title"), node.css_first(".story-told")
        if title is not None and also is not None:
            told[title.text().strip()] = " ".join(also.text().split())
    assert told == {
        "News 15": "Also told by Herald <Press>, Gazette, Echo and 1 more",
        "News 14": "Also told by Courier, Herald <Press>, Echo and 1 more",
    }


def test_the_front_page_takes_a_statement_for_it_where_there_are_stories(site: Dispatcher) -> None:
    def cost() -> int:
        page(site, "/")
        before = site.newsroom.database.statements
        page(site, "/")
        return site.newsroom.database.statements - before

    without = cost()
    with site.newsroom.database.write() as unit:
        story = stories.add(unit, 1)
        for post in (14, 15):
            stories.put(unit, StoryArticle(0, story, post))
        unit.raise_epoch()
    assert cost() == without + 1
