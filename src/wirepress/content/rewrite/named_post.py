"""The post that an address names (WP_Query's reading of a single post, and url_to_postid)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote

from wirepress.content.rewrite.rules import resolve, verbose
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.rewrite.words import encoded_slug, number
from wirepress.content.site import Site
from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.store import posts as store
from wirepress.store.unit import Unit
from wirepress.url.parse import Url, web_url


class Rows(Lookup, Protocol):
    """The lookup of a unit, whose rows can be asked for by their slugs."""

    site: Site

    @property
    def unit(self) -> Unit: ...

    def add_posts(self, posts: Collection[Post]) -> None: ...


def post_at(rows: Rows, url: str) -> Post | None:
    """The published post, page or attachment at an address of this site (url_to_postid)."""
    there, home = web_url(url), web_url(rows.site.home)
    if there is None or home is None or _host(there) != _host(home):
        return None
    try:
        target = resolve(rows.site, there.path.removeprefix(home.path.rstrip("/")), there.query)
    except ValueError:  # more words in it than any address has
        return None
    post = None
    if target.shows is Shows.FRONT:
        post = rows.post(rows.site.front_page or 0)
    elif target.shows in (Shows.POST, Shows.PAGE):
        named = post_of(rows, target)
        post = rows.post(named.id) if named is not None else None  # so that a rendering notes what it shows
    if post is None or not (post.status == "publish" or (post.type, post.status) == ("attachment", "inherit")):
        return None
    return post


def _host(url: Url) -> str:
    return url.host.removeprefix("www.")


def post_of(rows: Rows, target: Target) -> Post | None:
    """The post or page that an address names, whoever may see it."""
    parts = target.parts
    if "type" in parts:
        if path := parts.get("pagename", ""):
            return by_path(rows, path, parts["type"])
        return by_slug(rows, parts.get("name", ""), parts["type"])
    if "pagename" in parts and "p" not in parts:
        return _page_of(rows, parts)
    if "attachment" in parts and "p" not in parts:
        return by_slug(rows, parts["attachment"], "attachment")
    if "path" in parts and verbose(rows.site) and (page := page_by_path(rows, parts["path"])) is not None:
        return page
    return next((post for post in _posts_of(rows, parts) if agrees(rows, post, target)), None)


def _page_of(rows: Rows, parts: Mapping[str, str]) -> Post | None:
    """The page of a path, or else the attachment that stands under a post at such a path."""
    page = page_by_path(rows, parts["pagename"])
    if page is None and "attachment" in parts:
        return by_slug(rows, parts["attachment"], "attachment")
    return page


def _posts_of(rows: Rows, parts: Mapping[str, str]) -> Iterator[Post]:
    """The post of an id, or else those of a slug."""
    if "p" in parts:
        ids = [int(parts["p"])] if number(parts["p"]) else []
        yield from filter(None, map(rows.post, ids))
        return
    for post_id in store.ids_of_slug(rows.unit, encoded_slug(parts.get("name", "")), ("post",), dated=_day_of(parts)):
        if post := _taken_over(rows, store.get(rows.unit, post_id)):
            yield post


def by_path(rows: Rows, path: str, kind: str) -> Post | None:
    """The post of a type at a path of slugs."""
    slugs = "/".join(encoded_slug(part) for part in path.split("/") if unquote(part).strip(". "))
    return _taken_over(rows, store.by_path(rows.unit, slugs, (kind,)))


def _day_of(parts: Mapping[str, str]) -> str:
    """The beginning of the date of whatever has an address with these parts."""
    day = ""
    for name, form in (("year", "{:04d}"), ("monthnum", "-{:02d}"), ("day", "-{:02d}")):
        if name not in parts:
            break
        day += form.format(int(parts[name]))
    return day


def by_slug(rows: Rows, slug: str, kind: str) -> Post | None:
    """The post of a type that has a slug."""
    return _taken_over(rows, store.by_slug(rows.unit, encoded_slug(slug), (kind,)))


def _taken_over(rows: Rows, post: Post | None) -> Post | None:
    if post is not None:
        rows.add_posts((post,))
    return post


def page_by_path(rows: Rows, path: str) -> Post | None:
    """The page, or failing that the attachment without a parent, of a path."""
    path = path.strip("/")
    page = by_path(rows, path, "page")
    if page is None and "/" not in path:
        return by_slug(rows, path, "attachment")
    return page


def agrees(rows: Rows, post: Post, target: Target) -> bool:
    """Whether the date and author in an address are the post's, and beside its id its slug."""
    parts = target.parts
    if not _dated_so(post, parts):
        return False
    if "author_name" in parts:
        author = rows.user(post.author)
        if author is None or author.slug != encoded_slug(parts["author_name"]):
            return False
    return "p" not in parts or "name" not in parts or encoded_slug(parts["name"]) == post.slug


def _dated_so(post: Post, parts: Mapping[str, str]) -> bool:
    names = ("year", "monthnum", "day", "hour", "minute", "second")
    values = zip(names, re.split(r"\D", post.date), strict=False)
    return all(int(parts[name]) == int(value or 0) for name, value in values if name in parts)
