"""Files of other servers that a request asks for: a process of its own fetches them, and nobody waits for it but who
asked."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.load import BASIC, site_with_key
from tests.app.press import Client, Reply
from tests.content.test_media import picture
from tests.net.loopback import Loopback, reply
from wirepress.app.asgi import Application, application
from wirepress.app.beforehand import MOST, MOST_OF_A_USER, Beforehand
from wirepress.app.fetching import Fetching
from wirepress.app.settings import Settings, load
from wirepress.content.beforehand import Outcomes, Wanted
from wirepress.model.blob import Blob
from wirepress.net.port import Fault, FetchError

MEDIA = "/wp-json/wp/v2/media"
ADDRESS = "https://pictures.example/boat.jpg"


def settings_of(folder: Path, allowed: str = "127.0.0.0/8") -> Settings:
    return load(folder, {}, {"allow_private": allowed, "write_threads": "1"})


def answer(path: str, _: dict[str, str]) -> bytes:
    if path == "/port":
        return reply(302, Location="http://8.8.8.8:22/boat.jpg")
    if path == "/away":
        return reply(302, Location="http://192.168.0.1/secret.jpg")
    if path == "/long":
        return reply(200, bytes(2000))
    return reply(404) if path == "/none" else reply(200, b"octets")


def test_a_file_is_fetched_by_a_process_of_its_own(tmp_path: Path) -> None:
    fetching = Fetching(settings_of(tmp_path))
    with Loopback(answer) as server:
        found = fetching.fetched(f"{server.url}/file", 1000)
        assert (found.read(), found.in_memory) == (b"octets", False)
        assert server.paths() == ["/file"]  # robots.txt does not speak of what a person names
        faults = {}
        for path in ("/away", "/port", "/long", "/none"):
            with pytest.raises(FetchError) as failed:
                fetching.fetched(server.url + path, 1000)
            faults[path] = (failed.value.fault, failed.value.status)
    assert faults == {
        "/away": (Fault.ADDRESS, 0),
        "/port": (Fault.ADDRESS, 0),
        "/long": (Fault.SIZE, 0),
        "/none": (Fault.STATUS, 404),
    }
    found.close()  # type: ignore[attr-defined]  # one that lies in a file


def test_a_private_address_is_not_asked(tmp_path: Path) -> None:
    with Loopback(answer) as server, pytest.raises(FetchError) as failed:
        Fetching(settings_of(tmp_path, "")).fetched(f"{server.url}/file", 1000)
    assert failed.value.fault is Fault.ADDRESS
    assert server.paths() == []


def test_the_end_of_the_web_process_ends_what_is_fetched(tmp_path: Path) -> None:
    asked, ended = threading.Event(), threading.Event()

    def slow(_: str, __: dict[str, str]) -> bytes:
        asked.set()
        ended.wait(60)
        return reply(200)

    fetching, faults = Fetching(settings_of(tmp_path)), []

    def fetch(url: str) -> None:
        try:
            fetching.fetched(url, 1000)
        except FetchError as error:
            faults.append(error.fault)

    with Loopback(slow) as server:
        waiting = threading.Thread(target=fetch, args=(server.url,))
        waiting.start()
        assert asked.wait(60)
        fetching.close()
        waiting.join(60)
        fetch(server.url)
        ended.set()
    assert faults == [Fault.STOPPED, Fault.STOPPED]


class SlowServer:
    """Another server (`content.outside.Outside`) that answers when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()

    def fetched(self, url: str, most: int) -> Blob:
        self.let.wait(60)
        return Blob(picture(40, 30))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    made = application(settings_of(site_with_key(tmp_path / "site")))
    yield made
    made.close()


async def take(client: Client, number: int = 0) -> Reply:
    sent = json.dumps({"url": f"{ADDRESS}?{number}"}).encode()
    return await client.ask(MEDIA, "POST", (sent,), authorization=BASIC, content_type="application/json")


def test_nobody_waits_for_another_server_but_who_asked(app: Application) -> None:
    server = app.dispatcher.newsroom.outside = SlowServer()

    async def story() -> tuple[list[Reply], list[Reply], Reply]:
        client = Client(app)
        waiting = {asyncio.create_task(take(client, number)) for number in range(MOST_OF_A_USER + 1)}
        refused, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        article = await client.ask(
            "/wp-json/wp/v2/posts", "POST", (b'{"title":"T"}',), authorization=BASIC, content_type="application/json"
        )
        server.let.set()
        taken = await asyncio.gather(*waiting)
        return [*(task.result() for task in refused), article], taken, await take(client, 99)

    (refused, article), taken, later = asyncio.run(story())
    assert (refused.status, json.loads(refused.body)["code"], article.status) == (429, "fetches_wait", 201)
    assert [reply.status for reply in [*taken, later]] == [201] * (MOST_OF_A_USER + 1)


def test_one_user_takes_no_more_than_their_share_of_a_lane() -> None:
    """Who is 0 has none: strangers share a lane alone."""
    lanes, let = Beforehand(), threading.Event()
    users = [1, 1, 1, 2, 2, 2, *[0] * MOST, 3]

    async def story() -> list[bool]:
        outcomes: list[Outcomes] = [{} for _ in users]
        works = [
            asyncio.create_task(lanes.do(Wanted("key", lambda: let.wait(60), "elsewhere", user), found))
            for user, found in zip(users, outcomes, strict=True)
        ]
        await asyncio.sleep(0)
        let.set()
        await asyncio.gather(*works)
        return [found["key"] is True for found in outcomes]

    try:
        done = asyncio.run(story())
    finally:
        let.set()
        lanes.shutdown()
    assert done[:6] == [True, True, False] * 2
    assert done[6:] == [True] * (MOST - 4) + [False] * 5
