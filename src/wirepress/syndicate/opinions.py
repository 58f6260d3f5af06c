"""Opinions on what a page's article is: each answers with plain text, none is trusted alone (`features`)."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from types import ModuleType

from lxml.html import HtmlElement

from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.text import plain
from wirepress.syndicate.passages import Passage

_MOST_PASSAGES = 20_000
"""Passages of a page beyond which only the linear opinion is asked."""
_ASIDE = frozenset(("nav", "footer", "aside"))
# Names that templates give to what stands around an article.
_AROUND = re.compile(
    r"comment|share|social|related|promo|newsletter|subscri|footer|sidebar|advert|sponsor|recirc|recommend|trending"
    r"|popular|cookie|consent|breadcrumb|byline|author-?bio|caption|credit|menu|nav|toolbar|signup|paywall|disqus"
    r"|outbrain|taboola|teaser|more-|read-next|toc\b|popup|modal|banner|copyright|tags?\b|meta\b|print|widget",
    re.IGNORECASE,
)
_PUNCTUATED = re.compile(r"[.!?。»”\"'’)…:;,]")
_SENTENCE_END = (".", "!", "?", "…", "”", '"', "。")


def ask_all(tree: HtmlElement, found: Sequence[Passage], said: str = "") -> dict[str, str]:
    """Every opinion on a settled tree by name; those that found nothing are empty.

    `said` is what the page declares to be its article's text (`declared`).
    """
    precise = _trafilatura(tree) if len(found) <= _MOST_PASSAGES else ""
    return {"precise": precise, "declared": said, "run": "\n".join(passage.text for passage in densest_run(found))}


def declared(tree: HtmlElement) -> str:
    """The article's text as a page's JSON-LD gives it; empty where it does not."""
    return said_in(linked.things(tree))


def said_in(things: Sequence[linked.Thing]) -> str:
    """The longest text that JSON-LD gives an article."""
    texts = (str(thing.get("articleBody") or "") for thing in things)
    return plain(max(texts, key=len, default="").replace("\n", "<br>"))


@cache
def _reader() -> ModuleType:
    import trafilatura  # loads slowly, and only the worker needs it

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def _trafilatura(tree: HtmlElement) -> str:
    """Trafilatura aiming at precision, without the second extractors that it would compare itself with."""
    try:
        return str(_reader().extract(tree, include_comments=False, favor_precision=True, fast=True) or "")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (one opinion less: hostile markup trips it over in ways of its own)
        return ""


def densest_run(found: Sequence[Passage]) -> list[Passage]:
    """The run of neighbouring passages with the greatest sum of worth (Pasternack and Roth, WWW 2009)."""
    places: dict[HtmlElement, tuple[bool, bool]] = {}
    worth = [_worth(passage, places) for passage in found]
    best, total, start = 0.0, 0.0, 0
    span = (0, 0)
    for at, value in enumerate(worth):
        total += value
        if total > best:
            best, span = total, (start, at + 1)
        if total < 0:
            total, start = 0.0, at + 1
    return [found[at] for at in range(*span) if worth[at] > -20]


def _worth(passage: Passage, places: dict[HtmlElement, tuple[bool, bool]]) -> float:
    """Words that are no links count for a passage; shortness, links and the looks of a label against it."""
    worth = float(len(passage.words) - passage.linked - 10)
    if passage.element.tag in ("h2", "h3", "h4"):
        worth += 15
    elif passage.element.tag == "h1":
        worth -= 30  # the headline is no part of the body
    aside, around = _surroundings(passage, places)
    if aside:
        worth = -abs(worth) - 20
    if around:
        worth = min(worth, 0.0)
    if not _PUNCTUATED.search(passage.text):
        worth -= 5
    if passage.text.endswith(_SENTENCE_END):
        worth += 5
    return worth


def _surroundings(passage: Passage, places: dict[HtmlElement, tuple[bool, bool]]) -> tuple[bool, bool]:
    """Whether a passage lies aside, and in what is named as standing around; `places` keeps it of each element."""
    aside = around = False
    missing = []
    for element in (passage.element, *passage.above):
        if element in places:
            aside, around = places[element]
            break
        if element.tag in ("body", "html"):
            break
        missing.append(element)
    for element in reversed(missing):
        aside = aside or element.tag in _ASIDE
        around = around or (element.tag not in ("main", "article") and _names_around(element))
        places[element] = (aside, around)
    return aside, around


def _names_around(element: HtmlElement) -> bool:
    attributes = element.attrib
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return len(named) > 1 and _speaks(named[:500])


@lru_cache(maxsize=5_000)
def _speaks(named: str) -> bool:
    return _AROUND.search(named) is not None
