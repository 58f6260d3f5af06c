"""JSON-LD in pages: the objects that describe the page's article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from wirepress.syndicate.parse.jsontext import value_of

Thing = Mapping[str, Any]

_LARGEST = 1_000_000
_MOST = 2_000
_MOST_NAMED = 50
_MOST_TYPES = 20
_MOST_LOOKED_AT = 500
"""Values that are looked at for the names in one."""
_DEEPEST = 6
"""Lists and references in each other that are followed."""
_TEXTS = ("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting",
             "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting", "Article", "TechArticle", "ScholarlyArticle",
             "Report")  # fmt: skip
_ARTICLES = (*_TEXTS, "SocialMediaPosting", "Review", "Recipe", "VideoObject", "WebPage")
_KINDS = frozenset(_TEXTS)
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
            return value_of(attempt)
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
    return [str(name).rpartition("/")[2] for name in listed[:_MOST_TYPES]]


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


def is_text(thing: Thing) -> bool:
    """Whether an object is an article of some kind: no film, recipe or review, which articles often hold."""
    return not _KINDS.isdisjoint(types(thing))


def is_page(thing: Thing) -> bool:
    """Whether an object is the page itself."""
    return "WebPage" in types(thing)


def addresses(thing: Thing) -> list[str]:
    """The addresses by which an object says what page it is the main thing of; its `@id` where it says no other."""
    named = [first(thing.get(key), "@id", "url") for key in ("mainEntityOfPage", "url")]
    return list(filter(None, named)) or list(filter(None, [first(thing.get("@id"))]))


Index = Mapping[str, Thing]
"""The objects of a page by their `@id`."""


def index(found: Iterable[Thing]) -> Index:
    """Objects by their `@id`.  Those that share one are one object, of each key with the first value.

    JSON-LD 1.1, section 3.3, has one node for all of them.
    """
    by_id: dict[str, dict[str, Any]] = {}
    for thing in found:
        named = thing.get("@id")
        if isinstance(named, str) and named:
            whole = by_id.setdefault(named, {})
            for key, value in thing.items():
                whole.setdefault(key, value)
    return by_id


def names(value: Any, known: Index) -> list[str]:
    """Names of people or organisations, references inside the page followed."""
    return [name for name, _ in _named(value, known)]


def people(value: Any, known: Index) -> list[str]:
    """The names among them that the page says are those of people (`Person`)."""
    return [name for name, is_person in _named(value, known) if is_person]


def _named(value: Any, known: Index) -> Iterator[tuple[str, bool]]:
    """Names, each with whether it is a person's, of a bounded number of values at a bounded depth.

    References may lead back to where they stand, and from each to many others.
    """
    waiting: list[tuple[Any, int, bool]] = [(value, 0, False)]
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            return
        one, depth, is_person = waiting.pop()
        if isinstance(one, str):
            yield one, is_person
        elif depth >= _DEEPEST:
            continue
        elif isinstance(one, list):
            waiting.extend((item, depth + 1, is_person) for item in reversed(one[:_MOST_NAMED]))
        elif isinstance(one, dict):
            whole = one if one.get("name") else _referred(one, known)
            waiting.append((whole.get("name"), depth + 1, is_person or "Person" in (*types(one), *types(whole))))


def _referred(value: Thing, known: Index) -> Thing:
    """What a page says of an object where it only refers to it by its `@id`; it as it stands for none."""
    named = value.get("@id")
    return known.get(named, value) if isinstance(named, str) else value


def resolve(value: Any, known: Index) -> Any:
    """A value, or what it refers to where it is only a reference inside the page; of a list its first items so."""
    if isinstance(value, list):
        return [resolve(item, known) if isinstance(item, dict) else item for item in value[:20]]
    if isinstance(value, dict) and not ("url" in value or "contentUrl" in value):
        return _referred(value, known)
    return value


def first(value: Any, *keys: str) -> str:
    """The first text in a value: itself, or under one of `keys`, or of the first item of a list."""
    return _first(value, keys, 0)


def _first(value: Any, keys: Sequence[str], depth: int) -> str:
    if isinstance(value, str):
        return value
    if depth >= _DEEPEST:
        return ""
    if isinstance(value, list):
        return next((text for item in value[:20] if (text := _first(item, keys, depth + 1))), "")
    if isinstance(value, dict):
        return next((text for key in keys if (text := _first(value.get(key), (), depth + 1))), "")
    return ""
