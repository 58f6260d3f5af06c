"""The grammar of blocks and what is added to saved ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.site import OwnSite, article, html_of
from wirepress.render.blocks.fluid import fluid_size
from wirepress.render.blocks.parse import Block, has_blocks, parse, parse_checked, serialize

PIECES = st.sampled_from(
    [
        "<!-- wp:a -->",
        "<!-- /wp:a -->",
        '<!-- wp:b/c {"d":[1,{"e":"--\\u003e"}]} -->',
        "<!-- /wp:b/c -->",
        "<!-- wp:void /-->",
        "<!-- wp:bad {x} -->",
        "<!-- wp:",
        "-->",
        "<p>t</p>",
        "\n",
        "é",
    ]
)


def test_attributes_reach_to_the_brace_before_the_end_of_the_comment() -> None:
    block = parse('<!-- wp:a {"b":"} -->"} --><!-- /wp:a -->')[0]
    assert block.attributes is None  # cut at the first brace that a delimiter's end follows
    block = parse('<!-- wp:a {"b":"-->"} -->x<!-- /wp:a -->')[0]
    assert (block.attributes, block.html) == ({"b": "-->"}, "x")


def test_a_name_without_a_namespace_is_of_the_core() -> None:
    assert [block.name for block in parse("<!-- wp:a /--><!-- wp:b/c /-->")] == ["core/a", "b/c"]


def test_a_closer_without_a_block_leaves_the_rest_as_html() -> None:
    blocks, paired = parse_checked("x<!-- /wp:a -->y<!-- wp:b /-->")
    assert (blocks, paired) == ([Block(None, parts=["x<!-- /wp:a -->y<!-- wp:b /-->"])], False)


def test_halves_of_characters_are_no_attributes() -> None:
    assert parse('<!-- wp:a {"b":"\\ud800"} /-->')[0].attributes is None
    assert parse('<!-- wp:a {"b":"\ud800"} /-->')[0].attributes is None


@given(st.lists(PIECES, max_size=12).map("".join))
def test_writing_what_was_read_is_stable(text: str) -> None:
    written = serialize(parse(text))
    blocks, paired = parse_checked(text)
    if paired:
        assert serialize(parse(written)) == written
    assert all(block.name is None or block.parts.count(None) == len(block.inner) for block in blocks)


@given(st.text() | st.lists(PIECES, max_size=20).map("".join))
def test_a_content_without_delimiters_is_one_piece_of_html(text: str) -> None:
    blocks = parse(text)
    if not has_blocks(text) and "<!--" not in text:
        assert blocks == ([Block(None, parts=[text])] if text else [])


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ("20px", "clamp(14px, 0.875rem + ((1vw - 3.2px) * 0.588), 20px)"),
        ("14px", None),
        ("big", None),
        ("9" * 400 + "px", None),
    ],
)
def test_fluid_sizes(size: str, shown: str | None) -> None:
    assert fluid_size(size) == shown


def test_an_unknown_block_keeps_what_was_saved() -> None:
    assert html_of("<!-- wp:my/own --><b>saved</b><!-- /wp:my/own -->") == "<b>saved</b>"


def test_a_hidden_block_is_not_shown() -> None:
    hidden = '<!-- wp:paragraph {"metadata":{"blockVisibility":false}} --><p>x</p><!-- /wp:paragraph -->'
    assert html_of(hidden) == ""


def test_deep_nesting_ends() -> None:
    depth = 5_000
    text = "<!-- wp:group --><div>" * depth + "x" + "</div><!-- /wp:group -->" * depth
    assert "x" in html_of(text)


def test_a_pattern_that_holds_itself_ends() -> None:
    def stored(post_id: int, ref: int) -> object:
        text = f'<!-- wp:block {{"ref":{ref}}} /--><!-- wp:paragraph --><p>{post_id}</p><!-- /wp:paragraph -->'
        return article(text, post_id, type="wp_block")

    site = OwnSite(stored(7_001, 7_002), stored(7_002, 7_001))  # type: ignore[arg-type]
    html = html_of('<!-- wp:block {"ref":7001} /-->', site)
    assert html == '<p class="wp-block-paragraph">7002</p><p class="wp-block-paragraph">7001</p>'


def test_patterns_that_multiply_are_bounded() -> None:
    def stored(level: int) -> object:
        text = (
            f'<!-- wp:block {{"ref":{8_001 + level}}} /-->' * 30 + "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"
        )
        return article(text, 8_000 + level, type="wp_block")

    site = OwnSite(*(stored(level) for level in range(12)))  # type: ignore[arg-type]
    assert html_of('<!-- wp:block {"ref":8000} /-->', site).count("<p") < 250_000


def test_a_draft_pattern_is_not_shown() -> None:
    site = OwnSite(article("secret", 7_003, type="wp_block", status="draft"))
    assert html_of('<!-- wp:block {"ref":7003} /-->', site) == ""


def test_a_child_of_a_row_that_fills_it_has_a_class_of_its_own() -> None:
    style = '{"style":{"layout":{"selfStretch":"fill","flexSize":null}}}'
    child = f"<!-- wp:paragraph {style} --><p>x</p><!-- /wp:paragraph -->"
    row = f'<!-- wp:group {{"layout":{{"type":"flex"}}}} --><div class="wp-block-group">{child}</div><!-- /wp:group -->'
    assert '<p class="wp-container-content-9cfa9a5a wp-block-paragraph">x</p>' in html_of(row)


def test_padding_gives_a_constrained_group_a_class_of_its_own() -> None:
    style = '"style":{"spacing":{"padding":{"left":"1px"}}},"layout":{"type":"constrained"}'
    group = f'<!-- wp:group {{{style}}} --><div class="wp-block-group"></div><!-- /wp:group -->'
    assert "wp-container-core-group-is-layout-" in html_of(group)
    assert "wp-container" not in html_of(group.replace('"left"', '"top"'))


def test_attributes_are_written_so_that_they_cannot_end_the_comment() -> None:
    written = serialize([Block("core/a", {"b": '-->"\\ &', "d": "é/\u2028"})])
    assert written == r'<!-- wp:a {"b":"\u002d\u002d\u003e\u0022\u005c \u0026","d":"é/\u2028"} /-->'
    assert parse(written)[0].settings["b"] == '-->"\\ &'


def test_an_object_without_keys_is_a_list_as_in_php() -> None:
    assert parse('<!-- wp:a {"b":{},"c":{"0":1,"1":2},"d":{"1":1}} /-->')[0].attributes == {
        "b": [],
        "c": [1, 2],
        "d": {"1": 1},
    }
    assert parse("<!-- wp:a {} /-->")[0].attributes == {}


def test_a_cover_of_a_proportion_has_no_least_height() -> None:
    ratio = '{"style":{"dimensions":{"aspectRatio":"16/9"}}}'
    html = html_of(f'<!-- wp:cover {ratio} --><div class="a" style="color:red"></div><!-- /wp:cover -->')
    assert "wp-block-cover-is-layout-flow has-aspect-ratio" in html
    assert 'style="color:red;aspect-ratio:16/9;height:unset;min-height:unset;"' in html


@pytest.mark.parametrize(
    ("duotone", "name"),
    [
        ('["#000","#FFF"]', "wp-duotone-000-fff-1"),
        ('"unset"', "wp-duotone-unset-1"),
        ('"var:preset|duotone|midnight"', "wp-duotone-midnight"),
    ],
)
def test_a_filter_of_two_colours_is_a_class(duotone: str, name: str) -> None:
    saved = '<figure class="wp-block-image"><img src="/a.png" alt=""/></figure>'
    image = f'<!-- wp:image {{"style":{{"color":{{"duotone":{duotone}}}}}}} -->{saved}<!-- /wp:image -->'
    assert f'<figure class="wp-block-image {name}">' in html_of(image)


def test_a_block_hidden_on_some_screens_says_so() -> None:
    view = '{"metadata":{"blockVisibility":{"viewport":{"tablet":false,"mobile":false,"desktop":true}}}}'
    paragraph = f"<!-- wp:paragraph {view} --><p>x</p><!-- /wp:paragraph -->"
    assert html_of(paragraph) == '<p class="wp-block-hidden-mobile wp-block-hidden-tablet wp-block-paragraph">x</p>'


def test_a_place_of_a_pattern_says_parts_of_it_anew() -> None:
    bound = '"metadata":{"name":"Lead","bindings":{"__default":{"source":"core/pattern-overrides"}}}'
    stored = f"<!-- wp:paragraph {{{bound}}} --><p>kept</p><!-- /wp:paragraph -->"
    site = OwnSite(article(stored, 7_010, type="wp_block"))
    said = '{"ref":7010,"content":{"Lead":{"content":"a <b>b</b><script>x</script>"}}}'
    assert html_of(f"<!-- wp:block {said} /-->", site) == '<p class="wp-block-paragraph">a <b>b</b>x</p>'
    assert html_of('<!-- wp:block {"ref":7010} /-->', site) == '<p class="wp-block-paragraph">kept</p>'


def test_a_block_shows_what_is_known_of_its_post() -> None:
    def shown(source: str, field: str) -> str:
        bound = f'{{"metadata":{{"bindings":{{"content":{{"source":"{source}","args":{{"field":"{field}"}}}}}}}}}}'
        text = f"<!-- wp:heading {bound} --><h2>kept</h2><!-- /wp:heading -->"
        return html_of(text, date="2025-01-02T03:04:05", date_gmt="2025-01-02T03:04:05")

    assert "2025-01-02T03:04:05+00:00</h2>" in shown("core/post-data", "date")
    assert ">kept</h2>" in shown("core/post-data", "nothing")
    assert ">kept</h2>" in shown("own/source", "date")
