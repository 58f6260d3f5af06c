"""Quick edit and bulk edit of the lists of posts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape

import pytest

from tests.admin.client import Client, Form
from tests.admin.post_lists import AUTHOR, asked, kept, plant_all, row
from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.store import terms as term_store


@pytest.fixture
def desk(client: Client) -> Client:
    """A client of a newsroom with a post of each kind."""
    plant_all(client)
    return client


# ---- quick edit

TYPED: Form = {
    "action": "quick", "post_ID": 11, "post_title": "Storm", "post_name": "the storm", "post_date": "2024-02-01T08:05",
    "post_author": "3", "post_status": "publish", "post_password": "", "comment_status": "1", "tax_category[]": ["3"],
    "tags_post_tag": "Breaking, Sea & wind, breaking",
}  # fmt: skip


def test_quick_edit_shows_what_a_post_has(desk: Client) -> None:
    page = desk.get("editor", "edit.php?quick=11&s=storm")
    fields = row(page, 11)
    assert 'value="Storm &amp; &lt;em&gt;flood&lt;/em&gt;"' in fields
    assert 'value="2024-02-01T08:05"' in fields
    assert re.search(r'name="tax_category\[\]" value="2" checked', fields)
    assert "s=storm" in fields
    assert "<form" not in row(desk.get("author", "edit.php?quick=11&all_posts=1"), 11)


def test_quick_edit_saves(desk: Client) -> None:
    page = desk.post("editor", "edit.php?s=storm&paged=2", TYPED)
    assert page.status == 303
    assert asked(page) == {"s": ["storm"], "paged": ["2"], "updated": ["1"]}
    post = kept(desk, 11)
    assert (post.title, post.slug, post.author, post.date) == ("Storm", "the-storm", AUTHOR, "2024-02-01 08:05:09")
    assert post.comment_status == "open"
    assert [(term.taxonomy, term.slug) for term in post.terms] == [
        ("category", "europe"), ("post_tag", "breaking"), ("post_tag", "sea-wind"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&#8220;Storm&#8221; &quot;at&#x20;sea&quot;", '\u201cStorm\u201d "at sea"'),
        ("How &lt;b&gt; works", "How &lt;b&gt; works"),
        ("What &amp;amp; and &amp;lt; mean", "What &amp;amp; and &amp;lt; mean"),
        ("&amp; &nothing; & more &", "& &nothing; & more &"),
    ],
)
def test_quick_edit_shows_a_title_as_it_is_typed_and_keeps_it(desk: Client, title: str, shown: str) -> None:
    with desk.newsroom.write() as view:
        publishing.update(view, NEWSROOM, 11, Changes(title=title))
    assert f'value="{escape(shown)}"' in row(desk.get("editor", "edit.php?quick=11"), 11).replace("&#34;", "&quot;")
    desk.post("editor", "edit.php", {**TYPED, "post_title": shown})
    assert kept(desk, 11).title == title
    desk.post("editor", "edit.php", {**TYPED, "post_title": shown + "!"})
    assert unescape(kept(desk, 11).title) == unescape(title) + "!"


def test_quick_edit_keeps_names_with_commas_and_what_is_not_sent(desk: Client) -> None:
    with desk.newsroom.write() as view:
        both = [terms.find_or_create(view, "post_tag", name).id for name in ("Sea", "Bergen, Norway")]
        publishing.update(view, NEWSROOM, 11, Changes(terms={"post_tag": both, "category": [3]}))
    shown = re.search(r'name="tags_post_tag" type="text" value="([^"]*)"', desk.get("editor", "edit.php?quick=11").html)
    assert shown is not None
    desk.post("editor", "edit.php", {**TYPED, "tags_post_tag": f"{shown[1]}, Norway"})
    names = {term.name for term in kept(desk, 11).terms if term.taxonomy == "post_tag"}
    assert names == {"Sea", "Bergen, Norway", "Norway"}
    before = kept(desk, 11).terms
    desk.post("editor", "edit.php", {"action": "quick", "post_ID": 11, "post_title": "Only this"})
    assert kept(desk, 11).terms == before
    desk.post("editor", "edit.php", {**TYPED, "tags_post_tag": "", "tax_category[]": [""]})
    assert [term.slug for term in kept(desk, 11).terms] == ["uncategorized"]


def test_quick_edit_leaves_what_it_does_not_show(desk: Client) -> None:
    with desk.newsroom.write() as view:
        publishing.stick(view, 12, sticky=True)
    before = kept(desk, 12)
    typed: Form = {
        "action": "quick",
        "post_ID": 12,
        "post_title": "Mine",
        "post_status": "publish",
        "tags_post_tag": "Breaking",
    }
    desk.post("author", "edit.php", {**typed, "tax_category[]": [3], "post_date": "2025-03-01T10:00", "sticky": "1"})
    after = kept(desk, 12)
    assert replace(after, modified=before.modified, modified_gmt=before.modified_gmt, version=before.version,
                   rendering=before.rendering, comment_status=before.comment_status, revisions=before.revisions,
                   last_revision=before.last_revision) == before  # fmt: skip
    with desk.newsroom.view() as view:
        assert 12 in view.site.sticky


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"post_date": "soon"}, "This is no date."),
        ({"post_date": "2024-02-31T08:05"}, "That is no date."),
        ({"post_date": "0000-00-00T00:00"}, "This is no date."),
        ({"post_author": "9" * 5000}, "There is no such author here."),
        ({"post_author": "5"}, "There is no such author here."),
        ({"post_status": "nonsense"}, "There is no such status."),
        ({"post_password": "p" * 256}, "at most 255"),
        ({"sticky": "1", "post_password": "x"}, "cannot have a password"),
        ({"tags_post_tag": "new tag, " + "x" * 201}, "too long"),
        ({"post_title": "t" * 70000}, "longer than the database"),
    ],
)
def test_what_quick_edit_refuses_stays_typed(desk: Client, changed: Mapping[str, str], words: str) -> None:
    before = kept(desk, 11)
    page = desk.post(
        "editor", "edit.php", {**TYPED, "post_title": 'Typed "title"', "post_name": "typed-slug", **changed}
    )
    assert page.status == 400
    assert words in page.text
    assert 'value="typed-slug"' in row(page, 11)
    assert kept(desk, 11) == before
    with desk.newsroom.database.read() as unit:
        assert term_store.by_slug(unit, "post_tag", "sea-wind") is None
        assert term_store.by_slug(unit, "post_tag", "new-tag") is None


def test_quick_edit_publishes_only_for_those_who_may(desk: Client) -> None:
    typed: Form = {"action": "quick", "post_ID": 13, "post_title": "Half", "post_status": "publish"}
    assert desk.post("contributor", "edit.php", typed).status == 403
    assert 'value="publish"' not in row(desk.get("contributor", "edit.php?quick=13"), 13)
    assert desk.post("contributor", "edit.php", {**typed, "post_status": "pending"}).status == 303
    assert desk.post("contributor", "edit.php", {**typed, "post_status": "pending", "post_author": "2"}).status == 403
    assert desk.post("contributor", "edit.php", {**typed, "post_ID": 11, "post_status": ""}).status == 403
    assert desk.post("editor", "edit.php", typed).status == 303
    post = kept(desk, 13)
    assert (post.status, post.slug, post.date) == ("publish", "half", "2024-02-01 08:05:09")


def test_quick_edit_schedules_and_lets_float(desk: Client) -> None:
    typed: Form = {"action": "quick", "post_ID": 13, "post_title": "Half", "post_status": "publish"}
    desk.post("editor", "edit.php", {**typed, "post_status": "draft", "post_date": ""})
    assert kept(desk, 13).date_gmt == "0000-00-00 00:00:00"
    assert 'name="post_date" type="datetime-local" value=""' in row(desk.get("editor", "edit.php?quick=13"), 13)
    desk.post("editor", "edit.php", {**typed, "post_date": "2025-07-01T06:30"})
    assert (kept(desk, 13).status, kept(desk, 13).date) == ("future", "2025-07-01 06:30:00")


def test_quick_edit_of_pages_keeps_the_tree_sound(desk: Client) -> None:
    typed: Form = {"action": "quick", "post_title": "T", "post_status": "publish", "menu_order": "-3"}
    page = desk.get("editor", "edit.php?post_type=page&quick=31")
    assert '<option value="32">' not in row(page, 31)
    refused = desk.post("editor", "edit.php?post_type=page", {**typed, "post_ID": 31, "post_parent": "32"})
    assert (refused.status, "cannot stand there" in refused.text) == (400, True)
    assert desk.post("editor", "edit.php?post_type=page", {**typed, "post_ID": 32, "post_parent": "0"}).status == 303
    assert (kept(desk, 32).parent, kept(desk, 32).menu_order) == (0, -3)
    assert desk.post("editor", "edit.php", {**typed, "post_ID": 32}).status == 404


# ---- bulk edit


def test_bulk_edit_opens_its_panel_with_the_rows_checked(desk: Client) -> None:
    page = desk.post("editor", "edit.php?m=202402", {"action": "edit", "post[]": [11, 13]})
    assert (asked(page)["bulk"], asked(page)["m"]) == (["11", "13"], ["202402"])
    panel = desk.get("editor", page.location.partition("/wp-admin/")[2])
    assert "Change all checked rows" in panel.text
    assert re.findall(r'value="(\d+)" data-row form="bulk" checked', panel.html) == ["13", "11"]
    assert "bulk=" not in re.findall(r'<form id="bulk"[^>]*action="([^"]*)"', panel.html)[0]


def test_bulk_edit_adds_and_changes(desk: Client) -> None:
    form: Form = {
        "action": "bulk", "post[]": [11, 12, 18, 17], "post_status": "pending", "post_author": "3",
        "comment_status": "open", "sticky": "1", "tax_category[]": [3], "tags_post_tag": "Breaking, Fresh",
    }  # fmt: skip
    page = desk.post("editor", "edit.php", form)
    assert (asked(page)["updated"], asked(page)["skipped"]) == (["3"], ["1"])
    post = kept(desk, 11)
    assert (post.status, post.author, post.comment_status) == ("pending", AUTHOR, "open")
    assert {term.slug for term in post.terms} == {"world", "europe", "breaking", "fresh"}
    with desk.newsroom.view() as view:
        assert set(view.site.sticky) == {11, 12}


def test_bulk_edit_says_that_nothing_was_chosen_to_change(desk: Client) -> None:
    page = desk.post("editor", "edit.php", {"action": "bulk", "post[]": [11]})
    assert (page.status, "Say first what shall change." in page.text) == (400, True)
    assert 'value="11" data-row form="bulk" checked' in page.html
    before = kept(desk, 12)
    page = desk.post("author", "edit.php", {"action": "bulk", "post[]": [11, 12], "comment_status": "open"})
    assert (asked(page)["updated"], asked(page)["skipped"]) == (["1"], ["1"])
    assert kept(desk, 12).comment_status != before.comment_status
