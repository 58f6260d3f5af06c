"""How lists of things are laid out in WordPress's site editor: who may ask.  The layouts themselves are that editor's
own, which is not here."""

from __future__ import annotations

from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers
from wirepress.wp.writing import unwritten


def _asked_for(call: Call) -> str | None:
    """The capability that a list of these things asks for; None where there is no such thing
    (WP_REST_View_Config_Controller::get_required_capability)."""
    kind, name = str(call.params.get("kind")), str(call.params.get("name"))
    if kind == "postType":
        of_posts = call.site.registry.types.get(name)
        return of_posts.capabilities["edit_posts"] if of_posts is not None and of_posts.show_in_rest else None
    if kind == "taxonomy":
        of_terms = call.site.registry.taxonomies.get(name)
        return of_terms.capabilities["manage_terms"] if of_terms is not None and of_terms.show_in_rest else None
    return "manage_options" if kind == "root" else "edit_posts"


def _permission(call: Call) -> None:
    capability = _asked_for(call)
    if capability is None:
        raise WireError("rest_view_config_invalid_entity", "There is no such kind of thing.", 404)
    if not call.may(capability):
        call.refuse("rest_cannot_read", "You may not see how this list is laid out.")


ANSWERS: Answers = {"/wp/v2/view-config": Answer(unwritten, _permission)}
