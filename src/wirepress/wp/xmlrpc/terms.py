"""Terms of every taxonomy, and the older methods of categories and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Any, Final

from wirepress.content import terms
from wirepress.content.rows import MOST_ID
from wirepress.model.errors import WirepressError
from wirepress.model.post import Meta
from wirepress.model.query import TermQuery
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call, in_batches
from wirepress.wp.xmlrpc.faults import Fault, missing
from wirepress.wp.xmlrpc.post_types import taxonomy_of
from wirepress.wp.xmlrpc.post_values import MOST_TERMS, Struct, numbered, term_value
from wirepress.wp.xmlrpc.posts import order_of
from wirepress.wp.xmlrpc.values import Value

BATCH: Final = 100
"""Terms that are in memory at a time: each may have 64 kB."""
MOST_NAMED: Final = 2_000
"""Terms that a call names, by their ids or their names; addresses that it lists."""
MOST_NEW: Final = 100
"""Terms that a call makes."""
_ORDERS: Final = {
    "name": "name", "slug": "slug", "count": "count", "term_id": "id", "id": "id", "term_group": "term_group",
    "description": "description",
}  # fmt: skip


def one(call: Call) -> Value:
    """`wp.getTerm`."""
    kind = taxonomy_of(call, call.text(3))
    term = _term(call, kind, call.number(4))
    call.need("assign_term", term, message="You may not assign this term.")
    return term_value(term)


def many(call: Call) -> Value:
    """`wp.getTerms`."""
    kind = taxonomy_of(call, call.text(3))
    call.need(kind.capabilities["assign_terms"], message="You may not assign terms of this taxonomy.")
    given = call.struct(4)
    query = TermQuery(
        (kind.name,),
        per_page=_size(values.number(given.get("number"))),
        offset=abs(values.number(given.get("offset"))),
        orderby=_ORDERS.get(values.text(given.get("orderby")), "name"),
        order="asc" if "order" not in given else order_of(given),
        search=values.text(given.get("search")),
        hide_empty=values.is_true(given.get("hide_empty")),
    )
    return (term_value(term) for term in found(call, query))


def found(call: Call, query: TermQuery) -> Iterator[Term]:
    """The terms that a query finds, of which few are in memory at a time."""
    for batch in in_batches(terms.browse(call.view, query).ids, BATCH):
        yield from terms.items(call.view, batch)


def _size(number: int) -> int:
    """How many terms are asked for; 0 stands for all."""
    return min(abs(number) or MOST_TERMS, MOST_TERMS)


def _term(call: Call, kind: Taxonomy, term_id: int) -> Term:
    if not term_id:
        raise Fault(500, "No term is named.")
    term = terms.get(call.view, kind.name, term_id) if 0 < term_id <= MOST_ID else None
    if term is None:
        raise missing("There is no such term.")
    return term


def create(call: Call) -> Value:
    """`wp.newTerm`: the id of the new term."""
    given = call.struct(3)
    kind = taxonomy_of(call, values.text(given.get("taxonomy")))
    call.need(kind.capabilities["edit_terms"], message="You may not make terms of this taxonomy.")
    name = values.text(given.get("name")).strip()
    if not name:
        raise Fault(403, "A term needs a name.")
    parent = 0
    if "parent" in given:
        parent = _parent(call, kind, given)
    made = _made(call, kind, given, name, parent)
    meta = with_fields(made.meta, given.get("custom_fields"))
    if meta != made.meta:
        terms.update(call.view, made, meta=meta)
    return str(made.id)


def _parent(call: Call, kind: Taxonomy, given: Struct) -> int:
    """The parent that is named.  Raises Fault where a term of this taxonomy has none, or there is no such."""
    if not kind.hierarchical:
        raise Fault(403, "Terms of this taxonomy stand under no other.")
    parent = values.number(given["parent"])
    if parent and terms.get(call.view, kind.name, parent) is None:
        raise Fault(403, "There is no such parent term.")
    return parent


def _made(call: Call, kind: Taxonomy, given: Struct, name: str, parent: int) -> Term:
    try:
        return terms.create(
            call.view,
            kind.name,
            name,
            slug=values.text(given.get("slug")),
            description=values.text(given.get("description")),
            parent=parent,
        )
    except WirepressError as error:
        raise Fault(500, error.message) from error


def edit(call: Call) -> Value:
    """`wp.editTerm`."""
    given = call.struct(4)
    kind = taxonomy_of(call, values.text(given.get("taxonomy")))
    term = _term(call, kind, call.number(3))
    call.need("edit_term", term, message="You may not edit this term.")
    name = parent = None
    if "name" in given:
        name = values.text(given["name"]).strip()
        if not name:
            raise Fault(403, "A term needs a name.")
    if values.is_true(given.get("parent")):
        parent = _parent(call, kind, given)
    elif "parent" in given and not kind.hierarchical:
        raise Fault(403, "Terms of this taxonomy stand under no other.")
    text = {field: values.text(given[field]) for field in ("slug", "description") if field in given}
    try:
        meta = with_fields(term.meta, given.get("custom_fields"))
        changed = {key: meta.get(key, ()) for key in {*meta, *term.meta}} if meta != term.meta else None
        terms.update(call.view, term, name=name, parent=parent, meta=changed, **text)
    except WirepressError as error:
        raise Fault(500, error.message) from error
    return True


def remove(call: Call) -> Value:
    """`wp.deleteTerm`."""
    kind = taxonomy_of(call, call.text(3))
    term = _term(call, kind, call.number(4))
    call.need("delete_term", term, message="You may not delete this term.")
    _delete(call, term)
    return True


def _delete(call: Call, term: Term) -> None:
    try:
        terms.delete(call.view, term)
    except WirepressError as error:
        raise Fault(500, error.message) from error


def with_fields(meta: Meta, given: Value) -> dict[str, list[Any]]:
    """Custom fields as a call changes them: a new one by its key, one that is named by its id changed, or removed
    where nothing but the id is sent (set_custom_fields)."""
    kept = {key: list(one) for key, one in meta.items()}
    known = {number: (key, place) for number, key, place, _ in numbered(meta)}
    gone: set[tuple[str, int]] = set()
    for field in map(values.struct, values.items(given)):
        key = values.text(field.get("key")).strip()
        if "id" in field:
            place = known.get(values.number(field["id"]))
            if place is None:
                continue
            if "key" not in field:
                gone.add(place)
            elif key == place[0]:
                kept[key][place[1]] = stored(field.get("value"))
        elif key and not key.startswith("_"):
            kept.setdefault(key, []).append(stored(field.get("value")))
    for key, place_of in sorted(gone, reverse=True):
        del kept[key][place_of]
    return {key: one for key, one in kept.items() if one}


def stored(value: Value) -> str:
    """A custom field as it is kept."""
    return values.text(value)


# ---- categories and tags, as older programs know them


def categories(call: Call) -> Value:
    """`wp.getCategories` and `metaWeblog.getCategories`."""
    call.need("edit_posts", message="Only who writes here sees the categories.")
    query = TermQuery(("category",), per_page=MOST_TERMS)
    shown = []
    for term in found(call, query):
        link = call.view.lookup.term_link(term)
        shown.append(
            {
                "categoryId": term.id,
                "parentId": term.parent,
                "description": term.name,
                "categoryDescription": term.description,
                "categoryName": term.name,
                "htmlUrl": link,
                "rssUrl": feed_of(call, link),
            }
        )
    return shown


def feed_of(call: Call, link: str) -> str:
    """The address of the feed of a term."""
    if "?" in link:
        return f"{call.site.home}/?feed=rss2&{link.partition('?')[2]}"
    return link.rstrip("/") + call.site.tidy("/feed")


def refuse_many(named: Sized) -> None:
    """Raises Fault where a call names more than is looked up while others wait to write."""
    if len(named) > MOST_NAMED:
        raise Fault(403, f"A call names {MOST_NAMED} terms at most.")


def known_by_name(call: Call, taxonomy: str, words: Iterable[str]) -> dict[str, Term | None]:
    """The terms of names, None for a name of nothing, each name once.  Raises Fault where they are too many."""
    named = dict.fromkeys(words)
    refuse_many(named)
    return {word: terms.of_name(call.view, taxonomy, word) for word in named}


def refuse_many_new(number: int) -> None:
    """Raises Fault where a call would make more terms than it may."""
    if number > MOST_NEW:
        raise Fault(403, f"A call makes {MOST_NEW} new terms at most.")


def listed(text: str, separator: str | None = None) -> list[str]:
    """The words of a list, by default those between blanks.  Raises Fault where they are too many."""
    words = text.split(separator, MOST_NAMED)
    refuse_many(words)
    return words


def in_categories(call: Call, ids: list[int]) -> list[int]:
    """The categories that a post gets: those that there are, the site's default one where there are none.

    Raises Fault where too many are named.
    """
    refuse_many(ids)
    known = [
        number for number in dict.fromkeys(ids) if number > 0 and terms.get(call.view, "category", number) is not None
    ]
    return known or [terms.default_category(call.view).id]


def tags(call: Call) -> Value:
    """`wp.getTags`."""
    call.need("edit_posts", message="Only who writes here sees the tags.")
    shown = []
    for term in found(call, TermQuery(("post_tag",), per_page=MOST_TERMS, hide_empty=True)):
        link = call.view.lookup.term_link(term)
        shown.append(
            {
                "tag_id": term.id,
                "name": term.name,
                "count": term.count,
                "slug": term.slug,
                "html_url": link,
                "rss_url": feed_of(call, link),
            }
        )
    return shown


def suggested(call: Call) -> Value:
    """`wp.suggestCategories`: those whose names hold a text."""
    call.need("edit_posts", message="Only who writes here sees the categories.")
    query = TermQuery(("category",), per_page=_size(call.number(4)), search=call.text(3))
    return [{"category_id": term.id, "category_name": term.name} for term in found(call, query)]


def create_category(call: Call) -> Value:
    """`wp.newCategory`: the id of the new category, or of the one that has the name already."""
    call.need("manage_categories", message="You may not make categories.")
    given = call.struct(3)
    name = values.text(given.get("name"))
    try:
        made = terms.create(
            call.view,
            "category",
            name,
            slug=values.text(given.get("slug")),
            description=values.text(given.get("description")),
            parent=max(0, values.number(given.get("parent_id"))),
        )
    except WirepressError as error:
        if error.code == "term_exists":
            return int(error.data["term_id"])
        raise Fault(500, error.message) from error
    return made.id


def remove_category(call: Call) -> Value:
    """`wp.deleteCategory`."""
    term = terms.get(call.view, "category", call.number(3)) if call.number(3) > 0 else None
    call.need("delete_term", term, message="You may not delete this category.")
    assert term is not None
    _delete(call, term)
    return True
