"""What the site's people keep in place of the theme's own: templates, parts, global styles; and what is not offered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer
from wirepress.content import options

ADMIN = "administrator"
SINGLE = "/templates/wirepress//single"
HEADER = "/template-parts/wirepress//header"


def listed(writer: Writer, route: str) -> dict[str, dict[str, Any]]:
    return {found["slug"]: found for found in writer.get(ADMIN, route).value}


def test_a_template_of_the_theme_is_kept_changed_and_taken_back(writer: Writer) -> None:
    before = writer.get(ADMIN, SINGLE, "context=edit").value
    assert (before["source"], before["wp_id"]) == ("theme", 0)
    kept = writer.ask(ADMIN, "PUT", SINGLE, {"content": "<!-- wp:post-title /-->"})
    assert (kept.status, kept.value["source"], kept.value["origin"]) == (200, "custom", "theme")
    assert kept.value["content"]["raw"] == "<!-- wp:post-title /-->"
    assert (kept.value["title"], kept.value["id"]) == (before["title"], before["id"])
    number = kept.value["wp_id"]
    again = writer.post(ADMIN, SINGLE, {"title": {"raw": "One post"}, "description": "d"}).value
    assert (again["wp_id"], again["title"]["raw"], again["description"]) == (number, "One post", "d")
    assert again["content"]["raw"] == "<!-- wp:post-title /-->"
    assert listed(writer, "/templates")["single"]["wp_id"] == number
    back = writer.post(ADMIN, SINGLE, {"source": "theme"})
    assert (back.value["source"], back.value["content"]) == ("theme", before["content"])
    assert writer.post(ADMIN, SINGLE, {"source": "theme"}).status == 200, "it is the theme's already"


def test_a_template_of_ones_own(writer: Writer) -> None:
    made = writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "content": "x", "description": "d"})
    assert made.status == 201
    assert made.headers["location"].endswith("/wp/v2/templates/wirepress//story")
    assert (made.value["is_custom"], made.value["author"], made.value["author_text"]) == (True, 1, "Administrator")
    assert writer.get(ADMIN, "/templates/wirepress//story").value["title"]["raw"] == "Story"
    twin = writer.post(ADMIN, "/templates", {"slug": "story", "title": "Other"}).value
    assert twin["slug"] == "story-2"
    gone = writer.delete(ADMIN, "/templates/wirepress//story", "force=true").value
    assert (gone["deleted"], gone["previous"]["slug"]) == (True, "story")
    assert "_links" not in gone["previous"]
    trashed = writer.delete(ADMIN, "/templates/wirepress//story-2")
    assert (trashed.status, trashed.value["status"]) == (200, "trash")
    assert writer.get(ADMIN, "/templates/wirepress//story-2").code == "rest_template_not_found"


def test_deleting_what_was_kept_shows_the_themes_own_again(writer: Writer) -> None:
    writer.post(ADMIN, HEADER, {"content": "<p>mine</p>"})
    assert listed(writer, "/template-parts")["header"]["source"] == "custom"
    assert writer.delete(ADMIN, HEADER, "force=true").value["deleted"] is True
    assert listed(writer, "/template-parts")["header"]["source"] == "theme"
    refused = writer.delete(ADMIN, HEADER, "force=true")
    assert (refused.status, refused.code) == (400, "rest_invalid_template")


def test_parts_have_areas(writer: Writer) -> None:
    kept = writer.post(ADMIN, HEADER, {"content": "x"}).value
    assert kept["area"] == "header"
    assert writer.post(ADMIN, HEADER, {"content": "y"}).value["area"] == "header"
    assert writer.post(ADMIN, HEADER, {"area": "footer"}).value["area"] == "footer"
    made = writer.post(ADMIN, "/template-parts", {"slug": "teaser", "title": "T", "area": "cellar"}).value
    assert made["area"] == "uncategorized"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/templates", {}, 400, "rest_missing_callback_param"),
        ("POST", "/templates", {"slug": ""}, 400, "rest_invalid_param"),
        ("POST", "/templates", {"slug": "x", "title": "x", "theme": "other"}, 400, "rest_template_insert_error"),
        ("POST", "/templates", {"slug": "x"}, 400, "empty_content"),
        ("POST", "/templates", {"slug": "x", "author": 99}, 400, "rest_invalid_author"),
        ("POST", "/templates/wirepress//nope", {"content": "x"}, 404, "rest_template_not_found"),
        ("POST", "/templates/other//single", {"content": "x"}, 404, "rest_template_not_found"),
        ("DELETE", "/templates/wirepress//nope", None, 404, "rest_template_not_found"),
    ],
)
def test_what_cannot_be(writer: Writer, method: str, path: str, body: Any, status: int, code: str) -> None:
    before = listed(writer, "/templates")
    refused = writer.ask(ADMIN, method, path, body)
    assert (refused.status, refused.code) == (status, code)
    assert listed(writer, "/templates") == before


@pytest.mark.parametrize(("role", "status"), [("", 401), ("author", 403), ("editor", 403)])
def test_who_may_not(writer: Writer, role: str, status: int) -> None:
    for method, path in (("POST", "/templates"), ("POST", SINGLE), ("DELETE", SINGLE), ("POST", HEADER)):
        refused = writer.ask(role, method, path, {"slug": "x"})
        assert (refused.status, refused.code) == (status, "rest_cannot_manage_templates"), (method, path)


def styles(writer: Writer) -> str:
    """The route of the site's styles, as the editor finds it."""
    theme = writer.get(ADMIN, "/themes", "status=active").value[0]
    href: str = theme["_links"]["wp:user-global-styles"][0]["href"]
    return "/global-styles/" + href.rpartition("/")[2]


def test_styles_are_found_changed_and_remembered(writer: Writer) -> None:
    route = styles(writer)
    assert styles(writer) == route, "they are made once"
    assert writer.get(ADMIN, route, "context=edit").value["settings"] == {}
    sent = {"color": {"text": "#000"}, "css": "a > b { color: red }"}
    first = writer.post(ADMIN, route, {"styles": sent, "title": "Ours"})
    assert (first.status, first.value["styles"], first.value["settings"]) == (200, sent, {})
    assert first.value["title"]["raw"] == "Ours"
    assert writer.post(ADMIN, route, {"title": {"raw": ""}}).value["title"]["raw"] == "Ours", "empty counts as none"
    second = writer.post(ADMIN, route, {"settings": {"layout": {"contentSize": "640px"}}}).value
    assert second["styles"] == sent
    versions = writer.get(ADMIN, f"{route}/revisions")
    assert [found["settings"] for found in versions.value] == [second["settings"], {}]
    assert versions.headers["x-wp-total"] == "2"
    one = versions.value[1]
    assert writer.get(ADMIN, f"{route}/revisions/{one['id']}").value["styles"] == sent
    assert second["_links"]["version-history"][0]["count"] == 2
    assert writer.get(ADMIN, f"{route}/revisions", "page=3&per_page=1").code == "rest_revision_invalid_page_number"
    assert writer.get(ADMIN, f"{route}/revisions/99999").code == "rest_post_invalid_id"


def test_styles_that_cannot_be(writer: Writer) -> None:
    route = styles(writer)
    for css in ("</style><script>", "a{}</sty", "x</STYLE >"):
        refused = writer.post(ADMIN, route, {"styles": {"css": css}})
        assert (refused.status, refused.code) == (400, "rest_custom_css_illegal_markup"), css
    assert writer.post(ADMIN, route, {"styles": "x"}).code == "rest_invalid_param"
    assert writer.post(ADMIN, "/global-styles/99999", {"styles": {}}).code == "rest_global_styles_not_found"
    assert writer.post("editor", route, {"styles": {}}).code == "rest_cannot_edit"
    assert writer.post("", route, {"styles": {}}).status == 401
    assert writer.get(ADMIN, route).value["styles"] == {}


@pytest.mark.parametrize(
    ("role", "method", "path", "body", "status", "code"),
    [
        ("", "POST", "/widgets", {"sidebar": "s"}, 401, "rest_cannot_manage_widgets"),
        ("editor", "POST", "/widgets", {"sidebar": "s"}, 403, "rest_cannot_manage_widgets"),
        (ADMIN, "POST", "/widgets", {"sidebar": "s"}, 400, "rest_invalid_widget"),
        ("editor", "PUT", "/sidebars/wp_inactive_widgets", {"widgets": []}, 403, "rest_cannot_manage_widgets"),
    ],
)
def test_what_is_not_offered_says_so(
    writer: Writer, role: str, method: str, path: str, body: Any, status: int, code: str
) -> None:  # fmt: skip
    refused = writer.ask(role, method, path, body)
    assert (refused.status, refused.code) == (status, code)


def test_asking_for_the_theme_writes_only_until_there_is_a_place_for_styles(writer: Writer) -> None:
    def shown(role: str) -> tuple[str, bool]:
        """Where the theme says that the styles are, and whether the writer's turn was needed to say so."""
        turns = []
        write = writer.newsroom.write
        writer.newsroom.write = lambda actor=None: turns.append(1) or write(actor)  # type: ignore[method-assign, func-returns-value]
        theme = writer.get(role, "/themes", "status=active").value[0]
        writer.newsroom.write = write  # type: ignore[method-assign]
        return theme["_links"]["wp:user-global-styles"][0]["href"].rpartition("/")[2], bool(turns)

    assert shown("editor") == ("0", False)
    assert writer.ask(ADMIN, "HEAD", "/themes").status == 200
    number, written = shown(ADMIN)
    assert (int(number) > 0, written) == (True, True)
    assert shown(ADMIN) == (number, False)
    assert shown("editor") == (number, False)


def test_a_template_whose_name_the_editor_offered_is_not_of_ones_own(writer: Writer) -> None:
    sent = {"slug": "category-news", "title": "News", "content": "x", "is_wp_suggestion": True}
    made = writer.post(ADMIN, "/templates", sent)
    assert (made.status, made.value["is_custom"]) == (201, False)
    own = writer.post(ADMIN, "/templates", {**sent, "slug": "story", "is_wp_suggestion": False}).value
    assert own["is_custom"] is True
    assert writer.get(ADMIN, "/templates/wirepress//category-news").value["is_custom"] is False


def test_a_template_says_whom_it_comes_from(writer: Writer) -> None:
    def source(answered: Any) -> tuple[str, str, str | None]:
        return answered.value["original_source"], answered.value["author_text"], answered.value["origin"]

    assert source(writer.get(ADMIN, SINGLE)) == ("theme", "Wirepress", None)
    assert source(writer.post(ADMIN, SINGLE, {"content": "x"})) == ("theme", "Wirepress", "theme")
    made = writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "author": 2})
    assert source(made) == ("user", "Editor", None)


def test_content_is_answered_as_blocks_are_written(writer: Writer) -> None:
    sent = '<!-- wp:core/heading { "level": 1 } --><h1>x</h1><!-- /wp:core/heading -->'
    kept = writer.post(ADMIN, SINGLE, {"content": sent}).value
    assert kept["content"]["raw"] == '<!-- wp:heading {"level":1} --><h1>x</h1><!-- /wp:heading -->'


def test_texts_that_are_sent_as_objects(writer: Writer) -> None:
    made = writer.post(ADMIN, "/templates", {"slug": "s", "title": {"raw": "T"}, "content": {"raw": "x"}}).value
    route = f"/templates/{made['id']}"
    kept = writer.post(ADMIN, route, {"title": {"raw": ""}, "content": {"raw": ""}}).value
    assert (kept["title"]["raw"], kept["content"]["raw"]) == ("T", ""), "an empty title in an object counts as none"
    assert writer.post(ADMIN, route, {"title": "", "content": "y"}).value["title"]["raw"] == ""


def test_what_is_in_the_trash_is_found_and_not_trashed_again(writer: Writer) -> None:
    writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "content": "x"})
    before = writer.get(ADMIN, "/templates/wirepress//story").value
    trashed = writer.delete(ADMIN, "/templates/wirepress//story").value
    assert (trashed["slug"], trashed["status"], trashed["modified"]) == ("story", "trash", before["modified"])
    again = writer.delete(ADMIN, "/templates/wirepress//story__trashed")
    assert (again.status, again.code) == (410, "rest_template_already_trashed")
    gone = writer.delete(ADMIN, "/templates/wirepress//story__trashed", "force=true")
    assert gone.value["deleted"] is True


def test_what_is_listed_for_a_post_type_or_by_number(writer: Writer) -> None:
    own = writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "content": "x"}).value
    writer.post(ADMIN, SINGLE, {"content": "x"})
    assert [found["slug"] for found in writer.get(ADMIN, "/templates", "post_type=page").value] == ["story"]
    assert [found["slug"] for found in writer.get(ADMIN, "/templates", f"wp_id={own['wp_id']}").value] == ["story"]


def test_themes_have_templates_of_the_same_names(writer: Writer) -> None:
    """What was kept of a theme that was there before stands in nobody's way."""
    with writer.newsroom.write() as view:
        options.set(view.unit, "stylesheet", "former")
    former = writer.post(ADMIN, "/templates/former//single", {"content": "of old"}).value
    with writer.newsroom.write() as view:
        options.set(view.unit, "stylesheet", "wirepress")
    kept = writer.post(ADMIN, SINGLE, {"content": "of now"}).value
    assert (kept["slug"], kept["id"]) == ("single", "wirepress//single")
    found = writer.get(ADMIN, "/templates/former//single").value
    assert (found["wp_id"], found["has_theme_file"]) == (former["wp_id"], False)
    assert found["theme"] == "former"
    assert listed(writer, "/templates")["single"]["wp_id"] == kept["wp_id"]
    changed = writer.post(ADMIN, "/templates/former//single", {"content": "of then"}).value
    assert (changed["id"], changed["slug"], changed["content"]["raw"]) == ("former//single", "single", "of then")
    assert writer.get(ADMIN, "/templates/former//index").code == "rest_template_not_found"


def test_what_stands_in_for_a_template_is_not_empty(writer: Writer) -> None:
    def found() -> str:
        slug: str = writer.get(ADMIN, "/templates/lookup", "slug=single-post-news").value["slug"]
        return slug

    assert found() == "single"
    writer.post(ADMIN, SINGLE, {"content": ""})
    assert found() == "index"
    part = writer.get(ADMIN, "/template-parts/lookup", "slug=single-post-news").value
    assert (part["id"], part["type"]) == ("wirepress//index", "wp_template")
    assert "area" not in part
    assert part["_links"]["collection"][0]["href"].endswith("/wp/v2/template-parts")


@pytest.mark.parametrize(
    ("role", "query", "status", "code"),
    [
        ("author", "kind=postType&name=page", 403, "rest_cannot_read"),
        ("", "kind=postType&name=post", 401, "rest_cannot_read"),
        ("editor", "kind=root&name=site", 403, "rest_cannot_read"),
        ("", "kind=postType&name=nope", 404, "rest_view_config_invalid_entity"),
        ("", "kind=taxonomy&name=nope", 404, "rest_view_config_invalid_entity"),
        ("", "kind=postType", 400, "rest_missing_callback_param"),
    ],
)
def test_who_may_ask_how_lists_are_laid_out(writer: Writer, role: str, query: str, status: int, code: str) -> None:
    refused = writer.get(role, "/view-config", query)
    assert (refused.status, refused.code) == (status, code)


def test_lists_name_the_views_that_the_site_editor_offers(writer: Writer) -> None:
    shown = writer.get(ADMIN, "/view-config", "kind=postType&name=page")
    assert shown.status == 200
    views = {view["slug"]: view.get("view", {}).get("filters") for view in shown.value["view_list"]}
    assert list(views) == ["all", "published", "future", "drafts", "pending", "private", "trash"]
    assert views["drafts"] == [{"field": "status", "operator": "isAny", "value": "draft", "isLocked": True}]
    templates = writer.get(ADMIN, "/view-config", "kind=postType&name=wp_template").value["view_list"]
    assert templates[1]["view"]["filters"][0]["value"] == "Wirepress"
    patterns = writer.get(ADMIN, "/view-config", "kind=postType&name=wp_block").value["view_list"]
    assert [view["slug"] for view in patterns[:2]] == ["all-patterns", "my-patterns"]
    assert "featured" in [view["slug"] for view in patterns]


def test_of_styles_what_there_is_comes_back_with_presets_as_css(writer: Writer) -> None:
    route = styles(writer)
    red, preset = {"color": {"text": "red"}}, {"color": {"text": "var:preset|color|x"}}
    resolved = {"color": {"text": "var(--wp--preset--color--x)"}}
    sent = {
        "color": {"text": "red", "nix": 1},
        "spacing": "2em",
        "elements": {"link": {":hover": preset, ":nix": red}, "nix": red},
        "blocks": {
            "core/nix": red,
            "core/button": {**red, ":hover": preset, "@mobile": {":focus": red}, "variations": {"fill": red, "x": red}},
            "core/navigation-link": {"-current": {":active": red}},
        },
    }
    shown = writer.post(ADMIN, route, {"styles": sent})
    kept = {"fill": red}
    assert shown.value["styles"] == {
        "color": {"text": "red"},
        "elements": {"link": {":hover": resolved}},
        "blocks": {
            "core/button": {**red, ":hover": resolved, "@mobile": {":focus": red}, "variations": kept},
            "core/navigation-link": {"-current": {":active": red}},
        },
    }
    assert "predecessor-version" not in shown.value["_links"]
    revision = writer.get(ADMIN, f"{route}/revisions").value[0]
    assert revision["styles"] == shown.value["styles"]
    assert "_links" not in revision


def test_of_settings_what_there_is_comes_back(writer: Writer) -> None:
    font = {"name": "A", "slug": "a", "fontFamily": "A", "x": 1, "fontFace": [{"src": "u", "fontFamily": "A", "x": 1}]}
    sent = {
        "lightbox": {"enabled": "yes", "allowEditing": False},
        "typography": {"fontFamilies": [font], "nix": True},
        "blocks": {"core/image": {"lightbox": {"enabled": True}}, "core/group": {"viewport": {"mobile": "1px"}}},
        "appearanceTools": True,
        "border": {"color": False},
    }
    shown = writer.post(ADMIN, styles(writer), {"settings": sent}).value["settings"]
    assert shown["lightbox"] == {"allowEditing": False}
    assert shown["typography"]["fontFamilies"] == {
        "custom": [{"name": "A", "slug": "a", "fontFamily": "A", "fontFace": [{"src": "u", "fontFamily": "A"}]}]
    }
    assert "nix" not in shown["typography"]
    assert shown["blocks"] == {"core/image": {"lightbox": {"enabled": True}}}
    assert "appearanceTools" not in shown
    assert shown["border"] == {"color": False, "radius": True, "style": True, "width": True}


def test_lists_to_choose_from_say_who_made_them(writer: Writer) -> None:
    route = styles(writer)
    colors = [{"slug": "ink", "name": "Ink", "color": "#111"}]
    sent = {"color": {"palette": colors, "custom": False}, "blocks": {"core/button": {"color": {"palette": colors}}}}
    shown = writer.post(ADMIN, route, {"settings": sent}).value["settings"]
    assert shown["color"] == {"palette": {"custom": colors}, "custom": False}
    assert shown["blocks"]["core/button"]["color"]["palette"] == {"custom": colors}
    assert writer.get(ADMIN, f"{route}/revisions").value[0]["settings"] == shown
    assert writer.post(ADMIN, route, {"settings": shown}).value["settings"] == shown, "once is enough"


@pytest.mark.parametrize(
    ("slug", "title", "description"),
    [
        ("page-about", "Not found: Page (about)", ""),
        ("single-post-hello", "Post: Hello", "Template for Hello"),
        ("single-post-nope", "Not found: Post (nope)", ""),
        ("single-nothing", "", ""),
        ("category-news", "Category: News", "Template for News"),
        ("taxonomy-post_tag-war", "Not found: Tag (war)", ""),
        ("author-editor", "Author: Editor", "Template for Editor"),
        ("author-subscriber", "Deleted author: subscriber", ""),
        ("story", "", ""),
    ],
)
def test_a_slug_gives_a_template_without_a_title_its_words(
    writer: Writer, slug: str, title: str, description: str
) -> None:
    writer.post(ADMIN, "/posts", {"title": "Hello", "status": "publish"})
    writer.post(ADMIN, "/categories", {"name": "News"})
    made = writer.post(ADMIN, "/templates", {"slug": slug, "content": "x"}).value
    assert (made["title"]["raw"], made["description"]) == (title, description)
    titled = writer.post(ADMIN, f"/templates/{made['id']}", {"title": "Own"}).value
    assert (titled["title"]["raw"], titled["description"]) == ("Own", "")


@pytest.mark.parametrize(
    ("route", "status"), [("/posts", 201), ("/pages", 201), ("/navigation", 400), ("/blocks", 400)]
)
def test_a_template_of_ones_own_is_chosen_for_what_has_pages(writer: Writer, route: str, status: int) -> None:
    writer.post(ADMIN, "/templates", {"slug": "story", "title": "Story", "content": "x"})
    made = writer.post(ADMIN, route, {"title": "t", "content": "x", "template": "story"})
    assert made.status == status
    assert (made.value["template"] if status == 201 else made.code) in ("story", "rest_invalid_param")


def test_a_new_template_is_shown_as_asked_and_a_changed_one_as_it_is_edited(writer: Writer) -> None:
    sent = {"slug": "plain", "title": "Plain", "content": "<!-- wp:post-title /-->"}
    assert list(writer.post(ADMIN, "/templates", sent).value["content"]) == ["raw"]
    assert (
        "block_version"
        in writer.post(ADMIN, "/templates", {**sent, "slug": "b"}, query="context=edit").value["content"]
    )
    assert "block_version" in writer.post(ADMIN, "/templates/wirepress//plain", {"title": "P"}).value["content"]


def test_the_theme_has_addresses(writer: Writer) -> None:
    [theme] = writer.get(ADMIN, "/themes").value
    found = [theme["screenshot"], theme["author_uri"]["raw"], theme["theme_uri"]["raw"]]
    assert all(address.startswith("https://news.example.com/") for address in found)
