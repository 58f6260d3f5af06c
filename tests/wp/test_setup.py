"""The first administrator: made once, by whoever holds the address that the server has shown."""

from __future__ import annotations

import pytest

from tests.content.conftest import newsroom, rooms
from tests.wp.browser import BASE, PASSWORD, Browser, Desk, fields_of, header
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import first_user, users
from wirepress.model.errors import Conflict
from wirepress.store import users as user_store

__all__ = ["newsroom", "rooms"]

FORM = {"user_login": "ann", "email": "ann@news.example", "pass1": PASSWORD, "pass2": PASSWORD}


@pytest.fixture
def browser(newsroom: Newsroom) -> Browser:
    """Somebody who asks a site whose users are all gone."""
    desk = Desk(newsroom)
    with newsroom.write() as view:
        for number in range(1, 6):
            user_store.delete(view.unit, number)
    return Browser(desk)


@pytest.fixture
def empty(browser: Browser) -> Newsroom:
    return browser.desk.newsroom


@pytest.fixture
def address(empty: Newsroom) -> str:
    with empty.write() as view:
        return first_user.address_of(view, first_user.key_for(view))


def test_the_first_administrator_is_logged_in_at_once(browser: Browser, address: str, empty: Newsroom) -> None:
    form = browser.ask(address)
    assert form.status == 200
    response = browser.ask("/wp-login.php?action=setup", {**fields_of(form), **FORM})
    assert (response.status, header(response, "location")) == (302, f"{BASE}/wp-admin/")
    assert browser.me(x_wp_nonce=browser.nonce()).status == 200
    with empty.view() as view:
        user = users.by_login(view, "ann")
        assert user is not None
        assert (dict(user.grants), user.email) == ({"administrator": True}, "ann@news.example")
        assert view.site.option("admin_email") == "ann@news.example"
    again = Browser(browser.desk)
    assert again.ask(address).status == 403
    assert again.ask("/wp-login.php?action=setup", {**fields_of(form), **FORM, "user_login": "eve"}).status == 403


def test_only_the_last_address_holds(browser: Browser, address: str, empty: Newsroom) -> None:
    with empty.write() as view:
        newer = first_user.address_of(view, first_user.key_for(view))
    assert browser.ask(address).status == 403
    assert browser.ask(newer).status == 200
    for bad in ("/wp-login.php?action=setup", newer + "x", newer[:-1], "/wp-login.php?action=setup&key="):
        assert browser.ask(bad).status == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"user_login": "<b>"}, "letters"),
        ({"user_login": ""}, "letters"),
        ({"email": "nobody"}, "no e-mail address"),
        ({"pass1": " ", "pass2": " "}, "password is empty"),
        ({"pass2": "other"}, "not the same"),
    ],
)
def test_flaws_are_said_and_nothing_is_lost(
    browser: Browser, address: str, empty: Newsroom, changed: dict[str, str], said: str
) -> None:
    hidden = fields_of(browser.ask(address))
    response = browser.ask("/wp-login.php?action=setup", {**hidden, **FORM, **changed})
    page = response.body.decode()
    assert said in page
    assert changed.get("user_login", "ann").replace("<", "&lt;").replace(">", "&gt;") in page
    assert PASSWORD not in page
    with empty.view() as view:
        assert first_user.is_needed(view)


def test_a_site_with_users_gives_no_key(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        with pytest.raises(Conflict):
            first_user.key_for(view)
        with pytest.raises(Conflict):
            first_user.create(view, "ann", "ann@news.example", "hash")
