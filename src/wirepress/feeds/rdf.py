"""RSS 1.0 (RDF) as WordPress writes it."""

from __future__ import annotations

from wirepress.content.addresses.page import Shown
from wirepress.feeds import articles
from wirepress.feeds.articles import FeedContext
from wirepress.feeds.channel import GENERATOR, address, built, cdata, channel_title, description, rfc3339
from wirepress.model.moment import Stamp
from wirepress.model.post import Post

HEAD = """<?xml version="1.0" encoding="UTF-8"?><rdf:RDF
\txmlns="http://purl.org/rss/1.0/"
\txmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:admin="http://webns.net/mvcb/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\t>
<channel rdf:about="{home}">
\t<title>{title}</title>
\t<link>{home}</link>
\t<description>{description}</description>
\t<dc:date>{built}\t</dc:date>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>
\t<admin:generatorAgent rdf:resource="{generator}" />
\t<items>
\t\t<rdf:Seq>
{items}\t\t\t\t</rdf:Seq>
\t</items>
</channel>
"""

ITEM = """<item rdf:about="{link}">
\t<title>{title}</title>
\t<link>{link}</link>

\t<dc:creator><![CDATA[{author}]]></dc:creator>
\t<dc:date>{date}</dc:date>
\t{subjects}
\t\t\t<description><![CDATA[{excerpt}]]></description>
{content}\t
\t</item>
"""


def document(feed: FeedContext, shown: Shown, changed: Stamp) -> str:
    """The feed of a page of posts."""
    view = feed.view
    links = [address(view.lookup.permalink(post)) for post in shown.posts]
    head = HEAD.format(
        home=address(view.site.home),
        title=channel_title(view, shown),
        description=description(view),
        built=rfc3339(built(shown, changed)),
        generator=GENERATOR,
        items="".join(f'\t\t\t\t\t<rdf:li rdf:resource="{link}"/>\n' for link in links),
    )
    return head + "".join(item(feed, post) for post in shown.posts) + "</rdf:RDF>\n"


def item(feed: FeedContext, post: Post) -> str:
    view = feed.view
    content = ""
    excerpt = cdata(articles.excerpt(feed, post))
    if not view.site.flag("rss_use_excerpt"):
        text = cdata(articles.content(feed, post))
        content = f"\t\t<content:encoded><![CDATA[{text}]]></content:encoded>\n"
    return ITEM.format(
        link=address(view.lookup.permalink(post)),
        title=articles.title(post),
        author=cdata(articles.author(view, post)),
        date=rfc3339(post.date_gmt),
        subjects="".join(
            f"\t\t<dc:subject><![CDATA[{cdata(name)}]]></dc:subject>\n" for name in articles.categories(post)
        ),
        excerpt=excerpt,
        content=content,
    )
