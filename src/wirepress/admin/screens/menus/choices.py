"""What can be added to a menu: pages, posts, terms, found by their words."""

from __future__ import annotations

from typing import Any

from wirepress.admin.plain import title_of
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.menus.entries import Entry
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, TermQuery
from wirepress.model.term import Term

SHOWN = 20
CUSTOM = "custom"


def kinds(visit: Visit) -> list[tuple[str, str]]:
    """The kinds of things that entries lead to, with their labels; addresses of one's own come last."""
    registry = visit.site.registry
    found = [
        (f"post_type:{kind.name}", visit.say(kind.label))
        for kind in registry.types.values()
        if kind.show_in_nav_menus and kind.viewable and kind.name != "attachment"
    ]
    found.sort(key=lambda pair: pair[0] != "post_type:page")
    found += [
        (f"taxonomy:{kind.name}", visit.say(kind.label))
        for kind in registry.taxonomies.values()
        if kind.show_in_nav_menus and kind.publicly_queryable and kind.name != "post_format"
    ]
    return [*found, (CUSTOM, visit.say("Custom link"))]


def kind_of(visit: Visit) -> str:
    """The kind that somebody looks through."""
    possible = [name for name, _ in kinds(visit)]
    return visit.asked.choice("kind", possible, possible[0])


def found(visit: Visit, kind: str, words: str) -> list[dict[str, Any]]:
    """The things of a kind that these words find; without words the newest posts, the most used terms."""
    group, _, name = kind.partition(":")
    if group == "post_type":
        query = PostQuery(
            types=(name,), per_page=SHOWN, search=words, orderby="relevance" if words else "date", with_total=False
        )
        return [_choice(kind, post.id, title_of(post.title), visit) for post in visit.view.lookup.posts(query)]
    if group == "taxonomy":
        order = TermQuery(taxonomies=(name,), per_page=SHOWN, search=words, orderby="count", order="desc")
        return [_choice(kind, term.id, title_of(term.name), visit) for term in visit.view.lookup.terms(order)]
    return []


def _choice(kind: str, number: int, title: str, visit: Visit) -> dict[str, Any]:
    return {"value": f"{kind}:{number}", "title": title or visit.say("(no title)")}


def entry_of(visit: Visit, value: str) -> Entry | None:
    """The entry that leads to what was chosen; None where it is gone, or not to be led to."""
    kind, _, number = value.rpartition(":")
    if kind not in dict(kinds(visit)) or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    group, _, name = kind.partition(":")
    thing: Post | Term | None
    if group == "post_type":
        thing = visit.view.lookup.post(int(number))
        if thing is None or thing.type != name or thing.status != "publish":
            return None
    else:
        thing = terms.get(visit.view, name, int(number))
        if thing is None:
            return None
    return Entry(type=group, object=name, object_id=thing.id)
