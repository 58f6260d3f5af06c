"""Whether a comment is shown at once, waits for a person or goes to the trash (wp_allow_comment, check_comment)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from wirepress.content.comments.traps import Caught
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import View
from wirepress.model.comment import Comment
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.moment import Stamp, stamp, utc
from wirepress.model.post import Post
from wirepress.render.comments import comment_text
from wirepress.render.strip import strip_all_tags
from wirepress.store import comment_checks as checks
from wirepress.store import users as user_store

PAUSE = 15
"""The seconds that one who may not moderate waits between two comments."""
PINGS = ("pingback", "trackback")
"""Types of comments that come from other sites: nobody signs them with an e-mail address."""
_LINK = re.compile(r"<a ([^>]*)", re.IGNORECASE)
_HOUR = timedelta(hours=1)


def first_status(view: View, viewer: Viewer, comment: Comment, post: Post) -> str:
    """The state that a new comment begins in: "1", "0" or "trash".

    Raises when it was said already, or when its author does not leave time between two comments.
    """
    if checks.doubled(view.unit, comment):
        raise Conflict("comment_duplicate", "This has been said already.")
    _refuse_flood(view, viewer, comment)
    user = view.lookup.user(comment.user)
    if user is not None and (user.id == post.author or viewer_of(view.site, user).can("moderate_comments")):
        return "1"
    if _names_any(view, "disallowed_keys", (*_parts(comment, comment.content), strip_all_tags(comment.content))):
        return "trash"
    return "1" if _passes(view, comment) else "0"


def held_back(status: str, caught: Caught) -> str:
    """The state of a comment that may have fallen into a trap: one that filled the hidden field is spam, any other
    waits for a person at least."""
    if status == "trash" or caught is Caught.NOT:
        return status
    return "spam" if caught is Caught.HIDDEN_FIELD else "0"


def _refuse_flood(view: View, viewer: Viewer, comment: Comment) -> None:
    if viewer.can("manage_options") or viewer.can("moderate_comments"):
        return
    if comment.type in PINGS:  # kept when their pages were looked at, several in a moment; bounded where they come in
        return
    asked = Comment(0, 0, user=viewer.id, author_ip=comment.author_ip, author_email=comment.author_email)
    last = checks.last_of(view.unit, asked, stamp(view.now() - _HOUR))
    if last is not None and _seconds_between(last, comment.date_gmt) < PAUSE:
        raise Invalid("comment_flood", "You are saying too much at once.")


def _seconds_between(one: Stamp, other: Stamp) -> float:
    before, after = utc(one), utc(other)
    if before is None or after is None:
        return PAUSE
    return (after - before).total_seconds()


def _passes(view: View, comment: Comment) -> bool:
    """Whether nobody has to look at a comment first."""
    site = view.site
    if site.flag("comment_moderation"):
        return False
    shown = comment_text(comment.content, host=site.host)
    most = site.number("comment_max_links")
    if most and sum("href" in tag.lower() for tag in _LINK.findall(shown)) >= most:
        return False
    if _names_any(view, "moderation_keys", _parts(comment, shown)):
        return False
    return not site.flag("comment_previously_approved") or _known(view, comment)


def _known(view: View, comment: Comment) -> bool:
    """Whether the author has had a comment approved before."""
    if not comment.author_name or not comment.author_email:
        return False
    user = user_store.by_email(view.unit, comment.author_email)
    if user is not None:
        known = checks.approved_before(view.unit, user=user.id)
    else:
        known = checks.approved_before(view.unit, name=comment.author_name, email=comment.author_email)
    keys = str(view.site.option("moderation_keys")).strip()
    return known and (not keys or keys not in comment.author_email)


def _parts(comment: Comment, content: str) -> tuple[str, ...]:
    return comment.author_name, comment.author_email, comment.author_url, content, comment.author_ip, comment.agent


def _names_any(view: View, option: str, texts: Iterable[str]) -> bool:
    """Whether one of the lines of an option is found in a text, whatever its case."""
    words = [word for line in str(view.site.option(option)).split("\n") if (word := line.strip()) and word != "0"]
    lowered = [text.lower() for text in texts]
    return any(word.lower() in text for word in words for text in lowered)
