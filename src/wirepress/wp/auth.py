"""Who calls: a login's cookie with its nonce, or an application password over Basic.

A wrong application password is nobody's, and says nothing (as in WordPress), until there have been too many of them: a
right one of ours is recognised nevertheless.
A cookie without a nonce is nobody's as well: another site's page may have made the browser send it
(rest_cookie_check_errors).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from wirepress.content.identity import authentication, nonces, second_factor
from wirepress.content.identity.application_passwords import Uses
from wirepress.content.identity.attempts import Attempts, at_login
from wirepress.content.identity.cookies import LOGGED_IN, Jar
from wirepress.content.identity.viewer import ANONYMOUS, Viewer
from wirepress.content.newsroom import View
from wirepress.content.people import users
from wirepress.model.errors import TooMany
from wirepress.model.web import Request
from wirepress.web.forms import form_of
from wirepress.wp import query
from wirepress.wp.call import Caller
from wirepress.wp.errors import WireError
from wirepress.wp.multipart import values_of
from wirepress.wp.params import content_type

NONCE = "wp_rest"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def caller_of(
    view: View, request: Request, asked: Mapping[str, Any], attempts: Attempts, uses: Uses | None = None
) -> Caller:  # fmt: skip
    """The caller of a request; raises where the request itself is refused.  `asked` are the query's variables."""
    viewer = _by_cookie(view, request)
    if viewer is None and (known := _by_password(view, request, attempts, uses)) is not None:
        return Caller(known)
    given = _nonce_of(request, asked)
    if given is None:
        return Caller()
    viewer = viewer or ANONYMOUS
    if not nonces.holds(view, viewer, NONCE, given):
        raise WireError("rest_cookie_invalid_nonce", "The nonce does not hold.", 403)
    if second_factor.is_due(view, viewer):
        raise WireError("rest_second_factor_due", "Set up your second factor first; your profile leads there.", 403)
    return Caller(viewer, nonces.nonce(view, viewer, NONCE))


def sender_of(view: View, request: Request, asked: Mapping[str, Any], attempts: Attempts) -> Viewer | None:
    """Whose a request is of which nothing but the headers has come; raises what `caller_of` raises.

    A form may bring its nonce itself: then the cookie counts without.
    """
    viewer = _by_cookie(view, request)
    if viewer is None:
        return _by_password(view, request, attempts, None)
    if request.method == "POST" and content_type(request) in FORMS:
        return viewer
    caller = caller_of(view, request, asked, attempts).viewer
    return None if caller.user is None else caller


def _by_cookie(view: View, request: Request) -> Viewer | None:
    if "cookie" not in request.headers:
        return None
    return Jar.of(view.site, request).viewer(view, request, LOGGED_IN)


def _by_password(view: View, request: Request, attempts: Attempts, uses: Uses | None) -> Viewer | None:
    """The viewer of an application password; raises 429 for a wrong one after too many."""
    header = request.headers.get("authorization", "")
    login, password = credentials(header[6:]) if header[:6].lower() == "basic " else ("", "")
    if not login or not password:
        return None
    if view.site.hardened and request.scheme != "https":
        message = "Application passwords are taken over https only."
        raise WireError("rest_application_passwords_insecure", message, 403)
    user, token = users.by_login(view, login), authentication.token_of(password)
    entries = authentication.application_passwords(view, user)
    entry = authentication.recognised(entries, token)
    if entry is None:
        key = ("application password", login, token, tuple(entry.hash for entry in entries))
        try:
            entry = attempts.tried(
                view,
                at_login(view, user, login, request.remote),
                key,
                lambda: authentication.found(entries, token),
                lambda unit, right: authentication.renew(unit, right, token),
            )
        except TooMany as error:
            raise too_many(error) from None
    if user is None or entry is None:
        return None
    if uses is not None:
        uses.note(view, entry, request.remote)
    return authentication.by_application(view.site, user, entry)


def too_many(refused: TooMany) -> WireError:
    """The refusal of one wrong password too many, or of one for which there is no time now."""
    error = WireError("rest_too_many_failed_logins", refused.message, 429)
    error.headers["Retry-After"] = str(refused.wait)
    return error


def _nonce_of(request: Request, asked: Mapping[str, Any]) -> str | None:
    """The nonce that a request brings: of its form, its query or its header, in this order.

    A form with files is only looked into where neither of the others has one.
    """
    given: Any = None
    kind = ""
    if request.method == "POST":
        kind = content_type(request)
    if kind == "application/x-www-form-urlencoded":
        given = query.of_form(request.body).get("_wpnonce")
    if given is None:
        given = asked.get("_wpnonce")
    if given is None:
        given = request.headers.get("x-wp-nonce")
    if given is None and kind == "multipart/form-data" and (form := form_of(request)) is not None:
        given = values_of(form).get("_wpnonce")
    if isinstance(given, str) or given is None:
        return given
    return ""


def credentials(encoded: str) -> tuple[str, str]:
    """Login and password of a Basic header, empty when it is none (RFC 7617)."""
    try:
        login, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:
        return "", ""
    if colon:
        return (login, password)
    return ("", "")
