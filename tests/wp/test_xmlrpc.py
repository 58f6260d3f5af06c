"""XML-RPC at a newsroom: who may come in, what guesses count, what several calls at once may do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from xmlrpc.client import Binary, Fault, dumps, loads

import pytest

from tests.content.conftest import Rooms, rooms
from tests.content.desk import Clock, answered
from tests.wp.browser import PASSWORD, Browser, Desk
from tests.wp.guessing import LEGACY, clock, desk, newsroom, pass_time, verified
from wirepress.app.bodies import Spooled
from wirepress.content import options
from wirepress.content.identity import application_passwords, second_factor
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import reading
from wirepress.model.errors import NoRoom
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Request, Response
from wirepress.store import second_factors, users
from wirepress.wp.xmlrpc.server import MOST_CALLS, XmlRpc
from wirepress.wp.xmlrpc.table import TABLE

__all__ = ["clock", "desk", "newsroom", "rooms", "verified"]
EDITOR, AUTHOR = 2, 3
WRONG = 403


class Program:
    """A program that writes over XML-RPC."""

    def __init__(self, desk: Desk, remote: str = "192.0.2.1") -> None:
        self.server = XmlRpc(desk.newsroom, desk.attempts)
        self.remote = remote

    def post(self, body: str | bytes, **more: Any) -> Response:
        octets = body if isinstance(body, bytes) else body.encode()
        request = Request("POST", "/xmlrpc.php", sent=octets, remote=self.remote, **more)
        return answered(self.server.answer, request)

    def call(self, method: str, *params: Any, **more: Any) -> Any:
        """What a method gives.  Raises Fault."""
        [[value], _] = loads(self.post(dumps(params, method), **more).body, use_builtin_types=True)
        return value

    def fault(self, method: str, *params: Any, **more: Any) -> int:
        """The code of the fault that a call ends in."""
        with pytest.raises(Fault) as caught:
            self.call(method, *params, **more)
        return caught.value.faultCode

    def together(self, *calls: tuple[Any, ...]) -> list[Any]:
        """What several calls give: the code of a fault, or a value."""
        named = [{"methodName": name, "params": list(params)} for name, *params in calls]
        answers = self.call("system.multicall", named)
        return [one[0] if isinstance(one, list) else one["faultCode"] for one in answers]


@pytest.fixture
def program(desk: Desk) -> Program:
    return Program(desk)


def token(newsroom: Newsroom, user: int) -> str:
    """A new application password of a user."""
    with newsroom.write() as view:
        return application_passwords.create(view, user, "program")[1]


# ---- who comes in


def test_a_password_or_an_application_password_opens(program: Program, newsroom: Newsroom) -> None:
    given = token(newsroom, EDITOR)
    for word in (PASSWORD, given, application_passwords.grouped(given)):
        assert program.call("blogger.getUserInfo", 1, "editor", word)["userid"] == EDITOR
    assert program.call("blogger.getUserInfo", 1, "editor@news.example.com", PASSWORD)["userid"] == EDITOR
    for login, word in (("editor", "wrong"), ("author", given), ("", ""), ("nobody", PASSWORD), ("editor", "")):
        assert program.fault("blogger.getUserInfo", 1, login, word) == WRONG


def test_who_needs_a_second_factor_brings_an_application_password(program: Program, newsroom: Newsroom) -> None:
    given = token(newsroom, EDITOR)
    with newsroom.write() as view:
        second_factor.begin(view, EDITOR)
        second_factors.confirm(view.unit, EDITOR, 1)
        options.set(view.unit, second_factor.ROLES, ["author"])
    assert program.fault("blogger.getUserInfo", 1, "editor", PASSWORD) == WRONG
    assert program.fault("blogger.getUserInfo", 1, "author", PASSWORD) == WRONG
    assert program.call("blogger.getUserInfo", 1, "editor", given)["userid"] == EDITOR


def test_an_old_application_password_is_taken(program: Program, newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        users.add_application_password(view.unit, ApplicationPassword("u-1", EDITOR, "Old", LEGACY))
    assert program.call("blogger.getUserInfo", 1, "editor", "test12345")["userid"] == EDITOR


def test_it_is_off_where_the_site_says_so(rooms: Rooms) -> None:
    closed = rooms(options={"enable_xmlrpc": "0"})
    program = Program(Desk(closed))
    assert program.fault("blogger.getUserInfo", 1, "editor", PASSWORD) == 405
    assert_is_off(program)


def assert_is_off(program: Program) -> None:
    """Asserts that no method answers, by itself or among others, and that no program is told where they are."""
    for method in TABLE:
        assert program.fault(method, 1, "editor", PASSWORD, "x", "y") == 405
    assert program.together(("demo.sayHello",), ("mt.getTrackbackPings", 1), ("no.such",)) == [405] * 3
    assert program.server.answer(Request("GET", "/xmlrpc.php", "rsd")).status == 404


def test_a_hardened_site_has_none(newsroom: Newsroom, program: Program) -> None:
    newsroom.hardened = True
    newsroom._kept = None
    assert_is_off(program)


# ---- guesses


def test_guesses_count_with_all_others(desk: Desk, program: Program, clock: Clock, verified: list[str]) -> None:
    browser = Browser(desk)
    for number in range(3):
        assert program.fault("blogger.getUserInfo", 1, "editor", f"wrong {number}") == WRONG
    for number in range(2):
        assert browser.log_in("editor", f"other {number}").status == 200
    assert len(verified) == 5
    assert program.fault("blogger.getUserInfo", 1, "editor", PASSWORD) == WRONG
    assert browser.log_in("editor", PASSWORD).status == 429
    assert len(verified) == 5
    pass_time(clock, 60)
    assert program.call("blogger.getUserInfo", 1, "editor", PASSWORD)["userid"] == EDITOR


def test_several_calls_at_once_are_one_guess(program: Program, verified: list[str]) -> None:
    """Once a login has failed, the others are not looked at, right or wrong."""
    calls = [("blogger.getUserInfo", 1, "editor", f"wrong {number}") for number in range(40)]
    assert program.together(*calls) == [WRONG] * 40
    assert verified == ["wrong 0"]
    tries = [("blogger.getUserInfo", 1, "author", word) for word in ("wrong", PASSWORD)]
    assert program.together(("demo.sayHello",), *tries) == ["Hello!", WRONG, WRONG]
    assert verified == ["wrong 0", "wrong"]


def test_a_right_login_is_verified_once(program: Program, verified: list[str]) -> None:
    calls = [("blogger.getUserInfo", 1, "editor", PASSWORD)] * 10
    assert {one["userid"] for one in program.together(*calls)} == {EDITOR}
    assert verified == [PASSWORD]


# ---- several calls at once


def test_logins_are_looked_at_before_anything_is_written(program: Program, newsroom: Newsroom) -> None:
    """Two hashes are to be made: what was written before the second would be written twice."""
    new = [("wp.newPost", 1, login, PASSWORD, {"post_title": f"By {login}"}) for login in ("editor", "author")]
    answers = program.together(*new)
    assert len(set(answers)) == 2
    with newsroom.view() as view:
        [[number]] = view.unit.rows("SELECT count(*) FROM posts WHERE type = 'post'")
    assert number == 2


def test_what_one_call_writes_stays_whatever_becomes_of_the_next(program: Program) -> None:
    made, refused, seen = program.together(
        ("wp.newPost", 1, "author", PASSWORD, {"post_title": "Kept"}),
        ("wp.newPost", 1, "author", PASSWORD, {"post_title": "Not", "post_type": "page"}),
        ("wp.getPosts", 1, "author", PASSWORD),
    )
    assert refused == 401
    assert [(post["post_id"], post["post_title"]) for post in seen] == [(made, "Kept")]


def test_a_refused_call_leaves_nothing_behind(program: Program, newsroom: Newsroom) -> None:
    given = {"post_title": "x", "terms_names": {"post_tag": ["made on the way"]}, "terms": {"category": [99]}}
    assert program.fault("wp.newPost", 1, "editor", PASSWORD, given) == WRONG
    assert program.fault("wp.newPost", 1, "editor", PASSWORD, {}) == 500
    with newsroom.view() as view:
        assert view.unit.rows("SELECT count(*) FROM posts")[0][0] == 0
        assert view.unit.rows("SELECT count(*) FROM terms WHERE name = 'made on the way'")[0][0] == 0


def test_calls_at_once_are_bounded(program: Program) -> None:
    hello = {"methodName": "demo.sayHello", "params": []}
    assert len(program.call("system.multicall", [hello] * MOST_CALLS)) == MOST_CALLS
    assert program.fault("system.multicall", [hello] * (MOST_CALLS + 1)) == -32600
    assert program.together(("system.multicall", [hello])) == [-32600]


def test_odd_calls_at_once(program: Program) -> None:
    assert program.together(("no.such",), ("wp.getPost", 1)) == [-32601, 400]
    odd = program.call("system.multicall", ["x", 5, {}, {"methodName": "demo.addTwoNumbers", "params": "x"}])
    assert [one["faultCode"] for one in odd] == [-32601, -32601, -32601, 400]


# ---- what is sent


def test_get_is_told_what_it_takes(program: Program) -> None:
    response = program.server.answer(Request("GET", "/xmlrpc.php"))
    assert (response.status, response.body) == (405, b"XML-RPC server accepts POST requests only.")
    assert dict(response.headers)["allow"] == "POST"
    found = program.server.answer(Request("GET", "/xmlrpc.php", "rsd"))
    assert (found.status, dict(found.headers)["content-type"]) == (200, "text/xml; charset=UTF-8")
    assert b'apiLink="https://news.example.com/xmlrpc.php"' in found.body


def test_faults_of_what_is_no_call(program: Program) -> None:
    for body, code in (("junk", -32700), ("<methodResponse/>", -32600), ("<methodCall/>", -32601)):
        with pytest.raises(Fault) as caught:
            loads(program.post(body).body)
        assert caught.value.faultCode == code


HOSTILE: list[Any] = [
    "x", "", 5, -1, 2**31 - 1, True, 1.5, [], {}, [[]], {"a": {}}, Binary(b"\xff\xfe"), "é", "9" * 400,
]  # fmt: skip


def test_wrong_types_end_in_an_answer(program: Program, newsroom: Newsroom) -> None:
    """Every method, with everything in every place."""
    word = token(newsroom, EDITOR)
    for method, known in TABLE.items():
        for value in HOSTILE:
            params: list[Any] = [value] * 7
            if known.login is not None:
                params[known.login : known.login + 2] = ["editor", word]
            response = program.post(dumps(tuple(params), method))
            assert (response.status, response.body[:5]) == (200, b"<?xml"), (method, value)


def test_an_upload_is_kept_as_it_came(program: Program, newsroom: Newsroom, tmp_path: Path) -> None:
    program.server.spool = lambda: Spooled(tmp_path / "bodies")
    octets = b"Some words.\n" * 120_000
    file = {"name": "words.txt", "type": "text/plain", "bits": Binary(octets)}
    made = program.call("wp.uploadFile", 1, "author", PASSWORD, file)
    assert newsroom.files.read("2025/06/words.txt") == octets
    assert (made["file"], made["type"], made["url"]) == (
        "words.txt", "text/plain", "https://news.example.com/wp-content/uploads/2025/06/words.txt",
    )  # fmt: skip
    assert not list((tmp_path / "bodies").iterdir())
    assert program.fault("wp.uploadFile", 1, "contributor", PASSWORD, file) == 401


def test_a_write_is_named_in_the_audit_log(program: Program, newsroom: Newsroom) -> None:
    number = program.call("wp.newPost", 1, "editor", PASSWORD, {"post_title": "Seen", "post_status": "publish"})
    with newsroom.view() as view:
        post = reading.get(view, int(number))
        writers = {row[0] for row in view.unit.rows('SELECT a."user" FROM audit a')}
    assert post is not None
    assert post.status == "publish"
    assert EDITOR in writers


def test_a_full_disk_is_told_as_everywhere(
    program: Program, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("wp.newPost", 1, "editor", token(newsroom, EDITOR), {"post_title": "x"})

    def full(*_: object) -> None:
        raise NoRoom("no_room", "There is no room left.")

    monkeypatch.setattr(newsroom, "write", full)
    with pytest.raises(NoRoom):
        program.post(dumps(call[1:], call[0]))
    assert program.together(("demo.sayHello",), call) == ["Hello!", 500]


def test_whose_a_large_request_is_its_beginning_says(program: Program, newsroom: Newsroom) -> None:
    file, given = {"name": "a.png", "bits": Binary(b"x" * 500_000)}, token(newsroom, AUTHOR)
    with newsroom.view() as view:
        for login, word, number in (
            ("author", given, AUTHOR),
            ("author", "wrong", 0),
            ("nobody", "x", 0),
        ):
            body = dumps((1, login, word, file), "wp.uploadFile").encode()[:100_000]
            request = Request("POST", "/xmlrpc.php", sent=body, remote="192.0.2.9")
            viewer = program.server.sender(view, request)
            assert (viewer.id if viewer else 0) == number
            assert program.server.sender(view, replace(request, sent=b"junk")) is None
