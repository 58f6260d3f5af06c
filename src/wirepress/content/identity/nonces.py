"""Nonces: short proofs that a viewer was shown a link or a form of this site not long ago (wp_create_nonce).

A nonce is a keyed hash of what it is for, who it was made for, their login and the half-day in which it was made.  The
key is the option `wirepress_secret`, made with the site; a site without one signs with a key of this process, and what
it signed holds until the process ends.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.options import SECRET

LENGTH = 10
HALF_LIFE = 12 * 3600
"""A nonce holds in the half-day in which it was made and in the next."""
_OWN = secrets.token_hex(32)


def nonce(view: View, viewer: Viewer, action: str) -> str:
    """The nonce of a viewer for an action, ten hexadecimal digits."""
    return _made(view, viewer, action, _tick(view))


def holds(view: View, viewer: Viewer, action: str, given: str) -> bool:
    """Whether a nonce was made for this viewer, login and action, in this half-day or the one before."""
    now, sent = _tick(view), given.encode("utf-8", "replace")
    return any(hmac.compare_digest(_made(view, viewer, action, tick).encode(), sent) for tick in (now, now - 1))


def signed(view: View, purpose: str, *words: object) -> str:
    """The site's signature of some words for a purpose, in hexadecimal; nothing else is signed the same."""
    said = "".join(f"{len(str(word))}:{word}" for word in (purpose, *words))
    return hmac.new(_key(view), said.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _key(view: View) -> bytes:
    return str(view.site.option(SECRET) or _OWN).encode()


def _tick(view: View) -> int:
    return math.ceil(view.now().timestamp() / HALF_LIFE)


def _made(view: View, viewer: Viewer, action: str, tick: int) -> str:
    return signed(view, "nonce", tick, viewer.id, viewer.session, action)[:LENGTH]
