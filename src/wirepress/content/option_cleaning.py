"""Values on their way into options: what WordPress makes of them (sanitize_option)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from wirepress.content.site import Site
from wirepress.render.entities import escape_html
from wirepress.render.saving import kses_plain
from wirepress.render.strip import strip_tags


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _count(_: Site, value: Any) -> str:
    return str(abs(_number(value)))


def _page_size(_: Site, value: Any) -> str:
    """Never none: -1 stands for all."""
    number = _number(value) or 1
    if number < -1:
        number = abs(number)
    return str(number)


def _title(_: Site, value: Any) -> str:
    return escape_html(str(value))


def _pattern(_: Site, value: Any) -> str:
    return kses_plain(strip_tags(str(value)))


def _discussion(_: Site, value: Any) -> str:
    if str(value) in ("", "0"):
        return "closed"
    return str(value)


def _zone(site: Site, value: Any) -> str:
    """A zone that there is; any other leaves the one before."""
    if value and value not in _zones():
        value = site.option("timezone_string")
    return str(value)


def _language(site: Site, value: Any) -> str:
    """The site's own language or, with none, English: no others are installed here."""
    if not value:
        return ""
    return str(site.option("WPLANG"))


def _kept(name: str) -> Callable[[Site, Any], str]:
    return lambda site, _: str(site.option(name))


_RULES: Mapping[str, Callable[[Site, Any], str]] = {
    "blogname": _title,
    "blogdescription": _title,
    # The address is the operator's matter, as where WordPress's configuration sets it (WP_SITEURL).
    "siteurl": _kept("siteurl"),
    "date_format": _pattern,
    "time_format": _pattern,
    "timezone_string": _zone,
    "WPLANG": _language,
    "posts_per_page": _page_size,
    "default_ping_status": _discussion,
    "default_comment_status": _discussion,
    **dict.fromkeys(("start_of_week", "default_category", "page_on_front", "page_for_posts", "site_icon"), _count),
}


def cleaned(site: Site, name: str, value: Any) -> str:
    """A value as the option of this name keeps it; where it cannot be used, the value that there is."""
    rule = _RULES.get(name)
    if rule is not None:
        return rule(site, value)
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
