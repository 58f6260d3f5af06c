"""Widgets that the site's options keep, their sidebars and kinds.

Our theme has no sidebars: what an imported site kept in its own is shown as inactive, with the blocks that it is made
of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import first_of
from wirepress.wp.declaration import ALL, EDIT, NEVER, Field, Link, Page, Param, Rules, To, constant
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

SIDEBARS, WIDGETS, TYPES = "/wp/v2/sidebars", "/wp/v2/widgets", "/wp/v2/widget-types"
INACTIVE = "wp_inactive_widgets"
CONTEXTS = ("embed", "view", "edit")


class Kind(NamedTuple):
    """A kind of widget."""

    id: str
    name: str
    description: str
    classname: str


_CLASSES = {"archives": "widget_archive", "recent-posts": "widget_recent_entries"}
"""The classes of what has another than its id makes."""
KINDS = tuple(
    Kind(slug, name, description, _CLASSES.get(slug, f"widget_{slug.replace('-', '_')}"))
    for slug, name, description in (
        ("pages", "Pages", "The site's pages."),
        ("calendar", "Calendar", "The days on which something was published."),
        ("archives", "Archives", "The months in which something was published."),
        ("media_audio", "Audio", "A player for sound."),
        ("media_image", "Image", "A picture."),
        ("media_gallery", "Gallery", "Several pictures."),
        ("media_video", "Video", "A player for a film."),
        ("meta", "Meta", "Links to log in and to the feeds."),
        ("search", "Search", "A form to search the site."),
        ("text", "Text", "Some text."),
        ("categories", "Categories", "The categories."),
        ("recent-posts", "Recent Posts", "The newest posts."),
        ("recent-comments", "Recent Comments", "The newest comments."),
        ("rss", "RSS", "The entries of a feed."),
        ("tag_cloud", "Tag Cloud", "The tags, the more used the larger."),
        ("nav_menu", "Navigation Menu", "A menu."),
        ("custom_html", "Custom HTML", "HTML as it was written."),
        ("block", "Block", "A block."),
    )
)


class Widget(NamedTuple):
    """A widget of the options: its id is its kind's and a number."""

    id: str
    kind: str
    settings: Mapping[str, Any]


def widgets_of(call: Call) -> list[Widget]:
    """The widgets that options keep, in the order of their sidebars."""
    placed = call.site.option("sidebars_widgets", {})
    sidebars = placed.values() if isinstance(placed, Mapping) else ()
    found = [_widget(call, str(widget_id)) for ids in sidebars for widget_id in _ids(ids)]
    return [widget for widget in found if widget is not None]


def _ids(kept: Any) -> Iterable[Any]:
    """The widgets of a sidebar: PHP keeps a list, or an object where one was taken out of the middle."""
    if isinstance(kept, Mapping):
        return kept.values()
    if isinstance(kept, list):
        return kept
    return ()


def _widget(call: Call, widget_id: str) -> Widget | None:
    kind, _, number = widget_id.rpartition("-")
    kept = call.site.option(f"widget_{kind}", {})
    if not number.isdigit() or not isinstance(kept, dict):
        return None
    settings = kept.get(int(number), kept.get(number))
    if isinstance(settings, Mapping):
        return Widget(widget_id, kind, settings)
    return None


def _rule(call: Call, _: Any = None) -> None:
    call.need("edit_theme_options", "rest_cannot_manage_widgets", "You may not manage widgets.")


def _writing_rule(call: Call, _: Any = None) -> None:
    call.need("edit_theme_options", "rest_cannot_manage_widgets", "You may not do that.")


# ---- sidebars: the one of what is in none


def _sidebar(call: Call) -> str:
    found = [INACTIVE] if call.params.get("id") == INACTIVE else []
    return first_of(found, "rest_sidebar_not_found", "There is no such sidebar.")


def _always(name: str, schema: Schema, value: str = "") -> Field[str]:
    return Field(name, schema, CONTEXTS, constant(value))


MEMBERS = s.array("", {"type": ["object", "string"]})
SIDEBAR: Resource[str] = Resource(
    name="sidebar",
    route=SIDEBARS,
    key=r"(?P<id>[\w-]+)",
    key_schema=s.text(),
    fields=(
        _always("id", s.text(), INACTIVE),
        _always("name", s.text(), "Inactive widgets"),
        _always("description", s.text()),
        _always("class", s.text()),
        _always("before_widget", s.text(default="")),
        _always("after_widget", s.text(default="")),
        _always("before_title", s.text(default="")),
        _always("after_title", s.text(default="")),
        _always("status", s.choice("", ("active", "inactive")), "inactive"),
        Field("widgets", {**MEMBERS, "default": []}, CONTEXTS, lambda _, call: [w.id for w in widgets_of(call)],
              readonly=False),
    ),
    rules=Rules(_rule, _rule, edit=_writing_rule),
    asks={"read": _rule, "edit": _writing_rule},
    find=_sidebar,
    page=lambda _: Page([INACTIVE], 1),
    collection="list",
    version_of=None,
    args={"edit": (Param("widgets", MEMBERS, eager=True),)},
    links=(
        Link("collection", SIDEBARS),
        Link("self", lambda _, call: To(f"{call.api}{SIDEBARS}/{INACTIVE}"), hints=True),
        Link("wp:widget", lambda _, call: To(call.href(WIDGETS, f"sidebar={INACTIVE}"), {"embeddable": True})),
    ),
    documented=False,
)  # fmt: skip


# ---- widgets


def _widgets(call: Call) -> Page[Widget]:
    found = []
    if call.params.get("sidebar") in (None, INACTIVE):
        found = widgets_of(call)
    return Page(found, len(found))


def _find(call: Call) -> Widget:
    found = (widget for widget in widgets_of(call) if widget.id == call.params.get("id"))
    return first_of(found, "rest_widget_not_found", "There is no such widget.")


def _about(widget: Widget, call: Call) -> To:
    return To(f"{call.api}{TYPES}/{widget.kind}", {"embeddable": True})


INSTANCE = {
    "encoded": s.text(context=["edit"]),
    "hash": s.text(context=["edit"]),
    "raw": s.mapping(context=["edit"]),
}
WIDGET: Resource[Widget] = Resource(
    name="widget",
    route=WIDGETS,
    key=r"(?P<id>[\w\-]+)",
    keyless=True,
    fields=(
        Field("id", s.text(), ALL, readonly=False),
        Field("id_base", s.text(), ALL, "kind", readonly=False),
        Field("sidebar", s.text(default=INACTIVE, required=True), ALL, constant(INACTIVE), readonly=False),
        Field("rendered", s.text(), ALL, constant("")),
        Field("rendered_form", s.text(), EDIT, constant(None), answer=s.of(["string", "null"])),
        Field("instance", s.mapping(), EDIT, lambda widget, _: {"raw": dict(widget.settings)}, readonly=False,
              tail={"default": None, "properties": INSTANCE}),
        Field("form_data", s.text(), NEVER, None, readonly=False),
    ),
    rules=Rules(_rule, _rule, _writing_rule, _writing_rule, _writing_rule),
    asks={"read": _rule, "edit": _writing_rule, "delete": _writing_rule},
    find=_find,
    page=_widgets,
    collection="list",
    version_of=None,
    params=(Param("sidebar", s.text()),),
    delete_params=(Param("force", s.boolean()),),
    links=(
        Link("self", WIDGETS + "/{id}", hints=True),
        Link("collection", WIDGETS),
        Link("about", _about),
        Link("wp:sidebar", f"{SIDEBARS}/{INACTIVE}/"),
    ),
    batch=True,
    documented=False,
)  # fmt: skip


# ---- kinds of widgets


def _kind(call: Call) -> Kind:
    found = (kind for kind in KINDS if kind.id == call.params.get("id"))
    return first_of(found, "rest_widget_type_invalid", "There is no such kind of widget.")


def _kind_rule(call: Call) -> None:
    """WordPress tells that there is no such kind while it asks who may, so that nothing is allowed."""
    _rule(call)
    _kind(call)


KIND: Resource[Kind] = Resource(
    name="widget-type",
    route=TYPES,
    key=r"(?P<id>[a-zA-Z0-9_-]+)",
    key_schema=s.text(),
    fields=(
        Field("id", s.text(), CONTEXTS),
        Field("name", s.text(default=""), CONTEXTS),
        Field("description", s.text(default=""), ALL, readonly=False),
        Field("is_multi", s.boolean(), ALL, constant(True)),
        Field("classname", s.text(default=""), CONTEXTS),
    ),
    rules=Rules(_rule, _rule),
    asks={"read": _kind_rule},
    find=_kind,
    page=lambda _: Page(sorted(KINDS), len(KINDS)),
    collection="list",
    version_of=None,
    links=(Link("collection", TYPES), Link("self", TYPES + "/{id}", hints=True)),
    documented=False,
)


def routes(catalog: Catalog) -> list[Route]:
    """Sidebars, widgets and their kinds."""
    resources: tuple[Resource[Any], ...] = (SIDEBAR, WIDGET, KIND)
    return [route for resource in resources for route in routes_of(catalog.documents, resource)]
