"""The administration of a small newsroom, asked in this process by each of its users."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from urllib.parse import urlencode

from tests.content.desk import HOME, ROLES, answered
from wirepress.admin.admin import Admin
from wirepress.admin.visit import Ports
from wirepress.content.identity import nonces, sessions
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, Jar
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request, Response
from wirepress.site.activating import Activation
from wirepress.wp.api import Api
from wirepress.wp.preload import preloaded

Form = Mapping[str, str | int | Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: status, where it leads to, the HTML."""

    status: int
    location: str
    html: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """What can be read in it."""
        return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", self.html)))


class Client:
    """Asks as users of ROLES, each with a login of their own, or as nobody ("")."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.api = Api(newsroom)
        self.admin = Admin(Ports(newsroom, partial(preloaded, self.api), Attempts(newsroom), Activation(newsroom)))
        self.tokens: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        with newsroom.write() as view:
            for number, role in enumerate(ROLES, 1):
                user = view.lookup.user(number)
                assert user is not None
                session = sessions.begin(view, user, remember=False)
                jar = Jar.of(view.site, Request("GET", "/"))
                lines = {jar.name(scheme): sessions.cookie(view, user, session, scheme) for scheme in (AUTH, LOGGED_IN)}
                self.cookies[role] = "; ".join(f"{name}={value}" for name, value in lines.items())
                self.tokens[role] = session.token

    def ask(self, role: str, method: str, path: str, body: bytes = b"", **headers: str) -> Page:
        """One request below `/wp-admin/`."""
        path, _, query = path.partition("?")
        given = {"host": "news.example.com", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if role:
            given["cookie"] = self.cookies[role]
        request = Request(method, f"/wp-admin/{path}", query, given, body, "192.0.2.7", "https")
        return _page(answered(self.admin.answer, request))

    def get(self, role: str, path: str = "") -> Page:
        return self.ask(role, "GET", path)

    def post(self, role: str, path: str, form: Form, *, nonce: str | None = None) -> Page:
        """A form of a screen, with its nonce unless another is given."""
        given = self.nonce(role, path) if nonce is None else nonce
        body = urlencode({"_wpnonce": given, **form}, doseq=True).encode()
        kind = "application/x-www-form-urlencoded"
        return self.ask(role, "POST", path, body, content_type=kind, origin=HOME)

    def nonce(self, role: str, path: str) -> str:
        """The nonce that a screen's form carries."""
        screen = path.partition("?")[0] or "index.php"
        return self._nonce(role, f"admin:{screen}")

    def api_nonce(self, role: str) -> str:
        """The nonce of the API."""
        return self._nonce(role, "wp_rest")

    def _nonce(self, role: str, action: str) -> str:
        with self.newsroom.view() as view:
            user = view.lookup.user(ROLES.index(role) + 1) if role else None
            viewer = viewer_of(view.site, user)
            return nonces.nonce(view, replace(viewer, session=self.tokens.get(role, "")), action)


def _page(response: Response) -> Page:
    headers = {name.lower(): value for name, value in response.headers}
    return Page(response.status, headers.get("location", ""), response.body.decode("utf-8", "replace"), headers)
