"""Bodies of requests: how much of them is read, for whom, and what is left of the large ones (nothing)."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import shutil
import tracemalloc
from base64 import b64encode
from collections import namedtuple
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from tests.app.load import BASIC, site_with_key
from tests.app.press import CUT, Client, Reply, opened
from wirepress.app import bodies
from wirepress.app.asgi import Application, application
from wirepress.app.bodies import FOLDER, ROOM, STRANGERS, TEXTS, Spooled, sweep
from wirepress.app.settings import load
from wirepress.content.identity import authentication, nonces, passwords, sessions
from wirepress.content.identity.cookies import AUTH, LOGGED_IN, Jar
from wirepress.content.identity.passwords import hash_password
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.user import ApplicationPassword
from wirepress.model.web import Request
from wirepress.store import users as user_store

POSTS = "/wp-json/wp/v2/posts"
MEDIA = "/wp-json/wp/v2/media"
JSON = "application/json"
FORM = "multipart/form-data; boundary=XX"
URLENCODED = "application/x-www-form-urlencoded"
OLD_TOKEN = "zyxwvutsrqponmlkjihgfedc"
CHUNK = bytes(64 << 10)
T = TypeVar("T")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return site_with_key(tmp_path / "site")


@pytest.fixture
def app(folder: Path) -> Iterator[Application]:
    made = application(load(folder, {}))
    yield made
    for threads in (made.threads, made.writers, made.bodies.disk):
        threads.shutdown()
    made.beforehand.shutdown()
    made.texts.close()
    made.dispatcher.newsroom.database.close()


@pytest.fixture
def client(app: Application) -> Client:
    return Client(app)


def run(story: Awaitable[T]) -> T:
    async def whole() -> T:
        return await story

    return asyncio.run(whole())


def basic(login: str, password: str) -> str:
    return "Basic " + b64encode(f"{login}:{password}".encode()).decode()


def chunks_of(size: int, begin: bytes = b"", end: bytes = b"") -> tuple[bytes, ...]:
    """A body of that many NULs between a beginning and an end; its middle takes no memory."""
    whole, rest = divmod(size, len(CHUNK))
    return (begin, *[CHUNK] * whole, CHUNK[:rest] + end)


def cookies_of(folder: Path, login: str) -> tuple[dict[str, str], str]:
    """The cookies of a login, and the API's nonce for it."""
    with opened(folder) as newsroom, newsroom.write() as view:
        user = users.by_login(view, login)
        assert user is not None
        session = sessions.begin(view, user, remember=False)
        jar = Jar.of(view.site, Request("GET", "/"))
        values = {scheme: sessions.cookie(view, user, session, scheme) for scheme in (AUTH, LOGGED_IN)}
        viewer = sessions.viewer_of_cookie(view, values[LOGGED_IN], LOGGED_IN)
        assert viewer is not None
        lines = {scheme: f"{jar.name(scheme)}={value}" for scheme, value in values.items()}
        return lines, nonces.nonce(view, viewer, "wp_rest")


def nothing_is_left(app: Application) -> bool:
    """Whether no body stands in the folder, with a name or without (open, that is), and none is counted."""
    place = app.settings.folder / FOLDER
    named = list(place.iterdir()) if place.exists() else []
    opened_files = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return not (app.bodies.large or named or any(name.startswith(str(place)) for name in opened_files))


def uploads(app: Application) -> dict[str, bytes]:
    root = app.settings.uploads_folder
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def code_of(reply: Reply) -> tuple[int, str, str]:
    return reply.status, json.loads(reply.body)["code"], reply.header("connection")


TOO_BIG = (413, "rest_upload_file_too_big", "close")
STRANGERS_HEADERS: list[dict[str, str]] = [
    {},
    {"authorization": basic("ada", "wrong")},
    {"authorization": "Basic x"},
    {"authorization": "Bearer " + "x" * 40},
    {"cookie": "wordpress_logged_in_0=ada|99999999999|token|signature"},
]


# ---- strangers


def test_of_a_strangers_body_one_megabyte_is_read(client: Client) -> None:
    body = chunks_of(3 << 20)
    for headers in STRANGERS_HEADERS:
        for kind in (JSON, "image/jpeg", FORM, URLENCODED)[: 2 if "authorization" in headers else 4]:
            reply = run(client.ask(POSTS, "POST", body, content_type=kind, **headers))
            assert code_of(reply) == TOO_BIG
            assert list(json.loads(reply.body)) == ["code", "message", "data"]
            assert STRANGERS < reply.taken <= STRANGERS + len(CHUNK)
            said = run(client.ask(POSTS, "POST", body, content_type=kind, content_length=str(3 << 20), **headers))
            assert (code_of(said), said.taken) == (TOO_BIG, 0)
    assert nothing_is_left(client.app)


def test_pages_take_small_bodies_whoever_sends_them(client: Client, folder: Path) -> None:
    known: list[dict[str, str]] = [
        {"authorization": BASIC},
        {"cookie": "; ".join(cookies_of(folder, "ada")[0].values())},
    ]
    for path in ("/wp-login.php", "/wp-comments-post.php", "/xmlrpc.php", "/", "/wp-admin/admin-ajax.php"):
        for headers in ({}, *known):
            reply = run(client.ask(path, "POST", chunks_of(2 << 20), content_type=URLENCODED, **headers))
            assert code_of(reply) == TOO_BIG
        assert run(client.ask(path, "POST", chunks_of(STRANGERS), content_type=URLENCODED)).status != 413
    assert code_of(run(client.ask("/wp-admin/", "POST", chunks_of(2 << 20), content_type=URLENCODED))) == TOO_BIG


def test_a_cookie_counts_with_its_nonce_only(client: Client, folder: Path) -> None:
    cookies, nonce = cookies_of(folder, "ada")
    forged = cookies[LOGGED_IN][:-1] + ("a" if cookies[LOGGED_IN][-1] != "a" else "b")
    body = chunks_of(2 << 20, b'{"title":"', b'"}')

    def asked(cookie: str, **more: str) -> Reply:
        return run(client.ask(POSTS, "POST", body, content_type=JSON, cookie=cookie, **more))

    assert code_of(asked(cookies[LOGGED_IN])) == TOO_BIG
    assert code_of(asked(cookies[AUTH], x_wp_nonce=nonce)) == TOO_BIG
    assert code_of(asked(forged, x_wp_nonce=nonce)) == TOO_BIG
    assert code_of(asked(cookies[LOGGED_IN], x_wp_nonce="0123456789"))[:2] == (403, "rest_cookie_invalid_nonce")
    assert asked(cookies[LOGGED_IN], x_wp_nonce=nonce).status == 400  # it was read: the NULs in it are no JSON


def test_a_guess_is_counted_once(client: Client, folder: Path) -> None:
    def asked(number: int) -> Reply:
        wrong = basic("ada", f"wrong {number}")
        return run(client.ask(POSTS, "POST", chunks_of(2 << 20), content_type=JSON, authorization=wrong))

    replies = [code_of(asked(number)) for number in range(6)]
    assert replies == [TOO_BIG] * 5 + [(429, "rest_too_many_failed_logins", "close")]
    with opened(folder) as newsroom, newsroom.view() as view:
        assert {row[0] for row in view.unit.rows("SELECT number FROM attempts")} == {5}


def test_an_application_password_that_is_costly_to_verify_is_verified_once(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as newsroom, newsroom.write() as view:
        old = ApplicationPassword("u-2", 1, "old", hash_password(OLD_TOKEN))
        user_store.add_application_password(view.unit, old)
    seen, verify = [], passwords.verify_token

    def counted(token: str, kept: str) -> bool:
        seen.append(kept == old.hash)
        return verify(token, kept)

    monkeypatch.setattr(authentication, "verify_token", counted)
    body = chunks_of(0, b'{"title":"x","content":"' + b"x" * (2 << 20), b'"}')
    reply = run(client.ask(POSTS, "POST", body, content_type=JSON, authorization=basic("ada", OLD_TOKEN)))
    assert (reply.status, sum(seen)) == (201, 1)
    with opened(folder) as newsroom, newsroom.view() as view:
        assert {row[0] for row in view.unit.rows("SELECT number FROM attempts")} <= {0}


def test_nobody_is_asked_who_they_are_for_a_small_body(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []
    monkeypatch.setattr(client.app.dispatcher, "sender", asked.append)
    for headers in ({}, {"authorization": BASIC}):
        run(client.ask(POSTS, "POST", chunks_of(STRANGERS - 100), content_type=JSON, **headers))
    assert asked == []


# ---- who is known


@pytest.mark.parametrize("kind", [JSON, "application/activity+json", URLENCODED, ""])
def test_texts_of_the_known_are_bounded_too(client: Client, kind: str) -> None:
    headers = {"authorization": BASIC, "content_type": kind}
    said = run(client.ask(POSTS, "POST", chunks_of(1), content_length=str(TEXTS + 1), **headers))
    assert (code_of(said), said.taken) == (TOO_BIG, 0)
    reply = run(client.ask(POSTS, "POST", chunks_of(TEXTS + 1), **headers))
    assert code_of(reply) == TOO_BIG
    assert reply.taken <= TEXTS + len(CHUNK)
    assert nothing_is_left(client.app)


def test_a_large_article_is_taken(client: Client) -> None:
    text = "All the news of the harbour. " * (3 << 20 >> 5)
    sent = json.dumps({"title": "Long", "content": f"<!-- wp:html -->{text}<!-- /wp:html -->"}).encode()
    pieces = tuple(sent[at : at + 50_000] for at in range(0, len(sent), 50_000))
    reply = run(client.ask(f"{POSTS}?context=edit", "POST", pieces, content_type=JSON, authorization=BASIC))
    assert reply.status == 201
    assert text in json.loads(reply.body)["content"]["raw"]
    assert nothing_is_left(client.app)


def test_only_who_may_add_files_sends_large_ones(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "TEXTS", 2 << 20)
    with opened(folder) as newsroom, newsroom.write() as view:
        changes = UserChanges(login="sub", password=hash_password("x"), email="s@x.example", roles=("subscriber",))
        users.create(view, changes)
    (cookies, nonce), (others, theirs) = cookies_of(folder, "sub"), cookies_of(folder, "ada")
    named = {"content_type": "application/pdf", "content_disposition": 'attachment; filename="a.pdf"'}
    body = chunks_of(3 << 20, b"%PDF-1.4")
    refused = run(client.ask(MEDIA, "POST", body, cookie=cookies[LOGGED_IN], x_wp_nonce=nonce, **named))
    assert code_of(refused) == TOO_BIG
    taken = run(client.ask(MEDIA, "POST", body, cookie=others[LOGGED_IN], x_wp_nonce=theirs, **named))
    assert taken.status == 201


# ---- files


def in_form(begin: bytes, size: int) -> tuple[bytes, ...]:
    head = b'--XX\r\nContent-Disposition: form-data; name="title"\r\n\r\nBy form\r\n--XX\r\n'
    head += b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    return chunks_of(size, head + begin, b"\r\n--XX--\r\n")


@pytest.mark.parametrize("by_form", [False, True])
def test_a_large_file_goes_from_disk_to_disk(client: Client, by_form: bool) -> None:
    begin, size = b"%PDF-1.4", 3 << 20
    if by_form:
        body, headers = in_form(begin, size), {"content_type": FORM}
    else:
        body = chunks_of(size, begin)
        headers = {"content_type": "application/pdf", "content_disposition": "attachment; filename=a.pdf"}
    reply = run(client.ask(MEDIA, "POST", body, authorization=BASIC, **headers))
    assert reply.status == 201
    assert list(uploads(client.app).values()) == [begin + bytes(size)]
    assert json.loads(reply.body)["media_details"]["filesize"] == size + len(begin)
    assert nothing_is_left(client.app)


def test_a_large_file_takes_little_memory(client: Client) -> None:
    size = 30 << 20
    named = {"content_type": "application/pdf", "content_disposition": "attachment; filename=a.pdf"}
    for body, headers in ((chunks_of(size, b"%PDF-1.4"), named), (in_form(b"%PDF-1.4", size), {"content_type": FORM})):
        run(client.ask(f"{POSTS}?per_page=1", authorization=BASIC))
        gc.collect()
        tracemalloc.start()
        try:
            reply = run(client.ask(MEDIA, "POST", body, authorization=BASIC, **headers))
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert reply.status == 201
        assert most < 8 << 20


@pytest.mark.parametrize("lost", [3, 40])
def test_a_connection_that_is_lost_leaves_nothing(client: Client, lost: int) -> None:
    named = {"content_type": "application/pdf", "content_disposition": "attachment; filename=a.pdf"}
    reply = run(client.ask(MEDIA, "POST", (*[CHUNK] * lost, CUT), authorization=BASIC, **named))
    assert reply.messages == 0
    assert uploads(client.app) == {}
    assert nothing_is_left(client.app)


def test_a_body_that_stalls_leaves_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "STALL", 0.05)

    async def story() -> None:
        async def receive() -> dict[str, object]:
            if pieces:
                return {"type": "http.request", "body": pieces.pop(), "more_body": True}
            return await asyncio.Event().wait()  # type: ignore[return-value]  # nothing comes any more

        async def known(_: bytes) -> bodies.Sender:
            return bodies.Sender.WITH_FILES

        pieces, request = [CHUNK] * 40, Request("POST", MEDIA, "", {"content-type": "image/jpeg"})
        with pytest.raises(bodies.Refused) as refused:
            async with client.app.bodies.taken(request, receive, known):
                raise AssertionError("it came")
        assert refused.value.response.status == 408

    run(story())
    assert nothing_is_left(client.app)


def test_a_process_takes_so_many_large_bodies_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST", 0)
    reply = run(client.ask(POSTS, "POST", chunks_of(2 << 20), content_type=JSON, authorization=BASIC))
    assert (reply.status, reply.header("retry-after")) == (503, "5")
    assert run(client.ask(POSTS, "POST", (b"{}",), content_type=JSON, authorization=BASIC)).status == 400


# ---- a full disk


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process grows larger."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("size", "most"), [(20 << 20, 16 << 20), (STRANGERS - 100, 900_000)], ids=["on its way", "kept"]
)
def test_a_full_disk_is_told_and_leaves_nothing(client: Client, size: int, most: int) -> None:
    named = {"content_type": "application/pdf", "content_disposition": "attachment; filename=a.pdf"}
    run(client.ask(POSTS, authorization=BASIC))
    with files_at_most(most):
        reply = run(client.ask(MEDIA, "POST", chunks_of(size, b"%PDF-1.4"), authorization=BASIC, **named))
    assert code_of(reply)[:2] == (507, "no_room")
    assert uploads(client.app) == {}
    assert nothing_is_left(client.app)
    assert run(client.ask(MEDIA, "POST", (b"%PDF-1.4",), authorization=BASIC, **named)).status == 201


def test_bodies_leave_room_on_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1 << 40, 1 << 40, ROOM + (1 << 20)))
    reply = run(client.ask(POSTS, "POST", chunks_of(2 << 20), content_type=JSON, authorization=BASIC))
    assert code_of(reply) == (507, "no_room", "close")
    assert nothing_is_left(client.app)


# ---- the file itself


def test_a_spooled_body_is_read_in_parts(tmp_path: Path) -> None:
    body = Spooled(tmp_path / "bodies")
    body.append([b"abc", b"defg"])
    body.append([b"hij"])
    assert (body.size, bool(body), body.in_memory) == (10, True, False)
    assert (body.read(), body.read(4), body.octets(8, 9), body.octets(11, 2)) == (b"abcdefghij", b"abcd", b"ij", b"")
    part = body.part(2, 5)
    assert (part.read(), list(part.pieces(2)), part.part(1, 99).read()) == (b"cdefg", [b"cd", b"ef", b"g"], b"defg")
    one, two = part.open(), part.open()
    assert (one.read(2), two.read(), one.read(), one.seek(-2, 2), one.read()) == (b"cd", b"cdefg", b"efg", 3, b"fg")
    assert list((tmp_path / "bodies").iterdir()) == []
    body.close()
    with pytest.raises(ValueError, match="closed"):
        part.read()


def test_what_a_system_without_nameless_files_has_left_behind_goes(tmp_path: Path) -> None:
    place: Callable[[str], Path] = tmp_path.joinpath
    place("old").write_bytes(b"x")
    place("new").write_bytes(b"x")
    now = place("new").stat().st_mtime
    os.utime(place("old"), (now - 4000, now - 4000))
    sweep(tmp_path, now)
    assert [one.name for one in tmp_path.iterdir()] == ["new"]
    sweep(tmp_path / "none", now)
