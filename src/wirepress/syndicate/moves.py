"""Whether a source that redirects for good has moved there, or only shows a door."""

from __future__ import annotations

import re
from typing import Final

from wirepress.url.parse import parse

_DOORS: Final = re.compile(
    r"(?:^|[/._-])(?:wp-)?(?:log[-_]?in|sign[-_]?in|sign[-_]?up|log[-_]?on|register|sso|oauth2?|auth|account|session|consent|captcha"
    r"|paywall|subscribe|error|not-?found|404)(?:[/._-]|$)",
    re.IGNORECASE,
)
"""Names under which servers ask people who they are, or tell them that nothing is there."""


def is_believed(old: str, new: str) -> bool:
    """Whether an address may take the place of another that redirects to it for good.

    Not a page where people log in, not a front page instead of something within a site, and not plain http instead of
    https: the source stays what it was then, and is read by way of its redirect where that can be read.
    """
    before, after = parse(old), parse(new)
    if before is None or after is None or (before.scheme == "https" and after.scheme != "https"):
        return False
    is_front, was_front = (len(url.path) <= 1 and not url.query for url in (after, before))
    if is_front and not was_front:
        return False
    return _DOORS.search(after.path) is None and _DOORS.search(after.host.partition(".")[0]) is None
