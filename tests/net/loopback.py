"""A web server on loopback that answers what a test tells it to, byte for byte."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Answer = Callable[[str, dict[str, str]], bytes]
"""Path and request headers (lower case) in, the whole HTTP answer out."""


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An HTTP/1.1 answer; underscores in header names stand for hyphens."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Loopback:
    """Serves on a free port of 127.0.0.1 and notes what it was asked."""

    def __init__(self, answer: Answer) -> None:
        asked: list[tuple[str, dict[str, str]]] = []
        sent: list[bytes] = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                request = self.rfile.readline().decode("latin-1").split(" ")
                headers: dict[str, str] = {}
                while line := self.rfile.readline().decode("latin-1").strip():
                    name, _, value = line.partition(":")
                    headers[name.lower()] = value.strip()
                if size := int(headers.get("content-length", "0")):
                    sent.append(self.rfile.read(size))
                if len(request) > 1:
                    asked.append((request[1], headers))
                    self.wfile.write(answer(request[1], headers))

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: object, client_address: object) -> None:
                """Clients that hang up early are what some tests are about."""

        self.asked = asked
        self.sent = sent
        """The bodies that came with what was asked, in order."""
        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
