"""Changing attributes of a tag in place, with WordPress's spelling (`WP_HTML_Tag_Processor`).

A new attribute comes right after the tag's name (several of one `Tag` in the order of the alphabet), a known one keeps
its place and quotes, classes are added behind those that are there.  The rest of the HTML stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wirepress.render.attributes import decode_attribute
from wirepress.render.entities import escape_attribute

_TAG = re.compile(r"<([a-zA-Z][^\s/>]*+)", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>=?[^\s/>=]++)(?>\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+))|)""",
    re.ASCII,
)
_RAW = re.compile(r"(?:script|style|textarea|title|iframe|noembed|noframes|xmp)\Z", re.ASCII | re.IGNORECASE)

_CLOSER = re.compile(r"</([a-zA-Z][^\s/>]*+)", re.ASCII)
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_ADDRESSES = frozenset(("action", "cite", "data", "href", "poster", "src"))
_ESCAPES = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;"})


class Tag:
    """An opening tag found in a text, with changes to make."""

    def __init__(self, html: str, start: int, name: str, name_end: int, end: int) -> None:
        self.html, self.start, self.end = html, start, end
        self.name = name.lower()
        self._name_end = name_end
        self._spans: dict[str, tuple[int, int, str | None]] | None = None
        self._changes: dict[str, str] = {}
        self._added: list[str] = []

    def _attributes(self) -> dict[str, tuple[int, int, str | None]]:
        if self._spans is None:
            self._spans = {}
            at = self._name_end
            while at < self.end - 1 and (found := _ATTRIBUTE.match(self.html, at, self.end - 1)):
                value = next((found[g] for g in ("double", "single", "bare") if found[g] is not None), None)
                self._spans.setdefault(found["name"].lower(), (found.start("name"), found.end(), value))
                at = found.end()
        return self._spans

    def get(self, name: str) -> str | None:
        """The attribute's value, "" where it stands without one, None where it does not stand."""
        if name in self._changes:
            return self._changes[name]
        span = self._attributes().get(name)
        return None if span is None else decode_attribute(span[2] or "")

    def set(self, name: str, value: str) -> None:
        self._changes[name] = value

    def has_class(self, name: str) -> bool:
        return name in (self.get("class") or "").split() or name in self._added

    def add_class(self, *names: str) -> None:
        for name in names:
            for one in name.split():
                if not self.has_class(one):
                    self._added.append(one)

    def apply(self) -> str:
        """The text with the changes made."""
        if self._added:
            before = (self.get("class") or "").strip(" \t\f\r\n")
            self._changes["class"] = " ".join((before, *self._added)).lstrip(" ")
        if not self._changes:
            return self.html
        spans = self._attributes()
        edits: list[tuple[int, int, str]] = []
        fresh = []
        for name, value in self._changes.items():
            span = spans.get(name)
            plain = escape_attribute(value) if name in _ADDRESSES else value.translate(_ESCAPES)
            written = f'{name}="{plain}"'
            if span is not None:
                edits.append((span[0], span[1], written))
            else:
                fresh.append(f" {written}")
        edits.append((self._name_end, self._name_end, "".join(sorted(fresh))))
        html = self.html
        for start, end, written in sorted(edits, reverse=True):
            html = html[:start] + written + html[end:]
        return html


def tags(html: str, at: int = 0) -> Iterator[Tag]:
    """The opening tags of a text from a place on; comments and the insides of raw elements hold none."""
    while (start := html.find("<", at)) >= 0:
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            if end < 0:
                return
            at = end + 3
            continue
        found = _TAG.match(html, start)
        if not found:
            at = start + 1
            continue
        stop = _tag_end(html, found.end())
        if stop < 0:
            return
        yield Tag(html, start, found[1], found.end(), stop)
        at = stop
        if _RAW.match(found[1]):
            close = re.compile(rf"</{found[1]}", re.IGNORECASE).search(html, stop)
            if not close:
                return
            at = close.start() + 1


def opened_and_closed(html: str) -> Iterator[tuple[str, Tag | None]]:
    """The elements that a text opens, with their tags, and those that it closes, in order; none that hold nothing."""
    at = 0
    for tag in tags(html):
        yield from ((name.lower(), None) for name in _CLOSER.findall(html, at, tag.start))
        at = tag.end
        if tag.name not in _EMPTY:
            yield tag.name, tag
    yield from ((name.lower(), None) for name in _CLOSER.findall(html, at))


def _tag_end(html: str, at: int) -> int:
    """Behind the `>` that ends a tag, quoted values skipped; -1 if it never ends."""
    while found := _ATTRIBUTE.match(html, at):
        at = found.end()
    while at < len(html) and html[at] in " \t\f\r\n/":
        at += 1
    return at + 1 if html.startswith(">", at) else -1


def first_tag(html: str, *names: str) -> Tag | None:
    """The first opening tag (of one of these names)."""
    for tag in tags(html):
        if not names or tag.name in names:
            return tag
    return None


def rewritten(html: str, change: Callable[[Tag], bool]) -> str:
    """The text with its opening tags changed one by one, in one pass; `change` says whether it asked for any."""
    out: list[str] = []
    at = 0
    for tag in tags(html):
        alone = Tag(html[tag.start : tag.end], 0, tag.name, len(tag.name) + 1, tag.end - tag.start)
        if change(alone):
            out += (html[at : tag.start], alone.apply())
            at = tag.end
    out.append(html[at:])
    return "".join(out)


def with_attribute(html: str, element: str, name: str, value: str) -> str:
    """The text with an attribute on all elements of a name."""

    def change(tag: Tag) -> bool:
        if tag.name == element:
            tag.set(name, value)
        return tag.name == element

    return rewritten(html, change)


def with_class(html: str, *classes: str) -> str:
    """The text with classes on its first tag."""
    tag = first_tag(html)
    if tag is None:
        return html
    tag.add_class(*classes)
    return tag.apply()
