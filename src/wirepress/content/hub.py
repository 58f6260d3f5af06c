"""The hub that the site's feeds name (WebSub), and which feeds it is told of.

A feed is known in the store by what it lists: `site`, `term/ID` or `author/ID`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.store import feed_notices as store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store.changes import Listed
from wirepress.url.parse import is_address

HUB: Final = "wirepress_websub_hub"
"""The option with the hub's address, "" for none."""
FORMATS: Final = ("rss2", "atom", "json")
"""The formats that have a place for the name of a hub."""
SITE: Final = "site"
TOGETHER: Final = 5
"""Seconds until the hub is told: what is written one shortly after the other is told once."""
_AT_ONCE: Final = 50


def hub_of(view: View) -> str:
    """The hub that the owner has chosen; "" for none."""
    named = str(view.site.option(HUB)).strip()
    return named if is_address(named) else ""


def note_news(view: View) -> None:
    """Notes the feeds in which the view's unit has changed something, called once, at its end."""
    published = view.unit.published
    if not published or not hub_of(view):
        return
    feeds: set[str] = set()
    ids = list(published)
    for start in range(0, len(ids), _AT_ONCE):
        for post in post_store.load(view.unit, ids[start : start + _AT_ONCE]).values():
            if post.status == "publish":
                feeds.update(feeds_of(view, listed(post)))
    for before in published.values():
        for one in before:
            feeds.update(feeds_of(view, one))
    if feeds:
        store.note(view.unit, feeds, FORMATS, int(view.now().timestamp()) + TOGETHER)


def listed(post: Post) -> Listed:
    """What decides by which feeds a post is listed."""
    return Listed(post.type, post.author, tuple((term.taxonomy, term.id) for term in post.terms))


def feeds_of(view: View, post: Listed) -> Iterator[str]:
    """The feeds that list a published post: those of a category list what is below it, too."""
    if post.type == "post":
        yield SITE
        yield f"author/{post.author}"
    for taxonomy, term_id in post.terms:
        kind = view.site.registry.taxonomies.get(taxonomy)
        lists_posts_only = taxonomy in ("category", "post_tag")
        if kind is None or not kind.publicly_queryable or (lists_posts_only and post.type != "post"):
            continue
        yield f"term/{term_id}"
        if kind.hierarchical:
            yield from (f"term/{above}" for above in term_store.ancestors(view.unit, taxonomy, term_id))
