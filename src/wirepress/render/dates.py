"""Dates as WordPress prints and reads them: PHP's format letters, MySQL's stamps, RFC 3339."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

_STAMP = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})|\Z)", re.ASCII)
_REST_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?\n?\Z"
)
_EPOCH_DAY = 719_528
"""The days from the year 0 to 1970."""

# Those of `calendar` are asked of the machine's locale each time.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_DAY = 86_400
_HALVES = ("am", "pm")
_NAMED = frozenset("DlMFaA")
"""The letters that make words of a language."""


def _offset(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds())


def _offset_text(moment: datetime, colon: str) -> str:
    seconds = _offset(moment)
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{colon}{minutes % 60:02}"


def _zone(moment: datetime) -> str:
    if moment.tzinfo is UTC:
        return "UTC"
    return str(getattr(moment.tzinfo, "key", None) or _offset_text(moment, ":"))


def _abbreviation(moment: datetime) -> str:
    name = moment.tzname() or ""
    return name if name.isalpha() else _offset_text(moment, ":")


def _swatch(moment: datetime) -> str:
    seconds = (moment.astimezone(UTC) + timedelta(hours=1)).timetuple()
    return f"{int((seconds.tm_hour * 3600 + seconds.tm_min * 60 + seconds.tm_sec) / 86.4):03}"


_LETTERS: Mapping[str, Callable[[datetime], str]] = {
    "d": lambda at: f"{at.day:02}",
    "D": lambda at: _DAYS[at.weekday()][:3],
    "j": lambda at: str(at.day),
    "l": lambda at: _DAYS[at.weekday()],
    "N": lambda at: str(at.isoweekday()),
    "S": lambda at: _ORDINALS.get(at.day, "th"),
    "w": lambda at: str(at.isoweekday() % 7),
    "z": lambda at: str(at.timetuple().tm_yday - 1),
    "W": lambda at: f"{at.isocalendar().week:02}",
    "F": lambda at: _MONTHS[at.month - 1],
    "m": lambda at: f"{at.month:02}",
    "M": lambda at: _MONTHS[at.month - 1][:3],
    "n": lambda at: str(at.month),
    "t": lambda at: str(calendar.monthrange(at.year, at.month)[1]),
    "L": lambda at: str(int(calendar.isleap(at.year))),
    "o": lambda at: str(at.isocalendar().year),
    "Y": lambda at: f"{at.year:04}",
    "x": lambda at: f"{at.year:04}",
    "X": lambda at: f"+{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "a": lambda at: _HALVES[at.hour // 12],
    "A": lambda at: _HALVES[at.hour // 12].upper(),
    "B": _swatch,
    "g": lambda at: str(at.hour % 12 or 12),
    "G": lambda at: str(at.hour),
    "h": lambda at: f"{at.hour % 12 or 12:02}",
    "H": lambda at: f"{at.hour:02}",
    "i": lambda at: f"{at.minute:02}",
    "s": lambda at: f"{at.second:02}",
    "u": lambda at: f"{at.microsecond:06}",
    "v": lambda at: f"{at.microsecond // 1000:03}",
    "e": _zone,
    "I": lambda at: str(int(bool(at.dst()))),
    "O": lambda at: _offset_text(at, ""),
    "P": lambda at: _offset_text(at, ":"),
    "p": lambda at: "Z" if _zone(at) in ("UTC", "+00:00") else _offset_text(at, ":"),
    "T": _abbreviation,
    "Z": lambda at: str(_offset(at)),
    "c": lambda at: format_date("Y-m-d\\TH:i:sP", at),
    "r": lambda at: format_date("D, d M Y H:i:s O", at),
    "U": lambda at: str((at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)),
}


def format_date(form: str, moment: datetime, translated: Callable[[str], str] = str) -> str:
    r"""A moment by PHP's `date` letters (`wp_date`); `\` before a letter makes it plain.  Names of days and months and
    the halves of a day are English, or what is made of that.

    An aware moment is printed in its own zone, a naive one is taken as UTC. A fixed offset has no name but its hours.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    out: list[str] = []
    signs = iter(form)
    for sign in signs:
        if sign == "\\":
            out.append(next(signs, ""))
        else:
            letter = _LETTERS.get(sign)
            shown = letter(moment) if letter else sign
            out.append(translated(shown) if sign in _NAMED else shown)
    return "".join(out)


def rfc3339(stamp: str) -> str:
    """A MySQL date, with its time or of midnight, without zone and rolled over as PHP does it (`mysql_to_rfc3339`);
    "" if it is none."""
    found = _STAMP.match(stamp)
    if not found:
        return ""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    if not _is_date(month, day, hour, minute, second):
        return ""
    days, seconds = divmod(_seconds(year, month, day, hour, minute, second), _DAY)
    year, month, day = _civil(days)
    shown = f"{year:04}" if year >= 0 else f"-{-year:04}"
    return f"{shown}-{month:02}-{day:02}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def parse_rest_date(text: str) -> int | None:
    """The Unix time of a date in a request, None if it is none (`rest_parse_date`); without a zone it is UTC."""
    found = _REST_DATE.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    if not _is_date(month, day, hour, minute, second):
        return None
    moment = _seconds(year, month, day, hour, minute, second)
    if found[7]:
        offset = int(found[8]) * 3600 + int(found[9] or 0) * 60
        moment -= int(f"{found[7]}1") * offset
    return moment


def _is_date(month: int, day: int, hour: int, minute: int, second: int) -> bool:
    """What PHP's parser accepts; days that a month does not have roll over into the next."""
    return month <= 12 and day <= 31 and (hour, minute, second) <= (24, 0, 0) and minute <= 59 and second <= 59


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    return _days(year, month, day) * _DAY + hour * 3600 + minute * 60 + second


_BEFORE = tuple(
    tuple(sum(calendar.monthrange(year, earlier)[1] for earlier in range(1, month)) for month in range(1, 13))
    for year in (2001, 2000)
)
"""The days of a year before each month: of a year without a leap day, and of one with it."""


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970 of a date in the Gregorian calendar; month and day may be 0 or too large, the year negative."""
    year += (month - 1) // 12
    month = (month - 1) % 12 + 1
    cycles, of_cycle = divmod(year, 400)
    leaps = (of_cycle + 3) // 4 - (of_cycle + 99) // 100 + (of_cycle > 0)
    before = _BEFORE[calendar.isleap(of_cycle)][month - 1]
    return cycles * 146_097 + of_cycle * 365 + leaps + before + day - 1 - _EPOCH_DAY


def _civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970."""
    cycles, rest = divmod(days + _EPOCH_DAY, 146_097)
    year = cycles * 400 + rest * 400 // 146_097
    while _days(year + 1, 1, 1) <= days:
        year += 1
    while _days(year, 1, 1) > days:
        year -= 1
    month = 1
    while month < 12 and _days(year, month + 1, 1) <= days:
        month += 1
    return year, month, days - _days(year, month, 1) + 1
