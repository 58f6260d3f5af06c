"""Who has a post open in an editor, so that two people never overwrite each other.

A lock is the meta `_edit_lock` as WordPress writes it: `seconds:user`.  The editor renews it while it is open; one that
is not renewed for `SECONDS` holds no more.
"""

from __future__ import annotations

from datetime import UTC

from wirepress.content.identity.viewer import Viewer
from wirepress.content.posts.publishing import existing
from wirepress.content.view import View
from wirepress.model.post import Post
from wirepress.store import posts as store

KEY = "_edit_lock"
SECONDS = 150
_LINGERS = 5
"""How long a lock that is given back still holds: a page that is loaded anew comes back within it."""


def holder(view: View, viewer: Viewer, post: Post) -> int:
    """The user who has a post open, 0 where nobody else than the viewer has (wp_check_post_lock)."""
    seconds, _, user = str(post.first_meta(KEY)).partition(":")
    if not (seconds.isdecimal() and user.isdecimal()) or int(user) in (0, viewer.id):
        return 0
    return int(user) if _now(view) - int(seconds) < SECONDS else 0


def take(view: View, viewer: Viewer, post_id: int) -> str:
    """Locks a post for the viewer, whoever had it before, and gives the lock (wp_set_post_lock).

    Raises NotFound when there is no such post.
    """
    return _write(view, post_id, f"{_now(view)}:{viewer.id}")


def release(view: View, viewer: Viewer, post_id: int, lock: str) -> None:
    """Gives a lock back that the viewer had (wp_ajax_wp_remove_post_lock); another's, or one renewed since, stays.

    Raises NotFound when there is no such post.
    """
    held = str(existing(view, post_id).first_meta(KEY))
    if held == lock and held.endswith(f":{viewer.id}"):
        _write(view, post_id, f"{_now(view) - SECONDS + _LINGERS}:{viewer.id}")


def _write(view: View, post_id: int, lock: str) -> str:
    post = existing(view, post_id)
    store.update(view.unit, post_id, meta={**post.meta, KEY: [lock]})
    return lock


def _now(view: View) -> int:
    return int(view.now().astimezone(UTC).timestamp())
