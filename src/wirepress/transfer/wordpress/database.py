"""The import as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirepress.content.options import DEFAULTS
from wirepress.content.registry.core import CORE
from wirepress.model.registry import Registry
from wirepress.store.database import Database
from wirepress.transfer.wordpress import steps
from wirepress.transfer.wordpress.conflicts import refuse_conflicts
from wirepress.transfer.wordpress.landing import Landing
from wirepress.transfer.wordpress.leftovers import keep_leftovers
from wirepress.transfer.wordpress.mapping import Values
from wirepress.transfer.wordpress.report import Progress, Report, Stopped, quiet
from wirepress.transfer.wordpress.room import with_room
from wirepress.transfer.wordpress.source import Place, opened


@dataclass(frozen=True, slots=True)
class Keep:
    """What of this site gives no way to what comes: its accounts, which take other numbers, and some options."""

    accounts: bool = False
    options: frozenset[str] = frozenset()


NOTHING: Final = Keep()
ADDRESS: Final = frozenset({"home", "siteurl"})
"""The options that say where a site is: whoever works in a site that gets those of another finds it no more."""


def import_database(
    database: Database,
    place: Place | str,
    *,
    prefix: str | None = None,
    registry: Registry = CORE,
    progress: Progress = quiet,
    keep: Keep = NOTHING,
    report: Report | None = None,
) -> Report:
    """Brings the WordPress site at a place (a SQLAlchemy URL) into this one.

    Rows keep their ids.  Run again it changes only what has changed there since; after an interruption it goes on
    where it was.  Raises Conflict when this site holds other things under the same ids, Invalid when the database is
    not WordPress's.  `progress` may raise Stopped: what has come stays, and is made fit to be served.
    """
    report = Report() if report is None else report
    with opened(place if isinstance(place, Place) else Place(place, prefix)) as source:
        report.source, report.prefix = source.shown, source.prefix
        values = Values(report)
        if keep.accounts:
            with_room(source, database, values, report)
        refuse_conflicts(source, database, values)
        run = steps.Import(source, Landing(database, report), report, values, progress, registry, keep.options)
        try:
            _bring(run)
        except Stopped:
            run.landing.settle()
            raise
        if source.spoilt[0]:
            report.note("texts that are no UTF-8", "their broken characters were replaced", number=source.spoilt[0])
    return report


def _bring(run: steps.Import) -> None:
    steps.import_users(run)
    steps.import_terms(run)
    steps.import_options(run, DEFAULTS)
    steps.import_posts(run)
    steps.import_comments(run)
    keep_leftovers(run)
    run.progress("totals", 0, 1)
    run.landing.settle()
    run.progress("totals", 1, 1)
