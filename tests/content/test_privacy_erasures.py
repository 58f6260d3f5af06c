"""A person is erased: nothing of them is left, and nothing else is gone."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.content.conftest import Rooms
from tests.content.desk import article
from tests.content.personal import (
    ACTOR,
    ADDRESS,
    MARKS,
    NAME,
    SAID,
    ZOE,
    erased,
    every_value,
    exported,
    fill,
    in_files,
    traces,
    values_of,
    with_account,
    with_comments,
    with_rest,
)
from wirepress.content.newsroom import Newsroom
from wirepress.content.privacy import erasing
from wirepress.content.privacy.erasing import Wish
from wirepress.content.privacy.subject import address_of
from wirepress.model.audit import Actor, AuditQuery
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Invalid, NotFound, WirepressError
from wirepress.store import (
    audit,
    comments,
    options,
    posts,
    sessions,
    sources,
    users,
)


@pytest.fixture
def full(newsroom: Newsroom) -> Newsroom:
    return fill(newsroom)


def test_nothing_of_the_person_is_left(full: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert in_files(tmp_path) or full.database.dialect != "sqlite"
    assert traces(full) >= {"comments.author_name", "users.email", "audit_people.login", "kept_rows.row"}
    report = erased(full)
    assert traces(full) == set()
    assert report.places == ()
    if full.database.dialect == "sqlite":
        assert in_files(tmp_path) == set()
    assert not any(mark in caplog.text.lower() for mark in MARKS)
    done = {step.kind: (step.found, step.done, step.kept) for step in report.steps}
    assert done["comments"] == (5, 5, 0)
    assert done["comments taken down"] == (1, 1, 0)
    assert done["imported rows"] == (2, 1, 1)
    assert done["posts"] == (8, 0, 8)
    assert done[f"account {ZOE}"] == (1, 1, 0)


def test_what_is_not_theirs_stays(full: Newsroom) -> None:
    with full.write() as view:
        other = comments.insert(view.unit, Comment(**{**values_of(SAID), "author_email": "zoe.quill@reader.example"}))
    erased(full)
    with full.view() as view:
        assert users.get(view.unit, 1) is not None
        said = [comments.get(view.unit, number) for number in range(1, 6)]
        assert {(one.author_name, one.author_email, one.user, one.content) for one in said if one} == {
            ("Anonymous", "", 0, "I disagree.")
        }
        assert {tuple(one.meta) for one in said if one} == {("rating",)}
        assert [one.approved for one in said if one] == ["1", "0", "spam", "trash", "1"]
        kept = comments.get(view.unit, other)
        assert kept is not None
        assert kept.author_name == NAME
        zoe = users.get(view.unit, ZOE)
        assert zoe is not None
        assert (zoe.login, zoe.email, zoe.password, dict(zoe.grants), dict(zoe.meta)) == (
            f"anonymous-{ZOE}",
            "",
            "",
            {},
            {},
        )
        assert sessions.of_user(view.unit, ZOE, 0) == []
        rows: dict[str, str] = dict(
            view.unit.rows('SELECT source_key, CAST("row" AS TEXT) FROM kept_rows ORDER BY source_key')
        )
        assert json.loads(rows.pop("2")) == {"mails": ["deleted@site.invalid", "other@x.example"]}
        assert set(rows) == {"3"}
        [standing] = sources.standings(view.unit)
        assert standing.source.rules.author == ""
        log, _ = audit.find(view.unit, AuditQuery(who=ZOE))
        assert log
        assert {entry.login for entry in log} == {""}


def test_an_account_goes_where_nothing_is_written_and_where_posts_are_given_away(rooms: Rooms) -> None:
    for written, wish in ((False, Wish()), (True, Wish(reassign=2))):
        newsroom = rooms()
        with newsroom.write(ACTOR) as view:
            with_account(view.unit, written=written)
        report = erased(newsroom, wish=wish)
        assert [step.action for step in report.steps if step.kind == f"account {ZOE}"] == ["deleted"]
        with newsroom.view() as view:
            assert users.get(view.unit, ZOE) is None
            assert len(users.authored(view.unit, 2, ("post", "revision"))) == (6 if written else 0)
            assert sources.standings(view.unit)[0].source.rules.author == ("editor" if written else "")
        assert traces(newsroom) == set()


@pytest.mark.parametrize(
    ("wish", "raised"), [(Wish(reassign=ZOE), Invalid), (Wish(reassign=404), NotFound)], ids=["themselves", "nobody"]
)
def test_posts_do_not_go_to_who_is_erased_or_not_there(
    full: Newsroom, wish: Wish, raised: type[WirepressError]
) -> None:
    before = traces(full)
    with pytest.raises(raised):
        erased(full, wish=wish)
    assert traces(full) == before


def test_the_last_administrator_stays(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        comments.insert(view.unit, Comment(0, 1, author_name="Boss", author_email="administrator@news.example.com"))
    with pytest.raises(Conflict, match="last administrator"):
        erased(newsroom, "administrator@news.example.com")
    with newsroom.view() as view:
        assert comments.get(view.unit, 1) is not None
    with newsroom.write() as view:
        users.update(view.unit, 2, grants={"administrator": True})
    assert erased(newsroom, "administrator@news.example.com").steps


def test_comments_are_kept_or_deleted_where_that_is_asked_for(full: Newsroom) -> None:
    with full.write() as view:
        answer = comments.insert(view.unit, Comment(0, 1, parent=1, author_name="Other"))
    report = erased(full, wish=Wish(comments="keep"))
    assert [(step.found, step.done, step.kept) for step in report.steps if step.kind == "comments"] == [(5, 0, 5)]
    with full.view() as view:
        kept = comments.get(view.unit, 1)
        assert kept is not None
        assert kept.author_name == NAME
    report = erased(full, wish=Wish(comments="delete"))
    assert [(step.found, step.done) for step in report.steps if step.kind == "comments"] == [(4, 4)]
    with full.view() as view:
        assert comments.get(view.unit, 1) is None
        left = comments.get(view.unit, answer)
        assert left is not None
        assert (left.parent, left.author_name) == (0, "Other")


def test_what_an_erasure_leaves_is_named(full: Newsroom) -> None:
    """Texts that people wrote are the newsroom's to change; the site's own address is a setting."""
    with full.write() as view:
        post = posts.insert(view.unit, article(0, "letters", author=2, content=f"Write to {ADDRESS}."))
        options.set_value(view.unit, "admin_email", ADDRESS)
    report = erased(full)
    assert set(report.places) == {f"posts.content {post}", "options.value admin_email"}
    [step] = [step for step in report.steps if step.kind == "texts with the address"]
    assert (step.found, step.done, step.kept) == (2, 0, 2)


def test_a_plan_changes_nothing_and_says_what_an_erasure_does(full: Newsroom) -> None:
    before = sorted(every_value(full))
    with full.view() as view:
        planned = erasing.plan(view, address_of(ADDRESS), Wish())
    assert sorted(every_value(full)) == before
    found = {step.kind: step.found for step in planned.steps}
    done = {step.kind: step.found for step in erased(full).steps}
    assert {kind: done[kind] for kind in found} == found


def test_cut_short_anywhere_it_is_ended_by_asking_again(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends after any of the writes leaves a whole site, and what is left is found again."""

    class Ended(Exception):
        pass

    writes = 0
    while True:
        newsroom = rooms()
        with newsroom.write(ACTOR) as view:
            posts.insert(view.unit, article(1, "first", author=2), 1)
            with_account(view.unit)
            with_comments(view.unit)
            with_rest(view.unit)
        done = [0]
        write = newsroom.write

        def ending(actor: Actor | None = None, write: Any = write, done: list[int] = done, most: int = writes) -> Any:
            if done[0] == most:
                raise Ended
            done[0] += 1
            return write(actor)

        with monkeypatch.context() as patched:
            patched.setattr(newsroom, "write", ending)
            try:
                erased(newsroom, wish=Wish(reassign=2))
            except Ended:
                ended = True
            else:
                ended = False
        erased(newsroom, wish=Wish(reassign=2))
        assert traces(newsroom) == set(), writes
        if not ended:
            break
        writes += 1
    assert writes > 5


def test_a_second_erasure_finds_nothing(full: Newsroom) -> None:
    erased(full)
    assert erased(full).steps == ()
    assert set(exported(full)) == {"about"}
