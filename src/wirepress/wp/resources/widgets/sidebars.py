"""Sidebars: the one of widgets that are in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from wirepress.content import widgets
from wirepress.content.widgets import INACTIVE
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import Field, Link, Page, Param, Rules, To, Verbs, constant
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.widgets.access import CONTEXTS, may_manage
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema
from wirepress.wp.values import items_of
from wirepress.wp.writing import UPDATE

SIDEBARS, WIDGETS = "/wp/v2/sidebars", "/wp/v2/widgets"


class Sidebar(NamedTuple):
    """A sidebar with the ids of its widgets; `known` is whether there is one."""

    id: str
    known: bool
    widgets: Sequence[str] = ()


def standing(call: Call) -> Sidebar:
    """The sidebar of inactive widgets."""
    return Sidebar(INACTIVE, known=True, widgets=widgets.standing(call.site))


def find(call: Call) -> Sidebar:
    """The sidebar of a call.  Raises where there is none; in a change, one that there is not takes widgets as well,
    which are inactive then."""
    if call.params.get("id") == INACTIVE:
        return standing(call)
    if call.request.method in UPDATE:
        return Sidebar(str(call.params.get("id")), known=False)
    raise missing("rest_sidebar_not_found", "There is no such sidebar.")


def update(call: Call, sidebar: Sidebar, _: dict[str, Any]) -> Sidebar:
    """Has the widgets that are sent stand in a sidebar, in their order, where any are sent."""
    sent = call.params.get("widgets")
    if sent is None:
        return sidebar
    wanted = [item for item in items_of(sent) if isinstance(item, str)]
    widgets.settle(call.view)
    widgets.arrange(call.view, sidebar.id, wanted)
    known = widgets.kept(call.site)
    widgets.settle(call.view)
    return sidebar._replace(widgets=[one for one in wanted if one in known] if sidebar.known else [])


def _is_known(sidebar: Sidebar, _: Call) -> bool:
    return sidebar.known


def _always(name: str, schema: Schema, value: str = "") -> Field[Sidebar]:
    return Field(name, schema, CONTEXTS, constant(value))


def _own(sidebar: Sidebar, call: Call) -> To:
    return To(f"{call.api}{SIDEBARS}/{sidebar.id if sidebar.known else ''}")


def _members(sidebar: Sidebar, call: Call) -> To:
    return To(call.href(WIDGETS, f"sidebar={sidebar.id}" if sidebar.known else ""), {"embeddable": True})


@dataclass(frozen=True, kw_only=True, eq=False)
class SidebarResource(Resource[Sidebar]):
    """Sidebars; beside the address of one that there is not, nothing is said of what may be done there."""

    def allowed(self, call: Call, item: Sidebar) -> tuple[str, ...]:
        return super().allowed(call, item) if item.known else ()


MEMBERS = s.array("", {"type": ["object", "string"]})
SIDEBAR = SidebarResource(
    name="sidebar",
    route=SIDEBARS,
    key=r"(?P<id>[\w-]+)",
    key_schema=s.text(),
    fields=(
        Field("id", s.text(), CONTEXTS, when=_is_known),
        Field("name", s.text(), CONTEXTS, constant("Inactive widgets"), when=_is_known),
        _always("description", s.text()),
        _always("class", s.text()),
        _always("before_widget", s.text(default="")),
        _always("after_widget", s.text(default="")),
        _always("before_title", s.text(default="")),
        _always("after_title", s.text(default="")),
        _always("status", s.choice("", ("active", "inactive")), "inactive"),
        Field("widgets", {**MEMBERS, "default": []}, CONTEXTS, lambda sidebar, _: list(sidebar.widgets),
              readonly=False),
    ),
    rules=Rules(may_manage, may_manage, edit=may_manage),
    asks={"read": may_manage, "edit": may_manage},
    find=find,
    page=lambda call: Page([standing(call)], 1),
    collection="list",
    version_of=None,
    args={"edit": (Param("widgets", MEMBERS, eager=True),)},
    verbs=Verbs(update=update),
    links=(
        Link("collection", SIDEBARS),
        Link("self", _own, hints=True),
        Link("wp:widget", _members),
    ),
    documented=False,
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, SIDEBAR)
