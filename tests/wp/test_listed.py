"""What the listed routes answer: themes, templates, blocks, embeds and the rest that has no rows of its own."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from tests.golden.cases import reads
from tests.golden.site import newsroom_of
from wirepress.model.web import Request, Response
from wirepress.render.blocks.types import attributes_of, block_types
from wirepress.render.embeds import wish_of
from wirepress.store import remote
from wirepress.wp.api import Api
from wirepress.wp.resources.templates.lookup import hierarchy

THEME = "twentytwentyfive"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    return Api(newsroom_of("golden", tmp_path_factory.mktemp("listed")))


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """The Authorization header of each recorded user."""
    found: dict[str, str] = {}
    for case in reads():
        if case["as"] and case["as"] not in found and "Authorization" in case["headers"] and case["kind"] != "auth":
            found[case["as"]] = case["headers"]["Authorization"]
    return found


def ask(api: Api, path: str, query: str = "", who: str = "", method: str = "GET") -> Response:
    headers = {"host": "news.example.com", **({"authorization": who} if who else {})}
    return api.answer(Request(method, "/wp-json" + path, query, headers))


def value(response: Response) -> Any:
    return json.loads(response.body)


def header(response: Response, name: str) -> str:
    return next((v for n, v in response.headers if n == name), "")


# ---- themes, templates, styles


def test_who_edits_sees_the_active_theme_but_not_all_themes(api: Api, known: dict[str, str]) -> None:
    assert ask(api, "/wp/v2/themes", "", known["editor"]).status == 403
    active = value(ask(api, "/wp/v2/themes", "status=active", known["editor"]))
    assert [theme["stylesheet"] for theme in active] == [THEME]
    assert ask(api, "/wp/v2/themes", "status=active").status == 401


def test_the_link_of_a_theme_leads_to_its_styles(api: Api, known: dict[str, str]) -> None:
    theme = value(ask(api, f"/wp/v2/themes/{THEME}", "", known["admin"]))
    path = theme["_links"]["wp:user-global-styles"][0]["href"].partition("/wp-json")[2]
    assert value(ask(api, path, "", known["admin"]))["title"]["raw"] == "Custom Styles"


def test_styles_to_edit_are_for_who_may_edit_them(api: Api, known: dict[str, str]) -> None:
    assert ask(api, "/wp/v2/global-styles/121", "", known["author"]).status == 200
    assert ask(api, "/wp/v2/global-styles/121", "context=edit", known["author"]).status == 403


@pytest.mark.parametrize(
    ("slug", "custom", "prefix", "chain"),
    [
        ("index", False, "", ["index"]),
        ("front-page", False, "", ["front-page", "home", "index"]),
        ("page", True, "", ["page", "singular", "index"]),
        ("single", False, "", ["single", "singular", "index"]),
        ("tag-x", False, "tag", ["tag-x", "tag", "archive", "index"]),
        (
            "single-post-hello",
            False,
            "single-post",
            ["single-post-hello", "single-post", "single", "singular", "index"],
        ),
        ("category-world", False, "", ["category-world", "category", "archive", "index"]),
    ],
)
def test_templates_stand_in_for_each_other(slug: str, custom: bool, prefix: str, chain: list[str]) -> None:
    assert hierarchy(slug, custom, prefix) == chain


def test_a_lookup_ends_at_the_nearest_template(api: Api, known: dict[str, str]) -> None:
    found = value(ask(api, "/wp/v2/templates/lookup", "slug=category-world", known["admin"]))
    assert found["id"] == f"{THEME}//archive"


def test_templates_are_found_by_both_ways_to_write_their_id(api: Api, known: dict[str, str]) -> None:
    for path in (f"{THEME}//single", f"{THEME}/single"):
        assert value(ask(api, f"/wp/v2/templates/{path}", "", known["author"]))["slug"] == "single"


def test_the_theme_can_be_taken_away(api: Api, known: dict[str, str]) -> None:
    response = ask(api, "/wp-block-editor/v1/export", "", known["admin"])
    assert header(response, "Content-Type") == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(response.body)).namelist()
    assert {"theme.json", "templates/index.html", "parts/header.html"} <= set(names)


def test_the_fallback_of_navigation_embeds_its_words(api: Api, known: dict[str, str]) -> None:
    found = value(ask(api, "/wp-block-editor/v1/navigation-fallback", "_embed", known["admin"]))
    assert found["id"] == 117
    assert "navigation-link" in found["_embedded"]["self"][0]["content"]["raw"]


# ---- blocks


def test_a_block_has_the_attributes_that_it_supports() -> None:
    paragraph = attributes_of("core/paragraph")
    assert list(paragraph)[-12:] == [
        "lock", "metadata", "align", "className", "style", "backgroundColor", "textColor", "gradient", "fontSize",
        "fontFamily", "borderColor", "anchor",
    ]  # fmt: skip
    assert list(attributes_of("core/legacy-widget")) == ["id", "idBase", "instance", "lock", "metadata", "style"]
    assert len(block_types()) > 100


def test_a_dynamic_block_is_rendered(api: Api, known: dict[str, str]) -> None:
    query = "context=edit&attributes[postsToShow]=2"
    html = value(ask(api, "/wp/v2/block-renderer/core/latest-posts", query, known["author"]))["rendered"]
    assert html.count("<li>") == 2


def test_a_block_that_is_saved_whole_is_not_rendered(api: Api, known: dict[str, str]) -> None:
    assert ask(api, "/wp/v2/block-renderer/core/code", "context=edit", known["author"]).status == 404


def test_attributes_of_a_block_are_held_to_its_schema(api: Api, known: dict[str, str]) -> None:
    query = "context=edit&attributes[postsToShow]=many"
    refused = ask(api, "/wp/v2/block-renderer/core/latest-posts", query, known["author"])
    assert refused.status == 400
    assert value(refused)["code"] == "rest_invalid_param"


# ---- embeds


def test_a_post_embeds_as_json_and_xml(api: Api) -> None:
    query = "url=https%3A%2F%2Fnews.example.com%2F%3Fp%3D14"
    told = value(ask(api, "/oembed/1.0/embed", query))
    tree = ET.fromstring(ask(api, "/oembed/1.0/embed", query + "&format=xml").body)
    assert tree.findtext("title") == told["title"]
    assert tree.findtext("width") == str(told["width"]) == "600"


def test_only_writers_ask_what_an_address_embeds(api: Api, known: dict[str, str]) -> None:
    query = "url=https%3A%2F%2Fnews.example.com%2F%3Fp%3D14"
    assert ask(api, "/oembed/1.0/proxy", query).status == 401
    assert ask(api, "/oembed/1.0/proxy", query, known["subscriber"]).status == 403
    assert value(ask(api, "/oembed/1.0/proxy", query, known["author"]))["type"] == "rich"
    assert ask(api, "/oembed/1.0/proxy", "url=https://elsewhere.example/", known["author"]).status == 404


def test_what_an_address_elsewhere_embeds_is_told_once_it_is_known(api: Api, known: dict[str, str]) -> None:
    film = "https://vimeo.com/76979871"
    query = f"url={film}&maxwidth=400"
    refused = ask(api, "/oembed/1.0/proxy", query, known["author"])
    assert (refused.status, value(refused)["code"]) == (404, "oembed_invalid_url")
    wish = wish_of(film, {"width": "400"})
    with api.newsroom.database.read() as unit:
        (due,) = [due for due in remote.due(unit, 1, 100) if due.wish == wish]
    assert (due.wish.width, due.wish.height) == (400, 750)
    data = {"type": "video", "html": "<iframe></iframe>", "title": "A film"}
    with api.newsroom.database.write() as unit:
        remote.answered(unit, wish, data, {}, 1, None)
    assert value(ask(api, "/oembed/1.0/proxy", query, known["author"])) == data


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "//a.example", "https://", "x" * 10, "https://a.example/" + "x" * 5_000]
)
def test_what_is_no_address_is_not_looked_up(api: Api, known: dict[str, str], url: str) -> None:
    assert ask(api, "/oembed/1.0/proxy", f"url={url}", known["author"]).status in (400, 404)
    with api.newsroom.database.read() as unit:
        assert all(due.wish.url != url for due in remote.due(unit, 1, 1_000))


# ---- previews of links

DETAILS = "/wp-block-editor/v1/url-details"


def test_what_a_page_says_of_itself_is_told_once_it_is_known(api: Api, known: dict[str, str]) -> None:
    page = "https://elsewhere.example/story"
    query = f"url={page}/"
    for who, status in (("", 401), (known["subscriber"], 403)):
        refused = ask(api, DETAILS, query, who)
        assert (refused.status, value(refused)["code"]) == (status, "rest_cannot_view_url_details")
    with api.newsroom.database.read() as unit:
        assert all(due.wish.url != page for due in remote.due(unit, 1, 1_000))
    unknown = ask(api, DETAILS, query, known["contributor"])
    assert (unknown.status, value(unknown)["code"]) == (404, "no_response")
    with api.newsroom.database.read() as unit:
        (due,) = [due for due in remote.due(unit, 1, 1_000) if due.wish.url == page]
    told = {"title": "A story", "icon": "https://elsewhere.example/i.png", "description": "Of it", "image": ""}
    with api.newsroom.database.write() as unit:
        remote.answered(unit, due.wish, told, {}, 1, None)
    assert value(ask(api, DETAILS, query, known["contributor"])) == told


def test_our_own_pages_are_asked_of_nobody(api: Api, known: dict[str, str]) -> None:
    told = value(ask(api, DETAILS, "url=https%3A%2F%2Fnews.example.com%2F%3Fp%3D14", known["author"]))
    assert told["title"].endswith(" – Example News & Views")
    assert ask(api, DETAILS, "url=https://news.example.com/nothing-here", known["author"]).status == 404
    with api.newsroom.database.read() as unit:
        assert all(due.wish.kind != "page" for due in remote.due(unit, 1, 1_000))


@pytest.mark.parametrize(
    "url",
    [
        "", "notaurl", "ftp://x.example/", "javascript:alert(1)", "http://127.0.0.1/", "http://127.1/",
        "http://2130706433/", "http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://LOCALHOST./",
        "https://user:pw@x.example/", "http://x.example:8081/", "http://x.example:99999/", "http://a b.example/",
        "http://[/", "https://x.example/" + "x" * 3_000,
    ],
)  # fmt: skip
def test_no_details_are_asked_of_what_is_no_public_address(api: Api, known: dict[str, str], url: str) -> None:
    """As WordPress 7.1.4 answers, for strangers too."""
    for who in ("", known["author"]):
        refused = ask(api, DETAILS, f"url={quote(url)}", who)
        body = value(refused)
        assert (refused.status, body["code"]) == (400, "rest_invalid_param")
        assert body["data"] == {"status": 400, "params": {"url": "Invalid parameter."}, "details": []}


def test_a_file_of_sound_is_played(api: Api, known: dict[str, str]) -> None:
    told = value(ask(api, "/oembed/1.0/proxy", "url=https://a.example/b.mp3", known["author"]))
    assert told["html"] == '[audio src="https://a.example/b.mp3" /]'


def test_readers_note_no_wishes(api: Api, known: dict[str, str]) -> None:
    url = "https://vimeo.com/1?of=readers"
    for who in ("", known["subscriber"]):
        assert ask(api, "/oembed/1.0/proxy", f"url={url}", who).status in (401, 403)
    with api.newsroom.database.read() as unit:
        assert all(due.wish.url != url for due in remote.due(unit, 1, 1_000))


@pytest.mark.parametrize(("asked", "width", "height"), [("300", 300, 200), ("1", 200, 200), ("9999", 600, 338)])
def test_a_frame_keeps_its_bounds(api: Api, asked: str, width: int, height: int) -> None:
    query = f"url=https%3A%2F%2Fnews.example.com%2F%3Fp%3D14&maxwidth={asked}"
    told = value(ask(api, "/oembed/1.0/embed", query))
    assert (told["width"], told["height"]) == (width, height)


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "http://[", "//", "https://news.example.com/?p=x", "%00"]
)
def test_no_other_address_embeds(api: Api, url: str) -> None:
    response = ask(api, "/oembed/1.0/embed", f"url={url}")
    assert (response.status, value(response)["code"]) == (404, "oembed_invalid_url")


# ---- what is not here


@pytest.mark.parametrize(
    "path",
    [
        "/wp/v2/plugins",
        "/wp/v2/pattern-directory/patterns",
        "/wp/v2/icons",
        "/wp/v2/font-families",
        "/wp/v2/menu-locations",
    ],
)
def test_what_is_not_here_is_empty_and_closed(api: Api, known: dict[str, str], path: str) -> None:
    assert value(ask(api, path, "", known["admin"])) == []
    assert ask(api, path).status == 401
    assert ask(api, path, "", known["subscriber"]).status == 403


def test_the_inserter_gets_patterns_in_categories_that_there_are(api: Api, known: dict[str, str]) -> None:
    path = "/wp/v2/block-patterns/patterns"
    found = value(ask(api, path, "", known["author"]))
    keys = ["name", "title", "content", "description", "viewport_width", "categories", "keywords", "block_types"]
    assert list(found[0]) == [*keys, "source"]
    known_categories = value(ask(api, "/wp/v2/block-patterns/categories", "", known["author"]))
    assert {name for one in found for name in one["categories"]} <= {one["name"] for one in known_categories}
    assert value(ask(api, path, "_fields=name", known["author"]))[0] == {"name": "wirepress/latest-three"}
    assert value(ask(api, path, "context=bogus", known["author"])) == [[] for _ in found]
    assert (ask(api, path).status, ask(api, path, "", known["subscriber"]).status) == (401, 403)


def test_widgets_of_an_imported_theme_are_inactive(api: Api, known: dict[str, str]) -> None:
    widgets = value(ask(api, "/wp/v2/widgets", "", known["admin"]))
    assert {widget["sidebar"] for widget in widgets} == {"wp_inactive_widgets"}
    assert [widget["id"] for widget in widgets] == ["block-2", "block-3", "block-4", "block-5", "block-6"]


def test_abilities_tell_of_site_and_caller(api: Api, known: dict[str, str]) -> None:
    base = "/wp-abilities/v1/abilities"
    assert value(ask(api, f"{base}/core/get-user-info/run", "", known["author"]))["roles"] == ["author"]
    assert ask(api, f"{base}/core/get-site-info/run", "", known["author"]).status == 403
    told = value(ask(api, f"{base}/core/get-site-info/run", "input[fields][]=name", known["admin"]))
    assert list(told) == ["name"]
    me = f"{base}/core/get-user-info/run"
    assert value(ask(api, me, "input[fields]=nickname,user_url", known["author"])).keys() == {"nickname", "user_url"}
    refused = ask(api, me, "input[fields][]=x", known["author"])
    assert (refused.status, value(refused)["code"]) == (400, "ability_invalid_input")
    assert "curies" not in value(ask(api, base, "", known["author"]))[0]["_links"]


@pytest.mark.parametrize("path", ["/wp/v2/themes", "/wp/v2/global-styles/121", "/wp-site-health/v1/directory-sizes"])
def test_a_context_that_is_no_word_is_none(api: Api, known: dict[str, str], path: str) -> None:
    assert ask(api, path, "context[]=x", known["admin"]).status == 200


def test_every_dynamic_block_bears_attributes_of_its_schema(api: Api, known: dict[str, str]) -> None:
    for name, block in block_types().items():
        for attribute in block.get("attributes", {}) if block["dynamic"] else ():
            query = f"context=edit&post_id=11&attributes[{attribute}]=-1"
            assert ask(api, f"/wp/v2/block-renderer/{name}", query, known["admin"]).status in {200, 400}, query
