"""Lists that WordPress's scripts have lead somewhere when an entry is chosen: links, or a form with a button."""

from __future__ import annotations

from wirepress.render.entities import escape_attribute
from wirepress.site.blocks.markup import Element, Markup
from wirepress.url.parse import web_url

CUES = ("wp-block-archives-dropdown", "wp-block-categories-dropdown")
"""A text without either has no such list."""


def led_on(markup: Markup, home: str) -> None:
    """Has the lists lead on without a script; `home` is where the site is."""
    months: dict[Element, list[tuple[str, str]]] = {}
    for element in markup.elements:
        if element.name == "option" and (whole := element.within("wp-block-archives-dropdown")) is not None:
            address = web_url(element.tag.get("value") or "", home)
            if address is not None and element.tag.get("value"):
                months.setdefault(whole, []).append((address.href, markup.inner(element).strip()))
        elif element.name == "option" and element.tag.get("value") == "-1":
            element.tag.set("value", "")
        elif element.name == "select" and element.within("wp-block-categories-dropdown") is not None:
            markup.before(element, f'<form class="dropdown" method="get" action="{escape_attribute(home)}">')
            markup.after(element, ' <button type="submit" class="wp-element-button">Show</button></form>')
    for whole, entries in months.items():
        links = "".join(f'<li><a href="{escape_attribute(url)}">{words}</a></li>' for url, words in entries)
        listed = f'<ul class="wp-block-archives-list">{links}</ul>'
        markup.replace_inner(whole, f"<details><summary>{_label(markup, whole)}</summary>{listed}</details>")


def _label(markup: Markup, whole: Element) -> str:
    named = (one for one in markup.elements if one.parent is whole and "wp-block-archives__label" in one.classes)
    return next((markup.inner(one).strip() for one in named), "") or "Archives"
