"""Menus and their entries, written over the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.desk import article
from tests.wp.conftest import Writers
from tests.wp.writer import Writer
from wirepress.store import bulk
from wirepress.store import posts as post_store

PAGE, BELOW = 10, 11
ADMIN = "administrator"


@pytest.fixture
def writer(writers: Writers) -> Writer:
    made = writers()
    pages = (article(PAGE, "about", type="page", title="About & us"),
             article(BELOW, "team", type="page", title="Team", parent=PAGE))  # fmt: skip
    with made.newsroom.database.write() as unit:
        for page in pages:
            post_store.insert(unit, page, id=page.id)
        bulk.settle(unit)
    return made


def menu(writer: Writer, name: str = "Main") -> int:
    number: int = writer.post(ADMIN, "/menus", {"name": name}).value["id"]
    return number


def entry(writer: Writer, **fields: Any) -> dict[str, Any]:
    answered = writer.post(ADMIN, "/menu-items", {"status": "publish", **fields})
    assert answered.status == 201, answered
    value: dict[str, Any] = answered.value
    return value


def test_a_menu_comes_changes_and_goes(writer: Writer) -> None:
    made = writer.post(ADMIN, "/menus", {"name": "Main & more", "slug": "ignored", "auto_add": True})
    assert (made.status, made.value["name"], made.value["slug"]) == (201, "Main &amp; more", "main-more")
    assert (made.value["auto_add"], made.value["locations"]) == (True, [])
    route = f"/menus/{made.value['id']}"
    changed = writer.ask(ADMIN, "PUT", route, {"name": "Foot", "auto_add": False, "description": "d"}).value
    assert (changed["name"], changed["slug"], changed["description"]) == ("Foot", "foot", "d")
    assert changed["auto_add"] is False
    assert writer.delete(ADMIN, route).code == "rest_trash_not_supported"
    gone = writer.delete(ADMIN, route, "force=true")
    assert gone.value["previous"]["name"] == "Foot"
    assert writer.get(ADMIN, route).code == "rest_term_invalid"


def test_menus_that_cannot_be(writer: Writer) -> None:
    number = menu(writer)
    taken = writer.post(ADMIN, "/menus", {"name": "main"})
    assert (taken.status, taken.code) == (400, "menu_exists")
    assert taken.value["data"] == {"status": 400, "term_id": number}
    overlong = writer.post(ADMIN, "/menus", {"name": "x" * 201})
    assert (overlong.status, overlong.code, overlong.value["data"]) == (400, "db_insert_error", {"status": 400})
    assert len(overlong.value["additional_data"]) == 1, "the database's own words"
    other = menu(writer, "Other")
    assert writer.post(ADMIN, f"/menus/{other}", {"name": "Main"}).code == "menu_exists"
    assert writer.post(ADMIN, f"/menus/{other}", {"parent": number}).code == "rest_taxonomy_not_hierarchical"
    placed = writer.post(ADMIN, f"/menus/{other}", {"locations": ["primary"]})
    assert placed.value["data"]["details"]["locations"]["code"] == "rest_invalid_menu_location"
    assert writer.post("editor", "/menus", {"name": "x"}).code == "rest_cannot_create"
    assert writer.post("", "/menus", {"name": "x"}).status == 401


def test_an_entry_of_its_own(writer: Writer) -> None:
    made = entry(writer, title="T", url=" https://x.example/?a=1&b=2 ", menus=menu(writer), classes=["a b", "c!"],
                 xfn=["friend"], target="_blank", attr_title="at", description="d", menu_order=4)  # fmt: skip
    assert (made["type"], made["object"], made["object_id"]) == ("custom", "custom", made["id"])
    assert (made["url"], made["target"]) == ("https://x.example/?a=1&b=2%20", "_blank")
    assert (made["classes"], made["xfn"]) == (["a", "b", "c"], ["friend"])
    assert (made["menu_order"], made["attr_title"], made["description"]) == (4, "at", "d")
    changed = writer.post(ADMIN, f"/menu-items/{made['id']}", {"title": {"raw": "U"}}).value
    assert {**made, "title": {"raw": "U", "rendered": "U"}} == {**changed, "_links": made["_links"]}


def test_entries_of_one_title_have_slugs_of_their_own(writer: Writer) -> None:
    number = menu(writer)
    for _ in range(2):
        writer.post(ADMIN, "/menu-items", {"title": "Home", "url": "/", "menus": number, "status": "publish"})
    with writer.newsroom.view() as view:
        rows = view.unit.rows("SELECT slug FROM posts WHERE type = 'nav_menu_item' ORDER BY id")
    assert [slug for (slug,) in rows] == ["home", "home-2"]


def test_an_entry_to_a_page_and_to_a_term(writer: Writer) -> None:
    number = menu(writer)
    page = entry(writer, type="post_type", object_id=BELOW, menus=number, title="Team")
    assert (page["object"], page["title"], page["type_label"]) == ("page", {"raw": "Team", "rendered": "Team"}, "Page")
    assert page["url"].endswith("/about/team/")
    writer.post("editor", f"/pages/{BELOW}", {"title": "People"})
    assert writer.get(ADMIN, f"/menu-items/{page['id']}").value["title"]["rendered"] == "People", "it has no own title"
    term = entry(writer, type="taxonomy", object="category", object_id=2, menus=number, title="Globe")
    assert (term["object"], term["title"]["rendered"], term["invalid"]) == ("category", "Globe", False)
    assert {i["id"] for i in writer.get(ADMIN, "/menu-items", f"menus={number}").value} == {page["id"], term["id"]}
    writer.delete("editor", "/categories/2", "force=true")
    assert writer.get(ADMIN, f"/menu-items/{term['id']}").status == 404, "it goes with what it leads to"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"title": "T"}, ["rest_url_required"]),
        ({"url": "https://x.example/"}, ["rest_title_required"]),
        ({}, ["rest_title_required", "rest_url_required"]),
        ({"type": "post_type", "object_id": 99}, ["rest_post_invalid_id"]),
        ({"type": "taxonomy", "object_id": 99}, ["rest_term_invalid_id"]),
        ({"type": "post_type_archive", "object": "planet"}, ["rest_post_invalid_type"]),
        ({"title": "T", "url": "https://x.example/", "menus": 99}, ["invalid_menu_id"]),
        ({"title": "T", "url": "https://x.example/", "menu_order": 0}, ["rest_invalid_param"]),
        ({"title": "T", "url": "https://x.example/", "id": 4}, ["rest_post_exists"]),
    ],
)
def test_entries_that_cannot_be(writer: Writer, body: dict[str, Any], codes: list[str]) -> None:
    refused = writer.post(ADMIN, "/menu-items", body)
    assert refused.status == 400
    others = refused.value.get("additional_errors", [])
    assert [refused.code, *(other["code"] for other in others)] == codes
    assert writer.get(ADMIN, "/menu-items", "status=any").value == []


def test_entries_go_for_good_alone_or_with_their_menu(writer: Writer) -> None:
    number = menu(writer)
    first = entry(writer, title="1", url="https://x.example/", menus=number)
    second = entry(writer, title="2", url="https://x.example/", menus=number, parent=first["id"])
    assert writer.delete(ADMIN, f"/menu-items/{first['id']}").code == "rest_trash_not_supported"
    gone = writer.delete(ADMIN, f"/menu-items/{first['id']}", "force=true")
    assert gone.value["previous"]["title"] == {"rendered": "1"}, "shown as to a reader"
    writer.delete(ADMIN, f"/menus/{number}", "force=true")
    assert writer.get(ADMIN, f"/menu-items/{second['id']}").status == 404


def test_a_draft_entry_has_its_place_behind_the_others(writer: Writer) -> None:
    number = menu(writer)
    entry(writer, title="1", url="https://x.example/", menus=number, menu_order=7)
    draft = entry(writer, title="2", url="https://x.example/", menus=number, status="pending")
    assert draft["status"] == "draft"
    assert writer.post("editor", "/menu-items", {"title": "x", "url": "/"}).code == "rest_cannot_create"


def test_an_autosave_of_an_entry_holds_no_text(writer: Writer) -> None:
    made = writer.post(ADMIN, "/menu-items", {"title": "Home", "url": "https://a.example/", "status": "publish"}).value
    route = f"/menu-items/{made['id']}/autosaves"
    assert writer.get(ADMIN, route).value == []
    assert writer.get(ADMIN, f"{route}/1").code == "rest_post_no_autosave"
    held = writer.post(ADMIN, route, {"title": "Later"})
    assert (held.status, held.value["parent"], held.value["slug"]) == (200, made["id"], f"{made['id']}-autosave-v1")
    assert (held.value["title"]["raw"], held.value["preview_link"]) == ("", "")
    assert held.value["guid"]["raw"] == held.value["guid"]["rendered"]
    assert writer.post(ADMIN, route, {"title": "Even later"}).value["id"] == held.value["id"]
    assert [found["id"] for found in writer.get(ADMIN, route).value] == [held.value["id"]]
    assert writer.get(ADMIN, f"/menu-items/{made['id']}").value["title"]["rendered"] == "Home"
    for role, status in (("editor", 403), ("", 401)):
        assert writer.get(role, route).status == status
        refused = writer.post(role, route, {"title": "x"})
        assert (refused.status, refused.code) == (status, "rest_cannot_edit")


def test_an_entry_without_a_menu_comes_first_and_names_none(writer: Writer) -> None:
    made = entry(writer, title="Alone", url="https://x.example/")
    assert made["menu_order"] == 1
    assert "menus" not in made
    refused = writer.post(ADMIN, "/menu-items", {"title": "Alone", "url": "https://x.example/", "menus": 0})
    assert (refused.status, refused.code) == (403, "rest_cannot_assign_term")


def test_a_description_is_shown_as_plain_words(writer: Writer) -> None:
    text = "<script>x</script>of <b>many</b>  words " + "w " * 300
    shown = entry(writer, title="A", url="#", description=text)["description"]
    assert shown.startswith("of many words w w")
    assert shown.endswith("w&hellip;")
    assert len(shown.split()) == 200


def test_an_entry_leads_to_an_archive(writer: Writer) -> None:
    made = entry(writer, type="post_type_archive", object="post")
    assert (made["url"], made["type_label"]) == ("https://news.example.com", "Post Type Archive")
    assert entry(writer, type="post_type_archive", object="page")["url"] is False


def test_a_title_that_is_not_an_entrys_own_is_that_of_readers(writer: Writer) -> None:
    made = entry(writer, type="post_type", object="page", object_id=PAGE)
    assert made["title"] == {"raw": "About &#038; us", "rendered": "About &#038; us"}
    writer.delete(ADMIN, f"/pages/{PAGE}")
    assert writer.get(ADMIN, f"/menu-items/{made['id']}").value["invalid"] is True


def test_new_pages_join_menus_that_say_so(writer: Writer) -> None:
    first = writer.post(ADMIN, "/menus", {"name": "First", "auto_add": True}).value["id"]
    writer.post(ADMIN, "/menus", {"name": "Not"})
    second = writer.post(ADMIN, "/menus", {"name": "Second", "auto_add": True}).value["id"]
    page = writer.post(ADMIN, "/pages", {"title": "Page", "status": "draft"}).value["id"]

    def found() -> list[tuple[int, int, int]]:
        entries = writer.get(ADMIN, "/menu-items", "per_page=100&orderby=id&order=asc").value
        return [(entry["menus"], entry["object_id"], entry["menu_order"]) for entry in entries]

    before = found()
    writer.post(ADMIN, f"/pages/{page}", {"status": "publish"})
    assert found() == [*before, (first, page, 0), (second, page, 0)]
    writer.post(ADMIN, f"/pages/{page}", {"title": "Again"})
    writer.delete(ADMIN, f"/pages/{page}")
    writer.post(ADMIN, f"/pages/{page}", {"status": "publish"})
    writer.post(ADMIN, "/pages", {"title": "Below", "status": "publish", "parent": page})
    writer.post(ADMIN, "/posts", {"title": "Post", "status": "publish"})
    assert len(found()) == len(before) + 2, "a page joins once, and neither what stands under another nor a post"
    other = writer.post(ADMIN, "/pages", {"title": "Other", "status": "publish"}).value["id"]
    assert found()[-2:] == [(first, other, 2), (second, other, 2)]


def test_the_words_beside_an_entry_are_plain(writer: Writer) -> None:
    words = "a %41 <b>y</b>\nz"
    entry = {"title": "x", "url": "#", "attr_title": words, "description": words}
    made = writer.post(ADMIN, "/menu-items", entry).value
    assert (made["attr_title"], made["description"]) == ("a y z", "a y z")


def test_words_about_an_entry_are_plain_and_have_curly_quotes(writer: Writer) -> None:
    words = """a'b <b>x</b> -- "q" c\\d"""
    made = entry(writer, title="T", url="#", description=words, attr_title=words)
    plain = "a&#8217;b x &#8212; &#8220;q&#8221; c\\d"
    assert (made["description"], made["attr_title"]) == (plain, plain)
    writer.ask(ADMIN, "PUT", f"/menu-items/{made['id']}", {"target": "_blank"})
    with writer.newsroom.view() as view:
        kept = post_store.get(view.unit, made["id"])
    assert kept is not None
    assert (kept.content, kept.excerpt) == (plain, plain)
