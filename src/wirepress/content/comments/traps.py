"""What tells a program that fills in forms from a person, without a script and without asking anybody anything.

A page's form holds the time at which it was made, signed, and a field that nobody sees.  Pages are kept for hours and
read in tabs that are open for days, so the time says little, and no answer hangs on it: what falls into a trap is not
refused but waits for a person, and tells nobody by mail.  A person who falls into one loses nothing.
"""

from __future__ import annotations

import hmac
from enum import StrEnum

from wirepress.content.identity.nonces import signed
from wirepress.content.newsroom import View

HASTY = 4
"""Seconds in which nobody has read the form and written into it."""
STALE = 7 * 24 * 3600
"""Seconds after which a form is a kept copy of a program's rather than a page in somebody's tab."""
_SIGNS = 20


class Caught(StrEnum):
    """What a comment has fallen into."""

    NOT = ""
    HIDDEN_FIELD = "hidden field"
    TIME = "time"


def form_time(view: View, post_id: int) -> str:
    """The value of a form's time field under a post."""
    seconds = int(view.now().timestamp())
    return f"{seconds}.{_signature(view, post_id, seconds)}"


def kept_time(view: View, post_id: int, given: str) -> str:
    """The time of a form that is shown again: the one that it had, so that nobody has to wait once more, or a new one
    where that holds no longer."""
    age = _age(view, post_id, given)
    return given if age is not None and 0 <= age <= STALE else form_time(view, post_id)


def caught_in(view: View, post_id: int, time: str, hidden: str) -> Caught:
    """The trap that a form has fallen into, by its time field and by what stands in the field that nobody sees."""
    if hidden.strip():
        return Caught.HIDDEN_FIELD
    age = _age(view, post_id, time)
    return Caught.NOT if age is not None and HASTY <= age <= STALE else Caught.TIME


def _age(view: View, post_id: int, time: str) -> int | None:
    """How many seconds old a form is; None where its time is not one that we have signed for this post."""
    seconds, _, signature = time[:100].partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return None
    right = _signature(view, post_id, int(seconds))
    if not hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace")):
        return None
    return int(view.now().timestamp()) - int(seconds)


def _signature(view: View, post_id: int, seconds: int) -> str:
    return signed(view, "comment form", post_id, seconds)[:_SIGNS]
