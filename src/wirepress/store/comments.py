"""Comments: what is asked of them and done with them."""

from wirepress.store.comment_rows import children, find, get, load, of_posts
from wirepress.store.comment_write import delete, insert, update

__all__ = [
    "children",
    "delete",
    "find",
    "get",
    "insert",
    "load",
    "of_posts",
    "update",
]
