"""What a field of the settings refuses, and why; and how what was typed is set right before it is looked at."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from wirepress.admin.settings.choices import zone_options
from wirepress.admin.settings.fields import Field, Values
from wirepress.admin.visit import Visit
from wirepress.content.rewrite.rules import TAGS
from wirepress.render.values import is_email
from wirepress.render.zones import offset_hours
from wirepress.url.parse import plain_url

_TAG = re.compile(r"%[^/%]*%?")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
TAKEN = frozenset({"wp-admin", "wp-json", "wp-content", "wp-includes", "wp-login.php", "wp-sitemap.xml", "feed", "-"})
"""Where addresses of ours begin that no article may stand under."""
NEVER_EMPTY = frozenset({"number", "email"})
"""Kinds of fields of which none may be left empty."""
CHOSEN = frozenset({"choice", "radio", "grouped"})
"""Kinds of fields where nothing is a value only if it is among the choices."""
TYPED = 10_000
"""Signs that lines may have where a field says no other bound."""


def problem(visit: Visit, field: Field, values: Values, stored: Values) -> str:
    """What is wrong with the value of a field, in the user's language; "" where nothing is.  What is kept already may
    stay, unless it does not go with another field."""
    value = values[field.option]
    if value == stored[field.option]:
        return field.check(visit, field, values) if field.check is not None else ""
    if not value and (field.required or field.kind in NEVER_EMPTY):
        return visit.say("This is needed.")
    if field.kind not in ("lines", "code", "roles") and len(value) > field.longest:
        return visit.say("At most %(most)s characters.", most=field.longest)
    found = ""
    if field.kind in _OF_KIND and (value or field.kind in CHOSEN):
        found = _OF_KIND[field.kind](visit, field, value)
    if not found and field.check is not None:
        found = field.check(visit, field, values)
    return found


# ---- by kind


def _email(visit: Visit, _: Field, value: str) -> str:
    return "" if is_email(value) else visit.say("This is no e-mail address.")


def _number(visit: Visit, field: Field, value: str) -> str:
    if _NUMBER.fullmatch(value) and field.least <= int(value) <= field.most:
        return ""
    return visit.say("A whole number from %(least)s to %(most)s.", least=field.least, most=field.most)


def _lines(visit: Visit, field: Field, value: str) -> str:
    most = field.most or TYPED
    return visit.say("At most %(most)s characters.", most=most) if len(value) > most else ""


def _chosen(visit: Visit, field: Field, value: str) -> str:
    assert field.choices is not None
    known = {choice for choice, _ in field.choices(visit)}
    return "" if value in known else visit.say("There is no such choice any more.")


def _grouped(visit: Visit, field: Field, value: str) -> str:
    assert field.choices is not None
    known = {choice for _, choices in field.choices(visit) for choice, _ in choices}
    return "" if value in known else visit.say("There is no such choice any more.")


def _roles(visit: Visit, _: Field, value: str) -> str:
    return "" if set(value.split("\n")) <= set(visit.site.roles) else visit.say("There is no such choice any more.")


def _zone(visit: Visit, _: Field, value: str) -> str:
    kept = zone_options(value)
    hours = kept.get("gmt_offset")
    if hours is None:
        known = kept["timezone_string"] in available_timezones()
    else:
        known = offset_hours(hours) != 0 or not hours.strip("+-0.")
    return "" if known else visit.say("There is no such time zone.")


def _address(visit: Visit, _: Field, value: str) -> str:
    return "" if is_site(value) else visit.say("An address such as https://news.example, without anything behind it.")


def is_site(value: str) -> bool:
    """Whether a site could have this address: one of the web, which may go on with a path."""
    found = plain_url(value)
    return (
        found is not None
        and not found.login
        and bool(_HOST.fullmatch(found.host))
        and found.host in value.lower()
        and not set(value) & set("\"'<>?#%")
    )


_OF_KIND = {
    "email": _email,
    "number": _number,
    "lines": _lines,
    "code": _lines,
    "choice": _chosen,
    "radio": _chosen,
    "grouped": _grouped,
    "roles": _roles,
    "zone": _zone,
    "address": _address,
}


# ---- of single fields


def front_page(visit: Visit, _: Field, values: Values) -> str:
    if values["show_on_front"] == "page" and values["page_on_front"] in ("", "0"):
        return visit.say("Choose the page that stands on the front.")
    return ""


def posts_page(visit: Visit, _: Field, values: Values) -> str:
    both = values["show_on_front"] == "page" and values["page_for_posts"] not in ("", "0")
    if both and values["page_for_posts"] == values["page_on_front"]:
        return visit.say("The front and the list of articles cannot be the same page.")
    return ""


def structure(visit: Visit, _: Field, values: Values) -> str:
    """Addresses have to tell articles apart, and to leave ours alone."""
    value = values["permalink_structure"]
    if value in ("", visit.site.structure):
        return ""
    unknown = [tag for tag in _TAG.findall(value) if tag not in TAGS]
    if unknown:
        return visit.say("There is no tag %(tag)s.", tag=unknown[0])
    if "%postname%" not in value and "%post_id%" not in value:
        return visit.say(
            "Articles cannot be told apart without %(one)s or %(other)s.", one="%postname%", other="%post_id%"
        )
    return _taken(visit, value)


def base(visit: Visit, field: Field, values: Values) -> str:
    value = values[field.option].strip("/")
    if not value:
        return ""
    if "%" in value:
        return visit.say("No tags are possible here.")
    other = "tag_base" if field.option == "category_base" else "category_base"
    usual = {"category_base": "category", "tag_base": "tag"}
    if value == (values[other].strip("/") or usual[other]):
        return visit.say("Categories and tags need different beginnings.")
    if value in ("page", "author", "search", "comments", "embed"):
        return visit.say("Addresses that begin with %(begin)s are needed for something else.", begin=value)
    return _taken(visit, value)


def _taken(visit: Visit, value: str) -> str:
    begin = value.strip("/").removeprefix("index.php").strip("/").partition("/")[0].lower()
    if begin in TAKEN:
        return visit.say("Addresses that begin with %(begin)s are needed for something else.", begin=begin)
    return ""
