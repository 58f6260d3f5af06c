"""What is embedded from other sites is a link, until somebody follows it or the owner has it loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from tests.site.blocks.conftest import stepped
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.content import options
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.web import Request

FILM = '<iframe title="Nine days of fog" src="https://www.youtube.com/embed/abcdefghijk?x=1" width="5"></iframe>'
OWN = (
    '<blockquote class="wp-embedded-content" data-secret="a"><a href="https://b.example/x/">X</a></blockquote><iframe '
    'class="wp-embedded-content" style="position: absolute" src="https://b.example/x/embed/" data-secret="a"></iframe>'
)


def cards(html: str, *, frames: bool = False) -> list[tuple[str, str, str]]:
    page = LexborHTMLParser(stepped(html, frames=frames))
    return [
        (card.attributes["href"] or "", card.css(".embed-card-provider")[0].text(), card.css("strong")[0].text())
        for card in page.css("a.embed-card")
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (FILM, ("https://www.youtube.com/watch?v=abcdefghijk", "YouTube", "Nine days of fog")),
        ('<iframe src="//player.vimeo.com/video/12?h=1">', ("https://vimeo.com/12", "Vimeo", "Open it at Vimeo")),
        (
            '<IFRAME SRC=" HTTPS://Maps.Example/a?b=1&amp;c=2 ">x</IFRAME>',
            ("https://maps.example/a?b=1&c=2", "maps.example", "Open it at maps.example"),
        ),
        (
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b"></iframe>',
            ("https://soundcloud.com/a/b", "SoundCloud", "Open it at SoundCloud"),
        ),
        (
            '<iframe src="https://w.soundcloud.com/player/?url=javascript:alert(1)"></iframe>',
            ("https://w.soundcloud.com/player/?url=javascript:alert(1)", "SoundCloud", "Open it at SoundCloud"),
        ),
        (
            '<div class="wp-block-embed__wrapper">\nhttps://video.example/?a=1&amp;b=2\n</div>',
            ("https://video.example/?a=1&b=2", "video.example", "Open it at video.example"),
        ),
        (
            '<iframe title="&lt;b&gt;&quot;x" src="https://a.example/&quot;&gt;&lt;b&gt;"></iframe>',
            ("https://a.example/%22%3E%3Cb%3E", "a.example", '<b>"x'),
        ),
    ],
)
def test_a_frame_of_another_site_is_a_card(written: str, expected: tuple[str, str, str]) -> None:
    assert cards(f"<p>before</p>{written}") == [expected]
    assert "<iframe" not in stepped(written).lower()


@pytest.mark.parametrize(
    "written",
    [
        '<iframe src="https://news.example.com/about/"></iframe>',
        '<iframe src="/about/"></iframe>',
        '<iframe srcdoc="x"></iframe>',
        '<iframe src="about:blank"></iframe>',
        "<p>&lt;iframe src=https://a.example&gt;</p>",
        "<!-- <iframe src='https://a.example'></iframe> -->",
    ],
)
def test_what_asks_no_other_site_stays(written: str) -> None:
    assert stepped(written) == written


def test_an_article_of_another_site_is_its_link_or_its_frame() -> None:
    assert "<iframe" not in stepped(OWN)
    assert 'href="https://b.example/x/"' in stepped(OWN)
    assert "<blockquote" not in stepped(OWN, frames=True)
    assert 'style=""' in stepped(OWN, frames=True)
    assert stepped(FILM, frames=True) == FILM


@pytest.mark.parametrize(
    "written",
    [
        "<iframe src='https://a.example/'" + " x" * 50_000,
        "<iframe src=https://a.example/>" * 20_000,
        "<iframe" * 50_000,
    ],
)
def test_hostile_frames_are_read_in_one_pass(written: str) -> None:
    assert "embed-card" in stepped(written + "<p>x</p>") or written.startswith(("<iframe<", "<iframe src='"))


def test_the_option_shows_frames_and_the_policy_allows_them(tmp_path: Path) -> None:
    room = newsroom_of("golden", tmp_path)
    with room.write() as view:
        changes = Changes(title="Film", content=FILM, status="publish")
        path = view.lookup.permalink(publishing.create(view, NEWSROOM, "post", changes)).partition("example.com")[2]
    dispatcher = Dispatcher(room, Settings(tmp_path))

    def asked() -> tuple[bytes, str]:
        response = dispatcher.answer(Request("GET", path, ""))
        return response.body, dict(response.headers)["content-security-policy"]

    body, policy = asked()
    assert b'class="embed-card" href="https://www.youtube.com/watch?v=abcdefghijk"' in body
    assert "frame-src 'self'" in policy
    with room.write() as view:
        options.set(view.unit, "wirepress_embeds", "1")
    body, policy = asked()
    assert b"<iframe" in body
    assert "frame-src https:" in policy
