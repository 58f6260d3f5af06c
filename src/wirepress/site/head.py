"""The frame of a page: the site's name and menus, and what it says to search engines and other sites."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.content.posts.provenance import Provenance
from wirepress.content.rewrite.target import Shows
from wirepress.model.post import Post
from wirepress.model.wire import CanonicalPolicy, Origin
from wirepress.render.dates import format_date
from wirepress.render.strip import strip_all_tags
from wirepress.site.assets import stylesheet
from wirepress.site.frame import Frame
from wirepress.site.menus import Entry
from wirepress.site.stories import Context, iso, picture, teaser, title_html

RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ur", "yi", "ps", "ug", "sd")


def site_context(view: View, shown: Shown, frame: Frame) -> Context:
    """The site itself: its name, its menus and its addresses."""
    site = view.site
    here = address_of(view, shown) if shown.found and shown.canonical else ""
    by_name = sorted(frame.sections, key=lambda term: term.name)
    sections = [Entry(html.unescape(term.name), view.lookup.term_link(term)) for term in by_name]
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
        "stylesheet": stylesheet(),
        "today_text": format_date("l, j F Y", view.now().astimezone(site.zone)),
        "logo": frame.logo,
        "icon": frame.icon,
        "touch_icon": frame.touch_icon,
        "menu": menu(frame.header or sections, here),
        "sections": menu(sections, here),
        "footer_menu": menu(frame.footer or frame.pages, here),
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
        "tdm": False,
        "image": "",
        "type": "website",
        "json_ld": [],
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
    context["links"] += own_feeds(view, shown)
    if shown.post is not None:
        return context | of_post(view, shown.post, known, context)
    return context | of_archive(view, shown, context)


def of_archive(view: View, shown: Shown, context: Context) -> Context:
    """What the head of a list of posts says: what it is a list of."""
    name, parts = context["title"], shown.target.parts
    if shown.target.shows is Shows.SEARCH:
        title = f"“{parts['s']}” – {name}" if parts["s"] else name
        return {"title": title, "robots": "noindex, follow"}
    if shown.term is not None:
        description = strip_all_tags(html.unescape(shown.term.description)) or context["description"]
        return {"title": f"{html.unescape(shown.term.name)} – {name}", "description": description}
    if shown.author is not None:
        return {"title": f"{display_name(shown.author)} – {name}", "type": "profile"}
    if shown.target.shows is Shows.TYPE:
        kind = view.site.registry.types[parts["type"]]
        return {"title": f"{kind.label} – {name}", "description": kind.description or context["description"]}
    return {}


def own_feeds(view: View, shown: Shown) -> list[Context]:
    """The feed of what is on the page: of its section, its author, or of what was said of it."""
    if not (shown.found and shown.canonical and view.site.structure) or shown.target.shows is Shows.FRONT:
        return []
    if shown.post is not None and (shown.post.is_protected or not shown.post.comment_count):
        return []
    href = address_of(view, replace(shown, target=replace(shown.target, feed="rss2")))
    title = f"{html.unescape(feed_name(view, shown))} – {plain(view, 'blogname')}"
    return [{"rel": "alternate", "href": href, "type": "application/rss+xml", "title": title}]


def feed_name(view: View, shown: Shown) -> str:
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
    picture_of = picture(view, post.thumbnail)
    image = picture_of["src"] if picture_of else ""
    title = strip_all_tags(html.unescape(title_html(post)))
    head: Context = {
        "title": f"{title} – {context['title']}",
        "description": " ".join(strip_all_tags(html.unescape(teaser(post))).split())[:300],
        "image": image,
        "type": "article",
        "json_ld": [json_ld(article_data(view, post, origin, title, image))],
    }
    if origin is not None:
        source = known.source(origin)
        policy = CanonicalPolicy.ORIGINAL if source is None else source.rules.canonical
        if policy is CanonicalPolicy.ORIGINAL and origin.is_located:
            head["canonical"] = origin.canonical or origin.url
        elif policy is CanonicalPolicy.NOINDEX:
            head["robots"] = "noindex, follow"
        if policy is not CanonicalPolicy.SELF:
            head |= passed_on(origin, str(head.get("robots", context["robots"])))
    return head


def passed_on(origin: Origin, robots: str) -> Context:
    """What the original says to machines, said of our copy as well."""
    words = [word for word in origin.facts.signals if not word.startswith(("tdm", "rsl"))]
    said = dict.fromkeys([*filter(None, robots.split(", ")), *words])
    return {"robots": ", ".join(said), "tdm": "tdm-reservation" in origin.facts.signals}


def article_data(view: View, post: Post, origin: Origin | None, title: str, image: str) -> Context:
    """The article as schema.org has it; `isBasedOn` names the original of one that came from elsewhere."""
    author = view.lookup.user(post.author)
    value: Context = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if post.type == "post" else "WebPage",
        "headline": title[:110],
        "datePublished": iso(post.date_gmt),
        "dateModified": iso(post.modified_gmt),
        "mainEntityOfPage": view.lookup.permalink(post),
        "publisher": {"@type": "Organization", "name": plain(view, "blogname"), "url": view.site.home},
        "image": image,
    }
    if origin is not None:
        value["isBasedOn"] = (origin.canonical or origin.url) if origin.is_located else ""
        value["author"] = [{"@type": "Person", "name": name} for name in origin.byline]
        value["license"] = origin.facts.licence
        if origin.facts.publisher:
            value["sourceOrganization"] = {"@type": "Organization", "name": origin.facts.publisher}
    if author is not None and (origin is None or origin.facts.is_adopted):
        value["author"] = [{"@type": "Person", "name": display_name(author), "url": view.lookup.author_link(author)}]
    return {name: part for name, part in value.items() if part}


def json_ld(value: Any) -> Markup:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - every character that means something to HTML was replaced above
