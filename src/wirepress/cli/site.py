"""`wirepress init`, `serve` and `doctor`: the site as a whole."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from wirepress.app.settings import FILE, Settings, load, write_first
from wirepress.cli.common import WRONG_FOLDER, err, fail, folder_of, say, settings_of, show
from wirepress.cli.output import note, speaks_json, tell_secret
from wirepress.content.options import DEFAULTS
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
    home: Annotated[
        str, typer.Option(metavar="URL", help="The site's public address; http://localhost:8080 without it.")
    ] = "",
    title: Annotated[str, typer.Option(help="The site's name.")] = "",
    admin: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="LOGIN EMAIL", help="The first administrator; a password is made up and shown."),
    ] = None,
) -> None:
    """Make a site in a new or empty folder: tables and options, no post or term, and no user but --admin.

    In the folder of a site it brings the tables up to date, and loses nothing.

    Example: wirepress --site newsroom init --home https://news.example --title News --admin ann ann@news.example
    """
    from wirepress.app.compose import create

    folder = folder_of(context)
    check_folder(folder)
    if home and not is_address(home):
        fail(
            f"--home is the address of a site, such as https://news.example; {home[:80]!r} is none",
            error="invalid_address",
        )
    home = home.rstrip("/")
    given = {"home": home, "siteurl": home, "blogname": escape_html(title)}
    folder.mkdir(parents=True, exist_ok=True)
    new = not (folder / FILE).exists()
    if new:
        write_first(folder, {"database": database} if database else {})
    settings = load(folder)
    if database and settings.database != database:
        fail(f"{folder} keeps its database elsewhere already; {FILE} says where", error="other_database")
    try:
        create(settings, {name: value for name, value in given.items() if value})
    except BaseException:
        if new:  # an attempt that failed can be made again, with another database
            (folder / FILE).unlink(missing_ok=True)
        raise
    say(f"A site is ready in {folder}", folder=str(folder))
    if new and not home:
        assumed = str(DEFAULTS["home"])
        say(f"Its address is {assumed}; `{said(folder)} option set home ADDRESS` gives it another one", home=assumed)
    if admin:
        first_administrator(settings, *admin)


def said(folder: Path) -> str:
    """The command for the site of a folder, as it is typed."""
    return f"wirepress --site {folder}"


def first_administrator(settings: Settings, login: str, email: str) -> None:
    """Makes the first administrator, and shows their password; ends the command where that cannot be."""
    from wirepress.app.compose import open_newsroom
    from wirepress.content.identity.passwords import hash_password
    from wirepress.content.people import first_user, users
    from wirepress.render.values import is_email

    if not is_email(email):
        fail(f"{email} is no e-mail address", error="invalid_email")
    password = secrets.token_urlsafe(15)
    hashed = hash_password(password)
    newsroom = open_newsroom(settings)
    try:
        with newsroom.write() as view:
            if not users.is_login(view, login):
                fail(users.NO_LOGIN, error="invalid_username")
            user = first_user.create(view, login, email, hashed)
    finally:
        newsroom.database.close()
    say(f"User {user.id} ({user.login}, administrator)", id=user.id, login=user.login)
    tell_secret("Password", "password", password)


def check_folder(folder: Path) -> None:
    """Ends the command where no site can be made."""
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} is a file", WRONG_FOLDER, error="no_folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / FILE).is_file():
        line = f"{folder} holds other things and is not a Wirepress site; choose an empty folder"
        fail(line, WRONG_FOLDER, error="no_site")


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes.")] = None,
) -> None:
    """Serve the site: the API, the reader's pages and feeds, and the worker that pulls.

    Example: wirepress serve --port 8080
    """
    from wirepress.app import serve as server
    from wirepress.app.compose import check_servable, home_of, setup_address

    settings = settings_of(context, host=host, port=port, workers=workers)
    check_servable(settings)
    server.serve(settings, ready=partial(announce, settings, home_of(settings), setup_address(settings)))


def announce(settings: Settings, home: str, setup: str, host: str, port: int) -> None:
    """Says where the site is served, where its links lead if that is elsewhere, and where the first administrator is
    made where there is none."""
    listening = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    tell(f"Listening on {listening}")
    if not settings.proxies and not leads_to(home, host, port):
        mend = f"{said(settings.folder)} option set home {listening}"
        tell(f"home is {home}, so that is where links lead, not here; `{mend}` changes it")
    if setup:
        tell(f"This site has no user; make the first administrator here, once: {setup}")


LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


def leads_to(home: str, host: str, port: int) -> bool:
    """Whether a site's address is where a server listens."""
    from urllib.parse import urlsplit

    parts = urlsplit(home)
    if parts.scheme != "http" or (parts.port or 80) != port:
        return False
    if host in LOOPBACK:
        return parts.hostname in LOOPBACK
    return parts.hostname == host or (host in ANYWHERE and parts.hostname not in LOOPBACK)


def tell(line: str) -> None:
    """Says a line to whoever looks, else to the log."""
    if err.is_terminal:
        note(line)
    else:
        logger.info(line)


def doctor(context: typer.Context) -> None:
    """Check the folder, the database, pending migrations, the uploads and what a crash may leave behind.

    It says what to do about each thing that it finds, and ends with 1 where one is bad.

    Example: wirepress doctor
    """
    from wirepress.app.doctor import examine

    findings = examine(settings_of(context))
    rows = [{"check": f.check, "state": f.state, "detail": f.detail, "mend": f.mend} for f in findings]
    show(rows, ["check", "state", "detail"])
    if not speaks_json():
        for finding in findings:
            if finding.mend:
                say(f"{finding.check}: {finding.mend}")
    if any(f.state == "bad" for f in findings):
        raise typer.Exit(1)
