"""The composition root: the only place that chooses a database, a file store and a clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.app.clock import FrozenClock, SystemClock
from wirepress.app.custom_types import registry_of
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import first_user
from wirepress.content.themes.catalog import FOLDER as THEMES
from wirepress.content.themes.catalog import Themes
from wirepress.model.errors import CannotWrite, Conflict, Invalid, NoRoom, Unavailable
from wirepress.store import state
from wirepress.store.database import Database, open_database
from wirepress.store.files import Files
from wirepress.store.migrations import migrate, pending

DRIVERS = ("sqlite", "postgresql+psycopg")
"""What a site can be kept in."""


def open_newsroom(settings: Settings, *, address: str = "") -> Newsroom:
    """The newsroom of a site whose tables are current.  Raises Unavailable in one line where they are not."""
    check_ready(settings)
    return newsroom_of(settings, database_of(settings, pool=max(2, settings.threads + settings.write_threads)), address)


def database_of(settings: Settings, *, pool: int) -> Database:
    """The database that the settings name.  Raises Invalid for an address that names none."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        raise Invalid("bad_setting", "database is not the URL of a database") from None
    if url.drivername not in DRIVERS:
        raise Invalid("bad_setting", f"database is {url.drivername}; it can be {' or '.join(DRIVERS)}")
    if url.drivername == "sqlite" and url.database in {None, "", ":memory:"}:
        raise Invalid("bad_setting", "database needs a file: sqlite:////var/lib/site/wirepress.sqlite")
    return open_database(settings.database_url, pool=pool)


def newsroom_of(settings: Settings, database: Database, address: str = "") -> Newsroom:
    moment = settings.moment()
    clock = FrozenClock(moment) if moment else SystemClock()
    files = Files(settings.uploads_folder)
    registry = registry_of(settings.folder)
    address = address or settings.address
    themes = Themes(settings.folder / THEMES)
    return Newsroom(
        database, clock, files, address=address, registry=registry, hardened=settings.hardened, themes=themes
    )


def check_ready(settings: Settings) -> None:
    """Raises Unavailable in one line when the database cannot be used as it stands."""
    database = database_of(settings, pool=1)
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
    database = database_of(settings, pool=1)
    try:
        migrate(database)
        with database.write() as unit:
            options.fill_defaults(unit)
            for name, value in given.items():
                options.set(unit, name, value)
    finally:
        database.close()


def check_servable(settings: Settings) -> None:
    """Raises in one line when the site cannot be served: as `check_ready`, and CannotWrite where nothing can be kept,
    since logins, sessions and leases are written all the time.  A full disk is none of it: readers are served, and
    there may be room in a moment."""
    try:
        check_ready(settings)
        database = database_of(settings, pool=1)
        try:
            with database.write() as unit:
                state.prove_writing(unit)
        finally:
            database.close()
    except NoRoom:
        return
    except CannotWrite as error:
        message = f"{settings.folder} or its database cannot be written to; this account has to own them:"
        raise CannotWrite(error.code, message) from error.__cause__


def home_of(settings: Settings) -> str:
    """The site's address, as readers are given it."""
    newsroom = newsroom_of(settings, database_of(settings, pool=1))
    try:
        with newsroom.view() as view:
            return view.site.home
    finally:
        newsroom.database.close()


def setup_address(settings: Settings) -> str:
    """The address at which the first administrator is made, "" on a site that has a user."""
    newsroom = newsroom_of(settings, database_of(settings, pool=1))
    try:
        with newsroom.view() as view:
            if not first_user.is_needed(view):
                return ""
        with newsroom.write() as view:
            return first_user.address_of(view, first_user.key_for(view))
    except Conflict:
        return ""  # somebody has made one meanwhile
    finally:
        newsroom.database.close()
