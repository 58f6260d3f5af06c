"""Forms that are sent: within the same bounds as what is fetched, and through the same gate."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.net.loopback import Loopback, reply
from tests.net.test_fetch import BOUNDS
from wirepress.net.fetch import Crawl, WebFetcher, _Hop
from wirepress.net.port import Fault, FetchError
from wirepress.url.parse import Url

FORM = {"hub.mode": "subscribe", "hub.topic": "https://a.example/?a=1&b=ü"}


@pytest.fixture(scope="module")
def fetcher() -> Iterator[WebFetcher]:
    with WebFetcher(BOUNDS) as made:
        yield made


def fault(fetcher: WebFetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.post(url, FORM)
    return caught.value


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_form_is_sent_and_taken(fetcher: WebFetcher, status: int) -> None:
    with Loopback(lambda path, headers: reply(status)) as server:
        fetcher.post(f"{server.url}/hub", FORM)
        ((path, headers),) = server.asked
    assert (path, headers["content-type"]) == ("/hub", "application/x-www-form-urlencoded")
    assert server.sent == [b"hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F%3Fa%3D1%26b%3D%C3%BC"]


@pytest.mark.parametrize("status", [301, 302, 303, 400, 404, 500])
def test_one_that_is_not_taken(fetcher: WebFetcher, status: int) -> None:
    with Loopback(lambda path, headers: reply(status, b"no", Location="/elsewhere")) as server:
        error = fault(fetcher, server.url)
    assert (error.fault, error.status, server.paths()) == (Fault.STATUS, status, ["/"])


def test_the_body_of_the_answer_is_not_read(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply(202, b"x" * (BOUNDS.body_bytes + 1))) as server:
        fetcher.post(server.url, FORM)


@pytest.mark.parametrize("status", [307, 308])
def test_it_is_sent_once_more_where_it_is_redirected(fetcher: WebFetcher, status: int) -> None:
    with Loopback(lambda path, headers: reply(202) if path == "/b" else reply(status, Location="/b")) as server:
        fetcher.post(f"{server.url}/a", FORM)
    assert server.paths() == ["/a", "/b"]
    assert server.sent[0] == server.sent[1]


def test_redirects_end(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply(307, Location=f"{path}x")) as server:
        assert fault(fetcher, server.url).fault is Fault.REDIRECT


@pytest.mark.parametrize("location", ["http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc"])
def test_a_redirect_passes_the_gate_again(fetcher: WebFetcher, location: str) -> None:
    with Loopback(lambda path, headers: reply(307, Location=location)) as server:
        assert fault(fetcher, server.url).fault is Fault.ADDRESS


class Redirecting(Crawl):
    """A network on which each address redirects to the next one, and the last one takes what is sent."""

    def __init__(self, addresses: list[str], status: int) -> None:
        super().__init__(BOUNDS)
        self.status = status
        self.following = addresses[1:]
        self.asked: list[str] = []

    async def _hop(self, url: Url, *_sent: object) -> _Hop:
        self.asked.append(url.href)
        if not self.following:
            return _Hop(202, {}, b"")
        return _Hop(self.status, {"location": self.following.pop(0)}, b"")


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize(
    ("addresses", "hops"),
    [
        (["https://hub.example/", "https://b.example/"], 2),
        (["http://hub.example/", "https://hub.example/"], 2),
        (["https://hub.example/", "http://hub.example/"], 1),
        (["http://hub.example/", "https://hub.example/", "HTTP://b.example/"], 2),
    ],
)
def test_what_was_sent_over_tls_is_not_sent_on_without(addresses: list[str], hops: int, status: int) -> None:
    async def story() -> list[str]:
        crawl = Redirecting(addresses, status)
        try:
            if hops == len(addresses):
                await crawl.post(addresses[0], FORM)
            else:
                with pytest.raises(FetchError, match="from https to http"):
                    await crawl.post(addresses[0], FORM)
        finally:
            await crawl.close()
        return crawl.asked

    assert asyncio.run(story()) == addresses[:hops]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost:1/", "http://192.168.0.1/", "ftp://a.example/"]
)
def test_nothing_is_sent_to_a_private_address(url: str) -> None:
    with WebFetcher(replace(BOUNDS, allow=())) as fetcher:
        assert fault(fetcher, url).fault is Fault.ADDRESS


def test_a_server_that_asks_to_wait_is_heard(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply(429, Retry_After="120")) as server:
        assert fault(fetcher, server.url).retry_after == 120
        assert fault(fetcher, server.url).asks_to_wait
    assert len(server.asked) == 1


def test_a_fetcher_that_was_stopped_sends_nothing() -> None:
    with WebFetcher(BOUNDS) as fetcher:
        fetcher.stop()
        assert fault(fetcher, "http://127.0.0.1:1/").fault is Fault.STOPPED
