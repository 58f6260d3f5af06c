"""`wirepress media`: pictures and other files into the library."""

from __future__ import annotations

import errno
import mimetypes
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import typer

from wirepress.app.failures import line_of
from wirepress.cli.commands import Commands
from wirepress.cli.common import USER, act_as, fail, need, newsroom_of, note, settings_of, show, viewer_named, writer_of
from wirepress.cli.output import watched
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.media import library
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.net.port import Fetcher
from wirepress.url.parse import is_address, open_address

group = Commands(help="Bring files into the library.")

COLUMNS = ["file", "id", "url", "error"]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="media")


@group.callback()
def media() -> None:
    """Bring files into the library."""


@group.command("import")
def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE|URL...", help="Files of this machine, or addresses.")],
    title: Annotated[str | None, typer.Option(help="Title; a file's name where left out.")] = None,
    alt: Annotated[str, typer.Option(help="What a picture shows, for those who do not see it.")] = "",
    caption: Annotated[str | None, typer.Option(help="Caption.")] = None,
    post: Annotated[int, typer.Option(min=0, help="Id of the post that the files are for.")] = 0,
    featured: Annotated[bool, typer.Option("--featured", help="The last of them is that post's picture.")] = False,
    user: Annotated[str, USER] = "",
) -> None:
    """Take pictures, sounds, films and documents into the library, with all sizes; 1 where one could not be taken.

    Example: wirepress media import harbour.jpg --alt "The harbour at dawn" --post 1 --featured
    """
    changes = Changes(title=title, excerpt=caption, parent=post or None)
    rows: list[dict[str, Any]] = []
    with newsroom_of(context) as newsroom, ExitStack() as stack, watched() as progress:
        act_as(newsroom, user)
        viewer = allowed(newsroom, user, post, featured=featured)
        with newsroom.view() as view:
            changes = replace(changes, author=writer_of(view, user))
        fetcher = fetching(context, stack, files)
        for number, name in enumerate(files):
            progress("files", number, len(files))
            try:
                made = taken(newsroom, viewer, fetcher, name, changes, alt)
            except (WirepressError, OSError) as error:
                rows.append({"file": open_address(name), "id": None, "url": "", "error": line_of(error) or str(error)})
                continue
            rows.append({"file": open_address(name), "id": made.id, "url": url_of(newsroom, made), "error": ""})
        last = next((row["id"] for row in reversed(rows) if row["id"]), 0)
        if featured and last:
            with newsroom.write() as view:
                publishing.update(view, viewer, post, Changes(thumbnail=last))
    failed = [row for row in rows if row["error"]]
    if len(files) == 1 and failed:
        fail(f"{failed[0]['file']}: {failed[0]['error']}", error="not_imported")
    show(rows, COLUMNS if failed else COLUMNS[:-1])
    if failed:
        raise typer.Exit(1)


def allowed(newsroom: Newsroom, user: str, post: int, *, featured: bool) -> Viewer:
    """Who acts; ends the command where they may not, or there is no such post."""
    with newsroom.view() as view:
        viewer = viewer_named(view, user)
        need(may(view, viewer, "upload_files"), "upload files")
        if featured and not post:
            fail("say with --post whose picture it is", error="missing_argument")
        if post:
            need(may(view, viewer, "edit_post", publishing.existing(view, post)), "edit this post")
    return viewer


def fetching(context: typer.Context, stack: ExitStack, files: list[str]) -> Fetcher | None:
    """What asks other sites, where one is named."""
    if not any(map(is_address, files)):
        return None
    from wirepress.app.fetcher import fetcher_of

    return stack.enter_context(fetcher_of(settings_of(context)))


def taken(newsroom: Newsroom, viewer: Viewer, fetcher: Fetcher | None, name: str, changes: Changes, alt: str) -> Post:
    """A file as the library has it.  Raises WirepressError and OSError where it cannot be had or kept."""
    data, called = fetched(fetcher, name) if fetcher is not None and is_address(name) else read(Path(name))
    with newsroom.view() as view:
        site = view.site
    prepared = library.written(newsroom.files, library.prepare(site, data, called))
    try:
        with newsroom.write() as view:
            made = library.keep(view, viewer, prepared, changes, alt=alt)
    finally:
        prepared.release()
    if prepared.is_broken:
        note(f"{open_address(name)} cannot be decoded: it is kept, but no page shows it")
    return made


def read(path: Path) -> tuple[bytes, str]:
    """A file of this machine with its name, no more of it than the library takes."""
    if path.exists() and not path.is_dir() and not path.is_file():  # a pipe may never end, or never begin
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    with path.open("rb") as opened:
        return opened.read(library.MOST_BYTES + 1), path.name


def fetched(fetcher: Fetcher, url: str) -> tuple[bytes, str]:
    """What lies at an address, and its name, which ends as its type does."""
    answer = fetcher.get(url, body_bytes=library.MOST_BYTES, robots=False)
    name = unquote(urlsplit(answer.url).path).rpartition("/")[2] or "file"
    kind = answer.content_type.partition(";")[0].strip().lower()
    if "." not in name:
        name += mimetypes.guess_extension(kind) or ""
    return answer.body, name


def url_of(newsroom: Newsroom, made: Post) -> str:
    """The address of a file of the library."""
    with newsroom.view() as view:
        return view.site.upload_url(str(made.first_meta("_wp_attached_file")))
