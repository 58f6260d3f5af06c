"""oEmbed, the asking side (https://oembed.com; WordPress's WP_oEmbed): from an address to the HTML that shows it.

What a trusted provider answers is shown as it is; what any other site answers is brought down to a quotation and a
frame in a sandbox (wp_filter_oembed_result).
"""

from __future__ import annotations

import re
import secrets
import string
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import nh3
from lxml import html as lxml_html

from wirepress.model.remote import Wish
from wirepress.net.port import Fault, Fetcher, FetchError
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.render.urls import clean_url
from wirepress.syndicate import sandbox
from wirepress.syndicate.parse.jsontext import value_of
from wirepress.syndicate.parse.text import page_text, page_tree
from wirepress.syndicate.providers import provider_of
from wirepress.syndicate.unreadable import Unreadable
from wirepress.url.parse import is_address, web_url

ANSWER_BYTES: Final = 200_000
PAGE_BYTES: Final = 2_000_000
LONGEST_HTML: Final = 100_000
_MOST_FIELDS: Final = 40
_LONGEST_FIELD: Final = 4_000
_TYPES: Final = ("photo", "video", "link", "rich")
_FRAME: Final = {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"}
_PASSING: Final = (Fault.DNS, Fault.CONNECT, Fault.TIME, Fault.PROTOCOL)
_LETTERS: Final = string.ascii_letters + string.digits
_OPENING = re.compile(r"<iframe\b([^>]*+)>", re.IGNORECASE)
_TITLED = re.compile(r"\stitle\s*+=", re.IGNORECASE)

Data = dict[str, Any]


def look_up(wish: Wish, fetcher: Fetcher) -> Data:
    """What an address embeds: the provider's answer, its `html` as it may be shown.

    Raises FetchError when nobody answers, Unreadable when the answer is of no use.
    """
    provider = provider_of(wish.url)
    endpoint = provider.endpoint if provider else discovered(wish.url, fetcher)
    fetched = fetcher.get(asked(endpoint, wish), body_bytes=ANSWER_BYTES, robots=False)
    trusted = provider is not None and _same_site(endpoint, fetched.url)
    return sandbox.run(sandbox.ANSWER, read_embed, fetched.body, wish.url, trusted=trusted)


def read_embed(body: bytes, url: str, *, trusted: bool) -> Data:
    """What an answer about an address says, its `html` as it may be shown.  Raises Unreadable for one of no use."""
    data = answer_of(body)
    return {**data, "html": html_of(data, url, trusted=trusted)}


def asked(endpoint: str, wish: Wish) -> str:
    """The address that asks for an embed of at most this size, in JSON.  Raises Unreadable for no endpoint."""
    found = web_url(endpoint)
    if found is None:
        raise Unreadable("the endpoint is no address")
    query = {
        **dict(parse_qsl(found.query, keep_blank_values=True, max_num_fields=100)),
        "maxwidth": str(wish.width),
        "maxheight": str(wish.height),
        "url": wish.url,
        "dnt": "1",
        "format": "json",
    }
    return f"{found.endpoint}?{urlencode(query)}"


def discovered(url: str, fetcher: Fetcher) -> str:
    """The endpoint that a page names in its head.  Raises Unreadable for none, FetchError for no page."""
    fetched = fetcher.get(url, body_bytes=PAGE_BYTES)
    return sandbox.run(sandbox.PAGE, named_endpoint, fetched.body, fetched.url, fetched.content_type)


def named_endpoint(body: bytes, url: str, content_type: str = "") -> str:
    """The endpoint that a page names in its head.  Raises Unreadable for none."""
    tree = page_tree(page_text(body, content_type))
    for link in tree.iter("link"):
        kind = link.get("type", "").strip().lower()
        if kind == "application/json+oembed" and (href := link.get("href", "").strip()):
            found = web_url(href, url)
            if found is not None and found.query.count("&") < 100:
                return found.href
    raise Unreadable("the page names nothing that it can be embedded with")


def answer_of(body: bytes) -> Data:
    """An answer as data: known types, plain values, bounded.  Raises Unreadable for what is none of oEmbed's."""
    try:
        found = value_of(body)
    except (ValueError, RecursionError):
        raise Unreadable("the answer is no JSON") from None
    if not isinstance(found, dict) or found.get("type") not in _TYPES:
        raise Unreadable("the answer is none of oEmbed's")
    data: Data = {}
    for name, value in found.items():
        longest = LONGEST_HTML if name == "html" else _LONGEST_FIELD
        is_text = isinstance(value, str) and "\0" not in value
        if not is_text and value is not None and not isinstance(value, bool | int | float):
            continue
        if len(name) <= 100 and len(str(value)) <= longest and len(data) < _MOST_FIELDS:
            data[name] = value
    return data


def html_of(data: Data, url: str, *, trusted: bool) -> str:
    """The HTML of an answer (data2html with its filters).  Raises Unreadable when there is none that may be shown."""
    title = str(data.get("title") or "")
    shown: str | None = None
    if data["type"] == "photo":
        shown = _photo(data, url, title)
    elif data["type"] == "link":
        shown = f'<a href="{clean_url(url)}">{escape_html(title)}</a>' if title else None
    elif isinstance(data.get("html"), str) and data["html"].strip():
        shown = _titled(_on_one_line(data["html"]), title)
        shown = shown if trusted else sandboxed(shown)
    if not shown:
        raise Unreadable("the answer holds nothing that may be shown")
    return shown


def _photo(data: Data, url: str, title: str) -> str | None:
    source = data.get("url")
    src, link = clean_url(source) if isinstance(source, str) else "", clean_url(url)
    width, height = _size(data.get("width")), _size(data.get("height"))
    if not is_address(src) or not width or not height:
        return None
    marks = f'alt="{escape_attribute(title)}" width="{width}" height="{height}"'
    return f'<a href="{link}"><img src="{src}" {marks} /></a>'


def _size(value: Any) -> int:
    """A width or height in pixels, 0 for what is none."""
    try:
        return int(float(value)) if 0 < float(value) < 100_000 else 0
    except (TypeError, ValueError, OverflowError):
        return 0


def _on_one_line(html: str) -> str:
    """Line ends would become paragraphs in a content: they stay in preformatted text alone."""
    out: list[str] = []
    at = 0
    low = html.lower()
    while (start := low.find("<pre", at)) >= 0:
        end = low.find("</pre>", start)
        end = len(html) if end < 0 else end
        out += (html[at:start].replace("\r\n", "").replace("\n", ""), html[start:end])
        at = end
    return "".join((*out, html[at:].replace("\r\n", "").replace("\n", ""))).strip()


def _titled(html: str, title: str) -> str:
    """A frame without a title gets that of the answer (wp_filter_oembed_iframe_title_attribute)."""
    found = _OPENING.search(html, 0, html.rfind(">") + 1)  # behind it no tag ends: nothing is searched for one
    if found is None or not title or _TITLED.search(found[1]):
        return html
    return f'{html[: found.start()]}<iframe title="{escape_attribute(title)}"{found[1]}>{html[found.end() :]}'


def sandboxed(html: str) -> str | None:
    """What is left of a stranger's HTML: a quotation of text and links, and a frame that may do nothing outside
    itself; None where there is no frame."""
    clean = nh3.clean(
        html,
        tags={"a", "blockquote", "iframe"},
        attributes={"a": {"href"}, "iframe": _FRAME},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    start = clean.find("<iframe")
    if start < 0:
        return None
    frame = lxml_html.fragment_fromstring(clean[start : clean.find(">", start) + 1] + "</iframe>")
    source = frame.get("src", "").strip()
    if not is_address(source):
        return None
    secret = "".join(secrets.choice(_LETTERS) for _ in range(10))
    quote = _quotation(clean[:start], secret)
    hidden = ' style="position: absolute; visibility: hidden;"' if quote else ""
    marks = [
        f'src="{clean_url(f"{source}#?secret={secret}")}" data-secret="{secret}"'
        if name == "src"
        else f'{name}="{escape_attribute(str(value))}"'
        for name, value in frame.items()
    ]
    safe = 'class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    return f"{quote}<iframe {safe}{hidden} {' '.join(marks)}></iframe>"


def _quotation(clean: str, secret: str) -> str:
    start = clean.find("<blockquote>")
    end = clean.find("</blockquote>", start)
    if start < 0 or end < 0:
        return ""
    inside = clean[start + len("<blockquote>") : end].replace("<blockquote>", "")
    return f'<blockquote class="wp-embedded-content" data-secret="{secret}">{inside}</blockquote>'


def _same_site(asked_url: str, answered_url: str) -> bool:
    """Whether an answer came from the site that was asked, whatever host of it."""
    asked_at, answered_at = web_url(asked_url), web_url(answered_url)
    if asked_at is None or answered_at is None or answered_at.scheme != "https":
        return False
    return asked_at.host.split(".")[-2:] == answered_at.host.split(".")[-2:]


def is_passing(error: FetchError) -> bool:
    """Whether a failure says more of the moment than of the address."""
    return error.fault in _PASSING or error.status == 429 or error.status >= 500
