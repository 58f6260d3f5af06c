"""What a page or feed links to beside its text: the site's API, the same thing there, its short address, its feed."""

from __future__ import annotations

from wirepress.content.addresses.page import Shown, lists_posts
from wirepress.content.site import Site
from wirepress.content.view import View
from wirepress.url.query import encoded


def api_address(site: Site, shown: Shown) -> str:
    """Where the API has what an address shows (rest_get_queried_resource_route); "" for what is nowhere in it."""
    route = ""
    if not shown.found:
        return route
    if shown.post is not None:
        kind = site.type(shown.post.type)
        if kind is not None and kind.rest_base and not lists_posts(site, shown.post):
            route = f"/{kind.rest_namespace}/{kind.rest_base}/{shown.post.id}"
    elif shown.term is not None:
        taxonomy = site.registry.taxonomies[shown.term.taxonomy]
        if taxonomy.rest_base:
            route = f"/{taxonomy.rest_namespace}/{taxonomy.rest_base}/{shown.term.id}"
    elif shown.author is not None:
        route = f"/wp/v2/users/{shown.author.id}"
    return site.rest_url(route) if route else ""


def short_address(site: Site, shown: Shown) -> str:
    """The short address of a post (wp_get_shortlink); "" for what is none."""
    if shown.post is None or not shown.found:
        return ""
    query = "" if shown.post.id == site.front_page else f"?p={shown.post.id}"
    return f"{site.home}/{query}"


def embed_address(site: Site, link: str) -> str:
    """Where other sites ask how to show the post at `link` (get_oembed_endpoint_url)."""
    route, query = "/oembed/1.0/embed", f"url={encoded(link)}"
    if site.structure:
        return site.rest_url(route, query)
    return f"{site.home}/index.php?rest_route={encoded(route)}&{query}"


def search_feed(site: Site, words: str) -> str:
    """The feed of what a search finds (get_search_feed_link); "" where no words are searched for: it has no address."""
    if not words.strip():
        return ""
    if not site.structure:
        return f"{site.home}/?s={encoded(words)}&feed=rss2"
    return f"{site.home}/{site.root}search/{encoded(words, safe='/')}/feed/rss2/"


def link_headers(view: View, shown: Shown) -> list[tuple[str, str]]:
    """The Link headers as WordPress sends them: the API, what is shown there, a post's short address."""
    site = view.site
    values = [f'<{site.rest_url("/")}>; rel="https://api.w.org/"']
    if there := api_address(site, shown):
        values.append(f'<{there}>; rel="alternate"; title="JSON"; type="application/json"')
    if short := short_address(site, shown):
        values.append(f"<{short}>; rel=shortlink")
    return [("link", value) for value in values]
