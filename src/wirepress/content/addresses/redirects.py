"""Where a reader is sent who asked for a thing by another address than its own.

The canonical redirects, the former slugs and the guesses at mistyped ones of WordPress's front end
(redirect_canonical, wp_old_slug_redirect, redirect_guess_404_permalink).
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlencode

from wirepress.content import permalinks
from wirepress.content.addresses.page import Shown, address_of, visible
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.rewrite.rules import verbose
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.rewrite.words import encoded_slug, number
from wirepress.model.post import Post
from wirepress.store import guesses
from wirepress.store import terms as term_store

_NOUGHTS = re.compile(r"(?:0+/)+(?:egap/)?")
"""`/page/0` or `/0/0` at the end of a path, read from there: from the left, each of thousands is a start."""


def settled(view: View, shown: Shown, path: str) -> Shown:
    """Adds the redirect to a thing's own address where it was asked for by another."""
    if shown.elsewhere or shown.target.trackback or not _has_pretty_address(view, shown):
        return shown
    target, own = shown.target, address_of(view, shown)
    if (target.embed or _is_paged_page(shown)) and not target.plain:
        tidied = view.site.tidy(path)
        address = "" if tidied == path else view.site.home + tidied
    else:
        address = own if target.plain else _address_for(view, shown, path, own)
    if not address:
        return shown
    if target.rest:
        address += f"{'&' if '?' in own else '?'}{target.rest}"
    return replace(shown, elsewhere=address)


def _is_paged_page(shown: Shown) -> bool:
    """Whether a page was asked for with the number of a list's page: it has them all (redirect_canonical)."""
    return shown.post is not None and shown.post.type == "page" and shown.target.page > 1


def _has_pretty_address(view: View, shown: Shown) -> bool:
    """Whether a thing has an address of its own to which whoever asked is sent."""
    return shown.found and not shown.target.here and bool(shown.canonical and view.site.structure)


def _address_for(view: View, shown: Shown, path: str, address: str) -> str:
    """Where to go from a path to a thing that has this address, "" where the path is right as well."""
    own, asked = unquote(address[len(view.site.home) :]) or "/", unquote(path)
    shows = shown.target.shows
    if asked == own or shows is Shows.SEARCH or (shows is Shows.FRONT and path in ("", "/")):
        return ""
    if alike(asked) == alike(own) and asked.rstrip("/") != "/index.php":
        tidied = tidied_path(view, path)
        return "" if tidied == path else view.site.home + tidied
    if not has_many_paths(view, shown):
        return address
    # Shown under any path that ends right; only index.php and the slash at the end are set right.
    tidied = tidied_path(view, asked)
    if not tidied.endswith(f"/{own.rstrip('/').rsplit('/', 1)[-1]}{'/' if own.endswith('/') else ''}"):
        return address
    if tidied == asked:
        return ""
    return view.site.home + tidied_path(view, path)


def alike(path: str) -> str:
    """A path without what makes no other of it for WordPress: the case of its letters, noughts before the numbers of a
    date, a page or a part of it that is number 0, a slash at its end."""
    path = path.lower().rstrip("/").removeprefix("/index.php")
    if nought := _NOUGHTS.match(path[::-1]):
        path = path[: -nought.end()]
    return re.sub(r"(?<=/)0+(?=[0-9])", "", path)


def tidied_path(view: View, path: str) -> str:
    """A path as it was sent, with the slash at its end and without index.php as the permalinks have it."""
    if not view.site.root:
        path = path.replace("/index.php/", "/", 1)
    return view.site.tidy(path)


def has_many_paths(view: View, shown: Shown) -> bool:
    """Whether a thing has more than one path: a term is shown under any parents, and a post under the path of each
    of its categories where the structure names one."""
    if shown.term is not None:
        return True
    asked = shown.target.parts.get("category_name", "")
    if shown.post is None or not asked:
        return False
    assigned = (term for term in shown.post.terms if term.taxonomy == "category")
    return any(permalinks.category_path(term, view.lookup) == encoded_slug(asked) for term in assigned)


def missed(view: View, target: Target) -> Shown:
    """Where to go when nothing is at an address: to what was there before, or what may have been meant."""
    if (post := renamed(view, target)) is not None:
        return towards(view, target, post)
    if number(target.parts.get("p", "")):
        if (post := _visible_post(view, int(target.parts["p"]))) is not None:
            # What was read as a part may be its slug, which is a number.
            return _with_rest(towards(view, replace(target, part=0), post))
        if not target.parts.get("name"):
            return Shown(target, found=False)
    shown = guess(view, target)
    if shown.elsewhere.partition("?")[0] == f"{view.site.home}/":
        # There this word is not passed over as it is on a path: it would lead from the front page to itself.
        words = [pair for pair in parse_qsl(target.rest, keep_blank_values=True) if pair[0] != "attachment"]
        shown = replace(shown, target=replace(target, rest=urlencode(words)))
    return _with_rest(shown)


def _with_rest(shown: Shown) -> Shown:
    """A redirect with what else was asked with, as long as it leads anywhere."""
    if not shown.elsewhere or not shown.target.rest:
        return shown
    joint = "&" if "?" in shown.elsewhere else "?"
    return replace(shown, elsewhere=f"{shown.elsewhere}{joint}{shown.target.rest}")


def _visible_post(view: View, post_id: int | None) -> Post | None:
    post = reading.get(view, post_id) if post_id else None
    return post if post is not None and visible(view, post) else None


def towards(view: View, target: Target, post: Post) -> Shown:
    """The redirect to a post, to its feed when that was asked for."""
    shown = Shown(target, post=post, canonical=view.lookup.permalink(post), guessed=True)
    return replace(shown, elsewhere=address_of(view, shown), canonical="")


def renamed(view: View, target: Target) -> Post | None:
    """The post that had the slug, or the day, of an address before."""
    slug = encoded_slug(target.parts.get("name", ""))
    kind = view.site.type(target.parts.get("type", "post"))
    if not slug or kind is None or kind.hierarchical:
        return None
    return _visible_post(view, guesses.once_called(view.unit, slug, kind.name, date_prefix(target)))


def guess(view: View, target: Target) -> Shown:
    """Where a mistyped address may have meant to go: a published post whose slug begins so."""
    if target.part and "pagename" in target.parts and verbose(view.site):
        return Shown(target, found=False)  # most often a month or day of archives that are elsewhere
    name = target.parts.get("name") or target.parts.get("pagename", "")
    if named := target.parts.get("type"):
        types: tuple[str, ...] = (named,)
    else:
        name = name.rsplit("/", 1)[-1]
        registry = view.site.registry.types.values()
        types = tuple(kind.name for kind in registry if kind.viewable and not kind.exclude_from_search)
    if slug := encoded_slug(name):
        post = _visible_post(view, guesses.begins_with(view.unit, slug, types, date_prefix(target)))
        if post is not None:
            return towards(view, target, post)
    return other_base(view, target)


def other_base(view: View, target: Target) -> Shown:
    """Where the archive is that was asked for under WordPress's usual base, when the site has a base of its own."""
    usual, _, rest = (target.parts.get("pagename") or target.parts.get("path", "")).partition("/")
    taxonomy = {"category": "category", "tag": "post_tag"}.get(usual)
    if taxonomy is None or not rest:
        return Shown(target, found=False)
    slug = encoded_slug(rest.strip("/").rsplit("/", 1)[-1])
    term = term_store.by_slug(view.unit, taxonomy, slug)
    if term is None:
        return Shown(target, found=False)
    return Shown(target, elsewhere=view.lookup.term_link(term), guessed=True)


def date_prefix(target: Target) -> str:
    """The date of an address as stamps begin with it."""
    widths = {"year": 4, "monthnum": 2, "day": 2}
    return "-".join(f"{int(target.parts[n]):0{width}d}" for n, width in widths.items() if n in target.parts)
