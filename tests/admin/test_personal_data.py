"""Requests for personal data in the administration: asked for, confirmed by mail, exported, erased."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.admin.client import Client, Form
from tests.content.desk import answered
from tests.content.personal import ADDRESS, MARKS, ZOE, fill, traces
from wirepress.app.orders import Orders
from wirepress.content.identity.attempts import Attempts
from wirepress.content.privacy import requests
from wirepress.content.privacy.requests import Kind, PersonalRequest, Status
from wirepress.model.mail import Mail
from wirepress.model.order import Order, OrderKind
from wirepress.model.post import Post
from wirepress.model.web import Request, Response
from wirepress.store import options, orders, posts, state, users
from wirepress.store.personal_requests import TYPE
from wirepress.wp.login import Login

EXPORT, ERASE = "export-personal-data.php", "erase-personal-data.php"
ADMIN = "administrator"


@pytest.fixture
def mails(client: Client) -> Iterator[list[Mail]]:
    found: list[Mail] = []
    with client.newsroom.write() as view:
        options.set_value(view.unit, "admin_email", "keeper@news.example.com")
    client.newsroom.post = found.extend
    yield found
    client.newsroom.post = None


def add(client: Client, path: str = EXPORT, who: str = ADDRESS, **fields: str) -> int:
    return client.post(ADMIN, path, {"action": "add", "who": who, "confirm": "1", **fields}).status


def all_of(client: Client, kind: Kind) -> list[PersonalRequest]:
    with client.newsroom.view() as view:
        return requests.browse(view, kind)[0]


def link(mail: Mail) -> str:
    found = re.search(r"https?://\S+confirmaction\S+", mail.text)
    assert found is not None
    return found[0]


def follow(client: Client, address: str, *, button: bool = True) -> Response:
    """Opens a link of a mail, and presses its button."""

    class Nobody:
        def later(self, _: object) -> None: ...
        def send(self, _: object) -> None: ...

    login = Login(client.newsroom, Attempts(client.newsroom), Nobody())
    parts = urlsplit(address)
    headers = {"host": "news.example.com", "content-type": "application/x-www-form-urlencoded"}
    if not button:
        return answered(login.answer, Request("GET", parts.path, parts.query, headers, b"", "198.51.100.4", "https"))
    request = Request(
        "POST", parts.path, "action=confirmaction", headers, parts.query.encode(), "198.51.100.4", "https"
    )
    return answered(login.answer, request)


def work(client: Client) -> None:
    """Has the worker carry out what is ordered."""
    worker = Orders(client.newsroom, None)  # type: ignore[arg-type] # none of these orders fetches anything
    [waiting, *_] = [one for one in of_kind(client) if one.open]
    with client.newsroom.database.write() as unit:
        taken = orders.take(unit, worker.name, 0, 2**40, waiting.id)
    assert taken is not None
    worker.carry_out(taken, lambda: False)


def of_kind(client: Client) -> list[Order]:
    with client.newsroom.database.read() as unit:
        return orders.of_kind(unit, OrderKind.ERASE, 10)


def test_an_export_is_confirmed_and_given_away(client: Client, mails: list[Mail]) -> None:
    fill(client.newsroom)
    assert add(client) == 303
    [asked, *_] = all_of(client, Kind.EXPORT)
    assert (asked.status, asked.address) == (Status.PENDING, ADDRESS)
    assert "Waits for confirmation" in client.get(ADMIN, EXPORT).text
    assert client.post(ADMIN, EXPORT, {"action": f"download:{asked.id}"}).status == 409
    assert [mail.to for mail in mails] == [ADDRESS]
    assert follow(client, link(mails[0]), button=False).status == 200
    assert all_of(client, Kind.EXPORT)[0].status is Status.PENDING, "opening a link confirms nothing"
    assert follow(client, link(mails[0])).status == 200
    assert (mails[1].to, "export-personal-data.php" in mails[1].text) == ("keeper@news.example.com", True)
    done = client.ask(
        ADMIN, "POST", EXPORT, f"action=download:{asked.id}&_wpnonce={client.nonce(ADMIN, EXPORT)}".encode(),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert (done.status, done.headers["content-type"]) == (200, "application/zip")
    assert client.post(ADMIN, EXPORT, {"action": f"complete:{asked.id}"}).status == 303
    assert all_of(client, Kind.EXPORT)[0].status is Status.COMPLETED


def test_the_archive_holds_what_the_command_writes(client: Client, mails: list[Mail]) -> None:
    fill(client.newsroom)
    add(client, confirm="")
    [asked, *_] = all_of(client, Kind.EXPORT)
    assert (asked.status, mails) == (Status.CONFIRMED, [])
    body = f"action=download:{asked.id}&_wpnonce={client.nonce(ADMIN, EXPORT)}".encode()
    headers = {"host": "news.example.com", "cookie": client.cookies[ADMIN],
               "content-type": "application/x-www-form-urlencoded"}  # fmt: skip
    request = Request("POST", f"/wp-admin/{EXPORT}", "", headers, body, "192.0.2.7", "https")
    with zipfile.ZipFile(io.BytesIO(answered(client.admin.answer, request).body)) as archive:
        [groups] = json.loads(archive.read("export.json")).values()
    assert {"about", "user", "comments", "requests"} <= groups.keys()


def test_a_link_holds_once_for_a_day_and_only_its_hash_is_kept(client: Client, mails: list[Mail]) -> None:
    add(client)
    [asked, *_] = all_of(client, Kind.EXPORT)
    first = link(mails[0])
    key = parse_qs(urlsplit(first).query)["confirm_key"][0]
    with client.newsroom.view() as view:
        kept = posts.get(view.unit, asked.id)
    assert kept is not None
    assert kept.password.startswith("$generic$")
    assert key not in repr(kept)
    assert client.post(ADMIN, EXPORT, {"action": f"resend:{asked.id}"}).status == 303
    assert follow(client, first).status == 403, "a new link takes the place of the one before"
    assert follow(client, link(mails[1]) + "x").status == 403
    assert follow(client, link(mails[1])).status == 200
    assert follow(client, link(mails[1])).status == 403
    assert client.post(ADMIN, EXPORT, {"action": f"resend:{asked.id}"}).status == 400


def test_a_request_that_nobody_confirms_fails_and_can_be_sent_again(client: Client, mails: list[Mail]) -> None:
    add(client)
    [asked, *_] = all_of(client, Kind.EXPORT)
    with client.newsroom.write() as view:
        old = (view.now() - timedelta(days=1, seconds=1)).isoformat(" ", "seconds")[:19]
        posts.update(view.unit, asked.id, modified_gmt=old)
    assert follow(client, link(mails[0])).status == 403
    assert "Not confirmed in time" in client.get(ADMIN, f"{EXPORT}?filter-status=request-failed").text
    assert client.post(ADMIN, EXPORT, {"action": f"resend:{asked.id}"}).status == 303
    assert follow(client, link(mails[1])).status == 200


def test_mails_and_guesses_are_bounded(client: Client, mails: list[Mail]) -> None:
    add(client)
    [asked, *_] = all_of(client, Kind.EXPORT)
    answers = [client.post(ADMIN, EXPORT, {"action": f"resend:{asked.id}"}).status for _ in range(6)]
    assert answers == [303] * 4 + [429] * 2
    assert len(mails) == 5


@pytest.mark.parametrize("button", [True, False])
def test_wrong_keys_are_counted_by_whatever_method_they_come(client: Client, mails: list[Mail], button: bool) -> None:
    add(client)
    [asked, *_] = all_of(client, Kind.EXPORT)
    action = "" if button else "action=confirmaction&"
    wrong = f"https://news.example.com/wp-login.php?{action}request_id={asked.id}&confirm_key=wrong"
    assert {follow(client, wrong, button=button).status for _ in range(30)} == {403}
    assert follow(client, wrong, button=button).status == 429
    assert [follow(client, link(mails[0]), button=one).status for one in (True, False)] == [429, 429]


@pytest.mark.parametrize(("who", "status"), [("nobody", 400), ("", 400), ("a b@x.example", 400), ("editor", 303)])
def test_an_address_or_a_login_is_asked_for(client: Client, mails: list[Mail], who: str, status: int) -> None:
    assert add(client, who=who) == status
    assert len(mails) == (status == 303)


def test_one_request_of_a_kind_is_open_at_a_time(client: Client, mails: list[Mail]) -> None:
    assert [add(client), add(client, who=ADDRESS.upper()), add(client, ERASE)] == [303, 400, 303]
    assert len(mails) == 2


def test_an_erasure_says_first_what_it_would_do_and_then_what_it_did(client: Client, mails: list[Mail]) -> None:
    fill(client.newsroom)
    add(client, ERASE)
    [asked, *_] = all_of(client, Kind.ERASE)
    assert client.post(ADMIN, f"{ERASE}?request={asked.id}", {"action": f"erase:{asked.id}"}).status == 400
    follow(client, link(mails[0]))
    planned = client.get(ADMIN, f"{ERASE}?request={asked.id}").text
    assert "made anonymous, texts kept" in planned
    assert f"account {ZOE}" in planned
    assert client.post(ADMIN, f"{ERASE}?request={asked.id}", {"action": f"erase:{asked.id}"}).status == 303
    assert "Is being erased" in client.get(ADMIN, ERASE).text
    assert client.post(ADMIN, ERASE, {"action": "remove", "chosen[]": asked.id}).status == 400
    work(client)
    assert traces(client.newsroom) == set()
    [done, *_] = all_of(client, Kind.ERASE)
    assert (done.status, done.address) == (Status.COMPLETED, "")
    page = client.get(ADMIN, f"{ERASE}?request={asked.id}")
    assert "Erased person" in page.text
    assert "What was done" in page.text
    assert not any(mark in page.html.lower() for mark in MARKS)


def test_an_erasure_that_fails_can_be_ordered_again(client: Client, mails: list[Mail]) -> None:
    fill(client.newsroom)
    add(client, ERASE, confirm="")
    [asked, *_] = all_of(client, Kind.ERASE)
    heir: Form = {"action": f"erase:{asked.id}", "comments": "delete", "reassign": 2}
    assert client.post(ADMIN, f"{ERASE}?request={asked.id}", heir).status == 303
    with client.newsroom.write() as view:
        users.delete(view.unit, 2)
    work(client)
    assert "There is no such user." in client.get(ADMIN, f"{ERASE}?request={asked.id}").text
    assert client.post(ADMIN, f"{ERASE}?request={asked.id}", {"action": f"erase:{asked.id}"}).status == 303
    work(client)
    assert all_of(client, Kind.ERASE)[0].status is Status.COMPLETED
    assert mails == []


def test_the_last_administrator_is_told_so(client: Client, mails: list[Mail]) -> None:
    add(client, ERASE, who="administrator", confirm="")
    [asked, *_] = all_of(client, Kind.ERASE)
    assert "the last administrator" in client.get(ADMIN, f"{ERASE}?request={asked.id}").text
    assert client.post(ADMIN, f"{ERASE}?request={asked.id}", {"action": f"erase:{asked.id}"}).status == 400
    assert mails == []


def test_what_was_imported_is_shown(client: Client) -> None:
    """Also where a plugin has brought kinds and contents of its own."""
    with client.newsroom.write() as view:
        for slug, content in ((Kind.EXPORT.value, "[]"), ("something_else", ""), (Kind.EXPORT.value, "{broken")):
            posts.insert(
                view.unit, Post(0, TYPE, "request-completed", slug=slug, title="ann@x.example", content=content)
            )
    assert client.get(ADMIN, EXPORT).text.count("ann@x.example") == 2
    assert (
        client.post(
            ADMIN, EXPORT, {"action": "remove", "chosen[]": [one.id for one in all_of(client, Kind.EXPORT)]}
        ).status
        == 303
    )
    assert all_of(client, Kind.EXPORT) == []


DEEP = '{"steps": [], "places": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ('{"steps": [{"kind": "100% 7 of %(name)s", "action": "%d 3", "reason": "5 %(x)"}]}', "100% 7 of %(name)s"),
        ('{"steps": [{"kind": "account %(number)s"}]}', "account %(number)s"),
        ('{"steps": [{"kind": "account 7", "found": {"a": 1}}, 3], "places": 5}', "account 7"),
        ('{"steps": [{"kind": ["x"], "action": "deleted"}], "places": [5, "posts/1"]}', "posts/1"),
        ('{"steps": [], "places": {"a": 1}}', "What was done"),
        (DEEP, "Erasure of personal data"),
    ],
)
def test_an_imported_report_is_shown_whatever_it_says(client: Client, content: str, shown: str) -> None:
    with client.newsroom.write() as view:
        post = Post(0, TYPE, "request-completed", slug=Kind.ERASE.value, title="ann@x.example", content=content)
        made = posts.insert(view.unit, post)
    page = client.get(ADMIN, f"{ERASE}?request={made}")
    assert (page.status, shown in page.text) == (200, True)


def test_a_report_is_told_in_the_language_of_whoever_reads_it(client: Client) -> None:
    with client.newsroom.write() as view:
        content = json.dumps(
            {"steps": [{"kind": "account 7", "found": 1, "action": "given to user 2", "reason": "x 1"}]}
        )
        post = Post(0, TYPE, "request-completed", slug=Kind.ERASE.value, title="ann@x.example", content=content)
        made = posts.insert(view.unit, post)
        options.set_value(view.unit, "WPLANG", "de_DE")
    page = client.get(ADMIN, f"{ERASE}?request={made}").text
    assert "Konto 7" in page
    assert "x 1" in page


def test_a_request_raises_no_epoch(client: Client) -> None:
    """No reader sees it: nothing that is kept for them is let go."""
    before = epoch(client)
    add(client, confirm="")
    assert epoch(client) == before


def epoch(client: Client) -> int:
    with client.newsroom.database.read() as unit:
        return state.epoch(unit)
