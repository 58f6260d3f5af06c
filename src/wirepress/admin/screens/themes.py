"""`themes.php`: the themes that the readers' site can have, the one that it has, and what is wrong with one.

`check=evening` looks at a theme as the command does: its theme.toml, templates with sample pages, files and colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wirepress.admin import pages
from wirepress.admin.visit import Menu, Screen, ThemeFlaw, Visit, needs
from wirepress.content.themes.theme import OPTION, Theme
from wirepress.model.errors import CannotWrite, Conflict, Invalid, NotFound, WirepressError
from wirepress.model.web import Response

HERE: Final = "themes.php"
_MOST_FLAWS: Final = 50


def show(visit: Visit) -> Response:
    checked = visit.asked.text("check")
    found = visit.ports.themes.check(checked)[1] if checked else ()
    return _page(visit, checked=checked, flaws=found)


def again(visit: Visit, error: WirepressError) -> Response:
    """The list, with why a theme is not shown."""
    return _page(visit, error=visit.why(error))


def _page(
    visit: Visit, *, checked: str = "", flaws: Sequence[ThemeFlaw] = (), error: str = "", status: int = 400
) -> Response:
    themes = visit.newsroom.themes
    chosen = visit.site.chosen_theme
    return pages.page(
        visit,
        "themes.html",
        visit.say("Themes"),
        status=status if error else 200,
        error=error,
        rows=[_row(visit, name) for name in themes.names()],
        flaw=chosen.flaw,
        changed=not chosen.flaw and themes.is_changed(chosen.theme.name, chosen.theme),
        checked=checked,
        flaws=[(flaw.place, flaw.message) for flaw in flaws[:_MOST_FLAWS]],
        more=max(0, len(flaws) - _MOST_FLAWS),
        here=visit.address(HERE),
        customises=visit.may("edit_theme_options"),
    )


def _row(visit: Visit, name: str) -> Mapping[str, Any]:
    themes = visit.newsroom.themes
    row = {
        "name": name,
        "active": name == str(visit.site.option(OPTION)),
        "own": themes.is_own(name),
        "check": visit.address(HERE, check=name),
    }
    try:
        theme, problems = themes.read(name)
    except (Invalid, NotFound) as error:
        return row | {"title": name, "broken": visit.why(error), "problems": 0, "schemes": ()}
    return row | {
        "title": theme.title,
        "version": theme.version,
        "author": theme.author,
        "description": theme.description,
        "broken": "",
        "problems": len(problems),
        "schemes": _drawn(theme),
    }


def _drawn(theme: Theme) -> Sequence[Mapping[str, Any]]:
    """What the picture of a theme is drawn with, for both schemes."""
    return [
        {
            "name": name,
            "at": 160 * place,
            "serif": theme.type.headings == "serif",
            **{one: getattr(colours, one) for one in ("paper", "tint", "ink", "soft", "rule", "accent")},
        }
        for place, (name, colours) in enumerate(theme.schemes)
    ]


def prepare(visit: Visit) -> Theme | Response | None:
    """Looks whether a theme can be shown, and keeps it as it is, while others may write."""
    if visit.sent.text("action") != "activate":
        return None
    name = visit.sent.text("theme")
    try:
        theme, found = visit.ports.themes.ready(name)
    except (Conflict, Invalid, NotFound) as error:
        return again(visit, error)
    except CannotWrite as error:
        said = visit.say(
            "It is not shown: no copy of it can be kept in the folder of themes. %(why)s", why=visit.why(error)
        )
        return _page(visit, error=said, status=503)
    if found:
        said = visit.say("%(name)s is not shown, since something is wrong with it.", name=theme.title)
        return _page(visit, checked=name, flaws=found, error=said)
    return theme


def act(visit: Visit) -> Response:
    if not isinstance(visit.prepared, Theme):
        raise Invalid("no_action", "Choose first what shall be done.")
    visit.ports.themes.activate(visit.view, visit.prepared)
    return pages.towards(visit, HERE, activated=1)


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {HERE: Menu("Themes", "settings", 79)} if visit.may("switch_themes") else {}


SCREENS = (
    Screen(path=HERE, show=show, act=act, again=again, prepare=prepare, may=needs("switch_themes"), menus=_menus),
)
