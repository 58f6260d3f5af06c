"""What rendering may ask about the rest of the site, as a protocol that content fulfils from one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery, TermQuery
from wirepress.model.remote import Item, Wish
from wirepress.model.term import Term
from wirepress.model.user import User


class Lookup(Protocol):
    """A frozen view of the site.  What a rendering asks here is noted as used by it.

    Addresses are absolute; `option` gives a value as stored (decoded) or the default.
    """

    def option(self, name: str, default: Any = "") -> Any: ...

    def post(self, post_id: int) -> Post | None: ...

    def posts(self, query: PostQuery) -> Sequence[Post]: ...

    def count(self, query: PostQuery) -> int:
        """How many posts a query finds in all, whatever page of them it asks for."""

    def term(self, term_id: int) -> Term | None: ...

    def terms(self, query: TermQuery) -> Sequence[Term]: ...

    def user(self, user_id: int) -> User | None: ...

    def comments(self, query: CommentQuery) -> Sequence[Comment]: ...

    def months(self, post_type: str = "post") -> Sequence[tuple[int, int, int]]:
        """Year, month and number of published posts, newest first."""

    def permalink(self, post: Post) -> str: ...

    def comment_link(self, comment: Comment, viewer: int = 0) -> str:
        """The place of a comment on its post's page, as a viewer (a user's id) finds it there."""

    def term_link(self, term: Term) -> str: ...

    def author_link(self, user: User) -> str: ...

    def date_link(self, year: int, month: int = 0, day: int = 0) -> str:
        """The address of a year's, month's or day's archive."""

    def home(self, path: str = "") -> str: ...

    def upload_url(self, path: str = "") -> str:
        """The address of a file under the uploads folder, or of the folder itself."""

    def post_at(self, url: str) -> Post | None:
        """The published post at an address of this site (`url_to_postid`), None at any other."""

    def oembed(self, wish: Wish) -> str | None:
        """The kept HTML of an embed, None when none is known; never asks a network."""

    def feed(self, wish: Wish) -> Sequence[Item] | None:
        """The kept entries of another site's feed, None when none are known; never asks a network."""
