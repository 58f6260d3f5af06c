"""Stories as the templates show them: plain values, made from posts and from where these came."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.content.newsroom import View
from wirepress.model.moment import Stamp, utc
from wirepress.model.post import Post
from wirepress.model.rendering import HoleKind
from wirepress.model.wire import Origin, Source
from wirepress.render.dates import format_date
from wirepress.render.holes import fill_content
from wirepress.render.response_context import Counters, ResponseContext
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import terms as term_store

Context = dict[str, Any]

SHOWN = ("category", "post_tag")
"""The taxonomies that a story names."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the posts of a page came from: their origins, and the sources that these name."""

    origins: Mapping[int, Origin]
    named: Mapping[int, Source]

    def source(self, origin: Origin) -> Source | None:
        return self.named.get(origin.source)


def provenance(view: View, posts: Sequence[Post]) -> Provenance:
    origins = sources.origins_of_posts(view.unit, [post.id for post in posts])
    return Provenance(origins, {s.source.id: s.source for s in sources.standings(view.unit)} if origins else {})


def stories(view: View, posts: Sequence[Post], known: Provenance) -> list[Context]:
    """Teasers of posts, in order; pictures, authors and terms are fetched at once."""
    pictures = post_store.load(view.unit, [post.thumbnail for post in posts if post.thumbnail])
    view.lookup.add_posts(pictures.values())
    view.lookup.prefetch_users(post.author for post in posts)
    used_anywhere = {term.id for post in posts for term in post.terms if term.taxonomy in SHOWN}
    view.lookup.add_terms(term_store.any_of(view.unit, used_anywhere) if used_anywhere else ())
    return [story(view, post, known) for post in posts]


def story(view: View, post: Post, known: Provenance) -> Context:
    """One post as a teaser."""
    author = view.lookup.user(post.author)
    origin = known.origins.get(post.id)
    ours = {"name": author.name, "url": view.lookup.author_link(author)} if author else None
    return {
        "title_html": title_html(post),
        "url": view.lookup.permalink(post),
        "date_iso": iso(post.date_gmt),
        "date_text": date_text(view, post.date_gmt),
        "author": byline(origin) or ours,
        "image": picture(view, post.thumbnail),
        "excerpt_html": teaser(post),
        "content_html": "",
        "categories": assigned(view, post, "category"),
        "tags": assigned(view, post, "post_tag"),
        "attribution": attribution(origin, known),
        "language": None,
    }


def title_html(post: Post) -> str:
    """The rendered title; a protected post says so, one without a title is known by its date."""
    title = str(post.rendering.title) if post.rendering else html.escape(post.title)
    return ("Protected: " if post.password else "") + (title or html.escape(post.date[:10]))


def teaser(post: Post) -> str:
    """The excerpt of a post, none of a protected one."""
    return "" if post.password or post.rendering is None else str(post.rendering.excerpt)


def byline(origin: Origin | None) -> Context | None:
    """The authors as the source named them, for an article that came from elsewhere."""
    if origin is None or not origin.facts.authors:
        return None
    return {"name": ", ".join(origin.facts.authors), "url": ""}


def attribution(origin: Origin | None, known: Provenance) -> Context | None:
    """Where an article came from, with a link."""
    if origin is None:
        return None
    source = known.source(origin)
    host = re.sub(r"^\w+://(www\.)?|/.*$", "", origin.url)
    return {
        "text": "First published by",
        "source": origin.facts.publisher or (source.name if source else "") or host,
        "url": origin.canonical or origin.url,
        "canonical": origin.canonical or origin.url,
    }


def assigned(view: View, post: Post, taxonomy: str) -> list[Context]:
    terms = (view.lookup.term(t.id) for t in post.terms if t.taxonomy == taxonomy)
    return [{"name": html.unescape(t.name), "url": view.lookup.term_link(t)} for t in terms if t is not None]


def picture(view: View, attachment: int) -> Context | None:
    """A featured image with its sizes."""
    post = view.lookup.post(attachment) if attachment else None
    meta = post.first_meta("_wp_attachment_metadata", {}) if post else {}
    file = str(post.first_meta("_wp_attached_file")) if post else ""
    if post is None or not file or not isinstance(meta, Mapping):
        return None
    return {
        "src": view.lookup.upload_url(file),
        "srcset": candidates(view, file, meta),
        "alt": str(post.first_meta("_wp_attachment_image_alt")),
        "width": meta.get("width", ""),
        "height": meta.get("height", ""),
        "caption_html": html.escape(html.unescape(post.excerpt), quote=False),
    }


def candidates(view: View, file: str, meta: Mapping[str, Any]) -> str:
    """The renditions of a picture that keep its proportions, for `srcset`."""
    width, height, sizes = meta.get("width"), meta.get("height"), meta.get("sizes")
    if not (isinstance(width, int) and isinstance(height, int) and height and isinstance(sizes, Mapping)):
        return ""
    folder = file.rpartition("/")[0]
    found = {width: file}
    for size in sizes.values():
        wide, high, name = size.get("width"), size.get("height"), size.get("file")
        whole = isinstance(wide, int) and isinstance(high, int) and high and name
        if whole and abs(wide / high - width / height) < 0.02:
            found.setdefault(wide, f"{folder}/{name}".lstrip("/"))
    return ", ".join(f"{view.lookup.upload_url(path)} {wide}w" for wide, path in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Told:
    """The text of an article; `unsure`: it is for this reader, this address or this moment only."""

    html: str
    unsure: bool = False


UNSURE = frozenset({HoleKind.VIEWER, HoleKind.ADDRESS, HoleKind.TIME})


def content(view: View, post: Post, part: int, address: str) -> Told:
    """The text, or one part of it where its author split it (0: all of it); none of a protected post.

    `address` is the path and query that were asked for: what signs a reader in comes back there.
    """
    if post.password:
        return Told(password_form(view, post))
    if post.rendering is None:
        return Told("")
    raw = post.rendering.content
    answer = ResponseContext(now=view.now(), address=address)
    text = fill_content(post, raw, Counters(), view.lookup, answer)
    parts = text.split("<!--nextpage-->") if part else [text.replace("<!--nextpage-->", "")]
    unsure = any(not isinstance(piece, str) and piece.kind in UNSURE for piece in raw.pieces)
    return Told(parts[min(max(part, 1), len(parts)) - 1], unsure)


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
    moment = utc(value)
    return moment.isoformat() if moment else ""


def date_text(view: View, value: Stamp) -> str:
    """A UTC stamp as the site writes dates for people."""
    moment = utc(value)
    return format_date(str(view.site.option("date_format")), moment.astimezone(view.site.zone)) if moment else ""
