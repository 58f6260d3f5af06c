"""Widgets that the site's options keep, their sidebars and kinds.

Our theme has no sidebars: what an imported site kept in its own is shown as inactive, with the blocks that it is made
of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Json, item, own, to
from wirepress.wp.resources.blocks.renderer import html_of
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

SIDEBARS, WIDGETS, TYPES = "/wp/v2/sidebars", "/wp/v2/widgets", "/wp/v2/widget-types"
INACTIVE = "wp_inactive_widgets"
CHANGING = ("POST", "PUT", "PATCH")


class Kind(NamedTuple):
    """A kind of widget."""

    id: str
    name: str
    description: str
    classname: str


KINDS = tuple(
    Kind(slug, name, description, f"widget_{slug.replace('-', '_')}")
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
    sidebar: str


def widgets_of(call: Call) -> list[Widget]:
    """The widgets that options keep, in the order of their sidebars."""
    placed = call.site.option("sidebars_widgets", {})
    found: list[Widget] = []
    for sidebar, ids in placed.items() if isinstance(placed, Mapping) else ():
        members = ids.values() if isinstance(ids, Mapping) else ids if isinstance(ids, list) else ()
        for widget_id in map(str, members):
            kind, _, number = widget_id.rpartition("-")
            kept = call.site.option(f"widget_{kind}", {})
            settings = kept.get(int(number), kept.get(number)) if number.isdigit() and isinstance(kept, dict) else None
            if isinstance(settings, Mapping):
                found.append(Widget(widget_id, kind, settings, INACTIVE if sidebar != INACTIVE else sidebar))
    return found


def _rule(call: Call) -> None:
    if not call.viewer.can("edit_theme_options"):
        call.refuse("rest_cannot_manage_widgets", "You may not manage widgets.")


def _sidebar(call: Call, *, listed: bool) -> Json:
    value = {
        "id": INACTIVE,
        "name": "Inactive widgets",
        "description": "",
        "class": "",
        "before_widget": "",
        "after_widget": "",
        "before_title": "",
        "after_title": "",
        "status": "inactive",
        "widgets": [widget.id for widget in widgets_of(call)],
    }
    links = {
        "collection": to(call, SIDEBARS),
        "self": own(call, f"{SIDEBARS}/{INACTIVE}", ("GET", *CHANGING)),
        "wp:widget": [{"embeddable": True, "href": call.href(WIDGETS, f"sidebar={INACTIVE}")}],
    }
    return item(call, value, schema_of(SIDEBARS), links, listed=listed)


def sidebars(call: Call) -> Result:
    return Result(value=[] if call.head else [_sidebar(call, listed=True)])


def sidebar(call: Call) -> Result:
    if call.params.get("id") != INACTIVE:
        raise WireError("rest_sidebar_not_found", "There is no such sidebar.", 404)
    return Result(value=_sidebar(call, listed=False))


def _widget(call: Call, widget: Widget, *, listed: bool) -> Json:
    content = str(widget.settings.get("content", "")) if widget.kind == "block" else ""
    value = {
        "id": widget.id,
        "id_base": widget.kind,
        "sidebar": widget.sidebar,
        "rendered": html_of(call, content) if widget.sidebar != INACTIVE else "",
        "rendered_form": None,
        "instance": {"raw": dict(widget.settings)},
    }
    links = {
        "self": own(call, f"{WIDGETS}/{widget.id}", ("GET", *CHANGING, "DELETE")),
        "collection": to(call, WIDGETS),
        "about": to(call, f"{TYPES}/{widget.kind}", embeddable=True),
        "wp:sidebar": to(call, f"{SIDEBARS}/{widget.sidebar}"),
    }
    return item(call, value, schema_of(WIDGETS), links, listed=listed)


def widgets(call: Call) -> Result:
    wanted = call.params.get("sidebar")
    found = [widget for widget in widgets_of(call) if wanted in (None, widget.sidebar)]
    return Result(value=[] if call.head else [_widget(call, widget, listed=True) for widget in found])


def widget(call: Call) -> Result:
    found = next((w for w in widgets_of(call) if w.id == call.params.get("id")), None)
    if found is None:
        raise WireError("rest_widget_not_found", "There is no such widget.", 404)
    return Result(value=_widget(call, found, listed=False))


def _kind(call: Call, kind: Kind, *, listed: bool) -> Json:
    value = {
        "id": kind.id,
        "name": kind.name,
        "description": kind.description,
        "is_multi": True,
        "classname": kind.classname,
    }
    links = {"collection": to(call, TYPES), "self": own(call, f"{TYPES}/{kind.id}")}
    return item(call, value, schema_of(TYPES), links, listed=listed)


def kinds(call: Call) -> Result:
    return Result(value=[] if call.head else [_kind(call, kind, listed=True) for kind in KINDS])


def _known(call: Call) -> Kind:
    """The kind asked for.  WordPress tells that there is none while it asks who may, so that nothing is allowed."""
    _rule(call)
    found = next((kind for kind in KINDS if kind.id == call.params.get("id")), None)
    if found is None:
        raise WireError("rest_widget_type_invalid", "There is no such kind of widget.", 404)
    return found


def kind_rule(call: Call) -> None:
    _known(call)


def kind(call: Call) -> Result:
    return Result(value=_kind(call, _known(call), listed=False))


ANSWERS: Answers = {
    SIDEBARS: Answer(sidebars, _rule),
    r"/wp/v2/sidebars/(?P<id>[\w-]+)": Answer(sidebar, _rule),
    WIDGETS: Answer(widgets, _rule),
    r"/wp/v2/widgets/(?P<id>[\w\-]+)": Answer(widget, _rule),
    TYPES: Answer(kinds, _rule),
    r"/wp/v2/widget-types/(?P<id>[a-zA-Z0-9_-]+)": Answer(kind, kind_rule),
}
