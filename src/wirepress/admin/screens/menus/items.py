"""The entries of a menu as the screen shows them, as they were typed, and as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wirepress.admin.screens.menus import tree
from wirepress.admin.visit import Visit
from wirepress.content.menus import entries, shown
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.render.entities import unescape_special
from wirepress.render.urls import clean_raw_url

BLANK = "_blank"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with what is typed for it; `errors` by field."""

    post: Post
    depth: int
    title: str
    url: str
    attr_title: str
    blank: bool
    custom: bool
    gone: bool
    what: str
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.post.id


def items_of(visit: Visit, menu: Term) -> list[Item]:
    """The entries of a menu as they are kept, in the order of their tree."""
    posts = {post.id: post for post in shown.entries_of(visit.view, menu)}
    places = tree.flat({post.id: shown.number(post, "menu_item_parent") for post in posts.values()})
    return [_item(visit, posts[number], depth) for number, depth in places]


def _item(visit: Visit, post: Post, depth: int) -> Item:
    view = visit.view
    return Item(
        post=post,
        depth=depth,
        title=unescape_special(shown.plain_title(view, post), double=True),
        url=shown.url(view, post),
        attr_title=post.excerpt,
        blank=shown.note(post, "target") == BLANK,
        custom=shown.note(post, "type") == "custom",
        gone=shown.gone(view, post),
        what=_what(visit, post),
    )


def _what(visit: Visit, post: Post) -> str:
    """What an entry leads to, in a word."""
    registry, name = visit.site.registry, shown.note(post, "object")
    kind = shown.note(post, "type")
    if kind in ("post_type", "post_type_archive") and name in registry.types:
        return visit.say(registry.types[name].singular)
    if kind == "taxonomy" and name in registry.taxonomies:
        return visit.say(registry.taxonomies[name].singular)
    return visit.say("Custom link")


def places_of(items: Sequence[Item]) -> list[tree.Place]:
    return [(item.id, item.depth) for item in items]


def at_places(items: Sequence[Item], places: Sequence[tree.Place]) -> list[Item]:
    """The items in another order."""
    by_id = {item.id: item for item in items}
    return [replace(by_id[number], depth=depth) for number, depth in places]


def typed(visit: Visit, items: Sequence[Item]) -> list[Item]:
    """The items as they were sent: in that order, with what was typed.  What somebody else has added meanwhile stays
    at the end."""
    sent = visit.sent
    known = {item.id: item for item in items}
    order = [number for number in sent.numbers("item") if number in known]
    places = [(number, sent.number(f"depth-{number}")) for number in order]
    places += [(item.id, item.depth) for item in items if item.id not in order]
    found = []
    for item in at_places(items, tree.sound(places)):
        now = _typed(visit, item) if item.id in order else item
        found.append(replace(now, errors=_flaws(visit, now)))
    return found


def _typed(visit: Visit, item: Item) -> Item:
    sent = visit.sent
    return replace(
        item,
        title=sent.text(f"title-{item.id}", item.title).strip(),
        url=sent.text(f"url-{item.id}", item.url).strip() if item.custom else item.url,
        attr_title=sent.text(f"attr-{item.id}", item.attr_title).strip(),
        blank=f"blank-{item.id}" in sent,
    )


def _flaws(visit: Visit, item: Item) -> dict[str, str]:
    if not item.custom:
        return {}
    found = {}
    if not item.title:
        found["title"] = visit.say("A link of your own needs words.")
    if flaw := address_flaw(visit, item.url):
        found["url"] = flaw
    return found


def address_flaw(visit: Visit, url: str) -> str:
    """What is wrong with an address that somebody typed, "" for nothing."""
    if not url:
        return visit.say("A link needs an address.")
    if not clean_raw_url(url.strip()):
        return visit.say("This address cannot be used.")
    return ""


def keep(visit: Visit, items: Sequence[Item]) -> None:
    """Keeps the items where they differ from what is there, in this order; a saved menu shows its drafts
    (wp_nav_menu_update_menu_items)."""
    parents = tree.parents_of(places_of(items))
    for position, item in enumerate(items, 1):
        before = shown.entry(visit.view, item.post)
        title = before.title
        if item.title != unescape_special(before.title, double=True):
            title = item.title
        after = replace(
            before,
            title=title,
            url=item.url if item.custom else before.url,
            attr_title=item.attr_title,
            target=_target(before.target, item),
            parent=parents[item.id],
            position=position,
            status="publish",
        )
        if after != before:
            # A title that was never an entry's own goes on following what the entry leads to.
            follows = title == before.title and not item.post.title
            words = unescape_special(title, double=True) if follows else title
            entries.save(visit.view, visit.viewer, replace(after, title=words), item.post)


def _target(before: str, item: Item) -> str:
    if item.blank:
        return BLANK
    return "" if before == BLANK else before
