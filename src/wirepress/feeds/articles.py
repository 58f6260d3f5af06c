"""What a feed tells of one article, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wirepress.content.comments.writing import open_for_comments
from wirepress.content.newsroom import View
from wirepress.feeds.channel import address
from wirepress.model.post import Post
from wirepress.model.wire import Origin, Source
from wirepress.render.blocks.registry import DYNAMIC
from wirepress.render.budget import OverBudget
from wirepress.render.chains import the_content
from wirepress.render.entities import convert_chars, escape_html, numeric_entities
from wirepress.render.excerpts import DEFAULT_MORE, is_folded, trimmed_excerpt
from wirepress.render.holes import fill, fill_content
from wirepress.render.numbers import clean
from wirepress.render.post import render_for_feed
from wirepress.render.response_context import Counters, ResponseContext
from wirepress.render.scene import Scene
from wirepress.render.strip import strip_tags, trim_words
from wirepress.render.titles import full_title
from wirepress.store import sources

EXCERPT_WORDS = 55
_READ = 20_000
"""Characters of a text that are looked at where all of it is too much."""
LOCKED = "There is no excerpt because this is a protected post."

_INPUTS = """<p>This content is password-protected. To view it, please enter the password below.</p>
{between}<p><label for="pwbox-{post}">Password: <input name="post_password" id="pwbox-{post}" type="password" \
spellcheck="false" required size="20" /></label> <span class="wp-block-button"><input type="submit" name="Submit" \
class="wp-block-button__link wp-element-button" value="Enter" /></span></p>"""

_FORM = """<form action="{login}?action=postpass" class="post-password-form" method="post"><input type="hidden" \
name="redirect_to" value="{link}" />"""


EAGER = 3
"""So many pictures are on a page's first screen, WordPress reckons, and counts feeds as pages."""
_PICTURE = re.compile(r"<img [^<>]{0,20000}>")
_LAZY = '<img loading="lazy" '
_LISTED_IN_FEEDS = re.compile(r"""class=(?:'gallery galleryid-|"wp-playlist )""")
"""Galleries and playlists: feeds have links in their place."""
_SIZE = re.compile(r""" (width|height)=["'](\d{1,6})["']""")
_ASKING = re.compile(r"""(<(?:a|form)\b[^<>]{0,2000}?\s(?:href|action)=["'])/?(\?)""")
"""Links to other pages of a list in a text, and forms: a feed is at no address that these could go on from."""
LARGE = 50_000


@dataclass(slots=True)
class FeedContext:
    """One feed being written: what its articles have in common, and the numbers given out so far."""

    view: View
    address: str
    """The path and query that were asked for."""
    origins: Mapping[int, Origin]
    named: Mapping[int, Source]
    counters: Counters = field(default_factory=Counters)
    pictures: int = 0
    urgent: bool = False
    hub: str = ""
    """The hub that the feed names, "" for none."""

    def answer(self) -> ResponseContext:
        return ResponseContext(now=self.view.now(), address=self.address)

    def eager(self, found: re.Match[str]) -> str:
        """The first pictures of a feed load at once, the first large one before all (wp_get_loading_optimization_
        attributes, in the main query).  Those that say how large they are count, lazy or not."""
        size = dict(_SIZE.findall(found[0]))
        is_lazy = found[0].startswith(_LAZY)
        if not is_lazy and len(size) < len(("width", "height")):
            return found[0]
        self.pictures += 1
        if not is_lazy or self.pictures > EAGER:
            return found[0]
        tag = found[0].replace('loading="lazy" ', "", 1).replace(' sizes="auto, ', ' sizes="', 1)
        if not self.urgent and int(size.get("width", 0)) * int(size.get("height", 0)) >= LARGE:
            self.urgent = True
            tag = tag.replace("<img ", '<img fetchpriority="high" ', 1)
        return tag

    def origin(self, post: Post) -> tuple[Origin, str, str] | None:
        """The origin of a post, the name of its publisher and the publisher's address."""
        origin = self.origins.get(post.id)
        if origin is None:
            return None
        publisher, source = origin.facts.publisher, self.named.get(origin.source)
        if source is None:
            return origin, publisher or origin.url, origin.url
        return origin, publisher or source.name or origin.url, source.url


def context_of(view: View, posts: Sequence[Post], address: str) -> FeedContext:
    """What the feed of these posts is written in; sources are asked for only where a post came from elsewhere."""
    view.lookup.prefetch_users(post.author for post in posts)
    origins = sources.origins_of_posts(view.unit, [post.id for post in posts])
    if not origins:
        return FeedContext(view, address, {}, {})
    return FeedContext(view, address, origins, {s.source.id: s.source for s in sources.standings(view.unit)})


def title(post: Post) -> str:
    """The title of an article, or the title of what was said of it (the_title_rss)."""
    return escape_html(strip_tags(numeric_entities(full_title(post))))


def excerpt(feed: FeedContext, post: Post) -> str:
    """The excerpt without its paragraph (the_excerpt_rss); a protected post says that it has none.

    What its making counts, shown or not, goes on in the contents behind it.
    """
    if post.is_protected:
        return LOCKED
    answer = feed.answer()
    scene = Scene(feed.view.lookup, post, answer, DYNAMIC, the_content, open=(post.id,), feed=True)
    try:
        text = trimmed_excerpt(clean(post.excerpt), clean(post.content), scene)
    except OverBudget:  # its page shows it as it was written, too
        text = trim_words(post.content[:_READ], EXCERPT_WORDS, DEFAULT_MORE)
    shown = fill(scene.numbers.text(text), feed.counters, feed.view.lookup, answer, post)
    return convert_chars(numeric_entities(shown))


def content(feed: FeedContext, post: Post) -> str:
    """The whole text (the_content_feed); of a protected post the form that asks for its password."""
    if post.is_protected:
        # The paragraph filter went over the form, as WordPress sends it in feeds.
        form = password_form(feed.view, post).replace(" />\n\t<p>", " /></p>\n<p>", 1)
        return form.replace("\n\t", "\n").replace("</p></form>", "</p>\n</form>")
    if post.rendering is None:
        return ""
    counters = replace(feed.counters, taken=dict(feed.counters.taken))
    text = fill_content(post, post.rendering.content, counters, feed.view.lookup, feed.answer())
    if is_folded(post.content) or _LISTED_IN_FEEDS.search(text):
        own = render_for_feed(post, feed.view.lookup, feed.answer(), after_blocks=feed.counters.after_blocks)
        counters = replace(feed.counters, taken=dict(feed.counters.taken))
        text = fill_content(post, own, counters, feed.view.lookup, feed.answer())
    feed.counters = counters
    text = _ASKING.sub(lambda found: f"{found[1]}{address(feed.view.lookup.permalink(post))}{found[2]}", text)
    return _PICTURE.sub(feed.eager, text) if feed.pictures < EAGER else text


def password_form(view: View, post: Post) -> str:
    """The form that asks for a post's password (get_the_password_form)."""
    link = address(view.lookup.permalink(post))
    opening = _FORM.format(login=f"{view.site.base}/wp-login.php", link=link)
    return f"{opening}\n\t{_INPUTS.format(between=chr(9), post=post.id)}</form>\n\t"


def author(view: View, post: Post) -> str:
    user = view.lookup.user(post.author)
    return user.name if user else ""


def categories(post: Post) -> list[str]:
    """The names of the categories and tags, each once (get_the_category_rss)."""
    names = [t.name for of in ("category", "post_tag") for t in post.terms if t.taxonomy == of]
    return list(dict.fromkeys(names))


def discussion(view: View, post: Post) -> str:
    """Where what was said of a post stands on its page (get_comments_link)."""
    return f"{view.lookup.permalink(post)}#{'comments' if post.comment_count else 'respond'}"


def discussed(view: View, post: Post) -> bool:
    """Whether anything was or may be said of a post."""
    return bool(post.comment_count) or open_for_comments(view, post)
