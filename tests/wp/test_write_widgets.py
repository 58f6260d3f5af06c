"""Widgets are made, changed, moved and forgotten, as a WordPress without sidebars answers it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.wp.writer import Writer
from wirepress.content import options
from wirepress.content.widgets import INACTIVE
from wirepress.model.php import serialize
from wirepress.render.blocks.widgets import _KINDS as SHOWN
from wirepress.wp.resources.widgets.settings import SIZES
from wirepress.wp.resources.widgets.widget_types import KINDS

ADMIN = "administrator"
PLACE = f"/sidebars/{INACTIVE}"


def made(writer: Writer, kind: str, raw: dict[str, Any], role: str = ADMIN) -> dict[str, Any]:
    answer = writer.post(role, "/widgets", {"id_base": kind, "sidebar": INACTIVE, "instance": {"raw": raw}})
    assert answer.status == 201, answer.value
    assert "location" not in answer.headers
    return dict(answer.value)


def ids(writer: Writer) -> list[str]:
    return [widget["id"] for widget in writer.get(ADMIN, "/widgets").value]


def test_a_widget_is_made_changed_and_forgotten(writer: Writer) -> None:
    first = made(writer, "text", {"title": "T <b>x</b>", "text": "a", "zz": 1})
    assert (first["id"], first["sidebar"]) == ("text-2", INACTIVE)
    assert first["instance"]["raw"] == {"title": "T x", "text": "a", "filter": False}
    assert base64.b64decode(first["instance"]["encoded"]).decode() == serialize(first["instance"]["raw"])
    second = made(writer, "block", {"content": "<p>x</p>"})
    assert ids(writer) == ["block-2", "text-2"], "a new one stands before the others"
    changed = writer.ask(ADMIN, "PUT", "/widgets/text-2", {"instance": {"raw": {"title": "new", "visual": True}}}).value
    assert changed["instance"]["raw"] == {"title": "new", "text": "", "filter": True, "visual": True}
    copy = {"id_base": "block", "instance": {name: second["instance"][name] for name in ("encoded", "hash")}}
    assert writer.post(ADMIN, "/widgets", copy).value["instance"]["raw"] == {"content": "<p>x</p>"}
    gone = writer.delete(ADMIN, "/widgets/text-2", "force=true").value
    assert (gone["deleted"], gone["previous"]["id"]) == (True, "text-2")
    assert writer.get(ADMIN, "/widgets/text-2").code == "rest_widget_not_found"
    assert ids(writer) == ["block-3", "block-2"]


def test_widgets_are_put_in_order(writer: Writer) -> None:
    for content in "abc":
        made(writer, "block", {"content": content})
    order = ["block-2", "block-4", "nix", "block-3"]
    assert writer.ask(ADMIN, "PUT", PLACE, {"widgets": order}).value["widgets"] == ["block-2", "block-4", "block-3"]
    writer.ask(ADMIN, "PUT", PLACE, {"widgets": ["block-3"]})
    assert ids(writer) == ["block-2", "block-4", "block-3"], "what is left out is found again"
    away = writer.ask(ADMIN, "PUT", "/widgets/block-2", {"sidebar": "footer"}).value
    assert away["sidebar"] == "footer"
    assert ids(writer) == ["block-4", "block-3", "block-2"], "there is no such sidebar: it is inactive, and last"
    other = writer.ask(ADMIN, "PUT", "/sidebars/footer", {"widgets": ["block-4"]})
    assert (other.status, other.value["widgets"], "id" in other.value) == (200, [], False)
    assert ids(writer) == ["block-3", "block-2", "block-4"]
    assert writer.delete(ADMIN, "/widgets/block-3").value["sidebar"] == INACTIVE


def test_where_an_imported_site_had_its_widgets_is_noted(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        options.set(view.unit, "widget_block", {"2": {"content": "a"}, "3": {"content": "b"}, "_multiwidget": 1})
        options.set(view.unit, "sidebars_widgets", {INACTIVE: [], "sidebar-1": ["block-3"], "array_version": 3})
    assert ids(writer) == ["block-2", "block-3"], "what stands nowhere comes first"
    made(writer, "search", {"title": "S"})
    with writer.newsroom.view() as view:
        mods = view.site.option(f"theme_mods_{view.site.option('stylesheet')}")
        assert mods["sidebars_widgets"]["data"] == {"sidebar-1": ["block-3"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"id_base": "nix"}, 400),
        ({"id": "nix-2"}, 400),
        ({"id": "text", "instance": {"raw": {"text": "q"}}}, 500),
        ({"id_base": "text", "instance": {}}, 400),
        ({"id_base": "text", "instance": {"encoded": "YTowOnt9", "hash": "0" * 32}}, 400),
        ({"id_base": "text", "instance": {"encoded": "\u00e9", "hash": "\u00e9"}}, 400),
    ],
)
def test_what_is_no_widget_is_refused(writer: Writer, body: dict[str, Any], status: int) -> None:
    answer = writer.post(ADMIN, "/widgets", body)
    assert (answer.status, answer.code) == (status, "rest_invalid_widget")
    assert ids(writer) == []


def test_a_form_changes_the_widget_that_it_names(writer: Writer) -> None:
    form = "widget-text[4][title]=abc&widget-text[4][text]=d%26f&widget-text[5][title]=passed+over"
    answer = writer.post(ADMIN, "/widgets", {"id_base": "text", "sidebar": INACTIVE, "form_data": form}).value
    assert (answer["id"], answer["instance"]["raw"]) == ("text-2", {}), "the number is that of another widget"
    assert ids(writer) == ["text-4"]
    assert writer.get(ADMIN, "/widgets/text-4", "context=edit").value["instance"]["raw"]["text"] == "d&f"
    nothing = writer.ask(ADMIN, "PUT", "/widgets/text-4", {"form_data": "x=1"}).value
    assert nothing["instance"]["raw"]["title"] == "abc"


@pytest.mark.parametrize(
    ("form", "left"),
    [
        ("widget-text[2][text]=new&delete_widget=1", {"text-2": "old", "text-3": "old"}),
        ("widget-text[2][text]=new&delete_widget=0", {"text-2": "new", "text-3": "old"}),
        ("delete_widget=1&the-widget-id=text-3", {"text-2": "old"}),
        ("delete_widget=1&the-widget-id=text-9", {"text-2": "old", "text-3": "old"}),
        ("delete_widget=1&the-widget-id=block-2", {"text-2": "old", "text-3": "old"}),
        ("id_base=text&multi_number=3&widget_number=2", {"text-2": "old", "text-3": ""}),
        ("id_base=text&multi_number=0&widget_number=2", {"text-2": "", "text-3": "old"}),
        ("id_base=search&multi_number=3", {"text-2": "old", "text-3": "old"}),
    ],
)
def test_a_form_can_forget_and_empty_a_widget(writer: Writer, form: str, left: dict[str, str]) -> None:
    for _ in range(2):
        made(writer, "text", {"text": "old"})
    writer.ask(ADMIN, "PUT", "/widgets/text-2", {"form_data": form})
    shown = writer.get(ADMIN, "/widgets", "context=edit").value
    texts = {one["id"]: one["instance"]["raw"].get("text", "") for one in shown if one["id_base"] == "text"}
    assert texts == left


def test_markup_is_that_of_whoever_writes_it(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        roles = {"editor": {"name": "Editor", "capabilities": {"edit_theme_options": True, "read": True}}}
        options.set(view.unit, "user_roles", roles | {ADMIN: {"name": "A", "capabilities": {
            "edit_theme_options": True, "unfiltered_html": True, "read": True}}})  # fmt: skip
    raw = {"title": "t", "content": "<b>x</b><script>y</script>"}
    assert made(writer, "custom_html", raw)["instance"]["raw"] == raw
    assert made(writer, "custom_html", raw, "editor")["instance"]["raw"]["content"] == "<b>x</b>y"


CLEANED: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("calendar", {"title": ["x"]}, {"title": ""}),
    ("pages", {"sortby": "zz", "exclude": "2,3"}, {"title": "", "sortby": "menu_order", "exclude": "2,3"}),
    ("archives", {"count": "on"}, {"title": "", "count": 1, "dropdown": 0}),
    ("categories", {"hierarchical": 1}, {"title": "", "count": 0, "hierarchical": 1, "dropdown": 0}),
    ("recent-posts", {"number": "2x", "show_date": "on"}, {"title": "", "number": 2, "show_date": True}),
    ("recent-comments", {"number": -2}, {"title": "", "number": 2}),
    ("tag_cloud", {"taxonomy": "category"}, {"title": "", "count": 0, "taxonomy": "category"}),
    ("nav_menu", {"title": "", "nav_menu": "3"}, {"nav_menu": 3}),
    ("block", {}, {"content": None}),
    ("media_gallery", {"ids": "1,2", "columns": 12, "orderby_random": "1"}, {"ids": [1, 2], "orderby_random": True}),
    (
        "media_image",
        {"size": "nix", "caption": "<b>x</b>", "attachment_id": -3, "width": "5", "link_target_blank": "",
         "image_classes": "a b!", "url": "x y"},
        {"width": 5, "caption": "<b>x</b>", "image_classes": "a b", "link_target_blank": False, "url": "http://x%20y"},
    ),
    ("rss", {"url": "https://x.example/feed", "items": 30},
     {"title": "", "url": "https://x.example/feed", "link": "", "items": 10, "error": False, "show_summary": 0,
      "show_author": 0, "show_date": 0}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "sent", "kept"), CLEANED, ids=[case[0] for case in CLEANED])
def test_settings_are_held_to_what_a_kind_knows(
    writer: Writer, kind: str, sent: dict[str, Any], kept: dict[str, Any]
) -> None:
    assert made(writer, kind, sent)["instance"]["raw"] == kept


def test_a_widget_is_shown_before_it_is_kept(writer: Writer) -> None:
    body = {"number": "5", "form_data": "widget-text[7][title]=abc&widget-text[7][text]=def"}
    shown = writer.post(ADMIN, "/widget-types/text/encode", body).value
    frame = '<div class="widget widget_text"><h2 class="widgettitle">abc</h2>\t\t\t<div class="textwidget">def</div>'
    assert shown["preview"].startswith(frame)
    assert 'name="widget-text[5][title]"' in shown["form"]
    assert shown["instance"]["raw"] == {"title": "abc", "text": "def", "filter": False}
    again = writer.post(ADMIN, "/widget-types/text/encode", {"instance": shown["instance"]}).value
    assert again["preview"] == shown["preview"]
    page = writer.post(ADMIN, "/widget-types/text/render", {"instance": shown["instance"]}).value["preview"]
    assert shown["preview"] in page
    assert page.startswith("<!doctype html>")
    assert writer.post(ADMIN, "/widget-types/nix/encode", {}).code == "rest_widget_type_invalid"
    assert writer.post(ADMIN, "/widget-types/text/encode", {"instance": {"encoded": "x", "hash": "y"}}).status == 400
    assert ids(writer) == []


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_each_kind_has_a_form_and_can_be_shown(writer: Writer, kind: str) -> None:
    assert kind in SHOWN
    settings = {"content": "x", "text": "x", "url": "https://x.example/a", "size": SIZES[0], "title": "A <i>"}
    sent = "&".join(f"widget-{kind}[2][{name}]={value}" for name, value in settings.items())
    shown = writer.post(ADMIN, f"/widget-types/{kind}/encode", {"form_data": sent}).value
    assert f'name="widget-{kind}[-1][' in shown["form"]
    assert "<i>" not in shown["form"] + shown["preview"]
