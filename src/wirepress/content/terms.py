"""Terms: browse, get, make, change and remove, with WordPress's rules (wp_insert_term)."""

from __future__ import annotations

from collections.abc import Sequence

from wirepress.content import options
from wirepress.content.lookup import MOST_ID
from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.kinds import Taxonomy
from wirepress.model.query import Found, TermQuery
from wirepress.model.term import Term
from wirepress.render.slugs import MAX_SLUG, truncated_slug
from wirepress.render.slugs import slug as slug_of
from wirepress.store import terms as store

LONGEST = 200
"""The length of a term's name and slug, as WordPress's columns have it."""


def browse(view: View, query: TermQuery) -> Found:
    """What a query finds; the ids are taxonomy ids."""
    return store.find(view.unit, query)


def items(view: View, ids: Sequence[int]) -> list[Term]:
    """The terms of these taxonomy ids, in order."""
    loaded = store.load(view.unit, ids)
    return [loaded[i] for i in ids if i in loaded]


def get(view: View, taxonomy: str, term_id: int) -> Term | None:
    """A term of a taxonomy."""
    return store.get(view.unit, taxonomy, term_id) if term_id <= MOST_ID else None


def create(
    view: View, taxonomy: str, name: str, *, slug: str = "", description: str = "", parent: int = 0, term_id: int = 0
) -> Term:
    """Makes a term (wp_insert_term).

    A name that a sibling has already is a conflict, unless a slug of its own tells the two apart.
    """
    kind = _kind(view, taxonomy)
    name = name.strip()
    if not name:
        raise Invalid("empty_term_name", "A term needs a name.")
    _bounded(name=name, slug=slug)
    if parent and (not kind.hierarchical or store.get(view.unit, taxonomy, parent) is None):
        raise Invalid("missing_parent", "There is no such parent term.")
    if not term_id:
        default_category(view)
    wanted = slug_of(slug) if slug else slug_of(name)
    _refuse_double(view, kind, name, slug, wanted, parent)
    term = Term(
        id=0,
        taxonomy=taxonomy,
        name=name,
        slug=unique_slug(view, kind, wanted, parent),
        description=description,
        parent=parent,
    )
    made = store.insert(view.unit, term, id=term_id or None)
    view.lookup.forget()
    return made


def find_or_create(view: View, taxonomy: str, name: str, *, parent: int = 0) -> Term:
    """The term of a name (or of the slug that the name makes), made when there is none."""
    kind = _kind(view, taxonomy)
    default_category(view)
    for term in store.by_name(view.unit, taxonomy, name.strip()):
        if not kind.hierarchical or not parent or term.parent == parent:
            return term
    wanted = slug_of(name)
    known = store.by_slug(view.unit, taxonomy, wanted) if wanted else None
    if known is not None and (not parent or known.parent == parent):
        return known
    return create(view, taxonomy, name, parent=parent)


def default_category(view: View) -> Term:
    """The category of posts that name none; made where there is none yet.

    A site begins without terms, so that an import finds every id free.  WordPress's installation makes this one
    (wp_install_defaults); without it the first category that anybody makes would take its id, and with it its part.
    """
    number = view.site.number("default_category")
    known = store.get(view.unit, "category", number) if number > 0 else None
    if known is not None:
        return known
    slug = "uncategorized"
    term = store.by_slug(view.unit, "category", slug)
    if term is None:
        free = number > 0 and not any(
            store.get(view.unit, taxonomy, number) for taxonomy in view.site.kinds.taxonomies
        )
        made = Term(id=0, taxonomy="category", name="Uncategorized", slug=slug)
        term = store.insert(view.unit, made, id=number if free else None)
        view.lookup.forget()
    if term.id != number:
        options.set(view.unit, "default_category", str(term.id))
        view.reload()
    return term


def unique_slug(view: View, kind: Taxonomy, wanted: str, parent: int, besides: int = 0) -> str:
    """A slug that no other term of the taxonomy has (wp_unique_term_slug): with the parents' slugs behind it in a
    hierarchy, else with a number."""
    wanted = truncated_slug(wanted, MAX_SLUG)

    def taken(slug: str) -> bool:
        other = store.by_slug(view.unit, kind.name, slug)
        return other is not None and other.id != besides

    if not wanted or not taken(wanted):
        return wanted
    if kind.hierarchical and parent:
        above = store.get(view.unit, kind.name, parent)
        seen: set[int] = set()
        while above is not None and above.id not in seen:
            seen.add(above.id)
            wanted = truncated_slug(f"{wanted}-{above.slug}", MAX_SLUG)
            if not taken(wanted):
                return wanted
            above = store.get(view.unit, kind.name, above.parent) if above.parent else None
    number = 2
    while taken(candidate := f"{truncated_slug(wanted, MAX_SLUG - len(str(number)) - 1)}-{number}"):
        number += 1
    return candidate


def _kind(view: View, taxonomy: str) -> Taxonomy:
    kind = view.site.kinds.taxonomies.get(taxonomy)
    if kind is None:
        raise NotFound("invalid_taxonomy", "There is no such taxonomy.")
    return kind


def _bounded(*, name: str, slug: str) -> None:
    if len(name) > LONGEST or len(slug) > LONGEST:
        raise Invalid("db_insert_error", "A term's name or slug is too long.")


def _refuse_double(view: View, kind: Taxonomy, name: str, slug: str, wanted: str, parent: int) -> None:
    """Raises Conflict when the name is taken among the siblings (a given slug of its own makes it another term)."""
    for other in store.by_name(view.unit, kind.name, name):
        if kind.hierarchical and other.parent != parent:
            continue
        if slug and wanted != other.slug and store.by_slug(view.unit, kind.name, wanted) is None:
            continue
        raise Conflict("term_exists", "There is a term of this name already.", {"term_id": other.id})
