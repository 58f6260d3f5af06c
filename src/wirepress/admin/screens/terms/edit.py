"""`term.php`: a term as a whole (edit-tag-form.php)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from wirepress.admin import pages
from wirepress.admin.screens.terms import listing
from wirepress.admin.screens.terms.taxonomies import (
    FIELDS,
    address,
    choices,
    flaws,
    kept,
    label,
    name_of,
    taxonomy_of,
)
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.model.web import Response


def _term(visit: Visit, kind: Taxonomy) -> Term:
    """The term that is asked for.  Raises where there is none, or where it is not theirs to change."""
    term = terms.get(visit.view, kind.name, visit.asked.number("tag_ID"))
    if term is None:
        raise NotFound("no_term", "There is nothing of this kind here.")
    if not visit.may("edit_term", term):
        raise Forbidden("no_access", "You may not edit this.")
    return term


def show(visit: Visit) -> Response:
    kind = taxonomy_of(visit)
    term = _term(visit, kind)
    values = {
        "name": name_of(term),
        "slug": unquote(term.slug),
        "parent": str(term.parent or ""),
        "description": term.description,
    }
    return _page(visit, kind, term, values, {})


def _page(
    visit: Visit, kind: Taxonomy, term: Term, values: Mapping[str, str], errors: Mapping[str, str]
) -> Response:  # fmt: skip
    every = terms.all_of(visit.view, kind.name) if kind.hierarchical else []
    visit.view.lookup.add_terms(every)
    words: dict[str, Any] = {
        "kind": kind,
        "term": term,
        "values": values,
        "errors": {**dict.fromkeys(FIELDS, ""), **errors},
        "refused": bool(errors),
        "parents": [("", visit.say("None")), *choices(every, term.id)],
        "back": address(visit, kind),
        "site": visit.view.lookup.term_link(term) if kind.public and kind.publicly_queryable else "",
        "deletable": visit.may("delete_term", term),
        "label": lambda name, otherwise: label(visit, kind, name, otherwise),
    }
    title = label(visit, kind, "edit_item", "Edit")
    return pages.page(visit, "term.html", title, status=400 if errors else 200, **words)


def act(visit: Visit) -> Response:
    kind = taxonomy_of(visit)
    term = _term(visit, kind)
    if visit.sent.text("action") == "delete":
        return pages.towards(visit, listing.PATH, **kept(visit, kind), **listing.delete(visit, kind, (term.id,)))
    given = listing.typed_in(visit)
    parent = visit.sent.number("parent") if kind.hierarchical and "parent" in visit.sent else None
    try:
        terms.refuse_overlong(given["name"])
        terms.update(
            visit.view, term, name=given["name"], slug=given["slug"], description=given["description"], parent=parent
        )
    except (Conflict, Invalid) as error:
        return _page(visit, kind, term, given, flaws(visit, error))
    return pages.towards(visit, "term.php", **kept(visit, kind), tag_ID=term.id, updated=1)
