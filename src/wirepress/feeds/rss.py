"""RSS 2.0 as WordPress writes it, with the origin of articles that came from elsewhere."""

from __future__ import annotations

import html

from wirepress.content.addresses.page import Shown, address_of, discussion_feed
from wirepress.content.newsroom import View
from wirepress.content.site_icon import icon_address
from wirepress.feeds import articles, enclosures
from wirepress.feeds.articles import FeedContext
from wirepress.feeds.channel import (
    GENERATOR,
    address,
    built,
    cdata,
    channel_title,
    description,
    hub_link,
    language,
    rfc822,
)
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.render.entities import escape_html

HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"
\t{spaces}>

<channel>
\t<title>{title}</title>
\t<atom:link href="{own}" rel="self" type="application/rss+xml" />
{hub}\t<link>{home}</link>
\t<description>{description}</description>
\t<lastBuildDate>{built}</lastBuildDate>
\t<language>{language}</language>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<generator>{generator}</generator>
{icon}"""

ICON = """
<image>
\t<url>{url}</url>
\t<title>{title}</title>
\t<link>{home}</link>
\t<width>32</width>
\t<height>32</height>
</image>\x20
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
\t\t{enclosures}
{media}{source}\t\t\t</item>
"""

TAIL = "</channel>\n</rss>\n"


def document(feed: FeedContext, shown: Shown, changed: Stamp) -> str:
    """The feed of a page of posts."""
    view = feed.view
    title = channel_title(view, shown)
    items = [item(feed, post) for post in shown.posts]
    head = HEAD.format(
        title=title,
        spaces=f"{enclosures.SPACE}\n\t" if any("<media:content" in one for one in items) else "",
        own=address(shown.asked or address_of(view, shown)),
        hub=hub_link(feed.hub, "atom:link"),
        home=address(view.site.home),
        description=description(view),
        built=rfc822(built(shown, changed)),
        language=language(view),
        generator=GENERATOR,
        icon=icon(view, title),
    )
    return head + "".join(f"{one}\t" for one in items) + TAIL


def icon(view: View, title: str) -> str:
    """The site's icon, where it has one (rss2_site_icon)."""
    url = icon_address(view)
    return ICON.format(url=address(url), title=title, home=address(view.site.home)) if url else ""


def item(feed: FeedContext, post: Post) -> str:
    view = feed.view
    link = address(view.lookup.permalink(post))
    replies, comments = "\n\t\t", ""
    if articles.discussed(view, post):
        comments = f"\t\t\t\t\t<comments>{address(articles.discussion(view, post))}</comments>\n"
        replies = (
            f"\n\t\t\t\t\t<wfw:commentRss>{address(discussion_feed(view, post))}</wfw:commentRss>"
            f"\n\t\t\t<slash:comments>{post.comment_count}</slash:comments>\n\t\t"
        )
    excerpt = articles.excerpt(feed, post)  # before the content, which goes on with what it counts
    text = "" if feed.view.site.flag("rss_use_excerpt") else articles.content(feed, post)
    return ITEM.format(
        title=articles.title(post),
        link=link,
        comments=comments,
        author=cdata(articles.author(view, post)),
        date=rfc822(post.date_gmt),
        categories=categories(post),
        guid=address(view.site.guid(post)),
        body=body(feed, excerpt, text),
        replies=replies,
        enclosures="".join(
            f'<enclosure url="{address(one.url)}" length="{one.length}" type="{one.type}" />\n'
            for one in enclosures.enclosures(view, post, text)
        ),
        media=enclosures.media(enclosures.picture(view, post)) if view.site.flag("wirepress_feed_pictures") else "",
        source=source(feed, post),
    )


def body(feed: FeedContext, excerpt: str, text: str) -> str:
    """Description and, unless the site's feeds are of excerpts, the whole text."""
    description = f"\t\t\t\t\t<description><![CDATA[{cdata(excerpt)}]]></description>\n"
    if feed.view.site.flag("rss_use_excerpt"):
        return description
    content = cdata(text)
    return f"{description}\t\t\t\t\t\t\t\t\t\t<content:encoded><![CDATA[{content}]]></content:encoded>\n\t\t\t"


def categories(post: Post) -> str:
    names = (html.unescape(name) for name in articles.categories(post))
    return "".join(f"\t\t<category><![CDATA[{cdata(name)}]]></category>\n" for name in names)[:-1]


def source(feed: FeedContext, post: Post) -> str:
    """Where an article came from (RSS 2.0, the element `source`); nothing for our own."""
    origin = feed.origin(post)
    if origin is None:
        return ""
    _, name, url = origin
    return f'\t\t<source url="{address(url)}">{escape_html(name)}</source>\n'
