"""The nouns as rows: what of their columns their dataclasses do not say."""

from __future__ import annotations

from typing import Final

from wirepress.model.comment import Comment
from wirepress.model.post import Meta, Post
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword, User
from wirepress.store.collation import fold, sort_key
from wirepress.store.columns import Columns
from wirepress.store.unit import Row


def _thumbnail(meta: Meta) -> int:
    """The id of the featured image, as the meta key of WordPress names it."""
    values = meta.get("_thumbnail_id") or (0,)
    try:
        return max(0, int(values[0]))
    except (TypeError, ValueError):
        return 0


POSTS: Final = Columns(
    Post,
    "posts",
    derived={"slug_key": ("slug", sort_key), "title_key": ("title", sort_key), "thumbnail": ("meta", _thumbnail)},
    kept=("revisions", "last_revision"),
)
TERMS: Final = Columns(
    Term,
    "terms",
    key="taxonomy_id",
    derived={"name_key": ("name", sort_key), "slug_key": ("slug", sort_key)},
    kept=("id",),
)
USERS: Final = Columns(
    User, "users", derived={f"{name}_key": (name, sort_key) for name in ("login", "slug", "email", "name")}
)
COMMENTS: Final = Columns(Comment, "comments", derived={"email_key": ("author_email", sort_key)})
PASSWORDS: Final = Columns(ApplicationPassword, "application_passwords", key="uuid")
PLACED_PASSWORDS: Final = (*PASSWORDS.names, "position")
SEARCH_TEXTS: Final = ("post", "title", "excerpt", "content", "file")
TAIL: Final = "\n\n"
"""What each search text ends in: with it, each character of the text begins a trigram."""
UNSEARCHED: Final = frozenset({"revision"})
"""Types whose texts are not kept for search: there are many of them, and a search of them names their parent."""


MOST_SEARCHED: Final = 100_000
"""How many characters of a text are looked at by a search.  Taking a text into the indexes holds the writes of others:
so many take a tenth of a second."""


def search_row(post: Post) -> Row:
    """The values of SEARCH_TEXTS."""
    file = str(post.first_meta("_wp_attached_file")) if post.type == "attachment" else ""
    texts = (post.title, post.excerpt, post.content, file)
    return post.id, *(fold(text[:MOST_SEARCHED]) + TAIL for text in texts)
