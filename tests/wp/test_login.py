"""Logging in by cookie, and what an API call with a cookie is."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.conftest import Rooms, newsroom, rooms
from tests.content.desk import NOON
from tests.wp.browser import BASE, HASH, NEW_PASSWORD, PASSWORD, Browser, Desk, fields_of, header, query_of
from wirepress.content import options
from wirepress.content.addresses.own import own_address
from wirepress.content.identity import sessions
from wirepress.content.identity.passwords import hash_password
from wirepress.content.newsroom import Newsroom
from wirepress.content.people import users
from wirepress.content.site import site_of
from wirepress.model.web import Request, Response
from wirepress.store import users as user_store

__all__ = ["newsroom", "rooms"]

ME = "/wp-json/wp/v2/users/me"
SITE = hashlib.md5(BASE.encode(), usedforsecurity=False).hexdigest()


@pytest.fixture
def desk(newsroom: Newsroom) -> Desk:
    return Desk(newsroom)


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)


def code_of(response: Response) -> str:
    told: dict[str, str] = json.loads(response.body)
    return told["code"]


def test_the_form_has_wordpress_fields(browser: Browser) -> None:
    response = browser.ask("/wp-login.php")
    page = response.body.decode()
    assert response.status == 200
    assert all(f'name="{name}"' in page for name in ("log", "pwd", "rememberme", "wp-submit"))
    assert fields_of(response) == {"redirect_to": f"{BASE}/wp-admin/", "testcookie": "1"}
    assert browser.cookies["wordpress_test_cookie"] == ("WP%20Cookie%20check", "/")
    assert "no-store" in header(response, "cache-control")
    assert "<script" not in page


def test_a_right_password_logs_in(browser: Browser) -> None:
    browser.ask("/wp-login.php")
    response = browser.log_in("Editor@news.example.com", testcookie="1", rememberme="forever")
    assert (response.status, header(response, "location")) == (302, f"{BASE}/wp-admin/")
    assert browser.cookies[f"wordpress_sec_{SITE}"][1] == "/wp-admin"
    value, path = browser.cookies[f"wordpress_logged_in_{SITE}"]
    assert path == "/"
    login, expires, token, signature = value.split("%7C")
    assert (login, int(expires), len(token), len(signature)) == ("editor", int(NOON.timestamp()) + 14 * 86400, 43, 64)
    assert "editor" in browser.ask("/wp-admin/").body.decode().lower()
    assert header(browser.ask("/wp-login.php"), "location") == f"{BASE}/wp-admin/"


@pytest.mark.parametrize(("login", "password"), [("editor", "wrong"), ("nobody", PASSWORD), ("editor", PASSWORD[:-1])])
def test_a_wrong_password_says_the_same_for_every_account(browser: Browser, login: str, password: str) -> None:
    response = browser.log_in(login, password)
    assert response.status == 200
    assert "The name or the password is wrong." in response.body.decode()
    assert browser.cookies.keys() == {"wordpress_test_cookie"}


def test_empty_fields_and_missing_cookies_are_told(browser: Browser) -> None:
    assert "name is empty" in browser.log_in("", "").body.decode()
    browser.cookies.clear()
    response = browser.log_in(testcookie="1")
    assert response.status == 200
    assert "cookies" in response.body.decode()
    assert browser.cookies.keys() == {"wordpress_test_cookie"}


def test_what_was_typed_is_shown_as_text(browser: Browser) -> None:
    page = browser.log_in('"><script>alert(1)</script>', "x").body.decode()
    assert "<script" not in page


def test_who_writes_nothing_goes_to_the_profile(browser: Browser) -> None:
    assert header(browser.log_in("subscriber"), "location") == f"{BASE}/wp-admin/profile.php"


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        (f"{BASE}/2025/", f"{BASE}/2025/"),
        ("/some/page?x=1", "/some/page?x=1"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", "/evil.example"),
        ("\\\\evil.example", ""),
        ("https://news.example.com@evil.example/", ""),
        ("https://news.example.com.evil.example/", ""),
        ("https://news.example.com:81/", ""),
        ("javascript:alert(1)", ""),
        ("/x\r\nSet-Cookie: a=b", "/x%0D%0ASet-Cookie:%20a=b"),
        ("https:news.example.com", ""),
        ("http://[", ""),
    ],
)
def test_nobody_is_sent_to_another_site(wanted: str, where: str) -> None:
    site = site_of({"home": BASE, "siteurl": BASE})
    assert own_address(site, wanted, "") == where


@given(st.text(max_size=40) | st.text("/\\:@.?#[]evilhttps \r\n\t", max_size=30))
def test_any_address_to_go_back_to_stays_here(wanted: str) -> None:
    where = own_address(site_of({"home": BASE, "siteurl": BASE}), wanted, "")
    assert where == "" or where.startswith(f"{BASE}") or (where[0] == "/" and where[1:2] not in ("/", "\\"))
    assert where.isascii()
    assert where.isprintable()


def test_a_cookie_counts_with_a_nonce_only(browser: Browser) -> None:
    browser.log_in()
    nonce = browser.nonce()
    assert (browser.me().status, code_of(browser.me())) == (401, "rest_not_logged_in")
    response = browser.me(x_wp_nonce=nonce)
    assert (response.status, header(response, "x-wp-nonce")) == (200, nonce)
    assert json.loads(response.body)["id"] == 2
    assert browser.ask(f"{ME}?_wpnonce={nonce}").status == 200
    for bad in ("", "0" * 10, nonce[:-1]):
        response = browser.me(x_wp_nonce=bad)
        assert (response.status, code_of(response)) == (403, "rest_cookie_invalid_nonce")
    assert browser.ask(f"{ME}?_wpnonce=bad", headers={"x-wp-nonce": nonce}).status == 403


def test_a_write_by_cookie_needs_the_nonce(browser: Browser) -> None:
    browser.log_in()
    nonce = browser.nonce()
    post = "/wp-json/wp/v2/posts"
    assert browser.ask(post, {"title": "Forged"}).status == 401
    made = browser.ask(post, {"title": "Own", "_wpnonce": nonce})
    assert (made.status, json.loads(made.body)["author"]) == (201, 2)


def multipart(fields: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a form with parts, as programs and scripts of pages send it."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    return {"content-type": "multipart/form-data; boundary=edge"}, ("".join(parts) + "--edge--\r\n").encode()


def test_forms_with_parts_are_forms_as_well(browser: Browser) -> None:
    headers, body = multipart({"log": "editor", "pwd": PASSWORD})
    response = browser.desk.answer(Request("POST", "/wp-login.php", "", headers, body, "192.0.2.1", "https"))
    assert response.status == 302
    browser.log_in()
    cookie = "; ".join(f"{name}={value}" for name, (value, _) in browser.cookies.items())
    for nonce, status in ((browser.nonce(), 201), ("0" * 10, 403)):
        headers, body = multipart({"title": "Own", "_wpnonce": nonce})
        asked = Request("POST", "/wp-json/wp/v2/posts", "", {**headers, "cookie": cookie}, body, "192.0.2.1", "https")
        assert browser.desk.answer(asked).status == status


def test_forms_are_of_some_size(browser: Browser) -> None:
    assert browser.log_in(password="x" * 2_000_000).status == 413
    assert browser.ask("/wp-admin/authorize-application.php", {"x": "y" * 2_000_000}).status == 413


@pytest.mark.parametrize("name", ["%C3%A9", "a-b", "alert(1)", "a%0Ab", "a[]", ""])
def test_a_callback_is_the_name_of_a_function(browser: Browser, name: str) -> None:
    response = browser.ask(f"/wp-json/wp/v2/types?_jsonp={name}")
    assert response.status == (400 if name else 200)
    assert response.body.startswith(b"{")


def test_a_nonce_is_one_users_in_one_login(desk: Desk) -> None:
    first, second, other = Browser(desk), Browser(desk), Browser(desk)
    first.log_in()
    second.log_in()
    other.log_in("author")
    nonce = first.nonce()
    assert len({nonce, second.nonce(), other.nonce()}) == 3
    assert second.me(x_wp_nonce=nonce).status == 403
    assert other.me(x_wp_nonce=nonce).status == 403
    assert Browser(desk).me(x_wp_nonce=nonce).status == 403


def test_a_nonce_goes_old(browser: Browser, newsroom: Newsroom) -> None:
    browser.log_in(rememberme="1")
    nonce = browser.nonce()
    clock = newsroom.clock
    clock.moment = NOON + timedelta(hours=11)  # type: ignore[attr-defined]
    answered = browser.me(x_wp_nonce=nonce)
    assert answered.status == 200
    assert browser.me(x_wp_nonce=header(answered, "x-wp-nonce")).status == 200
    clock.moment = NOON + timedelta(hours=25)  # type: ignore[attr-defined]
    assert browser.me(x_wp_nonce=nonce).status == 403
    assert browser.me(x_wp_nonce=browser.nonce()).status == 200


def test_ajax_gives_nonces_and_nothing_else(browser: Browser) -> None:
    for target in ("", "?action=rest-nonce", "?action=heartbeat"):
        response = browser.ask(f"/wp-admin/admin-ajax.php{target}")
        assert (response.status, response.body) == (400, b"0")
    browser.log_in()
    assert browser.ask("/wp-admin/admin-ajax.php", {"action": "rest-nonce"}).body == browser.nonce().encode()
    assert browser.ask("/wp-admin/admin-ajax.php?action=upload").status == 400


def test_logging_out_needs_a_nonce_and_ends_the_login(desk: Desk, browser: Browser) -> None:
    browser.log_in()
    thief = Browser(desk)
    thief.cookies = dict(browser.cookies)
    nonce = thief.nonce()
    asked = browser.ask("/wp-login.php?action=logout")
    assert asked.status == 403
    assert browser.nonce()
    address = next(part for part in asked.body.decode().split('"') if "action=logout" in part).replace("&amp;", "&")
    response = browser.ask(address)
    assert response.status == 302
    assert header(response, "location").startswith(f"{BASE}/wp-login.php?loggedout=true")
    assert not any(name.startswith(("wordpress_sec", "wordpress_logged")) for name in browser.cookies)
    assert thief.me(x_wp_nonce=nonce).status == 403
    assert thief.ask("/wp-admin/").status == 302


def test_a_login_ends_with_time(browser: Browser, newsroom: Newsroom) -> None:
    browser.log_in()
    newsroom.clock.moment = NOON + timedelta(days=2, minutes=1)  # type: ignore[attr-defined]
    assert browser.ask("/wp-admin/").status == 302
    newsroom.clock.moment = NOON + timedelta(days=2, minutes=-1)  # type: ignore[attr-defined]
    assert browser.ask("/wp-admin/").status == 200


def test_a_new_password_ends_all_logins(browser: Browser, newsroom: Newsroom) -> None:
    browser.log_in()
    with newsroom.write() as view:
        users.update(view, 2, users.UserChanges(password=hash_password(NEW_PASSWORD)))
    assert browser.ask("/wp-admin/").status == 302
    assert browser.log_in().status == 200
    assert browser.log_in(password=NEW_PASSWORD).status == 302


@pytest.mark.parametrize(("remember", "seconds"), [("", 0), ("forever", 14 * 86400 + 12 * 3600)])
def test_who_changes_his_own_password_stays_and_all_others_go(desk: Desk, remember: str, seconds: int) -> None:
    browser, thief = Browser(desk), Browser(desk)
    browser.log_in(rememberme=remember)
    thief.cookies = dict(browser.cookies)
    other = Browser(desk)
    other.log_in()
    nonce = browser.nonce()
    asked = {"password": NEW_PASSWORD, "_wpnonce": nonce}
    response = browser.ask("/wp-json/wp/v2/users/me", asked)
    assert response.status == 200
    *lines, known = [value for name, value in response.headers if name == "Set-Cookie"]
    assert len(lines) == 2
    assert known.startswith("wp-device-2-")
    assert [f"Max-Age={seconds};" in line for line in lines] == [bool(seconds)] * 2
    assert browser.me(x_wp_nonce=browser.nonce()).status == 200
    assert thief.ask("/wp-admin/").status == other.ask("/wp-admin/").status == 302
    assert browser.me(x_wp_nonce=nonce).status == 403
    assert Browser(desk).log_in(password=NEW_PASSWORD).status == 302


def test_a_password_that_somebody_else_changes_gives_him_no_login(desk: Desk) -> None:
    admin = Browser(desk)
    admin.log_in("administrator")
    response = admin.ask("/wp-json/wp/v2/users/2", {"password": NEW_PASSWORD, "_wpnonce": admin.nonce()})
    assert response.status == 200
    assert header(response, "set-cookie") == ""
    assert admin.me(x_wp_nonce=admin.nonce()).status == 200


def test_another_secret_of_the_site_ends_all_logins(browser: Browser, newsroom: Newsroom) -> None:
    browser.log_in()
    assert browser.ask("/wp-admin/").status == 200
    with newsroom.write() as view:
        options.set(view.unit, options.SECRET, "another one, long and random")
    assert browser.ask("/wp-admin/").status == 302
    browser.log_in()
    assert browser.me(x_wp_nonce=browser.nonce()).status == 200


def test_each_login_has_a_secret_of_its_own(browser: Browser) -> None:
    """Login fixation: what a browser brought before is worth nothing afterwards, and nothing of it is taken over."""
    name = f"wordpress_logged_in_{SITE}"
    browser.cookies[name] = ("editor%7C9999999999%7Cchosen%7Cfixed", "/")
    browser.log_in()
    first = browser.cookies[name]
    assert "chosen" not in first[0]
    browser.log_in()
    assert browser.cookies[name] != first


@pytest.mark.parametrize("change", ["login", "expires", "token", "signature", "scheme", "short", "long", "text"])
def test_a_changed_cookie_is_nobodys(browser: Browser, newsroom: Newsroom, change: str) -> None:
    browser.log_in("author")
    value = browser.cookies[f"wordpress_logged_in_{SITE}"][0].replace("%7C", "|")
    login, expires, token, signature = value.split("|")
    values = {
        "login": f"administrator|{expires}|{token}|{signature}",
        "expires": f"{login}|{int(expires) + 1}|{token}|{signature}",
        "token": f"{login}|{expires}|{token[:-1]}|{signature}",
        "signature": f"{login}|{expires}|{token}|{'0' * 64}",
        "short": value[:-1],
        "long": value + "x" * 5000,
        "text": "|".join(("ä", "١", "\0", "é")),
        "scheme": value,
    }
    with newsroom.view() as view:
        assert sessions.viewer_of_cookie(view, value, "logged_in") is not None
        scheme = "auth" if change == "scheme" else "logged_in"
        assert sessions.viewer_of_cookie(view, values[change], scheme) is None


def test_the_store_does_not_know_the_secret(browser: Browser, newsroom: Newsroom) -> None:
    browser.log_in()
    token = browser.cookies[f"wordpress_logged_in_{SITE}"][0].split("%7C")[2]
    with newsroom.view() as view:
        kept = str(view.unit.rows("SELECT * FROM sessions"))
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


def test_an_old_hash_is_upgraded_by_a_login(browser: Browser, newsroom: Newsroom) -> None:
    old = hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest()
    with newsroom.write() as view:
        user_store.update(view.unit, 3, password=old)
    assert browser.log_in("author").status == 302
    with newsroom.view() as view:
        user = users.get(view, 3)
    assert user is not None
    assert user.password.startswith("$wp$2y$")
    assert browser.ask("/wp-admin/").status == 200
    assert browser.log_in("author").status == 302


def test_a_password_is_verified_before_the_write_begins(browser: Browser, newsroom: Newsroom) -> None:
    """A wrong one never opens a write, and a right one changed meanwhile begins no login."""
    with newsroom.view() as view:
        user = users.by_login(view, "editor")
    assert user is not None
    with newsroom.write() as view:
        user_store.update(view.unit, 2, password=HASH.replace("$wp$2y$", "$wp$2y$1"))
    with pytest.raises(Exception, match="meanwhile"), newsroom.write() as view:
        sessions.begin(view, user, remember=False)


def test_the_frame_for_logging_in_again(browser: Browser) -> None:
    assert 'name="interim-login" value="1"' in browser.ask("/wp-login.php?interim-login=1").body.decode()
    response = browser.log_in(**{"interim-login": "1"})
    assert (response.status, 'class="login interim-login-success"' in response.body.decode()) == (200, True)
    assert header(response, "x-frame-options") == "SAMEORIGIN"
    assert browser.nonce()


def test_the_administration_is_for_those_who_are_logged_in(browser: Browser) -> None:
    response = browser.ask("/wp-admin/edit.php?post_type=page")
    assert response.status == 302
    asked = parse_qs(query_of(header(response, "location")))
    assert asked == {"redirect_to": [f"{BASE}/wp-admin/edit.php?post_type=page"], "reauth": ["1"]}
    browser.log_in()
    assert browser.ask("/wp-admin/").status == 200


def test_http_sites_get_cookies_without_secure(rooms: Rooms, tmp_path: Path) -> None:
    site = rooms(options={"home": "http://localhost:8080", "siteurl": "http://localhost:8080"})
    browser = Browser(Desk(site))
    with pytest.raises(AssertionError):
        browser.keep("a=b; path=/; HttpOnly; SameSite=Lax")
    request = {"log": "editor", "pwd": PASSWORD}
    lines = _lines(browser, request)
    assert lines
    assert not any("secure" in line for line in lines)
    name = hashlib.md5(b"http://localhost:8080", usedforsecurity=False).hexdigest()
    assert any(line.startswith(f"wordpress_{name}=") for line in lines)


def _lines(browser: Browser, form: dict[str, str]) -> list[str]:
    sent = {"content-type": "application/x-www-form-urlencoded"}
    request = Request("POST", "/wp-login.php", "", sent, urlencode(form).encode(), "192.0.2.1", "http")
    return [value for name, value in browser.desk.answer(request).headers if name == "Set-Cookie"]
