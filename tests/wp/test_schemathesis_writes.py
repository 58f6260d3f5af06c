"""Writes of an administrator made from the API's own description: no failure, and no answer outside its schema.

The numbers in the addresses are made to name what there is, as far as the collections list it, so that the calls get
past their first question.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from tests.content.desk import come_in
from tests.golden.cases import reads, request_of
from tests.golden.site import newsroom_of
from tests.wp.calls import Operation, call, described_by
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request
from wirepress.wp.api import Api

WRITES = ("POST", "PUT", "PATCH", "DELETE")
LAST = ("/wp/v2/users", "/wp/v2/settings", "/batch/v1")
"""What may take from the caller what he may do, and from the site what it is: changed at the end."""


class Admin:
    """An administrator of a site of his own, who knows what there is on it."""

    def __init__(self, folder: Path) -> None:
        self.newsroom: Newsroom = newsroom_of("golden", folder)
        self.api = Api(self.newsroom)
        known = next(request_of(case).headers for case in reads() if case["as"] == "admin")
        self.headers = {"Authorization": known["authorization"]}
        self.there: dict[str, list[int]] = {}

    def ask(self, path: str, query: str) -> Any:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return json.loads(self.api.answer(Request("GET", f"/wp-json{path}", query, headers)).body)

    def numbers(self, collection: str) -> list[int]:
        """The ids of what a collection lists."""
        if collection not in self.there:
            found = self.ask(collection, "per_page=100&context=edit")
            listed = found if isinstance(found, list) else []
            self.there[collection] = [one["id"] for one in listed if isinstance(one.get("id"), int)]
        return self.there[collection]

    def change(self, case: Case[Any]) -> None:
        """Lets three of four calls name what there is."""
        template = case.path
        for name, value in (case.path_parameters or {}).items():
            if not isinstance(value, int) or value % 4 == 3:
                continue
            front = template.partition("/{" + name + "}")[0]
            for other, chosen in (case.path_parameters or {}).items():
                front = front.replace("{" + other + "}", str(chosen))
            if numbers := self.numbers(front):
                case.path_parameters[name] = numbers[value % len(numbers)]

    def is_one(self) -> bool:
        """Whether he still is an administrator."""
        login, _, password = base64.b64decode(self.headers["Authorization"][6:]).decode().partition(":")
        with self.newsroom.view() as view:
            viewer = come_in(view, login, password)
        return viewer is not None and viewer.can("manage_options")


WORDPRESS_FAILS = {
    "duplicate_term_slug",
    "empty_term_name",
    "existing_user_email",
    "existing_user_login",
    "invalid_term_name",
    "menu_exists",
}
"""What WordPress itself answers with 500: errors of its insides that bear no status."""


def documented(response: Any) -> bool:
    """Whether a failure is one that WordPress answers too, or that docs/differences.md names."""
    told = response.json()
    if response.status_code == 501 or told["code"] == "plugins_api_failed":
        return True
    return told["code"] in WORDPRESS_FAILS and told["data"] is None


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_no_write_of_an_administrator_fails_or_is_outside_the_description(tmp_path: Path, mode: GenerationMode) -> None:
    admin = Admin(tmp_path / "0")
    described = described_by(admin.api)
    operations: list[Operation] = []
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        if (operation := found.ok()).method.upper() in WRITES:
            operations.append(operation)
    operations.sort(key=lambda one: (one.path.startswith(LAST), one.method.upper() == "DELETE"))
    problems: list[str] = []
    for number, operation in enumerate(operations, 1):
        admin.there.clear()
        call(operation, admin.headers, problems, change=admin.change, documented=documented, mode=mode)
        if not admin.is_one():
            admin.newsroom.database.close()
            admin = Admin(tmp_path / str(number))
            described.app.api = admin.api
    admin.newsroom.database.close()
    assert len(operations) > 60
    assert not problems, "\n".join(problems)
