"""What every feed format says of itself, and how text gets into XML."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from email.utils import format_datetime

from wirepress.content.addresses.page import Shown
from wirepress.content.newsroom import View
from wirepress.content.rewrite.target import Shows
from wirepress.model.moment import ZERO, Stamp, written
from wirepress.model.query import PostQuery
from wirepress.render.entities import convert_chars, escape_html, numeric_entities
from wirepress.render.texturize import texturize
from wirepress.store import posts as post_store

GENERATOR = "https://wordpress.org/?v=7.1.4"

# XML 1.0 has no way to write these, not even as references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def sealed(text: str) -> bytes:
    """A finished document without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text).encode()


# XML knows these five names; any other reference of HTML is written as a number.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{0,30};")


def channel_title(view: View, shown: Shown) -> str:
    """The title of the feed: the archive's name and the number of its page before the site's (wp_title_rss)."""
    page = f"Page {shown.target.page}" if shown.target.page > 1 else ""
    names = (_archive_title(view, shown), page, document_text(str(view.site.option("blogname"))))
    return " &#8211; ".join(filter(None, names))


def _archive_title(view: View, shown: Shown) -> str:
    parts = shown.target.parts
    if shown.term is not None:
        return document_text(shown.term.name)
    if shown.author is not None:
        return document_text(shown.author.name)
    if shown.target.shows is Shows.TYPE:
        return document_text(view.site.registry.types[parts["type"]].label)
    if "s" in parts:
        return f"Search Results for &#8220;{document_text(parts['s'])}&#8221;"
    return document_text(date_words(parts)) if "year" in parts else ""


MONTHS = tuple(calendar.month_name[1:])


def date_words(parts: Mapping[str, str]) -> str:
    """The name of a date archive in the title of its feed."""
    month = int(parts.get("monthnum", 0))
    name = MONTHS[month - 1] if 0 < month <= len(MONTHS) else ""
    if "day" in parts and name:
        return f"{name} {int(parts['day'])}, {parts['year']}"
    return f"{name} {parts['year']}".strip()


def document_text(text: str) -> str:
    """Text in the title of a document: curly quotes, then escaped; named references stay (document_title)."""
    escaped = escape_html(convert_chars(texturize(text)))
    return _NAMED.sub(lambda found: numeric_entities(found[0]), escaped)


def description(view: View) -> str:
    """The tagline (bloginfo_rss): references become numbers after they were escaped."""
    return numeric_entities(document_text(str(view.site.option("blogdescription"))))


def language(view: View) -> str:
    """The language of the site as feeds name it."""
    chosen = str(view.site.option("WPLANG") or view.site.option("rss_language") or "en-US")
    return escape_html(chosen.replace("_", "-"))


def rfc822(value: Stamp) -> str:
    """A UTC stamp as RSS writes dates."""
    return written(value, format_datetime)


def rfc3339(value: Stamp) -> str:
    """A UTC stamp as Atom writes dates."""
    return written(value, lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def built(shown: Shown, fallback: Stamp) -> Stamp:
    """When the newest change among the posts of a feed was made (get_feed_build_date)."""
    return max((post.modified_gmt for post in shown.posts), default=fallback)


def last_change(view: View, query: PostQuery) -> Stamp:
    """When the first post that a query finds last changed; the zero date where it finds none."""
    found = post_store.find(view.unit, query).ids
    if not found:
        return ZERO
    post = post_store.get(view.unit, found[0])
    return ZERO if post is None else post.modified_gmt


def address(url: str) -> str:
    """An address between tags or quotes (esc_url)."""
    url = url.replace("&amp;", "&").replace("&#038;", "&").replace("&", "&#038;").replace("'", "&#039;")
    return url.replace("<", "%3C").replace(">", "%3E").replace('"', "%22").replace(" ", "%20")


def hub_link(hub: str, element: str) -> str:
    """The line that names the hub of a feed (WebSub, section 4), "" where it has none."""
    return f'\t<{element} rel="hub" href="{address(hub)}" />\n' if hub else ""


def cdata(text: str) -> str:
    """Text that cannot end the section it stands in."""
    return text.replace("]]>", "]]&gt;")
