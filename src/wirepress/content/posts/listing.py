"""The lists of posts that those who write work with: what is in them, how it is counted, where it came from
(wp_edit_posts_query, WP_Posts_List_Table)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.query import Found, PostQuery, Visibility
from wirepress.store import posts as store
from wirepress.store import sources

MOST_OUTLINED = 5000
"""How many posts a hierarchy may have to be listed as a tree."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A post in a tree: how deep it stands, and its title."""

    id: int
    depth: int
    title: str


def statuses(view: View) -> tuple[str, ...]:
    """The statuses that a list of everything shows (`show_in_admin_all_list`)."""
    return tuple(status.name for status in view.site.registry.statuses.values() if status.show_in_list)


def browse(view: View, viewer: Viewer, query: PostQuery) -> Found:
    """What a query of one type finds; of private posts of others only who may read them finds any."""
    return store.find(view.unit, replace(query, visibility=_visibility(view, viewer, query)))


def browse_each(view: View, viewer: Viewer, queries: Sequence[PostQuery]) -> list[Found]:
    """What several queries find, as `browse`: the first page of each, in one statement."""
    return store.find_each(
        view.unit, [replace(query, visibility=_visibility(view, viewer, query)) for query in queries]
    )


def outline(view: View, viewer: Viewer, query: PostQuery) -> list[Branch]:
    """The posts that a query of a hierarchical type finds, each under its parent.

    What stands under nothing that was found begins anew at the top (_display_rows_hierarchical).
    """
    seen = replace(query, visibility=_visibility(view, viewer, query))
    rows = {row[0]: row for row in store.outline(view.unit, seen, MOST_OUTLINED)}
    below: dict[int, list[int]] = {}
    for post_id, parent, _ in rows.values():
        below.setdefault(parent if parent in rows else 0, []).append(post_id)
    found: dict[int, Branch] = {}
    # Those in a loop of parents are reached from nowhere; each is a beginning of its own then.
    for first in (*below.get(0, ()), *rows):
        waiting = [(first, 0)]
        while waiting:
            post_id, depth = waiting.pop()
            if post_id not in found:
                found[post_id] = Branch(post_id, depth, rows[post_id][2])
                waiting += [(inner, depth + 1) for inner in reversed(below.get(post_id, ()))]
    return list(found.values())


def items(view: View, ids: Sequence[int]) -> list[Post]:
    """The posts of these ids, in order, as they are kept: nothing is rendered for a list."""
    loaded = store.load(view.unit, ids)
    posts = [loaded[i] for i in ids if i in loaded]
    view.lookup.prefetch(posts)
    return posts


def counts(view: View, viewer: Viewer, post_type: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many posts of a type the viewer finds of each status, and how many of these are their own
    (wp_count_posts with `readable`)."""
    everybody, own = store.counts_beside(view.unit, post_type, viewer.id)
    if not _reads_private(view, viewer, post_type):
        everybody |= {name: own.get(name, 0) for name in _private(view, everybody)}
    return everybody, own


def months(view: View, post_type: str, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The years and months from which there are posts of a type in one of these statuses, newest first."""
    return store.months_of(view.unit, post_type, names)


def origins(view: View, ids: Sequence[int]) -> tuple[Mapping[int, str], Mapping[int, int]]:
    """What the sources are called that posts may have come from, by id, and by post the source that it did come from:
    what was written here has none."""
    return sources.names_beside(view.unit, ids)


def _visibility(view: View, viewer: Viewer, query: PostQuery) -> Visibility:
    private = _private(view, query.statuses)
    if not private or all(_reads_private(view, viewer, name) for name in query.types):
        return Visibility(all_of=query.statuses)
    return Visibility(tuple(name for name in query.statuses if name not in private), private, viewer.id)


def _private(view: View, names: Sequence[str] | Mapping[str, int]) -> tuple[str, ...]:
    return tuple(name for name in names if (status := view.site.status(name)) is not None and status.private)


def _reads_private(view: View, viewer: Viewer, post_type: str) -> bool:
    kind = view.site.type(post_type)
    if kind is None:  # what an import brought and nothing serves: only the site itself lists it
        return viewer.almighty
    return may(view, viewer, kind.capabilities["read_private_posts"])
