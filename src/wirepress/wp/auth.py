"""Who calls: application passwords over Basic.  A wrong one is nobody's, and says nothing (as in WordPress)."""

from __future__ import annotations

import base64

from wirepress.content import identity
from wirepress.content.newsroom import View
from wirepress.content.viewer import ANONYMOUS, Viewer
from wirepress.model.web import Request
from wirepress.wp.errors import WireError


def viewer_of(view: View, request: Request) -> Viewer:
    """The caller of a request; raises where WordPress refuses the request itself."""
    header = request.headers.get("authorization", "")
    if header[:6].lower() == "basic ":
        login, password = credentials(header[6:])
        if login and password and (viewer := identity.authenticate(view, login, password)):
            return viewer
    if "x-wp-nonce" in request.headers:
        raise WireError("rest_cookie_invalid_nonce", "The nonce does not hold.", 403)
    return ANONYMOUS


def credentials(encoded: str) -> tuple[str, str]:
    """Login and password of a Basic header, empty when it is none (RFC 7617)."""
    try:
        login, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:
        return "", ""
    return (login, password) if colon else ("", "")
