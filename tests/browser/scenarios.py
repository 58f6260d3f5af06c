"""What the scenarios of tests/editor/contract.json.gz did, done again in the editor that we serve.

Each gives the editor that it was done in; that what was done is there when the API is asked, it has seen to itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.acts import (
    add_category,
    code,
    embed,
    feature,
    hasten,
    link,
    note,
    open_library,
    open_patterns,
    preview,
    schedule,
)
from tests.browser.beside import TEXT, paragraph, picture, stranger
from tests.browser.conftest import Write
from tests.browser.editor import Editing

Play = Callable[[Write, Path], Editing]
PLAYS: dict[str, Play] = {}


def plays(name: str) -> Callable[[Play], Play]:
    def kept(play: Play) -> Play:
        PLAYS[name] = play
        return play

    return kept


@plays("open existing post (no preload)")
def _open(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(preload=False)
    expect(editing.canvas.locator("p").first).to_contain_text(TEXT)
    return editing


@plays("open existing post, everything preloaded by server")
def _open_preloaded(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.wait_for_call("GET", "/wp/v2/media")
    editing.wait_for_call("PUT", "/wp/v2/users/me")
    assert len(editing.asked) <= 3
    return editing


@plays("open new post (server made the auto-draft)")
def _open_new(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "post-new.php", preload=False)
    assert editing.attribute("title") == ""
    assert editing.saved()["status"] == "auto-draft"
    return editing


@plays("first save of auto-draft")
def _save_first(write: Write, folder: Path) -> Editing:
    editing = write("administrator")
    editing.title("Storm warning")
    editing.write("First paragraph.")
    assert editing.save().status == 200
    saved = editing.saved()
    assert (saved["status"], saved["title"]["raw"]) == ("draft", "Storm warning")
    assert saved["content"]["raw"] == paragraph("First paragraph.")
    return editing


@plays("autosave of a draft (autosaveInterval)")
def _autosave(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.write("And more.")
    hasten(editing)
    editing.wait_for_call("POST", "/wp/v2/posts/N/autosaves")
    editing.settle()
    assert "And more." in editing.saved()["content"]["raw"]
    return editing


@plays("Save draft")
def _save(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.write("And more.")
    editing.page.get_by_role("button", name="Save draft").click()
    editing.wait_for_call("PUT", "/wp/v2/posts/N")
    assert "And more." in editing.saved()["content"]["raw"]
    return editing


@plays("open inserter / patterns")
def _inserter(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    open_patterns(editing)
    return editing


@plays("upload image from Image block")
def _upload(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    open_patterns(editing)
    block = editing.insert("core/image")
    block.locator("input[type=file]").set_input_files(picture(folder))
    made = json.loads(editing.wait_for_response("POST", "/wp/v2/media"))
    editing.wait("() => /wp-image-\\d/.test(wp.data.select('core/editor').getEditedPostContent())")
    editing.autosave()
    assert f'wp-image-{made["id"]}"' in editing.saved()["content"]["raw"]
    assert editing.rest(f"/wp/v2/media/{made['id']}")["post"] == editing.number
    return editing


@plays("upload two files (gallery/drag)")
def _upload_two(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    block = editing.insert("core/gallery")
    block.locator("input[type=file]").set_input_files([picture(folder, "one.png"), picture(folder, "two.png")])
    editing.wait_for_call("POST", "/wp/v2/media", 2)
    editing.wait("() => wp.data.select('core/editor').getEditedPostContent().match(/wp-image-\\d/g)?.length === 2")
    editing.save()
    assert editing.saved()["content"]["raw"].count("<!-- wp:image") == 2
    return editing


@plays("open media library (featured image)")
def _library(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    open_library(editing)
    return editing


@plays("select featured image")
def _feature(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    chosen = feature(editing)
    editing.save()
    assert editing.saved()["featured_media"] == chosen
    return editing


@plays("open Categories panel")
def _categories(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.panel("Categories").get_by_role("checkbox", name="Sport").wait_for()
    return editing


@plays("add new category")
def _new_category(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    add_category(editing, f"Economy {editing.number}")
    editing.save()
    made = editing.saved()["categories"]
    assert f"Economy {editing.number}" in [editing.rest(f"/wp/v2/categories/{number}")["name"] for number in made]
    return editing


@plays("Tags: open, search, create")
def _tags(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.panel("Tags")
    field = editing.page.get_by_role("combobox", name="Add Tag")
    name = f"finance {editing.number}"
    field.press_sequentially(name, delay=20)
    editing.wait_for_call("GET", "/wp/v2/tags", 2)
    field.press("Enter")
    editing.wait("() => wp.data.select('core/editor').getEditedPostAttribute('tags').length === 1")
    editing.autosave()
    editing.save()
    (tag,) = editing.saved()["tags"]
    assert editing.rest(f"/wp/v2/tags/{tag}")["name"] == name
    return editing


@plays("author select")
def _author(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.panel_of_post().get_by_role("button", name="Change author").click()
    editing.page.locator(".components-popover").get_by_role("combobox").select_option(label="Ada Author")
    editing.save()
    assert editing.saved()["author"] == 3
    return editing


@plays("open pre-publish panel")
def _before_publishing(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.publish()
    assert editing.saved()["status"] == "publish"
    return editing


@plays("publish (with taxonomy + featured image)")
def _publish(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    chosen = feature(editing)
    add_category(editing, f"Economy {editing.number}")
    editing.publish()
    saved = editing.saved()
    assert (saved["status"], saved["featured_media"], len(saved["categories"])) == ("publish", chosen, 2)
    return editing


@plays("autosave of a published post")
def _autosave_published(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(status="publish")
    editing.write("Not yet for readers.")
    hasten(editing)
    editing.wait_for_call("POST", "/wp/v2/posts/N/autosaves")
    editing.settle()
    assert "Not yet" not in editing.saved()["content"]["raw"]
    (kept,) = editing.rest(f"/wp/v2/posts/{editing.number}/autosaves?context=edit")
    assert "Not yet for readers." in kept["content"]["raw"]
    return editing


@plays("preview a draft (saves it, then opens link?preview=true)")
def _preview_draft(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    status, text = stranger(preview(editing))
    assert status == 404
    assert "Words of the preview." not in text
    return editing


@plays("preview a published post (autosave, then opens preview_link from the response)")
def _preview_published(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(status="publish")
    status, text = stranger(preview(editing))
    assert status == 200
    assert TEXT in text
    assert "Words of the preview." not in text
    return editing


@plays("update published")
def _update(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(status="publish")
    editing.write("Edited after publishing.")
    editing.page.get_by_role("button", name="Save", exact=True).click()
    editing.wait_for_call("PUT", "/wp/v2/posts/N")
    editing.settle()
    assert "Edited after publishing." in stranger(editing.saved()["link"])[1]
    return editing


@plays("schedule")
def _schedule(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.insert("core/latest-posts")
    schedule(editing)
    saved = editing.saved()
    assert (saved["status"], saved["date"][:4]) == ("future", "2041")
    return editing


@plays("revisions screen")
def _revisions(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(status="publish")
    for words in ("First change.", "Second change."):
        editing.write(words)
        editing.save()
    editing.panel_of_post().get_by_role("button", name="Revisions").click()
    editing.wait_for_call("GET", "/wp/v2/posts/N/revisions")
    assert len(editing.rest(f"/wp/v2/posts/{editing.number}/revisions")) >= 2
    return editing


@plays("link search (Ctrl+K)")
def _link(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.excuse("/url-details")  # what a page says of itself is not looked up
    link(editing, "Football island")
    editing.save()
    assert re.search(r'<a href="[^"]*football-island[^"]*"', editing.saved()["content"]["raw"])
    return editing


@plays("embed block")
def _embed(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.excuse("/oembed/1.0/proxy", "status of 404")  # what the other site says is not of interest here
    embed(editing, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    editing.save()
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in editing.saved()["content"]["raw"]
    return editing


DYNAMIC = {
    "core/latest-posts": {},
    "core/categories": {},
    "core/tag-cloud": {},
    "core/rss": {"feedURL": "http://x.test/feed"},
    "core/archives": {},
    "core/latest-comments": {},
}


@plays("dynamic blocks")
def _dynamic(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(content="")
    open_patterns(editing)
    for name, attributes in DYNAMIC.items():
        editing.insert(name, attributes)
    editing.wait_for_call("GET", "/wp/v2/block-renderer/core/latest-comments")
    editing.save()
    assert editing.saved()["content"]["raw"].count("<!-- wp:") == len(DYNAMIC)
    return editing


@plays("@mention")
def _mention(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.write("Says @")
    editing.wait_for_call("GET", "/wp/v2/users")
    editing.page.keyboard.type("ada")
    editing.page.get_by_role("option", name=re.compile("Ada Author")).click()
    editing.wait_for_content("Says @author")
    editing.save()
    assert "Says @author" in editing.saved()["content"]["raw"]
    return editing


@plays("preference change (debounced 2.5 s)")
def _preference(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.page.get_by_role("button", name="Options", exact=True).click()
    editing.page.get_by_role("menuitemcheckbox", name=re.compile("Spotlight mode")).click()
    editing.wait("() => wp.data.select('core/preferences').get('core', 'focusMode')")
    editing.wait_for(lambda: "focusMode" in str(editing.rest("/wp/v2/users/me?context=edit")["meta"]))
    return editing


@plays("switch to code editor")
def _code(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    code(editing, paragraph("Written as code."))
    editing.save()
    assert editing.saved()["content"]["raw"] == paragraph("Written as code.")
    return editing


@plays("stale nonce -> refresh -> retry")
def _stale(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    editing.excuse("403", "Forbidden")
    editing.page.evaluate("wp.apiFetch.nonceMiddleware.nonce = 'stale'")
    editing.write("Kept all the same.")
    editing.page.get_by_role("button", name="Save draft").click()
    first, second = editing.wait_for_call("PUT", "/wp/v2/posts/N", 2)
    assert (first.status, second.status) == (403, 200)
    assert editing.calls("GET", "/wp-admin/admin-ajax.php")
    assert "Kept all the same." in editing.saved()["content"]["raw"]
    return editing


@plays("editorial note (supports.editor=[{notes:true}]), including page load")
def _note(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make(preload=False)
    note(editing, "Please check the figures")
    (kept,) = editing.rest(f"/wp/v2/comments?post={editing.number}&type=note&status=all&context=edit")
    assert kept["content"]["raw"] == "Please check the figures"
    return editing


@plays("insert video/gallery/navigation blocks")
def _media_blocks(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    for name in ("core/video", "core/gallery", "core/navigation"):
        block = editing.insert(name)
        if name != "core/navigation":
            block.get_by_role("button", name="Media Library").click()
            editing.page.get_by_role("dialog").wait_for()
            editing.page.keyboard.press("Escape")
            editing.page.get_by_role("dialog").wait_for(state="detached")
    editing.wait_for_call("GET", "/wp/v2/navigation")
    return editing


@plays("trash (DELETE then PUT on the trashed post)")
def _trash(write: Write, folder: Path) -> Editing:
    editing = write("administrator", "").make()
    number = editing.number
    editing.excuse("/wp-admin/edit.php")
    editing.panel_of_post().get_by_role("button", name="Move to trash").click()
    editing.page.get_by_role("dialog").get_by_role("button", name="Move to trash").click()
    editing.wait_for_call("DELETE", "/wp/v2/posts/N")
    assert editing.saved(number)["status"] == "trash"
    return editing
