"""A small newsroom for tests: a real database, a clock that stands still, files in a temporary folder.

The database is SQLite, or, where WIREPRESS_TEST_POSTGRES names a server, one of our own on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy

from tests.store import many
from tests.store.blank import blank_database
from wirepress.content import beforehand
from wirepress.content.identity import authentication
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import WirepressError
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.model.web import Request, Response
from wirepress.store import bulk, users
from wirepress.store.database import open_database
from wirepress.store.files import Files
from wirepress.store.migrations import migrate

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
HOME = "https://news.example.com"
DAYS = "/index.php/%year%/%monthnum%/%day%/%postname%/"
ROLES = ("administrator", "editor", "author", "contributor", "subscriber")
OPTIONS: Mapping[str, Any] = {
    "home": HOME,
    "siteurl": HOME,
    "permalink_structure": DAYS,
    "default_category": "1",
    "default_ping_status": "closed",
}


SERVER = os.environ.get("WIREPRESS_TEST_POSTGRES", "")


def database_url(folder: Path) -> str:
    """The address of an empty database."""
    if not SERVER:
        return f"sqlite:///{folder}/site.db"
    name = f"wirepress_content_{uuid4().hex}"
    server = sqlalchemy.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    server.dispose()
    return sqlalchemy.make_url(SERVER).set(database=name).render_as_string(hide_password=False)


class Clock:
    """A clock that tests set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


def make_newsroom(folder: Path, *, options: Mapping[str, Any] | None = None, clock: Clock | None = None) -> Newsroom:
    """A newsroom with a user of each role (ids 1 to 5, in the order of ROLES) and some categories."""
    database = blank_database(folder / "site.db") if not SERVER else open_database(database_url(folder))
    migrate(database)
    uploads = folder / "uploads"
    uploads.mkdir()
    with database.write() as unit:
        bulk.options(unit, {**OPTIONS, **(options or {})})
        many.users(
            unit,
            [
                User(number, role, role, email=f"{role}@news.example.com", name=role.title(), grants={role: True})
                for number, role in enumerate(ROLES, 1)
            ],
        )
        many.terms(
            unit,
            [
                Term(1, "category", "Uncategorized", "uncategorized", taxonomy_id=1),
                Term(2, "category", "World", "world", taxonomy_id=2),
                Term(3, "category", "Europe", "europe", parent=2, taxonomy_id=3),
                Term(4, "post_tag", "Breaking", "breaking", taxonomy_id=4),
            ],
        )
        bulk.settle(unit)
    return Newsroom(database, clock or Clock(), Files(uploads))


def logged_in(view: View, login: str, password: str) -> Viewer | None:
    """The viewer whose password this is."""
    user = users.by_login(view.unit, login)
    return viewer_of(view.site, user) if authentication.is_password(user, password) else None


def come_in(view: View, login: str, password: str) -> Viewer | None:
    """The viewer whose application password this is."""
    user, token = users.by_login(view.unit, login), authentication.token_of(password)
    entries = authentication.application_passwords(view, user)
    entry = authentication.recognised(entries, token) or authentication.found(entries, token)
    return authentication.by_application(view.site, user, entry) if user is not None and entry is not None else None


def answered(answer: Callable[[Request], Response], request: Request) -> Response:
    """The answer to a request, begun anew after each piece of costly work as a web process does it."""
    outcomes = beforehand.Outcomes()
    while True:
        try:
            with beforehand.elsewhere(outcomes):
                return answer(request)
        except beforehand.Wanted as wanted:
            if wanted.key in outcomes:
                raise AssertionError(f"{wanted.key} was done already") from None
            try:
                outcomes[wanted.key] = wanted.work()
            except WirepressError as error:
                outcomes[wanted.key] = error


def article(number: int, slug: str = "", status: str = "publish", **fields: Any) -> Post:
    """A post as it lies in the store."""
    date = fields.pop("date", Stamp("2024-02-01 08:05:09"))
    return Post(
        number,
        fields.pop("type", "post"),
        status,
        slug=slug,
        date=date,
        date_gmt=date,
        modified=date,
        modified_gmt=date,
        **fields,
    )
