"""What follows once it is known who somebody is: a login is begun, and they are led to where they want to go."""

from __future__ import annotations

import logging

from wirepress.content.addresses.own import own_address
from wirepress.content.identity import second_factor, sessions
from wirepress.content.identity.actors import actor_of
from wirepress.content.identity.cookies import Jar
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.locales import NAMES
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.user import User
from wirepress.model.web import Request, Response
from wirepress.wp import login_pages as pages
from wirepress.wp.form import Variables

logger = logging.getLogger("wirepress.login")

ENROLMENT = "admin.php?page=second-factor"
"""Where those go who have to have a second factor and have none."""


def entered(view: View, request: Request, asked: Variables, user: User, newer: str = "") -> Response:
    """Begins a login of a user who is known by now: a token of its own, whatever cookies came along.

    Raises Conflict when the password has been changed since.  `newer` is what `sessions.newer_hash` gave.
    """
    view.unit.actor = actor_of(viewer_of(view.site, user), request)
    remember = bool(asked.posted("rememberme"))
    agent = request.headers.get("user-agent", "").replace("\0", "")
    session = sessions.begin(view, user, remember=remember, ip=request.remote, agent=agent, newer=newer)
    stored = view.lookup.user(user.id)
    assert stored is not None
    lines = Jar.of(view.site, request).logged_in(view, stored, session, remember=remember)
    if "interim-login" in asked:
        language = pages.language_for(view.site, asked, stored)
        words = pages.notices((), [language.text("You are logged in.")])
        response = pages.page(
            view.site, language, language.text("Logged in"), words, kind="interim-login-success", interim=True
        )
        response.headers += lines
        return response
    viewer = viewer_of(view.site, stored)
    if second_factor.is_due(view, viewer):
        return pages.towards(f"{view.site.base}/wp-admin/{ENROLMENT}", *lines)
    return pages.towards(destination(view.site, viewer, asked), *lines)


def entered_unkept(view: View, request: Request, asked: Variables, user: User) -> Response:
    """As `entered`, in a view that reads, where nothing can be kept: for an hour (`sessions.begin`).

    The audit log cannot have it, so that of the process does.
    """
    response = entered(view, request, asked, user)
    logger.warning("user %s has logged in from %s; nothing of it could be kept", user.id, request.remote)
    return response


def destination(site: Site, viewer: Viewer, asked: Variables) -> str:
    """Where somebody goes who has logged in; who writes nothing goes to their profile."""
    admin = f"{site.base}/wp-admin/"
    wanted = own_address(site, asked.text("redirect_to"), admin)
    if wanted in (admin, "/wp-admin/", "/wp-admin", "wp-admin/") and not viewer.can("edit_posts"):
        if viewer.can("read"):
            return f"{admin}profile.php"
        return site.home + "/"
    return wanted


def back(site: Site, asked: Variables) -> dict[str, str]:
    """The hidden fields of a form of logging in: its language, and where it leads to or that a frame shows it."""
    language = asked.text("wp_lang")
    kept = {"wp_lang": language} if language in NAMES else {}
    if "interim-login" in asked:
        return {**kept, "interim-login": "1"}
    return {**kept, "redirect_to": own_address(site, asked.text("redirect_to"), f"{site.base}/wp-admin/")}
