"""Sizes that the browser makes: `sideload` and `finalize` of media."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import pyvips

from tests.wp.test_write_media import files, form, picture, raw, stored
from tests.wp.writer import TOKEN, Answered, Writer
from wirepress.content.media import subsizes
from wirepress.model.web import Request

ORIGINAL = picture(640, 480)
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64)


def held(width: int, height: int, turn: int) -> bytes:
    """A picture that a camera took lying or standing on its head (EXIF, Orientation)."""
    image = pyvips.Image.new_from_buffer(picture(width, height), "").copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", turn)
    return bytes(image.write_to_buffer(".jpg"))


def uploaded(writer: Writer, name: str = "boat.jpg", role: str = "author") -> int:
    made = raw(writer, ORIGINAL, name, role, query="generate_sub_sizes=false")
    assert made.headers["x-wp-upload-attachment-id"] == str(made.value["id"])
    return int(made.value["id"])


def sideload(
    writer: Writer, number: int, body: bytes, name: str, size: str, role: str = "author", kind: str = "image/jpeg"
) -> Answered:
    """What somebody gets who sends a file for a size; `size` is the query that names it."""
    sent = {"host": "news.example.com", "content-type": kind, "content-disposition": f'attachment; filename="{name}"'}
    sent["authorization"] = "Basic " + base64.b64encode(f"{role}:{TOKEN}".encode()).decode()
    request = Request("POST", f"/wp-json/wp/v2/media/{number}/sideload", size, sent, body, "192.0.2.7", "https")
    response = writer.api.answer(request)
    return Answered(response.status, dict(response.headers), json.loads(response.body))


def finalize(writer: Writer, number: int, *entries: Any, role: str = "author") -> Answered:
    return writer.post(role, f"/media/{number}/finalize", {"sub_sizes": list(entries)})


def test_sizes_are_put_beside_a_picture_and_noted_all_at_once(writer: Writer) -> None:
    number = uploaded(writer)
    small = sideload(writer, number, picture(150, 150), "boat-150x150.jpg", "image_size=thumbnail")
    shared = sideload(writer, number, picture(300, 225), "boat-300x225.jpg", "image_size[]=medium&image_size[]=large")
    assert small.status == 200
    assert small.value == {
        "image_size": "thumbnail", "width": 150, "height": 150, "file": "boat-150x150.jpg", "mime_type": "image/jpeg",
        "filesize": len(picture(150, 150)),
    }  # fmt: skip
    assert shared.value["image_size"] == ["medium", "large"]
    assert writer.get("author", f"/media/{number}").value["media_details"]["sizes"] == {}
    done = finalize(writer, number, small.value, shared.value)
    sizes = done.value["media_details"]["sizes"]
    assert {name: size["file"] for name, size in sizes.items()} == {
        "thumbnail": "boat-150x150.jpg", "medium": "boat-300x225.jpg", "large": "boat-300x225.jpg", "full": "boat.jpg",
    }  # fmt: skip
    assert done.value["missing_image_sizes"] == []
    assert finalize(writer, number, small.value, shared.value).value["media_details"] == done.value["media_details"]
    assert files(writer) == [f"2025/06/boat{end}.jpg" for end in ("-150x150", "-300x225", "")]
    writer.delete("author", f"/media/{number}", "force=true")
    assert files(writer) == []


def test_a_scaled_picture_stands_for_the_one_that_was_uploaded(writer: Writer) -> None:
    number = uploaded(writer)
    scaled = sideload(writer, number, picture(320, 240), "boat-scaled.jpg", "image_size=scaled")
    assert (scaled.value["original_image"], scaled.value["file"]) == ("boat.jpg", "2025/06/boat-scaled.jpg")
    assert writer.get("", f"/media/{number}").value["source_url"].endswith("/2025/06/boat-scaled.jpg")
    details = finalize(writer, number, scaled.value).value["media_details"]
    assert (details["file"], details["width"], details["original_image"]) == (
        "2025/06/boat-scaled.jpg",
        320,
        "boat.jpg",
    )
    assert writer.get("author", f"/media/{number}", "context=edit").value["filename"] == "boat.jpg"


def test_a_turned_picture_is_noted_as_upright(writer: Writer) -> None:
    number = int(raw(writer, held(40, 30, 6), "phone.jpg", query="generate_sub_sizes=false").value["id"])
    before = writer.get("author", f"/media/{number}", "context=edit").value
    assert (before["media_details"]["width"], before["exif_orientation"]) == (40, 6)
    assert sideload(writer, number, picture(31, 40), "x.jpg", "image_size=original").code == (
        "rest_upload_dimension_mismatch"
    )
    turned = sideload(writer, number, picture(30, 40), "phone-turned.jpg", "image_size=original")
    after = finalize(writer, number, turned.value).value
    assert (after["media_details"]["width"], after["exif_orientation"]) == (30, 1)


def test_companions_have_names_of_their_own(writer: Writer) -> None:
    number = uploaded(writer)
    film = sideload(writer, number, MP4, "boat.mp4", "image_size=animated_video", kind="video/mp4")
    assert film.value == {"image_size": "animated_video", "file": "boat.mp4"}
    poster = sideload(writer, number, picture(64, 48), "poster.jpg", "image_size=animated_video_poster")
    source = sideload(writer, number, picture(64, 48), "source.jpg", "image_size=source_original")
    details = finalize(writer, number, film.value, poster.value, source.value).value["media_details"]
    told = (details["animated_video"], details["animated_video_poster"], details["source_image"])
    assert told == ("boat.mp4", "poster.jpg", "source.jpg")


def test_a_name_that_is_taken_gets_a_number(writer: Writer) -> None:
    number = uploaded(writer)
    names = [
        sideload(writer, number, picture(150, 150), "boat-150x150.jpg", "image_size=thumbnail").value["file"]
        for _ in range(2)
    ]
    assert names == ["boat-150x150.jpg", "boat-150x150-1.jpg"]
    other = sideload(writer, number, picture(150, 150), "ship-150x150.jpg", "image_size=thumbnail")
    assert other.value["file"] == "ship-150x150-1.jpg"


@pytest.mark.parametrize(
    ("size", "body", "code"),
    [
        ("", ORIGINAL, "rest_missing_callback_param"),
        ("image_size=nix", ORIGINAL, "rest_invalid_param"),
        ("image_size[]=medium&image_size[]=scaled", ORIGINAL, "rest_invalid_param"),
        ("image_size=medium", picture(302, 200), "rest_upload_dimension_mismatch"),
        ("image_size[]=large&image_size[]=thumbnail", picture(300, 200), "rest_upload_dimension_mismatch"),
        ("image_size=thumbnail", b"", "rest_upload_no_data"),
        ("image_size=thumbnail", ORIGINAL[:200], "rest_upload_invalid_image"),
        ("image_size=thumbnail", b"no picture", "rest_upload_sideload_error"),
    ],
)
def test_what_is_no_size_is_refused_and_leaves_nothing(writer: Writer, size: str, body: bytes, code: str) -> None:
    number = uploaded(writer)
    before = stored(writer)
    assert sideload(writer, number, body, "boat-150x150.jpg", size).code == code
    assert stored(writer) == before


def test_sizes_belong_to_pictures_of_ones_own(writer: Writer) -> None:
    number = uploaded(writer, role="editor")
    assert sideload(writer, number, ORIGINAL, "x.jpg", "image_size=full").code == "rest_cannot_edit"
    assert (
        sideload(writer, number, ORIGINAL, "x.jpg", "image_size=full", "contributor").code == "rest_cannot_edit_image"
    )
    assert finalize(writer, number).code == "rest_cannot_edit"
    note = form(writer, {}, "note.txt", b"words", "text/plain").value["id"]
    assert sideload(writer, note, ORIGINAL, "x.jpg", "image_size=full").code == "rest_post_invalid_id"


@pytest.mark.parametrize(
    "entry",
    [
        {"image_size": "thumbnail", "file": "other.jpg"},
        {"image_size": "scaled", "file": "2025/06/boat.jpg", "original_image": "../../secret.jpg"},
        {"image_size": ["medium"], "file": "../other.jpg"},
    ],
)
def test_nothing_is_noted_that_was_not_put_beside_it(writer: Writer, entry: dict[str, Any]) -> None:
    number = uploaded(writer)
    uploaded(writer, "other.jpg")
    before = writer.get("author", f"/media/{number}").value
    assert finalize(writer, number, entry).code == "rest_invalid_sub_size_file"
    assert writer.get("author", f"/media/{number}").value == before


@pytest.mark.parametrize(
    "entries", ["x", None, [{}], [5], [{"image_size": "nix", "file": "boat.jpg"}], [{"image_size": "full"}] * 101]
)
def test_entries_that_are_none_are_refused(writer: Writer, entries: Any) -> None:
    refused = writer.post("author", f"/media/{uploaded(writer)}/finalize", {"sub_sizes": entries})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")


def test_an_entry_without_a_file_changes_nothing(writer: Writer) -> None:
    number = uploaded(writer)
    before = writer.get("author", f"/media/{number}", "context=edit").value
    assert finalize(writer, number, {"image_size": "scaled"}, {"image_size": "full", "file": "0"}).status == 400
    assert finalize(writer, number, {"image_size": "scaled"}).value["media_details"] == before["media_details"]


def test_files_that_nobody_notes_come_to_an_end(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsizes, "MOST_WAITING", 1)
    number = uploaded(writer)
    first = sideload(writer, number, picture(20, 20), "a.jpg", "image_size=thumbnail")
    assert sideload(writer, number, picture(20, 20), "b.jpg", "image_size=thumbnail").code == "rest_too_many_items"
    finalize(writer, number, first.value)
    assert sideload(writer, number, picture(20, 20), "b.jpg", "image_size=thumbnail").status == 200
