"""What the machinery has noted of sources and orders, in the user's language.

Such lines were kept in English, when nobody knew who would read them.  They are recognised here by the texts that they
were made of; one that is not is shown as it was kept.
"""

from __future__ import annotations

import re
from functools import cache

from wirepress.content.languages import Language, texts

LINE = "line"
"""The name of a place that holds a line of the machinery's in its turn."""
LONGEST = 2000
"""The most characters of a line that is looked at."""
LINES = texts(
    "%(line)s: gone for good; it is asked no more",
    "%(line)s; it names %(feeds)s",
    "%(line)s; the setting `allow_private` lets it be asked",
    "picture left out: %(line)s",
    "%(address)s: %(line)s",
    "the redirects go in a circle",
    "more than %(number)s redirects",
    "%(host)s could not say in robots.txt what may be fetched",
    "%(host)s asks robots not to fetch this (robots.txt)",
    "%(host)s asks to be left alone for a while",
    "no whole answer within %(seconds)s seconds",
    "the body is larger than %(bytes)s bytes",
    "the address is too long",
    "this is no address",
    "the feed breaks off in its document type",
    "the feed lists nothing",
    "a redirect that leads nowhere",
    "a redirect to something that is no address",
    "a redirect from https to http, where a form would go in the open",
    "the server answered with status %(status)s",
    "%(host)s has no valid certificate or speaks no proper TLS",
    "%(host)s did not answer in time",
    "this is no address that can be fetched",
    "%(host)s takes no connection on port %(port)s",
    "nothing is fetched at port %(port)s",
    "%(host)s closed the connection without an answer",
    "%(host)s closed the connection before the answer was whole",
    "%(host)s gave an answer that is not proper HTTP",
    "stopped before the answer came",
    "only http and https are fetched, not %(scheme)s:",
    "the address names no host",
    "%(host)s is not a public address",
    "%(host)s is not a public host",
    "%(host)s has no address",
    "the server sent a content coding that was not asked for (%(coding)s)",
    "the body is not what its content coding says",
    "the article has more than %(number)s pages",
    "page %(number)s of the article would take more than one article may",
    "page %(number)s of the article cannot be had: %(line)s",
    "this is no web page but %(kind)s",
    "this is no web page but binary data",
    "no article text was found on the page",
    "nothing on the page matches %(selector)s",
    "no link matches %(selector)s",
    "what matches %(selector)s holds no text",
    "%(selector)s is no CSS selector that can be used",
    "this is neither a feed nor a web page",
    "the feed is larger than %(bytes)s bytes",
    "the feed is empty",
    "the feed cannot be read (%(kind)s)",
    "this is a web page, not a feed",
    "the feed breaks off before its first entry",
    "this is no feed",
    "not well-formed: %(reason)s",
    "not well-formed",
    "the page is larger than %(bytes)s bytes",
    "the page holds no markup that can be read",
    "the page's markup is nested too deeply",
    "the feed is nested too deeply",
    "the page holds more than %(number)s elements",
    "the JSON feed breaks off or is malformed",
    "this is JSON, but no JSON Feed",
    "%(host)s is no host that can be asked",
    "the address names no host that could be asked",
    "the body is packed in more than %(number)s pieces",
    "the article is longer than %(number)s characters",
    "the page is empty",
    "stopped before it was read",
    "%(line)s took too long to read",
    "%(line)s takes too much memory to read",
    "%(line)s holds more than can be taken",
    "%(line)s could not be read (%(kind)s)",
    "%(line)s cannot be read: what reads it broke down",
    "the answer is larger than %(bytes)s bytes",
    "the answer is nested too deeply",
    "the answer is no JSON",
    "this is no WordPress site's API",
    "the page is no single article",
    "no list of articles was found on the page",
    "the site does not list its posts (%(code)s)",
    "this is no list of a WordPress site's posts",
    "this is no sitemap",
    "more is new than could be taken",
    "more posts were changed than could be asked for",
    "the index names more sitemaps than could be asked for",
    "the feed",
    "the sitemap",
    "the page",
    "the article",
    "the answer",
    "no longer published here",
    "there is no source %(id)s",
    "%(source)s is being looked at already",
    "It could not be done (%(kind)s).",
)
_PLACE = re.compile(r"%\((\w+)\)s")
_ADDRESS = r"https?://\S+"


def said(language: Language, line: str) -> str:
    """A line of the machinery's in a language."""
    for text, pattern in _patterns() if len(line) <= LONGEST else ():
        found = pattern.fullmatch(line)
        if found is not None:
            words = {name: said(language, word) if name == LINE else word for name, word in found.groupdict().items()}
            return language.text(text, **words)
    return language.text(line)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The texts with what finds them, in their order: what holds other lines first, then those without places."""
    texts_in_order = sorted(LINES, key=lambda text: (f"%({LINE})s" not in text, bool(_PLACE.search(text))))
    return [(text, _pattern(text)) for text in texts_in_order]


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    found = re.escape(parts[0])
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        found += f"(?P<{name}>{_ADDRESS if name == 'address' else '.+'}){re.escape(after)}"
    return re.compile(found, re.DOTALL)
