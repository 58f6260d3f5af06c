"""Asking for embeds: whom, how, and what of an answer is shown."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.syndicate.elsewhere import Elsewhere
from wirepress.model.remote import RemoteKind, Wish
from wirepress.net.port import Fault, FetchError
from wirepress.render.embeds import wish_of
from wirepress.syndicate.oembed import asked, discovered, look_up, sandboxed
from wirepress.syndicate.providers import PROVIDERS, provider_of
from wirepress.syndicate.unreadable import Unreadable

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = '<iframe width="500" height="281" src="https://www.youtube.com/embed/dQw4w9WgXcQ" allowfullscreen></iframe>'
PAGE = "https://stranger.example/story/"
POINTER = '<html><head><link rel="alternate" type="application/json+oembed" href="/oembed?a=1&amp;url=x"></head></html>'


def wish(url: str, **attributes: str) -> Wish:
    return wish_of(url, attributes)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (FILM, "www.youtube.com"),
        ("https://m.youtube.com/shorts/abc", "www.youtube.com"),
        ("http://youtu.be/abc", "www.youtube.com"),
        ("https://vimeo.com/22439234", "vimeo.com"),
        ("https://x.com/ann/status/12", "publish.twitter.com"),
        ("https://bsky.app/profile/ann.example/post/3k", "embed.bsky.app"),
        ("https://www.tiktok.com/@ann/video/12", "www.tiktok.com"),
        ("https://www.youtube.com/feed/library", ""),
        ("https://youtube.com.evil.example/watch?v=1", ""),
        ("https://notyoutube.com/watch?v=1", ""),
        ("https://evil.example/https://www.youtube.com/watch?v=1", ""),
        ("javascript://www.youtube.com/watch?v=1", ""),
        ("https://[broken/watch", ""),
        ("", ""),
    ],
)
def test_providers_are_known_by_host_and_path(url: str, host: str) -> None:
    provider = provider_of(url)
    assert (urlsplit(provider.endpoint).hostname if provider else "") == host


def test_every_endpoint_is_asked_over_tls() -> None:
    assert all(provider.endpoint.startswith("https://") for provider in PROVIDERS)


def test_a_provider_is_asked_for_an_embed_of_the_size_that_fits() -> None:
    url = asked("https://a.example/oembed?for=b&format=xml", wish(FILM, width="400"))
    assert parse_qs(urlsplit(url).query) == {
        "for": ["b"], "format": ["json"], "maxwidth": ["400"], "maxheight": ["750"], "url": [FILM], "dnt": ["1"],
    }  # fmt: skip


def test_the_names_of_embeds_are_wordpresss() -> None:
    """As a WordPress kept them in the meta of posts."""
    assert wish(FILM).key == "cc2d7cb3bed61ed522814a412e9d5d36"
    assert wish("https://vimeo.com/22439234", width="400").key == "ded9c7a4f733de9ac1d6918991c368d1"


def test_what_a_trusted_provider_answers_is_shown_as_it_is_on_one_line() -> None:
    script = (
        '<blockquote>\n<pre>a\nb</pre></blockquote>\r\n<script async src="https://platform.example/w.js"></script>\n'
    )
    elsewhere = Elsewhere({"https://www.youtube.com/oembed": {"type": "rich", "html": script, "title": "T"}})
    data = look_up(wish(FILM), elsewhere)
    assert data["html"] == (
        '<blockquote><pre>a\nb</pre></blockquote><script async src="https://platform.example/w.js"></script>'
    )
    assert elsewhere.paths() == ["https://www.youtube.com/oembed"]


def test_a_frame_without_a_title_gets_that_of_the_answer() -> None:
    answer = {"type": "video", "html": PLAYER, "title": 'Never "Gonna" <b>', "width": 500}
    data = look_up(wish(FILM), Elsewhere({"https://www.youtube.com/oembed": answer}))
    assert data["html"].startswith('<iframe title="Never &quot;Gonna&quot; &lt;b&gt;" width="500" height="281" src=')
    assert (data["width"], data["title"]) == (500, 'Never "Gonna" <b>')
    titled = PLAYER.replace("<iframe ", '<iframe title="own" ')
    answer = {"type": "video", "html": titled, "title": "other"}
    assert look_up(wish(FILM), Elsewhere({"https://www.youtube.com/oembed": answer}))["html"] == titled


def test_pictures_and_links() -> None:
    photo: dict[str, Any] = {
        "type": "photo", "url": "https://img.example/a.jpg", "width": "640", "height": 480, "title": 'A "b"',
    }  # fmt: skip
    flickr = "https://www.flickr.com/photos/ann/1"
    endpoint = "https://www.flickr.com/services/oembed/"
    assert look_up(wish(flickr), Elsewhere({endpoint: photo}))["html"] == (
        f'<a href="{flickr}"><img src="https://img.example/a.jpg" alt="A &quot;b&quot;" width="640" height="480" /></a>'
    )
    link = {"type": "link", "title": "A <b>"}
    assert look_up(wish(flickr), Elsewhere({endpoint: link}))["html"] == f'<a href="{flickr}">A &lt;b&gt;</a>'
    for broken in ({"url": "javascript:alert(1)"}, {"url": 7}, {"width": "wide"}, {"height": None}, {"width": 1e999}):
        with pytest.raises(Unreadable):
            look_up(wish(flickr), Elsewhere({endpoint: photo | broken}))


def test_a_stranger_is_found_by_its_page_and_shown_in_a_sandbox() -> None:
    html = (
        f'<blockquote class="wp-embedded-content" onclick="x()"><a href="{PAGE}">Sto<b>ry</b></a></blockquote>'
        f"<iframe sandbox='allow-same-origin' src='{PAGE}embed/?a=1&b=2' onload='x()' width='600' height=\"338\" "
        "title='Story' srcdoc='<script>x()</script>' class='c'></iframe><script>steal()</script>"
    )
    answer = {"type": "rich", "html": html, "title": "Story", "width": 600, "height": 338}
    elsewhere = Elsewhere({PAGE: POINTER, "https://stranger.example/oembed": answer})
    shown = look_up(wish(PAGE), elsewhere)["html"]
    secret = re.search(r"#\?secret=(\w{10})\"", shown)
    assert secret is not None
    assert shown == (
        f'<blockquote class="wp-embedded-content" data-secret="{secret[1]}"><a href="{PAGE}">Story</a></blockquote>'
        '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" '
        'style="position: absolute; visibility: hidden;" '
        f'src="{PAGE}embed/?a=1&#038;b=2#?secret={secret[1]}" data-secret="{secret[1]}" '
        'width="600" height="338" title="Story"></iframe>'
    )
    assert elsewhere.robots[PAGE] is True


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p>words</p>",
        "<blockquote><a href='https://a.example/'>no frame</a></blockquote>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='data:text/html,<script>x()</script>'></iframe>",
        "<iframe src='//a.example/'></iframe>",
        "<iframe srcdoc='<script>x()</script>'></iframe>",
    ],
)
def test_a_stranger_without_a_frame_that_may_be_shown_is_refused(html: str) -> None:
    answer = {"type": "rich", "html": html}
    with pytest.raises(Unreadable):
        look_up(wish(PAGE), Elsewhere({PAGE: POINTER, "https://stranger.example/oembed": answer}))


@given(st.text() | st.from_regex(r"(<(blockquote|iframe|a|script)( (src|href|title|onload)=.{0,20})?>){0,6}"))
def test_a_sandbox_holds_nothing_that_runs(html: str) -> None:
    shown = sandboxed(html + "<iframe src='https://a.example/'></iframe>") or ""
    assert not re.search(r"<(?!/?(?:a|blockquote|iframe)\b)[a-z]", shown, re.IGNORECASE)
    for tag in re.findall(r"<[^>]*>", shown):
        assert not re.search(r"\s(on\w+|srcdoc)\s*=", re.sub(r'"[^"]*"', '""', tag), re.IGNORECASE)
    assert shown.count("<iframe") == shown.count('sandbox="allow-scripts"')


def test_a_trusted_endpoint_that_leads_elsewhere_is_trusted_no_more() -> None:
    script = {"type": "rich", "html": "<script>x()</script><iframe src='https://evil.example/'></iframe>"}
    elsewhere = Elsewhere({"https://www.youtube.com/oembed": script}, moved="https://evil.example/oembed")
    assert "<script" not in look_up(wish(FILM), elsewhere)["html"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"[]", b"null", b'"rich"', b'{"type":"rich"}', b'{"type":"rich","html":7}',
        b'{"type":"rich","html":"  "}', b'{"type":"x","html":"<p>"}', b'{"type":["rich"],"html":"<p>"}',
        b'{"html":"<p>"}', b'{"type":"link"}', b"[" * 30_000, b'{"a":' * 30_000, b"\xff\xfe\x00",
        json.dumps({"type": "rich", "html": "x" * 150_000}).encode(),
    ],
)  # fmt: skip
def test_answers_of_no_use_are_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        look_up(wish(FILM), Elsewhere({"https://www.youtube.com/oembed": body}))


def test_what_is_kept_of_an_answer_is_plain_and_bounded() -> None:
    answer: dict[str, Any] = {"type": "video", "html": PLAYER, "title": "x" * 9_000, "deep": {"a": 1}, "n\0": "a\0b"}
    answer |= {f"field{number}": number for number in range(100)}
    answer["half"] = "\ud800"
    data = look_up(wish(FILM), Elsewhere({"https://www.youtube.com/oembed": answer}))
    assert len(data) <= 40
    assert "title" not in data
    assert "deep" not in data
    json.dumps(data).encode()


def test_answers_are_fetched_within_bounds() -> None:
    elsewhere = Elsewhere({"https://www.youtube.com/oembed": b"x" * 60_000_000})
    with pytest.raises(FetchError) as caught:
        look_up(wish(FILM), elsewhere)
    assert caught.value.fault is Fault.SIZE


def test_pages_that_name_no_endpoint() -> None:
    for page in ("", "<p>x", POINTER.replace("json+oembed", "xml+oembed"), POINTER.replace("/oembed", "ftp://a/")):
        with pytest.raises(Unreadable):
            discovered(PAGE, Elsewhere({PAGE: page}))
    assert Wish(RemoteKind.EMBED, "k", PAGE).url == PAGE
