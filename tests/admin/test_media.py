"""The library as a grid and a list, and files that are added without script."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.admin.client import Client, Form
from tests.admin.media import JPEG, item_of, keep, kept, known, send, send_all, shelve, stored
from tests.content.desk import HOME, article
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.web.forms import MOST_FILES

EMPTY_PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAAAAAAACAIAAAC06etFAAAACElEQVR4nAMAAAAAAUgGidIAAAAASUVORK5CYII=")
"""A picture of no pixels."""

# ---- the library


def test_grid_and_list_show_files(client: Client) -> None:
    number = shelve(client, "wall.jpg", title="Old <b>wall</b>")
    shelve(client, "tide.txt", b"high and low", title="Tides")
    grid = client.get("author", "upload.php")
    assert "Old &lt;b&gt;wall&lt;/b&gt;" in grid.html
    assert re.search(r'src="[^"]*wall-300x225\.jpg"[^>]*loading="lazy"', grid.html)
    assert "icon-file-document" in grid.html
    assert f"upload.php?item={number}" in grid.html
    rows = client.get("author", "upload.php?mode=list")
    assert "wall.jpg" in rows.text
    assert "No alternative text" in rows.text
    assert "<table" in rows.html
    assert "<table" not in grid.html


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("attachment-filter=post_mime_type%3Aimage", {"wall"}),
        ("attachment-filter=post_mime_type%3Aapplication", {"tide"}),
        ("attachment-filter=post_mime_type%3Avideo", set()),
        ("attachment-filter=detached", {"tide"}),
        ("attachment-filter=mine", {"tide"}),
        ("m=202506", {"wall", "tide"}),
        ("m=202505", set()),
        ("m=999999", {"wall", "tide"}),
        ("s=tide", {"tide"}),
        ("author=3", {"wall"}),
        ("path=x&visit=y&attachment-filter=z&m=a&paged=-1&per_page=0&item", {"wall", "tide"}),
    ],
)
def test_filters(client: Client, query: str, there: set[str]) -> None:
    keep(client, article(50, "p", author=3))
    shelve(client, "wall.jpg", title="wall", parent=50)
    shelve(client, "tide.txt", b"high and low", user=2, title="tide")
    page = client.get("editor", f"upload.php?mode=list&{query.removesuffix('&item')}")
    assert page.status == 200
    assert {name for name in ("wall", "tide") if f">{name}</a>" in page.html} == there


def test_how_somebody_wants_to_see_it_is_kept(client: Client) -> None:
    for number in range(12):
        shelve(client, f"a{number}.txt", b"text")
    assert client.post("author", "upload.php", {"action": "rows", "per_page": 10, "mode": "list"}).status == 303
    page = client.get("author", "upload.php")
    assert "<table" in page.html
    assert "1 of 2" in page.text
    assert page.html.count("<tr data-key") == 10
    assert client.get("author", "upload.php?paged=2").html.count("<tr data-key") == 2
    beyond = client.get("author", "upload.php?mode=list&paged=9&deleted=2")
    assert beyond.location.endswith("upload.php?mode=list&paged=2&deleted=2")
    assert client.get("author", "upload.php?s=nothing&paged=99999999999999999999999").status == 200


def test_only_what_one_may_delete_is_deleted(client: Client) -> None:
    own, other = shelve(client, "own.jpg"), shelve(client, "other.jpg", user=2)
    page = client.get("author", "upload.php")
    assert f'value="{own}" data-row' in page.html
    assert f'value="{other}" data-row' not in page.html
    form: Form = {"action": "delete", "media[]": [own, other, 999]}
    page = client.post("author", "upload.php?mode=list&m=202506", form)
    assert page.location.endswith("upload.php?mode=list&m=202506&deleted=1&skipped=2")
    assert known(client, own) is None
    assert known(client, other) is not None
    assert stored(client) == [f"2025/06/other{end}.jpg" for end in ("-150x150", "-300x225", "")]
    assert "1 item is deleted for good" in client.get("author", page.location.partition("/wp-admin/")[2]).text
    assert client.post("author", "upload.php", {"action": "delete"}).location.endswith("upload.php?unchosen=1")
    assert client.post("author", "upload.php", {"action": "explode"}).status == 400


def test_files_in_the_trash_come_back(client: Client) -> None:
    keep(client, article(60, "old", "trash", type="attachment", title="Old file", author=3, mime_type="image/png"))
    assert "Old file" not in client.get("author", "upload.php").text
    assert "Old file" in client.get("author", "upload.php?attachment-filter=trash").text
    page = client.post("author", "upload.php", {"action": "untrash:60"})
    assert page.location.endswith("untrashed=1")
    assert kept(client, 60).status == "inherit"


# ---- adding a file without script


def test_what_is_left_as_it_is_is_loaded_at_once(client: Client) -> None:
    keep(client, *(article(100 + n, f"f{n}", type="attachment", status="inherit", author=2) for n in range(150)))

    def statements(number: int) -> int:
        before = client.newsroom.database.statements
        page = client.post("author", "upload.php", {"action": "delete", "media[]": [100 + n for n in range(number)]})
        assert page.location.endswith(f"skipped={number}")
        return client.newsroom.database.statements - before

    statements(1)
    assert statements(150) == statements(2)


def test_a_form_adds_a_file(client: Client) -> None:
    page = send(client, "author", r"C:\fakepath\Été à la mer.jpg", JPEG)
    assert (page.status, "added=1" in page.location) == (303, True)
    post = kept(client, item_of(page))
    assert (post.title, post.author, post.mime_type) == ("Été à la mer", 3, "image/jpeg")
    assert stored(client) == [f"2025/06/Ete-a-la-mer{end}.jpg" for end in ("-150x150", "-300x225", "")]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("", JPEG, "Choose a file first."),
        ("page.html", b"<html>", "not allowed"),
        ("fake.jpg", b"<?php", "not allowed"),
        ("<b>.jpg", b"", "&lt;b&gt;.jpg: The file is empty."),
        ("stub.jpg", JPEG[:4], "stub.jpg: This picture is damaged"),
        ("head.jpg", JPEG[:200], "head.jpg: This picture is damaged"),
        ("none.png", EMPTY_PNG, "none.png: This picture is damaged"),
        ("none.gif", b"GIF89a" + b"\0" * 7 + b";", "none.gif: This picture is damaged"),
    ],
)
def test_what_is_refused_is_said_and_leaves_nothing(client: Client, name: str, data: bytes, told: str) -> None:
    page = send(client, "author", name, data)
    assert page.status == 400
    assert told in page.html
    assert 'type="file"' in page.html
    assert stored(client) == []


def test_a_form_adds_several_files_or_none(client: Client) -> None:
    """Without script they come at once."""
    page = send_all(client, "author", [("one.jpg", JPEG), ("two.jpg", JPEG)])
    assert (page.status, page.location.endswith("upload.php?added=2")) == (303, True)
    there = stored(client)
    assert {name.partition(".")[0] for name in there} >= {"2025/06/one", "2025/06/two"}
    refused = send_all(client, "author", [("three.jpg", JPEG), ("four.html", b"<html>"), ("five.jpg", b"")])
    assert refused.status == 400
    assert "four.html" in refused.text
    assert "five.jpg" in refused.text
    assert "No file was added" in refused.text
    many = send_all(client, "author", [(f"{number}.txt", b"x") for number in range(MOST_FILES + 1)])
    assert (many.status, "too many files: 20 at once" in many.text) == (400, True)
    assert stored(client) == there


def test_a_name_does_not_turn_what_is_read_of_it(client: Client) -> None:
    """WordPress 7.1.4 keeps such names."""
    number = item_of(send(client, "author", "a\u202egnp.jpg", JPEG))
    assert library.file_name_of(kept(client, number)) == "a\u202egnp.jpg"
    assert "<bdi>a\ufffdgnp.jpg</bdi>" in client.get("author", "upload.php?mode=list").html
    assert "a\ufffdgnp.jpg" in client.get("author", f"upload.php?item={number}").text


def test_files_are_taken_where_they_belong_and_from_whom_they_may_come(client: Client) -> None:
    assert send(client, "author", "a.jpg", JPEG, nonce="0123456789").status == 403
    assert send(client, "contributor", "a.jpg", JPEG).status == 403
    assert send(client, "author", "a.jpg", JPEG, path="upload.php").status == 400
    assert stored(client) == []


def test_a_form_that_is_none_is_refused(client: Client) -> None:
    kind = "multipart/form-data; boundary=x"
    assert client.ask("author", "POST", "media-new.php", b"--y\r\n", content_type=kind, origin=HOME).status == 403
    kind = "multipart/form-data"
    assert client.ask("author", "POST", "media-new.php", b"--y\r\n", content_type=kind, origin=HOME).status == 400


def test_the_script_is_told_where_to_send(client: Client) -> None:
    page = client.get("author", "media-new.php")
    assert f'data-route="{HOME}/index.php/wp-json/wp/v2/media"' in page.html
    assert re.search(r'data-nonce="[0-9a-f]{10}"', page.html)
    assert f'data-renew="{HOME}/wp-admin/admin-ajax.php?action=rest-nonce"' in page.html
    assert "64 MB" in page.text


# ---- how much is asked of the database


@contextmanager
def counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The statements of each view that reads."""
    numbers: list[int] = []
    view_of = client.newsroom.view

    @contextmanager
    def view() -> Iterator[View]:
        with view_of() as made:
            before = made.unit.statements
            yield made
            numbers.append(made.unit.statements - before)

    with monkeypatch.context() as patched:
        patched.setattr(client.newsroom, "view", view)
        yield numbers


@pytest.mark.parametrize("role", ["author", "administrator"])
@pytest.mark.parametrize(
    "path",
    [
        "upload.php",
        "upload.php?mode=list",
        "upload.php?mode=list&s=file",
        "upload.php?attachment-filter=detached",
        "upload.php?mode=list&attachment-filter=mine&m=202402&orderby=parent",
    ],
)
def test_a_list_takes_few_statements(client: Client, monkeypatch: pytest.MonkeyPatch, role: str, path: str) -> None:
    keep(
        client,
        *(article(n, f"p{n}", author=1 + n % 5, meta={"_thumbnail_id": [str(n + 100)]}) for n in range(100, 150)),
    )
    keep(
        client,
        *(
            article(n + 100, f"file{n}", "inherit", type="attachment", author=1 + n % 5, parent=n, title=f"file {n}")
            for n in range(100, 150)
        ),
    )
    client.post(role, "upload.php", {"action": "rows", "per_page": 50})
    client.get(role, path)
    with counted(client, monkeypatch) as numbers:
        assert client.get(role, path).status == 200
    assert sum(numbers) <= 12, numbers


def test_nothing_is_asked_of_the_data_of_an_upload(client: Client) -> None:
    """A file of any name, even one that is no text, ends in an answer."""
    for name in ("a\0.jpg", "\udcff.jpg".encode("utf-8", "surrogatepass").decode("latin-1"), "." * 500 + ".jpg"):
        assert send(client, "author", name, base64.b64decode("AAAA")).status == 400
