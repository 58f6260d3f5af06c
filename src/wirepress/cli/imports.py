"""`wirepress import`: bringing in what another system holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from wirepress.cli.common import err, fail, out, reporting_failures, settings_of

if TYPE_CHECKING:
    from wirepress.content.newsroom import Newsroom
    from wirepress.transfer.wordpress import Progress as Watcher
    from wirepress.transfer.wordpress import Remark, Report

group = typer.Typer(help="Bring in what another system holds.", no_args_is_help=True)

INTERRUPTED = 130


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="import")


@group.callback()
def imports() -> None:
    """Bring in what another system holds."""


@group.command("wordpress")
def wordpress(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="sqlite:///wordpress.sqlite or mysql+pymysql://user:password@host/name")
    ],
    uploads: Annotated[
        Path | None, typer.Option(metavar="PATH", help="WordPress's wp-content/uploads, to copy its files.")
    ] = None,
    prefix: Annotated[str | None, typer.Option(help="Table prefix, where the database holds several installs.")] = None,
    keep_accounts: Annotated[
        bool, typer.Option("--keep-accounts", help="Accounts of this site that are in the way take other numbers.")
    ] = False,
    keep_address: Annotated[
        bool, typer.Option("--keep-address", help="This site keeps its address (the options home and siteurl).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Bring in a WordPress database: every id, slug, date, hash, role, meta value and option as it was.

    Run it again at any time: what has come is left alone, what has changed there since is brought up to date.
    """
    from wirepress.syndicate.lease import own_name
    from wirepress.transfer.wordpress import ADDRESS, Keep, Place, Stopped
    from wirepress.transfer.wordpress.carry import Run, Site, begin

    if uploads is not None and not uploads.is_dir():
        fail(f"{uploads}: there is no such folder")
    keep = Keep(keep_accounts, ADDRESS if keep_address else frozenset())
    with opened(context) as newsroom, watched(hidden=as_json) as progress:
        by = own_name("import")
        run = Run(newsroom, begin(newsroom, short_name(url), by), by, lambda: False, progress)
        try:
            run.bring_in(lambda: Site(Place(url, prefix), uploads), keep)
        except KeyboardInterrupt:
            fail("interrupted; run the same command again and it goes on from there", INTERRUPTED)
        except Stopped:
            fail("stopped in the administration; run the same command again and it goes on from there", INTERRUPTED)
    report = run.report
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        summarise(report)


@contextmanager
def opened(context: typer.Context) -> Iterator[Newsroom]:
    """The site that is meant, with few connections, and the command line as who changes it."""
    from wirepress.app.compose import check_ready, newsroom_of
    from wirepress.model.audit import Actor
    from wirepress.store.database import open_database

    settings = settings_of(context)
    with reporting_failures():
        check_ready(settings)
        database = open_database(settings.database_url, pool=2)
        try:
            newsroom = newsroom_of(settings, database)
            newsroom.audit.actor = Actor("cli")
            yield newsroom
        finally:
            database.close()


def short_name(url: str) -> str:
    """What an import is called in the administration: a file's name, or a host and its database; no path or account."""
    rest = url.partition("://")[2].rpartition("@")[2].partition("?")[0]
    return rest.rpartition("/")[2] if url.startswith("sqlite") else rest


@contextmanager
def watched(*, hidden: bool) -> Iterator[Watcher]:
    """A progress bar for each step, on standard error."""
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=err, disable=hidden) as bars:

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield progress


def summarise(report: Report) -> None:
    """What came, what is kept though nothing serves it, what was left out and why."""
    came = Table("What", "New", "Changed", "Unchanged", "Edited here", title="Came", title_justify="left")
    for what, tally in report.came.items():
        came.add_row(escape(what), *(f"{n:,}" for n in (tally.new, tally.changed, tally.same, tally.here)))
    out.print(came)
    _remarks("Kept whole, not served yet", report.kept)
    _remarks("Came, but not as it stood there", report.noted)
    _remarks("Left out", report.left_out)
    out.print(
        f"{escape(report.source)} (prefix {escape(report.prefix)}): {report.changes:,} changes here", highlight=False
    )


def _remarks(title: str, remarks: dict[str, Remark]) -> None:
    if not remarks:
        return
    table = Table("What", "Number", "Why", "For example", title=title, title_justify="left")
    for what, remark in remarks.items():
        table.add_row(escape(what), f"{remark.number:,}", escape(remark.why), escape(", ".join(remark.examples[:3])))
    out.print(table)
