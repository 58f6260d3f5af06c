"""A server whose answers are as a test wants them: with tags and an epoch for the front, held back, private."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wirepress.app.front.headers import KINDS, lines_of


@dataclass(slots=True)
class Origin:
    """A site of one thing at each path: how often it was changed (`versions`).  `tags` of a path that has none: itself.

    A path that begins with `/private` has no headers for a front.  An answer to a path in `held` is made, and is sent
    when its event is set; `begun` tells that it is made."""

    kind: str
    port: int = 0
    epoch: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    tags: dict[str, set[str]] = field(default_factory=dict)
    held: dict[str, threading.Event] = field(default_factory=dict)
    begun: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    behind: int = 0
    """So many epochs its answers claim to be older than they are."""
    body: bytes = b""
    """What all answers are, where that is set."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, path: str, *more: str) -> tuple[int, frozenset[str]]:
        """Changes what is at a path: the epoch of that, and what was touched."""
        with self.lock:
            self.versions[path] = self.versions.get(path, 0) + 1
            self.epoch += 1
            return self.epoch, frozenset({tag_of(path), *more})

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        with self.lock:
            return sum(asked == path for _, asked, _ in self.asked)

    def answer(self, method: str, path: str, headers: dict[str, str]) -> tuple[list[tuple[str, str]], bytes]:
        with self.lock:
            self.asked.append((method, path, headers))
            body = b"%s %d\n" % (path.encode(), self.versions.get(path, 0)) + headers.get("origin", "").encode()
            body = self.body or body
            lines = [("content-type", "text/plain"), ("etag", f'"{len(body)}-{self.epoch}"'), ("vary", "Origin")]
            if not path.startswith("/private"):
                made_of = self.tags.get(path, {tag_of(path)})
                for name, value in lines_of(KINDS[self.kind], made_of, self.epoch - self.behind):
                    lines.append((name.decode(), value.decode()))
        if "gzip" in headers.get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)
            lines.append(("content-encoding", "gzip"))
            lines[2] = ("vary", "Origin, Accept-Encoding")
        if event := self.held.get(path):
            self.begun.set()
            event.wait(20)
        return lines, body


def tag_of(path: str) -> str:
    return f"post:{path.strip('/')}"


@contextmanager
def serving(kind: str) -> Iterator[Origin]:
    """An origin that serves, for fronts of a kind."""
    origin = Origin(kind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answered(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            self.rfile.read(length)
            sent = {name.lower(): value for name, value in self.headers.items()}
            lines, body = origin.answer(self.command, self.path, sent)
            self.send_response(200)
            for name, value in lines:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = answered  # noqa: N815 - the names that the class wants

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the class wants
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        origin.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield origin
        finally:
            for event in origin.held.values():
                event.set()
            server.shutdown()
