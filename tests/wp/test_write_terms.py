"""Creating, changing and deleting terms over the API."""

from __future__ import annotations

import pytest

from tests.content.desk import article
from tests.wp.conftest import Writers
from tests.wp.writer import Writer
from wirepress.store import bulk
from wirepress.store import posts as post_store


def assign(writer: Writer, assigned: dict[int, list[int]], **fields: str) -> None:
    """Published posts that wear these taxonomy ids."""
    with writer.newsroom.database.write() as unit:
        for number, terms in assigned.items():
            post_store.insert(unit, article(number, f"post-{number}", **fields), id=number)
            post_store.set_terms(unit, number, terms)
        bulk.settle(unit)


def categories_of(writer: Writer, number: int) -> list[int]:
    found: list[int] = writer.get("", f"/posts/{number}").value["categories"]
    return found


def test_a_term_comes_changes_and_goes(writer: Writer) -> None:
    made = writer.post("editor", "/categories", {"name": 'A "B" & <i>C</i>', "description": "<b>d</b><p>e</p>"})
    assert made.status == 201
    number = made.value["id"]
    assert made.headers["location"].endswith(f"/wp/v2/categories/{number}")
    assert (made.value["name"], made.value["slug"]) == ('A "B" &amp; C', "a-b-c")
    assert made.value["description"] == "<b>d</b>e"
    changed = writer.ask("editor", "PATCH", f"/categories/{number}", {"parent": 2, "slug": "Other Slug!"})
    assert (changed.status, changed.value["parent"], changed.value["slug"]) == (200, 2, "other-slug")
    assert changed.value["name"] == made.value["name"]
    assert writer.get("", f"/categories/{number}").value["link"].endswith("/category/world/other-slug/")
    gone = writer.delete("editor", f"/categories/{number}", "force=true")
    assert gone.value["deleted"] is True
    assert gone.value["previous"]["slug"] == "other-slug"
    assert "_links" not in gone.value["previous"]
    assert writer.get("", f"/categories/{number}").status == 404


def test_backslashes_survive(writer: Writer) -> None:
    made = writer.post("editor", "/tags", {"name": "C\\D", "description": 'E\\F "g"'})
    assert (made.value["name"], made.value["description"]) == ("C\\D", 'E\\F "g"')


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/categories", {}, 400, "rest_missing_callback_param"),
        ("/categories", {"name": " "}, 500, "empty_term_name"),
        ("/categories", {"name": "<b></b>"}, 500, "empty_term_name"),
        ("/categories", {"name": ["x"]}, 400, "rest_invalid_param"),
        ("/categories", {"name": "World"}, 400, "term_exists"),
        ("/categories", {"name": "x", "parent": 99}, 400, "rest_term_invalid"),
        ("/categories", {"name": "x", "parent": 4}, 400, "rest_term_invalid"),
        ("/categories", {"name": "x" * 201}, 500, "db_insert_error"),
        ("/tags", {"name": "x", "parent": 0}, 400, "rest_taxonomy_not_hierarchical"),
        ("/categories/3", {"slug": "world"}, 500, "duplicate_term_slug"),
        ("/categories/3", {"name": ""}, 500, "empty_term_name"),
        ("/categories/99", {"name": "x"}, 404, "rest_term_invalid"),
    ],
)
def test_what_cannot_be_is_refused(writer: Writer, path: str, body: object, status: int, code: str) -> None:
    before, epoch = writer.get("editor", "/categories", "per_page=100").value, writer.epoch
    refused = writer.post("editor", path, body)
    assert (refused.status, refused.code) == (status, code)
    assert writer.get("editor", "/categories", "per_page=100").value == before
    assert writer.epoch == epoch


def test_a_term_that_exists_is_named(writer: Writer) -> None:
    refused = writer.post("editor", "/categories", {"name": "world"})
    assert refused.value["data"] == {"status": 400, "term_id": 2}
    assert refused.value["additional_data"] == [2, 2]


def test_a_slug_of_its_own_lets_a_name_stand_twice(writer: Writer) -> None:
    assert writer.post("editor", "/categories", {"name": "World", "slug": "worlds"}).value["slug"] == "worlds"
    assert writer.post("editor", "/categories", {"name": "World", "parent": 3}).value["slug"] == "world-europe"


def test_a_made_up_slug_is_one_that_no_taxonomy_has(writer: Writer) -> None:
    assert writer.post("editor", "/categories", {"name": "x", "slug": "breaking"}).value["slug"] == "breaking"
    assert writer.post("editor", "/categories", {"name": "y", "slug": "breaking"}).value["slug"] == "breaking-2"
    assert writer.post("editor", "/tags", {"name": "z", "slug": "breaking"}).value["slug"] == "breaking-3"


def test_a_name_without_a_slug_is_named_by_its_id(writer: Writer) -> None:
    made = writer.post("editor", "/tags", {"name": "!!!"})
    assert made.value["slug"] == str(made.value["id"])


def test_no_term_stands_under_itself(writer: Writer) -> None:
    assert writer.post("editor", "/categories/2", {"parent": 3}).value["parent"] == 0
    assert writer.post("editor", "/categories/3", {"parent": 3}).value["parent"] == 0


def test_who_may(writer: Writer) -> None:
    for role, path, status in (
        ("", "/categories", 401),
        ("subscriber", "/tags", 403),
        ("contributor", "/categories", 403),
        ("contributor", "/tags", 201),
        ("author", "/tags/4", 403),
        ("editor", "/tags/4", 200),
    ):
        assert writer.post(role, path, {"name": f"by {role}"}).status == status, (role, path)
    assert writer.delete("author", "/tags/4", "force=true").code == "rest_cannot_delete"


def test_deleting_needs_force_and_spares_the_default(writer: Writer) -> None:
    kept = writer.delete("editor", "/tags/4")
    assert (kept.status, kept.code) == (501, "rest_trash_not_supported")
    default = writer.delete("administrator", "/categories/1", "force=true")
    assert (default.status, default.code) == (403, "rest_cannot_delete")
    assert writer.get("", "/categories/1").status == 200


def test_posts_of_a_deleted_category_get_the_default_one(writer: Writer) -> None:
    assign(writer, {10: [2], 11: [2, 3], 12: [3]})
    assign(writer, {13: [2]}, status="draft")
    assert writer.get("", "/categories/2").value["count"] == 2
    writer.delete("editor", "/categories/2", "force=true")
    assert [categories_of(writer, n) for n in (10, 11, 12)] == [[1], [3], [3]]
    assert writer.get("", "/categories/1").value["count"] == 1
    above = writer.get("", "/categories/3").value
    assert (above["parent"], above["count"]) == (0, 2)
    assert writer.get("editor", "/posts/13", "context=edit").value["categories"] == [1]


def test_renaming_shows_in_posts_addresses(writers: Writers) -> None:
    writer = writers(options={"permalink_structure": "/%category%/%postname%/"})
    assign(writer, {10: [3]})
    assert writer.get("", "/posts/10").value["link"].endswith("/world/europe/post-10/")
    writer.post("editor", "/categories/2", {"slug": "globe"})
    assert writer.get("", "/posts/10").value["link"].endswith("/globe/europe/post-10/")


def test_pattern_categories_are_terms_like_others(writer: Writer) -> None:
    made = writer.post("editor", "/wp_pattern_category", {"name": "Heroes"})
    assert (made.status, made.value["slug"], made.value["taxonomy"]) == (201, "heroes", "wp_pattern_category")
    block = {"title": "b", "content": "x", "status": "publish", "wp_pattern_category": [made.value["id"]]}
    kept = writer.post("editor", "/blocks", block)
    assert kept.value["wp_pattern_category"] == [made.value["id"]]
    route = f"/wp_pattern_category/{made.value['id']}"
    assert writer.get("editor", route).value["count"] == 1
    assert writer.post("editor", route, {"name": "Villains"}).value["name"] == "Villains"
    assert writer.delete("editor", route, "force=true").value["deleted"] is True
    assert writer.get("editor", f"/blocks/{kept.value['id']}").value["wp_pattern_category"] == []
