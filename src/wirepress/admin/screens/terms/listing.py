"""`edit-tags.php`: the terms of a taxonomy, and a form for another (WP_Terms_List_Table)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlencode

from wirepress.admin import lists, pages
from wirepress.admin.plain import plain
from wirepress.admin.screens.terms.taxonomies import (
    FIELDS,
    address,
    choices,
    flaws,
    in_order,
    kept,
    label,
    name_of,
    taxonomy_of,
    type_of,
)
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.query import TermQuery
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.model.web import Response

PATH = "edit-tags.php"
COLUMNS: Mapping[str, Literal["asc", "desc"]] = {"name": "asc", "description": "asc", "slug": "asc", "count": "desc"}


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and could not be taken, with the reasons at their fields; `term` is the row of a quick edit."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    term: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What of a taxonomy is listed."""

    rows: list[tuple[Term, int]]
    total: int
    every: list[Term] = field(default_factory=list)
    """All terms of a hierarchy: what others may stand under."""


def show(visit: Visit) -> Response:
    return listed(visit)


def _found(visit: Visit, kind: Taxonomy, size: int) -> Page:
    """The page that is asked for: a hierarchy as it is, unless something is searched for or sorted."""
    every = terms.all_of(visit.view, kind.name) if kind.hierarchical else []
    visit.view.lookup.add_terms(every)
    search = visit.asked.text("s").strip()
    number = lists.page_of(visit)
    if kind.hierarchical and not search and not visit.asked.text("orderby"):
        ordered = in_order(every)
        return Page(ordered[(number - 1) * size : number * size], len(ordered), every)
    column, way = lists.sorted_by(visit, COLUMNS, "name")
    query = TermQuery(
        taxonomies=(kind.name,), page=number, per_page=size, orderby=column, order=way, search=search, hide_empty=False
    )
    found = terms.browse(visit.view, query)
    return Page([(term, 0) for term in terms.items(visit.view, found.ids)], found.total, every)


def listed(visit: Visit, refused: Refused | None = None) -> Response:
    kind = taxonomy_of(visit)
    size = lists.size_of(visit, f"edit_{kind.name}_per_page")
    page = _found(visit, kind, size)
    paging = lists.paging(visit, page.total, size)
    if not page.rows and paging.number > paging.pages and visit.request.method == "GET":
        return pages.towards(visit, PATH, **{**visit.asked.pairs, "paged": paging.pages})
    quick = visit.asked.number("quick")
    adds = refused if refused is not None and not refused.term else None
    empty = dict.fromkeys(FIELDS, "")
    words: dict[str, Any] = {
        "kind": kind,
        "rows": [_row(visit, kind, term, depth, quick, refused) for term, depth in page.rows],
        "paging": paging,
        "sorts": lists.sorts(visit, COLUMNS, "name" if visit.asked.text("orderby") or not kind.hierarchical else ""),
        "values": {**empty, **(adds.values if adds else {})},
        "errors": {**empty, **(adds.errors if adds else {})},
        "parents": [("", visit.say("None")), *choices(page.every)],
        "here": lists.here(visit, paged=visit.asked.text("paged")),
        "quick_address": lists.here(visit, quick=quick, paged=visit.asked.text("paged")),
        "plain_address": address(visit, kind),
        "kept": {name: value for name, value in kept(visit, kind).items() if value},
        "adds": visit.may(kind.capabilities["edit_terms"]),
        "label": lambda name, otherwise: label(visit, kind, name, otherwise),
    }
    return pages.page(visit, "terms.html", visit.say(kind.label), status=400 if refused else 200, **words)


def _row(visit: Visit, kind: Taxonomy, term: Term, depth: int, quick: int, refused: Refused | None) -> dict[str, Any]:
    editable = visit.may("edit_term", term)
    public = kind.public and kind.publicly_queryable
    row: dict[str, Any] = {
        "id": term.id,
        "name": name_of(term),
        "depth": depth,
        "slug": unquote(term.slug),
        "description": plain(term.description),
        "count": term.count,
        "posts": _posts_address(visit, kind, term),
        "edit": address(visit, kind, "term.php", tag_ID=term.id) if editable else "",
        "quick_href": lists.here(visit, quick=term.id, paged=visit.asked.text("paged")) if editable else "",
        "site": visit.view.lookup.term_link(term) if public else "",
        "deletable": visit.may("delete_term", term),
        "usual": visit.site.number(f"default_{kind.name}") == term.id,
        "quick": None,
    }
    if editable and quick == term.id:
        typed = refused if refused is not None and refused.term == term.id else None
        row["quick"] = {
            "name": typed.values["name"] if typed else row["name"],
            "slug": typed.values["slug"] if typed else row["slug"],
            "errors": {"name": "", "slug": "", **(typed.errors if typed else {})},
        }
    return row


def _posts_address(visit: Visit, kind: Taxonomy, term: Term) -> str:
    """The list of what wears a term, by WordPress's variables."""
    post_type = type_of(visit, kind)
    if kind.query_var:
        variables = {kind.query_var: term.slug}
    else:
        variables = {"taxonomy": kind.name, "term": term.slug}
    if post_type == "attachment":
        return visit.address("upload.php") + "?" + urlencode(variables)
    return visit.address("edit.php", post_type="" if post_type == "post" else post_type, **variables)


# ---- what is done


def act(visit: Visit) -> Response:
    kind = taxonomy_of(visit)
    action = lists.action_of(visit)
    if action == "add":
        return _add(visit, kind)
    if action == "quick":
        return _quick_edit(visit, kind)
    if action == "delete":
        return _back(visit, **delete(visit, kind, lists.rows_of(visit, "term")))
    return _back(visit)


def typed_in(visit: Visit) -> dict[str, str]:
    return {name: visit.sent.text(name) for name in FIELDS}


def _add(visit: Visit, kind: Taxonomy) -> Response:
    if not visit.may(kind.capabilities["edit_terms"]):
        raise Forbidden("no_access", "You may not add anything here.")
    given = typed_in(visit)
    parent = visit.sent.number("parent") if kind.hierarchical else 0
    try:
        terms.create(
            visit.view, kind.name, given["name"], slug=given["slug"], description=given["description"], parent=parent
        )
    except (Conflict, Invalid) as error:
        return listed(visit, Refused(given, flaws(visit, error)))
    return _back(visit, added=1)


def _quick_edit(visit: Visit, kind: Taxonomy) -> Response:
    number = visit.asked.number("quick")
    term = terms.get(visit.view, kind.name, number)
    if term is None:
        raise NotFound("no_term", "There is no such term any more.")
    if not visit.may("edit_term", term):
        raise Forbidden("no_access", "You may not edit this.")
    given = typed_in(visit)
    try:
        terms.refuse_overlong(given["name"])
        terms.update(visit.view, term, name=given["name"], slug=given["slug"])
    except (Conflict, Invalid) as error:
        return listed(visit, Refused(given, flaws(visit, error), number))
    return _back(visit, updated=1)


def delete(visit: Visit, kind: Taxonomy, ids: tuple[int, ...]) -> dict[str, int]:
    """Deletes terms for good; what happened, as the address of a list says it."""
    deleted = skipped = 0
    for number in ids:
        term = terms.get(visit.view, kind.name, number)
        if term is None:
            continue
        if visit.may("delete_term", term):
            terms.delete(visit.view, term)
            deleted += 1
        else:
            skipped += 1
    return {"deleted": deleted, "skipped": skipped}


def _back(visit: Visit, **done: int) -> Response:
    """The list as it stood, saying what was done."""
    pairs = {name: values for name, values in visit.asked.pairs.items() if name not in lists.NOT_KEPT}
    return pages.towards(visit, PATH, **{**pairs, "paged": visit.asked.text("paged"), **done})
