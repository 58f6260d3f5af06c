"""A post's dates and its status, which depend on each other (wp_insert_post, wp_update_post)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from wirepress.content.newsroom import View
from wirepress.content.posts.changes import Changes
from wirepress.content.zone import moment
from wirepress.model.errors import Invalid
from wirepress.model.moment import ZERO, Stamp, stamp
from wirepress.model.post import Post

UNDATED = ("draft", "pending", "auto-draft")
"""Statuses in which a post that was never dated is dated anew by every write."""
_AHEAD = timedelta(seconds=60)  # from so far ahead on a post is scheduled


def dated(view: View, before: Post | None, post: Post, changes: Changes) -> Post:
    """The post with its dates, and with the status `future` or `publish` that they ask for.

    A draft without a date of its own is dated now with every write, the one that publishes or trashes it among them.
    """
    site = view.site
    now, now_gmt = view.stamps()
    status = site.status(post.status)
    floating = status is not None and status.date_floating
    date, gmt = post.date, post.date_gmt
    if changes.date is not None:
        date, gmt = changes.date, (ZERO if changes.date == ZERO else site.to_gmt(_valid(changes.date)))
        if changes.date_gmt is not None and gmt != ZERO:
            gmt = _valid(changes.date_gmt)
    elif changes.date_gmt is not None:
        gmt = changes.date_gmt
        date = ZERO if gmt == ZERO else site.to_local(_valid(gmt))
    elif before is not None and before.status in UNDATED and before.date_gmt == ZERO:
        date, gmt = now, ZERO
    if date == ZERO:
        date = now if gmt == ZERO else site.to_local(gmt)
    if changes.date is not None and changes.date != ZERO:
        date = site.to_local(gmt)  # an hour that was skipped has moved
    if gmt == ZERO and not floating:
        gmt = site.to_gmt(date)
    fresh = before is not None or post.modified == ZERO
    post = replace(
        post,
        date=date,
        date_gmt=gmt,
        modified=now if fresh else post.modified,
        modified_gmt=now_gmt if fresh else post.modified_gmt,
    )
    return post if post.type == "attachment" else replace(post, status=_scheduled(post, now_gmt))


def _scheduled(post: Post, now_gmt: Stamp) -> str:
    """`future` for what is published ahead of time, `publish` for what is scheduled for now or before."""
    if post.status not in ("publish", "future"):
        return post.status
    planned, now = moment(post.date_gmt), moment(now_gmt)
    ahead = planned is not None and now is not None and planned - now >= _AHEAD
    return "future" if ahead else "publish"


def _valid(value: Stamp) -> Stamp:
    if moment(value) is None:
        raise Invalid("invalid_date", "That is no date.")
    return value


def rolled(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> Stamp | None:
    """The stamp of a date whose day or hour runs over (30 February, 24:00), as PHP rolls it on; None when it cannot
    be read at all."""
    if not (1 <= month <= 12 and 0 <= day <= 31 and 0 <= hour <= 24 and 0 <= minute <= 59 and 0 <= second <= 60):
        return None
    start = moment(f"{year:04d}-{month:02d}-01 00:00:00")
    if start is None:
        return None
    try:
        return stamp(start + timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second))
    except OverflowError:
        return None
