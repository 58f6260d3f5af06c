"""The composition root: the only place that chooses a database, a file store and a clock."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.app.clock import FrozenClock, SystemClock
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.feeds.feeds import Feeds
from wirepress.model.errors import Unavailable
from wirepress.model.web import Request, Response
from wirepress.site.reader import Reader
from wirepress.store.database import Database, open_database
from wirepress.store.files import Files
from wirepress.store.migrations import migrate, pending
from wirepress.wp.api import Api


def open_newsroom(settings: Settings, *, address: str = "") -> Newsroom:
    """The newsroom of a site whose tables are current.  Raises Unavailable in one line where they are not."""
    check_ready(settings)
    return newsroom_of(settings, open_database(settings.database_url, pool=max(2, settings.threads)), address)


def newsroom_of(settings: Settings, database: Database, address: str = "") -> Newsroom:
    moment = settings.moment()
    clock = FrozenClock(moment) if moment else SystemClock()
    return Newsroom(database, clock, Files(settings.uploads_folder), address=address or settings.address)


def check_ready(settings: Settings) -> None:
    """Raises Unavailable in one line when the database cannot be used as it stands."""
    database = open_database(settings.database_url, pool=1)
    try:
        waiting = pending(database)
    finally:
        database.close()
    if waiting:
        raise Unavailable(
            "pending_migrations",
            f"the tables of {settings.folder} are not current (pending: {', '.join(waiting)}); "
            f"`wirepress --site {settings.folder} init` brings them up to date",
        )


def create(settings: Settings, given: Mapping[str, Any]) -> None:
    """Makes tables and option defaults, or brings an older site's tables up to date; loses nothing."""
    settings.uploads_folder.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url, pool=1)
    try:
        migrate(database)
        with database.write() as unit:
            options.fill_defaults(unit)
            for name, value in given.items():
                options.set(unit, name, value)
    finally:
        database.close()


class Faces:
    """What the web process answers with: the API, the feeds, the reader's pages, in this order."""

    def __init__(self, newsroom: Newsroom, settings: Settings) -> None:
        self.newsroom = newsroom
        self.api = Api(newsroom, memory=settings.documents_memory)
        self.feeds = Feeds(newsroom)
        self.reader = Reader(newsroom)

    def answer(self, request: Request) -> Response:
        if request.path.startswith("/-/health"):
            return self.health()
        if self.api.serves(request.path, request.query):
            return self.api.answer(request)
        return self.feeds.answer(request) or self.reader.answer(request)

    def health(self) -> Response:
        """Alive (this process answers) and ready (so does the database)."""
        try:
            self.newsroom.epoch()
            status, body = 200, dict[str, object](alive=True, ready=True)
        except Unavailable as error:
            status, body = 503, {"alive": True, "ready": False, "why": error.message}
        headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        return Response(status, headers, json.dumps(body).encode() + b"\n")

    def cors(self, key: bytes, origin: bytes) -> Sequence[tuple[bytes, bytes]]:
        """The headers that an Origin adds to a kept answer."""
        path, _, query = key.decode("latin-1").partition("?")
        if not self.api.serves(path, query):
            return ()
        return [(n.lower().encode(), v.encode("latin-1")) for n, v in self.api.cors(origin.decode("latin-1"))]

    def forget(self, *, items: bool) -> None:
        """For measuring: drops encoded items (totals are kept nowhere but in whole answers)."""
        if items:
            self.api.forget()


def compose(settings: Settings) -> Faces:
    """Everything a web process needs."""
    return Faces(open_newsroom(settings), settings)
