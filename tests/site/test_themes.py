"""Themes at a running site: every page in each, changed without a rendering, and none that takes the site down."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, is_typeddict

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from tests.site.commenting import Site
from tests.site.test_frame import menu
from wirepress.app.compose import open_newsroom
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings, load
from wirepress.content import customisations, options, rendering
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.menus.entries import Entry
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.themes.catalog import SHOWN as SHOWN_BEFORE
from wirepress.content.themes.catalog import Themes, newspaper
from wirepress.content.themes.theme import OPTION, REVISION
from wirepress.model.errors import NoRoom
from wirepress.model.web import Request, Response
from wirepress.render.colours import READABLE, Colour, least
from wirepress.site import context, look, samples
from wirepress.site.activating import Activation
from wirepress.site.blocks import grounds
from wirepress.site.look import FAULT

ARTICLE = "/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"
SHOWN = {
    "front": ("/", ""),
    "second page": ("/index.php/page/2/", ""),
    "article": (ARTICLE, ""),
    "frame": (ARTICLE + "embed/", ""),
    "page": ("/index.php/about/", ""),
    "category": ("/index.php/category/world/", ""),
    "author": ("/index.php/author/editor/", ""),
    "search": ("/", "s=harbour"),
    "nothing": ("/index.php/nowhere/", ""),
}
STATUS = {"nothing": 404}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("themes")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Dispatcher]:
    newsroom = newsroom_of("golden", folder)
    newsroom.themes = Themes(folder / "themes")
    dispatcher = Dispatcher(newsroom, Settings(folder))
    yield dispatcher
    newsroom.database.close()


@pytest.fixture
def site(served: Dispatcher) -> Iterator[Dispatcher]:
    yield served
    activate(served, "newspaper")


def activate(site: Dispatcher, name: str) -> None:
    """What `wirepress theme activate` keeps."""
    theme, _ = site.newsroom.themes.keep(name, kept_digest(site))
    with site.newsroom.write() as view:
        Activation.activate(view, theme)


def made(site: Dispatcher, name: str, **files: str) -> None:
    """Makes a theme of these files (`front_html` for templates/front.html) and activates it."""
    folder = site.newsroom.themes.folder
    assert folder is not None
    (folder / name / "templates").mkdir(parents=True, exist_ok=True)
    (folder / name / "theme.toml").write_text(files.pop("toml", 'name = "Made"\n'))
    for file, text in files.items():
        (folder / name / "templates" / file.replace("_html", ".html")).write_text(text)
    activate(site, name)


def get(site: Dispatcher, path: str, query: str = "") -> Response:
    return site.answer(Request("GET", path, query))


def page(site: Dispatcher, name: str) -> LexborHTMLParser:
    answer = get(site, *SHOWN[name])
    assert answer.status == STATUS.get(name, 200), name
    return LexborHTMLParser(answer.body.decode())


@pytest.mark.parametrize("theme", ["newspaper", "magazine"])
@pytest.mark.parametrize("name", SHOWN)
def test_every_page_is_shown_in_every_theme(site: Dispatcher, name: str, theme: str) -> None:
    activate(site, theme)
    tree = page(site, name)
    assert len(tree.css("h1")) == 1
    assert len(tree.css("main")) == 1
    sheet = tree.css("link[rel=stylesheet]")[0].attributes["href"] or ""
    style = get(site, sheet)
    assert (style.status, f"The theme {theme}" in style.body.decode()) == (200, True)
    assert bool(tree.css("header.bar")) == (theme == "magazine" and name != "frame")
    assert site.newsroom.known_site().option(FAULT) == ""


def test_changing_the_theme_renders_nothing_anew(site: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def counting(view: Any, post: Any) -> Any:
        counted.append(post.id)
        return rendered(view, post)

    rendered = rendering.render
    monkeypatch.setattr(rendering, "render", counting)
    before = of_renderings(site)
    assert before
    for theme in ("magazine", "newspaper", "magazine"):
        activate(site, theme)
        for name in SHOWN:
            page(site, name)
    assert counted == []
    assert of_renderings(site) == before


def of_renderings(site: Dispatcher) -> list[Any]:
    with site.newsroom.view() as view:
        return list(view.unit.rows("SELECT post, post_version, render_version FROM renderings ORDER BY post"))


def test_a_page_that_is_kept_is_dropped_with_its_theme(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    try:
        assert 'class="bar"' not in site.get("/").body.decode()
        other = opened_elsewhere(tmp_path / "site")
        theme, _ = other.themes.read("magazine")
        with other.write() as view:
            options.set(view.unit, OPTION, "magazine")
            options.set(view.unit, REVISION, theme.revision)
        other.database.close()
        assert 'class="bar"' in site.get("/").body.decode()
        assert 'class="bar"' in site.get().body.decode()
        sheet = site.page("/").css("link[rel=stylesheet]")[0].attributes["href"] or ""
        assert "immutable" in site.get(sheet).header("cache-control")
    finally:
        site.close()


def opened_elsewhere(folder: Path) -> Newsroom:
    """The same site, as another process opens it."""
    return open_newsroom(load(folder, {}))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{{ nothing_of_this_name }}", "is undefined"),
        ("{% extends 'front.html' %}", "RecursionError"),
        ("{{ static('lost.css') }}", "lost.css"),
        ("{% include 'lost.html' %}", "lost.html"),
        ("{% for one in range(10**9) %}.{% endfor %}", "range"),
        ("{{ site.title.__class__.__mro__ }}", "unsafe"),
        ("{% set x = site.update({'title': 'x'}) %}", "unsafe"),
        ("{{ 1 // 0 }}", "ZeroDivisionError"),
        ("{% for a in range(9999) %}{{ 'x' * 9999 }}{% endfor %}", "MB"),
    ],
)
def test_a_template_that_fails_takes_nothing_down(
    site: Dispatcher, caplog: pytest.LogCaptureFixture, broken: str, said: str
) -> None:
    caplog.set_level(logging.ERROR, "wirepress.themes")
    made(site, "broken", front_html=broken)
    tree = page(site, "front")
    assert tree.css(".masthead-name")
    sheet = tree.css("link[rel=stylesheet]")[0].attributes["href"] or ""
    style = get(site, sheet)
    assert "immutable" in dict(style.headers)["cache-control"]
    assert "The theme newspaper" in style.body.decode()
    assert "front.html" in caplog.text
    assert page(site, "article").css(".article-title")
    assert page(site, "front").css(".masthead-name")
    assert len(caplog.records) == 1  # told once, however often it is asked for
    before = site.newsroom.epoch()
    site.settle()
    with site.newsroom.view() as view:
        fault = look.last_fault(options.get(view.unit, FAULT), view.site.theme)
    assert said in fault
    assert fault.startswith("front.html: ")
    assert site.newsroom.epoch() == before


def test_a_fault_of_another_theme_is_no_fault(site: Dispatcher) -> None:
    made(site, "faulty", front_html="{{ nothing }}")
    page(site, "front")
    site.settle()
    with site.newsroom.view() as view:
        kept = options.get(view.unit, FAULT)
        assert "(line 1)" in look.last_fault(kept, view.site.theme)
    made(site, "faulty", front_html="{% extends 'wirepress/front.html' %}")
    with site.newsroom.view() as view:
        assert look.last_fault(kept, view.site.theme) == ""
        assert look.last_fault("[]", view.site.theme) == ""


def test_a_theme_that_is_gone_leaves_the_newspaper(site: Dispatcher, caplog: pytest.LogCaptureFixture) -> None:
    with site.newsroom.write() as view:
        options.set(view.unit, OPTION, "gone")
    assert page(site, "front").css(".masthead-name")
    assert "There is no theme gone" in caplog.text


def test_a_theme_is_shown_as_it_was_when_it_was_activated(site: Dispatcher) -> None:
    made(site, "steady", front_html="{% extends 'wirepress/front.html' %}{% block main %}one{% endblock %}")
    assert page(site, "front").css("main")[0].text(strip=True) == "one"
    folder = site.newsroom.themes.folder
    assert folder is not None
    (folder / "steady" / "templates" / "front.html").write_text("two")
    assert page(site, "front").css("main")[0].text(strip=True) == "one"
    site.newsroom.themes = again = Themes(folder)  # as a process that starts
    with site.newsroom.write() as view:
        view.unit.raise_shared_version()
    assert page(site, "front").css("main")[0].text(strip=True) == "one"
    assert again.is_changed("steady", again.activated("steady", kept_digest(site))[0])
    activate(site, "steady")
    assert get(site, "/").body == b"two"
    for number in range(4):
        (folder / "steady" / "templates" / "front.html").write_text(f"number {number}")
        activate(site, "steady")
    assert len(list((folder / SHOWN_BEFORE).glob("*/steady"))) == 3
    shutil.rmtree(folder / "steady")
    site.newsroom.themes = Themes(folder)
    with site.newsroom.write() as view:
        view.unit.raise_shared_version()
    assert get(site, "/").body == b"number 3", "a folder that is gone is no change either"


def test_the_copy_that_is_shown_outlives_activations_that_are_not_committed(site: Dispatcher) -> None:
    made(site, "lasting", front_html="shown")
    folder = site.newsroom.themes.folder
    assert folder is not None
    shown = folder / SHOWN_BEFORE / kept_digest(site) / "lasting"
    for number in range(4):
        (folder / "lasting" / "templates" / "front.html").write_text(f"number {number}")
        _, found = Activation(site.newsroom).ready("lasting")
        assert found == []
        assert shown.is_dir()
    assert len(list((folder / SHOWN_BEFORE).glob("*/lasting"))) == 3
    site.newsroom.themes = Themes(folder)
    with site.newsroom.write() as view:
        view.unit.raise_shared_version()
    assert get(site, "/").body == b"shown"


def kept_digest(site: Dispatcher) -> str:
    with site.newsroom.view() as view:
        return str(view.site.option(REVISION)).partition(".")[0]


def test_a_writer_s_colours_can_be_read_on_the_page_of_the_theme(site: Dispatcher) -> None:
    """What is pale enough for one theme's page is not for another's."""
    dark = '[colours.light]\npaper = "#101010"\ntint = "#202020"\nink = "#eeeeee"\nsoft = "#cccccc"\n'
    made(site, "night", toml=f'name = "Night"\n{dark}rule = "#444444"\naccent = "#ffcc66"\n')
    with site.newsroom.view() as view:
        night = grounds.page_of(view.site.theme)
    usual = grounds.page_of(newspaper())
    blue = Colour(20, 30, 120)
    assert usual.shades(blue)[0] == blue
    assert least(night.shades(blue)[0], night.light) >= READABLE


def test_files_have_addresses_that_change_with_them(site: Dispatcher) -> None:
    folder = site.newsroom.themes.folder
    assert folder is not None
    (folder / "files" / "static" / "marks").mkdir(parents=True)
    (folder / "files" / "static" / "marks" / "a.svg").write_text("<svg/>")
    (folder / "files" / "style.css").write_text("p { background: url(static/marks/a.svg) } i { content: url(no.svg) }")
    made(site, "files", front_html="{{ static('marks/a.svg') }}")
    address = get(site, "/").body.decode()
    found = get(site, address)
    assert (found.body, dict(found.headers)["content-type"]) == (b"<svg/>", "image/svg+xml")
    assert "immutable" in dict(found.headers)["cache-control"]
    assert get(site, "/-/static/files/marks/a.svg").body == b"<svg/>"
    style = get(site, "/-/static/site.css").body.decode()
    assert f'url("{address}")' in style
    assert "url(no.svg)" in style
    for lost in ("../theme.toml", "marks/../../theme.toml", "%2e%2e/theme.toml", "marks", "marks/a.svg/", "b.svg"):
        assert get(site, f"/-/static/files/{lost}").status == 404
    (folder / "files" / "static" / "marks" / "a.svg").write_text("<svg></svg>")
    activate(site, "files")
    assert get(site, "/").body.decode() not in ("", address)


def test_menus_stand_at_the_theme_s_own_places(site: Dispatcher) -> None:
    made(site, "placed", toml='name = "P"\n[menus]\nspecials = "Specials"\n')
    menu(site, "specials", Entry(title="Tides", url="https://tides.example/"))
    made(
        site,
        "placed",
        toml='name = "P"\n[menus]\nspecials = "Specials"\n',
        front_html="{% for one in site.menus.specials %}{{ one.name }}{% endfor %}",
    )
    assert get(site, "/").body == b"Tides"


def styles(site: Dispatcher, **said: Any) -> None:
    with site.newsroom.write() as view:
        number = customisations.styles_made(view, NEWSROOM, str(view.site.option("stylesheet")))
        text = json.dumps({"version": 3, "isGlobalStylesUserThemeJSON": True, **said}) if said else "{}"
        publishing.update(view, NEWSROOM, number, Changes(content=text))


def test_what_the_site_s_people_have_changed_is_in_the_style(site: Dispatcher) -> None:
    plain = get(site, "/-/static/site.css").body.decode()
    styles(site, styles={"color": {"background": "#f0f8ff"}}, settings={"layout": {"contentSize": "700px"}})
    changed = get(site, "/-/static/site.css").body.decode()
    styles(site)
    assert "--paper: #f0f8ff;" in changed
    assert "--measure: 700px;" in changed
    assert get(site, "/-/static/site.css").body.decode() == plain


def test_templates_are_given_what_is_documented(site: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, Any]] = []

    def recorded(templates: Any, name: str, all_of_it: Any, _: Any) -> str:
        given.append((name, all_of_it))
        return ""

    monkeypatch.setattr(look, "rendered", recorded)
    for path, query in SHOWN.values():
        get(site, path, query)
    with site.newsroom.view() as view:
        refused = {"message": "Say something.", "form": None, "text": "", "back": None}
        site.reader.not_commented(view, 409, refused)
    assert {name for name, _ in given} == set(context.TEMPLATES)
    for name, values in given:
        beside = {key: value for key, value in values.items() if key not in ("site", "head")}
        check(values["site"], context.Site, "site")
        check(values["head"], context.Head, "head")
        check(beside, context.TEMPLATES[name], name)


def check(value: Any, kind: Any, place: str) -> None:
    """Asserts that a value is as its type says, whatever lies in it."""
    if is_typeddict(kind):
        described = {name: inner for name, inner, _ in context.described(kind)}
        assert set(value) == set(described), place
        for name, inner in described.items():
            check(value[name], inner, f"{place}.{name}")
    elif get_origin(kind) in (list, dict):
        inside = value.values() if isinstance(value, dict) else value
        for one in inside:
            check(one, get_args(kind)[-1], place)
    elif get_origin(kind) is tuple:
        assert tuple(map(type, value)) == get_args(kind), place
    elif get_args(kind):
        if value is not None:
            check(value, get_args(kind)[0], place)
    else:
        assert isinstance(value, kind) or value == "", (place, value)


def test_the_samples_are_what_templates_are_given() -> None:
    check(samples.SITE, context.Site, "site")
    check(samples.HEAD, context.Head, "head")
    for name, (template, values) in samples.SHOWN.items():
        check(values, context.TEMPLATES[template], name)


def test_a_fault_that_could_not_be_written_down_is_noted_again(
    site: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NoRoom("no_room", "The disk is full.")

    made(site, "faulty", front_html="{{ nothing }}")
    page(site, "front")
    with monkeypatch.context() as disk:
        disk.setattr(options, "set", full)
        site.settle()
    page(site, "front")
    site.settle()
    with site.newsroom.view() as view:
        assert "front.html" in look.last_fault(options.get(view.unit, FAULT), view.site.theme)
