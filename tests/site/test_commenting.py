"""Readers comment: the form, what becomes of it, who sees what, and what hostile forms come to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.app.press import ADDRESS
from tests.site.commenting import ANN, Site, fields_in, words
from wirepress.content import options
from wirepress.content.comments import addresses
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.store import comments as store

# ---- a person


def test_a_persons_comment_comes_through_in_one_go(open_site: Site) -> None:
    sent = open_site.comment(ANN)
    assert sent.status == 302
    assert sent.header("location") == f"{ADDRESS}{open_site.path}#comment-1"
    tree = open_site.page()
    assert words(tree, ".comment-author") == ["Ann"]
    assert words(tree, ".comment-text") == [ANN["comment"]]
    assert words(tree, "#comments-title") == ["1 comment"]


def test_a_page_that_was_kept_for_hours_and_a_tab_that_was_open_for_days_do(open_site: Site) -> None:
    for number, days in enumerate((0.4, 2, 6.9)):
        fields = fields_in(open_site.page())
        open_site.wait(days * 86_400)
        assert open_site.send({**fields, **ANN, "comment": f"Number {number}"}).status == 302
    assert open_site.states() == ["1", "1", "1"]


def test_a_first_comment_waits_and_its_sender_alone_is_shown_it_for_a_while(site: Site) -> None:
    where = site.comment(ANN).header("location").removeprefix(ADDRESS).partition("#")[0]
    assert re.search(r"\?unapproved=1&moderation-hash=[0-9a-f]{32}\Z", where)
    shown = site.get(where)
    assert ANN["comment"].encode() in shown.body
    assert "no-store" in shown.header("cache-control")
    assert shown.header("etag") == ""
    assert words(LexborHTMLParser(shown.body.decode()), ".comment .comment-note")
    for other in (site.path, where[:-1] + ("0" if where[-1] != "0" else "1"), where.replace("=1&", "=2&")):
        assert ANN["comment"].encode() not in site.get(other).body
    site.wait(601)
    assert ANN["comment"].encode() not in site.get(where).body


def test_who_moderates_is_told_of_what_waits_and_the_author_of_what_is_shown(site: Site) -> None:
    with site.newsroom.write() as view:
        options.set(view.unit, "admin_email", "desk@example.com")
    site.comment(ANN)
    assert [mail.to for mail in site.mails] == ["desk@example.com"]


def test_an_answer_is_written_under_what_it_answers(open_site: Site) -> None:
    open_site.comment(ANN)
    [link] = open_site.page().css(".comment-reply a")
    there = str(link.attributes["href"]).removeprefix(ADDRESS).partition("#")[0]
    assert there == f"{open_site.path}?replytocom=1"
    tree = open_site.page(there)
    assert tree.css("#comment-1 #respond")
    assert words(tree, "#reply-title") == ["Reply to Ann"]
    assert [node.attributes["id"] for node in tree.css("[id=respond]")] == ["respond"]
    assert "log in" not in tree.css("#comments")[0].text()
    assert tree.css("meta[name=robots]")[0].attributes["content"] == "noindex, follow"
    assert tree.css("#cancel-comment-reply-link")[0].attributes["href"] == f"{ADDRESS}{open_site.path}#respond"
    open_site.comment({"author": "Ben", "email": "ben@example.org", "comment": "And more of it."}, there)
    assert words(open_site.page(), ".comment-answers .comment-author") == ["Ben"]


def test_threads_are_as_deep_as_the_site_says(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", comment_previously_approved="0", thread_comments_depth="2")
    for number in range(4):
        site.comment(ANN | {"comment": f"Level {number}"}, f"{site.path}?replytocom={number}")
    assert words(site.page(), ".comment-list > .comment > .comment-body .comment-text") == ["Level 0"]
    assert words(site.page(), ".comment-answers .comment-text") == ["Level 1", "Level 2", "Level 3"]
    assert not site.page().css(".comment-answers .comment-answers")
    site.close()


def test_names_are_remembered_for_those_who_want_it_and_for_nobody_else(open_site: Site) -> None:
    sent = open_site.comment(ANN | {"url": "https://ann.example/"})
    lines = [value for name, value in sent.headers if name == "set-cookie"]
    assert len(lines) == 3
    assert all("Max-Age=0" in line for line in lines)
    agreed = {"wp-comment-cookies-consent": "yes", "url": "https://ann.example/"}
    sent = open_site.comment(ANN | agreed | {"comment": "Once more."})
    lines = [value for name, value in sent.headers if name == "set-cookie"]
    assert all("HttpOnly" in line and "Max-Age=31536000" in line for line in lines)
    cookie = "; ".join(line.partition(";")[0] for line in lines)
    shown = open_site.get(cookie=cookie)
    fields = fields_in(LexborHTMLParser(shown.body.decode()))
    assert (fields["author"], fields["email"], fields["url"]) == ("Ann", "ann@example.org", "https://ann.example/")
    assert fields["wp-comment-cookies-consent"] == "yes"
    assert "no-store" in shown.header("cache-control")
    assert fields_in(open_site.page())["author"] == ""


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"email": "nobody"}, 200, "no e-mail address"),
        ({"author": " "}, 200, "your name"),
        ({"comment": " \n "}, 200, "not written"),
        ({"author": "x" * 246}, 200, "too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_written_is_lost(
    site: Site, changed: dict[str, str], status: int, said: str
) -> None:
    reply = site.comment(ANN | changed)
    tree = LexborHTMLParser(reply.body.decode())
    assert reply.status == status
    assert said in words(tree, "[role=alert]")[0]
    kept = fields_in(tree)
    wanted = {**ANN, **changed}
    assert all(kept[name].strip() == wanted[name].strip() for name in ANN)
    assert "no-store" in reply.header("cache-control")
    sent = site.send({**kept, **ANN})
    assert sent.status == 302
    assert site.states() == ["0"]


def test_what_can_no_longer_be_sent_is_shown_to_its_writer(site: Site) -> None:
    fields = fields_in(site.page())
    with site.newsroom.write() as view:
        view.unit.run("UPDATE posts SET comment_status = 'closed' WHERE id = ?", (site.post,))
        view.unit.raise_epoch()
    reply = site.send({**fields, **ANN})
    tree = LexborHTMLParser(reply.body.decode())
    assert (reply.status, words(tree, ".comment-kept")) == (403, [ANN["comment"]])
    assert not tree.css("form.comment-form")


def test_the_same_twice_and_too_much_at_once_are_refused(open_site: Site) -> None:
    assert open_site.comment(ANN).status == 302
    assert open_site.comment(ANN).status == 409
    assert open_site.comment(ANN | {"comment": "First"}).status == 302
    soon = open_site.comment(ANN | {"comment": "Second"}, after=10)
    assert (soon.status, soon.header("retry-after")) == (429, "15")
    for number in range(18):
        assert open_site.comment(ANN | {"comment": f"Again {number}"}).status == 302
    late = open_site.comment(ANN | {"comment": "One too many"})
    assert late.status == 429
    assert 0 < int(late.header("retry-after")) <= 3600
    open_site.wait(int(late.header("retry-after")))
    assert open_site.comment(ANN | {"comment": "Later"}).status == 302


# ---- those who have logged in


def test_users_comment_under_their_names_and_their_pages_are_kept_for_nobody(site: Site) -> None:
    cookie = site.login()
    before = site.get()
    shown = site.get(cookie=cookie)
    tree = LexborHTMLParser(shown.body.decode())
    assert "Logged in as" in words(tree, ".comment-form-note")[0]
    assert "no-store" in shown.header("cache-control")
    assert not tree.css("#author, #email")
    assert site.get().body == before.body
    assert (
        site.comment({"comment": "From the desk <iframe src='https://a.example/'></iframe>"}, cookie=cookie).status
        == 302
    )
    with site.newsroom.view() as view:
        comment = store.get(view.unit, 1)
        assert comment is not None
        assert (comment.approved, comment.user > 0, comment.author_ip) == ("1", True, "192.0.2.1")
        assert "<iframe" in comment.content


def test_html_of_users_is_filtered_without_their_forms_nonce(site: Site) -> None:
    fields = {"comment_post_ID": str(site.post), "comment": "x <iframe src='https://a.example/'></iframe>"}
    assert site.send(fields, cookie=site.login()).status == 302
    with site.newsroom.view() as view:
        comment = store.get(view.unit, 1)
        assert comment is not None
        assert "<iframe" not in comment.content


def test_where_only_users_comment_readers_are_led_to_the_login(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", comment_registration="1")
    tree = site.page()
    assert not tree.css("#commentform")
    [link] = tree.css("#respond a")
    assert str(link.attributes["href"]).startswith(f"{ADDRESS}/wp-login.php?redirect_to=")
    assert site.send({"comment_post_ID": str(site.post), **ANN}).status == 403
    site.close()


# ---- pages, pictures, addresses


def test_comments_are_shown_a_page_at_a_time(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", comment_previously_approved="0", page_comments="1", comments_per_page="2")
    for number in range(1, 6):
        site.comment(ANN | {"comment": f"Number {number}"})
    assert words(site.page(), ".comment-text") == ["Number 5"]
    first = f"{site.path}comment-page-1/"
    assert words(site.page(first), ".comment-text") == ["Number 1", "Number 2"]
    links = [
        str(link.attributes["href"]).removeprefix(ADDRESS)
        for link in site.page(f"{site.path}comment-page-2/").css(".comment-paging a")
    ]
    assert links == [f"{first}#comments", f"{site.path}#comments"]
    assert site.page(first).css("link[rel=canonical]")[0].attributes["href"] == ADDRESS + first
    beyond = site.page(f"{site.path}comment-page-9/")
    assert beyond.css("meta[name=robots]")[0].attributes["content"] == "noindex, follow"
    site.close()


@pytest.mark.parametrize(("shown", "gravatar", "asks"), [("1", "0", False), ("1", "1", True), ("0", "1", False)])
def test_readers_browsers_ask_gravatar_only_where_the_owner_wants_it(
    tmp_path: Path, shown: str, gravatar: str, asks: bool
) -> None:
    site = Site(tmp_path / "site", comment_previously_approved="0", show_avatars=shown, wirepress_gravatar=gravatar)
    site.comment(ANN)
    page = site.get().body
    assert (b"gravatar.com" in page) is asks
    assert (b'class="avatar avatar-' in page) is (shown == "1" and not asks)
    site.close()


def test_blocks_with_pictures_of_people_ask_gravatar_for_none_either(open_site: Site) -> None:
    open_site.comment(ANN)
    with open_site.newsroom.write() as view:
        block = "<p>Before.</p><!-- wp:latest-comments /--><p>After.</p>"
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Voices", content=block, status="publish"))
        where = view.lookup.permalink(post).removeprefix(ADDRESS)
    page = open_site.get(where).body
    assert b"gravatar.com" not in page
    assert b"wp-block-latest-comments" in page
    assert b"After." in page
    with open_site.newsroom.write() as view:
        options.set(view.unit, "wirepress_gravatar", "1")
    assert b"secure.gravatar.com/avatar/" in open_site.get(where).body


def test_where_comments_came_from_is_forgotten(site: Site) -> None:
    site.comment(ANN)
    site.wait(29 * 86_400)
    assert addresses.forget(site.newsroom) == 0
    site.wait(2 * 86_400)
    assert [addresses.forget(site.newsroom) for _ in range(2)] == [1, 0]
    with site.newsroom.view() as view:
        comment = store.get(view.unit, 1)
        assert comment is not None
        assert (comment.author_ip, comment.agent, comment.author_email) == ("", "", "ann@example.org")
        persons = view.unit.rows("SELECT count(*) FROM audit_people WHERE ip <> ''")
        assert persons[0][0] == 0


def test_an_etag_does_not_hang_on_when_the_form_was_made(site: Site) -> None:
    before = site.get()
    site.wait(3600)
    site.client.app.known.answers.clear()
    after = site.get()
    assert before.body != after.body
    assert before.header("etag") == after.header("etag") != ""
