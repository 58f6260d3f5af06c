"""What the templates are given: plain values, made from a shown address."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wirepress.content.archive import Shown
from wirepress.content.newsroom import View
from wirepress.model.moment import Stamp, utc
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, TermQuery
from wirepress.model.wire import CanonicalPolicy, Origin, Source
from wirepress.render.chains import comment_html
from wirepress.render.dates import formatted
from wirepress.render.holes import fill
from wirepress.render.images import candidates
from wirepress.render.strip import strip_all_tags
from wirepress.store import comments as comment_store
from wirepress.store import posts as post_store
from wirepress.store import sources
from wirepress.store import terms as term_store

Context = dict[str, Any]


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


def site_context(view: View) -> Context:
    """The site itself: its name, its sections (top categories by name) and its addresses."""
    site = view.site
    found = term_store.find(view.unit, TermQuery(("category",), per_page=8, hide_empty=True, parent=0, orderby="count", order="desc"))
    terms = term_store.load(view.unit, found.ids)
    chosen = sorted((terms[i] for i in found.ids if i in terms), key=lambda t: t.name)
    default = site.number("default_category")
    return {
        "title": html.unescape(str(site.option("blogname"))),
        "tagline": html.unescape(str(site.option("blogdescription"))),
        "home": site.home + "/",
        "language": str(site.option("WPLANG") or "en-US").replace("_", "-"),
        "feed": site.tidy(f"{site.home}/{site.root}feed"),
        "search": f"{site.home}/{site.root}",
        "api": site.rest_url("/"),
        "sections": [
            {"name": html.unescape(t.name), "url": view.lookup.term_link(t)} for t in chosen if t.id != default
        ],
        "today": formatted("l, F j, Y", view.now().astimezone(site.zone)),
        "year": view.now().astimezone(site.zone).year,
    }


def stories(view: View, posts: Sequence[Post], known: Provenance) -> list[Context]:
    """Teasers of posts, in order; pictures and authors are fetched at once."""
    pictures = post_store.load(view.unit, [post.thumbnail for post in posts if post.thumbnail])
    view.lookup.remember(pictures.values())
    view.lookup.prefetch_users(post.author for post in posts)
    return [story(view, post, known) for post in posts]


def story(view: View, post: Post, known: Provenance) -> Context:
    """One post as a teaser."""
    author = view.lookup.user(post.author)
    locked = "Protected: " if post.password else ""
    rendering = post.rendering
    origin = known.origins.get(post.id)
    return {
        "id": post.id,
        "title_html": locked + str(rendering.title) if rendering else html.escape(post.title),
        "url": view.lookup.permalink(post),
        "date_iso": iso(post.date_gmt),
        "date_text": date_text(view, post.date_gmt),
        "modified_iso": iso(post.modified_gmt),
        "modified_text": date_text(view, post.modified_gmt),
        "author": byline(view, origin) or {
            "name": author.name if author else "", "url": view.lookup.author_link(author) if author else ""
        },
        "image": picture(view, post.thumbnail),
        "excerpt_html": teaser(post),
        "categories": worn(view, post, "category"),
        "tags": worn(view, post, "post_tag"),
        "attribution": attribution(origin, known),
        "format": next((t.slug.removeprefix("post-format-") for t in post.terms if t.taxonomy == "post_format"), ""),
    }


def teaser(post: Post) -> str:
    """The excerpt of a post, none of a protected one."""
    return "" if post.password or post.rendering is None else str(post.rendering.excerpt)


def byline(view: View, origin: Origin | None) -> Context | None:
    """The authors as the source named them, for an article that came from elsewhere."""
    if origin is None or not origin.facts.authors:
        return None
    return {"name": ", ".join(origin.facts.authors), "url": ""}


def attribution(origin: Origin | None, known: Provenance) -> Context | None:
    """Where an article came from, with a link."""
    if origin is None:
        return None
    source = known.source(origin)
    name = origin.facts.publisher or (source.name if source else "") or re.sub(r"^\w+://(www\.)?|/.*$", "", origin.url)
    return {
        "text": "First published by",
        "source": name,
        "url": origin.canonical or origin.url,
        "canonical": origin.canonical or origin.url,
        "licence": origin.facts.licence,
        "date_iso": origin.facts.published.isoformat() if origin.facts.published else "",
    }


def worn(view: View, post: Post, taxonomy: str) -> list[Context]:
    view.lookup.prefetch_terms(t.id for t in post.terms if t.taxonomy == taxonomy)
    terms = (view.lookup.term(t.id) for t in post.terms if t.taxonomy == taxonomy)
    return [{"name": html.unescape(t.name), "url": view.lookup.term_link(t)} for t in terms if t is not None]


def picture(view: View, attachment: int) -> Context | None:
    """A featured image with its sizes."""
    post = view.lookup.post(attachment) if attachment else None
    meta = post.first_meta("_wp_attachment_metadata", {}) if post else {}
    if post is None or not isinstance(meta, Mapping):
        return None
    file = str(post.first_meta("_wp_attached_file"))
    if not file:
        return None
    return {
        "src": view.lookup.upload_url(file),
        "srcset": candidates(view.lookup, post),
        "alt": str(post.first_meta("_wp_attachment_image_alt")),
        "width": meta.get("width", ""),
        "height": meta.get("height", ""),
        "caption": post.excerpt,
    }


def article(view: View, shown: Shown, known: Provenance) -> Context:
    """A whole article with its comments."""
    post = shown.post
    assert post is not None
    context = story(view, post, known)
    part = max(1, shown.target.part)
    context["content_html"] = "" if post.password else content(view, post, part)
    context["protected"] = bool(post.password)
    context["comments"] = comments(view, post)
    context["comments_open"] = post.comment_status == "open"
    context["parts"] = post.content.count("<!--nextpage-->") + 1
    context["part"] = part
    context["type"] = post.type
    return context


def content(view: View, post: Post, part: int) -> str:
    """The text, or one part of it where the author split it."""
    assert post.rendering is not None
    text = fill(post.rendering.content, view.lookup)
    if "<!--nextpage-->" in text:
        parts = text.split("<!--nextpage-->")
        text = parts[min(part, len(parts)) - 1]
    return text


def comments(view: View, post: Post) -> list[Context]:
    """Approved comments, oldest first; none of a protected post."""
    if post.password or not post.comment_count:
        return []
    query = CommentQuery(posts=(post.id,), per_page=100, order="asc", types=())
    found = comment_store.find(view.unit, query)
    items = comment_store.load(view.unit, found.ids)
    return [
        {
            "id": c.id,
            "author": c.author_name,
            "url": c.author_url if c.author_url.startswith(("http://", "https://")) else "",
            "date_iso": iso(c.date_gmt),
            "date_text": date_text(view, c.date_gmt),
            "content_html": comment_html(c.content),
            "reply": bool(c.parent),
        }
        for c in (items[i] for i in found.ids if i in items)
    ]


def head(view: View, shown: Shown, known: Provenance) -> Context:
    """What search engines and other sites are told: title, description, canonical, robots and JSON-LD."""
    post = shown.post
    site = html.unescape(str(view.site.option("blogname")))
    canonical = shown.canonical
    robots = "" if view.site.flag("blog_public") else "noindex, nofollow"
    description, linked = html.unescape(str(view.site.option("blogdescription"))), None
    title = site
    if post is not None and post.rendering is not None:
        origin = known.origins.get(post.id)
        title = f"{strip_all_tags(html.unescape(str(post.rendering.title)))} – {site}"
        description = " ".join(strip_all_tags(html.unescape(teaser(post))).split())[:300]
        if origin is not None:
            source = known.source(origin)
            policy = source.rules.canonical if source else CanonicalPolicy.ORIGINAL
            if policy is CanonicalPolicy.ORIGINAL:
                canonical = origin.canonical or origin.url
            elif policy is CanonicalPolicy.NOINDEX:
                robots = "noindex, follow"
        linked = json_ld(view, post, origin, site)
    elif shown.term is not None:
        title = f"{html.unescape(shown.term.name)} – {site}"
        description = strip_all_tags(html.unescape(shown.term.description)) or description
    elif shown.author is not None:
        title = f"{shown.author.name} – {site}"
    return {"title": title, "description": description, "canonical": canonical, "robots": robots, "json_ld": linked}


def json_ld(view: View, post: Post, origin: Origin | None, site: str) -> Context:
    """The article as schema.org has it; `isBasedOn` names the original of one that came from elsewhere."""
    author = view.lookup.user(post.author)
    image = picture(view, post.thumbnail)
    value: Context = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if post.type == "post" else "WebPage",
        "headline": strip_all_tags(html.unescape(str(post.rendering.title)))[:110] if post.rendering else post.title,
        "datePublished": iso(post.date_gmt),
        "dateModified": iso(post.modified_gmt),
        "mainEntityOfPage": view.lookup.permalink(post),
        "publisher": {"@type": "Organization", "name": site, "url": view.site.home},
    }
    if image:
        value["image"] = image["src"]
    if origin is not None:
        value["isBasedOn"] = origin.canonical or origin.url
        value["author"] = [{"@type": "Person", "name": name} for name in origin.facts.authors]
        if origin.facts.publisher:
            value["sourceOrganization"] = {"@type": "Organization", "name": origin.facts.publisher}
        if origin.facts.licence:
            value["license"] = origin.facts.licence
    elif author is not None:
        value["author"] = [{"@type": "Person", "name": author.name, "url": view.lookup.author_link(author)}]
    return {name: part for name, part in value.items() if part}


def iso(value: Stamp) -> str:
    moment = utc(value)
    return moment.isoformat() if moment else ""


def date_text(view: View, value: Stamp) -> str:
    """A UTC stamp as the site writes dates for people."""
    moment: datetime | None = utc(value)
    return formatted(str(view.site.option("date_format")), moment.astimezone(view.site.zone)) if moment else ""
