"""Entries: what became of each that a source brought, and why; trying it again, taking it, leaving it.  Ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.model.entry import LONGEST_REASON, EntryQuery, EntryRecord, EntryState
from wirepress.model.errors import NotFound
from wirepress.model.wire import OriginFacts
from wirepress.syndicate import entries, merging
from wirepress.syndicate.entries import Match
from wirepress.url.parse import open_address
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE, SEARCH
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, To
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.provenance import NARROWED, SIGNALS
from wirepress.wp.resources.wire_sources import moment
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json
from wirepress.wp.writing import shown

ROUTE: Final = "/wirepress/v1/entries"
ID: Final = Param("id", s.integer("The number of the entry."))
REASON: Final = Param("reason", s.text("Why, for the record.", maxLength=LONGEST_REASON))
INTO: Final = Param("post", s.integer("The post whose story it joins; else the one that it resembles.", minimum=1))
NOTHING: Final = OriginFacts()
LATER: Final = (EntryState.LEFT, EntryState.WAITS, EntryState.FAILED)

Verb = Callable[[View, Viewer, EntryRecord], EntryRecord]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry; one alone with the posts that may be its article (None: it is one of a list)."""

    record: EntryRecord
    facts: OriginFacts
    """What is known of its article."""
    candidates: list[Match] | None = None

    @property
    def id(self) -> int:
        return self.record.id


def page(call: Call) -> Page[Shown]:
    query = EntryQuery(
        page=call.page,
        per_page=call.per_page,
        source=int(call.params.get("source") or 0),
        states=[EntryState(state) for state in call.strings("state")],
        search=str(call.params.get("search") or "")[:200],
    )
    found, total = entries.browse(call.view, query)
    facts = entries.facts(call.view, found)
    return Page([Shown(record, facts.get(record.origin, NOTHING)) for record in found], total)


def find(call: Call) -> Shown:
    return whole(call, record_of(call))


def record_of(call: Call) -> EntryRecord:
    try:
        return entries.get(call.view, call.integer("id"))
    except NotFound:
        raise missing("rest_wire_entry_invalid_id", "There is no such entry.") from None


def whole(call: Call, record: EntryRecord) -> Shown:
    facts = entries.facts(call.view, [record]).get(record.origin, NOTHING)
    return Shown(record, facts, entries.matches(call.view, record))


def may_look(call: Call, _: Shown | None = None) -> None:
    if not entries.may(call.view, call.viewer):
        call.refuse("rest_cannot_look", "You may not see what became of entries.")


def may_retry(call: Call) -> None:
    may_look(call)


def may_decide(call: Call) -> None:
    if not entries.may_decide(call.view, call.viewer):
        call.refuse("rest_cannot_decide", "You may not decide about entries.")


def candidates(item: Shown, _: Call) -> Json:
    return [{"post": one.post, "by": one.by} for one in item.candidates or ()]


def post_of(item: Shown, call: Call) -> To | None:
    return To(f"{call.api}/wp/v2/posts/{item.record.post}") if item.record.post else None


def next_at(item: Shown, _: Call) -> Json:
    return moment(item.record.due_at) if item.record.state in LATER else None


BY = s.choice("What they have in common.", ("name", "address", "text"))
CANDIDATE = {"type": "object", "properties": {"post": s.integer("The post."), "by": BY}}
CANDIDATES = s.array("The posts that may be its article; of one entry alone.", CANDIDATE)
ENTRIES: Resource[Shown] = Resource(
    name="wire-entry",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the entry."),
    fields=(
        Field("id", s.integer("The number of the entry."), ALL),
        Field("source", s.integer("The source that brought it."), ALL, "record.source"),
        Field("guid", s.text("What it is called there."), ALL, "record.guid"),
        Field("link", s.text("The address of its article."), ALL, lambda item, _: open_address(item.record.link)),
        Field("title", s.text("Its title there."), ALL, "record.title"),
        Field("state", s.choice("What became of it.", list(EntryState)), ALL, lambda item, _: item.record.state.value),
        Field("reason", s.text("Why, as a word."), ALL, "record.reason"),
        Field("detail", s.text("The filter's line, the limit, what went wrong, or what somebody said."), ALL,
              "record.detail"),
        Field("post", s.integer("Its post, 0 for none."), ALL, "record.post"),
        Field("duplicate_of", s.integer("The post that it doubles, 0 for none."), ALL, "record.other"),
        Field("at", s.moment("When it came to this, in UTC."), ALL, lambda item, _: moment(item.record.at)),
        Field("since", s.moment("When it came, or began to fail.", nullable=True), ALL,
              lambda item, _: moment(item.record.since)),
        Field("next", s.moment("When it is tried again, in UTC.", nullable=True), ALL, next_at),
        Field("tries", s.integer("How often in a row it could not be taken."), ALL, "record.tries"),
        Field("decided_by", s.integer("The account that decided about it, 0 for none."), ALL, "record.user"),
        Field("license", s.text("The licence that its feed or page names."), ALL, "facts.licence"),
        Field("signals", SIGNALS, ALL, lambda item, _: list(item.facts.signals)),
        Field("narrowed", NARROWED, ALL, lambda item, _: item.facts.narrowed),
        Field("candidates", CANDIDATES, ALL, candidates, when=lambda item, _: item.candidates is not None),
    ),
    rules=Rules(may_look, may_look),
    find=find,
    page=page,
    version_of=None,
    params=(
        PAGE,
        PER_PAGE,
        SEARCH,
        Param("source", s.integer("Only those of a source.", minimum=1)),
        Param("state", s.array("Only those in one of these states.", s.choice("", list(EntryState)), default=[])),
    ),
    links=(Link("collection", ROUTE), Link("about", "/wirepress/v1/sources/{record.source}"), Link("item", post_of)),
)  # fmt: skip


def retry(call: Call) -> Result:
    record = record_of(call)
    entries.retry(call.view, call.viewer, [record.id])
    return shown(ENTRIES, call, find(call))


def decide(verb: Verb, call: Call) -> Result:
    """Does with an entry what the caller has decided; the entry as it is then."""
    return shown(ENTRIES, call, whole(call, verb(call.view, call.viewer, record_of(call))))


def reject(call: Call) -> Result:
    reason = str(call.params.get("reason") or "")
    return decide(lambda view, viewer, record: entries.reject(view, viewer, record, reason), call)


def merge(call: Call) -> Result:
    into = int(call.params.get("post") or 0)
    return decide(lambda view, viewer, record: merging.merge(view, viewer, record, into), call)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    item = f"{ROUTE}/{ENTRIES.key}"
    verbs = (
        ("retry", retry, may_retry, (ID,)),
        ("accept", partial(decide, entries.accept), may_decide, (ID,)),
        ("reject", reject, may_decide, (ID, REASON)),
        ("merge", merge, may_decide, (ID, INTO)),
    )
    acting = (
        Route(
            f"{item}/{name}",
            (Endpoint(("POST",), verb, may, params, shows=Shows("one", ENTRIES), alters=True),),
            ENTRIES.namespace,
        )
        for name, verb, may, params in verbs
    )
    return (*routes_of(catalog.documents, ENTRIES), *acting)
