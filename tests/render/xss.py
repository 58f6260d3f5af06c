"""Hostile texts, and every place of a page that a text of a stranger's can come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.render.site import OwnSite, article, html_of
from wirepress.render import comments, css, entities, links, saving, slugs, titles, urls
from wirepress.render.holes import fill
from wirepress.render.kses import clean_attribute
from wirepress.render.phpstr import word_set
from wirepress.render.post import render_excerpt
from wirepress.render.response_context import Counters, ResponseContext
from wirepress.syndicate.clean import clean_markup
from wirepress.syndicate.unreadable import Unreadable

VECTORS = Path(__file__).parent / "xss_vectors.txt"
HOST = "news.example.com"
PICTURES = str.maketrans({0x2400 + code: chr(code) for code in range(32)})
_SITE = OwnSite()
_NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)


def vectors() -> list[str]:
    """The vectors of the list, their unprintable signs put in."""
    lines = VECTORS.read_text("utf-8").split("\n")
    return [line.translate(PICTURES) for line in lines if line and not line.startswith("# ")]


def paired_vectors() -> list[str]:
    """Two vectors in a row: half of one may open what another closes."""
    texts = vectors()
    return [first + second for first, second in zip(texts, texts[7:], strict=False)]


def _wire(text: str) -> str:
    with suppress(Unreadable):
        return clean_markup(text, "https://wire.example/a/b")
    return ""


def _shown(text: str) -> str:
    return html_of(text, _SITE, ResponseContext(_NOW))


def _excerpt(text: str) -> str:
    post = article(text)
    return fill(render_excerpt(post, _SITE), Counters(), _SITE, ResponseContext(_NOW), post)


def _quoted(text: str) -> str:
    """A text as an attribute of markup that is filtered, as an editor writes it."""
    value = text.replace("&", "&amp;").replace('"', "&quot;")
    return saving.kses_post(f'<a title="{value}" href="{value}">x</a><p style="{value}" data-x="{value}">x</p>')


def _unquoted(text: str) -> str:
    """A text where an attribute's value is expected, without quotes that could hold it."""
    return saving.kses_post(f"<a title={text} href={text}>x</a><img alt='{text}' src=\"{text}\">")


def _single(text: str) -> str:
    """A text as attributes that are filtered one by one."""
    written = (text, f'href="{text}"', f"title='{text}'", f"style={text}", f'data-x="{text}"')
    return "".join(f"<a {clean_attribute(attribute, 'a')}>x</a>" for attribute in written)


CONTEXTS: Mapping[str, Callable[[str], str]] = {
    "kses_post": saving.kses_post,
    "kses_plain": saving.kses_plain,
    "saved_content": saving.saved_content,
    "saved_title": saving.saved_title,
    "saved_comment": saving.saved_comment,
    "quoted attribute": _quoted,
    "unquoted attribute": _unquoted,
    "one attribute": _single,
    "content shown": lambda text: _shown(saving.saved_content(text)),
    "excerpt shown": lambda text: _excerpt(saving.saved_content(text)),
    "title shown": lambda text: titles.title(saving.saved_title(text)),
    "comment shown": lambda text: comments.comment_text(saving.saved_comment(text, host=HOST), host=HOST),
    "clickable": lambda text: links.with_rel(links.clickable(saving.kses_post(text), HOST)),
    "style": lambda text: f'<p style="{entities.escape_attribute(css.clean_style(text))}">x</p>',
    "address": lambda text: f"<a href=\"{urls.clean_url(text)}\">x</a><img src='{urls.clean_url(text)}'>",
    "raw address": lambda text: f'<a href="{entities.escape_attribute(urls.clean_raw_url(text))}">x</a>',
    "text": lambda text: f"<p>{entities.escape_html(text)}</p><textarea>{entities.escape_html(text)}</textarea>",
    "attribute": lambda text: "<p title=\"{0}\">x</p><p title='{0}'>x</p>".format(entities.escape_attribute(text)),
    "site name": lambda text: f"<p>{titles.feed_text(text)}</p>",
    "class and slug": lambda text: f"<a class={slugs.html_class(text) or 'x'} href='/{slugs.slug(text)}/'>x</a>",
    "wire": _wire,
    "wire shown": lambda text: _shown(_wire(text)),
}
"""What a page holds of a text, by where it comes to stand."""

_NEVER = word_set(
    "animate animatemotion animatetransform annotation-xml applet base bgsound embed foreignobject frame"
    " frameset iframe link maction meta noembed noframes noscript plaintext portal script set template use"
    " xmp"
)
_ADDRESSES = word_set(
    "action background cite classid codebase data formaction href longdesc manifest ping poster profile src srcdoc"
    " usemap xlink:href xmlns"
)
_RUNS = re.compile(r"(?:javascript|vbscript|livescript|mocha|data):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20]")
_CSS_RUNS = re.compile(
    r"url\(\s*['\"]?\s*(?:javascript|vbscript|data):|expression\(|-moz-binding|behavior:", re.IGNORECASE
)


def executable(markup: str) -> Iterator[str]:
    """What a browser would run of a piece of markup, as the HTML standard's parser reads it."""
    tree = LexborHTMLParser(f"<!doctype html><meta charset=utf-8><title>x</title><body><div>{markup}")
    body = tree.body
    if body is None:
        yield "no body"
        return
    for node in body.traverse(include_text=False):
        name = (node.tag or "").lower()
        if name in _NEVER:
            yield f"<{name}>"
        for attribute, value in node.attributes.items():
            address = _UNSEEN.sub("", value or "")
            if attribute.startswith("on"):
                yield f"{name} {attribute}"
            elif attribute in _ADDRESSES and _RUNS.match(address):
                yield f"{name} {attribute}={address[:40]}"
            elif attribute == "style" and _CSS_RUNS.search(value or ""):
                yield f"{name} style={value}"


def stays_in_place(markup: str) -> bool:
    """Whether a piece in a `<div>` neither swallows nor encloses nor leaves what comes after it on a page."""
    tree = LexborHTMLParser(f"<!doctype html><body><div>{markup}</div><i data-mark></i><div>after</div>")
    marks = tree.css("[data-mark]")
    return len(marks) == 1 and marks[0].parent is not None and marks[0].parent.tag == "body"
