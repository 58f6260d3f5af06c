"""A small site and a client of its ASGI application, all in one process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from wirepress.app.asgi import Application
from wirepress.app.compose import create, open_newsroom
from wirepress.app.settings import load, write_first
from wirepress.content.identity.passwords import hash_password
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes

ADDRESS = "https://news.example.com"


@dataclass(slots=True)
class Reply:
    """What a client got."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    messages: int = 0
    taken: int = 0
    """Octets of the request's body that were asked for."""

    def header(self, name: str) -> str:
        """All fields of this name, joined."""
        return ", ".join(value for known, value in self.headers if known == name)


class Client:
    """Sends requests to an application without a server between."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def ask(self, target: str, method: str = "GET", chunks: tuple[bytes, ...] = (b"",), **headers: str) -> Reply:
        path, _, query = target.partition("?")
        fields = {"host": "news.example.com", **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": unquote(path),
            "raw_path": path.encode("latin-1"),
            "root_path": "",
            "query_string": query.encode("latin-1"),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in fields.items()],
            "client": ("192.0.2.1", 4711),
            "server": ("127.0.0.1", 80),
        }
        reply = Reply()
        waiting = list(chunks)

        async def receive() -> dict[str, Any]:
            if not waiting:
                if CUT not in chunks:
                    await asyncio.Event().wait()  # the client stays until it has its answer
                return {"type": "http.disconnect"}
            chunk = waiting.pop(0)
            reply.taken += len(chunk)
            return {"type": "http.request", "body": chunk, "more_body": bool(waiting) or chunk == CUT}

        async def send(message: dict[str, Any]) -> None:
            reply.messages += 1
            if message["type"] == "http.response.start":
                reply.status = message["status"]
                reply.headers = [(n.decode(), v.decode("latin-1")) for n, v in message["headers"]]
            else:
                reply.body += message.get("body", b"")

        await self.app(scope, receive, send)
        return reply


CUT = b"..."
"""As the last chunk: more was said to come, and the connection ended."""


def make_site(folder: Path, **settings: Any) -> Path:
    """A site with an administrator and three published posts."""
    folder.mkdir(parents=True, exist_ok=True)
    write_first(folder, settings)
    create(load(folder, {}), {"home": ADDRESS, "siteurl": ADDRESS, "blogname": "The Edge"})
    with opened(folder) as newsroom, newsroom.write() as view:
        ada = UserChanges(
            login="ada", password=hash_password("secret"), email="ada@example.com", roles=("administrator",)
        )
        users.create(view, ada)
    for number in range(1, 4):
        publish(folder, f"Story {number}")
    return folder


def publish(folder: Path, title: str) -> int:
    """Publishes a post over connections of its own, as another process does."""
    body = "<p>" + "All the news of the harbour. " * 60 + "</p>"
    with opened(folder) as newsroom, newsroom.write() as view:
        return publishing.create(view, NEWSROOM, "post", Changes(title=title, content=body, status="publish")).id


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Newsroom]:
    """The newsroom on connections of its own, as another process has it."""
    newsroom = open_newsroom(load(folder, {}))
    try:
        yield newsroom
    finally:
        newsroom.database.close()
