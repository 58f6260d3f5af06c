"""Heads of requests have bounds, in size and in time; bodies that stop coming are not waited for."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.app.press import make_site
from wirepress.app import asgi, bodies, protocol
from wirepress.app.serve import listen
from wirepress.app.settings import load

GET = b"GET /wp-json/wp/v2/posts?_fields=id HTTP/1.1\r\nHost: news.example.com\r\n"
LAST = b"Connection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = make_site(tmp_path_factory.mktemp("protocol") / "site")
    sock = listen("127.0.0.1", 0)
    application = asgi.application(load(folder, {}))
    server = uvicorn.Server(
        uvicorn.Config(application, http=protocol.Bounded, log_config=None, lifespan="off", ws="none")
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[sock])))
    thread.start()
    yield int(sock.getsockname()[1])
    server.should_exit = True
    thread.join()
    sock.close()
    application.database.close()


def answered(port: int, *pieces: bytes) -> bytes:
    """All that the server says to these bytes, until it ends the connection."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            while chunk := connection.recv(65536):
                received += chunk
        except (ConnectionResetError, BrokenPipeError):
            pass
    return received


def status(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1]) if reply else 0


def test_a_head_of_usual_size_is_taken(port: int) -> None:
    many = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 900) for number in range(60))
    assert status(answered(port, GET + many + LAST)) == 200
    assert answered(port, GET + b"\r\n" + GET + LAST).count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize("piece", [b"X: y\r\n" * 10_000, b"X: " + b"y" * 60_000, b""], ids=["many", "long", "address"])
def test_a_head_without_an_end_is_refused(port: int, piece: bytes) -> None:
    begin = GET if piece else b"GET /"
    reply = answered(port, begin, *[piece or b"a" * 60_000] * 30)
    assert status(reply) in (0, 400, 431)  # 0: the end of the connection overtook the answer
    assert status(answered(port, GET + LAST)) == 200


@pytest.mark.parametrize("begin", [b"", b"GET", GET, GET + b"\r\n" + GET])
def test_a_head_that_does_not_come_ends_the_connection(
    port: int, begin: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.1)
    assert answered(port, begin).count(b"HTTP/1.1") == begin.count(b"\r\n\r\n")


def test_a_body_that_does_not_come_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "STALL", 0.1)
    post = b"POST /wp-json/wp/v2/posts HTTP/1.1\r\nHost: news.example.com\r\nContent-Length: 10\r\n\r\nhalf"
    assert status(answered(port, post)) == 408


def test_a_get_may_ask_in_its_body(port: int) -> None:
    body = b'{"per_page":1}'
    kind = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    asked = b"GET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: news.example.com\r\n"
    assert answered(port, asked + kind + LAST + body).count(b'"guid"') == 1
    assert answered(port, asked + LAST).count(b'"guid"') == 3


@pytest.mark.parametrize("method", [b"FOO", b"PURGE", b"BREW", b"X-Y"])
def test_a_method_that_nobody_knows_has_no_route(port: int, method: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for asked, end in ((GET + b"\r\n", b"]"), (method + GET[3:] + LAST, b'"data":{"status":404}}')):
            connection.sendall(asked)
            reply = b""
            while not reply.endswith(end):
                chunk = connection.recv(65536)
                assert chunk, reply
                reply += chunk
    assert status(reply) == 404


@pytest.mark.parametrize("line", [b"foo / HTTP/1.1", b"F\0O / HTTP/1.1", b"FOO x HTTP/1.1", b"F" * 40 + b" / HTTP/1.1"])
def test_what_is_no_request_is_refused(port: int, line: bytes) -> None:
    assert status(answered(port, line + b"\r\nHost: x\r\n" + LAST)) == 400


def test_nobody_is_given_a_web_socket(port: int, caplog: pytest.LogCaptureFixture) -> None:
    asked = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(GET + asked)
        assert b" 101 " not in connection.recv(65536)
    assert "WebSocket" not in caplog.text


def test_the_server_is_run_with_these_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wirepress.app import serve

    found: list[Any] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: found.append((server.config, sockets)))
    folder = make_site(tmp_path / "site")
    with listen("127.0.0.1", 0) as sock:
        serve.serve_web(load(folder, {}), sock)
    ((config, _),) = found
    assert (config.http, config.ws) == (protocol.Bounded, "none")
