"""The hub that tells others of news in the feeds (WebSub, section 4): whoever reads a feed finds it there."""

from __future__ import annotations

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.newsroom import View
from wirepress.feeds.channel import address
from wirepress.url.parse import is_address


def hub_of(view: View) -> str:
    """The address of the hub that the site has chosen, "" for none: a hub learns who reads what."""
    chosen = str(view.site.option("wirepress_websub_hub")).strip()
    return chosen if is_address(chosen) else ""


def links(view: View, element: str = "atom:link") -> str:
    """The line of a feed that names the hub."""
    hub = hub_of(view)
    return f'\t<{element} href="{address(hub)}" rel="hub" />\n' if hub else ""


def headers(view: View, shown: Shown) -> list[tuple[str, str]]:
    """Hub and the feed's own address in the head of an answer (RFC 8288), where there is a hub."""
    hub = hub_of(view)
    if not hub:
        return []
    own = (shown.asked or address_of(view, shown)).replace("<", "%3C").replace(">", "%3E")
    return [("link", f'<{hub}>; rel="hub", <{own}>; rel="self"')]
