"""The import as a whole."""

from __future__ import annotations

from wirepress.content.options import DEFAULTS
from wirepress.content.registry.core import CORE
from wirepress.model.registry import Registry
from wirepress.store.database import Database
from wirepress.transfer.wordpress import steps
from wirepress.transfer.wordpress.conflicts import refuse_conflicts
from wirepress.transfer.wordpress.landing import Landing
from wirepress.transfer.wordpress.leftovers import keep_leftovers
from wirepress.transfer.wordpress.mapping import Values
from wirepress.transfer.wordpress.report import Progress, Report, quiet
from wirepress.transfer.wordpress.source import opened


def import_database(
    database: Database, url: str, *, prefix: str | None = None, registry: Registry = CORE, progress: Progress = quiet
) -> Report:
    """Brings the WordPress site at a SQLAlchemy URL into this one.

    Rows keep their ids.  Run again it changes only what has changed there since; after an interruption it goes on
    where it was.  Raises Conflict when this site holds other things under the same ids, Invalid when the database is
    not WordPress's.
    """
    report = Report()
    with opened(url, prefix) as source:
        report.source, report.prefix = source.shown, source.prefix
        values = Values(report)
        refuse_conflicts(source, database, values)
        run = steps.Import(source, Landing(database, report), report, values, progress, registry)
        steps.import_users(run)
        steps.import_terms(run)
        steps.import_options(run, DEFAULTS)
        steps.import_posts(run)
        steps.import_comments(run)
        keep_leftovers(run)
        progress("totals", 0, 1)
        run.landing.settle()
        progress("totals", 1, 1)
        if source.spoilt[0]:
            report.note("texts that are no UTF-8", "their broken characters were replaced", number=source.spoilt[0])
    return report
