"""Known answers while a pull runs beside them: what the wire in costs the readers.

The press of this measurement never runs dry: each look at its feed shows entries that were not there before.  It and
the pull run at the lowest priority, as the worker does.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from tests.bench.bench import Figures, drive, median, process, site, wait_for
from tests.bench.generate import WORDS
from tests.bench.serving import targets
from tests.servers.process import free_port

PAGE = """<!doctype html><html><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1>{paragraphs}</article><footer>Imprint</footer></body></html>"""
ITEM = "<item><title>{title}</title><link>http://127.0.0.1:{port}/{number}</link><guid>{number}</guid></item>"


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


def press(port: int) -> None:
    """An endless press, until the process is ended."""
    os.nice(19)
    numbers = count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/feed":
                items = "".join(
                    ITEM.format(title=sentence(random.Random(n), 7), port=port, number=n)
                    for n in (next(numbers) for _ in range(10))
                )
                text = f'<rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'
                kind = "application/rss+xml"
            else:
                dice = random.Random(self.path)
                body = "".join(f"<p>{sentence(dice, 40)}</p>" for _ in range(12))
                kind, text = "text/html", PAGE.format(title=sentence(dice, 7), paragraphs=body)
            data = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silence."""

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


def pull_on(folder: str, url: str, taken: Synchronized[int]) -> None:
    """Pulls one source again and again, until the process is ended."""
    os.nice(19)
    from wirepress.app.compose import open_newsroom
    from wirepress.app.fetcher import fetcher_of
    from wirepress.app.settings import load
    from wirepress.model.wire import Rights, Source
    from wirepress.store import sources
    from wirepress.syndicate.pull import pull_source

    settings = load(Path(folder), flags={"allow_private": "127.0.0.0/8", "fetch_delay": 0})
    newsroom = open_newsroom(settings)
    with newsroom.database.write() as unit:
        known = sources.by_url(unit, url)
        number = known.id if known else sources.add(unit, Source(0, url, "Press", rights=Rights.FULL))
    with fetcher_of(settings) as fetcher:
        while True:
            report = pull_source(newsroom, number, fetcher)
            taken.value += report.counts["created"]


def run(seconds: int, rounds: int, told: Callable[[str], None] = print) -> None:
    """Measures the known single post alone and with a pull beside it, in turns."""
    work = Path(tempfile.mkdtemp(prefix="bench-pull-"))
    try:
        folder = work / "site"
        shutil.copytree(site(1000), folder)
        port, press_port = free_port(), free_port()
        base = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--workers", "2"]
        with process([*command, "--port", str(port)], {"WIREPRESS_PULL": "0"}):
            wait_for(base + "/-/health")
            measure(base + targets(folder)["single post"], str(folder), press_port, seconds, rounds, told)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def measure(url: str, folder: str, port: int, seconds: int, rounds: int, told: Callable[[str], None]) -> None:
    alone: list[Figures] = []
    beside: list[Figures] = []
    fork = multiprocessing.get_context("spawn")
    taken, meanwhile = fork.Value("i", 0), 0
    for _ in range(rounds):
        alone.append(drive(url, seconds))
        children = [
            fork.Process(target=press, args=(port,), daemon=True),
            fork.Process(target=pull_on, args=(folder, f"http://127.0.0.1:{port}/feed", taken), daemon=True),
        ]
        for child in children:
            child.start()
        before = taken.value
        while taken.value == before:  # the pull is under way, its libraries loaded
            time.sleep(0.05)
        begun = taken.value
        beside.append(drive(url, seconds * 2))
        meanwhile += taken.value - begun
        for child in children:
            child.kill()
            child.join()
    one, other = median(alone), median(beside)
    told(f"{'known: single post, nothing beside':34}{one.rate:9.0f}{one.p50:9.2f}{one.p99:9.2f}")
    told(
        f"{'known: single post, pull beside':34}{other.rate:9.0f}{other.p50:9.2f}{other.p99:9.2f}"
        f"   {100 * (1 - other.rate / one.rate):.0f} % less; {meanwhile} articles taken meanwhile"
    )
