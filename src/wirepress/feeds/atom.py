"""Atom (RFC 4287) as WordPress writes it, with `atom:source` for articles that came from elsewhere."""

from __future__ import annotations

import html

from wirepress.content.addresses.page import Shown, address_of, discussion_feed
from wirepress.content.newsroom import View
from wirepress.content.site_icon import icon_address
from wirepress.feeds import articles, enclosures
from wirepress.feeds.articles import FeedContext
from wirepress.feeds.channel import address, built, cdata, channel_title, description, hub_link, language, rfc3339
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.render.entities import escape_html

HEAD = """<?xml version="1.0" encoding="UTF-8"?><feed
\txmlns="http://www.w3.org/2005/Atom"
\txmlns:thr="http://purl.org/syndication/thread/1.0"
\txml:lang="{language}"
\t>
\t<title type="text">{title}</title>
\t<subtitle type="text">{description}</subtitle>

\t<updated>{built}</updated>

\t<link rel="alternate" type="text/html" href="{home}" />
\t<id>{id}</id>
\t<link rel="self" type="application/atom+xml" href="{own}" />
{hub}
\t{generator}
{icon}"""

ENTRY = """\t<entry>
\t\t<author>
\t\t\t<name>{author}</name>
\t\t\t{uri}\t\t</author>

\t\t<title type="html"><![CDATA[{title}]]></title>
\t\t<link rel="alternate" type="text/html" href="{link}" />

\t\t<id>{guid}</id>
\t\t<updated>{updated}</updated>
\t\t<published>{published}</published>
\t\t{categories}
\t\t<summary type="html"><![CDATA[{summary}]]></summary>

\t\t{content}
\t\t{enclosures}{replies}{source}\t</entry>
"""

GENERATOR = '<generator uri="https://wordpress.org/" version="7.1.4">WordPress</generator>'
TAIL = "</feed>\n"


def document(feed: FeedContext, shown: Shown, changed: Stamp) -> str:
    """The feed of a page of posts."""
    view = feed.view
    head = HEAD.format(
        language=language(view),
        title=channel_title(view, shown),
        description=description(view),
        built=rfc3339(built(shown, changed)),
        home=address(view.site.home),
        id=address(site_feed(view)),
        own=address(shown.asked or address_of(view, shown)),
        hub=hub_link(feed.hub, "link"),
        generator=GENERATOR,
        icon=icon(view),
    )
    return head + "".join(f"{entry(feed, post)}\t" for post in shown.posts) + TAIL


def icon(view: View) -> str:
    """The site's icon, where it has one (atom_site_icon)."""
    url = icon_address(view)
    return f"<icon>{address(url)}</icon>\n" if url else ""


def site_feed(view: View, comments: bool = False) -> str:
    """The address of the site's own feed, by which every feed of the site is known."""
    site = view.site
    if not site.structure:
        return f"{site.home}/?feed={'comments-' if comments else ''}atom"
    return site.tidy(f"{site.home}/{site.root}{'comments/' if comments else ''}feed/atom")


def entry(feed: FeedContext, post: Post) -> str:
    view = feed.view
    user = view.lookup.user(post.author)
    url = user.url if user else ""
    link = address(view.lookup.permalink(post))
    summary = articles.excerpt(feed, post)  # before the content, which goes on with what it counts
    text = "" if view.site.flag("rss_use_excerpt") else articles.content(feed, post)
    return ENTRY.format(
        author=escape_html(articles.author(view, post)),
        uri=f"\t\t\t\t<uri>{escape_html(url)}</uri>\n\t\t\t\t" if url else "",
        title=cdata(articles.title(post)),
        link=link,
        guid=address(view.site.guid(post)),
        updated=rfc3339(post.modified_gmt),
        published=rfc3339(post.date_gmt),
        categories=categories(view, post),
        summary=cdata(summary),
        content=content(text, link) if not view.site.flag("rss_use_excerpt") else "",
        enclosures="".join(
            f'<link href="{address(one.url)}" rel="enclosure" length="{one.length}" type="{one.type}" />\n'
            for one in enclosures.enclosures(view, post, text)
        ),
        replies=replies(view, post, link),
        source=source(feed, post),
    )


def content(text: str, link: str) -> str:
    return f'\t\t\t<content type="html" xml:base="{link}"><![CDATA[{cdata(text)}]]></content>\n\t\t'


def categories(view: View, post: Post) -> str:
    scheme = address(view.site.home)
    names = articles.categories(post)
    return "".join(f'<category scheme="{scheme}" term="{escape_html(html.unescape(name))}" />' for name in names)


def replies(view: View, post: Post, link: str) -> str:
    """Where the discussion is and how long (RFC 4685)."""
    if not articles.discussed(view, post):
        return ""
    count = post.comment_count
    own = address(discussion_feed(view, post, "atom"))
    return (
        f'\t\t\t<link rel="replies" type="text/html" href="{link}#comments" thr:count="{count}" />\n'
        f'\t\t\t<link rel="replies" type="application/atom+xml" href="{own}" thr:count="{count}" />\n'
        f"\t\t\t<thr:total>{count}</thr:total>\n\t\t"
    )


def source(feed: FeedContext, post: Post) -> str:
    """Where an article came from (RFC 4287, 4.2.11); nothing for our own."""
    known = feed.origin(post)
    if known is None:
        return ""
    origin, name, url = known
    there = f'\t\t<link rel="via" type="text/html" href="{address(origin.canonical or origin.url)}" />\n'
    return (
        f"\t<source>\n\t\t\t<id>{address(url)}</id>\n\t\t\t<title>{escape_html(name)}</title>\n"
        f'\t\t\t<link rel="self" href="{address(url)}" />\n\t\t\t<updated>{rfc3339(post.date_gmt)}</updated>\n'
        f"\t\t</source>\n{there if origin.is_located else ''}\t"
    )
