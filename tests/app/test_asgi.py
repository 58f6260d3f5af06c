"""The ASGI application: what is kept, what is not, and what a client never sees."""

from __future__ import annotations

import asyncio
import errno
import gzip
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.app.press import ADDRESS, CUT, Client, make_site, publish
from wirepress.app.asgi import application
from wirepress.app.compose import open_newsroom
from wirepress.app.log import JsonLines, request_id
from wirepress.app.settings import load
from wirepress.content import options
from wirepress.model.errors import Unavailable
from wirepress.model.web import Request, Response
from wirepress.store.faults import cannot_write, lost, no_room, unknown

LIST = "/wp-json/wp/v2/posts"
T = TypeVar("T")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", body_limit=1000)


@pytest.fixture
def client(site: Path) -> Iterator[Client]:
    app = application(load(site, {}))
    yield Client(app)
    app.threads.shutdown()
    app.writers.shutdown()
    app.dispatcher.newsroom.database.close()


def run(story: Callable[[], Awaitable[T]]) -> T:
    async def whole() -> T:
        return await story()

    return asyncio.run(whole())


def test_the_second_answer_asks_the_database_nothing(client: Client) -> None:
    async def story() -> None:
        first = await client.ask(LIST)
        before = client.app.dispatcher.newsroom.database.statements
        second = await client.ask(LIST)
        assert client.app.dispatcher.newsroom.database.statements == before
        assert first.status == second.status == 200
        assert (first.headers, first.body) == (second.headers, second.body)
        assert [post["title"]["rendered"] for post in json.loads(first.body)] == ["Story 3", "Story 2", "Story 1"]

    run(story)


def test_a_site_may_stand_in_a_folder(tmp_path: Path) -> None:
    settings = load(make_site(tmp_path / "site", body_limit=1000), {})
    newsroom = open_newsroom(settings)
    with newsroom.write() as view:
        options.set(view.unit, "home", "http://example.org/news")
        options.set(view.unit, "siteurl", "http://example.org/news")
    newsroom.database.close()
    app = application(settings)
    client = Client(app)

    async def story() -> None:
        (first, *_) = json.loads((await client.ask(f"/news{LIST}")).body)
        assert first["link"].startswith("http://example.org/news/")
        assert (await client.ask(first["link"].removeprefix("http://example.org"))).status == 200
        assert (await client.ask("/news")).status == (await client.ask("/news/")).status == 200
        assert (await client.ask(LIST)).status == 200
        assert (await client.ask(f"/newsroom{LIST}")).status == 404

    run(story)
    app.threads.shutdown()
    app.writers.shutdown()
    app.dispatcher.newsroom.database.close()


def test_what_a_client_has_is_not_sent_again(client: Client) -> None:
    async def story() -> None:
        first = await client.ask(LIST)
        tag = first.header("etag")
        again = await client.ask(LIST, if_none_match=tag)
        assert tag.startswith('"')
        assert (again.status, again.body, again.header("etag")) == (304, b"", tag)
        assert (await client.ask(LIST, if_none_match='"other"')).status == 200

    run(story)


def test_the_compressed_form_stands_beside_the_plain_one(client: Client) -> None:
    async def story() -> None:
        plain = await client.ask(LIST)
        small = await client.ask(LIST, accept_encoding="gzip, br")
        assert gzip.decompress(small.body) == plain.body
        assert small.header("content-encoding") == "gzip"
        assert "Accept-Encoding" in small.header("vary")
        assert "Accept-Encoding" not in plain.header("vary")
        assert small.header("etag") != plain.header("etag")
        assert int(small.header("content-length")) == len(small.body)
        assert (await client.ask(LIST, if_none_match=small.header("etag"))).status == 304

    run(story)


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    async def story() -> None:
        got, head = await client.ask(LIST), await client.ask(LIST, "HEAD")
        assert (head.status, head.body) == (200, b"")
        for name in ("content-type", "x-wp-total", "x-wp-totalpages", "link"):
            assert head.header(name) == got.header(name)

    run(story)


def test_a_body_that_is_too_large_is_refused(client: Client) -> None:
    async def story() -> None:
        reply = await client.ask(LIST, "POST", (b"x" * 600, b"x" * 600), content_type="application/json")
        answer = json.loads(reply.body)
        assert reply.status == 413
        assert list(answer) == ["code", "message", "data"]
        assert (answer["code"], answer["data"]) == ("rest_upload_file_too_big", {"status": 413})

    run(story)


def test_half_a_body_is_never_acted_upon(client: Client) -> None:
    asked: list[Request] = []
    client.app.dispatcher.answer = lambda request: asked.append(request) or Response(200)  # type: ignore[method-assign, func-returns-value]
    reply = run(lambda: client.ask(LIST, "POST", (b"half of it", CUT)))
    assert (asked, reply.messages) == ([], 0)


def test_a_write_of_another_process_ends_what_is_known(client: Client, site: Path) -> None:
    async def story() -> None:
        first = await client.ask(LIST)
        await asyncio.to_thread(publish, site, "Late edition")
        second = await client.ask(LIST)
        assert b"Late edition" in second.body
        assert first.header("etag") != second.header("etag")
        assert (await client.ask(LIST, if_none_match=first.header("etag"))).status == 200

    run(story)


def test_twenty_clients_cost_one_answer(client: Client) -> None:
    asked = 0
    begun, gate, real = threading.Event(), threading.Event(), client.app.dispatcher.answer

    def slow(request: Request) -> Response:
        nonlocal asked
        asked += 1
        begun.set()
        assert gate.wait(30)
        return real(request)

    client.app.dispatcher.answer = slow  # type: ignore[method-assign]

    async def story() -> None:
        crowd = [asyncio.create_task(client.ask(LIST)) for _ in range(20)]
        await asyncio.to_thread(begun.wait, 30)
        gate.set()
        replies = await asyncio.gather(*crowd)
        assert {reply.status for reply in replies} == {200}
        assert len({reply.body for reply in replies}) == 1

    run(story)
    assert asked == 1


def test_a_failure_inside_is_a_plain_500_and_a_line_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    def broken(request: Request) -> Response:
        raise RuntimeError("the secret of the house")

    client.app.dispatcher.answer = broken  # type: ignore[method-assign]
    handler = Kept()
    logging.getLogger("wirepress.web").addHandler(handler)
    try:
        for method in ("GET", "POST"):
            reply = run(lambda method=method: client.ask(LIST, method))  # type: ignore[misc]
            answer = json.loads(reply.body)
            assert (reply.status, answer["code"], answer["data"]) == (500, "internal_server_error", {"status": 500})
            assert b"secret" not in reply.body
            assert b"Traceback" not in reply.body
    finally:
        logging.getLogger("wirepress.web").removeHandler(handler)
    logged = [json.loads(line) for line in lines]
    assert all("\n" not in line for line in lines)
    assert [line["message"] for line in logged] == [f"GET {LIST} failed", f"POST {LIST} failed"]
    assert len({line["request"] for line in logged}) == 2
    assert all("the secret of the house" in line["error"] for line in logged)
    assert request_id.get() == ""


def test_an_epoch_that_cannot_be_read_is_a_plain_500(client: Client) -> None:
    def broken() -> int:
        raise OSError("no disk")

    client.app.database.heard = broken  # type: ignore[method-assign]
    reply = run(lambda: client.ask(LIST))
    assert (reply.status, json.loads(reply.body)["code"]) == (500, "internal_server_error")


@pytest.mark.parametrize(
    "personal",
    [
        {"authorization": "Basic YWRhOndyb25n"},
        {"cookie": "a=b; wordpress_logged_in_1=ada"},
        {"cookie": "wp-postpass_1=x"},
        {"x_wp_nonce": "1"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_whoever_says_who_he_is_gets_and_leaves_no_kept_bytes(client: Client, personal: dict[str, str]) -> None:
    asked: list[str] = []
    real = client.app.dispatcher.answer

    def counted(request: Request) -> Response:
        answer = real(request)  # a wrong password is counted elsewhere first, and then it is asked again
        asked.append(request.path)
        return answer

    client.app.dispatcher.answer = counted  # type: ignore[method-assign]

    async def story() -> None:
        await client.ask(LIST, "GET", (b"",), **personal)
        assert client.app.known.answers == {}
        await client.ask(LIST)
        assert len(client.app.known.answers) == 1
        await client.ask(LIST, "GET", (b"",), **personal)
        assert len(asked) == 3
        assert (await client.ask(LIST, cookie="theme=dark")).status == 200
        assert len(asked) == 3

    run(story)


def test_an_origin_is_answered_per_request(client: Client) -> None:
    async def story() -> None:
        plain = await client.ask(LIST)
        one = await client.ask(LIST, origin="https://one.example")
        two = await client.ask(LIST, origin="https://two.example")
        assert plain.header("access-control-allow-origin") == ""
        assert one.header("access-control-allow-origin") == "https://one.example"
        assert two.header("access-control-allow-origin") == "https://two.example"
        assert two.header("access-control-allow-credentials") == "true"
        assert one.body == two.body == plain.body
        assert len(client.app.known.answers) == 1

    run(story)


def test_uploads_are_served_and_nothing_beside_them(client: Client, site: Path) -> None:
    (site / "uploads" / "2024").mkdir(parents=True)
    (site / "uploads" / "2024" / "page.html").write_text("<script>1</script>")
    (site / "uploads" / ".hidden").write_text("no")
    (site / "uploads" / "link").symlink_to(site / "wirepress.toml")

    async def story() -> None:
        reply = await client.ask("/wp-content/uploads/2024/page.html")
        assert (reply.status, reply.body) == (200, b"<script>1</script>")
        assert reply.header("x-content-type-options") == "nosniff"
        assert "sandbox" in reply.header("content-security-policy")
        assert (await client.ask("/wp-content/uploads/2024/page.html", "POST")).status == 404
        for path in (
            ".hidden",
            "%2ehidden",
            "link",
            "../wirepress.toml",
            "%2e%2e/wirepress.toml",
            "2024/..%2f..%2fwirepress.toml",
            "..%5cwirepress.toml",
            "/etc/passwd",
            "%2fetc/passwd",
            "2024",
            "2024/page.html%00.png",
            "x" * 5000,
            "missing.jpg",
        ):
            refused = await client.ask(f"/wp-content/uploads/{path}")
            assert (path, refused.status) == (path, 404)
            assert b"body_limit" not in refused.body

    run(story)


def test_health_says_whether_the_database_answers(client: Client) -> None:
    async def story() -> None:
        reply = await client.ask("/-/health")
        assert (reply.status, json.loads(reply.body)) == (200, {"alive": True, "ready": True, "degraded": []})
        assert reply.header("cache-control") == "no-store"

    run(story)
    assert client.app.known.answers == {}


def test_a_database_that_is_away_is_told_without_where_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: Request) -> Response:
        raise Unavailable("database_unreachable", "The database cannot be reached.")

    monkeypatch.setattr(client.app.dispatcher, "answer", away)

    async def story() -> None:
        for reply in (await client.ask(f"{LIST}?page=77"), await client.ask(LIST, "POST")):
            assert (reply.status, json.loads(reply.body)["data"]) == (503, {"status": 503})
            assert (reply.header("retry-after"), reply.header("etag")) == ("5", "")
            assert b"database" not in reply.body

    run(story)
    assert caplog.text.count("cannot be reached") == 1
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "code", "again"),
    [
        (no_room(), 507, "no_room", "60"),
        (OSError(errno.ENOSPC, "full", "/srv/site"), 507, "no_room", "60"),
        (cannot_write(), 503, "service_unavailable", "30"),
        (unknown(), 503, "outcome_unknown", ""),
    ],
)
def test_what_nobody_has_answered_is_told_by_its_kind(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str, again: str
) -> None:
    def fail(_: Request) -> Response:
        raise error

    monkeypatch.setattr(client.app.dispatcher, "answer", fail)

    async def story() -> None:
        reply = await client.ask(LIST, "POST")
        body = json.loads(reply.body)
        assert (reply.status, body["code"], body["data"]) == (status, code, {"status": status})
        assert reply.header("retry-after") == again
        assert b"/srv/site" not in reply.body

    run(story)


@pytest.mark.parametrize(("written", "asked"), [(False, 2), (True, 1)])
def test_an_answer_that_a_lost_connection_cut_short_is_made_once_more(
    client: Client, monkeypatch: pytest.MonkeyPatch, written: bool, asked: int
) -> None:
    """Where nothing was kept before.  The database says that it is gone whenever it is read."""
    seen = []
    dispatcher = client.app.dispatcher

    def fail(request: Request) -> Response:
        seen.append(request)
        if written:
            with dispatcher.newsroom.database.write() as unit:
                unit.run("UPDATE state SET number = number WHERE name = 'epoch'")
        with dispatcher.newsroom.database.read():
            raise lost()

    monkeypatch.setattr(dispatcher, "answer", fail)

    async def story() -> None:
        assert (await client.ask(LIST, "POST")).status == 503

    run(story)
    assert len(seen) == asked


def test_the_address_is_the_sites_own_whatever_host_was_asked(client: Client) -> None:
    reply = run(lambda: client.ask(f"{LIST}?_fields=link", host="evil.example"))
    assert all(post["link"].startswith(ADDRESS) for post in json.loads(reply.body))
