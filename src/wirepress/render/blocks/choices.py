"""Lists to pick from: archives and categories as a drop-down.

A content holds no script, so going where is picked is left to the page around it.
"""

from __future__ import annotations

from collections.abc import Iterable

from wirepress.render.blocks.settings import label_class
from wirepress.render.blocks.shown import bracketed
from wirepress.render.entities import escape_attribute
from wirepress.render.urls import clean_url

_VARIABLES = {"category": ("category_name", "Category", "Categories"), "post_tag": ("tag", "Tag", "Tags")}


def archives(name: str, rows: Iterable[tuple[str, str, int]], *, of: str, counted: bool, labelled: bool) -> str:
    """Archives to pick from: address, name and count of each; `of` says what they are."""
    options = "".join(
        f"\t<option value='{clean_url(url)}'> {text} {bracketed(count, counted)}</option>\n"
        for url, text, count in rows
    )
    return (
        f'<label for="{name}" class="wp-block-archives__label{label_class(labelled)}">Archives</label>\n'
        f'\t\t<select id="{name}" name="archive-dropdown">\n'
        f'\t\t<option value="">Select {of}</option>{options}</select>'
    )


def terms(name: str, taxonomy: str, rows: Iterable[tuple[str, str, int, int]], *, counted: bool, label: str) -> str:
    """Terms to pick from: slug, name, count and depth of each; `label` is the element before them."""
    variable, one, _ = _VARIABLES.get(taxonomy, (taxonomy, taxonomy, taxonomy))
    options = "".join(
        f'\t<option class="level-{depth}" value="{escape_attribute(slug)}">{"&nbsp;" * (3 * depth)}{text}'
        f"{f'&nbsp;&nbsp;({count:,})' if counted else ''}</option>\n"
        for slug, text, count, depth in rows
    )
    return (
        f"{label}<select  name='{escape_attribute(variable)}' id='{name}' class='postform'>\n"
        f"\t<option value='-1'>Select {escape_attribute(one)}</option>\n{options}</select>\n"
    )


def label_of(taxonomy: str) -> str:
    """What a list of a taxonomy's terms is called."""
    return _VARIABLES.get(taxonomy, ("", "", taxonomy))[2]
