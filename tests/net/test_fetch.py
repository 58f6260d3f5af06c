from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.net.loopback import Answer, Loopback, reply
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds, Conditions, Fault, Fetched, FetchError

BOUNDS = Bounds(total_seconds=10.0, host_delay=0.0, body_bytes=100_000, allow=("127.0.0.0/8",))


@pytest.fixture(scope="module")
def fetcher() -> Iterator[WebFetcher]:
    with WebFetcher(BOUNDS) as made:
        yield made


def got(fetcher: WebFetcher, answer: bytes, conditions: Conditions | None = None) -> Fetched:
    with Loopback(lambda path, headers: answer) as server:
        return fetcher.get(f"{server.url}/x", conditions, robots=False)


def fault(fetcher: WebFetcher, answer: bytes) -> FetchError:
    with pytest.raises(FetchError) as caught:
        got(fetcher, answer)
    assert "\n" not in caught.value.message
    return caught.value


def test_an_answer_with_its_headers(fetcher: WebFetcher) -> None:
    answer = got(fetcher, reply(body=b"hello", Content_Type="text/html; charset=x", ETag='"1"', Last_Modified="then"))
    assert (answer.status, answer.body, answer.content_type) == (200, b"hello", "text/html; charset=x")
    assert answer.conditions == Conditions('"1"', "then")


def test_what_we_have_is_asked_about_and_304_has_no_body(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply(304)) as server:
        answer = fetcher.get(f"{server.url}/x", Conditions('"1"', "Mon, 01 Jan 2024 00:00:00 GMT"), robots=False)
        assert server.asked[0][1]["if-none-match"] == '"1"'
        assert server.asked[0][1]["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert answer.not_modified
    assert answer.body == b""


def test_a_kept_etag_cannot_inject_a_header(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply()) as server:
        fetcher.get(f"{server.url}/x", Conditions('"1"\r\nX-Evil: 1'), robots=False)
        assert "x-evil" not in server.asked[0][1]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"news", mtime=0)),
        ("gzip", gzip.compress(b"ne", mtime=0) + gzip.compress(b"ws", mtime=0)),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news")[2:-4]),
        ("identity", b"news"),
    ],
)
def test_content_codings(fetcher: WebFetcher, coding: str, body: bytes) -> None:
    assert got(fetcher, reply(body=body, Content_Encoding=coding)).body == b"news"


def test_a_decompression_bomb_is_too_large(fetcher: WebFetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < BOUNDS.body_bytes
    assert fault(fetcher, reply(body=bomb, Content_Encoding="gzip")).fault is Fault.SIZE


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_coding_that_cannot_be_undone(fetcher: WebFetcher, coding: str) -> None:
    assert fault(fetcher, reply(body=b"\x01\x02\x03 not that", Content_Encoding=coding)).fault is Fault.PROTOCOL


def test_a_large_body_is_refused_by_its_header_and_by_its_bytes(fetcher: WebFetcher) -> None:
    assert fault(fetcher, b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n").fault is Fault.SIZE
    endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 200_000
    assert fault(fetcher, endless).fault is Fault.SIZE


def test_a_body_may_be_larger_where_the_caller_says_so(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply(body=b"x" * 150_000)) as server:
        assert len(fetcher.get(f"{server.url}/x", body_bytes=200_000, robots=False).body) == 150_000


@pytest.mark.parametrize(
    "answer",
    [
        reply(X_Long="x" * 20_000),
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    ],
    ids=["long header", "many headers", "not http", "nothing", "cut off"],
)
def test_an_answer_that_is_not_proper_http(fetcher: WebFetcher, answer: bytes) -> None:
    assert fault(fetcher, answer).fault is Fault.PROTOCOL


def test_a_status_that_brings_nothing(fetcher: WebFetcher) -> None:
    error = fault(fetcher, reply(503, Retry_After="120"))
    assert (error.fault, error.status, error.retry_after, error.gone) == (Fault.STATUS, 503, 120, False)
    assert fault(fetcher, reply(410)).gone


def test_redirects_are_followed_and_permanent_ones_told(fetcher: WebFetcher) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return {
            "/a": reply(301, Location="/b"),
            "/b": reply(308, Location="c?x=1#frag"),
            "/c?x=1": reply(302, Location="/d"),
        }.get(path) or reply(body=b"end")

    with Loopback(answer) as server:
        found = fetcher.get(f"{server.url}/a", robots=False)
        assert (found.url, found.moved_to) == (f"{server.url}/d", f"{server.url}/c?x=1")


def endless(path: str, headers: dict[str, str]) -> bytes:
    return reply(302, Location=path + "x")


def circle(path: str, headers: dict[str, str]) -> bytes:
    return reply(302, Location="/b" if path == "/a" else "/a")


@pytest.mark.parametrize("answer", [endless, circle, lambda path, headers: reply(302)])
def test_redirects_that_do_not_end(fetcher: WebFetcher, answer: Answer) -> None:
    with Loopback(answer) as server, pytest.raises(FetchError) as caught:
        fetcher.get(f"{server.url}/a", robots=False)
    assert caught.value.fault is Fault.REDIRECT


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd", "http://169.254.169.254/"]
)
def test_a_redirect_passes_the_gate_again(fetcher: WebFetcher, location: str) -> None:
    assert fault(fetcher, reply(302, Location=location)).fault is Fault.ADDRESS


def test_loopback_is_refused_unless_allowed() -> None:
    with Loopback(lambda path, headers: reply()) as server, WebFetcher(replace(BOUNDS, allow=())) as closed:
        for url in (server.url, f"http://localhost:{server.port}"):
            with pytest.raises(FetchError) as caught:
                closed.get(url)
            assert caught.value.fault is Fault.ADDRESS
        assert server.asked == []


def test_a_name_is_looked_up_once_for_each_connection() -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    looked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        looked.append(host)
        return next(answers)

    with Loopback(lambda path, headers: reply(body=b"ok")) as server, WebFetcher(BOUNDS, rebinding) as fetcher:
        assert fetcher.get(f"http://news.example:{server.port}/", robots=False).body == b"ok"
        assert looked == ["news.example"]
        with pytest.raises(FetchError, match="not a public host"):
            fetcher.get(f"http://news.example:{server.port}/", robots=False)


def test_a_slow_answer_ends_in_time() -> None:
    with Loopback(lambda path, headers: b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n") as server:
        server_stalls = replace(BOUNDS, total_seconds=0.0)
        with WebFetcher(server_stalls) as fetcher, pytest.raises(FetchError) as caught:
            fetcher.get(f"{server.url}/", robots=False)
    assert caught.value.fault is Fault.TIME


def test_a_closed_port(fetcher: WebFetcher) -> None:
    with Loopback(lambda path, headers: reply()) as server:
        url = server.url
    with pytest.raises(FetchError) as caught:
        fetcher.get(url, robots=False)
    assert caught.value.fault is Fault.CONNECT


@pytest.mark.parametrize(
    "url", ["", "nonsense", "http://", "http://exa mple/", "http://a:99999/", "http://[bad/", "x" * 9000]
)
def test_what_is_no_address(fetcher: WebFetcher, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert caught.value.fault in (Fault.ADDRESS, Fault.DNS)


ROBOTS = b"User-agent: Wirepress\nDisallow: /private\n"


def test_robots_txt_is_kept_to_and_read_once(fetcher: WebFetcher) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=ROBOTS if path == "/robots.txt" else b"page")

    with Loopback(answer) as server:
        assert fetcher.get(f"{server.url}/open").body == b"page"
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.get(f"{server.url}/private/x")
        assert fetcher.get(f"{server.url}/private/x", robots=False).body == b"page"
        assert server.paths() == ["/robots.txt", "/open", "/private/x"]


@pytest.mark.parametrize(("status", "admitted"), [(404, True), (403, True), (500, False)])
def test_a_host_without_robots_txt(fetcher: WebFetcher, status: int, admitted: bool) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        return reply(status) if path == "/robots.txt" else reply(body=b"page")

    with Loopback(answer) as server:
        if admitted:
            assert fetcher.get(f"{server.url}/x").body == b"page"
        else:
            with pytest.raises(FetchError) as caught:
                fetcher.get(f"{server.url}/x")
            assert caught.value.fault is Fault.ROBOTS


def test_robots_txt_is_asked_on_every_host_of_a_redirect(fetcher: WebFetcher) -> None:
    def second(path: str, headers: dict[str, str]) -> bytes:
        return reply(body=b"User-agent: *\nDisallow: /" if path == "/robots.txt" else b"page")

    with Loopback(second) as other:

        def first(path: str, headers: dict[str, str]) -> bytes:
            return reply(404) if path == "/robots.txt" else reply(302, Location=f"{other.url}/x")

        with Loopback(first) as server, pytest.raises(FetchError) as caught:
            fetcher.get(f"{server.url}/x")
        assert caught.value.fault is Fault.ROBOTS
        assert other.paths() == ["/robots.txt"]
