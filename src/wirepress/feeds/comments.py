"""The feeds of comments, of the whole site and of one post, as WordPress writes them: RSS 2.0, Atom with RFC 4685."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from wirepress.content.addresses.page import Shown, address_of, discussion_feed
from wirepress.content.newsroom import View
from wirepress.feeds import articles, atom
from wirepress.feeds.channel import GENERATOR, address, cdata, channel_title, description, language, rfc822, rfc3339
from wirepress.model.comment import Comment
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.render.blocks.shown import comment_author
from wirepress.render.comments import comment_text
from wirepress.render.entities import escape_html, numeric_entities
from wirepress.render.typography import signs_for
from wirepress.store import comments as comment_store
from wirepress.store import discussions

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\t
\t>
<channel>
\t<title>
\t{title}\t</title>
\t<atom:link href="{own}" rel="self" type="application/rss+xml" />
\t<link>{link}</link>
\t<description>{description}</description>
\t<lastBuildDate>{built}</lastBuildDate>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<generator>{generator}</generator>
"""

RSS_ITEM = """\t<item>
\t\t<title>
\t\t{title}\t\t</title>
\t\t<link>{link}</link>

\t\t<dc:creator><![CDATA[{author}]]></dc:creator>
\t\t<pubDate>{date}</pubDate>
\t\t<guid isPermaLink="false">{guid}</guid>

{body}\t\t
\t\t\t</item>
"""

RSS_TAIL = "</channel>\n</rss>\n"

ATOM = """<?xml version="1.0" encoding="UTF-8" ?><feed
\txmlns="http://www.w3.org/2005/Atom"
\txml:lang="{language}"
\txmlns:thr="http://purl.org/syndication/thread/1.0"
\t>
\t<title type="text">
\t{title}\t</title>
\t<subtitle type="text">{description}</subtitle>

\t<updated>{built}</updated>

\t<link rel="alternate" type="text/html" href="{link}" />
\t<link rel="self" type="application/atom+xml" href="{own}" />
\t<id>{id}</id>
{generator}
"""

ATOM_ENTRY = """\t<entry>
\t\t<title>
\t\t{title}\t\t</title>
\t\t<link rel="alternate" href="{link}" type="text/html" />

\t\t<author>
\t\t\t<name>{author}</name>
\t\t\t{uri}
\t\t</author>

\t\t<id>{guid}</id>
\t\t<updated>{date}</updated>
\t\t<published>{date}</published>

\t\t\t\t\t<content type="html" xml:base="{link}"><![CDATA[{content}]]></content>
\t\t
\t\t\t\t\t<thr:in-reply-to ref="{under}" href="{above}" type="text/html" />
\t\t\t\t</entry>
"""

LOCKED = "Protected Comments: Please enter your password to view comments."


@dataclass(frozen=True, slots=True)
class Listed:
    """What a feed of comments holds: the comments, newest first, what they answer, and the posts they are on."""

    comments: Sequence[Comment]
    above: dict[int, Comment]
    posts: dict[int, Post]


def listed(view: View, shown: Shown) -> Listed:
    """The newest comments of one post, or of the whole site."""
    comments = newest(view, shown)
    above = {comment.id: comment for comment in comments}
    above |= comment_store.load(view.unit, sorted({c.parent for c in comments} - above.keys() - {0}))
    view.lookup.prefetch_posts(comment.post for comment in comments)
    posts = {c.post: post for c in comments if (post := view.lookup.post(c.post)) is not None}
    view.lookup.prefetch_users([c.user for c in above.values() if not c.author_name])
    return Listed([c for c in comments if c.post in posts], above, posts)


def newest(view: View, shown: Shown) -> list[Comment]:
    number = max(1, min(view.site.number("posts_per_rss", 10), 100))
    if shown.post is not None:
        query = CommentQuery(posts=(shown.post.id,), per_page=number, types=(), types_not=("note",))
        ids: Sequence[int] = comment_store.find(view.unit, query).ids
    else:
        ids = discussions.latest(view.unit, number)
    loaded = comment_store.load(view.unit, ids)
    return [loaded[i] for i in ids if i in loaded]


def document(view: View, shown: Shown, changed: Stamp) -> str:
    """The feed of comments in the format that was asked for."""
    found = listed(view, shown)
    changes = [c.date_gmt for c in found.comments] + [p.modified_gmt for p in found.posts.values()]
    if shown.post is not None:
        changes.append(shown.post.modified_gmt)
    built = max(changes, default=changed)
    form = _Atom if shown.target.feed == "atom" else _Rss
    return form(view, shown, found).document(built)


class _Rss:
    """RSS 2.0."""

    ON: ClassVar[str] = "Comments on: "
    """What stands before the title of a post in the title of its feed."""

    def __init__(self, view: View, shown: Shown, found: Listed) -> None:
        self.view, self.shown, self.found = view, shown, found

    def document(self, built: Stamp) -> str:
        view, post = self.view, self.shown.post
        head = RSS.format(
            title=self.title(),
            own=address(self.shown.asked or address_of(view, self.shown)),
            link=address(view.lookup.permalink(post) if post and post.type != "page" else view.site.home),
            description=description(view),
            built=rfc822(built),
            generator=GENERATOR,
        )
        return head + "".join(f"{self.item(comment)}\t" for comment in self.found.comments) + RSS_TAIL

    def title(self) -> str:
        if self.shown.post is not None:
            return self.ON + articles.title(self.shown.post)
        return f"Comments for {channel_title(self.view, self.shown)}"

    def item(self, comment: Comment) -> str:
        view, post = self.view, self.found.posts[comment.post]
        link = address(view.lookup.comment_link(comment))
        return RSS_ITEM.format(
            title=heading(view, self.shown, post, comment),
            link=link,
            author=cdata(numeric_entities(comment_author(comment, view.lookup))),
            date=rfc822(comment.date_gmt),
            guid=guid(view, post, comment),
            body=self.body(comment, post),
        )

    def body(self, comment: Comment, post: Post) -> str:
        if post.is_protected:
            words, content = LOCKED, articles.password_form(self.view, post)
        else:
            text = full_text(self.view, self.found, comment)
            words = f"<![CDATA[{cdata(escape_html(numeric_entities(text)))}]]>"
            content = filtered(self.view, text)
        return (
            f"\t\t\t\t\t<description>{words}</description>\n"
            f"\t\t\t<content:encoded><![CDATA[{cdata(content)}]]></content:encoded>\n"
        )


class _Atom(_Rss):
    """Atom."""

    ON: ClassVar[str] = "Comments on "

    def document(self, built: Stamp) -> str:
        view, post = self.view, self.shown.post
        own = discussion_feed(view, post, "atom") if post else atom.site_feed(view, comments=True)
        head = ATOM.format(
            language=language(view),
            title=self.title(),
            description=description(view),
            built=rfc3339(built),
            link=address(articles.discussion(view, post) if post else view.site.home),
            own=address(own),
            id=address(own),
            generator=atom.GENERATOR,
        )
        return head + "".join(f"{self.item(comment)}\t" for comment in self.found.comments) + "</feed>\n"

    def item(self, comment: Comment) -> str:
        view, post = self.view, self.found.posts[comment.post]
        link = view.lookup.permalink(post)
        parent = self.found.above.get(comment.parent)
        under, above = address(view.site.guid(post)), address(link)
        if parent is not None:
            under, above = guid(view, post, parent), address(view.lookup.comment_link(parent))
        if post.is_protected:
            content = articles.password_form(view, post)
        else:
            content = filtered(view, full_text(view, self.found, comment))
        return ATOM_ENTRY.format(
            title=heading(view, self.shown, post, comment),
            link=address(view.lookup.comment_link(comment)),
            author=escape_html(comment_author(comment, view.lookup)),
            uri=f"<uri>{address(comment.author_url)}</uri>" if comment.author_url else "",
            guid=guid(view, post, comment),
            date=rfc3339(comment.date_gmt),
            content=cdata(content),
            under=under,
            above=above,
        )


def heading(view: View, shown: Shown, post: Post, comment: Comment) -> str:
    """The title of a comment: who made it and, in the feed of the whole site, on what."""
    who = escape_html(numeric_entities(comment_author(comment, view.lookup)))
    return f"By: {who}" if shown.post is not None else f"Comment on {articles.title(post)} by {who}"


def guid(view: View, post: Post, comment: Comment) -> str:
    """What a comment is known by (get_comment_guid)."""
    return address(f"{view.site.guid(post)}#comment-{comment.id}")


def full_text(view: View, found: Listed, comment: Comment) -> str:
    """The text of a comment; one that answers another says so (get_comment_text)."""
    parent = found.above.get(comment.parent)
    if parent is None:
        return comment.content
    link = address(view.lookup.comment_link(parent))
    return f'In reply to <a href="{link}">{comment_author(parent, view.lookup)}</a>.\n\n{comment.content}'


def filtered(view: View, text: str) -> str:
    images = "/wp-includes/images/smilies/" if view.site.flag("use_smilies") else None
    return comment_text(text, host=view.site.host, smiley_images=images, signs=signs_for(view.lookup))
