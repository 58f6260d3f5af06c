"""Clients that write to a server over HTTP, all at once, and remember what they were told."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pyvips

from tests.app.press import make_site, opened
from tests.servers.process import free_port
from wirepress.content.identity.passwords import hash_token
from wirepress.content.people import users
from wirepress.model.user import ApplicationPassword
from wirepress.store import users as user_store

SECRET = "abcdefghijklmnopqrstuvwx"
BASIC = "Basic " + b64encode(f"ada:{SECRET}".encode()).decode()
API = "/index.php?rest_route=/wp/v2"


def site_with_key(folder: Path) -> Path:
    """A site whose administrator has an application password."""
    make_site(folder)
    with opened(folder) as newsroom, newsroom.write() as view:
        ada = users.by_login(view, "ada")
        assert ada is not None
        user_store.add_application_password(view.unit, ApplicationPassword("u-1", ada.id, "test", hash_token(SECRET)))
    return folder


@contextmanager
def serving(folder: Path, *before: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server in a process group of its own, killed at the end; `before`: a command that runs it."""
    port = free_port()
    command = [*before, sys.executable, "-m", "wirepress", "--site", str(folder), "serve", "--port", str(port)]
    environment = os.environ | {"WIREPRESS_PULL": "0"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            wait_for(port, process)
            yield port, process
        finally:
            kill_all(process)


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for a server and its children, at one moment."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        assert process.poll() is None, "the server has ended"
        with suppress(OSError, http.client.HTTPException), closing(Client(port)) as client:
            if client.ask("GET", "/-/health")[0] == 200:
                return
        time.sleep(0.01)
    raise AssertionError("the server does not answer")


class Client:
    """One connection, kept alive."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def close(self) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        """Status and JSON of an answer; raises OSError or HTTPException when the server is gone."""
        sent = {"Authorization": BASIC, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        data = response.read()
        return response.status, json.loads(data) if data else None

    def send(self, method: str, route: str, **values: Any) -> tuple[int, Any]:
        return self.ask(method, API + route, json.dumps(values).encode(), Content_Type="application/json")

    def upload(self, name: str, data: bytes) -> tuple[int, Any]:
        disposition = f'attachment; filename="{name}"'
        return self.ask("POST", f"{API}/media", data, Content_Disposition=disposition, Content_Type="image/png")


def picture() -> bytes:
    data: bytes = pyvips.Image.gaussnoise(400, 320).cast("uchar").write_to_buffer(".png")
    return data


@dataclass(slots=True)
class Acknowledged:
    """What one client was told: the posts that there are with the word they must hold, what went, what came besides
    (comments with the posts that they are on).

    `doubtful`: the posts whose last write was never answered: they may hold this word or the one before.
    """

    posts: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    doubtful: dict[int, str | None] = field(default_factory=dict)
    media: set[int] = field(default_factory=set)
    comments: dict[int, int] = field(default_factory=dict)
    terms: set[int] = field(default_factory=set)


def texts_of(word: str) -> dict[str, str]:
    """What a post holds that says one word everywhere."""
    return {"title": word, "content": f"<!-- wp:paragraph -->\n<p>{word} and {word}</p>\n<!-- /wp:paragraph -->"}


class Writer(threading.Thread):
    """A client that writes until the server is gone."""

    def __init__(self, port: int, name: str, seed: int, image: bytes) -> None:
        super().__init__(name=name, daemon=True)
        self.client = Client(port)
        self.dice = Random(seed)
        self.known = Acknowledged()
        self.image = image
        self.count = 0
        self.strange: list[str] = []

    def run(self) -> None:
        with closing(self.client), suppress(OSError, http.client.HTTPException):
            while True:
                self.once()

    def once(self) -> None:
        """One write of chance."""
        self.count += 1
        word = f"{self.name}word{self.count}"
        kind = self.dice.choices(("create", "update", "delete", "upload", "comment", "term"), (5, 4, 1, 1, 2, 1))[0]
        post = self.dice.choice(list(self.known.posts)) if self.known.posts else 0
        if kind == "upload":
            self.keep(self.known.media, *self.client.upload(f"{word}.png", self.image))
        elif kind == "term":
            self.keep(self.known.terms, *self.client.send("POST", "/tags", name=word))
        elif kind == "create" or not post:
            status, value = self.client.send("POST", "/posts", status="publish", **texts_of(word))
            if self.well(status, value):
                self.known.posts[value["id"]] = word
        elif kind == "comment":
            status, value = self.client.send("POST", "/comments", post=post, content=word)
            if self.well(status, value):
                self.known.comments[value["id"]] = post
        else:
            self.change(kind, post, word)

    def change(self, kind: str, post: int, word: str) -> None:
        self.known.doubtful[post] = word if kind == "update" else None
        if kind == "update":
            status, value = self.client.send("POST", f"/posts/{post}", **texts_of(word))
        else:
            status, value = self.client.send("DELETE", f"/posts/{post}", force=True)
        del self.known.doubtful[post]
        if self.well(status, value):
            if kind == "update":
                self.known.posts[post] = word
            else:
                del self.known.posts[post]
                self.known.gone.add(post)

    def keep(self, ids: set[int], status: int, value: Any) -> None:
        if self.well(status, value):
            ids.add(value["id"])

    def well(self, status: int, value: Any) -> bool:
        if 200 <= status < 300:
            return True
        self.strange.append(f"{status} {value}")
        return False
