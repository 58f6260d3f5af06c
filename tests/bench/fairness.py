"""How long a source that is due waits for its look while others are slow and huge, in real time.

Eighteen sources with an article of a few paragraphs each, one that takes twenty seconds for an answer, and one that
lists 20,000 articles.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from statistics import median

from tests.bench.bench import wait_for
from tests.bench.pulling import PAGE, sentence
from tests.servers.process import free_port
from wirepress.app.compose import create, open_newsroom
from wirepress.app.polling import POLLS, Places, Polling
from wirepress.app.repeating import repeat
from wirepress.app.settings import load, write_first
from wirepress.app.worker import logger
from wirepress.content.newsroom import Newsroom
from wirepress.model.wire import Rights, Source
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds
from wirepress.store import sources
from wirepress.syndicate import sandbox

OTHERS = 18
LINKS = 20_000
SLOW = 20.0
ITEM = "<item><title>Story {name} of the day</title><link>/{name}</link><guid>{name}</guid></item>"


def press(port: int) -> None:
    """All twenty, until the process is ended."""
    os.nice(19)
    numbers = count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/slow/feed":
                time.sleep(SLOW)
            if self.path.endswith("/feed"):
                huge = self.path == "/huge/feed"
                names = [f"huge{n}" for n in range(LINKS)] if huge else [f"a{next(numbers)}"]
                items = "".join(ITEM.format(name=name) for name in names)
                text = f'<rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'
            else:
                dice = random.Random(self.path)
                body = "".join(f"<p>{sentence(dice, 40)}</p>" for _ in range(12))
                text = PAGE.format(title=sentence(dice, 7), paragraphs=body)
            data = text.encode()
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "application/rss+xml" if self.path.endswith("/feed") else "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silence."""

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


async def loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def run(rounds: int, told: Callable[[str], None] = print) -> None:
    """Measures with eight places, and with one: one after the other."""
    for places in (Places(), Places(1)):
        port = free_port()
        child = multiprocessing.get_context("spawn").Process(target=press, args=(port,), daemon=True)
        child.start()
        wait_for(f"http://127.0.0.1:{port}/a")
        try:
            with tempfile.TemporaryDirectory(prefix="bench-fair-") as work:
                measure(Path(work), port, places, rounds if places.all > 1 else 1, told)
        finally:
            child.kill()
            child.join()


def measure(work: Path, port: int, places: Places, rounds: int, told: Callable[[str], None]) -> None:
    """Prints how long the eighteen waited."""
    write_first(work, {})
    settings = load(work, {})
    create(settings, {})
    newsroom, stop = open_newsroom(settings), threading.Event()
    with newsroom.database.write() as unit:
        for name in ("huge", "slow"):
            sources.add(unit, Source(0, f"http://{name}.example:{port}/{name}/feed", name, rights=Rights.FULL))
        others = [
            sources.add(unit, Source(0, f"http://p{n}.example:{port}/{n}/feed", rights=Rights.FULL))
            for n in range(OTHERS)
        ]
    sandbox.run(sandbox.PAGE, len, "")  # its template is there
    with WebFetcher(Bounds(host_delay=0.0, allow=("127.0.0.0/8",)), loopback) as fetcher:
        polling = Polling(newsroom, fetcher, places)
        with ThreadPoolExecutor(places.all) as threads:
            work_on = threading.Thread(
                target=repeat,
                args=("sources", lambda: polling.work(threads, stop.is_set), stop, POLLS, logger),
            )
            work_on.start()
            begun, ended = zip(*(one for _ in range(rounds) for one in waited(newsroom, others)), strict=True)
            stop.set()
            fetcher.stop()
            work_on.join()
    newsroom.database.close()
    side = "one after the other" if places.all == 1 else f"{places.all} side by side"
    told(
        f"{OTHERS} sources beside a slow one and one of {LINKS:,} links, {side}: begun after"
        f" {median(begun):.2f} s (at most {max(begun):.2f}), ended after {median(ended):.2f} s ({max(ended):.2f})"
    )


def waited(newsroom: Newsroom, others: list[int]) -> list[tuple[float, float]]:
    """Makes the time of the others come, and gives how many seconds after it the look of each began and ended."""
    with newsroom.database.write() as unit:
        before: int = unit.rows("SELECT coalesce(max(id), 0) FROM runs")[0][0]
        for number in others:
            sources.due_now(unit, number)
    start, begun, ended = time.monotonic(), dict[int, float](), dict[int, float]()
    while len(ended) < len(others):
        with newsroom.database.read() as unit:
            rows = unit.rows("SELECT source, result, ended FROM runs WHERE id > ?", (before,))
        for number, result, end in (row for row in rows if row[0] in others):
            begun.setdefault(number, time.monotonic() - start)
            if end:
                assert "created" in result, result
                ended.setdefault(number, time.monotonic() - start)
        time.sleep(0.02)
    return [(begun[number], ended[number]) for number in others]
