"""Files with a view of what is in them: PDFs of the site's own, shown by the reader's browser where it can show them.

WordPress's script takes the view away where no browser would show anything.  Here it stands within a line, so that it
takes no room then, and style sheets leave it out on telephones; the link to the file is there for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import unescape

from wirepress.render.entities import escape_attribute
from wirepress.site.blocks.markup import Element, Markup
from wirepress.url.parse import web_url

CUE = "wp-block-file__embed"
"""A text without it has no file with a view."""
VIEW = '<div class="wp-block-file__view">'
"""What stands around a view."""
_PDF = "application/pdf"
_PLUGINS = ("object", "embed", "applet")
_PLUGIN = re.compile(rf"<(?:{'|'.join(_PLUGINS)})(?![^\s/>])", re.IGNORECASE)
_SHOWN = re.compile(rf'{VIEW}<object data="([^"]*)" type="{_PDF}"(?: (?:class|style|aria-label)="[^"]*")*></object>')
_WITHIN = re.compile("srcdoc", re.IGNORECASE)


def origins(*addresses: str) -> list[str]:
    """The origins that the site's own files come from, of its addresses, each once."""
    known = (web_url(address) for address in addresses)
    return list(dict.fromkeys(address.origin for address in known if address is not None))


def policy(own: Sequence[str]) -> dict[str, str]:
    """The rules of a page's Content-Security-Policy that let the site's files be shown; the first of its own origins is
    that of the page."""
    return {"object_src": " ".join(("'self'", *own[1:]))}


def viewed(markup: Markup, home: str, own: Collection[str]) -> None:
    """Shows the views of files from the site's own origins, and leaves all others out; `home` is where the site is.

    Beside a view there is nothing else that the policy would let in: of other objects what they hold is shown instead.
    """
    plugins = [element for element in markup.elements if element.name in _PLUGINS]
    shows_views = any(_is_view(element, home, own) for element in plugins)
    for element in plugins:
        if _is_view(element, home, own):
            markup.replace(element, f"{VIEW}{_view(element)}</div>")
        elif CUE in element.classes and element.is_closed:
            markup.replace(element, "")
        elif shows_views:
            markup.unwrap(element)


def are_alone(html: str, home: str, own: Collection[str]) -> bool:
    """Whether a finished text has views, and nothing else that its page's policy would let in with them.

    Each word is looked at, wherever it stands: browsers find elements in places where `Markup` sees none (in a style
    sheet within a drawing), and a document within an attribute lives by the policy of its page.
    """
    views = sum(_is_own(unescape(address), home, own) for address in _SHOWN.findall(html))
    return views > 0 and views == len(_PLUGIN.findall(html)) and _WITHIN.search(html) is None


def _is_view(element: Element, home: str, own: Collection[str]) -> bool:
    is_ours = element.name == "object" and CUE in element.classes and element.is_closed
    return is_ours and element.tag.get("type") == _PDF and _is_own(element.tag.get("data") or "", home, own)


def _is_own(address: str, home: str, own: Collection[str]) -> bool:
    source = web_url(address, home) if address else None
    return source is not None and source.origin in own


def _view(element: Element) -> str:
    kept = ((name, element.tag.get(name)) for name in ("data", "type", "class", "style", "aria-label"))
    return f"<object{''.join(f' {name}={_quoted(value)}' for name, value in kept if value)}></object>"


def _quoted(value: str) -> str:
    return f'"{escape_attribute(value)}"'
