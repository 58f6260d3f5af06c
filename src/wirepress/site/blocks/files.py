"""Files with a view of what is in them: PDFs of the site's own, shown by the reader's browser where it can show them.

WordPress's script takes the view away where no browser would show anything.  Here it stands within a line, so that it
takes no room then, and style sheets leave it out on telephones; the link to the file is there for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wirepress.render.entities import escape_attribute
from wirepress.site.blocks.markup import Element, Markup
from wirepress.url.parse import web_url

CUE = "wp-block-file__embed"
"""A text without it has no file with a view."""
VIEW = '<div class="wp-block-file__view">'
"""What stands around a view; a page without it needs no plugin."""
_PDF = "application/pdf"


def origins(*addresses: str) -> list[str]:
    """The origins that the site's own files come from, of its addresses, each once."""
    known = (web_url(address) for address in addresses)
    return list(dict.fromkeys(address.origin for address in known if address is not None))


def policy(own: Sequence[str]) -> dict[str, str]:
    """The rules of a page's Content-Security-Policy that let the site's files be shown; the first of its own origins is
    that of the page."""
    return {"object_src": " ".join(("'self'", *own[1:]))}


def viewed(markup: Markup, home: str, own: Collection[str]) -> None:
    """Shows the views of files from the site's own origins, and leaves all others out; `home` is where the site is."""
    for element in markup.elements:
        if element.name != "object" or CUE not in element.classes or not element.is_closed:
            continue
        address = element.tag.get("data")
        source = web_url(address, home) if address else None
        if source is None or source.origin not in own or element.tag.get("type") != _PDF:
            markup.replace(element, "")
        else:
            markup.replace(element, f"{VIEW}{_view(element)}</div>")


def _view(element: Element) -> str:
    kept = ((name, element.tag.get(name)) for name in ("data", "type", "class", "style", "aria-label"))
    return f"<object{''.join(f' {name}={_quoted(value)}' for name, value in kept if value)}></object>"


def _quoted(value: str) -> str:
    return f'"{escape_attribute(value)}"'
