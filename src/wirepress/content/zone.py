"""The site's time zone: local stamps and UTC stamps as WordPress turns one into the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from wirepress.model.moment import ZERO, Stamp, stamp
from wirepress.render.dates import rfc3339


def to_gmt(value: Stamp, zone: tzinfo) -> Stamp:
    """The UTC stamp of a local one (get_gmt_from_date).

    An hour that comes twice is taken as the second one, an hour that is skipped moves forward by the gap: in both
    cases the smaller of the two offsets counts.
    """
    local = moment(value) or moment(rfc3339(value))  # 30 February is a day in March
    if local is None:
        return ZERO
    first = local.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    second = local.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    return _shifted(local, -min(first, second))


def existing(value: Stamp, zone: tzinfo) -> Stamp:
    """A local stamp; one of an hour that the clock skipped is moved on by the gap, as PHP reads it."""
    local = moment(value)
    if local is None:
        return value
    before = local.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    after = local.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    return _shifted(local, after - before) if before < after else value


def within(moment: datetime, zone: tzinfo) -> datetime:
    """An aware moment in a zone; at the ends of the calendar, where that would be another year, as it is."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def to_local(value: Stamp, zone: tzinfo) -> Stamp:
    """The local stamp of a UTC one (get_date_from_gmt)."""
    utc = moment(value)
    if utc is None:
        return ZERO
    try:
        return stamp(utc.replace(tzinfo=UTC).astimezone(zone))
    except OverflowError:
        return value


def moment(value: str) -> datetime | None:
    """The naive date and time of a stamp; None for the zero date and for what is no date."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _shifted(value: datetime, by: timedelta) -> Stamp:
    try:
        return stamp(value + by)
    except OverflowError:
        return stamp(value)
