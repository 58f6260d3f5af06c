"""`wirepress theme check`: what is wrong with a theme, and where."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.house.fences import fences
from tests.house.tree import ROOT
from wirepress.content.themes.catalog import Themes, newspaper
from wirepress.site.assets import Assets
from wirepress.site.checking import flaws
from wirepress.site.rendering import SECONDS, Clock, environment, rendered


def told(
    *, clock: Clock = float, style: str = "", statics: dict[str, bytes] | None = None, **templates: str
) -> list[str]:
    """What is wrong with the newspaper with these files (`front_html` for templates/front.html)."""
    named = {name.replace("_html", ".html"): source for name, source in templates.items()}
    theme = replace(newspaper(), name="mine", templates=named, statics=statics or {}, style=style)
    return [f"{flaw.place}: {flaw.message}" for flaw in flaws(theme, [], clock)]


@pytest.mark.parametrize("name", ["newspaper", "magazine"])
def test_nothing_is_wrong_with_our_own(name: str) -> None:
    assert flaws(*Themes().read(name), float) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% if %}", "templates/front.html: line 1: "),
        ("{{ a|nothing }}", "templates/front.html: line 1: "),
        ("{{ nothing }}", "the sample page “front” cannot be shown: 'nothing' is undefined (line 1)"),
        ("{{ lead.image.src }}", "the sample page “empty front” cannot be shown"),
        ("{{ static('a.css') }}", "templates/front.html: line 1: there is no static/a.css"),
        (
            "\n<img src='https://pictures.example/a.png' alt=''>",
            "templates/front.html: line 2: https://pictures.example",
        ),
        ("<link rel=stylesheet href=//fonts.example/a.css>", "//fonts.example/a.css is fetched from another host"),
        ("<script>1</script>", "templates/front.html: holds a script"),
        ("<p onclick='a()'>", "templates/front.html: holds a script"),
    ],
)
def test_a_template_is_told_with_its_line(source: str, said: str) -> None:
    found = told(front_html=source)
    assert found
    assert all(line.startswith("templates/front.html: ") for line in found)
    assert any(said in line for line in found)


def test_a_template_that_nothing_uses_is_told() -> None:
    (found,) = told(fornt_html="x")
    assert found.startswith(
        "templates/fornt.html: no template uses it; pages are shown by archive.html, article.html, "
    )
    assert told(piece_html="x", front_html="{% include 'piece.html' %}") == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("@import url(https://fonts.example/a.css);", "line 1: https://fonts.example/a.css is fetched"),
        ("@import '//fonts.example/a.css';", "line 1: //fonts.example/a.css is fetched"),
        ("p {\n background: url('http://a.example/b.png') }", "line 2: http://a.example/b.png is fetched"),
        ("p { background: url(static/b.png) }", "line 1: there is no static/b.png"),
        ("p { background: url(b.png) }", "line 1: there is no b.png"),
    ],
)
def test_a_style_is_told_with_its_line(style: str, said: str) -> None:
    found = told(style=style)
    assert len(found) == 1
    assert found[0].startswith(f"style.css: {said}")


def test_what_is_there_and_links_that_readers_follow_are_no_flaws() -> None:
    statics = {"b.png": b"", "deep/a.css": b"p { background: url(../b.png) }", "c.svg": b"<svg/>"}
    style = 'p { background: url("static/b.png") } i { background: url(data:image/png;base64,) } b { fill: url(#a) }'
    page = "{% extends 'wirepress/front.html' %}{% block head %}<link rel=stylesheet href={{ static('deep/a.css') }}>"
    page += "<a href='https://elsewhere.example/'>x</a>{% endblock %}"
    assert told(style=style, statics=statics, front_html=page) == []


def test_the_piece_that_the_page_on_themes_shows_holds_together() -> None:
    blocks = [fence.code for fence in fences(ROOT / "docs" / "themes.md")]
    (piece,) = (block for block in blocks if block.startswith('{% import "wirepress/parts.html"'))
    assert "{% macro byline" in piece
    assert told(parts_html=piece) == []


def test_colours_that_nobody_can_read_are_told_in_each_scheme() -> None:
    pale = replace(newspaper(), light=replace(newspaper().light, accent="#ffaaaa"))
    found = [flaw.message for flaw in flaws(pale, ["said before"], float)]
    assert found[0] == "said before"
    assert [line.partition(" has")[0] for line in found[1:]] == [
        "colours.light: accent on paper",
        "colours.light: accent on tint",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "{% set many = range(90000)|list %}{% for a in many %}{% for b in many %}{% endfor %}{% endfor %}",
        "{% macro again(n) %}{% if n %}{{ again(n - 1) }}{{ again(n - 1) }}{% endif %}{% endmacro %}{{ again(90) }}",
    ],
)
def test_a_page_that_takes_too_long_is_told_once(source: str) -> None:
    """The clock here counts how often it is asked: nothing waits for it."""
    steps = itertools.count()
    found = told(clock=lambda: next(steps) * SECONDS / 1000, front_html=source)
    assert len(found) == 1
    assert "takes more than 10 seconds" in found[0]
    assert next(steps) < 2000


def test_a_loop_knows_its_length_and_its_last() -> None:
    source = "{% for a in [1, 2] %}{{ loop.index }}/{{ loop.length }}{{ loop.last }}{% else %}none{% endfor %}"
    made = environment(Assets(replace(newspaper(), templates={"front.html": source})))
    assert rendered(made, "front.html", {}, float) == "1/2False2/2True"


def test_what_json_does_not_have_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "theme.toml").write_text(
        'name = "Mine"\nversion = 2024-01-01\n[colours.light]\npaper = 07:32:00\n[spacing]\ngap = 1979-05-27\n'
        "[images.big]\nwidth = 1979-05-27\n[menus]\nmain = inf\n[type]\nline = nan\n"
        "[settings.color]\ncustom = 1979-05-27\npalette = [1979-05-27]\n[settings.layout]\ncontentSize = 07:32:00\n"
        "[settings.spacing]\nunits = [1979-05-27]\n"
    )
    theme, problems = Themes(tmp_path).read("mine")
    assert len(problems) == 10
    assert flaws(theme, problems, float)
