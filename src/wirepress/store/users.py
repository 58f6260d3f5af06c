"""Users: what is asked of them."""

from wirepress.store.user_rows import (
    application_passwords,
    by_email,
    by_login,
    by_slug,
    find,
    get,
    load,
    published,
    published_authors,
)

__all__ = [
    "application_passwords",
    "by_email",
    "by_login",
    "by_slug",
    "find",
    "get",
    "load",
    "published",
    "published_authors",
]
