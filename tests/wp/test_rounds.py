"""Which parameters are checked in the first round and which in the second, as WordPress has them.

`rounds.json` was asked of WordPress 7.1.4: for each method and route, the parameters with one of its common
validate_callbacks (`first`) and those without (`later`).  Only the flaws of the first round that has any are named in
`rest_invalid_param`, so that this decides what a client is shown.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.site import newsroom_of
from wirepress.wp.api import Api

UNSERVED = {
    (method, r"/wp/v2/plugins/(?P<plugin>[^.\/]+(?:\/[^.\/]+)?)", "status") for method in ("POST", "PUT", "PATCH")
}
"""Parameters of routes that answer 501."""


def recorded() -> dict[tuple[str, str, str], bool]:
    """Whether a method's, a route's parameter is checked first."""
    rounds: dict[tuple[str, str, str], bool] = {}
    for group in json.loads((Path(__file__).parent / "rounds.json").read_text("utf-8")):
        for route in group["routes"]:
            method, _, pattern = route.partition(" ")
            rounds |= {(method, pattern, name): True for name in group["first"]}
            rounds |= {(method, pattern, name): False for name in group["later"]}
    return rounds


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("golden")))


def test_parameters_are_checked_in_the_recorded_round(api: Api) -> None:
    rounds = recorded()
    ours = {
        (method, route.pattern, param.name): param.eager
        for route in api.routes.all
        for endpoint in route.endpoints
        for method in endpoint.methods
        for param in endpoint.params
    }
    assert len(ours.keys() & rounds.keys()) > 1000
    assert {key for key in ours.keys() & rounds.keys() if ours[key] != rounds[key]} == UNSERVED
