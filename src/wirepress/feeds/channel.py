"""What every feed format says of itself, and how text gets into XML."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime

from wirepress.content.addresses.page import Shown
from wirepress.content.newsroom import View
from wirepress.content.rewrite.target import Shows
from wirepress.model.moment import ZERO, Stamp, utc, written
from wirepress.model.query import PostQuery
from wirepress.model.term import Term
from wirepress.render.dates import format_date
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
    """The title of the feed: the archive's name and the number of its page before the site's (wp_title_rss).  To PHP
    a name that is `0` is none."""
    page = f"Page {shown.target.page}" if shown.target.page > 1 else ""
    names = (_archive_title(view, shown), page, document_text(str(view.site.option("blogname"))))
    return " &#8211; ".join(name for name in names if name not in ("", "0"))


def _archive_title(view: View, shown: Shown) -> str:
    parts = shown.target.parts
    if shown.term is not None:
        return document_text(_term_name(shown.term))
    if shown.author is not None:
        return document_text(shown.author.name)
    if shown.target.shows is Shows.TYPE:
        return document_text(view.site.registry.types[parts["type"]].label)
    if "s" in parts:
        return f"Search Results for &#8220;{document_text(parts['s'])}&#8221;"
    if shown.target.shows is Shows.PAGE:
        page = view.lookup.post(view.site.number("page_for_posts"))
        return document_text(page.title) if page is not None else ""
    return document_text(date_words(view, shown)) if "year" in parts else ""


def _term_name(term: Term) -> str:
    """The name of a term; formats are known by their words (_post_format_get_term)."""
    return term.slug.removeprefix("post-format-").capitalize() if term.taxonomy == "post_format" else term.name


def date_words(view: View, shown: Shown) -> str:
    """The name of a date archive in the title of its feed: a day is written as the site writes days, with the time of
    its newest post where that is in it (wp_get_document_title)."""
    parts = shown.target.parts
    year, month, day = (int(parts.get(name, 1)) for name in ("year", "monthnum", "day"))
    at = datetime(year, month, day, tzinfo=view.site.zone)
    if "day" not in parts:
        return format_date("F Y" if "monthnum" in parts else "Y", at)
    newest = utc(shown.posts[0].date_gmt) if shown.posts else None
    return format_date(str(view.site.option("date_format")), newest.astimezone(view.site.zone) if newest else at)


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
