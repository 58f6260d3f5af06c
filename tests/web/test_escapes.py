"""Percent-encoded bytes: read as the standard library reads them, and without holding much more than they are."""

from __future__ import annotations

import tracemalloc
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.admin import forms
from wirepress.web import escapes

ESCAPED = st.lists(st.sampled_from((b"%", b"%4", b"%41", b"%e9", b"%zz", b"a", b"+")) | st.binary(max_size=3)).map(
    b"".join
)


@pytest.fixture(scope="module", autouse=True)
def short_pieces() -> object:
    """Pieces of four bytes, so that each place in an escape is one where a piece might end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(escapes, "_PIECE", 4)
        yield


@given(ESCAPED)
def test_bytes_are_read_as_the_library_reads_them(encoded: bytes) -> None:
    assert escapes.unescaped(encoded) == unquote_to_bytes(encoded)


def test_a_form_of_escapes_takes_a_few_times_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escapes, "_PIECE", 1 << 16)
    body = b"a=" + b"%41" * 300_000 + b"&" + b"b=1&" * 900
    tracemalloc.start()
    try:
        forms.values_of(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * len(body)
