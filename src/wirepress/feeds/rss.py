"""RSS 2.0 as WordPress writes it, with the origin of articles that came from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Mapping
from email.utils import format_datetime

from wirepress.content.archive import Shown, address_of
from wirepress.content.newsroom import View
from wirepress.model.moment import Stamp, utc
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.render.chains import content_feed, excerpt_feed
from wirepress.render.titles import feed_text
from wirepress.render.titles import title as rendered_title

HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"
\t>

<channel>
\t<title>{title}</title>
\t<atom:link href="{own}" rel="self" type="application/rss+xml" />
\t<link>{home}</link>
\t<description>{description}</description>
\t<lastBuildDate>{built}</lastBuildDate>
\t<language>{language}</language>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<generator>https://wordpress.org/?v=7.1.4</generator>
"""

ITEM = """\t<item>
\t\t<title>{title}</title>
\t\t<link>{link}</link>
{comments}\t\t
\t\t<dc:creator><![CDATA[{author}]]></dc:creator>
\t\t<pubDate>{date}</pubDate>
\t\t{categories}
\t\t<guid isPermaLink="false">{guid}</guid>

{body}\t\t{replies}
\t\t
{source}\t\t\t</item>
"""

TAIL = "\t</channel>\n</rss>\n"


def document(view: View, shown: Shown, origins: Mapping[int, Origin], named: Mapping[int, Source]) -> str:
    """The feed of a page of posts."""
    head = HEAD.format(
        title=channel_title(view, shown),
        own=xml(address_of(view, shown)),
        home=xml(view.site.home),
        description=feed_text(str(view.site.option("blogdescription"))),
        built=date_of(max((p.modified_gmt for p in shown.posts), default=Stamp(""))),
        language=str(view.site.option("rss_language") or "en-US"),
    )
    items = "\t".join(item(view, post, origins.get(post.id), named) for post in shown.posts)
    return head + items + TAIL


def channel_title(view: View, shown: Shown) -> str:
    """The title of the feed: the archive's name before the site's."""
    site = feed_text(str(view.site.option("blogname")))
    if shown.term is not None:
        return f"{feed_text(shown.term.name)} &#8211; {site}"
    if shown.author is not None:
        return f"{feed_text(shown.author.name)} &#8211; {site}"
    return site


def item(view: View, post: Post, origin: Origin | None, named: Mapping[int, Source]) -> str:
    link = view.lookup.permalink(post)
    author = view.lookup.user(post.author)
    replies = comments = ""
    if post.comment_count or post.comment_status == "open":
        comments = f"\t\t\t\t\t<comments>{xml(link)}#{'comments' if post.comment_count else 'respond'}</comments>\n"
        replies = (
            f"\n\t\t\t\t\t<wfw:commentRss>{xml(view.site.tidy(link.rstrip('/') + '/feed'))}</wfw:commentRss>"
            f"\n\t\t\t<slash:comments>{post.comment_count}</slash:comments>\n\t\t"
        )
    locked = "Protected: " if post.password else ""
    return ITEM.format(
        title=feed_text(locked + rendered_title(post.title)),
        link=xml(link),
        comments=comments,
        author=cdata(author.name if author else ""),
        date=date_of(post.date_gmt),
        categories=categories(post),
        guid=xml(view.site.guid(post)),
        body=body(view, post),
        replies=replies,
        source=source(origin, named),
    )


def body(view: View, post: Post) -> str:
    """Description and, unless the site's feeds are of excerpts, the whole text."""
    excerpt = f"\t\t\t\t\t<description><![CDATA[{cdata(excerpt_feed(post, view.lookup))}]]></description>\n"
    if view.site.flag("rss_use_excerpt"):
        return excerpt + "\t\t"
    content = content_feed(post, view.lookup)
    return f"{excerpt}\t\t\t\t\t\t\t\t\t\t<content:encoded><![CDATA[{cdata(content)}]]></content:encoded>\n\t\t\t"


def categories(post: Post) -> str:
    """Categories and tags, each once (the_category_rss)."""
    worn = [t for t in post.terms if t.taxonomy == "category"] + [t for t in post.terms if t.taxonomy == "post_tag"]
    names = dict.fromkeys(html.unescape(term.name) for term in worn)
    return "".join(f"\t\t<category><![CDATA[{cdata(name)}]]></category>\n" for name in names)[:-1]


def source(origin: Origin | None, named: Mapping[int, Source]) -> str:
    """Where an article came from (RSS 2.0, the element `source`); nothing for our own."""
    if origin is None:
        return ""
    publisher = named.get(origin.source)
    name = origin.facts.publisher or (publisher.name if publisher else "") or origin.url
    return f'\t\t<source url="{xml(publisher.url if publisher else origin.url)}">{xml(name)}</source>\n'


def date_of(value: Stamp) -> str:
    """A UTC stamp as RSS writes dates (RFC 822)."""
    moment = utc(value)
    return format_datetime(moment) if moment else ""


def xml(text: str) -> str:
    """Text or an address between tags or quotes."""
    return html.escape(html.unescape(text), quote=False).replace('"', "&#034;").replace("&amp;", "&#038;")


def cdata(text: str) -> str:
    """Text that cannot end the section it stands in."""
    return text.replace("]]>", "]]&gt;")
