"""An attacker who guesses at passwords, on a clock that is set."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from tests.content.conftest import Rooms
from tests.content.desk import Clock
from tests.wp.browser import PASSWORD, Browser, Desk, header
from wirepress.content.identity import attempts, authentication
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Response
from wirepress.store import users

POSTS = "/wp-json/wp/v2/posts"
EDITOR = 2
DAY = 24 * 3600
LEGACY = "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"  # test12345


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(rooms: Rooms, clock: Clock) -> Newsroom:
    # With a key of chance the tallies that the names of nobody share would now and then be those of two networks here.
    return rooms(clock=clock, options={"wirepress_secret": "6" * 64})


@pytest.fixture
def desk(newsroom: Newsroom) -> Desk:
    return Desk(newsroom)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were verified, at the cost of nothing: each is wrong but PASSWORD."""
    seen: list[str] = []

    def verify(password: str, kept: str) -> bool:
        seen.append(password)
        return password == PASSWORD and kept != LEGACY

    monkeypatch.setattr(authentication, "verify_password", verify)
    monkeypatch.setattr(authentication, "verify_token", lambda token, kept: verify(token, kept))
    return seen


def basic(login: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def pass_time(clock: Clock, seconds: int) -> None:
    clock.moment += timedelta(seconds=seconds)


def refused(response: Response) -> bool:
    assert response.status in (200, 401, 429)
    return response.status == 429


def attack(clock: Clock, days: int, ask: Callable[[int], Response]) -> list[Response]:
    """Asks for some days, each time as soon as the last answer says that it can be asked again."""
    answers: list[Response] = []
    end = clock.moment + timedelta(days=days)
    while clock.moment < end:
        answers.append(ask(len(answers)))
        pass_time(clock, int(header(answers[-1], "retry-after") or 1))
    return answers


def network(number: int) -> str:
    """An address in another network for each number."""
    return f"198.{18 + number % 4}.{number // 4 % 256}.9"


def spread(newsroom: Newsroom, clock: Clock, most: int, login: str) -> None:
    """Guesses from another network each time, so often or until there are no more."""
    with newsroom.database.write() as unit, newsroom.view() as view, suppress(attempts.Refused):
        for number in range(most):
            name = login.format(number)
            guess = attempts.at_login(view, users.by_login(view.unit, name), name, f"100.64.{number}.9")
            attempts.count(unit, guess, int(clock.moment.timestamp()))


def besiege(desk: Desk, login: str = "editor") -> None:
    """Uses up all that strangers may try, from the owner's own network too."""
    clock = desk.newsroom.clock
    assert isinstance(clock, Clock)
    for _ in range(6):
        Browser(desk, "192.0.2.200").log_in(login, "wrong")
    spread(desk.newsroom, clock, 250, login)
    assert Browser(desk, "203.0.113.200").log_in(login, "wrong").status == 429
