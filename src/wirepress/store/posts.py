"""Posts of every type: what is asked of them and done with them."""

from wirepress.store.post_query import find
from wirepress.store.post_rows import (
    ancestors,
    beside,
    by_path,
    by_slug,
    children,
    counts,
    get,
    led_by,
    load,
    months,
    revisions,
    slug_taken,
    users_of,
)
from wirepress.store.post_stale import rendered_otherwise, save_rendering, spoil, stale
from wirepress.store.post_write import (
    delete,
    insert,
    reassign,
    set_first_guid,
    set_first_terms,
    set_terms,
    update,
)

__all__ = [
    "ancestors",
    "beside",
    "by_path",
    "by_slug",
    "children",
    "counts",
    "delete",
    "find",
    "get",
    "insert",
    "led_by",
    "load",
    "months",
    "reassign",
    "rendered_otherwise",
    "revisions",
    "save_rendering",
    "set_first_guid",
    "set_first_terms",
    "set_terms",
    "slug_taken",
    "spoil",
    "stale",
    "update",
    "users_of",
]
