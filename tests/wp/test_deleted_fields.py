"""What `_fields` leaves of the answer to a deletion; every row was asked of WordPress 7.1.4."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer

ADMIN = "administrator"
FONT = '{"name":"K","slug":"k","fontFamily":"K"}'
MADE: dict[str, tuple[str, dict[str, Any]]] = {
    "post": ("/posts", {"title": "T"}),
    "category": ("/categories", {"name": "T"}),
    "menu": ("/menus", {"name": "T"}),
    "template": ("/templates", {"slug": "kept", "title": "T"}),
    "font": ("/font-families", {"font_family_settings": FONT}),
    "password": ("/users/1/application-passwords", {"name": "T"}),
}


@pytest.mark.parametrize("kind", MADE)
def test_the_fields_of_a_deletion(writer: Writer, kind: str) -> None:
    route, body = MADE[kind]
    password = kind == "password"
    rows: tuple[tuple[str, Any, Any], ...] = (
        ("id", [], []),
        ("deleted", {"deleted": True}, {"deleted": True}),
        ("previous.id,deleted", {"deleted": True, "previous": []}, {"deleted": True, "previous": {"id": None}}),
        ("name,title.raw,_links", [], []),
        ("previous.nothing", {"previous": []}, {"previous": []}),
    )
    for fields, whole, rest in rows:
        made = writer.post(ADMIN, route, body)
        assert made.status == 201, made
        key = made.value["uuid" if password else "id"]
        gone = writer.delete(ADMIN, f"{route}/{key}", f"force=true&_fields={fields}")
        wanted = whole if password else rest
        if isinstance(wanted, dict) and wanted.get("previous"):
            wanted = {**wanted, "previous": {"id": key}}
        assert gone.value == wanted, fields


def test_an_id_stays_and_a_password_is_whole(writer: Writer) -> None:
    post = writer.post(ADMIN, "/posts", {"title": "T"}).value["id"]
    assert writer.delete(ADMIN, f"/posts/{post}", "force=true&_fields=previous").value == {"previous": {"id": post}}
    uuid = writer.post(ADMIN, "/users/1/application-passwords", {"name": "T"}).value["uuid"]
    gone = writer.delete(ADMIN, f"/users/1/application-passwords/{uuid}", "_fields=previous").value
    assert list(gone["previous"]) == ["uuid", "app_id", "name", "created", "last_used", "last_ip"]
