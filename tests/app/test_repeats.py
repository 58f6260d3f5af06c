"""Heads that are repeated get what reading them would give: byte for byte, connection for connection."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.press import make_site
from wirepress.app import asgi, protocol
from wirepress.app.response_cache import HEADS, CachedResponse, Form, ResponseCache
from wirepress.app.serve import listen
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes

HOST = b"Host: news.example.com\r\n"
LIST = b"/wp-json/wp/v2/posts?_fields=id,title"
DATE = re.compile(rb"\r\ndate: [^\r]+")


class Reading(protocol.Bounded):
    """The long way: every head is read."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._known = lambda _head: None


class Served(NamedTuple):
    application: asgi.Application
    ports: tuple[int, int]
    """Of the server that repeats, and of the one that reads."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = make_site(tmp_path_factory.mktemp("repeats") / "site")
    application = asgi.application(load(folder, {}))
    socks = [listen("127.0.0.1", 0) for _ in range(2)]
    servers = [
        uvicorn.Server(
            uvicorn.Config(application, http=http, log_config=None, lifespan="off", ws="none", proxy_headers=False,
                           server_header=False)
        )
        for http in (protocol.Bounded, Reading)
    ]  # fmt: skip

    async def both() -> None:
        await asyncio.gather(*(server.serve(sockets=[sock]) for server, sock in zip(servers, socks, strict=True)))

    thread = threading.Thread(target=lambda: asyncio.run(both()))
    thread.start()
    yield Served(application, (socks[0].getsockname()[1], socks[1].getsockname()[1]))
    for server in servers:
        server.should_exit = True
    thread.join()
    for sock in socks:
        sock.close()
    application.database.close()


def request(line: bytes, *more: bytes, body: bytes = b"") -> bytes:
    return line + b" HTTP/1.1\r\n" + HOST + b"".join(one + b"\r\n" for one in more) + b"\r\n" + body


PLAIN = request(b"GET " + LIST)
REQUESTS = [
    PLAIN,
    PLAIN,
    request(b"GET " + LIST, b"Accept-Encoding: gzip"),
    request(b"GET " + LIST, b"accept-encoding: gzip"),
    request(b"GET " + LIST, b"Origin: https://front.example"),
    request(b"GET " + LIST, b"If-None-Match: *"),
    request(b"GET " + LIST, b"Cookie: wordpress_logged_in_x=1"),
    request(b"GET " + LIST, b"Cookie: theme=dark"),
    request(b"GET " + LIST, b"Range: bytes=0-3"),
    request(b"GET " + LIST, b"Authorization: Other x"),
    request(b"GET " + LIST, b"Content-Length: 0"),
    request(b"GET " + LIST, b"Content-Length: 14", body=b'{"per_page":1}'),
    request(b"GET " + LIST, b"Connection: close"),
    request(b"GET " + LIST).replace(b"HTTP/1.1", b"HTTP/1.0"),
    request(b"GET " + LIST, b"Expect: 100-continue"),
    request(b"HEAD " + LIST),
    request(b"GET /"),
    request(b"GET /feed/"),
    request(b"GET /nothing/"),
    request(b"GET /wp-json/wp/v2/posts/999999"),
    request(b"DELETE /wp-json/wp/v2/posts/1"),
    request(b"FOO " + LIST),
    b"GET " + LIST + b" HTTP/1.1\r\n\r\n",  # no host
]
LAST = [one for one in REQUESTS if b"close" in one or b"HTTP/1.0" in one or HOST not in one]
"""After these the connection ends: what is sent behind them may be read or not."""
UNKNOWN = request(b"FOO " + LIST)
"""A method that is understood where it comes in one piece (see `app.protocol`)."""
WRITE = b""
"""A step at which something is written."""


class Connection:
    """A client that sends pieces and gathers whole answers."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.is_closed = False

    def send(self, pieces: Sequence[bytes]) -> None:
        try:
            for piece in pieces:
                self.socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            self.is_closed = True

    def answer(self, *, bodiless: bool) -> bytes | None:
        """The next answer, without its date; None where the connection has ended."""
        while b"\r\n\r\n" not in self.buffer:
            if not self._more():
                return None
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        if head.startswith(b"HTTP/1.1 100"):
            self.buffer = rest
            return self.answer(bodiless=bodiless)
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        size = 0 if bodiless or head.startswith(b"HTTP/1.1 304") or length is None else int(length[1])
        while len(rest) < size:
            if not self._more():
                return None
            rest = self.buffer.partition(b"\r\n\r\n")[2]
        self.buffer = rest[size:]
        return DATE.sub(b"", head) + b"\r\n\r\n" + rest[:size]

    def _more(self) -> bool:
        try:
            chunk = self.socket.recv(65536)
        except ConnectionResetError:
            chunk = b""
        self.buffer += chunk
        self.is_closed = self.is_closed or not chunk
        return bool(chunk)

    def close(self) -> None:
        self.socket.close()


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    marks = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(marks)]


def write(served: Served, number: int) -> None:
    with served.application.dispatcher.newsroom.write() as view:
        publishing.create(view, NEWSROOM, "post", Changes(title=f"News {number}", status="publish"))


STEPS = st.lists(
    st.tuples(
        st.lists(st.sampled_from([WRITE, *REQUESTS]), min_size=1, max_size=3),
        st.lists(st.integers(0, 2000), max_size=3),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_both_ways_give_the_same(served: Served, steps: list[tuple[list[bytes], list[int]]]) -> None:
    clients = [Connection(port) for port in served.ports]
    try:
        for number, (requests, places) in enumerate(steps):
            if WRITE in requests:
                write(served, number)
            sent = [one for one in requests if one]
            sent = sent[: next((place for place, one in enumerate(sent, 1) if one in LAST), None)]
            if UNKNOWN in sent:
                sent, places = [UNKNOWN], []
            for client in clients:
                client.send(cut(b"".join(sent), places))
            for one in sent:
                answers = [client.answer(bodiless=one.startswith(b"HEAD")) for client in clients]
                assert answers[0] == answers[1]
                if answers[0] is None:
                    assert clients[0].is_closed
                    assert clients[1].is_closed
                    return
    finally:
        for client in clients:
            client.close()


def ask(port: int, *requests: bytes) -> list[bytes | None]:
    client = Connection(port)
    found = []
    for one in requests:
        client.send([one])
        found.append(client.answer(bodiless=False))
    client.close()
    return found


def test_a_repeated_head_is_not_read(served: Served) -> None:
    once, *others = ask(served.ports[0], *[PLAIN] * 4)
    assert once is not None
    assert once.startswith(b"HTTP/1.1 200 OK\r\n")
    assert others == [once] * 3
    assert PLAIN in served.application.known.forms


@pytest.mark.parametrize(
    "head",
    [one for one in REQUESTS if b"Cookie" in one or b"Range" in one or b"close" in one or b"HTTP/1.0" in one]
    + [request(b"HEAD " + LIST), request(b"GET " + LIST, b"Authorization: Other x")],
)
def test_what_asks_for_more_is_read_each_time(served: Served, head: bytes) -> None:
    ask(served.ports[0], PLAIN)
    ask(served.ports[0], head)
    ask(served.ports[0], head)
    assert head not in served.application.known.forms


def test_a_write_ends_what_is_remembered(served: Served) -> None:
    before = ask(served.ports[0], PLAIN, PLAIN)
    write(served, 77)
    after = ask(served.ports[0], PLAIN, PLAIN)
    assert before[0] == before[1]
    assert after[0] == after[1]
    assert after[0] != before[0]


def test_answers_are_counted_by_their_way(served: Served) -> None:
    counts = served.application.counts
    repeated, statuses = counts.repeated.total(), counts.by_status()
    other = request(b"GET " + LIST + b"&order=asc")
    ask(served.ports[0], other, other, other, request(b"GET " + LIST + b"&order=asc", b"Accept-Encoding: gzip"))
    assert counts.repeated.total() == repeated + 2
    assert counts.by_status()[200] == statuses.get(200, 0) + 4
    assert counts.kept > 0
    assert counts.made > 0


def test_two_heads_in_one_piece_are_read(served: Served) -> None:
    ask(served.ports[0], PLAIN)
    client = Connection(served.ports[0])
    client.send([PLAIN + PLAIN])
    answers = [client.answer(bodiless=False) for _ in range(2)]
    client.close()
    assert answers[0] == answers[1]
    assert PLAIN + PLAIN not in served.application.known.forms


def test_who_reads_nothing_fills_no_memory(served: Served) -> None:
    """An answer is written at once only where nothing waits to be read."""
    large = request(b"GET /wp-json/wp/v2/types?_pretty=1")
    ask(served.ports[0], large)
    client = Connection(served.ports[0])
    client.socket.setblocking(False)
    sent = 0
    try:
        while sent < 3000:
            client.socket.send(large)
            sent += 1
    except BlockingIOError:
        pass
    client.socket.setblocking(True)
    number = 0
    while number < sent and client.answer(bodiless=False) is not None:
        number += 1
    client.close()
    assert number == sent


def test_a_server_that_ends_closes_a_connection_that_was_answered(tmp_path: Path) -> None:
    application = asgi.application(load(make_site(tmp_path / "site"), {}))
    sock = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(application, http=protocol.Bounded, log_config=None, lifespan="off", proxy_headers=False)
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[sock])))
    thread.start()
    client = Connection(sock.getsockname()[1])
    for _ in range(2):
        client.send([PLAIN])
        assert client.answer(bodiless=False)
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
    assert client.answer(bodiless=False) is None
    client.close()
    sock.close()
    application.database.close()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 200), st.integers(0, 5000)), max_size=120))
def test_heads_stay_within_their_bounds(steps: list[tuple[int, int, int]]) -> None:
    known = ResponseCache(100_000)
    known.at(1, None)
    for name, head, size in steps:
        key = b"/%d" % name
        if (answer := known.get(key)) is None:
            answer = CachedResponse(200, [], b"x" * 10)
            known.keep(key, answer)
        known.remember(b"%d %d " % (name, head) + b"h" * size, answer, Form(key, b"", b"", answer.body))
        assert known.head_bytes <= 100_000 // 8
        assert len([one for one in known.forms.values() if one.key == key]) <= HEADS
    known.at(2, None)
    assert (known.head_bytes, len(known.forms)) == (0, 0)


def test_a_head_goes_with_its_answer() -> None:
    known = ResponseCache(100_000)
    known.at(1, None)
    answer = CachedResponse(200, [], b"x")
    known.keep(b"/", answer)
    known.remember(b"GET /", answer, Form(b"/", b"", b"", b"x"))
    known.drop(b"/")
    assert known.form(b"GET /") is None
    assert known.head_bytes == 0
    known.remember(b"GET /", answer, Form(b"/", b"", b"", b"x"))
    assert known.form(b"GET /") is None


def test_what_is_held_of_heads_is_what_is_counted() -> None:
    known = ResponseCache(400_000)
    known.at(1, None)
    for number in range(30):
        answer = CachedResponse(200, [], b"x")
        known.keep(b"/%d" % number, answer)
        for head in range(HEADS + 5):
            known.remember(b"%d %d " % (number, head) + b"h" * 3000, answer, Form(b"/%d" % number, b"", b"", b"x"))
    held = [head for answer in known.answers.values() for head in answer.heads]
    assert sorted(held) == sorted(known.forms)


def test_ends_of_lines_between_requests_keep_no_connection(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    for port in served.ports:
        client = Connection(port)
        client.send([PLAIN])
        assert client.answer(bodiless=False)
        client.send([b"\r\n"])
        assert client.answer(bodiless=False) is None
        assert client.is_closed
        client.close()
