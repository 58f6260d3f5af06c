"""Terms: browse, get, make, change and remove, with WordPress's rules (wp_insert_term, wp_update_term,
wp_delete_term)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.content import options
from wirepress.content.lookup import MOST_ID
from wirepress.content.newsroom import View
from wirepress.content.rendering import refresh_spoiled
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.query import Found, TermQuery
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.render.saving import kses_plain
from wirepress.render.slugs import slug as slug_of
from wirepress.render.strip import clean_line
from wirepress.store import menus
from wirepress.store import posts as post_store
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


def clean_name(text: str) -> str:
    """A term's name as it is kept (the `pre_term_name` filters): one line, no tags, its special signs as entities."""
    return kses_plain(clean_line(text)).replace("<", "&lt;").replace(">", "&gt;")


def create(
    view: View, taxonomy: str, name: str, *, slug: str = "", description: str = "", parent: int = 0, term_id: int = 0,
    meta: Mapping[str, Sequence[Any]] | None = None,
) -> Term:  # fmt: skip
    """Makes a term (wp_insert_term).

    A name that a sibling has already is a conflict, unless a slug of its own tells the two apart.
    """
    kind = _kind(view, taxonomy)
    if not name.strip():
        raise Invalid("empty_term_name", "A term needs a name.")
    if parent and (not kind.hierarchical or store.get(view.unit, taxonomy, parent) is None):
        raise Invalid("missing_parent", "There is no such parent term.")
    name = clean_name(name)
    if not name:
        raise Invalid("invalid_term_name", "Nothing is left of this name.")
    if not term_id:
        default_category(view)
    given = _given_slug(view, slug)
    wanted = given or slug_of(name, locale=view.site.locale)
    _refuse_double(view, kind, name, parent, wanted, given=bool(given))
    wanted = unique_slug(view, kind, wanted, parent)
    _bounded(name=name, slug=wanted)
    term = Term(
        id=0,
        taxonomy=taxonomy,
        name=name,
        slug=wanted,
        description=kses_plain(description),
        parent=parent,
        meta=dict(meta or {}),
    )
    made = store.insert(view.unit, term, id=term_id or None)
    if not made.slug:
        made = _named_by_id(view, made)
    view.lookup.forget()
    return made


def update(
    view: View, term: Term, *, name: str | None = None, slug: str | None = None, description: str | None = None,
    parent: int | None = None, meta: Mapping[str, Sequence[Any]] | None = None,
) -> Term:  # fmt: skip
    """Changes a term (wp_update_term); None leaves a field as it is, an empty slug makes one of the name.

    What is too long for the name or the slug leaves both as they were: the database refuses them, and WordPress does
    not ask it.
    """
    kind = _kind(view, term.taxonomy)
    kept_name = clean_name(term.name if name is None else name)
    if not kept_name.strip():
        raise Invalid("empty_term_name", "A term needs a name.")
    above = _sound_parent(view, kind, term, term.parent if parent is None else parent)
    given = _given_slug(view, term.slug if slug is None else slug)
    wanted = given or slug_of(kept_name, locale=view.site.locale)
    other = store.by_slug(view.unit, kind.name, wanted) if wanted else None
    if other is not None and other.id != term.id:
        if given and above == term.parent:
            raise Invalid("duplicate_term_slug", "Another term has this slug.")
        wanted = unique_slug(view, kind, wanted, above, besides=term.id)
    changes: dict[str, Any] = {"parent": above}
    changes["description"] = kses_plain(term.description if description is None else description)
    if len(kept_name) <= LONGEST and len(wanted) <= LONGEST:
        changes |= {"name": kept_name, "slug": wanted or slug_of(kept_name, str(term.id), locale=view.site.locale)}
    if meta:
        changes["meta"] = {key: values for key, values in {**term.meta, **meta}.items() if values}
    leaning = post_store.stale(view.unit, "term", term.id)
    if store.update(view.unit, term.taxonomy_id, **changes):
        view.lookup.forget()
        refresh_spoiled(view, leaning)
    changed = store.get(view.unit, term.taxonomy, term.id)
    assert changed is not None, "a term goes by `delete` only"
    return changed


def delete(view: View, term: Term) -> None:
    """Removes a term for good (wp_delete_term).

    What stands under it moves up.  Posts that wear no other category get the default one, which itself cannot go.
    Entries of menus that lead to it go with it (_wp_delete_tax_menu_item).
    """
    heir = heir_of(view, term.taxonomy)
    if heir is not None and heir.id == term.id:
        raise Invalid("cannot_delete", "The default term cannot be deleted.")
    leaning = list(post_store.stale(view.unit, "term", term.id))
    if heir is not None:
        leaning += store.hand_over(view.unit, term.taxonomy_id, heir.taxonomy_id)
    store.delete(view.unit, term.taxonomy_id)
    for entry in menus.entries_to(view.unit, "taxonomy", term.taxonomy, term.id):
        post_store.delete(view.unit, entry)
    view.lookup.forget()
    refresh_spoiled(view, leaning)


def heir_of(view: View, taxonomy: str) -> Term | None:
    """The term that posts get which would have none of this taxonomy."""
    name = "default_category" if taxonomy == "category" else f"default_term_{taxonomy}"
    number = view.site.number(name)
    return store.get(view.unit, taxonomy, number) if number > 0 else None


def find_or_create(view: View, taxonomy: str, name: str, *, parent: int = 0) -> Term:
    """The term of a name (or of the slug that the name makes), made when there is none."""
    kind = _kind(view, taxonomy)
    default_category(view)
    for term in store.by_name(view.unit, taxonomy, clean_name(name)):
        if not kind.hierarchical or not parent or term.parent == parent:
            return term
    wanted = slug_of(name, locale=view.site.locale)
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
            store.get(view.unit, taxonomy, number) for taxonomy in view.site.registry.taxonomies
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
    hierarchy, else with a number.  A slug that is made up is one that no term of any taxonomy has."""
    if not wanted or store.by_slug(view.unit, kind.name, wanted) is None:
        return wanted
    taxonomies = tuple(view.site.registry.taxonomies)

    def owners(slug: str) -> tuple[int, ...]:
        return store.slug_owners(view.unit, taxonomies, slug)

    above = store.get(view.unit, kind.name, parent) if kind.hierarchical and parent else None
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        seen.add(above.id)
        wanted = f"{wanted}-{above.slug}"
        above = store.get(view.unit, kind.name, above.parent) if above.parent and owners(wanted) else None
    if not [owner for owner in owners(wanted) if owner != besides]:
        return wanted
    number = 2
    while owners(candidate := f"{wanted}-{number}"):
        number += 1
    return candidate


def _kind(view: View, taxonomy: str) -> Taxonomy:
    kind = view.site.registry.taxonomies.get(taxonomy)
    if kind is None:
        raise NotFound("invalid_taxonomy", "There is no such taxonomy.")
    return kind


def _given_slug(view: View, slug: str) -> str:
    made = slug_of(slug, locale=view.site.locale) if slug else ""
    return "" if made == "0" else made  # PHP takes "0" for nothing


def _bounded(**columns: str) -> None:
    """Raises for what the database cannot hold; `fields` names it."""
    if overlong := [name for name, value in columns.items() if len(value) > LONGEST]:
        raise Invalid("overlong_term", "A term's name or slug is too long.", {"fields": overlong})


def _named_by_id(view: View, term: Term) -> Term:
    store.update(view.unit, term.taxonomy_id, slug=str(term.id))
    made = store.get(view.unit, term.taxonomy, term.id)
    assert made is not None
    return made


def _lower(text: str) -> str:
    """As PHP's strtolower: of ASCII only."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _refuse_double(view: View, kind: Taxonomy, name: str, parent: int, slug: str, *, given: bool) -> None:
    """Raises Conflict when the name is taken among the siblings (a given slug of its own makes it another term)."""
    alike = [
        term
        for term in store.by_name(view.unit, kind.name, name)
        if _lower(term.name) == _lower(name) and (term.parent == parent or not kind.hierarchical)
    ]
    if not alike:
        return
    alike.sort(key=lambda term: term.taxonomy_id)
    same, named = store.by_slug(view.unit, kind.name, slug) if slug else None, alike[0]
    existing: Term | None = None
    if not kind.hierarchical:
        existing = named if not given or named.slug == slug or same is not None else None
    elif (not given or named.slug == slug) and any(term.name == name for term in alike):
        existing = named
    elif same is not None and same.parent == parent:
        existing = same
    if existing is not None:
        raise Conflict("term_exists", "There is a term of this name already.", {"term_id": existing.id})


def _sound_parent(view: View, kind: Taxonomy, term: Term, parent: int) -> int:
    """The parent, or 0 where a term would stand under itself (wp_check_term_hierarchy_for_loops)."""
    if not parent or not kind.hierarchical:
        return 0
    if parent == term.id or term.id in store.ancestors(view.unit, kind.name, parent):
        return 0
    if parent != term.parent and store.get(view.unit, kind.name, parent) is None:
        raise Invalid("missing_parent", "There is no such parent term.")
    return parent
