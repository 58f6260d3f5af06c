from __future__ import annotations

from threading import Thread

import pytest

from tests.content.desk import OPTIONS
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.store import state
from wirepress.store.staged import Staged


def test_the_site_is_made_once_an_epoch(newsroom: Newsroom) -> None:
    with newsroom.view() as view:
        first = view.site
    with newsroom.view() as view:
        assert view.site is first
        # Without a hint (PostgreSQL) the epoch is asked for.
        assert view.unit.statements == (0 if newsroom.database.hint() is not None else 1)
    with newsroom.write() as view:
        options.set(view.unit, "blogname", "The Other Paper")
    with newsroom.view() as view:
        assert view.site is not first
        assert view.site.option("blogname") == "The Other Paper"
        assert view.site.epoch == first.epoch + 1
        assert view.site.shared_version == first.shared_version + 1


def test_no_view_has_a_site_that_is_newer_than_its_rows(newsroom: Newsroom) -> None:
    """Two views take the same hint, and somebody writes before the second looks at its first row."""
    hint = newsroom.database.hint()
    if hint is None:
        pytest.skip("each view asks for the epoch")
    with newsroom.database.read() as older:
        before = state.epoch(older)
        writing = Thread(target=_publish, args=(newsroom,))  # a thread has one unit at a time
        writing.start()
        writing.join()
        with newsroom.database.read() as newer:
            assert newsroom._site(newer, hint).epoch == before + 1
        assert newsroom._site(older, hint).epoch == before
    assert newsroom.epoch() == before + 1


def _publish(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        view.unit.raise_epoch()


def test_what_no_answer_shows_raises_nothing(newsroom: Newsroom) -> None:
    before = newsroom.epoch()
    with newsroom.write() as view:
        assert options.set(view.unit, "cron", {"x": 1})
        assert options.set(view.unit, "_transient_doing_cron", "1")
        assert not options.set(view.unit, "home", OPTIONS["home"])
    assert newsroom.epoch() == before


def test_defaults_hold_where_nothing_is_stored(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        assert options.get(view.unit, "posts_per_page") == "10"
        options.set(view.unit, "posts_per_page", "5")
        assert options.get(view.unit, "posts_per_page") == "5"
        assert options.delete(view.unit, "posts_per_page")
        options.fill_defaults(view.unit)
        assert options.get(view.unit, "home") == OPTIONS["home"]


def test_files_get_their_names_with_the_commit(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        view.staged.put("2025/06/a.txt", b"hello")
        assert view.staged.taken("2025/06/a.txt")
        assert not newsroom.files.exists("2025/06/a.txt")
    assert newsroom.files.read("2025/06/a.txt") == b"hello"
    assert list(newsroom.files.all()) == ["2025/06/a.txt"]


def test_files_of_a_write_that_failed_are_gone(newsroom: Newsroom) -> None:
    def fail() -> None:
        with newsroom.write() as view:
            view.staged.put("2025/06/a.txt", b"hello")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(newsroom.files.all()) == []


def test_staged_files_cannot_leave_the_folder(newsroom: Newsroom) -> None:
    staged = Staged(newsroom.files)
    for path in ("../a", "/etc/a", "a/../../b", "a\\b", ".part-x"):
        with pytest.raises(Exception, match="path"):
            staged.put(path, b"")
