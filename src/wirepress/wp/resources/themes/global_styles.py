"""Global styles: what the theme sets, and what the site's people have changed (WP_REST_Global_Styles_Controller)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wirepress.content import customisations
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.content.themes.settings import settings_of as theme_settings
from wirepress.content.themes.settings import styles_of as theme_styles
from wirepress.model.post import Post
from wirepress.render.titles import title
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import ALL, READ, Field, Group, Link, Param, Rules, To, Verbs, Write, worded
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.themes.facts import stylesheet
from wirepress.wp.resources.themes.theme_json import known_settings, known_styles
from wirepress.wp.resources.types import edits_any
from wirepress.wp.response_schema import LINKS, some_of_fields
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Shows

ROUTE = "/wp/v2/global-styles"
THEME = r'/wp/v2/global-styles/themes/(?P<stylesheet>[^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)'
VARIATIONS = r"/wp/v2/global-styles/themes/(?P<stylesheet>[\/\s%\w\.\(\)\[\]\@_\-]+)/variations"
VERSION = 3
"""Of theme.json."""
_END_OF_STYLE = re.compile(r"</(?:s(?:t(?:y(?:l(?:e(?:[\s/>]|\Z)|\Z)|\Z)|\Z)|\Z)|\Z)", re.IGNORECASE)


class OwnStyles:
    """The id of the post that holds what the site's people have changed of the theme, asked for once."""

    def __init__(self) -> None:
        self._found: int | None = None

    def of(self, call: Call) -> int:
        if self._found is None:
            self._found = int(customisations.styles_of(call.view, stylesheet(call)))
        return self._found


def styles_id(call: Call) -> int:
    """The id of the post that holds what the site's people have changed of the theme, 0 when nothing was."""
    return call.fetched.of(OwnStyles).of(call)


# ---- what a post holds


class Read(dict[str, dict[str, Any]]):
    """What the texts of posts say, each read once for all fields of an answer."""


def changed(post: Post, call: Call) -> dict[str, Any]:
    """What the post holds (theme.json in words); anything else is nothing."""
    read = call.fetched.of(Read)
    if post.content not in read:
        read[post.content] = _read(post.content)
    return read[post.content]


def _read(text: str) -> dict[str, Any]:
    try:
        kept = json.load(text)
    except (ValueError, RecursionError):
        return {}
    if isinstance(kept, dict) and kept.get("isGlobalStylesUserThemeJSON"):
        return kept
    return {}


def settings_of(post: Post, call: Call) -> Any:
    """The settings as WordPress gives those of the site's people (WP_Theme_JSON with the origin "custom")."""
    return known_settings(changed(post, call).get("settings"), "custom")


def styles_in(post: Post, call: Call) -> Any:
    """The styles as WordPress gives them."""
    return known_styles(changed(post, call).get("styles"))


# ---- who may ask


def may_read(call: Call, post: Post) -> None:
    if call.params.get("context") == "edit" and not call.may("edit_post", post):
        call.refuse("rest_forbidden_context", "You may not edit these styles.")
    if not edits_any(call):
        call.refuse("rest_cannot_view", "You may not see these styles.")


def may_edit(call: Call, post: Post) -> None:
    call.need("edit_post", "rest_cannot_edit", "You may not edit these styles.", post)


def may_see_theme(call: Call, _: Any = None) -> None:
    if not (edits_any(call) or call.viewer.can("edit_theme_options")):
        call.refuse("rest_cannot_read_global_styles", "You may not see the theme's styles.")


# ---- reading and changing


def styles_post(call: Call, name: str = "id") -> Post:
    """The post that a parameter names.  Raises where there is none."""
    post = reading.get(call.view, call.integer(name), (customisations.STYLES,))
    if post is None:
        raise missing("rest_global_styles_not_found", "There are no such styles.")
    return post


def _raw(_: Call, value: Any, __: Any) -> Any:
    if isinstance(value, dict):
        value = value.get("raw") or None
    if isinstance(value, str):
        return value
    return None


def update(call: Call, post: Post, given: dict[str, Any]) -> Post:
    """Keeps the settings and styles that were sent; what was not sent stays."""
    content = None
    if "styles" in given or "settings" in given:
        parts = {**changed(post, call), **given}
        _refuse_markup(parts.get("styles"))
        kept = {name: parts[name] for name in ("styles", "settings") if parts.get(name) is not None}
        content = json.dump({**kept, "isGlobalStylesUserThemeJSON": True, "version": VERSION}).decode()
    return publishing.update(call.view, call.viewer, post.id, Changes(title=given.get("title"), content=content))


def _refuse_markup(styles: Any) -> None:
    """CSS stands in a style element, which it must not be able to end (validate_custom_css)."""
    css = None
    if isinstance(styles, Mapping):
        css = styles.get("css")
    if isinstance(css, str) and _END_OF_STYLE.search(css):
        raise WireError("rest_custom_css_illegal_markup", "CSS cannot hold the end of a style element.", 400)


def _own(post: Post) -> str:
    return f"{ROUTE}/{post.id}"


def _history(post: Post, call: Call) -> To:
    return To(f"{call.api}{_own(post)}/revisions", {"count": post.revisions})


def _css(post: Post, call: Call) -> To | None:
    if call.may("edit_css"):
        return To(call.api + _own(post))
    return None


OBJECT = s.of(["object"])
TITLE = s.of(["object", "string"], default="", context=None)
RAW: Field[Post] = Field("raw", s.text(), ALL, "title", readonly=False)
RENDERED: Field[Post] = Field("rendered", s.text(), ALL, lambda post, _: title(post.title))
_SENT_TITLE = {"raw": RAW.described(), "rendered": RENDERED.described()}
STYLES_RESOURCE: Resource[Post] = Resource(
    name="wp_global_styles",
    route=ROUTE,
    key=r"(?P<id>[\/\d+]+)",
    fields=(
        Field("id", s.integer(), ("embed", "view", "edit")),
        Group("title", TITLE, ("embed", "view", "edit"), (RAW, RENDERED), Write(convert=_raw)),
        Field("settings", OBJECT, READ, settings_of, Write()),
        Field("styles", OBJECT, READ, styles_in, Write()),
    ),
    order=("id", "styles", "settings", "title"),
    rules=Rules(None, may_read, edit=may_edit),
    find=styles_post,
    version_of=None,
    args={
        "read": (Param("id", s.integer()),),
        "edit": (
            Param("styles", OBJECT, eager=True),
            Param("settings", OBJECT, eager=True),
            Param("title", s.of(["object", "string"], properties=_SENT_TITLE), eager=True),
        ),
    },
    links=(
        Link("self", ROUTE + "/{id}", hints=True),
        Link("about", "/wp/v2/types/wp_global_styles"),
        Link("version-history", _history),
        Link("wp:action-publish", ROUTE + "/{id}"),
        Link("wp:action-edit-css", _css),
    ),
    batch=False,
    documented=False,
    verbs=Verbs(update=update),
)


# ---- the theme's


def _of_theme(call: Call) -> str:
    name = str(call.params.get("stylesheet"))
    if name != stylesheet(call):
        raise missing("rest_theme_not_found", "There is no such theme.")
    return name


def variations(call: Call) -> Result:
    """The theme comes in one style."""
    _of_theme(call)
    return Result(value=[])


OPEN = s.mapping(properties={}, additionalProperties=True)
_SHOWN = some_of_fields(
    {"title": s.text(), "settings": OPEN, "styles": OPEN, "version": s.integer()}, {"_links": LINKS}
)
_NAMED = (Param("stylesheet", s.text()),)
THEME_STYLES: Resource[str] = Resource(
    name="theme-styles",
    route=THEME,
    key="",
    fields=(
        Field("settings", OBJECT, READ, lambda _, call: theme_settings(call.site.theme)),
        Field("styles", OBJECT, READ, lambda _, call: theme_styles(call.site.theme)),
    ),
    rules=Rules(None, may_see_theme),
    asks={"read": may_see_theme},
    find=_of_theme,
    version_of=None,
    args={"read": _NAMED},
    links=(Link("self", lambda name, call: To(f"{call.api}{ROUTE}/themes/{name}"), hints=True),),
    batch=False,
    documented=False,
    answer=_SHOWN,
)


def routes(catalog: Catalog) -> Iterator[Route]:
    """The site's styles, and those of the theme."""
    yield from routes_of(catalog.documents, STYLES_RESOURCE)
    yield from (replace(route, schema=None) for route in routes_of(catalog.documents, THEME_STYLES))
    shows = Shows("value", {"type": "array", "items": _SHOWN})
    yield Route(VARIATIONS, (Endpoint(("GET",), variations, may_see_theme, worded(_NAMED), False, shows),))
