"""What a source's filters say of an article: lines that somebody writes, read in order.

    ACTION [if [not] CONDITION [and [not] CONDITION ...]]

    reject if title contains "Anzeige" and not author is "Maria Meier"
    hold if words < 80
    category Sport if term is Football
    reject

The actions `accept`, `reject`, `hold`, `draft` and `publish` decide, and end the reading; `category`, `tag` and
`author` add to what becomes of the article, and the reading goes on.  What no line decides about is accepted.

A second kind of line says what becomes of the terms that the source gives its articles (`TermMapping`):

    Football = category Sport
    Gossip = nothing
    * = nothing
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote, urlsplit

from wirepress.model.wire import Rules

MOST: Final = 100
"""Lines of one source."""
LONGEST: Final = 500
"""Characters of a line."""
_READ: Final = 100_000
"""Characters of a text that are looked at."""

DECIDING: Final = ("accept", "reject", "hold", "draft", "publish")
ADDING: Final = ("category", "tag", "author")
_TEXTS: Final = ("title", "text", "author", "term", "section", "address", "language")
_NUMBERS: Final = ("words", "age")
_TESTS: Final = ("is", "contains", "matches", "<", ">")
_UNITS: Final = {"minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_WORD: Final = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[<>=]|[^\s"<>=]+)')


class NoFilter(ValueError):
    """A line is no filter; the text says why, in a word of `sources.words`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What filters look at.  None: it is not known yet, since the article's page was not fetched."""

    title: str | None
    authors: Sequence[str] | None
    terms: Sequence[str] | None
    address: str
    language: str
    published: datetime | None
    now: datetime
    text: str | None = None
    has_picture: bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so, or must not."""

    field: str
    test: str
    value: str
    negated: bool = False

    def holds(self, subject: Subject) -> bool | None:
        """Whether it is so; None where that cannot be known yet."""
        found = _found(self, subject)
        return None if found is None else found is not self.negated


@dataclass(frozen=True, slots=True)
class Filter:
    """A line that was read."""

    line: str
    action: str
    target: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of an article: `action` is one of `DECIDING`, `line` the filter that said so, if one did."""

    action: str = "accept"
    line: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    author: str = ""


def verdict_of(lines: Sequence[str], subject: Subject) -> Verdict | None:
    """What the filters of a source say of an article; None where it has to be known better before they can."""
    added: dict[str, list[str]] = {name: [] for name in ADDING}
    for one in map(read, lines):
        holds = [condition.holds(subject) for condition in one.conditions]
        if False in holds:
            continue
        if None in holds:
            return None
        if one.action in DECIDING:
            return _verdict(added, one.action, one.line)
        added[one.action].append(one.target)
    return _verdict(added, "accept", "")


def _verdict(added: Mapping[str, Sequence[str]], action: str, line: str) -> Verdict:
    author = added["author"][-1] if added["author"] else ""
    return Verdict(action, line, tuple(added["category"]), tuple(added["tag"]), author)


@lru_cache(maxsize=1024)
def read(line: str) -> Filter:
    """A line as a filter.  Raises NoFilter."""
    if len(line) > LONGEST:
        raise NoFilter("too_long")
    words = list(_words(line))
    if not words:
        raise NoFilter("no_action")
    action = words[0].casefold()
    head, *rest = _split(words[1:], "if")
    target = _text(head)
    if action not in DECIDING + ADDING:
        raise NoFilter("no_action")
    if (action in ADDING) != bool(target):
        raise NoFilter("no_target" if action in ADDING else "no_condition")
    if len(rest) > 1 or (rest and not rest[0]):
        raise NoFilter("no_condition")
    parts = _split(rest[0], "and") if rest else []
    return Filter(line, action, target, tuple(_condition(part) for part in parts))


def _words(line: str) -> Iterator[str]:
    """The words of a line; what is quoted is one word, and keeps its first quotation mark."""
    place, line = 0, line.strip()
    while place < len(line):
        found = _WORD.match(line, place)
        if found is None:
            raise NoFilter("no_end")
        place = found.end()
        word = found[1]
        yield '"' + re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def _split(words: Sequence[str], keyword: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word.casefold() == keyword:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _text(words: Sequence[str]) -> str:
    return " ".join(word.removeprefix('"') for word in words).strip()


def _condition(words: Sequence[str]) -> Condition:
    negated = bool(words) and words[0].casefold() == "not"
    rest = words[1:] if negated else words
    field = rest[0].casefold() if rest else ""
    if field == "picture" and len(rest) == 1:
        return Condition(field, "", "", negated)
    test = rest[1].casefold() if len(rest) > 1 else ""
    value = _text(rest[2:])
    if field not in _TEXTS + _NUMBERS:
        raise NoFilter("no_field")
    if test not in _TESTS or (test in ("<", ">")) is not (field in _NUMBERS):
        raise NoFilter("no_test")
    if not value:
        raise NoFilter("no_value")
    if field in _NUMBERS:
        _number(field, value)
    if test == "matches":
        _pattern(value)
    return Condition(field, test, value, negated)


@lru_cache(maxsize=1024)
def _pattern(value: str) -> re.Pattern[str]:
    try:
        return re.compile(value)
    except (re.error, RecursionError, OverflowError):
        raise NoFilter("no_pattern") from None


@lru_cache(maxsize=1024)
def _number(field: str, value: str) -> float:
    """A number of words, or seconds: "7 days", "36 hours"; a bare number is days."""
    number, _, unit = value.casefold().partition(" ")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise NoFilter("no_number")
    if field == "words":
        if unit:
            raise NoFilter("no_number")
        return int(number)
    factor = _UNITS.get(unit.strip().removesuffix("s") or "day")
    if factor is None:
        raise NoFilter("no_number")
    return int(number) * factor


def _found(condition: Condition, subject: Subject) -> bool | None:
    if condition.field == "picture":
        return subject.has_picture
    if condition.field in _NUMBERS:
        return _compared(condition, subject)
    values = _values(condition.field, subject)
    if values is None:
        return None
    test = _test_of(condition)
    return any(test(value[:_READ]) for value in values)


def _compared(condition: Condition, subject: Subject) -> bool | None:
    bound = _number(condition.field, condition.value)
    if condition.field == "age":
        if subject.published is None:
            return None if subject.text is None else False
        value = max(subject.now - subject.published, timedelta()).total_seconds()
    elif subject.text is None:
        return None
    else:
        value = len(subject.text.split())
    return value < bound if condition.test == "<" else value > bound


def _values(field: str, subject: Subject) -> Sequence[str] | None:
    """The texts of which one has to fit."""
    if field == "author":
        return subject.authors
    if field == "term":
        return subject.terms
    if field == "section":
        return [part for part in unquote(urlsplit(subject.address).path).split("/")[:-1] if part]
    one = {
        "title": subject.title,
        "text": subject.text,
        "address": subject.address,
        "language": subject.language,
    }[field]
    return None if one is None else (one,)


def _test_of(condition: Condition) -> Callable[[str], bool]:
    if condition.test == "matches":
        pattern = _pattern(condition.value)
        return lambda value: pattern.search(value) is not None
    wanted = folded(condition.value)
    if condition.test == "contains":
        return lambda value: wanted in folded(value)
    if condition.field == "language":  # de is also that of Austria (RFC 4647, basic filtering)
        return lambda value: folded(value) == wanted or folded(value).startswith(f"{wanted}-")
    return lambda value: folded(value) == wanted


def folded(text: str) -> str:
    """A text as two are compared: whatever its case, its spaces, and how its letters are composed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class TermMapping:
    """What becomes of one of the source's terms: `kind` is category, tag or nothing."""

    term: str
    kind: str
    name: str


@lru_cache(maxsize=1024)
def read_mapping(line: str) -> TermMapping:
    """A line as a mapping; without a name the term keeps its own.  Raises NoFilter."""
    if len(line) > LONGEST:
        raise NoFilter("too_long")
    parts = _split(list(_words(line)), "=")
    if len(parts) != 2 or not (term := _text(parts[0])) or not parts[1]:
        raise NoFilter("no_mapping")
    kind, name = parts[1][0].casefold(), _text(parts[1][1:])
    if kind not in ("category", "tag", "nothing") or (kind == "nothing" and name):
        raise NoFilter("no_mapping")
    return TermMapping(term, kind, name)


def mapped(lines: Sequence[str], terms: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories and tags that the source's terms become; what no line names becomes a tag of its own name."""
    known = {folded(one.term): one for one in map(read_mapping, reversed(lines))}
    categories, tags = dict[str, None](), dict[str, None]()
    for term in terms:
        one = known.get(folded(term)) or known.get("*") or TermMapping(term, "tag", "")
        if one.kind != "nothing":
            (categories if one.kind == "category" else tags)[one.name or term] = None
    return tuple(categories), tuple(tags)


def flaw_of(lines: Sequence[str], reader: Callable[[str], object]) -> tuple[int, str]:
    """The first line that is none, counted from 1, and why; (0, "") where all can be read."""
    if len(lines) > MOST:
        return MOST + 1, "too_many"
    for number, line in enumerate(lines, 1):
        try:
            reader(line)
        except NoFilter as error:
            return number, str(error)
    return 0, ""


def mark_of(rules: Rules) -> str:
    """A digest of the filters and the oldest age, "" for none."""
    lines = (*rules.filters, f"max_age {rules.max_age}") if rules.max_age else rules.filters
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest() if lines else ""
