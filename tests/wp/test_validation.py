"""Values against schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.wp.validation import check, clean

IDS = {"type": "array", "items": {"type": "integer"}}
QUERY = {
    "type": ["object", "array"],
    "oneOf": [
        IDS,
        {
            "type": "object",
            "properties": {"terms": IDS, "operator": {"type": "string", "enum": ["AND", "OR"]}},
            "additionalProperties": False,
        },
    ],
}


@pytest.mark.parametrize(
    ("value", "schema", "cleaned"),
    [
        ("10", {"type": "integer"}, 10),
        ("1.0", {"type": "integer"}, 1),
        (" 7", {"type": "integer"}, 7),
        ("true", {"type": "boolean"}, True),
        ("0", {"type": "boolean"}, False),
        ("FALSE", {"type": "boolean"}, False),
        ("1,2 3", IDS, [1, 2, 3]),
        (["1", 2], IDS, [1, 2]),
        ("", IDS, []),
        ("publish, draft", {"type": "array", "items": {"type": "string"}}, ["publish", "draft"]),
        ("a,a", {"type": "array", "items": {"type": "string"}, "uniqueItems": False}, ["a", "a"]),
        (None, {"type": ["string", "null"]}, None),
        ("", {"type": ["string", "null"]}, ""),
        ({"terms": "1,2", "operator": "AND"}, QUERY, {"terms": [1, 2], "operator": "AND"}),
        ("5,6", QUERY, [5, 6]),
        (5, {"type": "integer", "minimum": 1, "maximum": 5}, 5),
        ("2025-01-01T00:00:00", {"type": "string", "format": "date-time"}, "2025-01-01T00:00:00"),
        ("2025-01-01T00:00:00+02:00", {"type": "string", "format": "date-time"}, "2025-01-01T00:00:00+02:00"),
        ("a@example.com", {"type": "string", "format": "email"}, "a@example.com"),
        ("::1", {"type": "string", "format": "ip"}, "::1"),
        ("#fff", {"type": "string", "format": "hex-color"}, "#fff"),
        ("javascript:alert(1)", {"type": "string", "format": "uri"}, ""),
    ],
)
def test_takes(value: Any, schema: dict[str, Any], cleaned: Any) -> None:
    assert check(value, schema, "x") is None
    assert clean(value, schema, "x") == cleaned


@pytest.mark.parametrize(
    ("value", "schema", "code", "data"),
    [
        ("x", {"type": "integer"}, "rest_invalid_type", {"param": "x"}),
        ("1.5", {"type": "integer"}, "rest_invalid_type", {"param": "x"}),
        ("yes", {"type": "boolean"}, "rest_invalid_type", {"param": "x"}),
        ("1,a", IDS, "rest_invalid_type", {"param": "x[1]"}),
        ({"a": "b"}, {"type": "string"}, "rest_invalid_type", {"param": "x"}),
        ("0", {"type": "integer", "minimum": 1}, "rest_out_of_bounds", None),
        ("101", {"type": "integer", "minimum": 1, "maximum": 100}, "rest_out_of_bounds", None),
        ("c", {"type": "string", "enum": ["a", "b"]}, "rest_not_in_enum", None),
        ("ASC", {"type": "string", "enum": ["asc"]}, "rest_not_in_enum", None),
        ("2025-13", {"type": "string", "format": "date-time"}, "rest_invalid_date", None),
        ("nobody", {"type": "string", "format": "email"}, "rest_invalid_email", None),
        ("1.2.3", {"type": "string", "format": "ip"}, "rest_invalid_ip", None),
        ("red", {"type": "string", "format": "hex-color"}, "rest_invalid_hex_color", None),
        ("x", {"type": "string", "format": "uuid"}, "rest_invalid_uuid", None),
        ([], {**IDS, "minItems": 1}, "rest_too_few_items", None),
        ("1,1", {**IDS, "uniqueItems": True}, "rest_duplicate_items", None),
        ({"nope": 1}, {"type": "object", "properties": {}, "additionalProperties": False},
         "rest_additional_properties_forbidden", None),
        ({}, {"type": "object", "properties": {"a": {"type": "string", "required": True}}},
         "rest_property_required", None),
        ("", {"type": "string", "minLength": 1}, "rest_too_short", None),
    ],
)  # fmt: skip
def test_refuses(value: Any, schema: dict[str, Any], code: str, data: Any) -> None:
    flaw = check(value, schema, "x")
    assert flaw is not None
    assert (flaw.code, flaw.data) == (code, data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=5), v, max_size=4),
)
SCHEMAS = st.sampled_from(
    [{"type": "integer"}, {"type": "boolean"}, {"type": "string", "format": "date-time"}, IDS, QUERY,
     {"type": ["boolean", "array"], "items": {"type": "string", "enum": ["a"]}}, {"type": "number", "maximum": 3}]
)  # fmt: skip


def test_a_type_that_is_none_of_json_lets_everything_pass() -> None:
    assert check({"a": 1}, {"type": "rich-text"}, "x") is None
    assert clean({"a": 1}, {"type": "rich-text"}) == {"a": 1}
    refused = check("a", {"type": ["rich-text", "integer"]}, "x")
    assert refused is not None
    assert refused.code == "rest_invalid_type"


@given(ANYTHING, SCHEMAS)
def test_never_raises_and_cleaning_what_passes_passes_again(value: Any, schema: dict[str, Any]) -> None:
    if check(value, schema, "x") is None:
        cleaned = clean(value, schema, "x")
        # PHP's empty array is a list and an object at once: where a schema takes one of both, it fits neither.
        assert cleaned == [] or check(cleaned, schema, "x") is None


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("<<>>", "&lt;>", "&lt;>"),
        ("a<b\nc>d", "ad", "ad"),
        ("a <\nb", "a &lt; b", "a &lt;\nb"),
        ("x%2541y", "x41y", "x41y"),
        ("1-->\t?> 1", "1--> ?> 1", "1-->\t?> 1"),
        ("<script>a</script> b", "b", "b"),
    ],
)
def test_texts_lose_their_markup_as_in_wordpress(text: str, line: str, lines: str) -> None:
    assert clean(text, {"type": "string", "format": "text-field"}) == line
    assert clean(text, {"type": "string", "format": "textarea-field"}) == lines


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a.b/c d", "http://a.b/c%20d"), ("http;//a.b", "http://a.b"), ("javascript:alert(1)", ""),
        ("x.php?a", "x.php?a"), ("https://a.b/%0%0aa", "https://a.b/"), ("tel:1", "tel:1"), ("/[", "/%5B"),
    ],
)  # fmt: skip
def test_addresses_are_cleaned_as_in_wordpress(sent: str, kept: str) -> None:
    assert clean(sent, {"type": "string", "format": "uri"}) == kept


@pytest.mark.parametrize(
    ("text", "form", "fits"),
    [("a@b.de", "email", True), ("a@b.de-", "email", False), ("a@-b.de", "email", False),
     ("fe80::1", "ip", True), ("fe80::1%eth0", "ip", False)],
)  # fmt: skip
def test_formats_are_what_wordpress_takes(text: str, form: str, *, fits: bool) -> None:
    assert (check(text, {"type": "string", "format": form}, "x") is None) is fits


@given(st.text())
def test_a_text_field_is_one_line(text: str) -> None:
    assert "\n" not in clean(text, {"type": "string", "format": "text-field"})
