"""A lost password: a link by mail that is signed, holds a day and once, and tells nobody who has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.content.conftest import newsroom, rooms
from tests.content.desk import NOON
from tests.wp.browser import BASE, NEW_PASSWORD, PASSWORD, Browser, Desk, fields_of, header
from wirepress.content.newsroom import Newsroom
from wirepress.store import users
from wirepress.wp.login import Login

__all__ = ["newsroom", "rooms"]


@pytest.fixture
def desk(newsroom: Newsroom) -> Desk:
    return Desk(newsroom)


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)


def link_for(browser: Browser, login: str = "editor") -> str:
    """Asks for a link and takes it from the mail."""
    response = browser.ask("/wp-login.php?action=lostpassword", {"user_login": login})
    assert header(response, "location") == f"{BASE}/wp-login.php?checkemail=confirm"
    mail = browser.desk.letters.mails[-1]
    found = re.search(r"https://\S+", mail.text.partition("within a day")[2])
    assert found
    return found[0]


def choose(browser: Browser, link: str, password: str = NEW_PASSWORD) -> str:
    """Follows a link and chooses; where it ends: the page's text or the address it leads to."""
    opened = browser.ask(link)
    assert (opened.status, header(opened, "location")) == (302, f"{BASE}/wp-login.php?action=rp")
    form = browser.ask("/wp-login.php?action=rp")
    if form.status != 200:
        return header(form, "location")
    sent = {**fields_of(form), "pass1": password, "pass2": password}
    response = browser.ask("/wp-login.php?action=resetpass", sent)
    return header(response, "location") or response.body.decode()


def test_a_new_password_is_chosen_by_the_link(browser: Browser, desk: Desk) -> None:
    elsewhere = Browser(desk)
    elsewhere.log_in()
    link = link_for(browser, "editor@news.example.com")
    mail = desk.letters.mails[0]
    assert (mail.to, len(desk.letters.mails)) == ("editor@news.example.com", 1)
    assert "editor" in mail.text
    assert "is saved" in choose(browser, link)
    assert browser.log_in(password=PASSWORD).status == 200
    assert browser.log_in(password=NEW_PASSWORD).status == 302
    assert elsewhere.ask("/wp-admin/").status == 302


def test_a_link_that_comes_into_the_log_is_not_said_to_be_mailed(browser: Browser, desk: Desk) -> None:
    said = "/wp-login.php?checkemail=confirm"
    assert "on its way to its e-mail address" in browser.ask(said).body.decode()
    desk.login = Login(desk.newsroom, desk.attempts, desk.letters, mails=False)
    assert "in the log of this server" in browser.ask(said).body.decode()


def test_a_link_holds_once(browser: Browser) -> None:
    link = link_for(browser)
    choose(browser, link)
    assert "error=invalidkey" in choose(browser, link, "another one")
    assert browser.log_in(password=NEW_PASSWORD).status == 302


def test_a_newer_link_takes_the_place_of_an_older_one(browser: Browser) -> None:
    older, newer = link_for(browser), link_for(browser)
    assert "error=invalidkey" in choose(browser, older)
    assert "is saved" in choose(browser, newer)


def test_a_link_holds_for_a_day(browser: Browser, newsroom: Newsroom) -> None:
    link = link_for(browser)
    newsroom.clock.moment = NOON + timedelta(hours=24)  # type: ignore[attr-defined]
    assert "error=invalidkey" in choose(browser, link)
    newsroom.clock.moment = NOON + timedelta(hours=23)  # type: ignore[attr-defined]
    assert "is saved" in choose(browser, link)


def test_a_password_chosen_meanwhile_ends_a_link(browser: Browser, newsroom: Newsroom) -> None:
    link = link_for(browser)
    with newsroom.write() as view:
        users.update(view.unit, 2, password="$P$other")
    assert "error=invalidkey" in choose(browser, link)


@pytest.mark.parametrize("change", ["key", "login", "signature", "empty"])
def test_a_changed_link_is_worth_nothing(browser: Browser, change: str) -> None:
    link = link_for(browser)
    found = re.search(r"key=(\w+)", link)
    assert found
    key = found[1]
    changed = {
        "key": link.replace(key, ("1" if key[0] == "0" else "0") + key[1:]),
        "signature": link.replace(key, key[:-1] + ("1" if key[-1] == "0" else "0")),
        "login": link.replace("login=editor", "login=administrator"),
        "empty": link.replace(key, "x"),
    }
    assert "error=invalidkey" in choose(browser, changed[change])


def test_the_store_does_not_know_the_key(browser: Browser, newsroom: Newsroom) -> None:
    link = link_for(browser)
    with newsroom.view() as view:
        kept = users.activation_key(view.unit, 2)
    assert re.fullmatch(r"\d{10}:\$generic\$[\w-]{40}", kept)
    found = re.search(r"key=(\w+)", link)
    assert found
    assert found[1] not in kept


def test_an_unknown_account_is_answered_alike(browser: Browser, desk: Desk) -> None:
    known = browser.ask("/wp-login.php?action=lostpassword", {"user_login": "editor"})
    unknown = browser.ask("/wp-login.php?action=lostpassword", {"user_login": "nobody"})
    assert (known.status, known.headers, known.body) == (unknown.status, unknown.headers, unknown.body)
    assert len(desk.letters.mails) == 1


def test_the_form_needs_the_key_of_the_cookie(browser: Browser, desk: Desk) -> None:
    link = link_for(browser)
    browser.ask(link)
    response = browser.ask("/wp-login.php?action=resetpass", {"pass1": "forged", "rp_key": "other"})
    assert "error=invalidkey" in header(response, "location")
    stranger = Browser(desk)
    key = link.partition("key=")[2].partition("&")[0]
    response = stranger.ask("/wp-login.php?action=resetpass", {"pass1": "forged", "rp_key": key})
    assert "error=invalidkey" in header(response, "location")
    assert browser.log_in(password=PASSWORD).status == 302


def test_passwords_that_cannot_be_are_asked_for_again(browser: Browser) -> None:
    browser.ask(link_for(browser))
    form = browser.ask("/wp-login.php?action=rp")
    for one, other in (("", ""), ("a", "b"), ("x" * 5000, "x" * 5000)):
        sent = {**fields_of(form), "pass1": one, "pass2": other}
        response = browser.ask("/wp-login.php?action=resetpass", sent)
        assert (response.status, "login_error" in response.body.decode()) == (200, True)
    assert browser.log_in(password=PASSWORD).status == 302


def test_mails_are_not_sent_without_end(browser: Browser, desk: Desk) -> None:
    answers = [browser.ask("/wp-login.php?action=lostpassword", {"user_login": "editor"}) for _ in range(30)]
    assert [a.status for a in answers] == [302] * 20 + [429] * 10
    assert len(desk.letters.mails) == 20
    assert header(answers[-1], "retry-after")
