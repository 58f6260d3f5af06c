"""Cookies under WordPress's names: whose login a request brings, and the lines that set or clear them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import quote, urlsplit

from wirepress.content.identity import devices
from wirepress.content.identity.sessions import GRACE, cookie, viewer_of_cookie
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.site import Site
from wirepress.model.user import Session, User
from wirepress.model.web import Request

TEST = "wordpress_test_cookie"
TEST_VALUE = "WP Cookie check"
LOGGED_IN, AUTH = "logged_in", "auth"
"""The schemes: what pages and the API take, and what the administration takes besides."""


@dataclass(frozen=True, slots=True)
class Jar:
    """The cookies of a site, for requests that came over https or not."""

    site: Site
    secure: bool

    @classmethod
    def of(cls, site: Site, request: Request) -> Jar:
        return cls(site, request.scheme == "https" or site.base.startswith("https://"))

    @property
    def path(self) -> str:
        return urlsplit(self.site.home).path.rstrip("/") + "/"

    @property
    def site_path(self) -> str:
        return urlsplit(self.site.base).path.rstrip("/") + "/"

    def name(self, scheme: str) -> str:
        """The name of a login's cookie (COOKIEHASH is the MD5 of the option siteurl)."""
        site = hashlib.md5(self.site.base.encode(), usedforsecurity=False).hexdigest()
        if scheme == LOGGED_IN:
            return f"wordpress_logged_in_{site}"
        if self.secure:
            return f"wordpress_sec_{site}"
        return f"wordpress_{site}"

    @property
    def reset_name(self) -> str:
        site = hashlib.md5(self.site.base.encode(), usedforsecurity=False).hexdigest()
        return f"wp-resetpass-{site}"

    def remembered(self, field: str = "") -> str:
        """The name of the cookie that remembers a reader's name, or their `email` or `url`, for the comment form."""
        site = hashlib.md5(self.site.base.encode(), usedforsecurity=False).hexdigest()
        return f"comment_author_{field}_{site}" if field else f"comment_author_{site}"

    def line(self, name: str, value: str, path: str, *, seconds: int | None = None) -> tuple[str, str]:
        """A Set-Cookie line; without `seconds` the cookie lasts as long as the browser does, 0 clears it.

        Max-Age says how long, since a site's clock may stand still; Expires is for those that do not know it.
        """
        said = f"{name}={quote(value, safe='')}"
        if seconds is not None:
            moment = None
            if not seconds:
                moment = formatdate(0, usegmt=True)
            said += f"; expires={moment}; Max-Age=0" if moment else f"; Max-Age={seconds}"
        said += f"; path={path}"
        return "Set-Cookie", said + ("; secure" if self.secure else "") + "; HttpOnly; SameSite=Lax"

    def logged_in(self, view: View, user: User, session: Session, *, remember: bool) -> list[tuple[str, str]]:
        """The lines of a login that has just begun; the account knows this browser from now on."""
        seconds = None
        if remember:
            seconds = session.expires - session.created + 12 * GRACE
        auth, logged_in = (cookie(view, user, session, scheme) for scheme in (AUTH, LOGGED_IN))
        lines = [self.line(self.name(AUTH), auth, self.site_path + "wp-admin", seconds=seconds)]
        lines += [self.line(self.name(LOGGED_IN), logged_in, path, seconds=seconds) for path in self._paths()]
        return [*lines, self.known(view, user)]

    def known(self, view: View, user: User, *, mailed: bool = False) -> tuple[str, str]:
        """The line by which an account knows this browser from now on; `user` and `mailed` as for `devices.value`."""
        name, path = self._device_name(user), self.site_path + "wp-login.php"
        return self.line(name, devices.value(view, user, mailed=mailed), path, seconds=devices.LIFE)

    def device(self, view: View, request: Request, user: User | None) -> str:
        """The name of the device that a request comes from, where the account knows it; "" where not."""
        kept = request.cookies.get(self._device_name(user), "") if user is not None else ""
        return devices.known(view, user, kept) if user is not None and kept else ""

    def _device_name(self, user: User) -> str:
        site = hashlib.md5(self.site.base.encode(), usedforsecurity=False).hexdigest()
        return f"wp-device-{user.id}-{site}"

    def logged_out(self) -> list[tuple[str, str]]:
        """The lines that clear a login."""
        lines = [self.line(self.name(AUTH), "", self.site_path + "wp-admin", seconds=0)]
        return lines + [self.line(self.name(LOGGED_IN), "", path, seconds=0) for path in self._paths()]

    def _paths(self) -> list[str]:
        return list(dict.fromkeys((self.path, self.site_path)))

    def viewer(self, view: View, request: Request, *schemes: str) -> Viewer | None:
        """The viewer whose login the request brings under one of the schemes."""
        found = request.cookies
        for scheme in schemes:
            value = found.get(self.name(scheme), "")
            deferred = request.method == "POST"
            if value and (viewer := viewer_of_cookie(view, value, scheme, late=deferred)) is not None:
                return viewer
        return None
