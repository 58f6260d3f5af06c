"""Application passwords over the API: made, used, renamed and revoked."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest

from tests.wp.writer import Writer
from wirepress.model.web import Request

ROUTE = "/users/me/application-passwords"


def enter(writer: Writer, login: str, password: str) -> int:
    """The status of `users/me` with a password."""
    basic = base64.b64encode(f"{login}:{password}".encode()).decode()
    headers = {"host": "news.example.com", "authorization": f"Basic {basic}"}
    return writer.api.answer(Request("GET", "/wp-json/wp/v2/users/me", "", headers, b"", "192.0.2.9", "https")).status


def test_a_password_is_shown_once_and_opens_until_it_is_revoked(writer: Writer) -> None:
    made = writer.post("author", ROUTE, {"name": "Phone <b>1</b>"})
    assert made.status == 201
    password, uuid = made.value["password"], made.value["uuid"]
    assert re.fullmatch(r"(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}", password)
    assert made.headers["location"].endswith(f"/wp/v2/users/3/application-passwords/{uuid}")
    assert made.value["name"] == "Phone 1"
    assert "password" not in writer.get("author", f"{ROUTE}/{uuid}", "context=edit").value
    assert enter(writer, "author", password) == enter(writer, "author", password.replace(" ", "")) == 200
    gone = writer.delete("author", f"{ROUTE}/{uuid}")
    assert (gone.value["deleted"], gone.value["previous"]["uuid"]) == (True, uuid)
    assert enter(writer, "author", password) == 401
    assert writer.delete("author", f"{ROUTE}/{uuid}").code == "rest_application_password_not_found"


def test_names_may_be_alike_and_change(writer: Writer) -> None:
    app = "11111111-1111-4111-8111-111111111111"
    one, two = (writer.post("author", ROUTE, {"name": "Same", "app_id": app}).value for _ in range(2))
    assert one["uuid"] != two["uuid"]
    renamed = writer.post("author", f"{ROUTE}/{one['uuid']}", {"name": "New", "app_id": ""})
    assert (renamed.value["name"], renamed.value["app_id"]) == ("New", app)
    for nothing in ("<b></b>", "0"):
        left = writer.post("author", f"{ROUTE}/{one['uuid']}", {"name": nothing})
        assert (left.status, left.value["name"]) == (200, "New")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "rest_missing_callback_param"),
        ({"name": ""}, "rest_invalid_param"),
        ({"name": "  "}, "rest_invalid_param"),
        ({"name": "<b></b>"}, "application_password_empty_name"),
        ({"name": "0"}, "application_password_empty_name"),
        ({"name": "x", "app_id": "y"}, "rest_invalid_param"),
    ],
)
def test_what_has_no_name_is_refused(writer: Writer, sent: dict[str, str], code: str) -> None:
    refused = writer.post("author", ROUTE, sent)
    assert (refused.status, refused.code) == (400, code)
    assert len(writer.get("author", ROUTE).value) == 1


def test_whose_passwords_they_are(writer: Writer) -> None:
    other = "/users/2/application-passwords"
    uuid = writer.get("editor", ROUTE).value[0]["uuid"]
    assert writer.post("author", other, {"name": "x"}).code == "rest_cannot_create_application_passwords"
    assert writer.post("author", f"{other}/{uuid}", {"name": "x"}).code == "rest_cannot_edit_application_password"
    assert writer.delete("author", f"{other}/{uuid}").code == "rest_cannot_delete_application_password"
    assert writer.delete("author", other).code == "rest_cannot_delete_application_passwords"
    assert writer.post("administrator", other, {"name": "x"}).status == 201
    assert writer.delete("administrator", other).value == {"deleted": True, "count": 2}
    assert writer.get("editor", ROUTE).status == 401


def test_a_use_is_noted_once_a_day_and_not_while_somebody_waits(writer: Writer) -> None:
    def kept(role: str = "administrator") -> tuple[str | None, str | None]:
        shown = writer.get(role, "/users/3/application-passwords").value[0]
        return shown["last_used"], shown["last_ip"]

    epoch = writer.epoch
    assert kept("author") == ("2025-06-15T12:00:00", "192.0.2.7")
    assert kept() == (None, None)
    assert len(writer.api.uses) == 2
    assert writer.api.uses.settle(writer.newsroom) == 2
    assert kept() == ("2025-06-15T12:00:00", "192.0.2.7")
    writer.clock.moment += timedelta(hours=23)
    assert writer.get("author", "/users/me").status == 200
    assert len(writer.api.uses) == 0
    writer.clock.moment += timedelta(hours=1)
    assert writer.get("author", "/users/me").status == 200
    assert len(writer.api.uses) == 1
    writer.api.uses.settle(writer.newsroom)
    assert kept() == ("2025-06-16T12:00:00", "192.0.2.7")
    assert writer.epoch == epoch
