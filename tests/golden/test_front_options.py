"""The recorded site's pages and feeds with other options: they tell what WordPress's tell (`front_options.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pytest

from tests.golden.cases import Case
from tests.golden.front_options import recorded, told
from tests.golden.site import newsroom_of
from tests.golden.test_options import name_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.model.php import decoded
from wirepress.model.web import Request

KNOWN: Mapping[str, str] = {
    r".*: /\?p=14&cpage=2": "`?cpage=N` beside `?p=N`",
    r".*: /\?page_id=97&paged=2": "`?paged=2` beside the page of the newest posts",
    r".*page_on_front=93.*: /(\?paged=2|index\.php/page/\d+/)": "`?paged=2` beside a page as the front page",
    r".*posts_per_page=-1: /index\.php/page/2/": "more than 100 articles on a page",
    r"blog_charset=.*: /": "`blog_charset`",
    r".*page_comments=1.*comment-page-\d+/": "pages of comments beyond the last",
}
"""Addresses that differ, by a pattern of `setting: path`, with their row in docs/differences.md."""

DIFFERENCES = Path(__file__).parents[2] / "docs" / "differences.md"
SETTINGS = {name: list(cases) for name, cases in groupby(recorded(), key=lambda case: name_of(case["turned"]))}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    made = newsroom_of("golden", tmp_path_factory.mktemp("front_options"))
    yield made
    made.database.close()


@pytest.fixture
def turned(room: Newsroom, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """The site with the options of a setting."""
    wanted = SETTINGS[request.param][0]["turned"]
    with room.write() as view:
        before = {name: view.site.option(name) for name in wanted}
        for name, value in wanted.items():
            options.set(view.unit, name, decoded(value)[0])
    yield room
    with room.write() as view:
        for name, value in before.items():
            options.set(view.unit, name, value)


def test_each_known_difference_is_one_of_the_list() -> None:
    rows = DIFFERENCES.read_text("utf-8")
    assert [reason for reason in KNOWN.values() if reason not in rows] == []


def differing(dispatcher: Dispatcher, case: Case, untitled: frozenset[str]) -> dict[str, object]:
    """What an address tells that WordPress's does not, by the name of the fact."""
    path, _, query = case["path"].partition("?")
    answer = dispatcher.answer(Request("GET", path, query, {"host": "news.example.com"}, scheme="https"))
    found, expect = told(answer.status, list(answer.headers), bytes(answer.body).decode()), case["expect"]
    if "head" in found and "head" in expect:
        # More may be linked: archives of a day have a feed as all others, and say so.
        found["head"] = [link for link in found["head"] if link in expect["head"]]
    if case["path"] == "/":
        expect.pop("posts", None)  # the front page is the theme's own
    if "posts" in found:
        found["posts"] = [link for link in found["posts"] if link not in untitled]
    return {name: (value, found.get(name)) for name, value in expect.items() if found.get(name) != value}


@pytest.mark.parametrize(("turned", "setting"), [(name, name) for name in SETTINGS], indirect=["turned"])
def test_pages_and_feeds_tell_what_those_of_wordpress_do(turned: Newsroom, setting: str, tmp_path: Path) -> None:
    dispatcher = Dispatcher(turned, Settings(tmp_path))
    with turned.view() as view:
        rows = view.unit.rows("SELECT id FROM posts WHERE title = ''")
        untitled = frozenset(view.lookup.permalink(post) for row in rows if (post := view.lookup.post(row[0])))
    wrong = []
    for case in SETTINGS[setting]:
        found = differing(dispatcher, case, untitled)
        if found and not any(re.fullmatch(known, f"{setting}: {case['path']}") for known in KNOWN):
            wrong.append((case["path"], found))
    assert not wrong, "\n".join(f"{path}: {found}" for path, found in wrong)
