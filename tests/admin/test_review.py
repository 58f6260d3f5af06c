"""Deciding about articles of sources that wait: one after the other beside their originals, or many in the list."""

from __future__ import annotations

import re

import pytest

from tests.admin.client import Client, Form
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.posts import locks, publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.stories import reading as stories
from wirepress.model.entry import EntryState, Finding, Why
from wirepress.model.story import StoryQuery
from wirepress.model.wire import Like, Origin, OriginFacts, Rights, Source
from wirepress.store import entries, held, posts, sources
from wirepress.store.entries import Named
from wirepress.store.held import HeldOriginal
from wirepress.syndicate.stories import joining

HERE = "admin.php?page=review"
HOSTILE = """"><img src=x onerror=alert(1)>'<script>alert(2)</script>"""
LINE = 'hold if title contains "odd"'


def came(client: Client, name: str, *, reason: str = "filtered", source: str = "The Wire", kept: bool = True) -> int:
    """An article that waits: the number of its post."""
    with client.newsroom.write() as view:
        address = f"https://{source.lower().replace(' ', '')}.example/feed"
        known = sources.by_url(view.unit, address)
        number = known.id if known else sources.add(view.unit, Source(0, address, source, rights=Rights.FULL))
        changes = Changes(title=f"Story {name}", content=f"<p>Text of {name}</p>", status="pending", author=1)
        post = publishing.create(view, NEWSROOM, "post", changes)
        url, now = f"https://wire.example/{name}", view.now()
        facts = OriginFacts(f"Story {name}", ("Ann Author",), published=now, licence="CC BY", rights=Rights.FULL)
        origin = Origin(number, name, url, f"wire.example/{name}", now, now, post=post.id, facts=facts)
        row = sources.save_origin(view.unit, origin)
        found = Finding(EntryState.TAKEN, reason, LINE if reason == "filtered" else "")
        entries.note(view.unit, [(Named(number, name, url, name), found)], int(now.timestamp()), row)
        if kept:
            held.keep(view.unit, post.id, HeldOriginal("page", f"<p>Page of {name}</p>"), int(now.timestamp()))
    return post.id


def status(client: Client, post: int) -> str:
    with client.newsroom.view() as view:
        found = posts.get(view.unit, post)
    assert found is not None
    return found.status


def test_one_after_the_other(client: Client) -> None:
    one, two, three = (came(client, name) for name in ("one", "two", "three"))
    page = client.get("editor", HERE)
    for words in ("Story one", "1 of 3", LINE, "The Wire", "Ann Author", "Full text", "CC BY", "wire.example/one"):
        assert words in page.text, words
    assert re.search(r'<iframe sandbox src="[^"]+part=original', page.html)
    assert re.search(r'<iframe sandbox src="[^"]+part=article', page.html)
    assert '<span class="menu-count">3' in page.html
    for key in "amren":
        assert f'aria-keyshortcuts="{key}"' in page.html
    done = client.post("editor", HERE, {"action": "accept", "post": one})
    assert (done.status, f"post={two}" in done.location, "accepted=1" in done.location) == (303, True, True)
    assert status(client, one) == "publish"
    page = client.get("editor", f"{HERE}&post={two}&accepted=1")
    assert "1 article is published." in page.text
    assert f"post={three}" in page.html
    done = client.post("editor", HERE, {"action": "reject", "post": three, "reason": "Old news"})
    assert f"post={two}" not in done.location  # behind the last comes the first again
    assert "Story two" in client.get("editor", HERE).text
    with client.newsroom.view() as view:
        record = entries.of_post(view.unit, three)
    assert record is not None
    assert (record.state, record.reason, record.detail, record.user) == (
        EntryState.REJECTED,
        Why.BY_HAND,
        "Old news",
        2,
    )
    client.post("editor", HERE, {"action": "accept", "post": two})
    assert "Nothing waits for a decision." in client.get("editor", HERE).text
    assert "menu-count" not in client.get("editor", HERE).html


def test_whoever_comes_second_is_told_who_was_first(client: Client) -> None:
    one, two = came(client, "one"), came(client, "two")
    client.post("editor", HERE, {"action": "accept", "post": one})
    late = client.post("administrator", HERE, {"action": "reject", "post": one})
    assert late.status == 409
    assert "Editor has already accepted this article." in late.text
    assert 'value="accept"' not in late.html
    assert f"post={two}" in late.html
    client.post("editor", HERE, {"action": "reject", "post": two})
    late = client.post("administrator", HERE, {"action": "accept", "post": two})
    assert late.status == 303  # who wants what somebody rejected says so
    assert status(client, two) == "publish"
    seen = client.get("administrator", f"{HERE}&post={one}")
    assert "Editor has already accepted this article." in seen.text


def test_one_is_merged_with_the_post_that_is_named_and_many_with_what_they_resemble(client: Client) -> None:
    with client.newsroom.write() as view:
        ours = publishing.create(view, NEWSROOM, "post", Changes(title="Ours", content="x", status="publish")).id
    one, two, three, four = (came(client, name) for name in ("one", "two", "three", "four"))
    unnamed = client.post("editor", HERE, {"action": "merge", "post": one})
    assert (unnamed.status, "Name the post" in unnamed.text) == (400, True)
    nowhere = client.post("editor", HERE, {"action": "merge", "post": one, "into": "424242"})
    assert (nowhere.status, 'value="424242"' in nowhere.html) == (400, True)
    for wrong in ("12a", "#", "# 12 a", "-3", "0"):
        misread = client.post("editor", HERE, {"action": "merge", "post": one, "into": wrong})
        assert (misread.status, "no such post" in misread.text) == (400, True), wrong
    done = client.post("editor", HERE, {"action": "merge", "post": one, "into": f"#{ours}"})
    assert (done.status, f"post={two}" in done.location, "joined=1" in done.location) == (303, True, True)
    assert "1 article is merged" in client.get("editor", f"{HERE}&post={two}&joined=1").text
    with client.newsroom.view() as view:
        (story,) = stories.browse(view, NEWSROOM, StoryQuery())[0]
        assert [(article.post, article.source_name) for article in story.articles] == [(ours, ""), (0, "The Wire")]
        assert posts.get(view.unit, one) is None
    with client.newsroom.write() as view:
        joining.join(view, sources.origins_of_posts(view.unit, [two])[two], Like(ours, 90))
    page = client.get("editor", f"{HERE}&post={two}")
    assert re.search(r"It resembles <a [^>]+><bdi>Ours</bdi></a>", page.html)
    assert f'name="into" type="text" inputmode="numeric" size="8" value="{ours}"' in page.html
    several = client.post("editor", HERE, {"list": 1, "action": "bulk", "bulk-action": "merge", "post[]": [two, three]})
    assert "joined=1" in several.location
    assert "skipped=1" in several.location
    assert client.post("author", HERE, {"action": "merge", "post": four, "into": ours}).status == 403


def test_what_somebody_has_open_waits(client: Client) -> None:
    post = came(client, "one")
    with client.newsroom.view() as view:
        administrator = view.lookup.user(1)
    assert administrator is not None
    with client.newsroom.write() as view:
        locks.take(view, viewer_of(view.site, administrator), post)
    refused = client.post("editor", HERE, {"action": "accept", "post": post})
    assert (refused.status, "open in the editor" in refused.text) == (409, True)
    assert status(client, post) == "pending"


def test_many_in_the_list(client: Client) -> None:
    found = [came(client, str(number)) for number in range(5)]
    other = came(client, "other", source="Gazette", reason="arrival")
    listed = client.get("editor", f"{HERE}&list=1")
    for words in ("Story 0", "Gazette", "All articles of this source wait", LINE, "6 items"):
        assert words in listed.text, words
    of_one = client.get("editor", f"{HERE}&list=1&source=2")
    assert "Story other" in of_one.text
    assert "Story 0" not in of_one.text
    sent: Form = {"list": 1, "action": "bulk", "bulk-action": "accept", "post[]": [*found[:2], 9999]}
    done = client.post("editor", HERE, sent)
    assert "accepted=2" in done.location
    assert "skipped=1" in done.location
    assert "list=1" in done.location
    sent = {"list": 1, "action": "bulk", "bulk-action": "reject", "post[]": found[2:4], "reason": "No"}
    assert "rejected=2" in client.post("editor", HERE, sent).location
    assert "rejected=1" in client.post("editor", HERE, {"list": 1, "action": f"reject:{found[4]}"}).location
    assert [status(client, post) for post in found] == ["publish"] * 2 + ["trash"] * 3
    assert "unchosen=1" in client.post("editor", HERE, {"list": 1, "action": "bulk", "bulk-action": "accept"}).location
    assert client.post("editor", HERE, {"list": 1, "action": "bulk"}).status == 400
    assert status(client, other) == "pending"


def test_frames_show_text_alone(client: Client) -> None:
    post, bare = came(client, "one"), came(client, "two", kept=False)
    for part, words in (("original", "Page of one"), ("article", "Text of one")):
        frame = client.get("editor", f"{HERE}&post={post}&part={part}")
        assert (frame.status, words in frame.text) == (200, True)
        policy = frame.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "sandbox" in policy
        assert "frame-ancestors 'self'" in policy
        assert frame.headers["referrer-policy"] == "no-referrer"
        assert client.get("author", f"{HERE}&post={post}&part={part}").status == 403
    assert client.get("editor", f"{HERE}&post={bare}&part=original").status == 404
    page = client.get("editor", f"{HERE}&post={bare}")
    assert "The original is not kept here" in page.text
    assert 'href="https://wire.example/two" rel="noreferrer noopener nofollow"' in page.html


def test_keys_are_switched_off_and_on(client: Client) -> None:
    post = came(client, "one")
    for wanted, there in (("off", False), ("on", True)):
        assert client.post("editor", HERE, {"action": "keys", "keys": wanted, "post": post}).status == 303
        page = client.get("editor", HERE).html
        assert ("aria-keyshortcuts" in page) is there
        assert ("data-keys" in page) is there
        assert "aria-keyshortcuts" in client.get("administrator", HERE).html


def test_what_was_written_is_shown_as_text(client: Client) -> None:
    with client.newsroom.write() as view:
        number = sources.add(view.unit, Source(0, "https://w.example/f", HOSTILE))
        post = publishing.create(view, NEWSROOM, "post", Changes(title=f"T {HOSTILE}", content="x", status="pending"))
        facts = OriginFacts(HOSTILE, (HOSTILE,), licence=HOSTILE)
        url = f"https://w.example/{HOSTILE}"
        known = Origin(number, "g", url, "k", view.now(), view.now(), post=post.id, facts=facts)
        row = sources.save_origin(view.unit, known)
        entries.note(view.unit, [(Named(number, "g"), Finding(EntryState.TAKEN, "filtered", HOSTILE))], 5, row)
    for path in (HERE, f"{HERE}&list=1"):
        page = client.get("editor", path)
        assert page.status == 200
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html


@pytest.mark.parametrize("path", [HERE, f"{HERE}&list=1"])
def test_a_page_takes_few_statements(client: Client, path: str) -> None:
    def statements() -> int:
        before = client.newsroom.database.statements
        assert client.get("editor", path).status == 200
        return client.newsroom.database.statements - before

    for number in range(3):
        came(client, str(number))
    statements()
    few = statements()
    for number in range(3, 12):
        came(client, str(number), source=f"Wire {number}")
    statements()
    assert statements() == few <= 14


@pytest.mark.parametrize(
    "query", ["&post=99999", "&post=x", f"&post={10**30}", "&source=9", "&list=1&paged=99&source=x"]
)
def test_strange_addresses_are_pages(client: Client, query: str) -> None:
    came(client, "one")
    assert client.get("editor", HERE + query).status == 200
