"""The Font Library: families, faces and their files."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.wp.writer import TOKEN, Writer
from wirepress.model.web import Request
from wirepress.store.sweep import orphans

ADMIN = "administrator"
FAMILIES = "/font-families"
INTER = {"name": "Inter", "slug": "inter", "fontFamily": "Inter, sans-serif", "preview": "https://fonts.example/i.svg"}
WOFF2 = b"wOF2" + bytes(60)
BOUNDARY = "XBOUND"


def family(writer: Writer, **settings: Any) -> Any:
    return writer.post(ADMIN, FAMILIES, {"font_family_settings": json.dumps({**INTER, **settings})})


def face(writer: Writer, number: int, settings: Any) -> Any:
    return writer.post(ADMIN, f"{FAMILIES}/{number}/font-faces", {"font_face_settings": json.dumps(settings)})


def sent(writer: Writer, number: int, settings: Any, *files: tuple[str, str, bytes]) -> Any:
    """A face as the editor sends it: a form with the settings and the files that its sources name."""
    parts = [f'Content-Disposition: form-data; name="font_face_settings"\r\n\r\n{json.dumps(settings)}'.encode()]
    for field, name, data in files:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: font/woff2\r\n\r\n'
        parts.append(head.encode() + data)
    body = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
    headers = {
        "host": "news.example.com",
        "content-type": f"multipart/form-data; boundary={BOUNDARY}",
        "authorization": "Basic " + base64.b64encode(f"{ADMIN}:{TOKEN}".encode()).decode(),
    }
    path = f"/wp-json/wp/v2{FAMILIES}/{number}/font-faces"
    answer = writer.api.answer(Request("POST", path, "", headers, body, "192.0.2.7", "https"))
    return answer.status, json.loads(answer.body)


def test_a_family_comes_changes_and_goes(writer: Writer) -> None:
    made = family(writer, fontFamily="Open Sans, sans-serif")
    number = made.value["id"]
    assert made.status == 201
    assert made.headers["location"].endswith(f"/wp/v2{FAMILIES}/{number}")
    settings = {**INTER, "fontFamily": '"Open Sans", sans-serif'}
    expected = {"id": number, "theme_json_version": 3, "font_faces": [], "font_family_settings": settings}
    assert {name: made.value[name] for name in expected} == expected
    assert list(made.value["_links"]) == ["self", "collection"]
    assert writer.get(ADMIN, FAMILIES).value[0]["font_family_settings"] == settings
    assert writer.get(ADMIN, FAMILIES, "slug=other").value == []
    changed = writer.post(ADMIN, f"{FAMILIES}/{number}", {"font_family_settings": json.dumps({"name": "New"})}).value
    assert changed["font_family_settings"] == {**settings, "name": "New"}
    refused = writer.delete(ADMIN, f"{FAMILIES}/{number}")
    assert (refused.status, refused.code) == (501, "rest_trash_not_supported")
    gone = writer.delete(ADMIN, f"{FAMILIES}/{number}", "force=true").value
    assert (gone["deleted"], gone["previous"]["id"]) == (True, number)
    assert "_links" not in gone["previous"]
    assert writer.get(ADMIN, f"{FAMILIES}/{number}").code == "rest_post_invalid_id"


def test_a_face_brings_its_file_and_takes_it_along(writer: Writer) -> None:
    number = family(writer).value["id"]
    said = {"fontFamily": "Inter", "fontWeight": "700", "src": "file-0"}
    status, made = sent(writer, number, said, ("file-0", "Inter Bold.woff2", WOFF2))
    assert status == 201
    source = "https://news.example.com/wp-content/uploads/fonts/Inter-Bold.woff2"
    assert made["font_face_settings"] == {"fontFamily": "Inter", "fontWeight": "700", "src": source}
    assert made["parent"] == number
    files = writer.newsroom.files
    assert files.read("fonts/Inter-Bold.woff2") == WOFF2
    with writer.newsroom.view() as view:
        assert orphans(view.unit, files) == []
    other, second = sent(writer, number, {**said, "fontWeight": "400"}, ("file-0", "Inter Bold.woff2", WOFF2))
    assert other == 201
    assert second["font_face_settings"]["src"].endswith("/fonts/Inter-Bold-1.woff2")
    shown = writer.get(ADMIN, f"{FAMILIES}/{number}").value
    assert shown["font_faces"] == [made["id"], second["id"]]
    assert [link["href"].rpartition("/")[2] for link in shown["_links"]["font_faces"]] == [
        str(made["id"]), str(second["id"]),
    ]  # fmt: skip
    route = f"{FAMILIES}/{number}/font-faces"
    assert [found["id"] for found in writer.get(ADMIN, route).value] == [second["id"], made["id"]]
    assert writer.get(ADMIN, f"{route}/{made['id']}").value["font_face_settings"] == made["font_face_settings"]
    assert writer.delete(ADMIN, f"{route}/{made['id']}").status == 501
    assert writer.delete(ADMIN, f"{route}/{made['id']}", "force=true").value["deleted"] is True
    assert not files.exists("fonts/Inter-Bold.woff2")
    assert writer.delete(ADMIN, f"{FAMILIES}/{number}", "force=true").status == 200
    assert list(files.all()) == []


def test_a_face_at_an_address(writer: Writer) -> None:
    number = family(writer).value["id"]
    said = {"fontFamily": "Inter", "src": ["https://fonts.example/a.woff2", "https://fonts.example/b.woff"]}
    made = face(writer, number, said)
    assert (made.status, made.value["font_face_settings"]) == (201, said)
    pattern = r"(?P<font_family_id>[\d]+)"
    assert made.headers["location"].endswith(f"{FAMILIES}/{pattern}/font-faces/{made.value['id']}"), "as WordPress does"
    shown = writer.get(ADMIN, f"{FAMILIES}/{number}", "_embed").value["_embedded"]["font_faces"]
    assert [found["font_face_settings"] for found in shown] == [said]
    ranged = {
        "fontFamily": "Inter",
        "fontStyle": "italic",
        "src": "https://fonts.example/c.woff",
        "unicodeRange": "U+0",
    }
    assert list(face(writer, number, ranged).value["font_face_settings"]) == list(ranged)
    twin = face(writer, number, {**said, "fontWeight": "normal"})
    assert (twin.status, twin.code) == (400, "rest_duplicate_font_face")
    other = family(writer, slug="other").value["id"]
    astray = writer.get(ADMIN, f"{FAMILIES}/{other}/font-faces/{made.value['id']}")
    assert (astray.status, astray.code) == (404, "rest_font_face_parent_id_mismatch")
    assert writer.get(ADMIN, f"{FAMILIES}/999/font-faces").code == "rest_post_invalid_parent"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("no json", "rest_invalid_param"),
        ("[" * 5000, "rest_invalid_param"),
        ('{"name":"A","slug":"a"}', "rest_property_required"),
        ('{"name":"","slug":"a","fontFamily":"A"}', "rest_invalid_param"),
        ('{"name":"A","slug":"a","fontFamily":"A","more":1}', "rest_additional_properties_forbidden"),
        ('{"name":5,"slug":"a","fontFamily":"A"}', "rest_invalid_type"),
    ],
)
def test_families_that_are_none(writer: Writer, settings: str, code: str) -> None:
    refused = writer.post(ADMIN, FAMILIES, {"font_family_settings": settings})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")
    assert refused.value["data"]["details"]["font_family_settings"]["code"] == code
    assert refused.value["data"]["details"]["font_family_settings"]["data"] == {"status": 400}
    assert writer.get(ADMIN, FAMILIES).value == []


@pytest.mark.parametrize(
    "source", ["http://127.0.0.1/a.woff2", "https://fonts.example:8443/a.woff2", "http://localhost/a.woff2", "x y"]
)
def test_a_source_is_nowhere_that_nobody_may_ask(writer: Writer, source: str) -> None:
    refused = face(writer, family(writer).value["id"], {"fontFamily": "Inter", "src": source})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")


def test_settings_are_a_text(writer: Writer) -> None:
    refused = writer.post(ADMIN, FAMILIES, {"font_family_settings": INTER}).value["data"]["details"]
    assert refused["font_family_settings"]["code"] == "rest_invalid_type"


def test_a_slug_is_one_familys_and_stays(writer: Writer) -> None:
    number = family(writer).value["id"]
    twin = family(writer, name="Other")
    assert (twin.status, twin.code) == (400, "rest_duplicate_font_family")
    moved = writer.post(ADMIN, f"{FAMILIES}/{number}", {"font_family_settings": '{"slug": "b"}'})
    assert (moved.status, moved.code) == (400, "rest_invalid_param")


@pytest.mark.parametrize(
    ("said", "files", "code"),
    [
        ({"src": "file-0"}, (), "rest_invalid_param"),
        ({"src": "javascript:alert(1)"}, (), "rest_invalid_param"),
        ({"src": ""}, (), "rest_invalid_param"),
        ({"src": "https://a.example/a.woff2"}, (("file-0", "a.woff2", WOFF2),), "rest_invalid_param"),
        ({"src": "file-0", "fontDisplay": "loud"}, (("file-0", "a.woff2", WOFF2),), "rest_invalid_param"),
        ({"src": "file-0"}, (("file-0", "a.php", WOFF2),), "rest_font_upload_invalid_file_type"),
        ({"src": "file-0"}, (("file-0", "a.woff2", b"<?php"),), "rest_font_upload_invalid_file_type"),
        ({"src": "file-0"}, (("file-0", "a.ttf", WOFF2),), "rest_font_upload_invalid_file_type"),
        ({"src": "file-0"}, (("file-0", "a.woff2", b""),), "rest_font_upload_unknown_error"),
    ],
)
def test_faces_that_are_none(writer: Writer, said: Any, files: Any, code: str) -> None:
    number = family(writer).value["id"]
    _, answer = sent(writer, number, {"fontFamily": "A", **said}, *files)
    assert answer["code"] == code
    assert writer.get(ADMIN, f"{FAMILIES}/{number}/font-faces").value == []
    assert list(writer.newsroom.files.all()) == []


def test_a_name_leads_out_of_no_folder(writer: Writer) -> None:
    number = family(writer).value["id"]
    status, made = sent(writer, number, {"fontFamily": "A", "src": "f"}, ("f", "../../../up.woff2", WOFF2))
    assert status == 201
    assert made["font_face_settings"]["src"].endswith("/uploads/fonts/up.woff2")


def test_fonts_are_the_matter_of_who_designs_the_site(writer: Writer) -> None:
    number = family(writer).value["id"]
    body = {"font_family_settings": json.dumps(INTER)}
    for role, status in (("editor", 403), ("", 401)):
        assert (writer.get(role, FAMILIES).status, writer.get(role, FAMILIES).code) == (status, "rest_cannot_read")
        assert writer.post(role, FAMILIES, body).code == "rest_cannot_create"
        assert writer.post(role, f"{FAMILIES}/{number}", {"font_family_settings": "{}"}).code == "rest_cannot_edit"
        gone = writer.delete(role, f"{FAMILIES}/{number}", "force=true")
        assert (gone.status, gone.code) == (status, "rest_cannot_delete")
    assert writer.get(ADMIN, f"{FAMILIES}/{number}").status == 200


def test_a_list_of_families_asks_no_more_for_many(writer: Writer) -> None:
    def asked() -> int:
        before = writer.newsroom.database.statements
        assert writer.get(ADMIN, FAMILIES, "per_page=100").status == 200
        return writer.newsroom.database.statements - before

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            made = family(writer, slug=f"family-{number}").value["id"]
            face(writer, made, {"fontFamily": f"Family {number}", "src": "https://fonts.example/a.woff2"})

    fill(0, 1)
    asked()
    few = asked()
    fill(1, 6)
    asked()
    assert asked() == few
