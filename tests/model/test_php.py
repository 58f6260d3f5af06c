"""PHP's serialised values become data, within bounds, and never anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.model import php

scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=30,
)


def serialised(value: Any) -> str:
    """PHP's serialize(), for what the tests need."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{value!r};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case list():
            inner = "".join(f"i:{place};{serialised(item)}" for place, item in enumerate(value))
            return f"a:{len(value)}:{{{inner}}}"
        case dict():
            inner = "".join(serialised(key) + serialised(item) for key, item in value.items())
            return f"a:{len(value)}:{{{inner}}}"
    raise TypeError(value)


def as_php_holds_it(value: Any) -> Any:
    """PHP has no difference between an empty map and an empty list, nor between lists and maps that count from 0."""
    if isinstance(value, list):
        return [as_php_holds_it(item) for item in value]
    if isinstance(value, dict):
        if list(value) == [str(place) for place in range(len(value))]:
            return [as_php_holds_it(item) for item in value.values()]
        return {key: as_php_holds_it(item) for key, item in value.items()}
    return value


@given(values)
def test_what_php_writes_is_read(value: Any) -> None:
    assert php.unserialize(serialised(value)) == as_php_holds_it(value)


@given(values, st.integers(0, 400), st.text(max_size=3))
def test_a_broken_value_is_told_and_never_raises(value: Any, place: int, junk: str) -> None:
    text = serialised(value)
    broken = text[:place] + junk + text[place + 1 :]
    result, readable = php.decoded(broken)
    assert readable or result == broken


@given(st.text(alphabet='aOsbidNCrR:;{}"0123456789-\0é', max_size=60))
def test_noise_is_harmless(text: str) -> None:
    result, readable = php.decoded(text)
    assert readable or result == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a:0:{}", []),
        ('a:2:{i:0;s:1:"a";i:1;s:2:"é";}', ["a", "é"]),
        ("a:2:{i:1;i:5;i:0;i:6;}", {"1": 5, "0": 6}),
        ("a:1:{i:7;b:1;}", {"7": True}),
        ('a:1:{s:1:"0";i:1;}', [1]),
        ('a:2:{i:0;i:1;s:1:"0";i:2;}', [2]),
        ("i:-9223372036854775808;", -(2**63)),
        ("d:1.0E+25;", 1.0e25),
        ("d:0.1;", 0.1),
        (' s:3:"abc"; \n', "abc"),
        ('s:6:"a";b:1";', 'a";b:1'),
        ('O:8:"stdClass":1:{s:4:"name";i:1;}', {"__class__": "stdClass", "name": 1}),
        ('O:1:"A":2:{s:4:"\0A\0p";i:1;s:4:"\0*\0q";i:2;}', {"__class__": "A", "p": 1, "q": 2}),
    ],
)
def test_readable(text: str, value: Any) -> None:
    assert php.decoded(text) == (value, True)
    assert type(php.unserialize(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        'a:1:{s:3:"bad";}',
        "a:2:{i:0;i:1;}",
        's:5:"abc";',
        's:1:"é";',  # a length in characters, as a careless search and replace leaves it
        's:99999999999999999999:"a";',
        "a:9999999999:{}",
        "i:9223372036854775808;",
        "d:1E999;",
        "a:1:{i:0;d:INF;}",
        "a:1:{i:0;d:NAN;}",
        "b:7;",
        "a:1:{b:1;i:1;}",
        "a:1:{a:0:{}i:1;}",
        "a:2:{i:0;a:0:{}i:1;R:2;}",
        'E:11:"Suit:Hearts";',
        'O:1:"A":1:{s:9:"__class__";i:1;}',
        'O:1:"A":2:{s:4:"\0A\0p";i:1;s:4:"\0B\0p";i:2;}',
        "a:0:{}i:2;}",
        "a:1:{i:0;" * 200 + "i:1;" + "}" * 200,
    ],
)
def test_kept_as_it_is(text: str) -> None:
    assert php.decoded(text) == (text, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N",
        "a",
        "abc",
        "i think: so;",
        "http://example.com/;",
        "a:b",
        "O'Reilly: Dune;",
        "s: so;",
        'C:3:"Foo":1:{x}',
    ],
)
def test_plain_text_is_itself(text: str) -> None:
    assert php.decoded(text) == (text, True)


def test_bounds_on_size_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    text = serialised(list(range(100)))
    monkeypatch.setattr(php, "MAX_VALUES", 100)
    assert php.decoded(text) == (text, False)
    monkeypatch.setattr(php, "MAX_VALUES", 1000)
    monkeypatch.setattr(php, "MAX_BYTES", 100)
    assert php.decoded(text) == (text, False)


@pytest.mark.parametrize("piece", ["a:9:{", "i:1;", 's:1:"', "a:1:{i:0;", "9"])
def test_a_megabyte_of_junk_is_kept(piece: str) -> None:
    text = "a:1:{i:" + piece * (1_000_000 // len(piece)) + "}"
    assert php.decoded(text) == (text, False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "N;"),
        ([], "a:0:{}"),
        ({"title": "T \u00e9", "n": 1, "on": False}, 'a:3:{s:5:"title";s:4:"T \u00e9";s:1:"n";i:1;s:2:"on";b:0;}'),
        ({"2": [1.5], "02": None}, 'a:2:{i:2;a:1:{i:0;d:1.5;}s:2:"02";N;}'),
    ],
)
def test_what_is_serialised_is_read_again(value: object, text: str) -> None:
    assert php.serialize(value) == text
    assert php.unserialize(text) == value
