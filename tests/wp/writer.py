"""A small newsroom's API, asked by each of its users with an application password."""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple

from tests.content.desk import ROLES, Clock, answered
from wirepress.content.identity.passwords import hash_token
from wirepress.content.newsroom import Newsroom
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Request
from wirepress.store import users
from wirepress.wp.api import Api

TOKEN = "abcdefghijklmnopqrstuvwx"
HASH = hash_token(TOKEN)
ELSEWHERE = ("/wp/v2/", "/wirepress/v1/")
"""Paths that name their namespace; all others are of `wp/v2`."""


class Answered(NamedTuple):
    """What came back: status, headers by small name, and the decoded body."""

    status: int
    headers: dict[str, str]
    value: Any

    @property
    def code(self) -> str:
        """The code of an error, "" when it is none."""
        return self.value.get("code", "") if isinstance(self.value, dict) else ""


class Writer:
    """Asks as a user of one of ROLES, or as nobody."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.api = Api(newsroom)
        with newsroom.write() as view:
            for number, role in enumerate(ROLES, 1):
                entry = ApplicationPassword(f"{number:08}-0000-4000-8000-000000000000", number, role, HASH)
                users.add_application_password(view.unit, entry)

    @property
    def clock(self) -> Clock:
        assert isinstance(self.newsroom.clock, Clock)
        return self.newsroom.clock

    @property
    def epoch(self) -> int:
        return self.newsroom.epoch()

    def ask(
        self, role: str, method: str, path: str, body: Any = None, *, query: str = "", remote: str = "192.0.2.7"
    ) -> Answered:  # fmt: skip
        headers = {"host": "news.example.com", "content-type": "application/json", "user-agent": "test/1"}
        if role:
            headers["authorization"] = "Basic " + base64.b64encode(f"{role}:{TOKEN}".encode()).decode()
        told = b"" if body is None else body
        sent = told if isinstance(told, bytes) else json.dumps(told).encode()
        root = "/wp-json" if path.startswith(ELSEWHERE) else "/wp-json/wp/v2"
        request = Request(method, root + path, query, headers, sent, remote, "https")
        response = answered(self.api.answer, request)
        named = {name.lower(): value for name, value in response.headers}
        return Answered(response.status, named, json.loads(response.body) if response.body else None)

    def post(self, role: str, path: str, body: Any = None, **more: Any) -> Answered:
        return self.ask(role, "POST", path, {} if body is None else body, **more)

    def get(self, role: str, path: str, query: str = "") -> Answered:
        return self.ask(role, "GET", path, query=query)

    def delete(self, role: str, path: str, query: str = "") -> Answered:
        return self.ask(role, "DELETE", path, query=query)
