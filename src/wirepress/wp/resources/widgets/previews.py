"""What widgets look like before they are kept, alone and as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.render.blocks.widgets import framed, widget
from wirepress.render.entities import escape_attribute
from wirepress.wp.call import Call
from wirepress.wp.resources.blocks.renderer import shown


def preview(call: Call, kind: str, settings: Mapping[str, Any]) -> str:
    """A widget with its frame; "" where it shows nothing.  Raises Invalid where that takes more work than it may."""
    return framed(kind, shown(call, lambda scene: widget(kind, settings, scene)), settings)


def page(call: Call, html: str) -> str:
    """A page that shows nothing but a widget."""
    language = (str(call.site.option("WPLANG")) or "en_US").replace("_", "-")
    return (
        f'<!doctype html>\n<html lang="{escape_attribute(language)}">\n<head>\n<meta charset="UTF-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n</head>\n'
        f'<body>\n<div id="page" class="site">\n<div id="content" class="site-content">\n{html}\n</div>\n</div>\n'
        "</body>\n</html>\n"
    )
