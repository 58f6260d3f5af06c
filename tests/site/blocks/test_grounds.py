"""Writers' colours can be read, whatever the scheme."""

from __future__ import annotations

import re

import pytest

from tests.site.blocks.conftest import stepped
from wirepress.content.themes.catalog import newspaper
from wirepress.content.themes.styles import SETTINGS
from wirepress.render.colours import READABLE, contrast
from wirepress.site.assets import FOLDER, Assets
from wirepress.site.blocks.presets import COLOURS, FOLLOWING, known, stylesheet


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<p style="background:#eee">x</p>', '<p class="is-on-light" style="background:#eee">x</p>'),
        ('<p style="padding:1px;background-color: navy">x</p>', "is-on-dark"),
        ('<p style="background:linear-gradient(90deg,#fff,#fe0)">x</p>', "is-on-light"),
        ('<p style="background:linear-gradient(#000,#fff)">x</p>', "box-shadow:inset 0 0 0 100vmax rgb("),
        ('<p style="background-color:#00000080">x</p>', "background-color:#7f7e7c"),
        ('<p style="background:#fff"><b style="background:#fff8">x</b></p>', '<b style="background:#fff8">'),
        ('<p class="has-ink-background-color" style="color:#fff">x</p>', "is-written"),
        ('<p style="color:#eeeeee">x</p>', "--written:#eeeeee;--on-light:#6b6b6b;--on-dark:#eeeeee"),
        ('<p style="color:#111;margin:0">x</p>', 'class="is-shaded" style="margin:0;--written:#111111;'),
        ('<a class="wp-block-button__link" style="color:#ffff00">x</a>', "color:#ffff00;background-color:#000000"),
    ],
)
def test_text_and_background_are_seen_to(written: str, expected: str) -> None:
    assert expected in stepped(written)


@pytest.mark.parametrize(
    "written",
    [
        '<p style="background:url(x.png)">x</p>',
        '<p style="background-color:transparent;border-color:#fff">x</p>',
        '<p style="background:var(--x);color:var(--y)">x</p>',
        '<hr style="background-color:#fff">',
        '<span class="wp-block-cover__background" style="background-color:#fff"></span>',
        "<p>color: background:</p>",
    ],
)
def test_what_needs_nothing_stays_byte_for_byte(written: str) -> None:
    assert stepped(written) == written


def declared(style: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z0-9-]+): ([^;]+);", style.partition("\n:is(")[0]))


def test_every_preset_of_the_theme_and_of_wordpress_has_a_value() -> None:
    found = declared(stylesheet(SETTINGS))
    for kind, slugs in {
        "color": [*COLOURS, *FOLLOWING, "base", "contrast"],
        "font-size": ["small", "medium", "large", "x-large", "xx-large"],
        "spacing": ["20", "30", "40", "50", "60", "70", "80"],
        "gradient": ["midnight", "ink-to-accent"],
        "shadow": ["natural", "soft"],
        "font-family": ["serif", "sans", "mono"],
    }.items():
        assert all(found.get(f"--wp--preset--{kind}--{slug}") for slug in slugs), kind
    style = Assets(newspaper()).answer(f"{FOLDER}site.css")
    assert style is not None
    assert stylesheet(SETTINGS).encode() in style.body


def test_texts_in_presets_can_be_read_on_the_page() -> None:
    shades = re.findall(r"(--wp--text--[a-z0-9-]+): light-dark\((#\w+), (#\w+)\)", stylesheet(SETTINGS))
    assert len(shades) >= 12
    for name, light, dark in shades:
        assert contrast(known(light), known("#f4f0e8")) >= READABLE, name
        assert contrast(known(dark), known("#23211e")) >= READABLE, name


def test_a_theme_whose_paper_is_no_colour_has_presets() -> None:
    settings = {"color": {"palette": {"theme": [{"slug": "paper", "color": "var(--nothing)"}]}}}
    assert declared(stylesheet(settings))["--wp--preset--color--paper"] == "var(--paper)"


def test_a_theme_cannot_break_out_of_its_presets() -> None:
    bad = {"slug": "x", "color": "red} body { display:none"}
    worse = {"slug": "y{}", "color": "#fff"}
    settings = {"color": {"palette": {"theme": [bad, worse, {"slug": "mine", "color": "#123456"}, None, "x"]}}}
    style = stylesheet(settings)
    assert "display" not in style
    assert "y{}" not in style
    assert "--wp--preset--color--mine: #123456;" in style
    assert style.count("{") == style.count("}")
