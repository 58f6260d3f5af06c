"""Matching routes as WordPress does."""

from __future__ import annotations

import pytest

from wirepress.wp.address import is_api, route_of
from wirepress.wp.call import Call
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route, Routes


def nothing(_: Call) -> Result:
    return Result()


def free(_: Call) -> None:
    return None


ROUTES = Routes(
    [
        Route("/wp/v2/posts", (Endpoint(("GET",), nothing, free), Endpoint(("POST",), nothing, free))),
        Route(r"/wp/v2/posts/(?P<id>[\d]+)", (Endpoint(("GET",), nothing, free),)),
        Route(r"/wp/v2/users/(?P<id>[\d]+)", (Endpoint(("GET",), nothing, free),)),
        Route("/wp/v2/users/me", (Endpoint(("GET",), nothing, free),)),
    ]
)


@pytest.mark.parametrize(
    ("path", "method", "pattern", "named"),
    [
        ("/wp/v2/posts", "GET", "/wp/v2/posts", {}),
        ("//wp/v2//posts/", "GET", "/wp/v2/posts", {}),
        ("/WP/v2/Posts", "POST", "/wp/v2/posts", {}),
        ("/wp/v2/posts", "HEAD", "/wp/v2/posts", {}),
        ("/wp/v2/posts/0011", "GET", r"/wp/v2/posts/(?P<id>[\d]+)", {"id": "0011"}),
        ("/wp/v2/users/me", "GET", "/wp/v2/users/me", {}),
    ],
)
def test_matches(path: str, method: str, pattern: str, named: dict[str, str]) -> None:
    match = ROUTES.match(Routes.tidy(path), method)
    assert match is not None
    assert (match.route.pattern, dict(match.path)) == (pattern, named)


@pytest.mark.parametrize(
    ("path", "method"),
    [("/wp/v2/posts", "PUT"), ("/wp/v2/posts/-1", "GET"), ("/wp/v2/posts/1.5", "GET"), ("/wp/v2/posts/1/x", "GET"),
     ("/wp/v2/posts/١", "GET"), ("/nope", "GET"), ("/wp/v2/posts", "FOO")],
)  # fmt: skip
def test_matches_nothing(path: str, method: str) -> None:
    assert ROUTES.match(Routes.tidy(path), method) is None


@pytest.mark.parametrize(
    ("path", "query", "route"),
    [
        ("/wp-json/wp/v2/posts", "", "/wp/v2/posts"),
        ("/index.php/wp-json", "", "/"),
        ("/wp-json/a%20b", "", "/a b"),
        ("/", "rest_route=%2Fwp%2Fv2%2Fposts", "/wp/v2/posts"),
        ("/index.php", "rest_route=/wp/v2", "/wp/v2"),
    ],
)
def test_lives_at_three_addresses(path: str, query: str, route: str) -> None:
    from wirepress.wp.query import parse

    assert is_api(path, query)
    variables = parse(query)
    assert route_of(path, variables) == route
    assert "rest_route" not in variables


def test_other_addresses_are_not_the_apis() -> None:
    assert not is_api("/wp-jsonx", "")
    assert not is_api("/2025/01/01/x/", "rest_route=/")
    assert route_of("/", {"rest_route": "wp/v2/posts"}) is None
