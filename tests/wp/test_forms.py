"""Forms are read the same whether their body is in memory or not, and within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.model.blob import Blob
from wirepress.model.errors import TooLarge
from wirepress.model.web import Request
from wirepress.web import forms
from wirepress.web.forms import MOST_PARTS, MOST_STRAY, form_of
from wirepress.wp import query

KIND = {"content-type": "multipart/form-data; boundary=XX"}
FIELD = b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FILE = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: a/b\r\n\r\n%s\r\n'
END = b"--XX--\r\n"
LIKE_A_BOUNDARY = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"-", b"--", b"X", b"\r\n--X", b"a"])).map(b"".join)


class Far(Blob):
    """Octets that are somewhere else, and come a few at a time."""

    __slots__ = ("step",)

    def __init__(self, data: bytes, step: int = 7) -> None:
        super().__init__(data)
        self.step = step

    @property
    def in_memory(self) -> bool:
        return False

    def pieces(self, size: int = 0) -> Iterator[bytes]:
        return super().pieces(size or self.step)


def found(body: bytes | Blob) -> tuple[list[tuple[str, str]], list[tuple[str, str, str, bytes]], int]:
    form = form_of(Request("POST", "/", "", KIND, body))
    assert form is not None
    return form.fields, [(one.field, one.name, one.type, one.data.read()) for one in form.files], form.passed_over


@given(
    st.lists(st.tuples(st.sampled_from([FILE, FIELD.replace(b"%s", b"f", 1)]), LIKE_A_BOUNDARY), max_size=4),
    st.integers(1, 40),
    st.integers(0, 30),
)
def test_a_body_in_pieces_is_read_like_one_in_memory(parts: list[tuple[bytes, bytes]], step: int, cut: int) -> None:
    whole = b"".join(part % data for part, data in parts) + END
    for body in (whole, whole[: len(whole) - cut]):
        assert found(Far(body, step)) == found(body)
    fields, files, _ = found(whole)
    if not any(b"\r\n--XX" in b"\r\n" + data + b"\r\n" for _, data in parts):
        assert [data for *_, data in files] == [data for part, data in parts if part is FILE]
        assert len(fields) == len(parts) - len(files)


def test_a_body_that_is_not_in_memory_is_read_once() -> None:
    request = Request("POST", "/", "", KIND, Far(FIELD % (b"a", b"1") + END))
    assert form_of(request) is form_of(request)


@pytest.mark.parametrize("headers", [b"X: " + b"y" * 5000 + b"\r\n", b"X: y\r\n" * 9], ids=["long", "many"])
def test_a_form_ends_before_a_part_with_too_much_above_it(headers: bytes) -> None:
    body = FIELD % (b"a", b"1") + b"--XX\r\n" + headers + b"\r\n\r\n" + FIELD % (b"b", b"2") + END
    assert found(body) == found(Far(body)) == ([("a", "1")], [], 0)


@pytest.mark.parametrize("data", [b"\r\n--XXy" * (MOST_STRAY + 1), b"\r\n--XX" + b" " * 200], ids=["stray", "padded"])
def test_a_body_of_what_nearly_is_a_boundary_is_no_form(data: bytes) -> None:
    body = FIELD % (b"a", b"1") + FILE % data + FIELD % (b"b", b"2") + END
    assert found(body) == found(Far(body, 300)) == ([], [], 0)
    few = FIELD % (b"a", b"1") + FILE % (b"\r\n--XXy" * 20 + b"\r\n--XXX" * 20) + END
    assert found(few) == found(Far(few, 300))
    assert len(found(few)[1]) == 1


def test_a_form_has_so_many_parts() -> None:
    fields, _, _ = found(FIELD % (b"a", b"1") * (MOST_PARTS + 5) + END)
    assert len(fields) == MOST_PARTS


def test_fields_are_no_place_for_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_FIELDS", 10)
    assert found(FIELD % (b"a", b"12345") * 2 + FILE % (b"x" * 50) + END)[0] == [("a", "12345")] * 2
    with pytest.raises(TooLarge):
        found(FIELD % (b"a", b"12345") * 2 + FIELD % (b"a", b"1") + END)


@given(st.dictionaries(st.text("ab[]é+%", min_size=1), st.text("ä&= %+\0x\ud7ff\U0001f600")), st.integers(3, 20))
def test_a_long_query_is_decoded_in_steps(variables: dict[str, str], step: int) -> None:
    encoded = urlencode(variables)
    whole = query.parse(encoded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "STEP", step)
        assert query.of_form(Blob(encoded.encode())) == whole
        assert query.of_pairs(variables.items()) == whole


@given(st.lists(st.sampled_from(["%", "%4", "%41", "%C3", "%A4", "ä", "+", "a", "%%"])).map("".join), st.integers(3, 9))
def test_steps_break_nothing_that_is_encoded(text: str, step: int) -> None:
    whole = query.parse(f"a={text}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "STEP", step)
        assert query.parse(f"a={text}") == whole
