import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from wirepress.render.kses import PLAIN, POST, Rules, clean_attribute, kses
from wirepress.render.saving import kses_plain, kses_post, saved_comment, saved_content

VECTORS = (
    "<script>alert(1)</script>",
    "<ScRiPt/src=//x>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="&#x6A;avascript&colon;alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="javascript:javascript:alert(1)">x</a>',
    '<a href="feed:javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    "<p style='behavior:url(x.htc)'>x</p>",
    "<svg onload=alert(1)><animate onbegin=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mi//xlink:href='data:x,<script>'>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<b/onmouseover=alert(1)>x</b>",
    "<object data='javascript:alert(1)' type='application/pdf'></object>",
    "</!<script>alert(1)</script>>",
    '<video poster="javascript:alert(1)" src="x"></video>',
    "<a title='\"><img src=x onerror=alert(1)>'>x</a>",
)


MADE_BY_THE_PARSER = {"html", "head", "body", "tbody", "colgroup", "-comment", "-text", "-doctype", "!doctype"}
URLS = {"href", "src", "poster", "cite", "data", "longdesc", "usemap", "xmlns"}


def assert_harmless(markup: str, rules: Rules) -> None:
    """As a browser's parser reads it: allowed elements and attributes only, and no address that runs."""
    body = LexborHTMLParser(f"<body>{markup}").body
    assert body is not None
    for node in body.traverse(include_text=False):
        name = (node.tag or "").lower()
        if name in MADE_BY_THE_PARSER:
            continue
        assert name in rules.elements
        for attribute, value in node.attributes.items():
            assert attribute.startswith("data-") or attribute in rules.elements[name]
            assert not attribute.startswith("on")
            if attribute in URLS:
                scheme = re.sub(r"[\x00-\x20]", "", value or "").partition(":")[0].lower()
                assert scheme not in ("javascript", "vbscript", "data")


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_that_runs_is_left(vector: str) -> None:
    for rules in (POST, PLAIN):
        assert_harmless(kses(vector, rules), rules)
        assert_harmless(kses(f"<!-- {vector} -->{vector}", rules), rules)


PIECES = st.sampled_from(
    [piece for vector in VECTORS for piece in re.findall(r"[a-z]+|\W", vector)]
    + [
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<math>",
        "<mtext>",
        "<mi",
        "<table>",
        "<!--",
        "-->",
        "<svg>",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.sampled_from(VECTORS), max_size=20).map("".join))
def test_nothing_that_runs_is_left_of_any_mixture(text: str) -> None:
    for rules in (POST, PLAIN):
        assert_harmless(kses(text, rules), rules)


def test_a_pdf_of_the_own_media_may_be_an_object() -> None:
    own = '<object type="application/pdf" data="https://news.example/wp-content/a.pdf"></object>'
    assert kses_post(own, "news.example") == own
    assert kses_post(own) == "<object></object>"
    assert kses_post(own.replace("a.pdf", "a.pdf?x"), "news.example") == "<object></object>"


def test_download_is_allowed_without_a_value_only() -> None:
    assert kses('<a href="x" download>x</a>', POST) == '<a href="x" download>x</a>'
    assert kses('<a href="x" download="y">x</a>', POST) == '<a href="x">x</a>'


def test_styles_are_read_decoded() -> None:
    kept = '<p style="background:url(&quot;x.png&quot;);color:red">x</p>'
    assert kses(kept, POST) == kept
    assert kses("<p style='font-family:\"A\";behavior:x'>x</p>", POST) == '<p style="font-family:&quot;A&quot;">x</p>'
    assert kses('<p style="background:url(javascript&#58;x)">x</p>', POST) == "<p>x</p>"


def test_formulas_may_be_written() -> None:
    formula = '<math display="block"><msup><mi>x</mi><mn>2</mn></msup></math>'
    assert kses(formula, POST) == formula
    assert kses('<maction actiontype="x"><annotation-xml>y</annotation-xml></maction>', POST) == "y"


def test_dialogs_and_what_opens_them_may_be_written() -> None:
    written = (
        '<button command="show-modal" commandfor="d">x</button><dialog id="d" open autofocus closedby="any">y</dialog>'
        '<button popovertarget="p" popovertargetaction="show">x</button><div id="p" popover>y</div>'
    )
    assert kses(written, POST) == written
    assert kses("<button autofocus>x</button><p popover>y</p>", POST) == "<button>x</button><p>y</p>"


def test_what_browsers_read_as_comments_stays_filtered() -> None:
    assert kses("a<!not a tag>b<//nor this>c", POST) == "a<!not a tag>b<//nor this>c"
    assert kses("a<!DOCTYPE html>b<![CDATA[x]]>c", POST) == "abc"
    assert kses("<!x \x00&nope;>", POST) == "<!x &amp;nope;>"


def test_one_attribute() -> None:
    assert clean_attribute('href="javascript:x"', "a") == 'href="x"'
    assert clean_attribute('onclick="x"', "a") == ""
    assert clean_attribute('href="x" title="y"', "a") == ""
    assert clean_attribute('title="x"', "script") == ""


def test_comments_settle_or_go() -> None:
    assert kses("<!-- a -- b -->", POST) == "<!-- a - b -->"
    assert "<script" not in kses("<!" * 50 + "----" * 50 + "<script>", POST)


def test_attributes_of_blocks_are_filtered_too() -> None:
    evil = '"alt":"\\u003cscript\\u003ex\\u003c/script\\u003ea \\u0026 b"'
    clean = '"alt":"xa \\u0026amp; b"'
    block = '<!-- wp:image {%s,"id":7} --><p>x</p><!-- /wp:image -->'
    assert saved_content(block % evil) == block % clean
    assert saved_content("<!-- wp:more --->x<!-- /wp:more -->") == "<!-- wp:more -->x<!-- /wp:more -->"
    part = '<!-- wp:template-part {"slug":"x","tagName":"script"} /-->'
    assert saved_content(part) == '<!-- wp:template-part {"slug":"x","tagName":""} /-->'


def test_windows_numbers_become_the_characters_that_were_meant() -> None:
    assert saved_content("&#147;a&#148; &#129;") == "&#8220;a&#8221; "


def test_comments_name_people_in_spans() -> None:
    mention = 'Hello <span class="wp-note-mention user-2">@x</span>'
    assert saved_comment(mention) == mention
    assert saved_comment(mention.replace("user-2", 'user-2 danger" id="i')) == mention
    assert saved_comment('<SPAN class="a  user-2   b user-7 user-2">x</SPAN>') == (
        '<SPAN class="user-2 user-7">x</SPAN>'
    )
    assert saved_comment('<span class="danger user-0 wp-note-mention-x">y</span>') == "<span >y</span>"
    assert saved_comment("<span style='color:red'>z</span>") == "<span>z</span>"
    assert kses_plain(mention) == "Hello @x"


def test_links_of_strangers_get_rel() -> None:
    assert saved_comment('<a href="http://x.example" rel="me">x</a>') == (
        '<a href="http://x.example" rel="nofollow ugc">x</a>'
    )
    assert saved_comment('<a href="https://news.example/a">x</a>', host="news.example") == (
        '<a href="https://news.example/a" rel="ugc">x</a>'
    )
