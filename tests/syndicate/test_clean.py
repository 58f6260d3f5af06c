# ruff: noqa: E501 (block markup reads better unbroken)
from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import SubElement
from lxml.html import fragment_fromstring

from wirepress.syndicate.clean import clean, clean_markup
from wirepress.syndicate.image_blocks import without_twin
from wirepress.syndicate.inline import inline
from wirepress.syndicate.unreadable import Unreadable

BASE = "https://wire.example/world/story"


def p(text: str) -> str:
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"


def padded(number: int) -> str:
    """A paragraph as some content systems write it: classes, data, padding."""
    return (
        f'<p class="paragraph inline-placeholder" data-uri="cms.example/{number}@published" data-editable="text">'
        f"            Paragraph {number} says “something” of its own.    </p>"
    )


def test_padded_paragraphs_and_a_stray_end_tag() -> None:
    page = "\n".join(padded(number) for number in range(17)) + "</p>"
    assert clean_markup(page, BASE).split("\n\n") == [
        p(f"Paragraph {number} says “something” of its own.") for number in range(17)
    ]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<h3 id=x>A <b>head</b></h3>", ['<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">A <strong>head</strong></h3>\n<!-- /wp:heading -->']),
        ("<h1>Other</h1>", ['<!-- wp:heading -->\n<h2 class="wp-block-heading">Other</h2>\n<!-- /wp:heading -->']),
        ("<h1>The  title</h1><p>Text</p>", [p("Text")]),
        ("<p></p><p>&nbsp;</p><p><br></p><p>text</p>", [p("text")]),
        ("loose <i>text</i><div>in a div</div>tail", [p("loose <em>text</em>"), p("in a div"), p("tail")]),
        ("one<br><br>two<br>three", [p("one"), p("two<br>three")]),
        ('<p><a href="/a?utm_source=x&id=3">l</a> <a href="#n">n</a> <a href="javascript:x()">j</a></p>', [p('<a href="https://wire.example/a?id=3">l</a> n j')]),
        ("<p onclick=x() style=color:red>a<script>alert(1)</script><style>b</style><span>c</span></p>", [p("ac")]),
        ("<p>Advertisement</p><p>a</p><div>Anzeige</div><p>Share this article</p><p>b</p>", [p("a"), p("Share this article"), p("b")]),
        ("<p>Share this article</p><div>Facebook | Twitter | WhatsApp</div><p>3 min read</p><p>Watch closely.</p>", [p("Watch closely.")]),
        ("<hr><p>a</p><hr><hr><p>b</p><hr>", [p("a"), '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity" />\n<!-- /wp:separator -->', p("b")]),
        ("<pre><code>if a < b:\n    c()</code></pre>", ['<!-- wp:code -->\n<pre class="wp-block-code"><code>if a &lt; b:\n    c()</code></pre>\n<!-- /wp:code -->']),
        ("<pre>a  b\n c</pre>", ['<!-- wp:preformatted -->\n<pre class="wp-block-preformatted">a  b\n c</pre>\n<!-- /wp:preformatted -->']),
        ("<form><input value=x><button>Send</button><p>kept</p></form>", [p("kept")]),
        ('<p style="display:none">hidden</p><p hidden>hidden</p><p>seen</p>', [p("seen")]),
        ("<p>a<!-- wp:evil --><b></b> b</p>", [p("a b")]),
    ],
)  # fmt: skip
def test_markup_to_blocks(markup: str, blocks: list[str]) -> None:
    assert clean_markup(markup, BASE, title="The title") == "\n\n".join(blocks)


def test_lists_and_lists_in_lists() -> None:
    made = clean_markup("<ol start=3><li> one <p>more</p></li><li>two<ul><li>a</li></ul></li><li></li></ol>", BASE)
    assert made == (
        '<!-- wp:list {"ordered":true,"start":3} -->\n<ol start="3" class="wp-block-list">'
        "<!-- wp:list-item -->\n<li>one<br>more</li>\n<!-- /wp:list-item -->\n\n"
        '<!-- wp:list-item -->\n<li>two<!-- wp:list -->\n<ul class="wp-block-list">'
        "<!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n<!-- /wp:list-item -->"
        "</ol>\n<!-- /wp:list -->"
    )


def test_a_quotation_with_its_source() -> None:
    assert clean_markup("<blockquote>Words.<footer>— Ada</footer></blockquote>", BASE) == (
        '<!-- wp:quote -->\n<blockquote class="wp-block-quote">'
        f"{p('Words.')}<cite>— Ada</cite></blockquote>\n<!-- /wp:quote -->"
    )


def test_a_picture_with_its_caption_in_its_best_rendition() -> None:
    figure = (
        '<figure><picture><source srcset="/i/a-400.jpg 400w, /i/a-1600.jpg 1600w, /i/a-9000.jpg 9000w">'
        '<img src="data:image/gif;base64,R0lGOD" alt=\'A "quay"\'></picture><figcaption>The <i>quay</i></figcaption></figure>'
    )
    assert clean_markup(figure, BASE) == (
        '<!-- wp:image -->\n<figure class="wp-block-image"><img src="https://wire.example/i/a-1600.jpg" '
        'alt="A &quot;quay&quot;" /><figcaption class="wp-element-caption">The <em>quay</em></figcaption></figure>\n'
        "<!-- /wp:image -->"
    )


def test_pictures_that_are_none_and_the_lead_picture_are_left_out() -> None:
    markup = '<p>a<img src="/count.gif" width="1" height="1"></p><img src="/spacer.gif"><img src="/photos/harbour-1024x683.jpg">'
    text, caption = without_twin(clean_markup(markup, BASE), "https://wire.example/photos/harbour.jpg")
    assert (text, caption) == (p("a"), "")


def test_a_table_of_data_and_a_table_for_layout() -> None:
    data = "<table><tr><th>a<th>b<tr><td colspan=2><script>x</script>1<tr><td>2<td><b>3</b></table>"
    assert clean_markup(data, BASE) == (
        '<!-- wp:table -->\n<figure class="wp-block-table"><table class="has-fixed-layout"><thead><tr><th>a</th><th>b</th>'
        '</tr></thead><tbody><tr><td colspan="2">1</td></tr><tr><td>2</td><td><strong>3</strong></td></tr></tbody></table>'
        "</figure>\n<!-- /wp:table -->"
    )
    assert clean_markup("<table><tr><td><p>a</p><p>b</p></td></tr></table>", BASE) == f"{p('a')}\n\n{p('b')}"


@pytest.mark.parametrize("place", ["td", "caption"])
def test_a_row_in_a_cell_or_a_caption_is_a_part_of_that(place: str) -> None:
    cells = "<tr><td>a</td><td>b</td></tr>"
    tree = fragment_fromstring(f"<div><table><caption>of</caption><tbody>{cells * 2}</tbody></table></div>")
    row = SubElement(tree.findall(f".//{place}")[0], "tr")
    for word in ("inner", "words"):
        SubElement(row, "td").text = word
    made = clean(tree, BASE)
    assert made.count("<tr>") == 2
    assert made.count("inner") == made.count("words") == 1


@pytest.mark.parametrize(
    ("markup", "address", "provider"),
    [
        ('<iframe src="//www.youtube.com/embed/abc_DEF-123?rel=0">', "https://www.youtube.com/watch?v=abc_DEF-123", "youtube"),
        ('<div class=w><iframe data-src="https://player.vimeo.com/video/42"></iframe></div>', "https://vimeo.com/42", "vimeo"),
        (
            '<blockquote class="twitter-tweet"><p>Hi</p><a href="https://twitter.com/ada/status/12?ref_src=x">d</a></blockquote>',
            "https://twitter.com/ada/status/12",
            "twitter",
        ),
    ],
)  # fmt: skip
def test_embeds(markup: str, address: str, provider: str) -> None:
    made = clean_markup(markup, BASE)
    assert f'"url":"{address}"' in made
    assert f'"providerNameSlug":"{provider}"' in made
    assert f"\n{address}\n" in made


def test_a_frame_of_nobody_known_is_dropped() -> None:
    assert clean_markup('<p>a</p><iframe src="https://ads.example/x"></iframe>', BASE) == p("a")


EVIL = st.text(alphabet="<>/=\"' abpsx!-[]{}&;:#\n\0wiframehlt", max_size=200)


@given(EVIL)
@settings(deadline=None, max_examples=150)
def test_whatever_comes_in_blocks_are_balanced_and_safe(markup: str) -> None:
    made = clean_markup(markup, BASE)
    opened = re.findall(r"<!-- wp:([a-z-]+) ", made)
    closed = re.findall(r"<!-- /wp:([a-z-]+) -->", made)
    assert sorted(opened) == sorted(closed)
    assert not re.search(r"<(?:script|style|object|form)|\son\w+\s*=|javascript:", re.sub(r">[^<]*<", "><", made))


@given(
    st.lists(
        st.sampled_from(["<p>a b</p>", "<ul><li>x</li></ul>", "<h2>h</h2>", "<blockquote>q</blockquote>"]), max_size=6
    )
)
@settings(deadline=None, max_examples=40)
def test_clean_blocks_stay_as_they_are(parts: list[str]) -> None:
    once = clean_markup("".join(parts), BASE)
    assert clean_markup(once, BASE) == once


def test_deep_nesting_and_many_elements_come_through() -> None:
    assert (
        clean_markup("<div>" * 200 + "deep" + "</div>" * 200 + "<p>after</p>", BASE) == f"{p('deep')}\n\n{p('after')}"
    )
    with pytest.raises(Unreadable, match="nested too deeply"):
        clean_markup("<div>" * 5000 + "deep", BASE)
    assert clean_markup("<p>text</p>" * 5000, BASE).count("<!-- wp:paragraph -->") == 5000
    for nest in ("<ul><li>", "<blockquote>", "<table><tr><td>", "<figure>", "<em>"):
        assert "text" in clean_markup(nest * 60 + "text", BASE)


@pytest.mark.parametrize("sign", ["\x1c", "&#28;", "&#x1C", "\x00", "&#0;", "\uffff", "&#65535;", "\ud800", "&#xd800;"])
def test_signs_that_no_document_may_hold_become_spaces(sign: str) -> None:
    markup = f"{sign}<p title='{sign}'>a{sign} b</p>{sign}<div>{sign}c<p>d</p></div>"
    assert re.sub(r"[?\ufffd]", "", clean_markup(markup, BASE)).count("<!-- wp:") >= 3
    assert clean_markup(f"<p>a{sign}</p>", BASE).startswith("<!-- wp:paragraph -->\n<p>a")


def test_ampersands_and_unbreakable_spaces_stay_and_what_stands_in_for_them_goes() -> None:
    markup = '<p>R&amp;D &amp;lt;b&amp;gt; a\u00a0b&nbsp;c \ufdd0lt;\ufdd1 <a href="https://a.example/?b=1&amp;c=2">x</a></p>'
    assert '<p>R&amp;D &amp;lt;b&amp;gt; a&nbsp;b&nbsp;c lt; <a href="https://a.example/?b=1&amp;c=2">x</a></p>' in (
        clean_markup(markup, "https://wire.example/")
    )


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40))
def test_text_without_markup_is_written_as_beside_some(text: str) -> None:
    element = fragment_fromstring("<p></p>")
    element.text = f"x{text}x"
    other = fragment_fromstring("<p><mark>y</mark></p>")
    other[0].tail = f"x{text}x"
    assert inline(other, "https://a.example/") == f"<mark>y</mark>{inline(element, 'https://a.example/')}"
