"""The settings screens (`options-general.php` and its kind): one form each, described in `wirepress.admin.settings`."""

from __future__ import annotations

import hashlib
import hmac
import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wirepress.admin import pages
from wirepress.admin.settings.checks import problem
from wirepress.admin.settings.choices import offset_value, zone_options
from wirepress.admin.settings.fields import Field, SettingsPage, Values
from wirepress.admin.settings.pages import PAGES
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.content import notices, options
from wirepress.content.identity import second_factor
from wirepress.content.option_cleaning import cleaned
from wirepress.model.errors import Invalid
from wirepress.model.web import Response
from wirepress.render.zones import offset_hours

CUSTOM = "\\c\\u\\s\\t\\o\\m"
"""What WordPress's forms send where a pattern is written by hand."""
_ESCAPED = frozenset({"blogname", "blogdescription"})
"""Kept with their special characters as entities (sanitize_option)."""


# ---- what there is, and what was typed


def kept(visit: Visit, field: Field) -> str:
    """The value of a field's option, as the field shows it."""
    site = visit.site
    value = site.option(field.option, field.otherwise)
    if field.kind == "zone":
        return str(value) or offset_value(offset_hours(site.option("gmt_offset")))
    if field.kind == "check":
        return field.on if str(value) == field.on or (field.on == "1" and site.flag(field.option)) else field.off
    if field.kind == "roles":
        named = second_factor.required_roles(visit.view)
        return "\n".join(slug for slug in site.roles if slug in named)
    if field.kind == "address":
        return site.home if field.option == "home" else site.base
    text = "" if isinstance(value, Mapping | list | tuple) else str(value)
    return html.unescape(text) if field.option in _ESCAPED else text


def typed(visit: Visit, field: Field) -> str:
    """What was sent for a field; a text that was not sent stays as it is."""
    sent, name = visit.sent, field.option
    if field.fixed is not None and field.fixed(visit):
        return kept(visit, field)
    if field.kind == "check":
        return field.on if name in sent else field.off
    if field.kind == "roles":
        return "\n".join(sent.texts(name))
    text = sent.text(name, kept(visit, field))
    if field.kind == "pattern" and text == CUSTOM:
        text = sent.text(f"{name}_custom")
    if field.kind == "lines":
        return "\n".join(text.splitlines())
    if field.kind == "code":
        return text.replace("\r\n", "\n")
    if field.kind == "address":
        return text.strip().rstrip("/")
    return " ".join(text.split()) if field.kind in ("text", "email", "number") else text.strip()


def mark(visit: Visit, page: SettingsPage) -> str:
    """Changes with any option of a page: a form that was opened before somebody else saved is told from others."""
    return _digest({field.option: kept(visit, field) for field in page.fields})


def _digest(values: Values) -> str:
    text = "\0".join(f"{name}\1{value}" for name, value in sorted(values.items()))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


# ---- the form


def _form(visit: Visit, page: SettingsPage, values: Values, errors: Values, *, status: int = 200,
          **words: Any) -> Response:  # fmt: skip
    given = {"stale": False, "consequences": (), "confirmed": "", **words}
    stored = {field.option: kept(visit, field) for field in page.fields}
    return pages.page(
        visit,
        "settings.html",
        visit.say(page.title),
        status=status,
        page=page,
        mark=mark(visit, page),
        values=values,
        stored=stored,
        errors=errors,
        wrong=[field for field in page.fields if errors.get(field.option)],
        custom=CUSTOM,
        offers={field.option: _offered(visit, field, values[field.option]) for field in page.fields if field.choices},
        presets={field.option: field.presets(visit) for field in page.fields if field.presets is not None},
        examples={field.option: _example(visit, field, values[field.option]) for field in page.fields if field.example},
        fixed={field.option: field.fixed(visit) if field.fixed is not None else "" for field in page.fields},
        **given,
    )


def _offered(visit: Visit, field: Field, value: str) -> Sequence[Any]:
    """What can be chosen, and what is kept although it can no longer be: a browser would choose another in silence."""
    assert field.choices is not None
    offered = list(field.choices(visit))
    gone = (value, visit.say("%(value)s (not there)", value=value))
    if field.kind == "choice" and value not in dict(offered):
        return [gone, *offered]
    if field.kind in ("grouped", "zone") and not any(value in dict(choices) for _, choices in offered):
        return [(visit.say("Chosen"), [gone]), *offered]
    return offered


def _example(visit: Visit, field: Field, value: str) -> str:
    """What a value makes; one that is being typed comes with the address."""
    assert field.example is not None
    asked = visit.asked.text(f"{field.option}_custom", visit.asked.text(field.option, value))[: field.longest]
    return field.example(visit, asked) if asked else ""


def _show(page: SettingsPage) -> Callable[[Visit], Response]:
    return lambda visit: _form(visit, page, {field.option: kept(visit, field) for field in page.fields}, {})


def _act(page: SettingsPage) -> Callable[[Visit], Response]:
    return lambda visit: _saved(visit, page)


def _saved(visit: Visit, page: SettingsPage) -> Response:
    """Keeps every field of a form, or none and shows the form as it was typed."""
    if visit.sent.text("option_page") != page.name:
        raise Invalid("no_form", "This is no form of this site.")
    values = {field.option: typed(visit, field) for field in page.fields}
    stored = {field.option: kept(visit, field) for field in page.fields}
    errors = {field.option: problem(visit, field, values, stored) for field in page.fields}
    if any(errors.values()):
        return _form(visit, page, values, errors, status=400)
    changed = [field for field in page.fields if values[field.option] != stored[field.option]]
    if changed and not hmac.compare_digest(visit.sent.text("mark").encode(), mark(visit, page).encode()):
        return _form(visit, page, values, {}, status=409, stale=True)
    said = page.consequences(visit, values) if page.consequences is not None else ()
    agreed = _digest(values)
    if said and visit.sent.text("confirmed") != agreed:
        return _form(visit, page, values, {}, status=409, consequences=said, confirmed=agreed)
    _keep(visit, changed, values)
    return pages.towards(visit, page.path, **{"settings-updated": "true"})


def _keep(visit: Visit, changed: list[Field], values: Values) -> None:
    site, unit = visit.site, visit.view.unit
    for field in changed:
        for name, value in _options(visit, field, values[field.option]).items():
            options.set(unit, name, value)
    notices.keeper_changed(visit.view, str(site.option("admin_email")), str(visit.site.option("admin_email")))


def _options(visit: Visit, field: Field, value: str) -> Mapping[str, Any]:
    """The options that a field's value becomes, each cleaned as WordPress cleans it."""
    site = visit.site
    if field.kind == "zone":
        return {name: cleaned(site, name, part) for name, part in zone_options(value).items()}
    if field.kind == "roles":
        return {field.option: value.split("\n") if value else []}
    if field.kind == "address" or field.option == "WPLANG":
        return {field.option: value}  # the API may not change these; the checks have looked at them
    return {field.option: cleaned(site, field.option, value)}


# ---- the screens


def _menus(order: int, page: SettingsPage) -> Callable[[Visit], Mapping[str, Menu]]:
    def entries(visit: Visit) -> Mapping[str, Menu]:
        return {page.path: Menu(page.label, "settings", order)} if _may(page)(visit) else {}

    return entries


def _may(page: SettingsPage) -> Callable[[Visit], bool]:
    return lambda visit: all(visit.may(capability) for capability in page.needs)


def _screen(order: int, page: SettingsPage) -> Screen:
    path, _, name = page.path.partition("?page=")
    show, act = _show(page), _act(page)
    return Screen(path=path, page=name, show=show, act=act, may=_may(page), menus=_menus(order, page))


SCREENS = tuple(_screen(order, page) for order, page in enumerate(PAGES))
