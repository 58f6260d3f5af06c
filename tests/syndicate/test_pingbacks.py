"""Pingbacks: what another site says of its link is believed when its page was looked at."""

from __future__ import annotations

from typing import Any
from xmlrpc.client import Fault, dumps, loads

import pytest

from tests.syndicate.elsewhere import Elsewhere
from tests.syndicate.site import HOME, Site
from wirepress.content.identity.attempts import PINGBACKS, Attempts
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.web import Request
from wirepress.net.port import Fetcher
from wirepress.syndicate.remote import PINGBACK_TRIES, look_up_due
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
