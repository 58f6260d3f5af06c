"""`wirepress theme`: made, checked, activated; and the page on themes, followed step by step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.app.press import make_site
from tests.cli.inside import Done, wirepress
from tests.house.fences import fences
from tests.house.tree import ROOT, text
from wirepress.app.dispatch import Dispatcher, compose
from wirepress.app.settings import load
from wirepress.content import customisations
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request

PAGE = ROOT / "docs" / "themes.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    wirepress(folder, "init", "--home", "https://news.example")
    return folder


def listed(site: Path) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in json.loads(wirepress(site, "theme", "list", "--json").stdout)}


def refused(done: Done) -> str:
    """The one line of a command that was refused."""
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_one_is_made_listed_and_activated(site: Path) -> None:
    assert {name: row["active"] for name, row in listed(site).items()} == {"magazine": "", "newspaper": "yes"}
    assert wirepress(site, "theme", "new", "evening").returncode == 0
    assert listed(site)["evening"]["from"] == "the site"
    assert wirepress(site, "theme", "activate", "evening").stdout == "Evening is the site's theme\n"
    assert (listed(site)["evening"]["active"], listed(site)["newspaper"]["active"]) == ("yes", "")
    assert "evening is as it should be" in wirepress(site, "theme", "check").stdout
    (site / "themes" / "evening" / "theme.toml").write_text("name = ")
    assert "theme.toml" in listed(site)["evening"]["description"]


@pytest.mark.parametrize("words", [("new", "../evening"), ("new", "magazine"), ("activate", "dusk"), ("check", "a/b")])
def test_what_cannot_be_is_refused_in_a_line(site: Path, words: tuple[str, str]) -> None:
    assert refused(wirepress(site, "theme", *words)).startswith("wirepress: ")


def test_a_broken_theme_is_told_and_not_activated(site: Path) -> None:
    wirepress(site, "theme", "new", "evening")
    folder = site / "themes" / "evening"
    (folder / "theme.toml").write_text('name = "Evening"\n[colours.light]\nsoft = "#cccccc"\ncolour = "#fff"\n')
    (folder / "templates" / "front.html").write_text('{% extends "wirepress/front.html" %}\n{% block main %}')
    checked = wirepress(site, "theme", "check", "evening")
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    assert "theme.toml: colours.light.colour means nothing" in lines[0]
    assert sum("soft on" in line for line in lines) == 2
    assert sum(line.startswith("templates/front.html: line 2: ") for line in lines) == 1
    assert "4 things are wrong" in refused(wirepress(site, "theme", "activate", "evening"))
    assert listed(site)["newspaper"]["active"] == "yes"


def test_what_styles_have_that_the_theme_does_not_show_is_a_note(tmp_path: Path) -> None:
    served = site_of(tmp_path / "site")
    with served.newsroom.write() as view:
        number = customisations.styles_made(view, NEWSROOM, "wirepress")
        said = {"isGlobalStylesUserThemeJSON": True, "styles": {"color": {"background": "#888888", "text": "#999999"}}}
        publishing.update(view, NEWSROOM, number, Changes(content=json.dumps(said)))
    checked = wirepress(tmp_path / "site", "theme", "check")
    assert checked.returncode == 0
    assert "note: styles.color is not taken over: #999999 on #888888 has a contrast of " in checked.stdout
    served.newsroom.database.close()


def test_the_doctor_tells_what_is_wrong_with_the_theme(site: Path) -> None:
    wirepress(site, "theme", "new", "evening")
    wirepress(site, "theme", "activate", "evening")
    assert of_doctor(site) == ("ok", "evening")
    (site / "themes" / "evening" / "templates" / "front.html").write_text("{{ nothing }}")
    assert of_doctor(site)[0] == "note"
    assert "has changed" in of_doctor(site)[1]
    (site / "themes" / "evening" / "theme.toml").unlink()
    assert of_doctor(site)[0] == "note"
    shutil.rmtree(site / "themes" / ".shown")
    assert of_doctor(site)[0] == "bad"


def of_doctor(site: Path) -> tuple[str, str]:
    rows = json.loads(wirepress(site, "doctor", "--json").stdout)
    return next((row["state"], row["detail"]) for row in rows if row["check"] == "theme")


def site_of(folder: Path) -> Dispatcher:
    """A site with articles, as a web process serves it."""
    make_site(folder)
    return compose(load(folder, {}))


def test_the_page_on_themes_can_be_followed(tmp_path: Path) -> None:
    """Makes and activates the theme of docs/themes.md with the page's own commands and files."""
    folder = tmp_path / "site"
    served = site_of(folder)
    first, last = (heading_line(title) for title in ("## A theme in two minutes", "## theme.toml"))
    steps = [fence for fence in fences(PAGE) if first < fence.line < last]
    assert [fence.title != "" for fence in steps] == [False, True, True, True, False]
    for fence in steps:
        if fence.title:
            (folder / fence.title).write_text(fence.code)
            continue
        for command in fence.code.splitlines():
            done = wirepress(folder, *command.removeprefix("wirepress ").split())
            assert done.returncode == 0, done
    with served.newsroom.view() as view:
        story = view.unit.rows("SELECT id FROM posts WHERE title = 'Story 1'")[0][0]
        post = view.lookup.post(story)
        assert post is not None
        path = view.lookup.permalink(post).removeprefix(view.site.home)
    page = served.answer(Request("GET", path, "")).body.decode()
    style = served.answer(Request("GET", "/-/static/site.css", "")).body.decode()
    served.newsroom.database.close()
    assert '<p class="thanks">Thank you for reading ' in page
    assert "--accent: #1d4e89;" in style
    assert "--accent: #8fbdf0;" in style
    assert "--headings: var(--sans);" in style
    assert ".thanks {" in style


def heading_line(title: str) -> int:
    return text(PAGE).splitlines().index(title) + 1
