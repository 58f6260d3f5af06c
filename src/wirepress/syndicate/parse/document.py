"""A feed's text as a tree of XML: well-formed, put right, or what of it can be saved.

libxml2 never sees a document type: what it declares are entities, and of those the plain ones are replaced here.  So
there is nothing to expand, and nothing to fetch.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.entities import html5
from typing import Final

from lxml import etree

from wirepress.syndicate.parse.text import NO_XML, NO_XML_REFERENCE, squeeze
from wirepress.syndicate.unreadable import TooCostly, Unreadable

MOST_TAGS: Final = 600_000
"""Begins of tags beside what stands in CDATA; an honest feed of 9 MB with 4,500 entries has a tenth."""
MOST_REFERENCES: Final = 1_500_000
"""Of a feed whose references have to be put right; an honest one of 9 MB has a third."""
_MOST_ENTITIES: Final = 300
_LONGEST_ENTITY: Final = 1_000
_REFERENCE: Final = re.compile(r"&[\w.:-]{1,60};")
_TOO_DEEP: Final = "Excessive depth"
_ENTITY: Final = re.compile(r"""<!ENTITY\s{1,20}([\w.:-]{1,60})\s{1,20}(?:"([^"]*)"|'([^']*)')""")
# To the end of the text where they do not end: whoever begins a million of them must not have us look a million times.
_ASIDE: Final = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_REPAIRED: Final = re.compile(
    rf"(?P<aside>{_ASIDE.pattern})|&(?:(?P<name>[A-Za-z][\w.:-]{{0,60}});|(?P<other>#?\w{{0,12}};?))", re.DOTALL
)
_NUMBER: Final = re.compile(r"#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
# A character beyond 16 bits, written as JavaScript keeps it.
_HALVES: Final = re.compile(r"&#(5(?:5[2-9]|6[0-2])[0-9]{2}|5631[0-9]);&#(5(?:6[3-9]|7[0-2])[0-9]{2}|5734[0-3]);")
_KEPT: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_PREFIX: Final = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_DECLARED: Final = re.compile(r"xmlns:([\w.-]{1,40})\s{0,10}=")
_START: Final = re.compile(r"<[A-Za-z_]")
# Windows' punctuation as characters or references: controls in Unicode, which nobody means (HTML, section 13.2.5.80).
_CONTROLS: Final = {at: bytes((at,)).decode("cp1252", "replace").replace("\ufffd", " ") for at in range(0x80, 0xA0)}
_CONTROL: Final = re.compile(rb"\xc2[\x80-\x9f]")
_CONTROL_REFERENCE: Final = re.compile(r"&#(?:0*(12[89]|1[345][0-9])|[xX]0*([89][0-9a-fA-F]));")


@dataclass(frozen=True, slots=True)
class Document:
    """A tree, and in one line what was wrong with its text."""

    root: etree._Element
    text: str
    """What it was made of."""
    warning: str = ""
    too_deep: bool = False
    """Whether it ends where the text was nested too deeply."""


def document_of(text: str) -> Document:
    """The tree of a feed's text.  Raises Unreadable where there is none, TooCostly where it would be too large."""
    text = _from_the_root(text)
    if text.count("<") > MOST_TAGS and without_asides(text).count("<") > MOST_TAGS:
        raise TooCostly(f"the feed holds more than {MOST_TAGS:,} tags")
    text, entities = _without_doctype(text)
    text = _without_controls(text)
    if not entities:
        try:
            return Document(_tree(text, recover=False), text)
        except etree.XMLSyntaxError:
            pass
    if text.count("&") > MOST_REFERENCES:
        raise TooCostly(f"the feed is not well-formed, and holds more than {MOST_REFERENCES:,} references")
    text = _repaired(text, entities)
    try:
        return Document(_tree(text, recover=False), text)
    except etree.XMLSyntaxError as error:
        said = squeeze(str(error.msg))[:200]
        too_deep = _TOO_DEEP in said
    try:
        saved: etree._Element | None = _tree(text, recover=True)
    except etree.XMLSyntaxError:
        saved = None
    if saved is None:
        raise Unreadable("the feed is nested too deeply" if too_deep else "this is no feed")
    return Document(saved, text, "the feed is nested too deeply" if too_deep else f"not well-formed: {said}", too_deep)


def bare_xml(text: str) -> bytes:
    """A text as XML without a document type, for whoever reads it piece by piece."""
    return _without_controls(_without_doctype(_from_the_root(text))[0]).encode("utf-8", "replace")


def without_asides(text: str) -> str:
    """A text without CDATA, comments and instructions."""
    return _ASIDE.sub("", text)


def _tree(text: str, *, recover: bool) -> etree._Element:
    """The tree of a text; where it is to recover, lxml may give none, which its stubs do not know."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _from_the_root(text: str) -> str:
    """The text without what stands before its first tag, declaration or comment (blank lines, a server's notices)."""
    text = text.removeprefix("\ufeff")
    at = text.find("<")
    text = text[at:] if at > 0 else text
    while text.startswith("<?"):
        end = text.find("?>", 0, 5_000)
        if end < 0:
            break
        text = text[end + 2 :].lstrip()
    return text


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    """The text without its document type, and the entities that are declared there as plain texts."""
    root = _START.search(text)
    begin = text.find("<!DOCTYPE", 0, root.start() if root else 5_000)
    if begin < 0:
        return text, {}
    inner = text.find("[", begin)
    end = text.find(">", begin)
    if 0 <= inner < end or end < 0:
        close = re.compile(r"\]\s*>").search(text, inner)
        if close is None:
            raise Unreadable("the feed breaks off in its document type")
        end = close.end() - 1
    entities: dict[str, str] = {}
    for match in _ENTITY.finditer(text, begin, end):
        value = match[2] if match[2] is not None else match[3]
        if len(entities) >= _MOST_ENTITIES:
            break
        if len(value) <= _LONGEST_ENTITY and "%" not in value and "<" not in value:
            value = html.unescape(value)
            if not _REFERENCE.search(value):
                entities.setdefault(match[1], value)
    return text[:begin] + text[end + 1 :], entities


def _without_controls(text: str) -> str:
    if not text.isascii() and _CONTROL.search(text.encode("utf-8", "replace")):  # twice as fast as in the text
        text = text.translate(_CONTROLS)
    return _CONTROL_REFERENCE.sub(_windows, text) if _CONTROL_REFERENCE.search(text) else text


def _windows(match: re.Match[str]) -> str:
    return _CONTROLS[int(match[1]) if match[1] else int(match[2], 16)]


def _repaired(text: str, entities: dict[str, str]) -> str:
    """The text with what keeps most feeds from being well-formed put right.

    Named entities of HTML as the characters they mean, bare ampersands written out, characters that XML forbids as
    spaces, prefixes that nobody declared declared.
    """

    def put_right(match: re.Match[str]) -> str:
        if match["aside"] is not None:
            return match[0]
        name = match["name"]
        if name is not None:
            if name in _KEPT:
                return match[0]
            value = entities.get(name) or html5.get(f"{name};", "")
            return html.escape(value) if value else f"&amp;{name};"
        return _numbered(match["other"]) or f"&amp;{match['other']}"

    text = _HALVES.sub(lambda halves: chr(0x10000 + ((int(halves[1]) - 0xD800) << 10) + int(halves[2]) - 0xDC00), text)
    text = NO_XML_REFERENCE.sub(" ", NO_XML.sub(" ", text))
    return _with_prefixes(_REPAIRED.sub(put_right, text))


def _numbered(reference: str) -> str:
    """A reference by number as XML writes it (XML 1.0, section 4.1); empty for one that it forbids.

    The controls that it forbids are gone already.
    """
    number = _NUMBER.fullmatch(reference)
    if number is None:
        return ""
    code = int(number[1]) if number[1] else int(number[2], 16)
    return f"&#{code};" if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _with_prefixes(text: str) -> str:
    used = {match[1] for match in _PREFIX.finditer(without_asides(text))} - {"xml", "xmlns", "http", "https"}
    missing = sorted(used - set(_DECLARED.findall(text)))[:40]
    root = _START.search(text)
    if not missing or root is None:
        return text
    at = re.compile(r"[\s/>]").search(text, root.end())
    if at is None:
        return text
    declared = "".join(f' xmlns:{prefix}="urn:prefix:{prefix.lower()}"' for prefix in missing)
    return text[: at.start()] + declared + text[at.start() :]
