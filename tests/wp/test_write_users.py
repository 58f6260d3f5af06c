"""Creating, changing and deleting users over the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.desk import article
from tests.wp.writer import Writer
from wirepress.content.identity.passwords import verify_password
from wirepress.store import posts as post_store
from wirepress.store import users as store


def new(login: str, **more: Any) -> dict[str, Any]:
    return {"username": login, "email": f"{login}@news.example.com", "password": "pass word", **more}


def count(writer: Writer) -> int:
    with writer.newsroom.view() as view:
        found: int = view.unit.rows("SELECT count(*) FROM users")[0][0]
        return found


def write(writer: Writer, number: int, author: int, status: str = "publish", **fields: Any) -> None:
    with writer.newsroom.database.write() as unit:
        post_store.insert(unit, article(number, f"post-{number}", status, author=author, **fields), id=number)


def test_a_user_comes_changes_and_goes(writer: Writer) -> None:
    sent = new("ada", roles=["author"], first_name="Ada", last_name="L.", nickname="A", slug="Ada L", url="ada.example")
    made = writer.post("administrator", "/users", sent)
    assert made.status == 201
    number = made.value["id"]
    assert made.headers["location"].endswith(f"/wp/v2/users/{number}")
    shown = {name: made.value[name] for name in ("name", "slug", "url", "nickname", "roles")}
    assert shown == {
        "name": "Ada L.",
        "slug": "ada-l",
        "url": "http://ada.example",
        "nickname": "A",
        "roles": ["author"],
    }
    assert "password" not in made.value
    changed = writer.post("administrator", f"/users/{number}", {"name": "", "roles": ["editor", "author"], "slug": ""})
    assert (changed.value["name"], changed.value["slug"]) == ("ada", "ada")
    assert changed.value["roles"] == ["editor", "author"]
    gone = writer.delete("administrator", f"/users/{number}", "force=true&reassign=1")
    assert (gone.value["deleted"], gone.value["previous"]["username"]) == (True, "ada")
    assert writer.get("administrator", f"/users/{number}").status == 404


def test_a_password_is_kept_as_a_hash(writer: Writer) -> None:
    number = writer.post("administrator", "/users", new("ada")).value["id"]
    writer.post("administrator", f"/users/{number}", {"password": "another"})
    with writer.newsroom.view() as view:
        user = store.get(view.unit, number)
    assert user is not None
    assert user.password.startswith("$wp$2y$")
    assert verify_password("another", user.password)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({}, 400, "rest_missing_callback_param"),
        (new("ada", password=""), 400, "rest_invalid_param"),
        (new("ada", password="a\\b"), 400, "rest_invalid_param"),
        (new("ada", email="none"), 400, "rest_invalid_param"),
        (new("ada!"), 400, "rest_invalid_param"),
        (new("Ädä", email="a@news.example.com"), 400, "rest_invalid_param"),
        (new("ada", locale="xx"), 400, "rest_invalid_param"),
        (new("ada", roles=["king"]), 400, "rest_user_invalid_role"),
        (new("ada", id=3), 400, "rest_user_exists"),
        (new("EDITOR", email="a@news.example.com"), 500, "existing_user_login"),
        (new("0"), 400, "rest_invalid_param"),
        (new("ada", email="Editor@news.example.com"), 500, "existing_user_email"),
        (new("x" * 61), 500, "user_login_too_long"),
        (new("ada", slug="s" * 51), 500, "user_nicename_too_long"),
        (new("ada", url="http://" + "u" * 100), 500, "user_url_too_long"),
        (new("ada", name="n" * 251), 500, "rest_user_create"),
        (new("ada", email="e" * 100 + "@news.example.com"), 500, "rest_user_create"),
        (new("ada", meta={"persisted_preferences": "no"}), 400, "rest_invalid_type"),
    ],
)
def test_a_flawed_user_is_refused_and_not_kept(writer: Writer, sent: dict[str, Any], status: int, code: str) -> None:
    before = count(writer)
    refused = writer.post("administrator", "/users", sent)
    assert (refused.status, refused.code) == (status, code)
    assert count(writer) == before


def test_nought_is_nothing(writer: Writer) -> None:
    sent = dict.fromkeys(("name", "first_name", "last_name", "nickname", "slug", "description"), "0")
    wanted = {"name": "ada", "nickname": "ada", "slug": "ada"}
    made = writer.post("administrator", "/users", new("ada", **sent))
    assert {name: made.value[name] for name in sent} == {**dict.fromkeys(sent, ""), **wanted}
    changed = writer.post("administrator", f"/users/{made.value['id']}", sent)
    assert {name: changed.value[name] for name in sent} == {**dict.fromkeys(sent, ""), **wanted}


def test_a_change_that_no_row_holds_changes_nothing(writer: Writer) -> None:
    for sent in ({"name": "n" * 251}, {"email": "e" * 90 + "@news.example.com"}):
        refused = writer.post("administrator", "/users/2", {**sent, "description": "new"})
        assert (refused.status, refused.code) == (400, "rest_user_update")
    shown = writer.get("administrator", "/users/2", "context=edit").value
    assert (shown["name"], shown["email"], shown["description"]) == ("Editor", "editor@news.example.com", "")


def test_a_flawed_change_changes_nothing(writer: Writer) -> None:
    before = writer.get("administrator", "/users/3", "context=edit").value
    for sent, status, code in (
        ({"email": "editor@news.example.com"}, 400, "rest_user_invalid_email"),
        ({"username": "other"}, 400, "rest_user_invalid_argument"),
        ({"roles": ["king"]}, 400, "rest_user_invalid_role"),
        ({"name": "x", "meta": {"persisted_preferences": 1}}, 400, "rest_invalid_type"),
    ):
        refused = writer.post("administrator", "/users/3", sent)
        assert (refused.status, refused.code) == (status, code)
    assert writer.get("administrator", "/users/3", "context=edit").value == before


def test_who_may_change_whom(writer: Writer) -> None:
    assert writer.post("editor", "/users", new("ada")).code == "rest_cannot_create_user"
    assert writer.post("editor", "/users/3", {"name": "x"}).code == "rest_cannot_edit"
    assert writer.delete("editor", "/users/3", "force=true&reassign=1").code == "rest_user_cannot_delete"
    assert writer.post("author", "/users/me", {"roles": ["administrator"]}).code == "rest_cannot_edit_roles"
    assert writer.post("", "/users/me", {"name": "x"}).code == "rest_user_invalid_id"
    own = writer.post("administrator", "/users/1", {"roles": ["author"]})
    assert (own.status, own.code) == (403, "rest_user_invalid_role")
    assert writer.post("subscriber", "/users/me", {"name": "Sub <b>S</b> & Co"}).value["name"] == "Sub S &amp; Co"


def test_a_name_that_changes_shows_at_once(writer: Writer) -> None:
    write(writer, 10, 3)
    assert writer.get("", "/posts/10", "_embed=author").value["_embedded"]["author"][0]["name"] == "Author"
    epoch = writer.epoch
    writer.post("administrator", "/users/3", {"name": "Ada"})
    assert writer.epoch > epoch
    assert writer.get("", "/posts/10", "_embed=author").value["_embedded"]["author"][0]["name"] == "Ada"


def test_preferences_are_kept_whole(writer: Writer) -> None:
    kept = {"core/edit-post": {"welcomeGuide": False, "list": [1, "a"]}, "_modified": "2025-06-15T12:00:00"}
    done = writer.post("author", "/users/me", {"meta": {"persisted_preferences": kept}})
    assert done.value["meta"]["persisted_preferences"] == kept
    shown = writer.get("author", "/users/me", "context=edit").value
    assert shown["meta"]["persisted_preferences"] == kept
    gone = writer.post("author", "/users/me", {"meta": {"persisted_preferences": None}})
    assert gone.value["meta"]["persisted_preferences"] == []


def test_deleting_asks_for_force_and_an_heir(writer: Writer) -> None:
    for query, status, code in (
        ("", 400, "rest_missing_callback_param"),
        ("reassign=1", 501, "rest_trash_not_supported"),
        ("force=true&reassign=x", 400, "rest_invalid_param"),
        ("force=true&reassign=3", 400, "rest_user_invalid_reassign"),
        ("force=true&reassign=999", 400, "rest_user_invalid_reassign"),
    ):
        refused = writer.delete("administrator", "/users/3", query)
        assert (refused.status, refused.code) == (status, code)
    assert writer.get("administrator", "/users/3").status == 200


@pytest.mark.parametrize(("reassign", "author"), [("2", 2), ("0", 0)])
def test_an_heir_gets_the_posts(writer: Writer, reassign: str, author: int) -> None:
    write(writer, 10, 3)
    writer.delete("administrator", "/users/3", f"force=true&reassign={reassign}")
    assert writer.get("administrator", "/posts/10").value["author"] == author


@pytest.mark.parametrize("reassign", ["", "false"])
def test_without_an_heir_posts_go_to_the_trash_and_media_away(writer: Writer, reassign: str) -> None:
    write(writer, 10, 3)
    write(writer, 11, 3, "trash")
    write(writer, 12, 3, "inherit", type="attachment")
    write(writer, 13, 2)
    assert writer.delete("administrator", "/users/3", f"force=true&reassign={reassign}").status == 200
    assert writer.get("administrator", "/posts/10").value["status"] == "trash"
    assert writer.get("administrator", "/posts/11").status == 404
    assert writer.get("administrator", "/media/12").status == 404
    assert writer.get("", "/posts/13").status == 200


@pytest.mark.parametrize(
    ("role", "query", "found"),
    [
        ("", "search=editor@news", []),
        ("", "search=news.example.com", []),
        ("", "search=@", []),
        ("", "search=ditor@&search_columns=email", []),
        ("", "search=editor@&search_columns=email&search_columns=name", []),
        ("", "search=dito", ["editor"]),
        ("", "search=*dito*", ["editor"]),
        ("", "search=2", ["editor"]),
        ("", "search=0", ["editor"]),
        ("", "search=Edit&search_columns=email", ["editor"]),
        ("author", "search=editor@news", []),
        ("administrator", "search=editor@news", ["editor"]),
        ("administrator", "search=ditor@&search_columns=email", ["editor"]),
        ("administrator", "search=ditor@&search_columns=name", []),
    ],
)
def test_addresses_are_guessed_by_no_search(writer: Writer, role: str, query: str, found: list[str]) -> None:
    writer.post("editor", "/posts", {"title": "Known", "status": "publish"})
    assert [user["slug"] for user in writer.get(role, "/users", query).value] == found
