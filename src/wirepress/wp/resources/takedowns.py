"""Take-downs: what was removed from the site for a reason, and must not come back by itself.  Ours; for those who may.

DELETE lifts one, with a reason: the take-down stays in the list, as lifted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wirepress.content.takedowns import reading
from wirepress.model.takedown import LONGEST_NOTICE, LONGEST_REASON, Disclosure, Order, Takedown, TakedownQuery
from wirepress.syndicate import takedowns
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE, SEARCH
from wirepress.wp.declaration import ALL, NEVER, Field, Link, Page, Param, Rules, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route
from wirepress.wp.schema import Json

ROUTE = "/wirepress/v1/takedowns"
STANDS = {"standing": True, "lifted": False}
MOMENT = s.of(["string", "null"], format="date-time")
REASON = s.text(f"Why, in at most {LONGEST_REASON} characters.")


def page(call: Call) -> Page[Takedown]:
    query = TakedownQuery(
        page=call.page,
        per_page=call.per_page,
        stands=STANDS.get(str(call.params.get("status") or "")),
        search=str(call.params.get("search") or ""),
    )
    found, total = reading.browse(call.view, call.viewer, query)
    return Page(found, total)


def find(call: Call) -> Takedown:
    found = reading.get(call.view, call.integer("id"))
    if found is None:
        raise missing("rest_takedown_invalid_id", "There is no such take-down.")
    return found


def rule(call: Call, _: Takedown | None = None) -> None:
    call.need(reading.TAKE_DOWN, "rest_cannot_take_down", "You may not take anything down.")


def order_of(call: Call) -> Order:
    """What is asked for."""
    sent = call.params
    return Order(
        str(sent.get("target") or ""),
        str(sent.get("reason") or ""),
        str(sent.get("notice") or ""),
        Disclosure(sent.get("disclosure") or Disclosure.GONE),
        bool(sent.get("erase")),
    )


def prepare(call: Call) -> takedowns.Prepared | None:
    """Looks into it while others may write; nothing where one that is there is changed."""
    if "id" in call.params:
        return None
    return takedowns.prepare(call.view, call.viewer, order_of(call))


def create(call: Call, _: dict[str, Any]) -> Takedown:
    prepared = call.prepared or takedowns.prepare(call.view, call.viewer, order_of(call))
    return takedowns.take_down(call.view, call.viewer, prepared)


def update(call: Call, takedown: Takedown, given: dict[str, Any]) -> Takedown:
    if not given.get("erase"):
        return takedown
    return takedowns.erase(call.view, call.viewer, takedown.id)


def lift(call: Call, takedown: Takedown) -> Takedown:
    return takedowns.lift(call.view, call.viewer, takedown.id, str(call.params.get("reason") or ""))


def moment(seconds: int) -> Json:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None


TAKEDOWNS: Resource[Takedown] = Resource(
    name="takedown",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the take-down."),
    fields=(
        Field("id", s.integer("The number of the take-down."), ALL),
        Field("at", s.text("When it was made, in UTC.", format="date-time"), ALL, lambda t, _: moment(t.at)),
        Field("user", s.integer("The account that made it, 0 for none."), ALL),
        Field("post", s.integer("The post that was taken down, 0 where only an address was."), ALL),
        Field("type", s.text("The type of the post."), ALL),
        Field("title", s.text("The title of the post; empty where it was erased."), ALL),
        Field("url", s.text("Where the post was, or the address that was named."), ALL),
        Field("original", s.text("Where the article is at its source."), ALL),
        Field("target", s.text("A post by number, slug or address, or the address of an original."), NEVER, None,
              write=Write(), tail={"required": True}),
        Field("reason", REASON, ALL, write=Write(), tail={"required": True}),
        Field("notice", s.text(f"What asks for it, for the record, in at most {LONGEST_NOTICE} characters."), ALL,
              write=Write()),
        Field("disclosure", s.choice("What readers are shown: 410 with the reason, 410, or 404.", list(Disclosure)),
              ALL, lambda t, _: t.disclosure.value, write=Write()),
        Field("sha256", s.text("Of title, content and excerpt, with a NUL between them."), ALL, "digest"),
        Field("erase", s.boolean("Erase the content for good."), NEVER, None, write=Write()),
        Field("restorable", s.boolean("Whether lifting it brings the post back."), ALL),
        Field("erased_at", MOMENT, ALL, lambda t, _: moment(t.erased)),
        Field("lifted_at", MOMENT, ALL, lambda t, _: moment(t.lifted)),
        Field("lifted_by", s.integer("The account that lifted it, 0 for none."), ALL),
        Field("lift_reason", s.text("Why it was lifted."), ALL),
    ),
    rules=Rules(rule, rule, rule, rule, rule),
    find=find,
    page=page,
    version_of=None,
    params=(PAGE, PER_PAGE, SEARCH, Param("status", s.choice("Only those that stand, or were lifted.", list(STANDS)))),
    delete_params=(Param("reason", s.text("Why it is lifted."), required=True),),
    links=(Link("collection", ROUTE), Link("self", f"{ROUTE}/{{id}}", hints=True)),
    verbs=Verbs(dict, create, update, lift, prepare=prepare, context=lambda _: "view"),
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, TAKEDOWNS)
