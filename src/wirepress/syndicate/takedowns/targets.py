"""What a take-down is of: a post of this site by its id, slug or address, or an article that never came here."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.addresses import archive, redirects
from wirepress.content.newsroom import View
from wirepress.content.rewrite.rules import resolve
from wirepress.content.rewrite.target import Shows
from wirepress.content.rewrite.words import encoded_slug
from wirepress.content.takedowns.reading import at_address
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.takedown import Takedown
from wirepress.store import posts, sources
from wirepress.store import takedowns as store
from wirepress.syndicate.addresses import url_key
from wirepress.url.parse import Url, web_url

LONGEST = 2_000
_MOST_ID = 2**63 - 1
_OTHERS = ("attachment", "wp_block")
"""Types without pages for readers that can be taken down all the same."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is taken down.  Without a `post`, `url` is the address of an article that is not here."""

    post: Post | None = None
    url: str = ""
    """The address elsewhere that was named; empty where a post was named by what it is called here."""


def target_of(view: View, text: str) -> Target:
    """What somebody means.  Raises Invalid for what names nothing, NotFound for a post that is not there, Conflict for
    what was taken down already, or for a slug that several posts have."""
    text = text.strip()
    if not text or len(text) > LONGEST or "\0" in text:
        raise Invalid("invalid_target", "Name a post by its number, slug or address, or the address of an original.")
    if text.isdecimal() and text.isascii():
        return Target(_by_id(view, int(text[:20])))
    if text.startswith("/"):
        return Target(_by_address(view, web_url(view.site.home + text)))
    if "://" not in text:
        return Target(_by_slug(view, text))
    found = web_url(text)
    if found is None:
        raise Invalid("invalid_url", "This is not an address of the web.")
    home = web_url(view.site.home)
    if home is not None and found.origin == home.origin and found.path.startswith(home.path.rstrip("/") + "/"):
        return Target(_by_address(view, found))
    return _elsewhere(view, found.href)


def _by_id(view: View, post_id: int) -> Post:
    post = posts.get(view.unit, post_id) if post_id <= _MOST_ID else None
    if post is None:
        _refuse_second(store.known(view.unit, "post", (str(post_id),)))
    return _fit(view, post)


def _by_slug(view: View, slug: str) -> Post:
    types = [name for name, kind in view.site.registry.types.items() if kind.viewable or name in _OTHERS]
    slug = encoded_slug(slug)
    found = posts.by_slug(view.unit, slug, types)
    if found is not None and posts.slugs_taken(view.unit, (slug,), types=types, besides=found.id):
        raise Conflict("ambiguous_slug", "Several posts have this slug: name the one that you mean by its number.")
    return _fit(view, found)


def _by_address(view: View, url: Url | None) -> Post:
    """The post at an address of this site, whoever may see it."""
    if url is None:
        raise Invalid("invalid_url", "This is not an address of the web.")
    home = web_url(view.site.home)
    path = url.path.removeprefix(home.path.rstrip("/") if home is not None else "")
    target = resolve(view.site, path, url.query)
    post = None
    if target.shows in (Shows.POST, Shows.PAGE):
        post = archive.post_of(view, target) or redirects.renamed(view, target)
    elif target.shows is Shows.FRONT and view.site.front_page:
        post = posts.get(view.unit, view.site.front_page)
    if post is None:
        _refuse_second(at_address(view, target, path))
    return _fit(view, post)


def _fit(view: View, post: Post | None) -> Post:
    """A post that can be taken down.  Raises NotFound for none, Invalid for what is no article, page or file."""
    if post is None or post.status == "auto-draft":
        raise NotFound("invalid_post", "There is no such post.")
    kind = view.site.type(post.type)
    if kind is None or not (kind.viewable or post.type in _OTHERS):
        raise Invalid("invalid_post_type", "This is nothing that can be taken down.")
    return post


def _elsewhere(view: View, url: str) -> Target:
    """The post that came from an address, or the address alone."""
    key = url_key(url)
    if not key:
        raise Invalid("invalid_url", "This is not an address of the web.")
    known = sources.find_origins(view.unit, 0, [], [key, url])
    for origin in sorted(known, key=lambda one: one.url_key != key):
        post = posts.get(view.unit, origin.post) if origin.post else None
        if post is not None:
            return Target(post, url)
    _refuse_second(store.known(view.unit, "url", (key,)))
    return Target(None, url)


def _refuse_second(takedown: Takedown | None) -> None:
    if takedown is not None:
        message = "This was taken down already: it is take-down %(id)s."
        raise Conflict("already_taken_down", message, {"takedown": takedown.id}, words={"id": takedown.id})
