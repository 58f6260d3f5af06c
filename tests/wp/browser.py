"""A browser as far as logging in goes: it keeps cookies, sends them where they belong, and follows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import unescape
from urllib.parse import urlencode, urlsplit

from tests.content.desk import answered
from wirepress.admin.admin import Admin
from wirepress.admin.visit import Ports
from wirepress.content.identity.attempts import Attempts
from wirepress.content.identity.passwords import hash_password
from wirepress.content.newsroom import Newsroom
from wirepress.model.mail import Mail
from wirepress.model.web import Request, Response
from wirepress.site.activating import Activation
from wirepress.store import users
from wirepress.wp.api import Api
from wirepress.wp.login import Login
from wirepress.wp.preload import preloaded

PASSWORD = "correct horse"
NEW_PASSWORD = "battery staple"
HASH = hash_password(PASSWORD)
BASE = "https://news.example.com"


class Letters:
    """A postbox that does everything at once and keeps the mails."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def later(self, work: Callable[[], None]) -> None:
        work()

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


class Desk:
    """The faces of a newsroom whose users all have the password PASSWORD."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.attempts = Attempts(newsroom)
        self.letters = Letters()
        self.login = Login(newsroom, self.attempts, self.letters)
        self.api = Api(newsroom, attempts=self.attempts)
        self.admin = Admin(Ports(newsroom, partial(preloaded, self.api), self.attempts, Activation(newsroom)))
        with newsroom.write() as view:
            for number in range(1, 6):
                users.update(view.unit, number, password=HASH)

    def answer(self, request: Request) -> Response:
        faces: tuple[Login | Admin, ...] = (self.login, self.admin)
        face = next((face for face in faces if face.serves(request.path)), self.api)
        return answered(face.answer, request)


class Browser:
    """Asks a desk from one address."""

    def __init__(self, desk: Desk, remote: str = "192.0.2.1") -> None:
        self.desk = desk
        self.remote = remote
        self.cookies: dict[str, tuple[str, str]] = {}

    def ask(
        self,
        target: str,
        form: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        method: str = "",
    ) -> Response:
        path, _, query = target.removeprefix(BASE).partition("?")
        sent = {**(headers or {})}
        if cookies := "; ".join(f"{n}={v}" for n, (v, where) in self.cookies.items() if path.startswith(where)):
            sent["cookie"] = cookies
        body = b""
        if form is not None:
            sent["content-type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
        method = method or ("GET" if form is None else "POST")
        response = self.desk.answer(Request(method, path, query, sent, body, self.remote, "https"))
        for name, value in response.headers:
            if name == "Set-Cookie":
                self.keep(value)
        return response

    def keep(self, line: str) -> None:
        pair, _, rest = line.partition("; ")
        name, _, value = pair.partition("=")
        attributes = dict(part.partition("=")[::2] for part in rest.split("; "))
        assert {"HttpOnly", "SameSite", "secure"} <= attributes.keys()
        if attributes.get("Max-Age") == "0":
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = (value, attributes["path"])

    def log_in(self, login: str = "editor", password: str = PASSWORD, **more: str) -> Response:
        return self.ask("/wp-login.php", {"log": login, "pwd": password, **more})

    def nonce(self) -> str:
        response = self.ask("/wp-admin/admin-ajax.php?action=rest-nonce")
        assert response.status == 200
        return response.body.decode()

    def me(self, **headers: str) -> Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("/wp-json/wp/v2/users/me", headers=sent)


def header(response: Response, name: str) -> str:
    """A header of a response, "" when it is not there."""
    return next((value for known, value in response.headers if known.lower() == name.lower()), "")


def fields_of(response: Response) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.body.decode())
    return {unescape(name): unescape(value) for name, value in found}


def query_of(address: str) -> str:
    return urlsplit(address).query
