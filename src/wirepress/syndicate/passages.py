"""A page's tree made plain: every piece of text in a block of its own, nothing that is never text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Final
from unicodedata import is_normalized, normalize

from lxml.html import HtmlElement

from wirepress.syndicate.parse.text import element_text, squeeze

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "menu", "nav", "ol", "p", "picture", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "video", "audio", "iframe", "caption", "colgroup", "col", "object", "embed",
))  # fmt: skip
MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "figure", "embed", "object"))
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_NEVER = (
    "script", "style", "template", "title", "link", "meta", "svg", "math", "canvas", "button", "input", "select",
    "textarea", "label", "dialog", "map", "area", "noframes", "frameset", "applet", "base", "basefont", "bgsound",
)  # fmt: skip
# What holds nothing but parts of its own kind.
_FRAMES = frozenset((
    "html", "head", "table", "tbody", "thead", "tfoot", "tr", "colgroup", "ul", "ol", "menu", "dl", "picture", "video",
    "audio", "iframe", "object", "embed", "hr", "select", "pre",
))  # fmt: skip
# What is split at double line breaks; a paragraph or a line that holds blocks is a division from then on.
_SPLIT = frozenset((
    "div", "article", "section", "p", "td", "li", "main", "body", "center", "blockquote", "font", "span",
))  # fmt: skip
_NOT_NESTED = frozenset(("p", "font", "span"))
_LONGEST_CARD: Final = 600
"""Characters."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STREAMED = re.compile(r"S:[0-9a-zA-Z:_-]{1,40}")
_WORD = re.compile(r"\w+")
# Scripts without spaces between words: each character counts as one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that holds text and no other block."""

    element: HtmlElement
    text: str
    words: tuple[str, ...]
    linked: int
    """How many of the words are links."""
    above: tuple[HtmlElement, ...] = field(default=(), repr=False)
    """The elements around it, the nearest first."""


def words_of(text: str) -> tuple[str, ...]:
    """The words that texts are compared by, in lower case, their letters in one form (NFC)."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    spread = _UNSPACED.sub(lambda match: f" {match[0]} ", text) if _UNSPACED.search(text) else text
    return tuple(_WORD.findall(spread.lower()))


def shingles(words: tuple[str, ...], size: int = 4) -> frozenset[tuple[str, ...]]:
    """All runs of `size` words; of a shorter text, the whole."""
    if not words:
        return frozenset()
    if len(words) <= size:
        return frozenset((words,))
    return frozenset(zip(*(words[at:] for at in range(size)), strict=False))


def strip(tree: HtmlElement) -> None:
    """Takes out what is never text: scripts, forms' controls, what is hidden; puts in place what was streamed."""
    _place_streamed(tree)
    _settle_pictures(tree)
    _settle_heads(tree)
    for element in list(tree.iter(*_NEVER)):
        drop(element)
    for element in list(tree.iter("noscript")):
        # Pictures loaded late have their plain form here.
        if element.find(".//img") is None or element_text(element):
            drop(element)
        else:
            unwrap(element)
    for element in list(tree.iter("form")):
        unwrap(element)  # some old sites wrap the whole page in one
    for element in tree.xpath("descendant-or-self::*[@hidden or @style]"):
        if is_hidden(element):
            drop(element)


def _settle_pictures(tree: HtmlElement) -> None:
    for element in tree.iter("amp-img", "amp-anim"):
        element.tag = "img"
        for fallback in list(element):
            drop(fallback)


def _settle_heads(tree: HtmlElement) -> None:
    """Drops the head; where a page names no body, libxml2 leaves what it does not know in it: that is kept."""
    for head in list(tree.iter("head")):
        if next(head.iterdescendants(*BLOCKS), None) is None:
            drop(head)
        else:
            head.tag = "div"


def _place_streamed(tree: HtmlElement) -> None:
    """Does what React's script does with what a server streams after the page: `<div hidden id="S:1">` takes the place
    of `<template id="B:1">` (a boundary) or `<template id="P:1">` (a segment); without one it is shown where it is."""
    streamed = [
        element
        for element in tree.iter("div")
        if "hidden" in element.attrib and _STREAMED.fullmatch(element.get("id", ""))
    ]
    if not streamed:
        return
    places = {element.get("id", ""): element for element in tree.iter("template")}
    for element in streamed:
        del element.attrib["hidden"]
        number = element.get("id", "")[2:]
        place = places.get(f"B:{number}", places.get(f"P:{number}"))
        if place is not None and place.getparent() is not None and element not in place.iterancestors():
            tail, element.tail = element.tail, None
            before = element.getprevious()
            above = element.getparent()
            if tail and before is not None:
                before.tail = (before.tail or "") + tail
            elif tail and above is not None:
                above.text = (above.text or "") + tail
            place.addprevious(element)


def unnest(tree: HtmlElement) -> bool:
    """Sets paragraphs that lie in paragraphs side by side, as browsers do (HTML, 13.2.6.4.7: `<p>` ends an open `p`).

    libxml2 nests them where an inline element was left open.  Says whether there were any.
    """
    found = False
    for paragraph in list(tree.iter("p")):
        between: list[HtmlElement] = []
        above = paragraph.getparent()
        while above is not None and above.tag not in BLOCKS:
            between.append(above)
            above = above.getparent()
        if above is None or above.tag != "p":
            continue
        found = True
        for element in between:
            element.drop_tag()
        for follower in reversed([paragraph, *paragraph.itersiblings()]):
            above.addnext(follower)
    return found


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element's own attributes hide it from readers."""
    if element.tag in ("html", "body", "main", "article"):
        return False  # faded in by a script
    attributes = element.attrib
    if "hidden" in attributes:
        # A browser finds what is hidden until found, so it is text.
        return str(attributes["hidden"]) != "until-found"
    return "style" in attributes and bool(_HIDDEN.search(attributes["style"]))


def drop(element: HtmlElement) -> None:
    """Takes an element out with all that is in it; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def unwrap(element: HtmlElement) -> None:
    """Takes an element out and leaves its children."""
    if element.getparent() is not None:
        element.drop_tag()


def settle(tree: HtmlElement) -> None:
    """Gives each run of loose text beside blocks a paragraph of its own, and splits at double line breaks.

    Blocks lie in inline elements, too: in links, in a `span` or `font` that an editor opened around half a page, in
    elements of a page's own making.
    """
    for element in {above: None for at in tree.iter("br") if _is_break(at) and (above := at.getparent()) is not None}:
        if element.tag in _SPLIT:
            _wrap_runs(element)
            if element.tag in _NOT_NESTED:
                element.tag = "div"
    holding = _holding_blocks(tree)
    for element in [element for element in tree.iter() if element in holding]:
        if element.tag in HEADINGS:
            _flatten_heading(element)
        elif element.tag not in _FRAMES and _is_mixed(element, holding):
            _wrap_runs(element)
        if element.tag in _NOT_NESTED:
            element.tag = "div"


def _holding_blocks(tree: HtmlElement) -> set[HtmlElement]:
    """The elements that hold blocks."""
    holding: set[HtmlElement] = set()
    for element in tree.iter(*BLOCKS):
        above = element.getparent()
        while above is not None and above not in holding:
            holding.add(above)
            above = above.getparent()
    return holding


def _flatten_heading(heading: HtmlElement) -> None:
    for inner in list(heading.iterdescendants(*(BLOCKS - MEDIA))):
        if inner.getprevious() is not None or (heading.text or "").strip():
            inner.tail = f" {inner.tail or ''}"
            inner.text = f" {inner.text or ''}"
        inner.drop_tag()


def _is_mixed(element: HtmlElement, holding: Set[HtmlElement]) -> bool:
    """Whether there is loose text or a part of a line beside the blocks in an element."""
    if (element.text or "").strip():
        return True
    for child in element:
        is_inline = child.tag not in BLOCKS and child not in holding
        if is_inline or (child.tail or "").strip():
            return True
    return False


def _is_inline(child: HtmlElement) -> bool:
    """Whether an element beside blocks is part of a line, not a block nor what holds blocks."""
    return child.tag not in BLOCKS and next(child.iterdescendants(*BLOCKS), None) is None


def _is_break(child: HtmlElement) -> bool:
    following = child.getnext()
    twice = child.tag == "br" and following is not None and following.tag == "br"
    return twice and not (child.tail or "").strip()


def _wrap_runs(element: HtmlElement) -> None:
    run: HtmlElement = element.makeelement("p")
    pieces: list[HtmlElement] = []
    run.text, element.text = element.text, None
    for child in list(element):
        if _is_inline(child) and not _is_break(child):
            run.append(child)
            continue
        pieces.append(run)
        if child.tag != "br":
            pieces.append(child)
        run = element.makeelement("p")
        run.text, child.tail = child.tail, None
        element.remove(child)
    pieces.append(run)
    for piece in pieces:
        if piece.tag != "p" or len(piece) or (piece.text or "").strip():
            element.append(piece)


def passages(tree: HtmlElement) -> Iterator[Passage]:
    """The passages of a settled tree, in document order."""
    holding = _holding_blocks(tree)
    lines: dict[HtmlElement, tuple[tuple[HtmlElement, ...], bool]] = {}
    for element in list(tree.iter(*BLOCKS)):
        if element in holding:
            continue
        text = _text_of(element)
        words = words_of(text)
        if words:
            above, is_card = _line_of(element, lines)
            linked = len(words)
            if not is_card:
                linked = min(linked, _linked(element))
            yield Passage(element, text, words, linked, above)


def _line_of(
    element: HtmlElement, lines: dict[HtmlElement, tuple[tuple[HtmlElement, ...], bool]]
) -> tuple[tuple[HtmlElement, ...], bool]:
    """The elements around one, the nearest first, and whether one of them is a link; `lines` are those of holders."""
    missing: list[HtmlElement] = []
    above: tuple[HtmlElement, ...] = ()
    is_card = False
    holder = element.getparent()
    while holder is not None:
        if holder in lines:
            above, is_card = lines[holder]
            break
        missing.append(holder)
        holder = holder.getparent()
    for holder in reversed(missing):
        above = (holder, *above)
        is_card = is_card or (holder.tag == "a" and _is_link(holder))
        lines[holder] = (above, is_card)
    return above, is_card


def _linked(element: HtmlElement) -> int:
    """How many words of the links in a block there are."""
    if not len(element):
        return 0
    return sum(len(words_of(link.text_content())) for link in element.iter("a"))


def _is_link(link: HtmlElement) -> bool:
    """Whether an `a` around blocks is a card that leads somewhere, not one that was never closed."""
    return len(link.text_content()) <= _LONGEST_CARD


_LINES = frozenset(("br", "noscript", "object", "iframe", "template", "script", "style", "svg", "math"))


def _text_of(element: HtmlElement) -> str:
    """The text of a block that holds no other."""
    if len(element) == 0:
        return squeeze(element.text or "")
    if next(element.iter(*_LINES), None) is None:
        return squeeze(element.text_content())
    return element_text(element)
