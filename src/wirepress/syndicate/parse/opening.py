"""What a page shows around its headline: the runs of text and the pictures, in the order of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from wirepress.syndicate.parse.text import HIDDEN, element_text, squeeze

_MOST_BEFORE: Final = 12
_MOST_BEHIND: Final = 80
_MOST_FOUND: Final = 600
_MOST_EVENTS: Final = 4_000
"""Beginnings and ends of elements that are looked at in one element, text or not."""
_LONGEST: Final = 2_000
"""Characters of a run that are read."""
_MOST_HEADINGS: Final = 100
_PARAGRAPH: Final = 140
"""Characters from which on a run of text is one of an article's, no line of its head."""
_PARAGRAPHS: Final = 4
_PASSED_OVER: Final = HIDDEN | frozenset(("nav", "form", "select", "textarea", "dialog", "figcaption"))
_ELSEWHERE: Final = re.compile(
    r"related|recommend|teaser|promo(?!ted)|(?<!layout-)sidebar|widget-area|newsletter|comment|trending|popular|carousel|read-?more"
    r"|more-?from|most-?read|latest|breadcrumb|modal|cookie",
    re.IGNORECASE,
)
_OF_AUTHOR: Final = re.compile(r"^(?!.*(?:comment|related|more)).*(?:author|by-?line)", re.IGNORECASE)
_TITLED: Final = re.compile(
    r"(?:entry|post|article|page|story|p)[-_]{1,2}(?:title|name|headline)|headline", re.IGNORECASE
)


class Run(NamedTuple):
    """A piece of text without markup inside, and the element that it stands in."""

    text: str
    element: HtmlElement


@dataclass(frozen=True)
class Opening:
    """The runs before a headline, the nearest last, and those behind it until some paragraphs have gone by."""

    heading: HtmlElement | None = None
    before: list[Run] = field(default_factory=list)
    behind: list[Run] = field(default_factory=list)
    pictures: list[HtmlElement] = field(default_factory=list)
    """The `img` elements behind the headline, before the article's second paragraph, and then those before it."""

    around: frozenset[HtmlElement] = frozenset()
    """What the headline stands in: whatever its markup is called, the article is in it."""

    @cached_property
    def holders(self) -> frozenset[HtmlElement]:
        """The elements that the runs stand in, and all that those stand in below the headline's own."""
        found: set[HtmlElement] = set()
        for run in (*self.before, *self.behind):
            for element in (run.element, *run.element.iterancestors()):
                if element in found or element in self.around:
                    break
                found.add(element)
        return frozenset(found)


def opening_of(tree: HtmlElement, title: str) -> Opening:
    """What stands around the headline of a page whose title is known; empty where it shows none."""
    heading = _heading(tree, title)
    if heading is None:
        return Opening()
    behind: list[Run] = []
    pictures: list[HtmlElement] = []
    paragraphs = 0
    for found in _following(heading):
        if not isinstance(found, Run):
            if paragraphs < 2:
                pictures.append(found)
            continue
        behind.append(found)
        paragraphs += len(found.text) >= _PARAGRAPH
        if paragraphs >= _PARAGRAPHS or len(behind) >= _MOST_BEHIND:
            break
    before = _preceding(heading)[-_MOST_BEFORE:]
    return Opening(heading, before, behind, [*pictures, *_pictures_before(heading)], frozenset(heading.iterancestors()))


def runs_in(element: HtmlElement, most: int = 40) -> list[Run]:
    """The first runs of text in an element."""
    found: list[Run] = []
    for one in _inside(element):
        if isinstance(one, Run):
            found.append(one)
            if len(found) >= most:
                break
    return found


def is_elsewhere(element: HtmlElement, opening: Opening | None = None) -> bool:
    """Whether an element stands in what a page shows beside its article: lists of others, comments, menus."""
    for above in (element, *element.iterancestors()):
        if above.tag in ("body", "main") or (opening is not None and above in opening.around):
            return False
        if above.tag in ("nav", "form") or names_elsewhere(above):
            return True
        if above.tag == "article":
            return False
    return False


def names_elsewhere(element: HtmlElement) -> bool:
    """Whether a page's markup calls an element by what stands beside an article, and not by its author."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if "[" in named:  # a style that is written into a class names other parts of the page
        named = " ".join(word for word in named.split() if "[" not in word)
    return (
        element.tag != "figure"
        and len(named) > 1
        and _ELSEWHERE.search(named) is not None
        and _OF_AUTHOR.search(named) is None
    )


def _heading(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The element that shows the title: one that says the same, else the first heading of those that come near."""
    folded = _folded(title)
    if not folded:
        return None
    near: HtmlElement | None = None
    words = _words(title)
    for element in islice(tree.iter("h1", "h2", "h3"), _MOST_HEADINGS):
        is_title = element.tag == "h1" or _TITLED.search(f"{element.get('class') or ''}"[:300])
        text = element_text(element, _LONGEST)[:1_000]
        if _folded(text) == folded and not is_elsewhere(element):
            return element
        said = _words(text)
        if near is None and is_title and said and len(said & words) >= 0.5 * min(len(said), len(words)):
            near = element
    if near is not None:
        return near
    heads = [head for head in islice(tree.iter("h1"), _MOST_HEADINGS) if not is_elsewhere(head)]
    return heads[0] if len(heads) == 1 else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _following(element: HtmlElement) -> Iterator[Run | HtmlElement]:
    """Runs of text and pictures behind an element, up to a bound of elements."""
    looked = 0
    node: HtmlElement | None = element
    while node is not None and node.tag != "body":
        above = node.getparent()
        if above is not None and (text := squeeze((node.tail or "")[:_LONGEST])):
            yield Run(text, above)
        beside = node.getnext()
        if beside is None:
            node = above
            continue
        node = beside
        for found in _inside(beside):
            yield found
            looked += 1
            if looked > _MOST_FOUND:
                return


def _preceding(heading: HtmlElement) -> list[Run]:
    """The runs of text before a heading, in what it stands in."""
    found: list[Run] = []
    for at, above in enumerate((heading, *heading.iterancestors())):
        if at > 4 or above.tag in ("body", "main") or len(found) >= _MOST_BEFORE:
            break
        for before in islice(above.itersiblings(preceding=True), 6):
            if tail := squeeze((before.tail or "")[:_LONGEST]):
                found.append(Run(tail, before.getparent()))
            found.extend(islice(_runs_backwards(before), _MOST_BEFORE))
    return found[::-1]


def _runs_backwards(element: HtmlElement) -> Iterator[Run]:
    """The runs of text in an element as `_inside` has them, the last first."""
    waiting = [(element, False)]
    for _ in range(_MOST_EVENTS):
        if not waiting:
            return
        node, is_begin = waiting.pop()
        if is_begin:
            if text := squeeze((node.text or "")[:_LONGEST]):
                yield Run(text, node)
            continue
        if node is not element and (text := squeeze((node.tail or "")[:_LONGEST])):
            yield Run(text, node.getparent())
        if not _is_passed_over(node):
            waiting.append((node, True))
            waiting.extend((inner, False) for inner in node)


def _pictures_before(heading: HtmlElement) -> list[HtmlElement]:
    """The pictures over a heading, in the head of its article."""
    found: list[HtmlElement] = []
    for at, above in enumerate((heading, *heading.iterancestors())):
        if at > 3 or above.tag in ("body", "main"):
            break
        for before in islice(above.itersiblings(preceding=True), 4):
            found.extend(one for one in _inside(before) if not isinstance(one, Run))
    return found[:6]


def _inside(element: HtmlElement) -> Iterator[Run | HtmlElement]:
    """The runs of text and the pictures in an element, without what is hidden or stands for other articles."""
    if _is_passed_over(element):
        return
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _MOST_EVENTS):
        if event == "end":
            if node is not element and (text := squeeze((node.tail or "")[:_LONGEST])):
                yield Run(text, node.getparent())
            continue
        if node is not element and _is_passed_over(node):
            walk.skip_subtree()
            continue
        if node.tag in ("img", "amp-img"):
            yield node
        if text := squeeze((node.text or "")[:_LONGEST]):
            yield Run(text, node)


def _is_passed_over(node: HtmlElement) -> bool:
    if node.tag in _PASSED_OVER:
        return True
    return names_elsewhere(node)
