"""A program asks for an application password: what it may ask, and what leaves the site."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.content.conftest import newsroom, rooms
from tests.wp.browser import BASE, Browser, Desk, fields_of, header
from wirepress.content.identity import application_passwords
from wirepress.content.languages import SOURCE, language_of
from wirepress.content.newsroom import Newsroom
from wirepress.wp.authorize import flaws_of

__all__ = ["newsroom", "rooms"]

PAGE = "/wp-admin/authorize-application.php"
APP = "123e4567-e89b-42d3-a456-426614174000"


@pytest.fixture
def browser(newsroom: Newsroom) -> Browser:
    made = Browser(Desk(newsroom))
    made.log_in()
    return made


def kept(browser: Browser) -> list[str]:
    with browser.desk.newsroom.view() as view:
        return [password.name for password in application_passwords.of_user(view, 2)]


def asked(browser: Browser, **words: str) -> dict[str, str]:
    """The fields of the form that a program's question shows."""
    response = browser.ask(f"{PAGE}?{urlencode(words)}")
    assert response.status == 200, response.body
    return {"app_name": words.get("app_name", ""), **fields_of(response)}


def test_who_is_not_logged_in_does_that_first(newsroom: Newsroom) -> None:
    browser = Browser(Desk(newsroom))
    response = browser.ask(f"{PAGE}?app_name=A&success_url=app%3A%2F%2Fok")
    back = parse_qs(urlsplit(header(response, "location")).query)["redirect_to"][0]
    assert header(browser.log_in(redirect_to=back), "location") == back
    assert browser.ask(back).status == 200


def test_an_approval_hands_the_password_over(browser: Browser) -> None:
    fields = asked(browser, app_name="Reporter", app_id=APP, success_url="reporter://ok?state=1#x", reject_url="")
    response = browser.ask(PAGE, {**fields, "approve": "1"})
    address, _, fragment = header(response, "location").partition("#")
    assert (response.status, address.partition("?")[0], fragment) == (302, "reporter://ok", "x")
    words = parse_qs(address.partition("?")[2])
    assert {name: words[name] for name in ("state", "site_url", "user_login")} == {
        "state": ["1"],
        "site_url": [BASE],
        "user_login": ["editor"],
    }
    assert kept(browser) == ["Reporter"]
    token = base64.b64encode(f"editor:{words['password'][0]}".encode()).decode()
    stranger = Browser(browser.desk)
    assert stranger.me(authorization=f"Basic {token}").status == 200


def test_without_an_address_the_password_is_shown(browser: Browser) -> None:
    response = browser.ask(PAGE, {**asked(browser, app_name="Desk"), "approve": "1"})
    shown = response.body.decode().partition("<code>")[2].partition("</code>")[0]
    assert (response.status, len(shown.replace(" ", "")), len(shown.split())) == (200, 24, 6)
    assert header(response, "x-frame-options") == "DENY"


@pytest.mark.parametrize(
    ("addresses", "where"),
    [
        ({"success_url": "app://ok", "reject_url": "app://no"}, "app://no"),
        ({"success_url": "app://ok"}, "app://ok?success=false"),
        ({}, f"{BASE}/wp-admin/"),
    ],
)
def test_a_refusal_makes_nothing(browser: Browser, addresses: dict[str, str], where: str) -> None:
    response = browser.ask(PAGE, {**asked(browser, app_name="Desk", **addresses), "reject": "1"})
    assert (response.status, header(response, "location")) == (302, where)
    assert kept(browser) == []


@pytest.mark.parametrize("nonce", ["", "0123456789"])
def test_another_sites_form_makes_nothing(browser: Browser, nonce: str) -> None:
    fields = {**asked(browser, app_name="Desk"), "approve": "1", "_wpnonce": nonce}
    assert browser.ask(PAGE, fields).status == 403
    assert kept(browser) == []


@pytest.mark.parametrize(
    ("field", "value", "sound"),
    [
        ("app_id", APP, True),
        ("app_id", APP.upper(), True),
        ("app_id", "1234", False),
        ("success_url", "https://app.example/ok", True),
        ("success_url", "http://app.example/ok", False),
        ("success_url", "http://127.0.0.1:4711/ok", True),
        ("success_url", "com.example.app:/ok", True),
        ("success_url", "javascript:alert(1)", False),
        ("success_url", "JavaScript://x/%0aalert(1)", False),
        ("success_url", "data:text/html,x", False),
        ("success_url", "//app.example/ok", False),
        ("success_url", "/ok", False),
        ("success_url", "https://", False),
        ("success_url", "app://ok\r\nSet-Cookie: a=b", False),
        ("success_url", "https://[", False),
        ("reject_url", "http://app.example/", False),
        ("reject_url", "https://app.example/", True),
    ],
)
def test_where_a_password_may_go(browser: Browser, field: str, value: str, sound: bool) -> None:
    given = {"app_name": "Desk", "app_id": "", "success_url": "", "reject_url": "", field: value}
    assert (flaws_of(language_of(SOURCE), given) == []) is sound
    assert browser.ask(f"{PAGE}?{urlencode(given)}").status == (200 if sound else 400)
    form = {**asked(browser, app_name="Desk"), field: value, "approve": "1"}
    browser.ask(PAGE, form)
    assert kept(browser) == (["Desk"] if sound else [])


def test_a_program_needs_a_name(browser: Browser) -> None:
    fields = {**asked(browser, app_name=""), "app_name": " ", "approve": "1"}
    assert "needs a name" in browser.ask(PAGE, fields).body.decode()
    assert kept(browser) == []


def test_names_are_shown_as_text(browser: Browser) -> None:
    page = browser.ask(f"{PAGE}?{urlencode({'app_name': '<img src=x onerror=alert(1)>'})}").body.decode()
    assert "<img" not in page
