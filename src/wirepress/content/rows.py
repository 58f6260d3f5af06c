"""The rows of one unit, kept until the unit writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from wirepress.model.post import Post
from wirepress.model.query import Found, PostQuery
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.store.tags import of_posts, of_table, of_terms
from wirepress.store.unit import Ids, Touched, Unit

MOST_ID = 2**63 - 1
"""What a column of ids holds at most; there is nothing beyond."""


class Rows:
    """Posts, terms and users by their ids, and how many posts a query finds: loaded when they are asked for, alone or
    in batches.  Whoever asks for one that is here already depends on it as if it had been loaded for them.

    `changes` grows with every write that links may depend on: a link that was made before holds no longer.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.changes = 0
        self._posts: dict[int, Post | None] = {}
        self._terms: dict[int, Term | None] = {}
        self._users: dict[int, User | None] = {}
        self._counts: dict[PostQuery, int] = {}
        self._found: dict[PostQuery, Found] = {}
        unit.watch(self._drop)

    def post(self, post_id: int) -> Post | None:
        if post_id in self._posts:
            self.unit.depends(of_posts((post_id,)))
        else:
            self.fetch_posts((post_id,))
        return self._posts.get(post_id)

    def find(self, query: PostQuery) -> Found:
        """What a query finds."""
        if (found := self._found.get(query)) is not None:
            return post_store.found_before(self.unit, query, found)
        return post_store.find(self.unit, query)

    def find_each(self, queries: Sequence[PostQuery]) -> list[Found]:
        """What several queries find, in one statement, and remembered for `find`; `posts.find_each` says which."""
        missing = [query for query in queries if query not in self._found]
        self._found.update(zip(missing, post_store.find_each(self.unit, missing), strict=True))
        return [post_store.found_before(self.unit, query, self._found[query]) for query in queries]

    def posts(self, query: PostQuery) -> Sequence[Post]:
        """The page of posts that a query asks for."""
        found = post_store.find(self.unit, query)
        self.fetch_posts(found.ids)
        return [post for post in map(self._posts.get, found.ids) if post is not None]

    def count(self, query: PostQuery) -> int:
        """How many posts a query finds, whatever page of them it asks for."""
        whole = replace(query, page=1, per_page=1, offset=None, with_total=True, sticky_first=False)
        if whole in self._counts:
            post_store.found_before(self.unit, whole, Found((), 0))
        else:
            self._counts[whole] = post_store.find(self.unit, whole).total
        return self._counts[whole]

    def term(self, term_id: int) -> Term | None:
        self.unit.depends(of_terms((term_id,)))
        if term_id not in self._terms and term_id <= MOST_ID:
            self._terms[term_id] = term_store.get(self.unit, None, term_id)
        return self._terms.get(term_id)

    def user(self, user_id: int) -> User | None:
        self.fetch_users((user_id,))
        return self._users.get(user_id)

    # ---- batches

    def fetch_posts(self, ids: Iterable[int]) -> Collection[Post]:
        """Loads at once those of the posts that are not here yet, and gives these."""
        wanted = {i for i in ids if i and i <= MOST_ID}
        self.unit.depends(of_posts(wanted))
        missing = sorted(wanted - self._posts.keys())
        loaded = post_store.load(self.unit, missing)
        self._posts.update({i: loaded.get(i) for i in missing})
        return loaded.values()

    def fetch_terms(self, taxonomy: str, ids: Iterable[int]) -> None:
        """Loads at once those terms of a taxonomy that are not here yet."""
        wanted = set(ids)
        self.unit.depends(of_terms(wanted))
        missing = sorted(wanted - self._terms.keys())
        if missing:
            loaded = term_store.by_ids(self.unit, taxonomy, missing)
            self._terms.update({i: loaded.get(i) for i in missing})

    def fetch_users(self, ids: Iterable[int]) -> None:
        """Loads at once those of the users that are not here yet."""
        wanted = {i for i in ids if i and i <= MOST_ID}
        self.unit.depends(of_table("users") if wanted else ())
        missing = sorted(wanted - self._users.keys())
        if missing:
            loaded = user_store.load(self.unit, missing)
            self._users.update({i: loaded.get(i) for i in missing})

    def let_go(self, posts: Iterable[int]) -> None:
        """Drops posts that were looked at and are not needed any more: a long list is never here as a whole."""
        _without(self._posts, frozenset(posts))

    def add_posts(self, posts: Iterable[Post]) -> None:
        """Takes over posts that were loaded elsewhere in the same unit."""
        self._posts.update({post.id: post for post in posts})

    def add_terms(self, terms: Iterable[Term]) -> None:
        """Takes over terms that were loaded elsewhere in the same unit."""
        self._terms.update({term.id: term for term in terms})

    # ---- what is written

    def _drop(self, what: Touched, ids: Ids) -> None:
        """Drops the rows that a write has touched, and what was made of them.

        Posts carry names and slugs of their terms, so they go with these.
        """
        if what in ("post", "rendering"):
            _without(self._posts, ids)
        elif what == "user":
            _without(self._users, ids)
        elif what == "term":
            _without(self._terms, ids)
            bearing = [p.id for p in self._posts.values() if p and any(ids is None or t.id in ids for t in p.terms)]
            _without(self._posts, bearing)
        if what != "rendering":
            self._counts.clear()
            self._found.clear()
            self.changes += 1


def _without(rows: dict[int, Post | None] | dict[int, Term | None] | dict[int, User | None], ids: Ids) -> None:
    if ids is None:
        rows.clear()
        return
    for row_id in ids:
        rows.pop(row_id, None)
