"""The command `wirepress`."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from wirepress import __version__

app = typer.Typer(
    name="wirepress",
    help="A news-publishing server that speaks the WordPress REST API.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

GROUPS = (
    "site", "worker", "imports", "adopt", "option", "source", "definition", "entry", "post", "user", "audit",
    "takedown", "redirect", "story", "theme", "privacy", "front", "demo",
)  # fmt: skip
"""The modules of this room that hold commands; each has `register(app)`."""


def version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wirepress {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    site: Annotated[
        str | None, typer.Option("--site", metavar="DIR", envvar="WIREPRESS_SITE", help="The site's folder.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = {"site": site}


for group in GROUPS:
    import_module(f"wirepress.cli.{group}").register(app)


def main() -> None:
    """The entry point of the installed command."""
    app()
