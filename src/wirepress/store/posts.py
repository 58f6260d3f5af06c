"""Posts of every type: what is asked of them."""

from wirepress.store.post_query import find
from wirepress.store.post_rows import (
    ancestors,
    by_path,
    by_slug,
    children,
    counts,
    get,
    load,
    months,
    revisions,
    slug_taken,
)

__all__ = [
    "ancestors",
    "by_path",
    "by_slug",
    "children",
    "counts",
    "find",
    "get",
    "load",
    "months",
    "revisions",
    "slug_taken",
]
