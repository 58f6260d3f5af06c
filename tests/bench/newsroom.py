"""A newsroom at work in one web process: somebody publishes once a second, eight editors save every other second, five
hundred feeds are polled, and readers ask for single posts by Zipf all the while.

Told are the readers' rate and p99 with and without all that, and how long a list did not show what was published.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from tests.bench.bench import API, Figures, median, process, wait_for, watched, wrk
from tests.bench.durable import BASIC, writable
from tests.bench.serving import against, drawn_over_all
from tests.servers.process import free_port
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.model.wire import Rights, Source
from wirepress.store import sources

FEEDS: Final = 500
EDITORS: Final = 8
SAVED: Final = 2.0
"""Seconds between two saves of an editor."""
LESS, LATEST, STALE = 0.25, 10.0, 50.0
"""What the readers may lose of their rate, and milliseconds: their p99, and how long a list may lack what is new."""
HEADERS: Final = {"Authorization": BASIC, "Content-Type": "application/json"}
PULLING: Final = {
    "WIREPRESS_ALLOW_PRIVATE": "127.0.0.0/8",
    "WIREPRESS_FETCH_DELAY": "0",
    "WIREPRESS_PULL_SOURCES_HOST": "64",
}
"""All feeds are on one host here, which stands for five hundred."""
FEED = (
    '<rss version="2.0"><channel><title>Press {0}</title><item><title>The news of {0}</title>'
    "<link>http://127.0.0.1:{1}/{0}</link><guid>{0}</guid><description>What is new of {0}.</description></item>"
    "</channel></rss>"
)


def press(port: int) -> None:
    """Feeds with an article each, at the lowest priority, until the process is ended."""
    os.nice(19)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = FEED.format(self.path.split("/")[1], port).encode()
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silence."""

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


class Client:
    """Somebody who speaks to the API over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def asked(self, method: str, path: str, sent: dict[str, Any] | None = None) -> Any:
        """What is answered; SystemExit where that is an error."""
        body = None if sent is None else json.dumps(sent)
        self._connection.request(method, f"{API}{path}", body, {} if sent is None else HEADERS)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} was answered {answer.status}: {text[:200]!r}")
        return json.loads(text)


def publish(port: int, stop: threading.Event, stale: list[float]) -> None:
    """Publishes once a second and notes for how many milliseconds a list still was asked for in vain."""
    client, number = Client(port), 0
    while not stop.wait(1.0):
        number += 1
        sent = {"status": "publish", "title": f"Just in, {number}", "content": "<p>All the news.</p>"}
        made = client.asked("POST", "/posts", sent)["id"]
        done = begun = time.monotonic()
        while made not in [post["id"] for post in client.asked("GET", "/posts?per_page=10&_fields=id")]:
            begun = time.monotonic()
        stale.append((begun - done) * 1000)


def edit(port: int, stop: threading.Event, name: str) -> None:
    """Saves a draft again and again."""
    client, number = Client(port), 0
    draft = client.asked("POST", "/posts", {"status": "draft", "title": name, "content": "<p>A beginning.</p>"})["id"]
    while not stop.wait(SAVED):
        number += 1
        client.asked("POST", f"/posts/{draft}", {"content": f"<p>{'A beginning, and more. ' * 40}{number}</p>"})


@contextlib.contextmanager
def at_work(folder: Path, port: int, stale: list[float]) -> Iterator[None]:
    """Everybody but the readers is at work."""
    make_due(folder)
    stop = threading.Event()
    lives: list[Callable[[], None]] = [partial(publish, port, stop, stale)]
    lives += [partial(edit, port, stop, f"Draft {number}") for number in range(EDITORS)]
    threads = [threading.Thread(target=life) for life in lives]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def make_due(folder: Path) -> None:
    """Makes the time of all feeds come."""
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.database.write() as unit:
        for (number,) in unit.rows("SELECT id FROM sources"):
            sources.due_now(unit, number)
    newsroom.database.close()


def looked_at(folder: Path) -> int:
    """How many looks at feeds have ended."""
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.database.read() as unit:
        number: int = unit.rows("SELECT count(*) FROM runs WHERE ended > 0")[0][0]
    newsroom.database.close()
    return number


def add_feeds(folder: Path, port: int) -> None:
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.database.write() as unit:
        for number in range(FEEDS):
            sources.add(unit, Source(0, f"http://127.0.0.1:{port}/{number}/feed", rights=Rights.EXCERPT))
    newsroom.database.close()


def run(posts: int, seconds: int) -> None:
    """Measures the readers alone and beside everybody else, in one process."""
    port, press_port = free_port(), free_port()
    child = multiprocessing.get_context("spawn").Process(target=press, args=(press_port,), daemon=True)
    child.start()
    try:
        with writable(posts) as folder:
            wait_for(f"http://127.0.0.1:{press_port}/1/feed")
            add_feeds(folder, press_port)
            measure(folder, port, posts, seconds)
    finally:
        child.kill()
        child.join()


def measure(folder: Path, port: int, posts: int, seconds: int) -> None:
    base = f"http://127.0.0.1:{port}"
    script = drawn_over_all(folder, folder.parent, posts)["single, by Zipf"]
    serve = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    with process(serve, PULLING) as server:
        wait_for(base + "/-/health")
        until = time.monotonic() + 240
        while looked_at(folder) < FEEDS and time.monotonic() < until:  # the first looks take what is there
            time.sleep(1.0)

        def readers() -> Figures:
            return watched(partial(wrk, ["-t1", "-c32", f"-d{seconds}s", "-s", str(script), base]), server.pid)

        readers()
        stale: list[float] = []
        alone, beside, looks = [], [], 0
        for _ in range(2):
            alone.append(readers())
            before = looked_at(folder)
            with at_work(folder, port, stale):
                beside.append(readers())
            looks += looked_at(folder) - before
    quiet, busy = median(alone), median(beside)
    print(f"\n{f'a newsroom of {posts:,} posts':38}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}")
    print(f"{'readers, nothing beside':38}{quiet.rate:9.0f}{quiet.p50:9.2f}{quiet.p99:9.2f}")
    less = 1 - busy.rate / quiet.rate
    print(
        f"{'readers, everybody at work':38}{busy.rate:9.0f}{busy.p50:9.2f}{busy.p99:9.2f}   {100 * less:.0f} % less"
        f"{against(less <= LESS, f'<= {LESS:.0%}')}{against(busy.p99 <= LATEST, f'p99 <= {LATEST:.0f} ms')}"
    )
    oldest = max(stale, default=0.0)
    print(
        f"{'until a list shows what is published':38}{'':9}{sorted(stale)[len(stale) // 2]:9.2f}{oldest:9.2f}"
        f"   of {len(stale)}{against(oldest <= STALE, f'<= {STALE:.0f} ms')}; {looks} feeds looked at meanwhile"
    )
