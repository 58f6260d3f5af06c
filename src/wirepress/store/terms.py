"""Terms: what is asked of them and done with them."""

from wirepress.store.term_rows import (
    ancestors,
    any_of,
    by_ids,
    by_name,
    by_slug,
    find,
    get,
    load,
    of_post,
    of_taxonomy,
    slug_owners,
)
from wirepress.store.term_write import delete, hand_over, insert, update

__all__ = [
    "ancestors",
    "any_of",
    "by_ids",
    "by_name",
    "by_slug",
    "delete",
    "find",
    "get",
    "hand_over",
    "insert",
    "load",
    "of_post",
    "of_taxonomy",
    "slug_owners",
    "update",
]
