"""Revisions and autosaves of the templates that people keep."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer

ADMIN = "administrator"
SHELVES = ("/templates/wirepress//single", "/template-parts/wirepress//header")
SINGLE = SHELVES[0]


def kept(writer: Writer, route: str) -> Any:
    """A template that was changed twice."""
    writer.post(ADMIN, route, {"content": "<p>one</p>"})
    return writer.post(ADMIN, route, {"content": "<p>two</p>", "title": "Named"}).value


@pytest.mark.parametrize("route", SHELVES)
def test_revisions_show_what_a_template_was_like(writer: Writer, route: str) -> None:
    number = kept(writer, route)["wp_id"]
    writer.post(ADMIN, route, {"content": "<p>three</p>"})
    answer = writer.get(ADMIN, f"{route}/revisions", "context=edit")
    newest, older = answer.value
    assert answer.headers["x-wp-total"] == "2"
    assert [newest["content"]["raw"], older["content"]["raw"]] == ["<p>three</p>", "<p>two</p>"]
    assert (newest["parent"], newest["status"], newest["title"]["raw"]) == (number, "inherit", "Named")
    assert newest["id"] == route.split("/", 2)[2]
    assert newest["wp_id"] > number
    links = newest["_links"]
    assert links["self"][0]["href"].endswith(f"{route}/revisions/{newest['wp_id']}")
    assert links["self"][0]["targetHints"] == {"allow": ["GET", "DELETE"]}
    assert links["parent"][0]["href"].endswith(f"/wp/v2{route}")
    assert set(links) == {"self", "parent"}
    assert writer.get(ADMIN, f"{route}/revisions/{older['wp_id']}", "context=edit").value == older
    paged = writer.get(ADMIN, f"{route}/revisions", "per_page=1&page=2&_fields=wp_id")
    assert paged.value == [{"wp_id": older["wp_id"]}]
    assert 'rel="prev"' in paged.headers["link"]
    beyond = writer.get(ADMIN, f"{route}/revisions", "per_page=1&page=3")
    assert (beyond.status, beyond.code) == (400, "rest_revision_invalid_page_number")


@pytest.mark.parametrize("route", SHELVES)
def test_a_kept_template_leads_to_its_revisions(writer: Writer, route: str) -> None:
    assert "version-history" not in writer.get(ADMIN, route).value["_links"], "it is the theme's"
    first = writer.post(ADMIN, route, {"content": "<p>one</p>"}).value["_links"]
    assert first["version-history"][0]["count"] == 0
    assert "predecessor-version" not in first
    links = writer.post(ADMIN, route, {"content": "<p>two</p>"}).value["_links"]
    assert links["version-history"][0]["count"] == 1
    assert links["version-history"][0]["href"].endswith(f"{route}/revisions")
    latest = links["predecessor-version"][0]
    assert latest["href"].endswith(f"{route}/revisions/{latest['id']}")
    writer.delete(ADMIN, f"{route}/revisions/{latest['id']}", "force=true")
    assert writer.get(ADMIN, route).value["_links"]["version-history"][0]["count"] == 0


def test_a_revision_is_deleted_for_good_only(writer: Writer) -> None:
    kept(writer, SINGLE)
    number = writer.get(ADMIN, f"{SINGLE}/revisions").value[0]["wp_id"]
    one = f"{SINGLE}/revisions/{number}"
    refused = writer.delete(ADMIN, one)
    assert (refused.status, refused.code) == (501, "rest_trash_not_supported")
    for role, status in (("editor", 403), ("", 401)):
        barred = writer.delete(role, one, "force=true")
        assert (barred.status, barred.code) == (status, "rest_cannot_delete")
    gone = writer.delete(ADMIN, one, "force=true")
    assert (gone.status, gone.value["deleted"], gone.value["previous"]["wp_id"]) == (200, True, number)
    assert "_links" not in gone.value["previous"]
    assert writer.get(ADMIN, one).code == "rest_post_invalid_id"
    assert writer.get(ADMIN, SINGLE).status == 200


def test_an_autosave_leaves_the_template_as_it_is(writer: Writer) -> None:
    number = kept(writer, SINGLE)["wp_id"]
    assert writer.get(ADMIN, f"{SINGLE}/autosaves").value == []
    none = writer.get(ADMIN, f"{SINGLE}/autosaves/1")
    assert (none.status, none.code) == (404, "rest_post_no_autosave")
    held = writer.post(ADMIN, f"{SINGLE}/autosaves", {"content": "<p>held</p>", "title": "Named"})
    assert (held.status, held.value["content"]["raw"], held.value["parent"]) == (200, "<p>held</p>", number)
    again = writer.post(ADMIN, f"{SINGLE}/autosaves", {"content": "<p>held on</p>"}).value
    assert again["wp_id"] == held.value["wp_id"], "one for each writer"
    listed = writer.get(ADMIN, f"{SINGLE}/autosaves", "context=edit").value
    assert [found["content"]["raw"] for found in listed] == ["<p>held on</p>"]
    shown = writer.get(ADMIN, f"{SINGLE}/autosaves/{again['wp_id']}", "context=edit").value
    link = shown["_links"]["self"][0]
    assert link["href"].endswith(f"{SINGLE}/autosaves/{again['wp_id']}")
    assert link["targetHints"] == {"allow": ["GET"]}
    assert shown == listed[0]
    assert writer.get(ADMIN, SINGLE, "context=edit").value["content"]["raw"] == "<p>two</p>"


def test_who_may_look_and_what_is_not_there(writer: Writer) -> None:
    kept(writer, SINGLE)
    other = writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "content": "x"}).value
    writer.post(ADMIN, "/templates/wirepress//story", {"content": "y"})
    number = writer.get(ADMIN, "/templates/wirepress//story/revisions").value[0]["wp_id"]
    anothers = writer.get(ADMIN, f"{SINGLE}/revisions/{number}")
    assert (anothers.status, anothers.code) == (404, "rest_revision_parent_id_mismatch")
    assert writer.get(ADMIN, f"{SINGLE}/revisions/{other['wp_id']}").code == "rest_post_invalid_id"
    for route in ("revisions", "autosaves"):
        for role, status in (("editor", 403), ("", 401)):
            barred = writer.get(role, f"{SINGLE}/{route}")
            assert (barred.status, barred.code) == (status, "rest_cannot_read")
        nowhere = writer.get(ADMIN, f"/templates/wirepress//nope/{route}")
        assert (nowhere.status, nowhere.code) == (404, "rest_post_invalid_parent")
        themes = writer.get(ADMIN, f"/templates/wirepress//index/{route}")
        assert (themes.status, themes.code) == (400, "rest_invalid_template")
    for role, status in (("editor", 403), ("", 401)):
        barred = writer.post(role, f"{SINGLE}/autosaves", {"content": "x"})
        assert (barred.status, barred.code) == (status, "rest_cannot_manage_templates")


def test_a_list_of_revisions_asks_no_more_for_many(writer: Writer) -> None:
    for number in range(8):
        writer.post(ADMIN, SINGLE, {"content": f"<p>{number}</p>"})

    def asked(query: str) -> int:
        writer.get(ADMIN, f"{SINGLE}/revisions", query)
        before = writer.newsroom.database.statements
        assert writer.get(ADMIN, f"{SINGLE}/revisions", query).status == 200
        return writer.newsroom.database.statements - before

    assert asked("per_page=7") == asked("per_page=1")
