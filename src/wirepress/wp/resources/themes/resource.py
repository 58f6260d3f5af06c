"""Themes: the one that the site has (WP_REST_Themes_Controller)."""

from __future__ import annotations

from operator import attrgetter
from types import SimpleNamespace

from wirepress.content import customisations
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import EVERY, Field, Link, Page, Param, Rules, To
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.themes.facts import described, stylesheet
from wirepress.wp.resources.themes.global_styles import styles_id
from wirepress.wp.resources.themes.supports import SUPPORTS
from wirepress.wp.resources.types import edits_any
from wirepress.wp.routes import Route
from wirepress.wp.schema import Schema

ROUTE = "/wp/v2/themes"
KEY = r'(?P<stylesheet>[^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)'

# ---- who may ask


def _may_see(call: Call, *, active: bool) -> None:
    """Who may switch themes sees all, who may edit anything the active one."""
    if call.viewer.can("switch_themes") or call.viewer.can("manage_network_themes"):
        return
    if not active:
        call.refuse("rest_cannot_view_themes", "You may not see the themes.")
    if not edits_any(call):
        call.refuse("rest_cannot_view_active_theme", "You may not see the active theme.")


def may_browse(call: Call) -> None:
    _may_see(call, active=call.params.get("status") == ["active"])


def may_read(call: Call) -> None:
    _may_see(call, active=call.params.get("stylesheet") == stylesheet(call))


def may_see_active(call: Call, _: SimpleNamespace) -> None:
    _may_see(call, active=True)


# ---- the site's own styles of it


def _unstyled(call: Call) -> bool:
    """Whether there is no place yet for the site's own styles, and somebody asks who may change them: they find one."""
    return not call.head and call.viewer.can("edit_theme_options") and not styles_id(call)


def _styles(_: SimpleNamespace, call: Call) -> To:
    """Where the site's own styles are; made where there was none."""
    if call.view.unit.writing and _unstyled(call):
        found = customisations.styles_made(call.view, call.viewer, stylesheet(call))
    else:
        found = styles_id(call)
    return To(f"{call.api}/wp/v2/global-styles/{found}")


def _export(_: SimpleNamespace, call: Call) -> To:
    allowed = ["GET"] if call.viewer.can("export") else []
    return To(f"{call.api}/wp-block-editor/v1/export", {"targetHints": {"allow": allowed}})


# ---- what is found


def page(call: Call) -> Page[SimpleNamespace]:
    """The active theme, unless only others are asked for."""
    asked = call.params.get("status")
    if asked and "active" not in asked:
        return Page([], 0)
    return Page([described(call)], 1)


def find(call: Call) -> SimpleNamespace:
    """The theme of a call.  Raises for any but the site's own."""
    if call.params.get("stylesheet") != stylesheet(call):
        raise missing("rest_theme_not_found", "There is no such theme.")
    return described(call)


def _both(inner: Schema) -> Schema:
    """A text as it is written and as it is shown."""
    return {"type": "object", "readonly": True, "properties": {"raw": inner, "rendered": s.text(**_format(inner))}}


def _format(inner: Schema) -> Schema:
    if "format" in inner:
        return {"format": inner["format"]}
    return {}


def _listed(**properties: Schema) -> Schema:
    return {"items": s.mapping(properties=properties)}


_TEXT = s.text()
RESOURCE: Resource[SimpleNamespace] = Resource(
    name="theme",
    route=ROUTE,
    key=KEY,
    fields=(
        *(Field(name, _TEXT, EVERY) for name in ("stylesheet", "template", "requires_php", "requires_wp")),
        *(Field(name, _TEXT, EVERY) for name in ("textdomain", "version")),
        Field("screenshot", s.uri(), EVERY),
        Field("author", _both(_TEXT), EVERY),
        Field("author_uri", _both(s.uri()), EVERY),
        Field("description", _both(_TEXT), EVERY),
        Field("name", _both(_TEXT), EVERY),
        Field("tags", _both(s.array("", "string")), EVERY),
        Field("theme_uri", _both(s.uri()), EVERY),
        Field("status", s.choice("", ("inactive", "active")), EVERY, readonly=False),
        Field("theme_supports", s.mapping(), EVERY, tail={"properties": SUPPORTS}),
        Field("is_block_theme", s.boolean(), EVERY),
        Field("stylesheet_uri", s.uri(), EVERY),
        Field("template_uri", s.uri(), EVERY),
        Field("default_template_types", s.of("array"), EVERY, tail=_listed(slug=_TEXT, title=_TEXT, description=_TEXT)),
        Field("default_template_part_areas", s.of("array"), EVERY,
              tail=_listed(area=_TEXT, label=_TEXT, description=_TEXT, icon=_TEXT, area_tag=_TEXT)),
    ),
    order=(
        "stylesheet", "stylesheet_uri", "template", "template_uri", "author", "author_uri", "description",
        "is_block_theme", "name", "requires_php", "requires_wp", "screenshot", "tags", "textdomain", "theme_supports",
        "theme_uri", "version", "status", "default_template_types", "default_template_part_areas",
    ),
    rules=Rules(may_browse, may_see_active),
    asks={"read": may_read},
    find=find,
    page=page,
    collection="whole",
    id_of=attrgetter("stylesheet"),
    version_of=None,
    args={
        "browse": (Param("status", {"type": "array", "items": {"enum": ["active", "inactive"], "type": "string"}}),),
        "read": (Param("stylesheet", _TEXT),),
    },
    links=(
        Link("self", ROUTE + "/{stylesheet}", hints=True),
        Link("collection", ROUTE),
        Link("wp:user-global-styles", _styles),
        Link("wp:export-theme", _export),
    ),
    documented=False,
    alters=_unstyled,
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """Themes and each of them."""
    return routes_of(catalog.documents, RESOURCE)
