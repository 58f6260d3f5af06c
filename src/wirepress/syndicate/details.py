"""What a page says of itself in its head, for the preview of a link (WP_REST_URL_Details_Controller)."""

from __future__ import annotations

from typing import Final

from wirepress.net.port import Fetcher
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.text import page_text, page_tree, plain, squeeze
from wirepress.syndicate.unreadable import Unreadable

PAGE_BYTES: Final = 2_000_000
LONGEST: Final = 1_000
"""Characters of a title or a description ..."""
LONGEST_ADDRESS: Final = 2_000
"""... and of an address: a preview shows less."""


def look_up(url: str, fetcher: Fetcher) -> dict[str, str]:
    """Title, icon, description and image of the page at an address that somebody has written down.

    Raises FetchError for no page, Unreadable for one that says nothing.
    """
    fetched = fetcher.get(url, body_bytes=PAGE_BYTES, robots=False)
    return sandbox.run(sandbox.PAGE, read_details, fetched.body, fetched.url, fetched.content_type)


def read_details(body: bytes, url: str, content_type: str) -> dict[str, str]:
    """The same of a page that was fetched; it is read in a process of its own."""
    return details(page_text(body, content_type), url)


def details(text: str, url: str) -> dict[str, str]:
    """Title, icon, description and image of the page whose text came from `url`, each "" where it says none.

    All of it is plain text, the addresses are of http and https.  Raises Unreadable where there is no text.
    """
    if not text.strip():
        raise Unreadable("the page is empty")
    metadata = Metadata(page_tree(text), url)
    title = next((squeeze(element.text_content()) for element in metadata.tree.iter("title")), "")
    image = absolute(url, metadata.meta("og:image", "og:image:url"))
    return {
        "title": title[:LONGEST],
        "icon": _address(metadata.link("icon")),
        "description": plain(metadata.meta("description", "og:description"))[:LONGEST],
        "image": _address(image),
    }


def _address(url: str) -> str:
    return url if len(url) <= LONGEST_ADDRESS else ""
