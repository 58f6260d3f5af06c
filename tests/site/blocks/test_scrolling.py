"""What moves in a frame of its own is reached by keyboards, under a name."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.site.blocks.conftest import stepped


@pytest.mark.parametrize(
    ("written", "selector", "name"),
    [
        (
            '<figure class="wp-block-table"><table></table><figcaption>By &amp; <b>by</b></figcaption></figure>',
            "figure.wp-block-table",
            "By & by",
        ),
        ("<p>a</p><table><caption>Tides</caption><tr><td>x</td></tr></table>", "div.has-scroll:has(table)", "Tides"),
        ("<table><tr><td>x</td></tr></table>", "div.has-scroll", "Table"),
        ('<pre class="wp-block-code"><code>x</code></pre>', "pre", "Code"),
        ('<div class="wp-block-math"><math></math></div>', "div.wp-block-math", "Formula"),
    ],
)
def test_frames_are_reached(written: str, selector: str, name: str) -> None:
    [frame] = LexborHTMLParser(stepped(written)).css(selector)
    kept = {key: frame.attributes.get(key) for key in ("tabindex", "role", "aria-label")}
    assert kept == {"tabindex": "0", "role": None if frame.tag == "figure" else "region", "aria-label": name}


def test_no_two_frames_have_the_same_name() -> None:
    page = LexborHTMLParser(stepped("<pre>a</pre><pre>b</pre><table></table><table></table>"))
    names = [frame.attributes["aria-label"] for frame in page.css("[role=region]")]
    assert names == ["Preformatted text", "Preformatted text (2)", "Table", "Table (2)"]


def test_a_name_cannot_break_out() -> None:
    shown = stepped('<table><caption>"><i>&quot;&gt;&lt;b&gt;</i></caption></table>')
    [frame] = LexborHTMLParser(shown).css(".has-scroll")
    assert frame.attributes["aria-label"] == '">"><b>'
    assert not LexborHTMLParser(shown).css("b")


def test_a_poem_does_not_move() -> None:
    assert stepped('<pre class="wp-block-verse">x</pre>') == '<pre class="wp-block-verse">x</pre>'
