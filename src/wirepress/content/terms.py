"""Terms: browse, get, make, change and remove, with WordPress's rules (wp_insert_term, wp_update_term,
wp_delete_term)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from wirepress.content import options
from wirepress.content.newsroom import View
from wirepress.content.rows import MOST_ID
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

T = TypeVar("T")
LONGEST = 200
"""The length of a term's name and slug, as WordPress's columns have it."""
LONGEST_DESCRIPTION = 200_000
"""Of a term, in characters."""


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

    Raises Invalid for a name that is none, a parent that is none and what is too long, Conflict when a sibling has the
    name already and no slug of its own tells the two apart.
    """
    kind = _kind(view, taxonomy)
    if not name.strip():
        raise Invalid("empty_term_name", "A term needs a name.")
    _refuse_missing_parent(view, kind, parent)
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
    described = _described(description)
    term = Term(0, taxonomy, name=name, slug=wanted, description=described, parent=parent, meta=dict(meta or {}))
    made = store.insert(view.unit, term, id=term_id or None)
    if not made.slug:
        store.update(view.unit, made.taxonomy_id, slug=str(made.id))
        made = _existing(view, made)
    return made


def update(
    view: View, term: Term, *, name: str | None = None, slug: str | None = None, description: str | None = None,
    parent: int | None = None, meta: Mapping[str, Sequence[Any]] | None = None,
) -> Term:  # fmt: skip
    """Changes a term (wp_update_term); None leaves a field as it is, an empty slug makes one of the name.

    What is too long for the name or the slug leaves both as they were: the database refuses them, and WordPress does
    not ask it.  Raises Invalid for a name or a parent that is none, and for a slug that another term has.
    """
    kind = _kind(view, term.taxonomy)
    name = clean_name(_or_before(name, term.name))
    if not name.strip():
        raise Invalid("empty_term_name", "A term needs a name.")
    above = _sound_parent(view, kind, term, _or_before(parent, term.parent))
    wanted, is_moved = _or_before(slug, term.slug), above != term.parent
    slug = _changed_slug(view, kind, term, wanted, name, _or_before(parent, above), is_moved=is_moved)
    changes: dict[str, Any] = {"parent": above, "description": _described(_or_before(description, term.description))}
    if max(len(name), len(slug)) <= LONGEST:
        changes |= {"name": name, "slug": slug or slug_of(name, str(term.id), locale=view.site.locale)}
    if meta:
        changes["meta"] = {key: values for key, values in {**term.meta, **meta}.items() if values}
    store.update(view.unit, term.taxonomy_id, **changes)
    return _existing(view, term)


def _changed_slug(view: View, kind: Taxonomy, term: Term, slug: str, name: str, parent: int, *, is_moved: bool) -> str:
    """The slug of a changed term: the given one, else one that its name makes.

    `parent` is the one that was asked for, even where the term cannot stand under it (wp_update_term).
    """
    given = _given_slug(view, slug)
    wanted = given or slug_of(name, locale=view.site.locale)
    other = _of_slug(view, kind.name, wanted)
    if other is None or other.id == term.id:
        return wanted
    if given and not is_moved:
        raise Invalid("duplicate_term_slug", "Another term has this slug.")
    return unique_slug(view, kind, wanted, parent, besides=term.id)


def delete(view: View, term: Term) -> None:
    """Removes a term for good (wp_delete_term).

    What stands under it moves up.  Posts that have no other category get the default one; raises Invalid for that one
    itself.  Entries of menus that lead to it go with it (_wp_delete_tax_menu_item).
    """
    default = default_term(view, term.taxonomy)
    if default is not None and default.id == term.id:
        raise Invalid("cannot_delete", "The default term cannot be deleted.")
    if default is not None:
        store.hand_over(view.unit, term.taxonomy_id, default.taxonomy_id)
    store.delete(view.unit, term.taxonomy_id)
    for entry in menus.entries_to(view.unit, "taxonomy", term.taxonomy, term.id):
        post_store.delete(view.unit, entry)


def default_term(view: View, taxonomy: str) -> Term | None:
    """The term that posts get which would have none of this taxonomy."""
    option = {"category": "default_category"}.get(taxonomy, f"default_term_{taxonomy}")
    return _of_id(view, taxonomy, view.site.number(option))


def find_or_create(view: View, taxonomy: str, name: str, *, parent: int = 0) -> Term:
    """The term of a name (or of the slug that the name makes), made when there is none."""
    default_category(view)
    return of_name(view, taxonomy, name, parent=parent) or create(view, taxonomy, name, parent=parent)


def of_name(view: View, taxonomy: str, name: str, *, parent: int = 0) -> Term | None:
    """The term of a name, or of the slug that the name makes."""
    kind = _kind(view, taxonomy)
    for term in store.by_name(view.unit, taxonomy, clean_name(name)):
        if not kind.hierarchical or not parent or term.parent == parent:
            return term
    known = _of_slug(view, taxonomy, slug_of(name, locale=view.site.locale))
    return known if known is not None and (not parent or known.parent == parent) else None


def default_category(view: View) -> Term:
    """The category of posts that name none; made where there is none yet.

    A site begins without terms, so that an import finds every id free.  WordPress's installation makes this one
    (wp_install_defaults); without it the first category that anybody makes would take its id, and with it its part.
    """
    number = view.site.number("default_category")
    known = _of_id(view, "category", number)
    if known is not None:
        return known
    slug = "uncategorized"
    term = store.by_slug(view.unit, "category", slug)
    if term is None:
        taken = any(_of_id(view, taxonomy, number) for taxonomy in view.site.registry.taxonomies)
        made = Term(id=0, taxonomy="category", name="Uncategorized", slug=slug)
        term = store.insert(view.unit, made, id=number if number > 0 and not taken else None)
    if term.id != number:
        options.set(view.unit, "default_category", str(term.id))
    return term


def unique_slug(view: View, kind: Taxonomy, wanted: str, parent: int, besides: int = 0) -> str:
    """A slug that no other term of the taxonomy has (wp_unique_term_slug): with the parents' slugs behind it in a
    hierarchy, else with a number.  A slug that is made up is one that no term of any taxonomy has."""
    if _of_slug(view, kind.name, wanted) is None:
        return wanted
    taxonomies = tuple(view.site.registry.taxonomies)

    def owners(slug: str) -> set[int]:
        return set(store.slug_owners(view.unit, taxonomies, slug))

    seen: set[int] = set()
    while kind.hierarchical and parent not in seen and (above := _of_id(view, kind.name, parent)) is not None:
        seen.add(parent)
        wanted, parent = f"{wanted}-{above.slug}", above.parent
        if parent and not owners(wanted):
            break
    if not owners(wanted) - {besides}:
        return wanted
    number = 2
    while owners(candidate := f"{wanted}-{number}"):
        number += 1
    return candidate


def _of_id(view: View, taxonomy: str, term_id: int) -> Term | None:
    return store.get(view.unit, taxonomy, term_id) if term_id > 0 else None


def _of_slug(view: View, taxonomy: str, slug: str) -> Term | None:
    return store.by_slug(view.unit, taxonomy, slug) if slug else None


def _existing(view: View, term: Term) -> Term:
    """A term as it is after a write."""
    found = store.get(view.unit, term.taxonomy, term.id)
    assert found is not None, "a term goes by `delete` only"
    return found


def _or_before(given: T | None, before: T) -> T:
    return before if given is None else given


def _kind(view: View, taxonomy: str) -> Taxonomy:
    kind = view.site.registry.taxonomies.get(taxonomy)
    if kind is None:
        raise NotFound("invalid_taxonomy", "There is no such taxonomy.")
    return kind


def _given_slug(view: View, slug: str) -> str:
    made = slug_of(slug, locale=view.site.locale)
    return "" if made == "0" else made  # PHP takes "0" for nothing


def refuse_overlong(name: str) -> None:
    """Raises Invalid for a name with which `update` would leave the old one; `fields` says so.  Slugs are cut."""
    _bounded(name=clean_name(name))


def _described(text: str) -> str:
    """A description as it is kept; others wait while it is filtered.  Raises Invalid for one that is too long."""
    if len(text) > LONGEST_DESCRIPTION:
        raise Invalid("overlong_term", "A term's description is too long.", {"fields": ["description"]})
    return kses_plain(text)


def _bounded(**columns: str) -> None:
    """Raises for what the database cannot hold; `fields` names it."""
    if overlong := [name for name, value in columns.items() if len(value) > LONGEST]:
        raise Invalid("overlong_term", "A term's name or slug is too long.", {"fields": overlong})


def _lower(text: str) -> str:
    """As PHP's strtolower: of ASCII only."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _refuse_double(view: View, kind: Taxonomy, name: str, parent: int, slug: str, *, given: bool) -> None:
    """Raises Conflict when the name is taken among the siblings (a given slug of its own makes it another term)."""
    siblings = _siblings(view, kind, name, parent)
    if not siblings:
        return
    first, of_slug = min(siblings, key=lambda term: term.taxonomy_id), _of_slug(view, kind.name, slug)
    own_slug = given and first.slug != slug
    exact = not kind.hierarchical or name in (term.name for term in siblings)
    if exact and not own_slug:
        raise _double(first)
    if of_slug is None:
        return
    if not kind.hierarchical:
        raise _double(first)
    if of_slug.parent == parent:
        raise _double(of_slug)


def _siblings(view: View, kind: Taxonomy, name: str, parent: int) -> list[Term]:
    """The terms of a name, in whatever case: in a hierarchy those under one parent."""
    named = [term for term in store.by_name(view.unit, kind.name, name) if _lower(term.name) == _lower(name)]
    return [term for term in named if not kind.hierarchical or term.parent == parent]


def _double(existing: Term) -> Conflict:
    return Conflict("term_exists", "There is a term of this name already.", {"term_id": existing.id})


def _refuse_missing_parent(view: View, kind: Taxonomy, parent: int) -> None:
    if parent and (not kind.hierarchical or store.get(view.unit, kind.name, parent) is None):
        raise Invalid("missing_parent", "There is no such parent term.")


def _sound_parent(view: View, kind: Taxonomy, term: Term, parent: int) -> int:
    """The parent, or 0 where a term would stand under itself (wp_check_term_hierarchy_for_loops)."""
    if not parent or not kind.hierarchical:
        return 0
    if parent == term.id or term.id in store.ancestors(view.unit, kind.name, parent):
        return 0
    if parent != term.parent:
        _refuse_missing_parent(view, kind, parent)
    return parent


def any_of(view: View, ids: Iterable[int]) -> list[Term]:
    """The terms of these ids, of whatever taxonomies."""
    wanted = set(ids)
    return list(store.any_of(view.unit, wanted)) if wanted else []


def has_any(view: View, taxonomy: str, ids: Sequence[int]) -> bool:
    """Whether a taxonomy has one of these terms at least."""
    return store.has_any(view.unit, taxonomy, ids)


def branches(view: View, taxonomy: str, ids: Sequence[int]) -> tuple[int, ...]:
    """The ids of some terms of a taxonomy and of all that are below them."""
    return store.branches(view.unit, taxonomy, ids)


def all_of(view: View, *taxonomies: str) -> list[Term]:
    """All terms of one or more taxonomies."""
    return list(store.of_taxonomy(view.unit, *taxonomies))


def by_slug(view: View, taxonomy: str, slug: str) -> Term | None:
    """The term of a slug."""
    return store.by_slug(view.unit, taxonomy, slug)


def namesakes(view: View, taxonomy: str, name: str) -> int:
    """How many terms of a taxonomy have a name."""
    return len(store.by_name(view.unit, taxonomy, name))
