"""Uploading, changing, editing and deleting media over the API."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from typing import Any

import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from tests.content.desk import article
from tests.wp.writer import TOKEN, Answered, Writer
from wirepress.content.media import pictures
from wirepress.model.web import Request
from wirepress.store import posts as post_store
from wirepress.wp.upload import filename_of

BOUNDARY = "frontier"


def picture(width: int = 400, height: int = 300, kind: str = ".jpg", **options: Any) -> bytes:
    image = pyvips.Image.xyz(width, height).extract_band(0).cast("uchar")
    return bytes(image.bandjoin([image, image]).copy(interpretation="srgb").write_to_buffer(kind, **options))


JPEG = picture()
PNG = picture(kind=".png")
WAV = b"RIFF" + struct.pack("<I", 36 + 8000) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
WAV += b"data" + struct.pack("<I", 32000) + bytes(32000)


def send(writer: Writer, role: str, body: bytes, headers: dict[str, str], query: str = "") -> Answered:
    sent = {"host": "news.example.com", **headers}
    if role:
        sent["authorization"] = "Basic " + base64.b64encode(f"{role}:{TOKEN}".encode()).decode()
    request = Request("POST", "/wp-json/wp/v2/media", query, sent, body, "192.0.2.7", "https")
    response = writer.api.answer(request)
    named = {name.lower(): value for name, value in response.headers}
    return Answered(response.status, named, json.loads(response.body))


def raw(writer: Writer, body: bytes, name: str, role: str = "author", query: str = "", **headers: str) -> Answered:
    kind = {"content-type": "image/jpeg", "content-disposition": f'attachment; filename="{name}"', **headers}
    return send(writer, role, body, kind, query=query)


def form(
    writer: Writer, fields: dict[str, str], name: str | None, body: bytes, kind: str = "image/jpeg", field: str = "file"
) -> Answered:
    """What an author gets who sends a form with these fields and a file."""
    parts = [_part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    if name is not None:
        parts.append(_part(f'name="{field}"; filename="{name}"\r\nContent-Type: {kind}', body))
    sent = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return send(writer, "author", sent, {"content-type": f"multipart/form-data; boundary={BOUNDARY}"})


def _part(head: str, body: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"


def files(writer: Writer) -> list[str]:
    return sorted(writer.newsroom.files.all())


def stored(writer: Writer) -> tuple[int, int, list[str]]:
    """Rows of posts and uploads, and files."""
    with writer.newsroom.view() as view:
        counts = [view.unit.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("posts", "uploads")]
    return counts[0], counts[1], files(writer)


# ---- uploading


def test_a_raw_body_becomes_an_attachment_with_its_sizes(writer: Writer) -> None:
    made = raw(writer, JPEG, "My Photo.jpg", query="caption=Cap&alt_text=a%20%3Cb%3Elt")
    assert made.status == 201
    value = made.value
    assert made.headers["location"].endswith(f"/wp/v2/media/{value['id']}")
    assert (value["title"]["raw"], value["slug"], value["status"]) == ("My-Photo", "my-photo", "inherit")
    assert (value["caption"]["raw"], value["alt_text"]) == ("Cap", "a lt")
    assert value["media_details"]["sizes"].keys() == {"medium", "thumbnail", "full"}
    assert value["missing_image_sizes"] == []
    assert files(writer) == [f"2025/06/My-Photo{end}.jpg" for end in ("-150x150", "-300x225", "")]
    assert writer.newsroom.files.read("2025/06/My-Photo.jpg") == JPEG
    assert writer.get("", f"/media/{value['id']}").value["source_url"] == value["source_url"]


def test_a_form_gives_fields_and_a_name_of_its_own(writer: Writer) -> None:
    made = form(writer, {"description": "D", "alt_text": "A"}, "Été à la mer.jpg", JPEG)
    assert made.status == 201
    assert made.value["title"]["raw"] == "Été à la mer"
    assert made.value["description"]["raw"] == "D"
    assert made.value["source_url"].endswith("/2025/06/Ete-a-la-mer.jpg")


def test_files_of_one_name_are_numbered(writer: Writer) -> None:
    names = [raw(writer, JPEG, "same.jpg").value["filename"] for _ in range(3)]
    assert names == ["same.jpg", "same-1.jpg", "same-2.jpg"]


def test_an_upload_for_an_article_lies_in_its_month(writer: Writer) -> None:
    with writer.newsroom.database.write() as unit:
        post_store.insert(unit, article(10, "old", author=3), id=10)
    made = raw(writer, JPEG, "beside.jpg", query="post=10")
    assert (made.value["post"], made.value["media_details"]["file"]) == (10, "2024/02/beside.jpg")
    assert raw(writer, JPEG, "x.jpg", query=f"post={made.value['id']}", role="editor").code == "rest_invalid_param"
    assert raw(writer, JPEG, "x.jpg", query="post=999").code == "rest_cannot_edit"


def test_sizes_can_be_left_to_the_client_and_made_later(writer: Writer) -> None:
    made = raw(writer, JPEG, "later.jpg", query="generate_sub_sizes=false")
    assert made.value["media_details"]["sizes"] == {}
    assert made.value["missing_image_sizes"] == ["thumbnail", "medium"]
    number = made.value["id"]
    done = writer.post("author", f"/media/{number}/post-process", {"action": "create-image-subsizes"})
    assert (done.status, done.value["missing_image_sizes"]) == (200, [])
    assert files(writer) == ["2025/06/later-150x150.jpg", "2025/06/later-300x225.jpg", "2025/06/later.jpg"]
    again = writer.post("author", f"/media/{number}/post-process", {"action": "create-image-subsizes"})
    assert again.value["media_details"] == done.value["media_details"]
    assert (
        writer.post("contributor", f"/media/{number}/post-process", {"action": "create-image-subsizes"}).status == 403
    )


def test_a_sound_is_described(writer: Writer) -> None:
    details = raw(writer, WAV, "tone.wav", **{"content-type": "audio/wav"}).value["media_details"]
    assert (details["length"], details["length_formatted"], details["channelmode"]) == (2, "0:02", "mono")


# ---- what is refused, and leaves nothing


def huge_png() -> bytes:
    """A picture of 100,000 x 100,000 pixels in a hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("empty.jpg", b"", 400, "rest_upload_no_data"),
        ("evil.php", b"<?php echo 1;", 500, "rest_upload_sideload_error"),
        ("evil.php.jpg", b"<?php echo 1;", 500, "rest_upload_sideload_error"),
        ("fake.png", b"plain text", 500, "rest_upload_sideload_error"),
        ("picture.txt", JPEG, 500, "rest_upload_sideload_error"),
        ("noname", JPEG, 500, "rest_upload_sideload_error"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 500, "rest_upload_sideload_error"),
        ("drawing.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 500, "rest_upload_sideload_error"),
        ("page.html", b"<html><script>1</script>", 500, "rest_upload_sideload_error"),
        ("paper.pdf", b"not a paper", 500, "rest_upload_sideload_error"),
        ("bomb.png", huge_png(), 400, "rest_upload_file_too_big"),
        ("", JPEG, 400, "rest_upload_invalid_disposition"),
        ("../../etc/passwd", JPEG, 500, "rest_upload_sideload_error"),
    ],
)
def test_what_is_no_upload_is_refused_and_leaves_nothing(
    writer: Writer, name: str, body: bytes, status: int, code: str
) -> None:
    before = stored(writer)
    refused = raw(writer, body, name)
    assert (refused.status, refused.code) == (status, code)
    assert refused.headers["allow"] == "GET, POST"
    assert stored(writer) == before


@pytest.mark.parametrize("body", [PNG[:60], PNG[:8], JPEG[:200], JPEG[:4]])
def test_a_picture_that_cannot_be_decoded_is_kept_without_sizes(writer: Writer, body: bytes) -> None:
    kind = "png" if body.startswith(b"\x89") else "jpeg"
    made = raw(writer, body, f"cut.{kind}")
    assert made.status == 201
    details = made.value["media_details"]
    assert details == {"filesize": len(body), "sizes": {}}
    assert (made.value["media_type"], made.value["mime_type"]) == ("image", f"image/{kind}")
    number = made.value["id"]
    assert writer.get("", f"/media/{number}").value["media_details"] == details
    assert writer.post("author", f"/media/{number}/post-process", {"action": "create-image-subsizes"}).status == 200
    edit = {"src": made.value["source_url"], "rotation": 90}
    assert writer.post("author", f"/media/{number}/edit", edit).code == "rest_unknown_attachment"
    with writer.newsroom.view() as view:
        assert view.files.read(f"2025/06/cut.{kind}") == body


def test_what_a_request_lacks_is_told(writer: Writer) -> None:
    kind = {"content-type": "image/jpeg"}
    name = {"content-disposition": 'attachment; filename="x.jpg"'}
    assert send(writer, "author", JPEG, name).code == "rest_upload_no_content_type"
    assert send(writer, "author", JPEG, kind).code == "rest_upload_no_content_disposition"
    extended = {**kind, "content-disposition": "attachment; filename*=UTF-8''x.jpg"}
    assert send(writer, "author", JPEG, extended).code == "rest_upload_invalid_disposition"
    wrong = raw(writer, JPEG, "x.jpg", **{"content-md5": hashlib.md5(b"other").hexdigest()})
    assert (wrong.status, wrong.code) == (412, "rest_upload_hash_mismatch")
    right = raw(writer, JPEG, "x.jpg", **{"content-md5": hashlib.md5(JPEG).hexdigest()})
    assert right.status == 201


def test_nothing_is_fetched_where_nothing_can(writer: Writer) -> None:
    refused = writer.post("author", "/media", {"url": "https://example.com/x.jpg"})
    assert (refused.status, refused.code) == (500, "http_request_failed")


def test_forms_that_bring_no_file_are_refused(writer: Writer) -> None:
    before = stored(writer)
    assert form(writer, {"title": "x"}, None, b"").code == "rest_upload_no_data"
    assert form(writer, {}, "x.jpg", JPEG, field="upload").code == "rest_upload_unknown_error"
    assert form(writer, {}, "x.jpg", b"").code == "rest_upload_unknown_error"
    assert form(writer, {}, "x.tiff", JPEG, "image/tiff").code == "rest_upload_image_type_not_supported"
    cut = send(writer, "author", b"--frontier\r\nContent-", {"content-type": "multipart/form-data; boundary=frontier"})
    assert cut.code == "rest_upload_no_data"
    assert stored(writer) == before


@pytest.mark.parametrize(("role", "status"), [("", 401), ("subscriber", 403), ("contributor", 403)])
def test_who_may_not_upload_is_refused(writer: Writer, role: str, status: int) -> None:
    refused = raw(writer, JPEG, "x.jpg", role=role)
    assert (refused.status, refused.code) == (status, "rest_cannot_create")
    assert files(writer) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.jpg", "x.jpg"),
        ("..\\..\\win.jpg", "win.jpg"),
        ("a\r\nSet-Cookie: b=1.jpg", "a-Set-Cookie-b1.jpg"),
        (".htaccess.jpg", "htaccess.jpg"),
        ("x.php.jpg", "x.php_.jpg"),
        ("n" * 400 + ".jpg", "n" * 176 + ".jpg"),
    ],
)
def test_a_name_cannot_lead_elsewhere(writer: Writer, name: str, kept: str) -> None:
    made = raw(writer, JPEG, name)
    assert made.status == 201
    assert made.value["filename"] == kept
    assert all(path.startswith("2025/06/") for path in files(writer))


@given(st.text(max_size=80))
def test_reading_a_disposition_never_fails(text: str) -> None:
    assert isinstance(filename_of(text), str)
    assert isinstance(filename_of(f"attachment; filename=\"{text}\"; filename*=UTF-8''{text}"), str)


@given(st.text("abc-. ()é", min_size=1, max_size=20).filter(lambda name: name == name.strip()))
def test_a_disposition_names_its_file(name: str) -> None:
    assert filename_of(f'inline; a=b; filename="{name}"') == name


def test_nothing_is_kept_when_the_write_fails(writer: Writer) -> None:
    before = stored(writer)
    refused = raw(writer, JPEG, "x.jpg", query="author=999", role="editor")
    assert refused.code == "rest_invalid_author"
    assert stored(writer) == before


# ---- changing, editing, deleting


def test_texts_and_places_change(writer: Writer) -> None:
    number = raw(writer, JPEG, "x.jpg").value["id"]
    texts = {"title": "T", "caption": {"raw": "C"}, "description": "D", "alt_text": "<i>a</i>"}
    changed = writer.post("author", f"/media/{number}", texts)
    assert changed.status == 200
    assert [changed.value[name]["raw"] for name in ("title", "caption", "description")] == ["T", "C", "D"]
    assert changed.value["alt_text"] == "a"
    assert changed.value["status"] == "inherit"
    assert writer.post("author", f"/media/{number}", {"alt_text": ""}).value["alt_text"] == ""
    assert writer.post("author", f"/media/{number}", {"post": number}).code == "rest_invalid_param"
    assert writer.post("author", f"/media/{number}", {"post": -4}).code == "rest_invalid_param"
    assert writer.post("subscriber", f"/media/{number}", {"title": "x"}).status == 403
    assert writer.get("", f"/media/{number}").value["caption"]["rendered"] == "<p>C</p>\n"


def test_deleting_removes_row_and_files(writer: Writer) -> None:
    number = raw(writer, JPEG, "x.jpg").value["id"]
    other = raw(writer, JPEG, "y.jpg").value["id"]
    kept = writer.delete("author", f"/media/{number}")
    assert (kept.status, kept.code) == (501, "rest_trash_not_supported")
    assert writer.delete("contributor", f"/media/{number}", "force=true").status == 403
    assert len(files(writer)) == 6
    gone = writer.delete("author", f"/media/{number}", "force=true")
    assert (gone.status, gone.value["deleted"], gone.value["previous"]["id"]) == (200, True, number)
    assert files(writer) == ["2025/06/y-150x150.jpg", "2025/06/y-300x225.jpg", "2025/06/y.jpg"]
    assert writer.get("", f"/media/{number}").status == 404
    assert writer.get("", f"/media/{other}").status == 200


def edit(writer: Writer, made: Answered, role: str = "author", **sent: Any) -> Answered:
    sent.setdefault("src", made.value["source_url"])
    return writer.post(role, f"/media/{made.value['id']}/edit", sent)


def test_an_edited_picture_is_a_new_one(writer: Writer) -> None:
    made = raw(writer, JPEG, "x.jpg", query="alt_text=A&caption=C")
    turned = edit(writer, made, rotation=90)
    assert turned.status == 201
    assert turned.headers["location"].endswith(f"/media/{turned.value['id']}")
    details = turned.value["media_details"]
    assert (details["width"], details["height"], details["file"]) == (300, 400, "2025/06/x-edited.jpg")
    assert details["parent_image"] == {"attachment_id": str(made.value["id"]), "file": "2025/06/x.jpg"}
    assert (turned.value["alt_text"], turned.value["caption"]["rendered"]) == ("A", "<p>C</p>\n")
    assert "raw" not in turned.value["title"]
    again = edit(writer, turned, modifiers=[
        {"type": "crop", "args": {"left": 50, "top": 0, "width": 50, "height": 25}},
        {"type": "flip", "args": {"flip": {"horizontal": True, "vertical": False}}},
        {"type": "rotate", "args": {"angle": 45}},
    ])  # fmt: skip
    assert again.value["media_details"]["file"] == "2025/06/x-edited-1.jpg"
    assert edit(writer, made, x=10, y=10, width=50, height=50).value["media_details"]["width"] == 200


def test_what_cannot_be_edited_is_told(writer: Writer) -> None:
    made = raw(writer, JPEG, "x.jpg")
    before = stored(writer)
    for role, sent, status, code in (
        ("author", {"src": "https://news.example.com/other.jpg", "rotation": 90}, 404, "rest_unknown_attachment"),
        ("author", {}, 400, "rest_image_not_edited"),
        ("author", {"rotation": 400}, 400, "rest_invalid_param"),
        ("author", {"modifiers": [{"type": "melt", "args": {}}]}, 400, "rest_invalid_param"),
        ("contributor", {"rotation": 90}, 403, "rest_cannot_edit_image"),
        ("", {"rotation": 90}, 401, "rest_cannot_edit_image"),
    ):
        refused = edit(writer, made, role, **sent)
        assert (refused.status, refused.code) == (status, code)
    text = raw(writer, b"words", "words.txt")
    assert edit(writer, text, rotation=90).code == "rest_unknown_attachment"
    assert stored(writer)[0] == before[0] + 1


@pytest.mark.parametrize("times", [1_000, 15])
def test_no_number_of_steps_keeps_the_processor(writer: Writer, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    made = raw(writer, JPEG, "x.jpg")
    monkeypatch.setattr(pictures, "_MOST_PASSED", 8 * 400 * 300)
    whole = {"type": "crop", "args": {"left": 0, "top": 0, "width": 100, "height": 100}}
    assert edit(writer, made, modifiers=[whole] * 8).status == 201
    refused = edit(writer, made, modifiers=[whole] * times)
    assert (refused.status, refused.code) == (500, "rest_image_crop_failed")


def test_what_a_column_cannot_hold_is_told_beside_the_error(writer: Writer) -> None:
    number = raw(writer, JPEG, "a.jpg").value["id"]
    answered = writer.post("author", f"/media/{number}", {"caption": "x" * 70_000})
    assert (answered.status, answered.code) == (500, "db_update_error")
    assert answered.value["data"] == {"status": 500}
    assert "post_excerpt" in answered.value["additional_data"][0]


def test_the_status_that_an_item_has_may_be_sent_along(writer: Writer) -> None:
    number = raw(writer, JPEG, "a.jpg").value["id"]
    kept = writer.post("author", f"/media/{number}", {"status": "inherit", "title": "T"})
    assert (kept.status, kept.value["status"], kept.value["title"]["raw"]) == (200, "inherit", "T")
    private = writer.post("author", f"/media/{number}", {"status": "private"})
    assert private.value["status"] == "private"
    assert writer.post("author", f"/media/{number}", {"status": "inherit"}).code == "rest_invalid_param"
    assert writer.post("author", f"/media/{number}", {"status": "trash"}).code == "rest_invalid_param"


@pytest.mark.parametrize("url", ["", "nix", "http://127.0.0.1/a.jpg", "ftp://pictures.example/a.jpg"])
def test_a_picture_is_asked_for_at_no_place_that_is_none(writer: Writer, url: str) -> None:
    refused = writer.post("author", "/media", {"url": url})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")
    assert refused.value["data"]["details"]["url"]["code"] == "rest_invalid_url"


@pytest.mark.parametrize("name", ["generate_sub_sizes", "convert_format"])
def test_null_is_no_value_of_what_has_a_default(writer: Writer, name: str) -> None:
    refused = writer.post("author", "/media", {name: None})
    assert refused.code == "rest_invalid_param"
    assert refused.value["data"]["details"][name]["code"] == "rest_invalid_type"
