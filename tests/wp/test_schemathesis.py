"""Calls made from the API's own description: no failure, and no answer outside its schema.

How many calls an operation gets: WIREPRESS_API_EXAMPLES (few, when it is not set).
"""

from __future__ import annotations

import pytest
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema

from tests.golden.cases import reads, request_of
from tests.golden.site import newsroom_of
from tests.wp.calls import call, described_by
from wirepress.model.web import Response
from wirepress.wp.api import Api


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    return described_by(Api(newsroom_of("golden", tmp_path_factory.mktemp("calls"))))


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
