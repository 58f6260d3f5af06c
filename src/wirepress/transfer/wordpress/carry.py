"""Carrying out what was ordered of WordPress sites, in the worker or at the command line: told of while it goes on,
ended in any case, with one entry in the log of changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wirepress.content.carrying import LEASE, Telling, carried, why
from wirepress.content.newsroom import Newsroom
from wirepress.model.audit import Actor
from wirepress.model.errors import Conflict, NotFound, Unavailable
from wirepress.model.order import Order, OrderKind, OrderState
from wirepress.store import orders as store
from wirepress.store import users
from wirepress.store.import_files import ImportFiles
from wirepress.syndicate.adoption.adopting import adopt
from wirepress.syndicate.lease import is_dead
from wirepress.transfer.wordpress.database import ADDRESS, NOTHING, Keep, import_database
from wirepress.transfer.wordpress.preview import preview
from wirepress.transfer.wordpress.redirects import bring_redirects
from wirepress.transfer.wordpress.renderings import render_posts
from wirepress.transfer.wordpress.report import Progress, Report, Stopped, Tally, quiet
from wirepress.transfer.wordpress.source import Place
from wirepress.transfer.wordpress.uploads import copy_uploads

logger = logging.getLogger("wirepress.orders")

SECONDS: Final = {OrderKind.PREVIEW: 900.0, OrderKind.IMPORT: 12 * 3600.0}
"""How long an order may take before it is ended where it is."""
MOST: Final = 100
"""Remarks of one sort that are kept with an order."""
LONGEST: Final = 300
CUT: Final = "It was cut short, since the server ended. What has come stays, and it can go on from there."
LATE: Final = "It took too long, and was ended. What has come stays, and it can go on from there."
INTERRUPTED: Final = "It was interrupted. What has come stays, and it can go on from there."
LOOK_LATE: Final = "It took too long, or the server ended; look again."
AWAY: Final = "The database cannot be reached, or went away. The log of the worker says more."

_one = threading.Lock()
"""One import of this process at a time: one that was stopped may need a moment to end."""


@dataclass(frozen=True, slots=True)
class Site:
    """A WordPress site on a place, with the folder of its files where that is to be copied."""

    place: Place
    uploads: Path | None = None


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the orders of the administration find what they name: uploaded files by key, databases by name."""

    files: ImportFiles
    databases: Mapping[str, Site] = field(default_factory=dict)

    def site_of(self, order: Order, stop: Callable[[], bool]) -> Site:
        """The site that an order speaks of.  Raises NotFound where it is gone, or no longer allowed."""
        given = order.given
        prefix = given.get("prefix")
        if "file" in given:
            path = self.files.path(str(given["file"]))
            return Site(Place(f"sqlite:///{path}", prefix, str(given.get("name", "")), hostile=True, stop=stop))
        found = self.databases.get(str(given.get("database")))
        if found is None:
            raise NotFound("no_database", "This site may not import from such a database.")
        return Site(Place(found.place.url, prefix or found.place.prefix, str(given["database"])), found.uploads)


def carry_out(newsroom: Newsroom, order: Order, sites: Sites, by: str, stop: Callable[[], bool]) -> None:
    """Carries out an order that was taken under a name; what goes wrong is its result."""
    if order.kind is OrderKind.PREVIEW:
        telling = Telling(newsroom, order, by, stop, SECONDS[order.kind])
        carried(newsroom, order, by, lambda: _look(newsroom, order, sites, telling))
        return
    with _one:
        run = Run(newsroom, order, by, stop)
        keep = Keep(accounts=True, options=ADDRESS if order.given.get("keep_address") else frozenset())
        try:
            run.bring_in(lambda: sites.site_of(order, run.telling.stop), keep)
        except (Stopped, Exception):  # noqa: BLE001 - it is the order's result, and logged where nobody expected it
            return
        if "file" in order.given:
            sites.files.remove(str(order.given["file"]))


def _look(newsroom: Newsroom, order: Order, sites: Sites, telling: Telling) -> Mapping[str, Any]:
    def step(name: str) -> None:
        telling({"step": name})
        if telling.stop():
            raise Unavailable("too_long", LOOK_LATE)

    try:
        return preview(newsroom, sites.site_of(order, telling.stop).place, step)
    except Unavailable as error:
        raise _discreet(order, error) from error
    except Stopped as error:
        raise Unavailable("too_long", LOOK_LATE) from error


def _discreet(order: Order, error: Unavailable) -> Unavailable:
    """An error as a browser may hear it: what a server says of an address, an account or a network stays in the log."""
    if "database" not in order.given or error.code not in ("source_unavailable", "source_failed"):
        return error
    logger.error("order %s: %s", order.id, error.message)
    return Unavailable(error.code, AWAY)


def begin(newsroom: Newsroom, name: str, by: str) -> Order:
    """Begins an import of the command line, which nobody needs to take.  Raises Conflict while another one goes on."""
    now = int(newsroom.clock.now().timestamp())
    with newsroom.database.write() as unit:
        for holder in filter(is_dead, store.holders(unit)):
            store.abandon(unit, now, CUT, holder)
        if store.under_way(unit, OrderKind.IMPORT) is not None:
            raise Conflict("import_under_way", "an import is under way already; wait until it has ended, or stop it")
        number = store.place(unit, OrderKind.IMPORT, 0, 0, {"by": "cli", "name": name[:LONGEST]}, now)
        order = store.take(unit, by, now, now + LEASE, number)
    assert order is not None
    return order


class Run:
    """One import: its report, how far it is, and its end in the order and in the log of changes."""

    def __init__(
        self, newsroom: Newsroom, order: Order, by: str, stop: Callable[[], bool], also: Progress = quiet
    ) -> None:
        self.newsroom = newsroom
        self.order = order
        self.by = by
        self.also = also
        self.report = Report()
        self.telling = Telling(newsroom, order, by, stop, SECONDS[OrderKind.IMPORT])
        self.steps: dict[str, tuple[int, int]] = {}

    def bring_in(self, site_of: Callable[[], Site], keep: Keep = NOTHING) -> None:
        """Brings a site in.  Raises what went wrong, after it was noted; Stopped where it was ended."""
        try:
            self._bring_in(site_of(), keep)
        except BaseException as error:
            self._end(self._word(error))
            raise
        self._end("")

    def _bring_in(self, site: Site, keep: Keep) -> None:
        database = self.newsroom.database
        registry = self.newsroom.registry
        import_database(database, site.place, registry=registry, progress=self.progress, keep=keep, report=self.report)
        if site.uploads is not None:
            copy_uploads(database, site.uploads, self.newsroom.files.root, self.report, self.progress)
        bring_redirects(self.newsroom, self.report, lambda done, total: self.progress("redirects", done, total))
        self._adopt()
        render_posts(self.newsroom, self.progress)

    def _adopt(self) -> None:
        """Gives what aggregators have brought there its origins, so that no source brings it here once more."""
        found = adopt(self.newsroom, lambda done, total: self.progress("origins", done, total))
        if found.recognised:
            self.report.tally("origins", Tally(new=found.recognised))
        if found.proposed:
            self.report.tally("proposed sources", Tally(new=found.proposed))
        if found.doubled:
            self.report.note("articles that are here twice", "one of their posts has the origin", number=found.doubled)

    def progress(self, step: str, done: int, total: int) -> None:
        """Notes how far a step is.  Raises Stopped where the import is to end."""
        self.steps[step] = (done, total)
        self.also(step, done, total)
        self.telling({"steps": [[name, *numbers] for name, numbers in self.steps.items()]})
        if self.telling.stop():
            raise Stopped

    def _word(self, error: BaseException) -> str:
        if isinstance(error, Stopped):
            return CUT if self.telling.wanted and self.telling.ending() else LATE
        if isinstance(error, KeyboardInterrupt):
            return INTERRUPTED
        if isinstance(error, Unavailable):
            error = _discreet(self.order, error)
        return why(self.order, error)

    def _end(self, error: str) -> None:
        """Notes what has become of it: of one that was cancelled meanwhile, what had come until then."""
        result = bounded(self.report)
        now = int(self.newsroom.clock.now().timestamp())
        with self.newsroom.database.write() as unit:
            order = store.get(unit, self.order.id) or self.order
            if order.state is OrderState.CANCELLED:
                outcome = "stopped"
                store.leave(unit, order.id, self.by, result)
            elif error:
                outcome = "failed"
                store.fail(unit, order.id, self.by, error, now, result)
            else:
                outcome = "done"
                store.finish(unit, order.id, self.by, result, now)
            user = users.get(unit, order.user) if order.user else None
            if user is not None:
                unit.actor = Actor("browser", user.id, user.login)
            unit.note("import.wordpress", "import", order.id, outcome=outcome, **_facts(order, self.report))


def _facts(order: Order, report: Report) -> dict[str, Any]:
    """What the log of changes says of an import: from where, and how much of what."""
    came = {what: tally.touched for what, tally in report.came.items() if tally.touched}
    return {
        "from": str(order.given.get("name", "")) or report.source,
        "came": came,
        "kept": sum(remark.number for remark in report.kept.values()),
        "left_out": sum(remark.number for remark in report.left_out.values()),
    }


def bounded(report: Report) -> dict[str, Any]:
    """A report as an order keeps it: of what is many the beginning, and how many there are more."""
    found = report.as_json()
    for name in ("kept", "left_out", "noted", "noticed"):
        remarks = found[name]
        found[name] = [
            {"what": r["what"][:LONGEST], "number": r["number"], "why": r["why"][:LONGEST],
             "examples": [example[:LONGEST] for example in r["examples"][:3]]}
            for r in remarks[:MOST]
        ]  # fmt: skip
        found[f"{name}_more"] = max(0, len(remarks) - MOST)
    return found
