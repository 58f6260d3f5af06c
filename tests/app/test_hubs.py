"""Hubs at the edge: what a web process answers them, how much it takes, and the worker's thread that asks them."""

from __future__ import annotations

import asyncio
import hmac
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.app.press import ADDRESS, Client, make_site
from tests.net.loopback import Loopback, reply
from tests.syndicate.site import site_in
from tests.syndicate.subscriptions import plant
from wirepress.app.asgi import Application, application
from wirepress.app.bodies import STRANGERS, TEXTS
from wirepress.app.hubs import keep_subscriptions, question_of
from wirepress.app.settings import load
from wirepress.app.worker import asks_of
from wirepress.model.subscription import Delivery, Subscription, SubscriptionState
from wirepress.model.wire import Memory, Source
from wirepress.store import sources, subscriptions
from wirepress.syndicate.websub.callback import Question

TOKEN = "t" * 43
PATH = f"/-/websub/{TOKEN}"
TOPIC = "https://paper.example/feed?a=1&b=2"
ASKED = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "<b>%\xe9", "hub.lease_seconds": 5000})


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    made = application(load(make_site(tmp_path / "site"), {}))
    with made.database.write() as unit:
        number = sources.add(unit, Source(0, "https://paper.example/feed"))
        callback = f"{ADDRESS}{PATH}"
        new = Subscription(0, number, "https://hub.example/", TOPIC, callback, TOKEN, "secret", next_at=5)
        assert subscriptions.begin(unit, new)
        asked = subscriptions.by_token(unit, TOKEN)
        assert asked is not None
        assert subscriptions.claim(unit, asked, 10**10)
        unit.run("UPDATE sources SET next_at = 10000000000")
    yield made
    for threads in (made.threads, made.writers, made.bodies.disk):
        threads.shutdown()
    made.database.close()


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        await asyncio.wait_for(story(), 120)

    asyncio.run(within())


def known(app: Application) -> Subscription:
    with app.database.read() as unit:
        found = subscriptions.by_token(unit, TOKEN)
    assert found is not None
    return found


def test_a_challenge_comes_back_as_it_was_sent_and_as_plain_text(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        for _ in range(2):
            answer = await client.ask(f"{PATH}?{ASKED}")
            assert (answer.status, answer.body) == (200, "<b>%\xe9".encode())
            assert answer.header("content-type") == "text/plain; charset=UTF-8"
            assert answer.header("cache-control") == "no-store"
            assert "default-src 'none'" in answer.header("content-security-policy")
        assert known(app).state is SubscriptionState.ACTIVE
        assert (await client.ask(f"{PATH}?{ASKED.replace('b%3D2', 'b%3D3')}")).status == 404
        assert (await client.ask(f"{PATH}?{ASKED}", "HEAD")).status == 405

    run(story)


def test_a_hub_that_asks_holds_up_no_reader(app: Application) -> None:
    async def story() -> None:
        free = threading.Event()
        readers = [app.threads.submit(free.wait, 60) for _ in range(app.settings.threads)]
        try:
            assert (await Client(app).ask(f"{PATH}?{ASKED}")).status == 200
            assert not any(reader.done() for reader in readers)
        finally:
            free.set()

    run(story)


def test_a_delivery_has_its_source_looked_at(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        body = b"<rss/>" * 50_000
        for secret, delivered in (("wrong", Delivery.NONE), ("secret", Delivery.WAITING)):
            signature = f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
            answer = await client.ask(PATH, "POST", (body,), x_hub_signature=signature, content_type="text/xml")
            assert (answer.status, answer.body) == (202, b"")
            assert known(app).delivery is delivered
        with app.database.read() as unit:
            assert unit.rows("SELECT next_at < 9999999999 FROM sources") in ([(1,)], [(True,)])

    run(story)


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [(PATH, STRANGERS + 1, 202), (PATH, TEXTS + 1, 413), ("/-/websub/" + "u" * 43, STRANGERS + 1, 413)],
    ids=["a large feed", "too large", "a stranger"],
)
def test_a_hub_may_deliver_a_large_feed_and_a_stranger_nothing(
    app: Application, path: str, size: int, status: int
) -> None:  # fmt: skip
    async def story() -> None:
        chunks = (*(bytes(1 << 18) for _ in range(size >> 18)), b"x" * (size % (1 << 18)))
        made = hmac.new(b"secret", digestmod="sha1")
        for chunk in chunks:
            made.update(chunk)
        answer = await Client(app).ask(
            path, "POST", chunks, x_hub_signature=f"sha1={made.hexdigest()}", content_length=str(size)
        )
        assert answer.status == status
        assert answer.taken == (size if status == 202 else 0)
        assert known(app).delivery is (Delivery.WAITING if status == 202 else Delivery.NONE)

    run(story)


def test_what_is_no_question() -> None:
    assert question_of("&".join("a=b" for _ in range(500))) is None
    assert question_of("") == Question("", "")
    assert question_of("hub.mode=a&hub.mode=b&hub.topic=%FF&hub.challenge=+%00") == Question("a", "\udcff", " \0")


def kept(work: Callable[[threading.Event], None], until: Callable[[], bool]) -> None:
    """Has the worker's thread run until something is so."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    for _ in range(1200):
        if until() or not thread.is_alive():
            break
        stop.wait(0.05)
    stop.set()
    thread.join()
    assert until()


def test_the_workers_thread_begins_and_ends_them(tmp_path: Path) -> None:
    with Loopback(lambda path, headers: reply(202)) as server, site_in(tmp_path / "site") as site:

        def work(stop: threading.Event, *, on: bool) -> None:
            keep_subscriptions(site.newsroom, site.fetcher, stop, on=on)

        with site.newsroom.database.write() as unit:
            memory = Memory(hubs=(f"{server.url}/hub",), topic=TOPIC)
            number = sources.add(unit, Source(0, "https://paper.example/feed", memory=memory))
        kept(partial(work, on=True), until=lambda: len(server.sent) == 1)
        with site.newsroom.database.write() as unit:
            found = subscriptions.of_source(unit, number)
            assert found is not None
            subscriptions.confirm(unit, found, 0, 2**40, 2**40)
        kept(partial(work, on=False), until=lambda: len(server.sent) == 2)
    assert [b"hub.mode=subscribe" in body for body in server.sent] == [True, False]


def test_subscriptions_are_kept_and_ended_by_workers_that_poll(tmp_path: Path) -> None:
    """They are the site's: one process's `pull = false` ends none that others keep."""
    with site_in(tmp_path / "site") as site:
        with site.newsroom.database.write() as unit:
            memory = Memory(hubs=("https://hub.example/push",), topic="https://paper.example/feed")
            number = sources.add(unit, Source(0, "https://paper.example/feed", memory=memory))
        plant(site.newsroom.database, number, 2**40, SubscriptionState.ACTIVE)
        for websub in (True, False):
            quiet = replace(site.settings, pull=False, websub=websub)
            assert asks_of(site.newsroom, site.fetcher, threading.Event(), quiet).keys() == {"feeds"}

        def work(stop: threading.Event) -> None:
            asks_of(site.newsroom, site.fetcher, stop, replace(site.settings, websub=False))["hubs"]()

        site.fetcher.stop()  # there is no such hub

        def is_ended() -> bool:
            with site.newsroom.database.read() as unit:
                return unit.rows("SELECT state FROM subscriptions") == [("ending",)]

        kept(work, is_ended)
