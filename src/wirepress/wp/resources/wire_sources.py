"""Sources: where articles come from, how they do, and what is taken of them.  Ours; for those who may.

Their settings are those of `syndicate.definition`, by the same names.  DELETE stops one for good: one that
has brought articles stays, since they name it, and a new one of its address takes it up again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final, get_args

from wirepress.model.errors import Invalid, NotFound
from wirepress.model.subscription import SubscriptionState
from wirepress.model.wire import Source
from wirepress.syndicate import definition, orders, sources
from wirepress.syndicate.sources import Deed, Health, Overview
from wirepress.syndicate.websub.standing import state_of
from wirepress.url.parse import open_address
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE, SEARCH, page_of
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows
from wirepress.wp.schema import Json, Schema
from wirepress.wp.writing import shown

ROUTE: Final = "/wirepress/v1/sources"
STATES: Final = tuple(state for state in SubscriptionState if state is not SubscriptionState.ENDING)
LEFT: Final = ("left", "waits", "failed", "dead")
WORDS: Final[Mapping[str, str]] = {
    "url": "The address of the feed or listing; what stands there of a password is not shown.",
    "name": "What it is called in attributions.",
    "kind": "How it names its articles.",
    "rights": "What of its articles may be republished.",
    "active": "Whether it is looked at.",
    "interval": "Seconds between two looks.",
    "links": "Of a listing: the links to articles, as a CSS selector.",
    "body": "What holds the text of an article, as a CSS selector.",
    "remove": "What is cut out of the text, as a CSS selector.",
    "unwrap": "What is cut out of the text but for what is in it, as a CSS selector.",
    "category": "The category of its posts.",
    "author": "The login of the user that its posts belong to.",
    "byline": "Whose name its posts bear.",
    "date": "Whether its posts have the date of the original, or of their arrival.",
    "arrival": "The status of its posts when they come in.",
    "updates": "What a change of an original does.",
    "comments": "Comments on its posts.",
    "pings": "Pings to its posts.",
    "canonical": "What crawlers are told of its posts.",
    "picture": "Whether the lead picture is taken under the rights excerpt and link too.",
    "page": "Whether the page of each article is fetched.",
    "websub": "Whether hubs that it names are asked to tell of its news.",
    "filters": "What is taken and what is not, a line each.",
    "terms": "What becomes of its terms, a line each.",
    "items": "Of a listing: what holds one article each, as a CSS selector.",
    "titles": "Of a listing: the title within an item, as a CSS selector.",
    "dates": "Of a listing: the date within an item, as a CSS selector.",
    "duplicates": "What becomes of an article whose text another one has nearly word for word.",
    "pictures": "Which pictures of an article are taken, as far as the rights reach.",
    "max_age": "Days after which an article is too old to be taken, 0 for none.",
    "max_per_run": "How many articles may come in of one run, 0 for all; the others wait for the next one.",
    "max_per_day": "How many articles may come in on a day of the site's zone, 0 for all; the others wait.",
    "signals": "What its pages say against copies means under the right full.",
}
"""What each setting is."""
ID: Final = Param("id", s.integer("The number of the source."))


def page(call: Call) -> Page[Overview]:
    wanted = str(call.params.get("search") or "").casefold()
    health = str(call.params.get("health") or "")
    found = [
        one
        for one in sources.overviews(call.view)
        if (not health or one.health == health) and (not wanted or wanted in searched(one.source).casefold())
    ]
    return page_of(call, found)


def searched(source: Source) -> str:
    """What of a source a search looks through: its name, what it is called without one, its address."""
    return "\n".join((source.name, sources.name_of(source), open_address(source.url)))


def find(call: Call) -> Overview:
    return overview(call, call.integer("id"))


def overview(call: Call, number: int) -> Overview:
    try:
        return sources.overview(call.view, min(number, 2**63 - 1))
    except NotFound:
        raise missing("rest_source_invalid_id", "There is no such source.") from None


def rule(deed: Deed, message: str, call: Call, _: Overview | None = None) -> None:
    if not sources.may(call.view, call.viewer, deed):
        call.refuse("rest_cannot_look" if deed == "look" else "rest_cannot_manage_sources", message)


MAY_LOOK = partial(rule, "look", "You may not see the sources.")
MAY_RUN = partial(rule, "run", "You may not have sources looked at.")
MAY_CHANGE = partial(rule, "change", "You may not change the sources.")


# ---- settings


def setting(name: str, usual: Json, value: object) -> Field[Overview]:
    """The field of a setting, described by what it is in a new source."""
    described: dict[type, Schema] = {
        bool: s.boolean(WORDS[name]),
        int: s.integer(WORDS[name]),
        list: s.array(WORDS[name], "string"),
        str: s.text(WORDS[name]),
    }
    schema = described[type(usual)]
    if isinstance(value, StrEnum):
        schema = s.choice(WORDS[name], [one.value for one in type(value)])
    tail = {"required": True} if name == "url" else {}
    return Field(name, schema, ALL, partial(read, name), write=Write(), tail=tail)


def settings() -> tuple[Field[Overview], ...]:
    plain = Source(0, "")
    values = {name: getattr(plain if hasattr(plain, name) else plain.rules, name) for name in definition.SETTINGS}
    return tuple(setting(name, usual, values[name]) for name, usual in definition.settings_of(plain).items())


def read(name: str, one: Overview, _: Call) -> Json:
    value = definition.settings_of(one.source)[name]
    return open_address(value) if name == "url" else value


def given(sent: Mapping[str, Any], before: Source) -> Source:
    """A source as the caller wants it; an address that is sent as it was shown stays, with its password."""
    wanted = dict(sent)
    if before.id and wanted.get("url") == open_address(before.url):
        del wanted["url"]
    return definition.with_settings(before, wanted)


def create(call: Call, sent: dict[str, Any]) -> Overview:
    source = given(sent, Source(0, ""))
    try:
        number = sources.add(call.view, source)
    except Invalid as error:
        raise refused(error) from error
    if not source.active:
        sources.pause(call.view, number)
    return overview(call, number)


def update(call: Call, one: Overview, sent: dict[str, Any]) -> Overview:
    try:
        after = given(sent, one.source)
        if after != one.source:
            definition.keep(call.view, one.source, after)
    except Invalid as error:
        raise refused(error) from error
    return overview(call, one.source.id)


def refused(error: Invalid) -> WireError:
    """What is wrong with a source, with the fields that it is wrong in."""
    flaws = dict(error.data) if isinstance(error.data, Mapping) else {}
    return WireError(f"rest_{error.code}", definition.in_words(error), 400, {"params": flaws} if flaws else {})


def remove(call: Call, one: Overview) -> Overview | None:
    """Removes a source; the source, where it stays for the attribution of its articles."""
    sources.remove(call.view, one.source.id)
    try:
        return sources.overview(call.view, one.source.id)
    except NotFound:
        return None


# ---- how it does


def moment(seconds: int) -> Json:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None


def next_at(one: Overview, _: Call) -> Json:
    return moment(one.standing.next_at) if one.source.active else None


def last_run(one: Overview, _: Call) -> Json:
    if one.run is None:
        return None
    return {"id": one.run.id, "started": moment(one.run.started), "ended": moment(one.run.ended or 0)}


def left(one: Overview, _: Call) -> Json:
    return {name: one.left.get(name, 0) for name in LEFT}


def hub(one: Overview, call: Call) -> Json:
    known = one.subscription
    if known is None:
        return None
    state = state_of(known, int(call.view.now().timestamp()))
    return {"url": known.hub, "state": state.value, "until": moment(known.lease_until), "reason": known.reason}


HUB = s.of(["object", "null"], "What its hub was asked (WebSub).", properties={
    "url": s.uri("The address of the hub."),
    "state": s.choice("Whether it has confirmed that it tells of news.", [one.value for one in STATES]),
    "until": s.moment("Until when it does, in UTC.", nullable=True),
    "reason": s.text("Why it does not.")})  # fmt: skip
RUN = s.of(["object", "null"], "Its last run.", properties={
    "id": s.integer(), "started": s.moment(), "ended": s.moment(nullable=True)})  # fmt: skip
SOURCES: Resource[Overview] = Resource(
    name="source",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the source."),
    id_of=lambda one: one.source.id,
    fields=(
        Field("id", s.integer("The number of the source."), ALL, lambda one, _: one.source.id),
        *settings(),
        Field("health", s.choice("How it does.", get_args(Health)), ALL),
        Field("error", s.text("What went wrong the last time."), ALL, lambda one, _: one.source.memory.error),
        Field("failures", s.integer("How often in a row it failed."), ALL, lambda one, _: one.standing.attempts),
        Field("next", s.moment("When it is looked at next, in UTC.", nullable=True), ALL, next_at),
        Field("last_run", RUN, ALL, last_run),
        Field("articles_a_day", s.of("number", "Articles a day, over the last week."), ALL,
              lambda one, _: round(one.rate, 3)),
        Field("left", s.mapping("How many entries are still to be taken, by state.", properties={
            name: s.integer() for name in LEFT}), ALL, left),
        Field("hub", HUB, ALL, hub),
        Field("proposed", s.boolean("Whether it was proposed, and nobody has turned it on yet."), ALL,
              lambda one, _: bool(one.standing.proposed_at)),
        Field("removed", s.boolean("Whether it was removed."), ALL, lambda one, _: bool(one.standing.removed_at)),
    ),
    rules=Rules(MAY_LOOK, MAY_LOOK, MAY_CHANGE, MAY_CHANGE, MAY_CHANGE),
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, PER_PAGE, SEARCH, Param("health", s.choice("Only those that do like this.", get_args(Health)))),
    links=(
        Link("collection", ROUTE),
        Link("self", f"{ROUTE}/{{source.id}}", hints=True),
    ),
    verbs=Verbs(dict, create, update, remove, context=lambda _: "view"),
)  # fmt: skip


# ---- what else can be done with it


def pause(call: Call) -> Result:
    return done(sources.pause, call)


def resume(call: Call) -> Result:
    return done(sources.resume, call)


def done(verb: Callable[[Any, int], None], call: Call) -> Result:
    number = find(call).source.id
    verb(call.view, number)
    return shown(SOURCES, call, overview(call, number))


def run(call: Call) -> Result:
    """Orders a look; the worker carries it out."""
    order = orders.run(call.view, call.viewer, find(call).source.id)
    return Result(value={"order": order.id, "source": order.source, "state": order.state.value}, status=202)


ORDER: Schema = s.document("source-order", {
    "order": s.integer("The number of the order."), "source": s.integer("The source."),
    "state": s.text("How far it is: waiting or working.")})  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    item = f"{ROUTE}/{SOURCES.key}"
    one = Shows("one", SOURCES)
    verbs = (
        ("pause", pause, MAY_CHANGE, one),
        ("resume", resume, MAY_CHANGE, one),
        ("run", run, MAY_RUN, Shows("value", ORDER)),
    )
    acting = (
        Route(f"{item}/{name}", (Endpoint(("POST",), verb, may, (ID,), shows=form, alters=True),), SOURCES.namespace)
        for name, verb, may, form in verbs
    )
    return (*routes_of(catalog.documents, SOURCES), *acting)
