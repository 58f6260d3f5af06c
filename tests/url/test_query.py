"""Values of a query as PHP's `urlencode` writes them."""

from __future__ import annotations

import pytest

from wirepress.url.query import encoded


@pytest.mark.parametrize(
    ("text", "written"),
    [("a b/c", "a+b%2Fc"), ("~-_.", "%7E-_."), ("ü&=", "%C3%BC%26%3D"), ("\ud800", "%3F")],
)
def test_values_are_encoded_as_php_does(text: str, written: str) -> None:
    assert encoded(text) == written


def test_what_may_stand_as_it_is_stays() -> None:
    assert encoded("a/b~[c]", safe="/[]") == "a/b%7E[c]"
