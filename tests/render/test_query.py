"""The query loop and the way to its other pages."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.site import OwnSite, article, html_of
from wirepress.render.blocks.pages import links
from wirepress.render.response_context import ResponseContext

TITLES = "<!-- wp:post-template --><!-- wp:post-title /--><!-- /wp:post-template -->"
PAGER = (
    '<!-- wp:query-pagination {"paginationArrow":"arrow"} --><!-- wp:query-pagination-previous /-->'
    '<!-- wp:query-pagination-numbers /--><!-- wp:query-pagination-next {"label":"More <b>"} /-->'
    "<!-- /wp:query-pagination -->"
)


def loop(inner: str = TITLES, settings: str = "", **query: object) -> str:
    wanted = json.dumps({"perPage": 2, "postType": "page", "order": "asc", "orderBy": "id", **query})
    more = f",{settings}" if settings else ""
    return (
        f'<!-- wp:query {{"queryId":3,"query":{wanted}{more}}} -->'
        f'<div class="wp-block-query">{inner}</div><!-- /wp:query -->'
    )


def pages_of(count: int) -> OwnSite:
    """A site with this many pages of its own and no other."""
    site = OwnSite(*(article("x", 6_000 + n, type="page", title=f"P{n}") for n in range(count)))
    site._posts = {key: post for key, post in site._posts.items() if post.type != "page" or key >= 6_000}
    return site


def shown(content: str, address: str = "/a/", count: int = 5) -> str:
    return html_of(content, pages_of(count), ResponseContext(address=address))


def test_a_loop_shows_the_page_that_is_asked_for() -> None:
    assert re.findall(r">(P\d)<", shown(loop())) == ["P0", "P1"]
    assert re.findall(r">(P\d)<", shown(loop(), "/a/?query-3-page=3")) == ["P4"]
    assert re.findall(r">(P\d)<", shown(loop(), "/a/?query-4-page=3")) == ["P0", "P1"]
    assert "<ul" not in shown(loop(), "/a/?query-3-page=9")
    assert re.findall(r">(P\d)<", shown(loop(offset=1))) == ["P1", "P2"]


def test_the_way_to_other_pages() -> None:
    html = shown(loop(PAGER), "/a/?x=1&query-3-page=2&y=%C3%A9")
    assert html[html.index("<nav") : html.index("</nav>")] == (
        '<nav class="wp-block-query-pagination is-layout-flex wp-block-query-pagination-is-layout-flex" '
        'aria-label="Pagination">'
        '<a href="/a/?x=1&#038;query-3-page=1&#038;y=%C3%A9" class="wp-block-query-pagination-previous">'
        "<span class='wp-block-query-pagination-previous-arrow is-arrow-arrow' aria-hidden='true'>\u2190</span>"
        "Previous Page</a>"
        '<div class="wp-block-query-pagination-numbers">'
        '<a class="page-numbers" href="?cst&#038;x=1&#038;y=%C3%A9">1</a>\n'
        '<span aria-current="page" class="page-numbers current">2</span>\n'
        '<a class="page-numbers" href="?query-3-page=3&#038;cst&#038;x=1&#038;y=%C3%A9">3</a></div>'
        '<a href="/a/?x=1&#038;query-3-page=3&#038;y=%C3%A9" class="wp-block-query-pagination-next">More &lt;b&gt;'
        "<span class='wp-block-query-pagination-next-arrow is-arrow-arrow' aria-hidden='true'>\u2192</span></a>"
    )


def test_the_first_and_the_last_page_have_one_neighbour() -> None:
    assert "Previous Page" not in shown(loop(PAGER))
    assert "More" not in shown(loop(PAGER), "/a/?query-3-page=3")
    assert "<nav" not in shown(loop(PAGER), count=2)
    assert "query-3-page=3" not in shown(loop(PAGER, pages=2))


def test_a_label_that_is_not_shown_is_told() -> None:
    pager = PAGER.replace('"arrow"', '"chevron","showLabel":false')
    html = shown(loop(pager))
    assert 'aria-label="More &lt;b&gt;"><span class=' in html
    assert "»" in html


@pytest.mark.parametrize(
    ("address", "kind", "said"),
    [
        ("/a/", "total-results", "5 results found"),
        ("/a/", "range-display", "Displaying 1 – 2 of 5"),
        ("/a/?query-3-page=3", "range-display", "Displaying 5 of 5"),
    ],
)
def test_how_many_there_are(address: str, kind: str, said: str) -> None:
    block = f'<!-- wp:query-total {{"displayType":"{kind}"}} /-->'
    assert f'<div class="wp-block-query-total">{said}</div>' in shown(loop(block), address)


def test_a_loop_that_scripts_may_take_over_says_so() -> None:
    html = shown(loop(TITLES + PAGER, '"enhancedPagination":true'))
    assert 'data-wp-router-region="query-3"' in html
    assert 'data-wp-key="post-template-item-6000"' in html
    assert html.count('data-wp-on--click="core/query::actions.navigate"') == 3


def test_nothing_found() -> None:
    none = "<!-- wp:query-no-results --><p>None.</p><!-- /wp:query-no-results -->"
    assert ">None.</p></div>" in shown(loop(none), count=0)
    assert "None." not in shown(loop(none))


@pytest.mark.parametrize(
    "query", [{"perPage": "x"}, {"perPage": -1}, {"taxQuery": [1]}, {"orderBy": []}, {"pages": {}}]
)
def test_odd_settings_are_borne(query: dict[str, object]) -> None:
    assert "wp-block-query" in shown(loop(TITLES + PAGER, "", **query))


@given(st.integers(1, 300), st.integers(0, 300), st.integers(-2, 400))
def test_numbers_of_pages(current: int, total: int, around: int) -> None:
    html = links(current, total, around, lambda number: f"?p={number}")
    if total < 2:
        assert html == ""
        return
    numbers = [int(n) for n in re.findall(r">(\d+)<", html)]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (1, total)
    assert html.count("current") == (2 if current <= total else 0)
    assert html.count("&hellip;") <= 2
