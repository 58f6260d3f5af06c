"""The authors that a page names: people and desks, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse import bylines, linked
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.names import CREDENTIAL, HOUSE, read_names
from wirepress.syndicate.parse.opening import Opening, is_elsewhere
from wirepress.syndicate.parse.text import element_text, plain, squeeze
from wirepress.url.parse import web_url

_LABEL: Final = re.compile(
    r"^(?:authors?|autor(?:in|en)?|written by|by|von|por|par|posted by|published by|words)"
    r"\s*:?\s*$|^(?:text|reviewed by|contributors?)"
    r"\s*:?\s*$|^(?:authors?|written by|posted by|words by|story by)\s*:?\s+",
    re.IGNORECASE,
)
_ORGANISATIONS: Final = frozenset((
    "Organization", "NewsMediaOrganization", "Corporation", "WebSite", "LocalBusiness", "EducationalOrganization",
    "Brand",
))  # fmt: skip
_ARTICLE: Final = re.compile(r"(?:the|der|die|das|le|la|el|il|het|de)\s", re.IGNORECASE)
_LONGEST: Final = 2_000
"""Characters of an element that are read."""
_MOST: Final = 100
"""Elements of microdata that are looked at, each with all that it stands in."""
_ROLE: Final = re.compile(
    r"(?:(?:staff|senior|contributing|managing|associate|deputy) )?"
    r"(?:writer|reporter|editor|correspondent|journalist|author|gardener|dietitian)s?",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*(?:\||•|·|–|—|,)?\s*"
    r"(?:(?:staff |senior |contributing )?(?:writer|reporter|editor|correspondent|journalist)s?)$",
    re.IGNORECASE,
)


_Place = Callable[[], Iterable[str]]


def authors_of(metadata: Metadata, publisher: str, opening: Opening) -> tuple[str, ...]:
    """The authors: whoever the first of a page's places names that names people; else the house that one names."""
    house = _House(metadata, publisher)
    house.spare(linked.people(metadata.declared("author") or metadata.declared("creator"), metadata.known))
    fallback: tuple[str, ...] = ()
    for place in _told(metadata, opening):
        found = split(place())
        if people := house.left_out_of(found):
            return _completed(people, house.left_out_of(split(bylines.near(opening))))
        fallback = fallback or found
    # Where the data name a house, a single word that is shown is one too, but for the name of a link to its author.
    is_house = bool(fallback)
    for place, may_be_one_word in _shown(metadata, opening, is_house=is_house):
        found = split(place())
        if people := tuple(name for name in house.left_out_of(found) if may_be_one_word or " " in name):
            return people
        fallback = fallback or found
    return fallback


def _told(metadata: Metadata, opening: Opening) -> list[_Place]:
    """The places of a page's data that name authors, the most trusted first."""
    return [
        lambda: linked.names(metadata.declared("author") or metadata.declared("creator"), metadata.known),
        lambda: [name for name in metadata.every("article:author", "og:article:author") if not name.startswith("http")],
        lambda: map(_in_order, metadata.every("citation_author")),
        lambda: metadata.every("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
                               "article:author_name", "cxenseparse:author"),
        lambda: linked.names(metadata.embedded("author") or metadata.embedded("creator"), metadata.known),
        lambda: [_marked(one) for one in metadata.props("author")[:_MOST] if not is_elsewhere(one, opening)],
    ]  # fmt: skip


def _shown(metadata: Metadata, opening: Opening, *, is_house: bool) -> Iterator[tuple[_Place, bool]]:
    """The places where a page shows its authors, the most trusted first, each with whether one word may be a name."""
    yield (lambda: bylines.linked(metadata.tree, opening)), True
    yield (lambda: bylines.near(opening)), not is_house
    yield (lambda: bylines.marked(metadata.tree, opening)), not is_house
    yield (lambda: bylines.signed(opening)), not is_house
    if not is_house:
        yield (lambda: bylines.profiled(metadata.tree)), True
        yield (lambda: bylines.anywhere(metadata.tree)), True


def _completed(declared: tuple[str, ...], shown: Sequence[str]) -> tuple[str, ...]:
    """The names that a page's data tell, or those that it shows where these are the same and more."""
    words = [_words(name) for name in shown]
    if len(shown) > len(declared) and all(any(_ends(one, _words(name)) for one in words) for name in declared):
        return tuple(shown)
    return declared


def _words(name: str) -> list[str]:
    return list(filter(None, map(_folded, name.split())))


def _ends(words: list[str], last: list[str]) -> bool:
    """Whether a name ends with the words of another (`Dr Ada Byron`, `Ada Byron`)."""
    return words[-len(last) :] == last


class _House:
    """The names that a page's publisher goes by."""

    def __init__(self, metadata: Metadata, publisher: str) -> None:
        found = web_url(metadata.url)
        host = found.host.removeprefix("www.") if found is not None else ""
        self._host = _folded(host)
        labels = [label for label in host.split(".")[:-1] if len(label) > 2]
        of_kind = [
            str(thing.get("name") or "") for thing in metadata.things if _ORGANISATIONS & set(linked.types(thing))
        ]
        self._names = frozenset(filter(None, map(_folded, (publisher, host, *labels, *of_kind[:50]))))
        self._people: frozenset[str] = frozenset()

    def spare(self, people: Iterable[str]) -> None:
        """Takes names for those of people, though the house may bear one of them (`adabyron.com`).

        Not what only a house is called: programs declare every account as a person's, that of "The Wire" as well.
        """
        full = (name for name in split(people) if " " in name and not (HOUSE.search(name) or _ARTICLE.match(name)))
        self._people = frozenset(map(_folded, full))

    def left_out_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names without the house's own."""
        return tuple(name for name in names if not self.is_named(name))

    def is_named(self, name: str) -> bool:
        """Whether a name is the house's own."""
        folded = _folded(name)
        if folded in self._people:
            return False
        return folded in self._names or (len(folded) > 6 and folded in self._host)


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _in_order(name: str) -> str:
    """A name as it is read, where it is written for a bibliography (`Byron, Ada`)."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and given and "," not in given and not CREDENTIAL.match(given) else name


def split(values: Iterable[str]) -> tuple[str, ...]:
    """Single names; those of firms (`Bread & Roses`) and degrees after a name (`Ada Byron, MD`) stay whole."""
    found: dict[str, str] = {}
    for value in values:
        text = _LABEL.sub("", squeeze(plain(value)), count=1).rstrip("*† ")
        for name in _parts(text):
            if ": " in name:
                continue  # what somebody did, in a list of all who had a part in the site
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
        if pieces and CREDENTIAL.match(piece):
            pieces[-1] = f"{pieces[-1]}, {piece.rstrip('*')}"
        elif piece and not (pieces and _ROLE.fullmatch(piece)):
            pieces.append(piece)
    for piece in pieces:
        yield _TAIL.sub("", piece) or piece


def _is_whole(text: str) -> bool:
    """Whether a name is one though it holds a sign that others are split at."""
    if re.search(r"[,;|]", text):
        tail = re.split(r"\s*,\s*", text)
        return len(tail) == 2 and CREDENTIAL.match(tail[1]) is not None
    sides = re.split(r"\s+(?:&|and|und)\s+", text)
    return len(sides) == 2 and any(len(side.split()) < 2 for side in sides)


def _marked(element: HtmlElement) -> str:
    inner = element.xpath("(.//*[@itemprop='name'])[1]")
    named = inner[0] if inner else element
    return element_text(named, _LONGEST) or named.get("content") or element.get("content") or ""
