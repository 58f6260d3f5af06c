"""The API over the golden site: what its pieces promise together."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.wp.api import Api

BASE = "/wp-json/wp/v2"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("api")))


def ask(api: Api, path: str, query: str = "", method: str = "GET", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.answer(Request(method, BASE + path, query, {"host": "x", **named}))


def value(response: Response) -> Any:
    return json.loads(response.body)


def statements(api: Api, path: str, query: str = "") -> int:
    """How many statements a cold answer takes."""
    ask(api, "/types")  # the site itself is known
    api.forget()
    before = api.newsroom.database.statements
    assert ask(api, path, query).status == 200
    return api.newsroom.database.statements - before


@pytest.mark.parametrize(
    ("path", "query", "most"),
    [
        ("/posts/11", "", 2),
        ("/posts", "per_page=10", 3),
        ("/posts", "per_page=10&_embed", 8),
        ("/posts", "per_page=10&page=4&_embed", 8),
        ("/users", "", 2),
        ("/tags", "", 2),
        ("/categories", "", 3),
    ],
)
def test_asks_the_store_few_questions(api: Api, path: str, query: str, most: int) -> None:
    assert statements(api, path, query) <= most


def test_a_known_page_is_one_question(api: Api) -> None:
    ask(api, "/posts", "per_page=10")
    before = api.newsroom.database.statements
    ask(api, "/posts", "per_page=10")
    assert api.newsroom.database.statements - before == 1


def test_a_stranger_s_answer_may_be_kept(api: Api) -> None:
    assert ask(api, "/posts/11").keepable
    assert not ask(api, "/posts/88", "password=opensesame").keepable
    assert not ask(api, "/posts/11", method="OPTIONS").keepable
    nothing = ask(api, "/nix", method="OPTIONS")
    assert (nothing.status, value(nothing)) == (200, [])


def test_an_answer_with_an_address_in_it_may_not(api: Api) -> None:
    assert not ask(api, "/posts/65").keepable


def test_galleries_count_through_an_answer(api: Api) -> None:
    alone = value(ask(api, "/posts/60"))["content"]["rendered"]
    twice = value(ask(api, "/posts", "include=60,21&orderby=include"))
    assert "gallery-1" in alone
    assert twice[0]["content"]["rendered"] == alone


def test_a_wrong_application_password_is_nobody_s(api: Api) -> None:
    wrong = "Basic " + base64.b64encode(b"admin:nope").decode()
    assert ask(api, "/posts/11", authorization=wrong).status == 200
    assert value(ask(api, "/users/me", authorization=wrong))["code"] == "rest_not_logged_in"
    assert ask(api, "/posts/11", authorization="Basic \xff").status == 200


def test_a_context_never_leaks_into_another(api: Api) -> None:
    embedded = value(ask(api, "/posts", "per_page=1&context=embed"))[0]
    seen = value(ask(api, "/posts", "per_page=1"))[0]
    assert "content" not in embedded
    assert "content" in seen


def test_each_schema_names_what_is_shown(api: Api) -> None:
    for base in ("posts", "pages", "media", "categories", "tags", "users", "comments"):
        schema = value(ask(api, f"/{base}", method="OPTIONS"))["schema"]["properties"]
        for item in value(ask(api, f"/{base}")):
            assert set(item) - {"_links"} <= set(schema), base


def test_every_route_answers_options(api: Api) -> None:
    for route in api.routes.all:
        if "(" not in route.pattern:
            response = api.answer(Request("OPTIONS", "/wp-json" + route.pattern))
            assert response.status == 200, route.pattern


@pytest.mark.parametrize("query", ["per_page[]=1", "include[a]=b", "_fields[a]=b&_embed[]=x", "search[]=a", "page=9e99",
                                   "author=%00", "orderby[]=id", "context[]=edit", "status[]=", "_jsonp[]=x",
                                   "categories[terms][a][b]=1", "slug[]=%F0%9F%8E%89"])  # fmt: skip
@pytest.mark.parametrize("path", ["/posts", "/users", "/comments", "/categories", "/media", "/search", "/posts/11"])
def test_strange_parameters_are_no_failure(api: Api, path: str, query: str) -> None:
    assert ask(api, path, query).status < 500
