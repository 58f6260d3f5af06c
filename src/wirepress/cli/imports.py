"""`wirepress import`: bringing in what another system holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wirepress.cli.commands import Commands
from wirepress.cli.common import fail, say, settings_of, show
from wirepress.cli.output import INTERRUPTED, answer, speaks_json, watched

if TYPE_CHECKING:
    from wirepress.content.newsroom import Newsroom
    from wirepress.transfer.wordpress import Remark, Report

group = Commands(help="Bring in what another system holds.")


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
) -> None:
    """Bring in a WordPress database: every id, slug, date, hash, role, meta value and option as it was.

    Run it again at any time: what has come is left alone, what has changed there since is brought up to date.

    Example: wirepress import wordpress sqlite:///wordpress.sqlite --keep-address
    """
    from wirepress.syndicate.lease import own_name
    from wirepress.transfer.wordpress import ADDRESS, Keep, Place, Stopped
    from wirepress.transfer.wordpress.carry import Run, Site, begin

    if uploads is not None and not uploads.is_dir():
        fail(f"{uploads}: there is no such folder", error="no_folder")
    keep = Keep(keep_accounts, ADDRESS if keep_address else frozenset())
    with opened(context) as newsroom, watched() as progress:
        by = own_name("import")
        run = Run(newsroom, begin(newsroom, short_name(url), by), by, lambda: False, progress)
        try:
            run.bring_in(lambda: Site(Place(url, prefix), uploads), keep)
        except KeyboardInterrupt:
            fail(f"interrupted; {AGAIN}", INTERRUPTED, error="interrupted")
        except Stopped:
            fail(f"stopped in the administration; {AGAIN}", INTERRUPTED, error="stopped")
    report = run.report
    if speaks_json():
        answer("", report.as_json())
    else:
        summarise(report)


@contextmanager
def opened(context: typer.Context) -> Iterator[Newsroom]:
    """The site that is meant, with few connections, and the command line as who changes it."""
    from wirepress.app.compose import check_ready, newsroom_of
    from wirepress.model.audit import Actor
    from wirepress.store.database import open_database

    settings = settings_of(context)
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


AGAIN = "run the same command again and it goes on from there"

CAME = {
    "posts": "posts, pages, media", "users": "users", "comments": "comments", "terms": "categories, tags",
    "files": "files", "redirects": "redirects", "origins": "origins of articles",
    "proposed sources": "proposed sources",
}  # fmt: skip
"""What came, the most wanted first; what else there is is bookkeeping, and stands in JSON only."""
LAST = ("options of WordPress", "transients")
"""What is kept and nobody asks for."""


def summarise(report: Report) -> None:
    """What came; what readers will notice; what was left out, or is kept and not used; in this order."""
    rows = [
        {"what": words, "new": f"{t.new:,}", "changed": f"{t.changed:,}", "as before": f"{t.same:,}",
         "edited here": f"{t.here:,}"}
        for what, words in CAME.items()
        if (t := report.came.get(what)) is not None
    ]  # fmt: skip
    show(rows, ["what", "new", "changed", "as before", "edited here"], title="Came")
    _remarks("What readers will notice", report.noticed)
    _remarks("Came, but not as it stood there", report.noted)
    _remarks("Left out", report.left_out)
    last = {what: report.kept[what] for what in LAST if what in report.kept}
    _remarks("Kept whole, and not used here", {w: r for w, r in report.kept.items() if w not in last} | last)
    say(f"{report.source} (prefix {report.prefix}): {report.changes:,} changes here")


def _remarks(title: str, remarks: dict[str, Remark]) -> None:
    """Remarks of one sort, each with up to three examples; nothing where there are none."""
    rows = [
        {"what": what, "number": f"{one.number:,}", "why": one.why, "such as": ", ".join(one.examples[:3])}
        for what, one in remarks.items()
    ]
    if rows:
        columns = ["what", "number", "why"]
        show(rows, [*columns, "such as"] if any(row["such as"] for row in rows) else columns, title=title)
