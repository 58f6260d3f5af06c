"""Pictures that are taken from an address: `url` of POST to media."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.wp.test_write_media import JPEG, files, raw, stored
from tests.wp.writer import Writer
from wirepress.model.blob import Blob
from wirepress.net.port import Fault, FetchError

ADDRESS = "https://pictures.example/2025/Boat%20one.jpg?size=large"


class Elsewhere:
    """Other servers, each of which answers one thing (`content.outside.Outside`)."""

    def __init__(self, found: bytes | FetchError = JPEG) -> None:
        self.found = found
        self.asked: list[str] = []

    def fetched(self, url: str, most: int) -> Blob:
        self.asked.append(url)
        if isinstance(self.found, FetchError):
            raise self.found
        return Blob(self.found)


@pytest.fixture
def elsewhere(writer: Writer) -> Elsewhere:
    writer.newsroom.outside = found = Elsewhere()
    return found


def test_a_picture_is_taken_from_an_address(writer: Writer, elsewhere: Elsewhere) -> None:
    sent = {"url": ADDRESS, "title": "T", "caption": "C", "alt_text": "A", "description": "D"}
    made = writer.post("author", "/media", sent)
    assert made.status == 201
    assert elsewhere.asked == [ADDRESS]
    value = made.value
    assert made.headers["location"].endswith(f"/wp/v2/media/{value['id']}")
    assert "x-wp-upload-attachment-id" not in made.headers
    # Of what else was sent WordPress keeps nothing (media_handle_sideload).
    assert (value["title"]["raw"], value["caption"]["raw"], value["alt_text"]) == ("Boat20one", "", "")
    assert value["description"]["raw"] == ""
    assert files(writer) == [f"2025/06/Boat20one{end}.jpg" for end in ("-150x150", "-300x225", "")]


def test_its_sizes_can_be_left_to_the_client(writer: Writer, elsewhere: Elsewhere) -> None:
    made = writer.post("author", "/media", {"url": ADDRESS, "generate_sub_sizes": False})
    assert made.value["media_details"]["sizes"].keys() == set()
    assert files(writer) == ["2025/06/Boat20one.jpg"]


def test_an_address_goes_before_a_file(writer: Writer, elsewhere: Elsewhere) -> None:
    made = raw(writer, JPEG, "own.jpg", query=urlencode({"url": ADDRESS}))
    assert (made.status, made.value["filename"]) == (201, "Boat20one.jpg")


@pytest.mark.parametrize(
    ("found", "status", "code", "data"),
    [
        (b"words", 500, "upload_error", None),
        (b"", 500, "upload_error", None),
        (FetchError(Fault.TIME, "late"), 500, "http_request_failed", None),
        (FetchError(Fault.STATUS, "gone", status=410), 500, "http_404", {"code": 410}),
        (FetchError(Fault.SIZE, "large"), 400, "rest_upload_file_too_big", {"status": 400}),
    ],
)
def test_what_does_not_come_is_told_and_leaves_nothing(
    writer: Writer, elsewhere: Elsewhere, found: bytes | FetchError, status: int, code: str, data: Any
) -> None:
    elsewhere.found = found
    before = stored(writer)
    refused = writer.post("author", "/media", {"url": ADDRESS})
    assert (refused.status, refused.code, refused.value["data"]) == (status, code, data)
    assert stored(writer) == before


def test_why_a_server_gives_no_answer_is_not_told(writer: Writer, elsewhere: Elsewhere) -> None:
    told = set()
    for fault in (Fault.CONNECT, Fault.PROTOCOL, Fault.TIME):
        elsewhere.found = FetchError(fault, f"of the kind {fault}")
        refused = writer.post("author", "/media", {"url": ADDRESS})
        told.add((refused.status, json.dumps(refused.value)))
    assert len(told) == 1
    assert "of the kind" not in str(told)


@pytest.mark.parametrize("fault", [Fault.ADDRESS, Fault.DNS])
def test_a_name_that_leads_to_a_private_address_is_refused(writer: Writer, elsewhere: Elsewhere, fault: Fault) -> None:
    elsewhere.found = FetchError(fault, "private")
    refused = writer.post("author", "/media", {"url": ADDRESS})
    assert (refused.status, refused.code) == (400, "rest_invalid_param")
    assert refused.value["data"]["details"]["url"]["code"] == "rest_invalid_url"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://pictures.example", "rest_invalid_url"),
        ("https://pictures.example/", "rest_invalid_url"),
        ("https://pictures.example/page.php", "rest_invalid_url"),
        ("https://pictures.example/sound.mp3", "rest_invalid_url"),
        ("http://127.0.0.1/boat.jpg", "rest_invalid_param"),
        ("http://10.0.0.1/boat.jpg", "rest_invalid_param"),
        ("https://pictures.example:22/boat.jpg", "rest_invalid_param"),
        ("file:///etc/boat.jpg", "rest_invalid_param"),
        ("https://who:secret@pictures.example/boat.jpg", "rest_invalid_param"),
    ],
)
def test_an_address_of_no_picture_is_not_asked(writer: Writer, elsewhere: Elsewhere, url: str, code: str) -> None:
    assert writer.post("author", "/media", {"url": url}).code == code
    assert elsewhere.asked == []


def test_who_may_upload_nothing_has_nothing_fetched(writer: Writer, elsewhere: Elsewhere) -> None:
    assert writer.post("contributor", "/media", {"url": ADDRESS}).code == "rest_cannot_create"
    assert writer.post("author", "/media", {"url": ADDRESS, "post": 999}).code == "rest_cannot_edit"
    assert elsewhere.asked == []
