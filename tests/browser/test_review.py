"""Deciding about articles that wait in a browser: beside the original, by keys, without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS, served
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.entry import EntryState, Finding
from wirepress.model.wire import Origin, OriginFacts, Rights, Source
from wirepress.store import entries, held, sources
from wirepress.store.entries import Named
from wirepress.store.held import HeldOriginal

HERE = "admin.php?page=review"
LINE = 'hold if title contains "' + "odd" * 30 + '"'
TRICKS = '<img src="https://spy.example/a.png" alt="A pier"><script>document.title=1</script>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("review")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server of its own, whose rows a test may add to."""
    with served(folder) as found:
        yield found


@pytest.fixture
def waiting(address: str, folder: Path) -> Iterator[Callable[[str], int]]:
    """Has an article come that waits; all that do are gone when the test is over."""
    newsroom = open_newsroom(load(folder / "site", {}))

    def came(name: str, kept: bool = True) -> int:
        with newsroom.write() as view:
            known = sources.by_url(view.unit, "https://wire.example/feed")
            number = known.id if known else sources.add(view.unit, Source(0, "https://wire.example/feed", "The Wire"))
            content = f"<p>Our {name}</p>" + TRICKS
            post = publishing.create(view, NEWSROOM, "post", Changes(title=name, content=content, status="pending"))
            url, now = f"https://wire.example/{name}", view.now()
            facts = OriginFacts(name, ("Ann Author",), published=now, rights=Rights.FULL)
            origin = Origin(number, f"{name}{post.id}", url, f"{url}{post.id}", now, now, post=post.id, facts=facts)
            row = sources.save_origin(view.unit, origin)
            finding = Finding(EntryState.TAKEN, "filtered", LINE)
            entries.note(view.unit, [(Named(number, origin.guid, url, name), finding)], int(now.timestamp()), row)
            if kept:
                held.keep(
                    view.unit,
                    post.id,
                    HeldOriginal("page", f"<h1>Page of {name}</h1><p>Text</p>"),
                    int(now.timestamp()),
                )
        return post.id

    yield came
    with newsroom.write() as view:
        for post in held.page(view.unit, 0, 100)[0]:
            publishing.publish(view, NEWSROOM, post)
    newsroom.database.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_are_accessible(
    enter: Enter, waiting: Callable[[str], int], width: int, dark: bool
) -> None:  # fmt: skip
    waiting("One" + "long" * 40)
    waiting("Two")
    page = enter("editor", HERE, width=width, dark=dark)
    expect(page.locator("main")).to_contain_text("A rule of its source holds it:")
    assert flaws(page) == []
    page.get_by_role("link", name="As a list").click()
    expect(page.locator("table")).to_contain_text("Two")
    assert flaws(page) == []


def test_frames_run_nothing_and_ask_nobody(enter: Enter, waiting: Callable[[str], int]) -> None:
    waiting("One")
    page = enter("editor", "")
    asked: list[str] = []

    def heard(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route("**://spy.example/**", heard)  # what the page's policy forbids never comes so far
    page.goto(f"/wp-admin/{HERE}")
    article = page.frame_locator("iframe >> nth=0")
    original = page.frame_locator("iframe >> nth=1")
    expect(original.locator("h1")).to_have_text("Page of One")
    expect(article.locator("p").first).to_have_text("Our One")
    assert original.locator("body").evaluate("body => getComputedStyle(body).margin") == "16px"
    article.locator("img").wait_for(state="attached")
    assert asked == []
    expect(page.locator("h1")).to_have_text("Review")


def test_everything_by_keys(enter: Enter, waiting: Callable[[str], int]) -> None:
    for name in ("One", "Two", "Three"):
        waiting(name)
    page = enter("editor", HERE)
    title = page.locator("main h2")
    expect(title).to_have_text("One")
    page.keyboard.press("n")
    expect(title).to_have_text("Two")
    page.keyboard.press("p")
    expect(title).to_have_text("One")
    page.get_by_label("Why it is rejected").type("a rumour")
    expect(title).to_have_text("One")
    page.get_by_label("Why it is rejected").press("Tab")
    page.keyboard.press("r")
    expect(page.locator(".notice")).to_contain_text("1 article is rejected.")
    expect(title).to_have_text("Two")
    page.keyboard.press("a")
    expect(page.locator(".notice")).to_contain_text("1 article is published.")
    expect(title).to_have_text("Three")
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.locator("kbd")).to_have_count(0)
    page.keyboard.press("a")
    expect(title).to_have_text("Three")
    page.get_by_role("button", name="Decide by single keys").click()
    expect(page.locator("kbd").first).to_be_visible()
    settle(page)
    page.keyboard.press("e")
    page.wait_for_url("**/post.php?post=*")


def test_a_near_copy_is_merged_by_a_key(enter: Enter, waiting: Callable[[str], int], folder: Path) -> None:
    first, second = waiting("One"), waiting("Two")
    page = enter("editor", f"{HERE}&post={second}")
    field = page.get_by_label("Number of the post to merge it into")
    field.fill(str(first))
    page.locator("main h2").click()  # keys do nothing while anybody types
    assert flaws(page) == []
    page.keyboard.press("m")
    expect(page.locator(".notice")).to_contain_text("1 article is merged")
    expect(page.locator("main h2")).to_have_text("One")
    page.goto("/wp-admin/admin.php?page=stories")
    expect(page.locator("main")).to_contain_text("Two")


def test_without_script(enter: Enter, waiting: Callable[[str], int]) -> None:
    waiting("One")
    waiting("Two")
    page = enter("editor", HERE, script=False)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".notice")).to_contain_text("1 article is published.")
    expect(page.locator("main h2")).to_have_text("Two")
    page.goto(f"/wp-admin/{HERE}&list=1")
    page.get_by_label("Check Two").check()
    page.get_by_label("With those that are checked").select_option("reject")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".notice")).to_contain_text("1 article is rejected.")
    expect(page.locator("main")).to_contain_text("Nothing waits for a decision.")
