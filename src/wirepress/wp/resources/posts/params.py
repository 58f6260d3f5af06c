"""The parameters of collections of posts, and the query that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wirepress.content import terms as term_verbs
from wirepress.content.posts import reading
from wirepress.model.query import PostQuery, TermFilter, Visibility
from wirepress.model.registry import PostType, Taxonomy
from wirepress.render.filetypes import ALLOWED_TYPES
from wirepress.render.slugs import slug as slug_of
from wirepress.render.values import to_boolean
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.collection import (
    EXCLUDE,
    IDS,
    INCLUDE,
    OFFSET,
    PAGING,
    SLUGS,
    columns,
    dated,
    orderby_of,
    ordered,
    sorted_by,
)
from wirepress.wp.declaration import Param
from wirepress.wp.params import Refused
from wirepress.wp.resources.posts.fields import FORMATS
from wirepress.wp.resources.posts.links import served
from wirepress.wp.schema import Schema
from wirepress.wp.validation import Flaw, check
from wirepress.wp.values import integers_in, items_of, to_int

MIME_TYPES = frozenset(ALLOWED_TYPES.values())
QUERYABLE = (
    "publish", "future", "draft", "pending", "private", "trash", "auto-draft", "inherit", "request-pending",
    "request-confirmed", "request-failed", "request-completed", "any",
)  # fmt: skip
ORDERS = ("author", "date", "id", "include", "modified", "parent", "relevance", "slug", "include_slugs", "title")
AUTHORS = (
    Param("author", s.array("Only posts of these authors.", IDS, default=[])),
    Param("author_exclude", s.array("No posts of these authors.", IDS, default=[])),
)
PARENTS = (
    Param("parent", s.array("Only what stands under one of these.", IDS, default=[])),
    Param("parent_exclude", s.array("Nothing that stands under one of these.", IDS, default=[])),
)


def term_params(taxonomy: Taxonomy) -> tuple[Param, Param]:
    """`categories` and `categories_exclude`: ids, or an object with more to say."""
    ids = {"title": "Term ID List", "description": "Ids of terms.", "type": "array", "items": IDS}
    terms: dict[str, Any] = {"terms": {"description": "Term IDs.", "type": "array", "items": IDS, "default": []}}
    if taxonomy.hierarchical:
        terms["include_children"] = s.boolean("Whether what stands below a term counts as well.", default=False)
    operator = s.choice("Whether a post must have all terms or any.", ("AND", "OR"), default="OR")

    def schema(description: str, properties: dict[str, Any]) -> Schema:
        query = {
            "title": "Term ID Taxonomy Query",
            "description": "A query by terms.",
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return {"description": description, "type": ["object", "array"], "oneOf": [ids, query]}

    return (
        Param(
            taxonomy.rest_base, schema(f"Only posts with terms in {taxonomy.name}.", {**terms, "operator": operator})
        ),
        Param(f"{taxonomy.rest_base}_exclude", schema(f"No posts with terms in {taxonomy.name}.", terms)),
    )


def statuses(kind: PostType) -> Param:
    """`status`: each of them must be one that the caller may ask for, or its cleaning raises."""
    default = "inherit" if kind.name == "attachment" else "publish"
    options = ("inherit", "private", "trash") if kind.name == "attachment" else QUERYABLE
    schema: Schema = {
        "default": default,
        "description": "Only what has one of these statuses.",
        "type": "array",
        "items": {"enum": list(options), "type": "string"},
    }

    def clean(call: Call, value: Any) -> list[str]:
        """The statuses.  Raises Refused for one that is none, or that the caller may not ask for."""
        wanted = [str(status) for status in items_of(value)]
        for status in wanted:
            if status == default:
                continue
            if not reading.askable(call.view, call.viewer, kind.name, status):
                data = {"status": 403 if call.logged_in else 401}
                raise Refused(Flaw("rest_forbidden_status", "You may not ask for this status.", data))
            if flaw := check(status, schema, "status"):
                raise Refused(flaw)
        return wanted

    return Param("status", schema, clean=clean)


def params_of(kind: PostType, taxonomies: tuple[Taxonomy, ...]) -> tuple[Param, ...]:
    """The parameters of a type's collection, in WordPress's order."""
    authored = kind.name == "attachment" or "author" in kind.supports
    nested = kind.hierarchical or kind.name == "attachment"
    ordering = (*ORDERS, "menu_order") if "page-attributes" in kind.supports else ORDERS
    found: list[Param] = [
        *PAGING,
        dated("after", "Only what was published after this date."),
        dated("modified_after", "Only what was changed after this date."),
        *(AUTHORS if authored else ()),
        dated("before", "Only what was published before this date."),
        dated("modified_before", "Only what was changed before this date."),
        EXCLUDE,
        INCLUDE,
    ]
    if "page-attributes" in kind.supports:
        found.append(Param("menu_order", s.integer("Only what has this place.")))
    found += [
        Param("search_semantics", s.choice("How the words of a search are understood.", ("exact",))),
        OFFSET,
        ordered("desc"),
        sorted_by("date", ordering),
        *(PARENTS if nested else ()),
        columns(("post_title", "post_content", "post_excerpt")),
        SLUGS,
        statuses(kind),
    ]
    if assigned := served(kind, taxonomies):
        found.append(Param("tax_relation", s.choice("How several taxonomies are joined.", ("AND", "OR"))))
        for taxonomy in assigned:
            found += term_params(taxonomy)
    if kind.name == "post":
        found += [
            Param("sticky", s.boolean("Only sticky posts, or none of them.")),
            Param("ignore_sticky", s.boolean("Whether sticky posts stay in their place.", default=True)),
        ]
    if "post-formats" in kind.supports:
        items = {"enum": list(FORMATS), "type": "string"}
        schema = {"description": "Only posts of these formats.", "type": "array", "uniqueItems": True, "items": items}
        found.append(Param("format", schema))
    return tuple(found)


def query_of(kind: PostType, taxonomies: tuple[Taxonomy, ...], call: Call) -> PostQuery:
    """The query that a collection's call makes.

    Of two lists that contradict each other one is not looked at: authors, where some are excluded; what is excluded,
    where ids or parents are given (WP_Query::get_posts).
    """
    params = call.params
    orderby = orderby_of(call)
    menu_order = params.get("menu_order")
    parents, include, authors_not = call.ids("parent"), call.ids("include"), call.ids("author_exclude")
    sticky = None if params.get("sticky") is None else to_boolean(params["sticky"])
    chosen = include or sticky
    any_filter = params.get("tax_relation") == "OR"
    filters = filters_of(kind, taxonomies, call, any_filter=any_filter)
    return PostQuery(
        types=(kind.name,),
        statuses=_statuses(kind, call),
        visibility=_visibility(kind, call),
        page=call.page,
        per_page=call.per_page,
        offset=call.offset,
        orderby=orderby,
        order=call.order,
        search=str(params.get("search") or ""),
        search_columns=call.strings("search_columns"),
        search_exact=params.get("search_semantics") == "exact",
        authors=() if authors_not else call.ids("author"),
        authors_not=authors_not,
        include=include,
        exclude=() if chosen else call.ids("exclude"),
        slugs=tuple(slug_of(slug, locale=call.site.locale) for slug in call.strings("slug")),
        parents=parents or None,
        parents_not=() if parents else call.ids("parent_exclude"),
        menu_order=None if menu_order is None else abs(to_int(menu_order)),
        after=call.stamp("after"),
        before=call.stamp("before"),
        modified_after=call.stamp("modified_after"),
        modified_before=call.stamp("modified_before"),
        terms=filters,
        terms_relation="OR" if any_filter else "AND",
        sticky=sticky or (None if include else sticky),
        sticky_ids=call.site.sticky,
        sticky_first=_are_sticky_first(kind, call, filters) and not chosen,
        mime_types=tuple(name for name in call.strings("mime_type") if name in MIME_TYPES),
        mime_classes=call.strings("media_type"),
    )


def _are_sticky_first(kind: PostType, call: Call, filters: Sequence[TermFilter]) -> bool:
    """Whether sticky posts are put before the others, as on the front page: that is no search and no archive of a
    term, and it is the first page (WP_Query::parse_query).

    Formats make an archive, the standard one too, but not beside terms of which it is asked as well: WordPress puts
    them a level deeper then, where it does not look.
    """
    if kind.name != "post" or call.params.get("ignore_sticky") is not False:
        return False
    of_terms = [wanted for wanted in filters if wanted.taxonomy != "post_format"]
    has_formats_alone = bool(filters) and not of_terms
    is_archive = has_formats_alone or not all(wanted.negate for wanted in of_terms)
    return call.page == 1 and call.params.get("search") is None and not is_archive


def _visibility(kind: PostType, call: Call) -> Visibility:
    """Whose private posts are meant where the status is sent empty: all, to who may read them, else one's own."""
    is_usual = kind.name == "attachment" or call.strings("status")
    if is_usual or call.viewer.can(kind.capabilities["read_private_posts"]):
        return Visibility()
    return Visibility(("publish",), ("private",), call.viewer.id)


def _statuses(kind: PostType, call: Call) -> tuple[str, ...]:
    # Sent empty, it is as if WP_Query were asked without one: what is published, and what is private to its readers.
    usual = ("inherit",) if kind.name == "attachment" else ("publish", "private")
    wanted = call.strings("status") or usual
    if "any" not in wanted:
        return wanted
    hidden = {"trash", "auto-draft"}.difference(wanted)
    return tuple(name for name in call.site.registry.statuses if name not in hidden)


def filters_of(
    kind: PostType, taxonomies: tuple[Taxonomy, ...], call: Call, *, any_filter: bool
) -> tuple[TermFilter, ...]:
    """What a call asks of the terms and the formats of posts; `any_filter`: one of it is enough.

    Then a filter that excludes terms that there are not is left out, since all posts would pass it
    (WP_Tax_Query::get_sql_for_clause).  The standard format is no such filter: it asks for posts that have none.
    """
    filters: list[TermFilter] = []
    for taxonomy in served(kind, taxonomies):
        base = taxonomy.rest_base
        filters += _filters(call, taxonomy, call.params.get(base), negate=False)
        for excluding in _filters(call, taxonomy, call.params.get(f"{base}_exclude"), negate=True):
            if not any_filter or term_verbs.has_any(call.view, taxonomy.name, excluding.terms):
                filters.append(excluding)
    if formats := call.strings("format"):
        filters.append(_formats(call, formats))
    return tuple(filters)


def _filters(call: Call, taxonomy: Taxonomy, value: Any, *, negate: bool) -> Iterator[TermFilter]:
    """What a parameter asks of the terms of a taxonomy, if anything."""
    options: dict[str, Any] = value if isinstance(value, dict) else {"terms": value}
    ids = tuple(map(abs, integers_in(options, "terms")))
    if not ids:
        return
    every = str(options.get("operator") or "OR") == "AND"
    children = to_boolean(options.get("include_children"))
    if every and children:  # the children have to be assigned too
        ids, children = _with_children(call, taxonomy, ids), False
    yield TermFilter(taxonomy.name, ids, negate, every, children)


def _with_children(call: Call, taxonomy: Taxonomy, ids: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*ids, *term_verbs.branches(call.view, taxonomy.name, ids))))


def _formats(call: Call, wanted: tuple[str, ...]) -> TermFilter:
    """Posts of formats; the standard format is that of posts that have none."""
    known = {t.slug.removeprefix("post-format-"): t.id for t in term_verbs.all_of(call.view, "post_format")}
    standard = "standard" in wanted
    named = tuple(term_id for name, term_id in known.items() if (name in wanted) is not standard)
    return TermFilter("post_format", named or (0,), negate=standard)
