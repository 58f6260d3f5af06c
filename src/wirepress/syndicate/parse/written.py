"""Dates as a page writes them for its readers, in a line with other words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from wirepress.syndicate.parse.dates import ZONES, full_year
from wirepress.syndicate.parse.months import MONTHS

_LONGEST: Final = 300
_WORD: Final = r"[^\s\d.,:;/|()<>·•–—-]{2,14}"
_TIME: Final = re.compile(
    r"(?P<before>\D{0,16}?)(?:\b|(?<=T))(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap])(?:\.?m\b\.?))?",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(
    # "GMT+2" is a zone, "+2" alone is none: what follows a time is mostly something else ("10:00 -12 comments").
    r"\s{0,2}(?:(?:[Uu]hr|hrs)\.?\s{1,2})?[(\[]?(?:"
    r"(?P<utc>GMT|UTC|UT|Z)\s?(?P<shift>[+\-−]\d{1,2}(?::?\d\d)?(?![\d:]))"
    r"|(?P<name>[A-Z]{1,4})(?![^\W_]|\.[A-Z])"
    r"|(?P<offset>[+\-−](?:\d{1,2}:\d\d|\d{4})(?![\d:])))"
)
"""A zone by a name in capitals ("et" and "ist" are words), or by hours and minutes."""
_BARE_HOURS: Final = re.compile(r"(?:\+\d\d|-0\d)(?![\d:.])")
"""An offset without minutes, right behind a time, as databases write it."""
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?<!\d[-/.])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
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
        r"(?<!\d)(?<!\d[-/.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20|25)\d\d|\d\d)(?![-/.]?\d)",
        (
            r"(?<!\d)(?<!\d[-/.])(?P<one>\d{1,2})(?P<sign>[/-])(?P<other>\d{1,2})(?P=sign)"
            r"(?P<year>(?:19|20|25)\d\d|\d\d)(?![-/.]?\d)"
        ),
    )
)
_BUDDHIST: Final = 543
"""Years by which the calendar of Thailand is ahead."""
_MONTH_FIRST: Final = ("en", "en-us", "en-ph", "es-us", "")
"""Languages, as pages declare them, in which the month comes first where both are numbers."""
_BY_NUMBERS: Final = re.compile(r"\D{0,40}(?<![\d/-])\d{1,2}([/-])\d{1,2}\1\d{2,4}(?!\d)")


def written_date(text: str, language: str = "") -> datetime | None:
    """The moment that the first date in a text names, at midnight and in UTC where it says no more; None for none.

    `language` is that of the page (BCP 47): it decides what `3/4/2025` means.
    """
    return labelled_date(text, language)[1]


def is_by_numbers(text: str) -> bool:
    """Whether the first date in a text is one such as `3/4/2025`, whose order depends on the page's language."""
    return _BY_NUMBERS.match(text[:_LONGEST]) is not None


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
    year = full_year(parts["year"] or "0")
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
    if one > 12 or (other <= 12 and language.lower().replace("_", "-") not in _MONTH_FIRST):
        return other, one
    return one, other


def _with_time(day: datetime, rest: str) -> datetime:
    """A day with the time that follows it, where one does; where that names no zone, as UTC."""
    match = _TIME.match(rest)
    if match is None:
        return day
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if half := (match["half"] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    is_exact = match["before"].upper() == "T" or match["second"] is not None
    moment = day.replace(hour=hour, minute=minute, second=min(second, 59))
    return moment.replace(tzinfo=timezone(_zone(rest[match.end() :], moment, is_exact=is_exact)))


def _zone(rest: str, moment: datetime, *, is_exact: bool) -> timedelta:
    """How far the zone that follows a time is ahead of UTC; nothing where none follows.

    What is no time of a program's (`is_exact`) and goes on with a later one is until then: "10:00-11:00".
    """
    if bare := _BARE_HOURS.match(rest):
        return _offset(bare[0])
    match = _ZONE.match(rest)
    if match is None:
        return timedelta()
    if name := match["name"]:
        return timedelta(seconds=ZONES.get(name, 0))
    if match["shift"]:
        return _offset(match["shift"])
    offset = match["offset"]
    shift = _offset(offset)
    until = timedelta(hours=moment.hour, minutes=moment.minute)
    is_range = not is_exact and rest.startswith("-") and ":" in offset and -shift > until
    return timedelta() if is_range else shift


def _offset(text: str) -> timedelta:
    """An offset such as `+2`, `-05:00` or `+0530`; nothing where there is no such zone on earth."""
    hours, colon, minutes = text[1:].partition(":")
    if not colon:
        hours, minutes = (text[1:], "0") if len(text) < 4 else (text[1:-2], text[-2:])
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    if shift > timedelta(hours=14) or int(minutes) % 15:
        return timedelta()
    return shift if text[0] == "+" else -shift
