"""Hostile requests: each gets an answer of the API, never a traceback, and soon."""

from __future__ import annotations

import json
import os
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.golden.cases import reads, request_of
from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.wp import query
from wirepress.wp.api import Api

EXAMPLES = int(os.environ.get("WIREPRESS_API_EXAMPLES", "0")) or 60
BASE = "/wp-json/wp/v2"
PATHS = ("/posts", "/posts/11", "/users", "/comments", "/categories", "/media", "/search", "/types", "/settings",
         "/posts/11/revisions", "/menu-items", "/users/me/application-passwords", "/taxonomies")  # fmt: skip
NAMES = ("page", "per_page", "include", "exclude", "offset", "orderby", "order", "slug", "status", "categories",
         "tags_exclude", "search", "search_columns", "author", "parent", "after", "before", "_fields", "_embed",
         "context",
         "password", "type", "subtype", "_envelope", "_jsonp", "_method", "rest_route", "_locale", "tax_relation", "id",
         "sticky", "mime_type", "roles", "has_published_posts", "post", "excerpt_length")  # fmt: skip
WORDS = ("1", "-1", "0", "00", "1e309", "-9e99", "9" * 30, "9" * 5000, "0x1F", "١", "NaN", "inf", "true", "null", "[]",
         "%00", "%ff%fe", "%", "%zz", "%ED%A0%80", "%F0%9F%8E%89", "a,b,,c", ",", " ", "+", "publish,any", "edit",
         "embed",
         "id", "include", "relevance", "2025-02-30T25:61:61", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59+23:59",
         "title.rendered..x", "_links.self.href", "content.raw,meta.x.y", "'", "\\", "%27%3B--", "<script>",
         "/wp/v2/posts",
         "POST", "TRACE", "AND", "terms", "wp:term,author")  # fmt: skip
KEYS = ("", "[]", "[0]", "[a]", "[a][b]", "[", "]", "[[", "[]]", "[terms]", "[operator]", "[include_children]", "[%00]",
        "[-1]", "[" * 40, "[]" * 70)  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def admin() -> dict[str, str]:
    return dict(next(request_of(case).headers for case in reads() if case["as"] == "admin"))


def checked(response: Response) -> Response:
    """An answer of the API: no failure of ours (500 is WordPress's where it gives no status, 501 what is not built)."""
    is_meant = response.status == 501 or b'"code":"plugins_api_failed"' in response.body
    assert response.status < 500 or is_meant, response.body[:300]
    kind = dict(response.headers)["Content-Type"]
    if response.body and kind.startswith("application/json"):
        json.loads(response.body)
    for name, value in response.headers:
        assert f"{name}{value}".isprintable()
        f"{name}{value}".encode("latin-1", "strict")
    return response


VALUES = st.sampled_from(WORDS) | st.text(max_size=20)
PAIRS = st.lists(st.builds("{}{}={}".format, st.sampled_from(NAMES), st.sampled_from(KEYS), VALUES), max_size=6)
METHODS = st.sampled_from(("GET", "GET", "GET", "HEAD", "OPTIONS", "POST"))


@settings(max_examples=EXAMPLES * 5, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), pairs=PAIRS, method=METHODS)
def test_any_query_is_answered(api: Api, admin: dict[str, str], path: str, pairs: list[str], method: str) -> None:
    text = "&".join(pairs)
    checked(api.answer(Request(method, BASE + path, text, {})))
    checked(api.answer(Request(method, BASE + path, text, admin)))


@settings(max_examples=EXAMPLES * 5, deadline=None, database=None)
@given(st.text(max_size=60) | st.text(alphabet="a[]=&%0.+ 1", max_size=60))
def test_any_query_string_is_read(text: str) -> None:
    query.build(query.parse(text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=8)
    | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = st.sampled_from((*NAMES, "title", "content", "meta", "date"))
KINDS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "\x00")


@pytest.mark.parametrize("path", ["/posts", "/users", "/comments"])
def test_null_is_refused_where_a_schema_alone_checks_and_cleans(api: Api, admin: dict[str, str], path: str) -> None:
    sent = b'{"orderby": null}'
    answer = api.answer(Request("GET", BASE + path, "", {**admin, "content-type": "application/json"}, sent))
    assert (answer.status, json.loads(answer.body)["code"]) == (400, "rest_invalid_param")


@pytest.mark.parametrize("path", PATHS)
def test_parameters_that_are_null_are_as_if_they_were_not_sent(api: Api, admin: dict[str, str], path: str) -> None:
    sent = json.dumps(dict.fromkeys(NAMES) | {"_method": "GET"}).encode()
    answer = api.answer(Request("GET", BASE + path, "", {**admin, "content-type": "application/json"}, sent))
    assert answer.status in (200, 400)
    sent = b'{"per_page": null, "page": null}'
    answer = api.answer(Request("GET", BASE + path, "", {**admin, "content-type": "application/json"}, sent))
    assert answer.status == 200


@settings(max_examples=EXAMPLES * 3, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), body=st.dictionaries(FIELDS, JSON))
def test_any_json_is_answered(api: Api, admin: dict[str, str], path: str, body: dict[str, object]) -> None:
    sent = json.dumps(body).encode()
    for method in ("GET", "POST", "PUT", "DELETE"):
        checked(api.answer(Request(method, BASE + path, "", {**admin, "content-type": "application/json"}, sent)))


@settings(max_examples=EXAMPLES * 2, deadline=None, database=None)
@given(st.binary(max_size=40) | st.text(max_size=20).map(str.encode))
def test_any_bytes_are_answered(api: Api, body: bytes) -> None:
    for kind in KINDS:
        checked(api.answer(Request("POST", BASE + "/posts", "", {"content-type": kind}, body)))


@settings(max_examples=EXAMPLES * 3, deadline=None, database=None)
@given(st.text(max_size=30).map(lambda text: quote(text, safe="/%")) | st.text(alphabet="/0129abc%(.+\\", max_size=30))
def test_any_path_is_answered(api: Api, text: str) -> None:
    checked(api.answer(Request("GET", f"{BASE}/{text}", "")))
    checked(api.answer(Request("GET", f"{BASE}/posts/{text}", "")))
    checked(api.answer(Request("GET", "/", f"rest_route=/wp/v2/{text}")))


DEEP = 10_000


@pytest.mark.parametrize(
    "text",
    [
        "a" + "[" * DEEP,
        "include" + "[]" * DEEP + "=1",
        "include" + "[a]" * DEEP + "=1",
        "a" + "[" * DEEP + "]" * DEEP + "=1",
        "&".join(f"include[{i}]=1" for i in range(1_000_000)),
        "include=" + "1," * 1_000_000,
        "a=1&" * 1_000_000,
        "&" * 3_000_000,
        "search=" + "%3C" * 500_000,
        "search=" + "%25" * 100_000 + "41" * 100_000,
        "_fields=" + "a." * 500_000,
        "_fields=" + ",".join(f"a{i}.b" for i in range(100_000)),
        "slug=" + "x" * 2_000_000,
        "search=" + "x " * 100_000,
        "per_page=" + "9" * 1_000_000,
        "page=" + "9" * 19,
        "offset=9223372036854775807&page=9223372036854775807",
        "after=" + "2" * 1_000_000,
        "_jsonp=" + "a" * 1_000_000,
        "include=9223372036854775808,-9223372036854775809,1e400",
        "password=%ff%00",
    ],
    ids=range(21),
)
@pytest.mark.parametrize("path", ["/posts", "/users", "/search", "/comments"])
def test_huge_queries_are_answered(api: Api, path: str, text: str) -> None:
    assert len(checked(api.answer(Request("GET", BASE + path, text, {}))).body) < 8_000_000


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (b"[" * DEEP + b"]" * DEEP, {400}),
        (b'{"title":' * DEEP + b"1" + b"}" * DEEP, {400}),
        (b"[" * 5_000_000, {400}),
        (b'{"title":"\\ud800"}', {400, 401}),
        (b'{"title":"\\u0000"}', {400, 401}),
        (b'{"author":' + b"9" * 5_000 + b"}", {400, 401}),
        (b'{"author":1e999}', {400, 401}),
        (b'{"author":NaN}', {400}),
        (b'{"title":"\xff"}', {400}),
        (b'\xef\xbb\xbf{"title":"x"}', {400}),
        (b'{"a":1,' * 3, {400}),
    ],
    ids=range(11),
)
def test_bad_json_is_refused(api: Api, body: bytes, statuses: set[int]) -> None:
    answered = api.answer(Request("POST", BASE + "/posts", "", {"content-type": "application/json"}, body))
    assert checked(answered).status in statuses, answered.body


def test_long_lists_are_refused(api: Api) -> None:
    numbers = [str(number) for number in range(2001)]
    for text in ("include=" + ",".join(numbers), "categories[terms]=" + ",".join(numbers)):
        told = json.loads(checked(api.answer(Request("GET", BASE + "/posts", text))).body)
        assert {flaw["code"] for flaw in told["data"]["details"].values()} == {"rest_too_many_items"}
    body = json.dumps({"post": numbers}).encode()
    asked = Request("GET", BASE + "/comments", "", {"content-type": "application/json"}, body)
    assert checked(api.answer(asked)).status == 400
    assert api.answer(Request("GET", BASE + "/posts", "include=" + ",".join(numbers[1:]))).status == 200
