"""The reads of the recorded editor, replayed against the golden site as its administrator.

The record holds requests, the statuses of the server it was recorded with, and in words what answers must have.  Ids of
that server stand for things that the golden site has (`ids`).  `open.txt` lists the requests that are not answered so
yet; it may only shrink.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.golden.cases import reads
from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.wp.api import Api

HERE = Path(__file__).parent
ASKS_OUTSIDE = ("/wp-json/oembed/1.0/proxy",)
"""What another server has to answer."""


def record() -> Any:
    """What the editor asked of the server that it was recorded with."""
    return json.loads(gzip.decompress((HERE / "contract.json.gz").read_bytes()))


def requests() -> list[tuple[str, str, dict[str, str]]]:
    """Each read of the API once: method, path, query."""
    found: dict[str, tuple[str, str, dict[str, str]]] = {}
    for scenario in record()["scenarios"]:
        for asked in scenario["requests"]:
            method, path, query = asked.get("http_method"), asked["path"], asked.get("query") or {}
            reads_api = method in {"GET", "OPTIONS"} and path.startswith("/wp-json/")
            if reads_api and asked.get("mock_status") == 200 and not path.startswith(ASKS_OUTSIDE):
                found[name_of(method, path, query)] = (method, path, query)
    return list(found.values())


def name_of(method: str, path: str, query: dict[str, str]) -> str:
    return f"{method} {path}?{urlencode(query)}"


def still_open() -> set[str]:
    lines = (HERE / "open.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("editor")))


@pytest.fixture(scope="module")
def ids(api: Api) -> dict[str, str]:
    """The things of the golden site that stand for the recorded server's."""
    picture = json.loads(ask(api, "GET", "/wp-json/wp/v2/media", {"per_page": "1"}).body)[0]["id"]
    themes = json.loads(ask(api, "GET", "/wp-json/wp/v2/themes", {"status": "active"}).body)
    theme = themes[0] if isinstance(themes, list) and themes else {}
    links = theme.get("_links", {}).get("wp:user-global-styles", [{"href": "/7"}])
    return {
        "/posts/1": "/posts/11",
        "/posts/101": "/posts/11",
        "/media/103": f"/media/{picture}",
        "/global-styles/7": "/global-styles/" + links[0]["href"].rpartition("/")[2],
        "/themes/daily": f"/themes/{theme.get('stylesheet', 'daily')}",
    }


def administrator() -> str:
    found = (case["headers"].get("Authorization") for case in reads() if case["as"] == "admin")
    return str(next(value for value in found if value))


def ask(api: Api, method: str, path: str, query: dict[str, str]) -> Response:
    headers = {"host": "news.example.com", "accept": "application/json, */*;q=0.1", "authorization": administrator()}
    return api.answer(Request(method, path, urlencode(query), headers, b"", "127.0.0.1", "https"))


def own_path(path: str, ids: dict[str, str]) -> str:
    for theirs, ours in ids.items():
        path = re.sub(re.escape(theirs) + r"(?=/|$)", ours, path)
    return path


def own_query(query: dict[str, str], ids: dict[str, str]) -> dict[str, str]:
    """A query with the post that it names as ours is numbered."""
    if "post" not in query:
        return query
    return query | {"post": own_path(f"/posts/{query['post']}", ids).rpartition("/")[2]}


def flaws(method: str, path: str, query: dict[str, str], response: Response) -> Iterator[str]:
    """What is not as the record says."""
    if response.status != 200:
        yield f"status {response.status}: {response.body[:200]!r}"
        return
    headers = {name.lower(): value for name, value in response.headers}
    value = json.loads(response.body)
    single = isinstance(value, dict) and "id" in value and "_fields" not in query
    if (method == "OPTIONS" or single) and "allow" not in headers:
        yield "no Allow"
    if method == "GET" and "per_page" in query and isinstance(value, list):
        yield from (f"no {name}" for name in ("x-wp-total", "x-wp-totalpages") if name not in headers)
    if method == "GET":
        yield from misshapen(path, query, value)


POST_KEYS = {
    "permalink_template", "generated_slug", "link", "slug", "status", "author", "featured_media", "comment_status",
    "ping_status", "sticky", "template", "format", "meta", "categories", "tags", "password", "date", "date_gmt",
    "modified", "modified_gmt",
}  # fmt: skip
ACTIONS = {
    "publish", "unfiltered-html", "sticky", "assign-author", "create-categories", "assign-categories", "create-tags",
    "assign-tags",
}  # fmt: skip


def misshapen_types(value: Any) -> Iterator[str]:
    for name, base in (("attachment", "media"), ("page", "pages"), ("post", "posts")):
        if value.get(name, {}).get("rest_base") != base:
            yield f"no type {name}"
    if value["post"]["supports"].get("autosave") is not True:
        yield "posts without autosave"


def misshapen(path: str, query: dict[str, str], value: Any) -> Iterator[str]:
    """What the record says in words (`response_musts`)."""
    if re.fullmatch(r".*/posts/\d+", path) and query.get("context") == "edit":
        yield from (f"no {key}" for key in sorted(POST_KEYS - set(value)))
        yield from (f"no wp:action-{name}" for name in sorted(ACTIONS) if f"wp:action-{name}" not in value["_links"])
        yield from (f"no {key}.raw" for key in ("title", "content", "excerpt") if "raw" not in value[key])
        history = value["_links"].get("version-history", [{}])[0]
        if "count" not in history or (history["count"] and "predecessor-version" not in value["_links"]):
            yield "no versions"
    if path.endswith("/types") and query.get("context") == "edit":
        yield from misshapen_types(value)
    if path.endswith("/themes"):
        if not value or not {"stylesheet", "theme_supports"} <= set(value[0]):
            yield "no active theme"
        elif not re.search(r"/global-styles/\d+$", value[0]["_links"]["wp:user-global-styles"][0]["href"]):
            yield "no address of global styles"
    if "/global-styles/" in path and not path.endswith("/variations") and not {"settings", "styles"} <= set(value):
        yield "no settings or styles"
    if "/block-renderer/" in path and not isinstance(value.get("rendered"), str):
        yield "nothing rendered"


@pytest.mark.parametrize(("method", "path", "query"), requests(), ids=[name_of(*asked) for asked in requests()])
def test_the_editor_is_answered(api: Api, ids: dict[str, str], method: str, path: str, query: dict[str, str]) -> None:
    found = list(flaws(method, path, query, ask(api, method, own_path(path, ids), own_query(query, ids))))
    if name_of(method, path, query) in still_open():
        assert found, "answered as recorded: take it out of open.txt"
    else:
        assert not found
