"""The frame of pages and the front page: menus, pages, sections, and what stands beside an article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.menus import classic, entries
from wirepress.content.menus.entries import Entry
from wirepress.content.people import users
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.term import Term
from wirepress.model.web import Request
from wirepress.site.menus import is_safe, top_of

ARTICLE = "/index.php/2024/02/11/economy-festival-soldiers-parliament-strike-harbour/"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Dispatcher]:
    dispatcher = Dispatcher(newsroom_of("golden", tmp_path), Settings(tmp_path))
    yield dispatcher
    dispatcher.newsroom.database.close()


def page(site: Dispatcher, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.answer(Request("GET", path, "")).body.decode())


def named(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [node.text(strip=True) for node in tree.css(selector)]


def menu(site: Dispatcher, place: str, *wanted: Entry) -> Term:
    with site.newsroom.write() as view:
        made = classic.create(view, f"Menu of {place}")
        for entry in wanted:
            entries.save(view, NEWSROOM, Entry(**{**{n: getattr(entry, n) for n in Entry.__slots__}, "menu": made.id}))
        classic.place(view, made, [place])
    return made


def test_without_a_menu_the_sections_lead_and_the_pages_are_in_the_foot(site: Dispatcher) -> None:
    tree = page(site, "/index.php/category/world/")
    assert named(tree, ".sections > ul > li > a") == ["Business", "Culture & Arts", "Sport", "World"]
    assert named(tree, ".sections [aria-current]") == ["World"]
    assert {"About", "Contact"} <= set(named(tree, ".colophon-menu a"))


def test_menus_stand_where_their_places_are_named(site: Dispatcher) -> None:
    menu(
        site, "primary", Entry(title="Wire", url="https://wire.example/"), Entry(title="Bad", url="javascript:alert(1)")
    )
    menu(site, "footer", Entry(title="Imprint", url="/imprint/"))
    tree = page(site, "/")
    assert named(tree, ".sections > ul > li > a") == ["Wire"]
    assert named(tree, '[aria-label="About the site"] a') == ["Imprint"]


def test_no_social_menu_becomes_the_main_one(site: Dispatcher) -> None:
    menu(site, "social-menu", Entry(title="Elsewhere", url="https://social.example/"))
    assert "Elsewhere" not in named(page(site, "/"), ".sections > ul > li > a")


def test_a_logo_stands_for_the_name(site: Dispatcher) -> None:
    with site.newsroom.write() as view:
        picture = int(
            view.unit.rows("SELECT id FROM posts WHERE type = 'attachment' AND mime_type LIKE 'image/%'")[0][0]
        )
        name = f"theme_mods_{view.site.option('stylesheet')}"
        options.set(view.unit, name, {**classic.theme_mods(view.site), "custom_logo": picture})
    (logo,) = page(site, "/").css(".masthead-name img")
    assert logo.attributes["alt"] == "Example News & Views"


def test_what_nobody_may_read_is_in_no_menu(site: Dispatcher) -> None:
    with site.newsroom.view() as view:
        drafts = view.unit.rows("SELECT id FROM posts WHERE type = 'page' AND status = 'draft'")
    assert drafts
    lead = Entry(type="post_type", object="page", object_id=int(drafts[0][0]))
    menu(site, "primary", Entry(title="Wire", url="https://wire.example/"), lead)
    assert named(page(site, "/"), ".sections > ul > li > a") == ["Wire"]


def test_no_story_is_twice_on_the_front_page(site: Dispatcher) -> None:
    tree = page(site, "/")
    links = [node.attributes["href"] for node in tree.css(".story-title a")]
    assert len(links) == len(set(links)) > 13
    assert len(tree.css("[id^=section-]")) == 3


def test_the_owner_says_which_sections_the_front_page_has(site: Dispatcher) -> None:
    with site.newsroom.write() as view:
        options.set(view.unit, "wirepress_front_sections", "world, nothing-like-it, business")
    assert named(page(site, "/"), "[id^=section-]") == ["World", "Business"]


def test_a_front_page_that_nobody_has_asked_for_since_a_write_takes_few_statements(site: Dispatcher) -> None:
    """With its frame, its look, sticky posts and sections; none of a section is lost by what is asked at once."""
    known = page(site, "/")
    for _ in range(2):
        with site.newsroom.write() as view:
            publishing.create(view, NEWSROOM, "post", Changes(title="News", status="publish"))
        before = site.newsroom.database.statements
        cold = page(site, "/")
        assert site.newsroom.database.statements - before <= 14
        assert named(cold, "[id^=section-]") == named(known, "[id^=section-]")
        assert all(len(one.css(".story")) == 4 for one in cold.css("section:has([id^=section-])"))
    before = site.newsroom.database.statements
    page(site, "/")
    assert site.newsroom.database.statements - before <= 11


def test_an_article_leads_to_those_before_and_after_it(site: Dispatcher) -> None:
    tree = page(site, ARTICLE)
    (earlier,) = tree.css(".beside [rel=prev]")
    (later,) = tree.css(".beside [rel=next]")
    assert earlier.attributes["href"] != later.attributes["href"] != ARTICLE
    path = str(earlier.attributes["href"]).removeprefix("https://news.example.com")
    (back,) = page(site, path).css(".beside [rel=next]")
    assert str(back.attributes["href"]).endswith(ARTICLE)


def test_an_author_who_says_something_of_themselves_has_a_box(site: Dispatcher) -> None:
    with site.newsroom.write() as view:
        author = int(view.unit.rows("SELECT author FROM posts WHERE slug = ?", (ARTICLE.split("/")[-2],))[0][0])
        user = users.get(view, author)
        assert user is not None
        users.update(view, author, users.UserChanges(description="Writes about <b>ships</b>."))
    (box,) = page(site, ARTICLE).css(".author-box")
    assert "Writes about" in box.text()
    assert box.css_first(".avatar") is not None


def test_a_ring_of_entries_has_no_top() -> None:
    assert top_of(3, {1: 0, 2: 1, 3: 2}) == 1
    assert top_of(1, {1: 2, 2: 1}) == 0
    assert top_of(2, {2: 9}) == 2


@pytest.mark.parametrize(
    ("url", "safe"), [("/a/", True), ("mailto:a@b.example", True), ("JavaScript:x", False), ("", False)]
)
def test_only_addresses_of_known_kinds_are_linked(url: str, safe: bool) -> None:
    assert is_safe(url) is safe
