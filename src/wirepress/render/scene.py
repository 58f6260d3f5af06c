"""What a text is rendered in: the site it may ask, the post it belongs to, and what has been found out on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from wirepress.model.comment import Comment
from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermQuery
from wirepress.model.remote import Item, RemoteKind, Wish, items_from_json, items_to_json
from wirepress.model.rendering import HoleKind
from wirepress.model.term import Term
from wirepress.render.budget import Budget
from wirepress.render.numbers import Numbers
from wirepress.render.response_context import ResponseContext

T = TypeVar("T")

MOST_REMOTE = 100
"""How much of what is known of other sites a text's hole may hold."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One rendering under way.

    `answer` is None while a rendering is made to be kept: a block that needs to know more than the post says so with
    `needs` and renders nothing.  `open` holds the ids of posts whose content is being rendered around this place,
    against recursion; `context` is what blocks provide to the blocks in them.  `dynamic`, `content` and `excerpt` are
    the dynamic blocks by name and the ways to render a whole content and a post's excerpt, given from above.

    `remote` is what is known of other sites, by kind and key and as JSON: a content that is rendered for each answer
    keeps it in its hole, so that no answer asks for it again.
    """

    lookup: Lookup
    post: Post | None = None
    answer: ResponseContext | None = None
    dynamic: Mapping[str, Callable[[Any, Scene], str]] = field(default_factory=dict)
    content: Callable[[str, Scene], str] = lambda raw, _scene: raw
    excerpt: Callable[[Post, Scene, int], str] = lambda _post, _scene, _length: ""
    numbers: Numbers = field(default_factory=Numbers)
    needed: set[HoleKind] = field(default_factory=set)
    budget: Budget = field(default_factory=Budget)
    open: tuple[int, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    remote: dict[str, Any] = field(default_factory=dict)
    feed: bool = False
    after_blocks: bool = False

    @property
    def post_id(self) -> int:
        """The id of the post, 0 where there is none."""
        return 0 if self.post is None else self.post.id

    @property
    def thumbnail(self) -> Post | None:
        """The featured image of the post."""
        if self.post is None or not self.post.thumbnail:
            return None
        return self.lookup.post(self.post.thumbnail)

    def posts(self, query: PostQuery) -> Sequence[Post]:
        """The posts of a query, paid for as a list.  Raises OverBudget, as the lists below do."""
        return self._listed(self.lookup.posts(query))

    def terms(self, query: TermQuery) -> Sequence[Term]:
        return self._listed(self.lookup.terms(query))

    def comments(self, query: CommentQuery) -> Sequence[Comment]:
        return self._listed(self.lookup.comments(query))

    def months(self) -> Sequence[tuple[int, int, int]]:
        """The months that have posts: year, month, and how many."""
        return self._listed(self.lookup.months())

    def count(self, query: PostQuery) -> int:
        self.budget.listed(0)
        return self.lookup.count(query)

    def _listed(self, found: Sequence[T]) -> Sequence[T]:
        self.budget.listed(len(found))
        return found

    def option_is_on(self, name: str) -> bool:
        """Whether an option that WordPress sets at first is on."""
        return self.lookup.option(name, "1") not in ("", "0", 0, False, None)

    def needs(self, kind: HoleKind) -> ResponseContext | None:
        """The answer that is being rendered for, None when there is none yet."""
        self.needed.add(kind)
        return self.answer

    def embed(self, wish: Wish) -> str | None:
        """The kept HTML of an embed, None where none is known."""
        name = f"{RemoteKind.EMBED} {wish.key}"
        if name in self.remote:
            html = self.remote[name]
            return html if isinstance(html, str) else None
        found = self.lookup.oembed(wish)
        if len(self.remote) < MOST_REMOTE:
            self.remote[name] = found
        return found

    def entries(self, wish: Wish) -> Sequence[Item] | None:
        """The kept entries of another site's feed, None where none are known."""
        name = f"{RemoteKind.FEED} {wish.key}"
        if name in self.remote:
            return None if self.remote[name] is None else items_from_json(self.remote[name])
        found = self.lookup.feed(wish)
        if len(self.remote) < MOST_REMOTE:
            self.remote[name] = None if found is None else items_to_json(tuple(found))
        return found

    def around(self, post: Post | None, **context: Any) -> Scene:
        """The same rendering around another post, with more context; numbers go on."""
        return replace(self, post=post, context={**self.context, **context})

    def inside(self, post: Post) -> Scene:
        """The same rendering inside another post's content."""
        return replace(self, post=post, open=(*self.open, post.id))
