"""The passwords of single posts: a reader who gave one keeps a proof of it in a cookie.

The proof is the site's signature of the password (WordPress keeps a hash of it, which can be guessed at): it opens
every post that has this password, and none when the password is changed.
"""

from __future__ import annotations

import hashlib
import hmac

from wirepress.content.identity.nonces import signed
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.post import Post
from wirepress.model.web import Request

LIFE = 10 * 24 * 3600
LONGEST = 255
"""How long the password of a post can be."""


def cookie_name(site: Site) -> str:
    """The name of the cookie (`wp-postpass_` and COOKIEHASH)."""
    return f"wp-postpass_{hashlib.md5(site.base.encode(), usedforsecurity=False).hexdigest()}"


def proof(view: View, password: str) -> str:
    """The value of the cookie for a password that was given, right or wrong."""
    return signed(view, "post password", password)


def opened(view: View, post: Post, request: Request) -> bool:
    """Whether a request brings the proof of a post's password (post_password_required)."""
    if not post.is_protected:
        return True
    given = request.cookies.get(cookie_name(view.site), "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), proof(view, post.password).encode())
