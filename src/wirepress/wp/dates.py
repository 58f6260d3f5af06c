"""Dates as the API writes and reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from wirepress.content.site import Site
from wirepress.content.zone import existing
from wirepress.model.moment import ZERO, Stamp, stamp, utc
from wirepress.render.dates import rfc3339

_DAYS = frozenset(f"{date(2001, 1, 1) + timedelta(days=number):%m-%d}" for number in range(365))
"""The days that every year has."""


def written(value: str) -> str:
    """A stamp as the API writes it, as it is."""
    return value[:10] + "T" + value[11:]


def read_in(site: Site, value: Stamp) -> str:
    """A stamp as WordPress writes it, having read it in the site's zone (mysql_to_rfc3339).

    An hour that the site's clock skipped moves on, in UTC stamps as well; the day 0 of a month is the last of the
    month before, which makes the zero date one of the year -1.
    """
    if type(site.zone) is not timezone:
        value = existing(value, site.zone)
    if value > "1000" and value[5:10] in _DAYS and value[11:13] < "24":
        return value[:10] + "T" + value[11:]  # most dates are as they seem
    return rfc3339(value) or written(value)


def gmt_of(site: Site, gmt: Stamp, local: Stamp) -> str:
    """A date in UTC; where a row has none yet (a draft), it is worked out from the local one."""
    if gmt != ZERO:
        return read_in(site, gmt)
    return zero_in_utc(site.zone) if local == ZERO else read_in(site, site.to_gmt(local))


def changed_gmt_of(site: Site, gmt: Stamp, local: Stamp, now: datetime) -> str:
    """When a post was changed, in UTC; where an imported row does not say, it is worked out with the offset that the
    site has now, whatever it had then (WP_REST_Posts_Controller::prepare_item_for_response)."""
    if gmt != ZERO:
        return read_in(site, gmt)
    zone = timezone(timedelta(hours=site.gmt_offset(now)))
    if local == ZERO:
        return zero_in_utc(zone)
    moment = utc(local)
    return written(local) if moment is None else read_in(site, stamp(moment - timedelta(hours=site.gmt_offset(now))))


def zero_in_utc(zone: tzinfo) -> str:
    """The zero date of a zone in UTC: to PHP it is a moment of the year -1, before there were zones, when each place
    had the time of its sun (get_gmt_from_date)."""
    midnight = datetime(4, 11, 30, tzinfo=UTC)  # of a year that there is
    moment = midnight - (midnight.replace(tzinfo=zone).utcoffset() or timedelta())
    return f"-0001-{moment:%m-%dT%H:%M:%S}"


def both_stamps(site: Site, text: str, *, utc: bool = False) -> tuple[Stamp, Stamp] | None:
    """The local and the UTC stamp of a date that was sent, None where it is none (rest_get_date_with_gmt).

    Without a zone it is local, or, where `utc` says so, in UTC.
    """
    found = _read(text)
    if found is None:
        return None
    value, zoned = found
    if utc or zoned:
        return (site.to_local(value), value)
    return (value, site.to_gmt(value))


def local_stamp(site: Site, text: str) -> Stamp | None:
    """The local stamp of a date parameter: with a zone it is turned, without one it is local already.

    As in WordPress a day that a month does not have rolls over into the next one.
    """
    found = _read(text)
    if found is None:
        return None
    value, zoned = found
    if zoned:
        return site.to_local(value)
    return value


def _read(text: str) -> tuple[Stamp, bool] | None:
    """The stamp of a date, and whether it names its zone: then it is in UTC."""
    try:
        year, month, day = int(text[0:4]), int(text[5:7]), int(text[8:10])
        clock = timedelta(hours=int(text[11:13]), minutes=int(text[14:16]), seconds=int(text[17:19]))
        start = datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)
        moment = start + timedelta(days=day - 1) + clock
        rest = text[19:].lstrip(".0123456789")
        if rest not in {"", "Z", "z"}:
            sign = -1 if rest[0] == "-" else 1
            moment -= sign * timedelta(hours=int(rest[1:3]), minutes=int(rest[4:6] or 0))
    except (ValueError, OverflowError):
        return None
    return stamp(moment), bool(rest)
