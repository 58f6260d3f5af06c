"""CSS selectors of a source's rules."""

from __future__ import annotations

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from wirepress.syndicate.unreadable import Unreadable


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a CSS selector of a source's rules matches, in document order.  Raises Unreadable for none."""
    try:
        found = CSSSelector(selector, translator="html")(tree)
    except (SelectorError, NotImplementedError) as error:
        raise Unreadable(f"{selector[:80]!r} is no CSS selector that can be used") from error
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []
