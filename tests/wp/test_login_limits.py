"""Too many wrong passwords: told to wait by address and by account; a right one is never refused."""

from __future__ import annotations

import base64
import json

import pytest

from tests.content.conftest import newsroom, rooms
from tests.wp.browser import PASSWORD, Browser, Desk, header
from wirepress.content.identity import application_passwords
from wirepress.content.identity.attempts import MOST, WINDOW, Attempts, of_account, of_address
from wirepress.content.newsroom import Newsroom

__all__ = ["newsroom", "rooms"]

POSTS = "/wp-json/wp/v2/posts"


class Ticks:
    """A monotonic clock that tests set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def desk(newsroom: Newsroom, ticks: Ticks) -> Desk:
    return Desk(newsroom, Attempts(ticks))


def basic(login: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def test_an_address_is_told_to_wait_whatever_the_account(desk: Desk, ticks: Ticks) -> None:
    browser = Browser(desk)
    for number in range(MOST):
        ticks.seconds = number
        assert browser.log_in(f"nobody{number}", "wrong").status == 200
    response = browser.log_in("nobody", "wrong")
    assert response.status == 429
    assert header(response, "retry-after") == str(int(WINDOW) - MOST + 1)
    assert browser.log_in("editor", PASSWORD).status == 302
    assert Browser(desk, "192.0.2.2").log_in("editor", "wrong").status == 200
    ticks.seconds += WINDOW + 1
    assert browser.log_in("editor", "wrong").status == 200


def test_an_account_is_guarded_whatever_the_address(desk: Desk) -> None:
    names = ("editor", "EDITOR", "editor@news.example.com")
    for number in range(MOST):
        assert Browser(desk, f"198.51.100.{number}").log_in(names[number % 3], "wrong").status == 200
    guesser = Browser(desk, "203.0.113.9")
    assert guesser.log_in("editor", "wrong").status == 429
    assert guesser.log_in("author", "wrong").status == 200
    assert guesser.log_in("editor", PASSWORD).status == 302


def test_wrong_application_passwords_are_counted_with_the_logins(desk: Desk, newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        _, token = application_passwords.create(view, 2, "A program")
    browser = Browser(desk)
    for number in range(MOST):
        if number % 2:
            assert browser.log_in("editor", "wrong").status == 200
        else:
            assert browser.ask(POSTS, headers=basic("editor", "wrong")).status == 200
    response = browser.ask(POSTS, headers=basic("editor", "wrong"))
    assert (response.status, json.loads(response.body)["data"]) == (429, {"status": 429})
    assert header(response, "retry-after") == "300"
    assert "no-store" in header(response, "cache-control")
    assert browser.log_in("editor", "wrong").status == 429
    me = browser.ask("/wp-json/wp/v2/users/me", headers=basic("editor", token))
    assert (me.status, json.loads(me.body)["id"]) == (200, 2)
    assert browser.ask(POSTS).status == 200


def test_what_is_no_password_is_not_counted(desk: Desk) -> None:
    browser = Browser(desk)
    for _ in range(2 * MOST):
        assert browser.ask(POSTS, headers={"authorization": "Basic !!!"}).status == 200
        assert browser.ask(POSTS, headers={"authorization": "Bearer x"}).status == 200
        assert browser.ask(POSTS, headers=basic("editor", "")).status == 200
    assert browser.ask(POSTS, headers=basic("editor", "wrong")).status == 200


def test_the_window_slides(ticks: Ticks) -> None:
    attempts = Attempts(ticks)
    for number in range(MOST):
        ticks.seconds = number * 10.0
        assert attempts.fail("a") == 0
    assert attempts.wait("a") == int(WINDOW) - 190
    ticks.seconds = WINDOW
    assert attempts.wait("a", "b") == 0
    assert attempts.fail("a") == 0
    assert attempts.wait("a") == 10


def test_memory_is_bounded_and_those_who_try_most_stay_known(ticks: Ticks) -> None:
    attempts = Attempts(ticks)
    size = len(attempts._memory)
    for number in range(20_000):
        ticks.seconds = number / 1000
        attempts.fail(f"address {number}")
        if number % 1000 == 0:
            attempts.fail("account 1")
    assert attempts.wait("account 1") > 0
    assert len(attempts._memory) == size


def test_processes_count_together(ticks: Ticks) -> None:
    import os

    attempts = Attempts(ticks, shared=True)
    for _ in range(2):
        child = os.fork()
        if not child:
            for _ in range(MOST // 2):
                attempts.fail("a")
            os._exit(0)
        os.waitpid(child, 0)
    assert attempts.wait("a") == int(WINDOW)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "unix", False),
    ],
)
def test_who_has_one_address_of_a_network_has_all(one: str, other: str, same: bool) -> None:
    assert (of_address(one) == of_address(other)) is same


def test_an_account_that_there_is_not_is_counted_by_its_name() -> None:
    assert of_account(" Nobody ") == of_account("nobody")
    assert of_account("1") == of_account(1)
    assert of_account("nobody") != of_account("somebody")
