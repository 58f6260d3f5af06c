"""Texts as Atom has them: plain, HTML, XHTML, in base64, with a type or a mode (RFC 4287, 3.1; Atom 0.3)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from wirepress.syndicate.parse.links import bare_type
from wirepress.syndicate.parse.terms import markup_of, text_of, xhtml_of
from wirepress.syndicate.parse.text import as_markup
from wirepress.syndicate.parse.titles import exact_title, title_of

_PLAIN: Final = frozenset(("", "text", "text/plain", "plain"))
_HTML: Final = frozenset(("html", "text/html"))
_XHTML: Final = frozenset(("xhtml", "application/xhtml+xml", "text/xhtml"))


@dataclass(frozen=True, slots=True)
class Construct:
    """A text, and whether it is markup."""

    value: str = ""
    is_markup: bool = False

    @property
    def title(self) -> str:
        """It as a title."""
        return title_of(self.value) if self.is_markup else exact_title(self.value)

    @property
    def markup(self) -> str:
        """It as markup; what is declared to be text and yet holds tags is markup whose type was forgotten."""
        if self.is_markup or "<" in self.value:
            return self.value
        return as_markup(self.value)


def construct_of(element: _Element) -> Construct | None:
    """The text of an Atom element, taken apart with it; None for what is no text (a picture, an address elsewhere)."""
    kind = bare_type(element.get("type"))
    mode = (element.get("mode") or "").strip().lower()
    if kind in _XHTML:
        return Construct(xhtml_of(element) if len(element) else text_of(element), is_markup=True)
    if len(element):
        return Construct(markup_of(element), is_markup=True)
    if mode == "base64":
        return Construct(_decoded(text_of(element)), is_markup=kind not in _PLAIN)
    if kind in _PLAIN or kind in _HTML:
        return Construct((element.text or "").strip(), is_markup=kind in _HTML)
    return None if element.get("src") else _of_other_type(element, kind)


def _of_other_type(element: _Element, kind: str) -> Construct | None:
    if kind.startswith("text/"):
        return Construct((element.text or "").strip())
    text = _decoded(text_of(element)) if kind == "application/octet-stream" else ""
    return Construct(text, is_markup=True) if text else None


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return text
