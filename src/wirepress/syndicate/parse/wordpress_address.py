"""Addresses of another WordPress site's REST API: where it is, and what is asked of its list of posts."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from wirepress.syndicate.parse.alternates import base_of
from wirepress.syndicate.parse.links import absolute, header_links
from wirepress.syndicate.parse.text import page_tree

API: Final = "https://api.w.org/"
"""The relation by which WordPress's pages name their API, in a header and in a link element."""
_POSTS: Final = "/wp/v2/posts"
_ROUTE: Final = "rest_route"
_ASKED: Final = {
    "_embed": "author,wp:term,wp:featuredmedia",
    "_fields": "id,guid,date,date_gmt,modified_gmt,status,link,title,content,excerpt,_links,_embedded",
}
_OURS: Final = (*_ASKED, "page", "per_page", "orderby", "order", "modified_after")
_LIST: Final = re.compile(r"/wp/v2/[\w-]{1,60}")
_ARCHIVE: Final = re.compile(r"/wp/v2/(categories|tags|users)/(\d{1,19})$")
_PARAMETERS: Final = {"categories": "categories", "tags": "tags", "users": "author"}


def api_of(text: str, url: str, header: str) -> str:
    """The root of the API of a page's site by its Link header or its link element, "" where it names none."""
    for address, named in header_links(header):
        if API in named.get("rel", "").split():
            return absolute(url, address)
    tree = page_tree(text)
    named = tree.xpath("//link[@rel=$rel]/@href", rel=API)
    return absolute(base_of(tree, url), next(iter(named), ""))


def archive_of(text: str, url: str) -> tuple[str, str]:
    """The parameter of the list of posts that a page is the archive of, and its value; two empty texts for no archive.

    WordPress's page of a category, a tag or an author names that as its alternate in JSON.
    """
    tree = page_tree(text)
    for href in tree.xpath("//link[@rel='alternate'][@type='application/json']/@href"):
        address = absolute(base_of(tree, url), href)
        parts = urlsplit(address)
        route = dict(parse_qsl(parts.query)).get(_ROUTE, parts.path)
        if found := _ARCHIVE.search(route.rstrip("/")):
            return _PARAMETERS[found[1]], found[2]
    return "", ""


def posts_of(root: str) -> str:
    """The address of the list of posts of the API whose root this is."""
    parts = urlsplit(root)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if _ROUTE in dict(query):
        return urlunsplit(parts._replace(query=_written([*_without(query, (_ROUTE,)), (_ROUTE, _POSTS)]), fragment=""))
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + _POSTS, query="", fragment=""))


def lists_of(url: str) -> list[str]:
    """The addresses of lists of posts that somebody may mean by an address: a list's, the API's, or the site's own."""
    parts = urlsplit(url)
    route = dict(parse_qsl(parts.query)).get(_ROUTE)
    if _LIST.search(route if route is not None else parts.path):
        return [without_ours(url)]
    if route is not None or parts.path.rstrip("/").endswith("/wp-json"):
        return [posts_of(url)]
    folder, _, last = parts.path.rpartition("/")
    folder = folder if "." in last else parts.path.rstrip("/")
    pretty, plain = (f"{folder}/wp-json{_POSTS}", ""), (f"{folder}/", _written([(_ROUTE, _POSTS)]))
    return [urlunsplit((parts.scheme, parts.netloc, path, query, "")) for path, query in (pretty, plain)]


def asked(url: str, **given: str | int) -> str:
    """The address of a list of posts with what we ask of it."""
    parts = urlsplit(url)
    query = [*_without(parse_qsl(parts.query, keep_blank_values=True), _OURS), *_ASKED.items()]
    query += [(name, str(value)) for name, value in given.items()]
    return urlunsplit(parts._replace(query=_written(query), fragment=""))


def named(root: str) -> str:
    """The address at which the API of a site says what the site is called."""
    parts = urlsplit(root)
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("_fields", "name")]
    return urlunsplit(parts._replace(query=_written(query), fragment=""))


def narrowed(url: str, parameter: str, value: str) -> str:
    """The address of a list of posts with one more parameter of it."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), (parameter, value)]
    return urlunsplit(parts._replace(query=_written(query)))


def without_ours(url: str) -> str:
    """An address without what we ask of it."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name in _OURS for name, _ in query):
        return url
    return urlunsplit(parts._replace(query=_written(_without(query, _OURS))))


def _without(query: list[tuple[str, str]], names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in query if name not in names]


def _written(query: list[tuple[str, str]]) -> str:
    return urlencode(query, safe="/:,")
