"""`wirepress init`, `serve` and `doctor`: the site as a whole."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from wirepress.app.settings import FILE, Settings, load, write_first
from wirepress.cli.common import (
    WRONG_FOLDER,
    err,
    fail,
    folder_of,
    reporting_failures,
    say,
    settings_of,
    show,
)
from wirepress.render.entities import escape_html
from wirepress.url.parse import is_address

logger = logging.getLogger("wirepress.serve")


def register(app: typer.Typer) -> None:
    app.command()(init)
    app.command()(serve)
    app.command()(doctor)


def init(
    context: typer.Context,
    database: Annotated[str, typer.Option(metavar="URL", help="A database other than the folder's SQLite file.")] = "",
    home: Annotated[str, typer.Option(metavar="URL", help="The site's public address.")] = "",
    title: Annotated[str, typer.Option(help="The site's name.")] = "",
    admin: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="LOGIN EMAIL", help="The first administrator; a password is made up and shown."),
    ] = None,
) -> None:
    """Make a site in a new or empty folder: tables and options, no post or term, and no user but --admin."""
    from wirepress.app.compose import create

    folder = folder_of(context)
    check_folder(folder)
    if home and not is_address(home):
        fail(f"--home is the address of a site, such as https://news.example; {home[:80]!r} is none")
    home = home.rstrip("/")
    given = {"home": home, "siteurl": home, "blogname": escape_html(title)}
    with reporting_failures():
        folder.mkdir(parents=True, exist_ok=True)
        new = not (folder / FILE).exists()
        if new:
            write_first(folder, {"database": database} if database else {})
        settings = load(folder)
        if database and settings.database != database:
            fail(f"{folder} keeps its database elsewhere already; {FILE} says where")
        try:
            create(settings, {name: value for name, value in given.items() if value})
        except Exception:
            if new:  # an attempt that failed can be made again, with another database
                (folder / FILE).unlink(missing_ok=True)
            raise
    say(f"A site is ready in {folder}")
    if admin:
        first_administrator(settings, *admin)


def first_administrator(settings: Settings, login: str, email: str) -> None:
    """Makes the first administrator, and shows their password; ends the command where that cannot be."""
    from wirepress.app.compose import open_newsroom
    from wirepress.content.identity.passwords import hash_password
    from wirepress.content.people import first_user, users
    from wirepress.render.values import is_email

    if not is_email(email):
        fail(f"{email} is no e-mail address")
    password = secrets.token_urlsafe(15)
    hashed = hash_password(password)
    with reporting_failures():
        newsroom = open_newsroom(settings)
        try:
            with newsroom.write() as view:
                if not users.is_login(view, login):
                    fail(users.NO_LOGIN)
                user = first_user.create(view, login, email, hashed)
        finally:
            newsroom.database.close()
    say(f"User {user.id} ({user.login}, administrator)")
    say(f"Password: {password}")


def check_folder(folder: Path) -> None:
    """Ends the command where no site can be made."""
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} is a file", WRONG_FOLDER)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / FILE).is_file():
        fail(f"{folder} holds other things and is not a Wirepress site; choose an empty folder", WRONG_FOLDER)


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes.")] = None,
) -> None:
    """Serve the site: the API, the reader's pages and feeds, and the worker that pulls."""
    from wirepress.app import serve as server
    from wirepress.app.compose import check_ready, setup_address

    settings = settings_of(context, host=host, port=port, workers=workers)
    with reporting_failures():
        check_ready(settings)
        server.serve(settings, ready=partial(announce, setup_address(settings)))


def announce(setup: str, host: str, port: int) -> None:
    """Says where the site is served, and where the first administrator is made where there is none."""
    tell(f"Listening on http://{f'[{host}]' if ':' in host else host}:{port}")
    if setup:
        tell(f"This site has no user; make the first administrator here, once: {setup}")


def tell(line: str) -> None:
    """Says a line to whoever looks, else to the log."""
    if err.is_terminal:
        err.print(line, highlight=False, soft_wrap=True)
    else:
        logger.info(line)


def doctor(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Check the folder, the database, pending migrations, the uploads and what a crash may leave behind."""
    from wirepress.app.doctor import examine

    settings = settings_of(context)
    with reporting_failures():
        findings = examine(settings)
    rows = [{"check": f.check, "state": f.state, "detail": f.detail} for f in findings]
    show(rows, ["check", "state", "detail"], as_json)
    if any(f.state == "bad" for f in findings):
        raise typer.Exit(1)
