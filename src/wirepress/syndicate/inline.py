"""The inside of a block: text with the little markup that may stand in it."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3
from lxml import html as lxml_html
from lxml.html import HtmlElement

from wirepress.syndicate.addresses import without_tracking
from wirepress.syndicate.blocks import attribute
from wirepress.syndicate.parse.links import absolute

_TAGS = {
    "a", "abbr", "br", "cite", "code", "del", "em", "ins", "kbd", "mark", "q", "s", "small", "strong", "sub", "sup",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_RENAMED = {"b": "strong", "i": "em", "strike": "s", "tt": "code", "samp": "code", "var": "em", "dfn": "em"}
_STAND_INS = {"&amp;": "\ufdd0", "&nbsp;": "\ufdd1"}
_ATTRIBUTED = re.compile(r"<[a-z]+ [^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LEADING = re.compile(r"\A(?:[\s\u00a0]|&nbsp;|<br>)+")
_EMPTY = re.compile(r"<(a|abbr|cite|code|del|em|ins|kbd|mark|q|s|small|strong|sub|sup)(?: [^>]*)?>(\s*)</\1>")


def inline(element: HtmlElement, base: str, *, keep_space: bool = False) -> str:
    """The inside of an element as markup that is safe and spare."""
    for link in list(element.iter("a")):
        if link is not element:
            _settle_link(link, base)
    for child in element.iterdescendants():
        if child.tag in _RENAMED:
            child.tag = _RENAMED[child.tag]
    children = [lxml_html.tostring(child, encoding="unicode") for child in element]
    clean = _sanitised(escape(element.text or "", quote=False) + "".join(children))
    clean = clean.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "")
    clean = _ATTRIBUTED.sub(_as_kept, clean)
    if keep_space:
        return clean.strip("\n")
    clean = _SPACES.sub(" ", clean)
    for _ in range(3):  # an emptied link in an emptied emphasis
        clean = _EMPTY.sub(r"\2", clean)
    clean = _LEADING.sub("", _trim_end(clean))
    return clean.replace(" <br>", "<br>").replace("<br> ", "<br>")


def _sanitised(markup: str) -> str:
    """What nh3 leaves of the markup, which has been written by `escape` and lxml.

    The time it takes to write `&amp;` and `&nbsp;` grows with the square of their number in a text (nh3 0.3.8), so
    that noncharacters stand for them on their way through it.
    """
    for sign in _STAND_INS.values():
        markup = markup.replace(sign, "")
    if "<" not in markup and "\r" not in markup:
        return markup.replace("\u00a0", "&nbsp;")  # escaped text without a tag is what nh3 would leave of it
    for written, sign in _STAND_INS.items():
        markup = markup.replace(written, sign)
    clean = nh3.clean(
        markup.replace("\u00a0", _STAND_INS["&nbsp;"]),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    for written, sign in _STAND_INS.items():
        clean = clean.replace(sign, written)
    return clean


def _as_kept(tag: re.Match[str]) -> str:
    """A tag with its attributes as `wp_kses_post` writes them, so that it changes nothing in what is stored."""
    return _VALUE.sub(lambda found: f'="{attribute(unescape(found[1]))}"', tag[0])


def _trim_end(text: str) -> str:
    # A search for trailing space from every place would be quadratic: only the tail is looked at.
    while True:
        shorter = text.rstrip("\u00a0 \n\t").removesuffix("<br>").removesuffix("&nbsp;")
        if shorter == text:
            return text
        text = shorter


def _settle_link(link: HtmlElement, base: str) -> None:
    href = link.get("href", "").strip()
    if href.lower().startswith(("mailto:", "tel:")):
        return
    address = "" if href.startswith("#") else absolute(base, href)
    if address:
        link.set("href", without_tracking(address))
    else:
        link.drop_tag()
