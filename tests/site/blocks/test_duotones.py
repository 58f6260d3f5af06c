"""Filters of two colours: one for each that a text uses, over its pictures alone."""

from __future__ import annotations

import json
import re

import pytest

from tests.site.blocks.conftest import shown_by
from wirepress.content.newsroom import Newsroom
from wirepress.site.blocks.duotones import MOST


def image(duotone: object) -> str:
    settings = json.dumps({"style": {"color": {"duotone": duotone}}})
    picture = '<figure class="wp-block-image"><img src="/a.png" alt=""/></figure>'
    return f"<!-- wp:image {settings} -->{picture}<!-- /wp:image -->"


def test_a_preset_is_drawn_in_its_colours(newsroom: Newsroom) -> None:
    shown = shown_by(newsroom, image("var:preset|duotone|blue-orange"))
    assert shown.html.count("<filter ") == 1
    assert '<filter id="wp-duotone-blue-orange" color-interpolation-filters="sRGB">' in shown.html
    assert '<feFuncR type="table" tableValues="0.09804 1"/>' in shown.html
    assert '<feFuncB type="table" tableValues="0.8471 0.4196"/>' in shown.html
    assert ".content :is(.wp-duotone-blue-orange):not(.wp-block-cover) img" in shown.style
    assert "{ filter: url(#wp-duotone-blue-orange); }" in shown.style


def test_colours_of_a_writer_are_drawn_once_however_many_pictures_have_them(newsroom: Newsroom) -> None:
    shown = shown_by(newsroom, image(["#000", "rgb(255, 0, 0)", "#FFF"]) * 2)
    names = re.findall(r'class="wp-block-image (wp-duotone-[^ "]+)', shown.html)
    assert len(set(names)) == 2
    assert shown.html.count("<filter ") == 1
    assert 'tableValues="0 1 1"' in shown.html
    assert all(f".{name}" in shown.style for name in names)


def test_a_cover_colours_its_own_picture_alone(newsroom: Newsroom) -> None:
    settings = json.dumps({"url": "/a.png", "style": {"color": {"duotone": ["#000", "#fff"]}}})
    cover = (
        f'<!-- wp:cover {settings} --><div class="wp-block-cover"><img class="wp-block-cover__image-background" alt=""'
        ' src="/a.png"/><div class="wp-block-cover__inner-container"></div></div><!-- /wp:cover -->'
    )
    assert (
        "> :is(.wp-block-cover__image-background, .wp-block-cover__video-background)" in shown_by(newsroom, cover).style
    )


@pytest.mark.parametrize(
    "duotone", ["unset", "var:preset|duotone|nobody-knows", ["#000"], ["#000", "url(#x)"], ["#000", "</svg>"], [[], {}]]
)
def test_what_is_no_filter_draws_none(newsroom: Newsroom, duotone: object) -> None:
    shown = shown_by(newsroom, image(duotone))
    assert "<svg" not in shown.html
    assert "filter" not in shown.style


def test_there_is_a_bound_to_the_filters_of_a_text(newsroom: Newsroom) -> None:
    text = "".join(image(["#000", f"#0000{number:02x}"]) for number in range(2 * MOST))
    shown = shown_by(newsroom, text)
    assert shown.html.count("<filter ") == MOST
    assert shown.style.count("filter:") == MOST


def test_a_text_with_the_word_alone_has_no_filter(newsroom: Newsroom) -> None:
    shown = shown_by(newsroom, "<!-- wp:paragraph --><p>wp-duotone-blue-red</p><!-- /wp:paragraph -->")
    assert "<svg" not in shown.html


ALIKE = (["rgb(1, 11, 0)", "#fff"], ["rgb(11, 1, 0)", "#fff"])
RED = {0: "0.003922 1", 1: "0.04314 1"}


def reds(html: str, style: str) -> list[str]:
    """What the filter over each picture makes of red, in the pictures' order."""
    tables = dict(re.findall(r'<filter id="([^"]+)".*?<feFuncR type="table" tableValues="([^"]+)"', html))
    found = []
    for name in re.findall(r'class="wp-block-image (wp-duotone-[^ "]+)', html):
        [used] = re.findall(rf"\.{name}[,)].*filter: url\(#([^)]+)\)", style)
        found.append(tables[used])
    return found


def test_colours_that_give_one_name_stay_apart(newsroom: Newsroom) -> None:
    order = (0, 1, 1, 0)
    shown = shown_by(newsroom, "".join(image(ALIKE[one]) for one in order))
    assert shown.html.count("<filter ") == 2
    assert reds(shown.html, shown.style) == [RED[one] for one in order]


@pytest.mark.parametrize(("part", "order"), [(1, [0]), (2, [1, 0])])
def test_they_do_on_each_page_of_a_text(newsroom: Newsroom, part: int, order: list[int]) -> None:
    split = "<!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage -->"
    shown = shown_by(newsroom, image(ALIKE[0]) + split + image(ALIKE[1]) + image(ALIKE[0]), part)
    assert reds(shown.html, shown.style) == [RED[one] for one in order]


def test_none_is_drawn_where_nothing_tells_whose_colours_are_whose(newsroom: Newsroom) -> None:
    forged = '<!-- wp:html --><p class="wp-duotone-rgb1110-fff-99">x</p><!-- /wp:html -->'
    shown = shown_by(newsroom, image(ALIKE[0]) + forged + image(ALIKE[1]))
    assert "filter" not in shown.style


def test_a_colour_that_is_none_takes_no_other_ones_name(newsroom: Newsroom) -> None:
    shown = shown_by(newsroom, image(["rgb1110", "#fff"]) + image(ALIKE[1]))
    assert shown.html.count("<filter ") == 1
    assert shown.style.count("wp-duotone-rgb1110-fff-") == 3
