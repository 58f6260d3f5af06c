"""What somebody does in the block editor, in more than one step."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.editor import Editing


def hasten(editing: Editing) -> None:
    """Lets the editor save by itself after a second."""
    editing.page.evaluate("wp.data.dispatch('core/editor').updateEditorSettings({ autosaveInterval: 1 })")


def open_patterns(editing: Editing) -> None:
    editing.page.get_by_role("button", name="Block Inserter", exact=True).click()
    editing.page.get_by_role("tab", name="Patterns").click()
    editing.wait_for_call("GET", "/wp/v2/block-patterns/patterns")


def open_library(editing: Editing) -> None:
    editing.panel_of_post().locator(".editor-post-featured-image__toggle").click()
    editing.page.get_by_role("dialog").get_by_role("option").first.wait_for()


def feature(editing: Editing) -> int:
    """Chooses the newest picture of the library as the post's."""
    open_library(editing)
    dialogue = editing.page.get_by_role("dialog")
    dialogue.get_by_role("option").first.click()
    dialogue.get_by_role("button", name="Select", exact=True).click()
    editing.wait("() => wp.data.select('core/editor').getEditedPostAttribute('featured_media') > 0")
    return int(editing.attribute("featured_media"))


def add_category(editing: Editing, name: str) -> None:
    panel = editing.panel("Categories")
    adds = panel.get_by_role("button", name="Add category")
    adds.first.click()
    panel.get_by_label("Name of the new category").fill(name)
    adds.last.click()
    expect(panel.get_by_role("checkbox", name=name)).to_be_checked()


def preview(editing: Editing) -> str:
    """The address of the preview, which shows what is not saved."""
    editing.write("Words of the preview.")
    editing.page.get_by_role("button", name="View", exact=True).click()
    with editing.page.expect_popup() as opened:
        editing.page.get_by_role("menuitem", name="Preview").click()
    tab = opened.value
    tab.wait_for_url(re.compile("preview=true"))
    expect(tab.locator("body")).to_contain_text("Words of the preview.")
    address = tab.url
    tab.close()
    return str(address)


def schedule(editing: Editing) -> None:
    """Publishes with a date in 2041."""
    editing.panel_of_post().get_by_role("button", name="Change date").click()
    year = editing.page.get_by_label("Year")
    year.fill("2041")
    year.press("Tab")
    editing.wait("() => wp.data.select('core/editor').isEditedPostBeingScheduled()")
    editing.page.keyboard.press("Escape")
    editing.publish()


def link(editing: Editing, words: str) -> None:
    """Makes the first paragraph a link to what is found by these words."""
    editing.canvas.locator("p").first.click()
    editing.page.keyboard.press("Control+a")
    editing.page.keyboard.press("Control+k")
    field = editing.page.get_by_role("combobox", name=re.compile("Search or type|Link"))
    field.wait_for()
    field.press_sequentially(words, delay=10)
    editing.page.get_by_role("option", name=re.compile(words)).first.click()
    editing.wait_for_content("<a href=")


def embed(editing: Editing, address: str) -> None:
    block = editing.insert("core/embed")
    block.locator("input[type=url]").fill(address)
    block.get_by_role("button", name="Embed").click()
    editing.wait_for_call("GET", "/oembed/1.0/proxy")


def code(editing: Editing, text: str) -> None:
    """Writes a whole text in the code editor."""
    editing.page.keyboard.press("Control+Shift+Alt+m")
    field = editing.page.get_by_role("textbox", name="Type text or HTML")
    field.fill(text)
    field.press("Tab")


def note(editing: Editing, words: str) -> None:
    """Writes a note about the first paragraph."""
    editing.canvas.locator("p").first.click()
    editing.page.keyboard.press("Control+Alt+m")
    field = editing.page.get_by_role("textbox", name=re.compile("note", re.IGNORECASE))
    field.wait_for()
    field.fill(words)
    editing.page.get_by_role("button", name="Add note", exact=True).click()
    editing.wait_for_call("POST", "/wp/v2/comments")
