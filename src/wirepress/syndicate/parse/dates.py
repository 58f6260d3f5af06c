"""Dates as feeds and pages write them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil_parser
from dateutil.parser import UnknownTimezoneWarning

from wirepress.syndicate.parse.months import MONTHS

_LONGEST = 100
# What programs write that have no date (the beginning of Unix time).
_NEVER = datetime(1970, 1, 1)  # noqa: DTZ001
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)|\d{4}-?W\d\d")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_CHINESE = str.maketrans({"年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "})
_HOURS = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "ist": 5.5, "cet": 1, "mez": 1, "met": 1,
    "cest": 2, "mesz": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "sast": 2, "cat": 2, "eat": 3,
    "wat": 1, "gst": 4, "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7, "wita": 8, "wit": 9, "hkt": 8, "sgt": 8, "myt": 8,
    "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "aet": 10, "nzst": 12,
    "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5,
    "ct": -6, "mst": -7, "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8, "akst": -9, "akdt": -8, "hst": -10,
    "brt": -3, "brst": -2, "art": -3, "clt": -4, "clst": -3, "cot": -5, "pet": -5, "vet": -4, "uyt": -3,
}  # fmt: skip
"""Hours east of Greenwich of the zones that feeds name; of those whose name is taken twice, the more frequent one."""
ZONES = {name.upper(): int(hours * 3600) for name, hours in _HOURS.items()}
"""The same in seconds, by names in capitals."""
# RFC 822 as it is written: no weekday or one in any language, dots and commas anywhere, years of two digits, zones.
_MAIL = re.compile(
    r"(?:[^\W\d]{2,14}\.?,?\s{1,5})?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-](?:de\s)?([^\W\d]{3,14})\.?,?[\s-](?:de\s)?(\d{4}|\d{2}),?"
    r"(?:(?:\s{1,5}|T)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?\s{0,5}([ap]\.?m\b\.?)?\s{0,5}(.{0,40}))?",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"^(?:[^\W\d]{2,14}\.?,?\s{1,5})?([^\W\d]{3,14})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b", re.IGNORECASE
)
_OFFSET = re.compile(r"^(?:gmt|utc|ut|z)?\s?([+-])\s?(\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(.*)")
_LOOSE = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s,]{1,3}(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s{0,3}([ap]m\b)?\s{0,3}(.{0,40}))?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
_EPOCH = re.compile(r"1[0-9]{9}(?:\.\d{1,6}|\d{3})?")
# 06.03.2025, 6.3.25 8:00: where dots stand between the numbers, the day comes first.
_DOTTED = re.compile(r"\D{0,20}?(?=\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b)")
EARLIEST = 1900
"""The first year that a date may be of."""
_FRACTION = re.compile(r"(\.\d{6})\d+")


def read_date(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a date names, in the zone it names, else in `zone`; None where it names none."""
    text = _FRACTION.sub(r"\1", text.strip())
    if not 6 <= len(text) <= _LONGEST:
        return None
    found = _found(text)
    if found is None or found.replace(tzinfo=None) == _NEVER:
        return None
    if not EARLIEST <= found.year <= 2200:
        return None
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    # A bare offset: of the zone that a library made nothing but that is kept, or sent from process to process.
    return aware.replace(tzinfo=timezone(aware.utcoffset() or timedelta()))


def _found(text: str) -> datetime | None:
    """The moment of a date in any spelling, without a zone where it names none."""
    if "年" in text or "년" in text:
        text = re.sub(r"\s*-\s*", "-", " ".join(text.translate(_CHINESE).split()))
    if dotted := _DOTTED.match(text):
        text = text[dotted.end() :]  # a weekday in any language stands before it
        return _iso(text) or _any(text, day_first=True)
    if numbered := _NUMBERED.fullmatch(text):
        text = f"{numbered[1]}-{numbered[2]:0>2}-{numbered[3]:0>2}{numbered[4]}"
    return _iso(text) or _mail(text) or _loose(text) or _any(text, day_first=False)


def _iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """A date with its month by name, the day before it (RFC 822 and what is taken for it) or after it."""
    match = _MAIL.fullmatch(text)
    if match is None:
        american = _AMERICAN.match(text)
        if american is None:
            return None
        match = _MAIL.fullmatch(
            f"{american[2]} {american[1]} {american[3]} {text[american.end() :].strip(' ,')}".strip()
        )
        if match is None:
            return None
    month = MONTHS.get(match[2].lower())
    if month is None:
        return None
    return _moment(full_year(match[3]), month, int(match[1]), match.groups()[3:])


def full_year(written: str) -> int:
    """A year that may be written with two digits, in full (RFC 2822, section 4.3: those from 50 on are of 19xx).  The
    year 0001 stays what it is: some systems write it for no date."""
    year = int(written)
    if year >= 100 or written == "0001":
        return year
    return year + (2000 if year < 50 else 1900)


def _loose(text: str) -> datetime | None:
    """A date by numbers, year first, in what is nearly ISO 8601; or seconds since 1970."""
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == 13 and "." not in text else 1)
        return datetime.fromtimestamp(seconds, UTC)
    if ordinal := _ORDINAL.fullmatch(text):
        first = _moment(int(ordinal[1]), 1, 1, (None,) * 5)
        return first + timedelta(days=int(ordinal[2]) - 1) if first else None
    if month := _MONTH_ONLY.fullmatch(text):
        return _moment(int(month[1]), int(month[2]), 1, (None,) * 5)
    match = _LOOSE.fullmatch(text)
    return _moment(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:]) if match else None


def _moment(year: int, month: int, day: int, time: Sequence[str | None]) -> datetime | None:
    """A day with a time of hour, minute, second, half of the day and zone, each as it is written or None."""
    hour, minute, second = (int(part or 0) for part in time[:3])
    half = (time[3] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    known, zone = _zone(time[4] or "")
    if not known:
        return None
    late = timedelta(days=1 if hour == 24 else 0, seconds=1 if second == 60 else 0)
    try:
        return (
            datetime(year, month, day, hour % 24 if hour == 24 else hour, minute, min(second, 59), tzinfo=zone) + late
        )
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> tuple[bool, tzinfo | None]:
    """Whether a zone can be read, and it; one that nobody knows is none."""
    text = text.strip().strip("()[]").strip()
    if not text:
        return True, None
    text = f"+{text}" if len(text) == 4 and text.isdecimal() else text
    if offset := _OFFSET.match(text):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes > 24 * 60 - 1:
            return True, None
        return True, timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    name = text.partition(" ")[0].strip("().,").lower()
    if name in _HOURS:
        return True, timezone(timedelta(hours=_HOURS[name]))
    if "/" in text:
        try:
            return True, ZoneInfo(text.partition(" ")[0])
        except (ValueError, OSError, ZoneInfoNotFoundError):
            return True, None
    return name.isalpha(), None


def _any(text: str, *, day_first: bool) -> datetime | None:
    if sum(character.isdigit() for character in text) < 5:
        return None  # a weekday or a bare year is no date
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnknownTimezoneWarning)  # an unknown zone is taken as the caller's
            # A naive default: the zone is the text's or the caller's.
            blank = datetime(1900, 1, 1)  # noqa: DTZ001
            return dateutil_parser.parse(text, tzinfos=ZONES, default=blank, dayfirst=day_first)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
