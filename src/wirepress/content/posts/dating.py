"""A post's dates and its status, which depend on each other (wp_insert_post, wp_update_post)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from wirepress.content.newsroom import View
from wirepress.content.posts.changes import Changes
from wirepress.content.site import Site
from wirepress.content.zone import moment
from wirepress.model.errors import Invalid
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Post

UNDATED = ("draft", "pending", "auto-draft")
"""Statuses in which a post that was never dated is dated anew by every write."""
_AHEAD = timedelta(seconds=60)  # from so far ahead on a post is scheduled


def dated(view: View, before: Post | None, post: Post, changes: Changes) -> Post:
    """The post with its dates, and with the status `future` or `publish` that they ask for.

    A draft without a date of its own is dated now with every write, the one that publishes or trashes it among them.
    Raises Invalid for what is no date.
    """
    site = view.site
    now, now_gmt = view.stamps()
    date, gmt = _dates(view, before, post, changes)
    if changes.date not in (None, ZERO):
        date = site.to_local(gmt)  # an hour that was skipped has moved
    elif date == ZERO:
        date = now if gmt == ZERO else site.to_local(gmt)
    if gmt == ZERO and not _floating(site, post):
        gmt = site.to_gmt(date)
    if before is not None or post.modified == ZERO:
        post = replace(post, modified=now, modified_gmt=now_gmt)
    post = replace(post, date=date, date_gmt=gmt)
    return replace(post, status=_scheduled(post, now_gmt))


def _floating(site: Site, post: Post) -> bool:
    """Whether the status of a post lets it be without a date of its own."""
    status = site.status(post.status)
    return status is not None and status.date_floating


def _dates_before(view: View, before: Post | None, post: Post) -> tuple[Stamp, Stamp]:
    if before is not None and before.status in UNDATED and before.date_gmt == ZERO:
        return view.stamps()[0], ZERO
    return post.date, post.date_gmt


def _dates(view: View, before: Post | None, post: Post, changes: Changes) -> tuple[Stamp, Stamp]:
    """The local date and the one in UTC that a write gives; those that the post has when it gives neither."""
    given = changes.date
    if given is None:
        given = changes.date_gmt
    if given is None:
        return _dates_before(view, before, post)
    if given == ZERO:
        return ZERO, ZERO
    if changes.date is None:
        return view.site.to_local(_valid(given)), given
    gmt = view.site.to_gmt(_valid(given))
    if changes.date_gmt is not None and gmt != ZERO:
        gmt = _valid(changes.date_gmt)
    return given, gmt


def _scheduled(post: Post, now_gmt: Stamp) -> str:
    """`future` for what is published ahead of time, `publish` for what is scheduled for now or before."""
    if post.type == "attachment" or post.status not in ("publish", "future"):
        return post.status
    planned, now = moment(post.date_gmt), moment(now_gmt)
    ahead = planned is not None and now is not None and planned - now >= _AHEAD
    return "future" if ahead else "publish"


def _valid(value: Stamp) -> Stamp:
    if moment(value) is None:
        raise Invalid("invalid_date", "That is no date.")
    return value
