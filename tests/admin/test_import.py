"""Importing from the administration: an upload whole and in pieces, a look, the import, how it ended, and what is never
done on behalf of a browser."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.admin.client import Client, Page
from tests.content.desk import HOME
from wirepress.content.imports import Allowed, Named
from wirepress.model.order import Order, OrderKind
from wirepress.store import orders as store
from wirepress.store.import_files import ImportFiles
from wirepress.transfer.wordpress.carry import Sites, carry_out

HERE = "admin.php?page=import"
GOLDEN = Path(__file__).parent.parent / "golden" / "wordpress.sqlite.gz"
BOUNDARY = "a-boundary"


@pytest.fixture(scope="module")
def golden() -> bytes:
    return gzip.decompress(GOLDEN.read_bytes())


@pytest.fixture
def site(client: Client, tmp_path: Path) -> Client:
    """A site of an administrator alone, which takes uploads and knows a database."""
    files = ImportFiles(tmp_path / "imports", 1 << 30)
    allowed = Allowed(files, (Named("old-site", with_files=True),), "wirepress --site /srv/site")
    client.admin.ports = replace(client.admin.ports, imports=allowed)
    with client.newsroom.database.write() as unit:
        unit.run("DELETE FROM users WHERE id > 1")
        unit.run("DELETE FROM terms WHERE taxonomy_id > 1")
    return client


def send(client: Client, *, file: bytes = b"", name: str = "", field: str = "file", **form: Any) -> Page:
    """A form with a file."""
    parts = {"_wpnonce": client.nonce("administrator", HERE), **form}
    lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = "".join(lines).encode() + (head.encode() + file + b"\r\n" if name else b"") + f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.ask("administrator", "POST", HERE, body, content_type=kind, origin=HOME)


def order_of(page: Page) -> int:
    assert page.status == 303, page.text
    return int(re.findall(r"order=(\d+)", page.location)[0])


def carried(client: Client, number: int) -> Order:
    """The order as the worker leaves it."""
    files = client.admin.ports.imports.files
    assert files is not None
    with client.newsroom.database.write() as unit:
        taken = store.take(unit, "worker", 0, 10**10, number)
    assert taken is not None
    carry_out(client.newsroom, taken, Sites(files), "worker", lambda: False)
    with client.newsroom.database.read() as unit:
        found = store.get(unit, number)
    assert found is not None
    return found


def looked(client: Client, golden: bytes) -> int:
    number = order_of(send(client, action="upload", file=golden, name="wordpress.sqlite"))
    assert not carried(client, number).error
    return number


def test_an_upload_is_looked_at_imported_and_remembered(site: Client, golden: bytes) -> None:
    page = site.get("administrator", HERE)
    assert "None yet." in page.text
    assert "holds posts already" not in page.text
    number = order_of(send(site, action="upload", file=golden, name="wordpress.sqlite"))
    waiting = site.get("administrator", f"{HERE}&order={number}")
    assert 'http-equiv="refresh"' in waiting.html
    assert f"order={number}&amp;events=1" in waiting.html
    carried(site, number)
    look = " ".join(site.get("administrator", f"{HERE}&order={number}").text.split())
    assert re.search(r"Posts 3\d published", look) or "Posts" in look
    assert "The account “administrator” of this site stays, under the number" in look
    assert "Keep the address of this site: https://news.example.com" in look
    assert site.get("administrator").status == 200  # nothing is kept yet
    with site.newsroom.database.read() as unit:
        assert unit.rows("SELECT count(*) FROM posts") == [(0,)]
    order = order_of(site.post("administrator", HERE, {"action": "start", "order": number, "keep_address": 1}))
    assert carried(site, order).error == ""
    report = " ".join(site.get("administrator", f"{HERE}&order={order}").text.split())
    assert "121 posts of all types, 8 users" in report
    assert "Settings of WordPress itself" in report
    assert "To the posts" in report
    history = " ".join(site.get("administrator", HERE).text.split())
    assert re.search(r"wordpress.sqlite Done 121 posts", history)
    assert "holds posts already" in history
    assert "wordpress.sqlite" in site.get("administrator", "admin.php?page=audit&action=import").text


def test_a_file_comes_in_pieces(site: Client, golden: bytes) -> None:
    key, received, size = "", 0, len(golden)
    step = size // 3 + 1
    while received < size:
        piece = golden[received : received + step]
        form = {"action": "piece", "key": key, "offset": received, "size": size}
        page = send(site, file=piece, name="piece", field="piece", **form)
        assert page.status == 200, page.text
        answer = json.loads(page.html)
        key, received = answer["key"], answer["received"]
    again = send(site, file=b"x", name="piece", field="piece", action="piece", key=key, offset=0, size=size)
    assert again.status == 400
    number = order_of(send(site, action="upload", key=key, name=""))
    assert not carried(site, number).error


def test_a_piece_that_does_not_come_next_says_where_to_go_on(site: Client, golden: bytes) -> None:
    form = {"action": "piece", "offset": 0, "size": len(golden), "key": ""}
    first = json.loads(send(site, file=golden[:100], name="piece", field="piece", **form).html)
    wrong = send(site, file=golden[:100], name="piece", field="piece", **{**form, "key": first["key"]})
    assert wrong.status == 409
    assert json.loads(wrong.html)["received"] == 100
    large = send(site, file=golden[:100], name="piece", field="piece", **{**form, "size": 1 << 40})
    assert (large.status, json.loads(large.html)["error"]) == (400, "The file is larger than this site takes.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss>&a;</rss>', "export file of WordPress (WXR)"),
        (b"-- MySQL dump 10.13\nCREATE TABLE x;", "dump of a database as SQL"),
        (b"PK\x03\x04....", "This file is packed"),
        (b"\x89PNG....", "This is no SQLite database"),
    ],
)
def test_what_is_no_database_is_refused_by_what_it_is(site: Client, data: bytes, words: str) -> None:
    page = send(site, action="upload", file=data, name="x.sqlite")
    assert page.status == 400
    assert words in page.text
    files = site.admin.ports.imports.files
    assert files is not None
    assert not files.folder.exists()
    assert site.newsroom.database is not None


def test_a_form_without_a_file_says_so(site: Client) -> None:
    page = send(site, action="upload")
    assert (page.status, "Choose a file first." in page.text) == (400, True)
    gone = send(site, action="upload", key="0" * 32)
    assert gone.status == 404


def test_only_named_databases_are_asked_for(site: Client) -> None:
    page = site.get("administrator", HERE)
    assert "old-site" in page.text
    assert "wirepress --site /srv/site import wordpress mysql+pymysql://USER:PASSWORD@HOST/DATABASE" in page.text
    number = order_of(site.post("administrator", HERE, {"action": "look:old-site"}))
    with site.newsroom.database.read() as unit:
        order = store.get(unit, number)
    assert order is not None
    assert dict(order.given) == {"database": "old-site", "name": "old-site"}
    for name in ("sqlite:////etc/passwd", "mysql+pymysql://127.0.0.1/wp", "../old-site", ""):
        assert site.post("administrator", HERE, {"action": f"look:{name}"}).status == 404


def test_nothing_starts_without_a_look_and_one_import_at_a_time(site: Client, golden: bytes) -> None:
    number = order_of(send(site, action="upload", file=golden, name="wordpress.sqlite"))
    early = site.post("administrator", HERE, {"action": "start", "order": number})
    assert (early.status, "nothing to import yet" in early.text) == (400, True)
    carried(site, number)
    order_of(site.post("administrator", HERE, {"action": "start", "order": number}))
    second = site.post("administrator", HERE, {"action": "start", "order": number})
    assert (second.status, "under way already" in second.text) == (400, True)
    assert "An import is under way" in site.get("administrator", HERE).text


def test_a_site_with_other_content_sees_why_it_cannot_be(site: Client, golden: bytes) -> None:
    with site.newsroom.database.write() as unit:
        unit.run("UPDATE terms SET name = 'Ours', slug = 'ours', version = 2")
    number = looked(site, golden)
    page = site.get("administrator", f"{HERE}&order={number}")
    assert "it holds other content under the same numbers" in page.text
    assert 'value="start"' not in page.html
    refused = site.post("administrator", HERE, {"action": "start", "order": number})
    assert (refused.status, "under the same ids" in refused.text) == (400, True)


def test_an_import_is_stopped_and_goes_on(site: Client, golden: bytes) -> None:
    number = looked(site, golden)
    order = order_of(site.post("administrator", HERE, {"action": "start", "order": number}))
    assert order_of(site.post("administrator", HERE, {"action": "cancel", "order": order})) == order
    page = site.get("administrator", f"{HERE}&order={order}")
    assert "What had come until then stays" in page.text
    going_on = order_of(site.post("administrator", HERE, {"action": "start", "order": order}))
    assert not carried(site, going_on).error
    done = site.get("administrator", f"{HERE}&order={going_on}")
    assert "Go on from there" not in done.text


def test_the_panel_follows_the_steps(site: Client, golden: bytes) -> None:
    number = looked(site, golden)
    order = order_of(site.post("administrator", HERE, {"action": "start", "order": number}))
    with site.newsroom.database.write() as unit:
        store.take(unit, "worker", 0, 10**10, order)
        store.tell(unit, order, "worker", {"steps": [["users", 8, 8], ["posts", 50, 121]]}, 10**10)
    page = site.get("administrator", f"{HERE}&order={order}")
    text = " ".join(page.text.split())
    assert "Users 8 · done" in text
    assert "50 of 121" in text
    assert "Comments to come" in text
    assert '<progress value="50" max="121"' in page.html


def test_what_was_imported_is_shown_as_text(site: Client) -> None:
    bad = "<script>alert(1)</script>"
    tally = {"new": 1, "changed": 0, "same": 0, "changed_here": 0}
    one = {"what": f"rows of {bad}", "number": 1, "why": bad, "examples": [bad]}
    result = {"came": {bad: tally}, "changes": 1, "kept": [one], "left_out": [one], "noted": [one]}
    with site.newsroom.database.write() as unit:
        order = store.place(unit, OrderKind.IMPORT, 1, 0, {"name": bad}, 0)
        store.take(unit, "w", 0, 1, order)
        store.finish(unit, order, "w", result, 0)
        look = store.place(unit, OrderKind.PREVIEW, 1, 0, {"name": bad}, 0)
        store.take(unit, "w", 0, 1, look)
        kind = {"name": bad, "number": 1, "served": False, "statuses": {bad: 1}}
        found = {"site": {"blogname": bad, "home": "javascript:alert(1)"}, "prefix": bad, "types": [kind], "users": 1,
                 "comments": 1, "options": 1, "taxonomies": [kind], "others": [{"name": bad, "number": 1}], "more": 0,
                 "refused": bad, "accounts": [], "here": {"users": 1, "posts": 0}}  # fmt: skip
        store.finish(unit, look, "w", found, 0)
    for path in (HERE, f"{HERE}&order={order}", f"{HERE}&order={look}", "admin.php?page=audit"):
        page = site.get("administrator", path)
        assert page.status == 200
        assert bad not in page.html
        assert 'href="javascript' not in page.html


def test_an_import_is_no_order_of_the_sources(site: Client, golden: bytes) -> None:
    number = looked(site, golden)
    assert site.get("administrator", f"admin.php?page=sources&order={number}").status == 404


def test_more_than_one_capability_is_asked_for(client: Client) -> None:
    """Whoever may import brings users with their roles as well."""
    with client.newsroom.write() as view:
        view.unit.run('UPDATE users SET grants = \'{"editor":true,"import":true}\' WHERE id = 2')
        view.unit.raise_shared_version()
    assert client.get("editor", HERE).status == 403
    assert "page=import" not in client.get("editor").html


def test_a_site_that_takes_no_uploads_says_what_to_do_instead(client: Client) -> None:
    page = client.get("administrator", HERE)
    assert 'type="file"' not in page.html
    assert "On the command line" in page.text
    assert send(client, action="upload", file=b"SQLite format 3\0", name="x").status == 400


def test_the_page_takes_few_statements(site: Client) -> None:
    def statements() -> int:
        before = site.newsroom.database.statements
        assert site.get("administrator", HERE).status == 200
        return site.newsroom.database.statements - before

    statements()
    few = statements()
    for number in range(30):
        with site.newsroom.database.write() as unit:
            order = store.place(unit, OrderKind.IMPORT, 1, 0, {"name": str(number)}, 0)
            store.take(unit, "w", 0, 1, order)
            store.finish(unit, order, "w", {}, 0)
    assert few <= statements() <= 7  # names of users, and the history itself


def test_wordpress_s_address_leads_here(site: Client) -> None:
    assert site.get("administrator", "import.php").location.endswith("/wp-admin/admin.php?page=import")
