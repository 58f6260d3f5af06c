"""Dates as a page writes them for its readers, in a line with other words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from wirepress.syndicate.parse.months import MONTHS

_LONGEST: Final = 300
_WORD: Final = r"[^\s\d.,:;/|()<>·•–—-]{2,14}"
_TIME: Final = re.compile(r"\D{0,16}?\b(\d{1,2})[:.h](\d{2})(?::\d{2})?\s?([ap]\.?m\b)?", re.IGNORECASE)
_ZONE: Final = re.compile(r"\s{0,2}\(?(?:(?P<utc>GMT|UTC|Z)\b)?\s?(?P<offset>[+-]\d{1,2}(?::?\d{2})?\b)?")
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20|25)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        (
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]{{0,3}}(?:(?:de|of|tháng|d')\s{{0,2}})?"
            rf"(?P<name>{_WORD})\.?,?[\s-]{{1,3}}(?:(?:de|del|г)\s{{1,2}})?(?P<year>(?:19|20|25)\d\d)(?!\d)"
        ),
        (
            rf"(?<![^\W\d_])(?P<name>{_WORD})\.?\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}"
            r"(?P<year>(?:19|20)\d\d)(?!\d)"
        ),
        rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s(?P<name>{_WORD})\s(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20|25)\d\d|\d\d)(?![\d.])",
        r"(?<!\d)(?P<one>\d{1,2})(?P<sign>[/-])(?P<other>\d{1,2})(?P=sign)(?P<year>(?:19|20|25)\d\d|\d\d)(?!\d)",
    )
)
_BUDDHIST: Final = 543
"""Years by which the calendar of Thailand is ahead."""
_MONTH_FIRST: Final = ("en", "en-us", "en-ph", "es-us", "")
"""Languages, as pages declare them, in which the month comes first where both are numbers."""


def written_date(text: str, language: str = "") -> datetime | None:
    """The moment that the first date in a text names, at midnight and in UTC where it says no more; None for none.

    `language` is that of the page (BCP 47): it decides what `3/4/2025` means.
    """
    return labelled_date(text, language)[1]


def labelled_date(text: str, language: str = "") -> tuple[str, datetime | None]:
    """What stands before the first date in a text, and the moment that it names; all of the text, and None for none."""
    text = text[:_LONGEST]
    if sum(character.isdigit() for character in text) < 4:
        return text, None
    text = _plain_digits(text)
    found = [
        (match.start(), day, match.end())
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (day := _day(match.groupdict(), language)) is not None
    ]
    if not found:
        return text, None
    start, day, end = min(found, key=lambda one: one[0])
    return text[:start], _with_time(day, text[end:])


def _plain_digits(text: str) -> str:
    """A text with the digits of any script as those of ASCII."""
    if text.isascii():
        return text
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def _day(parts: dict[str, str | None], language: str) -> datetime | None:
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000
    if year > 2500:
        year -= _BUDDHIST
    if name := parts.get("name"):
        month = MONTHS.get(name.casefold().rstrip("."), 0)
        day = int(parts["day"] or 0)
    elif parts.get("one"):
        month, day = _in_order(int(parts["one"] or 0), int(parts["other"] or 0), language)
    else:
        month, day = int(parts["month"] or 0), int(parts["day"] or 0)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _in_order(one: int, other: int, language: str) -> tuple[int, int]:
    """Month and day of two numbers."""
    if one > 12 or (other <= 12 and language.lower() not in _MONTH_FIRST):
        return other, one
    return one, other


def _with_time(day: datetime, rest: str) -> datetime:
    """A day with the time that follows it, where one does; where that names no zone, as UTC."""
    match = _TIME.match(rest)
    if match is None:
        return day
    hour, minute = int(match[1]), int(match[2])
    if half := (match[3] or "").lower()[:1]:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    zone = _ZONE.match(rest, match.end())
    offset = zone["offset"] if zone is not None and zone["offset"] else "+0"
    hours, _, minutes = offset[1:].partition(":") if ":" in offset else (offset[1:3], "", offset[3:])
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if shift > timedelta(hours=14):
        return day.replace(hour=hour, minute=minute)
    return day.replace(hour=hour, minute=minute, tzinfo=timezone(-shift if offset[0] == "-" else shift))
