"""Kinds of widgets; what a widget of one would be and look like, before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import first_of
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, constant, worded
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.resources.widgets import forms, instances, previews, settings
from wirepress.wp.resources.widgets.access import CONTEXTS, may_manage
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route

TYPES = "/wp/v2/widget-types"


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


def _kind(call: Call) -> Kind:
    found = (kind for kind in KINDS if kind.id == call.params.get("id"))
    return first_of(found, "rest_widget_type_invalid", "There is no such kind of widget.")


def _kind_rule(call: Call) -> None:
    """WordPress tells that there is no such kind while it asks who may, so that nothing is allowed."""
    may_manage(call)
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
    rules=Rules(may_manage, may_manage),
    asks={"read": _kind_rule},
    find=_kind,
    page=lambda _: Page(sorted(KINDS), len(KINDS)),
    collection="list",
    version_of=None,
    links=(Link("collection", TYPES), Link("self", TYPES + "/{id}", hints=True)),
    documented=False,
)


# ---- a widget before it is kept


def encoded(call: Call) -> Result:
    """What a widget of a kind would be with the settings that are sent: its form, its look and its settings.

    Raises what `instances.sent_of` raises.
    """
    kind = _kind(call)
    kept: Mapping[str, Any] = {}
    given = call.params.get("instance")
    if isinstance(given, dict) and "encoded" in given and "hash" in given:
        kept = instances.decoded(call, given["encoded"], given["hash"])
    sent = instances.first_of_form(call, kind.id)
    if sent is not None:
        kept = settings.kept(call, kind.id, sent[1], kept)
    number = call.integer("number", -1)
    return Result(value={
        "form": forms.form(call, kind.id, number, kept),
        "preview": previews.preview(call, kind.id, kept),
        "instance": instances.shown(call, kept),
    })  # fmt: skip


def page(call: Call) -> Result:
    """What a widget of a kind looks like, as a page of its own."""
    kind = _kind(call)
    given = call.params.get("instance")
    kept: Mapping[str, Any] = {}
    if isinstance(given, dict) and "encoded" in given and "hash" in given:
        kept = instances.decoded(call, given["encoded"], given["hash"])
    elif isinstance(given, dict) and isinstance(given.get("raw"), dict):
        kept = given["raw"]
    return Result(value={"preview": previews.page(call, previews.preview(call, kind.id, kept))})


_NAMED = (Param("id", s.text(), required=True), Param("instance", s.mapping()))
_ASKED = (
    ("encode", encoded, (*_NAMED, Param("form_data", s.text(), clean=instances.form_of))),
    ("render", page, _NAMED),
)


def routes(catalog: Catalog) -> list[Route]:
    """The kinds, and for each what encodes and shows a widget of it."""
    more = [
        Route(f"{TYPES}/{KIND.key}/{name}", (Endpoint(("POST",), run, may_manage, worded(params), None),))
        for name, run, params in _ASKED
    ]
    return [*routes_of(catalog.documents, KIND), *more]
