from __future__ import annotations

import pytest

from tests.content.desk import article, come_in, logged_in
from tests.store import many
from wirepress.content import options, terms
from wirepress.content.comments import reading
from wirepress.content.identity.passwords import hash_password, hash_token, verify_password
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.query import CommentQuery, TermQuery, UserQuery
from wirepress.model.user import ApplicationPassword
from wirepress.store import bulk
from wirepress.store import users as user_store

PHPASS = "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"


def test_terms_are_made_once(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        made = terms.create(view, "category", "Culture & Arts", description="d", parent=2)
        assert (made.slug, made.parent, made.count) == ("culture-arts", 2, 0)
        with pytest.raises(Conflict) as clash:
            terms.create(view, "category", "culture & arts", parent=2)
        assert clash.value.code == "term_exists"
        assert clash.value.data == {"term_id": made.id}
        assert terms.create(view, "category", "Culture & Arts", parent=3).slug == "culture-arts-europe"
        assert terms.create(view, "category", "Culture & Arts").slug == "culture-arts-2"
        assert terms.find_or_create(view, "category", "Culture & Arts", parent=2).id == made.id
        assert terms.find_or_create(view, "post_tag", "BREAKING").id == 4
        assert terms.find_or_create(view, "post_tag", "New").id > made.id
        assert terms.items(view, terms.browse(view, TermQuery(slugs=("world",))).ids)[0].name == "World"
        assert terms.get(view, "post_tag", 2) is None


def test_terms_that_cannot_be_are_refused(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        for name, parent in (("  ", 0), ("x" * 201, 0), ("x", 999)):
            with pytest.raises(Invalid):
                terms.create(view, "category", name, parent=parent)
        with pytest.raises(Invalid):
            terms.create(view, "post_tag", "x", parent=4)
        with pytest.raises(NotFound):
            terms.create(view, "planet", "Mars")


def test_a_slug_is_made_of_the_parent_that_was_asked_for(newsroom: Newsroom) -> None:
    """Also where it is the term itself, which then stands under none."""
    with newsroom.write() as view:
        made = terms.create(view, "category", "Parties", slug="parties", parent=2)
        changed = terms.update(view, made, slug="world", parent=made.id)
        assert (changed.slug, changed.parent) == ("world-parties", 0)
        with pytest.raises(Invalid):
            terms.update(view, changed, slug="world", parent=changed.id)


@pytest.mark.parametrize("usual", ["", "emperor"])
def test_users_have_no_role_where_the_usual_one_is_none(newsroom: Newsroom, usual: str) -> None:
    with newsroom.write() as view:
        options.set(view.unit, "default_role", usual)
        assert users.create(view, UserChanges(login="eve")).grants == {}


def test_users_are_made_with_a_hash(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        sent = UserChanges(
            login="ada", password=hash_password("secret"), email="ada@example.com", first_name="Ada", last_name="A."
        )
        ada = users.create(view, sent)
        assert (ada.slug, ada.name, ada.nickname, ada.grants) == ("ada", "Ada A.", "ada", {"subscriber": True})
        assert verify_password("secret", ada.password)
        assert ada.registered == "2025-06-15 12:00:00"
        assert users.create(view, UserChanges(login="a.da", slug="ada", roles=("editor",))).slug == "ada-2"
        for refused, kind in (
            (UserChanges(login="ADA"), Conflict),
            (UserChanges(login="bob", email="ADA@example.com"), Conflict),
            (UserChanges(login=""), Invalid),
            (UserChanges(login="x" * 61), Invalid),
            (UserChanges(login="bob", roles=("king",)), Invalid),
        ):
            with pytest.raises(kind):
                users.create(view, refused)
        assert [u.id for u in users.items(view, users.browse(view, UserQuery(slugs=("ada",))).ids)] == [ada.id]
        assert not users.has_published(view, ada.id)
        assert users.get(view, 2**80) is None


def test_an_old_hash_is_a_password_too(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        user_store.update(view.unit, 2, password=PHPASS)
        assert logged_in(view, "editor", "wrong") is None
        assert logged_in(view, "nobody", "test12345") is None
        viewer = logged_in(view, "EDITOR@news.example.com", "test12345")
        assert viewer is not None
        assert (viewer.id, viewer.roles) == (2, ("editor",))


@pytest.mark.parametrize("kept", [hash_token("abcdEFGH1234"), PHPASS])
def test_application_passwords_open_until_they_are_revoked(newsroom: Newsroom, kept: str) -> None:
    token = "test12345" if kept == PHPASS else "abcd EFGH 1234"
    with newsroom.database.write() as unit:
        user_store.add_application_password(unit, ApplicationPassword("u-1", 3, "phone", kept))
    with newsroom.view() as view:
        for _ in range(2):
            viewer = come_in(view, "author", token)
            assert viewer is not None
            assert (viewer.id, viewer.application) == (3, "u-1")
        assert come_in(view, "author", "wrong") is None
        assert come_in(view, "editor", token) is None
        assert come_in(view, "author", " -- ") is None
    with newsroom.database.write() as unit:
        user_store.remove_application_password(unit, 3, "u-1")
    with newsroom.view() as view:
        assert come_in(view, "author", token) is None


def test_comments_are_shown_with_their_post(newsroom: Newsroom) -> None:
    with newsroom.database.write() as unit:
        many.posts(
            unit,
            [
                article(10, "open"),
                article(11, "private", "private"),
                article(12, "locked", password="key", author=3),
            ],
        )
        many.comments(
            unit,
            [
                Comment(1, 10),
                Comment(2, 10, approved="0", user=5),
                Comment(3, 11),
                Comment(4, 12),
                Comment(5, 0),
            ],
        )
        bulk.settle(unit)

    with newsroom.view() as view:
        ids = reading.browse(view, CommentQuery(approved=None, orderby="id", order="asc")).ids
        assert ids == (1, 2, 3, 4, 5)

        def seen(number: int, password: str | None = None) -> list[int]:
            viewer = viewer_of(view.site, users.get(view, number) if number else None)
            return [comment.id for comment in reading.items(view, viewer, ids, password)]

        assert seen(0) == [1]
        assert seen(0, "key") == [1, 4]
        assert seen(5) == [1, 2]
        assert seen(3) == [1, 4]
        assert seen(2) == [1, 2, 3, 4, 5]
        assert [c.id for c in reading.items(view, NEWSROOM, ids)] == [1, 2, 3, 4, 5]
        assert reading.get(view, 2**64) is None


def test_comments_are_counted_for_those_who_moderate(newsroom: Newsroom) -> None:
    with newsroom.database.write() as unit:
        many.posts(unit, [article(10, "ten", author=3), article(11, "eleven", author=2)])
        many.comments(
            unit,
            [
                Comment(1, 10),
                Comment(2, 10, approved="0", user=2),
                Comment(3, 11, approved="0"),
                Comment(4, 11, approved="spam", user=3),
                Comment(5, 10, type="note", approved="0"),
            ],
        )
        bulk.settle(unit)
    with newsroom.view() as view:
        every = CommentQuery(types=(), types_not=("note",))
        assert reading.counts(view, every, 2) == {"0": (2, 1), "1": (1, 0), "spam": (1, 0)}
        theirs = CommentQuery(approved=None, types=(), types_not=("note",), concerning=3)
        assert reading.browse(view, theirs).total == reading.number_and_held(view, theirs, held=False)[0] == 3
        assert sorted(reading.browse(view, theirs).ids) == [1, 2, 4]
        assert reading.waiting(view, (10, 11, 12)) == {10: 1, 11: 1}
        assert sorted(reading.several(view, (1, 9, 2))) == [1, 2]
        assert reading.several(view, ()) == {}
        assert reading.waiting(view, ()) == {}


def test_names_that_would_not_be_kept_are_refused() -> None:
    terms.refuse_overlong("x" * 200)
    with pytest.raises(Invalid) as refused:
        terms.refuse_overlong("x" * 201)
    assert refused.value.data == {"fields": ["name"]}
