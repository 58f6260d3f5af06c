"""The menus of a site as readers see them: classic ones by their places, else the newest navigation of blocks."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.menus import classic, shown
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.term import Term
from wirepress.render.blocks.parse import Block, parse
from wirepress.render.strip import strip_all_tags

MOST_ENTRIES = 60
_LONGEST_NAVIGATION = 200_000
HEADER = ("primary", "header", "main", "menu-1", "top", "navigation", "menu")
"""Words in the names that themes give to the place of their main menu, the surest first."""
FOOTER = ("footer", "bottom", "menu-2", "secondary", "legal")
_ELSEWHERE = ("social", "mobile", "handheld", "expanded")
"""Words in the names of places that say the same as another in another form, or lead away."""
_SAFE = ("", "http", "https", "mailto", "tel")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a menu, with those below it; all deeper ones are below the one at the top."""

    name: str
    url: str
    entries: tuple[Entry, ...] = ()


def placed(view: View, words: Sequence[str]) -> tuple[Entry, ...]:
    """The classic menu at the place whose name has the first of these words, () where there is none."""
    places = classic.places(view.site)
    others = (*_ELSEWHERE, *FOOTER) if words is HEADER else _ELSEWHERE
    for word in words:
        for place, menu in places.items():
            name = place.lower()
            is_meant = word in name and not any(other in name for other in others)
            if is_meant and (term := menu_of(view, menu)) is not None:
                return tree_of(view, shown.entries_of(view, term)[:MOST_ENTRIES])
    return ()


def at(view: View, place: str) -> tuple[Entry, ...]:
    """The classic menu at the place of this very name, () where there is none."""
    term = menu_of(view, classic.places(view.site).get(place, 0))
    return tree_of(view, shown.entries_of(view, term)[:MOST_ENTRIES]) if term is not None else ()


def menu_of(view: View, number: int) -> Term | None:
    """The classic menu of a number, None where it is none."""
    term = view.lookup.term(number) if number else None
    return term if term is not None and term.taxonomy == classic.TAXONOMY else None


def tree_of(view: View, posts: Sequence[Post]) -> tuple[Entry, ...]:
    """The entries that lead somewhere that anybody may read, in two levels."""
    above = {post.id: shown.number(post, "menu_item_parent") for post in posts}
    found: dict[int, Entry] = {}
    for post in posts:
        entry = Entry(html.unescape(strip_all_tags(shown.full_title(view, post))).strip(), shown.url(view, post))
        if post.status != "publish" or not entry.name or not is_open(view, post) or not is_safe(entry.url):
            continue
        top = top_of(post.id, above)
        if top == post.id:
            found[post.id] = entry
        elif top in found:
            found[top] = replace(found[top], entries=(*found[top].entries, entry))
    return tuple(found.values())


def top_of(entry: int, above: dict[int, int]) -> int:
    """The entry at the top over an entry: itself, where it is below none that there is; entries in a ring have none."""
    for _ in range(len(above)):
        parent = above.get(entry, 0)
        if parent not in above:
            return entry
        entry = parent
    return 0


def is_open(view: View, post: Post) -> bool:
    """Whether what an entry leads to is there and public."""
    if shown.gone(view, post):
        return False
    target = shown.object_of(view, post)
    return not isinstance(target, Post) or target.status in ("publish", "inherit")


def is_safe(url: str) -> bool:
    """Whether an address may stand in a link: of the web, of this site, a mail address or a telephone number."""
    try:
        return bool(url) and urlsplit(url).scheme.lower() in _SAFE
    except ValueError:  # a host in brackets that are not closed
        return False


NAVIGATION = PostQuery(types=("wp_navigation",), per_page=1, with_total=False)
"""The newest navigation of a block theme."""


def navigation(view: View) -> tuple[Entry, ...]:
    """The entries of the newest navigation of a block theme (wp_navigation), () where it only lists the pages."""
    found = reading.browse(view, ANONYMOUS, NAVIGATION).ids
    posts = reading.items(view, ANONYMOUS, found)
    if not posts or len(posts[0].content) > _LONGEST_NAVIGATION:
        return ()
    return tuple(linked(view, parse(posts[0].content)))[:MOST_ENTRIES]


def linked(view: View, blocks: Iterable[Block]) -> Iterator[Entry]:
    """The links among the blocks of a navigation."""
    for block in blocks:
        name = (block.name or "").removeprefix("core/")
        label = html.unescape(strip_all_tags(str(block.settings.get("label") or ""))).strip()
        url = str(block.settings.get("url") or "")
        if name == "home-link":
            label, url = label or "Home", f"{view.site.home}/"
        if name in ("navigation-link", "navigation-submenu", "home-link") and label and is_safe(url):
            below = list(linked(view, block.inner))[:MOST_ENTRIES]
            flat = [entry for one in below for entry in (replace(one, entries=()), *one.entries)]
            yield Entry(label[:200], url, tuple(flat))
