"""Which taxonomy a screen is about, its words, its terms in their order, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from wirepress.admin.visit import Visit
from wirepress.model.errors import Forbidden, NotFound, WirepressError
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term

FIELDS = ("name", "slug", "parent", "description")
_AT = {
    "term_exists": "name",
    "empty_term_name": "name",
    "invalid_term_name": "name",
    "duplicate_term_slug": "slug",
    "missing_parent": "parent",
}
"""The field that an error of `content.terms` is about."""


def taxonomy_of(visit: Visit) -> Taxonomy:
    """The taxonomy that is asked for, tags where none is.  Raises where there is no such list."""
    kind = visit.site.registry.taxonomies.get(visit.asked.text("taxonomy") or "post_tag")
    if kind is None:
        raise NotFound("invalid_taxonomy", "There is no such taxonomy.")
    if not kind.show_ui:
        raise Forbidden("no_access", "The terms of this taxonomy are not edited here.")
    return kind


def may_manage(visit: Visit) -> bool:
    return visit.may(taxonomy_of(visit).capabilities["manage_terms"])


def type_of(visit: Visit, kind: Taxonomy) -> str:
    """The post type whose list the counts lead to."""
    return visit.asked.choice("post_type", kind.types, kind.types[0] if kind.types else "post")


def address(visit: Visit, kind: Taxonomy, path: str = "edit-tags.php", **variables: object) -> str:
    """A screen of the taxonomy."""
    return visit.address(path, **kept(visit, kind), **variables)


def kept(visit: Visit, kind: Taxonomy) -> dict[str, str]:
    """The variables that name the taxonomy."""
    post_type = type_of(visit, kind)
    return {"taxonomy": kind.name, "post_type": "" if post_type == "post" else post_type}


def label(visit: Visit, kind: Taxonomy, name: str, otherwise: str) -> str:
    """A text that the taxonomy brings along, or ours."""
    return visit.say(kind.labels.get(name) or otherwise)


def name_of(term: Term) -> str:
    """A name as people read it: it is kept with its special signs as entities."""
    return unescape(term.name)


def in_order(terms: Sequence[Term], besides: int = 0) -> list[tuple[Term, int]]:
    """The terms as their hierarchy has them, each with its depth; without one and all below it (Walker)."""
    there = {term.id for term in terms}
    below: dict[int, list[Term]] = {}
    for term in terms:
        below.setdefault(term.parent if term.parent in there else 0, []).append(term)
    found: list[tuple[Term, int]] = []
    seen = {besides}

    def walk(roots: Sequence[Term]) -> None:
        stack = [(term, 0) for term in reversed(roots)]
        while stack:
            term, depth = stack.pop()
            if term.id in seen:
                continue
            seen.add(term.id)
            found.append((term, depth))
            stack += [(child, depth + 1) for child in reversed(below.get(term.id, ()))]

    walk(below.get(0, ()))
    if not besides:
        walk(terms)  # what stands under itself by way of others is not lost
    return found


def choices(terms: Sequence[Term], besides: int = 0) -> list[tuple[int, str]]:
    """The terms that another may stand under, as options of a field."""
    return [(term.id, "— " * depth + name_of(term)) for term, depth in in_order(terms, besides)]


def flaws(visit: Visit, error: WirepressError) -> dict[str, str]:
    """What an error says, at the field that it is about.  Raises it again where it is about none."""
    if error.code == "overlong_term":
        return dict.fromkeys(error.data["fields"], visit.say("This is too long."))
    if error.code not in _AT:
        raise error
    return {_AT[error.code]: visit.why(error)}
