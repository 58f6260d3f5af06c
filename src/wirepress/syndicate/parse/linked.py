"""JSON-LD in pages: the objects that describe the page's article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

Thing = Mapping[str, Any]

_LARGEST = 1_000_000
_MOST = 2_000
_ARTICLES = ("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting",
             "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting", "Article", "TechArticle", "ScholarlyArticle",
             "Report", "SocialMediaPosting", "Review", "Recipe", "VideoObject", "WebPage")  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x1f]+")


def things(tree: HtmlElement) -> list[Thing]:
    """All objects of a page's JSON-LD, those in graphs and lists and under main entities included."""
    found: list[Thing] = []
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not text or len(text) > _LARGEST:
            continue
        found.extend(_walk(_read(text)))
        if len(found) > _MOST:
            break
    return found[:_MOST]


def _read(text: str) -> Any:
    for attempt in (text, _CONTROLS.sub(" ", text)):
        try:
            return json.loads(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int = 0) -> Iterator[Thing]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate", "itemListElement"):
            inner = value.get(key)
            if isinstance(inner, (list, dict)) and key in ("@graph", "mainEntity"):
                yield from _walk(inner, depth + 1)


def types(thing: Thing) -> list[str]:
    """The types of an object, without the vocabulary's address."""
    named = thing.get("@type") or thing.get("type") or []
    listed = named if isinstance(named, list) else [named]
    return [str(name).rpartition("/")[2] for name in listed]


def article(found: list[Thing]) -> Thing:
    """The object that describes the article best; empty if there is none."""
    return next(iter(articles(found)), {})


def articles(found: list[Thing]) -> list[Thing]:
    """The objects that may describe the article, the best first, and of each type the first one."""
    best: dict[int, Thing] = {}
    for thing in found:
        for name in types(thing):
            if name in _ARTICLES:
                best.setdefault(_ARTICLES.index(name), thing)
    return [best[at] for at in sorted(best)]


def names(value: Any, found: list[Thing]) -> list[str]:
    """Names of people or organisations, references inside the page followed."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value[:50] for name in names(item, found)]
    name = _name_of(value, found) if isinstance(value, dict) else None
    return names(name, found) if name and not isinstance(name, dict) else []


def _name_of(value: Thing, found: list[Thing]) -> Any:
    if value.get("name") or "@id" not in value:
        return value.get("name")
    same = (thing.get("name") for thing in found if thing.get("@id") == value["@id"])
    return next(filter(None, same), "")


def resolve(value: Any, found: list[Thing]) -> Any:
    """A value, or what it refers to where it is only a reference inside the page."""
    if isinstance(value, list):
        return [resolve(item, found) for item in value[:20]]
    if isinstance(value, dict) and "@id" in value and not ("url" in value or "contentUrl" in value):
        return next((thing for thing in found if thing.get("@id") == value["@id"] and thing is not value), value)
    return value


def first(value: Any, *keys: str) -> str:
    """The first text in a value: itself, or under one of `keys`, or of the first item of a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next((text for item in value[:20] if (text := first(item, *keys))), "")
    if isinstance(value, dict):
        return next((text for key in keys if (text := first(value.get(key)))), "")
    return ""
