"""Logging in with a second factor: the code after the password, each once, bounded; and nowhere else the password."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pyotp
import pytest

from tests.content.conftest import Rooms, rooms
from tests.content.desk import Clock
from tests.wp.browser import BASE, PASSWORD, Browser, Desk, fields_of, header
from wirepress.content import options
from wirepress.content.identity import first_step, second_factor
from wirepress.content.newsroom import Newsroom
from wirepress.model.mail import Mail
from wirepress.model.web import Response
from wirepress.store import second_factors
from wirepress.store import users as user_store

__all__ = ["rooms"]

STEP = "/wp-login.php?action=second-factor"
EDITOR = 2
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(rooms: Rooms, clock: Clock) -> Newsroom:
    return rooms(clock=clock)


@pytest.fixture
def desk(newsroom: Newsroom) -> Desk:
    made = Desk(newsroom)
    with newsroom.write() as view:
        second_factors.put(view.unit, EDITOR, SECRET)
        second_factors.confirm(view.unit, EDITOR, 1)
    return made


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)


def code(clock: Clock) -> str:
    return pyotp.TOTP(SECRET).at(clock.moment)


def second(browser: Browser, asked: Response, given: str, **more: str) -> Response:
    return browser.ask(STEP, {**fields_of(asked), "authcode": given, **more})


def test_the_password_alone_is_no_login(browser: Browser) -> None:
    asked = browser.log_in()
    page = asked.body.decode()
    assert asked.status == 200
    assert 'name="authcode"' in page
    assert 'autocomplete="one-time-code"' in page
    assert "<script" not in page
    assert SECRET not in page
    assert browser.cookies == {}
    assert browser.ask("/wp-admin/").status == 302


def test_the_code_logs_in_and_what_was_chosen_stays(browser: Browser, clock: Clock) -> None:
    asked = browser.log_in(rememberme="forever", redirect_to=f"{BASE}/wp-admin/edit.php")
    response = second(browser, asked, code(clock))
    assert (response.status, header(response, "location")) == (302, f"{BASE}/wp-admin/edit.php")
    assert any("Max-Age=12" in value for name, value in response.headers if name == "Set-Cookie")
    assert browser.me(x_wp_nonce=browser.nonce()).status == 200


def test_a_frame_of_the_administration_may_ask(browser: Browser, clock: Clock) -> None:
    asked = browser.log_in(**{"interim-login": "1"})
    assert fields_of(asked)["interim-login"] == "1"
    response = second(browser, asked, code(clock))
    assert response.status == 200
    assert "interim-login-success" in response.body.decode()
    assert browser.ask("/wp-admin/").status == 200


def test_a_code_counts_once(desk: Desk, clock: Clock) -> None:
    for status in (302, 200):
        browser = Browser(desk)
        response = second(browser, browser.log_in(), code(clock))
        assert response.status == status
    assert "This code does not hold." in response.body.decode()
    clock.moment += timedelta(seconds=30)
    browser = Browser(desk)
    assert second(browser, browser.log_in(), code(clock)).status == 302


def test_a_recovery_code_is_as_good(desk: Desk, newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        codes = second_factor.renew_recovery(view, EDITOR)
    for status in (302, 200):
        browser = Browser(desk)
        assert second(browser, browser.log_in(), second_factor.grouped(codes[3])).status == status


def test_the_first_step_ends(browser: Browser, clock: Clock, newsroom: Newsroom) -> None:
    asked = browser.log_in()
    for response in (
        browser.ask(STEP),
        browser.ask(STEP, {"authcode": code(clock)}),
        second(browser, asked, code(clock), first_step=fields_of(asked)["first_step"].replace("2|", "1|", 1)),
    ):
        assert "That took too long. Log in again." in response.body.decode()
    clock.moment += timedelta(seconds=first_step.LIFE)
    assert "That took too long. Log in again." in second(browser, asked, code(clock)).body.decode()
    again = browser.log_in()
    with newsroom.write() as view:
        user_store.update(view.unit, EDITOR, password="another")
    assert "That took too long. Log in again." in second(browser, again, code(clock)).body.decode()
    assert browser.cookies.keys() == {"wordpress_test_cookie"}


def test_guessing_is_bounded_and_told_by_mail(desk: Desk, newsroom: Newsroom, clock: Clock) -> None:
    mails: list[Mail] = []
    newsroom.post = mails.extend
    wrong = f"{(int(code(clock)) + 500_000) % 1_000_000:06}"
    for number in range(5):
        browser = Browser(desk, f"198.51.100.{number}")
        assert second(browser, browser.log_in(), wrong).status == 200
    for given in (wrong, code(clock)):
        browser = Browser(desk, "203.0.113.9")
        refused = second(browser, browser.log_in(), given)
        assert (refused.status, header(refused, "retry-after")) == (429, "300")
    assert [(mail.to, "wrong codes" in mail.text) for mail in mails] == [("editor@news.example.com", True)]


def test_who_knows_the_password_locks_no_known_device_out(desk: Desk, clock: Clock) -> None:
    owner, thief = Browser(desk), Browser(desk)
    second(owner, owner.log_in(), code(clock))
    clock.moment += timedelta(seconds=30)
    asked = thief.log_in()
    for _ in range(5):
        second(thief, asked, "nonsense")
    assert second(thief, asked, code(clock)).status == 429
    owner.cookies = {name: kept for name, kept in owner.cookies.items() if name.startswith("wp-device-")}
    assert second(owner, owner.log_in(), code(clock)).status == 302


def test_a_device_that_a_mail_made_known_gets_no_codes_of_its_own(desk: Desk, clock: Clock) -> None:
    """Whoever reads the mails could have as many as they like."""
    thief = Browser(desk)
    asked = thief.log_in()
    for _ in range(5):
        second(thief, asked, "nonsense")
    thief.ask("/wp-login.php?action=lostpassword", {"user_login": "editor"})
    [link] = [word for word in desk.letters.mails[-1].text.split() if "key=" in word]
    thief.ask(link)
    form = thief.ask("/wp-login.php?action=rp")
    new = "another password of theirs"
    thief.ask("/wp-login.php?action=resetpass", {**fields_of(form), "pass1": new, "pass2": new})
    assert any(name.startswith("wp-device-") for name in thief.cookies)
    assert second(thief, thief.log_in(password=new), code(clock)).status == 429


def test_an_older_hash_is_made_anew_before_the_code(browser: Browser, newsroom: Newsroom, clock: Clock) -> None:
    with newsroom.write() as view:
        user_store.update(view.unit, EDITOR, password="5ebe2294ecd0e0f08eab7690d2a6ee69")  # MD5 of "secret"
    response = second(browser, browser.log_in(password="secret"), code(clock))
    assert response.status == 302
    with newsroom.view() as view:
        user = view.lookup.user(EDITOR)
        assert user is not None
        assert user.password.startswith("$wp$2y$")


def test_programs_need_an_application_password(browser: Browser) -> None:
    basic = base64.b64encode(f"editor:{PASSWORD}".encode()).decode()
    assert browser.me(authorization=f"Basic {basic}").status == 401


def test_who_must_have_one_is_led_there_and_nowhere_else(desk: Desk, newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        options.set(view.unit, second_factor.ROLES, ["author"])
    browser = Browser(desk)
    response = browser.log_in("author", redirect_to=f"{BASE}/")
    assert header(response, "location") == f"{BASE}/wp-admin/admin.php?page=second-factor"
    refused = browser.me(x_wp_nonce=browser.nonce())
    assert (refused.status, json.loads(refused.body)["code"]) == (403, "rest_second_factor_due")
    asked = browser.ask("/wp-admin/authorize-application.php?app_name=A")
    assert header(asked, "location") == f"{BASE}/wp-admin/admin.php?page=second-factor"
    other = Browser(desk)
    assert header(other.log_in("contributor"), "location") == f"{BASE}/wp-admin/"


def test_no_answer_shows_what_is_kept(browser: Browser, clock: Clock) -> None:
    second(browser, browser.log_in("editor"), code(clock))
    browser = Browser(browser.desk)
    browser.log_in("administrator")
    nonce = browser.nonce()
    for target in ("users/2?context=edit", "users?context=edit", "users/me?context=edit", "settings"):
        response = browser.ask(f"/wp-json/wp/v2/{target}", headers={"x-wp-nonce": nonce})
        assert response.status == 200
        assert SECRET not in response.body.decode()
