"""Dates as feeds and pages write them."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser as dateutil_parser
from dateutil.parser import UnknownTimezoneWarning

_LONGEST = 100
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)")
_ZONES = {"EST": -18000, "EDT": -14400, "CST": -21600, "CDT": -18000, "MST": -25200, "MDT": -21600, "PST": -28800,
          "PDT": -25200, "GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "BST": 3600, "IST": 19800, "CET": 3600, "CEST": 7200,
          "EET": 7200,
          "EEST": 10800, "MSK": 10800, "JST": 32400, "SAST": 7200, "AEST": 36000, "AEDT": 39600}  # fmt: skip
# 06.03.2025, 6.3.25 8:00: where dots stand between the numbers, the day comes first.
_DOTTED = re.compile(r"\D{0,20}?(?=\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b)")
_FRACTION = re.compile(r"(\.\d{6})\d+")


def read_date(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a date names, in the zone it names, else in `zone`; None where it names none."""
    text = _FRACTION.sub(r"\1", text.strip())
    if not 6 <= len(text) <= _LONGEST:
        return None
    if dotted := _DOTTED.match(text):
        text = text[dotted.end() :]  # a weekday in any language stands before it
    found = _iso(text) or (None if dotted else _mail(text)) or _any(text, dotted is not None)
    if found is None or not 1900 <= found.year <= 2200:
        return None
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    # A bare offset: of the zone that a library made nothing but that is kept, or sent from process to process.
    return aware.replace(tzinfo=timezone(aware.utcoffset() or timedelta()))


def _iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _any(text: str, day_first: bool) -> datetime | None:
    if sum(character.isdigit() for character in text) < 5:
        return None  # a weekday or a bare year is no date
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnknownTimezoneWarning)  # an unknown zone is taken as the caller's
            # A naive default: the zone is the text's or the caller's.
            blank = datetime(1900, 1, 1)  # noqa: DTZ001
            return dateutil_parser.parse(text, tzinfos=_ZONES, default=blank, dayfirst=day_first)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
