"""Terms: one factory for categories, tags, menus and the taxonomies of a site's own."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from wirepress.content import terms
from wirepress.content.identity.permissions import readable
from wirepress.content.menus import classic
from wirepress.content.posts import joining
from wirepress.model.query import Found, TermQuery
from wirepress.model.registry import Registry, Taxonomy
from wirepress.model.term import Term
from wirepress.render.slugs import slug as slug_of
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.cleaning import plain_text
from wirepress.wp.collection import EXCLUDE, INCLUDE, OFFSET, PAGING, SLUGS, ordered, searched, sorted_by
from wirepress.wp.declaration import EMBEDDABLE, Entry, Field, Link, Param, Rules, Target, To, Way, Write, by_verb
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.meta import meta_of, schemas, sent
from wirepress.wp.params import Refused
from wirepress.wp.resource import Resource
from wirepress.wp.resources.terms.writes import verbs_of
from wirepress.wp.resources.types import edits_any
from wirepress.wp.routes import Route
from wirepress.wp.validation import Flaw, check, clean
from wirepress.wp.values import is_numeric, to_int

ALL = ("view", "embed", "edit")
READ = ("view", "edit")
ORDERS = ("id", "include", "name", "slug", "include_slugs", "term_group", "description", "count")
FORCE = Param("force", s.boolean("Has to be true: terms have no trash.", default=False))


def titled(taxonomy: Taxonomy) -> str:
    if taxonomy.name == "post_tag":
        return "tag"
    return taxonomy.name


def _slugged(call: Call, value: Any) -> str:
    return slug_of(value, locale=call.site.locale)


def fields_of(taxonomy: Taxonomy) -> tuple[Entry[Term], ...]:
    fields: list[Entry[Term]] = [Field("id", s.integer("The number of the term."), ALL)]
    menu = taxonomy.name == "nav_menu"
    if not menu:
        fields.append(Field("count", s.integer("How many posts wear it."), READ))
    fields.append(Field("description", s.text("The description."), READ, write=Write()))
    if not menu:
        fields.append(Field("link", s.uri("Its page for readers."), ALL, lambda t, c: c.view.lookup.term_link(t)))
    fields += [
        Field("name", s.text("The name."), ALL, write=Write(clean=plain_text), tail={"required": True}),
        Field("slug", s.text("The part of its address that names it."), ALL,
              write=Write(convert=by_verb if menu else None, clean=_slugged)),
    ]  # fmt: skip
    if not menu:
        fields.append(Field("taxonomy", s.choice("Its taxonomy.", (taxonomy.name,)), ALL))
    if taxonomy.hierarchical:
        fields.append(Field("parent", s.integer("The id of what it stands under."), READ, write=Write()))
    fields.append(meta_field(taxonomy))
    if menu:
        fields += [
            Field("locations", s.array("Where the menu is shown.", "string"), READ, locations,
                  write=Write(convert=by_verb, clean=known_locations, eager=False)),
            Field("auto_add", {"description": "Whether new pages join it.", "context": None, "type": "boolean"}, READ,
                  auto_add, write=Write(convert=by_verb)),
        ]  # fmt: skip
    return tuple(fields)


def meta_field(taxonomy: Taxonomy) -> Field[Term]:
    keys = schemas(taxonomy.meta)
    tail: dict[str, Any] = {"properties": keys or []}
    answer = s.NOTHING
    if keys:
        answer = {"type": "object", "properties": {name: {} for name in keys}, "required": list(keys)}
    read = meta_of({}, taxonomy.meta)
    return Field("meta", s.mapping("Registered meta."), READ, read, answer=answer,
                 write=Write(convert=by_verb, clean=sent, eager=False), tail=tail)  # fmt: skip


def locations(term: Term, call: Call) -> list[str]:
    """The places of the theme that show a menu."""
    return [place for place, menu in classic.places(call.site).items() if menu == term.id]


def known_locations(_: Call, value: Any) -> list[str]:
    """The places that are asked for.  Raises Refused for one that the theme does not have."""
    places = s.array("Where the menu is shown.", "string")
    if (flaw := check(value, places, "locations")) is not None:
        raise Refused(flaw)
    asked: list[str] = clean(value, places)
    for place in asked:
        if place not in classic.THEME_PLACES:
            message = "The theme has no such place for a menu."
            raise Refused(Flaw("rest_invalid_menu_location", message, {"location": place}))
    return asked


def auto_add(term: Term, call: Call) -> bool:
    return term.id in joining.joined(call.site)


def links_of(taxonomy: Taxonomy, registry: Registry) -> tuple[Link[Term], ...]:
    route = route_of(taxonomy)
    links: list[Link[Term]] = [
        Link("self", f"{route}/{{id}}", hints=True),
        Link("collection", route),
        Link("about", f"/wp/v2/taxonomies/{taxonomy.name}"),
    ]
    if taxonomy.hierarchical:
        links.append(Link("up", lambda t, c: _up(t, c, taxonomy, route)))
    bases = [
        f"/{kind.rest_namespace}/{kind.rest_base}"
        for name in taxonomy.types
        if (kind := registry.types.get(name)) is not None and kind.show_in_rest
    ]
    if bases:
        links.append(Link("wp:post_type", tuple(Way(base, f"{taxonomy.rest_base}={{id}}") for base in bases)))
    return tuple(links)


def _up(term: Term, call: Call, taxonomy: Taxonomy, route: str) -> To | None:
    if not term.parent:
        return None
    return To(f"{call.api}{route}/{term.parent}", EMBEDDABLE, Target("term", (taxonomy.name, term.parent)))


def route_of(taxonomy: Taxonomy) -> str:
    return f"/{taxonomy.rest_namespace}/{taxonomy.rest_base}"


def params_of(taxonomy: Taxonomy) -> tuple[Param, ...]:
    """The parameters of a taxonomy's collection, in WordPress's order."""
    hierarchical = taxonomy.hierarchical
    return (
        *PAGING,
        EXCLUDE,
        INCLUDE,
        *(() if hierarchical else (OFFSET,)),
        ordered("asc"),
        sorted_by("name", ORDERS),
        Param("hide_empty", s.boolean("Whether terms that nothing wears are left out.", default=False)),
        *((Param("parent", s.integer("Only what stands under this term.")),) if hierarchical else ()),
        Param("post", {"description": "Only what this post wears.", "type": "integer", "default": None}),
        SLUGS,
    )


def query_of(taxonomy: Taxonomy, call: Call) -> TermQuery:
    params = call.params
    parent, post = params.get("parent"), params.get("post")
    return TermQuery(
        taxonomies=(taxonomy.name,),
        page=call.page,
        per_page=call.per_page,
        offset=None if taxonomy.hierarchical else call.offset or None,
        orderby=str(params.get("orderby") or "name"),
        order=call.order,
        search=searched(call),
        include=call.ids("include"),
        exclude=() if call.ids("include") else call.ids("exclude"),
        slugs=tuple(slug_of(slug, locale=call.site.locale) for slug in call.strings("slug")),
        hide_empty=bool(params.get("hide_empty")),
        parent=None if parent is None else to_int(parent),
        post=to_int(post) if post else None,
    )


def _refuse_unreadable_post(taxonomy: Taxonomy, call: Call) -> None:
    """Raises where the terms of a post are asked for that is not there, has no such terms, or that the caller may not
    read."""
    if call.holds("post"):
        post = call.view.lookup.post(call.integer("post")) if is_numeric(call.params["post"]) else None
        if post is None:
            raise WireError("rest_post_invalid_id", "There is no post with this id.", 400)
        if post.type not in taxonomy.types or not readable(call.view, call.viewer, post):
            call.refuse("rest_forbidden_context", "You may not see the terms of this post.")


def rules_of(taxonomy: Taxonomy) -> Rules[Term]:
    caps = taxonomy.capabilities
    private = taxonomy.name == "nav_menu"

    def viewable(call: Call) -> None:
        if private and not (call.viewer.can("edit_theme_options") or edits_any(call)):
            call.refuse("rest_cannot_view", "You may not see menus.")

    def browse(call: Call) -> None:
        if call.editing:
            call.need(caps["edit_terms"], "rest_forbidden_context", "You may not edit terms of this taxonomy.")
        _refuse_unreadable_post(taxonomy, call)
        viewable(call)

    def read(call: Call, term: Term) -> None:
        if call.editing:
            call.need("edit_term", "rest_forbidden_context", "You may not edit this term.", term)
        viewable(call)

    def create(call: Call) -> None:
        capability = caps["edit_terms" if taxonomy.hierarchical else "assign_terms"]
        call.need(capability, "rest_cannot_create", "You may not create terms of this taxonomy.")

    def edit(call: Call, term: Term) -> None:
        call.need("edit_term", "rest_cannot_update", "You may not edit this term.", term)

    def delete(call: Call, term: Term) -> None:
        call.need("delete_term", "rest_cannot_delete", "You may not delete this term.", term)

    return Rules(browse, read, create, edit, delete)


def resource_for(taxonomy: Taxonomy, registry: Registry) -> Resource[Term]:
    """The resource of a taxonomy; finding an item raises where there is none."""

    def find(call: Call) -> Term:
        """The term of a call.  Raises where there is none."""
        term = terms.get(call.view, taxonomy.name, call.integer("id"))
        if term is None:
            raise missing("rest_term_invalid", "There is no such term.")
        return term

    def browse(call: Call) -> Found:
        return terms.browse(call.view, query_of(taxonomy, call))

    def items(call: Call, ids: Sequence[int]) -> list[Term]:
        found = terms.items(call.view, ids)
        lookup = call.view.lookup
        lookup.add_terms(found)
        above = {term.parent for term in found if term.parent}
        for _ in range(4):  # links name what a term stands under; most chains are short
            lookup.prefetch_terms(taxonomy.name, above)
            above = {t.parent for i in above if (t := lookup.term(i)) is not None and t.parent}
            if not above:
                break
        return found

    menu = taxonomy.name == "nav_menu"
    return Resource(
        name=titled(taxonomy),
        route=route_of(taxonomy),
        namespace=taxonomy.rest_namespace,
        fields=fields_of(taxonomy),
        rules=rules_of(taxonomy),
        find=find,
        browse=browse,
        items=items,
        public=None if menu else lambda _: True,
        id_of=attrgetter("taxonomy_id"),
        params=params_of(taxonomy),
        delete_params=(FORCE,),
        links=links_of(taxonomy, registry),
        # A term's address is made of its parents' slugs.
        depends_on="epoch" if taxonomy.hierarchical else "shared",
        batch=True,
        offset_counts_pages=not taxonomy.hierarchical,
        exact_fields=True,
        key_schema=s.integer("The number of the term."),
        verbs=verbs_of(taxonomy),
    )


def routes(catalog: Catalog) -> list[Route]:
    return [route for resource in catalog.terms.values() for route in routes_of(catalog.documents, resource)]
