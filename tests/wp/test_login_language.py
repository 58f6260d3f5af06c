"""The pages of logging in speak somebody's language: their own once it is known who they are, else the site's."""

from __future__ import annotations

import pyotp
import pytest

from tests.content.conftest import newsroom, rooms
from tests.wp.browser import BASE, Browser, Desk, fields_of, header
from tests.wp.test_lost_password import link_for
from wirepress.content import options
from wirepress.content.newsroom import Newsroom
from wirepress.store import second_factors, users

__all__ = ["newsroom", "rooms"]

EDITOR = 2
AUTHORIZE = "/wp-admin/authorize-application.php"
LOST = "/wp-login.php?action=lostpassword"


@pytest.fixture
def browser(newsroom: Newsroom) -> Browser:
    return Browser(Desk(newsroom))


def speak(browser: Browser, site: str = "", user: str = "") -> None:
    with browser.desk.newsroom.write() as view:
        options.set(view.unit, "WPLANG", site)
        users.update(view.unit, EDITOR, locale=user)


def words(browser: Browser, address: str) -> str:
    return browser.ask(address).body.decode()


def test_the_site_s_language_speaks_to_strangers(browser: Browser) -> None:
    assert '<html lang="en-US" dir="ltr">' in words(browser, "/wp-login.php")
    speak(browser, site="de_DE", user="en_US")
    page = words(browser, "/wp-login.php")
    assert '<html lang="de-DE" dir="ltr">' in page
    assert "Passwort vergessen?" in page
    assert "Der Name oder das Passwort ist falsch." in browser.log_in(password="no").body.decode()
    assert "Neues Passwort anfordern" in words(browser, LOST)


def test_the_second_step_speaks_the_user_s_language(browser: Browser) -> None:
    speak(browser, user="de_DE")
    with browser.desk.newsroom.write() as view:
        second_factors.put(view.unit, EDITOR, pyotp.random_base32())
        second_factors.confirm(view.unit, EDITOR, 1)
    asked = browser.log_in()
    assert "Zweiter Schritt" in asked.body.decode()
    again = browser.ask("/wp-login.php?action=second-factor", {**fields_of(asked), "authcode": "1"})
    assert "Dieser Code gilt nicht." in again.body.decode()


def test_the_link_of_a_mail_leads_to_a_form_in_the_user_s_language(browser: Browser) -> None:
    speak(browser, user="de_DE")
    browser.ask(link_for(browser))
    form = browser.ask("/wp-login.php?action=rp")
    assert "Neues Passwort" in form.body.decode()
    sent = {**fields_of(form), "pass1": "one", "pass2": "two"}
    assert "stimmen nicht überein" in browser.ask("/wp-login.php?action=resetpass", sent).body.decode()


def test_a_program_s_question_is_asked_in_the_user_s_language(browser: Browser) -> None:
    speak(browser, user="de_DE")
    browser.log_in()
    page = words(browser, f"{AUTHORIZE}?app_name=%3Cb%3EDesk")
    assert "&lt;b&gt;Desk bittet um Zugang zu dieser Website als editor." in page
    assert "kann nicht benutzt werden" in words(browser, f"{AUTHORIZE}?app_name=x&success_url=ftp")


def test_who_logs_out_is_spoken_to_as_before(browser: Browser) -> None:
    speak(browser, user="de_DE")
    browser.log_in()
    page = words(browser, "/wp-login.php?action=logout")
    assert "Wirklich abmelden?" in page
    there = page.partition('<p><a href="')[2].partition('"')[0].replace("&amp;", "&")
    away = header(browser.ask(there), "location")
    assert away == f"{BASE}/wp-login.php?loggedout=true&wp_lang=de_DE"
    form = browser.ask(away)
    assert "Die Abmeldung war erfolgreich." in form.body.decode()
    sent = {**fields_of(form), "log": "editor", "pwd": "no", "testcookie": ""}
    assert "Der Name oder das Passwort ist falsch." in browser.ask("/wp-login.php", sent).body.decode()


def test_a_language_that_is_none_is_the_site_s(browser: Browser) -> None:
    speak(browser, site="de_DE")
    assert "Angemeldet bleiben" in words(browser, "/wp-login.php?wp_lang=../../etc")
    assert "Stay logged in" in words(browser, "/wp-login.php?wp_lang=en_US")
