"""The golden site with posts and embeds of a test's own."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from tests.golden.lookup import WordPressLookup, golden_lookup
from wirepress.model.post import Post
from wirepress.model.remote import Item, Wish
from wirepress.render.holes import fill_content
from wirepress.render.post import render_content
from wirepress.render.response_context import Counters, ResponseContext


class OwnSite(WordPressLookup):
    """The golden site and more."""

    def __init__(
        self,
        *posts: Post,
        embeds: Mapping[str, str] | None = None,
        feeds: Mapping[str, Sequence[Item]] | None = None,
        **options: object,
    ) -> None:
        self.__dict__ = copy.copy(golden_lookup().__dict__)
        self._posts = self._posts | {post.id: post for post in posts}
        self._options = self._options | options
        self._embeds = embeds or {}
        self._feeds = feeds or {}

    def oembed(self, wish: Wish) -> str | None:
        return self._embeds.get(wish.url)

    def feed(self, wish: Wish) -> Sequence[Item] | None:
        return self._feeds.get(wish.url)


def article(content: str, post_id: int = 5_000, **more: object) -> Post:
    post = Post(post_id, "post", "publish", slug="own", title="Own", content=content)
    for name, value in more.items():
        object.__setattr__(post, name, value)
    return post


def html_of(content: str, site: OwnSite | None = None, answer: ResponseContext | None = None, **more: object) -> str:
    """A content as a reader sees it in an answer of its own."""
    post = article(content, 5_000, **more)
    site = site or OwnSite()
    return fill_content(post, render_content(post, site), Counters(), site, answer or ResponseContext())
