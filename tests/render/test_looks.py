"""What a block may look like: only as its type allows, and nothing that its writer could break out with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.render.site import OwnSite, article, html_of
from wirepress.render.blocks.styles import looks_of
from wirepress.render.blocks.types import block_types, prepared, supports
from wirepress.render.response_context import ResponseContext
from wirepress.render.slugs import kebab

TITLE = "core/site-title"


def declared(name: str = TITLE, **settings: Any) -> list[str]:
    return looks_of(name, settings).declarations


def test_a_preset_takes_the_place_of_what_is_set_beside_it() -> None:
    looks = looks_of(TITLE, {"textColor": "accentOne", "style": {"color": {"text": "#123", "background": "#abc"}}})
    assert looks.classes == ["has-text-color", "has-accent-one-color", "has-background"]
    assert looks.declarations == ["background-color:#abc"]


def test_what_a_type_does_not_support_does_not_show() -> None:
    assert looks_of(
        "core/query-pagination-numbers", {"textColor": "accent-1", "style": {"spacing": {"margin": "1px"}}}
    ) == ([], [])
    assert looks_of("core/calendar", {"backgroundColor": "x"}) == ([], [])  # its table shows it
    assert looks_of("nobody/knows", {"backgroundColor": "x"}) == ([], [])


def test_values_that_could_end_a_declaration_are_left_out() -> None:
    style = {
        "color": {"background": "url(//evil)"},
        "typography": {"lineHeight": "expression(x)", "fontStyle": "a;b:c"},
    }
    assert declared(style=style) == ["font-style:a"]
    assert declared(style={"spacing": {"padding": {"x:y;position:fixed;left": "0"}}}) == []
    assert declared(style={"shadow": ["x"], "border": {"width": True, "radius": {"topLeft": 3}}}) == []


def test_bare_numbers_of_borders_are_pixels() -> None:
    style = {"border": {"width": 2, "radius": "4", "top": {"color": "var:preset|color|base", "width": "1px"}}}
    assert declared(style=style) == [
        "border-radius:4px", "border-width:2px", "border-top-width:1px",
        "border-top-color:var(--wp--preset--color--base)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12px", "12-px"),
        ("accentOne", "accent-one"),
        ("Large X", "large-x"),
        ("foo_bar", "foo-bar"),
        ("", ""),
        ("HTMLParser", "html-parser"),
        ("myHTMLColor", "my-html-color"),
        ("\u65e5\u672c", "\u65e5\u672c"),
        ("a\u65e5B", "a\u65e5-b"),
        ("\u65e5Ab", "\u65e5-ab"),
        ("1st", "1st"),
        ("2ND", "2nd"),
        ("3RDx", "3rd-x"),
        ("x1st", "x-1st"),
        ("AAb", "a-ab"),
        ("XMLHttp2Request", "xml-http-2-request"),
        ("\u00c0\u00c9\u00cex", "\u00c0\u00c9-\u00cex"),
        ("x\u00b7y", "x-y"),
        ("a\u00b2b", "a-b"),
        ("50%", "50"),
    ],
)
def test_slugs_of_presets_are_words_with_dashes(text: str, expected: str) -> None:
    assert kebab(text) == expected


def test_settings_are_held_to_the_schema_of_the_type() -> None:
    seen = prepared(
        "core/latest-posts", {"postsToShow": "many", "columns": "3", "categories": [1], "align": "up", "x": 1}
    )
    assert seen["postsToShow"] == 5
    assert seen["columns"] == "3"
    assert seen["x"] == 1
    assert "categories" not in seen
    assert "align" not in seen
    assert prepared("nobody/knows", {"a": 1}) == {"a": 1}


def test_the_types_are_whole() -> None:
    assert len(block_types()) == 116
    assert supports("core/group", "anchor")
    assert supports("core/list", "className", default=True)


@pytest.mark.parametrize("name", sorted(name for name, kind in block_types().items() if kind["dynamic"]))
def test_no_setting_of_a_dynamic_block_breaks_out_of_its_markup(name: str) -> None:
    evil = "\"><script>alert(1)</script><b a='"
    settings: dict[str, Any] = {
        key: evil for key, schema in block_types()[name]["attributes"].items() if schema.get("type") == "string"
    }
    settings |= {"textAlign": evil, "style": {"color": {"text": evil}, "elements": {"link": {"color": {"text": evil}}}}}
    content = f"<!-- wp:{name} {_written(settings)} /-->"
    html = html_of(content, OwnSite(), ResponseContext(address=f"/?x={evil}"))
    assert "<script" not in html
    assert " a='" not in html.replace("&", "")


def _written(settings: dict[str, Any]) -> str:
    text = json.dumps(settings)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "\\u002d\\u002d").replace("'", "\\u0027")


def test_private_posts_are_found_by_who_may_read_them() -> None:
    content = '<!-- wp:query {"query":{"perPage":5}} --><div><!-- wp:query-total /--></div><!-- /wp:query -->'
    site = OwnSite(article("x", 6_000, status="private", author=1, title="Mine"))
    site._posts = {key: post for key, post in site._posts.items() if key == 6_000}
    owner, other = site.user(1), site.user(2)
    assert "0 results" in html_of(content, site)
    assert "1 result " in html_of(
        content, site, ResponseContext(viewer=other, may=lambda what: what == "read_private_posts")
    )
    assert "0 results" in html_of(content, site, ResponseContext(viewer=other))
    assert "1 result " in html_of(content, site, ResponseContext(viewer=owner))


def test_the_password_of_an_answer_s_post_opens_no_other() -> None:
    site = OwnSite(article("secret", 6_000, password="p", title="Locked"))
    content = '<!-- wp:latest-posts {"postsToShow":100,"displayPostContent":true} /-->'
    opened = html_of(content, site, ResponseContext(opens_own=lambda _: True))
    assert "secret" not in opened
    assert "secret" in html_of(content, site, ResponseContext(opens=lambda post: post.is_protected))


def test_pictures_that_are_folded_away_are_fetched_last() -> None:
    picture = '<img src="https://a.example/x.png" width="2" height="1">'
    folded = html_of(f"<!-- wp:details --><details>{picture}</details><!-- /wp:details -->")
    assert 'fetchpriority="low"' in folded
    assert "loading" not in folded
    opened = html_of(f'<!-- wp:details {{"showContent":true}} --><details>{picture}</details><!-- /wp:details -->')
    assert 'loading="lazy"' in opened


def test_a_post_of_the_site_shows_where_its_address_stands_alone() -> None:
    known = article("x", 6_000, title="A “b” & c", date="2025-01-03 00:00:00")
    site = OwnSite(known)
    html = html_of(f"{site.permalink(known)}\n\nhttps://news.example.com/?p=999999", site)
    assert html.count("wp-embedded-content") == 2
    assert f'<a href="{site.permalink(known)}">A “b” &#038; c</a>' in html
    assert 'width="500" height="282"' in html
    assert "?p=999999</p>" in html
    small = html_of(f"[embed width=10]{site.permalink(known)}[/embed]", site)
    assert 'width="200" height="200"' in small
