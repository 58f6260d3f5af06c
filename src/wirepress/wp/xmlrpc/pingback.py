"""Pingbacks: what other sites say of a post, and have said.

Of all that can be wrong nothing is told, but that a page is known already: it would tell what there is here and
elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wirepress.content.comments import pingbacks
from wirepress.content.comments.writing import open_for_pings
from wirepress.content.identity import attempts
from wirepress.model.errors import TooMany
from wirepress.model.post import Post
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault
from wirepress.wp.xmlrpc.values import Value

KNOWN: Final = 48


def _refused() -> Fault:
    return Fault(0, "")


def _pinged(call: Call, url: str) -> Post:
    """The post at an address of ours.  Raises Fault where there is none."""
    post = pingbacks.pinged(call.view, url.replace("&amp;", "&"))
    if post is None:
        raise _refused()
    return post


@dataclass(frozen=True, slots=True)
class Ping:
    """A pingback that may be looked at: the post, the address of the page."""

    post: Post
    source: str


def checked(call: Call) -> Ping:
    """What `pingback.ping` tells of.  Raises Fault where it is not looked at.

    Anybody may call, so all is asked before the write begins: what is refused holds up nobody's.
    """
    source = call.text(0).replace("&amp;", "&")
    post = _pinged(call, call.text(1))
    if not open_for_pings(call.view, post) or not pingbacks.may_come_from(call.view, post, source):
        raise _refused()
    if pingbacks.is_known(call.view, post, source):
        raise Fault(KNOWN, "This page is known here already.")
    guess = attempts.of_pingback(call.view, call.request.remote)
    if attempts.waiting(call.view, guess) or pingbacks.is_full(call.view):
        raise _refused()
    return Ping(post, source)


def ping(call: Call) -> Value:
    """`pingback.ping`: another page says that it links to a post of ours.  The worker looks at it; until then nothing
    of it is shown."""
    sent: Ping = call.prepared
    try:
        attempts.take(call.view, attempts.of_pingback(call.view, call.request.remote))
    except TooMany:
        raise _refused() from None
    if not pingbacks.ask(call.view, sent.post, sent.source, call.request.remote):
        raise _refused()
    return "The page will be looked at."


def of_post(call: Call) -> Value:
    """`pingback.extensions.getPingbacks`: the addresses that have pinged a post of ours."""
    return pingbacks.of_post(call.view, _pinged(call, call.text(0)))
