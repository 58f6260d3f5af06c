"""Whole posts: rendering never raises, whatever their text, and its work grows no faster than the text."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.lookup import golden_lookup
from tests.render.site import OwnSite, article
from tests.render.test_robustness import PIECES
from wirepress.render.blocks.layout import DEFAULTS
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.holes import fill, fill_content
from wirepress.render.post import render_post
from wirepress.render.response_context import Counters, ResponseContext

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "x", "center", "1e999"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "color", "a"]), inner),
    max_leaves=4,
)
# fmt: off
KEYS = [
    "style", "className", "layout", "level", "isLink", "id", "ref", "query", "metadata", "align", "textAlign",
    "label", "url", "service", "size", "year", "month", "type", "taxonomy", "postsToShow", "commentsToShow",
    "term", "format", "numberOfTags", "categories", "displayPostContent", "showHierarchy",
]
# fmt: on
STATIC = ("core/gallery", "core/image", "core/button", "core/heading", "core/list", "core/paragraph", "core/shortcode")
NAMES = sorted({*DYNAMIC, *DEFAULTS, *STATIC})
SETTINGS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3)
STYLES = st.fixed_dictionaries(
    {
        "style": st.dictionaries(
            st.sampled_from(["elements", "spacing", "position", "background", "layout", "typography"]),
            VALUES,
            max_size=3,
        )
    }
)


def opened(name: str, attributes: dict[str, Any]) -> str:
    from wirepress.render.blocks.parse import attributes_json

    return f"<!-- wp:{name} {attributes_json(attributes)} -->"


OPENERS = st.builds(opened, st.sampled_from(NAMES), SETTINGS | STYLES)
CLOSERS = st.sampled_from(NAMES).map(lambda name: f"<!-- /wp:{name} -->")
PARTS = (
    OPENERS
    | CLOSERS
    | st.sampled_from([*PIECES, '<img class=wp-image-1 src="x">', "[gallery ids=1,2,3]", "<!--more-->"])
)
CONTENTS = st.lists(PARTS, max_size=12).map("".join)
SITE = OwnSite()


@settings(deadline=None)
@given(CONTENTS)
def test_no_content_makes_rendering_raise(content: str) -> None:
    post = article(content)
    made = render_post(post, SITE)
    answer = ResponseContext(datetime(2025, 6, 15, tzinfo=UTC), golden_lookup().user(1), content[:200])
    fill_content(post, made.content, Counters(), SITE, answer)
    fill(made.excerpt, Counters(), SITE, answer, post)


@pytest.mark.parametrize("name", NAMES)
def test_a_block_without_settings_renders_anywhere(name: str) -> None:
    for content in (f"<!-- wp:{name} /-->", f"<!-- wp:{name} --><div>x</div><!-- /wp:{name} -->"):
        post = article(content)
        fill_content(post, render_post(post, SITE).content, Counters(), SITE, ResponseContext())


REPEATED = (
    "<!-- wp:a -->",
    "<!-- wp:a {",
    '<!-- wp:a {"b":1} -->',
    "<!-- /wp:a -->",
    "<!--more",
    "<!--more\n",
    "<!--nextpage-->",
    "<img ",
    '<img src="',
    '<img src="x" class="wp-image-1">',
    "<iframe ",
    "[caption width=3]",
    '[caption width="3"]<img x>',
    "[gallery]",
    "[embed]x",
    "\nhttps://a.b/c\n",
    "<p>https://a.b/",
    "<!-- wp:group --><div>",
    '<!-- wp:paragraph --><p style="',
    '<!-- wp:group {"style":{"elements":{"link":{"color":{"text":"x"}}}}} --><div><!-- /wp:group -->',
)


def calls(content: str) -> int:
    """How many steps rendering takes: lines run, which no busy machine changes."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return step

    post = article(content)
    before = sys.gettrace()
    sys.settrace(step)
    try:
        render_post(post, SITE)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", REPEATED)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    short = unit * (2_000 // len(unit))
    assert calls(short * 4) < 6 * max(calls(short), 2_000)
