"""Whole requests made from the API's own description by schemathesis, parts of them grown, as each of the roles.

What was written is then looked at as readers do.  A process asks some hundred requests of a copy of the golden site.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.core import NotSet
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from tests.content.desk import answered
from tests.golden.cases import reads, request_of
from tests.golden.site import NOW, newsroom_of
from tests.hostile.campaign import Campaign, Told, drawn
from tests.hostile.growing import grown_body, grown_query, number
from tests.hostile.measure import Meter, Watched, measured
from tests.wp.calls import Operation, described_by, in_path
from wirepress.app.clock import FrozenClock
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request
from wirepress.store.database import open_database
from wirepress.store.files import Files
from wirepress.wp import query
from wirepress.wp.api import Api

ROLES: Final = ("admin", "editor", "author", "contributor", "subscriber", "")
CHOSEN: Final = ("admin", "editor", "contributor", *ROLES, "admin", "editor", "contributor", "admin")
"""Who asks: mostly somebody who may; the simplest cases, which come first, are the administrator's."""
ROOT: Final = "/wp-json"
REQUESTS: Final = 250
"""That one process makes; what they leave behind is looked at by those that follow."""
EXAMPLES: Final = 8
MOST_SENT: Final = 16 << 20
"""Bytes of a body; what is longer breaks off."""
NAMED: Final = {
    "/wp/v2/block-renderer/{name}": ("core/latest-posts", "core/archives", "core/query", "core/calendar", "core/block"),
    "/wp/v2/icons/{name}": ("core/plus",),
}
"""What stands in addresses whose names hold a slash: those the tool cannot make."""
PAGES: Final = (
    "/",
    "/index.php/feed/",
    "/index.php/comments/feed/",
    "/index.php/feed/atom/",
    "/index.php/feed/json/",
    "/?s=x",
    "/wp-sitemap.xml",
    ROOT + "/wp/v2/posts?_embed",
    ROOT + "/wp/v2/search?search=word",
    ROOT + "/wp/v2/comments",
    ROOT + "/wp/v2/types",
)
"""What readers ask for after something was written."""

_MADE: Final = re.compile(rb'\{"id":(\d+)')


class Answered(NamedTuple):
    """What came back: a status, the code of an error, and the body."""

    status: int
    code: str
    body: bytes


class Site:
    """A copy of the golden site, and everybody's way into it."""

    golden: Path
    headers: dict[str, dict[str, str]]

    def __init__(self, folder: Path) -> None:
        place = folder / "site"
        shutil.copytree(Site.golden, place)
        self.newsroom = Newsroom(
            open_database(f"sqlite:///{place / 'site.sqlite'}"), FrozenClock(NOW), Files(place / "uploads")
        )
        self.dispatcher = Dispatcher(self.newsroom, Settings(folder=place))
        self.there: dict[str, list[Any]] = {}
        self.made = "0"
        for role in ROLES:  # a key that was never used here is verified slowly, once
            self.ask({"role": role, "method": "GET", "path": f"{ROOT}/wp/v2/users/me"})
        self.dispatcher.settle()

    @classmethod
    def prepare(cls, folder: Path) -> None:
        """Makes what the copies are made of; before any process is forked."""
        if not hasattr(cls, "golden"):
            newsroom_of("golden", folder / "golden").database.close()
            cls.golden = folder / "golden"
            cls.headers = {case["as"] or "": dict(request_of(case).headers) for case in reads()}

    def ask(self, asked: dict[str, Any]) -> Answered:
        """The answer to what is asked, in words of JSON; `{made}` in a path is the id that was made last."""
        headers = {**self.headers[asked["role"]], "content-type": asked.get("kind", "application/json")}
        path = asked["path"].replace("{made}", self.made)
        body = base64.b64decode(asked["body"]) if asked.get("body") else b""
        sent = Request(
            asked["method"],
            path,
            asked.get("query", ""),
            {**headers, **asked.get("headers", {})},
            body,
            "192.0.2.7",
            "https",
        )
        response = answered(self.dispatcher.answer, sent)
        if response.status == 201 and (found := _MADE.match(response.body)):
            self.made = found[1].decode()
        return Answered(response.status, _code(response.status, response.body), response.body)

    def known(self, collection: str) -> list[Any]:
        """What names the items of a collection."""
        if collection not in self.there:
            path = quote(f"{ROOT}{collection}", safe="/")
            told = self.ask({"role": "admin", "method": "GET", "path": path, "query": "per_page=100&context=edit"})
            try:
                listed = json.loads(told.body)
            except ValueError:
                listed = None
            if isinstance(listed, dict):
                listed = list(listed.values())
            items = listed if isinstance(listed, list) else []
            names = (one.get(key) for one in items if isinstance(one, dict) for key in ("id", "uuid", "slug", "name"))
            self.there[collection] = [name for name in names if isinstance(name, int | str)]
        return self.there[collection]


def _code(status: int, body: bytes) -> str:
    if status < 400:
        return ""
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    return str(told.get("code", "")) if isinstance(told, dict) else ""


def address(draw: Callable[..., Any], site: Site, operation: Operation, params: dict[str, Any]) -> str:
    """The path of a request: most of its names are of what there is, so that it gets past the first question."""
    path = operation.path
    for name in params:
        front = path.partition("/{" + name + "}")[0]
        value = params[name]
        known = [
            one
            for one in NAMED.get(operation.path) or site.known(front)
            if isinstance(one, int) is isinstance(value, int)
        ]
        chosen, anything = number(draw), draw(st.integers(0, 15)) == 15
        if known and not anything:
            value = known[chosen % len(known)]
        path = path.replace("{" + name + "}", quote(str(value), safe="/%", errors="replace"))
    return ROOT + path


def sent_by(draw: Callable[..., Any], site: Site, operation: Operation, case: Case[Any]) -> dict[str, Any]:
    """The request of a case in words of JSON, parts of it grown."""
    asked: dict[str, Any] = {
        "label": operation.label,
        "role": draw(st.sampled_from(CHOSEN)),
        "method": case.method.upper(),
        "path": address(draw, site, operation, case.path_parameters or {}),
        "query": query.build(grown_query(draw, dict(case.query or {}))),
    }
    if not isinstance(case.body, NotSet):
        body = case.body if isinstance(case.body, bytes) else grown_body(draw, case.body)
        asked["body"], asked["kind"] = _encoded(body, form=draw(st.integers(0, 7)) == 7)
    return asked


def _encoded(body: Any, *, form: bool) -> tuple[str, str]:
    if isinstance(body, bytes):
        sent, kind = body, "application/json"
    elif form and isinstance(body, dict):
        sent, kind = query.build(body).encode("utf-8", "replace"), "application/x-www-form-urlencoded"
    else:
        sent, kind = json.dumps(body).encode(), "application/json"
    return base64.b64encode(sent[:MOST_SENT]).decode(), kind


def cases(operation: Operation, mode: GenerationMode) -> st.SearchStrategy[Case[Any]]:
    """The cases of an operation; one whose names the tool cannot make gets them later."""
    if operation.path in NAMED:
        bare = operation.Case(path_parameters={one["name"]: "x" for one in in_path(operation)}, query={})
        return st.just(bare)
    return operation.as_strategy(generation_mode=mode)


def look_at(site: Site, meter: Meter, told: Told, asked: dict[str, Any]) -> Answered | None:
    """Asks, measures, and tells."""
    told.begins(asked)
    name = f"{asked['role'] or 'nobody'} {asked['method']} {asked['path']}?{asked.get('query', '')}"[:200]
    taken, answer = measured(meter, name, partial(site.ask, asked))
    told.ended(taken)
    return answer


def shown(page: str, role: str, after: str) -> dict[str, Any]:
    """The request for a page after something was written."""
    path, _, asked = page.partition("?")
    return {"label": f"{path} after {after}", "role": role, "method": "GET", "path": path, "query": asked}


def life(folder: Path, seed: int, told: Told) -> None:
    """Asks some hundred requests, of operations in an order of chance."""
    site = Site(folder)
    meter = Meter(Watched(site.newsroom))
    described = described_by(Api(site.newsroom))
    operations = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    _Rounds(site, meter, told).run(operations, seed)


class _Rounds:
    def __init__(self, site: Site, meter: Meter, told: Told) -> None:
        self.site = site
        self.meter = meter
        self.told = told
        self.left = REQUESTS

    def run(self, operations: list[Operation], seed: int) -> None:
        for operation, mode in _drawn(operations, seed):
            if self.left <= 0:
                return
            self._some(operation, mode, seed + self.left)

    def _some(self, operation: Operation, mode: GenerationMode, seed: int) -> None:
        @seeded(seed)
        @drawn(EXAMPLES)
        @given(case=cases(operation, mode), data=st.data())
        def made(case: Case[Any], data: st.DataObject) -> None:
            page = data.draw(st.sampled_from(PAGES))
            asked = sent_by(data.draw, self.site, operation, case)
            self.left -= 1
            answer = look_at(self.site, self.meter, self.told, asked)
            if answer is not None and asked["method"] != "GET" and answer.status < 300:
                look_at(self.site, self.meter, self.told, shown(page, "", operation.label))

        try:
            made()
        except Unsatisfiable:
            self.left -= 1


def _drawn(operations: list[Operation], seed: int) -> Iterator[tuple[Operation, GenerationMode]]:
    import random

    chance = random.Random(seed)
    while True:
        mode = chance.choice((*[GenerationMode.POSITIVE] * 5, GenerationMode.NEGATIVE))
        operation = chance.choice(operations)
        yield operation, mode


def main(seconds: float, seed: int = 0) -> int:
    """Looks for so long; whether something was found."""
    with tempfile.TemporaryDirectory() as name:
        Site.prepare(Path(name))
        return Campaign("requests", life).run(seconds, seed)


def again(path: Path) -> int:
    """Asks once more what was found, of a fresh copy of the site."""
    asked = json.loads(path.read_text())
    with tempfile.TemporaryDirectory() as name:
        Site.prepare(Path(name))
        site = Site(Path(name))
        for before in asked.get("before", []):
            site.ask(before)
        taken, answer = measured(Meter(Watched(site.newsroom)), path.name, partial(site.ask, asked))
        print(taken, (answer.body if answer else b"")[:300], sep="\n")
        return int(bool(taken.excess))
