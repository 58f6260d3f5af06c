"""Search over posts, terms and post formats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wirepress.content import terms
from wirepress.content.permalinks import term_link
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermQuery
from wirepress.model.registry import PostType, Registry, Taxonomy
from wirepress.model.term import Term
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import EXCLUDE, INCLUDE, PAGING, searched
from wirepress.wp.declaration import Field, Link, Page, Param, Rules, Target, To, anybody
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError
from wirepress.wp.params import Refused
from wirepress.wp.resource import Resource
from wirepress.wp.resources.posts.fields import FORMATS
from wirepress.wp.routes import Route
from wirepress.wp.validation import Flaw, check
from wirepress.wp.values import items_of

CONTEXTS = ("view", "embed")
ROUTE = "/wp/v2/search"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.  `item` is the post or term itself, None for a format."""

    id: int | str
    title: str
    url: str
    type: str
    subtype: str
    item: Post | Term | None = None


FIELDS: tuple[Field[Hit], ...] = (
    Field("id", {"description": "The number or name of what was found.", "type": ["integer", "string"]}, CONTEXTS),
    Field("title", s.text("Its title."), CONTEXTS),
    Field("url", s.uri("Its page for readers."), CONTEXTS),
    Field("type",
          {"description": "What kind of thing it is.", "type": "string", "enum": ["post", "term", "post-format"]},
          CONTEXTS, answer=s.text("What kind of thing it is; of a term, its taxonomy.")),
    Field("subtype", {"description": "Its post type or taxonomy.", "type": "string"}, CONTEXTS,
          when=lambda h, _: bool(h.subtype)),
)  # fmt: skip


def posts_found(call: Call, subtypes: tuple[str, ...]) -> tuple[list[Hit], int]:
    words = searched(call)
    query = PostQuery(
        types=subtypes,
        page=call.page,
        per_page=call.per_page,
        search=words,
        orderby="relevance" if words else "date",
        include=call.ids("include"),
        exclude=() if call.ids("include") else call.ids("exclude"),
    )
    found = reading.browse(call.view, call.viewer, query)
    hits = []
    for post in reading.items(call.view, call.viewer, found.ids):
        title = ""
        if post.rendering:
            title = json.text(post.rendering.title, post.id)
        hits.append(Hit(post.id, title, call.view.lookup.permalink(post), "post", post.type, post))
    return hits, found.total


def terms_found(call: Call, subtypes: tuple[str, ...]) -> tuple[list[Hit], int]:
    query = TermQuery(
        taxonomies=subtypes,
        page=call.page,
        per_page=call.per_page,
        search=searched(call),
        include=call.ids("include"),
        exclude=() if call.ids("include") else call.ids("exclude"),
    )
    found = terms.browse(call.view, query)
    hits = [
        Hit(term.id, term.name, call.view.lookup.term_link(term), term.taxonomy, "", term)
        for term in terms.items(call.view, found.ids)
    ]
    return hits, found.total


def formats_found(call: Call, _: tuple[str, ...]) -> tuple[list[Hit], int]:
    """The formats whose names hold the words; those that no post wears have no page, and are left out.  They have no
    numbers by which they could be chosen or left out."""
    words = searched(call).lower()
    known = {t.slug.removeprefix("post-format-"): t for t in terms.all_of(call.view, "post_format")}
    hits = []
    for name in FORMATS[1:]:
        title = name.capitalize()
        if words and words not in title.lower():
            continue
        if (term := known.get(name)) is not None:
            # WordPress's addresses of formats leave out what their slugs begin with.
            url = term_link(call.site, replace(term, slug=name), call.view.lookup)
            hits.append(Hit(name, title, url, "post-format", ""))
    page, size = call.page, call.per_page
    return hits[(page - 1) * size : page * size], len(hits)


def found(call: Call) -> Page[Hit]:
    """What a search finds of the kind that is asked for."""
    kind = str(call.params.get("type") or "post")
    subtypes = call.strings("subtype")
    found_types, taxonomies = _subtypes(call.site.registry)
    own = {"post": found_types, "term": taxonomies}.get(kind, ())
    wanted = own
    if "any" not in subtypes:
        # Where no subtype fits, WordPress looks among posts alone; among terms of any kind, where we look among those
        # that are public.
        wanted = tuple(name for name in own if name in subtypes) or (("post",) if kind == "post" else own)
    hits, total = FINDERS[kind](call, wanted)
    if not hits and kind == "post":
        total = 0  # as WordPress counts only where it finds something
    return Page(hits, total)


FINDERS = {"post": posts_found, "term": terms_found, "post-format": formats_found}


def _searched(kind: PostType | Taxonomy) -> bool:
    return kind.public and kind.show_in_rest


def _subtypes(registry: Registry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The post types and taxonomies that search looks at: the public ones of the API."""
    found_types = tuple(name for name, kind in registry.types.items() if _searched(kind) and name != "attachment")
    taxonomies = tuple(name for name, taxonomy in registry.taxonomies.items() if _searched(taxonomy))
    return found_types, taxonomies


def _self(hit: Hit, call: Call) -> To | None:
    if hit.item is None:
        return None
    registry = call.site.registry
    if isinstance(hit.item, Post):
        kind = registry.types[hit.item.type]
        route = f"/{kind.rest_namespace}/{kind.rest_base}"
        return To(f"{call.api}{route}/{hit.id}", {"embeddable": True}, Target("post", hit.id))
    taxonomy = registry.taxonomies[hit.item.taxonomy]
    href = f"{call.api}/{taxonomy.rest_namespace}/{taxonomy.rest_base}/{hit.id}"
    return To(href, {"embeddable": True}, Target("term", (taxonomy.name, hit.id)))


def _about(hit: Hit, call: Call) -> To | None:
    if isinstance(hit.item, Post):
        return To(f"{call.api}/wp/v2/types/{hit.item.type}")
    if hit.item:
        return To(f"{call.api}/wp/v2/taxonomies/{hit.item.taxonomy}")
    return None


def _missing(_: Call) -> Hit:
    raise WireError("rest_no_route", "A result has no address of its own.", 404)


@dataclass(frozen=True, kw_only=True, eq=False)
class SearchResource(Resource[Hit]):
    """Search results; the methods beside a result's link are those of the thing itself, as `catalog` serves it."""

    catalog: Catalog

    def allowed(self, call: Call, item: Hit) -> tuple[str, ...]:
        own: Resource[Any] | None = None
        if isinstance(item.item, Post):
            own = self.catalog.posts.get(item.item.type)
        elif item.item is not None:
            own = self.catalog.terms.get(item.item.taxonomy)
        if own:
            return own.allowed(call, item.item)
        return ()


def resource_for(catalog: Catalog) -> SearchResource:
    """The resource of search results; its parameter `subtype` raises Refused for what is none."""
    found_types, taxonomies = _subtypes(catalog.registry)
    options = [*found_types, *taxonomies]
    subtype_schema = {
        "default": "any",
        "description": "Only these post types or taxonomies.",
        "type": "array",
        "items": {"enum": [*options, "any"], "type": "string"},
    }

    def subtypes(call: Call, value: Any) -> list[str] | dict[str, str]:
        """The subtypes that the type of what is looked for has, () for none of them.  Raises Refused for a name that
        nothing has."""
        if flaw := check(value, subtype_schema, "subtype"):
            raise Refused(flaw)
        wanted = [str(name) for name in items_of(value)]
        kind = call.params.get("type") or "post"
        own = {"post": found_types, "term": taxonomies}.get(str(kind), ())
        if "any" in wanted:
            return ["any"]
        if kind not in FINDERS:
            raise Refused(Flaw("rest_search_invalid_type", "There is no such type to search.", {"status": 400}))
        fitting = {str(place): name for place, name in enumerate(wanted) if name in own}
        # Links to other pages name each by the place that it was sent in.
        return list(fitting.values()) if len(fitting) == len(wanted) else fitting

    type_schema = {
        "default": "post",
        "description": "What kind of things to look for.",
        "type": "string",
        "enum": ["post", "term", "post-format"],
    }
    shown = (*FIELDS[:4], Field("subtype", {**FIELDS[4].schema, "enum": options}, CONTEXTS, FIELDS[4].read,
             when=FIELDS[4].when))  # fmt: skip
    return SearchResource(
        exact_fields=True,
        name="search-result",
        route=ROUTE,
        fields=shown,
        rules=Rules(anybody, anybody),
        catalog=catalog,
        find=_missing,
        page=found,
        past_end="rest_search_invalid_page_number",
        clamped=False,
        version_of=None,
        params=(
            *PAGING,
            Param("type", type_schema),
            Param("subtype", subtype_schema, clean=subtypes),
            EXCLUDE,
            INCLUDE,
        ),
        links=(
            Link("self", _self, hints=True),
            Link("about", _about),
            Link("collection", ROUTE),
        ),
    )


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """The route of search; a result has none."""
    return routes_of(catalog.documents, resource_for(catalog))[:1]
