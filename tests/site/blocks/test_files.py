"""Files with a view of them: of the site's own files alone, and plugins are let in on their page alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.site.blocks.conftest import shown_by
from wirepress.content.newsroom import Newsroom, View
from wirepress.site.blocks.files import CUE, VIEW, origins, policy, viewed
from wirepress.site.blocks.markup import Markup
from wirepress.site.reader import framing
from wirepress.web.headers import Kind

HOME = "https://news.example/"
OWN = ("https://news.example", "https://files.example:8443")


def file(address: str, kind: str = "application/pdf") -> str:
    view = f'<object class="wp-block-file__embed" data="{address}" type="{kind}" aria-label="x"></object>'
    link = f'<a href="{address}">x</a>'
    settings = '{"displayPreview":true}'
    return f'<!-- wp:file {settings} --><div class="wp-block-file">{view}{link}</div><!-- /wp:file -->'


def changed(text: str) -> LexborHTMLParser:
    markup = Markup(text)
    viewed(markup, HOME, OWN)
    return LexborHTMLParser(markup.changed())


@pytest.mark.parametrize("address", ["/a.pdf", "https://news.example/a.pdf", "https://files.example:8443/a.pdf"])
def test_a_file_of_the_sites_own_is_shown(address: str) -> None:
    page = changed(file(address))
    [view] = page.css(".wp-block-file > .wp-block-file__view > object")
    assert {name: view.attributes.get(name) for name in ("type", "aria-label", "hidden")} == {
        "type": "application/pdf",
        "aria-label": "x",
        "hidden": None,
    }
    assert page.css("a")[0].attributes["href"] == address


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://other.example/a.pdf", "application/pdf"),
        ("http://news.example/a.pdf", "application/pdf"),
        ("https://files.example/a.pdf", "application/pdf"),
        ("javascript:alert(1)", "application/pdf"),
        ("data:application/pdf,x", "application/pdf"),
        ("", "application/pdf"),
        ("/a.html", "text/html"),
        ("/a.swf", ""),
    ],
)
def test_what_is_not_is_a_link(address: str, kind: str) -> None:
    page = changed(file(address, kind))
    assert not page.css("object")
    assert len(page.css("a")) == 1


def test_an_attribute_stays_one() -> None:
    page = changed(
        '<object class="wp-block-file__embed" type="application/pdf" data="/a.pdf" aria-label="&quot; b"></object>'
    )
    assert page.css("object")[0].attributes["aria-label"] == '" b'


def test_origins_are_named_once() -> None:
    assert origins("https://a.example/x", "https://a.example/wp-content/uploads", "https://b.example:1/c", "no") == [
        "https://a.example",
        "https://b.example:1",
    ]


def test_the_policy_names_where_the_files_are() -> None:
    assert policy(OWN) == {"object_src": "'self' https://files.example:8443"}
    assert policy(OWN[:1]) == {"object_src": "'self'"}


def test_plugins_are_let_in_where_a_file_is_shown_alone(newsroom: Newsroom) -> None:
    text = shown_by(newsroom, file("/wp-content/uploads/a.pdf"))
    with newsroom.view() as view:
        assert "object-src 'self';" in header(view, text.policy)
    for other in (file("https://other.example/a.pdf"), "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"):
        text = shown_by(newsroom, other)
        with newsroom.view() as view:
            assert "object-src 'none';" in header(view, text.policy)


PLUGINS = [
    '<object data="/a.swf"><p>instead</p></object>',
    '<object class="x" data="/wp-content/uploads/b.pdf" type="application/pdf"><p>instead</p>',
    f'<object class="{CUE}" data="/wp-content/uploads/b.pdf" type="application/pdf"><p>instead</p>',
    '<EMBED src="/b.pdf" type="application/pdf"><p>instead</p>',
    '<applet code="x"><object data="/b.pdf"><embed src="/b.pdf"></object><p>instead</p></applet>',
    '<object data="/b.pdf"><p>instead</p><object data="/c.pdf">',
]


@pytest.mark.parametrize("plugin", PLUGINS)
@pytest.mark.parametrize("first", [True, False])
def test_beside_a_view_no_other_plugin_is_left(newsroom: Newsroom, plugin: str, first: bool) -> None:
    others = f"<!-- wp:html --><div>{plugin}</div><!-- /wp:html -->"
    own = file("/wp-content/uploads/a.pdf")
    text = shown_by(newsroom, others + own if first else own + others)
    page = LexborHTMLParser(text.html)
    assert [one.attributes.get("data") for one in page.css("object, embed, applet")] == ["/wp-content/uploads/a.pdf"]
    assert text.policy
    assert text.html.count("<p>instead</p>") == 1


@pytest.mark.parametrize(
    "hidden",
    [
        '<svg><style><embed src="/b.pdf"></style></svg>',
        '<svg><style><object data="/b.swf"></object></style></svg>',
        '<iframe srcdoc="&lt;embed src=/b.pdf>"></iframe>',
    ],
)
def test_where_another_plugin_may_hide_none_is_let_in(newsroom: Newsroom, hidden: str) -> None:
    text = shown_by(newsroom, file("/wp-content/uploads/a.pdf") + f"<!-- wp:html -->{hidden}<!-- /wp:html -->")
    assert text.policy == {}


def test_what_only_looks_like_a_view_lets_no_plugin_in(newsroom: Newsroom) -> None:
    for written in (
        f'{VIEW}<embed src="/b.pdf"></div>',
        f'{VIEW}<object data="/b.pdf" type="application/pdf"></object></div>',
        f'{VIEW}<object data="https://other.example/b.pdf" type="application/pdf" class="{CUE}"></object></div>',
        f'<p class="{CUE}">x</p>{VIEW}</div>',
    ):
        assert shown_by(newsroom, f"<!-- wp:html -->{written}<!-- /wp:html -->").policy == {}


def header(view: View, changed: Mapping[str, str]) -> str:
    return dict(framing(view, Kind.PAGE, changed))["content-security-policy"]
