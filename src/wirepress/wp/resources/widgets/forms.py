"""The forms in which the settings of widgets are changed: fields under WordPress's names, labels of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from wirepress.content import terms
from wirepress.model.query import TermQuery
from wirepress.render.entities import escape_attribute, escape_html
from wirepress.wp.call import Call
from wirepress.wp.resources.widgets.settings import MEDIA, MOST_FEED_ITEMS, filled

Settings = Mapping[str, Any]
_MOST_MENUS = 1_000
_CHOSEN, _TICKED = " selected='selected'", " checked='checked'"


class Place(NamedTuple):
    """The form that is written: of which widget, and with what."""

    call: Call
    kind: str
    number: int
    settings: Settings

    def marks(self, name: str) -> str:
        """The id and name of a field."""
        return f'id="{self.id(name)}" name="widget-{self.kind}[{self.number}][{name}]"'

    def id(self, name: str) -> str:
        return f"widget-{self.kind}-{self.number}-{name}"

    def text(self, name: str, default: Any = "") -> str:
        """A setting as the value of a field."""
        value = self.settings.get(name, default)
        if isinstance(value, list):
            value = ",".join(map(str, value))
        if value is None or value is False:
            value = ""
        return escape_attribute("1" if value is True else str(value))


Input = Callable[[Place], str]


def form(call: Call, kind: str, number: int, settings: Settings) -> str:
    """The fields of a widget of a kind and number, as HTML."""
    if kind in MEDIA:
        place = Place(call, kind, number, filled(kind, settings))
        return "\n".join(_of_media(place, name) for name in MEDIA[kind])
    place = Place(call, kind, number, settings)
    return "\n".join(field(place) for field in _FIELDS[kind])


def _labelled(place: Place, name: str, label: str, field: str) -> str:
    return f'<p><label for="{place.id(name)}">{label}</label> {field}</p>'


def _line(name: str, label: str) -> Input:
    def shown(place: Place) -> str:
        field = f'<input class="widefat" {place.marks(name)} type="text" value="{place.text(name)}" />'
        return _labelled(place, name, label, field)

    return shown


def _number(name: str, label: str, default: int) -> Input:
    def shown(place: Place) -> str:
        value = place.text(name, default)
        field = f'<input class="tiny-text" {place.marks(name)} type="number" step="1" min="1" value="{value}" />'
        return _labelled(place, name, label, field)

    return shown


def _box(name: str, label: str) -> Input:
    def shown(place: Place) -> str:
        on = _TICKED if place.settings.get(name) else ""
        field = f'<input class="checkbox" type="checkbox" value="1"{on} {place.marks(name)} />'
        return f'<p>{field} <label for="{place.id(name)}">{label}</label></p>'

    return shown


def _choice(name: str, label: str, options: Callable[[Call], Iterable[tuple[str, str]]], default: str = "") -> Input:
    def shown(place: Place) -> str:
        chosen = str(place.settings.get(name, default))
        marks = [
            f'<option value="{escape_attribute(one)}"{_CHOSEN if one == chosen else ""}>{escape_html(words)}</option>'
            for one, words in options(place.call)
        ]
        return _labelled(place, name, label, f'<select class="widefat" {place.marks(name)}>{"".join(marks)}</select>')

    return shown


def _area(name: str, label: str) -> Input:
    def shown(place: Place) -> str:
        field = (
            f'<textarea {place.marks(name)} rows="6" cols="50" class="widefat code">{_within(place, name)}</textarea>'
        )
        return _labelled(place, name, label, field)

    return shown


def _within(place: Place, name: str) -> str:
    value = place.settings.get(name)
    return escape_html("" if value is None else str(value))


# ---- fields that a script of the editor fills in: it finds them by their classes


def _kept_line(name: str) -> Input:
    return lambda place: (
        f'<input {place.marks(name)} class="{name} sync-input" type="hidden" value="{place.text(name)}" />'
    )


def _kept_area(name: str) -> Input:
    return lambda place: (
        f'<textarea {place.marks(name)} class="{name} sync-input" hidden>{_within(place, name)}</textarea>'
    )


def _kept_flag(name: str, place: Place) -> str:
    """A flag of a text, which is edited visually unless it is said not to be; its paragraphs are made then."""
    value = "on" if place.settings.get("visual", True) else ""
    return f'<input {place.marks(name)} class="{name} sync-input" type="hidden" value="{value}" />'


def _of_media(place: Place, name: str) -> str:
    marks = f'type="hidden" data-property="{name}" class="media-widget-instance-property"'
    return f'<input {marks} {place.marks(name)} value="{place.text(name)}" />'


# ---- what there is to choose


def _orders(_: Call) -> Iterable[tuple[str, str]]:
    return (("post_title", "Title"), ("menu_order", "Order of the pages"), ("ID", "Number"))


def _counts(_: Call) -> Iterable[tuple[str, str]]:
    return ((str(number), str(number)) for number in range(1, MOST_FEED_ITEMS + 1))


def _taxonomies(call: Call) -> Iterable[tuple[str, str]]:
    kinds = call.site.registry.taxonomies
    return ((name, kind.label) for name, kind in kinds.items() if kind.show_ui)


def _menus(call: Call) -> Iterable[tuple[str, str]]:
    yield "0", "None"
    found = terms.browse(call.view, TermQuery(taxonomies=("nav_menu",), per_page=_MOST_MENUS))
    for menu in terms.items(call.view, found.ids):
        yield str(menu.id), menu.name


_TITLE = _line("title", "Title:")
_DROPDOWN, _WITH_COUNTS = _box("dropdown", "As a list to pick from"), _box("count", "With the number of posts")
_FIELDS: Mapping[str, tuple[Input, ...]] = {
    **dict.fromkeys(("calendar", "meta", "search"), (_TITLE,)),
    "pages": (_TITLE, _choice("sortby", "Sorted by:", _orders, "menu_order"),
              _line("exclude", "Leave out (numbers of pages, with commas):")),
    "archives": (_TITLE, _DROPDOWN, _WITH_COUNTS),
    "text": (_kept_line("title"), _kept_area("text"), partial(_kept_flag, "filter"), partial(_kept_flag, "visual")),
    "categories": (_TITLE, _DROPDOWN, _WITH_COUNTS, _box("hierarchical", "Below each other")),
    "recent-posts": (_TITLE, _number("number", "How many posts:", 5), _box("show_date", "With their dates")),
    "recent-comments": (_TITLE, _number("number", "How many comments:", 5)),
    "rss": (_line("url", "Address of the feed:"), _line("title", "Title, if it needs one of its own:"),
            _choice("items", "How many entries:", _counts, "10"), _box("show_summary", "With their summaries"),
            _box("show_author", "With their authors"), _box("show_date", "With their dates")),
    "tag_cloud": (_TITLE, _choice("taxonomy", "Taxonomy:", _taxonomies, "post_tag"), _WITH_COUNTS),
    "nav_menu": (_TITLE, _choice("nav_menu", "Menu:", _menus, "0")),
    "custom_html": (_kept_line("title"), _kept_area("content")),
    "block": (_area("content", "Markup of the blocks:"),),
}  # fmt: skip
