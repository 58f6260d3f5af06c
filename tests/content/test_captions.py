"""What people wrote into a picture's file."""

from __future__ import annotations

import pyvips
from hypothesis import given
from hypothesis import strategies as st

from wirepress.content.media import pictures
from wirepress.content.media.captions import alternative, iptc
from wirepress.model.blob import Blob


def block(fields: list[tuple[int, bytes]]) -> bytes:
    data = b"".join(b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text for number, text in fields)
    other = b"8BIM\x03\xed\0\0\0\0\0\x01x\0"
    return b"Photoshop 3.0\0" + other + b"8BIM\x04\x04\0\0" + len(data).to_bytes(4, "big") + data


def with_iptc(fields: list[tuple[int, bytes]]) -> bytes:
    """A small JPEG that carries a Photoshop block."""
    plain = bytes(pyvips.Image.black(4, 4).write_to_buffer(".jpg"))
    data = block(fields)
    return plain[:2] + b"\xff\xed" + (len(data) + 2).to_bytes(2, "big") + data + plain[2:]


def test_fields_are_read() -> None:
    found = iptc(block([(105, b"Head"), (25, b"one"), (25, "zwölf".encode()), (120, b"\xfcber ")]))
    assert found == {105: ["Head"], 25: ["one", "zwölf"], 120: ["über"]}


def test_a_picture_tells_title_caption_and_words() -> None:
    fields = [(105, b"Head <script>x</script>"), (120, b"Long caption"), (110, b"Ada"), (25, b"sea")]
    facts = pictures.read(Blob(with_iptc([*fields, (55, b"20240101"), (60, b"120000+0000")])), "image/jpeg").facts
    assert (facts["title"], facts["caption"], facts["credit"]) == ("Head x", "Long caption", "Ada")
    assert (facts["keywords"], facts["created_timestamp"]) == (["sea"], "1704110400")
    assert pictures.read(Blob(with_iptc([(120, b"Short")])), "image/jpeg").facts["title"] == "Short"
    assert pictures.read(Blob(with_iptc([(120, b"x" * 80)])), "image/jpeg").facts["title"] == ""


def test_the_alternative_text_is_that_of_the_language() -> None:
    items = '<rdf:li xml:lang="x-default">A &amp; B</rdf:li><rdf:li xml:lang="de-DE">Ä</rdf:li>'
    core = "Iptc4xmpCore:AltTextAccessibility"
    xmp = f"<x><{core}><rdf:Alt>{items}</rdf:Alt></{core}></x>".encode()
    assert (alternative(xmp), alternative(xmp, "de_DE"), alternative(b"<x/>")) == ("A & B", "Ä", "")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_failing(data: bytes) -> None:
    for head in (b"", b"8BIM", b"8BIM\x04\x04\0\0", block([(5, b"x")])):
        iptc(head + data)
        alternative(head + data)
