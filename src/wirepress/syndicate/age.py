"""How old an article is, and whether that is more than its source is to bring."""

from __future__ import annotations

from datetime import datetime, timedelta

from wirepress.model.wire import Entry, Page, Rules


def is_too_old(rules: Rules, entry: Entry, page: Page | None, now: datetime) -> bool:
    """Whether an article was published longer ago than `Rules.max_age` days.

    Without a date of publication the last change tells as much: nothing is published after it was changed.  What bears
    no date at all is not old, as far as anybody knows.  `page` is what its page says; None before that was asked for.
    """
    if not rules.max_age:
        return False
    dates = (entry.published, page.published if page else None, entry.updated, page.modified if page else None)
    date = next((one for one in dates if one is not None), None)
    return date is not None and now - date > timedelta(days=rules.max_age)
