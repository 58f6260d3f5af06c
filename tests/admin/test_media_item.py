"""One file of the library: its words, where it is used, what it hangs on, and edited copies."""

from __future__ import annotations

import re

import pytest

from tests.admin.client import Client, Page
from tests.admin.media import WORDS, item_of, keep, kept, shelve, stored
from tests.content.desk import HOME, article
from wirepress.content.identity.viewer import viewer_of
from wirepress.content.media import library
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes

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
