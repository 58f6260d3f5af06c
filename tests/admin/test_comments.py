"""Moderating comments: the list, what its buttons do, replies, the page of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.admin.client import Client
from tests.content.desk import article
from tests.store import many
from wirepress.admin.plain import begun, plain
from wirepress.model.comment import Comment
from wirepress.store import bulk
from wirepress.store import comments as store
from wirepress.store import posts as post_store

NASTY = (
    '<b onclick="x()" hx-get="/wp-admin/">Hello</b> <a href="https://spam.example/x">cheap</a><script>alert(1)</script>'
)


def said(number: int, post: int = 10, approved: str = "1", **fields: object) -> Comment:
    stamp = f"2025-06-{number:02}T10:00:00".replace("T", " ")
    given = {"author_name": f"Reader {number}", "author_email": f"r{number}@reader.example", "content": "I agree."}
    return Comment(number, post, approved=approved, date=stamp, date_gmt=stamp, **{**given, **fields})  # type: ignore[arg-type]


@pytest.fixture
def desk(client: Client) -> Client:
    """Article 10 is the author's, 11 the editor's, 12 the contributor's."""
    fill(
        client,
        [
            said(1),
            said(2, approved="0", content=NASTY, author_ip="192.0.2.44", author_url="https://spam.example/me"),
            said(3, 11, "spam"),
            said(4, 11, "trash", meta={"_wp_trash_meta_status": ["1"]}),
            said(5, 11, parent=0, user=2, author_name="Editor"),
            said(6, 12),
            said(7, 10, type="note", content="Between editors"),
            said(8, 10, parent=1, content="line\n" * 20),
        ],
    )
    return client


def fill(client: Client, comments: Sequence[Comment]) -> None:
    with client.newsroom.database.write() as unit:
        many.posts(
            unit,
            [
                article(10, "ten", title="Ten & <em>more</em>", author=3),
                article(11, "eleven", title="Eleven", author=2),
                article(12, "twelve", title="Twelve", author=4),
                article(13, "thirteen", "private", title="Thirteen", author=2),
            ],
        )
        many.comments(unit, list(comments))
        bulk.settle(unit)


def state(client: Client, number: int) -> str:
    with client.newsroom.view() as view:
        found = store.get(view.unit, number)
        return found.approved if found else "gone"


def shown(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<tr id="comment-(\d+)"', html)]


# ---- the list


def test_the_tabs_count(desk: Client) -> None:
    page = desk.get("editor", "edit-comments.php")
    tabs = re.search(r'(?s)<nav class="tabs".*?</nav>', page.html)
    assert tabs is not None
    words = " ".join(re.sub(r"<[^>]+>", " ", tabs[0]).split())
    assert words == "All 5 Mine 1 Pending 1 Approved 4 Spam 1 Trash 1"
    assert shown(page.html) == [8, 6, 5, 2, 1]
    for name, found in {"mine": [5], "moderated": [2], "approved": [8, 6, 5, 1], "spam": [3], "trash": [4]}.items():
        assert shown(desk.get("editor", f"edit-comments.php?comment_status={name}").html) == found


def test_empty_tabs_are_shown_as_well(client: Client) -> None:
    fill(client, [said(1)])
    page = client.get("editor", "edit-comments.php")
    words = " ".join(
        re.sub(r"<[^>]+>", " ", page.html.partition('<nav class="tabs"')[2].partition("</nav>")[0]).split()
    )
    assert words.endswith("All 1 Mine 0 Pending 0 Approved 1 Spam 0 Trash 0")


def test_the_menu_says_how_many_wait(desk: Client) -> None:
    assert "1 waiting" in " ".join(desk.get("editor", "").text.split())
    assert "waiting" not in re.sub(r"(?i)waiting for review", "", desk.get("contributor", "").text)
    assert "edit-comments.php" not in desk.get("subscriber", "").html


def test_notes_are_not_among_them(desk: Client) -> None:
    assert "Between editors" not in desk.get("administrator", "edit-comments.php").text
    assert desk.get("administrator", "comment.php?action=editcomment&c=7").status == 404


def test_markup_is_shown_as_text(desk: Client) -> None:
    page = desk.get("editor", "edit-comments.php?comment_status=moderated")
    assert "Hello cheap (https://spam.example/x)" in " ".join(page.text.split())
    assert not re.search(r"<b onclick|alert\(1\)|hx-get=\"/wp-admin/\"", page.html)
    assert "Ten & more" in page.text


def test_authors_are_searched_for_by_their_marks(desk: Client) -> None:
    html = desk.get("editor", "edit-comments.php").html
    for words in ("Reader+2", "r2%40reader.example", "192.0.2.44", "https%3A%2F%2Fspam.example%2Fme"):
        assert f"edit-comments.php?s={words}" in html
        assert shown(desk.get("editor", f"edit-comments.php?s={words}").html) == [2]


def test_filters(desk: Client) -> None:
    page = desk.get("editor", "edit-comments.php?p=10")
    assert shown(page.html) == [8, 2, 1]
    assert "On Ten & more" in " ".join(page.text.split())
    assert shown(desk.get("editor", "edit-comments.php?comment_type=pings").html) == []
    assert shown(desk.get("editor", "edit-comments.php?comment_type=comment&orderby=date&order=asc").html)[0] == 1
    assert desk.get("editor", "edit-comments.php?p=99999").status == 200


def test_a_page_behind_the_last_leads_to_the_last(desk: Client) -> None:
    page = desk.get("editor", "edit-comments.php?paged=9&comment_status=approved")
    assert page.status == 303
    assert page.location.endswith("edit-comments.php?paged=1&comment_status=approved")


def test_long_ones_are_bounded(desk: Client) -> None:
    html = desk.get("editor", "edit-comments.php?s=line").html
    assert html.count("<summary>Show all</summary>") == 1
    assert begun("short") == ""
    assert begun("word " * 300).endswith("word…")


def test_who_may_not_edit_others_sees_their_own(desk: Client) -> None:
    page = desk.get("author", "edit-comments.php")
    assert shown(page.html) == [8, 2, 1]
    assert "r2@reader.example" in page.text
    page = desk.get("contributor", "edit-comments.php")
    assert shown(page.html) == [6]
    assert "r6@reader.example" not in page.text
    assert "trash:6" not in page.html


def test_a_page_takes_few_statements(desk: Client) -> None:
    def statements() -> int:
        before = desk.newsroom.database.statements
        assert desk.get("editor", "edit-comments.php").status == 200
        return desk.newsroom.database.statements - before

    statements()
    few = statements()
    assert few <= 12
    with desk.newsroom.database.write() as unit:
        many.comments(unit, [said(number, 10 + number % 4, parent=1) for number in range(10, 28)])
        bulk.settle(unit)
    statements()  # the site has changed, and is read anew
    assert statements() <= few


# ---- what is done


@pytest.mark.parametrize(
    ("action", "number", "after", "done"),
    [
        ("approve", 2, "1", "approved"),
        ("unapprove", 1, "0", "unapproved"),
        ("spam", 2, "spam", "spammed"),
        ("unspam", 3, "0", "unspammed"),
        ("trash", 1, "trash", "trashed"),
        ("untrash", 4, "1", "untrashed"),
        ("delete", 4, "gone", "deleted"),
    ],
)
def test_a_row_s_button(desk: Client, action: str, number: int, after: str, done: str) -> None:
    page = desk.post("editor", "edit-comments.php?comment_status=x&p=1", {"action": f"{action}:{number}"})
    assert page.status == 303
    assert f"&p=1&{done}=1" in page.location
    assert state(desk, number) == after


def test_what_was_done_can_be_undone(desk: Client) -> None:
    page = desk.post("editor", "edit-comments.php", {"action": "trash", "comment": [1, 2]})
    assert page.location.endswith("?trashed=2&ids=1%2C2")
    html = desk.get("editor", "edit-comments.php?" + page.location.partition("?")[2]).html
    assert "2 items are in the trash." in html
    assert re.search(r'name="action" value="untrash" data-undo', html)
    desk.post("editor", "edit-comments.php", {"action": "untrash", "comment": [1, 2]})
    assert [state(desk, 1), state(desk, 2)] == ["1", "0"]


def test_who_was_faster_wins(desk: Client) -> None:
    for action, number in (("untrash", 1), ("unspam", 2), ("delete", 1), ("approve", 4), ("trash", 7)):
        before = state(desk, number)
        assert desk.post("editor", "edit-comments.php", {"action": f"{action}:{number}"}).status == 303
        assert state(desk, number) == before


def test_others_comments_are_left_alone(desk: Client) -> None:
    page = desk.post("author", "edit-comments.php", {"action": "trash", "comment": [1, 5]})
    assert "trashed=1" in page.location
    assert "skipped=1" in page.location
    assert [state(desk, 1), state(desk, 5)] == ["trash", "1"]
    desk.post("contributor", "edit-comments.php", {"action": "spam:6"})
    assert state(desk, 6) == "1"


def test_emptying(desk: Client) -> None:
    page = desk.post("editor", "edit-comments.php?comment_status=spam", {"action": "empty"})
    assert "deleted=1" in page.location
    assert [state(desk, 3), state(desk, 4)] == ["gone", "trash"]
    desk.post("author", "edit-comments.php?comment_status=trash", {"action": "empty"})
    assert state(desk, 4) == "trash"
    desk.post("editor", "edit-comments.php", {"action": "empty"})
    assert state(desk, 1) == "1"


# ---- replies


def test_a_reply_has_a_state_of_its_own_without_script(desk: Client) -> None:
    html = desk.get("editor", "edit-comments.php?reply=2").html
    assert "Approve and reply" in html
    assert "Approve and reply" not in desk.get("editor", "edit-comments.php?reply=1").html
    assert 'id="f-reply"' not in desk.get("editor", "edit-comments.php?reply=3&comment_status=spam").html
    assert 'id="f-reply"' not in desk.get("contributor", "edit-comments.php?reply=6").html


def test_a_reply_approves_what_it_answers(desk: Client) -> None:
    page = desk.post("author", "edit-comments.php?reply=2&p=10", {"action": "reply", "content": "Thanks <b>you</b>"})
    assert page.location.endswith("?p=10&replied=1&approved=1")
    assert state(desk, 2) == "1"
    with desk.newsroom.view() as view:
        [made] = store.load(view.unit, (9,)).values()
    assert (made.parent, made.post, made.user, made.approved, made.author_ip) == (2, 10, 3, "1", "192.0.2.7")
    assert made.content == "Thanks <b>you</b>"


def test_a_refused_reply_loses_nothing(desk: Client) -> None:
    desk.post("editor", "edit-comments.php?reply=1", {"action": "reply", "content": "Twice"})
    page = desk.post("editor", "edit-comments.php?reply=1", {"action": "reply", "content": "Twice"})
    assert page.status == 400
    assert ">Twice</textarea>" in page.html
    assert "This has been said already." in page.text
    page = desk.post("editor", "edit-comments.php?reply=1", {"action": "reply", "content": " "})
    assert "A comment has to say something." in page.text


def test_others_may_not_reply(desk: Client) -> None:
    assert desk.post("author", "edit-comments.php?reply=5", {"action": "reply", "content": "x"}).status == 403
    assert desk.post("contributor", "edit-comments.php?reply=6", {"action": "reply", "content": "x"}).status == 403


# ---- the page of one


def test_editing(desk: Client) -> None:
    page = desk.get("editor", "comment.php?action=editcomment&c=2")
    assert page.status == 200
    assert "&lt;script&gt;alert(1)" in page.html
    form = {
        "author_name": "Ada",
        "author_email": "ada@reader.example",
        "author_url": "",
        "content": "Better",
        "date": "2025-06-01T08:30",
        "state": "1",
        "back": "p=10&trashed=3&x=%0d%0aSet-Cookie: a",
    }
    page = desk.post("editor", "comment.php?action=editcomment&c=2", form)
    assert page.status == 303
    assert "\n" not in page.location
    assert page.location.endswith("?p=10&x=%0D%0ASet-Cookie%3A+a&updated=1")
    with desk.newsroom.view() as view:
        found = store.get(view.unit, 2)
    assert found is not None
    assert (found.author_name, found.content, found.date, found.approved) == (
        *("Ada", "Better", "2025-06-01 08:30:00"),
        "1",
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("author_email", "nobody", "This is no e-mail address."),
        ("content", "  ", "A comment has to say something."),
        ("date", "tomorrow", "This is no date."),
        ("date", "2025-02-31T10:00", "This is no date."),
        ("author_name", "x" * 300, "This is too long."),
    ],
)
def test_refused_changes_come_back(desk: Client, field: str, value: str, words: str) -> None:
    form = {"author_name": "A", "author_email": "", "author_url": "", "content": "Typed", "date": "2025-06-01T08:30:00"}
    page = desk.post("editor", "comment.php?c=1", {**form, field: value})
    assert page.status == 400
    assert words in page.text
    assert value.strip() in page.html
    assert state(desk, 1) == "1"


def test_mails_lead_to_a_question(desk: Client) -> None:
    page = desk.get("editor", "comment.php?action=approve&c=2")
    assert "Approve this comment?" in page.text
    assert state(desk, 2) == "0"
    page = desk.post("editor", "comment.php?action=approve&c=2", {"action": "approve"})
    assert "approved=1" in page.location
    assert "Approve this comment?" not in desk.get("editor", "comment.php?action=approve&c=2").text


def test_only_who_may_edits(desk: Client) -> None:
    assert desk.get("author", "comment.php?c=1").status == 200
    assert desk.get("author", "comment.php?c=5").status == 403
    assert desk.post("author", "comment.php?c=5", {"content": "x"}).status == 403
    assert desk.get("contributor", "comment.php?c=6").status == 403


def test_comments_of_a_deleted_article(desk: Client) -> None:
    with desk.newsroom.database.write() as unit:
        unit.run("UPDATE comments SET post = 0 WHERE id = 6")
    page = desk.get("editor", "edit-comments.php")
    assert "An article that is gone" in page.text
    assert desk.get("editor", "comment.php?c=6").status == 200


def test_hidden_articles_hide_their_comments(desk: Client) -> None:
    with desk.newsroom.database.write() as unit:
        many.comments(unit, [said(30 - 1, 13, user=3)])
        post_store.update(unit, 12, password="secret")
    assert 29 not in shown(desk.get("author", "edit-comments.php").html)
    assert 29 in shown(desk.get("editor", "edit-comments.php").html)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a<br />b", "a\nb"),
        ("<p>a</p>\n<p>b</p>", "a\n\nb"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ("<a href='javascript:x'>y</a> z", "y (javascript:x) z"),
        ("<a href=x>y", "y"),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_plain_text(content: str, text: str) -> None:
    assert plain(content) == text


def test_plain_text_is_quick_whatever_it_is_of() -> None:
    for sign in ("<a ", "<a href=", "<", "</a>", "<a><", "\n ", "<!--", "&lt;"):
        assert len(plain(sign * 20_000)) < 100_000
