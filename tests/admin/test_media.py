"""The library: what is shown of it, and what becomes of files that are added, described, attached, copied, deleted."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import pyvips

from tests.admin.client import Client, Form, Page
from tests.content.desk import HOME, article
from tests.store import many
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.store import bulk

BOUNDARY = "frontier"
WORDS = {"post_title": "T", "alt": "A", "excerpt": "C", "content": "D"}


def picture(width: int = 400, height: int = 300, kind: str = ".jpg") -> bytes:
    image = pyvips.Image.xyz(width, height).extract_band(0).cast("uchar")
    return bytes(image.bandjoin([image, image]).copy(interpretation="srgb").write_to_buffer(kind))


JPEG = picture()


def shelve(client: Client, name: str = "wall.jpg", data: bytes = JPEG, user: int = 3, **changes: object) -> int:
    """Takes a file into the library in the name of a user; its id."""
    with client.newsroom.write() as view:
        viewer = viewer_of(view.site, view.lookup.user(user))
        prepared = library.prepare(view.site, data, name)
        return library.keep(view, viewer, prepared, Changes(**changes), alt="").id  # type: ignore[arg-type]


def keep(client: Client, *posts: Post) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(unit, posts)
        bulk.settle(unit)


def send(client: Client, role: str, name: str, data: bytes, *, nonce: str | None = None, path: str = "") -> Page:
    """Sends a file by the form of `media-new.php`."""
    path = path or "media-new.php"
    given = client.nonce(role, path) if nonce is None else nonce
    body = b"".join(
        (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="_wpnonce"\r\n\r\n{given}\r\n'.encode(),
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n".encode(),
            data,
            f"\r\n--{BOUNDARY}--\r\n".encode(),
        )
    )
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.ask(role, "POST", path, body, content_type=kind, origin=HOME)


def item_of(page: Page) -> int:
    found = re.search(r"item=(\d+)", page.location)
    assert found is not None, page.location
    return int(found[1])


def known(client: Client, post_id: int) -> Post | None:
    with client.newsroom.view() as view:
        return view.lookup.post(post_id)


def kept(client: Client, post_id: int) -> Post:
    post = known(client, post_id)
    assert post is not None
    return post


def stored(client: Client) -> list[str]:
    return sorted(client.newsroom.files.all())


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
    ],
)
def test_what_is_refused_is_said_and_leaves_nothing(client: Client, name: str, data: bytes, told: str) -> None:
    page = send(client, "author", name, data)
    assert page.status == 400
    assert told in page.html
    assert 'type="file"' in page.html
    assert stored(client) == []


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


# ---- one file


def test_the_words_of_a_file_are_kept(client: Client) -> None:
    number = shelve(client)
    page = client.post("author", f"upload.php?item={number}", {"action": "save", **WORDS, "alt": "A <i>wall</i>\n"})
    assert page.location.endswith(f"upload.php?item={number}&updated=1")
    post = kept(client, number)
    assert (post.title, post.excerpt, post.content) == ("T", "C", "D")
    assert post.first_meta(library.ALT) == "A wall"
    client.post("author", f"upload.php?item={number}", {"action": "save", **WORDS, "alt": ""})
    assert kept(client, number).first_meta(library.ALT) == ""


def test_markup_is_kept_by_those_who_may_write_it(client: Client) -> None:
    number = shelve(client)
    form = {"action": "save", **WORDS, "content": "<script>x</script><b>y</b>"}
    client.post("author", f"upload.php?item={number}", form)
    assert kept(client, number).content == "x<b>y</b>"
    assert "<b>y</b>" not in client.get("author", f"upload.php?item={number}").html


def test_another_author_is_given_by_those_who_may(client: Client) -> None:
    number = shelve(client)
    assert "post_author" not in client.get("author", f"upload.php?item={number}").html
    client.post("author", f"upload.php?item={number}", {"action": "save", **WORDS, "post_author": 1})
    assert kept(client, number).author == 3
    page = client.post(
        "editor", f"upload.php?item={number}", {"action": "save", **WORDS, "post_title": "New", "post_author": 99}
    )
    assert page.status == 400
    assert "no such author" in page.text
    assert 'value="New"' in page.html
    assert kept(client, number).title == "T"
    client.post("editor", f"upload.php?item={number}", {"action": "save", **WORDS, "post_author": 2})
    assert kept(client, number).author == 2


def test_what_others_have_added_is_seen_and_left(client: Client) -> None:
    number = shelve(client, user=2, excerpt="Said <so>")
    page = client.get("author", f"upload.php?item={number}")
    assert "not change it" in page.text
    assert "Said &lt;so&gt;" in page.html
    assert "data-confirm" not in page.html
    for action in ("save", "attach:1", "detach", "copy"):
        assert client.post("author", f"upload.php?item={number}", {"action": action, **WORDS}).status == 403
    assert kept(client, number).excerpt == "Said <so>"


@pytest.mark.parametrize("item", ["0", "999", "50", "x", "99999999999999999999"])
def test_an_item_that_is_none(client: Client, item: str) -> None:
    keep(client, article(50, "p", author=3))
    assert client.get("editor", f"upload.php?item={item}").status == 404
    assert client.get("editor", f"upload.php?item={item}&mode=edit").status == 404
    assert client.post("editor", f"upload.php?item={item}", {"action": "save"}).status == 404


def test_neighbours_of_one_second(client: Client) -> None:
    first, middle, last = (shelve(client, f"{name}.txt", b"text") for name in "abc")
    page = client.get("author", f"upload.php?item={middle}")
    assert re.findall(r'href="[^"]*item=(\d+)" rel="(\w+)"', page.html) == [(str(last), "prev"), (str(first), "next")]


def test_players_and_links(client: Client) -> None:
    keep(
        client,
        article(60, "a", "inherit", type="attachment", mime_type="audio/mpeg", meta={"_wp_attached_file": ["a.mp3"]}),
        article(61, "b", "inherit", type="attachment", mime_type="video/mp4", meta={"_wp_attached_file": ["b.mp4"]}),
        article(62, "c", "inherit", type="attachment", mime_type="application/pdf", guid="/c.pdf"),
        article(63, "d", "inherit", type="attachment", mime_type="image/png", guid="javascript:alert(1)"),
    )
    assert re.search(r"<audio controls[^>]*/uploads/a\.mp3", client.get("author", "upload.php?item=60").html)
    assert re.search(r"<video controls[^>]*/uploads/b\.mp4", client.get("author", "upload.php?item=61").html)
    assert f'href="{HOME}/c.pdf"' in client.get("author", "upload.php?item=62").html
    assert "javascript:" not in client.get("author", "upload.php?item=63").html


# ---- where it is used, and what it hangs on


def test_where_a_file_is_used(client: Client) -> None:
    number = shelve(client, "wall.jpg")
    source = f"{HOME}/wp-content/uploads/2025/06/wall"
    keep(
        client,
        article(50, "led", title="Led", meta={"_thumbnail_id": [str(number)]}, author=2),
        article(51, "shown", title="Shown", content=f'<img src="{source}-300x225.jpg">', author=2),
        article(52, "other", title="Other", content=f'<img src="{source}paper.jpg">', author=2),
        article(53, "secret", "private", title="Secret", content=f'<a href="{source}.jpg">', author=2),
        article(54, "old", "trash", title="Gone", meta={"_thumbnail_id": [str(number)]}, author=2),
        article(
            55, "r", "inherit", type="revision", title="Rev", meta={"_thumbnail_id": [str(number)]}, parent=50, author=2
        ),
    )
    page = client.get("author", f"upload.php?item={number}")
    used = page.text[page.text.index("Where it is used") : page.text.index("Attached to")]
    found = {name for name in ("Led", "Shown", "Other", "Secret", "Gone", "Rev") if name in used}
    assert found == {"Led", "Shown"}
    assert "Secret" in client.get("editor", f"upload.php?item={number}").text
    assert "Featured image of 2 posts" in client.get("author", "upload.php?mode=list").text


def test_a_use_by_number_is_found(client: Client) -> None:
    number = shelve(client, "wall.jpg")
    gallery = f'[gallery ids="{number}"]'
    with client.newsroom.write() as view:
        viewer = viewer_of(view.site, view.lookup.user(2))
        publishing.create(view, viewer, "post", Changes(title="Gallery", content=gallery, status="publish"))
    assert "Gallery" in client.get("author", f"upload.php?item={number}").text


def test_attaching_and_detaching(client: Client) -> None:
    keep(
        client,
        article(50, "own", title="My storm", author=3),
        article(51, "others", title="Their storm", author=2),
    )
    number = shelve(client)
    page = client.get("author", f"upload.php?item={number}&find=storm")
    assert 'value="attach:50"' in page.html
    assert "attach:51" not in page.html
    assert 'value="attach:50"' in client.get("author", f"upload.php?item={number}&find=50").html
    assert client.post("author", f"upload.php?item={number}", {"action": "attach:51"}).status == 403
    for wrong in ("attach:999", f"attach:{number}", "attach:x", "attach"):
        assert client.post("author", f"upload.php?item={number}", {"action": wrong}).status == 400
    page = client.post("author", f"upload.php?item={number}", {"action": "attach:50"})
    assert page.location.endswith("attached=1")
    assert kept(client, number).parent == 50
    assert "My storm" in client.get("author", "upload.php?mode=list").text
    client.post("author", f"upload.php?item={number}", {"action": "detach"})
    assert kept(client, number).parent == 0


def test_a_parent_that_one_may_not_change_holds_its_files(client: Client) -> None:
    keep(client, article(51, "others", "private", title="Their storm", author=2))
    number = shelve(client, parent=51)
    page = client.get("author", f"upload.php?item={number}")
    assert "Their storm" not in page.text
    assert client.post("author", f"upload.php?item={number}", {"action": "detach"}).status == 403


# ---- edited copies


def copy(client: Client, number: int, **form: str) -> Page:
    whole = {"x": "0", "y": "0", "width": "100", "height": "100", "rotate": "0"}
    return client.post("author", f"upload.php?item={number}&mode=edit", {"action": "copy", **whole, **form})


def measured(client: Client, page: Page) -> tuple[object, object]:
    metadata = library.metadata_of(kept(client, item_of(page)))
    return metadata["width"], metadata["height"]


def test_a_part_becomes_a_copy(client: Client) -> None:
    number = shelve(client, title="Wall")
    client.post("author", f"upload.php?item={number}", {"action": "save", **WORDS})
    page = copy(client, number, x="25", y="0", width="50", height="33,3333")
    assert "copied=1" in page.location
    assert measured(client, page) == (200, 100)
    made = kept(client, item_of(page))
    assert made.id != number
    assert (made.title, made.excerpt, made.content, made.first_meta(library.ALT)) == ("T", "C", "D", "A")
    assert str(made.first_meta("_wp_attached_file")).endswith("wall-edited.jpg")
    assert "kept as a copy" in client.get("author", page.location.partition("/wp-admin/")[2]).text


def test_turning_comes_before_cutting(client: Client) -> None:
    number = shelve(client)
    assert measured(client, copy(client, number, rotate="90")) == (300, 400)
    assert measured(client, copy(client, number, rotate="270", width="50")) == (150, 400)
    assert measured(client, copy(client, number, across="1", down="1")) == (400, 300)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"width": "0"},
        {"x": "60", "width": "50"},
        {"x": "nan"},
        {"x": "-1"},
        {"y": "1e999"},
        {"height": "x"},
        {"width": "9" * 5000},
    ],
)
def test_what_cannot_be_made_comes_back_as_it_was_typed(client: Client, form: dict[str, str]) -> None:
    number = shelve(client)
    before = stored(client)
    page = copy(client, number, **form)
    assert page.status == 400
    assert 'role="alert"' in page.html
    for name, value in form.items():
        assert f'name="{name}" type="number" min="0" max="100" step="any" value="{value}"' in page.html
    assert stored(client) == before


def test_only_pictures_are_edited(client: Client) -> None:
    text, gone = shelve(client, "a.txt", b"text"), shelve(client, "gone.jpg")
    assert client.get("author", f"upload.php?item={text}&mode=edit").status == 400
    client.newsroom.files.place("2025/06/gone.jpg").unlink()
    page = copy(client, gone, rotate="90")
    assert page.status == 400
    assert "not there any more" in page.text


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
