"""What creating, changing and deleting terms does, menus among them."""

from __future__ import annotations

from functools import partial
from typing import Any

from wirepress.content import terms
from wirepress.content.menus import classic
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.registry import Taxonomy
from wirepress.model.term import Term
from wirepress.wp import meta
from wirepress.wp.call import Call
from wirepress.wp.collection import need_force
from wirepress.wp.declaration import Verbs
from wirepress.wp.errors import WireError, wire

NO_TRASH = "Terms have no trash: set force to true to delete one."


def verbs_of(taxonomy: Taxonomy) -> Verbs[Term]:
    """The verbs of a taxonomy's terms."""
    if taxonomy.name == "nav_menu":
        return _menu_verbs(taxonomy)
    return _plain_verbs(taxonomy)


def _check(taxonomy: Taxonomy, call: Call, _: Term | None) -> None:
    """What speaks against the parent that was sent."""
    if call.params.get("parent") is None:
        return
    if not taxonomy.hierarchical:
        raise WireError("rest_taxonomy_not_hierarchical", "Terms of this taxonomy do not stand under each other.", 400)
    parent = call.integer("parent")
    if parent and terms.get(call.view, taxonomy.name, parent) is None:
        raise WireError("rest_term_invalid", "There is no such parent term.", 400)


def _plain_verbs(taxonomy: Taxonomy) -> Verbs[Term]:
    """Creating, changing and deleting terms; what stands under a deleted one moves up."""

    def create(call: Call, given: dict[str, Any]) -> Term:
        """Makes a term.  Raises as `terms.create` does; a name that is taken with the id of who has it."""
        try:
            return with_meta(call, taxonomy, terms.create(call.view, taxonomy.name, **given))
        except (Conflict, Invalid) as error:
            if error.code != "term_exists":
                raise
            number = error.data["term_id"]
            more = {"term_id": number}
            raise WireError(error.code, error.message, 400, more, additional=[number, number]) from error

    def update(call: Call, term: Term, given: dict[str, Any]) -> Term:
        if given:
            term = terms.update(call.view, term, **given)
        return with_meta(call, taxonomy, term)

    return Verbs(dict, create, update, _delete_term, partial(_check, taxonomy))


def _delete_term(call: Call, term: Term) -> None:
    need_force(call, NO_TRASH)
    terms.delete(call.view, term)


def with_meta(call: Call, taxonomy: Taxonomy, term: Term) -> Term:
    """The term with the registered meta that was sent."""
    given = call.params.get("meta")
    if not given:
        return term
    values = meta.written(call, meta.keys_of({}, taxonomy.meta), term.meta, given)
    if values:
        return terms.update(call.view, term, meta=values)
    return term


def _menu_verbs(taxonomy: Taxonomy) -> Verbs[Term]:
    """As terms; a menu's slug follows its name, and its entries go with it (wp_update_nav_menu_object)."""

    def placed(call: Call, menu: Term) -> Term:
        if (asked := call.params.get("locations")) is not None:
            classic.place(call.view, menu, asked)
        if (added := call.params.get("auto_add")) is not None:
            classic.join(call.view, menu, joins=bool(added))
        return with_meta(call, taxonomy, menu)

    def create(call: Call, given: dict[str, Any]) -> Term:
        """Makes a menu.  Raises what `classic.create` does as the API tells it."""
        try:
            made = classic.create(call.view, **given)
        except Conflict as error:
            number = error.data["term_id"]
            more = {"term_id": number}
            raise WireError(error.code, error.message, 400, more, additional=[number]) from error
        except Invalid as error:
            raise wire(error, call.logged_in, 400) from error
        return placed(call, made)

    def update(call: Call, menu: Term, given: dict[str, Any]) -> Term:
        return placed(call, classic.update(call.view, menu, **given))

    return Verbs(dict, create, update, _delete_menu, partial(_check, taxonomy))


def _delete_menu(call: Call, menu: Term) -> None:
    need_force(call, NO_TRASH)
    classic.delete(call.view, menu)
