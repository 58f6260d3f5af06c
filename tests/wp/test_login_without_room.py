"""Logging in where nothing can be kept: it works, guesses stay bounded, and no owner is locked out."""

from __future__ import annotations

import json

import pyotp

from tests.content.conftest import rooms
from tests.content.desk import Clock
from tests.store.full import full, refusing
from tests.wp.browser import NEW_PASSWORD, PASSWORD, Browser, Desk, fields_of
from tests.wp.guessing import (
    DAY,
    EDITOR,
    LEGACY,
    attack,
    basic,
    clock,
    desk,
    network,
    newsroom,
    pass_time,
    refused,
    verified,
)  # fmt: skip
from tests.wp.test_second_step import SECRET, second
from wirepress.content.identity import second_factor, sessions
from wirepress.content.identity.passwords import hash_password
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Response
from wirepress.store import second_factors, users

__all__ = ["clock", "desk", "newsroom", "rooms", "verified"]

ROUNDS = 400


def who(browser: Browser) -> str:
    """Whom the API takes a browser for, "" for nobody."""
    response = browser.me(x_wp_nonce=browser.nonce()) if "wordpress_logged_in" in str(browser.cookies) else None
    return json.loads(response.body)["slug"] if response is not None and response.status == 200 else ""


def is_in(browser: Browser) -> bool:
    """Whether the administration opens."""
    return browser.ask("/wp-admin/").status == 200


def kept_logins(newsroom: Newsroom) -> int:
    with newsroom.view() as view:
        return len(sessions.of_user(view, EDITOR))


def test_a_login_works_without_being_kept(desk: Desk, newsroom: Newsroom, clock: Clock) -> None:
    browser = Browser(desk)
    with refusing(newsroom.database):
        assert browser.log_in(password="wrong").status == 200
        assert not is_in(browser)
        assert browser.log_in().status == 302
        assert (is_in(browser), who(browser)) == (True, "editor")
        assert kept_logins(newsroom) == 0
    assert is_in(browser)
    pass_time(clock, sessions.UNKEPT - 1)
    assert is_in(browser)
    pass_time(clock, 2)
    assert not is_in(browser)


def test_a_new_password_ends_a_login_that_is_not_kept(desk: Desk, newsroom: Newsroom) -> None:
    browser = Browser(desk)
    with refusing(newsroom.database):
        browser.log_in()
    assert is_in(browser)
    with newsroom.write() as view:
        users.update(view.unit, EDITOR, password=hash_password(NEW_PASSWORD))
    assert not is_in(browser)


def test_a_login_that_was_ended_is_not_taken_for_one_that_was_never_kept(
    desk: Desk, newsroom: Newsroom, clock: Clock
) -> None:
    browser = Browser(desk)
    browser.log_in()
    pass_time(clock, sessions.SHORT - 60)
    assert is_in(browser)
    with newsroom.write() as view:
        assert sessions.end_others(view, EDITOR) == 1
    assert not is_in(browser)


def test_a_login_on_a_full_disk_succeeds_and_a_write_says_why_it_does_not(desk: Desk, newsroom: Newsroom) -> None:
    with full(newsroom.database):
        browser = Browser(desk)
        assert browser.log_in().status == 302
        assert is_in(browser)
        body = json.dumps({"title": "Large", "content": "<p>x</p>" * 200_000}).encode()
        response = send(desk, browser, body)
        assert (response.status, json.loads(response.body)["code"]) == (507, "no_room")
        assert json.loads(response.body)["data"] == {"status": 507}
        assert dict(response.headers)["Retry-After"] == "60"
    with refusing(newsroom.database):
        response = send(desk, browser, b'{"title":"Small"}')
        assert (response.status, json.loads(response.body)["code"]) == (503, "cannot_write")
    assert send(desk, browser, b'{"title":"Small"}').status == 201


def send(desk: Desk, browser: Browser, body: bytes) -> Response:
    from wirepress.model.web import Request

    cookies = "; ".join(f"{name}={value}" for name, (value, _) in browser.cookies.items())
    headers = {"cookie": cookies, "x-wp-nonce": browser.nonce(), "content-type": "application/json"}
    return desk.answer(Request("POST", "/wp-json/wp/v2/posts", "", headers, body, "192.0.2.1", "https"))


def test_guesses_are_bounded_all_the_same(desk: Desk, newsroom: Newsroom, clock: Clock, verified: list[str]) -> None:
    owner = Browser(desk)
    owner.log_in()
    owner.cookies = {name: kept for name, kept in owner.cookies.items() if name.startswith("wp-device-")}
    verified.clear()
    with refusing(newsroom.database):
        stranger = Browser(desk)
        attack(clock, 1, lambda number: stranger.log_in("editor", f"wrong {number}"))
        assert 20 <= len(verified) <= 40
        verified.clear()
        answers = [Browser(desk, network(n)).log_in("editor", f"wrong {n}") for n in range(ROUNDS)]
        assert len(verified) <= 150
        assert refused(answers[-1])
        assert refused(Browser(desk, "203.0.113.77").log_in("editor", PASSWORD))
        assert owner.log_in("editor", PASSWORD).status == 302


def test_what_was_counted_in_memory_counts_when_there_is_room_again(
    desk: Desk, newsroom: Newsroom, clock: Clock, verified: list[str]
) -> None:
    stranger = Browser(desk)
    for wrong in range(2):
        stranger.log_in("editor", f"before {wrong}")
    with refusing(newsroom.database):
        for wrong in range(2):
            stranger.log_in("editor", f"meanwhile {wrong}")
    assert not refused(stranger.log_in("editor", "after"))
    assert refused(stranger.log_in("editor", "after that"))
    assert len(verified) == 5
    pass_time(clock, 2 * DAY)
    assert stranger.log_in("editor", PASSWORD).status == 302


def test_a_right_password_forgives_the_wrong_ones_before_it(
    desk: Desk, newsroom: Newsroom, verified: list[str]
) -> None:
    browser = Browser(desk)
    with refusing(newsroom.database):
        for _ in range(3):
            for wrong in range(4):
                assert not refused(browser.log_in("editor", f"wrong {wrong}"))
            assert browser.log_in("editor", PASSWORD).status == 302
            browser.cookies.clear()


def test_application_passwords_are_guessed_no_more(desk: Desk, newsroom: Newsroom, verified: list[str]) -> None:
    assert LEGACY
    with refusing(newsroom.database):
        answers = [
            Browser(desk).ask("/wp-json/wp/v2/users/me", headers=basic("editor", f"wrong {number} {'x' * 24}"))
            for number in range(8)
        ]
    assert [refused(answer) for answer in answers] == 5 * [False] + 3 * [True]


def test_the_code_of_a_second_factor_counts_once(desk: Desk, newsroom: Newsroom, clock: Clock) -> None:
    with newsroom.write() as view:
        second_factors.put(view.unit, EDITOR, SECRET)
        second_factors.confirm(view.unit, EDITOR, 1)
        recovery = second_factor.renew_recovery(view, EDITOR)[0]
    code = pyotp.TOTP(SECRET).at(clock.moment)
    with refusing(newsroom.database):
        browser, thief = Browser(desk), Browser(desk, "203.0.113.9")
        asked = browser.log_in()
        assert asked.status == 200
        assert second(browser, asked, "000000").status == 200
        assert second(browser, asked, recovery).status == 200
        assert not is_in(browser)
        assert second(browser, asked, code).status == 302
        assert is_in(browser)
        again = thief.log_in()
        assert "first_step" in fields_of(again)
        assert second(thief, again, code).status == 200
        assert not is_in(thief)
        for _ in range(6):
            last = second(thief, again, "000000")
        assert last.status == 429
