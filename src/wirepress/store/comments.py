"""Comments: what is asked of them."""

from wirepress.store.comment_rows import children, find, get, load

__all__ = ["children", "find", "get", "load"]
