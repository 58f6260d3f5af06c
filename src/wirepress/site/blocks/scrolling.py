"""What is wider than the page moves within its own frame, and keyboards reach that frame (WCAG 2.2, 2.1.1)."""

from __future__ import annotations

import html
from collections import Counter

from wirepress.render.entities import escape_attribute
from wirepress.render.strip import strip_tags
from wirepress.site.blocks.markup import Element, Markup

CUES = ("<table", "<pre", "wp-block-math")
"""A text without any of these has nothing that moves."""
_LONGEST = 200
_READ = 2000
"""Characters of a caption that are looked at for a name."""


def reached(markup: Markup) -> None:
    """Has keyboards reach the tables, the code and the formulas of a text, each under a name of its own."""
    captions = {
        id(element.parent): markup.beginning(element, _READ) for element in markup.elements if element.name in _CAPTIONS
    }
    names = _Names()
    framed: set[Element] = set()
    for element in markup.elements:
        if element.name == "table":
            frame = next((outer for outer in element.around() if outer.classes & _FRAMES), None)
            if frame is None:
                markup.before(
                    element, f'<div class="has-scroll" {names.region(captions.get(id(element), ""), "Table")}>'
                )
                markup.after(element, "</div>")
            elif frame not in framed:
                framed.add(frame)
                names.give(frame, captions.get(id(frame), "") or captions.get(id(element), ""), "Table")
        elif element.name == "pre" and "wp-block-verse" not in element.classes:
            names.give(element, "", "Code" if "wp-block-code" in element.classes else "Preformatted text")
        elif "wp-block-math" in element.classes:
            names.give(element, "", "Formula")


_CAPTIONS = ("caption", "figcaption")
_FRAMES = frozenset(("wp-block-table", "wp-block-calendar", "has-scroll"))


class _Names:
    """The names of a text's frames: no two are the same, or nobody could tell them apart."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, caption: str, kind: str) -> str:
        """A name for a frame with a caption, or for one of a kind."""
        words = " ".join(html.unescape(strip_tags(caption)).split())[:_LONGEST] or kind
        self._given[words] += 1
        return words if self._given[words] == 1 else f"{words} ({self._given[words]})"

    def give(self, element: Element, caption: str, kind: str) -> None:
        if element.tag.get("tabindex") is None:
            element.tag.set("tabindex", "0")
            if element.name != "figure":  # which has a role of its own, and with a caption may have no other (HTML)
                element.tag.set("role", "region")
            element.tag.set("aria-label", self.of(caption, kind))

    def region(self, caption: str, kind: str) -> str:
        return f'tabindex="0" role="region" aria-label="{escape_attribute(self.of(caption, kind))}"'
