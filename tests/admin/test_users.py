"""The list of users, what is done with several of them, and how new ones are made."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.admin.client import Client, Form
from tests.admin.media import shelve
from tests.content.desk import article, logged_in
from tests.store import many
from wirepress.content import options
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.mail import Mail
from wirepress.model.user import User
from wirepress.store import bulk, posts, second_factors
from wirepress.store import users as store


@pytest.fixture
def mails(client: Client) -> list[Mail]:
    found: list[Mail] = []
    client.newsroom.post = found.extend
    return found


def user(client: Client, number: int) -> User:
    with client.newsroom.view() as view:
        return users.existing(view, number)


def logins(html: str) -> list[str]:
    return re.findall(r'class="title"[^>]*><bdi>([^<]*)</bdi>', html)


def grown(client: Client, number: int) -> None:
    """So many subscribers more."""
    with client.newsroom.write() as view:
        made = [
            User(n, login=f"reader{n:05}", slug=f"reader{n:05}", email=f"reader{n}@x.example", name=f"Reader {n}",
                 grants={"subscriber": True})
            for n in range(100, 100 + number)
        ]  # fmt: skip
        many.users(view.unit, made)
        bulk.settle(view.unit)


# ---- the list


def test_tabs_count_and_narrow(client: Client) -> None:
    with client.newsroom.write() as view:
        users.update(view, 5, UserChanges(roles=()))
        users.update(view, 4, UserChanges(roles=("author",)))
    page = client.get("administrator", "users.php")
    assert logins(page.html) == ["administrator", "author", "contributor", "editor", "subscriber"]
    tabs = re.findall(r">([\w ]+) <span class=\"count\">(\d+)</span>", page.html)
    assert tabs == [("All", "5"), ("Administrator", "1"), ("Editor", "1"), ("Author", "2"), ("No role", "1")]
    assert logins(client.get("administrator", "users.php?role=author").html) == ["author", "contributor"]
    assert logins(client.get("administrator", "users.php?role=none").html) == ["subscriber"]
    assert logins(client.get("administrator", "users.php?role=nonsense").html)[0] == "administrator"


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("orderby=login&order=desc", "subscriber", "administrator"),
        ("orderby=role", "administrator", "subscriber"),
        ("orderby=role&order=desc", "subscriber", "administrator"),
        ("orderby=email", "administrator", "subscriber"),
        ("orderby=name", "administrator", "subscriber"),
        ("orderby=posts", "author", "administrator"),
        ("orderby=nonsense", "administrator", "subscriber"),
    ],
)
def test_columns_sort(client: Client, query: str, first: str, last: str) -> None:
    with client.newsroom.write() as view:
        for number in range(3):
            posts.insert(view.unit, article(0, f"a{number}", author=3))
    found = logins(client.get("administrator", f"users.php?{query}").html)
    assert (found[0], found[-1]) == (first, last)


def test_a_search_looks_at_names_and_addresses(client: Client) -> None:
    assert logins(client.get("administrator", "users.php?s=edit").html) == ["editor"]
    assert logins(client.get("administrator", "users.php?s=author@news").html) == ["author"]
    page = client.get("administrator", "users.php?s=%3Cscript%3E")
    assert "No users were found" in page.text
    assert "<script>" not in page.html


def test_a_row_says_what_there_is_to_know(client: Client) -> None:
    with client.newsroom.write() as view:
        posts.insert(view.unit, article(0, "a", author=3))
        posts.insert(view.unit, article(0, "b", "draft", author=3))
        second_factors.put(view.unit, 3, "S")
        second_factors.confirm(view.unit, 3, 1)
        users.update(view, 3, UserChanges(name="<b>Ada</b> & co"))
    html = client.get("administrator", "users.php").html
    row = html.partition('id="user-3"')[2].partition("</tr>")[0]
    assert "edit.php?author=3" in row
    assert ">1<" in row
    assert ">On<" in row
    assert "<b>Ada" not in row
    assert "gravatar" not in html
    own = html.partition('id="user-1"')[2].partition("</tr>")[0]
    assert "profile.php" in own
    assert "Delete" not in own
    with client.newsroom.write() as view:
        options.set(view.unit, "show_avatars", "0")
    assert 'class="avatar' not in client.get("administrator", "users.php").html


def test_a_list_takes_few_statements(client: Client) -> None:
    for more in (0, 3000):
        grown(client, more)
        for query in ("", "?orderby=posts", "?orderby=role&role=subscriber", "?paged=3"):
            client.get("administrator", "users.php")
            before = client.newsroom.database.statements
            assert client.get("administrator", f"users.php{query}").status == 200
            assert client.newsroom.database.statements - before <= 12


# ---- with several of them


def test_roles_are_given_to_several(client: Client) -> None:
    page = client.post("administrator", "users.php", {"action": "promote", "new_role": "editor", "users[]": [4, 5]})
    assert page.location.endswith("users.php?promoted=2")
    assert [dict(user(client, n).grants) for n in (4, 5)] == [{"editor": True}] * 2
    client.post("administrator", "users.php", {"action": "promote", "new_role": "none", "users[]": 5})
    assert dict(user(client, 5).grants) == {}


@pytest.mark.parametrize("role", ["editor", "none"])
def test_nobody_takes_from_themselves_what_gives_roles(client: Client, role: str) -> None:
    page = client.post("administrator", "users.php", {"action": "promote", "new_role": role, "users[]": 1})
    assert page.location.endswith("users.php?skipped=1")
    assert dict(user(client, 1).grants) == {"administrator": True}


@pytest.mark.parametrize(
    "form",
    [
        {"action": "promote", "users[]": 5},
        {"action": "promote", "new_role": "king", "users[]": 5},
        {"action": "delete"},
        {"action": "resetpassword", "users[]": 999},
    ],
)
def test_what_cannot_be_done_is_said(client: Client, form: dict[str, str | int]) -> None:
    assert client.post("administrator", "users.php", form).status == 400


def test_links_for_new_passwords_are_sent(client: Client, mails: list[Mail]) -> None:
    page = client.post("administrator", "users.php", {"action": "resetpassword:3"})
    assert page.location.endswith("mailed=1")
    [mail] = mails
    assert mail.to == "author@news.example.com"
    assert "action=rp" in mail.text
    assert "Somebody who runs this site asks you" in mail.text


def test_links_that_come_into_the_log_are_not_said_to_be_mailed(client: Client) -> None:
    client.admin.ports = replace(client.admin.ports, mails=False)
    page = client.post("administrator", "users.php", {"action": "resetpassword:3"})
    assert page.location.endswith("in-log=1")
    assert "in the log of this server" in client.get("administrator", "users.php?in-log=1").text
    asked = client.get("administrator", "user-new.php").html
    assert "into the log of this server" in asked
    assert 'value="shown" checked' in asked
    assert client.post("administrator", "user-new.php", NEW).location.endswith("added=1&in-log=1")
    client.post("editor", "profile.php", {"action": "update", "email": "ed@x.org"})
    assert "the link is in its log" in client.get("editor", "profile.php").text


def test_the_posts_of_who_leaves_go_to_another(client: Client) -> None:
    with client.newsroom.write() as view:
        post = posts.insert(view.unit, article(0, "a", author=3))
    asked = client.post("administrator", "users.php", {"action": "delete", "users[]": [3, 1]})
    assert "users%5B%5D=3" in asked.location
    page = client.get("administrator", "users.php?action=delete&users[]=3&users[]=1")
    assert "Delete 1 user" in page.text
    assert "may not delete administrator" in page.text
    form: Form = {"action": "dodelete", "users[]": [3, 1], "delete_option": "reassign", "reassign_user": 2}
    done = client.post("administrator", "users.php?action=delete", form)
    assert done.location.endswith("users.php?deleted=1&skipped=1")
    with client.newsroom.view() as view:
        assert users.get(view, 3) is None
        assert users.get(view, 1) is not None
        kept = view.lookup.post(post)
        assert kept is not None
        assert (kept.author, kept.status) == (2, "publish")


def test_or_they_go_to_the_trash(client: Client) -> None:
    with client.newsroom.write() as view:
        post = posts.insert(view.unit, article(0, "a", author=3))
    form: dict[str, str | int] = {"action": "dodelete", "users[]": 3}
    asked = client.post("administrator", "users.php?action=delete", form)
    assert asked.status == 400
    assert "Choose what becomes of the posts" in asked.text
    bad = client.post("administrator", "users.php", {**form, "delete_option": "reassign", "reassign_user": 3})
    assert bad.status == 400
    client.post("administrator", "users.php?action=delete", {**form, "delete_option": "delete"})
    with client.newsroom.view() as view:
        kept = view.lookup.post(post)
        assert kept is not None
        assert kept.status == "trash"


# ---- new ones

NEW = {"user_login": "ann", "email": "ann@news.example", "first_name": "Ann", "role": "author", "way": "mail"}


def test_a_new_user_gets_a_link(client: Client, mails: list[Mail]) -> None:
    page = client.post("administrator", "user-new.php", NEW)
    assert page.location.endswith("users.php?added=1")
    with client.newsroom.view() as view:
        made = users.by_login(view, "ann")
        assert made is not None
        assert (made.name, dict(made.grants)) == ("Ann", {"author": True})
    assert ["action=rp" in mail.text for mail in mails] == [True]


def test_a_password_is_shown_once(client: Client, mails: list[Mail]) -> None:
    page = client.post("administrator", "user-new.php", {**NEW, "way": "shown"})
    [password] = re.findall(r'<code class="secret">([^<]+)</code>', page.html)
    with client.newsroom.view() as view:
        assert logged_in(view, "ann", password) is not None
    assert mails == []


def test_a_password_can_be_chosen(client: Client) -> None:
    form = {**NEW, "way": "chosen", "pass1": "a good one", "pass2": "a good one"}
    assert client.post("administrator", "user-new.php", form).status == 303
    with client.newsroom.view() as view:
        assert logged_in(view, "ann", "a good one") is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"user_login": "editor"}, "with this login already"),
        ({"user_login": "<i>"}, "A login has"),
        ({"user_login": "x" * 61}, "A login has"),
        ({"email": "EDITOR@news.example.com"}, "with this e-mail address already"),
        ({"email": "x"}, "no e-mail address"),
        ({"role": "king"}, "Choose a role"),
        ({"way": "chosen"}, "password is empty"),
        ({"way": "chosen", "pass1": "a", "pass2": "b"}, "not the same"),
        ({"way": "chosen", "pass1": "a\\", "pass2": "a\\"}, "no backslash"),
        ({"url": "https://x.example/" + "a" * 100}, "at most 100"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, changed: dict[str, str], said: str) -> None:
    page = client.post("administrator", "user-new.php", {**NEW, **changed})
    assert page.status == 400
    assert said in page.text
    assert 'value="Ann"' in page.html
    with client.newsroom.view() as view:
        assert users.by_login(view, "ann") is None


# ---- those who write


def test_those_who_write_are_the_same_in_every_list(client: Client) -> None:
    """Who has the role of a writer, or may write without one; not who was denied it."""
    with client.newsroom.write() as view:
        users.create(view, UserChanges(login="zoe", email="zoe@x.org", name="Zoe", roles=("author",)))
        reader = users.create(view, UserChanges(login="max", email="max@x.org", name="Max", roles=("subscriber",)))
        own = users.create(view, UserChanges(login="kim", email="kim@x.org", name="Kim", roles=("author",)))
        store.update(view.unit, reader.id, grants={"subscriber": True, "edit_posts": True})
        store.update(view.unit, own.id, grants={"author": True, "edit_posts": False})
    number = shelve(client)
    for path in ("users.php?action=delete&users[]=3", f"upload.php?item={number}", "admin.php?page=sources&add=form"):
        shown = client.get("administrator", path).html
        names = set(re.findall(r"<option value=\"[^\"]+\"(?: selected)?>(Zoe|Max|Kim)\b", shown))
        assert names == {"Zoe", "Max"}, path
