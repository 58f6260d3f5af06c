"""Second factors: RFC 6238's own numbers, each code once, clocks that are a little off, recovery, who must have one."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.content.conftest import Rooms
from tests.content.desk import NOON, Clock
from wirepress.content import options
from wirepress.content.identity import first_step, second_factor, sessions
from wirepress.content.identity.viewer import Viewer, viewer_of
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.user import User
from wirepress.store import second_factors, users

EDITOR = 2
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_CODES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
"""Appendix B of RFC 6238 for SHA-1, its last six digits."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(rooms: Rooms, clock: Clock) -> Newsroom:
    return rooms(clock=clock)


def editor(view: View) -> User:
    user = view.lookup.user(EDITOR)
    assert user is not None
    return user


def viewer(view: View) -> Viewer:
    return viewer_of(view.site, editor(view))


def code_of(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


def switched_on(newsroom: Newsroom, secret: str = "") -> tuple[str, list[str]]:
    """An editor with a second factor whose last code is long ago: the secret and the recovery codes."""
    with newsroom.write() as view:
        secret = secret or second_factor.begin(view, EDITOR)
        second_factors.put(view.unit, EDITOR, secret)
        second_factors.confirm(view.unit, EDITOR, 1)
        return secret, second_factor.renew_recovery(view, EDITOR)


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES.items())
def test_codes_are_those_of_the_rfc(newsroom: Newsroom, clock: Clock, seconds: int, code: str) -> None:
    switched_on(newsroom, RFC_SECRET)
    clock.moment = datetime.fromtimestamp(seconds, UTC)
    with newsroom.write() as view:
        assert not second_factor.takes(view, EDITOR, f"{(int(code) + 1) % 1_000_000:06}")
        assert second_factor.takes(view, EDITOR, f" {code[:3]} {code[3:]} ")


def test_a_code_counts_once_and_none_before_it(newsroom: Newsroom, clock: Clock) -> None:
    secret, _ = switched_on(newsroom)
    before, now = code_of(secret, NOON - timedelta(seconds=30)), code_of(secret, NOON)
    with newsroom.write() as view:
        assert second_factor.takes(view, EDITOR, now)
        assert not second_factor.takes(view, EDITOR, now)
        assert not second_factor.takes(view, EDITOR, before)
    clock.moment += timedelta(seconds=30)
    with newsroom.write() as view:
        assert not second_factor.takes(view, EDITOR, now)
        assert second_factor.takes(view, EDITOR, code_of(secret, clock.moment))


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(newsroom: Newsroom, off: int, taken: bool) -> None:
    secret, _ = switched_on(newsroom)
    with newsroom.write() as view:
        assert second_factor.takes(view, EDITOR, code_of(secret, NOON + timedelta(seconds=off))) is taken


@pytest.mark.parametrize("code", ["", "0", "12345", "1234567", "a" * 5000, "\0", "１２３４５６", "' OR 1=1"])
def test_what_is_no_code_is_none(newsroom: Newsroom, code: str) -> None:
    switched_on(newsroom)
    with newsroom.write() as view:
        assert not second_factor.takes(view, EDITOR, code)


def test_recovery_codes_count_once_each(newsroom: Newsroom) -> None:
    _, codes = switched_on(newsroom)
    assert len(set(codes)) == 10
    with newsroom.write() as view:
        assert second_factor.takes(view, EDITOR, second_factor.grouped(codes[0]).lower())
        assert not second_factor.takes(view, EDITOR, codes[0])
        assert second_factor.recovery_left(view, EDITOR) == 9
        kept = view.unit.rows("SELECT hash FROM recovery_codes")
        assert not any(code in row[0] for code in codes for row in kept)
        newer = second_factor.renew_recovery(view, EDITOR)
        assert not second_factor.takes(view, EDITOR, codes[1])
        assert second_factor.takes(view, EDITOR, newer[0])


def test_it_is_on_with_its_first_code(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        sessions.begin(view, editor(view), remember=False)
        secret = second_factor.begin(view, EDITOR)
        code = code_of(secret, NOON)
        assert second_factor.waiting(view, EDITOR) == secret
        assert not second_factor.is_on(view, EDITOR)
        assert not second_factor.takes(view, EDITOR, code)
        assert second_factor.confirm(view, viewer(view), "000000" if code != "000000" else "000001") is None
        assert len(second_factor.confirm(view, viewer(view), code) or ()) == 10
        assert second_factor.on_among(view, range(1, 6)) == {EDITOR}
        assert second_factor.waiting(view, EDITOR) == ""
        assert not second_factor.takes(view, EDITOR, code)
        assert sessions.of_user(view, EDITOR) == []
        with pytest.raises(Conflict):
            second_factor.begin(view, EDITOR)
        with pytest.raises(Invalid):
            second_factor.confirm(view, viewer(view), code)
        assert second_factor.switch_off(view, EDITOR)
        assert view.unit.rows("SELECT * FROM recovery_codes") == []
        assert not second_factor.switch_off(view, EDITOR)


def test_the_address_names_the_site_and_the_login(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        options.set(view.unit, "blogname", "News &amp; more: daily")
    with newsroom.view() as view:
        address = second_factor.address(view, editor(view), RFC_SECRET)
    assert address == (
        f"otpauth://totp/News%20%26%20more%20%20daily:editor?secret={RFC_SECRET}&issuer=News%20%26%20more%20%20daily"
    )


def test_guesses_are_bounded_and_a_right_code_waits_as_well(rooms: Rooms) -> None:
    clock = Clock()
    with rooms(clock=clock).write() as view:
        assert [bool(second_factor.failed(view, EDITOR)) for _ in range(5)] == [False] * 4 + [True]
        assert second_factor.wait(view, EDITOR) == 300
        assert not second_factor.wait(view, 3)
        clock.moment += timedelta(seconds=300)
        assert not second_factor.wait(view, EDITOR)
        assert second_factor.failed(view, EDITOR) == 900
        second_factor.passed(view, EDITOR)
        assert not second_factor.wait(view, EDITOR)


@pytest.mark.parametrize("kept", [["editor", "administrator"], {"0": "editor"}])
def test_roles_that_must_have_one(newsroom: Newsroom, kept: object) -> None:
    with newsroom.write() as view:
        assert not second_factor.is_due(view, viewer(view))
        options.set(view.unit, second_factor.ROLES, kept)
    with newsroom.view() as view:
        assert second_factor.is_due(view, viewer(view))
        assert not second_factor.is_due(view, viewer_of(view.site, view.lookup.user(3)))
        assert not second_factor.is_due(view, Viewer())
    switched_on(newsroom)
    with newsroom.view() as view:
        assert not second_factor.is_due(view, viewer(view))


@pytest.mark.parametrize("kept", ["", "editor", None, 7])
def test_an_option_that_is_no_list_requires_nothing(newsroom: Newsroom, kept: object) -> None:
    with newsroom.write() as view:
        options.set(view.unit, second_factor.ROLES, kept)
        assert second_factor.required_roles(view) == frozenset()


def test_a_first_step_holds_for_minutes_and_for_its_password(newsroom: Newsroom, clock: Clock) -> None:
    with newsroom.view() as view:
        token = first_step.token(view, editor(view))
        assert first_step.owner_of(view, token) == editor(view)
        for bad in ("", "2|", token[:-1], token.replace("2|", "1|", 1), "9" * 300, f"{2**70}|1|x"):
            assert first_step.owner_of(view, bad) is None
    clock.moment += timedelta(seconds=first_step.LIFE)
    with newsroom.view() as view:
        assert first_step.owner_of(view, token) is None
    clock.moment = NOON
    with newsroom.write() as view:
        users.update(view.unit, EDITOR, password="another")
        assert first_step.owner_of(view, token) is None


def test_logins_are_listed_and_ended_one_by_one(newsroom: Newsroom, clock: Clock) -> None:
    with newsroom.write() as view:
        first = sessions.begin(view, editor(view), remember=False, ip="192.0.2.1", agent="One")
        clock.moment += timedelta(minutes=1)
        sessions.begin(view, editor(view), remember=True, ip="192.0.2.2", agent="Two")
        listed = sessions.of_user(view, EDITOR)
        assert [(one.ip, one.agent) for one in listed] == [("192.0.2.2", "Two"), ("192.0.2.1", "One")]
        own = Viewer(editor(view), session=first.token)
        assert [sessions.is_own(own, one) for one in listed] == [False, True]
        assert not sessions.end_one(view, 3, listed[0].token)
        assert sessions.end_one(view, EDITOR, listed[0].token)
        assert len(sessions.of_user(view, EDITOR)) == 1
    clock.moment += timedelta(days=3)
    with newsroom.view() as view:
        assert sessions.of_user(view, EDITOR) == []
