"""`wirepress/v1/takedowns`: list, make, erase, lift."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer

ROUTE = "/wirepress/v1/takedowns"


def published(writer: Writer, title: str, **more: Any) -> dict[str, Any]:
    sent = {"title": title, "content": f"<p>{title} text</p>", "status": "publish", **more}
    made: dict[str, Any] = writer.post("administrator", "/posts", sent).value
    return made


def test_a_post_is_gone_from_the_api_and_comes_back(writer: Writer) -> None:
    post = published(writer, "Harbour", categories=[2])
    before = writer.get("administrator", f"/posts/{post['id']}", "context=edit").value
    assert writer.get("", f"/posts/{post['id']}").status == 200
    sent = {"target": post["link"], "reason": "<b>A court</b> says so", "notice": "Az. 5", "disclosure": "reason"}
    made = writer.post("editor", ROUTE, sent)
    assert made.status == 201
    assert made.headers["location"].endswith(f"{ROUTE}/{made.value['id']}")
    assert {name: made.value[name] for name in ("post", "type", "title", "user", "reason", "restorable")} == {
        "post": post["id"], "type": "post", "title": "Harbour", "user": 2, "reason": "<b>A court</b> says so",
        "restorable": True,
    }  # fmt: skip
    assert (len(made.value["sha256"]), made.value["lifted_at"]) == (64, None)
    for role in ("", "administrator"):
        assert writer.get(role, f"/posts/{post['id']}").code == "rest_post_invalid_id"
        assert writer.get(role, "/posts").value == []
        assert writer.get(role, "/search", "search=Harbour").value == []
    oembed = writer.ask("", "GET", "/wp/v2/../../oembed/1.0/embed", query=f"url={post['link']}")
    assert oembed.status == 404
    again = writer.post("editor", ROUTE, {"target": str(post["id"]), "reason": "x"})
    assert (again.status, again.code, again.value["data"]["takedown"]) == (
        409, "rest_already_taken_down", made.value["id"],
    )  # fmt: skip
    listed = writer.get("administrator", ROUTE, "status=standing&search=COURT")
    assert [one["id"] for one in listed.value] == [made.value["id"]]
    assert listed.headers["x-wp-total"] == "1"
    one = f"{ROUTE}/{made.value['id']}"
    assert writer.delete("administrator", one).status == 400  # without a reason
    lifted = writer.delete("administrator", one, "reason=Settled")
    assert lifted.status == 200
    assert (lifted.value["lift_reason"], lifted.value["lifted_by"], lifted.value["restorable"]) == ("Settled", 1, False)
    assert writer.get("administrator", f"/posts/{post['id']}", "context=edit").value == before
    assert writer.delete("administrator", one, "reason=Settled").status == 409
    assert writer.get("administrator", ROUTE, "status=standing").value == []
    assert len(writer.get("administrator", ROUTE, "status=lifted").value) == 1


def test_it_is_erased_at_once_or_later(writer: Writer) -> None:
    first, second = published(writer, "One"), published(writer, "Two")
    made = writer.post("administrator", ROUTE, {"target": first["slug"], "reason": "Law", "erase": True}).value
    assert (made["title"], made["restorable"], made["erased_at"] is not None) == ("", False, True)
    made = writer.post("administrator", ROUTE, {"target": second["slug"], "reason": "Law"}).value
    one = f"{ROUTE}/{made['id']}"
    assert writer.post("editor", one, {"reason": "Another"}).value["reason"] == "Law"  # what was said stays
    assert writer.post("editor", one, {"erase": True}).value["erased_at"] is not None
    assert writer.post("editor", one, {"erase": True}).status == 409


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"target": "1"}, 400),
        ({"target": "", "reason": "x"}, 400),
        ({"target": "99999", "reason": "x"}, 404),
        ({"target": "http://[", "reason": "x"}, 400),
        ({"target": ["1"], "reason": "x"}, 400),
        ({"target": "https://a.example/", "reason": "x" * 501}, 400),
        ({"target": "https://a.example/", "reason": "x", "notice": "x" * 1001}, 400),
        ({"target": "https://a.example/", "reason": "x", "disclosure": "loud"}, 400),
        ({"target": "https://a.example/", "reason": "\u0000\ud800"}, 400),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(writer: Writer, sent: dict[str, Any], status: int) -> None:
    assert writer.post("administrator", ROUTE, sent).status == status
    assert writer.get("administrator", ROUTE).value == []


def test_no_list_of_capabilities_shows_ours(writer: Writer) -> None:
    shown = writer.get("administrator", "/users/me", "context=edit").value["capabilities"]
    assert "take_down_posts" not in shown
