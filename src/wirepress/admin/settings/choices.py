"""What the fields of settings offer: pages, categories, roles, languages, time zones, ways of writing dates."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from wirepress.admin import moments
from wirepress.admin.settings.fields import Choice, Preset
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.languages import available
from wirepress.content.locales import NAMES, name_of
from wirepress.content.posts import reading
from wirepress.model.query import PostQuery
from wirepress.model.term import Term
from wirepress.render.typography import ENGLISH, signs_of
from wirepress.render.zones import zone_of

MOST_PAGES = 300
"""How many pages a drop-down holds; the chosen one is always there."""
MOST_CATEGORIES = 2000
OFFSETS = tuple(sorted({half / 2 for half in range(-24, 29)} | {5.75, 8.75, 12.75, 13.75}))
_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_DATES = ("F j, Y", "j. F Y", "Y-m-d", "m/d/Y", "d/m/Y", "d.m.Y")
DAYS = (
    *(("0", "Sunday"), ("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday")),
    *(("4", "Thursday"), ("5", "Friday"), ("6", "Saturday")),
)
_TIMES = ("g:i a", "g:i A", "H:i")

Group = tuple[str, Sequence[Choice]]


def fixed(*choices: Choice) -> Callable[[Visit], Sequence[Choice]]:
    """Choices that are always the same; their texts are translated where they are shown."""
    return lambda visit: [(value, visit.say(text)) for value, text in choices]


def pages(option: str, none: str) -> Callable[[Visit], Sequence[Choice]]:
    """The published pages by title, behind a choice that stands for none."""

    def found(visit: Visit) -> Sequence[Choice]:
        query = PostQuery(types=("page",), per_page=MOST_PAGES, orderby="title", order="asc", with_total=False)
        ids = list(reading.browse(visit.view, visit.viewer, query).ids)
        chosen = visit.site.number(option)
        if chosen and chosen not in ids:
            ids.append(chosen)
        visit.view.lookup.prefetch_posts(ids)
        there = [post for one in ids if (post := visit.view.lookup.post(one)) is not None]
        shown = [(str(page.id), html.unescape(page.title) or visit.say("(no title)")) for page in there]
        return [("0", visit.say(none)), *shown]

    return found


def categories(visit: Visit) -> Sequence[Choice]:
    """The categories, those below another under it."""
    below: dict[int, list[Term]] = {}
    known = terms.all_of(visit.view, "category")[:MOST_CATEGORIES]
    ids = {term.id for term in known}
    for term in sorted(known, key=lambda one: html.unescape(one.name).casefold()):
        below.setdefault(term.parent if term.parent in ids else 0, []).append(term)
    shown: list[Choice] = []
    waiting = [(term, 0) for term in reversed(below.pop(0, []))]
    while waiting:
        term, depth = waiting.pop()
        shown.append((str(term.id), "— " * depth + html.unescape(term.name)))
        waiting += [(child, depth + 1) for child in reversed(below.pop(term.id, []))]
    return shown


def roles(visit: Visit) -> Sequence[Choice]:
    return [(role.slug, visit.say(role.name)) for role in visit.site.roles.values()]


def languages(visit: Visit) -> Sequence[Group]:
    """Those that the administration speaks, then the others, which only readers see something of."""
    spoken = [("" if name == "en_US" else name, name_of(name)) for name in available()]
    here = {value for value, _ in spoken}
    others = {name: known for name, known in NAMES.items() if name not in here and name != "en_US"}
    current = str(visit.site.option("WPLANG"))
    if current not in here and current not in others:
        others[current] = name_of(current)
    return [
        (visit.say("The administration speaks"), spoken),
        (visit.say("For readers only"), sorted(others.items(), key=lambda pair: pair[1].casefold())),
    ]


def quotes(visit: Visit) -> Sequence[Choice]:
    """The languages whose quotes are others than the English ones."""

    def shown(locale: str) -> str:
        signs = signs_of(locale)
        return html.unescape(f"{signs.open}…{signs.close} {signs.open_single}…{signs.close_single}")

    named = {name: f"{known}: {shown(name)}" for name, known in NAMES.items() if signs_of(name) != ENGLISH}
    current = str(visit.site.option("typography"))
    if current and current not in named:
        named[current] = f"{current}: {shown(current)}"
    return [("", visit.say("English: %(quotes)s", quotes=shown("en_US"))),
            *sorted(named.items(), key=lambda pair: pair[1].casefold())]  # fmt: skip


# ---- time


@cache
def _cities() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The zones of the world by region."""
    found: dict[str, list[Choice]] = {region: [] for region in _REGIONS}
    for name in sorted(available_timezones()):
        region, _, city = name.partition("/")
        if city and region in found:
            found[region].append((name, city.replace("_", " ").replace("/", " – ")))
    return tuple((region, tuple(cities)) for region, cities in found.items())


def offset_text(hours: float) -> str:
    """`UTC+5:30`."""
    minutes = round(abs(hours) * 60)
    tail = f":{minutes % 60:02d}" if minutes % 60 else ""
    return f"UTC{'-' if hours < 0 else '+'}{minutes // 60}{tail}"


def offset_value(hours: float) -> str:
    """`UTC+5.5`, as WordPress sends it."""
    return f"UTC{'-' if hours < 0 else '+'}{abs(hours):g}"


def zones(visit: Visit) -> Sequence[Group]:
    """All time zones by region, then those that are only so many hours away from UTC."""
    groups: list[Group] = [(visit.say(region), cities) for region, cities in _cities()]
    known = {value for _, cities in _cities() for value, _ in cities}
    current = str(visit.site.option("timezone_string"))
    other = [(current, current)] if current and current not in known and current != "UTC" else []
    fixed_ones = [(offset_value(hours), offset_text(hours)) for hours in OFFSETS]
    return [*groups, (visit.say("Other"), [*other, ("UTC", "UTC"), *fixed_ones])]


def zone_options(value: str) -> dict[str, str]:
    """The two options that a choice of `zones` stands for."""
    if value.startswith(("UTC+", "UTC-")):
        return {"timezone_string": "", "gmt_offset": value.removeprefix("UTC").removeprefix("+")}
    return {"timezone_string": value}


def zone_example(visit: Visit, value: str) -> str:
    """What the clocks of a zone show now, and when they change next."""
    zone = zone_of(zone_options(value))
    now = visit.view.now().astimezone(zone)
    clock = str(visit.site.option("time_format") or "H:i")
    day = str(visit.site.option("date_format") or "F j, Y")
    hours = (now.utcoffset() or timedelta()).total_seconds() / 3600
    text = visit.say(
        "It is %(time)s there now, %(date)s (%(offset)s).",
        time=moments.written(visit, clock, now),
        date=moments.written(visit, day, now),
        offset=offset_text(hours),
    )
    noon = now.replace(hour=12, minute=0)
    for later in (noon + timedelta(days=days) for days in range(1, 366)):
        if later.utcoffset() != now.utcoffset():
            changes = moments.written(visit, day, later)
            return f"{text} " + visit.say("The clocks change on %(date)s.", date=changes)
    return text


def dates(visit: Visit) -> Sequence[Preset]:
    return [Preset(form, form, moment_example(visit, form)) for form in _DATES]


def times(visit: Visit) -> Sequence[Preset]:
    return [Preset(form, form, moment_example(visit, form)) for form in _TIMES]


def moment_example(visit: Visit, form: str) -> str:
    """This moment in a form of PHP's letters."""
    return moments.written(visit, form, visit.view.now().astimezone(visit.site.zone))
