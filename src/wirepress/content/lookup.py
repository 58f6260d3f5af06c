"""What rendering and links ask of the site: options, rows, and the addresses that both make."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from wirepress.content import comment_links, permalinks
from wirepress.content.rewrite import named_post
from wirepress.content.rows import Rows
from wirepress.content.site import Site
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermQuery
from wirepress.model.remote import Item, RemoteKind, Wish, items_from_json
from wirepress.model.rendering import Used
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import comments as comment_store
from wirepress.store import posts as post_store
from wirepress.store import remote as remote_store
from wirepress.store import terms as term_store
from wirepress.store.unit import Unit

UNKNOWN_EMBED = "{{unknown}}"
"""What WordPress keeps of an address that embeds nothing."""

_MENTIONED = re.compile(r'wp-image-(\d{1,18})|"(?:id|ref|mediaId)":(\d{1,18})|ids="([\d, ]{1,4000})"')
# No `\b` before `ids`: without it each alternative begins with a letter of its own, and a long text is passed over five
# times as fast, which nobody else gets a turn beside.
_UNDER_PARENTS = ("page", "attachment")
_MOST_WISHES = 100
"""What one rendering, or one answer, may want of other sites; more of it stays unknown."""


def _parents_of(posts: Iterable[Post]) -> set[int]:
    """The posts that the addresses of posts lead through."""
    return {post.parent for post in posts if post.parent and post.type in _UNDER_PARENTS}


def _parents_of_categories(posts: Iterable[Post]) -> set[int]:
    return {term.parent for post in posts for term in post.terms if term.taxonomy == "category"} - {0}


class SiteLookup:
    """A view of the site as it is in one unit (`model.lookup.Lookup`).

    `prefetch` fetches what a batch of posts will ask for at once.
    """

    def __init__(self, site: Site, rows: Rows) -> None:
        self.site = site
        self.rows = rows
        self._links: dict[int, str] = {}
        self._links_at = rows.changes
        self._wishes: set[Wish] = set()
        self.pages = comment_links.Pages()

    # ---- what Lookup promises

    def option(self, name: str, default: Any = "") -> Any:
        return self.site.option(name, default)

    def post(self, post_id: int) -> Post | None:
        return self.rows.post(post_id)

    def posts(self, query: PostQuery) -> Sequence[Post]:
        return self.rows.posts(query)

    def count(self, query: PostQuery) -> int:
        return self.rows.count(query)

    def term(self, term_id: int) -> Term | None:
        return self.rows.term(term_id)

    def terms(self, query: TermQuery) -> Sequence[Term]:
        return term_store.listed(self.rows.unit, query)

    def user(self, user_id: int) -> User | None:
        return self.rows.user(user_id)

    def comments(self, query: CommentQuery) -> Sequence[Comment]:
        found = comment_store.find(self.rows.unit, query)
        by_id = comment_store.load(self.rows.unit, found.ids)
        return [by_id[i] for i in found.ids if i in by_id]

    def months(self, post_type: str = "post") -> Sequence[tuple[int, int, int]]:
        return post_store.months(self.rows.unit, post_type)

    def permalink(self, post: Post) -> str:
        if self._links_at != self.rows.changes:
            self._links.clear()
            self._links_at = self.rows.changes
        if post.id not in self._links:
            self._links[post.id] = permalinks.permalink(self.site, post, self)
        return self._links[post.id]

    @property
    def unit(self) -> Unit:
        return self.rows.unit

    def comment_link(self, comment: Comment, viewer: int = 0) -> str:
        return comment_links.link(self, comment, viewer)

    def term_link(self, term: Term) -> str:
        return permalinks.term_link(self.site, term, self)

    def author_link(self, user: User) -> str:
        return permalinks.author_link(self.site, user)

    def date_link(self, year: int, month: int = 0, day: int = 0) -> str:
        return permalinks.date_link(self.site, year, month, day)

    def home(self, path: str = "") -> str:
        return self.site.url(path)

    def upload_url(self, path: str = "") -> str:
        return self.site.upload_url(path)

    def oembed(self, wish: Wish) -> str | None:
        found = self._remote(wish)
        html = found.get("html") if isinstance(found, dict) else None
        return html if isinstance(html, str) and html else None

    def feed(self, wish: Wish) -> Sequence[Item] | None:
        found = self._remote(wish)
        return None if found is None else items_from_json(found)

    def _remote(self, wish: Wish) -> Any:
        if wish not in self._wishes:
            if len(self._wishes) >= _MOST_WISHES:
                return None
            self._wishes.add(wish)
        unit = self.rows.unit
        found = remote_store.value(unit, wish.kind, wish.key)
        if found is None and wish.kind is RemoteKind.EMBED:
            html = remote_store.imported_embed(unit, wish.key)
            found = {"html": html} if html and html != UNKNOWN_EMBED else None
        return found

    def post_at(self, url: str) -> Post | None:
        return named_post.post_at(self, url)

    # ---- batches

    def add_posts(self, posts: Collection[Post]) -> None:
        """Takes over posts that were loaded elsewhere in the same unit."""
        self.rows.add_posts(posts)
        for post in posts:
            self._links.pop(post.id, None)

    def add_terms(self, terms: Iterable[Term]) -> None:
        """Takes over terms that were loaded elsewhere in the same unit."""
        self.rows.add_terms(terms)

    def prefetch(self, posts: Sequence[Post], *, texts: bool = False) -> None:
        """Fetches at once what the links of posts are made with; with `texts`, also what their contents name."""
        self.add_posts(posts)
        wanted = _parents_of(posts)
        if texts:
            wanted |= {post.thumbnail for post in posts}.union(*(mentioned(post.content) for post in posts))
        for _ in range(4):  # pages stand under pages; most chains are short
            fresh = self.rows.fetch_posts(wanted)
            wanted = _parents_of(fresh)
        if "%author%" in self.site.structure:
            self.prefetch_users(post.author for post in posts)
        if "%category%" in self.site.structure:
            self.prefetch_terms("category", _parents_of_categories(posts))

    def prefetch_posts(self, ids: Iterable[int]) -> None:
        """Fetches posts at once."""
        self.rows.fetch_posts(ids)

    def let_go(self, posts: Iterable[int]) -> None:
        """Drops posts that are not needed any more."""
        self.rows.let_go(posts)

    def prefetch_users(self, ids: Iterable[int]) -> None:
        """Fetches users at once."""
        self.rows.fetch_users(ids)

    def prefetch_terms(self, taxonomy: str, ids: Iterable[int]) -> None:
        """Fetches terms of a taxonomy at once (by term id)."""
        self.rows.fetch_terms(taxonomy, ids)


class TracingLookup(SiteLookup):
    """A lookup in the same rows that notes what it is asked, for one rendering.

    Its links are its own: what they are made of is noted whoever asked for them before.
    """

    def __init__(self, lookup: SiteLookup) -> None:
        super().__init__(lookup.site, lookup.rows)
        self._posts: set[int] = set()
        self._terms: set[int] = set()
        self._options: set[str] = set()

    def option(self, name: str, default: Any = "") -> Any:
        self._options.add(name)
        return super().option(name, default)

    def post(self, post_id: int) -> Post | None:
        self._posts.add(post_id)
        return super().post(post_id)

    def posts(self, query: PostQuery) -> Sequence[Post]:
        posts = super().posts(query)
        self._posts.update(post.id for post in posts)
        return posts

    def term(self, term_id: int) -> Term | None:
        self._terms.add(term_id)
        return super().term(term_id)

    def terms(self, query: TermQuery) -> Sequence[Term]:
        terms = super().terms(query)
        self._terms.update(term.id for term in terms)
        return terms

    def used(self, *, besides: int = 0) -> Used:
        """What was asked, but for the post itself."""
        return Used(
            posts=frozenset(self._posts - {besides}),
            terms=frozenset(self._terms),
            options=frozenset(self._options),
            wishes=frozenset(self._wishes),
        )


def mentioned(content: str, limit: int = 200) -> set[int]:
    """The ids of posts (images, galleries, reusable blocks) that a content may name; some may be of other things."""
    ids: set[int] = set()
    for match in _MENTIONED.finditer(content):
        if match[3] and not content[match.start() - 1 : match.start()].replace("_", "a").isalnum():
            ids.update(int(part) for part in match[3].split(",") if part.strip().isdigit())
        elif not match[3]:
            ids.add(int(match[1] or match[2]))
        if len(ids) > limit:
            break
    return ids
