"""The screens of users: in reach of everybody; an account that is made, guarded and used in a browser."""

from __future__ import annotations

import pyotp
import pytest

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS, password_of

PAGES = (
    "users.php",
    "user-new.php",
    "user-edit.php?user_id=3",
    "profile.php",
    "admin.php?page=second-factor",
    "users.php?action=delete&users[]=3",
)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_they_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", PAGES[0], width=width, dark=dark)
    found = []
    for path in PAGES:
        page.goto(f"/wp-admin/{path}")
        found += [f"{path}: {flaw}" for flaw in flaws(page)]
    assert found == []


def test_a_user_is_made_and_goes_again(enter: Enter) -> None:
    page = enter("administrator", "user-new.php")
    page.fill("#f-user_login", "ann")
    page.fill("#f-email", "no address")
    page.select_option("#f-role", "author")
    page.click("text=Make one up >> nth=0")  # the radio's words
    page.evaluate("document.querySelector('form.account').noValidate = true")
    page.click("text=Add the user")
    assert "no e-mail address" in page.inner_text("main")
    page.fill("#f-email", "ann@news.example")
    page.click("text=Add the user")
    assert len(page.inner_text("code.secret")) == 20
    page.goto("/wp-admin/users.php?s=ann@")
    page.click("tr[data-key] button.danger")
    page.click("text=Delete for good")
    assert "deleted for good" in page.inner_text("main")


def test_a_password_is_made_up_and_seen(enter: Enter) -> None:
    page = enter("author", "profile.php")
    page.click("text=Make one up")
    made = page.input_value("#f-pass1")
    assert len(made) == 20
    assert page.input_value("#f-pass2") == made
    assert page.get_attribute("#f-pass1", "type") == "text"
    page.click("text=Hide")
    assert page.get_attribute("#f-pass1", "type") == "password"


@pytest.mark.parametrize("script", [True, False])
def test_a_second_factor_is_set_up_and_asked_for(enter: Enter, script: bool) -> None:
    page = enter("contributor", "profile.php", script=script)
    page.click("text=Set it up")
    page.click("text=Set it up")
    secret = page.inner_text("code.secret").replace(" ", "")
    page.fill("#f-authcode", pyotp.TOTP(secret).now())
    page.click("text=Switch it on")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.context.clear_cookies()
    page.goto("/wp-login.php")
    page.fill("input[name=log]", "contributor")
    page.fill("input[name=pwd]", password_of("contributor"))
    page.click("[type=submit]")
    assert not script or flaws(page) == []
    page.fill("#authcode", "000000")
    page.click("[type=submit]")
    assert "does not hold" in page.inner_text("body")
    page.fill("#authcode", codes[0])
    page.click("[type=submit]")
    page.goto("/wp-admin/admin.php?page=second-factor")
    assert "9 recovery codes" in page.inner_text("main")
    page.fill("#f-off", password_of("contributor"))
    page.click("button[value=off]")
    assert "The second factor is off" in page.inner_text("main")
