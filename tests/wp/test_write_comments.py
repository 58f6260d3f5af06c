"""Taking, changing and moderating comments over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.content.desk import OPTIONS, article
from tests.wp.conftest import Writers
from tests.wp.writer import Answered, Writer
from wirepress.store import bulk
from wirepress.store import posts as post_store

POST, CLOSED, DRAFT, BINNED, SECRET, PRIVATE, PAGE = range(10, 17)
OPEN = {"comment_status": "open"}


def furnish(writer: Writer) -> Writer:
    """Posts of an author (3) of every kind that a comment may meet."""
    posts = (
        article(POST, "post", author=3, **OPEN),
        article(CLOSED, "closed", comment_status="closed"),
        article(DRAFT, "draft", "draft", author=3, **OPEN),
        article(BINNED, "binned", "trash", **OPEN),
        article(SECRET, "secret", password="sesame", **OPEN),
        article(PRIVATE, "private", "private", author=2, **OPEN),
        article(PAGE, "page", type="page", **OPEN),
    )
    with writer.newsroom.database.write() as unit:
        for post in posts:
            post_store.insert(unit, post, id=post.id)
        bulk.settle(unit)
    return writer


@pytest.fixture
def writer(writers: Writers) -> Writer:
    return furnish(writers())


def say(writer: Writer, role: str, content: Any = "A word", post: int = POST, **more: Any) -> Answered:
    return writer.post(role, "/comments", {"post": post, "content": content, **more})


def counted(writer: Writer, post: int = POST) -> int:
    with writer.newsroom.view() as view:
        found = view.lookup.post(post)
        assert found is not None
        return found.comment_count


def test_a_subscribers_first_comment_waits(writer: Writer) -> None:
    epoch = writer.epoch
    made = say(writer, "subscriber", 'Hi <b>b</b> <script>x</script> <a href="http://a.example/">a</a>')
    assert (made.status, made.value["status"]) == (201, "hold")
    assert (made.value["author"], made.value["author_name"]) == (5, "Subscriber")
    assert {"author_email", "author_ip"}.isdisjoint(made.value)
    kept = writer.get("editor", f"/comments/{made.value['id']}", "context=edit").value
    assert kept["content"]["raw"] == 'Hi <b>b</b> x <a href="http://a.example/" rel="nofollow ugc">a</a>'
    assert (kept["author_ip"], kept["author_user_agent"]) == ("192.0.2.7", "test/1")
    assert counted(writer) == 0
    assert writer.epoch == epoch
    assert writer.get("", "/comments").value == []


def test_an_approved_comment_is_counted_and_shown(writer: Writer) -> None:
    number = say(writer, "subscriber").value["id"]
    approved = writer.post("editor", f"/comments/{number}", {"status": "approve"})
    assert approved.value["status"] == "approved"
    assert counted(writer) == 1
    assert [c["id"] for c in writer.get("", "/comments").value] == [number]
    writer.clock.moment += timedelta(minutes=1)
    assert say(writer, "subscriber", "Another").value["status"] == "approved", "known by now"


def test_editors_and_authors_of_the_post_are_shown_at_once(writer: Writer) -> None:
    assert say(writer, "editor").value["status"] == "approved"
    assert say(writer, "author", "Mine").value["status"] == "approved"
    made = say(writer, "administrator", "<iframe src='x'></iframe>")
    assert made.value["content"]["raw"] == "<iframe src='x'></iframe>", "he may write what he wants"


@pytest.mark.parametrize(
    ("role", "body", "status", "code"),
    [
        ("", {}, 401, "rest_comment_login_required"),
        ("subscriber", {"content": " "}, 400, "rest_comment_content_invalid"),
        ("subscriber", {"content": 5}, 400, "rest_comment_content_invalid"),
        ("subscriber", {"post": 0}, 403, "rest_comment_invalid_post_id"),
        ("subscriber", {"post": 999}, 403, "rest_comment_invalid_post_id"),
        ("subscriber", {"post": CLOSED}, 403, "rest_comment_closed"),
        ("author", {"post": DRAFT}, 403, "rest_comment_draft_post"),
        ("editor", {"post": BINNED}, 403, "rest_comment_trash_post"),
        ("subscriber", {"post": SECRET}, 403, "rest_cannot_read_post"),
        ("subscriber", {"post": PRIVATE}, 403, "rest_cannot_read_post"),
        ("subscriber", {"author": 2}, 403, "rest_comment_invalid_author"),
        ("subscriber", {"author_ip": "10.0.0.1"}, 403, "rest_comment_invalid_author_ip"),
        ("subscriber", {"author_ip": "x"}, 400, "rest_invalid_param"),
        ("subscriber", {"status": "approve"}, 403, "rest_comment_invalid_status"),
        ("editor", {"author": 99}, 400, "rest_comment_author_invalid"),
        ("editor", {"type": "pingback"}, 400, "rest_invalid_comment_type"),
        ("editor", {"id": 5}, 400, "rest_comment_exists"),
        ("editor", {"author_email": "nobody"}, 400, "rest_invalid_param"),
        ("editor", {"author_email": True}, 400, "rest_invalid_param"),
        ("editor", {"author_email": ["a@b.example"]}, 400, "rest_invalid_param"),
        ("editor", {"author_name": "n"}, 400, "rest_comment_author_data_required"),
        ("editor", {"author_name": "0", "author_email": "a@b.example"}, 400, "rest_comment_author_data_required"),
        ("editor", {"author_name": "n", "author_email": "0"}, 400, "rest_comment_author_data_required"),
        ("editor", {"author": 0}, 400, "rest_comment_author_invalid"),
        ("editor", {"author": -1}, 400, "rest_comment_author_invalid"),
        ("subscriber", {"author": 0}, 403, "rest_comment_invalid_author"),
        ("editor", {"author": 3, "author_name": ""}, 400, "rest_comment_author_data_required"),
        ("editor", {"author_name": "é" * 123, "author_email": "a@b.example"}, 400, "comment_author_column_length"),
        ("editor", {"content": "x" * 65_526}, 400, "comment_content_column_length"),
        ("editor", {"author_user_agent": "x" * 256}, 500, "rest_comment_failed_create"),
        ("editor", {"date": "yesterday"}, 400, "rest_invalid_param"),
    ],
)
def test_what_is_not_taken(writer: Writer, role: str, body: dict[str, Any], status: int, code: str) -> None:
    refused = writer.post(role, "/comments", {"post": POST, "content": "A word", **body})
    assert (refused.status, refused.code) == (status, code)
    assert writer.get("editor", "/comments", "status=all").value == []
    assert counted(writer) == 0


def test_a_protected_post_takes_comments_with_its_password(writer: Writer) -> None:
    assert say(writer, "subscriber", post=SECRET, password="sesame").status == 201


def test_old_articles_may_be_closed(writers: Writers) -> None:
    options = {"close_comments_for_old_posts": "1", "close_comments_days_old": "14"}
    writer = furnish(writers(options=options))
    assert say(writer, "editor").code == "rest_comment_closed"
    assert say(writer, "editor", post=PAGE).status == 201


def test_the_same_is_not_said_twice(writer: Writer) -> None:
    first = say(writer, "editor", "Élan vital")
    again = say(writer, "editor", "elan VITAL")
    assert (again.status, again.code) == (409, "comment_duplicate")
    assert say(writer, "editor", "Élan vital", parent=first.value["id"]).status == 201, "an answer is another place"
    assert say(writer, "administrator", "Élan vital").status == 201, "somebody else may"


def test_a_flood_is_stopped_by_user_and_by_address(writers: Writers) -> None:
    writer = furnish(writers(options={"rest_allow_anonymous_comments": "1"}))
    named = {"author_name": "A", "author_email": "a@reader.example"}
    assert say(writer, "subscriber", "1").status == 201
    assert say(writer, "subscriber", "2").code == "comment_flood"
    assert say(writer, "contributor", "2").status == 201, "another user from the same address"
    assert writer.post("", "/comments", {"post": POST, "content": "3", **named}).code == "comment_flood"
    other = {"post": POST, "content": "3", **named}
    assert writer.post("", "/comments", other, remote="198.51.100.9").status == 201
    assert writer.post("", "/comments", {**other, "content": "4"}, remote="198.51.100.10").code == "comment_flood"
    writer.clock.moment += timedelta(seconds=14)
    assert say(writer, "subscriber", "5").code == "comment_flood"
    writer.clock.moment += timedelta(seconds=1)
    assert say(writer, "subscriber", "5").status == 201
    assert say(writer, "editor", "6").status == 201
    assert say(writer, "editor", "7").status == 201, "who moderates is not held up"


def test_strangers_comment_where_the_site_lets_them(writers: Writers) -> None:
    writer = furnish(writers(options={"rest_allow_anonymous_comments": "1"}))
    body = {"post": POST, "content": "x", "author_name": "A <b>", "author_email": "A@reader.example",
            "author_url": "javascript:1"}  # fmt: skip
    made = writer.post("", "/comments", body)
    assert (made.status, made.value["status"], made.value["author"]) == (201, "hold", 0)
    assert (made.value["author_name"], made.value["author_url"]) == ("A", "")
    assert writer.post("", "/comments", {"post": POST, "content": "y"}).code == "rest_comment_author_data_required"
    closed = furnish(writers(options={"rest_allow_anonymous_comments": "1", "comment_registration": "1"}))
    assert closed.post("", "/comments", body).code == "rest_comment_login_required"


@pytest.mark.parametrize(
    ("options", "content", "status"),
    [
        ({"comment_previously_approved": "0"}, "fine", "approved"),
        ({"comment_previously_approved": "0", "comment_moderation": "1"}, "fine", "hold"),
        ({"comment_previously_approved": "0", "moderation_keys": "casino\n test/1 "}, "fine", "hold"),
        ({"comment_previously_approved": "0", "moderation_keys": "CASINO"}, "my casinos", "hold"),
        ({"comment_previously_approved": "0", "disallowed_keys": "casino"}, "my <i>cas</i>ino", "trash"),
        ({"comment_previously_approved": "0"}, "http://a.example " * 2, "hold"),
        ({"comment_previously_approved": "0", "comment_max_links": "3"}, "http://a.example " * 2, "approved"),
        ({"comment_previously_approved": "0", "comment_max_links": "0"}, "http://a.example " * 9, "approved"),
    ],
)
def test_what_the_sites_options_hold_back(
    writers: Writers, options: dict[str, str], content: str, status: str
) -> None:  # fmt: skip
    writer = furnish(writers(options=options))
    assert say(writer, "subscriber", content).value["status"] == status


def test_statuses_and_back(writer: Writer) -> None:
    number = say(writer, "editor").value["id"]
    for status, shown, count in (
        ("hold", "hold", 0),
        ("spam", "spam", 0),
        ("unspam", "hold", 0),
        ("approve", "approved", 1),
        ("trash", "trash", 0),
        ("untrash", "approved", 1),
        ("bogus", "approved", 1),
    ):
        answered = writer.post("editor", f"/comments/{number}", {"status": status})
        assert (answered.value["status"], counted(writer)) == (shown, count), status
    with writer.newsroom.view() as view:
        assert view.unit.rows("SELECT CAST(meta AS TEXT) FROM comments") == [("{}",)]


def test_links_are_counted_in_one_look(writers: Writers) -> None:
    writer = furnish(writers(options={"comment_max_links": "2", "comment_previously_approved": "0"}))
    one = '<a title="x" HREF="http://a.example/" href="http://b.example/">a</a>'
    assert say(writer, "subscriber", one).value["status"] == "approved"
    writer.clock.moment += timedelta(minutes=1)
    assert say(writer, "subscriber", one * 2).value["status"] == "hold"
    writer.clock.moment += timedelta(minutes=1)
    assert say(writer, "subscriber", "<a " * 20_000).status == 201


def test_the_trash(writer: Writer) -> None:
    number = say(writer, "editor").value["id"]
    answer = say(writer, "editor", "An answer", parent=number).value["id"]
    trashed = writer.delete("editor", f"/comments/{number}")
    assert (trashed.status, trashed.value["status"]) == (200, "trash")
    again = writer.delete("editor", f"/comments/{number}")
    assert (again.status, again.code) == (410, "rest_already_trashed")
    gone = writer.delete("editor", f"/comments/{number}", "force=true")
    assert (gone.value["deleted"], gone.value["previous"]["status"]) == (True, "trash")
    assert writer.get("editor", f"/comments/{answer}").value["parent"] == 0
    assert writer.delete("editor", f"/comments/{number}").code == "rest_comment_invalid_id"


def test_changing_fields(writer: Writer) -> None:
    number = say(writer, "editor").value["id"]
    body = {"content": "Said <b>again</b>", "author": 3, "author_url": "http://x.example/?a=1&b=2", "post": PAGE,
            "date": "2024-05-05T05:05:05"}  # fmt: skip
    changed = writer.ask("administrator", "PUT", f"/comments/{number}", body).value
    assert (changed["author_name"], changed["author_email"]) == ("Author", "author@news.example.com")
    assert changed["author_url"] == "http://x.example/?a=1&amp;b=2"
    assert (changed["date"], changed["date_gmt"]) == ("2024-05-05T05:05:05", "2024-05-05T05:05:05")
    assert (counted(writer), counted(writer, PAGE)) == (0, 1)
    refusals: tuple[tuple[dict[str, Any], int, str], ...] = (
        ({"content": ""}, 400, "rest_comment_content_invalid"),
        ({"post": 999}, 403, "rest_comment_invalid_post_id"),
        ({"type": "note"}, 404, "rest_comment_invalid_type"),
        ({"author": 99}, 400, "rest_comment_author_invalid"),
    )
    for change, status, code in refusals:
        refused = writer.post("editor", f"/comments/{number}", change)
        assert (refused.status, refused.code) == (status, code)
    assert writer.get("editor", f"/comments/{number}").value["author_name"] == "Author"


def test_an_authors_text_stays_as_plain_as_he_may_write(writer: Writer) -> None:
    number = say(writer, "subscriber").value["id"]
    changed = writer.post("administrator", f"/comments/{number}", {"content": "<p>p</p><b>b</b>"})
    assert changed.value["content"]["raw"] == "p<b>b</b>"


def test_who_may_change(writer: Writer) -> None:
    number = say(writer, "subscriber").value["id"]
    route = f"/comments/{number}"
    assert writer.post("", route, {"content": "x"}).code == "rest_cannot_edit"
    assert writer.post("subscriber", route, {"content": "x"}).code == "rest_cannot_edit"
    assert writer.delete("subscriber", route).code == "rest_cannot_delete"
    assert writer.post("author", route, {"content": "on my post"}).status == 200
    assert writer.post("author", route, {"author": 1}).code == "rest_comment_invalid_author"
    assert writer.post("author", route, {"post": PAGE}).code == "rest_cannot_edit"


def test_answers_are_told_of(writer: Writer) -> None:
    number = say(writer, "editor").value["id"]
    epoch = writer.epoch
    say(writer, "subscriber", "an answer that waits", parent=number)
    assert "children" in writer.get("", f"/comments/{number}").value["_links"]
    assert writer.epoch > epoch


def test_notes_of_editors(writer: Writer) -> None:
    made = say(writer, "author", "Check this", post=DRAFT, type="note", status="hold")
    assert (made.status, made.value["type"], made.value["status"]) == (201, "note", "hold")
    number = made.value["id"]
    resolved = {"parent": number, "type": "note", "meta": {"_wp_note_status": "resolved"}}
    answer = say(writer, "author", "", post=DRAFT, **resolved)
    assert (answer.status, answer.value["meta"]) == (201, {"_wp_note_status": "resolved"})
    wrong = {**resolved, "meta": {"_wp_note_status": "maybe"}}
    assert say(writer, "author", "", post=DRAFT, **wrong).code == "rest_comment_content_invalid"
    assert say(writer, "author", "x", post=DRAFT, **wrong).code == "rest_not_in_enum"
    refused = say(writer, "subscriber", "not mine", meta=resolved["meta"])
    assert (refused.code, refused.value["data"]) == ("rest_cannot_update", {"key": "_wp_note_status", "status": 403})
    assert say(writer, "contributor", "x", post=DRAFT, type="note").code == "rest_cannot_create_note"
    assert writer.post("", "/comments", {"post": DRAFT, "type": "note"}).code == "rest_comment_login_required"
    assert counted(writer, DRAFT) == 0
    asked = f"context=edit&type=note&status=all&post={DRAFT}"
    assert {note["id"] for note in writer.get("author", "/comments", asked).value} == {number, answer.value["id"]}
    assert writer.get("author", f"/comments/{number}", "context=edit").status == 200
    assert writer.get("author", "/comments", "context=edit&type=note").code == "rest_forbidden_context"
    assert writer.get("author", "/comments", f"context=edit&post={DRAFT}").code == "rest_forbidden_context"
    writer.delete("author", f"/comments/{number}")
    assert writer.get("editor", f"/comments/{answer.value['id']}").value["status"] == "trash"


def test_the_latest_comments_of_a_post_follow(writer: Writer) -> None:
    block = {"title": "t", "content": "<!-- wp:latest-comments /-->", "status": "publish"}
    number = writer.post("editor", "/posts", block).value["id"]

    def shown() -> str:
        text: str = writer.get("", f"/posts/{number}").value["content"]["rendered"]
        return text

    assert "No comments" in shown()
    comment = say(writer, "editor").value["id"]
    assert f"#comment-{comment}" in shown()
    writer.delete("editor", f"/comments/{comment}")
    assert f"#comment-{comment}" not in shown()


@pytest.mark.parametrize(
    ("options", "pages"),
    [
        ({}, ["", "", "", ""]),
        ({"page_comments": "1"}, ["comment-page-1/", "comment-page-1/", "comment-page-1/", "comment-page-2/"]),
        ({"page_comments": "1", "default_comments_page": "oldest"}, ["", "", "", "comment-page-2/"]),
        ({"page_comments": "1", "thread_comments": "0", "comments_per_page": "1"},
         ["comment-page-1/", "comment-page-2/", "comment-page-3/", "comment-page-3/"]),
        ({"page_comments": "1", "comments_per_page": "0"}, ["", "", "", ""]),
        ({"page_comments": "1", "permalink_structure": ""}, ["&cpage=1", "&cpage=1", "&cpage=1", "&cpage=2"]),
    ],
)  # fmt: skip
def test_a_comments_link_names_its_page(writers: Writers, options: dict[str, str], pages: list[str]) -> None:
    """Comments are counted by threads: an answer stands where its thread begins."""
    writer = furnish(writers(options={**OPTIONS, "comments_per_page": "2", **options}))
    first, second = (say(writer, "administrator", f"{n}", date=f"2024-01-0{n}T00:00:00").value["id"] for n in (1, 2))
    answer = say(writer, "administrator", "3", parent=first, date="2024-01-03T00:00:00").value["id"]
    last = say(writer, "administrator", "4", date="2024-01-04T00:00:00").value["id"]
    found = {c["id"]: c["link"] for c in writer.get("", "/comments").value}
    links = [found[number] for number in (first, second, answer, last)]
    page = links[0].partition("#")[0].removesuffix(pages[0])
    assert links == [f"{page}{pages[i]}#comment-{n}" for i, n in enumerate((first, second, answer, last))]


def test_a_comment_that_waits_has_its_page_for_who_wrote_it(writers: Writers) -> None:
    writer = furnish(writers(options={**OPTIONS, "page_comments": "1", "comments_per_page": "1"}))
    user = writer.get("author", "/users/me").value["id"]
    waiting = say(writer, "administrator", "1", author=user, date="2024-01-01T00:00:00", status="hold")
    assert waiting.value["status"] == "hold"
    last = say(writer, "administrator", "2", date="2024-01-02T00:00:00").value["id"]
    for role, page in (("", 1), ("author", 2), ("editor", 1)):
        assert f"comment-page-{page}/" in writer.get(role, f"/comments/{last}").value["link"], role


def test_a_link_to_what_has_no_pretty_address_ends_as_all_do(writer: Writer) -> None:
    number = say(writer, "administrator").value["id"]
    assert writer.post("editor", f"/posts/{POST}", {"title": "A", "status": "draft"}).status == 200
    link = writer.get("administrator", f"/comments/{number}").value["link"]
    assert link == f"https://news.example.com/?p={POST}/#comment-{number}"


def test_a_note_shows_the_notes_under_it(writer: Writer) -> None:
    post = writer.post("editor", "/posts", {"title": "P", "status": "publish"}).value["id"]
    body = {"post": post, "type": "note", "content": "n"}
    note = writer.post("editor", "/comments", body).value["id"]
    answer = writer.post("editor", "/comments", {**body, "parent": note}).value["id"]
    shown = writer.get("editor", f"/comments/{note}", "context=edit&_embed=children").value
    assert shown["_links"]["children"][0]["href"].endswith(f"/wp/v2/comments?parent={note}&type=note&status=all")
    assert [one["id"] for one in shown["_embedded"]["children"][0]] == [answer]
