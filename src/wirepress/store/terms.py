"""Terms: what is asked of them."""

from wirepress.store.term_rows import ancestors, by_ids, by_name, by_slug, find, get, load, of_post, of_taxonomy

__all__ = ["ancestors", "by_ids", "by_name", "by_slug", "find", "get", "load", "of_post", "of_taxonomy"]
