"""Themes as they lie in folders: what theme.toml may say, and what no theme may bring along."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.content.themes import folder as folders
from wirepress.content.themes.catalog import SHOWN, Themes, newspaper
from wirepress.content.themes.colours import READABLE, contrast, is_colour, mixed
from wirepress.content.themes.css import is_whole
from wirepress.content.themes.customised import Customised, customised
from wirepress.content.themes.settings import settings_of, styles_of
from wirepress.content.themes.styles import SETTINGS, STYLES
from wirepress.content.themes.theme import READ_ON, Theme
from wirepress.content.themes.variables import stylesheet
from wirepress.model.errors import Conflict, Invalid, NotFound

UPLOADS = "https://news.example/wp-content/uploads"


@pytest.fixture
def themes(tmp_path: Path) -> Themes:
    return Themes(tmp_path / "themes")


def read(themes: Themes, manifest: str, name: str = "mine") -> tuple[Theme, list[str]]:
    assert themes.folder is not None
    folder = themes.folder / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.toml").write_text(manifest)
    return themes.read(name)


def test_what_is_not_said_is_as_in_the_newspaper(themes: Themes) -> None:
    theme, problems = read(themes, 'name = "Mine"\n[colours.light]\naccent = "#123456"\n[type]\nline = 1.7\n')
    assert problems == []
    assert (theme.title, theme.light.accent, theme.light.ink) == ("Mine", "#123456", newspaper().light.ink)
    assert (theme.dark, theme.type.line, theme.spacing) == (newspaper().dark, 1.7, newspaper().spacing)
    assert theme.menus == {}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('colour = "red"', "colour means nothing; did you mean colours?"),
        ("[colours.light]\nacent = '#123456'", "colours.light.acent means nothing; did you mean accent?"),
        ("[colours.lite]", "colours.lite means nothing; did you mean light?"),
        ("[colours.light]\ninc = '#123456'\n", "colours.light.inc means nothing; did you mean ink?"),
        ("[colours.light]\nink = 'red'", "colours.light.ink = 'red' is no colour"),
        ("[colours]\nlight = 1", "colours.light is a table"),
        ("[type]\nserif = 'a; } body { x: y'", "type.serif"),
        ("[type]\nserif = 'url(//evil.example)'", "type.serif"),
        ("[type]\ntext = 'mono'", "type.text = 'mono' is neither serif nor sans"),
        ("[type]\nline = true", "type.line = True"),
        ("[spacing]\ngap = 3", "spacing.gap = 3"),
        ("[menus]\nA = 'b'", "menus.A"),
        ("[menus]\na = 1", "menus.a"),
        ("[images]\nlarge = { width = 1 }", "images.large"),
        ("[images]\nhero = { width = 0 }", "images.hero"),
        ("[images]\nhero = { width = 100, crop = true }", "images.hero"),
        ("[images]\nhero = { width = 100, height = 10, depth = 1 }", "images.hero.depth means nothing"),
        ("[settings.colour]\ncustom = false", "settings.colour means nothing; did you mean color?"),
        ("[settings.color]\ncustom = 1", "settings.color.custom is true or false"),
        ("[settings.color]\npalette = [{ slug = 'a' }]", "settings.color.palette is a list"),
        ("[settings.blocks]", "settings.blocks means nothing"),
    ],
)
def test_what_cannot_be_is_named_and_left_out(themes: Themes, said: str, problem: str) -> None:
    theme, problems = read(themes, f'name = "Mine"\n{said}\n')
    assert [problem in line for line in problems] == [True]
    assert (theme.light, theme.type, theme.spacing) == (newspaper().light, newspaper().type, newspaper().spacing)
    assert theme.menus == {}
    assert json.dumps(theme.settings, sort_keys=True) in ("{}", '{"color": {}}')


@pytest.mark.parametrize("manifest", ["name = ", "[" * 5000, "a = " + "[" * 5000])
def test_a_manifest_that_is_no_toml_is_refused_in_a_line(themes: Themes, manifest: str) -> None:
    with pytest.raises(Invalid, match=r"theme\.toml"):
        read(themes, manifest)


def a_link_away(folder: Path) -> None:
    (folder / "static").mkdir()
    (folder / "static" / "a.txt").symlink_to("/etc/hostname")


def a_folder_away(folder: Path) -> None:
    (folder / "templates").symlink_to("/etc")


def a_pipe(folder: Path) -> None:
    (folder / "static").mkdir()
    os.mkfifo(folder / "static" / "a.txt")


def too_much(folder: Path) -> None:
    (folder / "static").mkdir()
    (folder / "static" / "a.png").write_bytes(bytes(folders.LARGEST["static"] + 1))


def too_many(folder: Path) -> None:
    (folder / "static").mkdir()
    for number in range(folders.MOST_FILES + 1):
        (folder / "static" / f"{number}.txt").touch()


def too_deep(folder: Path) -> None:
    (folder / "static" / "/".join("abcdefgh")).mkdir(parents=True)


def a_script(folder: Path) -> None:
    (folder / "static").mkdir()
    (folder / "static" / "a.js").touch()


def a_strange_name(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "a b.html").touch()


def no_text(folder: Path) -> None:
    (folder / "style.css").write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    "spoil", [a_link_away, a_folder_away, a_pipe, too_much, too_many, too_deep, a_script, a_strange_name, no_text]
)
def test_what_no_theme_has_is_refused(themes: Themes, spoil: Callable[[Path], None]) -> None:
    read(themes, 'name = "Mine"\n')
    assert themes.folder is not None
    spoil(themes.folder / "mine")
    with pytest.raises(Invalid) as refused:
        themes.read("mine")
    assert refused.value.code == "theme_files"
    assert themes.chosen("mine", "").theme is newspaper()


def test_all_files_together_are_bounded(themes: Themes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_BYTES", 100)
    with pytest.raises(Invalid, match="0 MB"):
        read(themes, f'name = "{"x" * 100}"\n')


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "A", "a_b", "-a", "a-", "é", "x" * 41, "a\n"])
def test_a_name_that_is_none_is_refused(themes: Themes, name: str) -> None:
    for ask in (themes.read, themes.make, themes.path):
        with pytest.raises(Invalid, match="cannot name a theme"):
            ask(name)


@pytest.mark.parametrize(
    ("name", "digest", "said"),
    [
        ("../../../evil", "0123456789abcdef", "cannot name a theme"),
        ("evil", "/", "There is no theme evil"),
        ("evil", "../..", "There is no theme evil"),
    ],
)
def test_what_is_no_name_or_digest_leads_to_no_folder(tmp_path: Path, name: str, digest: str, said: str) -> None:
    """An import may have brought both."""
    themes = Themes(tmp_path / "site" / "themes")
    (tmp_path / "site" / "themes" / SHOWN / "0123456789abcdef").mkdir(parents=True)
    outside = tmp_path / "site" / "evil"
    outside.mkdir()
    (outside / "theme.toml").write_text('name = "Evil"\n')
    digest = str(tmp_path / "site") if digest == "/" else digest
    with pytest.raises((Invalid, NotFound), match=said):
        themes.activated(name, digest)
    assert themes.chosen(name, f"{digest}.1").theme == newspaper()


def test_a_new_theme_is_the_newspaper_and_has_no_problems(themes: Themes) -> None:
    themes.make("early-tide")
    theme, problems = themes.read("early-tide")
    assert (theme.title, problems) == ("Early tide", [])
    assert (theme.light, theme.templates) == (newspaper().light, {})
    assert themes.names() == ["early-tide", "magazine", "newspaper"]
    for taken in ("early-tide", "magazine"):
        with pytest.raises(Conflict):
            themes.make(taken)
    with pytest.raises(NotFound, match="early-tide, magazine, newspaper"):
        themes.read("late-tide")


def test_every_change_of_a_file_is_another_revision(themes: Themes) -> None:
    path = themes.make("mine")
    found = {themes.read("mine")[0].revision}
    (path / "style.css").write_text("p { color: red }")
    found.add(themes.read("mine")[0].revision)
    (path / "templates" / "a.html").touch()
    found.add(themes.read("mine")[0].revision)
    (path / "templates" / "a.html").rename(path / "templates" / "b.html")
    found.add(themes.read("mine")[0].revision)
    assert len(found) == 4


def test_the_editor_is_given_of_the_newspaper_what_it_always_was() -> None:
    assert json.dumps(settings_of(newspaper())) == json.dumps(SETTINGS)
    assert json.dumps(styles_of(newspaper())) == json.dumps(STYLES)


def test_the_editor_is_given_a_theme_s_colours_type_and_measures(themes: Themes) -> None:
    theme, problems = read(
        themes,
        'name = "Mine"\n[colours.light]\nink = "#010203"\n[type]\nsans = "Arial"\nheadings = "sans"\n'
        '[spacing]\nmeasure = "50rem"\n[[settings.typography.fontSizes]]\nslug = "s"\nname = "S"\nsize = "1px"\n'
        "[settings.color]\ncustom = false\n",
    )
    assert problems == []
    settings, styles = settings_of(theme), styles_of(theme)
    assert {one["slug"]: one["color"] for one in settings["color"]["palette"]["theme"]}["ink"] == "#010203"
    assert [one["slug"] for one in settings["typography"]["fontSizes"]["theme"]] == ["s"]
    assert {one["slug"]: one["fontFamily"] for one in settings["typography"]["fontFamilies"]["theme"]}[
        "sans"
    ] == "Arial"
    assert (settings["layout"]["contentSize"], settings["color"]["custom"]) == ("50rem", False)
    assert settings["color"]["gradients"] == SETTINGS["color"]["gradients"]
    assert styles["elements"]["heading"]["typography"]["fontFamily"] == "var:preset|font-family|sans"


@pytest.mark.parametrize("name", ["newspaper", "magazine"])
def test_our_own_themes_can_be_read_in_both_schemes(name: str) -> None:
    theme, problems = Themes().read(name)
    assert problems == []
    for _, scheme in theme.schemes:
        assert all(contrast(getattr(scheme, text), getattr(scheme, on)) >= READABLE for text, on in READ_ON)


def test_contrast_is_as_its_definition_says() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert not any(map(is_colour, ("red", "#12", "#12345g", "rgb(0,0,0)", "#123456\n")))


# ---- what the site's people have changed


def changed(**said: Any) -> Customised:
    return customised(newspaper(), json.dumps({"isGlobalStylesUserThemeJSON": True, **said}), UPLOADS)


def test_colours_go_to_the_scheme_that_they_belong_to() -> None:
    light = changed(styles={"color": {"background": "#eef4ff", "text": "#102030"}}).theme
    assert (light.light.paper, light.light.ink, light.dark) == ("#eef4ff", "#102030", newspaper().dark)
    dark = changed(styles={"color": {"background": "#000000"}, "elements": {"link": {"color": {"text": "#ff0"}}}})
    assert (dark.theme.dark.paper, dark.theme.light.paper) == ("#000000", newspaper().light.paper)
    assert (dark.theme.dark.accent, dark.theme.light.accent) == ("#ff0", newspaper().light.accent)
    assert [line for line in dark.left if "in the light scheme #ff0" in line] == list(dark.left)


def test_what_nobody_could_read_is_left() -> None:
    made = changed(styles={"color": {"background": "#888888", "text": "#999999"}})
    assert made.theme == newspaper()
    assert len(made.left) == 1
    assert "contrast" in made.left[0]


def test_presets_are_looked_up() -> None:
    palette = {"custom": [{"slug": "sea", "name": "Sea", "color": "#003355"}]}
    for reference in ("var:preset|color|sea", "var(--wp--preset--color--sea)"):
        made = changed(
            settings={"color": {"palette": palette}}, styles={"elements": {"link": {"color": {"text": reference}}}}
        )
        assert made.theme.light.accent == "#003355"
        assert made.palette == tuple(palette["custom"])
    lost = changed(styles={"color": {"text": "var:preset|color|contrast"}})
    assert lost.theme == newspaper()
    assert lost.left == ("styles.color.text is not taken over: contrast is not among its presets",)


def test_fonts_sizes_and_widths_are_taken_over() -> None:
    face = {"fontFamily": "Manrope", "fontWeight": "200 800", "src": [f"{UPLOADS}/fonts/manrope.woff2"]}
    italic = {**face, "fontStyle": "italic", "src": "/wp-content/uploads/fonts/manrope-italic.woff2"}
    elsewhere = {"fontFamily": "Far", "src": "https://fonts.example/far.woff2"}
    family = {
        "slug": "manrope",
        "name": "Manrope",
        "fontFamily": "Manrope, sans-serif",
        "fontFace": [face, italic, elsewhere],
    }
    made = changed(
        settings={"typography": {"fontFamilies": {"custom": [family]}}, "layout": {"wideSize": "1200px"}},
        styles={
            "typography": {"fontSize": "18px", "lineHeight": "1.6"},
            "elements": {"heading": {"typography": {"fontFamily": "var:preset|font-family|manrope"}}},
        },
    ).theme
    assert (made.type.sans, made.type.headings, made.type.text) == ("Manrope, sans-serif", "sans", "serif")
    assert (made.type.size, made.type.line, made.spacing.wide) == ("18px", 1.6, "1200px")
    assert f'src: url("{UPLOADS}/fonts/manrope.woff2")' in made.style
    assert 'font-style: italic; font-weight: 200 800; font-display: swap; src: url("/wp-content' in made.style
    assert "fonts.example" not in made.style


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 9999, '{"styles": {"color": {"background": "#000"}}}', "x" * 2_000_000]
)
def test_what_says_nothing_changes_nothing(text: str) -> None:
    assert customised(newspaper(), text) == Customised(newspaper())


NAMES = [
    "color",
    "palette",
    "custom",
    "slug",
    "background",
    "text",
    "elements",
    "link",
    "heading",
    "button",
    "layout",
    "typography",
    "fontFamilies",
    "fontFamily",
    "fontFace",
    "src",
    "fontSize",
    "contentSize",
    "lineHeight",
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["#000", "#fff", "1px", "1.5"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=20,
)


@given(settings=anything, styles=anything)
def test_whatever_is_changed_can_be_read_and_ends_nothing(settings: Any, styles: Any) -> None:
    made = changed(settings=settings, styles=styles).theme
    for _, scheme in made.schemes:
        assert all(contrast(getattr(scheme, text), getattr(scheme, on)) >= READABLE for text, on in READ_ON)
    style = stylesheet(replace(made, name="mine"))
    assert (style.count("{"), style.count("}"), style.count("<")) == (3, 3, 0)


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ('"Iowan Old Style", Georgia, serif', True),
        ("clamp(1rem, 2.5vw, 2rem)", True),
        ("Georgia, (", False),
        ("1px)(", False),
        ("calc((((1px)", False),
        ("calc(1px /* )", False),
        ('"Georgia', False),
        ("'a\"'", True),
        ("#fff/*", False),
        ("\ud800", False),
    ],
)
def test_a_value_ends_what_it_begins(value: str, whole: bool) -> None:
    assert is_whole(value) is whole


def test_a_theme_that_cannot_be_read_is_the_newspaper(tmp_path: Path) -> None:
    made = Themes(tmp_path).make("evening")
    (made / "theme.toml").write_text("name = 'x'\nspacing = " + "9" * 5000)
    chosen = Themes(tmp_path).chosen("evening", "1")
    assert chosen.theme == newspaper()


def test_a_folder_that_is_another_account_s_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    themes = Themes(tmp_path)
    themes.make("evening")
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(Invalid, match=r"evening/[a-z]+ cannot be read: Permission denied"):
        themes.read("evening")
    assert themes.chosen("evening", "1").theme == newspaper()
