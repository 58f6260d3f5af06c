"""What extraction makes of articles stays as it is, whoever saves it: the block parser gives back what it has read, and
WordPress's filter for authors without any trust (`wp_kses_post`) finds nothing to change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.wire.press import SITE
from tests.eval.corpus import samples
from tests.eval.feeds import bodies, own
from wirepress.model.wire import Dispatch, Origin, OriginFacts, Rights
from wirepress.render.blocks.parse import parse, serialize
from wirepress.render.saving import saved_content
from wirepress.syndicate import blocks, embeds
from wirepress.syndicate.article import read_article
from wirepress.syndicate.attribution import Further, content_of
from wirepress.syndicate.clean import clean_markup
from wirepress.syndicate.image_blocks import pictures_in
from wirepress.syndicate.unreadable import Unreadable

CORPORA = os.environ.get("WIREPRESS_CORPORA", "")
URL = "https://wire.example/a/b"
NASTY = 'it\'s "so" & so &amp; <b> -- --> \u00a0 \\'
SAID = " is what the keeper of the harbour said to the two who had asked. "
FRAGMENTS = (
    "it's", "a > b", "a &lt; b", "x &amp; y", "&amp;amp;", "&notit;", "&nbsp;x", "&#0;", "\u0008", "\\&quot;", "\\",
    "--", "--&gt;", "<!-- x -->", "<!-- wp:more -->", "&copy", "\n a", "javascript:alert(1)", "data:,a",
    "//e.example/a'b", "http://e.example/?a=1&b=2&amp;c=3#x'y", "mailto:a@b.c?subject=it's", "feed:http://a.b/",
    "&AMP;", "http://[::1]/", "http://e.example/[x]{y}|z", "[gallery]", "x&#58;y", "\u2028", "&Tab;", "\ufffe", SAID,
)  # fmt: skip
TAGS = (
    "p", "a", "abbr", "em", "b", "code", "pre", "blockquote", "ul", "ol", "li", "table", "tr", "td", "th", "figure",
    "figcaption", "h2", "h4", "q", "img", "br", "hr", "video", "audio", "iframe", "caption", "div", "span", "cite",
    "mark", "dl", "dt", "dd", "font", "section", "details", "svg", "style", "noscript", "time", "i",
)  # fmt: skip
ATTRIBUTES = ("href", "title", "src", "alt", "class", "id", "style", "lang", "start", "colspan", "srcset", "cite")


def changes(content: str) -> list[str]:
    """Who would change a content that is stored."""
    found = []
    if serialize(parse(content)) != content:
        found.append("the block parser")
    if saved_content(content, "wire.example") != content:
        found.append("wp_kses_post")
    return found


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    value = st.sampled_from(FRAGMENTS).map(lambda text: text.replace('"', "&quot;"))
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), value, max_size=3).map(
        lambda given: "".join(f' {name}="{text}"' for name, text in given.items())
    )
    return st.builds(
        lambda tag, said, inner: f"<{tag}{said}>{inner}</{tag}>", st.sampled_from(TAGS), attributes, inside
    )


MARKUP = st.recursive(
    st.sampled_from(FRAGMENTS),
    lambda inside: _element(st.lists(inside, min_size=1, max_size=3).map("".join)),
    max_leaves=12,
)


@given(st.lists(MARKUP, min_size=1, max_size=4).map("".join))
def test_whatever_markup_it_was(markup: str) -> None:
    try:
        content = clean_markup(markup, URL, title="Harbour")
    except Unreadable:
        return
    assert changes(content) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><th>a<th>b<tr><td>1<td>2</table>",
        "<ul><li>one<ul><li>two</ul></ul>",
        f"<blockquote>{SAID}<cite>A</cite></blockquote>",
        '<figure><img src="/a.jpg" alt="It\'s &quot;a&quot; &lt;3 \\"><figcaption>A <b>quay</b></figcaption></figure>',
        f'<p>{SAID}<a href="/it\'s?a=1&b=2" title="&nbsp;it\'s">the quay</a></p>',
        f'<p>{SAID}<abbr title="a\\">A</abbr></p>',
        f"<p>{SAID}<hr><p>{SAID}",
        "<pre>if a < b && c > d:\n  print('\\\"')</pre>",
        '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b%3Fx%3D1%26y%3D2"></iframe>',
        '<iframe src="https://www.youtube.com/embed/a--b?a=1&amp;b=2"></iframe>',
        '<video src="/a.mp4?a=1&amp;b=it\'s"></video>',
    ],
)
def test_every_kind_of_block(markup: str) -> None:
    content = clean_markup(f"<p>{SAID}</p>{markup}<p>{SAID}</p>", URL)
    assert content.count("<!-- wp:") > 2
    assert changes(content) == []


@pytest.mark.parametrize("attachment", [0, 7])
def test_pictures_of_any_name(attachment: int) -> None:
    content = blocks.image("https://e.example/a'b.jpg?x=1&y=2", NASTY, "<em>A</em> quay", attachment)
    assert changes(content) == []


def test_a_picture_is_known_again_in_what_was_stored_before_it_was_written_so() -> None:
    now = blocks.image("https://e.example/a.jpg", "It's")
    before = now.replace(" />", "/>").replace("&apos;", "&#x27;")
    assert now != before
    assert list(pictures_in(now)) == list(pictures_in(before))
    assert [shown.alt for shown in pictures_in(now)] == ["It's"]


def test_an_embed_names_no_more_than_an_address_of_its_provider() -> None:
    track = embeds.framed("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b-c%22%3E%26x")
    assert track == embeds.Embed("https://soundcloud.com/a/b-c", "rich", "soundcloud")


@pytest.mark.parametrize("rights", list(Rights))
def test_the_attribution(rights: Rights) -> None:
    now = datetime(2025, 6, 1, tzinfo=UTC)
    address = "https://e.example/it's?a=1&b=2"
    facts = OriginFacts("Title", (NASTY, "B"), NASTY, licence=f"© {NASTY}", rights=rights)
    origin = Origin(1, "guid", address, "key", now, now, canonical=address, facts=facts)
    content = content_of(Dispatch("Title", excerpt=NASTY), origin, (Further("It's <b>", address),))
    assert changes(content) == []


@pytest.mark.parametrize("page", sorted(SITE.rglob("*.html")), ids=lambda page: page.name)
def test_the_articles_of_the_example_press(page: Path) -> None:
    try:
        body = read_article(page.read_bytes(), URL, "text/html").body
    except Unreadable:
        assert page.name == "index.html"
        return
    assert changes(body) == []


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    for sample in samples(folder):
        try:
            yield sample.key, read_article(sample.raw, sample.url, "text/html").body
        except Unreadable:
            continue


@pytest.mark.skipif(not CORPORA, reason="article pages: WIREPRESS_CORPORA is not set")
@pytest.mark.parametrize("name", ["articles", "metadata"])  # of all of them `make eval` counts it
def test_the_articles_of_the_wide_web(name: str) -> None:
    assert [(key, who) for key, body in _pages(Path(CORPORA, "corpora", name)) if (who := changes(body))] == []


@pytest.mark.skipif(not CORPORA, reason="real feeds: WIREPRESS_CORPORA is not set")
def test_the_texts_of_the_feeds_of_the_wide_web() -> None:
    found = []
    for name, body in bodies(Path(CORPORA, "corpora", "feeds", "real")):
        for entry in own(body).entries[:10]:
            try:
                content = clean_markup(entry.content or entry.summary, entry.link, title=entry.title)
            except Unreadable:
                continue
            if who := changes(content):
                found.append((name, entry.link, who))
    assert found == []
