"""What a file may be kept as: its bytes count, its name is believed where they do not speak against it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.content.media.sniffing import checked
from wirepress.content.media.sounds import facts
from wirepress.model.blob import Blob
from wirepress.model.errors import Invalid

PNG, GIF, ZIP, OGG, PDF = b"\x89PNG\r\n\x1a\n", b"GIF89a", b"PK\3\4", b"OggS\0", b"%PDF-1.4"


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (PNG, "x.png", ("x.png", "image/png")),
        (PNG, "x.y.gif", ("x.y.png", "image/png")),
        (GIF, "x.jpeg", ("x.gif", "image/gif")),
        (ZIP, "x.zip", ("x.zip", "application/zip")),
        (ZIP, "x.docx", ("x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
        (OGG, "x.ogv", ("x.ogv", "video/ogg")),
        (PDF, "x.pdf", ("x.pdf", "application/pdf")),
        ("Grüße".encode(), "x.txt", ("x.txt", "text/plain")),
        (b"a,b\n", "x.csv", ("x.csv", "text/csv")),
        ("Grüße".encode("latin-1"), "x.txt", ("x.txt", "text/plain")),
        (b"{\\rtf1 words}", "x.rtf", ("x.rtf", "application/rtf")),
        (b"BEGIN:VCALENDAR", "x.ics", ("x.ics", "text/calendar")),
        (b"\xff\xf3\0\0\1", "x.mp3", ("x.mp3", "audio/mpeg")),
    ],
)
def test_what_people_upload_is_what_it_says(data: bytes, name: str, kept: tuple[str, str]) -> None:
    assert checked(data, name, strict=True) == kept


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PNG, "x"),
        (PNG, "x.txt"),
        (PNG, "x.pdf"),
        (PDF, "x.mp3"),
        (ZIP, "x.txt"),
        (OGG, "x.pdf"),
        (b"words", "x.pdf"),
        (b"words", "x.mp4"),
        (b"words", "x.png"),
        (b"MZ\x90", "x.doc"),
        (b"<svg/>", "x.svg"),
        (b"<?php", "x.txt"),
        (b"a { color: red }", "x.css"),
        (b"a\tb", "x.tsv"),
        (b"words", "x.ics"),
        (b"words", "x.rtf"),
        (b"\0\1\2", "x.txt"),
    ],
)
def test_what_it_does_not_say_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(Invalid):
        checked(data, name, strict=True)


def test_a_fetched_picture_needs_no_name_of_its_own() -> None:
    assert checked(PNG, "image.php") == ("image.png", "image/png")


@given(st.binary(max_size=200))
def test_sounds_of_any_bytes_are_read_without_failing(data: bytes) -> None:
    for head in (b"", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0"):
        assert isinstance(facts(Blob(head + data), "audio/wav"), dict)
