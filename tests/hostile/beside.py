"""How long an editor waits for their saves while contributors send hostile texts: a real server, its real database.

With WIREPRESS_TEST_POSTGRES the database is one of its own on that server, else SQLite.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from itertools import cycle
from pathlib import Path
from typing import Final

from tests.bench.bench import process, wait_for
from tests.content.desk import SERVER, database_url
from tests.hostile.texts import CONTENTS
from tests.servers.process import free_port
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity.passwords import hash_token
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.user import ApplicationPassword
from wirepress.store import users as user_store

SECRET: Final = "abcdefghijklmnopqrstuvwx"
MOST: Final = 0.3
"""Seconds: 99 of a hundred saves of the editor take no longer."""
PAUSE: Final = 0.1
CONTRIBUTORS: Final = 2


def founded(folder: Path) -> None:
    """A site with an editor and a contributor, who have application passwords."""
    command = [sys.executable, "-m", "wirepress", "--site", str(folder), "init"]
    if SERVER:
        command += ["--database", database_url(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    newsroom = open_newsroom(load(folder, {}))
    with newsroom.write() as view:
        for role in ("editor", "contributor"):
            user = users.create(view, UserChanges(login=role, email=f"{role}@news.example.com", roles=(role,)))
            key = ApplicationPassword(role, user.id, role, hash_token(SECRET))
            user_store.add_application_password(view.unit, key)
    newsroom.database.close()


class Client:
    """Somebody who sends posts, one after the other, on a connection of their own."""

    def __init__(self, port: int, role: str) -> None:
        self.port = port
        self.headers = {
            "Authorization": "Basic " + b64encode(f"{role}:{SECRET}".encode()).decode(),
            "Content-Type": "application/json",
        }

    def send(self, content: str) -> tuple[int, float]:
        """Sends a post; the status of the answer, and the seconds until it was there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.monotonic()
        body = json.dumps({"title": "x", "content": content, "status": "draft"})
        connection.request("POST", "/index.php/wp-json/wp/v2/posts", body, self.headers)
        answer = connection.getresponse()
        answer.read()
        taken = time.monotonic() - begun
        connection.close()
        return answer.status, taken


def hostile(port: int, ending: threading.Event, number: int) -> None:
    """A contributor who sends one hostile text after the other."""
    client = Client(port, "contributor")
    texts = list(CONTENTS.values())
    for text in cycle(texts[number::CONTRIBUTORS]):
        if ending.is_set():
            return
        client.send(text)


def saves(port: int, seconds: float) -> list[tuple[int, float]]:
    """What an editor's saves are answered with, and how long each takes."""
    client = Client(port, "editor")
    found = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found.append(client.send("<p>All the news.</p>" * 50))
        time.sleep(PAUSE)
    return found


def main(seconds: float) -> int:
    """Prints how long the editor waits; whether that is longer than it may be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        founded(folder)
        port = free_port()
        command = [sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
        with process(command, {"WIREPRESS_PULL": "0", **os.environ}):
            wait_for(f"http://127.0.0.1:{port}/-/health")
            alone = saves(port, 3)
            ending = threading.Event()
            crowd = [threading.Thread(target=hostile, args=(port, ending, n)) for n in range(CONTRIBUTORS)]
            for thread in crowd:
                thread.start()
            beside = saves(port, seconds)
            ending.set()
            for thread in crowd:
                thread.join()
    times = sorted(taken for _, taken in beside)
    last = times[max(0, int(len(times) * 0.99) - 1)]
    refused = [status for status, _ in beside if status != 201]
    quiet = sorted(taken for _, taken in alone)
    print(
        f"an editor's saves on {'PostgreSQL' if SERVER else 'SQLite'}: p50 {middle(quiet):.0f} ms alone;"
        f" beside {CONTRIBUTORS} hostile contributors {len(times)} saves, p50 {middle(times):.0f} ms,"
        f" p99 {last * 1000:.0f} ms, {len(refused)} refused"
    )
    return int(last > MOST or bool(refused))


def middle(times: list[float]) -> float:
    """The median in milliseconds, of times that are sorted."""
    return times[len(times) // 2] * 1000
