"""Stories in a browser: the list, merging and splitting, with and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.editor import Editing
from tests.browser.stage import WIDTHS, served
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.syndicate.stories.deciding import merge

HERE = "admin.php?page=stories"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of this file's own, with two stories of two articles each."""
    folder = tmp_path_factory.mktemp("stories")
    with served(folder) as found:
        newsroom = open_newsroom(load(folder / "site", {}))
        try:
            with newsroom.write() as view:
                for pair in (("Flood in the harbour", "Harbour under water"), ("A bell is lost", "Long" * 40)):
                    made = [Changes(title=title, content="Text", status="publish") for title in pair]
                    merge(view, NEWSROOM, (), [publishing.create(view, NEWSROOM, "post", one).id for one in made])
        finally:
            newsroom.database.close()
        yield found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", HERE, width=width, dark=dark)
    expect(page.locator("table")).to_contain_text("Harbour under water")
    assert flaws(page) == []
    page.get_by_role("button", name="Merge the chosen ones").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose two stories or more.")
    assert flaws(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_stories_are_split_and_merged(enter: Enter, script: bool) -> None:
    page = enter("editor", HERE, script=script)
    rows = page.locator("tbody tr")
    before = rows.count()
    page.get_by_role("button", name="Split off – Harbour under water").click()
    expect(page.locator(".notice")).to_contain_text("a story of its own now")
    expect(rows).to_have_count(before + 1)
    assert flaws(page) == [] if script else True
    page.get_by_label("Choose Harbour under water").check()
    page.get_by_label("Choose Flood in the harbour").check()
    page.get_by_role("button", name="Merge the chosen ones").click()
    expect(page.locator(".notice")).to_contain_text("one now")
    expect(rows).to_have_count(before)


def test_the_list_is_narrowed_by_words(enter: Enter) -> None:
    page = enter("editor", HERE)
    page.get_by_label("Search stories").fill("bell")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("A bell is lost")


def test_the_editor_says_who_else_tells_it(enter: Enter) -> None:
    listed = enter("editor", HERE)
    story = listed.locator("tbody tr", has_text="A bell is lost").get_by_role("link", name="A bell is lost").first
    address = story.get_attribute("href")
    assert "post.php?post=" in (address or "")
    editing = Editing(enter("editor")).open(str(address).rpartition("/")[2])
    panel = editing.panel("Where it came from")
    expect(panel).to_contain_text("Told by others too")
    expect(panel.get_by_role("link", name="LongLong")).to_have_count(1)
    panel.get_by_role("link", name="Merge or split the story").click()
    expect(editing.page.locator("main")).to_contain_text("A bell is lost")
