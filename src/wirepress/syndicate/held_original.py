"""What is kept of the original of an article that is held, so that whoever decides sees both side by side."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

import nh3
from lxml import etree
from lxml.html import HtmlElement

from wirepress.model.wire import Arrival, Create, Entry, Intent, Rights, Source
from wirepress.net.port import Fetched
from wirepress.store.held import HeldOriginal
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse.text import page_text, page_tree
from wirepress.syndicate.unreadable import Unreadable

LONGEST_MARKUP: Final = 300_000
"""Characters of what is kept of an original."""
_TAGS: Final = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "i", "b",
    "strong", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "div", "dl", "dt", "dd",
}  # fmt: skip
_DROPPED: Final = ("head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "nav")


def held_original(source: Source, entry: Entry, fetched: Fetched | None, intent: Intent) -> HeldOriginal | None:
    """What is shown beside an article while it waits for a decision: its page, or else the feed's own text; None where
    it waits for nobody, or the rights of its source let nothing be kept."""
    is_held = isinstance(intent, Create) and intent.dispatch.status is Arrival.PENDING
    if not is_held or source.rights is not Rights.FULL:
        return None
    try:
        if fetched is not None:
            return HeldOriginal("page", sandbox.run(sandbox.PAGE, bare_page, fetched.body, fetched.content_type))
        return HeldOriginal("feed", sandbox.run(sandbox.ARTICLE, bare, entry.content or entry.summary))
    except Unreadable:
        return None


def bare_page(body: bytes, content_type: str) -> str:
    """A page as bare markup (`bare`)."""
    return bare(page_text(body, content_type))


def bare(markup: str) -> str:
    """Markup with nothing but the structure of its text: no attributes, no addresses, no scripts, of pictures what they
    are said to show.  Raises Unreadable."""
    if not markup.strip():
        return ""
    tree = page_tree(markup)
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    for picture in list(tree.iter("img")):
        picture.tag, picture.text = "em", f"[{picture.get('alt') or '…'}]"
    text = "".join(_serialized(tree))[:LONGEST_MARKUP]
    return nh3.clean(text, tags=_TAGS, attributes={}, clean_content_tags={"script", "style"}, link_rel=None)


def _serialized(tree: HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = str(node.tag)
        if event == "start":
            yield f"<{tag}>" if tag in _TAGS else ""
            yield html.escape(node.text or "", quote=False)
        else:
            yield f"</{tag}>" if tag in _TAGS and tag not in ("br", "hr") else ""
            yield html.escape(node.tail or "", quote=False)
