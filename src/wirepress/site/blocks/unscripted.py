"""Blocks that WordPress's scripts open and close, as elements that need none: readers lose nothing of them.

A tab is a folded part with its label, an item of an accordion is one with its heading, a field of a search that a
button would show is there from the first, and what only a script could do is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.strip import strip_tags
from wirepress.site.blocks.markup import Element, Markup

CUES = ("wp-block-tab", "wp-block-accordion", "wp-block-search__searchfield-hidden", "lightbox-trigger")
"""A text without any of these has nothing that a script would show."""
_LONGEST_LABEL = 1000
_FOLDED_SEARCH = "wp-block-search__searchfield-hidden"
_ACTIVE_TAB = re.compile(r'"activeTabIndex":(\d{1,5})\b')


def opened(markup: Markup) -> None:
    """Has everything shown that waits for a script."""
    tabs(markup)
    for element in markup.elements:
        if "lightbox-trigger" in element.classes and element.name == "button" and element.is_closed:
            markup.replace(element, "")
        for name in element.classes:
            if name in _PARTS:
                _PARTS[name](markup, element)


def tabs(markup: Markup) -> None:
    """The panels of tabs with their labels; the active one is unfolded."""
    shown = {_tabs_of(element) for element in markup.elements if "wp-block-tab-panel" in element.classes}
    labels: dict[str, str] = {}
    met: dict[int, int] = {}
    for element in markup.elements:
        if "wp-block-tab" in element.classes:
            labels[element.tag.get("id") or ""] = _label(markup, element)
        elif "wp-block-tab-list" in element.classes and element.is_closed and _tabs_of(element) in shown:
            markup.replace(element, "")
        elif "wp-block-tab-panel" in element.classes:
            whole = element.within("wp-block-tabs")
            place = met[id(whole)] = met.get(id(whole), -1) + 1
            label = labels.get(element.tag.get("aria-labelledby") or "") or f"Part {place + 1}"
            _fold(markup, element, f"<summary>{label}</summary>", is_open=place == _active(whole))


def _tabs_of(element: Element) -> int:
    return id(element.within("wp-block-tabs"))


def _label(markup: Markup, element: Element) -> str:
    """The label of a tab; of a long one, which every panel would repeat, the first words."""
    label = markup.beginning(element, _LONGEST_LABEL + 1)
    return label.strip() if len(label) <= _LONGEST_LABEL else escape_html(strip_tags(label).strip())


def _active(whole: Element | None) -> int:
    found = _ACTIVE_TAB.search((whole.tag.get("data-wp-context") or "") if whole is not None else "")
    return int(found[1]) if found else 0


def _item(markup: Markup, element: Element) -> None:
    _fold(markup, element, "", is_open="is-open" in element.classes)


def _heading(markup: Markup, element: Element) -> None:
    if element.parent is not None and "wp-block-accordion-item" in element.parent.classes:
        markup.before(element, "<summary>")
        markup.after(element, "</summary>")


def _toggle(markup: Markup, element: Element) -> None:
    markup.rename(element, f"<span{_kept(element)}>", "span")


def _panel(_markup: Markup, element: Element) -> None:
    element.tag.set("role", "group")


def _field(_markup: Markup, element: Element) -> None:
    if element.within(_FOLDED_SEARCH) is not None:
        element.tag.set("aria-hidden", "false")


def _search_button(_markup: Markup, element: Element) -> None:
    if element.within(_FOLDED_SEARCH) is not None:
        element.tag.set("type", "submit")
        element.tag.set("aria-expanded", "true")
        element.tag.set("aria-label", element.tag.get("aria-label") or "Search")


_PARTS: dict[str, Callable[[Markup, Element], None]] = {
    "wp-block-accordion-item": _item,
    "wp-block-accordion-heading": _heading,
    "wp-block-accordion-heading__toggle": _toggle,
    "wp-block-accordion-panel": _panel,
    "wp-block-search__input": _field,
    "wp-block-search__button": _search_button,
}


def _fold(markup: Markup, element: Element, summary: str, *, is_open: bool) -> None:
    """Makes an element one that readers fold and unfold."""
    markup.rename(element, f"<details{_kept(element)}{' open' if is_open else ''}>{summary}", "details")


def _kept(element: Element) -> str:
    """The attributes of an element that hold in another as well."""
    found = ((name, element.tag.get(name)) for name in ("id", "class", "style"))
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in found if value)
