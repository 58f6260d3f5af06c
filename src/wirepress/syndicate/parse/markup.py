"""Addresses in markup that are relative to where it stands."""

from __future__ import annotations

import html
import re
from typing import Final

from wirepress.syndicate.parse.links import LONGEST
from wirepress.url.parse import web_url

_NAMES: Final = ("href", "src", "srcset", "poster", "cite")
_WRITTEN: Final = (*(f" {name}=" for name in _NAMES), " HREF=", " SRC=", "\nhref=", "\nsrc=")
_WHOLE: Final = ("http:", "https:", "#", "mailto:", "data:", "tel:", "javascript:")
_VALUE: Final = re.compile(r"""\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONGEST_TAG: Final = 8_000
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]{1,20}:|#", re.IGNORECASE)


def resolved(markup: str, base: str) -> str:
    """Markup with its relative addresses made absolute; what is no address of the web stays as it is."""
    places = _relative(markup) if base else []
    if not places:
        return markup
    pieces: list[str] = []
    done = 0
    for at, is_set in sorted(places):
        match = _VALUE.match(markup, at)
        if match is None or at < done or not _is_in_tag(markup, at):
            continue
        bare = html.unescape(next(filter(None, match.groups()), ""))
        found = _set(bare, base) if is_set else _absolute(bare, base)
        if found != bare:
            pieces += (markup[done:at], f'"{html.escape(found)}"')
            done = match.end()
    return "".join((*pieces, markup[done:]))


def _relative(markup: str) -> list[tuple[int, bool]]:
    """Where values begin that look like relative addresses, and whether those are sets (`srcset`)."""
    found = []
    for name in _WRITTEN:
        at = markup.find(name)
        while at >= 0:
            at += len(name)
            if not markup[at : at + 16].lstrip("\"' \n").lower().startswith(_WHOLE):
                found.append((at, name == " srcset="))
            at = markup.find(name, at)
    return found


def _is_in_tag(markup: str, at: int) -> bool:
    begin = max(0, at - _LONGEST_TAG)
    opened = markup.rfind("<", begin, at)
    return opened >= 0 and opened > markup.rfind(">", begin, at)


def _absolute(address: str, base: str) -> str:
    bare = address.strip()
    if not bare or len(bare) > LONGEST or _ABSOLUTE.match(bare):
        return address
    found = web_url(bare, base)
    return found.href if found is not None else address


def _set(text: str, base: str) -> str:
    """A `srcset` (HTML, section 4.8.4.2.1) with each of its addresses absolute."""
    parts = []
    for part in re.split(r",\s+", text):
        address, blank, descriptor = part.strip().partition(" ")
        parts.append(f"{_absolute(address, base)}{blank}{descriptor}")
    return ", ".join(parts)
