"""No attacker locks an owner out: what strangers have used up keeps no known device and no program waiting."""

from __future__ import annotations

import json

from tests.content.conftest import rooms
from tests.content.desk import Clock
from tests.wp.browser import BASE, NEW_PASSWORD, PASSWORD, Browser, Desk, fields_of, header
from tests.wp.guessing import (
    DAY,
    EDITOR,
    LEGACY,
    attack,
    basic,
    besiege,
    clock,
    desk,
    newsroom,
    pass_time,
    verified,
)
from wirepress.content.identity import application_passwords, attempts
from wirepress.content.identity.passwords import hash_password
from wirepress.content.newsroom import Newsroom
from wirepress.model.user import ApplicationPassword
from wirepress.store import users

__all__ = ["clock", "desk", "newsroom", "rooms", "verified"]


def test_a_known_device_stays_usable(desk: Desk) -> None:
    owner = Browser(desk)
    owner.log_in()
    owner.cookies = {name: kept for name, kept in owner.cookies.items() if name.startswith("wp-device-")}
    besiege(desk)
    stranger = Browser(desk).log_in("editor", PASSWORD)
    assert stranger.status == 429
    assert "Only devices that it knows" in stranger.body.decode()
    assert owner.log_in("editor", "a slip").status == 200
    assert owner.log_in("editor@news.example.com").status == 302


def test_a_known_device_guesses_no_more_than_a_network(desk: Desk, clock: Clock, verified: list[str]) -> None:
    thief = Browser(desk)
    thief.log_in()
    verified.clear()
    attack(clock, 1, lambda number: thief.log_in("editor", f"wrong {number}"))
    assert 20 <= len(verified) <= 40
    assert Browser(desk, "203.0.113.9").log_in().status == 302


def test_a_device_is_known_to_its_account_only_until_the_password_changes(desk: Desk, newsroom: Newsroom) -> None:
    owner, author = Browser(desk), Browser(desk)
    owner.log_in()
    author.log_in("author")
    [(name, (value, path))] = [item for item in owner.cookies.items() if item[0].startswith("wp-device-2-")]
    assert path == "/wp-login.php"
    [other] = [value for known, (value, _) in author.cookies.items() if known.startswith("wp-device-3-")]
    besiege(desk)
    for forged in (other, value[:-1] + ("0" if value[-1] != "0" else "1"), f"9{value}", "x", "%7C%7C"):
        author.cookies[name] = (forged, path)
        assert author.log_in().status == 429
    author.cookies[name] = (value, path)
    assert author.log_in().status == 302
    with newsroom.write() as view:
        users.update(view.unit, EDITOR, password=hash_password(NEW_PASSWORD))
    assert owner.log_in(password=NEW_PASSWORD).status == 429


def test_a_known_device_is_forgotten_in_time(desk: Desk, clock: Clock) -> None:
    owner = Browser(desk)
    owner.log_in()
    pass_time(clock, 180 * DAY)
    besiege(desk)
    assert owner.log_in().status == 429


def test_right_application_passwords_stay_usable(desk: Desk, newsroom: Newsroom) -> None:
    """Ours, and one of an older site that has been used before: its hash is a fast one since."""
    with newsroom.write() as view:
        _, token = application_passwords.create(view, EDITOR, "A program")
        users.add_application_password(view.unit, ApplicationPassword("u-1", EDITOR, "Old", LEGACY))
    program = Browser(desk)
    assert program.me(**basic("editor", "test12345")).status == 200
    with newsroom.view() as view:
        assert [one.hash[:9] for one in users.application_passwords(view.unit, EDITOR)] == ["$generic$"] * 2
    besiege(desk)
    assert program.me(**basic("editor", "wrong")).status == 429
    for right in (token, "test12345"):
        me = program.me(**basic("editor", right))
        assert (me.status, json.loads(me.body)["id"]) == (200, EDITOR)


def test_a_link_by_mail_makes_a_device_known(desk: Desk, clock: Clock) -> None:
    besiege(desk)
    owner = Browser(desk)
    page = owner.log_in()
    assert 'action="https://news.example.com/wp-login.php?action=device"' in page.body.decode()
    assert fields_of(page)["log"] == "editor"
    asked = owner.ask("/wp-login.php?action=device", {"log": "editor"})
    assert header(asked, "location") == f"{BASE}/wp-login.php?devicemailed=1"
    assert "on its way" in owner.ask("/wp-login.php?devicemailed=1").body.decode()
    [mail] = desk.letters.mails
    assert mail.to == "editor@news.example.com"
    [link] = [word for word in mail.text.split() if word.startswith(BASE) and "key=" in word]
    scanner = owner.ask(link)
    assert (scanner.status, "editor" in scanner.body.decode()) == (200, True)
    assert owner.log_in().status == 429
    done = owner.ask("/wp-login.php?action=device", fields_of(scanner))
    assert header(done, "location") == f"{BASE}/wp-login.php?deviceknown=1"
    assert owner.log_in().status == 302
    again = Browser(desk).ask("/wp-login.php?action=device", fields_of(scanner))
    assert (again.status, Browser(desk).ask(link).status) == (403, 403)
    assert Browser(desk).log_in().status == 429


def test_links_are_bounded_alike_for_everybody_and_end(desk: Desk, clock: Clock) -> None:
    browser = Browser(desk)
    answers = [browser.ask("/wp-login.php?action=device", {"log": login}) for login in ("editor", "nobody") * 8]
    assert len({(a.status, header(a, "location")) for a in answers}) == 1
    assert len(desk.letters.mails) == 5
    refusals = [browser.ask("/wp-login.php?action=device", {"log": "author"}) for _ in range(5)]
    assert [a.status for a in refusals] == [302] * 4 + [429]
    link = desk.letters.mails[0].text.partition(BASE + "/wp-login.php")[2].split()[0]
    pass_time(clock, DAY)
    assert browser.ask("/wp-login.php" + link).status == 200
    pass_time(clock, 1)
    assert browser.ask("/wp-login.php" + link).status == 403
    browser.ask("/wp-login.php?action=device", {"log": "editor"})
    assert desk.letters.mails[-1].to == "editor@news.example.com"


def test_who_chooses_a_new_password_by_mail_is_known(desk: Desk) -> None:
    besiege(desk)
    owner = Browser(desk)
    owner.ask("/wp-login.php?action=lostpassword", {"user_login": "editor"})
    [link] = [word for word in desk.letters.mails[0].text.split() if "key=" in word]
    owner.ask(link)
    form = owner.ask("/wp-login.php?action=rp")
    owner.ask("/wp-login.php?action=resetpass", {**fields_of(form), "pass1": NEW_PASSWORD, "pass2": NEW_PASSWORD})
    assert owner.log_in(password=NEW_PASSWORD).status == 302


def test_the_keeper_unlocks_an_account(desk: Desk, newsroom: Newsroom, clock: Clock) -> None:
    besiege(desk)
    besiege(desk, "author")
    pass_time(clock, 2)
    with newsroom.write() as view:
        assert attempts.unlock(view, EDITOR) > 1
    assert Browser(desk, "203.0.113.9").log_in().status == 302
    assert Browser(desk, "203.0.113.9").log_in("author").status == 429
