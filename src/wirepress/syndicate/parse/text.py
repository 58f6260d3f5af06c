"""Bytes to text, and markup to plain text."""

from __future__ import annotations

import codecs
import html
import re
from itertools import islice

from lxml import etree
from lxml import html as lxml_html
from w3lib.encoding import html_to_unicode

from wirepress.syndicate.parse.charsets import declared_charset
from wirepress.syndicate.unreadable import Unreadable

LARGEST_PAGE = 10_000_000
MOST_ELEMENTS = 50_000
"""Real pages have a tenth; taking elements out of a tree costs the square of their siblings."""
LONGEST_TITLE = 1_000
"""Characters of what a document says in one line: a title, a name."""
LONGEST_SUMMARY = 10_000
_TAG = re.compile(r"<[a-zA-Z/!?]")
# What libxml2 lets into a tree, but lxml does not let be moved in it.
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NO_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    r"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))  # fmt: skip
# The same in UTF-8: of bytes, it is looked for in a tenth of the time.
_NO_CONTROLS = bytes(0x20 if NO_XML.match(chr(code)) else code for code in range(128)) + bytes(range(128, 256))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
# lxml.html asks a Python function for the class of each element; nobody here needs those of forms.
_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe"))


def page_text(body: bytes, content_type: str = "") -> str:
    """A web page's bytes as text: by its byte order mark, header or meta element, else by what decodes.

    Raises Unreadable for what is binary or too large.
    """
    if len(body) > LARGEST_PAGE:
        raise Unreadable(f"the page is larger than {LARGEST_PAGE:,} bytes")
    if b"\0" in body[:1000] and not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("this is no web page but binary data")
    charset = declared_charset(content_type)
    header = f"text/html; charset={charset}" if charset else None
    _, text = html_to_unicode(header, body, default_encoding="utf-8", auto_detect_fun=_detect)
    return str(text).replace("\0", "")


def _detect(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A multi-byte character cut at the end, or a few bad bytes, do not make a page Latin.
        return "utf-8" if error.start > 0.9 * len(body) else "cp1252"
    return "utf-8"


def page_tree(text: str) -> lxml_html.HtmlElement:
    """The tree of a page's text.  Raises Unreadable where there is none, or it is too deep or too large."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_ELEMENTS)
    if "&#" in text:
        text = NO_XML_REFERENCE.sub(" ", text)
    data = text.encode("utf-8", "replace").translate(_NO_CONTROLS)
    for sign in _NO_CHARACTERS:
        data = data.replace(sign, b" ")
    try:
        tree = lxml_html.document_fromstring(data or b"<html></html>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the page holds no markup that can be read") from error
    if any("depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
        raise Unreadable("the page's markup is nested too deeply")
    if not isinstance(tree, lxml_html.HtmlElement):
        raise Unreadable("the page holds no markup that can be read")
    # Counted without making an object of each.
    if float(str(tree.xpath("count(//*)"))) > MOST_ELEMENTS:
        raise Unreadable(f"the page holds more than {MOST_ELEMENTS:,} elements")
    return tree


def squeeze(text: str) -> str:
    """Text with each run of white space as one space, none at the ends, and no soft hyphens or control characters; half
    a character is U+FFFD."""
    if text.isprintable() and "  " not in text:  # most lines, and what is dropped is not printable
        return text.strip()
    kept = text.translate(_DROPPED)
    return " ".join(kept.split())


_DROPPED = dict.fromkeys((*range(9), *range(14, 32), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF)) | dict.fromkeys(
    range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
)


def element_text(element: lxml_html.HtmlElement, most: int | None = None) -> str:
    """What a reader sees of an element: blocks apart, scripts left out.

    Of at most `most` characters, and of no more beginnings and ends of elements: of those that stand in each other
    a few would otherwise be as much to read as all of a page, each.
    """
    parts: list[str] = []
    left = most
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), most):
        if node.tag in BLOCKS:
            parts.append("\n")
        text = ""
        if event == "start" and node.tag not in HIDDEN:
            text = node.text or ""
        elif event == "end" and node is not element and not inside_hidden(node, element):
            text = node.tail or ""
        parts.append(text[:left])
        if left is not None and (left := left - len(text)) <= 0:
            break
    return "\n".join(filter(None, map(squeeze, "".join(parts).split("\n"))))


def inside_hidden(node: lxml_html.HtmlElement, root: lxml_html.HtmlElement) -> bool:
    """Whether what follows an element is no text for readers."""
    parent = node.getparent()
    return parent is not None and parent is not root and parent.tag in HIDDEN


def plain(markup: str) -> str:
    """Markup, or text with entities, as plain text on one line."""
    if "<" not in markup or not _TAG.search(markup):
        return squeeze(html.unescape(markup))
    try:
        return squeeze(element_text(page_tree(markup)))
    except Unreadable:
        return ""


def as_markup(text: str) -> str:
    """Plain text as paragraphs of markup."""
    blocks = (block.strip() for block in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{html.escape(block, quote=False)}</p>" for block in blocks if block)
