"""JSON as PHP writes it."""

from __future__ import annotations

import json as python_json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.model.rendering import Hole, HoleKind, Text, solid
from wirepress.wp import json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": [True, None]}, '{"a":1,"b":[true,null]}'),
        ("https://a/b", r'"https:\/\/a\/b"'),
        ("Žižek – 日本 🎉", r'"\u017di\u017eek \u2013 \u65e5\u672c \ud83c\udf89"'),
        ("<a href='x'>&</a>", r'''"<a href='x'>&<\/a>"'''),
        ('"\\\b\f\n\r\t\x00\x1f', r'"\"\\\b\f\n\r\t\u0000\u001f"'),
        ("\x7f", '"\x7f"'),
        (r"\u007f", r'"\\u007f"'),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_encodes_as_php_does(value: Any, text: str) -> None:
    assert json.encode(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e25, "1.0e+25"),
        (1.5e300, "1.5e+300"),
        (1e-7, "1.0e-7"),
        (0.0001, "0.0001"),
        (0.00001, "1.0e-5"),
        (1234567890123.5, "1234567890123.5"),
        (100000000000000000000.0, "1.0e+20"),
        (float("inf"), "0"),
    ],
)
def test_prints_floats_as_php_does(value: float, text: str) -> None:
    assert json.encode({"n": json.number(value)}) == f'{{"n":{text}}}'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    )
)
def test_reads_back_as_it_was(value: Any) -> None:
    assert python_json.loads(json.encode(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_float_is_the_same_number(value: float) -> None:
    assert float(python_json.loads(json.encode([json.number(value)]))[0]) == pytest.approx(value)


def test_pretty_indents_by_four() -> None:
    assert json.pretty(b'{"a":[1,{"b":"\\/"}],"c":[],"d":{}}').decode() == (
        '{\n    "a": [\n        1,\n        {\n            "b": "\\/"\n        }\n    ],\n    "c": [],\n    "d": {}\n}'
    )


def test_a_gap_splits_the_bytes() -> None:
    text = Text(("before ", Hole(HoleKind.NUMBER, "gallery", [0, ""]), " after"))
    pieces = json.split(json.encode({"rendered": json.text(text, 7)}))
    first, gap, last = pieces
    assert (first, last) == (b'{"rendered":"', b'"}')
    assert isinstance(gap, json.Gap)
    assert gap.text == text
    assert gap.post == 7


def test_a_solid_text_stays_one_piece() -> None:
    assert json.split(json.encode({"rendered": json.text(solid("<p>x</p>"), 7)})) == (b'{"rendered":"<p>x<\\/p>"}',)


def test_what_fills_a_gap_is_escaped() -> None:
    assert json.inside('<a href="/x">é') == rb"<a href=\"\/x\">\u00e9"


def test_deep_nesting_is_refused_not_fatal() -> None:
    with pytest.raises(ValueError, match="depth exceeded"):
        json.load("[" * 100_000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (b'{"a":1,}', json.SYNTAX),
        (b"", json.SYNTAX),
        (b"[NaN]", json.SYNTAX),
        (b'["\\x"]', json.SYNTAX),
        (b"\xef\xbb\xbf{}", json.SYNTAX),
        (b"[" * 600 + b"]" * 600, json.DEPTH),
        (b'{"a":' * 100_000, json.DEPTH),
        (b'["a\tb"]', json.CONTROL),
        (b'["never closed', json.CONTROL),
        (b"[\x01]", json.CONTROL),
        (b'["\xff"]', json.UTF8),
        (b'["\xed\xa0\x80"]', json.UTF8),
        (b'["\\ud800"]', json.UTF16),
        (b'["\\udc00\\ud800"]', json.UTF16),
        (b'["\\u12"]', json.UTF16),
    ],
    ids=range(15),
)
def test_what_is_no_json_has_the_number_that_php_gives_it(text: bytes, number: int) -> None:
    with pytest.raises(json.NoJson) as told:
        json.load(text)
    assert told.value.number == number
    assert str(told.value) == json.TOLD[number]


@pytest.mark.parametrize(
    "text",
    ['{"x":[1,2', '"x', "[1,]", '{"a" 1}', "[1 2]", "nul", "[NaN]", '"\\ud800"', '"\\uZZZZ"', '["a\tb"]', "{1:2}"],
)
def test_what_is_long_is_refused_as_what_is_short(text: str) -> None:
    told = []
    for padding in ("", " " * (json.LONG + 1)):
        with pytest.raises(json.NoJson) as caught:
            json.load(padding + text)
        told.append((caught.value.number, str(caught.value)))
    assert told[0] == told[1]


def test_long_texts_are_read_and_their_values_bounded() -> None:
    value = {"content": "1," * json.MOST_VALUES, "deep": [[{"a": [1, 2.5, None, True]}]]}
    assert json.load(json.dump(value)) == value
    assert json.load("[" * 500 + "]" * 500 + " " * json.LONG)
    with pytest.raises(json.NoJson, match="Too many values"):
        json.load("[" + "1," * (json.MOST_VALUES + 1) + "1]")


def test_a_string_that_does_not_end_is_read_once() -> None:
    with pytest.raises(json.NoJson):
        json.load('"' + '\\"' * 400_000 + "," * (json.MOST_VALUES + 1))
