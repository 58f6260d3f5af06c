"""Costly work with passwords in a web process: it holds up no reader and no writer, and waits in a short queue."""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.app.load import BASIC, site_with_key
from tests.app.press import Client, Reply
from wirepress.app.asgi import Application, application
from wirepress.app.beforehand import MOST
from wirepress.app.settings import load
from wirepress.content.identity import authentication, passwords
from wirepress.content.identity.devices import LIFE

POSTS = "/wp-json/wp/v2/posts"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    made = application(load(site_with_key(tmp_path / "site"), {}, {"proxies": "192.0.2.1"}))
    yield made
    made.beforehand.shutdown()
    made.threads.shutdown()
    made.writers.shutdown()
    made.dispatcher.newsroom.database.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Wrong passwords take until it is opened."""
    opened, verify = threading.Event(), passwords.verify_password

    def slow(password: str, kept: str) -> bool:
        if password == "wrong":
            opened.wait(60)
            return False
        return verify(password, kept)

    monkeypatch.setattr(authentication, "verify_password", slow)
    yield opened
    opened.set()


async def log_in(client: Client, number: int, password: str = "wrong", **headers: str) -> Reply:
    """A login from a network of its own."""
    form = urlencode({"log": "ada", "pwd": password}).encode()
    where = {"content_type": FORM, "x_forwarded_for": f"198.51.{number}.7", **headers}
    return await client.ask("/wp-login.php", "POST", (form,), **where)


async def write(client: Client, title: str) -> Reply:
    return await client.ask(
        POSTS, "POST", (json.dumps({"title": title}).encode(),), authorization=BASIC, content_type=JSON
    )


def test_what_does_not_fit_is_refused_and_writes_do_not_wait(app: Application, gate: threading.Event) -> None:
    async def story() -> tuple[list[Reply], list[Reply], Reply]:
        client = Client(app)
        waiting = {asyncio.create_task(log_in(client, number)) for number in range(3 * MOST)}
        refused: list[Reply] = []
        while len(waiting) > MOST:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            refused += [task.result() for task in done]
        assert {(reply.status, reply.header("retry-after")) for reply in refused} == {(429, "2")}
        assert b"Too many passwords wait" in refused[0].body
        alone = b64encode(b"ada:wrong").decode()
        told = await client.ask(POSTS, authorization=f"Basic {alone}", x_forwarded_for="203.0.113.1")
        assert (told.status, json.loads(told.body)["code"]) == (429, "rest_too_many_failed_logins")
        written = [await write(client, f"Article {number}") for number in range(5)]
        assert (await client.ask(POSTS)).status == 200
        gate.set()  # until now none of the others was answered
        return written, await asyncio.gather(*waiting), await log_in(client, 250, "secret")

    written, replies, owner = asyncio.run(story())
    assert [reply.status for reply in written] == [201] * 5
    assert [reply.status for reply in replies] == [200] * MOST
    assert owner.status == 302


def test_a_known_device_waits_behind_no_stranger(app: Application, gate: threading.Event) -> None:
    async def story() -> tuple[Reply, Reply]:
        client = Client(app)
        first = await log_in(client, 200, "secret")
        cookies = [line.partition(";")[0] for line in first.header("set-cookie").split(", ")]
        assert f"Max-Age={LIFE}" in first.header("set-cookie")
        crowd = [asyncio.create_task(log_in(client, number)) for number in range(MOST)]
        await asyncio.sleep(0.1)
        known = await log_in(client, 201, "secret", cookie="; ".join(one for one in cookies if "device" in one))
        stranger = await log_in(client, 202, "secret")
        gate.set()
        await asyncio.gather(*crowd)
        return known, stranger

    known, stranger = asyncio.run(story())
    assert (known.status, stranger.status) == (302, 429)


def test_hashes_are_made_in_threads_of_their_own(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    names, make = [], passwords._hashed

    def hashed(password: str) -> str:
        names.append(threading.current_thread().name)
        return make(password)

    monkeypatch.setattr(passwords, "_hashed", hashed)
    sent = {"username": "bob", "email": "bob@x.example", "password": "secret"}

    async def story() -> list[Reply]:
        client, body = Client(app), json.dumps(sent).encode()
        made = await client.ask("/wp-json/wp/v2/users", "POST", (body,), authorization=BASIC, content_type=JSON)
        batch = json.dumps(
            {"requests": [{"path": "/wp/v2/users", "body": {**sent, "username": "cat", "email": "c@x.example"}}]}
        )
        parts = await client.ask("/wp-json/batch/v1", "POST", (batch.encode(),), authorization=BASIC, content_type=JSON)
        return [made, parts]

    made, parts = asyncio.run(story())
    assert (made.status, parts.status) == (201, 207)
    assert [part["status"] for part in json.loads(parts.body)["responses"]] == [201]
    assert len(names) == 2
    assert all(name.startswith("before") for name in names)


def test_more_than_the_bound_at_one_moment_are_not_verified(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen guesses from one network begin before the first is counted."""
    seen: list[str] = []

    def verify(password: str, _: str) -> bool:
        seen.append(password)
        return False

    monkeypatch.setattr(authentication, "verify_password", verify)

    async def story() -> list[Reply]:
        client = Client(app)
        return await asyncio.gather(*(log_in(client, 7, f"guess {number}") for number in range(12)))

    replies = asyncio.run(story())
    assert sorted(reply.status for reply in replies) == [200] * 5 + [429] * 7
    assert len(seen) == 5
