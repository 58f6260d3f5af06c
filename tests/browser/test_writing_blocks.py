"""What goes into a text: pasted and dropped things, patterns, embeds, and articles from before there were blocks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.acts import embed, link
from tests.browser.beside import TEXT, paragraph, picture, stranger
from tests.browser.conftest import Write

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal{margin:0;font-family:Calibri}</style></head>
<body><!--StartFragment-->
<p class=MsoNormal style='mso-margin-top-alt:auto'><b><span style='font-size:14.0pt'>The harbour</span></b>
<o:p></o:p></p>
<h2 style='color:#2F5496'>What it costs<o:p></o:p></h2>
<p class=MsoNormal><span lang=EN-GB style='font-family:"Calibri",sans-serif'>Ten <i>million</i>.<o:p></o:p></span></p>
<!--EndFragment--></body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">What it costs</span></h2>
<p dir="ltr" style="line-height:1.38"><span style="font-family:Arial;font-weight:700">Ten</span>
<span style="font-family:Arial;font-style:italic">million</span><span style="font-family:Arial">.</span></p>
<ul><li dir="ltr"><p dir="ltr" role="presentation"><span>One</span></p></li>
<li dir="ltr"><p dir="ltr" role="presentation"><span>Two</span></p></li></ul></b>"""
PAGE = """<article class="story"><h2 onclick="steal()" style="color:red">What it costs</h2>
<script>steal()</script><p class="lead" data-track="1">Ten
<a href="https://example.net/m" onclick="steal()">million</a>.</p>
<ul class="x"><li>One</li><li>Two</li></ul><blockquote><p>So be it.</p></blockquote>
</article>"""
DIRT = ("Mso", "mso-", "<o:p", "docs-internal", "style=", "<span", "onclick", "steal", "data-track", "StartFragment")


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (WORD, ["core/paragraph", "core/heading", "core/paragraph"]),
        (DOCS, ["core/heading", "core/paragraph", "core/list"]),
        (PAGE, ["core/heading", "core/paragraph", "core/list", "core/quote"]),
    ],
    ids=["word", "docs", "page"],
)
def test_what_is_pasted_becomes_clean_blocks(write: Write, html: str, blocks: list[str]) -> None:
    editing = write("author")
    editing.title("Pasted")
    editing.excuse("inline event handler")  # the page's policy does not let it run
    editing.write("")
    editing.paste(html, "What it costs")
    editing.wait("() => wp.data.select('core/block-editor').getBlockCount() > 1")
    editing.save()
    text = editing.saved()["content"]["raw"]
    assert [name for name in editing.blocks if name != "core/html"] == blocks
    assert [dirt for dirt in DIRT if dirt in text] == []
    assert "million" in text


@pytest.mark.parametrize("event", ["paste", "drop"])
def test_picture_files_are_uploaded(write: Write, tmp_path: Path, event: str) -> None:
    editing = write("author", "").make()
    editing.write("")
    editing.hand_over(editing.canvas.locator("[data-block]").last, event, picture(tmp_path, f"{event}ed.png"))
    editing.wait_for_call("POST", "/wp/v2/media")
    editing.wait("() => /wp-image-\\d/.test(wp.data.select('core/editor').getEditedPostContent())")
    editing.save()
    assert re.search(rf"/{event}ed[^\"]*\.png", editing.saved()["content"]["raw"])


def test_a_slash_chooses_a_block(write: Write) -> None:
    editing = write("author", "").make()
    editing.write("/pullq")
    editing.page.get_by_role("option", name="Pullquote").wait_for()
    editing.page.keyboard.press("Enter")
    editing.wait("() => wp.data.select('core/block-editor').getBlocks().at(-1).name === 'core/pullquote'")
    editing.wait_for_cursor()
    editing.page.keyboard.type("So be it.")
    editing.save()
    assert "So be it." in editing.saved()["content"]["raw"]


def test_a_synced_pattern_is_made_and_edited(write: Write) -> None:
    editing = write("editor", "").make(status="publish")
    editing.canvas.locator("p").first.click()
    editing.page.get_by_role("toolbar", name="Block tools").get_by_role("button", name="Options").click()
    editing.page.get_by_role("menuitem", name="Create pattern").click()
    name = f"Council {editing.number}"
    dialogue = editing.page.get_by_role("dialog")
    dialogue.get_by_label("Name").fill(name)
    dialogue.get_by_role("button", name=re.compile("Add|Create")).click()
    editing.wait_for_call("POST", "/wp/v2/blocks")
    editing.wait("() => wp.data.select('core/block-editor').getBlocks()[0].name === 'core/block'")
    editing.save()
    found = re.search(r'<!-- wp:block \{"ref":(\d+)\} /-->', editing.saved()["content"]["raw"])
    assert found
    pattern = int(found[1])
    article = editing.saved()["link"]
    editing.page.get_by_role("button", name="Edit original").first.click()
    editing.wait("number => wp.data.select('core/editor').getCurrentPostId() === number", pattern)
    editing.wait_for_blocks("core/paragraph")
    editing.write("Changed in the pattern.")
    editing.page.get_by_role("button", name="Save", exact=True).click()
    editing.wait_for_call("PUT", "/wp/v2/blocks/N")
    assert "Changed in the pattern." in editing.rest(f"/wp/v2/blocks/{pattern}?context=edit")["content"]["raw"]
    assert "Changed in the pattern." in stranger(article)[1]


def test_authors_link_to_what_they_find(write: Write) -> None:
    editing = write("author", "").make()
    editing.excuse("/url-details")
    link(editing, "Volcano museum")
    editing.save()
    assert "volcano-museum" in editing.saved()["content"]["raw"]


def test_contributors_mention_colleagues(write: Write) -> None:
    editing = write("contributor", "").make()
    editing.write("Says @edd")
    editing.page.get_by_role("option", name=re.compile("Eddie Editor")).click()
    editing.wait_for_content("Says @editor")


def test_an_address_that_nobody_embeds_stays_a_link(write: Write) -> None:
    editing = write("author", "").make(status="publish")
    editing.excuse("/oembed/1.0/proxy")
    embed(editing, "https://unknown.example.net/story")
    editing.canvas.get_by_role("button", name="Convert to link").click()
    editing.save()
    assert 'href="https://unknown.example.net/story"' in stranger(editing.saved()["link"])[1]


def test_an_article_without_blocks_becomes_blocks(write: Write) -> None:
    old = "The first line.\n\nThe <b>second</b> line.\n\n<h2>What it costs</h2>\n<ul>\n<li>One</li>\n</ul>"
    editing = write("editor", "").make(content=old, status="publish")
    editing.wait_for_blocks("core/freeform")
    assert editing.content == old
    editing.canvas.locator("[data-block]").first.click()
    editing.page.get_by_role("button", name="Convert to blocks").click()
    editing.wait_for_blocks("core/paragraph", "core/paragraph", "core/heading", "core/list")
    editing.save()
    assert paragraph("The first line.") in editing.saved()["content"]["raw"]


def test_a_block_is_edited_as_html(write: Write) -> None:
    editing = write("editor", "").make()
    editing.canvas.locator("p").first.click()
    editing.page.get_by_role("toolbar", name="Block tools").get_by_role("button", name="Options").click()
    editing.page.get_by_role("menuitem", name="Edit as HTML").click()
    editing.canvas.locator("textarea").fill("<p>Written by hand.</p>")
    editing.canvas.locator("textarea").press("Tab")
    editing.save()
    raw = editing.saved()["content"]["raw"]
    assert "Written by hand." in raw
    assert TEXT not in raw
