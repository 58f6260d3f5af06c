"""The lists of posts, pages and own types: what they show and what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.admin.client import Client, Page
from tests.content.desk import ROLES, article, make_newsroom
from tests.store import many
from wirepress.content import options
from wirepress.content.posts import publishing
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.wire import Origin, Source
from wirepress.store import bulk, posts, sources, terms

EDITOR, AUTHOR, CONTRIBUTOR = (ROLES.index(role) + 1 for role in ("editor", "author", "contributor"))
MOST_STATEMENTS = 12
SEEN = Stamp("2025-06-15 11:30:00")


def plant(client: Client, *items: Post, assigned: tuple[tuple[int, int], ...] = ()) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, items)
        many.post_terms(unit, ((post, term, 0) for post, term in assigned))
        bulk.settle(unit)


def shown(page: Page) -> list[int]:
    """The ids of the rows."""
    return [int(found) for found in re.findall(r'data-key="(\d+)"', page.html)]


def tabs(page: Page) -> dict[str, str]:
    [nav] = re.findall(r'(?s)<nav class="tabs".*?</nav>', page.html)
    return dict(re.findall(r'<a href="[^"]*"[^>]*>([^<]+?) <span class="count">(\d+)</span>', nav))


def row(page: Page, post_id: int) -> str:
    return re.findall(rf'(?s)<tr id="row-{post_id}".*?</tr>', page.html)[0]


def actions(page: Page, post_id: int) -> list[str]:
    return re.findall(r'(?:data-hotkey="\w"|data-confirm)[^>]*>([\w ]+)<', row(page, post_id))


def asked(page: Page) -> dict[str, list[str]]:
    """The variables of the address that a page leads to."""
    return parse_qs(urlsplit(page.location).query)


def kept(client: Client, post_id: int) -> Post:
    with client.newsroom.database.read() as unit:
        post = posts.get(unit, post_id)
    assert post is not None
    return post


@pytest.fixture
def desk(client: Client) -> Client:
    """A client of a newsroom with a post of each kind."""
    plant(
        client,
        article(11, "storm", title="Storm &amp; <em>flood</em>", author=EDITOR, comment_count=3),
        article(12, "mine", title="Mine", author=AUTHOR, date=Stamp("2025-03-01 10:00:00")),
        article(13, "", "draft", title="Half", author=CONTRIBUTOR),
        article(14, "later", "future", title="Later", author=AUTHOR, date=Stamp("2025-06-16 09:00:00")),
        article(15, "waits", "pending", title="Waits", author=CONTRIBUTOR),
        article(16, "secret", "private", title="Secret", author=EDITOR),
        article(17, "gone__trashed", "trash", title="Gone", author=AUTHOR),
        article(18, "locked", title="Locked", author=EDITOR, password="pass"),
        article(31, "about", type="page", title="About", author=EDITOR, menu_order=2),
        article(32, "team", type="page", title="Team", author=EDITOR, parent=31),
        assigned=((11, 2), (12, 3), (12, 4)),
    )
    return client


# ---- what is shown


def test_tabs_count_what_one_may_list(desk: Client) -> None:
    assert tabs(desk.get("editor", "edit.php")) == {
        "All": "7", "Mine": "3", "Published": "3", "Scheduled": "1", "Pending": "1", "Drafts": "1", "Private": "1",
        "Trash": "1",
    }  # fmt: skip
    found = tabs(desk.get("author", "edit.php"))
    assert (found["All"], found["Mine"], "Private" in found) == ("6", "2", False)


def test_who_edits_no_others_begins_with_their_own(desk: Client) -> None:
    assert shown(desk.get("author", "edit.php")) == [14, 12]
    assert shown(desk.get("author", "edit.php?all_posts=1")) == [14, 12, 18, 15, 13, 11]
    assert shown(desk.get("editor", "edit.php")) == [14, 12, 18, 16, 15, 13, 11]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("post_status=draft", [13]),
        ("post_status=trash", [17]),
        ("post_status=nonsense", [14, 12, 18, 16, 15, 13, 11]),
        ("m=202503", [12]),
        ("m=202513", [14, 12, 18, 16, 15, 13, 11]),
        ("cat=2", [12, 11]),
        ("cat=3", [12]),
        ("cat=99", []),
        ("category_name=europe", [12]),
        ("tag=breaking", [12]),
        ("tag=nothing", []),
        ("taxonomy=post_tag&term=breaking", [12]),
        ("author=2", [18, 16, 11]),
        ("s=storm", [11]),
        ("orderby=title&order=asc&post_status=publish", [18, 12, 11]),
        ("orderby=comment_count&post_status=publish", [11, 18, 12]),
        ("orderby=author&order=asc&post_status=publish", [11, 18, 12]),
        ("paged=2", []),
    ],
)
def test_filters_are_wordpress_s(desk: Client, query: str, ids: list[int]) -> None:
    assert shown(desk.get("editor", f"edit.php?{query}")) == ids


def test_posts_are_filtered_by_their_source(desk: Client) -> None:
    assert "All sources" not in desk.get("editor", "edit.php").text
    with desk.newsroom.write() as view:
        wire = sources.add(view.unit, Source(0, "https://wire.example/feed", "The <b>Wire</b>"))
        now = view.now()
        sources.save_origin(view.unit, Origin(wire, "g", "https://wire.example/1", "wire.example/1", now, now, post=11))
    page = desk.get("editor", "edit.php")
    assert "The <b>" not in page.html
    assert f"source={wire}" in row(page, 11)
    assert shown(desk.get("editor", f"edit.php?source={wire}")) == [11]


def test_a_row_says_what_a_post_is(desk: Client) -> None:
    with desk.newsroom.write() as view:
        publishing.stick(view, 11, sticky=True)
    page = desk.get("editor", "edit.php")
    assert "Storm &amp; flood</a>" in row(page, 11)
    assert "Sticky" in row(page, 11)
    assert "Password" in row(page, 18)
    assert ("Scheduled" in row(page, 14), "in 21 hours" in row(page, 14)) == (True, True)
    assert ("Draft" in row(page, 13), "Last modified" in row(page, 13)) == (True, True)
    assert "edit-comments.php?p=11" in row(page, 11)
    assert "edit.php?cat=2" in row(page, 11)
    assert "edit.php?tag=breaking" in row(page, 12)
    assert "badge" not in row(desk.get("editor", "edit.php?post_status=draft"), 13)


def test_actions_are_those_that_one_may(desk: Client) -> None:
    page = desk.get("editor", "edit.php")
    assert actions(page, 11) == ["Edit", "Quick edit", "Trash", "View"]
    assert actions(page, 13) == ["Edit", "Quick edit", "Trash", "Preview"]
    assert "/?p=13&amp;preview=true" in row(page, 13)
    page = desk.get("author", "edit.php?all_posts=1")
    assert actions(page, 11) == ["View"]
    assert "post.php?post=11" not in page.html
    assert 'value="11"' not in page.html
    assert actions(desk.get("editor", "edit.php?post_status=trash"), 17) == ["Restore", "Delete for good"]


def test_pages_stand_in_their_tree(desk: Client) -> None:
    page = desk.get("editor", "edit.php?post_type=page")
    assert shown(page) == [31, 32]
    assert "— " in row(page, 32)
    found = desk.get("editor", "edit.php?post_type=page&s=team")
    assert ("under “About”" in row(found, 32), "dashes" in row(found, 32)) == (True, False)
    with desk.newsroom.write() as view:
        options.set(view.unit, "show_on_front", "page")
        options.set(view.unit, "page_on_front", "31")
    assert "Front page" in row(desk.get("editor", "edit.php?post_type=page"), 31)


def test_who_has_a_post_open_is_said(desk: Client) -> None:
    seconds = int(desk.newsroom.clock.now().timestamp())
    plant(desk, article(19, "open", title="Open", author=AUTHOR, meta={"_edit_lock": [f"{seconds}:{EDITOR}"]}))
    page = desk.get("administrator", "edit.php")
    assert "Editor is editing this" in row(page, 19)
    assert actions(page, 19) == ["Edit", "View"]
    found = desk.post("administrator", "edit.php", {"action": "trash", "post[]": [19, 11]})
    assert (asked(found)["trashed"], asked(found)["skipped"]) == (["1"], ["1"])
    refused = desk.post("administrator", "edit.php", {"action": "quick", "post_ID": 19, "post_title": "Typed"})
    assert (refused.status, "Somebody else is editing" in refused.text, "Typed" in refused.html) == (409, True, True)


@pytest.mark.parametrize("number", [0, 30, 500])
def test_a_list_takes_as_many_statements_whatever_its_length(client: Client, number: int) -> None:
    holder = {"_edit_lock": [f"{int(client.newsroom.clock.now().timestamp())}:1"]}
    plant(
        client,
        *(article(100 + n, f"p{n}", title=f"P {n}", author=n % 6, meta=holder if n % 7 == 0 else {}) for n in range(number)),
        *(article(1000 + n, f"g{n}", type="page", title=f"G {n}", parent=1000 + n // 3 if n else 0, author=2)
          for n in range(number)),
        assigned=tuple((100 + n, 2 + n % 3) for n in range(number)),
    )  # fmt: skip
    client.post("editor", "edit.php", {"action": "resize", "per_page": 200})
    for query in ("", "?paged=2", "?tag=breaking&cat=2&s=p", "?quick=105&orderby=title", "?post_type=page&quick=1005"):
        client.get("editor", f"edit.php{query}")
        before = client.newsroom.database.statements
        page = client.get("editor", f"edit.php{query}")
        assert page.status == 200
        assert client.newsroom.database.statements - before <= MOST_STATEMENTS, query


# ---- the trash


def test_trashed_is_undone_with_the_same_filters(desk: Client) -> None:
    page = desk.post("editor", "edit.php?post_status=publish&cat=2&paged=1", {"action": "trash", "post[]": [11, 12]})
    found = asked(page)
    assert (found["trashed"], found["ids"], found["post_status"], found["cat"]) == (
        ["2"],
        ["11,12"],
        ["publish"],
        ["2"],
    )
    assert "skipped" not in found
    assert [kept(desk, number).status for number in (11, 12)] == ["trash", "trash"]
    told_so = desk.get("editor", page.location.partition("/wp-admin/")[2])
    assert ("2 items are in the trash." in told_so.text, 'value="undo"' in told_so.html) == (True, True)
    desk.post("editor", "edit.php?post_status=publish", {"action": "undo", "post[]": [11, 12]})
    assert [(kept(desk, number).status, kept(desk, number).slug) for number in (11, 12)] == [
        ("publish", "storm"),
        ("publish", "mine"),
    ]


def test_what_one_may_not_is_skipped(desk: Client) -> None:
    page = desk.post("author", "edit.php", {"action": "trash", "post[]": [11, 12, 31, 999]})
    assert (asked(page)["trashed"], asked(page)["skipped"]) == (["1"], ["3"])
    assert kept(desk, 11).status == "publish"
    assert kept(desk, 31).status == "publish"


def test_a_row_s_own_button_leaves_the_checked_ones(desk: Client) -> None:
    desk.post("editor", "edit.php", {"post[]": [11, 12], "action": "trash:13"})
    assert [kept(desk, number).status for number in (11, 12, 13)] == ["publish", "publish", "trash"]


def test_only_what_is_in_the_trash_is_deleted(desk: Client) -> None:
    page = desk.post("editor", "edit.php", {"action": "delete", "post[]": [11, 17]})
    assert (asked(page)["deleted"], asked(page)["skipped"]) == (["1"], ["1"])
    with desk.newsroom.database.read() as unit:
        assert posts.get(unit, 17) is None
    page = desk.post("editor", "edit.php", {"action": "untrash", "post[]": [11]})
    assert asked(page)["skipped"] == ["1"]


def test_the_trash_is_emptied_of_what_one_may_delete(desk: Client) -> None:
    plant(desk, article(20, "theirs", "trash", title="Theirs", author=EDITOR))
    page = desk.post("author", "edit.php?post_status=trash", {"action": "empty"})
    assert asked(page)["deleted"] == ["1"]
    assert kept(desk, 20).status == "trash"
    page = desk.post("editor", "edit.php?post_status=trash&paged=2", {"action": "empty"})
    assert (asked(page)["deleted"], "paged" in asked(page)) == (["1"], False)


def test_nothing_chosen_is_said(desk: Client) -> None:
    page = desk.post("editor", "edit.php", {"action": "trash"})
    assert (page.status, "Check at least one row" in page.text) == (400, True)
    page = desk.post("editor", "edit.php", {"action": "trash", "post[]": [11]}, nonce="wrong")
    assert page.status == 403


def test_rows_per_page_are_kept_with_the_user(desk: Client) -> None:
    page = desk.post("editor", "edit.php?paged=3&s=a", {"action": "resize", "per_page": 10})
    assert (asked(page).get("paged"), asked(page)["s"]) == (None, ["a"])
    plant(desk, *(article(100 + n, f"p{n}", title=f"P {n}") for n in range(30)))
    assert len(shown(desk.get("editor", "edit.php"))) == 10
    assert len(shown(desk.get("administrator", "edit.php"))) == 20
    assert desk.post("editor", "edit.php", {"action": "resize", "per_page": 7}).status == 400


# ---- quick edit

TYPED = {
    "action": "quick", "post_ID": 11, "post_title": "Storm", "post_name": "the storm", "post_date": "2024-02-01T08:05",
    "post_author": "3", "post_status": "publish", "post_password": "", "comment_status": "1", "tax_category[]": ["3"],
    "tags_post_tag": "Breaking, Sea & wind, breaking",
}  # fmt: skip


def test_quick_edit_shows_what_a_post_has(desk: Client) -> None:
    page = desk.get("editor", "edit.php?quick=11&s=storm")
    fields = row(page, 11)
    assert 'value="Storm &amp;amp; &lt;em&gt;flood&lt;/em&gt;"' in fields
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


def test_quick_edit_leaves_what_it_does_not_show(desk: Client) -> None:
    with desk.newsroom.write() as view:
        publishing.stick(view, 12, sticky=True)
    before = kept(desk, 12)
    typed = {
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
        ({"post_author": "5"}, "There is no such author here."),
        ({"post_status": "nonsense"}, "There is no such status."),
        ({"post_password": "p" * 256}, "at most 255"),
        ({"sticky": "1", "post_password": "x"}, "cannot have a password"),
        ({"tags_post_tag": "new tag, " + "x" * 201}, "too long"),
        ({"post_title": "t" * 70000}, "longer than the database"),
    ],
)
def test_what_quick_edit_refuses_stays_typed(desk: Client, changed: dict[str, str], words: str) -> None:
    before = kept(desk, 11)
    page = desk.post(
        "editor", "edit.php", {**TYPED, "post_title": 'Typed "title"', "post_name": "typed-slug", **changed}
    )
    assert page.status == 400
    assert words in page.text
    assert 'value="typed-slug"' in row(page, 11)
    assert kept(desk, 11) == before
    with desk.newsroom.database.read() as unit:
        assert terms.by_slug(unit, "post_tag", "sea-wind") is None
        assert terms.by_slug(unit, "post_tag", "new-tag") is None


def test_quick_edit_publishes_only_for_those_who_may(desk: Client) -> None:
    typed = {"action": "quick", "post_ID": 13, "post_title": "Half", "post_status": "publish"}
    assert desk.post("contributor", "edit.php", typed).status == 403
    assert 'value="publish"' not in row(desk.get("contributor", "edit.php?quick=13"), 13)
    assert desk.post("contributor", "edit.php", {**typed, "post_status": "pending"}).status == 303
    assert desk.post("contributor", "edit.php", {**typed, "post_status": "pending", "post_author": "2"}).status == 403
    assert desk.post("contributor", "edit.php", {**typed, "post_ID": 11, "post_status": ""}).status == 403
    assert desk.post("editor", "edit.php", typed).status == 303
    post = kept(desk, 13)
    assert (post.status, post.slug, post.date) == ("publish", "half", "2024-02-01 08:05:09")


def test_quick_edit_schedules_and_lets_float(desk: Client) -> None:
    typed = {"action": "quick", "post_ID": 13, "post_title": "Half", "post_status": "publish"}
    desk.post("editor", "edit.php", {**typed, "post_status": "draft", "post_date": ""})
    assert kept(desk, 13).date_gmt == "0000-00-00 00:00:00"
    assert 'name="post_date" type="datetime-local" value=""' in row(desk.get("editor", "edit.php?quick=13"), 13)
    desk.post("editor", "edit.php", {**typed, "post_date": "2025-07-01T06:30"})
    assert (kept(desk, 13).status, kept(desk, 13).date) == ("future", "2025-07-01 06:30:00")


def test_quick_edit_of_pages_keeps_the_tree_sound(desk: Client) -> None:
    typed = {"action": "quick", "post_title": "T", "post_status": "publish", "menu_order": "-3"}
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
    form = {
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


# ---- types of the site's own, the menu


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Client]:
    """A newsroom with a type of its own."""
    newsroom = make_newsroom(tmp_path)
    base = newsroom.registry
    post = base.types["post"]
    recipe: PostType = replace(
        post, name="recipe", label="Recipes", singular="Recipe", rest_base="recipes", builtin=False, labels={}
    )
    newsroom.registry = replace(base, types={**base.types, "recipe": recipe})
    made = Client(newsroom)
    yield made
    newsroom.database.close()


def test_a_type_of_the_site_s_own_has_its_list_and_menu(own: Client) -> None:
    plant(own, article(40, "soup", type="recipe", title="Soup"), article(41, "news", title="News"))
    page = own.get("editor", "edit.php?post_type=recipe")
    assert shown(page) == [40]
    assert "post_type=recipe" in re.findall(r'<form id="bulk"[^>]*action="([^"]*)"', page.html)[0]
    menu = re.findall(r'(?s)<nav class="side".*?</nav>', page.html)[0]
    assert re.findall(r"</span>([\w ]+)</a>", menu) == ["Today", "Posts", "Pages", "Recipes"]
    assert "post-new.php?post_type=recipe" in menu
    assert re.findall(r'aria-current="page">([\w ]+)<', menu) == ["Recipes"]


def test_the_menu_has_what_one_may(desk: Client) -> None:
    menu = re.findall(r'(?s)<nav class="side".*?</nav>', desk.get("editor", "edit.php").html)[0]
    for path in ("edit.php", "post-new.php", "edit-tags.php?taxonomy=category", "edit-tags.php?taxonomy=post_tag"):
        assert f'/wp-admin/{path}"' in menu
    assert "edit.php?post_type=page" in menu
    menu = re.findall(r'(?s)<nav class="side".*?</nav>', desk.get("author", "edit.php").html)[0]
    assert "edit-tags.php" not in menu
    assert "post_type=page" not in menu
