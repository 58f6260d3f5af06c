"""The audit log: who changed what, and when.  Ours; for administrators."""

from __future__ import annotations

from datetime import UTC, datetime

from wirepress.content import audit
from wirepress.model.audit import AuditQuery, Entry
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route

ROUTE = "/wirepress/v1/audit"


def page(call: Call) -> Page[Entry]:
    params = call.params
    found, total = audit.browse(
        call.view,
        call.viewer,
        AuditQuery(
            page=call.page,
            per_page=call.per_page,
            who=params.get("user"),
            kind=str(params.get("kind") or ""),
            action=str(params.get("action") or ""),
            object=str(params.get("object") or ""),
            object_id=str(params.get("object_id") or ""),
        ),
    )
    return Page(found, total)


def find(call: Call) -> Entry:
    found = audit.get(call.view, call.integer("id"))
    if found is None:
        raise missing("rest_entry_invalid_id", "There is no such entry.")
    return found


def rule(call: Call, _: Entry | None = None) -> None:
    call.need("manage_options", "rest_cannot_view", "You may not read the log of changes.")


def at(entry: Entry, _: Call) -> str:
    return datetime.fromtimestamp(entry.at, UTC).isoformat()


def details(entry: Entry, _: Call) -> dict[str, object]:
    return dict(entry.details)


AUDIT: Resource[Entry] = Resource(
    name="audit-entry",
    route=ROUTE,
    namespace="wirepress/v1",
    key_schema=s.integer("The number of the entry."),
    fields=(
        Field("id", s.integer("The number of the entry."), ALL),
        Field("at", s.text("When it was, in UTC.", format="date-time"), ALL, at),
        Field("user", s.integer("The account that changed something, 0 for none."), ALL),
        Field("kind", s.text("How it came: browser, application, api, worker, cli or system."), ALL),
        Field("action", s.text("What was done, as dotted words."), ALL),
        Field("object", s.text("The kind of thing."), ALL),
        Field("object_id", s.text("The number or name of the thing."), ALL),
        Field("details", s.mapping("What is known besides, by its name."), ALL, details),
        Field("login", s.text("The login at that time; empty when it was erased."), ALL),
        Field("ip", s.text("The network address; empty when it was erased."), ALL),
        Field("agent", s.text("The client's own words; empty when they were erased."), ALL),
    ),
    rules=Rules(rule, rule),
    find=find,
    page=page,
    version_of=None,
    params=(
        PAGE,
        PER_PAGE,
        Param("user", s.integer("Limit to an account.")),
        Param("kind", s.text("Limit to how it came.")),
        Param("action", s.text("Limit to an action, or to those that begin with its words.")),
        Param("object", s.text("Limit to a kind of thing.")),
        Param("object_id", s.text("Limit to the number or name of a thing.")),
    ),
    links=(Link("collection", ROUTE),),
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, AUDIT)
