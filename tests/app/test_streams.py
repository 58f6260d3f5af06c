"""Events of pages: bounded in number and time, without a thread of their own, gone with the login and at the end."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.press import Client, make_site, opened
from tests.browser.stage import wait_for
from tests.servers.process import free_port
from wirepress.admin.live import Fragment
from wirepress.app import streams
from wirepress.app.asgi import application
from wirepress.app.settings import load
from wirepress.content.identity import sessions
from wirepress.content.identity.cookies import AUTH, Jar
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.model.errors import Unavailable
from wirepress.model.web import Request
from wirepress.syndicate import orders

TARGET = "/wp-admin/admin.php?page=sources&order=1&events=1"

PATIENCE = 60
"""Seconds after which a test that hangs fails."""


class Browser:
    """Somebody who looks at the events of a page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.sent: list[dict[str, Any]] = []
        self.leaving = asyncio.Event()
        self.task = asyncio.ensure_future(self.look())

    async def look(self) -> None:
        path, _, query = TARGET.partition("?")
        scope = {
            "type": "http", "scheme": "http", "method": "GET", "path": path, "raw_path": path.encode(),
            "query_string": query.encode(), "headers": [(b"host", b"news.example.com")], "client": ("192.0.2.1", 4711),
        }  # fmt: skip
        begun = False

        async def receive() -> dict[str, Any]:
            nonlocal begun
            if not begun:
                begun = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await self.leaving.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            self.sent.append(message)

        await self.client.app(scope, receive, send)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"]) if self.sent else 0

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - a list that somebody else appends to
                await asyncio.sleep(0.01)


class Part:
    """A part of a page, as a test sets it."""

    def __init__(self) -> None:
        self.now: Fragment | Exception = Fragment("<p>one</p>\n<p>two</p>", 7)

    def __call__(self, _: Request) -> Fragment:
        if isinstance(self.now, Exception):
            raise self.now
        return self.now


@pytest.fixture
def part() -> Part:
    return Part()


@pytest.fixture
def client(tmp_path: Path, part: Part, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setattr(streams, "TICK", 0.04)
    app = application(load(make_site(tmp_path / "site", threads=1), {}))
    app.streams.ask = part
    yield Client(app)
    app.threads.shutdown()
    app.writers.shutdown()
    app.dispatcher.newsroom.database.close()


async def settled(*browsers: Browser) -> None:
    for browser in browsers:
        browser.leaving.set()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(browser.task for browser in browsers))


def test_what_changes_is_sent_and_the_end_is_said(client: Client, part: Part) -> None:
    async def story() -> None:
        browser = Browser(client)
        await browser.until(lambda: "two" in browser.text)
        assert browser.text == "data: <p>one</p>\ndata: <p>two</p>\n\n"
        assert dict(browser.sent[0]["headers"])[b"content-type"] == b"text/event-stream; charset=utf-8"
        await asyncio.sleep(0.2)
        assert browser.text.count("data: ") == 2
        part.now = Fragment("<p>done</p>", 7, ended=True)
        async with asyncio.timeout(PATIENCE):
            await browser.task
        assert browser.text.endswith("data: <p>done</p>\n\nevent: ended\ndata: \n\n")
        assert browser.sent[-1] == {"type": "http.response.body", "body": b""}
        assert client.app.streams.open.total() == 0

    asyncio.run(story())


def test_streams_hold_no_thread(client: Client) -> None:
    """The process has one thread for answers; three streams are open, and readers are answered all the same."""

    async def story() -> None:
        browsers = [Browser(client) for _ in range(3)]
        for browser in browsers:
            await browser.until(lambda browser=browser: browser.status == 200)  # type: ignore[misc]
        async with asyncio.timeout(PATIENCE):
            for page in range(1, 6):
                assert (await client.ask(f"/wp-json/wp/v2/posts?page=1&per_page={page}")).status == 200
        assert not any(browser.task.done() for browser in browsers)
        await settled(*browsers)

    asyncio.run(story())


def test_one_user_has_a_few_and_all_have_some(client: Client, part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST", streams.EACH + 1)

    async def story() -> None:
        mine = [Browser(client) for _ in range(streams.EACH + 1)]
        for browser in mine:
            await browser.until(lambda browser=browser: browser.status > 0)  # type: ignore[misc]
        assert sorted(browser.status for browser in mine) == [200] * streams.EACH + [503]
        assert next(browser.text for browser in mine if browser.status == 503) == "<p>one</p>\n<p>two</p>"
        part.now = Fragment("<p>other</p>", 8)
        others = [Browser(client), Browser(client)]
        for browser in others:
            await browser.until(lambda browser=browser: browser.status > 0)  # type: ignore[misc]
        # The first ones were another user's: their streams end, since somebody else is logged in now.
        await settled(*mine, *others)
        assert client.app.streams.open.total() == 0

    asyncio.run(story())


def test_whoever_may_not_look_any_more_is_told_nothing(client: Client, part: Part) -> None:
    async def story() -> None:
        browser = Browser(client)
        await browser.until(lambda: browser.status == 200)
        part.now = Fragment("<p>secret</p>", 0, status=401)
        async with asyncio.timeout(PATIENCE):
            await browser.task
        assert "secret" not in browser.text
        assert browser.text.endswith("event: ended\ndata: \n\n")
        refused = Browser(client)
        async with asyncio.timeout(PATIENCE):
            await refused.task
        assert refused.status == 401

    asyncio.run(story())


def test_streams_end_when_the_browser_leaves_and_after_some_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        browser = Browser(client)
        await browser.until(lambda: browser.status == 200)
        await settled(browser)
        monkeypatch.setattr(streams, "LONGEST", 0.1)
        late = Browser(client)
        async with asyncio.timeout(PATIENCE):
            await late.task
        assert "event: ended" not in late.text  # it comes back
        assert client.app.streams.open.total() == 0

    asyncio.run(story())


def test_streams_end_when_the_process_does(client: Client) -> None:
    async def story() -> None:
        browser = Browser(client)
        await browser.until(lambda: browser.status == 200)
        client.app.ending.set()
        async with asyncio.timeout(PATIENCE):
            await browser.task
        refused = Browser(client)
        async with asyncio.timeout(PATIENCE):
            await refused.task
        assert refused.status == 503

    asyncio.run(story())


def test_a_database_that_is_away_ends_no_page(client: Client, part: Part) -> None:
    async def story() -> None:
        browser = Browser(client)
        await browser.until(lambda: browser.status == 200)
        part.now = Unavailable("away", "The database cannot be reached.")
        async with asyncio.timeout(PATIENCE):
            await browser.task
        assert "event: ended" not in browser.text
        with contextlib.suppress(TimeoutError):
            part.now = RuntimeError("a mistake of ours")
            broken = Browser(client)
            async with asyncio.timeout(PATIENCE):
                await broken.task
        assert broken.status == 503
        assert "mistake" not in broken.text

    asyncio.run(story())


def test_strangers_get_no_events(tmp_path: Path) -> None:
    app = application(load(make_site(tmp_path / "site"), {}))

    async def story() -> None:
        stranger = Browser(Client(app))
        async with asyncio.timeout(PATIENCE):
            await stranger.task
        assert (stranger.status, "log in" in stranger.text) == (401, True)

    asyncio.run(story())
    app.threads.shutdown()
    app.writers.shutdown()
    app.dispatcher.newsroom.database.close()


def test_a_server_that_is_asked_to_end_ends_its_streams_at_once(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", pull=False)
    with opened(folder) as newsroom, newsroom.write() as view:
        user = view.lookup.user(1)
        assert user is not None
        session = sessions.begin(view, user, remember=False)
        cookie = f"{Jar.of(view.site, Request('GET', '/')).name(AUTH)}={sessions.cookie(view, user, session, AUTH)}"
        orders.discover(view, NEWSROOM, "https://paper.invalid/")
        view.unit.run("UPDATE orders SET state = 'working', lease_by = 'nobody', lease_until = 99999999999")
    port = free_port()
    command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONWARNINGS": ""}) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/-/health")
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", TARGET, headers={"cookie": cookie, "host": "news.example.com"})
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.read(5) == b"data:"
            server.send_signal(signal.SIGTERM)
            answer.read()
            assert server.wait(20) in (0, -signal.SIGTERM)
            connection.close()
        finally:
            server.kill()
