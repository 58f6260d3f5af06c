"""The description of the API: that it is one, and that our answers are as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from tests.golden.cases import Case, reads, request_of
from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.wp import openapi
from wirepress.wp import schema as s
from wirepress.wp.address import route_of
from wirepress.wp.api import Api
from wirepress.wp.query import parse
from wirepress.wp.routes import Routes

CONTEXTS = ("view", "edit", "embed")
OTHER_FORMS = frozenset({"_envelope", "_jsonp", "_method", "X-HTTP-Method-Override"})
"""What changes the form of an answer or the question itself."""


class Described:
    """The API of the golden site beside its description."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.response = api.answer(Request("GET", "/wp-json" + openapi.ROUTE))
        self._validators: dict[str, Draft202012Validator] = {}

    @cached_property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.response.body)
        return found

    def operation(self, method: str, route: str) -> dict[str, Any]:
        found: dict[str, Any] = self.document["paths"][route][method.lower()]
        return found

    def problems(self, schema: dict[str, Any], value: Any) -> list[str]:
        """What is wrong with a value, in a line each."""
        key = json.dumps(schema)
        if key not in self._validators:
            whole = {**schema, "components": self.document["components"]}
            self._validators[key] = Draft202012Validator(whole)
        return [f"{e.json_path}: {e.message[:200]}" for e in self._validators[key].iter_errors(value)]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Described:
    return Described(Api(newsroom_of("golden", tmp_path_factory.mktemp("openapi"))))


def answers(described: Described) -> Iterator[tuple[Case, str, dict[str, Any], Response]]:
    """The recorded GETs that are answered: the case, its path in the description, its operation and our answer."""
    for case in reads():
        asked = parse(case["query"])
        if case["method"] != "GET" or not OTHER_FORMS.isdisjoint({*asked, *case["headers"]}):
            continue
        route = route_of(case["path"], asked)
        match = described.api.routes.match(Routes.tidy(unquote(route)), "GET") if route else None
        if match is not None:
            path = openapi.template(match.route.pattern)[0]
            yield case, path, described.operation("GET", path), described.api.answer(request_of(case))


def schema_of(operation: dict[str, Any], response: Response) -> dict[str, Any]:
    responses = operation["responses"]
    found = responses.get(str(response.status)) or responses["default"]
    schema: dict[str, Any] = found["content"].get("application/json", {"schema": {}})["schema"]
    return schema


def in_context(schema: dict[str, Any], context: str) -> dict[str, Any] | None:
    """A schema of items in any form as that of whole items in one context; None for what has no contexts."""
    if "items" in schema:
        inner = in_context(schema["items"], context)
        return inner and {**schema, "items": inner}
    for form in schema.get("anyOf", ()):
        if re.search(rf"\.{context}(\.\d+)?$", form.get("$ref", "")):
            return {"$ref": form["$ref"]}
        if isinstance(more := form.get("additionalProperties"), dict) and (inner := in_context(more, context)):
            return {"anyOf": [{**form, "additionalProperties": inner}, s.NOTHING]}
    return None


def test_every_recorded_read_is_answered_as_described(described: Described) -> None:
    wrong: list[str] = []
    seen: set[tuple[str, str]] = set()
    for case, path, operation, response in answers(described):
        if dict(response.headers).get("Content-Type", "").partition(";")[0] != "application/json":
            continue
        value = json.loads(response.body)
        schema = schema_of(operation, response)
        found = described.problems(schema, value)
        asked = parse(case["query"])
        if response.status == 200 and "_fields" not in asked:
            context = str(asked.get("context", operation_default(operation)))
            exact = in_context(schema, context)
            seen.add((path, context if exact else ""))
            found = described.problems(exact, value) if exact else found
        wrong += [f"#{case['n']} {path}?{case['query']} {problem}" for problem in found[:3]]
    kinds = dict.fromkeys(re.sub(r"^#\d+ |[?]\S*|\[\d+\]", "", line) for line in wrong)
    assert not wrong, "\n".join([*kinds][:80])
    assert {("/wp/v2/posts", context) for context in CONTEXTS} <= seen


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_collection_is_as_described_in_each_context(described: Described, context: str) -> None:
    headers = next(request_of(case).headers for case in reads() if case["as"] == "admin")
    wrong: list[str] = []
    for path, operations in described.document["paths"].items():
        schema = operations.get("get") and schema_of(operations["get"], Response(200, [], b""))
        exact = schema and (in_context(schema, context) or schema)
        if not exact or "{" in path:
            continue
        response = described.api.answer(Request("GET", "/wp-json" + path, f"context={context}", headers))
        if response.status == 200:
            wrong += [f"{path} {problem}" for problem in described.problems(exact, json.loads(response.body))[:5]]
    assert not wrong, "\n".join(wrong)


def test_everything_that_can_be_read_promises_something(described: Described) -> None:
    for path, operations in described.document["paths"].items():
        answer = operations.get("get", {}).get("responses", {}).get("200", {"content": {}})
        if (told := answer["content"].get("application/json")) is not None:
            assert told["schema"], path


def operation_default(operation: dict[str, Any]) -> str:
    shown: dict[str, Any] = next((p for p in operation["parameters"] if p["name"] == "context"), {})
    return str(shown.get("schema", {}).get("default", "view"))


def test_the_schemas_are_schemas(described: Described) -> None:
    for schema in described.document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_route_is_described(described: Described) -> None:
    paths = described.document["paths"]
    for route in described.api.routes.all:
        if route.pattern != openapi.ROUTE:
            path, names = openapi.template(route.pattern)
            assert "(" not in path
            for method in route.methods:
                told = [p["name"] for p in paths[path][method.lower()]["parameters"] if p["in"] == "path"]
                assert told == list(names), path


def test_operations_have_names_of_their_own(described: Described) -> None:
    names = [o["operationId"] for path in described.document["paths"].values() for o in path.values()]
    assert len(names) == len(set(names))


def test_the_index_is_wordpress_s(described: Described) -> None:
    index = json.loads(described.api.answer(Request("GET", "/wp-json/")).body)
    assert "wirepress/v1" not in index["namespaces"]
    assert openapi.ROUTE not in index["routes"]


def test_it_may_be_kept(described: Described) -> None:
    assert described.response.keepable
    assert described.document["servers"] == [{"url": "https://news.example.com/index.php/wp-json"}]


def test_a_lie_is_found(described: Described) -> None:
    """The items are held to something: one that lacks a field, or has one too many, is refused."""
    schema = {"$ref": "#/components/schemas/post.view"}
    post = json.loads(described.api.answer(Request("GET", "/wp-json/wp/v2/posts/11")).body)
    assert not described.problems(schema, post)
    assert described.problems(schema, {**post, "more": 1})
    assert described.problems(schema, {k: v for k, v in post.items() if k != "slug"})
    assert described.problems(schema, {**post, "meta": None})


@pytest.mark.parametrize(
    ("pattern", "path", "names"),
    [
        ("/wp/v2/posts", "/wp/v2/posts", {}),
        (r"/wp/v2/posts/(?P<id>[\d]+)", "/wp/v2/posts/{id}", {"id": r"[\d]+"}),
        (r"/a/(?P<who>(?:[\d]+|me))/b/(?P<x>[\w()]+)", "/a/{who}/b/{x}", {"who": r"(?:[\d]+|me)", "x": r"[\w()]+"}),
        (r"/a/(?P<x>[^\/\)]+(?:\/\))?)", "/a/{x}", {"x": r"[^\/\)]+(?:\/\))?"}),
    ],
)
def test_patterns_become_paths(pattern: str, path: str, names: dict[str, str]) -> None:
    assert openapi.template(pattern) == (path, names)
