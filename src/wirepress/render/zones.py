"""The zone that a site's clock goes by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo


def zone_of(options: Mapping[str, Any]) -> tzinfo:
    """The zone that `timezone_string` names, else the fixed `gmt_offset` (wp_timezone)."""
    name = str(options.get("timezone_string") or "")
    if name:
        try:
            return ZoneInfo(name)
        except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError on a missing tzdata only
            pass
        except KeyError:
            pass
    return timezone(timedelta(minutes=round(offset_hours(options.get("gmt_offset")) * 60)))


def offset_hours(value: Any) -> float:
    """The option `gmt_offset` as a number; what is none, or out of a day's bounds, counts as 0."""
    try:
        hours = float(value or 0)
    except (TypeError, ValueError):
        return 0.0
    if abs(hours) < 24:
        return hours
    return 0.0
