"""Dates and times as the site writes them, in its zone."""

from __future__ import annotations

from datetime import UTC, datetime

from wirepress.admin.visit import Visit
from wirepress.content.languages import texts
from wirepress.content.zone import within
from wirepress.model.moment import ZERO, Stamp
from wirepress.render.dates import format_date

_FORM = "%Y-%m-%d %H:%M:%S"
NAMES = texts(
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    *("December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "am", "pm", "AM", "PM"),
)
"""The words of dates."""


def written(visit: Visit, form: str, moment: datetime) -> str:
    """A moment by PHP's letters, with the names of days and months in the user's language (wp_date)."""
    return format_date(form, moment, visit.language.text)


def moment_of(visit: Visit, gmt: Stamp) -> datetime | None:
    """A UTC stamp in the site's zone; None for none."""
    if gmt == ZERO:
        return None
    return within(datetime.strptime(gmt, _FORM).replace(tzinfo=UTC), visit.site.zone)


def full(visit: Visit, gmt: Stamp) -> str:
    """Date and time in the site's formats."""
    moment = moment_of(visit, gmt)
    if moment is None:
        return ""
    date = written(visit, str(visit.site.option("date_format") or "F j, Y"), moment)
    return f"{date}, {written(visit, str(visit.site.option('time_format') or 'H:i'), moment)}"


def day(visit: Visit, gmt: Stamp) -> str:
    """The date in the site's format."""
    moment = moment_of(visit, gmt)
    return written(visit, str(visit.site.option("date_format") or "F j, Y"), moment) if moment else ""


def month(visit: Visit, year: int, number: int) -> str:
    """A month with its year, in the user's language."""
    return f"{visit.say(NAMES[number - 1])} {year}"


def iso(visit: Visit, gmt: Stamp) -> str:
    moment = moment_of(visit, gmt)
    return moment.isoformat() if moment else ""


def ago(visit: Visit, gmt: Stamp) -> str:
    """How long ago something was, or when it will be, in one unit; after a month the date (human_time_diff)."""
    moment = moment_of(visit, gmt)
    if moment is None:
        return ""
    seconds = int((visit.view.now() - moment).total_seconds())
    past, seconds = seconds >= 0, abs(seconds)
    if seconds > 30 * 86400:
        return full(visit, gmt)
    count = visit.language.count
    if seconds < 3600:
        length = count("%(count)s minute", "%(count)s minutes", max(1, seconds // 60))
    elif seconds < 86400:
        length = count("%(count)s hour", "%(count)s hours", seconds // 3600)
    else:
        length = count("%(count)s day", "%(count)s days", seconds // 86400)
    return visit.say("%(length)s ago", length=length) if past else visit.say("in %(length)s", length=length)
