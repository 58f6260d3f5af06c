"""The writes of the recorded editor, replayed in their order by an administrator who is logged in, with his nonce.

The record names things of the server that it was recorded with: `found` holds what stands for them here.  Texts that
the record cuts short are put whole.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.content.desk import article, make_newsroom
from tests.editor.test_contract import misshapen, record
from tests.wp.browser import BASE, Browser, Desk
from wirepress.model.web import Request, Response
from wirepress.store import posts

API = "/wp-json/"
DRAFT, FRESH = 1, 101
CUT = "<!-- wp:paragraph -->\n<p>The council passed the <strong>budget</strong>.</p>\n<!-- /wp:paragraph -->"
PREFERENCES = {"_modified": "2026-11-23T17:35:22.470Z", "core/edit-post": {"welcomeGuide": False}}
BOUNDARY = "----editor"


def writes() -> list[tuple[str, dict[str, Any]]]:
    """Each write of the API with its scenario."""
    return [
        (scenario["scenario"], asked)
        for scenario in record()["scenarios"]
        for asked in scenario["requests"]
        if asked.get("http_method") == "POST" and asked["path"].startswith(API)
    ]


class Session:
    """An editor at work, from the beginning of the record to its end."""

    def __init__(self, folder: Path) -> None:
        self.newsroom = make_newsroom(folder)
        with self.newsroom.database.write() as unit:
            posts.insert(unit, article(DRAFT, "", "draft", author=1, title="Council passes the budget"), id=DRAFT)
            posts.insert(unit, article(FRESH, "", "auto-draft", author=1, title="Auto Draft"), id=FRESH)
        self.browser = Browser(Desk(self.newsroom))
        self.browser.log_in("administrator")
        self.found: dict[int, int] = {}

    def play(self, asked: dict[str, Any]) -> Response:
        headers = {name: value for name, value in asked["headers"].items() if name != "content-type"}
        if headers["x-wp-nonce"] != "stale":
            headers["x-wp-nonce"] = self.browser.nonce()
        if "multipart_fields" in asked:
            headers["content-type"] = f"multipart/form-data; boundary={BOUNDARY}"
            body = form(asked["multipart_fields"])
        else:
            headers["content-type"] = "application/json"
            body = json.dumps(self.whole(asked["body"])).encode() if "body" in asked else b""
        headers["cookie"] = "; ".join(f"{name}={value}" for name, (value, _) in self.browser.cookies.items())
        query = urlencode(asked.get("query") or {})
        request = Request("POST", asked["path"], query, {"host": BASE[8:], **headers}, body, "192.0.2.1", "https")
        return self.browser.desk.answer(request)

    def whole(self, body: dict[str, Any]) -> dict[str, Any]:
        """A body with the texts that the record cuts short, and with our own things."""
        made = dict(body)
        for name, value in body.items():
            if isinstance(value, str) and value.endswith("..."):
                made[name] = {"persisted_preferences": PREFERENCES} if name == "meta" else CUT
            elif name in ("categories", "tags"):
                made[name] = [self.found[number] for number in value if number in self.found]
            elif name == "featured_media":
                made[name] = self.found[value]
        return made


def form(fields: dict[str, str]) -> bytes:
    """A multipart body; `<file NAME TYPE>` stands for a picture."""
    parts = []
    for name, value in fields.items():
        file = re.fullmatch(r"<file (\S+) (\S+)>", value)
        disposition = f'Content-Disposition: form-data; name="{name}"'
        if file:
            # The record tells no bytes: a PNG stands for every picture, and is called so.
            shown = file[1].rpartition(".")[0] + ".png"
            head = f'{disposition}; filename="{shown}"\r\nContent-Type: image/png'
            parts.append(head.encode() + b"\r\n\r\n" + picture())
        else:
            parts.append(f"{disposition}\r\n\r\n{value}".encode())
    start = f"--{BOUNDARY}\r\n".encode()
    return b"".join(start + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


def picture(width: int = 400, height: int = 300) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[dict[str, Any], Response]]]:
    session = Session(tmp_path_factory.mktemp("contract"))
    answers = []
    for _, asked in writes():
        response = session.play(asked)
        answers.append((asked, response))
        value = json.loads(response.body)
        made = value.get("id") if isinstance(value, dict) else None
        path = asked["path"]
        if response.status == 201 and isinstance(made, int):
            for base, recorded in (("/media", 103), ("/categories", 105), ("/tags", 107)):
                if path.endswith(base):
                    session.found.setdefault(recorded, made)
    yield answers
    session.newsroom.database.close()


def test_there_are_writes() -> None:
    assert len(writes()) > 20


@pytest.mark.parametrize("at", range(len(writes())), ids=[f"{i}: {name}" for i, (name, _) in enumerate(writes())])
def test_a_write_is_answered_as_recorded(played: list[tuple[dict[str, Any], Response]], at: int) -> None:
    asked, response = played[at]
    assert response.status == asked["mock_status"], response.body[:300]
    value, path, body = json.loads(response.body), asked["path"], asked.get("body") or {}
    if response.status == 403:
        assert value["code"] == "rest_cookie_invalid_nonce"
        return
    if re.fullmatch(r".*/posts/\d+", path):
        assert not list(misshapen(path, {"context": "edit"}, value))
        wanted = "trash" if asked.get("override") == "DELETE" else body.get("status", value["status"])
        assert value["status"] == wanted
    if path.endswith("/autosaves"):
        assert "preview_link" in value
        assert value["title"]["raw"] == body["title"]
    if path.endswith("/media"):
        assert {"source_url", "media_type", "mime_type", "media_details", "missing_image_sizes"} <= set(value)
        assert "source_url" in value["media_details"]["sizes"]["thumbnail"]
    if path.endswith("/users/me"):
        assert value["meta"]["persisted_preferences"] == PREFERENCES
    if path.endswith("/comments"):
        assert (value["type"], value["status"], value["content"]["raw"]) == ("note", "hold", body["content"])
    if path.endswith(("/categories", "/tags")):
        assert value["name"] == body["name"]
