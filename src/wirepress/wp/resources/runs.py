"""Runs: the looks at sources, with what came of each.  Ours; for those who may see the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wirepress.syndicate import sources
from wirepress.syndicate.run_counts import counted
from wirepress.url.parse import open_address
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.wire_sources import MAY_LOOK, moment
from wirepress.wp.routes import Route
from wirepress.wp.schema import Json

ROUTE: Final = "/wirepress/v1/runs"
NUMBERS: Final = {
    "found": "Entries that it listed.",
    "new": "Articles that were taken.",
    "updated": "Posts that followed a change of their original.",
    "offered": "Posts that are offered a change of their original.",
    "held": "Articles that wait for a decision.",
    "duplicate": "Entries that double something.",
    "waits": "Entries that wait for the next run or day, since their source may bring no more for now.",
    "left": "Entries that are left for another look.",
}
BY_REASON: Final = {
    "rejected": "Entries that were left out, by reason.",
    "rejecting": "Entries that a filter rejected, by its line.",
    "holding": "Articles that wait, by the filter's line; `arrival` where all of the source do.",
    "failures": "Entries that could not be taken, by what went wrong.",
}


def page(call: Call) -> Page[Any]:
    found, total = sources.run_page(call.view, int(call.params.get("source") or 0), call.page, call.per_page)
    return Page(found, total)


def find(call: Call) -> Any:
    found = sources.run(call.view, call.integer("id"))
    if found is None:
        raise missing("rest_run_invalid_id", "There is no such run.")
    return found


def fact(name: str) -> Callable[[Any, Call], Json]:
    return lambda run, _: counted(run.facts)[name]


def fetched(run: Any, _: Call) -> Json:
    return {"answers": run.facts.get("pages", 0), "bytes": run.facts.get("bytes", 0)}


def entries(run: Any, _: Call) -> Json:
    return [
        {
            "title": one.get("title", ""),
            "link": open_address(one.get("link", "")),
            "result": one.get("result", ""),
            "detail": one.get("detail", ""),
            "post": one.get("post", 0),
        }
        for one in run.facts.get("entries", ())
    ]


ENTRIES = s.array("What became of single entries, as far as it was new.", {"type": "object", "properties": {
    "title": s.text(), "link": s.text(), "result": s.text(), "detail": s.text(), "post": s.integer()}})  # fmt: skip
RUNS: Resource[Any] = Resource(
    name="run",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the run."),
    fields=(
        Field("id", s.integer("The number of the run."), ALL),
        Field("source", s.integer("The source."), ALL),
        Field("started", s.moment("When it began, in UTC."), ALL, lambda run, _: moment(run.started)),
        Field("ended", s.moment("When it ended; null while it goes on.", nullable=True), ALL,
              lambda run, _: moment(run.ended or 0)),
        Field("result", s.text("How it went, in a line."), ALL),
        Field("error", s.text("Why the source could not be looked at."), ALL,
              lambda run, _: run.facts.get("error", "")),
        Field("fetched", s.mapping("What was fetched.", properties={"answers": s.integer(), "bytes": s.integer()}), ALL,
              fetched),
        *(Field(name, s.integer(words), ALL, fact(name)) for name, words in NUMBERS.items()),
        *(Field(name, s.array(words, {"type": "object", "properties": {"why": s.text(), "number": s.integer()}}), ALL,
                fact(name)) for name, words in BY_REASON.items()),
        Field("notes", s.array("What is to be said besides.", "string"), ALL,
              lambda run, _: list(run.facts.get("notes", ()))),
        Field("entries", ENTRIES, ALL, entries),
    ),
    rules=Rules(MAY_LOOK, MAY_LOOK),
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, PER_PAGE, Param("source", s.integer("Only those of a source.", minimum=1))),
    links=(Link("collection", ROUTE), Link("about", "/wirepress/v1/sources/{source}")),
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, RUNS)
