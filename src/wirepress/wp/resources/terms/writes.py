"""What creating, changing and deleting terms does, menus among them."""

from __future__ import annotations

from typing import Any

from wirepress.content import terms
from wirepress.content.menus import classic
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.wp import meta
from wirepress.wp.call import Call
from wirepress.wp.common import int_param
from wirepress.wp.errors import WireError, wire
from wirepress.wp.resource import Verbs


def verbs_of(taxonomy: Taxonomy) -> Verbs[Term]:
    """The verbs of a taxonomy's terms."""
    return _menu_verbs(taxonomy) if taxonomy.name == "nav_menu" else _plain_verbs(taxonomy)


def above_of(taxonomy: Taxonomy, call: Call) -> int | None:
    """The parent that was sent, None where none was."""
    if call.params.get("parent") is None:
        return None
    if not taxonomy.hierarchical:
        raise WireError("rest_taxonomy_not_hierarchical", "Terms of this taxonomy do not stand under each other.", 400)
    parent = int_param(call.params, "parent")
    if parent and terms.get(call.view, taxonomy.name, parent) is None:
        raise WireError("rest_term_invalid", "There is no such parent term.", 400)
    return parent


def told(error: Conflict | Invalid) -> WireError | Conflict | Invalid:
    """An error of the content with what WordPress puts beside it."""
    if error.code == "term_exists":
        number = error.data["term_id"]
        return WireError(error.code, error.message, 400, {"term_id": number}, additional=[number, number])
    return error


def given_of(call: Call, *names: str) -> dict[str, Any]:
    """The fields that were sent."""
    return {name: call.params[name] for name in names if call.params.get(name) is not None}


def _plain_verbs(taxonomy: Taxonomy) -> Verbs[Term]:
    """Creating, changing and deleting terms; what stands under a deleted one moves up."""

    def create(call: Call) -> Term:
        parent = above_of(taxonomy, call)
        given = given_of(call, "slug", "description")
        try:
            made = terms.create(call.view, taxonomy.name, call.params["name"], parent=parent or 0, **given)
            return with_meta(call, taxonomy, made)
        except (Conflict, Invalid) as error:
            raise told(error) from error

    def update(call: Call, term: Term) -> Term:
        parent = above_of(taxonomy, call)
        given = given_of(call, "name", "slug", "description")
        if given or parent is not None:
            term = terms.update(call.view, term, parent=parent, **given)
        return with_meta(call, taxonomy, term)

    def delete(call: Call, term: Term) -> None:
        forced(call)
        terms.delete(call.view, term)

    return Verbs(create, update, delete)


def forced(call: Call) -> None:
    """Raises unless the caller says that he knows there is no trash."""
    if not call.params.get("force"):
        raise WireError("rest_trash_not_supported", "Terms have no trash: set force to true to delete one.", 501)


def with_meta(call: Call, taxonomy: Taxonomy, term: Term) -> Term:
    """The term with the registered meta that was sent."""
    given = call.params.get("meta")
    if not given:
        return term
    values = meta.written(call, meta.keys_of({}, taxonomy.meta), term.meta, given)
    return terms.update(call.view, term, meta=values) if values else term


def _menu_verbs(taxonomy: Taxonomy) -> Verbs[Term]:
    """As terms; a menu's slug follows its name, and its entries go with it (wp_update_nav_menu_object)."""

    def placed(call: Call, menu: Term) -> Term:
        if (asked := call.params.get("locations")) is not None:
            classic.place(call.view, menu, asked)
        if (added := call.params.get("auto_add")) is not None:
            classic.join(call.view, menu, joins=bool(added))
        return with_meta(call, taxonomy, menu)

    def create(call: Call) -> Term:
        above_of(taxonomy, call)
        try:
            made = classic.create(call.view, call.params["name"], **given_of(call, "description"))
        except Conflict as error:
            number = error.data["term_id"]
            more = {"term_id": number}
            raise WireError(error.code, error.message, 400, more, additional=[number]) from error
        except Invalid as error:
            raise wire(error, call.logged_in, 400) from error
        return placed(call, made)

    def update(call: Call, menu: Term) -> Term:
        above_of(taxonomy, call)
        return placed(call, classic.update(call.view, menu, **given_of(call, "name", "description")))

    def delete(call: Call, menu: Term) -> None:
        forced(call)
        classic.delete(call.view, menu)

    return Verbs(create, update, delete)
