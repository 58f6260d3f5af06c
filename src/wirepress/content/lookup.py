"""What rendering and links ask of the site, answered from one snapshot and remembered while it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from wirepress.content import permalinks
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
from wirepress.store import users as user_store
from wirepress.store.database import Unit

UNKNOWN_EMBED = "{{unknown}}"
"""What WordPress keeps of an address that embeds nothing."""

MOST_ID = 2**63 - 1
"""What a column of ids holds at most; there is nothing beyond."""

_MENTIONED = re.compile(r'wp-image-(\d{1,18})|"(?:id|ref|mediaId)":(\d{1,18})|\bids="([\d, ]{1,4000})"')


_UNDER_PARENTS = ("page", "attachment")
_MOST_WISHES = 100
"""What one rendering may want of other sites; more of it stays unknown."""


class SiteLookup:
    """A frozen view of the site (`model.lookup.Lookup`).

    Rows that were asked for are remembered for the life of the snapshot; `prefetch` fetches what a batch of posts
    will ask for at once.  `tracing` starts anew to note what is asked.
    """

    def __init__(self, unit: Unit, site: Site) -> None:
        self._unit = unit
        self._site = site
        self._posts: dict[int, Post | None] = {}
        self._terms: dict[int, Term | None] = {}
        self._users: dict[int, User | None] = {}
        self._links: dict[int, str] = {}
        self._asked_posts: set[int] = set()
        self._asked_terms: set[int] = set()
        self._asked_options: set[str] = set()
        self._wishes: set[Wish] = set()
        self._counts: dict[PostQuery, int] = {}

    # ---- what Lookup promises

    def option(self, name: str, default: Any = "") -> Any:
        self._asked_options.add(name)
        return self._site.option(name, default)

    def post(self, post_id: int) -> Post | None:
        self._asked_posts.add(post_id)
        if post_id not in self._posts:
            self._fetch_posts((post_id,))
        return self._posts.get(post_id)

    def posts(self, query: PostQuery) -> Sequence[Post]:
        found = post_store.find(self._unit, query)
        self._fetch_posts(found.ids)
        self._asked_posts.update(found.ids)
        return [post for post in map(self._posts.get, found.ids) if post is not None]

    def count(self, query: PostQuery) -> int:
        whole = replace(query, page=1, per_page=1, offset=None, with_total=True, sticky_first=False)
        if whole not in self._counts:
            self._counts[whole] = post_store.find(self._unit, whole).total
        return self._counts[whole]

    def term(self, term_id: int) -> Term | None:
        self._asked_terms.add(term_id)
        if term_id not in self._terms and term_id <= MOST_ID:
            self._terms[term_id] = term_store.get(self._unit, None, term_id)
        return self._terms.get(term_id)

    def terms(self, query: TermQuery) -> Sequence[Term]:
        found = term_store.find(self._unit, query)
        by_id = term_store.load(self._unit, found.ids)
        terms = [by_id[i] for i in found.ids if i in by_id]
        self._asked_terms.update(term.id for term in terms)
        return terms

    def user(self, user_id: int) -> User | None:
        if user_id not in self._users and user_id <= MOST_ID:
            self._fetch_users((user_id,))
        return self._users.get(user_id)

    def recent_comments(self, limit: int) -> Sequence[Comment]:
        return self.comments(CommentQuery(per_page=max(1, min(limit, 100)), types=("comment",)))

    def comments(self, query: CommentQuery) -> Sequence[Comment]:
        found = comment_store.find(self._unit, query)
        by_id = comment_store.load(self._unit, found.ids)
        return [by_id[i] for i in found.ids if i in by_id]

    def months(self, post_type: str = "post") -> Sequence[tuple[int, int, int]]:
        return post_store.months(self._unit, post_type)

    def permalink(self, post: Post) -> str:
        if post.id not in self._links:
            self._links[post.id] = permalinks.permalink(self._site, post, self)
        return self._links[post.id]

    def term_link(self, term: Term) -> str:
        return permalinks.term_link(self._site, term, self)

    def author_link(self, user: User) -> str:
        return permalinks.author_link(self._site, user)

    def date_link(self, year: int, month: int = 0, day: int = 0) -> str:
        return permalinks.date_link(self._site, year, month, day)

    def home(self, path: str = "") -> str:
        return self._site.url(path)

    def upload_url(self, path: str = "") -> str:
        return self._site.upload_url(path)

    def oembed(self, wish: Wish) -> str | None:
        found = self._remote(wish)
        html = found.get("html") if isinstance(found, dict) else None
        return html if isinstance(html, str) and html else None

    def feed(self, wish: Wish) -> Sequence[Item] | None:
        found = self._remote(wish)
        return None if found is None else items_from_json(found)

    # ---- batches

    def remember(self, posts: Iterable[Post]) -> None:
        """Takes over rows that were loaded elsewhere in the same snapshot."""
        for post in posts:
            self._posts[post.id] = post
            self._links.pop(post.id, None)

    def remember_terms(self, terms: Iterable[Term]) -> None:
        """Takes over terms that were loaded elsewhere in the same snapshot."""
        self._terms.update({term.id: term for term in terms})

    def forget(self, post_id: int = 0) -> None:
        """Drops what is remembered (of one post), after a write in the same unit."""
        self._links.clear()
        self._counts.clear()
        if post_id:
            self._posts.pop(post_id, None)
        else:
            self._posts.clear()
            self._terms.clear()
            self._users.clear()

    def prefetch(self, posts: Sequence[Post], *, texts: bool = False) -> None:
        """Fetches at once what the links of posts are made with; with `texts`, also what their contents name."""
        self.remember(posts)
        wanted = {post.parent for post in posts if post.parent and post.type in _UNDER_PARENTS}
        if texts:
            wanted |= {post.thumbnail for post in posts if post.thumbnail}
            for post in posts:
                wanted |= mentioned(post.content)
        for _ in range(4):  # pages stand under pages; most chains are short
            missing = [i for i in wanted if i not in self._posts]
            if not missing:
                break
            self._fetch_posts(missing)
            fresh = (self._posts.get(i) for i in missing)
            wanted = {p.parent for p in fresh if p is not None and p.parent and p.type in _UNDER_PARENTS}
        if "%author%" in self._site.structure:
            self.prefetch_users(post.author for post in posts)
        if "%category%" in self._site.structure:
            above = {t.parent for post in posts for t in post.terms if t.taxonomy == "category" and t.parent}
            self._fetch_terms("category", sorted(above - self._terms.keys()))

    def prefetch_posts(self, ids: Iterable[int]) -> None:
        """Fetches posts at once."""
        self._fetch_posts(sorted({i for i in ids if i}))

    def prefetch_users(self, ids: Iterable[int]) -> None:
        """Fetches users at once."""
        missing = sorted({i for i in ids if i} - self._users.keys())
        if missing:
            self._fetch_users(missing)

    def prefetch_terms(self, taxonomy: str, ids: Iterable[int]) -> None:
        """Fetches terms of a taxonomy at once (by term id)."""
        self._fetch_terms(taxonomy, sorted(set(ids) - self._terms.keys()))

    # ---- what was asked

    def trace(self) -> None:
        """Starts anew to note what is asked."""
        self._asked_posts.clear()
        self._asked_terms.clear()
        self._asked_options.clear()
        self._wishes.clear()

    def traced(self, but: int = 0) -> Used:
        """What was asked since `trace`, the post itself left out."""
        return Used(
            posts=frozenset(self._asked_posts - {but}),
            terms=frozenset(self._asked_terms),
            options=frozenset(self._asked_options),
            wishes=frozenset(self._wishes),
        )

    def _remote(self, wish: Wish) -> Any:
        if wish not in self._wishes:
            if len(self._wishes) >= _MOST_WISHES:
                return None
            self._wishes.add(wish)
        found = remote_store.value(self._unit, wish.kind, wish.key)
        if found is None and wish.kind is RemoteKind.EMBED:
            html = remote_store.imported_embed(self._unit, wish.key)
            found = {"html": html} if html and html != UNKNOWN_EMBED else None
        return found

    def _fetch_posts(self, ids: Sequence[int]) -> None:
        missing = [i for i in ids if i not in self._posts and i <= MOST_ID]
        if missing:
            loaded = post_store.load(self._unit, missing)
            self._posts.update({i: loaded.get(i) for i in missing})

    def _fetch_terms(self, taxonomy: str, ids: Sequence[int]) -> None:
        if ids:
            loaded = term_store.by_ids(self._unit, taxonomy, ids)
            self._terms.update({i: loaded.get(i) for i in ids})

    def _fetch_users(self, ids: Sequence[int]) -> None:
        if ids:
            loaded = user_store.load(self._unit, ids)
            self._users.update({i: loaded.get(i) for i in ids})


def mentioned(content: str, limit: int = 200) -> set[int]:
    """The ids of posts (images, galleries, reusable blocks) that a content may name; some may be of other things."""
    ids: set[int] = set()
    for match in _MENTIONED.finditer(content):
        if match[3]:
            ids.update(int(part) for part in match[3].split(",") if part.strip().isdigit())
        else:
            ids.add(int(match[1] or match[2]))
        if len(ids) > limit:
            break
    return ids
