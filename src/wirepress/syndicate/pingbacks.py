"""Looking at the page that a pingback names: its title, and what links of it lead to this site."""

from __future__ import annotations

from typing import Any, Final

from lxml import html as lxml_html

from wirepress.net.port import Fetcher
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import BLOCKS, page_text, page_tree, squeeze
from wirepress.syndicate.unreadable import Unreadable
from wirepress.url.parse import web_url

PAGE_BYTES: Final = 1_000_000
MOST_LINKS: Final = 50
LONGEST_TITLE: Final = 200
AROUND: Final = 100
"""Characters of the words around a link."""


def look_up(url: str, home: str, fetcher: Fetcher) -> dict[str, Any]:
    """Title of a page, and its links to the site of an address with the words around them.

    Raises FetchError for no page, Unreadable for one without a title or such a link.
    """
    fetched = fetcher.get(url, body_bytes=PAGE_BYTES, robots=False)
    return sandbox.run(sandbox.PAGE, read_links, fetched.body, fetched.url, fetched.content_type, home)


def read_links(body: bytes, url: str, content_type: str, home: str) -> dict[str, Any]:
    """The same of a page that was fetched; it is read in a process of its own."""
    tree = page_tree(page_text(body, content_type))
    title = next((squeeze(element.text_content()) for element in tree.iter("title")), "")
    links, own = [], _host(home)
    for element in tree.iter("a"):
        there = web_url(absolute(url, str(element.get("href") or "")))
        if there is not None and there.host.removeprefix("www.") == own:
            links.append({"url": there.href, "words": _words(element)})
            if len(links) >= MOST_LINKS:
                break
    if not title or not links:
        raise Unreadable("the page does not link to this site")
    return {"title": title[:LONGEST_TITLE], "links": links}


def _host(url: str) -> str:
    there = web_url(url)
    return "" if there is None else there.host.removeprefix("www.")


def _words(link: lxml_html.HtmlElement) -> str:
    """The words of the block that a link stands in, as many as are shown of it."""
    block = link
    while block.getparent() is not None and block.tag not in BLOCKS:
        block = block.getparent()
    words, own = squeeze(block.text_content()), squeeze(link.text_content())
    start = max(0, words.find(own) - AROUND // 2)
    return words[start : start + AROUND + len(own)][: 2 * AROUND].strip()
