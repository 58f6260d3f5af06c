"""The frame of a page: the site's name and menus, and what it says to search engines and other sites."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wirepress.content.addresses.links import api_address, embed_address, search_feed, short_address
from wirepress.content.addresses.page import Shown, address_of, discussion_feed, visible
from wirepress.content.comments.writing import open_for_comments, open_for_pings
from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.content.posts.provenance import Provenance
from wirepress.content.rewrite.target import Shows
from wirepress.model.post import Post
from wirepress.model.wire import CanonicalPolicy, Origin
from wirepress.render.dates import format_date
from wirepress.render.strip import strip_all_tags
from wirepress.site import structured
from wirepress.site.declarations import reserves_mining
from wirepress.site.frame import Frame
from wirepress.site.menus import Entry
from wirepress.site.stories import Context, iso, picture, teaser, title_html
from wirepress.site.structured import json_ld, whole

LONGEST = 300
"""Characters of a description."""
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ur", "yi", "ps", "ug", "sd")


def site_context(view: View, shown: Shown, frame: Frame) -> Context:
    """The site itself: its name, its menus and its addresses."""
    site = view.site
    here = address_of(view, shown) if shown.found and shown.canonical else ""
    if shown.term is not None:
        here = view.lookup.term_link(shown.term)
    language = str(site.option("WPLANG") or "en_US").replace("_", "-")
    return {
        "title": plain(view, "blogname"),
        "tagline": plain(view, "blogdescription"),
        "home": site.home + "/",
        "language": language,
        "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "search": f"{site.home}/{site.root}",
        "feed": feed_link(view),
        "today_text": format_date("l, j F Y", view.now().astimezone(site.zone)),
        "logo": frame.logo,
        "icon": frame.icon,
        "touch_icon": frame.touch_icon,
        "menus": {place: menu(entries, here) for place, entries in frame.menus.items()},
        "menu": menu(frame.header, here),
        "sections": menu(frame.sections, here),
        "footer_menu": menu(frame.footer or frame.pages, here),
        "head_html": "",
        "foot_html": "",
    }


def menu(entries: Sequence[Entry], here: str) -> list[Context]:
    """A menu for the templates; `here` is the address of the page that is shown."""
    return [
        {
            "name": entry.name,
            "url": entry.url,
            "current": bool(here) and entry.url.rstrip("/") == here.rstrip("/"),
            "entries": menu(entry.entries, here),
        }
        for entry in entries
    ]


def plain(view: View, option: str) -> str:
    return html.unescape(str(view.site.option(option)))


def feed_link(view: View) -> str:
    site = view.site
    if not site.structure:
        return f"{site.home}/?feed=rss2"
    return site.tidy(f"{site.home}/{site.root}feed")


def comments_feed(view: View) -> str:
    """The address of the feed of all comments."""
    site = view.site
    if not site.structure:
        return f"{site.home}/?feed=comments-rss2"
    return site.tidy(f"{site.home}/{site.root}comments/feed")


def head_context(view: View, shown: Shown, known: Provenance, pages: Context | None = None) -> Context:
    """Title, description, canonical, robots, links and JSON-LD of a page; `pages` are its neighbours."""
    name = plain(view, "blogname")
    context: Context = {
        "title": name,
        "description": plain(view, "blogdescription"),
        "canonical": address_of(view, shown) if shown.canonical else "",
        "robots": "" if view.site.flag("blog_public") else "noindex, nofollow",
        "tdm": reserves_mining(view),
        "type": "website",
        "social": [],
        "json_ld": [],
        "style": "",
        "links": [
            {"rel": "alternate", "href": feed_link(view), "type": "application/rss+xml", "title": name},
            {
                "rel": "alternate",
                "href": comments_feed(view),
                "type": "application/rss+xml",
                "title": f"{name}: comments",
            },
            {"rel": "https://api.w.org/", "href": view.site.rest_url("/"), "type": "", "title": ""},
        ],
    }
    if view.site.speaks_xmlrpc:
        address = f"{view.site.base}/xmlrpc.php?rsd"
        context["links"].append({"rel": "EditURI", "href": address, "type": "application/rsd+xml", "title": "RSD"})
    for rel, neighbour in (("prev", "previous"), ("next", "next")):
        if pages and pages[neighbour]:
            context["links"].append({"rel": rel, "href": pages[neighbour], "type": "", "title": ""})
    context["links"] += [*own_feeds(view, shown), *own_forms(view, shown)]
    if shown.post is not None:
        context |= of_post(view, shown.post, known, context)
    else:
        context |= of_archive(view, shown, context)
        if shown.found:
            context["json_ld"] = [json_ld(data) for data in structured.of_archive(view, shown)]
    context["social"] = [*general(view, context), *context["social"]]
    return context


def general(view: View, context: Context) -> list[tuple[str, str]]:
    """What every page tells of itself to sites that show a card of it (Open Graph, ogp.me), and to those that read
    Twitter's names: they take the rest from Open Graph."""
    has_image = any(name == "og:image" for name, _ in context["social"])
    lines = [
        ("og:site_name", plain(view, "blogname")),
        ("og:title", context["title"]),
        ("og:description", context["description"]),
        ("og:type", context["type"]),
        ("og:url", context["canonical"]),
        ("og:locale", view.site.locale if re.fullmatch("[a-z]{2,3}_[A-Z]{2}", view.site.locale) else ""),
        ("twitter:card", "summary_large_image" if has_image else "summary"),
    ]
    return [(name, text) for name, text in lines if text]


def of_picture(view: View, attachment: int) -> list[tuple[str, str]]:
    """The picture of a card, with its size and what it shows."""
    known = picture(view, attachment)
    if known is None:
        return []
    lines = [("og:image", whole(known["src"], view.site.home))]
    lines += [(f"og:image:{name}", str(known[name])) for name in ("width", "height", "alt") if known[name]]
    if known["alt"]:
        lines.append(("twitter:image:alt", known["alt"]))
    return lines


def of_article(view: View, post: Post, origin: Origin | None) -> list[tuple[str, str]]:
    """Times, authors, sections and tags of an article (Open Graph's `article`)."""
    lines = [("article:published_time", iso(post.date_gmt)), ("article:modified_time", iso(post.modified_gmt))]
    lines += [("article:author", one.get("url") or one["name"]) for one in structured.authors(view, post, origin)]
    for taxonomy, name in (("category", "article:section"), ("post_tag", "article:tag")):
        lines += [(name, html.unescape(term.name)) for term in post.terms if term.taxonomy == taxonomy]
    return [(name, text) for name, text in lines if text]


def of_archive(view: View, shown: Shown, context: Context) -> Context:
    """What the head of a list of posts says: what it is a list of."""
    name, parts = context["title"], shown.target.parts
    if shown.target.shows is Shows.SEARCH:
        title = f"“{parts['s']}” – {name}" if parts["s"] else name
        return {"title": title, "robots": "noindex, follow", "description": ""}
    if shown.term is not None:
        of = html.unescape(shown.term.name)
        return {"title": f"{of} – {name}", "description": told_of(shown.term.description, f"{of} at {name}")}
    if shown.author is not None:
        of = display_name(shown.author)
        described = told_of(shown.author.description, f"Articles by {of} at {name}")
        return {"title": f"{of} – {name}", "type": "profile", "description": described}
    if shown.target.shows is Shows.TYPE:
        kind = view.site.registry.types[parts["type"]]
        described = told_of(kind.description, f"{kind.label} at {name}")
        return {"title": f"{kind.label} – {name}", "description": described}
    if shown.posts and "year" in parts:
        of = date_in_words(view, shown)
        return {"title": f"{of} – {name}", "description": f"Articles of {of} at {name}"}
    return {}


def told_of(text: str, otherwise: str) -> str:
    """What somebody has written of a list, in one line, else these words."""
    return " ".join(strip_all_tags(html.unescape(text)).split())[:LONGEST] or otherwise


def date_in_words(view: View, shown: Shown) -> str:
    """The year, month or day of an archive."""
    parts, form = shown.target.parts, "Y"
    if "monthnum" in parts:
        form = "j F Y" if "day" in parts else "F Y"
    year, month, day = (int(parts.get(part, 1)) for part in ("year", "monthnum", "day"))
    return format_date(form, datetime(year, month, day, tzinfo=view.site.zone))


def own_feeds(view: View, shown: Shown) -> list[Context]:
    """The feed of what is on the page: of its section, its author, a search, or of what is said of it."""
    href = _own_feed(view, shown) if shown.found else ""
    if not href:
        return []
    title = f"{html.unescape(feed_name(view, shown))} – {plain(view, 'blogname')}"
    return [{"rel": "alternate", "href": href, "type": "application/rss+xml", "title": title}]


def _own_feed(view: View, shown: Shown) -> str:
    """The address of that feed, "" for what has none: the newest articles have the site's, and what is not everybody's
    to read has no feed."""
    if shown.post is not None:
        has_feed = visible(view, shown.post) and _is_discussed(view, shown.post)
        return discussion_feed(view, shown.post) if has_feed else ""
    if shown.target.shows is Shows.SEARCH:
        return search_feed(view.site, shown.target.parts["s"])
    if shown.target.shows is Shows.FRONT or not shown.canonical:
        return ""
    return address_of(view, replace(shown, target=replace(shown.target, feed="rss2")))


def _is_discussed(view: View, post: Post) -> bool:
    """Whether a post has comments or may get some (feed_links_extra)."""
    return bool(post.comment_count) or open_for_comments(view, post) or open_for_pings(view, post)


def own_forms(view: View, shown: Shown) -> list[Context]:
    """The same thing elsewhere on the site: in the API, as other sites embed it, at its short address."""
    links: list[Context] = []
    if shown.post is not None and shown.found:
        endpoint = embed_address(view.site, view.lookup.permalink(shown.post))
        links += [
            {"rel": "alternate", "href": endpoint, "type": "application/json+oembed", "title": "oEmbed (JSON)"},
            {"rel": "alternate", "href": f"{endpoint}&format=xml", "type": "text/xml+oembed", "title": "oEmbed (XML)"},
        ]
    if there := api_address(view.site, shown):
        links.append({"rel": "alternate", "href": there, "type": "application/json", "title": "JSON"})
    if short := short_address(view.site, shown):
        links.append({"rel": "shortlink", "href": short, "type": "", "title": ""})
    return links


def feed_name(view: View, shown: Shown) -> str:
    if shown.target.shows is Shows.SEARCH:
        return f"“{shown.target.parts['s']}”"
    if shown.post is not None:
        return "Comments"
    if shown.term is not None and shown.term.name:
        return shown.term.name
    if shown.author is not None:
        return display_name(shown.author)
    of = view.site.type(shown.target.parts.get("type", ""))
    return of.label if of is not None else "Archive"


def of_post(view: View, post: Post, known: Provenance, context: Context) -> Context:
    """What the head of an article says; one from elsewhere names its original as the source's policy has it."""
    origin = known.origins.get(post.id)
    title = strip_all_tags(html.unescape(title_html(post)))
    description = " ".join(strip_all_tags(html.unescape(teaser(post))).split())[:LONGEST]
    data = [structured.article(view, post, origin, title, description)]
    data.append(structured.breadcrumbs(view, structured.way_to_post(view, post, title)))
    head: Context = {
        "title": f"{title} – {context['title']}",
        "description": description,
        "type": "article",
        "social": [*of_picture(view, post.thumbnail), *of_article(view, post, origin)],
        "json_ld": [json_ld(one) for one in data],
    }
    if origin is not None:
        source = known.source(origin)
        policy = CanonicalPolicy.ORIGINAL if source is None else source.rules.canonical
        if policy is CanonicalPolicy.ORIGINAL and origin.is_located:
            head["canonical"] = origin.canonical or origin.url
        elif policy is CanonicalPolicy.NOINDEX:
            head["robots"] = "noindex, follow"
        if policy is not CanonicalPolicy.SELF:
            head |= passed_on(origin, str(head.get("robots", context["robots"])), is_reserved=context["tdm"])
    return head


def passed_on(origin: Origin, robots: str, *, is_reserved: bool) -> Context:
    """What the original says to machines, said of our copy as well."""
    words = [word for word in origin.facts.signals if not word.startswith(("tdm", "rsl"))]
    said = dict.fromkeys([*filter(None, robots.split(", ")), *words])
    return {"robots": ", ".join(said), "tdm": is_reserved or "tdm-reservation" in origin.facts.signals}
