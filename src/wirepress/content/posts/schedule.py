"""Scheduled publishing: what is due is published, by whoever looks first, once."""

from __future__ import annotations

from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing
from wirepress.store import due as store


def due(view: View, limit: int = 100) -> tuple[int, ...]:
    """The posts that are scheduled and due, the oldest first.  One look into an index: it may be asked often.

    Imported posts of types that nothing here serves stay as they are, and keep no others waiting.
    """
    return tuple(store.due(view.unit, view.stamps()[1], limit, view.site.registry.types))


def publish(view: View, post_id: int) -> bool:
    """Publishes a post if it is still due, and says whether it was: somebody else may have done it before."""
    if not store.is_due(view.unit, post_id, view.stamps()[1]):
        return False
    publishing.publish(view, NEWSROOM, post_id)
    return True
