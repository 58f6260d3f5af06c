"""Collections of fonts to choose from: one, of the fonts that readers have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from wirepress.content.themes.styles import SETTINGS
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import PAGE, PER_PAGE
from wirepress.wp.declaration import ALL, Field, Link, Page, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route

ROUTE = "/wp/v2/font-collections"


@dataclass(frozen=True, slots=True)
class FontCollection:
    """A collection of fonts by its parts."""

    slug: str
    name: str
    description: str
    font_families: list[Mapping[str, Any]]
    categories: list[Mapping[str, str]]


SYSTEM = FontCollection(
    "system-fonts",
    "System fonts",
    "Fonts that readers have: nothing is fetched.",
    [
        {"font_family_settings": dict(family), "categories": ["system"]}
        for family in SETTINGS["typography"]["fontFamilies"]["theme"]
    ],
    [{"name": "System", "slug": "system"}],
)


def rule(call: Call, _: FontCollection | None = None) -> None:
    call.need("edit_theme_options", "rest_cannot_read", "You may not do that.")


def find(call: Call) -> FontCollection:
    """The collection of a call.  Raises where there is none."""
    if call.params.get("slug") != SYSTEM.slug:
        raise missing("rest_font_collection_not_found", "There is no such collection of fonts.")
    return SYSTEM


def page(call: Call) -> Page[FontCollection]:
    return Page([SYSTEM][(call.page - 1) * call.per_page :], 1)


COLLECTIONS: Resource[FontCollection] = Resource(
    name="font-collection",
    route=ROUTE,
    key=r"(?P<slug>[\/\w-]+)",
    keyless=True,
    fields=(
        Field("slug", s.text(), ALL),
        *(Field(name, s.text(), ALL, readonly=False) for name in ("name", "description")),
        *(Field(name, s.of("array"), ALL, readonly=False) for name in ("font_families", "categories")),
    ),
    rules=Rules(rule, rule),
    asks={"read": rule},
    find=find,
    page=page,
    id_of=attrgetter("slug"),
    version_of=None,
    params=(PAGE, PER_PAGE),
    links=(Link("self", ROUTE + "/{slug}", hints=True), Link("collection", ROUTE)),
    documented=False,
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """Collections and each of them."""
    return routes_of(catalog.documents, COLLECTIONS)
