"""A real site in a folder, and what tests ask of it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from wirepress.app.compose import create, open_newsroom
from wirepress.app.polling import Polling
from wirepress.app.settings import Settings, load, write_first
from wirepress.content.identity.passwords import hash_token
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Request
from wirepress.model.wire import Origin, Rights, Rules, Source, SourceKind
from wirepress.net.fetch import WebFetcher
from wirepress.net.port import Bounds
from wirepress.store import posts, sources
from wirepress.store import users as user_store
from wirepress.syndicate.pull import pull_source
from wirepress.syndicate.report import Report
from wirepress.wp.api import Api

HOME = "https://news.example.com"
BOUNDS = Bounds(host_delay=0.0, allow=("127.0.0.0/8",), total_seconds=20.0)
LISTING = Rules(links=".card a.card__link", category="World")


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 6, 15, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def later(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass
class Site:
    """An open site with a fetcher that may ask loopback."""

    settings: Settings
    newsroom: Newsroom
    fetcher: WebFetcher
    clock: Clock

    def add(self, url: str, rights: Rights = Rights.FULL, **given: Any) -> int:
        """A source; one with rules for links is a listing."""
        rules = given.pop("rules", Rules(category="Town"))
        kind = given.pop("kind", SourceKind.LISTING if rules.links else SourceKind.FEED)
        with self.newsroom.database.write() as unit:
            return sources.add(unit, Source(0, url, rights=rights, rules=rules, kind=kind, **given))

    def source(self, number: int) -> Source:
        with self.newsroom.database.read() as unit:
            found = sources.get(unit, number)
        assert found is not None
        return found

    def change(self, source: Source) -> None:
        with self.newsroom.database.write() as unit:
            sources.change(unit, source)

    def pull(self, number: int) -> Report:
        return pull_source(self.newsroom, number, self.fetcher)

    def posts(self, kind: str = "post") -> list[Post]:
        """All of a type, oldest first."""
        status = "inherit" if kind in ("attachment", "revision") else "publish"
        seen = Visibility(all_of=("publish", "inherit"))
        query = PostQuery(types=(kind,), statuses=(status,), visibility=seen, per_page=200, orderby="id", order="asc")
        with self.newsroom.database.read() as unit:
            ids = posts.find(unit, query).ids
            loaded = posts.load(unit, ids)
        return [loaded[number] for number in ids]

    def post(self, title: str) -> Post:
        (found,) = (post for post in self.posts() if title in post.title)
        return found

    def origin(self, post: Post) -> Origin:
        with self.newsroom.database.read() as unit:
            return sources.origins_of_posts(unit, [post.id])[post.id]

    def epoch(self) -> int:
        return self.newsroom.epoch()

    def ask(self, url: str) -> Any:
        """What the API answers to a whole address, which must be there."""
        path, _, query = url.removeprefix(HOME).partition("?")
        headers = {"host": "news.example.com", "authorization": f"Basic {b64encode(b'admin:secret').decode()}"}
        answer = Api(self.newsroom).answer(Request("GET", path, query, headers))
        assert answer.status == 200, (url, answer.status, answer.body[:200])
        return json.loads(answer.body)

    def holds(self, text: str) -> list[str]:
        """The files of the site's folder in which some words are, as they are, in capitals folded, or escaped."""
        forms = {text.encode(), text.lower().encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}
        found = []
        for path in self.settings.folder.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            if any(form in data for form in forms):
                found.append(str(path.relative_to(self.settings.folder)))
        return found

    def uploads(self) -> list[str]:
        """The names of all uploaded files."""
        folder = self.settings.uploads_folder
        return sorted(path.name for path in folder.rglob("*") if path.is_file())


def polled(site: Site, polling: Polling | None = None) -> int:
    """Has the worker's threads look at sources until none is due; how many looks there were."""
    polling = polling or Polling(site.newsroom, site.fetcher)
    looks: set[Future[None]] = set()
    with ThreadPoolExecutor(polling.places.all) as threads:
        while polling.step(threads, lambda: False):
            running = [future for _, future in polling.running.values()]
            looks.update(running)
            wait(running, return_when=FIRST_COMPLETED)
    return len(looks)


@contextmanager
def site_in(folder: Path, bounds: Bounds = BOUNDS, database: str = "") -> Iterator[Site]:
    """A new site with one user; its own database is a file in its folder."""
    folder.mkdir(exist_ok=True)
    elsewhere = {"database": database} if database else {}
    write_first(folder, {"allow_private": "127.0.0.0/8", "fetch_delay": 0} | elsewhere)
    settings = load(folder, {})
    options = {"home": HOME, "siteurl": HOME, "permalink_structure": "/index.php/%year%/%monthnum%/%day%/%postname%/"}
    create(settings, options)
    newsroom = open_newsroom(settings)
    newsroom.clock = clock = Clock()
    try:
        with newsroom.write() as view:
            wanted = UserChanges(login="admin", email="desk@example.com", name="Desk", roles=("administrator",))
            desk = users.create(view, wanted)
            password = ApplicationPassword(str(uuid4()), desk.id, "tests", hash_token("secret"))
            user_store.add_application_password(view.unit, password)
        with WebFetcher(bounds) as fetcher:
            yield Site(settings, newsroom, fetcher, clock)
    finally:
        newsroom.database.close()
