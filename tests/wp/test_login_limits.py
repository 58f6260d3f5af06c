"""Guesses at passwords: how many of an attacker's are verified in a day, and what they fill."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from tests.content.conftest import rooms
from tests.content.desk import Clock
from tests.wp.browser import PASSWORD, Browser, Desk, fields_of, header
from tests.wp.guessing import (
    EDITOR,
    LEGACY,
    POSTS,
    attack,
    basic,
    clock,
    desk,
    network,
    newsroom,
    pass_time,
    refused,
    spread,
    verified,
)
from wirepress.content import beforehand
from wirepress.content.identity import attempts, passwords
from wirepress.content.newsroom import Newsroom
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Response
from wirepress.store import users

__all__ = ["clock", "desk", "newsroom", "rooms", "verified"]

# ---- how much an attacker learns


def test_one_network_has_some_dozen_guesses_a_day(desk: Desk, clock: Clock, verified: list[str]) -> None:
    """By each of its addresses; what is refused is not even looked at."""
    answers = attack(clock, 1, lambda n: Browser(desk, f"192.0.2.{n % 256}").log_in("editor", f"wrong {n}"))
    assert sum(not refused(answer) for answer in answers) == len(verified)
    assert 20 <= len(verified) <= 40


def test_pauses_grow(desk: Desk, clock: Clock) -> None:
    browser = Browser(desk)
    assert not any(refused(browser.log_in("editor", "wrong")) for _ in range(5))
    for pause in (60, 300, 900, 3600, 3600):
        answer = browser.log_in("editor", "wrong")
        assert (answer.status, header(answer, "retry-after")) == (429, str(pause))
        pass_time(clock, pause - 1)
        assert browser.log_in("editor", PASSWORD).status == 429
        pass_time(clock, 1)
        assert not refused(browser.log_in("editor", "wrong"))


def test_all_networks_together_have_300_guesses_a_day(desk: Desk, clock: Clock, verified: list[str]) -> None:
    """A thousand networks guess for three days, by each of the account's names."""
    names = ("editor", "EDITOR", "editor@news.example.com")
    times: list[datetime] = []

    def ask(number: int) -> Response:
        answer = Browser(desk, network(number)).log_in(names[number % 3], f"wrong {number}")
        times.extend([clock.moment] * (len(verified) - len(times)))
        return answer

    attack(clock, 3, ask)
    in_a_day = max(sum(begin <= time < begin + timedelta(days=1) for time in times) for begin in times)
    assert 150 <= in_a_day <= 300


def test_application_passwords_are_guessed_at_no_more(
    desk: Desk, newsroom: Newsroom, clock: Clock, verified: list[str]
) -> None:
    """Those of older sites, of which it takes long to say whether they are right, and ours; logins count with them."""
    with newsroom.write() as view:
        users.add_application_password(view.unit, ApplicationPassword("u-1", EDITOR, "Old", LEGACY))

    def ask(number: int) -> Response:
        browser = Browser(desk, network(number))
        if number % 2:
            return browser.ask(POSTS, headers=basic("editor", f"wrong{number}"))
        return browser.log_in("editor", f"wrong {number}")

    answers = attack(clock, 1, ask)
    assert sum(not refused(answer) for answer in answers) == len(verified) == 150
    assert {word[5:6].isdigit() for word in verified} == {True, False}


def test_what_is_refused_is_told_so(desk: Desk) -> None:
    browser = Browser(desk)
    for _ in range(5):
        assert browser.ask(POSTS, headers=basic("editor", "wrong")).status == 200
        assert browser.ask("/wp-json/wp/v2/users/me", headers=basic("author", "wrong")).status == 401
    response = browser.ask(POSTS, headers=basic("editor", "wrong"))
    assert (response.status, header(response, "retry-after")) == (429, "60")
    told = json.loads(response.body)
    assert (told["code"], told["data"]) == ("rest_too_many_failed_logins", {"status": 429})
    assert "no-store" in header(response, "cache-control")
    assert browser.log_in("editor", "wrong").status == 429
    assert browser.ask(POSTS).status == 200


def test_one_network_cannot_go_through_the_names(desk: Desk, clock: Clock, verified: list[str]) -> None:
    answers = [Browser(desk, f"2001:db8::{n:x}").log_in(f"name{n}", "wrong") for n in range(1, 40)]
    assert [answer.status for answer in answers] == [200] * 30 + [429] * 9
    assert Browser(desk, "2001:db8:0:1::1").log_in("name1", "wrong").status == 200
    pass_time(clock, 3600)
    assert Browser(desk, "2001:db8::1").log_in("name50", "wrong").status == 200


def test_a_name_of_nobody_is_answered_as_an_account(desk: Desk, clock: Clock, verified: list[str]) -> None:
    """Status, words and waits, in a day of guesses."""

    def ask(number: int) -> Response:
        one, other = (Browser(desk, network(number % 20)).log_in(login, "wrong") for login in ("editor", "nobody"))
        assert (one.status, header(one, "retry-after")) == (other.status, header(other, "retry-after"))
        assert one.body.replace(b"editor", b"nobody") == other.body
        return one

    assert {answer.status for answer in attack(clock, 1, ask)} == {200, 429}


def test_a_flood_of_names_forgets_no_account(
    desk: Desk, newsroom: Newsroom, clock: Clock, verified: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("NETWORKS", 150), ("NAMES", 20), ("PAIRS", 50)):
        monkeypatch.setattr(attempts, name, number)
    guesser = Browser(desk, "203.0.113.9")
    for _ in range(6):
        guesser.log_in("editor", "wrong")
    with newsroom.database.write() as unit, newsroom.view() as view:
        for number in range(1000):
            guess = attempts.at_login(view, None, f"name{number}", f"2001:db8:{number:x}::1")
            counters = tuple(counter for counter in guess.counters if counter.key != "site")
            with suppress(attempts.Refused):
                attempts.count(unit, attempts.Guess(counters), int(clock.moment.timestamp()))
        [[rows]] = unit.rows("SELECT count(*) FROM attempts")
    assert 150 <= rows <= 150 + 20 + 50 + 4
    assert refused(guesser.log_in("editor", "wrong"))
    assert refused(Browser(desk, "203.0.113.10").log_in("editor", "wrong"))


def test_everything_together_is_slowed(desk: Desk, newsroom: Newsroom, clock: Clock, verified: list[str]) -> None:
    """Each of many networks guesses once, all in the same minute."""
    owner = Browser(desk, "192.0.2.77")
    owner.log_in("author")
    spread(newsroom, clock, 290, "name{}")
    answers = [Browser(desk, network(number)).log_in(f"other{number}", "wrong") for number in range(20)]
    assert [answer.status for answer in answers] == [200] * 10 + [429] * 10
    assert header(answers[-1], "retry-after") == "2"
    assert owner.log_in("author").status == 302
    pass_time(clock, 2)
    assert Browser(desk, "192.0.3.1").log_in("author").status == 302
    pass_time(clock, 600)
    answers = [Browser(desk, network(number)).log_in(f"later{number}", "wrong") for number in range(10)]
    assert not any(map(refused, answers))


def test_every_face_says_that_there_is_no_room(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> str:
        raise beforehand.no_room("strangers")

    browser, lost = Browser(desk), Browser(desk)
    browser.log_in("administrator")
    nonce = browser.nonce()
    lost.ask("/wp-login.php?action=lostpassword", {"user_login": "editor"})
    [link] = [word for word in desk.letters.mails[0].text.split() if "key=" in word]
    lost.ask(link)
    form = {**fields_of(lost.ask("/wp-login.php?action=rp")), "pass1": "x", "pass2": "x"}
    monkeypatch.setattr(passwords, "_hashed", full)
    page = browser.ask("/wp-admin/profile.php")
    [guard] = re.findall(r'name="_wpnonce" value="([^"]+)"', page.body.decode())[:1]
    sent = {"action": "update", "email": "a@news.example.com", "nickname": "A", "pass1": "xyz", "pass2": "xyz"}
    answers = [
        browser.ask("/wp-admin/profile.php", {**sent, "_wpnonce": guard}),
        browser.ask("/wp-json/wp/v2/users/2", {"password": "xyz", "_wpnonce": nonce}),
        lost.ask("/wp-login.php?action=resetpass", form),
    ]
    assert [(answer.status, header(answer, "retry-after")) for answer in answers] == [(429, "2")] * 3
    assert json.loads(answers[1].body)["code"] == "passwords_wait"
    assert all(b"Too many passwords wait" in answer.body for answer in answers)


def test_right_ones_are_not_counted(desk: Desk, verified: list[str]) -> None:
    browser = Browser(desk)
    for number in range(40):
        browser.cookies.clear()
        assert browser.log_in("editor", "wrong" if number % 5 == 0 else PASSWORD).status == (200, 302)[number % 5 > 0]
    with desk.newsroom.view() as view:
        assert view.unit.rows("SELECT number FROM attempts") == [(8,), (8,), (8,)]


def test_processes_count_together_and_a_restart_forgets_nothing(desk: Desk, newsroom: Newsroom) -> None:
    for _ in range(5):
        Browser(desk).log_in("editor", "wrong")
    again = Newsroom(newsroom.database, newsroom.clock, newsroom.files)
    assert refused(Browser(Desk(again)).log_in("editor", "wrong"))


def test_what_is_no_password_is_not_counted(desk: Desk) -> None:
    browser = Browser(desk)
    for _ in range(20):
        assert browser.ask(POSTS, headers={"authorization": "Basic !!!"}).status == 200
        assert browser.ask(POSTS, headers={"authorization": "Bearer x"}).status == 200
        assert browser.ask(POSTS, headers=basic("editor", "")).status == 200
        assert browser.log_in("editor", "").status == 200
    assert browser.ask(POSTS, headers=basic("editor", "wrong")).status == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.255", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "unix", False),
    ],
)
def test_who_has_one_address_of_a_network_has_others(one: str, other: str, same: bool) -> None:
    assert (attempts.network_of(one) == attempts.network_of(other)) is same
