"""Links to the pages of a list (`paginate_links`, `add_query_arg`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlsplit

from wirepress.render.scene import Scene
from wirepress.render.urls import clean_url
from wirepress.url.query import encoded

Pairs = Sequence[tuple[str, str]]

_MOST_FIELDS = 200
_MOST_PAGES = 100_000
_EMPTY_END = re.compile(r"=(?=&|\Z)")


def asked(scene: Scene) -> tuple[str, list[tuple[str, str]]]:
    """The path that is answered, and the variables that it was asked with."""
    parts = urlsplit(scene.answer.address if scene.answer is not None else "/")
    try:
        return parts.path, parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return parts.path, []


def with_value(scene: Scene, name: str, value: str) -> str:
    """The address that is answered, with one variable set to another value."""
    path, variables = asked(scene)
    known = [pair for pair in variables if pair[0] != name]
    place = next((at for at, pair in enumerate(variables) if pair[0] == name), len(known))
    known.insert(min(place, len(known)), (name, value))
    return clean_url(f"{path}?{written(known)}")


def written(variables: Pairs) -> str:
    """Variables as a query; an empty value has no sign of equality."""
    text = "&".join(f"{encoded(name, safe='[]')}={encoded(value)}" for name, value in variables)
    return _EMPTY_END.sub("", text)


def links(current: int, total: int, around: int, url_of: Callable[[int], str]) -> str:
    """The numbers of a list's pages: the first, the last, and some around this one; "" for a list of one page."""
    total = min(total, _MOST_PAGES)
    if total < 2:
        return ""
    if around < 0:
        around = 2
    nearby = range(max(1, current - around), min(total, current + around) + 1)
    if around > total:
        nearby = range(1, total + 1)
    out: list[str] = []
    before = 0
    for number in sorted({1, total, *nearby}):
        if number > before + 1:
            out.append('<span class="page-numbers dots">&hellip;</span>')
        if number == current:
            out.append(f'<span aria-current="page" class="page-numbers current">{number:,}</span>')
        else:
            out.append(f'<a class="page-numbers" href="{url_of(number)}">{number:,}</a>')
        before = number
    return "\n".join(out)
