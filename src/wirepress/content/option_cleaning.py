"""Values on their way into options: what WordPress makes of them (sanitize_option)."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from wirepress.content.site import Site
from wirepress.render.entities import escape_html
from wirepress.render.saving import kses_plain
from wirepress.render.strip import strip_tags
from wirepress.render.urls import clean_raw_url

_TAG = re.compile(r"%[^/%]+%")
_SIZES = ("thumbnail", "medium", "medium_large", "large")
_NO_OFFSET = re.compile(r"[^0-9:.-]")


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


def _offset(_: Site, value: Any) -> str:
    return _NO_OFFSET.sub("", str(value))


def _lines(_: Site, value: Any) -> str:
    """Each line once, without blanks around it."""
    return "\n".join(dict.fromkeys(line for part in str(value).splitlines() if (line := part.strip())))


def _role(site: Site, value: Any) -> str:
    return str(value) if value in site.roles else "subscriber"


def _path(_: Site, value: Any) -> str:
    """A path of addresses, from the site's root (options-permalink.php)."""
    path = str(value).strip().replace("#", "")
    return clean_raw_url(re.sub("/+", "/", f"/{path}")) if path else ""


def _structure(site: Site, value: Any) -> str:
    """A permalink structure with a tag in it, or none; any other leaves the one before."""
    path = _path(site, value)
    if path and not _TAG.search(path):
        return site.structure
    return path


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
    "posts_per_rss": _page_size,
    "gmt_offset": _offset,
    "default_role": _role,
    "permalink_structure": _structure,
    **dict.fromkeys(("category_base", "tag_base"), _path),
    **dict.fromkeys(("moderation_keys", "disallowed_keys"), _lines),
    **dict.fromkeys(("start_of_week", "default_category", "page_on_front", "page_for_posts", "site_icon"), _count),
    **dict.fromkeys(("comment_max_links", "close_comments_days_old", "thread_comments_depth"), _count),
    **dict.fromkeys((f"{size}_size_{side}" for size in _SIZES for side in "wh"), _count),
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
