"""Where comments came from: known for as long as moderating may need it, and forgotten then."""

from __future__ import annotations

from datetime import timedelta

from wirepress.content.newsroom import Newsroom
from wirepress.model.moment import stamp
from wirepress.store import comments as store

DAYS = "wirepress_comment_address_days"
"""The option that says for how many days it is known; 0: for good, as with WordPress."""
AT_ONCE = 200
"""Comments that are looked after in one write: other writers have their turns between."""


def forget(newsroom: Newsroom) -> int:
    """Forgets the network address and the browser of some comments that are older than the site wants to know them of;
    how many comments that were.  They are looked for before the write begins."""
    with newsroom.view() as view:
        days = view.site.number(DAYS)
        if days <= 0:
            return 0
        ids = store.with_addresses(view.unit, stamp(view.now() - timedelta(days=days)), AT_ONCE)
    if ids:
        with newsroom.write() as view:
            store.forget_addresses(view.unit, ids)
    return len(ids)
