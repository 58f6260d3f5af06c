"""What the block editor says (our texts from the catalogs, its own from files of the site), and how it writes dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wirepress.admin.moments import NAMES
from wirepress.admin.visit import Visit
from wirepress.content.locales import NAMES as LOCALES
from wirepress.content.zone import within

MONTHS, SHORT_MONTHS = NAMES[:12], (*NAMES[12:16], NAMES[4], *NAMES[16:23])
DAYS, SHORT_DAYS = NAMES[23:30], NAMES[30:37]

UNITS = {
    "s": ("%(count)s second", "%(count)s seconds"),
    "m": ("%(count)s minute", "%(count)s minutes"),
    "h": ("%(count)s hour", "%(count)s hours"),
    "d": ("%(count)s day", "%(count)s days"),
    "M": ("%(count)s month", "%(count)s months"),
    "y": ("%(count)s year", "%(count)s years"),
}


def translations(visit: Visit) -> dict[str, Mapping[str, Any]]:
    """The texts by domain, as `setLocaleData` takes them; those that are not known are English."""
    found = {"wirepress": visit.language.scripts()}
    locale = visit.user.locale or visit.site.locale
    if locale in LOCALES:
        found["default"] = visit.ports.editor_texts(locale)
    return {domain: messages for domain, messages in found.items() if messages}


def dates(visit: Visit) -> dict[str, Any]:
    """The settings of `@wordpress/date`: words, formats and the site's zone (wp_default_packages_inline_scripts)."""
    site = visit.site
    date, time = str(site.option("date_format") or "F j, Y"), str(site.option("time_format") or "H:i")
    return {
        "l10n": {
            "locale": visit.language.name,
            "months": _said(visit, MONTHS),
            "monthsShort": _said(visit, SHORT_MONTHS),
            "weekdays": _from_sunday(_said(visit, DAYS)),
            "weekdaysShort": _from_sunday(_said(visit, SHORT_DAYS)),
            "meridiem": {name: visit.say(name) for name in ("am", "pm", "AM", "PM")},
            "relative": _relative(visit),
            "startOfWeek": site.number("start_of_week", 1),
        },
        "formats": {"time": time, "date": date, "datetime": f"{date} {time}", "datetimeAbbreviated": f"{date} {time}"},
        "timezone": _zone(visit, within(visit.view.now(), site.zone)),
    }


def _zone(visit: Visit, now: datetime) -> dict[str, Any]:
    hours = (now.utcoffset() or timedelta()).total_seconds() / 3600
    return {
        "offset": f"{hours:g}",
        "offsetFormatted": f"{hours:g}",
        "string": str(visit.site.option("timezone_string") or ""),
        "abbr": now.strftime("%Z"),
    }


def _said(visit: Visit, words: tuple[str, ...]) -> list[str]:
    return [visit.say(word) for word in words]


def _from_sunday(days: list[str]) -> list[str]:
    return [*days[-1:], *days[:-1]]


def _relative(visit: Visit) -> dict[str, str]:
    """How long ago, by the letters of moment.js; its places are `%s` and `%d`."""
    count = visit.language.count
    found = {"past": visit.say("%(length)s ago", length="%s"), "future": visit.say("in %(length)s", length="%s")}
    for letter, (one, many) in UNITS.items():
        found |= {letter: count(one, many, 1), letter * 2: count(one, many, 2, count="%d")}
    return found
