"""CSS selectors of a source's rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from cssselect import SelectorError
from cssselect import parse as parse_selectors
from cssselect.xpath import ExpressionError, HTMLTranslator
from lxml import etree
from lxml.html import HtmlElement

from wirepress.syndicate.unreadable import Unreadable

LONGEST: Final = 2_000
"""Characters of a selector."""
MOST_PARTS: Final = 40
"""Names, classes and conditions in one, all of its alternatives together."""
MOST_STEPS: Final = 8
"""Times that one steps to other elements (` `, `>`, `+`, `~`, `:has`): each may multiply the work."""

Select = Callable[[HtmlElement], list[HtmlElement]]


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a CSS selector of a source's rules matches, in document order.  Raises Unreadable for none."""
    return selection(selector)(tree)


@lru_cache(maxsize=64)
def selection(selector: str) -> Select:
    """What finds the elements in a tree, or in an element, that a CSS selector matches.  Raises Unreadable for none."""
    path = _path(selector)

    def found(tree: HtmlElement) -> list[HtmlElement]:
        elements = path(tree)
        return [one for one in elements if isinstance(one, HtmlElement)] if isinstance(elements, list) else []

    return found


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector that pages are read by, or empty."""
    if not text:
        return True
    try:
        _path(text)
    except Unreadable:
        return False
    return True


def _path(selector: str) -> etree.XPath:
    problem = f"{selector[:80]!r} is no CSS selector that can be used"
    if len(selector) > LONGEST:
        raise Unreadable(problem)
    try:
        trees = [one.parsed_tree for one in parse_selectors(selector)]
        parts, steps = _size(trees)
        if parts > MOST_PARTS or steps > MOST_STEPS:
            raise Unreadable(problem)
        return etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, ExpressionError, NotImplementedError, etree.XPathError, RecursionError, ValueError) as error:
        raise Unreadable(problem) from error


def _size(trees: list[Any]) -> tuple[int, int]:
    """How many parts and steps parsed selectors have, counted up to somewhat more than they may have."""
    parts = steps = 0
    waiting = list(trees)
    while waiting and parts <= MOST_PARTS:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            waiting.extend(one)
            continue
        one = getattr(one, "parsed_tree", one)
        parts += 1
        steps += hasattr(one, "combinator")
        below = (getattr(one, name, None) for name in ("selector", "subselector"))
        waiting.extend(part for part in below if part is not None)
        waiting.extend(getattr(one, "selector_list", ()))
    return parts, steps
