"""`nav-menus.php`: one menu with its entries, and what can be added to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wirepress.admin import pages
from wirepress.admin.screens.menus import choices, tree
from wirepress.admin.screens.menus.items import Item, items_of, places_of
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.menus import classic
from wirepress.model.errors import NotFound
from wirepress.model.term import Term
from wirepress.model.web import Response
from wirepress.render.entities import unescape_special

PATH = "nav-menus.php"
FIELDS = ("name", "new-url", "new-title")


def show(visit: Visit) -> Response:
    every = terms.all_of(visit.view, classic.TAXONOMY)
    menu = chosen(visit, every)
    return shown(visit, every, menu, items_of(visit, menu) if menu else [])


def chosen(visit: Visit, every: Sequence[Term]) -> Term | None:
    """The menu that is asked for, the first where none is; None where a new one is to be made.

    Raises NotFound for one that is not there.
    """
    if "menu" not in visit.asked:
        return every[0] if every else None
    number = visit.asked.number("menu")
    if not number:
        return None
    menu = next((menu for menu in every if menu.id == number), None)
    if menu is None:
        raise NotFound("no_menu", "There is no such menu.")
    return menu


def shown(
    visit: Visit, every: Sequence[Term], menu: Term | None, items: Sequence[Item],
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page; with `errors`, what was typed comes back with them."""
    typed = {name: visit.sent.text(name) for name in FIELDS}
    if errors is None:
        typed["name"] = unescape_special(menu.name) if menu else ""
    kind = choices.kind_of(visit)
    words = visit.asked.text("q").strip()
    known_places = classic.places(visit.site)
    wanted = {name for name, number in known_places.items() if menu and number == menu.id}
    page: dict[str, Any] = {
        "menus": [(one.id, unescape_special(one.name)) for one in every],
        "chosen": menu,
        "items": _rows(visit, items),
        "typed": typed,
        "errors": {**dict.fromkeys(FIELDS, ""), **(errors or {})},
        "refused": errors is not None,
        "kinds": [(name, label, _here(visit, menu, kind=name), name == kind) for name, label in choices.kinds(visit)],
        "kind": kind,
        "words": words,
        "found": choices.found(visit, kind, words) if menu else [],
        "here": _here(visit, menu, kind=visit.asked.text("kind")),
        "search_address": _here(visit, menu, kind=kind),
        "places": [(name, label, name in wanted) for name, label in _labelled(visit, known_places)],
        "moved": _moved(visit, items),
    }
    return pages.page(visit, "menus.html", visit.say("Menus"), status=400 if errors is not None else 200, **page)


def _labelled(visit: Visit, known: Iterable[str]) -> list[tuple[str, str]]:
    """The places that menus can be shown at, with the words of the theme for its own; `known` have one already."""
    ours = {
        "Head of the page": visit.say("Head of the page"),
        "Foot of the page": visit.say("Foot of the page"),
    }
    labels = {place: ours.get(label, label) for place, label in visit.site.theme.menus.items()}
    return [(name, labels.get(name, "")) for name in dict.fromkeys((*labels, *classic.PLACES, *known))]


def _here(visit: Visit, menu: Term | None, **variables: str) -> str:
    return visit.address(f"{PATH}?menu={menu.id if menu else 0}", **variables)


def _rows(visit: Visit, items: Sequence[Item]) -> list[dict[str, Any]]:
    """The items, each with the moves that it can make, in words."""
    places = places_of(items)
    names = {item.id: item.title or visit.say("(no title)") for item in items}
    parents = tree.parents_of(places)
    rows = []
    for at, item in enumerate(items):
        can = {name: move(places, at) != places for name, move in tree.MOVES.items()}
        name, above = names[item.id], names.get(parents[item.id], "")
        rows.append(
            {
                "item": item,
                "name": name,
                "above": above,
                "moves": [
                    ("up", "↑", visit.say("Move %(name)s up", name=name), can["up"]),
                    ("down", "↓", visit.say("Move %(name)s down", name=name), can["down"]),
                    ("under", "→", visit.say("Put %(name)s under the one before", name=name), can["under"]),
                    ("out", "←", visit.say("Take %(name)s out one level", name=name), can["out"]),
                ],
            }
        )
    return rows


def _moved(visit: Visit, items: Sequence[Item]) -> str:
    """Where an entry is now that has just been moved, for those who do not see it."""
    number = visit.asked.number("moved")
    at = next((at for at, item in enumerate(items) if item.id == number), -1)
    if at < 0:
        return ""
    above = tree.parents_of(places_of(items))[number]
    title = next((item.title for item in items if item.id == above), "")
    words = {"name": items[at].title, "number": at + 1, "total": len(items), "above": title}
    if above:
        return visit.say("%(name)s is number %(number)s of %(total)s, under %(above)s.", **words)
    return visit.say("%(name)s is number %(number)s of %(total)s.", **words)
