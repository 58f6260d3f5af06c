"""Reading the library: what it holds of each month, what stands beside a file, and where a file is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.lookup import mentioned
from wirepress.content.media.library import original_path
from wirepress.content.newsroom import View
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts as store

_UNUSED = ("revision", "attachment", "nav_menu_item")
_AWAY = ("trash", "auto-draft")


@dataclass(frozen=True, slots=True)
class Use:
    """A post that uses a file: as its featured image, in its text, or both."""

    post: Post
    featured: bool
    within: bool


def months(view: View, statuses: Sequence[str] = ("inherit",)) -> Sequence[tuple[int, int, int]]:
    """Year, month and number of the files that were added, newest first."""
    return store.months(view.unit, "attachment", statuses)


def beside(view: View, post: Post) -> tuple[int, int]:
    """The files that stand before and after one in the library, newest first; 0 for none."""
    return store.beside(view.unit, post)


def led_by(view: View, posts: Sequence[Post]) -> dict[int, int]:
    """How many posts each of some files is the featured image of."""
    return store.led_by(view.unit, [post.id for post in posts])


def uses(view: View, viewer: Viewer, post: Post, limit: int = 20) -> Sequence[Use]:
    """Posts that the viewer may read and that use a file, newest first; at most so many.

    The texts that name its id in ways that rendering knows are found by what their renderings looked at, those that
    link to the file or show it by its address.
    """
    ids = set(store.users_of(view.unit, post.id, limit)) | set(_naming(view, viewer, post, limit))
    loaded = store.load(view.unit, sorted(ids, reverse=True)[: 2 * limit])
    address = _address_of(post)
    found = []
    for used in sorted(loaded.values(), key=lambda one: (one.date, one.id), reverse=True):
        use = Use(used, used.thumbnail == post.id, _names(used.content, post.id, address))
        shown = used.type not in _UNUSED and used.status not in _AWAY and may(view, viewer, "read_post", used)
        if shown and (use.featured or use.within):
            found.append(use)
    return found[:limit]


def _naming(view: View, viewer: Viewer, post: Post, limit: int) -> Sequence[int]:
    """Posts in whose texts the path of the file stands, whatever its size."""
    stem = _stem(post)
    if not stem or '"' in stem:
        return ()
    statuses = tuple(status for status in view.site.registry.statuses if status not in _AWAY)
    query = PostQuery(
        types=tuple(name for name in view.site.registry.types if name not in _UNUSED),
        statuses=statuses,
        visibility=Visibility(all_of=statuses, viewer=viewer.id),
        search=f'"{stem}"',
        search_columns=("post_content",),
        per_page=limit,
        with_total=False,
    )
    return store.find(view.unit, query).ids


def _stem(post: Post) -> str:
    """The path of a file without its extension: its sizes begin with it too."""
    return original_path(post).rpartition(".")[0]


def _address_of(post: Post) -> re.Pattern[str] | None:
    stem = _stem(post)
    if not stem:
        return None
    return re.compile(rf"/{re.escape(stem)}(?:-\d{{1,6}}x\d{{1,6}}|-scaled|-rotated)?\.", re.IGNORECASE)


def _names(content: str, post_id: int, address: re.Pattern[str] | None) -> bool:
    return post_id in mentioned(content) or (address is not None and address.search(content) is not None)
