"""What was published and is deleted for good is said to be gone, until something has its address again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import redirections
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request
from wirepress.store import gone_addresses

ADDRESS = "/index.php/2025/06/15/news/"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    newsroom = make_newsroom(tmp_path)
    yield Dispatcher(newsroom, Settings(tmp_path))
    newsroom.database.close()


def write(site: Dispatcher, title: str = "News", kind: str = "post", **fields: object) -> int:
    with site.newsroom.write() as view:
        changes = Changes(**{"title": title, "status": "publish", "author": 1, **fields})  # type: ignore[arg-type]
        return publishing.create(view, NEWSROOM, kind, changes).id


def change(site: Dispatcher, number: int, **fields: object) -> None:
    with site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, number, Changes(**fields))  # type: ignore[arg-type]


def delete(site: Dispatcher, number: int, *, through_trash: bool = False) -> None:
    with site.newsroom.write() as view:
        if through_trash:
            trash.trash(view, NEWSROOM, number)
    with site.newsroom.write() as view:
        trash.delete(view, number)


def get(site: Dispatcher, path: str, query: str = "") -> int:
    return site.answer(Request("GET", path, query)).status


@pytest.mark.parametrize("through_trash", [True, False])
def test_a_post_that_is_deleted_for_good_is_gone(site: Dispatcher, through_trash: bool) -> None:
    number = write(site)
    assert get(site, ADDRESS) == 200
    delete(site, number, through_trash=through_trash)
    answer = site.answer(Request("GET", ADDRESS))
    assert answer.status == 410
    assert b"This page is gone for good" in answer.body
    assert not answer.keepable
    assert get(site, ADDRESS.rstrip("/")) == 410
    assert get(site, "/", f"p={number}") == 410
    assert get(site, "/index.php/2025/06/15/other/") == 404
    assert get(site, f"/wp-json/wp/v2/posts/{number}") == 404


def test_what_is_in_the_trash_is_not_there_and_no_more_is_said(site: Dispatcher) -> None:
    number = write(site)
    with site.newsroom.write() as view:
        trash.trash(view, NEWSROOM, number)
    assert get(site, ADDRESS) == 404
    with site.newsroom.write() as view:
        trash.restore(view, NEWSROOM, number, as_it_was=True)
    assert get(site, ADDRESS) == 200


@pytest.mark.parametrize("status", ["draft", "private", "pending"])
def test_what_no_reader_ever_saw_leaves_no_trace(site: Dispatcher, status: str) -> None:
    number = write(site, status=status, slug="news")
    delete(site, number, through_trash=True)
    assert get(site, ADDRESS) == 404
    with site.newsroom.database.read() as unit:
        assert unit.rows("SELECT * FROM gone_addresses") == []


def test_a_page_below_another_is_gone_too(site: Dispatcher) -> None:
    above = write(site, "Desk", "page")
    number = write(site, "Team", "page", parent=above)
    assert get(site, "/index.php/desk/team/") == 200
    delete(site, number)
    assert get(site, "/index.php/desk/team/") == 410
    assert get(site, "/index.php/desk/") == 200


def test_a_new_post_takes_the_address_and_its_trace_with_it(site: Dispatcher) -> None:
    delete(site, write(site))
    number = write(site)
    assert get(site, ADDRESS) == 200
    change(site, number, status="draft")
    assert get(site, ADDRESS) == 404


def test_gone_goes_before_a_guess_and_behind_what_the_owner_says(site: Dispatcher) -> None:
    number = write(site)
    write(site, "News from the harbour")
    delete(site, number)
    assert get(site, ADDRESS) == 410
    with site.newsroom.write() as view:
        redirections.put(view, ADDRESS, "/elsewhere")
    assert get(site, ADDRESS) == 301


def test_a_post_that_had_the_slug_before_is_still_found_by_it(site: Dispatcher) -> None:
    first = write(site)
    change(site, first, slug="older")
    delete(site, write(site))
    answer = site.answer(Request("GET", ADDRESS))
    assert (answer.status, dict(answer.headers)["location"].rpartition("/15/")[2]) == (301, "older/")


def test_a_post_that_had_the_day_before_is_still_found_by_it(site: Dispatcher) -> None:
    """Another of that slug was there once and is gone: what lives wins."""
    delete(site, write(site))
    moved = write(site)
    change(site, moved, date="2025-06-14 10:00:00")
    answer = site.answer(Request("GET", ADDRESS))
    assert (answer.status, dict(answer.headers).get("location", "").rpartition("/06/")[2]) == (301, "14/news/")
    change(site, moved, slug="older")
    delete(site, write(site))
    assert get(site, ADDRESS) == 301


def test_only_so_many_are_remembered(site: Dispatcher) -> None:
    with site.newsroom.database.write() as unit:
        for number in range(6):
            gone_addresses.note(unit, [f"/{number}"], number)
        assert gone_addresses.trim(unit, 10, most=4) == 2
        assert unit.rows("SELECT path FROM gone_addresses ORDER BY path") == [("/2",), ("/3",), ("/4",), ("/5",)]
