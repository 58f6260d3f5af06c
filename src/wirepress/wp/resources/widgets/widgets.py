"""Widgets: blocks and older parts of pages, which a theme shows in its sidebars (WP_REST_Widgets_Controller)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wirepress.content import widgets
from wirepress.content.widgets import INACTIVE, Widget, parts_of
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    NEVER,
    Field,
    Link,
    Page,
    Param,
    Rules,
    To,
    Verbs,
    Write,
    by_verb,
    constant,
)
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.widgets import forms, instances, settings
from wirepress.wp.resources.widgets.access import may_manage
from wirepress.wp.resources.widgets.sidebars import SIDEBARS, WIDGETS
from wirepress.wp.resources.widgets.widget_types import TYPES
from wirepress.wp.routes import Route


class Placed(NamedTuple):
    """A widget, and the sidebar in which it stands or was put just now."""

    widget: Widget
    sidebar: str

    @property
    def id(self) -> str:
        return self.widget.id


def page(call: Call) -> Page[Placed]:
    """All widgets as they stand, or those of the sidebar that is asked for."""
    found = []
    if call.params.get("sidebar") in (None, INACTIVE):
        known = widgets.kept(call.site)
        found = [Placed(known[widget_id], INACTIVE) for widget_id in widgets.standing(call.site)]
    return Page(found, len(found))


def find(call: Call) -> Placed:
    """The widget of a call.  Raises where there is none, and in a change where its id names no kind."""
    widget_id = str(call.params.get("id"))
    if widget_id in widgets.standing(call.site):
        return Placed(widgets.kept(call.site)[widget_id], INACTIVE)
    if parts_of(widget_id)[0] not in widgets.KINDS and _sends(call):
        raise instances.invalid("There is no such kind of widget.")
    raise missing("rest_widget_not_found", "There is no such widget.")


def _sends(call: Call) -> bool:
    return call.params.get("instance") is not None or call.params.get("form_data") is not None


# ---- what changes them


def create(call: Call, _: dict[str, Any]) -> Placed:
    """Keeps a widget of the kind that is sent, or the settings of the one whose id is."""
    given, kind = call.params.get("id"), call.params.get("id_base")
    number: int | None
    if given is not None:
        kind, number = parts_of(str(given))
    elif kind:
        number = widgets.next_number(call.site, str(kind))
    else:
        raise instances.invalid("A widget needs a kind (id_base).")
    if kind not in widgets.KINDS:
        raise instances.invalid("There is no such kind of widget.")
    if number is None:
        raise instances.invalid("The id of a widget is its kind and a number.", 500)
    _save(call, str(kind), number)
    widgets.settle(call.view)
    return Placed(_now(call, str(kind), number), str(call.params.get("sidebar")))


def update(call: Call, placed: Placed, _: dict[str, Any]) -> Placed:
    """Keeps the settings that are sent, and moves the widget where another sidebar is."""
    widget = placed.widget
    widgets.settle(call.view)
    if _sends(call):
        _save(call, widget.kind, widget.number)
    sidebar = call.params.get("sidebar")
    if sidebar is not None and sidebar != placed.sidebar:
        widgets.move(call.view, widget.id, str(sidebar))
    else:
        sidebar = placed.sidebar
    return Placed(_now(call, widget.kind, widget.number), str(sidebar))


def delete(call: Call, placed: Placed) -> Placed | None:
    """Makes a widget inactive; by `force` it is forgotten."""
    widgets.settle(call.view)
    if not call.params.get("force"):
        widgets.move(call.view, placed.id, INACTIVE)
        return placed
    widgets.forget(call.view, placed.widget.kind, placed.widget.number)
    widgets.move(call.view, placed.id, "")
    return None


def _now(call: Call, kind: str, number: int) -> Widget:
    return Widget(kind, number, widgets.settings_of(call.site, kind).get(number))


def _save(call: Call, kind: str, number: int) -> None:
    """Keeps what is sent: an instance, or what a form says of the first widget of the kind, whatever its number is
    (WP_Widget::update_callback)."""
    given = call.params.get("instance")
    if given is not None:
        _keep(call, kind, number, instances.sent_of(call, given))
    elif instances.deletes(call):
        named, place = parts_of(instances.deleted_by_form(call))
        if named == kind and place is not None:
            widgets.forget(call.view, kind, place)
    elif (form := instances.first_of_form(call, kind)) is not None:
        _keep(call, kind, *form)
    elif (emptied := instances.emptied_by_form(call, kind)) is not None:
        _keep(call, kind, emptied, {})


def _keep(call: Call, kind: str, number: int, sent: Mapping[str, Any]) -> None:
    before = widgets.settings_of(call.site, kind).get(number, {})
    widgets.keep(call.view, kind, number, settings.kept(call, kind, sent, before))


# ---- what is shown


def _about(placed: Placed, call: Call) -> To:
    return To(f"{call.api}{TYPES}/{placed.widget.kind}", {"embeddable": True})


def _form(placed: Placed, call: Call) -> str:
    return forms.form(call, placed.widget.kind, placed.widget.number, placed.widget.settings or {})


INSTANCE = {
    "encoded": s.text(context=["edit"]),
    "hash": s.text(context=["edit"]),
    "raw": s.mapping(context=["edit"]),
}
WIDGET: Resource[Placed] = Resource(
    name="widget",
    route=WIDGETS,
    key=r"(?P<id>[\w\-]+)",
    keyless=True,
    fields=(
        Field("id", s.text(), ALL, readonly=False),
        Field("id_base", s.text(), ALL, "widget.kind", readonly=False),
        Field("sidebar", s.text(default=INACTIVE, required=True), ALL, readonly=False),
        Field("rendered", s.text(), ALL, constant("")),
        Field("rendered_form", s.text(), EDIT, _form),
        Field("instance", s.mapping(), EDIT, lambda placed, call: instances.shown(call, placed.widget.settings),
              readonly=False, tail={"default": None, "properties": INSTANCE}),
        Field("form_data", s.text(), NEVER, None, Write(convert=by_verb, clean=instances.form_of)),
    ),
    rules=Rules(may_manage, may_manage, may_manage, may_manage, may_manage),
    asks={"read": may_manage, "edit": may_manage, "delete": may_manage},
    find=find,
    page=page,
    collection="list",
    version_of=None,
    params=(Param("sidebar", s.text()),),
    delete_params=(Param("force", s.boolean()),),
    verbs=Verbs(create=create, update=update, delete=delete, located=False),
    links=(
        Link("self", WIDGETS + "/{id}", hints=True),
        Link("collection", WIDGETS),
        Link("about", _about),
        Link("wp:sidebar", lambda placed, call: To(f"{call.api}{SIDEBARS}/{placed.sidebar}/")),
    ),
    batch=True,
    documented=False,
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    return routes_of(catalog.documents, WIDGET)
