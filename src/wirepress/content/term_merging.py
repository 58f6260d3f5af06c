"""Two terms become one: what had the one has the other, and readers are led there."""

from __future__ import annotations

from collections import defaultdict
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

    What stands under it stands under the other, entries of menus lead to the other, and so does its address.  The
    addresses of all that stood below lead to where each is now.
    Raises Invalid where both are one, or of two taxonomies.
    """
    if term.taxonomy != into.taxonomy:
        raise Invalid("merge_taxonomies", "Only terms of one taxonomy can be merged.")
    if term.id == into.id:
        raise Invalid("merge_itself", "A term cannot be merged with itself.")
    gone, below = view.lookup.term_link(term), _below(view, term)
    before = {one.id: view.lookup.term_link(one) for one in below}
    moved = store.hand_over(view.unit, term.taxonomy_id, into.taxonomy_id, everywhere=True)
    default = terms.default_term(view, term.taxonomy)
    if default is not None and default.id == term.id:
        name = "default_category" if term.taxonomy == "category" else f"default_term_{term.taxonomy}"
        options.set(view.unit, name, str(into.id))
    for entry in menus.entries_to(view.unit, "taxonomy", term.taxonomy, term.id):
        there = {"_menu_item_object_id": [str(into.id)]}
        publishing.update(view, NEWSROOM, entry, Changes(meta=there), revise=False)
    for one in below:
        if one.parent == term.id and one.id != into.id:
            terms.update(view, one, parent=into.id)
    terms.delete(view, term)
    _lead_on(view, gone, into)
    for one in below:
        _lead_on(view, before[one.id], one)
    return len(moved)


def _below(view: View, term: Term) -> list[Term]:
    """All that stands under a term, however deep; an import may bring terms that stand under each other."""
    children: dict[int, list[Term]] = defaultdict(list)
    for one in terms.all_of(view, term.taxonomy):
        children[one.parent].append(one)
    found: dict[int, Term] = {}
    waiting = [*children[term.id]]
    while waiting:
        one = waiting.pop()
        if one.id not in found and one.id != term.id:
            found[one.id] = one
            waiting.extend(children[one.id])
    return list(found.values())


def _lead_on(view: View, before: str, now: Term) -> None:
    """Leads readers from the address that a term had to that of one that remains; one with a query keeps none."""
    remaining = terms.get(view, now.taxonomy, now.id)
    parts = urlsplit(before)
    if remaining is None or parts.query or not parts.path.strip("/"):
        return
    there = view.lookup.term_link(remaining)
    if there == before:
        return
    root = urlsplit(view.site.home).path.rstrip("/")
    redirections.remove(view, urlsplit(there).path.removeprefix(root))  # of an earlier merge: a term is there now
    redirections.put(view, parts.path.removeprefix(root), there, 301)
