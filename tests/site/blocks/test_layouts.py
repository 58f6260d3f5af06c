"""Rules of single blocks: they fit the classes that rendering gives, and hold nothing but values."""

from __future__ import annotations

import json
import re

import pytest

from tests.site.blocks.conftest import shown_by
from wirepress.content.newsroom import Newsroom
from wirepress.content.themes.catalog import newspaper
from wirepress.render.blocks.parse import parse
from wirepress.site.blocks.grounds import page_of
from wirepress.site.blocks.layouts import MOST, rules

PAGE = page_of(newspaper())


def group(inner: str = "", **settings: object) -> str:
    return f'<!-- wp:group {json.dumps(settings)} --><div class="wp-block-group">{inner}</div><!-- /wp:group -->'


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"layout": {"type": "grid"}}, "grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr));"),
        (
            {"layout": {"type": "grid", "columnCount": 3}},
            "repeat(auto-fill, minmax(max(min(8rem, 100%), (100% - (1.2rem * 2)) / 3), 1fr));",
        ),
        (
            {"layout": {"type": "grid", "minimumColumnWidth": "9em"}, "style": {"spacing": {"blockGap": "2em"}}},
            "gap: 2em;",
        ),
        ({"layout": {"type": "flex", "orientation": "vertical"}}, "flex-direction: column; align-items: flex-start;"),
        ({"layout": {"type": "flex", "justifyContent": "right"}}, "justify-content: flex-end;"),
        ({"layout": {"type": "constrained", "contentSize": "300px"}}, "max-width: min(100%, 300px);"),
        (
            {"style": {"spacing": {"blockGap": "var:preset|spacing|50"}}},
            "margin-block-start: var(--wp--preset--spacing--50, 1.2rem);",
        ),
        (
            {"layout": {"type": "flex"}, "style": {"spacing": {"blockGap": {"top": "1px", "left": "3px"}}}},
            "gap: 1px 3px;",
        ),
        (
            {"style": {"spacing": {"blockGap": {"top": "var:preset|spacing|50", "left": "3px"}}}},
            " > * + * { margin-block-start: var(--wp--preset--spacing--50, 1.2rem); }",
        ),
        (
            {"layout": {"type": "grid", "columnCount": 3}, "style": {"spacing": {"blockGap": "0"}}},
            "(100% - (0px * 2)) / 3",
        ),
    ],
)
def test_a_layout_has_its_rule_under_the_class_that_it_is_rendered_with(
    newsroom: Newsroom, settings: dict[str, object], expected: str
) -> None:
    shown = shown_by(newsroom, group("<p>x</p>", **settings))
    style, html = shown.style, shown.html
    assert expected in style
    names = set(re.findall(r"wp-container-[\w-]+", style))
    assert names
    assert names == set(re.findall(r"wp-container-[\w-]+", html))


@pytest.mark.parametrize(
    ("gap", "rule"),
    [
        ("2em", "{0}: 2em; gap: 2em;"),
        (0, "{0}: 0px; gap: 0px;"),
        ("0", "{0}: 0px; gap: 0px;"),
        ({"top": "1px", "left": "9px"}, "{0}: 9px; gap: 1px 9px;"),
        ({"left": "9px"}, "{0}: 9px; gap: .6rem 9px;"),
        (
            "var:preset|spacing|30",
            "{0}: var(--wp--preset--spacing--30, .6rem); gap: var(--wp--preset--spacing--30, .6rem);",
        ),
    ],
)
def test_the_columns_of_a_gallery_leave_room_for_its_gap(newsroom: Newsroom, gap: object, rule: str) -> None:
    settings = json.dumps({"columns": 3, "style": {"spacing": {"blockGap": gap}}})
    figure = '<figure class="wp-block-gallery has-nested-images columns-3"></figure>'
    shown = shown_by(newsroom, f"<!-- wp:gallery {settings} -->{figure}<!-- /wp:gallery -->")
    [name] = set(re.findall(r"wp-container-core-gallery-is-layout-\w+", shown.html))
    assert shown.style == f".content .{name} {{ {rule.format('--wp--style--unstable-gallery-gap')} }}"


def test_a_place_in_a_layout_has_its_rule(newsroom: Newsroom) -> None:
    inner = group("<p>x</p>", style={"layout": {"columnSpan": 2}})
    shown = shown_by(newsroom, group(inner, layout={"type": "grid", "columnCount": 3}))
    [name] = set(re.findall(r"wp-container-content-\w+", shown.html))
    assert f"@media (min-width: 48rem) {{ .content .{name} {{ grid-column: span 2; }} }}" in shown.style


def test_colours_of_links_have_their_rule_and_can_be_read(newsroom: Newsroom) -> None:
    elements = {
        "elements": {"link": {"color": {"text": "#ffcc00"}, ":hover": {"color": {"text": "var:preset|color|ink"}}}}
    }
    shown = shown_by(newsroom, group(group('<p><a href="/">x</a></p>', style=elements), style={}))
    style, html = shown.style, shown.html
    assert "wp-elements-1" in html
    assert ".wp-elements-1 a:where(:not(.wp-element-button)) { color: light-dark(#" in style
    assert ".has-background.wp-elements-1 a:where(:not(.wp-element-button)) { color: #ffcc00; }" in style
    assert ":hover { color: var(--wp--text--ink, var(--wp--preset--color--ink)); }" in style


@pytest.mark.parametrize(
    "value", ["1px} body{display:none", "</style><script>", "url(//x)", "1px/*", "((", "a" * 500, ["x"], {}, True, None]
)
def test_what_is_no_value_makes_no_rule(value: object) -> None:
    layout = {"minimumColumnWidth": value, "columnCount": value, "contentSize": value}
    settings = {
        "spacing": {"blockGap": value},
        "layout": {"selfStretch": "fixed", "flexSize": value},
        "elements": {"link": {"color": {"text": value}}},
    }
    for kind in ("grid", "flex", "constrained"):
        made = rules(parse(group(layout={**layout, "type": kind}, style=settings)), PAGE)
        assert not re.search(r"[<]|display|url|/\*|\(\(;|a{200}", made)
        assert made.count("{") == made.count("}")


def test_there_is_a_bound_to_the_rules_of_a_text() -> None:
    blocks = parse("".join(group(style={"spacing": {"blockGap": f"{at}px"}}) for at in range(2 * MOST)))
    assert rules(blocks, PAGE).count("\n") < MOST


def test_a_text_without_layouts_has_no_style(newsroom: Newsroom) -> None:
    assert shown_by(newsroom, "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->").style == ""
