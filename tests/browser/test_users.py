"""The screens of users: in reach of everybody; an account that is made, guarded and used in a browser."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.sync_api import expect

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
    expect(page.locator("main")).to_contain_text("no e-mail address")
    page.fill("#f-email", "ann@news.example")
    page.click("text=Add the user")
    expect(page.locator("code.secret")).to_have_text(re.compile("^.{20}$"))
    page.goto("/wp-admin/users.php?s=ann@")
    page.click("tr[data-key] button.danger")
    page.click("text=Delete for good")
    expect(page.locator("main")).to_contain_text("deleted for good")


def test_a_password_is_made_up_and_seen(enter: Enter) -> None:
    page = enter("author", "profile.php")
    page.click("text=Make one up")
    expect(page.locator("#f-pass1")).to_have_value(re.compile("^.{20}$"))
    expect(page.locator("#f-pass2")).to_have_value(page.input_value("#f-pass1"))
    expect(page.locator("#f-pass1")).to_have_attribute("type", "text")
    page.click("text=Hide")
    expect(page.locator("#f-pass1")).to_have_attribute("type", "password")


@pytest.mark.parametrize("script", [True, False])
def test_a_second_factor_is_set_up_and_asked_for(enter: Enter, script: bool) -> None:
    page = enter("contributor", "profile.php", script=script)
    page.click("text=Set it up")
    page.wait_for_url(re.compile("page=second-factor"))
    page.click("button >> text=Set it up")
    secret = page.inner_text("code.secret").replace(" ", "")
    page.fill("#f-authcode", pyotp.TOTP(secret).now())
    page.click("text=Switch it on")
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    page.context.clear_cookies()
    page.goto("/wp-login.php")
    page.fill("input[name=log]", "contributor")
    page.fill("input[name=pwd]", password_of("contributor"))
    page.click("[type=submit]")
    page.wait_for_selector("#authcode")
    assert not script or flaws(page) == []
    page.fill("#authcode", "000000")
    page.click("[type=submit]")
    expect(page.locator("body")).to_contain_text("does not hold")
    page.fill("#authcode", codes[0])
    page.click("[type=submit]")
    page.wait_for_url(re.compile("/wp-admin/"))
    page.goto("/wp-admin/admin.php?page=second-factor")
    expect(page.locator("main")).to_contain_text("9 recovery codes")
    page.fill("#f-off", password_of("contributor"))
    page.click("button[value=off]")
    expect(page.locator("main")).to_contain_text("The second factor is off")
