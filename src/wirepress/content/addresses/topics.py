"""The addresses by which a hub knows the site's feeds (WebSub), and which feeds name it."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.hub import FORMATS, SITE, hub_of
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.view import View
from wirepress.store import users as user_store


def topics_of(view: View, feed: str) -> Mapping[str, str]:
    """The addresses of a feed by their formats; none of what there is no more, or where a feed has no address of its
    own."""
    kind, _, number = feed.partition("/")
    if not view.site.structure:
        home = view.site.home
        return {one: f"{home}/?feed={one}" for one in FORMATS} if kind == SITE else {}
    base = _base(view, kind, int(number or 0))
    shows = Shows.FRONT if kind == SITE else Shows.TERM
    return {one: address_of(view, Shown(Target(shows, feed=one), canonical=base)) for one in FORMATS if base}


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
