"""What the commands share: which site is meant, how it is opened, and how a failure is reported."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from wirepress.app.settings import FILE, Settings, load

if TYPE_CHECKING:
    from wirepress.content.newsroom import Newsroom

WIDE = 160
"""Columns of a table that goes to no terminal, unless COLUMNS says otherwise."""

out = Console()
if not out.is_terminal and "COLUMNS" not in os.environ:
    out = Console(width=WIDE)
err = Console(stderr=True)

WRONG_FOLDER = 2
"""Exit code when the site's folder is missing, or is not that of a site that this version can work on."""


def fail(line: str, code: int = 1) -> NoReturn:
    """Ends the command with one line on standard error (raises typer.Exit)."""
    err.print(f"wirepress: {' '.join(line.split())}", style="red", highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(code)


def say(line: str) -> None:
    """One line of result, as it is."""
    out.print(line, highlight=False, soft_wrap=True, markup=False)


def folder_of(context: typer.Context) -> Path:
    """The folder named by `--site` or WIREPRESS_SITE, else the current one."""
    named = (context.find_root().obj or {}).get("site") or os.environ.get("WIREPRESS_SITE") or "."
    return Path(named).resolve()


def settings_of(context: typer.Context, **flags: Any) -> Settings:
    """The settings of the site that is meant; ends the command when there is none."""
    folder = folder_of(context)
    if not folder.is_dir():
        fail(f"{folder}: there is no such folder; `wirepress --site {folder} init` makes a site there", WRONG_FOLDER)
    if not (folder / FILE).is_file():
        fail(f"{folder} is not a Wirepress site (no {FILE}); `init` makes one in an empty folder", WRONG_FOLDER)
    with reporting_failures():
        return load(folder, flags=flags)


@contextmanager
def reporting_failures() -> Iterator[None]:
    """Ends the command with one line for a failure that somebody can mend; raises any other on."""
    try:
        yield
    except (typer.Exit, typer.BadParameter):
        raise
    except Exception as error:
        from wirepress.app.failures import line_of

        if isinstance(error, BrokenPipeError) or (line := line_of(error)) is None:
            raise
        fail(line, WRONG_FOLDER if getattr(error, "code", "") == "newer_tables" else 1)


@contextmanager
def newsroom_of(context: typer.Context) -> Iterator[Newsroom]:
    """The site, opened and brought to the current tables; failures inside are reported in one line."""
    from wirepress.app.compose import open_newsroom
    from wirepress.model.audit import Actor

    settings = settings_of(context)
    with reporting_failures():
        newsroom = open_newsroom(settings)
        newsroom.audit.actor = Actor("cli")
        try:
            yield newsroom
        finally:
            newsroom.database.close()


def show(rows: list[dict[str, Any]], columns: list[str], as_json: bool, *, title: str | None = None) -> None:
    """Rows as a table for people or one JSON array for scripts."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=plain))
        return
    # What does not fit is folded, never cut; and it is text, whatever brackets are in it.
    table = Table(*(Column(column, overflow="fold") for column in columns), title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(str(row.get(column, ""))) for column in columns))
    out.print(table)


def plain(value: Any) -> Any:
    """A value that JSON can hold."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
