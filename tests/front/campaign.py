"""Writes, take-downs and passwords beside readers, through a real front: `python -m tests.front.campaign SECONDS`.

Every text says which post it is of, and in which version.  A reader notes what was acknowledged before they asked: an
answer that shows an older version, or a post that was hidden before and still is, is stale.  With
WIREPRESS_TEST_POSTGRES two machines share one database: one writes, and readers ask the other through the front.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from tests.app.load import BASIC, SECRET, kill_all, wait_for
from tests.app.press import make_site, opened
from tests.front import caches
from tests.servers.databases import own_database
from tests.servers.postgres import VARIABLE
from tests.servers.process import free_port
from wirepress.content.identity.passwords import hash_token
from wirepress.content.people import users
from wirepress.model.user import ApplicationPassword
from wirepress.store import users as user_store

POSTS = 12
READERS = 4
SHOWN = re.compile(rb"w(\d+)x(\d+)y")
PASSWORD = "opens it"
SECRET_WORD = b"secretword"


@dataclass(slots=True)
class Known:
    """What one post is known to be: the version that was acknowledged last, and whether it is hidden from strangers or
    shown to them; neither while that is being changed."""

    version: int = 0
    hidden: bool = False
    shown: bool = True
    turns: int = 0
    """How often it was begun to hide or to show it."""


@dataclass(slots=True)
class Tally:
    """What came of it all."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Seconds that each write took."""


class Connection:
    """A connection that is opened anew when it breaks."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        sent = {"Host": "news.example.com", **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            self._line.request(method, path, body, sent)
            response = self._line.getresponse()
            found = response.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            raise
        return response.status, {name.lower(): value for name, value in response.getheaders()}, found

    def close(self) -> None:
        self._line.close()


class Writer(threading.Thread):
    """Changes posts over the API, one after the other, and notes what was acknowledged."""

    def __init__(self, port: int, known: dict[int, Known], tally: Tally, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.line, self.known, self.tally, self.stop = Connection(port), known, tally, stop
        self.dice = Random(seed)

    def run(self) -> None:
        with closing(self.line):
            while not self.stop.is_set():
                post = self.dice.choice(list(self.known))
                act = self.dice.choices((self.change, self.trash, self.lock), (6, 1, 1))[0]
                act(post)
                self.stop.wait(self.dice.uniform(0, 0.4))

    def send(self, method: str, post: int, **values: object) -> None:
        since = time.monotonic()
        body = json.dumps(values).encode()
        path = f"/wp-json/wp/v2/posts/{post}"
        status, _, found = self.line.ask(method, path, body, Authorization=BASIC, Content_Type="application/json")
        assert status == 200, (status, found[:300])
        self.tally.waits.append(time.monotonic() - since)
        self.tally.counts["writes"] += 1

    def change(self, post: int) -> None:
        known = self.known[post]
        text = f"w{post}x{known.version + 1}y"
        # Not in the title: that of a post with a password is shown.
        self.send("POST", post, content=f"<p>{text}</p>", excerpt=text)
        known.version += 1

    def hide(self, post: int, method: str, **values: object) -> None:
        self.known[post].shown = False
        self.known[post].turns += 1
        self.send(method, post, **values)
        self.known[post].hidden = True
        self.stop.wait(self.dice.uniform(0, 0.5))

    def show(self, post: int, **values: object) -> None:
        self.known[post].hidden = False
        self.known[post].turns += 1
        self.send("POST", post, **values)
        self.known[post].shown = True

    def trash(self, post: int) -> None:
        self.hide(post, "DELETE")
        self.show(post, status="publish")

    def lock(self, post: int) -> None:
        self.hide(post, "POST", password=PASSWORD)
        self.show(post, password="")


class Reader(threading.Thread):
    """A stranger who reads pages, feeds and the API through the front, and now and then somebody who is known."""

    def __init__(self, port: int, site: Site, tally: Tally, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.line, self.site, self.tally, self.stop = Connection(port), site, tally, stop
        self.dice = Random(seed)
        self.cookie = ""

    def run(self) -> None:
        with closing(self.line):
            while not self.stop.is_set():
                try:
                    self.once()
                except (OSError, http.client.HTTPException):
                    self.tally.counts["broken connections"] += 1
                    self.stop.wait(0.1)
                self.stop.wait(0.002)

    def once(self) -> None:
        if self.dice.random() < 0.05:
            self.known_person()
            return
        post = self.dice.choice(list(self.site.known))
        path = self.dice.choice((
            "/", "/feed/", "/wp-json/wp/v2/posts", "/wp-json/wp/v2/posts?_embed=1&per_page=20",
            f"/wp-json/wp/v2/posts/{post}", self.site.links[post],
        ))  # fmt: skip
        headers = {"Accept_Encoding": "identity"}
        if self.dice.random() < 0.1:
            headers["Origin"] = "https://reader.example"
        if self.dice.random() < 0.1:
            path = self.dice.choice((f"/wp-json/wp/v2/posts/{self.site.private}", "/wp-json/wp/v2/users/me"))
        before = {number: replace(known) for number, known in self.site.known.items()}
        status, _, found = self.line.ask("GET", path, **headers)
        self.tally.counts["reads"] += 1
        self.look(path, post, before, status, found)

    def look(self, path: str, post: int, before: dict[int, Known], status: int, found: bytes) -> None:
        """Notes what should not have been shown."""
        if SECRET_WORD in found or (status == 200 and path.endswith("/users/me")):
            self.fault("private", path)
        if status >= 500:
            self.tally.counts[f"status {status}"] += 1
            return
        shows = {(int(number), int(version)) for number, version in SHOWN.findall(found)}
        for number, version in shows:
            known = before[number]
            if version < known.version:
                self.fault("stale", f"{path} shows {number} in version {version} of {known.version}")
            if known.hidden and known.turns == self.site.known[number].turns:
                self.fault("stale", f"{path} shows {number}, which is hidden")
        is_published = before[post].shown and before[post].turns == self.site.known[post].turns
        if is_published and path == f"/wp-json/wp/v2/posts/{post}" and post not in {number for number, _ in shows}:
            self.fault("stale", f"{path} does not show what is published: {status}")

    def known_person(self) -> None:
        """Reads what only they may see, at the addresses that strangers ask for."""
        _, _, found = self.line.ask("GET", f"/wp-json/wp/v2/posts/{self.site.private}", Authorization=BASIC)
        if SECRET_WORD not in found:
            self.fault("private", "who may see it does not")
        if not self.cookie:
            form = urlencode({"post_password": PASSWORD}).encode()
            address = "/wp-login.php?action=postpass"
            _, headers, _ = self.line.ask("POST", address, form, Content_Type="application/x-www-form-urlencoded")
            self.cookie = headers.get("set-cookie", "").partition(";")[0]
        self.line.ask("GET", self.site.links[self.dice.choice(list(self.site.known))], Cookie=self.cookie)
        self.tally.counts["private reads"] += 1

    def fault(self, kind: str, line: str) -> None:
        self.tally.counts[kind] += 1
        self.tally.faults.append(line)


@dataclass(slots=True)
class Site:
    """A site of some posts."""

    folder: Path
    known: dict[int, Known] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    private: int = 0


def site_at(folder: Path, **settings: object) -> Site:
    """A site whose administrator has an application password."""
    make_site(folder, **settings)
    with opened(folder) as newsroom, newsroom.write() as view:
        ada = users.by_login(view, "ada")
        assert ada is not None
        user_store.add_application_password(view.unit, ApplicationPassword("u-1", ada.id, "test", hash_token(SECRET)))
    return Site(folder)


def fill(site: Site, port: int) -> None:
    """Publishes the posts."""
    with closing(Connection(port)) as line:

        def create(**values: object) -> dict[str, object]:
            body = json.dumps(values).encode()
            status, _, found = line.ask(
                "POST", "/wp-json/wp/v2/posts", body, Authorization=BASIC, Content_Type="application/json"
            )
            assert status == 201, found[:300]
            made: dict[str, object] = json.loads(found)
            return made

        for _ in range(POSTS):
            made = create(title="new", status="publish", content="<p>new</p>")
            number = int(str(made["id"]))
            site.known[number] = Known()
            site.links[number] = "/" + str(made["link"]).split("/", 3)[3]
        site.private = int(str(create(title="secretword", status="private", content="<p>secretword</p>")["id"]))
        writer = Writer(port, site.known, Tally(), threading.Event(), 0)
        for number in site.known:
            writer.change(number)
        writer.line.close()


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """A server of a site, killed at the end; its port."""
    port = free_port()
    command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    environment = os.environ | {"WIREPRESS_PULL": "0"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            kill_all(process)


@contextmanager
def stage(kind: str, folder: Path) -> Iterator[tuple[Site, int, caches.Cache, contextlib.ExitStack]]:
    """A site with two web processes behind a front, on PostgreSQL with another machine that is written to; the port to
    write to, and the front."""
    purge = free_port()
    settings: dict[str, object] = {
        "front": kind,
        "front_purge": f"http://127.0.0.1:{purge}/",
        "front_token": "secret",
        "workers": 2,
        "proxies": "127.0.0.1",
    }
    with contextlib.ExitStack() as stack:
        if server := os.environ.get(VARIABLE):
            settings["database"] = stack.enter_context(own_database(server))
        site = site_at(folder / "site", **settings)
        port = stack.enter_context(served(site.folder))
        writing = port
        if server:
            other = folder / "other"
            other.mkdir()
            (other / "wirepress.toml").write_text((site.folder / "wirepress.toml").read_text())
            (other / "uploads").mkdir()
            writing = stack.enter_context(served(other))
        fill(site, writing)
        fronts = stack.enter_context(contextlib.ExitStack())
        cache = fronts.enter_context(caches.running(kind, port, folder / "front", purge=purge))
        yield site, writing, cache, fronts


def run(kind: str, seconds: float, folder: Path, *, restart: bool = True) -> Tally:
    """Has readers and writers at work for some time, and in the middle of it kills the front and starts it anew."""
    tally, stop = Tally(), threading.Event()
    with stage(kind, folder) as (site, writing, cache, fronts):
        purge, front, origin = cache.purge, cache.port, cache.origin
        _await_lease(cache)
        half = len(site.known) // 2
        parts = [dict(list(site.known.items())[:half]), dict(list(site.known.items())[half:])]
        threads: list[threading.Thread] = [Writer(writing, part, tally, stop, n) for n, part in enumerate(parts)]
        threads += [Reader(front, site, tally, stop, 100 + n) for n in range(READERS)]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 2)
        if restart:
            caches.end(cache.process, signal.SIGKILL)
            fronts.enter_context(caches.running(kind, origin, folder / "front", purge=purge, port=front))
        time.sleep(seconds / 2)
        stop.set()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
    return tally


def _await_lease(cache: caches.Cache) -> None:
    """Waits until the front was told."""
    line = cache.line()
    for _ in range(200):
        if line.position() is not None:
            return
        time.sleep(0.05)
    raise AssertionError("nobody tells the front")


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    kinds = sys.argv[2:] or ["nginx", "varnish"]
    bad = 0
    for kind in kinds:
        if not caches.is_installed(kind):
            print(f"{kind}: not installed", file=sys.stderr)
            return 1
        with tempfile.TemporaryDirectory() as folder:
            tally = run(kind, seconds, Path(folder))
        waits = sorted(tally.waits)
        took = f"a write took {waits[len(waits) // 2]:.3f} s, {waits[-1]:.3f} s at most" if waits else "no writes"
        counts = {"stale": 0, "private": 0} | dict(sorted(tally.counts.items()))
        print(f"{kind}: {', '.join(f'{name} {number}' for name, number in counts.items())}; {took}")
        for fault in tally.faults[:10]:
            print(f"  {fault}")
        bad += len(tally.faults) + (not tally.counts["reads"]) + (not tally.counts["private reads"])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
