"""Stories as the templates show them: plain values, made from posts and from where these came."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from wirepress.content.newsroom import View
from wirepress.content.people import avatars
from wirepress.content.people.users import display_name
from wirepress.content.posts.provenance import Provenance
from wirepress.content.themes.theme import Theme
from wirepress.content.zone import within
from wirepress.model.moment import Stamp, utc, written
from wirepress.model.post import Post
from wirepress.model.wire import Origin
from wirepress.render.dates import format_date
from wirepress.render.holes import fill_content
from wirepress.render.response_context import Counters, ResponseContext
from wirepress.render.saving import kses_plain
from wirepress.site.blocks.reading import for_readers
from wirepress.site.story import Story
from wirepress.store import terms as term_store

Context = dict[str, Any]
OfNumber = Callable[[int], Context | None]

GRAVATARS = re.compile(r"<img alt='[^'<>]{0,1000}' src='https://secure\.gravatar\.com/avatar/[^<>]{0,4000}/>")
"""Pictures of people as blocks show them: the API has them as with WordPress, readers' browsers ask for none."""

_BREAKS = re.compile(r"(?:\s|<br />)*")
_BREAKS_BACKWARDS = re.compile(r"(?:\s|>/ rb<)*")
"""Asked of the text from its end: a pattern that ends at the end is tried at each space of a text."""
_PARAGRAPH = re.compile(r"<p[\s>]")

UPDATED_AFTER = timedelta(hours=1)
TONES = 6
"""The colours of avatars that the style knows."""

SHOWN = ("category", "post_tag")
"""The taxonomies that a story names."""


def made_now(_: Post, make: Callable[[], Story]) -> Story:
    return make()


def stories(
    view: View, posts: Sequence[Post], known: Provenance, made: Callable[[Post, Callable[[], Story]], Story] = made_now
) -> list[Story]:  # fmt: skip
    """Teasers of posts, in order; pictures, authors and terms are fetched at once.  `made` has each of them made."""
    view.lookup.prefetch_posts(post.thumbnail for post in posts)
    view.lookup.prefetch_users(post.author for post in posts)
    if used_anywhere := {term.id for post in posts for term in post.terms if term.taxonomy in SHOWN}:
        view.lookup.add_terms(term_store.any_of(view.unit, used_anywhere))
    # Stories share their terms and authors: each is made once, and nobody changes it.
    term, author = cache(partial(linked_term, view)), cache(partial(own_author, view))
    return [made(post, partial(story, view, post, known, term, author)) for post in posts]


def story(view: View, post: Post, known: Provenance, term: OfNumber, author: OfNumber) -> Story:
    """One post as a teaser; `term` and `author` give what is shown of these by their numbers."""
    origin = known.origins.get(post.id)
    changed = is_updated(post)
    excerpt = teaser(post)
    values = {
        "title_html": title_html(post),
        "url": view.lookup.permalink(post),
        "date_iso": iso(post.date_gmt),
        "date_text": date_text(view, post.date_gmt),
        "author": byline(post, origin, author),
        "image": picture(view, post.thumbnail),
        "updated_iso": iso(post.modified_gmt) if changed else "",
        "updated_text": date_text(view, post.modified_gmt) if changed else "",
        "excerpt_html": excerpt,
        "standfirst_html": excerpt if post.excerpt.strip() else "",
        "content_html": "",
        "categories": assigned(post, "category", term),
        "tags": assigned(post, "post_tag", term),
        "attribution": attribution(origin, known),
        "told_by": [],
        "language": None,
    }
    return Story(values)


def is_updated(post: Post) -> bool:
    """Whether a post was changed more than an hour after it was published."""
    if post.modified_gmt == post.date_gmt:  # as of most
        return False
    published, changed = utc(post.date_gmt), utc(post.modified_gmt)
    return published is not None and changed is not None and changed - published > UPDATED_AFTER


def title_html(post: Post) -> str:
    """The rendered title; a protected post says so, one without a title is known by its date."""
    title = str(post.rendering.title) if post.rendering else html.escape(post.title)
    title = title or html.escape(post.date[:10])
    return f"Protected: {title}" if post.is_protected else title


def teaser(post: Post) -> str:
    """The excerpt of a post, none of a protected one."""
    if post.is_protected or post.rendering is None:
        return ""
    return str(post.rendering.excerpt)


def byline(post: Post, origin: Origin | None, author: OfNumber) -> Context | None:
    """The authors as the source named them, for an article that came from elsewhere; else the post's own."""
    if origin is not None and origin.byline:
        return person(", ".join(origin.byline))
    return author(post.author)


def own_author(view: View, number: int) -> Context | None:
    """A user as the author of a post."""
    author = view.lookup.user(number)
    if author is None:
        return None
    return person(display_name(author), view.lookup.author_link(author), kses_plain(author.description))


def person(name: str, url: str = "", about_html: str = "") -> Context:
    """Who wrote something, with initials and a colour for want of a picture."""
    initials, tone = avatars.initials(name), avatars.tone(name, TONES)
    return {"name": name, "url": url, "about_html": about_html, "initials": initials, "tone": tone}


def attribution(origin: Origin | None, known: Provenance) -> Context | None:
    """Where an article came from, with a link."""
    if origin is None:
        return None
    host = re.sub(r"^\w+://(www\.)?|/.*$", "", origin.url)
    return {
        "text": "First published by",
        "source": known.publisher(origin) or host,
        "url": origin.canonical or origin.url,
        "canonical": origin.canonical or origin.url,
    }


def assigned(post: Post, taxonomy: str, term: OfNumber) -> list[Context]:
    found = (term(one.id) for one in post.terms if one.taxonomy == taxonomy)
    return [one for one in found if one is not None]


def linked_term(view: View, number: int) -> Context | None:
    """A term with the link to its page."""
    term = view.lookup.term(number)
    return None if term is None else {"name": html.unescape(term.name), "url": view.lookup.term_link(term)}


def picture(view: View, attachment: int) -> Context | None:
    """A featured image with its sizes."""
    post = view.lookup.post(attachment) if attachment else None
    if post is None:
        return None
    meta, file = post.first_meta("_wp_attachment_metadata", {}), str(post.first_meta("_wp_attached_file"))
    if not file or not isinstance(meta, Mapping):
        return None
    return {
        "src": view.lookup.upload_url(file),
        "srcset": candidates(view, file, meta),
        "alt": str(post.first_meta("_wp_attachment_image_alt")),
        "width": meta.get("width", ""),
        "height": meta.get("height", ""),
        "caption_html": html.escape(html.unescape(post.excerpt), quote=False),
        "sizes": renditions(view, file, meta),
    }


def candidates(view: View, file: str, meta: Mapping[str, Any]) -> str:
    """The renditions of a picture that keep its proportions, for `srcset`."""
    sizes = meta.get("sizes")
    if not (is_measured(meta) and isinstance(sizes, Mapping)):
        return ""
    folder = file.rpartition("/")[0]
    found = {meta["width"]: file}
    for size in filter(is_measured, sizes.values()):
        wide, name = size["width"], size.get("file")
        if name and abs(wide / size["height"] - meta["width"] / meta["height"]) < 0.02:
            found.setdefault(wide, f"{folder}/{name}".lstrip("/"))
    return ", ".join(f"{view.lookup.upload_url(path)} {wide}w" for wide, path in sorted(found.items()))


def renditions(view: View, file: str, meta: Mapping[str, Any]) -> dict[str, Context]:
    """The renditions of a picture by the names of their sizes."""
    sizes = meta.get("sizes")
    folder = file.rpartition("/")[0]
    named = sizes.items() if isinstance(sizes, Mapping) else ()
    return {
        str(name): {
            "src": view.lookup.upload_url(f"{folder}/{size['file']}".lstrip("/")),
            "width": size["width"],
            "height": size["height"],
        }
        for name, size in named
        if isinstance(size, Mapping) and is_measured(size) and size.get("file")
    }


def is_measured(picture: Mapping[str, Any]) -> bool:
    width, height = picture.get("width"), picture.get("height")
    return isinstance(width, int) and isinstance(height, int) and height != 0


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of an article; `private`: it is for this reader, this address or this moment only; `style`: the rules of
    its blocks, for the head of the page; `policy`: the rules that it changes of the page's Content-Security-Policy."""

    html: str
    private: bool = False
    style: str = ""
    policy: Mapping[str, str] = field(default_factory=dict)


def content(view: View, post: Post, part: int, address: str, theme: Theme) -> ArticleText:
    """The text in a theme, or one part of it where its author split it (0: all of it); none of a protected post.

    `address` is the path and query that were asked for: what signs a reader in comes back there.
    """
    if post.is_protected:
        return ArticleText(password_form(view, post))
    if post.rendering is None:
        return ArticleText("")
    rendered = post.rendering.content
    answer = ResponseContext(now=view.now(), address=address)
    parts = parts_of(fill_content(post, rendered, Counters(), view.lookup, answer))
    text = parts[min(part, len(parts)) - 1] if part else "".join(parts)
    if not view.site.flag(avatars.GRAVATAR):
        text = GRAVATARS.sub("", text)
    shown = for_readers(view, post, text, theme, "".join(parts) if len(parts) > 1 else "")
    return ArticleText(shown.html, rendered.private, shown.style, shown.policy)


def parts_of(text: str) -> list[str]:
    """The parts of a text whose author has split it.

    A split may stand within a paragraph of the whole text: then the one part ends it and the other begins it anew.
    """
    parts = text.split("<!--nextpage-->")
    return [_whole(part) for part in parts] if len(parts) > 1 else parts


def _whole(part: str) -> str:
    begin, end = _length(_BREAKS, part), _length(_BREAKS_BACKWARDS, part[::-1])
    part = part[begin : max(begin, len(part) - end)]
    part = part.removeprefix("</p>").removesuffix("<p>").strip()
    excess = len(_PARAGRAPH.findall(part)) - part.count("</p>")
    if excess > 0:
        return f"{part}</p>"
    return f"<p>{part}" if excess < 0 else part


def _length(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def password_form(view: View, post: Post) -> str:
    """What stands for the text of a protected post: the question for its password, as WordPress's forms put it."""
    action = html.escape(f"{view.site.base}/wp-login.php?action=postpass")
    back = html.escape(view.lookup.permalink(post))
    return (
        "<p>This article is protected by a password.</p>\n"
        f'<form action="{action}" class="post-password-form" method="post">'
        f'<input type="hidden" name="redirect_to" value="{back}">\n'
        f'<p><label for="pwbox-{post.id}">Password</label> <input name="post_password" id="pwbox-{post.id}"'
        ' type="password" autocomplete="off" spellcheck="false" required>'
        ' <button type="submit">Enter</button></p></form>'
    )


def iso(value: Stamp) -> str:
    return written(value, datetime.isoformat)


def date_text(view: View, value: Stamp) -> str:
    """A UTC stamp as the site writes dates for people."""
    form = str(view.site.option("date_format"))
    return written(value, lambda moment: format_date(form, within(moment, view.site.zone)))
