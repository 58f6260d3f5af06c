"""Two terms become one: what had the one has the other, and readers are led there."""

from __future__ import annotations

from urllib.parse import urlsplit

from wirepress.content import options, redirections, terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid
from wirepress.model.term import Term
from wirepress.store import menus
from wirepress.store import terms as store


def merge(view: View, term: Term, into: Term) -> int:
    """Gives all posts of a term another one of its taxonomy and removes it; how many posts got that anew.

    What stands under it stands under the other, entries of menus lead to the other, and so does its address.
    Raises Invalid where both are one, or of two taxonomies.
    """
    if term.taxonomy != into.taxonomy:
        raise Invalid("merge_taxonomies", "Only terms of one taxonomy can be merged.")
    if term.id == into.id:
        raise Invalid("merge_itself", "A term cannot be merged with itself.")
    before = view.lookup.term_link(term)
    moved = store.hand_over(view.unit, term.taxonomy_id, into.taxonomy_id, everywhere=True)
    default = terms.default_term(view, term.taxonomy)
    if default is not None and default.id == term.id:
        name = "default_category" if term.taxonomy == "category" else f"default_term_{term.taxonomy}"
        options.set(view.unit, name, str(into.id))
    for entry in menus.entries_to(view.unit, "taxonomy", term.taxonomy, term.id):
        there = {"_menu_item_object_id": [str(into.id)]}
        publishing.update(view, NEWSROOM, entry, Changes(meta=there), revise=False)
    for below in terms.all_of(view, term.taxonomy):
        if below.parent == term.id and below.id != into.id:
            terms.update(view, below, parent=into.id)
    terms.delete(view, term)
    _lead_on(view, before, into)
    return len(moved)


def _lead_on(view: View, before: str, into: Term) -> None:
    """Leads readers from the address of a term that is gone to that of another; an address with a query keeps none."""
    remaining = terms.get(view, into.taxonomy, into.id)
    parts = urlsplit(before)
    if remaining is None or parts.query or not parts.path.strip("/"):
        return
    root = urlsplit(view.site.home).path.rstrip("/")
    redirections.put(view, parts.path.removeprefix(root), view.lookup.term_link(remaining), 301)
