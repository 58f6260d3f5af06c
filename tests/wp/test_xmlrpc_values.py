"""XML-RPC: odd values in what is sent and kept, and what becomes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xmlrpc.client import Binary, DateTime, dumps, loads

import pytest

from tests.content.conftest import rooms
from tests.wp.browser import PASSWORD
from tests.wp.guessing import clock, desk, newsroom, verified
from tests.wp.test_xmlrpc import Program, program, token
from wirepress.content.newsroom import Newsroom
from wirepress.model.web import Request
from wirepress.wp.xmlrpc.values import encoded

__all__ = ["clock", "desk", "newsroom", "program", "rooms", "verified"]
ME = (1, "editor", PASSWORD)
ODD: list[Any] = [
    "²", "9" * 5_000, -1, 2**31 - 1, True, 1.5, [[]], {"a": {}}, Binary(b"\xff"), DateTime("20251399T99:99:99"),
]  # fmt: skip


def fields_of(program: Program, number: str) -> list[tuple[str, str]]:
    """The custom fields of a post."""
    found = program.call("wp.getPost", *ME, number, ["custom_fields"])["custom_fields"]
    return [(one["key"], one["value"]) for one in found]


def made(program: Program, **given: Any) -> str:
    """A new post."""
    return str(program.call("wp.newPost", *ME, {"post_title": "x", "post_content": "y", **given}))


# ---- custom fields


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_field_that_is_removed_twice_takes_no_other_along(program: Program, times: int, place: int) -> None:
    sent = [("k", "1"), ("k", "2"), ("k", "3"), ("m", "4")]
    number = made(program, custom_fields=[{"key": key, "value": value} for key, value in sent])
    fields = program.call("wp.getPost", *ME, number, ["custom_fields"])["custom_fields"]
    gone = [{"id": fields[place]["id"]}] * times
    assert program.call("wp.editPost", *ME, number, {"custom_fields": gone}) is True
    assert fields_of(program, number) == sent[:place] + sent[place + 1 :]


# ---- numbers and dates


@pytest.mark.parametrize(("length", "shown"), [("²", 0), ("9" * 5_000, 10**18), ("12 ", 12), ("٣", 0), ("-5", 0)])
def test_the_length_of_a_file_is_a_number_whatever_was_kept(program: Program, length: str, shown: int) -> None:
    file = {"url": "https://example.org/b.mp3", "length": length, "type": "audio/mpeg"}
    number = made(program, enclosure=file)
    answers = [
        program.call("wp.getPost", *ME, number, ["enclosure"]),
        program.call("metaWeblog.getPost", number, "editor", PASSWORD),
    ]
    assert [one["enclosure"]["length"] for one in answers] == [shown] * 2


NO_DATES = ["20251399T99:99:99", "20250230T00:00:00", "20250301T24:00:00", "٢٠٢٥0101T00:00:00", "00000101T00:00:00",
            "tomorrow"]  # fmt: skip


@pytest.mark.parametrize("written", NO_DATES)
def test_what_is_no_date_is_refused(program: Program, newsroom: Newsroom, written: str) -> None:
    me = (1, "editor", token(newsroom, 2))
    number = made(program, comment_status="open", post_status="publish")
    comment = program.call("wp.newComment", *me, number, {"content": "So it is"})
    kept = program.call("wp.getComment", *me, comment)
    date = DateTime(written)
    for method, *params in (
        ("wp.editComment", *me, comment, {"date_created_gmt": date}),
        ("wp.newPost", *me, {"post_title": "z", "post_date": date}),
        ("wp.newPost", *me, {"post_title": "z", "post_date_gmt": date}),
        ("wp.editPost", *me, number, {"post_date": date}),
        ("wp.editPost", *me, number, {"post_title": "z", "if_not_modified_since": date}),
        ("metaWeblog.newPost", *me, {"title": "z", "dateCreated": date}, False),
        ("metaWeblog.editPost", number, *me[1:], {"title": "z", "date_created_gmt": date}, True),
    ):
        assert program.fault(method, *params) == 500
    assert program.call("wp.getComment", *me, comment) == kept
    with newsroom.view() as view:
        assert view.unit.rows("SELECT count(*) FROM posts WHERE title = 'z'")[0][0] == 0


def test_a_date_of_zeros_changes_none(program: Program) -> None:
    """So WordPress writes what has no date; a program may send back what it has read."""
    number = made(program, comment_status="open", post_status="publish")
    comment = program.call("wp.newComment", *ME, number, {"content": "So it is"})
    zeros = DateTime("00000000T00:00:00Z")
    dates = [program.call("wp.getPost", *ME, number)["post_date"], loads_date("20250615T12:00:00")]
    assert program.call("wp.editPost", *ME, number, {"post_date": zeros, "post_date_gmt": zeros}) is True
    assert program.call("metaWeblog.editPost", number, "editor", PASSWORD, {"dateCreated": zeros}, True) is True
    given = {"date_created_gmt": zeros, "content": "So it was"}
    assert program.call("wp.editComment", *ME, comment, given) is True
    shown = program.call("wp.getComment", *ME, comment)
    assert (shown["content"], shown["date_created_gmt"]) == ("So it was", dates[1])
    assert program.call("wp.getPost", *ME, number)["post_date"] == dates[0]


@pytest.mark.parametrize("written", ["00010101T00:00:00Z", "99991231T23:59:59Z", "19700101T00:00:00"])
def test_the_first_and_the_last_dates_are_dates(program: Program, written: str) -> None:
    number = made(program, post_date_gmt=DateTime(written))
    assert program.call("wp.getPost", *ME, number)["post_date"] == loads_date(written)


def loads_date(written: str) -> datetime:
    """A date as a program reads it."""
    return datetime.fromisoformat(written.rstrip("Z"))


# ---- queries


@pytest.mark.parametrize(
    ("query", "found"), [("rsd", 200), ("a=1&" * 101 + "rsd=", 200), ("a=1&" * 101, 405), ("a=rsd", 405)]
)
def test_a_query_of_many_words_is_read(program: Program, query: str, found: int) -> None:
    response = program.server.answer(Request("GET", "/xmlrpc.php", query))
    assert response.status == found
    hello = program.post(dumps((), "demo.sayHello"), query="&".join(["a=1"] * 1_000))
    assert loads(hello.body)[0] == ("Hello!",)


# ---- members of structs

POST: dict[str, Any] = {"post_title": "x", "post_content": "y"}
TOLD: dict[str, Any] = {"title": "x", "description": "y"}
MEMBERS: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("wp.newPost", ME, POST, """post_type post_status post_title post_author post_excerpt post_content post_date_gmt
        post_date post_format post_name post_password comment_status ping_status sticky post_thumbnail post_parent
        menu_order custom_fields terms terms_names enclosure"""),
    ("wp.editPost", (*ME, 1), POST, "if_not_modified_since custom_fields menu_order"),
    ("metaWeblog.newPost", ME, TOLD, """post_type wp_slug wp_password wp_page_parent_id wp_page_order wp_author_id
        title description mt_excerpt mt_text_more mt_keywords mt_allow_comments mt_allow_pings mt_tb_ping_urls
        date_created_gmt dateCreated categories sticky custom_fields enclosure wp_post_format wp_post_thumbnail
        post_status"""),
    ("wp.newTerm", ME, {"taxonomy": "category", "name": "x"}, "taxonomy name slug description parent custom_fields"),
    ("wp.newCategory", ME, {"name": "x"}, "name slug description parent_id"),
    ("wp.newComment", (*ME, 1), {"content": "x"}, "content comment_parent"),
    ("wp.editComment", (*ME, 1), {"content": "x"}, "status date_created_gmt content author author_url author_email"),
    ("wp.editProfile", ME, {}, "first_name last_name url display_name nickname nicename bio"),
    ("wp.getPosts", ME, {}, "post_type post_status number offset orderby order s"),
    ("wp.getComments", ME, {}, "status post_id post_type number offset"),
    ("wp.getUsers", (1, "administrator", PASSWORD), {}, "role who number offset orderby order"),
    ("wp.getMediaLibrary", ME, {}, "parent_id mime_type number offset"),
    ("wp.getTerms", (*ME, "category"), {}, "number offset orderby order hide_empty search"),
    ("wp.uploadFile", ME, {"name": "x.txt"}, "name type bits post_id"),
]  # fmt: skip
"""What methods take: those before the struct, what stands in it beside what is odd, the names of its members."""


@pytest.mark.parametrize(("method", "before", "given", "names"), MEMBERS, ids=[one[0] for one in MEMBERS])
def test_odd_members_of_structs_end_in_an_answer(
    program: Program, newsroom: Newsroom, method: str, before: tuple[Any, ...], given: dict[str, Any], names: str
) -> None:
    word = token(newsroom, 1 if "administrator" in before else 2)  # quicker than a password
    before = tuple(word if one == PASSWORD else one for one in before)
    number = made(program, comment_status="open", post_status="publish")
    assert int(program.call("wp.newComment", *ME, number, {"content": "So it is"})) == 1
    if method == "wp.editPost":
        before = (*before[:3], number)
    for name in names.split():
        calls = [{"methodName": method, "params": [*before, {**given, name: value}]} for value in ODD]
        answers: Any = loads(program.post(dumps((calls,), "system.multicall")).body)[0][0]
        assert len(answers) == len(ODD), name


# ---- queries of posts, and numbers as texts


def test_any_status_is_every_one_that_is_searched(program: Program) -> None:
    sent = {status: made(program, post_status=status) for status in ("draft", "pending", "private", "publish")}
    gone = made(program)
    assert program.call("wp.deletePost", *ME, gone) is True
    for asked in ("any", ["any"], "any,trash", ["draft", "any"]):
        shown = program.call("wp.getPosts", *ME, {"post_status": asked})
        assert {one["post_status"]: one["post_id"] for one in shown} == sent
    assert program.call("wp.getPosts", *ME, {"post_status": "nothing," * 40_000}) == []
    assert len(program.call("wp.getPosts", *ME, {"post_status": "nothing," * 40_000 + "draft"})) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(5.0, "5"), (-0.5, "-0.5"), (0.1 + 0.2, "0.3"), (1e25, "1.0E+25"), (1.5e-7, "1.5E-7"), (3.14159265, "3.14159265")],
)
def test_a_number_is_kept_as_php_writes_it(program: Program, sent: float, kept: str) -> None:
    number = made(program, custom_fields=[{"key": "size", "value": sent}])
    assert fields_of(program, number) == [("size", kept)]
    assert encoded(sent) == f"<double>{kept}</double>"
