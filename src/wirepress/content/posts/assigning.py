"""Which terms a post has after a write (wp_set_post_terms, set_post_format)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from wirepress.content.newsroom import View
from wirepress.content.posts.changes import Changes
from wirepress.content.terms import default_category
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.store import posts as post_store
from wirepress.store import terms as store

FORMATS = ("aside", "chat", "gallery", "link", "image", "quote", "status", "video", "audio")
_PREFIX = "post-format-"


def assign_first(view: View, post: Post, changes: Changes) -> None:
    """Gives a new post the terms of a write, as `assign` does."""
    wanted = _wanted(view, post, changes, ())
    if wanted:
        post_store.set_first_terms(view.unit, post, [term.taxonomy_id for term in chain(*wanted.values())])


def assign(view: View, post: Post, changes: Changes) -> None:
    """Gives a post the terms of a write; unknown ids are dropped.

    A post without a category gets the default one, unless the write says that it shall have none.
    """
    assigned = store.of_post(view.unit, post.id)
    wanted = _wanted(view, post, changes, assigned)
    stay = [term for term in assigned if term.taxonomy not in wanted]
    ids = [term.taxonomy_id for term in chain(stay, *wanted.values())]
    if set(ids) != {term.taxonomy_id for term in assigned}:
        post_store.set_terms(view.unit, post.id, ids)


def _wanted(view: View, post: Post, changes: Changes, assigned: Sequence[Term]) -> dict[str, list[Term]]:
    """The terms by taxonomy that a write gives, and the default category where it leaves a post without any."""
    wanted = _given(view, changes)
    taxonomies = {*wanted, *(term.taxonomy for term in assigned)}
    if "category" not in taxonomies and post.type == "post" and post.status != "auto-draft":
        wanted["category"] = [default_category(view)]
    return wanted


def _given(view: View, changes: Changes) -> dict[str, list[Term]]:
    given: dict[str, list[Term]] = {}
    for taxonomy, ids in (changes.terms or {}).items():
        if taxonomy in view.site.registry.taxonomies:
            given[taxonomy] = _known(view, taxonomy, ids)
    if changes.format is not None:
        given["post_format"] = _format(view, changes.format)
    return given


def _known(view: View, taxonomy: str, ids: Sequence[int]) -> list[Term]:
    found = store.by_ids(view.unit, taxonomy, tuple(i for i in ids if i > 0))
    return [found[i] for i in dict.fromkeys(ids) if i in found]


def _format(view: View, name: str) -> list[Term]:
    """The term of a post format, made when no post had it before."""
    if name not in FORMATS:
        return []
    slug = _PREFIX + name
    known = store.by_slug(view.unit, "post_format", slug)
    if known is None:
        known = store.insert(view.unit, Term(id=0, taxonomy="post_format", name=slug, slug=slug))
    return [known]
