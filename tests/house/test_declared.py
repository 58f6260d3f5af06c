"""Every route of the API is declared: its module stands in the table, and what reads says what it answers.  Who may is
in the permission table (tests/wp/test_permissions.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from tests.house.tree import PACKAGE, text
from wirepress.wp.api import Api
from wirepress.wp.routes import Route
from wirepress.wp.table import RESOURCES
from wirepress.wp.writing import unwritten

FOLDER = PACKAGE / "wp" / "resources"


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[Route]:
    return list(Api(make_newsroom(tmp_path_factory.mktemp("declared"))).routes.all)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts).removesuffix(".__init__")


def test_every_module_with_routes_is_in_the_table() -> None:
    modules = {module_of(path) for path in FOLDER.rglob("*.py") if "\ndef routes(" in text(path)}
    assert modules == set(RESOURCES)


def test_every_endpoint_that_reads_says_what_it_answers(routes: list[Route]) -> None:
    lacking = [
        (route.pattern, endpoint.methods)
        for route in routes
        for endpoint in route.endpoints
        if "GET" in endpoint.methods and endpoint.run is not unwritten and endpoint.shows is None
    ]
    assert lacking == []


def test_a_route_stands_once(routes: list[Route]) -> None:
    patterns = [route.pattern for route in routes]
    assert len(patterns) == len(set(patterns))
