"""A long JSON text is read in steps, and is what it is in one."""

from __future__ import annotations

import pytest

from wirepress.wp import json


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ('["' + ',\\\\\\" ' * 8 + '"]', False),
        ("[%s1]" % ("1," * 5), False),
        ("[%s1]" % ("1," * 8), True),
        ("[%s1]" % ('"\\\\",' * 8), True),
        ('{"a,b":"' + "," * 30 + '","c":[1,2]}', False),
        ('["' + "," * 30, False),
        ('["\\"' + "," * 30 + '"]', False),
    ],
)
def test_values_are_counted_outside_of_strings(text: str, many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "LONG", 1)
    monkeypatch.setattr(json, "MOST_VALUES", 6)
    try:
        json.load(text)
        refused = None
    except json.NoJson as error:
        refused = error.number
    assert (refused == json.MANY) is many


@pytest.mark.parametrize("text", ['["\\ud83d"]', '{"\\udc00":1}', '[[{"a":["\\ud800x"]}]]'])
def test_half_a_character_is_found_wherever_it_stands(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for long in (1, 5, 1000):
        monkeypatch.setattr(json, "LONG", long)
        with pytest.raises(json.NoJson) as refused:
            json.load(text.encode())
        assert refused.value.number == json.UTF16
        assert json.load('["\\ud83d\\ude00", "ä\U0001f600"]'.encode()) == ["\U0001f600", "ä\U0001f600"]
