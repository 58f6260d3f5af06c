"""Calls that a tool makes of the API in this process, from the API's own description."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema

from wirepress.model.web import Request
from wirepress.wp import openapi
from wirepress.wp.api import Api

EXAMPLES = int(os.environ.get("WIREPRESS_API_EXAMPLES", "4"))
Start = Callable[[str, list[tuple[str, str]]], Any]
Operation = APIOperation[Any, Any, Any, Any]


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


def described_by(api: Api) -> BaseSchema:
    """What the API says of itself, as the tool reads it."""
    document = json.loads(api.answer(Request("GET", "/wp-json" + openapi.ROUTE)).body)
    schema = schemathesis.openapi.from_dict({**document, "servers": [{"url": "http://localhost/wp-json"}]})
    schema.app = Wsgi(api)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


def call(
    operation: Operation,
    headers: dict[str, str],
    problems: list[str],
    *,
    change: Callable[[Case[Any]], None] = lambda case: None,
    documented: Callable[[Any], bool] = lambda response: bool(response.status_code == 501),
    mode: GenerationMode = GenerationMode.POSITIVE,
) -> None:
    """Makes calls of one operation, each changed by `change` first; what is wrong with an answer is noted.

    `mode` NEGATIVE: calls that break the description, with values of wrong types among others.
    `documented`: whether a failure of the server is one that is meant.
    """

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def made(case: Case[Any]) -> None:
        change(case)
        response = case.call(headers=headers)
        told = f"{operation.label} {case.path_parameters} {case.query} {case.body!r}"
        told += f" -> {response.status_code} {response.content[:200]!r}"
        if response.status_code >= 500 and not documented(response):
            problems.append(told)
        try:
            operation.validate_response(response)
        except (schemathesis.errors.SchemathesisError, AssertionError) as error:
            why = [line for line in str(error).splitlines() if line and not line.startswith(" ")]
            problems.append(f"{told}: {' '.join(why)[:300]}")

    try:
        made()
    except Unsatisfiable:
        assert any("/" in name["schema"].get("pattern", "") for name in in_path(operation)), operation.label


def in_path(operation: Operation) -> list[dict[str, Any]]:
    """The names in the path of an operation; one that holds a slash cannot be made by the tool."""
    return [one for one in operation.definition.raw["parameters"] if one["in"] == "path"]
