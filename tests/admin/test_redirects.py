"""Redirects in the administration: adding, changing, searching, deleting, many at once from a file."""

from __future__ import annotations

import pytest

from tests.admin.client import Client, Form, Page
from tests.content.desk import HOME
from wirepress.content import redirections
from wirepress.store import redirects as store

HERE = "admin.php?page=redirects"
ADMIN = "administrator"
HOSTILE = """"><img src=x onerror=alert(1)>"""
BOUNDARY = "----redirects"


def kept(client: Client) -> dict[str, tuple[str, int]]:
    with client.newsroom.database.read() as unit:
        return {one.path: (one.target, one.status) for one in store.all_of(unit)}


def save(client: Client, **fields: str | int) -> Page:
    return client.post(ADMIN, HERE, {"action": "save", "status": 301, "before": "", **fields})


def send(client: Client, data: bytes, role: str = ADMIN) -> Page:
    def part(name: str, value: bytes, more: str = "") -> bytes:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
        return head.encode() + value + b"\r\n"

    body = part("_wpnonce", client.nonce(role, HERE).encode()) + part("action", b"import")
    body += part("file", data, '; filename="redirects.csv"') + f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.ask(role, "POST", HERE, body, content_type=kind, origin=HOME)


def test_one_is_added_changed_and_deleted(client: Client) -> None:
    assert save(client, path=f"{HOME}/old/", target="/new").status == 303
    assert kept(client) == {"/old": ("/new", 301)}
    page = client.get(ADMIN, HERE)
    assert "/old" in page.text
    opened = client.get(ADMIN, f"{HERE}&edit=/old")
    assert 'name="before" value="/old"' in opened.html
    assert save(client, before="/old", path="/older", target="", status=410).status == 303
    assert kept(client) == {"/older": ("", 410)}
    assert "It is gone for good (410)" in client.get(ADMIN, HERE).text
    done = client.post(ADMIN, HERE, {"action": "remove", "chosen[]": ["/older", "/nowhere"]})
    assert (done.status, "unredirected=1" in done.location) == (303, True)
    assert kept(client) == {}
    assert "1 redirect is deleted." in client.get(ADMIN, f"{HERE}&unredirected=1").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"path": "nowhere", "target": "/b"}, "is no path of this site"),
        ({"path": "/a", "target": "javascript:alert(1)"}, "neither a path of this site nor"),
        ({"path": "/a", "target": "/a/"}, "leads in a circle"),
        ({"path": "/a", "target": "/b", "status": 200}, "200 is none of 301"),
        ({"path": "/a", "target": "/b", "before": "/gone"}, "no such redirect any more"),
        ({"path": "/taken", "target": "/c", "before": "/mine"}, "another redirect from this path"),
    ],
)
def test_what_may_not_be_comes_back_with_what_was_typed(client: Client, fields: dict[str, str], said: str) -> None:
    save(client, path="/taken", target="/x")
    save(client, path="/mine", target="/y")
    before = kept(client)
    refused = save(client, **fields)
    assert refused.status in (400, 404)
    assert said in refused.text
    if refused.status == 400:
        assert f'name="path" type="text" value="{fields["path"]}"' in refused.html
    assert kept(client) == before


def test_a_search_takes_its_signs_as_they_are(client: Client) -> None:
    for path in ("/a_b", "/axb", "/Cent%25", "/other"):
        save(client, path=path, target="/x")
    assert "/axb" not in client.get(ADMIN, f"{HERE}&s=a_b").text
    assert "/Cent%" in client.get(ADMIN, f"{HERE}&s=cent%25").text
    assert "There is no such redirect." in client.get(ADMIN, f"{HERE}&s=nothing").text


def test_a_long_list_has_pages_and_takes_few_statements(client: Client) -> None:
    with client.newsroom.write() as view:
        redirections.take(view, "".join(f"/p{number:03},/x\n" for number in range(60)))
    first = client.get(ADMIN, HERE)
    assert ("/p049" in first.text, "/p050" in first.text) == (True, False)
    before = client.newsroom.database.statements
    assert "/p050" in client.get(ADMIN, f"{HERE}&paged=2").text
    assert client.newsroom.database.statements - before <= 12


def test_a_file_brings_all_or_none(client: Client) -> None:
    done = send(client, "\ufeff/a,/b\r\n/c,,410\r\n".encode())
    assert (done.status, "redirected=2" in done.location) == (303, True)
    assert kept(client) == {"/a": ("/b", 301), "/c": ("", 410)}
    for data, said in (
        (b"/d,/e\n/f,javascript:x\n", "Line 2: "),
        (b"/d,/e,soon\n", "Line 1: soon is no status."),
        (b"\xff", "no CSV file in UTF-8"),
    ):
        refused = send(client, data)
        assert (refused.status, said in refused.text) == (400, True), said
    assert len(kept(client)) == 2
    assert send(client, b"/x,/y\n", "editor").status == 403


def test_what_was_typed_is_text(client: Client) -> None:
    refused: Form = {"action": "save", "path": HOSTILE, "target": HOSTILE, "status": 301, "before": ""}
    assert "<img" not in client.post(ADMIN, HERE, refused).html
    save(client, path=f"/{HOSTILE}", target=f"/to{HOSTILE}")
    assert kept(client)
    assert "<img" not in client.get(ADMIN, HERE).html
