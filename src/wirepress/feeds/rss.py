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
from wirepress.render.answer import Answer, Counters
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.chains import the_content
from wirepress.render.excerpts import trimmed_excerpt
from wirepress.render.holes import fill_content
from wirepress.render.numbers import clean
from wirepress.render.scene import Scene
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
    counters = Counters()
    items = "\t".join(item(view, post, origins.get(post.id), named, counters) for post in shown.posts)
    return head + items + TAIL


def channel_title(view: View, shown: Shown) -> str:
    """The title of the feed: the archive's name before the site's."""
    site = feed_text(str(view.site.option("blogname")))
    if shown.term is not None:
        return f"{feed_text(shown.term.name)} &#8211; {site}"
    if shown.author is not None:
        return f"{feed_text(shown.author.name)} &#8211; {site}"
    return site


def item(
    view: View, post: Post, origin: Origin | None, named: Mapping[int, Source], counters: Counters
) -> str:
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
        body=body(view, post, counters),
        replies=replies,
        source=source(origin, named),
    )


LOCKED = "There is no excerpt because this is a protected post."

FORM = """<form action="{login}?action=postpass" class="post-password-form" method="post"><input type="hidden" \
name="redirect_to" value="{link}" /></p>
<p>This content is password-protected. To view it, please enter the password below.</p>
<p><label for="pwbox-{post}">Password: <input name="post_password" id="pwbox-{post}" type="password" \
spellcheck="false" required size="20" /></label> <span class="wp-block-button"><input type="submit" name="Submit" \
class="wp-block-button__link wp-element-button" value="Enter" /></span></p>
</form>
"""


def excerpt_of(view: View, post: Post, answer: Answer) -> str:
    """The excerpt without its paragraph (the_excerpt_rss); a protected post says that it has none."""
    if post.password:
        return LOCKED
    scene = Scene(view.lookup, post, answer, DYNAMIC, the_content, open=(post.id,))
    return str(scene.numbers.text(trimmed_excerpt(clean(post.excerpt), clean(post.content), scene)))


def content_of(view: View, post: Post, counters: Counters, answer: Answer) -> str:
    """The whole text; of a protected post the form that asks for its password."""
    if post.password:
        link = view.lookup.permalink(post)
        return FORM.format(login=f"{view.site.base}/wp-login.php", link=xml(link), post=post.id)
    if post.rendering is None:
        return ""
    return fill_content(post, post.rendering.content, counters, view.lookup, answer)


def body(view: View, post: Post, counters: Counters) -> str:
    """Description and, unless the site's feeds are of excerpts, the whole text."""
    answer = Answer(now=view.now())
    words = cdata(excerpt_of(view, post, answer))
    excerpt = f"\t\t\t\t\t<description><![CDATA[{words}]]></description>\n"
    if view.site.flag("rss_use_excerpt"):
        return excerpt + "\t\t"
    content = content_of(view, post, counters, answer)
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
