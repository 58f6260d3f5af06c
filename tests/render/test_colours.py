"""Colours as they are written, and what can be read on what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.render.colours import (
    BLACK,
    READABLE,
    WHITE,
    Colour,
    colour_of,
    contrast,
    least,
    readable,
    text_on,
)

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3, st.just(1.0))


@pytest.mark.parametrize(
    ("written", "expected", "alpha"),
    [
        ("#fff", "#ffffff", 1),
        (" #ABCDEF ", "#abcdef", 1),
        ("#f008", "#ff0000", 8 / 15),
        ("#ff000000", "#ff0000", 0),
        ("rebeccapurple", "#663399", 1),
        ("rgb(1, 2, 3)", "#010203", 1),
        ("RGBA(100%,0%,0%,.5)", "#ff0000", 0.5),
        ("rgb(1 2 3 / 25%)", "#010203", 0.25),
        ("hsl(120, 100%, 25%)", "#008000", 1),
        ("hsl(-240deg 100% 50%)", "#00ff00", 1),
        ("rgb(999,-5,0)", "#ff0000", 1),
        ("transparent", "#000000", 0),
    ],
)
def test_colours_are_read_as_browsers_read_them(written: str, expected: str, alpha: float) -> None:
    found = colour_of(written)
    assert found is not None
    assert found.hex == expected
    assert found.alpha == pytest.approx(alpha)


@pytest.mark.parametrize("written", ["", "#12", "#12345", "rgb(1,2)", "rgb(a,b,c)", "url(x)", "var(--x)", "lab(1 2 3)"])
def test_what_is_no_colour_is_none(written: str) -> None:
    assert colour_of(written) is None


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Colour(118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)


@given(st.lists(COLOURS, min_size=1, max_size=6))
def test_there_is_a_text_for_every_background(grounds: list[Colour]) -> None:
    text, veil = text_on(grounds)
    over = WHITE if text == BLACK else BLACK
    assert least(text, [ground.mixed(over, veil) for ground in grounds]) >= READABLE
    if len(grounds) == 1:
        assert veil == 0


@given(COLOURS)
def test_every_text_becomes_readable_and_stays_what_it_is_where_it_can(text: Colour) -> None:
    for grounds, towards in (([WHITE], BLACK), ([BLACK], WHITE)):
        shown = readable(text, grounds, towards)
        assert least(shown, grounds) >= READABLE
        assert shown[:3] == text[:3] or least(text, grounds) < READABLE
