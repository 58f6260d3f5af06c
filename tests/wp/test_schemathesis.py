"""Calls made from the API's own description: no failure, and no answer outside its schema.

How many calls an operation gets: WIREPRESS_API_EXAMPLES (few, when it is not set).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema

from tests.golden.cases import reads, request_of
from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.wp import openapi
from wirepress.wp.api import Api

EXAMPLES = int(os.environ.get("WIREPRESS_API_EXAMPLES", "4"))
Start = Callable[[str, list[tuple[str, str]]], Any]


class Wsgi:
    """The API as a WSGI application: what the tool can call in this process."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        headers = {k[5:].lower().replace("_", "-"): v for k, v in environ.items() if k.startswith("HTTP_")}
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        request = Request(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), headers, body)
        response = self.api.answer(request)
        start(f"{response.status} Answered", response.headers)
        return [response.body]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    api = Api(newsroom_of("golden", tmp_path_factory.mktemp("calls")))
    document = json.loads(api.answer(Request("GET", "/wp-json" + openapi.ROUTE)).body)
    schema = schemathesis.openapi.from_dict({**document, "servers": [{"url": "http://localhost/wp-json"}]})
    schema.app = Wsgi(api)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


def call(operation: APIOperation[Any, Any, Any, Any], headers: dict[str, str], problems: list[str]) -> None:
    """Makes calls of one operation; what is wrong with an answer is noted."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def made(case: Case[Any]) -> None:
        response = case.call(headers=headers)
        told = f"{operation.label} {case.query} {case.body!r} -> {response.status_code} {response.content[:200]!r}"
        if response.status_code >= 500 and response.status_code != 501:
            problems.append(told)
        try:
            operation.validate_response(response)
        except schemathesis.errors.SchemathesisError as error:
            problems.append(f"{told}: {error}"[:500])
        except AssertionError as error:
            problems.append(f"{told}: {error}"[:500])

    try:
        made()
    except Unsatisfiable:
        assert any("/" in name["schema"].get("pattern", "") for name in in_path(operation)), operation.label


def in_path(operation: APIOperation[Any, Any, Any, Any]) -> list[dict[str, Any]]:
    """The names in the path of an operation; one that holds a slash cannot be made by the tool."""
    return [one for one in operation.definition.raw["parameters"] if one["in"] == "path"]


@pytest.mark.parametrize("role", ["", "admin"])
def test_no_answer_is_outside_the_description(described: BaseSchema, role: str) -> None:
    known = next(request_of(case).headers for case in reads() if case["as"] == "admin")
    headers = {"Authorization": known["authorization"]} if role else {}
    problems: list[str] = []
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.method.upper() == "GET" or not role:
            call(operation, headers, problems)
    assert not problems, "\n".join(problems[:40])


def test_an_answer_outside_the_description_is_noticed(described: BaseSchema, monkeypatch: pytest.MonkeyPatch) -> None:
    operation = described["/wp/v2/statuses"]["GET"]
    operation.validate_response(operation.Case(query={}).call())
    lie = Response(200, [("Content-Type", "application/json")], b'{"publish":{"name":1}}')
    monkeypatch.setattr(described.app.api, "answer", lambda _: lie)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        operation.validate_response(operation.Case(query={}).call())
