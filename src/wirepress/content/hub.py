"""The hub that the site's feeds name (WebSub): which feeds it is told of, and by which addresses they are known.

A feed is known in the store by what it lists: `site`, `term/ID` or `author/ID`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.store import feed_notices as store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.store.unit import Listed
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


def topics_of(view: View, feed: str) -> Mapping[str, str]:
    """The addresses of a feed by their formats; none of what there is no more, or where a feed has no address of its
    own."""
    kind, _, number = feed.partition("/")
    if not view.site.structure:
        home = view.site.home
        return {one: f"{home}/?feed={one}" for one in FORMATS} if kind == SITE else {}
    base = _base(view, kind, int(number or 0))
    shows = Shows.FRONT if kind == SITE else Shows.TERM
    return MappingProxyType(
        {one: address_of(view, Shown(Target(shows, feed=one), canonical=base)) for one in FORMATS if base}
    )


def _base(view: View, kind: str, number: int) -> str:
    """The address of what a feed lists, "" for nothing."""
    if kind == SITE:
        return f"{view.site.home}/"
    if kind == "author":
        user = user_store.get(view.unit, number)
        return view.lookup.author_link(user) if user is not None else ""
    term = view.lookup.term(number)
    return view.lookup.term_link(term) if term is not None else ""


def hub_for(view: View, shown: Shown) -> str:
    """The hub that a feed names: "" for one that the hub is told nothing of, such as a search, a day, a second page."""
    hub, target = hub_of(view), shown.target
    if not hub or target.feed not in FORMATS or target.comments or shown.post is not None:
        return ""
    feed = ""
    if shown.term is not None:
        feed = f"term/{shown.term.id}"
    elif shown.author is not None:
        feed = f"author/{shown.author.id}"
    elif target.shows is Shows.FRONT:
        feed = SITE
    return hub if feed and topics_of(view, feed).get(target.feed) == shown.asked else ""
