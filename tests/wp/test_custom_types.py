"""What docs/add-a-type.md says: a site's own types, taxonomies and meta are data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from wirepress.app.compose import create, open_newsroom
from wirepress.app.custom_types import registry_of
from wirepress.app.settings import load, write_first
from wirepress.content.registry.custom_types import declared
from wirepress.content.rendering import refresh
from wirepress.model.errors import Invalid
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.registry import MetaField
from wirepress.model.term import Term
from wirepress.model.web import Request
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.wp.api import Api
from wirepress.wp.meta import value_of

PAGE = Path(__file__).parents[2] / "docs" / "add-a-type.md"
DAY = Stamp("2026-01-02 03:04:05")


def example() -> str:
    """The declaration that the page shows."""
    found = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    folder = tmp_path_factory.mktemp("own")
    write_first(folder, {})
    (folder / "types.toml").write_text(example(), "utf-8")
    settings = load(folder, {})
    home = "https://food.example.com"
    create(settings, {"home": home, "siteurl": home, "permalink_structure": "/%year%/%postname%/"})
    newsroom = open_newsroom(settings)
    with newsroom.write() as view:
        thai = term_store.insert(view.unit, Term(0, "cuisine", "Thai", "thai"))
        post = Post(
            0,
            "recipe",
            "publish",
            slug="curry",
            title="Curry",
            content="<p>Stir.</p>",
            date=DAY,
            date_gmt=DAY,
            modified=DAY,
            modified_gmt=DAY,
            meta={"minutes": ["45"], "ingredients": [["rice", "basil"]]},
        )
        curry = post_store.insert(view.unit, post)
        post_store.set_terms(view.unit, curry, [thai.taxonomy_id])
        plain = Post(
            0, "recipe", "publish", slug="toast", title="Toast", date=DAY, date_gmt=DAY, modified=DAY, modified_gmt=DAY
        )
        toast = post_store.insert(view.unit, plain)
        refresh(view, [curry, toast])
    return Api(newsroom)


def ask(api: Api, path: str, query: str = "", method: str = "GET") -> Any:
    response = api.answer(Request(method, "/wp-json/wp/v2" + path, query, {"host": "x"}))
    assert response.status == 200, response.body
    return json.loads(response.body)


def test_recipes_have_routes_terms_and_meta(api: Api) -> None:
    curry, toast = ask(api, "/recipes", "orderby=title&order=asc")
    assert curry["meta"] == {"footnotes": "", "minutes": 45, "ingredients": ["rice", "basil"]}
    assert toast["meta"] == {"footnotes": "", "minutes": 30, "ingredients": []}
    [thai] = ask(api, "/cuisines")
    assert curry["cuisines"] == [thai["id"]]
    assert toast["categories"] == []
    assert "cuisine-thai" in curry["class_list"]
    assert [item["slug"] for item in ask(api, "/recipes", f"cuisines={thai['id']}")] == ["curry"]
    assert thai["_links"]["wp:post_type"][0]["href"].endswith(f"/wp/v2/recipes?cuisines={thai['id']}")


def test_the_schema_names_the_meta(api: Api) -> None:
    shown = ask(api, "/recipes", method="OPTIONS")["schema"]["properties"]
    assert shown["meta"]["properties"]["minutes"] == {
        "type": "integer", "title": "", "description": "How long it takes.", "default": 30,
    }  # fmt: skip
    assert shown["meta"]["properties"]["ingredients"]["items"] == {"type": "string"}
    assert shown["cuisines"]["type"] == "array"


def test_types_taxonomies_and_search_list_them(api: Api) -> None:
    kind = ask(api, "/types")["recipe"]
    assert (kind["name"], kind["rest_base"], kind["has_archive"]) == ("Recipes", "recipes", True)
    assert kind["taxonomies"] == ["category", "cuisine"]
    assert ask(api, "/taxonomies/cuisine")["types"] == ["recipe"]
    assert [hit["title"] for hit in ask(api, "/search", "subtype=recipe&search=curry")] == ["Curry"]


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        (MetaField("k", "boolean"), ["1"], True),
        (MetaField("k", "boolean"), [""], False),
        (MetaField("k", "number"), ["2.5"], 2.5),
        (MetaField("k", "integer"), ["many"], None),
        (MetaField("k", "string"), [5], "5"),
        (MetaField("k", "integer", single=False), ["1", "2"], [1, 2]),
        (MetaField("k", "integer", single=False), [], []),
        (MetaField("k", "integer", single=False, default=3), [], [3]),
        (MetaField("k", "array", inner={"items": {"type": "integer"}}), [], []),
        (MetaField("k", "object", inner={"additionalProperties": True}), [{"a": "b"}], {"a": "b"}),
    ],
)
def test_meta_is_shown_in_its_type(field: MetaField, kept: list[Any], shown: Any) -> None:
    assert value_of(field, kept) == shown


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"kinds": {}}, "no such key: kinds"),
        ({"types": {"recipe": {"lable": "x"}}}, "types.recipe: no such key: lable"),
        ({"types": {"recipe": {"public": "yes"}}}, "public has to be true or false"),
        ({"types": {"post": {}}}, "WordPress's own"),
        ({"types": {"a" * 21: {}}}, "longer than 20"),
        ({"taxonomies": {"a" * 33: {}}}, "longer than 32"),
        ({"types": {"Recipe": {}}}, "small letters"),
        ({"types": {"recipe": {"taxonomies": ["cuisine"]}}}, "no taxonomy cuisine"),
        ({"taxonomies": {"cuisine": {"types": ["recipe"]}}}, "no type recipe"),
        ({"types": {"recipe": {"supports": ["titel"]}}}, "no such feature: titel"),
        ({"types": {"recipe": {"rest_base": "posts"}}}, "taken by post"),
        ({"types": {"recipe": {"meta": {"m": {"type": "date"}}}}}, "types.recipe.meta.m: type has to be"),
        ({"types": {"recipe": {"meta": {"m": {"type": "integer", "default": "x"}}}}}, "not of the type integer"),
        ({"meta": {"recipe": {"m": {}}}}, "no such type or taxonomy"),
    ],
)
def test_mistakes_are_told_in_one_line(written: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid) as told:
        declared(written)
    assert words in told.value.message
    assert "\n" not in told.value.message


def test_core_types_get_meta_and_the_file_is_named(tmp_path: Path) -> None:
    assert [field.key for field in declared({"meta": {"post": {"subtitle": {}}}}).types["post"].meta] == ["subtitle"]
    (tmp_path / "types.toml").write_text("[types.post]\n", "utf-8")
    with pytest.raises(Invalid, match=r"types\.toml: types\.post: post is a name"):
        registry_of(tmp_path)
