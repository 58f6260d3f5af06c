"""Workers that are killed at random moments while they look at some hundred sources: nothing is lost, nothing doubled.

`python -m tests.syndicate.campaign [--feeds 500] [--articles 10] [--kills 30] [--workers 1] [--seed N] [--polls 0]
[--pictures 0]`; with WIREPRESS_TEST_POSTGRES the site is kept in a database of its own on that server.  It prints how
long the articles took, and with `--kills 0` what they took of the processor; with `--polls 10000` the feeds are asked
so often afterwards, and the worker's memory is looked at meanwhile; with `--pictures 1200` each article has a lead
picture of its own, so many pixels wide, of which all sizes are made.  (1,200 by 675 is the median of what 184 news
pages say of their lead pictures; a quarter has less than .56 megapixels, a quarter more than 1.44.)
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random

import pyvips
import sqlalchemy

from tests.bench.bench import wait_for
from tests.bench.pulling import PAGE, sentence
from tests.servers.databases import own_database
from tests.servers.process import free_port
from tests.syndicate.site import Site, site_in
from wirepress.app.doctor import examine
from wirepress.model.post import Post
from wirepress.store import posts

SERVER = os.environ.get("WIREPRESS_TEST_POSTGRES", "")
LAST = "That was the last word of the article."
ITEM = "<item><title>{title}</title><link>http://{host}/{name}</link><guid>{name}</guid></item>"
PARAGRAPHS = 13
PATIENCE = 300.0
"""Seconds without any progress after which the run has failed."""


def host_of(feed: int) -> str:
    """Each feed has a host of its own: all of 127.0.0.0/8 is this machine."""
    return f"127.0.{1 + feed // 200}.{1 + feed % 200}"


def photo(width: int) -> bytes:
    """A JPEG of a width, with sides of 16 to 9, that is as hard to read and to write as a photograph."""
    height = width * 9 // 16
    bands = [
        pyvips.Image.perlin(width, height, cell_size=size) * 100
        + 128
        + pyvips.Image.gaussnoise(width, height, sigma=6, mean=0)
        for size in (40, 60, 90)
    ]
    image = bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb")
    return bytes(image.write_to_buffer(".jpg", Q=85))


def press(port: int, articles: int, asked: Synchronized[int], pictures: int) -> None:
    """Publishes all feeds and their articles, until the process is ended."""
    os.nice(19)
    picture = photo(pictures) if pictures else b""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with asked.get_lock():
                asked.value += 1
            host = self.headers["Host"]
            names = [f"{host.replace('.', '-').partition(':')[0]}-{n}" for n in range(articles)]
            name = self.path[1:]
            kind, text, status = "text/html; charset=utf-8", "", 404
            if name == "feed":
                items = "".join(ITEM.format(title=title_of(one), host=host, name=one) for one in names)
                kind, status = "application/rss+xml; charset=utf-8", 200
                text = f'<rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'
            elif name in names:
                dice, status = Random(name), 200
                body = "".join(f"<p>{sentence(dice, 40)}</p>" for _ in range(PARAGRAPHS - 1)) + f"<p>{LAST}</p>"
                text = PAGE.format(title=title_of(name), paragraphs=body)
                if pictures:
                    lead = f'<head><meta property="og:image" content="http://{host}/{name}.jpg">'
                    text = text.replace("<head>", lead, 1)
            data = text.encode()
            if picture and name.endswith(".jpg"):
                # What follows the end of a JPEG is read by nobody, and makes it a file of its own.
                kind, status, data = "image/jpeg", 200, picture + name.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Silence."""

    ThreadingHTTPServer(("", port), Handler).serve_forever()


def title_of(name: str) -> str:
    """The title of an article, which no other has."""
    return f"{sentence(Random(f'title of {name}'), 6)[:-1]} {name}"


class Campaign:
    """Workers over one site, and what the press was asked so far."""

    def __init__(self, site: Site, asked: Synchronized[int], dice: Random, wanted: int) -> None:
        self.site = site
        self.asked = asked
        self.dice = dice
        self.wanted = wanted
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        command = [sys.executable, "-m", "wirepress", "--site", str(self.site.settings.folder), "worker"]
        wide = {"PYTHONWARNINGS": "ignore", "WIREPRESS_PULL_SOURCES": "16"}
        self.workers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | wide))

    def kill(self) -> None:
        """Kills one of the workers by chance, and starts another."""
        victim = self.workers.pop(self.dice.randrange(len(self.workers)))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.start()

    def end(self) -> None:
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            if status := worker.wait():
                raise AssertionError(f"a worker ended with {status}")

    def kill_while_it_goes_on(self, kills: int) -> None:
        """The kills, at moments that are counted in answers of the press, over four fifths of the whole."""
        step = self.wanted * 0.8 / max(1, kills)
        for _ in range(kills):
            until = self.asked.value + self.dice.uniform(0, 2 * step)
            self.wait(partial(self.has_come, until))
            time.sleep(self.dice.random() * 0.2)
            self.kill()

    def has_come(self, number: float) -> bool:
        """Whether the press was asked so often, or will not be asked any more."""
        return self.asked.value >= number or self.left() == 0

    def wait(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds.  Raises AssertionError where nothing goes on any more."""
        last, since = -1, time.monotonic()
        while not holds():
            if self.asked.value != last:
                last, since = self.asked.value, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise AssertionError(f"nothing goes on: {self.left()} sources are not done")
            time.sleep(0.05)

    def left(self) -> int:
        """How many sources are being looked at, have not been looked at or have something left."""
        with self.site.newsroom.database.read() as unit:
            busy = "SELECT count(*) FROM sources s WHERE next_at <= ? OR lease_until > 0 OR EXISTS"
            left = " (SELECT 1 FROM entries b WHERE b.source = s.id AND b.state IN ('left', 'failed', 'dead'))"
            return int(unit.rows(busy + left, (int(time.time()),))[0][0])

    def poll(self, polls: int) -> list[float]:
        """Has all feeds asked again and again; the MB of the workers after each tenth of the polls."""
        found = []
        last = self.asked.value
        for tenth in range(1, 11):
            while self.asked.value < last + polls * tenth / 10:
                with self.site.newsroom.database.write() as unit:
                    # What a feed is remembered by says as well when it may be asked again.
                    unit.execute(sqlalchemy.text("UPDATE sources SET next_at = 0, memory = '{}'"))
                self.wait(lambda: self.left() == 0)
            found.append(sum(memory_of(worker.pid) for worker in self.workers))
        return found


def family_of(pid: int) -> list[int]:
    """A process and all that descend from it and are still there."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def processor_of(pid: int) -> float:
    """Seconds of the processor that a process, what descends from it and what it has waited for have taken."""
    ticks = 0
    for one in family_of(pid):
        with suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> float:
    """MB of memory that a process alone holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def flaws(site: Site, feeds: int, articles: int) -> list[str]:
    """What is wrong with the posts that there are: lost, doubled or not whole."""
    wanted = {
        title_of(f"{host_of(feed).replace('.', '-')}-{n}") for feed in range(feeds) for n in range(articles)
    }  # fmt: skip
    found: list[str] = []
    with site.newsroom.database.read() as unit:
        ids = [int(row[0]) for row in unit.rows("SELECT id FROM posts WHERE type = 'post'")]
        made = list(posts.load(unit, ids).values())
        titles = [post.title for post in made]
        found += [f"lost: {title}" for title in sorted(wanted.difference(titles))]
        found += [f"doubled: {title}" for title in sorted({title for title in titles if titles.count(title) > 1})]
        found += [f"not wanted: {title}" for title in sorted(set(titles).difference(wanted))]
        found += [f"not whole: {post.title}" for post in made if not is_whole(post)]
        origins = unit.rows("SELECT post, count(*) FROM origins WHERE post IS NOT NULL GROUP BY post")
        if sorted(origins) != sorted((post.id, 1) for post in made):
            found.append("not every post has one origin")
    return found + [f"doctor: {one}" for one in examine(site.settings) if one.state != "ok"]


def is_whole(post: Post) -> bool:
    """Whether all of an article came, and is ready for readers."""
    is_ready = post.status == "publish" and post.rendering is not None
    return is_ready and LAST in post.content and post.content.count("<p>") >= PARAGRAPHS


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.syndicate.campaign", description=__doc__)
    for name, default in (
        ("feeds", 500),
        ("articles", 10),
        ("kills", 30),
        ("workers", 1),
        ("seed", 1),
        ("polls", 0),
        ("pictures", 0),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args(arguments)
    port, asked = free_port(), multiprocessing.Value("l", 0)
    child = multiprocessing.Process(target=press, args=(port, given.articles, asked, given.pictures), daemon=True)
    child.start()
    wait_for(f"http://127.0.0.1:{port}/feed")
    database = own_database(SERVER) if SERVER else nullcontext("")
    with tempfile.TemporaryDirectory() as folder, database as url, site_in(Path(folder), database=url) as site:
        for feed in range(given.feeds):
            site.add(f"http://{host_of(feed)}:{port}/feed")
        begun, asked.value = time.monotonic(), 0
        campaign = Campaign(site, asked, Random(given.seed), given.feeds * (given.articles + 2))
        for _ in range(given.workers):
            campaign.start()
        campaign.wait(lambda: asked.value > 0)  # what beginning takes is not counted
        started = sum(processor_of(worker.pid) for worker in campaign.workers)
        try:
            campaign.kill_while_it_goes_on(given.kills)
            campaign.wait(lambda: campaign.left() == 0)
            taken = time.monotonic() - begun
            computed = sum(processor_of(worker.pid) for worker in campaign.workers) - started
            memory = campaign.poll(given.polls) if given.polls else []
            campaign.end()
        finally:
            for worker in campaign.workers:
                worker.kill()
        wrong = flaws(site, given.feeds, given.articles)
    child.kill()
    number = given.feeds * given.articles
    print(
        f"{'PostgreSQL' if SERVER else 'SQLite'}, {given.workers} workers, {given.kills} kills: {number} articles of"
        f" {given.feeds} feeds in {taken:.0f} s ({number / taken:.1f} a second), {len(wrong)} flaws"
    )
    if not given.kills:
        each = computed / number
        print(f"  {each * 1000:.1f} ms of the processor an article ({1 / each:.0f} a second and core)")
    if memory:
        print(f"  MB of memory after each tenth of {given.polls} polls: {' '.join(f'{one:.0f}' for one in memory)}")
    for one in wrong[:20]:
        print(" ", one)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
