"""The edge of a web process: bodies that are too large, proxies, posts that are due, wrong passwords, mails."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.press import Client, make_site
from wirepress.app.asgi import Application, application
from wirepress.app.compose import open_newsroom
from wirepress.app.postbox import MOST, Postbox
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid, Unavailable
from wirepress.model.mail import Mail
from wirepress.model.moment import Stamp
from wirepress.model.web import Request, Response
from wirepress.net.mail import LoggedMail, mailer_of, message_of


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    made = application(load(make_site(tmp_path / "site", body_limit=1000, proxies="192.0.2.0/24"), {}))
    yield made
    made.threads.shutdown()
    made.dispatcher.newsroom.database.close()


def test_a_body_that_announces_too_much_is_not_read(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        reply = await client.ask("/wp-json/wp/v2/posts", "POST", (), content_length="1001")
        assert (reply.status, json.loads(reply.body)["data"]) == (413, {"status": 413})
        reply = await client.ask("/wp-json/wp/v2/posts", "POST", (), content_length="9" * 5000)
        assert reply.status == 413
        reply = await client.ask("/wp-json/wp/v2/posts", "POST", (b"{}",), content_length="2")
        assert reply.status == 401

    asyncio.run(asyncio.wait_for(story(), 10))


def test_a_proxy_of_ours_says_who_comes(app: Application) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(200)

    app.dispatcher.answer = answer  # type: ignore[method-assign]

    async def story() -> None:
        await Client(app).ask("/a", x_forwarded_for="6.6.6.6, 203.0.113.7", x_forwarded_proto="https")

    asyncio.run(story())
    assert [(request.remote, request.scheme) for request in seen] == [("203.0.113.7", "https")]


def test_a_web_process_publishes_what_is_due_right_after_its_start(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.write() as view:
        post = publishing.create(
            view, NEWSROOM, "post", Changes(title="Due", status="future", date=Stamp("2099-01-01 00:00:00"))
        )
    with newsroom.write() as view:
        view.unit.run("UPDATE posts SET date = ?, date_gmt = ? WHERE id = ?", (*["2020-01-01 00:00:00"] * 2, post.id))
    app = application(load(folder, {}))

    async def story() -> None:
        messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        started, ended = asyncio.Event(), asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            (started if "startup" in message["type"] else ended).set()

        life = asyncio.create_task(app({"type": "lifespan"}, messages.get, send))
        await messages.put({"type": "lifespan.startup"})
        await started.wait()
        for _ in range(500):
            with newsroom.view() as view:
                found = reading.get(view, post.id)
                if found is not None and found.status == "publish":
                    break
            await asyncio.sleep(0.02)
        await messages.put({"type": "lifespan.shutdown"})
        await ended.wait()
        await life

    asyncio.run(story())
    with newsroom.view() as view:
        found = reading.get(view, post.id)
    assert found is not None
    assert (found.status, found.slug, found.date) == ("publish", "due", "2020-01-01 00:00:00")
    newsroom.database.close()


def test_with_a_frozen_clock_nothing_is_scheduled(tmp_path: Path) -> None:
    app = application(load(make_site(tmp_path / "site", now="2025-06-15T12:00:00Z"), {}))
    before = {thread.name for thread in threading.enumerate()}

    async def story() -> None:
        messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

        async def send(message: dict[str, Any]) -> None:
            assert {thread.name for thread in threading.enumerate()} == before

        await messages.put({"type": "lifespan.startup"})
        await messages.put({"type": "lifespan.shutdown"})
        await app({"type": "lifespan"}, messages.get, send)

    asyncio.run(story())


class Broken:
    """A way out for mails that fails."""

    def __init__(self) -> None:
        self.tried: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.tried.append(mail)
        raise Unavailable("mail", "the server is away")


def test_nobody_hears_of_mails_that_fail(caplog: pytest.LogCaptureFixture) -> None:
    broken = Broken()
    post = Postbox(broken)
    mail = Mail("a@example.com", "Hello", "Text")
    post.later(lambda: post.send(mail))
    post.later(lambda: 1 / 0)  # type: ignore[arg-type]
    post.later(lambda: post.send(mail))
    post.settle()
    assert broken.tried == [mail, mail]
    assert "the server is away" in caplog.text


def test_a_postbox_takes_no_more_than_it_holds(caplog: pytest.LogCaptureFixture) -> None:
    post, gate, done = Postbox(LoggedMail()), threading.Event(), []

    def wait() -> None:
        gate.wait(10)

    post.later(wait)
    for number in range(MOST + 50):
        post.later(lambda n=number: done.append(n))  # type: ignore[misc]
    gate.set()
    post.settle()
    assert MOST - 1 <= len(done) <= MOST + 1
    assert "one was not taken" in caplog.text


def test_mails_go_into_the_log_by_default(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    mailer_of("log", "").send(Mail("a@example.com", "Hello", "https://news.example.com/key"))
    assert "https://news.example.com/key" in caplog.text


@pytest.mark.parametrize("setting", ["imap://host", "smtp://", "smtp://host:port", "somewhere"])
def test_a_way_out_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(Invalid):
        mailer_of(setting, "a@example.com")


@pytest.mark.parametrize(("to", "subject"), [("a@b.c\r\nBcc: x@y.z", "Hi"), ("a@b.c", "Hi\nBcc: x@y.z"), ("", "Hi")])
def test_a_mail_has_no_more_headers_than_it_should(to: str, subject: str) -> None:
    with pytest.raises(Invalid):
        message_of(Mail(to, subject, "Text"), "a@example.com")


def test_a_mail_is_plain_text() -> None:
    message = message_of(Mail("a@example.com", "Grüße", "Text — ohne Anhang"), "Desk <desk@example.com>")
    assert message.get_content_type() == "text/plain"
    assert message["To"].addresses[0].addr_spec == "a@example.com"
    assert "ohne Anhang" in message.get_content()
