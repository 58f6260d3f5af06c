"""What pages say in the vocabulary of schema.org, as JSON-LD: articles, their pictures, authors, the way to them."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.content.posts import corrections
from wirepress.content.rewrite.target import Shows
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.model.user import User
from wirepress.model.wire import Origin
from wirepress.render.strip import strip_all_tags
from wirepress.site.stories import Context, iso, picture
from wirepress.url.parse import is_address

CONTEXT = "https://schema.org"
HEADLINE = 110
"""Characters of a headline that search engines read."""
DEEPEST = 10
"""Terms above a term that its breadcrumbs name."""


def json_ld(value: Any) -> Markup:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - every character that means something to HTML was replaced above


def said(value: Mapping[str, Any]) -> Context:
    """A thing with those of its properties that say anything; False is said, too."""
    return {name: part for name, part in value.items() if part or part is False}


def web_address(text: str) -> str:
    """A text that is an address of the web, "" for any other: some properties take nothing else."""
    return text if is_address(text) else ""


def whole(address: str, home: str) -> str:
    """An address with its host."""
    return home + address if address.startswith("/") else address


def site_name(view: View) -> str:
    return html.unescape(str(view.site.option("blogname")))


def organization(view: View) -> Context:
    """Who publishes the site; its logo is the site's icon, where it has one."""
    chosen = view.site.number("site_icon")
    return said(
        {
            "@type": "Organization",
            "name": site_name(view),
            "url": f"{view.site.home}/",
            "logo": image_object(view, chosen) if chosen else None,
        }
    )


def website(view: View) -> Context:
    """The site itself, with how it is searched."""
    places = f"{view.site.home}/{view.site.root}?s={{search_term_string}}"
    return said(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": site_name(view),
            "url": f"{view.site.home}/",
            "description": html.unescape(str(view.site.option("blogdescription"))),
            "inLanguage": view.site.locale.replace("_", "-"),
            "publisher": organization(view),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": places},
                "query-input": "required name=search_term_string",
            },
        }
    )


def image_object(view: View, attachment: int) -> Context | None:
    """A picture with its size and whose it is; None where there is none."""
    known = picture(view, attachment)
    post = view.lookup.post(attachment)
    if known is None or post is None:
        return None
    meta = post.first_meta("_wp_attachment_metadata", {})
    noted = meta.get("image_meta") if isinstance(meta, Mapping) else None
    noted = noted if isinstance(noted, Mapping) else {}
    rights = str(noted.get("copyright") or "").strip()
    address = whole(known["src"], view.site.home)
    return said(
        {
            "@type": "ImageObject",
            "url": address,
            "contentUrl": address,
            "width": known["width"],
            "height": known["height"],
            "caption": strip_all_tags(html.unescape(known["caption_html"])) or known["alt"],
            "creditText": str(noted.get("credit") or "").strip(),
            "copyrightNotice": rights,
            "license": web_address(rights),
        }
    )


def person(view: View, user: User) -> Context:
    """An author of the site."""
    about = strip_all_tags(html.unescape(user.description))
    link = view.lookup.author_link(user)
    return said({"@type": "Person", "name": display_name(user), "url": link, "description": about})


def profile(view: View, user: User) -> Context:
    """The page of an author."""
    link = view.lookup.author_link(user)
    return {"@context": CONTEXT, "@type": "ProfilePage", "url": link, "mainEntity": person(view, user)}


def article(view: View, post: Post, origin: Origin | None, title: str, description: str) -> Context:
    """An article, or a page; `isBasedOn` names the original of one that came from elsewhere."""
    is_article = post.type == "post"
    named = [term.name for term in post.terms if term.taxonomy == "category"] if is_article else []
    tags = [html.unescape(term.name) for term in post.terms if term.taxonomy == "post_tag"]
    value: Context = {
        "@context": CONTEXT,
        "@type": "NewsArticle" if is_article else "WebPage",
        "headline": title[:HEADLINE],
        "description": description,
        "datePublished": iso(post.date_gmt),
        "dateModified": iso(post.modified_gmt),
        "mainEntityOfPage": view.lookup.permalink(post),
        "url": view.lookup.permalink(post),
        "inLanguage": view.site.locale.replace("_", "-"),
        "isAccessibleForFree": not post.is_protected,
        "keywords": tags,
        "publisher": organization(view),
        "image": image_object(view, post.thumbnail) if post.thumbnail else None,
        "author": authors(view, post, origin),
    }
    if is_article:
        value["articleSection"] = [html.unescape(name) for name in named]
    if not post.is_protected:
        value["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": iso(one.at)}
            for one in corrections.of(post)
        ]
    if origin is not None:
        value["isBasedOn"] = (origin.canonical or origin.url) if origin.is_located else ""
        value["license"] = web_address(origin.facts.licence)
        value["copyrightNotice"] = "" if value["license"] else origin.facts.licence
        if origin.facts.publisher:
            value["sourceOrganization"] = {"@type": "Organization", "name": origin.facts.publisher}
    return said(value)


def authors(view: View, post: Post, origin: Origin | None) -> list[Context]:
    """Who wrote an article: of one from elsewhere those that its source named, unless a person took it for theirs."""
    user = view.lookup.user(post.author)
    if user is not None and (origin is None or origin.facts.is_adopted):
        return [{"@type": "Person", "name": display_name(user), "url": view.lookup.author_link(user)}]
    return [{"@type": "Person", "name": name} for name in origin.byline] if origin is not None else []


def breadcrumbs(view: View, steps: Sequence[tuple[str, str]]) -> Context:
    """The way from the front to a page, as names and addresses; the last one is the page itself."""
    way = [(site_name(view), f"{view.site.home}/"), *steps]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(way, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def way_to_term(view: View, term: Term) -> list[tuple[str, str]]:
    """The terms above a term, and the term."""
    way, seen = [term], {term.id}
    while way[0].parent and len(way) < DEEPEST:
        above = view.lookup.term(way[0].parent)
        if above is None or above.id in seen:
            break
        seen.add(above.id)
        way.insert(0, above)
    return [(html.unescape(one.name), view.lookup.term_link(one)) for one in way]


def way_to_post(view: View, post: Post, title: str) -> list[tuple[str, str]]:
    """The first category of a post with those above it, and the post."""
    first = next((view.lookup.term(t.id) for t in post.terms if t.taxonomy == "category"), None)
    above = way_to_term(view, first) if first is not None and first.slug != "uncategorized" else []
    return [*above, (title, view.lookup.permalink(post))]


def of_archive(view: View, shown: Shown) -> list[Context]:
    """What is said of the front and of lists of posts."""
    if shown.target.shows is Shows.FRONT and shown.target.page == 1:
        return [website(view)]
    if shown.term is not None and shown.term.name:
        return [breadcrumbs(view, way_to_term(view, shown.term))]
    if shown.author is not None:
        way = [(display_name(shown.author), address_of(view, shown))]
        return [profile(view, shown.author), breadcrumbs(view, way)]
    return []
