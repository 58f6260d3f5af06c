"""Creating, changing and deleting posts of every type over the API."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.content.desk import article
from tests.wp.conftest import Writers
from tests.wp.writer import TOKEN, Writer
from wirepress.content.newsroom import Newsroom
from wirepress.content.registry.custom_types import declared
from wirepress.model.web import Request
from wirepress.store import posts as store

META: Mapping[str, Any] = {
    "subtitle": {},
    "rating": {"type": "integer", "default": 3},
    "score": {"type": "number"},
    "urgent": {"type": "boolean"},
    "cities": {"single": False},
    "numbers": {"type": "array", "items": "integer"},
    "place": {"type": "object", "properties": {"lat": "number", "name": "string"}},
    "_hidden": {},
    "noted": {"revisions": True},
}


@pytest.fixture
def metered(writers: Writers) -> Writer:
    """A newsroom whose posts have meta fields of each type."""
    plain = writers()
    plain.newsroom = Newsroom(
        plain.newsroom.database,
        plain.newsroom.clock,
        plain.newsroom.files,
        registry=declared({"meta": {"post": META}}),
    )
    plain.api = type(plain.api)(plain.newsroom)
    return plain


def rows(writer: Writer) -> int:
    with writer.newsroom.view() as view:
        count: int = view.unit.rows("SELECT count(*) FROM posts")[0][0]
        return count


def made(writer: Writer, role: str = "editor", path: str = "/posts", **fields: Any) -> dict[str, Any]:
    answered = writer.post(role, path, {"title": "A title", **fields})
    assert answered.status == 201, answered.value
    value: dict[str, Any] = answered.value
    return value


def test_a_post_comes_changes_and_goes(writer: Writer) -> None:
    post = made(writer, content={"raw": "<p>Words \\ with a backslash</p>"}, excerpt="Short", status="publish")
    path = f"/posts/{post['id']}"
    assert (post["slug"], post["status"], post["categories"]) == ("a-title", "publish", [1])
    assert post["content"]["raw"] == "<p>Words \\ with a backslash</p>"
    changed = writer.ask("editor", "PUT", path, {"title": {"raw": "Another"}, "categories": [3, 999], "tags": [4]})
    assert (changed.value["title"]["raw"], changed.value["slug"]) == ("Another", "a-title")
    assert (changed.value["categories"], changed.value["tags"]) == ([3], [4])
    assert writer.get("", path).value["title"]["rendered"] == "Another"
    trashed = writer.delete("editor", path)
    assert (trashed.value["status"], trashed.value["slug"]) == ("trash", "a-title__trashed")
    assert writer.get("", path).status == 401
    assert writer.delete("editor", path).code == "rest_already_trashed"
    back = writer.post("editor", path, {"status": "publish"})
    assert (back.value["status"], back.value["slug"]) == ("publish", "a-title")
    gone = writer.delete("editor", path, "force=true")
    assert (gone.value["deleted"], gone.value["previous"]["slug"]) == (True, "a-title")
    assert writer.get("editor", path).code == "rest_post_invalid_id"


@pytest.mark.parametrize(
    ("role", "body", "status", "code"),
    [
        ("editor", {}, 400, "empty_content"),
        ("editor", {"title": "0"}, 400, "empty_content"),
        ("editor", {"title": ["x"], "content": {"rendered": "x"}}, 400, "empty_content"),
        ("editor", {"title": "x", "id": 3}, 400, "rest_post_exists"),
        ("editor", {"title": "x", "status": "trash"}, 400, "rest_invalid_param"),
        ("editor", {"title": "x", "date": "2025-13-01T00:00:00"}, 400, "rest_invalid_param"),
        ("editor", {"title": "x", "template": "none.php"}, 400, "rest_invalid_param"),
        ("editor", {"title": "x", "meta": "words"}, 400, "rest_invalid_param"),
        ("editor", {"title": "x", "author": 99}, 400, "rest_invalid_author"),
        ("editor", {"title": "x", "password": "p", "sticky": True}, 400, "rest_invalid_field"),
        ("editor", {"title": "x", "password": "p" * 256}, 500, "db_insert_error"),
        ("editor", {"title": "x" * 70_000}, 500, "db_insert_error"),
        ("author", {"title": "x", "author": 1}, 403, "rest_cannot_edit_others"),
        ("author", {"title": "x", "sticky": True}, 403, "rest_cannot_assign_sticky"),
        ("contributor", {"title": "x", "status": "publish"}, 403, "rest_cannot_publish"),
        ("contributor", {"title": "x", "status": "private"}, 403, "rest_cannot_publish"),
        ("subscriber", {"title": "x"}, 403, "rest_cannot_create"),
        ("", {"title": "x"}, 401, "rest_cannot_create"),
    ],
)
def test_what_is_refused_is_not_kept(writer: Writer, role: str, body: Any, status: int, code: str) -> None:
    before, epoch = rows(writer), writer.epoch
    answered = writer.post(role, "/posts", body)
    assert (answered.status, answered.code) == (status, code)
    assert (rows(writer), writer.epoch) == (before, epoch)


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ({"password": "p" * 256}, "post_password"),
        ({"title": "x" * 70_000}, "post_title"),
        ({"excerpt": "x" * 70_000}, "post_excerpt"),
    ],
)
def test_what_a_column_cannot_hold_is_told_beside_the_error(writer: Writer, body: Any, column: str) -> None:
    answered = writer.post("editor", "/posts", {"title": "x", **body})
    assert answered.value["data"] == {"status": 500}
    assert [column in told for told in answered.value["additional_data"]] == [True]
    number = writer.post("editor", "/posts", {"title": "x"}).value["id"]
    answered = writer.post("editor", f"/posts/{number}", body)
    assert (answered.status, answered.code) == (500, "db_update_error")
    assert column in answered.value["additional_data"][0]


def test_the_status_that_a_post_has_may_be_sent_along(writer: Writer) -> None:
    number = made(writer, "editor", title="x")["id"]
    writer.delete("editor", f"/posts/{number}")
    kept = writer.post("editor", f"/posts/{number}", {"status": "trash", "title": "y"})
    assert (kept.status, kept.value["status"], kept.value["title"]["raw"]) == (200, "trash", "y")
    writer.post("editor", f"/posts/{number}", {"status": "draft"})
    assert writer.post("editor", f"/posts/{number}", {"status": "trash"}).code == "rest_invalid_param"


def test_who_may_assign_terms(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        view.unit.run("DELETE FROM options WHERE name = 'user_roles'")
    assert made(writer, "contributor", categories=[2])["categories"] == [2]
    assert writer.post("subscriber", "/posts", {"title": "x", "categories": [2]}).code == "rest_cannot_create"


@pytest.mark.parametrize(
    ("zone", "date", "local", "gmt"),
    [
        ("Europe/Berlin", {"date": "2025-01-02T03:04:05"}, "2025-01-02T03:04:05", "2025-01-02T02:04:05"),
        ("Europe/Berlin", {"date_gmt": "2025-01-02T03:04:05"}, "2025-01-02T04:04:05", "2025-01-02T03:04:05"),
        ("Europe/Berlin", {"date": "2025-01-02T03:04:05Z"}, "2025-01-02T04:04:05", "2025-01-02T03:04:05"),
        ("Europe/Berlin", {"date": "2025-01-02T03:04:05-05"}, "2025-01-02T09:04:05", "2025-01-02T08:04:05"),
        ("Europe/Berlin", {"date": "2024-10-27T00:30:00Z"}, "2024-10-27T02:30:00", "2024-10-27T00:30:00"),
        ("Europe/Berlin", {"date": "2024-10-27T01:30:00Z"}, "2024-10-27T02:30:00", "2024-10-27T01:30:00"),
        ("Europe/Berlin", {"date": "2025-02-29T24:00:00"}, "2025-03-02T00:00:00", "2025-03-01T23:00:00"),
        ("Asia/Kathmandu", {"date": "2025-01-02T00:00:00", "date_gmt": "2020-01-01T00:00:00"},
         "2025-01-02T00:00:00", "2025-01-01T18:15:00"),
    ],
)  # fmt: skip
def test_dates_in_any_zone(writers: Writers, zone: str, date: dict[str, str], local: str, gmt: str) -> None:
    writer = writers(options={"timezone_string": zone})
    post = made(writer, status="publish", **date)
    assert (post["date"], post["date_gmt"], post["status"]) == (local, gmt, "publish")


def test_a_draft_floats_until_it_is_dated(writer: Writer) -> None:
    path = f"/posts/{made(writer)['id']}"
    writer.clock.moment = writer.clock.moment.replace(day=16)
    same = writer.post("editor", path, {"date": writer.get("editor", path).value["date"]})
    assert same.value["date"] == "2025-06-16T12:00:00"
    writer.clock.moment = writer.clock.moment.replace(day=17)
    assert writer.post("editor", path, {"status": "publish"}).value["date"] == "2025-06-17T12:00:00"
    later = writer.post("editor", path, {"date": "2025-07-01T00:00:00"})
    assert (later.value["status"], later.value["date"]) == ("future", "2025-07-01T00:00:00")
    now = writer.post("editor", path, {"date": None})
    assert (now.value["status"], now.value["date"]) == ("publish", "2025-06-17T12:00:00")


def test_slugs(writer: Writer) -> None:
    first = made(writer, slug="My Slug! ünïcode", status="publish")
    assert first["slug"] == "my-slug-unicode"
    assert made(writer, slug="my-slug-unicode", status="publish")["slug"] == "my-slug-unicode-2"
    assert made(writer, slug="my-slug-unicode", status="draft")["slug"] == "my-slug-unicode-3"
    draft = made(writer)
    assert (draft["slug"], draft["generated_slug"]) == ("", "a-title")
    pending = made(writer, "contributor", slug="mine", status="pending")
    assert pending["slug"] == ""


def test_slugs_in_the_trash_are_unique(writer: Writer) -> None:
    numbers = [made(writer)["id"] for _ in range(2)]
    slugs = [writer.delete("editor", f"/posts/{number}").value["slug"] for number in numbers]
    assert slugs == ["__trashed", "__trashed-2"]


def test_passwords_and_sticky_posts_exclude_each_other(writer: Writer) -> None:
    path = f"/posts/{made(writer, status='publish', sticky=True)['id']}"
    assert writer.get("", path).value["sticky"] is True
    assert writer.post("editor", path, {"password": "p"}).code == "rest_invalid_field"
    assert writer.post("editor", path, {"sticky": False, "password": ""}).value["sticky"] is False
    assert writer.post("editor", path, {"password": "p"}).value["password"] == "p"
    assert writer.post("editor", path, {"sticky": True}).code == "rest_invalid_field"
    assert writer.get("", path).value["content"] == {"rendered": "", "protected": True}
    assert writer.post("editor", path, {"status": "private"}).value["password"] == ""


def test_markup_of_those_without_trust_is_filtered(writer: Writer) -> None:
    text = '<script>x</script><b onclick="y">z</b>'
    assert made(writer, "editor", content=text)["content"]["raw"] == text
    assert made(writer, "author", content=text)["content"]["raw"] == "x<b>z</b>"
    notes = '[{"content":"<i>a</i><script>b</script>","id":"N-1"},{"id":"2"}]'
    filtered = '[{"id":"n-1","content":"<i>a<\\/i>b"}]'
    assert made(writer, "author", meta={"footnotes": notes})["meta"]["footnotes"] == filtered
    assert made(writer, "editor", meta={"footnotes": notes})["meta"]["footnotes"] == notes


def test_pages_stand_under_each_other(writer: Writer) -> None:
    above = made(writer, path="/pages", status="publish")
    below = made(writer, path="/pages", status="publish", parent=above["id"], menu_order=4)
    assert below["link"].endswith("/a-title/a-title/")
    assert (below["slug"], below["menu_order"]) == ("a-title", 4)
    path = f"/pages/{above['id']}"
    assert writer.post("editor", path, {"parent": below["id"]}).value["parent"] == 0
    assert writer.post("editor", path, {"parent": 999}).code == "rest_post_invalid_id"
    assert writer.post("editor", path, {"template": "page-no-title"}).value["template"] == "page-no-title"
    other = made(writer, path="/posts")
    refused = writer.post("editor", f"/pages/{other['id']}", {"template": "page-no-title"})
    assert refused.code == "rest_invalid_param", "the type of the post decides, not the route"
    refused = writer.post("editor", path, {"template": "none.php", "ping_status": "maybe"}).value["data"]
    assert refused["params"].keys() == {"template", "ping_status"}, "all that is wrong is told at once"
    writer.delete("editor", path, "force=true")
    assert writer.get("", f"/pages/{below['id']}").value["parent"] == 0


def test_the_front_page_lets_go_of_what_goes(writers: Writers) -> None:
    writer = writers(options={"show_on_front": "page", "page_on_front": "50", "sticky_posts": [51]})
    with writer.newsroom.write() as view:
        store.insert(view.unit, replace(article(50, "front"), type="page"), id=50)
        store.insert(view.unit, article(51, "stuck"), id=51)
    assert writer.delete("editor", "/pages/50").code == "rest_cannot_delete"
    assert writer.delete("administrator", "/pages/50").status == 200
    assert writer.delete("administrator", "/posts/51").value["sticky"] is False
    with writer.newsroom.view() as view:
        assert (view.site.option("show_on_front"), view.site.number("page_on_front")) == ("posts", 0)


def test_menu_items_go_with_what_they_point_to(writer: Writer) -> None:
    post = made(writer, status="publish")
    with writer.newsroom.write() as view:
        pointing = {"_menu_item_type": ["post_type"], "_menu_item_object_id": [str(post["id"])]}
        elsewhere = {**pointing, "_menu_item_type": ["taxonomy"]}
        for number, meta in ((60, pointing), (61, elsewhere)):
            store.insert(view.unit, article(number, type="nav_menu_item", meta=meta), id=number)
    writer.delete("editor", f"/posts/{post['id']}", "force=true")
    with writer.newsroom.view() as view:
        assert store.get(view.unit, 60) is None
        assert store.get(view.unit, 61) is not None


def test_featured_images(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        for number, mime in ((70, "image/jpeg"), (71, "application/pdf")):
            store.insert(view.unit, article(number, type="attachment", status="inherit", mime_type=mime), id=number)
    path = f"/posts/{made(writer, featured_media=70)['id']}"
    assert writer.get("editor", path).value["featured_media"] == 70
    assert writer.post("editor", path, {"featured_media": 999}).value["featured_media"] == 70
    assert writer.post("editor", path, {"featured_media": 71}).value["featured_media"] == 0


def test_forms_are_read(writer: Writer) -> None:
    form = "\r\n".join(
        [
            "--B", 'Content-Disposition: form-data; name="title"', "", "Formed \u00fc",
            "--B", 'Content-Disposition: form-data; name="categories[]"', "", "2",
            "--B", 'Content-Disposition: form-data; name="categories[]"', "", "3", "--B--", "",
        ]
    ).encode()  # fmt: skip
    secret = base64.b64encode(f"editor:{TOKEN}".encode()).decode()
    for kind, body in (
        ("multipart/form-data; boundary=B", form),
        ("application/x-www-form-urlencoded", b"title=Formed+%C3%BC&categories[]=2&categories[]=3"),
    ):
        headers = {"content-type": kind, "authorization": f"Basic {secret}", "host": "news.example.com"}
        answered = writer.api.answer(Request("POST", "/wp-json/wp/v2/posts", "", headers, body, "192.0.2.7", "https"))
        value = json.loads(answered.body)
        assert (answered.status, value["title"]["raw"]) == (201, "Formed \u00fc")
        assert sorted(value["categories"]) == [2, 3]


# ---- registered meta


def test_meta_of_each_type_comes_back_as_it_went(metered: Writer) -> None:
    given = {
        "subtitle": "S \\ \u00e9", "rating": 5, "score": 1.5, "urgent": True, "cities": ["A", "B"], "numbers": [1, 2],
        "place": {"lat": 50.1, "name": "P"},
    }  # fmt: skip
    post = made(metered, meta=given)
    assert {name: post["meta"][name] for name in given} == given
    path = f"/posts/{post['id']}"
    fewer = metered.post("editor", path, {"meta": {"cities": ["B", "C"], "urgent": False, "rating": None}})
    assert fewer.value["meta"]["cities"] == ["B", "C"]
    assert (fewer.value["meta"]["urgent"], fewer.value["meta"]["rating"]) == (False, 3)
    none = metered.post("editor", path, {"meta": {"cities": [], "place": None, "unknown": 1}})
    assert (none.value["meta"]["cities"], none.value["status"]) == ([], "draft")


@pytest.mark.parametrize(
    ("meta", "status", "code"),
    [
        ({"rating": "many"}, 400, "rest_invalid_type"),
        ({"numbers": ["x"]}, 400, "rest_invalid_type"),
        ({"place": "here"}, 400, "rest_invalid_type"),
        ({"cities": ["a", None]}, 500, "rest_invalid_stored_value"),
        ({"_hidden": "x"}, 403, "rest_cannot_update"),
    ],
)
def test_a_wrong_meta_value_undoes_the_write(metered: Writer, meta: Any, status: int, code: str) -> None:
    post = made(metered)
    answered = metered.post("editor", f"/posts/{post['id']}", {"title": "Other", "meta": meta})
    assert (answered.status, answered.code) == (status, code)
    assert metered.get("editor", f"/posts/{post['id']}").value["title"]["rendered"] == "A title"


def test_all_wrong_meta_values_are_told(metered: Writer) -> None:
    told = metered.post("editor", "/posts", {"title": "x", "meta": {"rating": "many", "_hidden": "x"}})
    assert (told.code, told.value["data"]) == ("rest_invalid_type", {"status": 400})
    assert told.value["additional_data"] == [{"param": "meta.rating"}]
    assert [one["code"] for one in told.value["additional_errors"]] == ["rest_cannot_update"]


def test_revisions_hold_the_meta_that_says_so(metered: Writer) -> None:
    path = f"/posts/{made(metered, status='publish')['id']}"
    for value in ("one", "one", "two"):
        metered.post("editor", path, {"meta": {"noted": value, "subtitle": value + "!"}})
    kept = metered.get("editor", f"{path}/revisions").value
    assert [revision["meta"]["noted"] for revision in kept] == ["two", "one"]


def test_a_site_that_keeps_no_revisions_tells_of_none(writers: Writers) -> None:
    writer = writers(options={"revisions_to_keep": "0"})
    number = writer.post("editor", "/posts", {"title": "One", "content": "a", "status": "publish"}).value["id"]
    writer.post("editor", f"/posts/{number}", {"content": "b"})
    held = writer.post("editor", f"/posts/{number}/autosaves", {"content": "c"})
    assert (held.status, held.value["parent"]) == (200, number)
    listed = writer.get("editor", f"/posts/{number}/revisions")
    assert (listed.value, listed.headers["x-wp-total"], listed.headers["x-wp-totalpages"]) == ([], "0", "0")
    links = writer.get("editor", f"/posts/{number}").value["_links"]
    assert links["version-history"][0]["count"] == 0
    assert "predecessor-version" not in links
    assert [found["id"] for found in writer.get("editor", f"/posts/{number}/autosaves").value] == [held.value["id"]]


@pytest.mark.parametrize("name", ["date", "date_gmt"])
def test_a_date_that_no_calendar_has_is_refused_and_keeps_nothing(writer: Writer, name: str) -> None:
    post = writer.post("editor", "/posts", {"title": "t", "status": "draft"}).value
    for date in ("0000-00-00T00:00:00", "0000-05-05T10:00:00"):
        refused = writer.post("editor", f"/posts/{post['id']}", {"title": "other", name: date})
        assert (refused.status, refused.code) == (400, "invalid_date")
        assert writer.post("editor", "/posts", {"title": "never", name: date}).code == "invalid_date"
    kept = writer.get("editor", f"/posts/{post['id']}", "context=edit").value
    assert (kept["title"]["raw"], kept["date"]) == ("t", post["date"])
    assert [one["title"]["raw"] for one in writer.get("editor", "/posts", "status=any&context=edit").value] == ["t"]


def test_the_password_0_protects_nothing(writer: Writer) -> None:
    sent = {"title": "t", "content": "open", "password": "0", "status": "publish"}
    post = writer.post("editor", "/posts", sent)
    assert (post.status, post.value["password"], post.value["content"]["protected"]) == (201, "0", False)
    shown = writer.get("", f"/posts/{post.value['id']}").value
    assert (shown["title"]["rendered"], "open" in shown["content"]["rendered"]) == ("t", True)


def test_who_may_not_write_any_markup_keeps_none_of_others(writer: Writer) -> None:
    """Whatever of a post is changed, all its texts are filtered by what its writer may write."""
    author = writer.get("author", "/users/me").value["id"]
    post = made(writer, "administrator", title="T", content="<p>x<iframe></iframe></p>", excerpt="<b>e</b>",
                author=author, status="publish")  # fmt: skip
    path = f"/posts/{post['id']}"
    assert writer.post("editor", path, {"slug": "other"}).value["content"]["raw"] == "<p>x<iframe></iframe></p>"
    assert writer.post("author", path, {"slug": "third"}).value["content"]["raw"] == "<p>x</p>"
    assert writer.get("author", path, "context=edit").value["excerpt"]["raw"] == "<b>e</b>"


def test_an_autosave_of_ones_own_draft_is_the_draft(writer: Writer) -> None:
    draft = made(writer, title="D")
    saved = writer.post("editor", f"/posts/{draft['id']}/autosaves", {"content": "new"}).value
    assert (saved["id"], saved["date"], saved["date_gmt"]) == (draft["id"], None, None)
    assert (saved["content"]["raw"], saved["excerpt"]["rendered"]) == ("new", "")


def test_a_sample_address_shows_what_is_above_as_it_is_read(writer: Writer) -> None:
    above = made(writer, path="/pages", title="日本", status="publish")["id"]
    below = made(writer, path="/pages", title="Below", status="publish", parent=above)
    assert below["permalink_template"].endswith("/日本/%pagename%/")
    assert writer.delete("editor", f"/pages/{above}").value["permalink_template"].endswith("/%pagename%/")
