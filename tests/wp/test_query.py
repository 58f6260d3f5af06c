"""Query strings as PHP reads and WordPress builds them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.wp import query


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("", {}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("_embed", {"_embed": ""}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[0]=1&a[1]=2", {"a": ["1", "2"]}),
        ("a[1]=x&a[0]=y", {"a": {"1": "x", "0": "y"}}),
        ("a[b]=1&a[c][]=2", {"a": {"b": "1", "c": ["2"]}}),
        ("a%5Bterms%5D%5B%5D=2", {"a": {"terms": ["2"]}}),
        ("a.b=1&c+d=2", {"a_b": "1", "c_d": "2"}),
        ("s=caf%C3%A9+x", {"s": "café x"}),
        ("a[=1", {"a_": "1"}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("=1&&", {}),
        ("s=%FF", {"s": "\ufffd"}),
    ],
)
def test_parses_as_php(text: str, variables: dict[str, Any]) -> None:
    assert query.parse(text) == variables


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({"per_page": 1, "page": 2}, "per_page=1&page=2"),
        ({"_embed": "", "page": 2}, "_embed&page=2"),
        ({"subtype": ["category"]}, "subtype%5B0%5D=category"),
        ({"c": {"terms": [2, 3]}}, "c%5Bterms%5D%5B0%5D=2&c%5Bterms%5D%5B1%5D=3"),
        ({"sticky": True, "x": None}, "sticky=1"),
        ({"_fields": "id,title"}, "_fields=id%2Ctitle"),
        ({"s": "a b"}, "s=a+b"),
    ],
)
def test_builds_as_wordpress(variables: dict[str, Any], text: str) -> None:
    assert query.build(variables) == text


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    query.parse(text)


def test_bounds_what_it_reads() -> None:
    assert len(query.parse("&".join(f"a{i}=1" for i in range(5000)))) == query.MOST_VARIABLES
    assert query.parse("a" + "[b]" * 500 + "=1") == {}


@pytest.mark.parametrize(
    "sent", ["a%0d%0aSet-Cookie:x=1", "a[%0d%0aX-Y:1][%00]=2", "a[>;%20rel=x]=1", "a[%22]=1", "a[é]=1"]
)
def test_no_name_leaves_its_header(sent: str) -> None:
    built = query.build(query.parse(sent))
    assert built.isascii()
    assert built.isprintable()
    assert not set(built) & set(' <>"')
