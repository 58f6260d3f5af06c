"""The line to a front cache, and what stands at its other end: nobody, somebody slow, somebody who does not end."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from wirepress.model.errors import Invalid, Unavailable
from wirepress.net.purging import PurgeLine

FINE = b"HTTP/1.1 200 OK\r\nX-Wirepress-Epoch: 7\r\nContent-Length: 0\r\n\r\n"
Talk = Callable[[socket.socket], object]


@contextmanager
def listening(*talks: Talk) -> Iterator[str]:
    """A server that takes as many connections as there are talks, one after the other."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for talk in talks:
                with contextlib.suppress(OSError), server.accept()[0] as connection:
                    talk(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def answered(connection: socket.socket) -> bytes:
    """What came, which is answered well."""
    said = connection.recv(65536)
    connection.sendall(FINE)
    return said


def test_a_purge_bears_its_word_and_the_line_stays_open() -> None:
    heard: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        heard.extend(answered(connection) for _ in range(2))

    with listening(talk) as url, closing(PurgeLine(url, "secret")) as line:
        for _ in range(2):
            status, headers = line.ask("PURGE", {"X-Wirepress-Tags": "post:1"})
            assert (status, headers["x-wirepress-epoch"]) == (200, "7")
    for said in heard:
        assert said.startswith(b"PURGE / HTTP/1.1\r\n")
        assert b"authorization: Bearer secret\r\n" in said
        assert b"X-Wirepress-Tags: post:1\r\n" in said


def test_a_line_that_was_closed_meanwhile_is_opened_once_more() -> None:
    with listening(answered, answered) as url, closing(PurgeLine(url)) as line:
        assert line.ask("GET", {})[0] == 200
        assert line.ask("GET", {})[0] == 200


def test_nobody_is_waited_for_without_end() -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.recv(65536)

    with listening(silent) as url, closing(PurgeLine(url, seconds=0.05)) as line, pytest.raises(Unavailable):
        line.ask("GET", {})


@pytest.mark.parametrize(
    "said",
    [
        b"no http\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_is_none_is_a_failure(said: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    with listening(talk) as url, closing(PurgeLine(url)) as line, pytest.raises(Unavailable):
        line.ask("GET", {})


def test_an_address_where_nobody_listens_is_named_without_its_login() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with closing(PurgeLine(f"http://ada:secret@127.0.0.1:{port}/")) as line, pytest.raises(Unavailable) as caught:
        line.ask("GET", {})
    assert "secret" not in caught.value.message
    assert str(port) in caught.value.message


@pytest.mark.parametrize("url", ["", "ftp://x/", "http:///", "http://x:0/", "http://x:a/", "http://ü/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        PurgeLine(url)
