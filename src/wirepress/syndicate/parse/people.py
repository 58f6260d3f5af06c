"""The authors that a page names: people and desks, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.text import element_text, plain, squeeze

_BYLINE: Final = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor|autore|auteur|writer|redakteur|verfasser)"
    r"(?:s|[-_]?(?:full)?names?|__name|[-_]?link|-?title)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_WORD: Final = r"(?:[A-ZÀ-ÞŠŽČ][\w.’'-]*|d[ei]l?a?|van|von|der|den|ten|bin|al)"
_BY: Final = re.compile(
    r"^(?:(?:written|words|posted|story|text|reported) )?(?:by|von|por|par|di|door)\s*:?\s+"
    rf"({_WORD}(?:\s+{_WORD}){{1,4}})\s*$"
)
_LABEL: Final = re.compile(
    r"^(?:authors?|autor(?:in|en)?|written by|by|von|por|par|posted by|published by|words)"
    r"\s*:?\s*$|^(?:text|reviewed by|contributors?)"
    r"\s*:?\s*$|^(?:authors?|written by|posted by|words by|story by)\s*:?\s+",
    re.IGNORECASE,
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:e[ns]?|in)?|auteurs?|writers?|contributors?|reporters?|redaktion|team|people|profile|staff|by)/[\w.%-]{3,}/?$",
    re.IGNORECASE,
)
_CREDENTIAL: Final = re.compile(
    r"^(?:[A-Z][A-Z.-]{1,7}(?:\s?\d{1,3})?|Ph\.?\s?D\.?|M\.?\s?D\.?|Jr\.?|Sr\.?|I{2,3}|Esq\.?|M\.?Sc\.?)\*?$"
)
_ROLE: Final = re.compile(
    r"(?:(?:staff|senior|contributing|managing|associate|deputy) )?"
    r"(?:writer|reporter|editor|correspondent|journalist|author|gardener|dietitian)s?",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d")
_MOST_LINES: Final = 60
_TAIL: Final = re.compile(
    r"\s*(?:\||•|·|–|—|,)?\s*"
    r"(?:(?:staff |senior |contributing )?(?:writer|reporter|editor|correspondent|journalist)s?)$",
    re.IGNORECASE,
)


def authors_of(metadata: Metadata, publisher: str) -> tuple[str, ...]:
    """The authors: whoever the first of a page's places names that names anybody but the publisher."""
    site = publisher.casefold()
    places: list[Callable[[], Iterable[str]]] = [
        lambda: linked.names(metadata.article.get("author") or metadata.article.get("creator"), metadata.things),
        lambda: [name for name in metadata.every("article:author", "og:article:author") if not name.startswith("http")],
        lambda: metadata.every("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
                               "citation_author", "article:author_name", "cxenseparse:author"),
        lambda: [_marked(element) for element in metadata.props("author")],
        lambda: [element_text(link) for link in metadata.tree.xpath("//a[@rel='author' or contains(@rel,'author ')]")],
        lambda: _bylines(metadata),
        lambda: _profiles(metadata),
        lambda: _signed(metadata),
    ]  # fmt: skip
    fallback: tuple[str, ...] = ()
    for names in places:
        found = split(names())
        people = tuple(name for name in found if name.casefold() != site)
        if people:
            return people
        fallback = fallback or found
    return fallback


def split(values: Iterable[str]) -> tuple[str, ...]:
    """Single names; those of firms (`Bread & Roses`) and degrees after a name (`Ada Byron, MD`) stay whole."""
    found: dict[str, str] = {}
    for value in values:
        text = _LABEL.sub("", squeeze(plain(value)), count=1).rstrip("*† ")
        for name in _parts(text):
            # `read_names` knows what is no name; whether to split was settled here.
            kept = read_names([name])
            if len(kept) == 1 or (kept and not _is_whole(name)):
                for one in kept:
                    found.setdefault(one.casefold(), one)
            elif kept:
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:20]


def _parts(text: str) -> Iterator[str]:
    """The names that a text lists."""
    if _is_whole(text):
        yield text
        return
    pieces: list[str] = []
    for piece in re.split(r"\s*[,;|]\s*", text):
        if pieces and _CREDENTIAL.match(piece):
            pieces[-1] = f"{pieces[-1]}, {piece.rstrip('*')}"
        elif piece and not (pieces and _ROLE.fullmatch(piece)):
            pieces.append(piece)
    for piece in pieces:
        yield _TAIL.sub("", piece) or piece


def _is_whole(text: str) -> bool:
    """Whether a name is one though it holds a sign that others are split at."""
    if re.search(r"[,;|]", text):
        tail = re.split(r"\s*,\s*", text)
        return len(tail) == 2 and _CREDENTIAL.match(tail[1]) is not None
    sides = re.split(r"\s+(?:&|and|und)\s+", text)
    return len(sides) == 2 and any(len(side.split()) < 2 for side in sides)


def _marked(element: HtmlElement) -> str:
    inner = element.xpath(".//*[@itemprop='name']")
    named = inner[0] if inner else element
    return element_text(named) or named.get("content") or element.get("content") or ""


def _bylines(metadata: Metadata) -> list[str]:
    for element in metadata.tree.xpath("//body//*[@class or @data-testid]"):
        if _BYLINE.search(f"{element.get('class') or ''} {element.get('data-testid') or ''}"[:300]):
            text = squeeze(element_text(element))
            if 3 < len(text) < 80 and not _DIGITS.search(text) and split([text]):
                return [text]
    return []


def _profiles(metadata: Metadata) -> list[str]:
    """The name that a link to an author's page bears, the first of them that is not in a list of other articles."""
    for link in metadata.tree.iter("a"):
        if _PROFILE.search(link.get("href", "")[:300]):
            text = squeeze(element_text(link))
            around = any(above.tag in ("nav", "footer", "aside", "li") for above in link.iterancestors())
            if not around and 2 <= len(text.split()) <= 4 and len(text) < 50 and text[:1].isupper():
                return [text]
    return []


def _signed(metadata: Metadata) -> list[str]:
    """A line by itself that says who wrote it, near the heading."""
    heading = next(metadata.tree.iter("h1"), None)
    if heading is None:
        return []
    for at, element in enumerate(heading.itersiblings()):
        if at > 8:
            break
        for inner in list(element.iter("p", "span", "div", "a", "small", "em", "strong", "address", "li"))[
            :_MOST_LINES
        ]:
            text = squeeze(inner.text_content()) if len(inner) < 4 else ""
            if len(text) < 80 and (match := _BY.match(text)):
                return [match[1]]
    return []
