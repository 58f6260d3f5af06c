"""What people are told by mail of what is done over the API."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.content.desk import article
from tests.wp.conftest import Writers
from tests.wp.writer import Answered, Writer
from wirepress.app.postbox import Postbox
from wirepress.content.identity.passwords import hash_password
from wirepress.content.people import resetting
from wirepress.model.errors import Invalid, Unavailable
from wirepress.model.mail import Mail
from wirepress.store import posts as post_store
from wirepress.store import users as user_store

POST, PRIVATE = 10, 11
KEEPER = "keeper@news.example.com"


class Desk(Writer):
    """A newsroom whose mails are seen."""

    mails: list[Mail]

    @property
    def told(self) -> list[tuple[str, str]]:
        """To whom mails went and what they were about, since the last look."""
        seen = [(mail.to, mail.subject) for mail in self.mails]
        self.mails.clear()
        return seen

    def say(self, role: str, content: str, **more: Any) -> Answered:
        self.clock.moment += timedelta(minutes=1)
        return self.post(role, "/comments", {"post": POST, "content": content, **more})


def furnish(writers: Writers, **options: str) -> Desk:
    plain = writers(options={"blogname": "News &amp; Views", "admin_email": KEEPER, **options})
    desk = object.__new__(Desk)
    desk.newsroom, desk.api, desk.mails = plain.newsroom, plain.api, []
    desk.newsroom.post = desk.mails.extend
    posts = (
        article(POST, "post", author=3, comment_status="open", title="A <i>word</i>"),
        article(PRIVATE, "private", "private", author=2, comment_status="open"),
    )
    with desk.newsroom.database.write() as unit:
        for post in posts:
            post_store.insert(unit, post, id=post.id)
    return desk


@pytest.fixture
def desk(writers: Writers) -> Desk:
    return furnish(writers)


WAITS = '[News & Views] A comment waits on "A word"'
SHOWN = '[News & Views] A comment on "A word"'
AUTHOR = "author@news.example.com"


def test_a_comment_that_waits_is_told_to_those_who_moderate(desk: Desk) -> None:
    desk.say("subscriber", "Hm &lt;3")
    assert "Hm <3" in desk.mails[0].text
    assert "/#comment-1" in desk.mails[0].text
    assert desk.told == [(KEEPER, WAITS), (AUTHOR, WAITS)], "the author may moderate under his own article"


def test_a_comment_that_is_shown_is_told_to_the_author(desk: Desk) -> None:
    desk.say("editor", "At once")
    assert desk.told == [(AUTHOR, SHOWN)]
    number = desk.say("subscriber", "First").value["id"]
    assert len(desk.told) == 2
    desk.post("editor", f"/comments/{number}", {"status": "approve"})
    assert desk.told == [(AUTHOR, SHOWN)]
    desk.post("editor", f"/comments/{number}", {"status": "approve", "content": "Still"})
    desk.post("editor", f"/comments/{number}", {"status": "hold"})
    assert desk.told == []


@pytest.mark.parametrize(
    ("role", "more"),
    [
        ("author", {}),  # his own
        ("editor", {"status": "hold"}),
        ("editor", {"status": "spam"}),
        ("editor", {"post": PRIVATE}),  # the editor's own
    ],
)
def test_nobody_is_told_what_he_knows_or_need_not_know(desk: Desk, role: str, more: dict[str, Any]) -> None:
    made = desk.say(role, "Hm", **more)
    assert made.status == 201
    waiting = [(KEEPER, WAITS), (AUTHOR, WAITS)] if more.get("status") == "hold" else []
    assert desk.told == waiting


def test_an_author_who_approves_is_not_told_what_he_has_done(desk: Desk) -> None:
    number = desk.say("subscriber", "First").value["id"]
    desk.mails.clear()
    assert desk.post("author", f"/comments/{number}", {"status": "approve"}).value["status"] == "approved"
    assert desk.told == []


def test_a_site_may_want_no_mails_of_comments(writers: Writers) -> None:
    desk = furnish(writers, comments_notify="0", moderation_notify="", wp_notes_notify="0")
    desk.say("editor", "At once")
    desk.say("subscriber", "First")
    desk.say("editor", "A note", type="note")
    assert desk.told == []


def test_notes_are_told_to_the_author(desk: Desk) -> None:
    assert desk.say("editor", "Mind the title", type="note").status == 201
    assert desk.told == [(AUTHOR, '[News & Views] A note on "A word"')]


def test_what_is_not_kept_is_not_told(desk: Desk) -> None:
    assert desk.say("editor", "x", meta={"_wp_note_status": "nonsense"}).status == 400
    assert desk.told == []
    with suppress(Invalid), desk.newsroom.write() as view:
        view.mails.append(Mail(KEEPER, "x", "x"))
        raise Invalid("x", "x")
    assert desk.told == []


def test_who_is_told_of_a_changed_account(desk: Desk) -> None:
    desk.post("administrator", "/users/3", {"name": "Ada", "email": AUTHOR})
    assert desk.told == []
    desk.post("administrator", "/users/3", {"email": "ada@news.example.com", "password": "another"})
    assert "ada@news.example.com" in desk.mails[1].text
    assert desk.told == [
        (AUTHOR, "[News & Views] Your password was changed"),
        (AUTHOR, "[News & Views] Your e-mail address was changed"),
    ]
    new = {"username": "bob", "email": "bob@news.example.com", "password": "secret"}
    assert desk.post("administrator", "/users", new).status == 201
    assert desk.told == []


def test_the_keeper_hears_of_a_password_that_was_lost_and_of_his_own_address(desk: Desk) -> None:
    hashed = hash_password("another")
    with desk.newsroom.write() as view:
        user = user_store.get(view.unit, 3)
        assert user is not None
        resetting.choose(view, user, hashed)
    assert desk.told == [(KEEPER, "[News & Views] A password was changed")]
    desk.post("administrator", "/settings", {"email": KEEPER, "title": "News"})
    assert desk.told == []
    desk.post("administrator", "/settings", {"email": "desk@news.example.com"})
    assert desk.told == [(KEEPER, "[News] The site's e-mail address was changed")]


def test_a_mail_server_that_fails_keeps_nobody_from_writing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def send(self, mail: Mail) -> None:
            raise Unavailable("mail", f"nobody takes a mail to {mail.to}")

    postbox = Postbox(Broken())
    desk.newsroom.post = postbox.take
    assert desk.say("editor", "At once").status == 201
    postbox.settle()
    assert f"nobody takes a mail to {AUTHOR}" in caplog.text
