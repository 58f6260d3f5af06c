"""What somebody who writes relies on: nothing is lost, nobody overwrites another, and what is published is as meant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.acts import note, open_library, schedule
from tests.browser.beside import paragraph, picture, stranger
from tests.browser.conftest import Write
from tests.browser.editor import CONFIG, Editing
from tests.browser.stage import ROLES, password_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator

NOT_THEIRS = ("/wp/v2/tags?context=edit", "/wp/v2/categories?context=edit")
"""What the editor asks before publishing, and WordPress refuses to those who may not edit terms."""
PROVENANCE = {
    "source": {"id": 1, "name": "Harbour Agency"},
    "url": "https://agency.example/story",
    "rights": "All rights reserved",
    "license": "",
    "first_seen": "2026-11-01T08:00:00+00:00",
    "last_checked": "2026-11-02T08:00:00+00:00",
}


@pytest.mark.parametrize("role", ["administrator", "editor", "author", "contributor"])
def test_opening_asks_little(write: Write, role: str) -> None:
    editing = write(role, "").make()
    editing.wait_for_call("GET", "/wp/v2/comments")
    editing.page.wait_for_timeout(3_000)
    assert len(editing.asked) <= 3, [asked.pair for asked in editing.asked]


def test_what_was_autosaved_of_a_published_post_is_offered(write: Write) -> None:
    editing = write("author", "").make(status="publish")
    number = editing.number
    editing.write("Not yet for readers.")
    editing.autosave()
    editing.open(f"post.php?post={number}&action=edit")
    assert "Not yet" not in editing.content
    editing.notice("autosave").get_by_role("button", name="View the autosave").click()
    editing.page.get_by_role("button", name="Restore").first.wait_for()


def test_what_was_not_saved_is_there_after_a_crash(write: Write) -> None:
    editing = write("author", "").make()
    number = editing.number
    editing.page.on("dialog", lambda dialog: dialog.accept())
    editing.page.evaluate("wp.data.dispatch('core/editor').updateEditorSettings({ localAutosaveInterval: 1 })")
    editing.write("Not saved anywhere.")
    editing.wait(
        "number => (sessionStorage.getItem(`wp-autosave-block-editor-post-${number}`) ?? '').includes('anywhere.')",
        number,
    )
    editing.open(f"post.php?post={number}&action=edit")
    assert "Not saved anywhere." not in editing.content
    editing.notice("backup").get_by_role("button", name="Restore the backup").click()
    editing.wait_for_content("Not saved anywhere.")
    editing.save()
    assert "Not saved anywhere." in editing.saved()["content"]["raw"]


def test_what_is_scheduled_is_not_shown_before(write: Write) -> None:
    editing = write("author", "").make(title="Much later")
    editing.excuse(*NOT_THEIRS)
    schedule(editing)
    saved = editing.saved()
    assert saved["status"] == "future"
    assert stranger(saved["link"])[0] == 404


def warnings(editing: Editing) -> Locator:
    return editing.before_publishing().locator(".wirepress-checks")


def test_the_panel_before_publishing_says_what_is_missing(write: Write) -> None:
    image = '<!-- wp:image -->\n<figure class="wp-block-image"><img src="/a.png" alt=""/></figure>\n<!-- /wp:image -->'
    editing = write("administrator", "")
    editing.excuse("/a.png")
    said = warnings(editing.make(content=image))
    expect(said).to_contain_text("no featured image")
    expect(said).to_contain_text("1 image has no alternative text")
    expect(said).to_contain_text("only category is the default one")
    expect(said).not_to_contain_text("first published")


def test_what_came_from_outside_says_so(write: Write) -> None:
    editing = write("editor", "")

    def came_from_outside(config: dict[str, Any]) -> None:
        for path, answer in config["preload"].items():
            if path.startswith("/wirepress/v1/provenance/"):
                answer["body"] |= PROVENANCE

    editing.configure(came_from_outside)
    editing.make()
    panel = editing.panel("Where it came from")
    expect(panel).to_contain_text("Harbour Agency")
    expect(warnings(editing)).to_contain_text("does not say where it was first published")


def test_a_text_that_readers_see_as_it_was_written_is_told(write: Write) -> None:
    galleries = "<!-- wp:shortcode -->\n" + "[gallery]" * 3_000 + "\n<!-- /wp:shortcode -->"
    editing = write("author", "").make(content=galleries)
    notice = editing.page.locator(".components-notice.is-warning", has_text="too much work")
    expect(notice).to_be_visible()
    editing.page.evaluate("wp.data.dispatch('core/block-editor').resetBlocks([])")
    editing.write("Short.")
    editing.save()
    expect(notice).to_have_count(0)


def is_locked(editing: Editing, number: int) -> bool:
    """Whether a page of the editor that is opened now would say that somebody else edits the post."""
    text = editing.page.context.request.get(f"/wp-admin/post.php?post={number}&action=edit").text()
    found = CONFIG.search(text)
    assert found
    return bool(json.loads(found[2])["settings"]["postLock"]["isLocked"])


def test_two_people_do_not_overwrite_each_other(write: Write) -> None:
    first = write("editor", "").make(status="publish")
    number = first.number
    second = write("administrator", f"post.php?post={number}&action=edit")
    dialogue = second.page.get_by_role("dialog")
    expect(dialogue).to_contain_text("Eddie Editor")
    with second.page.expect_navigation():
        dialogue.get_by_role("link", name="Take over").click()
    second.ready()
    expect(second.page.get_by_role("dialog")).to_have_count(0)
    # The first one's page may not have heard of it yet.
    first.excuse("409 POST")
    first.write("By who had it.")
    first.page.keyboard.press("Control+s")
    first.notice("has taken over this post").wait_for()
    expect(first.page.get_by_role("dialog")).to_contain_text("taken over")
    assert "By who had it." in first.content
    assert "By who had it." not in second.saved()["content"]["raw"]
    first.page.keyboard.press("Control+s")
    second.write("By who has it now.")
    second.save()
    assert {asked.status for asked in first.calls("PUT", "/wp/v2/posts/N")} == {409}
    assert "By who has it now." in second.saved()["content"]["raw"]
    second.page.goto("/wp-admin/")
    first.wait_for(lambda: not is_locked(first, number))
    first.page.on("dialog", lambda dialog: dialog.accept())
    first.open(f"post.php?post={number}&action=edit")
    expect(first.page.get_by_role("dialog")).to_have_count(0)
    first.wait_for_content("By who has it now.")


def test_a_login_that_ended_is_asked_for_in_place(write: Write) -> None:
    editing = write("author", "", alone=True).make()
    editing.excuse("401", "403", "400 GET")
    editing.write("Written after the end.")
    editing.page.context.clear_cookies()
    editing.page.keyboard.press("Control+s")
    frame = editing.page.frame_locator(".wirepress-login__frame")
    frame.locator("input[name=log]").fill(ROLES["author"])
    frame.locator("input[name=pwd]").fill(password_of(ROLES["author"]))
    frame.locator("[type=submit]").click()
    editing.page.locator(".wirepress-login").wait_for(state="detached")
    editing.settle()
    editing.wait("() => ! wp.data.select('core/editor').isEditedPostDirty()")
    assert "Written after the end." in editing.saved()["content"]["raw"]


def test_a_lost_connection_is_told_and_survived(write: Write) -> None:
    editing = write("author", "", alone=True).make()
    editing.excuse("dynamically imported module")  # that of formulas, which the editor loads when it is first needed
    editing.page.context.set_offline(True)
    editing.write("Written without a connection.")
    editing.page.keyboard.press("Control+s")
    notice = editing.notice("The connection is lost")
    editing.page.context.set_offline(False)
    notice.wait_for(state="detached")
    editing.save()
    assert "Written without a connection." in editing.saved()["content"]["raw"]


def test_contributors_submit_for_review(write: Write) -> None:
    editing = write("contributor")
    editing.excuse(*NOT_THEIRS)
    editing.title("From a contributor")
    editing.write("Please look at this.")
    editing.save()
    panel = editing.before_publishing()
    panel.get_by_role("button", name="Submit for Review").click()
    editing.wait("() => wp.data.select('core/editor').getCurrentPost().status === 'pending'")
    saved = editing.saved()
    assert (saved["status"], saved["content"]["raw"]) == ("pending", paragraph("Please look at this."))


def test_contributors_upload_nothing(write: Write) -> None:
    editing = write("contributor", "").make()
    block = editing.insert("core/image")
    block.locator(".components-placeholder").wait_for()
    expect(block.locator("input[type=file]")).to_have_count(0)
    editing.panel_of_post().get_by_role("button", name="Categories").wait_for()
    expect(editing.page.locator(".editor-post-featured-image__toggle")).to_have_count(0)


def test_a_contributor_writes_notes_on_an_own_draft(write: Write) -> None:
    editing = write("contributor", "").make()
    note(editing, "Is this right?")
    (kept,) = editing.rest(f"/wp/v2/comments?post={editing.number}&type=note&status=all&context=edit")
    assert kept["content"]["raw"] == "Is this right?"


def test_what_one_may_not_edit_is_not_opened(write: Write) -> None:
    editing = write("author", "")
    response = editing.page.goto("/wp-admin/post.php?post=80&action=edit")
    editing.excuse("403 GET")
    assert response is not None
    assert response.status == 403
    expect(editing.page.locator("#editor")).to_have_count(0)


def test_a_featured_image_is_shown_to_readers(write: Write, tmp_path: Path) -> None:
    editing = write("author", "").make(title="With a picture")
    editing.excuse(*NOT_THEIRS)
    open_library(editing)
    dialogue = editing.page.get_by_role("dialog")
    dialogue.locator("input[type=file]").set_input_files(picture(tmp_path, f"lead-{editing.number}.png"))
    editing.wait_for_call("POST", "/wp/v2/media")
    sent = dialogue.get_by_role("option", name=re.compile(f"lead-{editing.number}"))
    expect(sent).to_have_attribute("aria-selected", "true")  # a picture that was just sent is chosen already
    dialogue.get_by_role("button", name="Select", exact=True).click()
    editing.wait("() => wp.data.select('core/editor').getEditedPostAttribute('featured_media') > 0")
    editing.publish()
    found = re.search(rf'<img[^>]*src="([^"]*lead-{editing.number}[^"]*)"', stranger(editing.saved()["link"])[1])
    assert found
    assert editing.page.context.request.get(found[1]).ok


def test_authors_choose_among_all_pictures(write: Write) -> None:
    editing = write("author", "").make()
    open_library(editing)
    dialogue = editing.page.get_by_role("dialog")
    dialogue.get_by_role("option", name="Harbour at dawn").click()  # it is the administrator's
    dialogue.get_by_role("button", name="Select", exact=True).click()
    editing.wait("() => wp.data.select('core/editor').getEditedPostAttribute('featured_media') === 1")
    editing.save()
    assert editing.saved()["featured_media"] == 1


def test_a_lock_is_given_back_when_somebody_leaves(write: Write) -> None:
    editing = write("author", "").make()
    number = editing.number
    with editing.page.expect_request(re.compile("admin-ajax")) as beacon:
        editing.page.goto("/wp-admin/")
    assert beacon.value.post_data is not None
    assert "wp-remove-post-lock" in beacon.value.post_data
    assert str(number) in beacon.value.post_data
