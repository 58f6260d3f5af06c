"""Changes of originals in a browser: the screen where it is decided, and the panel of the editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.beside import paragraph
from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.editor import Editing
from tests.browser.stage import WIDTHS, served
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.original import ChangedField, FieldState, OriginalChange, Reason
from wirepress.model.wire import Origin, Source
from wirepress.store import originals, sources


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("originals")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server of its own, whose rows a test may add to."""
    with served(folder) as found:
        yield found


@pytest.fixture
def offered(address: str, folder: Path) -> tuple[int, int]:
    """A post that came from a source, and the revision that holds what its original offers."""
    newsroom = open_newsroom(load(folder / "site", {}))
    with newsroom.write() as view:
        ours = Changes(title="Ours", content=paragraph("Our text."), status="publish", author=1)
        post = publishing.create(view, NEWSROOM, "post", ours)
        known = sources.by_url(view.unit, "https://wire.example/feed")
        wire = known.id if known else sources.add(view.unit, Source(0, "https://wire.example/feed", "The Wire"))
        key = f"wire.example/{post.id}"
        origin = Origin(wire, key, f"https://{key}", key, view.now(), view.now(), post=post.id)
        sources.save_origin(view.unit, origin)
        revision = revisions.offer(view, replace(post, title="Theirs", content=paragraph("Their text.")))
        named = {name: ChangedField(FieldState.OFFERED) for name in ("title", "content")}
        named["tags"] = ChangedField(FieldState.OFFERED, ["sea"])
        originals.insert(view.unit, OriginalChange(0, post.id, view.now(), revision, Reason.EDITED, named))
    newsroom.database.close()
    return post.id, revision


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_screen_is_accessible(enter: Enter, offered: tuple[int, int], width: int, dark: bool) -> None:
    page = enter("editor", f"revision.php?revision={offered[1]}", width=width, dark=dark)
    expect(page.locator("main")).to_contain_text("The original has changed")
    assert flaws(page) == []
    listed = enter("editor", "edit.php?changed=1", width=width, dark=dark)
    expect(listed.locator("table")).to_contain_text("The original has changed")
    assert flaws(listed) == []


def test_it_is_decided_without_script(enter: Enter, offered: tuple[int, int]) -> None:
    page = enter("editor", f"revision.php?revision={offered[1]}", script=False)
    page.locator("section[aria-labelledby=field-content]").get_by_role("button", name="Keep ours").click()
    expect(page.locator("section[aria-labelledby=field-content]")).to_have_count(0)
    page.locator("section[aria-labelledby=field-title]").get_by_role("button", name="Take over").click()
    expect(page.locator("section[aria-labelledby=field-title]")).to_have_count(0)
    expect(page.locator("section[aria-labelledby=field-tags]")).to_have_count(1)


def test_the_editor_takes_over_and_keeps(enter: Enter, offered: tuple[int, int]) -> None:
    editing = Editing(enter("editor")).open(f"post.php?post={offered[0]}&action=edit")
    panel = editing.panel("Where it came from")
    expect(panel).to_contain_text("The original has changed")
    panel.get_by_role("button", name="Keep ours: Tags").click()
    expect(panel.get_by_role("button", name="Keep ours: Tags")).to_have_count(0)
    with editing.page.expect_navigation():
        panel.get_by_role("button", name="Take over: Title").click()
    editing.ready()
    assert editing.attribute("title") == "Theirs"
    assert "Our text." in editing.content
    panel = editing.panel("Where it came from")
    expect(panel.get_by_role("button", name="Take over: Text")).to_have_count(1)
    editing.title("Ours again")
    expect(panel).to_contain_text("Save what you have written")
    expect(panel.get_by_role("button", name="Take over: Text")).to_be_disabled()
    assert editing.flaws == []
