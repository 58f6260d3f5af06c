"""The categories of block patterns."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, NamedTuple

from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import ALL, Field, Page, Rules
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.resources.types import edits_any
from wirepress.wp.routes import Route


class Category(NamedTuple):
    """A category of patterns."""

    name: str
    label: str
    description: str = ""


CATEGORIES = (
    Category("featured", "Featured"),
    Category("posts", "Posts", "Lists of the newest posts."),
    Category("text", "Text", "Pieces of an article that are text above all."),
    Category("columns", "Columns", "What stands side by side."),
    Category("gallery", "Gallery", "Several pictures together."),
    Category("about", "About", "Who writes here."),
    Category("call-to-action", "Call to action", "What a reader is asked to do."),
    Category("header", "Headers"),
    Category("footer", "Footers"),
)


def may_browse(call: Call, _: Any = None) -> None:
    if not edits_any(call):
        call.refuse("rest_cannot_view", "You may not see the block patterns.")


def page(_: Call) -> Page[Category]:
    return Page(CATEGORIES, len(CATEGORIES))


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """The list of all categories; none has an address of its own."""
    resource: Resource[Category] = Resource(
        name="block-pattern-category",
        route="/wp/v2/block-patterns/categories",
        fields=tuple(Field(name, s.text(readonly=True, context=None), ALL) for name in Category._fields),
        rules=Rules(may_browse, may_browse),
        find=lambda _: CATEGORIES[0],
        page=page,
        collection="list",
        id_of=attrgetter("name"),
        version_of=None,
        args={"browse": ()},
        documented=False,
    )
    return routes_of(catalog.documents, resource)[:1]
