"""When the index of the API and those of its namespaces show their links."""

from __future__ import annotations

import json

import pytest

from tests.golden.site import newsroom_of
from wirepress.model.web import Request
from wirepress.wp.api import Api


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("golden"), site_icon="1"))


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("_fields=name", ["name"]),
        ("_fields=name,_links", ["name", "_links"]),
        ("_fields=name,_embedded", ["name", "_links"]),
        ("_fields=name&_embed=nix", ["name", "_links"]),
        ("_fields=name&_embed", ["name", "_links", "_embedded"]),
        ("_fields=_embedded&_embed", ["_links", "_embedded"]),
    ],
)
def test_who_asks_for_what_links_lead_to_gets_the_links(api: Api, query: str, keys: list[str]) -> None:
    """As WordPress answered."""
    answer = api.answer(Request("GET", "/index.php/wp-json/", query, {"host": "news.example.com"}, scheme="https"))
    assert list(json.loads(answer.body)) == keys
