"""What people wrote, as text: no markup of theirs gets into a page, and the addresses behind their links are seen."""

from __future__ import annotations

import re
from html import unescape

from wirepress.render.strip import strip_all_tags

LINES, CHARACTERS = 6, 420
"""How much of a comment a list shows at first."""
_LINK = re.compile(r"<a\b([^<>]*)>|</a\s*>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>\n?|</(?:p|li|blockquote|div|h[1-6]|pre)\s*>", re.IGNORECASE)
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


def title_of(title: str) -> str:
    """A title of an article as text."""
    return unescape(strip_all_tags(title))
