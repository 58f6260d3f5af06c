"""Serve the example press on loopback: `python -m examples.wire.press --port 8100`.

It behaves as a decent web server does (types, ETag, Last-Modified, 304, redirects); the dirt is in what it serves.
Tests use `serving()`, which also remembers what was asked for and lets a page change.
"""

import argparse
import hashlib
import posixpath
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from examples.wire import gazette

SITE = Path(__file__).parent / "site"

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
TEXT = {".html", ".rss", ".atom", ".txt", ".css"}

# Pages that an old system serves in its own charset and without saying so in the header.
LEGACY = {"/courier/opinion/old-station.html": "windows-1252"}

# Short addresses, as counters of clicks hand them out.
REDIRECTS = {
    "/courier/r/4711": "/courier/2025/market-hall.html?utm_source=rss&utm_medium=feed",
    "/meridian": "/meridian/world/",
    "/meridian/": "/meridian/world/",
}

# What two articles of the Courier are corrected to, in the feed and on their pages: (what was there, what is there).
CORRECTIONS = {
    "/courier/feed.rss": (
        ("From the last Friday of March, trams", "From the first Friday of April, trams"),
        ("on every clear Thursday night", "on every clear Friday night"),
    ),
    "/courier/2025/night-trams.html": (
        ("From the last Friday of March, trams", "From the first Friday of April, trams"),
    ),
    "/courier/2025/observatory.html": (("on every clear Thursday night", "on every clear Friday night"),),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GET of one address gives."""

    body: bytes
    kind: str
    changed: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class Press(ThreadingHTTPServer):
    """The press on one port of loopback."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.asked: list[tuple[str, int]] = []
        self._changed: dict[str, tuple[str, datetime]] = {}

    @property
    def base(self) -> str:
        """Its own absolute address, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def source(self, path: str) -> str:
        """The text behind a path as it stands now, its {base} not yet replaced."""
        if path in self._changed:
            return self._changed[path][0]
        return (SITE / path.lstrip("/")).read_text("utf-8")

    def change(self, path: str, text: str) -> None:
        """From now on `path` answers `text`: a correction, a new entry, a new page."""
        self._changed[path] = (text, datetime.now(UTC).replace(microsecond=0))

    def correct(self) -> None:
        """Has two articles be corrected from now on, as a paper does after somebody has written in."""
        for path, changes in CORRECTIONS.items():
            text = self.source(path)
            for before, after in changes:
                text = text.replace(before, after)
            self.change(path, text)

    def answer(self, path: str) -> Answer | None:
        """What is at `path`, or None."""
        clean = posixpath.normpath(unquote(path))
        if path.endswith("/"):
            clean = posixpath.join(clean, "index.html")
        suffix = posixpath.splitext(clean)[1]
        kind = TYPES.get(suffix)
        if kind is None or not clean.startswith("/"):
            return None
        file = SITE / clean.lstrip("/")
        if clean in self._changed:
            text, changed = self._changed[clean]
            body = text.encode()
        elif file.is_file() and file.resolve().is_relative_to(SITE.resolve()):
            body = file.read_bytes()
            changed = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        else:
            return None
        if suffix in TEXT:
            body = body.replace(b"{base}", self.base.encode())
        if clean in LEGACY:
            body, kind = body.decode().encode(LEGACY[clean]), "text/html"
        return Answer(body, kind, changed)


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD."""

    server: Press
    protocol_version = "HTTP/1.1"
    server_version = "ExamplePress/1"

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Nothing: what was asked for is in `Press.asked`."""

    def _respond(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        if path in REDIRECTS:
            self._send(302, b"", {"Location": REDIRECTS[path]})
            return
        paper = gazette.reply(path, urlsplit(self.path).query, self.server.base)
        if paper is not None:
            body = paper.body.encode()
            headers = {"Content-Type": paper.kind, **paper.headers}
            self._send(paper.status, body if with_body else b"", headers, len(body))
            return
        answer = self.server.answer(path)
        if answer is None:
            body = b"<!doctype html><title>Not found</title><h1>Not found</h1>"
            self._send(404, body if with_body else b"", {"Content-Type": TYPES[".html"]}, len(body))
            return
        headers = {"ETag": answer.etag, "Last-Modified": format_datetime(answer.changed, usegmt=True)}
        headers["Cache-Control"] = "max-age=60"
        if self._known(answer):
            self._send(304, b"", headers)
            return
        headers["Content-Type"] = answer.kind
        self._send(200, answer.body if with_body else b"", headers, len(answer.body))

    def _known(self, answer: Answer) -> bool:
        # RFC 9110, 13.2.2: If-None-Match decides where it is given, If-Modified-Since only where it is not.
        match = self.headers.get("If-None-Match")
        if match is not None:
            return answer.etag in [tag.strip().removeprefix("W/") for tag in match.split(",")] or match.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return parsedate_to_datetime(since).replace(tzinfo=UTC) >= answer.changed
        except ValueError:
            return False

    def _send(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.server.asked.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(port: int = 0) -> Iterator[Press]:
    """The press in a thread for the length of the block; port 0 takes a free one."""
    with Press(port) as press:
        thread = threading.Thread(target=press.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield press
        finally:
            press.shutdown()
            thread.join()


def main() -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the example press on loopback.")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--corrected", action="store_true", help="with what two articles are corrected to")
    given = parser.parse_args()
    with Press(given.port) as press:
        if given.corrected:
            press.correct()
        print(f"The example press is at {press.base}/", flush=True)
        try:
            press.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
