"""Posts of every type: what is asked of them and done with them."""

from wirepress.store.post_query import find, outline
from wirepress.store.post_rows import (
    ancestors,
    by_path,
    by_slug,
    children,
    counts,
    counts_beside,
    get,
    load,
    months,
    months_of,
    revisions,
    slug_taken,
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
    "by_path",
    "by_slug",
    "children",
    "counts",
    "counts_beside",
    "delete",
    "find",
    "get",
    "insert",
    "load",
    "months",
    "months_of",
    "outline",
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
]
