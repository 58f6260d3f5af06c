"""One answer of every kind, and the headers that the table says it has; a request without a proper Host has none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.app.press import ADDRESS, Client, Reply, make_site
from wirepress.app.asgi import Application, application
from wirepress.app.settings import load
from wirepress.content import options
from wirepress.content.media.sniffing import EDITABLE
from wirepress.web.headers import TABLE, Kind, kind_of_upload
from wirepress.web.host import flaw_of

NOBODY, THIS_SITE, ANYBODY, UNSAID = "DENY", "SAMEORIGIN", "anybody", "unsaid"
FRAMED = {
    Kind.PAGE: NOBODY,
    Kind.EMBED: ANYBODY,
    Kind.PREVIEW: THIS_SITE,
    Kind.ADMIN: NOBODY,
    Kind.EDITOR: NOBODY,
    Kind.LOGIN: NOBODY,
    Kind.INTERIM_LOGIN: THIS_SITE,
    Kind.API: UNSAID,
    Kind.AJAX: NOBODY,
    Kind.EVENTS: NOBODY,
    Kind.ASIDE: THIS_SITE,
    Kind.FEED: NOBODY,
    Kind.SITEMAP: NOBODY,
    Kind.UPLOAD: THIS_SITE,
    Kind.ACTIVE_UPLOAD: THIS_SITE,
    Kind.STATIC: UNSAID,
    Kind.PLAIN: NOBODY,
}
ANCESTORS = {NOBODY: "frame-ancestors 'none'", THIS_SITE: "frame-ancestors 'self'"}
RUNS_NOTHING = (Kind.PAGE, Kind.EMBED, Kind.PREVIEW, Kind.LOGIN, Kind.INTERIM_LOGIN, Kind.AJAX, Kind.EVENTS, Kind.ASIDE,
                Kind.FEED, Kind.ACTIVE_UPLOAD, Kind.PLAIN)  # fmt: skip

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ARTICLE = "/the article/"
"""Stands for the address of an article."""
ANSWERS: dict[str, tuple[Kind, int]] = {
    "/": (Kind.PAGE, 200),
    "/?s=harbour": (Kind.PAGE, 200),
    ARTICLE: (Kind.PAGE, 200),
    "/?p=987654": (Kind.PAGE, 404),
    f"{ARTICLE}embed/": (Kind.EMBED, 200),
    "/?p=1&preview=true": (Kind.PREVIEW, 200),
    "/wp-admin/": (Kind.ADMIN, 200),
    "/wp-admin/nothing.php": (Kind.ADMIN, 404),
    "/wp-admin/upload.php": (Kind.ADMIN, 200),
    "/wp-admin/post.php?post=1&action=edit": (Kind.EDITOR, 200),
    "/wp-login.php?reauth=1": (Kind.LOGIN, 200),
    "/wp-login.php?action=lostpassword": (Kind.LOGIN, 200),
    "/wp-admin/authorize-application.php?success_url=javascript:x": (Kind.LOGIN, 400),
    "/wp-login.php?interim-login=1": (Kind.INTERIM_LOGIN, 200),
    "/wp-json/": (Kind.API, 200),
    "/wp-json/wp/v2/posts": (Kind.API, 200),
    "/wp-json/nothing": (Kind.API, 404),
    "/wp-admin/admin-ajax.php?action=rest-nonce": (Kind.AJAX, 200),
    "/wp-admin/admin.php?page=sources&id=1&events=1": (Kind.EVENTS, 404),
    "/wp-admin/admin.php?page=review&post=1&part=article": (Kind.ASIDE, 200),
    "/feed/": (Kind.FEED, 200),
    "/feed/atom/": (Kind.FEED, 200),
    "/comments/feed/": (Kind.FEED, 200),
    "/wp-sitemap.xml": (Kind.SITEMAP, 200),
    "/wp-sitemap-index.xsl": (Kind.SITEMAP, 200),
    "/wp-content/uploads/picture.png": (Kind.UPLOAD, 200),
    "/wp-content/uploads/paper.pdf": (Kind.UPLOAD, 200),
    "/wp-content/uploads/drawing.svg": (Kind.ACTIVE_UPLOAD, 200),
    "/wp-content/uploads/page.html": (Kind.ACTIVE_UPLOAD, 200),
    "/wp-content/uploads/data.xml": (Kind.ACTIVE_UPLOAD, 200),
    "/wp-content/uploads/noname": (Kind.ACTIVE_UPLOAD, 200),
    "/wp-content/uploads/nothing.png": (Kind.PAGE, 404),
    "/-/static/site.css": (Kind.STATIC, 200),
    "/-/static/nothing.css": (Kind.PLAIN, 404),
    "/-/health/ready": (Kind.PLAIN, 200),
    "/-/websub/nothing": (Kind.PLAIN, 404),
    "/robots.txt": (Kind.PLAIN, 200),
    "/favicon.ico": (Kind.PLAIN, 302),
    "/wp-cron.php": (Kind.PLAIN, 200),
    "/wp-links-opml.php": (Kind.PLAIN, 200),
    "/xmlrpc.php": (Kind.PLAIN, 405),
    "/wp-trackback.php?p=1": (Kind.PLAIN, 302),
    "/wp-admin": (Kind.PLAIN, 301),
    "/wp-login.php?action=register": (Kind.PLAIN, 302),
}
"""By address, for an administrator who is logged in."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = make_site(tmp_path_factory.mktemp("headers") / "site")
    uploads = folder / "uploads"
    uploads.mkdir(exist_ok=True)
    for name in ("picture.png", "paper.pdf", "drawing.svg", "page.html", "data.xml", "noname"):
        (uploads / name).write_bytes(b"<script>alert(1)</script>")
    made = application(load(folder, {}))
    yield made
    made.threads.shutdown()
    made.writers.shutdown()
    made.dispatcher.newsroom.database.close()


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 120))


async def logged_in(client: Client) -> str:
    """The cookies of an administrator."""
    form = urlencode({"log": "ada", "pwd": "secret"}).encode()
    kind = "application/x-www-form-urlencoded"
    reply = await client.ask("/wp-login.php", "POST", (form,), content_type=kind)
    assert reply.status == 302
    return "; ".join(value.partition(";")[0] for name, value in reply.headers if name == "set-cookie")


async def ask(client: Client, address: str, **headers: str) -> Reply:
    if address.startswith(ARTICLE):
        article = (await client.ask("/?p=1")).header("location").removeprefix(ADDRESS)
        address = address.replace(ARTICLE, article)
    return await client.ask(address, "GET", (b"",), **headers)


def check(kind: Kind, reply: Reply, address: str) -> None:
    """Holds an answer against the table, and against what was decided about frames."""
    found, policy = dict(reply.headers), reply.header("content-security-policy")
    names = [name for name, _ in reply.headers]
    assert found["x-content-type-options"] == "nosniff", address
    for name, value in TABLE[kind].headers({}):
        assert names.count(name) == 1, (address, name)
        if (kind, name) != (Kind.EDITOR, "content-security-policy"):  # whose hashes are its build's
            shown = policy if name == "content-security-policy" else found[name]
            assert shown.partition("; connect-src 'self' https://")[0] in value, (address, name)
    framed = FRAMED[kind]
    assert found.get("x-frame-options", framed) == framed, address
    assert ("x-frame-options" in found) == (framed in ANCESTORS), address
    assert ("frame-ancestors" in policy) == (framed in ANCESTORS), address
    assert ANCESTORS.get(framed, "") in policy, address
    if kind not in (Kind.API, Kind.STATIC):
        referrer = "no-referrer" if kind is Kind.ASIDE else "strict-origin-when-cross-origin"
        assert found["referrer-policy"] == referrer, address
    if kind in RUNS_NOTHING:
        assert "script-src 'none'" in policy or "default-src 'none'" in policy, address
        assert "script-src 'self'" not in policy, address


def test_every_kind_has_what_the_table_says(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        cookies = await logged_in(client)
        statuses = {}
        for address, (kind, status) in ANSWERS.items():
            reply = await ask(client, address, cookie=cookies)
            if reply.status != status:
                statuses[address] = reply.status
                continue
            check(kind, reply, address)
        assert statuses == {}

    run(story)


def test_kept_answers_have_them_too(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        for address in ("/", ARTICLE, f"{ARTICLE}embed/", "/feed/", "/robots.txt", "/-/static/site.css"):
            kind = ANSWERS[address][0]
            for headers in ({}, {}, {"accept_encoding": "gzip"}):
                check(kind, await ask(client, address, **headers), address)
            again = await ask(client, address, if_none_match=(await ask(client, address)).header("etag"))
            assert again.status == 304
            check(kind, again, address)

    run(story)


def test_a_file_that_has_not_changed_is_guarded_as_before(app: Application) -> None:
    async def story() -> None:
        client = Client(app)
        for name in ("picture.png", "paper.pdf", "drawing.svg", "page.html", "noname"):
            address = f"/wp-content/uploads/{name}"
            again = await ask(client, address, if_none_match=(await ask(client, address)).header("etag"))
            assert again.status == 304
            check(ANSWERS[address][0], again, address)

    run(story)


@pytest.mark.parametrize(
    ("files", "ancestors"),
    [
        ("", "'self'"),
        (f"{ADDRESS}/files", "'self'"),
        ("https://files.example:8443/press", f"'self' {ADDRESS}"),
        ("//files.example", "'self'"),
    ],
)
def test_a_pdf_of_another_address_is_framed_by_the_sites_pages(app: Application, files: str, ancestors: str) -> None:
    """What is uploaded by the API, at the address that files have by the option."""

    def turn(value: str) -> None:
        with app.dispatcher.newsroom.write() as view:
            options.set(view.unit, "upload_url_path", value)

    async def story() -> None:
        client = Client(app)
        cookies = await logged_in(client)
        nonce = (await ask(client, "/wp-admin/admin-ajax.php?action=rest-nonce", cookie=cookies)).body.decode()
        sent = {"cookie": cookies, "x_wp_nonce": nonce, "content_disposition": 'attachment; filename="report.pdf"'}
        reply = await client.ask("/wp-json/wp/v2/media", "POST", (PDF,), content_type="application/pdf", **sent)
        assert reply.status == 201, reply.body
        source = json.loads(reply.body)["source_url"]
        assert source.startswith(files or f"{ADDRESS}/wp-content/uploads")
        path = source.removeprefix(files or f"{ADDRESS}/wp-content/uploads")
        first = await ask(client, f"/wp-content/uploads{path}")
        again = await ask(client, f"/wp-content/uploads{path}", if_none_match=first.header("etag"))
        assert (first.status, again.status) == (200, 304)
        for answer in (first, again):
            assert answer.header("content-security-policy") == f"frame-ancestors {ancestors}"
            assert ("x-frame-options" in dict(answer.headers)) == (ancestors == "'self'")
        picture = await ask(client, "/wp-content/uploads/picture.png")
        assert picture.header("x-frame-options") == "SAMEORIGIN"

    turn(files)
    try:
        run(story)
    finally:
        turn("")


def test_every_kind_is_walked_over() -> None:
    assert set(FRAMED) == set(Kind) == set(TABLE)
    assert {kind for kind, _ in ANSWERS.values()} == set(Kind)


@pytest.mark.parametrize(
    ("media_type", "sandboxed"),
    [
        *((kind, False) for kind in EDITABLE), ("application/pdf", False), ("video/mp4", False), ("audio/mpeg", False),
        ("font/woff2", False), ("image/svg+xml", True), ("IMAGE/SVG+XML; charset=x", True), ("text/html", True),
        ("application/xhtml+xml", True), ("text/xml", True), ("application/xml", True), ("text/plain", True),
        ("", True), ("application/octet-stream", True), ("text/javascript", True),
        ("application/x-shockwave-flash", True),
    ],
)  # fmt: skip
def test_what_can_hold_a_script_is_served_in_a_sandbox(media_type: str, sandboxed: bool) -> None:
    assert (kind_of_upload(media_type) is Kind.ACTIVE_UPLOAD) == sandboxed
    policy = dict(TABLE[kind_of_upload(media_type)].headers({}))["content-security-policy"]
    assert ("sandbox" in policy) == sandboxed


GOOD = ["news.example", "news.example:8080", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8080", "a_b.example.", "n:"]
BAD = [
    "", " ", "news.example, evil.example", "news.example evil.example", "http://news.example", "news.example/x",
    "user@news.example", "news.example:port", "news.example:123456", "[::1", "::1", "news\\example", "news\0example",
    "nëws.example", ".", "-", "a" * 300, "news.example?x", "news.example#x", "<script>", "[fe80::1%eth0]", "*",
]  # fmt: skip


@pytest.mark.parametrize("host", GOOD)
def test_a_host_that_is_one(host: str) -> None:
    assert flaw_of([(b"host", host.encode())], "1.1") == ""


@pytest.mark.parametrize("host", BAD)
def test_a_host_that_is_none(host: str) -> None:
    assert flaw_of([(b"host", host.encode())], "1.1")


def test_requests_for_no_host_are_not_answered(app: Application) -> None:
    async def status(headers: list[tuple[bytes, bytes]], path: str, version: str = "1.1") -> int:
        found: list[int] = []

        waiting: list[dict[str, object]] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, object]:
            if not waiting:
                await asyncio.Event().wait()
            return waiting.pop()

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                assert isinstance(message["status"], int)
                found.append(message["status"])

        scope = {
            "type": "http", "http_version": version, "scheme": "http", "method": "GET", "path": path,
            "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers,
            "client": ("192.0.2.1", 4711), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        await app(scope, receive, send)
        return found[0]

    async def story() -> None:
        one, two = (b"host", b"news.example.com"), (b"host", b"evil.example")
        for path in ("/", "/wp-json/", "/wp-content/uploads/picture.png", "/-/health/ready", "/wp-login.php"):
            assert await status([], path) == 400
            assert await status([one, two], path) == 400
            assert await status([one, one], path) == 400
            assert await status([(b"host", b"a b")], path) == 400
            assert await status([one], path) == 200
            assert await status([], path, "1.0") == 200

    run(story)
