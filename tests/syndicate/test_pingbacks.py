"""Pingbacks: what another site says of its link is believed when its page was looked at."""

from __future__ import annotations

from html import unescape
from typing import Any
from xmlrpc.client import Fault, dumps, loads

import pytest

from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import HOME, Site
from wirepress.content import remote
from wirepress.content.comments import pingbacks
from wirepress.content.comments.writing import LONGEST
from wirepress.content.identity.attempts import PINGBACKS, Attempts
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.remote import RemoteKind, Wish
from wirepress.model.web import Request
from wirepress.net.port import Fetcher
from wirepress.syndicate.remote import PASSING, PINGBACK_TRIES, look_up_due
from wirepress.wp.xmlrpc.pingback import KNOWN
from wirepress.wp.xmlrpc.server import XmlRpc

SOURCE = "https://elsewhere.example/story"
PAGE = (
    "<html><head><title>A {title}</title></head><body><p>They say <a href='{link}'>so</a> &amp; more.</p></body></html>"
)


def published(site: Site, **more: Any) -> tuple[Post, str]:
    """A new post that takes pingbacks, and its address."""
    given: dict[str, Any] = {"title": "Ours", "content": "Words", "status": "publish", "ping_status": "open", **more}
    with site.newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(**given))
        return post, view.lookup.permalink(post)


def call(site: Site, method: str, *params: str, remote: str = "192.0.2.1") -> Any:
    server = XmlRpc(site.newsroom, Attempts(site.newsroom))
    body = dumps(params, method).encode()
    [[value], _] = loads(server.answer(Request("POST", "/xmlrpc.php", sent=body, remote=remote)).body)
    return value


def fault(site: Site, *params: str, method: str = "pingback.ping", **more: str) -> int:
    with pytest.raises(Fault) as caught:
        call(site, method, *params, **more)
    return caught.value.faultCode


def look(site: Site, fetcher: Fetcher) -> int:
    return look_up_due(site.newsroom, fetcher, 10)


def comments(site: Site) -> list[tuple[Any, ...]]:
    with site.newsroom.view() as view:
        sql = "SELECT author_name, author_url, content, approved, type FROM comments ORDER BY id"
        return [tuple(row) for row in view.unit.rows(sql)]


def waiting(site: Site) -> int:
    """How many pages are still to be looked at."""
    with site.newsroom.view() as view:
        return int(view.unit.rows("SELECT count(*) FROM remote_answers")[0][0])


def test_a_page_that_links_to_a_post_becomes_a_comment_that_waits(site: Site) -> None:
    _, link = published(site)
    assert call(site, "pingback.ping", SOURCE, link)
    assert comments(site) == []
    page = PAGE.format(title="&lt;b&gt;story", link=link.removeprefix("https:"))
    assert look(site, Elsewhere({SOURCE: page})) == 1
    words = "[&#8230;] They say so &amp; more. [&#8230;]"
    assert comments(site) == [("A &lt;b&gt;story", SOURCE, words, "0", "pingback")]
    assert fault(site, SOURCE, link) == KNOWN
    assert call(site, "pingback.extensions.getPingbacks", link) == []
    with site.newsroom.write() as view:
        view.unit.run("UPDATE comments SET approved = '1'", ())
    assert call(site, "pingback.extensions.getPingbacks", link) == [SOURCE]


WITHOUT = (
    PAGE.format(title="x", link="https://other.example/"),
    PAGE.format(title="x", link=f"{HOME}/nothing/"),
    PAGE.format(title="x", link=HOME),
    "<a href='{link}'>no title</a>",
    "",
    b"\0\1",
)


@pytest.mark.parametrize("page", WITHOUT, ids=range(len(WITHOUT)))
def test_a_page_without_the_link_is_forgotten(site: Site, page: Any) -> None:
    _, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    if isinstance(page, str):
        page = page.replace("{link}", link)
    look(site, Elsewhere({SOURCE: page}))
    assert comments(site) == []


def test_what_cannot_be_pinged_asks_nobody(site: Site) -> None:
    _, closed = published(site, ping_status="closed")
    _, draft = published(site, status="draft")
    _, private = published(site, status="private")
    _, link = published(site)
    for target in (closed, draft, private, "https://other.example/", f"{HOME}/nothing/", "", "x", HOME, "x" * 3_000):
        assert fault(site, SOURCE, target) == 0
    for source in ("", "x", link, "file:///etc/passwd", "ftp://a.example/", "https://a.example/" + "x" * 3_000):
        assert fault(site, source, link) == 0
    assert look(site, Elsewhere({})) == 0


def test_a_post_that_was_closed_meanwhile_takes_none(site: Site) -> None:
    post, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    with site.newsroom.write() as view:
        publishing.update(view, NEWSROOM, post.id, Changes(ping_status="closed"))
    look(site, Elsewhere({SOURCE: PAGE.format(title="x", link=link)}))
    assert comments(site) == []


def test_a_network_has_some_looks_an_hour(site: Site) -> None:
    _, link = published(site)
    for number in range(PINGBACKS.most):
        call(site, "pingback.ping", f"{SOURCE}/{number}", link)
    assert fault(site, f"{SOURCE}/more", link) == 0
    assert call(site, "pingback.ping", f"{SOURCE}/more", link, remote="198.51.100.1")


def test_a_page_that_does_not_answer_is_soon_given_up(site: Site) -> None:
    _, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    for _ in range(PINGBACK_TRIES):
        assert look(site, Elsewhere({})) == 1
        site.clock.later(days=30)
    assert look(site, Elsewhere({})) == 0
    assert waiting(site) == 0
    assert call(site, "pingback.ping", SOURCE, link)
    assert look(site, Elsewhere({SOURCE: PAGE.format(title="x", link=link)})) == 1
    assert len(comments(site)) == 1


def test_all_that_are_due_together_are_kept(site: Site) -> None:
    """Those of one network, and of several posts."""
    elsewhere, sources = {}, set()
    for number in range(6):
        _, link = published(site, title=f"Post {number}")
        source = f"{SOURCE}/{number}"
        sources.add(source)
        call(site, "pingback.ping", source, link)
        elsewhere[source] = PAGE.format(title=f"story {number}", link=link)
    assert look(site, Elsewhere(elsewhere)) == 6
    with site.newsroom.view() as view:
        rows = view.unit.rows("SELECT author_url, author_ip FROM comments")
    assert {tuple(row) for row in rows} == {(source, "192.0.2.1") for source in sources}
    assert waiting(site) == 0


def test_one_whose_comment_was_deleted_may_come_again(site: Site) -> None:
    _, link = published(site)
    elsewhere = Elsewhere({SOURCE: PAGE.format(title="x", link=link)})
    for _ in range(2):
        assert call(site, "pingback.ping", SOURCE, link)
        assert look(site, elsewhere) == 1
        assert len(comments(site)) == 1
        with site.newsroom.write() as view:
            view.unit.run("DELETE FROM comments", ())


def test_a_page_that_links_here_later_is_seen_at_the_second_look(site: Site) -> None:
    _, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    look(site, Elsewhere({SOURCE: PAGE.format(title="x", link="https://other.example/")}))
    site.clock.later(seconds=PASSING + 1)
    look(site, Elsewhere({SOURCE: PAGE.format(title="x", link=link)}))
    assert len(comments(site)) == 1


def test_what_waits_is_bounded_and_in_nobodys_way(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is to be looked at for the first time or once more; an editor's wishes are another matter."""
    monkeypatch.setattr(pingbacks, "MOST_WAITING", 3)
    monkeypatch.setattr(remote, "MOST_WAITING", 3)
    _, link = published(site)
    for number in range(3):
        call(site, "pingback.ping", f"{SOURCE}/{number}", link)
    assert fault(site, f"{SOURCE}/more", link) == 0
    look(site, Elsewhere({}))
    assert fault(site, f"{SOURCE}/more", link) == 0
    with site.newsroom.write() as view:
        assert remote.ask_for(view, Wish(RemoteKind.PAGE, "k", SOURCE))


def test_what_is_refused_writes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _, closed = published(site, ping_status="closed")
    _, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    look(site, Elsewhere({SOURCE: PAGE.format(title="x", link=link)}))
    for number in range(PINGBACKS.most - 1):
        call(site, "pingback.ping", f"{SOURCE}/{number}", link)

    def written(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(site.newsroom, "write", written)
    assert fault(site, SOURCE, closed) == 0
    assert fault(site, "x", link) == 0
    assert fault(site, SOURCE, link) == KNOWN
    assert fault(site, f"{SOURCE}/more", link) == 0


def test_an_address_is_known_again_whatever_signs_it_holds(site: Site) -> None:
    _, link = published(site)
    source = f"{SOURCE}?a=1&b=2"
    call(site, "pingback.ping", source.replace("&", "&amp;"), link)
    look(site, Elsewhere({SOURCE: PAGE.format(title="x", link=link)}))
    assert [row[1] for row in comments(site)] == [source.replace("&", "&amp;")]
    assert fault(site, source, link) == KNOWN
    with site.newsroom.write() as view:
        view.unit.run("UPDATE comments SET approved = '1'", ())
    assert call(site, "pingback.extensions.getPingbacks", link) == [source]


def test_an_address_that_no_comment_holds_is_refused_at_once(site: Site) -> None:
    _, link = published(site)
    room = LONGEST["author_url"] - len(SOURCE) - 1
    longest = f"{SOURCE}/{'x' * room}"
    assert fault(site, longest + "x", link) == 0
    assert fault(site, f"{SOURCE}/{'é' * room}", link) == 0
    assert call(site, "pingback.ping", longest, link)
    look(site, Elsewhere({longest: PAGE.format(title="x", link=link)}))
    assert [row[1] for row in comments(site)] == [longest]


@pytest.mark.parametrize("sign", ["&amp;", "é", "&quot;", "x", "\U0001f600"])
def test_no_entity_of_a_long_title_is_cut(site: Site, sign: str) -> None:
    _, link = published(site)
    call(site, "pingback.ping", SOURCE, link)
    look(site, Elsewhere({SOURCE: PAGE.format(title=sign * 300, link=link)}))
    [[name, *_]] = comments(site)
    assert 180 < len(name.encode()) <= LONGEST["author_name"]
    shown = unescape(name)
    assert shown == ("A " + unescape(sign) * 300)[: len(shown)]


def test_private_addresses_are_never_asked(site: Site) -> None:
    """The gate is in the way of whatever a stranger names, and they are told no more than of any other page."""
    _, link = published(site)
    assert call(site, "pingback.ping", "http://192.168.0.1/", link) == call(site, "pingback.ping", SOURCE, link)
    with site.newsroom.write() as view:
        view.unit.run("DELETE FROM remote_answers WHERE url = ?", (SOURCE,))
    assert look(site, site.fetcher) == 1
    with site.newsroom.view() as view:
        [[memory]] = view.unit.rows("SELECT CAST(memory AS TEXT) FROM remote_answers")
    assert "not a public address" in memory
    assert comments(site) == []
