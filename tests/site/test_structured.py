"""What pages say to machines, against the definitions of schema.org and of Open Graph."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.golden.site import newsroom_of
from wirepress.app.dispatch import Dispatcher
from wirepress.app.settings import Settings
from wirepress.model.web import Request
from wirepress.site.structured import web_address

TEXT, URL, DATE, FLAG, NUMBER = "Text", "URL", "DateTime", "Boolean", "Integer"

ABOVE = {
    "NewsArticle": "Article", "Article": "CreativeWork", "WebPage": "CreativeWork", "ProfilePage": "WebPage",
    "WebSite": "CreativeWork", "ImageObject": "MediaObject", "MediaObject": "CreativeWork", "CreativeWork": "Thing",
    "Organization": "Thing", "Person": "Thing", "BreadcrumbList": "ItemList", "ItemList": "Thing",
    "ListItem": "Thing", "SearchAction": "Action", "Action": "Thing", "EntryPoint": "Thing",
}  # fmt: skip
"""The types that we use, and the types above them."""

PROPERTIES: dict[str, tuple[str, set[str]]] = {
    "name": ("Thing", {TEXT}),
    "url": ("Thing", {URL}),
    "description": ("Thing", {TEXT}),
    "image": ("Thing", {URL, "ImageObject"}),
    "mainEntityOfPage": ("Thing", {URL, "CreativeWork"}),
    "potentialAction": ("Thing", {"Action"}),
    "headline": ("CreativeWork", {TEXT}),
    "datePublished": ("CreativeWork", {DATE}),
    "dateModified": ("CreativeWork", {DATE}),
    "inLanguage": ("CreativeWork", {TEXT}),
    "isAccessibleForFree": ("CreativeWork", {FLAG}),
    "isBasedOn": ("CreativeWork", {URL}),
    "keywords": ("CreativeWork", {TEXT}),
    "license": ("CreativeWork", {URL}),
    "copyrightNotice": ("CreativeWork", {TEXT}),
    "creditText": ("CreativeWork", {TEXT}),
    "publisher": ("CreativeWork", {"Organization", "Person"}),
    "sourceOrganization": ("CreativeWork", {"Organization"}),
    "author": ("CreativeWork", {"Organization", "Person"}),
    "mainEntity": ("CreativeWork", {"Thing"}),
    "articleSection": ("Article", {TEXT}),
    "logo": ("Organization", {URL, "ImageObject"}),
    "contentUrl": ("MediaObject", {URL}),
    "width": ("MediaObject", {NUMBER}),
    "height": ("MediaObject", {NUMBER}),
    "caption": ("ImageObject", {TEXT}),
    "itemListElement": ("ItemList", {"ListItem"}),
    "position": ("ListItem", {NUMBER}),
    "item": ("ListItem", {URL}),
    "target": ("Action", {"EntryPoint"}),
    "query-input": ("SearchAction", {TEXT}),
    "urlTemplate": ("EntryPoint", {TEXT}),
}
"""Of the properties that we use: whose they are, and what they take."""


def is_of(kind: str, wanted: str) -> bool:
    while kind != wanted and kind in ABOVE:
        kind = ABOVE[kind]
    return kind == wanted


def fits(value: Any, kinds: set[str]) -> bool:
    if isinstance(value, dict):
        return any(is_of(value["@type"], kind) for kind in kinds)
    if isinstance(value, bool):
        return FLAG in kinds
    if isinstance(value, int):
        return NUMBER in kinds
    if TEXT in kinds:
        return isinstance(value, str)
    if DATE in kinds:
        return len(value) == len("2024-03-02T10:00:00+00:00")
    return URL in kinds and value.startswith(("https://", "http://"))


def faults(thing: Any) -> list[str]:
    """What is wrong with a thing by the table."""
    found = []
    for name, given in thing.items():
        if name.startswith("@"):
            continue
        domain, kinds = PROPERTIES.get(name, ("unknown", set()))
        if not is_of(thing["@type"], domain):
            found.append(f"{name} is no property of {thing['@type']}")
        for value in given if isinstance(given, list) else [given]:
            if not fits(value, kinds):
                found.append(f"{thing['@type']}.{name} may not be {value!r}")
            if isinstance(value, dict):
                found += faults(value)
    return found


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder = tmp_path_factory.mktemp("structured")
    return Dispatcher(newsroom_of("golden", folder), Settings(folder))


def page(dispatcher: Dispatcher, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(dispatcher.answer(Request("GET", path)).body.decode())


def data_of(tree: LexborHTMLParser) -> dict[str, Any]:
    found = [json.loads(script.text()) for script in tree.css('script[type="application/ld+json"]')]
    return {one["@type"]: one for one in found}


def places(dispatcher: Dispatcher, of: str) -> list[str]:
    with dispatcher.newsroom.view():
        body = dispatcher.answer(Request("GET", f"/wp-sitemap-{of}-1.xml")).body.decode()
    return [part.partition("</loc>")[0].removeprefix("https://news.example.com") for part in body.split("<loc>")[1:]]


@pytest.mark.parametrize("of", ["posts-post", "posts-page", "taxonomies-category", "taxonomies-post_tag", "users"])
def test_everything_said_is_as_schema_org_defines_it(dispatcher: Dispatcher, of: str) -> None:
    said = 0
    for path in places(dispatcher, of)[:25]:
        for thing in data_of(page(dispatcher, path)).values():
            assert thing["@context"] == "https://schema.org"
            assert faults(thing) == [], path
            said += 1
    assert said


def test_the_front_names_the_site_and_its_search(dispatcher: Dispatcher) -> None:
    site = data_of(page(dispatcher, "/"))["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("?s={search_term_string}")
    assert site["publisher"]["@type"] == "Organization"


def test_an_author_has_a_profile_and_a_section_its_breadcrumbs(dispatcher: Dispatcher) -> None:
    author = data_of(page(dispatcher, places(dispatcher, "users")[0]))["ProfilePage"]
    assert author["mainEntity"]["@type"] == "Person"
    crumbs = data_of(page(dispatcher, "/index.php/category/world/"))["BreadcrumbList"]["itemListElement"]
    assert [one["position"] for one in crumbs] == list(range(1, len(crumbs) + 1))
    assert (crumbs[0]["item"], crumbs[-1]["name"]) == ("https://news.example.com/", "World")


def test_an_article_tells_its_card(dispatcher: Dispatcher) -> None:
    tree = page(dispatcher, places(dispatcher, "posts-post")[0])
    metas = [node.attributes for node in tree.css("meta[content]")]
    told = [(meta.get("property") or meta.get("name"), meta["content"]) for meta in metas]
    names = {name for name, _ in told}
    assert {"og:title", "og:locale", "article:published_time", "article:modified_time", "article:author"} <= names
    assert dict(told)["twitter:card"] in ("summary", "summary_large_image")
    for name, value in told:
        if name in ("og:url", "og:image"):
            assert str(value).startswith("https://"), name


def test_archives_describe_themselves(dispatcher: Dispatcher) -> None:
    author, dates = places(dispatcher, "users")[0], ["/index.php/2024/", "/index.php/2024/03/"]
    paths = ["/", "/index.php/category/world/", author, *dates]
    described = [page(dispatcher, path).css('meta[name="description"]')[0].attributes["content"] for path in paths]
    assert len(set(described)) == len(paths)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/"),
        ("Copyright Meridian Desk", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_licence_is_an_address_or_nothing(text: str, address: str) -> None:
    assert web_address(text) == address
