"""Classic menus: made, renamed, deleted; their entries typed, moved, added, taken out; their places."""

from __future__ import annotations

import re

import pytest

from tests.admin.client import Client
from tests.content.desk import article
from tests.store import many
from wirepress.admin.screens.menus import tree
from wirepress.content import options, terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.menus import classic, entries, shown
from wirepress.content.menus.entries import Entry
from wirepress.model.post import Post
from wirepress.store import bulk

FORM = {"name": "Main"}


@pytest.fixture
def menu(client: Client) -> int:
    """A menu: Home, About (page 10), World (category 2) under it, Contact."""
    with client.newsroom.database.write() as unit:
        many.posts(
            unit,
            [
                article(10, "about", type="page", title="About &amp; us", author=2),
                article(11, "team", type="page", title="The team", author=2),
                article(12, "draft", "draft", type="page", title="Not yet", author=2),
            ],
        )
        bulk.settle(unit)
    with client.newsroom.write() as view:
        made = classic.create(view, "Main")

        def add(**given: object) -> int:
            return entries.save(view, NEWSROOM, Entry(menu=made.id, position=0, **given)).id  # type: ignore[arg-type]

        add(title="Home", url="/")
        about = add(type="post_type", object="page", object_id=10)
        add(type="taxonomy", object="category", object_id=2, parent=about)
        add(title="Contact", url="https://news.example.com/contact")
    return made.id


def posts(client: Client, menu: int) -> list[Post]:
    with client.newsroom.view() as view:
        found = terms.get(view, classic.TAXONOMY, menu)
        assert found is not None
        return shown.entries_of(view, found)


def outline(client: Client, menu: int) -> list[str]:
    """The entries in order, with a sign for each level."""
    with client.newsroom.view() as view:
        found = terms.get(view, classic.TAXONOMY, menu)
        assert found is not None
        kept = {post.id: post for post in shown.entries_of(view, found)}
        places = tree.flat({post.id: shown.number(post, "menu_item_parent") for post in kept.values()})
        return ["-" * depth + shown.plain_title(view, kept[number]) for number, depth in places]


def form(client: Client, menu: int, **more: object) -> dict[str, object]:
    """The form as the page gives it."""
    html = client.get("administrator", f"nav-menus.php?menu={menu}").html
    found: dict[str, object] = {"name": "Main", "item": re.findall(r'name="item" value="(\d+)"', html)}
    for name, value in re.findall(r'name="((?:depth|title|url|attr)-\d+)"[^>]*? value="([^"]*)"', html):
        found[name] = value.replace("&amp;", "&")
    return {**found, **more}


def send(client: Client, menu: int, **more: object) -> str:
    page = client.post("administrator", f"nav-menus.php?menu={menu}", form(client, menu, **more))  # type: ignore[arg-type]
    assert page.status == 303, page.text
    return page.location


# ---- the tree


def test_the_moves_of_a_tree() -> None:
    places = [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 0)]
    assert tree.up(places, 1) == [(2, 0), (3, 1), (4, 1), (5, 2), (1, 0), (6, 0)]
    assert tree.up(places, 0) == places
    assert tree.up(places, 2) == places
    assert tree.down(places, 2) == [(1, 0), (2, 0), (4, 1), (5, 2), (3, 1), (6, 0)]
    assert tree.down(places, 3) == places
    assert tree.under(places, 1) == [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (6, 0)]
    assert tree.under(places, 2) == places
    assert tree.out(places, 2) == [(1, 0), (2, 0), (4, 1), (5, 2), (3, 0), (6, 0)]
    assert tree.out(places, 5) == places
    assert tree.without(places, 1) == [(1, 0), (3, 0), (4, 0), (5, 1), (6, 0)]
    assert tree.parents_of(places) == {1: 0, 2: 0, 3: 2, 4: 2, 5: 4, 6: 0}


def test_trees_that_cannot_be() -> None:
    assert tree.sound([(1, 3), (2, 9), (3, 0)]) == [(1, 0), (2, 1), (3, 0)]
    assert tree.flat({1: 2, 2: 1, 3: 99}) == [(3, 0), (1, 0), (2, 1)]
    assert tree.flat({1: 1}) == [(1, 0)]


# ---- menus


def test_a_menu_is_made(client: Client) -> None:
    assert "A new menu" in client.get("administrator", "nav-menus.php").text
    page = client.post("administrator", "nav-menus.php?menu=0", {"name": "Foot & more"})
    number = int(page.location.partition("menu=")[2].partition("&")[0])
    assert 'value="Foot &amp; more"' in client.get("administrator", f"nav-menus.php?menu={number}").html
    page = client.post("administrator", "nav-menus.php?menu=0", {"name": "foot & more"})
    assert page.status == 400
    assert "There is a menu of this name already." in page.text
    assert 'value="foot &amp; more"' in page.html


def test_a_menu_is_renamed(client: Client, menu: int) -> None:
    client.post("administrator", "nav-menus.php?menu=0", {"name": "Foot"})
    page = client.post("administrator", f"nav-menus.php?menu={menu}", {**form(client, menu), "name": "Foot"})  # type: ignore[dict-item]
    assert page.status == 400
    assert "There is a menu of this name already." in page.text
    assert "updated=1" in send(client, menu, name="Head")
    assert 'value="Head"' in client.get("administrator", f"nav-menus.php?menu={menu}").html


def test_a_menu_is_deleted(client: Client, menu: int) -> None:
    page = client.post("administrator", f"nav-menus.php?menu={menu}", {"action": "delete"})
    assert page.location.endswith("nav-menus.php?deleted=1")
    assert client.get("administrator", f"nav-menus.php?menu={menu}").status == 404


# ---- entries


def test_entries_are_shown_as_a_tree(client: Client, menu: int) -> None:
    page = client.get("administrator", f"nav-menus.php?menu={menu}")
    assert re.findall(r'class="entry depth-(\d)"', page.html) == ["0", "0", "1", "0"]
    assert "About & us" in page.text
    assert "Put Contact under the one before" in page.html


def test_nothing_is_written_where_nothing_was_changed(client: Client, menu: int) -> None:
    send(client, menu, action="save")  # numbers the places
    before = [post.version for post in posts(client, menu)]
    send(client, menu, action="save")
    assert [post.version for post in posts(client, menu)] == before


def test_entries_are_moved(client: Client, menu: int) -> None:
    home, about, world, contact = (post.id for post in posts(client, menu))
    assert f"moved={contact}" in send(client, menu, action=f"up:{contact}")
    assert outline(client, menu) == ["Home", "Contact", "About &amp; us", "-World"]
    send(client, menu, action=f"under:{contact}")
    assert outline(client, menu) == ["Home", "-Contact", "About &amp; us", "-World"]
    send(client, menu, action=f"out:{world}")
    assert outline(client, menu) == ["Home", "-Contact", "About &amp; us", "World"]
    send(client, menu, action=f"down:{home}")
    assert outline(client, menu) == ["About &amp; us", "Home", "-Contact", "World"]
    page = client.get("administrator", f"nav-menus.php?menu={menu}&moved={contact}")
    assert "Contact is number 3 of 4, under Home." in page.text
    assert [post.title for post in posts(client, menu) if post.id == about] == [""]


def test_what_was_typed_goes_with_a_move(client: Client, menu: int) -> None:
    home, about, _, contact = (post.id for post in posts(client, menu))
    send(
        client, menu, action=f"up:{contact}", **{f"title-{home}": "Start", f"attr-{about}": "Who", f"blank-{home}": "1"}
    )
    found = {post.id: post for post in posts(client, menu)}
    assert (found[home].title, shown.note(found[home], "target")) == ("Start", "_blank")
    assert (found[about].title, found[about].excerpt) == ("", "Who")


def test_a_dragged_order(client: Client, menu: int) -> None:
    home, about, world, contact = (post.id for post in posts(client, menu))
    depths = {f"depth-{contact}": 0, f"depth-{home}": 1, f"depth-{about}": 5, f"depth-{world}": 0}
    send(client, menu, action="save", item=[contact, home, about, world, 10, 999], **depths)
    assert outline(client, menu) == ["Contact", "-Home", "--About &amp; us", "World"]


def test_what_somebody_else_added_stays(client: Client, menu: int) -> None:
    _, about, world, contact = (post.id for post in posts(client, menu))
    send(client, menu, action="save", item=[contact, about, world])
    assert outline(client, menu) == ["Contact", "About &amp; us", "-World", "Home"]


def test_entries_are_taken_out(client: Client, menu: int) -> None:
    about = posts(client, menu)[1].id
    assert "deleted=1" in send(client, menu, action=f"remove:{about}")
    assert outline(client, menu) == ["Home", "World", "Contact"]


def test_flaws_are_said_at_their_fields(client: Client, menu: int) -> None:
    home = posts(client, menu)[0].id
    flawed = {f"title-{home}": "", f"url-{home}": "javascript:alert(1)", "action": f"down:{home}"}
    page = client.post("administrator", f"nav-menus.php?menu={menu}", {**form(client, menu), **flawed})  # type: ignore[dict-item]
    assert page.status == 400
    assert "A link of your own needs words." in page.text
    assert "This address cannot be used." in page.text
    assert 'value="javascript:alert(1)"' in page.html
    assert outline(client, menu)[0] == "Home"


# ---- adding


def test_things_are_found_by_their_words(client: Client, menu: int) -> None:
    page = client.get("administrator", f"nav-menus.php?menu={menu}")
    assert "The team" in page.text
    assert "Not yet" not in page.text
    html = client.get("administrator", f"nav-menus.php?menu={menu}&kind=taxonomy:category&q=eur").html
    assert re.findall(r'name="add" value="([^"]*)"', html) == ["taxonomy:category:3"]
    assert "Nothing was found." in client.get("administrator", f"nav-menus.php?menu={menu}&q=xyzzy").text


def test_things_are_added(client: Client, menu: int) -> None:
    things = ["post_type:page:11", "taxonomy:category:3", "post_type:page:12", "post_type:nav_menu_item:13", "x", ":1"]
    assert "added=2" in send(client, menu, action="add", add=things)
    assert outline(client, menu) == ["Home", "About &amp; us", "-World", "Contact", "The team", "Europe"]


def test_a_link_of_one_s_own_is_added(client: Client, menu: int) -> None:
    send(client, menu, action="custom", **{"new-url": "https://a.example/", "new-title": "Elsewhere"})
    assert outline(client, menu)[-1] == "Elsewhere"
    flawed = {"action": "custom", "new-url": "", "new-title": "Nowhere"}
    address = f"nav-menus.php?menu={menu}&kind=custom"
    page = client.post("administrator", address, {**form(client, menu), **flawed})  # type: ignore[dict-item]
    assert page.status == 400
    assert "A link needs an address." in page.text
    assert 'value="Nowhere"' in page.html


def test_places(client: Client, menu: int) -> None:
    fresh = client.get("administrator", f"nav-menus.php?menu={menu}").text
    assert all(word in fresh for word in ("Shown at", "primary", "footer"))
    with client.newsroom.write() as view:
        options.set(view.unit, "theme_mods_wirepress", {"nav_menu_locations": {"head": menu, "foot": 0}})
    assert "Shown at" in client.get("administrator", f"nav-menus.php?menu={menu}").text
    send(client, menu, action="save", place=["foot"], **{"places-shown": "1"})
    with client.newsroom.view() as view:
        assert classic.places(view.site) == {"foot": menu}


def test_a_page_takes_few_statements(client: Client, menu: int) -> None:
    def statements() -> int:
        before = client.newsroom.database.statements
        assert client.get("administrator", f"nav-menus.php?menu={menu}").status == 200
        return client.newsroom.database.statements - before

    statements()
    few = statements()
    send(client, menu, action="add", add=["post_type:page:11"] * 6 + ["taxonomy:category:3"] * 6)
    statements()
    assert statements() <= few <= 13
