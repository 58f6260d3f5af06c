"""Widgets: their settings and where they stand, in the options in which WordPress keeps them.

`widget_KIND` holds the settings of a kind's widgets by their numbers, `sidebars_widgets` the ids of the widgets of each
sidebar.  Our theme has no sidebars: all widgets are inactive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from wirepress.content import options
from wirepress.content.newsroom import View
from wirepress.content.site import Site

INACTIVE: Final = "wp_inactive_widgets"
KINDS: Final = (
    "pages", "calendar", "archives", "media_audio", "media_image", "media_gallery", "media_video", "meta", "search",
    "text", "categories", "recent-posts", "recent-comments", "rss", "tag_cloud", "nav_menu", "custom_html", "block",
)  # fmt: skip
"""The kinds of widgets, in the order in which WordPress registers them; lost widgets are found in it."""
FIRST: Final = 2
"""The lowest number of a widget: 1 is WordPress's for a kind of which there is none."""
_ID = re.compile(r"(?P<kind>.+)-(?P<number>[0-9]{1,18})")


class Widget(NamedTuple):
    """A widget: its kind, its number among those of its kind, and what is set of it (None: nothing is kept of it)."""

    kind: str
    number: int
    settings: Mapping[str, Any] | None

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.number}"


def parts_of(widget_id: str) -> tuple[str, int | None]:
    """The kind that an id names, and the number, None where it has none (wp_parse_widget_id)."""
    if found := _ID.fullmatch(widget_id):
        return found["kind"], int(found["number"])
    return widget_id, None


def settings_of(site: Site, kind: str) -> dict[int, Mapping[str, Any]]:
    """The settings of all widgets of a kind, by their numbers, in the order in which they were made."""
    return {
        int(number): settings if isinstance(settings, Mapping) else {}
        for number, settings in _entries(site.option(f"widget_{kind}", {}))
        if number.isascii() and number.isdecimal() and isinstance(settings, Mapping | list)
    }


def kept(site: Site) -> dict[str, Widget]:
    """All widgets by their ids, kind by kind."""
    widgets = (Widget(kind, number, settings) for kind in KINDS for number, settings in settings_of(site, kind).items())
    return {widget.id: widget for widget in widgets}


def standing(site: Site) -> list[str]:
    """The ids of the widgets as they stand in the one sidebar that there is, of inactive widgets.

    First those that stand nowhere, then the inactive ones, then those of sidebars that the theme does not have
    (retrieve_widgets); an id that was placed twice is there twice.
    """
    known, places = kept(site), _places(site)
    ids = [one for one in places.get(INACTIVE, ()) if one in known]
    for sidebar, placed in places.items():
        if sidebar != INACTIVE:
            ids += [one for one in placed if one in known and one not in ids]
    lost = [one for one, widget in known.items() if one not in ids and widget.number >= FIRST]
    return lost + ids


def next_number(site: Site, kind: str) -> int:
    """The number of the next widget of a kind."""
    return max([FIRST - 1, *settings_of(site, kind)]) + 1


def keep(view: View, kind: str, number: int, settings: Mapping[str, Any]) -> None:
    """Keeps the settings of a widget, which may be new."""
    _keep_all(view, kind, {**settings_of(view.site, kind), number: settings})


def forget(view: View, kind: str, number: int) -> None:
    """Forgets the settings of a widget, and with them the widget."""
    left = settings_of(view.site, kind)
    if left.pop(number, None) is not None:
        _keep_all(view, kind, left)


def settle(view: View) -> None:
    """Gives the widgets that stand nowhere, or in sidebars that the theme does not have, their place.

    What stood in such sidebars is noted once, as WordPress notes it when a theme goes: nothing else tells where an
    imported site had its widgets.
    """
    former = {name: placed for name, placed in _places(view.site).items() if placed and name != INACTIVE}
    noted = f"theme_mods_{view.site.option('stylesheet')}"
    kept_mods = dict(options.table(view.site.option(noted, {})))
    if former and "sidebars_widgets" not in kept_mods:
        when = int(view.now().timestamp())
        options.set(view.unit, noted, {**kept_mods, "sidebars_widgets": {"time": when, "data": former}})
    _place(view, {INACTIVE: standing(view.site)})


def move(view: View, widget_id: str, sidebar: str) -> None:
    """Puts a widget behind all others of a sidebar, and takes it out of any other; "": out of all
    (wp_assign_widget_to_sidebar)."""
    ids = standing(view.site)
    if sidebar == INACTIVE:
        _place(view, {INACTIVE: [*ids, widget_id]})
    else:
        others = [one for one in ids if one != widget_id]
        _place(view, {INACTIVE: others, **({sidebar: [widget_id]} if sidebar else {})})


def arrange(view: View, sidebar: str, wanted: Sequence[str]) -> None:
    """Has exactly these widgets stand in a sidebar, in this order, and in no other; what stood there and is not among
    them stands nowhere."""
    if sidebar == INACTIVE:
        _place(view, {INACTIVE: wanted})
    else:
        others = [one for one in standing(view.site) if one not in wanted]
        _place(view, {INACTIVE: others, sidebar: wanted})


def _place(view: View, places: Mapping[str, Sequence[str]]) -> None:
    kept_places = {name: list(placed) for name, placed in places.items()}
    options.set(view.unit, "sidebars_widgets", {**kept_places, "array_version": 3})


def _keep_all(view: View, kind: str, settings: Mapping[int, Mapping[str, Any]]) -> None:
    by_number = {str(number): dict(of_one) for number, of_one in settings.items()}
    options.set(view.unit, f"widget_{kind}", {**by_number, "_multiwidget": 1})


def _places(site: Site) -> dict[str, list[str]]:
    """The ids that each sidebar holds."""
    places = {}
    for sidebar, placed in _entries(site.option("sidebars_widgets", {})):
        if isinstance(placed, Mapping | list):  # array_version is a number
            places[sidebar] = [str(widget_id) for _, widget_id in _entries(placed)]
    return places


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """What an array of PHP's holds by its keys; anything else holds nothing."""
    if isinstance(value, Mapping):
        yield from ((str(key), inner) for key, inner in value.items())
    elif isinstance(value, list):
        yield from ((str(place), inner) for place, inner in enumerate(value))
