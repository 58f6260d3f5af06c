"""Numbers, viewers and other posts: what only an answer knows."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.golden.lookup import golden_lookup
from tests.render.site import OwnSite, article, html_of
from wirepress.model.rendering import HoleKind
from wirepress.render.holes import fill, fill_content
from wirepress.render.post import render_content, render_excerpt, render_post
from wirepress.render.response_context import Counters, ResponseContext

GALLERY = '[gallery ids="1"]'
SEARCH = "<!-- wp:search /-->"


def kinds(content: str) -> set[HoleKind]:
    text = render_content(article(content), OwnSite())
    return {piece.kind for piece in text.pieces if not isinstance(piece, str)}


def test_a_plain_content_has_no_hole() -> None:
    assert render_post(article("<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"), OwnSite()).content.solid


def test_each_dynamic_block_says_what_it_waits_for() -> None:
    assert kinds("<!-- wp:latest-posts /-->") == {HoleKind.POSTS}
    assert kinds("<!-- wp:latest-posts /--><!-- wp:calendar /-->") == {HoleKind.TIME}
    assert kinds("<!-- wp:calendar /--><!-- wp:loginout /-->") == {HoleKind.VIEWER}
    assert kinds(SEARCH) == {HoleKind.NUMBER}


def test_numbers_go_on_through_an_answer() -> None:
    site, counters = OwnSite(), Counters()
    post = article(f"{GALLERY} {GALLERY}")
    text = render_content(post, site)
    fill_content(post, text, counters, site, ResponseContext())
    shown = fill_content(post, text, counters, site, ResponseContext())
    assert "gallery-3" in shown
    assert "gallery-4" in shown
    assert "gallery-2" not in shown


def test_an_excerpt_counts_what_it_does_not_show() -> None:
    site, counters = OwnSite(), Counters()
    post = article("[[gallery]] words")  # stripping leaves [gallery], which is then expanded
    text = render_excerpt(post, site)
    assert fill(text, counters, site, ResponseContext(), post) == "<p>words</p>\n"
    assert counters.taken["gallery"] == 1


def test_after_a_content_of_blocks_a_lone_shortcode_keeps_its_paragraph() -> None:
    site, counters = OwnSite(), Counters()
    classic, blocks = article(GALLERY), article("<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->")
    text = render_content(classic, site)
    assert fill_content(classic, text, counters, site, ResponseContext()).startswith("<div id='gallery-1'")
    fill_content(blocks, render_content(blocks, site), counters, site, ResponseContext())
    assert fill_content(classic, text, counters, site, ResponseContext()).startswith("<p><div id='gallery-2'")


def test_the_way_in_knows_the_viewer_and_comes_back() -> None:
    block = "<!-- wp:loginout /-->"
    out = html_of(block, answer=ResponseContext(address="/a?b=ü&c[]=d~"))
    assert "Log in" in out
    assert "redirect_to=https%3A%2F%2Fnews.example.com%2Fa%3Fb%3D%C3%BC%26c%5B%5D%3Dd%7E" in out
    viewer = golden_lookup().user(1)
    inside = html_of(block, answer=ResponseContext(viewer=viewer, nonce=lambda action: f"{action}-n"))
    assert "_wpnonce=log-out-n" in inside


def test_a_raw_text_cannot_forge_a_number() -> None:
    html = html_of("a \ufdd00:unique\ufdd1 b")
    assert html == "<p>a 0:unique b</p>\n"


def test_a_number_out_of_an_attribute_does_no_harm() -> None:
    forged = '{"label":"\\ufdd0' + "9" * 5_000 + ':x\\ufdd1"}'
    assert "wp-block-search" in html_of(f"<!-- wp:search {forged} /-->")


def test_the_calendar_shows_the_month_of_the_answer() -> None:
    answer = ResponseContext(datetime(2024, 2, 29, 23, tzinfo=UTC))
    html = html_of("<!-- wp:calendar /-->", answer=answer)
    assert "<caption>February 2024</caption>" in html
    assert 'id="today"' in html
    assert "Mar &raquo;" in html


def test_a_query_loop_shows_its_posts() -> None:
    template = '<!-- wp:post-title {"isLink":true} /--><!-- wp:post-date /-->'
    loop = (
        '<!-- wp:query {"queryId":1,"query":{"perPage":2,"order":"asc","orderBy":"date"}} -->'
        f'<div class="wp-block-query"><!-- wp:post-template -->{template}<!-- /wp:post-template --></div>'
        "<!-- /wp:query -->"
    )
    html = html_of(loop)
    assert html.count('<li class="wp-block-post ') == 2
    assert html.count('<h2 class="wp-block-post-title"><a href="https://news.example.com/index.php/2024/') == 2


def test_a_content_inside_itself_ends() -> None:
    assert html_of("x<!-- wp:post-content /-->") == "x"
    everything = '<!-- wp:query {"query":{"perPage":100}} --><!-- wp:post-template --><!-- wp:post-content /-->'
    everything += "<!-- /wp:post-template --><!-- /wp:query -->"
    posts = [article(everything, 9_000 + place, date="2025-06-01 00:00:00") for place in range(3)]
    assert "wp-block-post-content" in html_of(everything, OwnSite(*posts[:2]))
    assert html_of(everything, OwnSite(*posts)).startswith("<pre>&lt;!-- wp:query"), "it multiplies"
