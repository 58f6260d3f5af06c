"""The lists of posts, pages and own types: what they show, and the trash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.admin.client import Client
from tests.admin.post_lists import AUTHOR, EDITOR, actions, asked, kept, plant, plant_all, row, shown, tabs
from tests.content.desk import article, make_newsroom
from wirepress.content import options
from wirepress.content.posts import publishing
from wirepress.model.registry import PostType
from wirepress.model.wire import Like, Origin, Source
from wirepress.store import posts, sources
from wirepress.syndicate.stories import joining

MOST_STATEMENTS = 12


@pytest.fixture
def desk(client: Client) -> Client:
    """A client of a newsroom with a post of each kind."""
    plant_all(client)
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
    ],
)
def test_filters_are_wordpress_s(desk: Client, query: str, ids: list[int]) -> None:
    assert shown(desk.get("editor", f"edit.php?{query}")) == ids


def test_a_list_that_has_become_shorter_leads_to_its_last_page(desk: Client) -> None:
    page = desk.get("editor", "edit.php?post_status=publish&paged=4&trashed=2&ids=7,²,x,8")
    assert page.status == 303
    assert asked(page) == {"post_status": ["publish"], "trashed": ["2"], "ids": ["7,²,x,8"], "paged": ["1"]}
    page = desk.get("editor", page.location.partition("/wp-admin/")[2])
    assert re.findall(
        r'name="post\[\]" value="(\d+)">', re.findall(r'(?s)<form id="undo".*?</form>', page.html)[0]
    ) == [
        "7",
        "8",
    ]


def test_a_list_by_changes_says_when_these_were(desk: Client) -> None:
    page = desk.get("editor", "edit.php?orderby=modified&order=desc")
    assert "Last modified" in row(page, 11)
    assert 'aria-sort="descending"' in page.html


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


def test_a_post_of_a_story_of_several_sources_leads_to_it(desk: Client) -> None:
    with desk.newsroom.write() as view:
        now, origins = view.now(), []
        for name, post in (("One", 11), ("Two", 0), ("Three", 12)):
            wire = sources.add(view.unit, Source(0, f"https://{name}.example/feed", name))
            origin = Origin(wire, name, f"https://{name}.example/1", f"{name}.example/1", now, now, post=post)
            origins.append(replace(origin, id=sources.save_origin(view.unit, origin)))
        story = joining.join(view, origins[1], Like(11, 90))
        joining.story_of(view, 12)
    page = desk.get("editor", "edit.php")
    assert f"admin.php?page=stories&amp;story={story}" in row(page, 11)
    assert "Told by 2 sources" in row(page, 11)
    assert "page=stories" not in row(page, 12)
    assert "page=stories" not in row(desk.get("author", "edit.php?all_posts=1"), 11)
    alone = desk.get("editor", f"admin.php?page=stories&story={story}").html
    assert ("post=11&amp;action=edit" in alone, "post=12&amp;action=edit" in alone) == (True, False)
    assert desk.get("editor", "admin.php?page=stories&story=999").status == 200


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
        *(article(100 + n, f"p{n}", title=f"P {n}", author=n % 6, meta=holder if n % 7 == 0 else {})
          for n in range(number)),
        *(article(1000 + n, f"g{n}", type="page", title=f"G {n}", parent=1000 + n // 3 if n else 0, author=2)
          for n in range(number)),
        assigned=tuple((100 + n, 2 + n % 3) for n in range(number)),
    )  # fmt: skip
    client.post("editor", "edit.php", {"action": "resize", "per_page": 200})
    for query in ("", "?paged=2", "?tag=breaking&cat=2&s=p", "?quick=105&orderby=title", "?post_type=page&quick=1005"):
        client.get("editor", f"edit.php{query}")
        before = client.newsroom.database.statements
        page = client.get("editor", f"edit.php{query}")
        assert page.status == (303 if query == "?paged=2" and number == 30 else 200)
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


def test_what_comes_back_as_a_draft_is_said_to(desk: Client) -> None:
    for action, said in (("undo", "untrashed"), ("untrash", "drafted")):
        desk.post("editor", "edit.php", {"action": "trash", "post[]": [11, 12]})
        page = desk.post("editor", "edit.php?post_status=trash", {"action": action, "post[]": [11, 12]})
        assert {name: asked(page).get(name) for name in ("untrashed", "drafted")} == {
            "untrashed": None, "drafted": None, said: ["2"],
        }  # fmt: skip
    assert [kept(desk, number).status for number in (11, 12)] == ["draft", "draft"]
    assert "2 items are back from the trash, as drafts." in desk.get("editor", "edit.php?drafted=2").text


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
    groups = re.findall(r"</span>([\w ]+)</a>", menu)
    assert [group for group in groups if group in ("Today", "Posts", "Pages", "Recipes")] == [
        "Today",
        "Posts",
        "Pages",
        "Recipes",
    ]
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
