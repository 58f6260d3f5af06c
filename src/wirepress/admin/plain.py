"""What people wrote, as text: no markup of theirs gets into a page, and the addresses behind their links are seen."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from wirepress.render.strip import strip_all_tags

LINES, CHARACTERS = 6, 420
"""How much of a comment a list shows at first."""
_LINK = re.compile(r"<a\b([^<>]*)>|</a\s*>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>\n?|</(?:p|li|blockquote|div|h[1-6]|pre)\s*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_REST = re.compile(r"(?:#|[a-zA-Z])[a-zA-Z0-9]*;")
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def plain(content: str) -> str:
    """A comment as text; the address of a link stands behind its words where these do not say it."""
    text = content.replace("\r\n", "\n")
    text = strip_all_tags(_BREAK.sub("\n", _with_addresses(text)))
    return _GAP.sub("\n\n", unescape(text)).strip()


def _with_addresses(text: str) -> str:
    if "<" not in text:
        return text
    parts: list[str] = []
    at = began = 0
    address = ""
    for tag in _LINK.finditer(text):
        parts.append(text[at : tag.start()])
        if tag[1] is not None:
            href = _HREF.search(tag[1])
            address = "".join(group or "" for group in href.groups()) if href else ""
            began = len(parts)
        elif address:
            if address not in "".join(parts[began:]):
                parts.append(f" ({address})")
            address = ""
        at = tag.end()
    return "".join([*parts, text[at:]])


def begun(text: str) -> str:
    """The beginning of a long text, "" for one that is shown as a whole."""
    lines = text.split("\n")
    if len(lines) <= LINES + 1 and len(text) <= CHARACTERS * 5 // 4:
        return ""
    start = "\n".join(lines[:LINES])
    if len(start) > CHARACTERS:
        start = start[:CHARACTERS].rsplit(" ", 1)[0]
    return start.rstrip() + "…"


def as_typed(title: str) -> str:
    """A title as somebody would type it into a field: its references as characters, but for those that would be
    markup, or another reference, if they were kept so."""
    return _REFERENCE.sub(_character, title)


def _character(found: re.Match[str]) -> str:
    if found[0][1] != "#" and found[0][1:] not in html5:
        return found[0]
    meant = unescape(found[0])
    if meant == "&" and _REST.match(found.string, found.end()):
        return found[0]
    return found[0] if meant in "<>" else meant


def title_of(title: str) -> str:
    """A title of an article as text."""
    return unescape(strip_all_tags(title))
