"""What other sites answered, brought to the posts that want to show it."""

from __future__ import annotations

from typing import Any

from wirepress.content.newsroom import View
from wirepress.model.remote import Wish
from wirepress.store import posts as post_store
from wirepress.store import remote as store

MOST_WAITING = 1_000
"""How many wishes of a kind may wait that were never asked, before nobody but a post may add one."""


def keep(view: View, wish: Wish, found: Any, memory: dict[str, Any], now: int, next_at: int | None) -> tuple[int, ...]:
    """Keeps an answer; where it is news, the posts that show it are rendered anew, and readers told.  Their ids."""
    if not store.answered(view.unit, wish, found, memory, now, next_at):
        return ()
    return post_store.spoil(view.unit, wish.kind.value, wish.key)


def known(view: View, wish: Wish) -> dict[str, Any] | None:
    """All that is kept of an address (a provider's answer, what a page says of itself), None when nothing is known."""
    found = store.value(view.unit, wish.kind, wish.key)
    return found if isinstance(found, dict) else None


def ask_for(view: View, wish: Wish) -> bool:
    """Notes a wish that no post has (yet), in a view that writes; False when too many wait."""
    if store.waiting(view.unit, wish.kind, MOST_WAITING) >= MOST_WAITING:
        return False
    store.want(view.unit, [wish])
    return True
