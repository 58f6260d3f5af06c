"""A page's tree made plain: every piece of text in a block of its own, nothing that is never text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from wirepress.syndicate.parse.text import element_text

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "menu", "nav", "ol", "p", "picture", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "video", "audio", "iframe", "caption", "colgroup", "col", "object", "embed",
))  # fmt: skip
MEDIA = frozenset(("img", "picture", "video", "audio", "iframe", "figure", "embed", "object"))
_NEVER = (
    "script", "style", "template", "head", "link", "meta", "svg", "math", "canvas", "button", "input", "select",
    "textarea", "label", "dialog", "map", "area", "noframes", "frameset", "applet", "base", "basefont", "bgsound",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
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


def words_of(text: str) -> tuple[str, ...]:
    """The words that texts are compared by, in lower case."""
    spread = _UNSPACED.sub(lambda match: f" {match[0]} ", text) if _UNSPACED.search(text) else text
    return tuple(_WORD.findall(spread.lower()))


def shingles(words: tuple[str, ...], size: int = 4) -> frozenset[tuple[str, ...]]:
    """All runs of `size` words; of a shorter text, the whole."""
    if not words:
        return frozenset()
    return frozenset(words[at : at + size] for at in range(max(1, len(words) - size + 1)))


def strip(tree: HtmlElement) -> None:
    """Takes out what is never text: scripts, forms' controls, what is hidden."""
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
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and _is_hidden(element):
            drop(element)


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


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False  # faded in by a script
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def drop(element: HtmlElement) -> None:
    """Takes an element out with all that is in it; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def unwrap(element: HtmlElement) -> None:
    """Takes an element out and leaves its children."""
    if element.getparent() is not None:
        element.drop_tag()


def settle(tree: HtmlElement) -> None:
    """Gives each run of loose text beside blocks a paragraph of its own, and splits at double line breaks."""
    for element in list(
        tree.iter("div", "section", "article", "main", "body", "td", "li", "blockquote", "center", "p")
    ):
        if _is_mixed(element) or (element.tag in ("div", "article", "section", "p", "td") and _has_break(element)):
            _wrap_runs(element)


def _is_mixed(element: HtmlElement) -> bool:
    blocks = [child for child in element if child.tag in BLOCKS]
    return bool(blocks) and len(blocks) < len(element) + bool((element.text or "").strip()) + sum(
        bool((child.tail or "").strip()) for child in element
    )


def _has_break(element: HtmlElement) -> bool:
    return any(_is_break(child) for child in element)


def _is_break(child: HtmlElement) -> bool:
    following = child.getnext()
    twice = child.tag == "br" and following is not None and following.tag == "br"
    return twice and not (child.tail or "").strip()


def _wrap_runs(element: HtmlElement) -> None:
    run: HtmlElement = element.makeelement("p")
    pieces: list[HtmlElement] = []
    run.text, element.text = element.text, None
    for child in list(element):
        if child.tag not in BLOCKS and not _is_break(child):
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
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag not in BLOCKS:
            continue
        if any(child.tag in BLOCKS for child in element.iterdescendants()):
            continue
        text = element_text(element)
        words = words_of(text)
        if words:
            linked = sum(len(words_of(link.text_content())) for link in element.iter("a"))
            yield Passage(element, text, words, min(linked, len(words)))
