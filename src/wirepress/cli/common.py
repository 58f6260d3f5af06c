"""What the commands share: which site is meant, how it is opened, and who acts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from wirepress.app.settings import FILE, Settings, load
from wirepress.cli.output import WRONG_FOLDER, answer, confirm, err, fail, note, out, say, show
from wirepress.content.identity.viewer import NEWSROOM, Viewer, viewer_of
from wirepress.model.mail import Mail

if TYPE_CHECKING:
    from wirepress.content.newsroom import Newsroom, View
    from wirepress.model.user import User

__all__ = ["WRONG_FOLDER", "answer", "confirm", "err", "fail", "note", "out", "say", "show"]

USER = typer.Option("--user", metavar="USER", help="Act as this user (login, address or id), with what they may do.")
YES = typer.Option("--yes", "-y", help="Do not ask.")


def folder_of(context: typer.Context) -> Path:
    """The folder named by `--site` or WIREPRESS_SITE, else the current one."""
    named = (context.find_root().obj or {}).get("site") or os.environ.get("WIREPRESS_SITE") or "."
    return Path(named).resolve()


def settings_of(context: typer.Context, **flags: Any) -> Settings:
    """The settings of the site that is meant; ends the command when there is none."""
    folder = folder_of(context)
    if not folder.is_dir():
        line = f"{folder}: there is no such folder; `wirepress --site {folder} init` makes a site there"
        fail(line, WRONG_FOLDER, error="no_folder")
    if not (folder / FILE).is_file():
        line = f"{folder} is not a Wirepress site (no {FILE}); `init` makes one in an empty folder"
        fail(line, WRONG_FOLDER, error="no_site")
    return load(folder, flags=flags)


@contextmanager
def newsroom_of(context: typer.Context) -> Iterator[Newsroom]:
    """The site, opened, with the command line as who changes it; mails are sent when what led to them is kept."""
    from wirepress.app.compose import open_newsroom
    from wirepress.model.audit import Actor

    settings = settings_of(context)
    newsroom = open_newsroom(settings)
    newsroom.audit.actor = Actor("cli")
    newsroom.post = lambda mails: send(settings, mails)
    try:
        yield newsroom
    finally:
        newsroom.database.close()


def send(settings: Settings, mails: Sequence[Mail]) -> None:
    """Sends mails, or shows them where the site's mails go to its log.  One that fails undoes nothing: it is told."""
    from wirepress.model.errors import WirepressError
    from wirepress.net.mail import leaves, mailer_of

    if not leaves(settings.mail):
        for mail in mails:
            note(f"Mail to {mail.to}, not sent (`mail` is `log`): {mail.subject}\n{mail.text}")
        return
    for mail in mails:
        try:
            mailer_of(settings.mail, settings.mail_from).send(mail)
        except WirepressError as error:
            note(f"The mail to {mail.to} was not sent: {error.message}")


@contextmanager
def reading(context: typer.Context, user: str = "") -> Iterator[tuple[View, Viewer]]:
    """A view of the site to read with, and who acts: a user, or the site itself."""
    with newsroom_of(context) as newsroom, newsroom.view() as view:
        yield view, viewer_named(view, user)


@contextmanager
def writing(context: typer.Context, user: str = "") -> Iterator[tuple[View, Viewer]]:
    """The same to write with: all of it is kept, or nothing."""
    with newsroom_of(context) as newsroom:
        act_as(newsroom, user)
        with newsroom.write() as view:
            yield view, viewer_named(view, user)


def act_as(newsroom: Newsroom, user: str) -> None:
    """Has the log of changes name a user; nobody for ""."""
    from wirepress.model.audit import Actor

    if user:
        with newsroom.view() as view:
            acting = user_named(view, user)
        newsroom.audit.actor = Actor("cli", acting.id, acting.login)


def viewer_named(view: View, user: str) -> Viewer:
    """The viewer that a user is; the site itself, which may do everything, for ""."""
    return viewer_of(view.site, user_named(view, user)) if user else NEWSROOM


def user_named(view: View, user: str) -> User:
    """The user of a login, an e-mail address or an id; ends the command where there is none."""
    from wirepress.content.people import users

    found = users.by_login(view, user)
    if found is None and is_id(user):
        found = users.get(view, int(user))
    if found is None:
        fail(f"there is no user {user}", error="invalid_user_id")
    return found


def writer_of(view: View, user: str) -> int:
    """The id of whom that belongs to that is written without an author named: whoever acts, else the administrator with
    the lowest id, 0 where there is none.  Nothing that readers see is by nobody."""
    from wirepress.content.people import users
    from wirepress.model.query import UserQuery

    if user:
        return user_named(view, user).id
    first = UserQuery(per_page=1, orderby="id", roles=("administrator",))
    return next(iter(users.browse(view, first).ids), 0)


def is_id(text: str) -> bool:
    """Whether a text is the id of something."""
    return text.isascii() and text.isdigit() and len(text) < 19


def need(granted: bool, what: str) -> None:
    """Ends the command where whoever acts may not do something."""
    if not granted:
        fail(f"this user may not {what}", error="forbidden")
