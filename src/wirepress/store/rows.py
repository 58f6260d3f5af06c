"""The nouns as rows: which columns there are and what a noun puts into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import ApplicationPassword, User
from wirepress.store.clauses import marks
from wirepress.store.collation import fold, sort_key
from wirepress.store.unit import encode

POSTS: Final = (
    "id", "type", "status", "slug", "slug_key", "title", "title_key", "content", "excerpt", "author",
    "date", "date_gmt", "modified", "modified_gmt", "parent", "menu_order", "password", "guid", "mime_type",
    "comment_status", "ping_status", "comment_count", "to_ping", "pinged", "content_filtered", "meta",
    "thumbnail", "revisions", "last_revision", "version",
)  # fmt: skip
TERMS: Final = (
    "taxonomy_id", "id", "taxonomy", "name", "name_key", "slug", "slug_key", "description", "parent", "count",
    "group", "meta", "version",
)  # fmt: skip
USERS: Final = (
    "id", "login", "login_key", "slug", "slug_key", "email", "email_key", "url", "name", "name_key", "registered",
    "password", "first_name", "last_name", "nickname", "description", "locale", "grants", "meta", "version",
)  # fmt: skip
PASSWORDS: Final = ("uuid", "user", "position", "app_id", "name", "hash", "created", "last_used", "last_ip")
COMMENTS: Final = (
    "id", "post", "author_name", "author_email", "author_url", "author_ip", "date", "date_gmt", "content", "karma",
    "approved", "agent", "type", "parent", "user", "meta", "version", "email_key",
)  # fmt: skip
SEARCH_TEXTS: Final = ("post", "title", "excerpt", "content", "file")
RENDERINGS: Final = ("post", "post_version", "render_version", "title", "content", "excerpt", "holes", "used")
TAIL: Final = "\n\n"
"""What each search text ends in: with it, each character of the text begins a trigram."""
UNSEARCHED: Final = frozenset({"revision"})
"""Types whose texts are not kept for search: there are many of them, and a search of them names their parent."""


def same(old: Any, new: Any) -> bool:
    """Whether two values of a field are kept as the same; in a mapping the order of the keys counts."""
    return bool(old == new) if not isinstance(old, Mapping) else encode(dict(old)) == encode(dict(new))


def insert_sql(table: str, columns: Sequence[str], *, tail: str = "") -> str:
    """An INSERT with a `?` for each column."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({marks(len(columns))}) {tail}"


def post_row(post: Post) -> tuple[Any, ...]:
    """The values of POSTS."""
    return (
        post.id, post.type, post.status, post.slug, sort_key(post.slug), post.title, sort_key(post.title),
        post.content, post.excerpt, post.author, post.date, post.date_gmt, post.modified, post.modified_gmt,
        post.parent, post.menu_order, post.password, post.guid, post.mime_type, post.comment_status,
        post.ping_status, post.comment_count, post.to_ping, post.pinged, post.content_filtered,
        encode(dict(post.meta)), thumbnail_of(post), post.revisions, post.last_revision, post.version,
    )  # fmt: skip


def thumbnail_of(post: Post) -> int:
    """The id of the featured image, as the meta key of WordPress names it."""
    value = post.first_meta("_thumbnail_id", 0)
    try:
        return max(0, int(value))
    except (TypeError, ValueError):
        return 0


def search_row(post: Post) -> tuple[Any, ...]:
    """The values of SEARCH_TEXTS."""
    file = str(post.first_meta("_wp_attached_file")) if post.type == "attachment" else ""
    return post.id, *(fold(text) + TAIL for text in (post.title, post.excerpt, post.content, file))


def term_row(term: Term) -> tuple[Any, ...]:
    """The values of TERMS."""
    return (
        term.taxonomy_id, term.id, term.taxonomy, term.name, sort_key(term.name), term.slug, sort_key(term.slug),
        term.description, term.parent, term.count, term.group, encode(dict(term.meta)), term.version,
    )  # fmt: skip


def user_row(user: User) -> tuple[Any, ...]:
    """The values of USERS."""
    return (
        user.id, user.login, sort_key(user.login), user.slug, sort_key(user.slug), user.email, sort_key(user.email),
        user.url, user.name, sort_key(user.name), user.registered, user.password, user.first_name, user.last_name,
        user.nickname, user.description, user.locale, encode(dict(user.grants)), encode(dict(user.meta)),
        user.version,
    )  # fmt: skip


def password_row(password: ApplicationPassword, position: int) -> tuple[Any, ...]:
    """The values of PASSWORDS."""
    return (
        password.uuid, password.user, position, password.app_id, password.name, password.hash, password.created,
        password.last_used, password.last_ip,
    )  # fmt: skip


def comment_row(comment: Comment) -> tuple[Any, ...]:
    """The values of COMMENTS."""
    return (
        comment.id, comment.post, comment.author_name, comment.author_email, comment.author_url, comment.author_ip,
        comment.date, comment.date_gmt, comment.content, comment.karma, comment.approved, comment.agent,
        comment.type, comment.parent, comment.user, encode(dict(comment.meta)), comment.version,
        sort_key(comment.author_email),
    )  # fmt: skip
