"""The elements of a rendered text, found in one pass, and changes to them; all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirepress.render.tags import Tag, tags

_CLOSER = re.compile(r"</([a-zA-Z][^\s/>]*+)[^>]*+>", re.ASCII)
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_FARTHEST = 60
"""How far back an end of an element is looked for its beginning, and how many elements around one are looked at."""
_MOST_GROWTH, _SPARE = 4, 100_000
"""A text that would grow by more than so many times its size, and so many characters, stays as it is."""


class Element:
    """An element and where it stands: its tag from `start` to `inside`, its content up to `inner_end`, its own end.

    One that is never closed ends where the element around it ends.  Its classes stand in their order, each once.
    """

    __slots__ = ("classes", "end", "inner_end", "inside", "parent", "start", "tag")

    def __init__(self, found: Tag, parent: Element | None) -> None:
        self.start, self.inside = found.start, found.end
        self.inner_end = self.end = found.end
        self.parent = parent
        name = found.html[found.start + 1 : found.start + 1 + len(found.name)]
        self.tag = Tag(found.html[found.start : found.end], 0, name, len(name) + 1, found.end - found.start)
        self.classes = dict.fromkeys((self.tag.get("class") or "").split()).keys()

    @property
    def name(self) -> str:
        return self.tag.name

    @property
    def is_closed(self) -> bool:
        """Whether its writer has ended it."""
        return self.end > self.inner_end

    def around(self) -> Iterator[Element]:
        """The elements that it stands in, the nearest first, as many as are looked at."""
        outer = self.parent
        for _ in range(_FARTHEST):
            if outer is None:
                return
            yield outer
            outer = outer.parent

    def within(self, name: str) -> Element | None:
        """The nearest element around it that has a class."""
        return next((outer for outer in self.around() if name in outer.classes), None)


class Markup:
    """A text with its elements in order, and the changes that were asked for."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.elements: list[Element] = []
        self._edits: list[tuple[int, int, str]] = []
        self._read()

    def _read(self) -> None:
        opened: list[Element] = []
        at = 0
        for tag in tags(self.html):
            self._close(opened, at, tag.start)
            at = tag.end
            element = Element(tag, opened[-1] if opened else None)
            self.elements.append(element)
            if tag.name not in _EMPTY:
                opened.append(element)
        self._close(opened, at, len(self.html))
        for element in opened:
            element.inner_end = element.end = len(self.html)

    def _close(self, opened: list[Element], start: int, end: int) -> None:
        """Ends the elements that are closed in a stretch without tags that open any."""
        # Up to the last end of a tag: where none follows, each beginning of an end would be looked through to the end.
        end = self.html.rfind(">", start, end) + 1
        if self.html.find("</", start, end) < 0:
            return
        for found in _CLOSER.finditer(self.html, start, end):
            name = found[1].lower()
            if not any(element.name == name for element in opened[-_FARTHEST:]):
                continue
            while (element := opened.pop()).name != name:
                element.inner_end = element.end = found.start()
            element.inner_end, element.end = found.start(), found.end()

    def inner(self, element: Element) -> str:
        """The content of an element as it was written."""
        return self.html[element.inside : element.inner_end]

    def beginning(self, element: Element, most: int) -> str:
        """The first characters of it: elements that nobody has closed hold each other, and so all of the text."""
        return self.html[element.inside : min(element.inner_end, element.inside + most)]

    def before(self, element: Element, text: str) -> None:
        self._edits.append((element.start, element.start, text))

    def first_in(self, element: Element, text: str) -> None:
        self._edits.append((element.inside, element.inside, text))

    def after(self, element: Element, text: str) -> None:
        self._edits.append((element.end, element.end, text))

    def replace(self, element: Element, text: str) -> None:
        """Puts something in the place of an element and all that it holds."""
        self._edits.append((element.start, element.end, text))

    def replace_inner(self, element: Element, text: str) -> None:
        """Puts something in the place of all that an element holds."""
        self._edits.append((element.inside, element.inner_end, text))

    def rename(self, element: Element, opening: str, name: str) -> None:
        """Gives an element another tag, its content stays."""
        self._edits.append((element.start, element.inside, opening))
        self._edits.append((element.inner_end, element.end, f"</{name}>"))

    def unwrap(self, element: Element) -> None:
        """Takes an element away, its content stays."""
        self._edits.append((element.start, element.inside, ""))
        self._edits.append((element.inner_end, element.end, ""))

    def changed(self) -> str:
        """The text with all changes; what is asked of the inside of a replaced element is not done."""
        edits = list(self._edits)
        for element in self.elements:
            tag = element.tag
            if (written := tag.apply()) is not tag.html:
                edits.append((element.start, element.inside, written))
        if not edits or sum(len(text) for _, _, text in edits) > _MOST_GROWTH * len(self.html) + _SPARE:
            return self.html
        out: list[str] = []
        at = 0
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            if start < at:
                continue
            out += (self.html[at:start], text)
            at = end
        out.append(self.html[at:])
        return "".join(out)
