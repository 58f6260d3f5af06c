"""The command `wirepress`."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from wirepress.cli.commands import JSON, QUIET, Commands, Root
from wirepress.cli.output import answer
from wirepress.cli.version import build

app = Commands(
    name="wirepress",
    cls=Root,
    help="A news-publishing server that speaks the WordPress REST API.",
    pretty_exceptions_enable=False,
)

GROUPS = (
    "site", "worker", "imports", "adopt", "option", "source", "definition", "entry", "post", "post_writing",
    "post_originals", "comment", "term", "media", "user", "application_password", "search_replace", "cache", "due",
    "audit", "takedown", "redirect", "story", "theme", "privacy", "front", "demo",
)  # fmt: skip
"""The modules of this room that hold commands; each has `register(app)`."""


def version(wanted: bool) -> None:
    """Says which version this is, and of which commit it was built."""
    if wanted:
        found = build()
        answer(f"wirepress {found.version}" + (f" ({found.commit})" if found.commit else ""), found)
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    site: Annotated[
        str | None, typer.Option("--site", metavar="DIR", envvar="WIREPRESS_SITE", help="The site's folder.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Show version and commit.")
    ] = False,
    _json: Annotated[bool, JSON] = False,
    _quiet: Annotated[bool, QUIET] = False,
) -> None:
    context.obj = {"site": site}


for group in GROUPS:
    import_module(f"wirepress.cli.{group}").register(app)
