"""What is done with menus: made, renamed, deleted; their entries typed anew, moved, added, taken out.

Every button of a menu keeps all that was typed in it: nothing is lost by a move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirepress.admin import lists, pages
from wirepress.admin.screens.menus import choices, tree
from wirepress.admin.screens.menus.items import Item, address_flaw, at_places, items_of, keep, places_of, typed
from wirepress.admin.screens.menus.screen import PATH, chosen, shown
from wirepress.admin.visit import Visit
from wirepress.content import terms
from wirepress.content.menus import classic, entries
from wirepress.content.menus.entries import Entry
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.term import Term
from wirepress.model.web import Response
from wirepress.render.entities import unescape_special

MOST_ENTRIES = 500
"""How many entries a menu of this screen has at most."""


def act(visit: Visit) -> Response:
    every = terms.all_of(visit.view, classic.TAXONOMY)
    menu = chosen(visit, every)
    if menu is None:
        return _create(visit, every)
    action = lists.action_of(visit)
    if action == "delete":
        classic.delete(visit.view, menu)
        return pages.towards(visit, PATH, deleted=1)
    items = typed(visit, items_of(visit, menu))
    errors = _flaws(visit, menu, action)
    if errors or any(item.errors for item in items):
        return shown(visit, every, menu, items, errors)
    return _saved(visit, every, menu, items, action)


def _flaws(visit: Visit, menu: Term, action: str) -> dict[str, str]:
    """What is wrong with what was typed beside the entries."""
    found = {}
    name = visit.sent.text("name", menu.name)
    if not terms.clean_name(name).strip():
        found["name"] = visit.say("A menu needs a name.")
    elif len(terms.clean_name(name)) > terms.LONGEST:
        found["name"] = visit.say("This is too long.")
    if action == "custom":
        if not visit.sent.text("new-title").strip():
            found["new-title"] = visit.say("A link of your own needs words.")
        if flaw := address_flaw(visit, visit.sent.text("new-url").strip()):
            found["new-url"] = flaw
    return found


def _create(visit: Visit, every: Sequence[Term]) -> Response:
    try:
        menu = classic.create(visit.view, visit.sent.text("name"))
    except (Conflict, Invalid) as error:
        return shown(visit, every, None, (), {"name": visit.why(error)})
    return pages.towards(visit, PATH, menu=menu.id, added=1)


def _saved(visit: Visit, every: Sequence[Term], menu: Term, items: list[Item], action: str) -> Response:
    """Keeps what was typed, with what a button does besides."""
    name = visit.sent.text("name", unescape_special(menu.name))
    if name.strip() != unescape_special(menu.name):
        try:
            classic.update(visit.view, menu, name=name, description=menu.description)
        except (Conflict, Invalid) as error:
            return shown(visit, every, menu, items, {"name": visit.why(error)})
    if "places-shown" in visit.sent:
        classic.place(visit.view, menu, visit.sent.texts("place"))
    own = next(iter(lists.rows_of(visit, "-")), 0)
    at = next((at for at, item in enumerate(items) if item.id == own), -1)
    done: dict[str, Any] = {"updated": 1}
    if action in tree.MOVES and at >= 0:
        items = at_places(items, tree.MOVES[action](places_of(items), at))
        done = {"moved": own}
    elif action == "remove" and at >= 0:
        entries.delete(visit.view, items[at].post)
        items = at_places(items, tree.without(places_of(items), at))
        done = {"deleted": 1}
    keep(visit, items)
    if action in ("add", "custom"):
        done = {"added": _added(visit, menu, len(items), action)}
    return pages.towards(visit, PATH, menu=menu.id, kind=visit.asked.text("kind"), **done)


def _added(visit: Visit, menu: Term, number: int, action: str) -> int:
    """Adds what was chosen, behind all others; how much that is."""
    if action == "custom":
        title, url = visit.sent.text("new-title").strip(), visit.sent.text("new-url").strip()
        wanted = [Entry(title=title, url=url)]
    else:
        chosen_ones = (choices.entry_of(visit, value) for value in visit.sent.texts("add"))
        wanted = [entry for entry in chosen_ones if entry is not None]
    wanted = wanted[: max(0, MOST_ENTRIES - number)]
    for position, entry in enumerate(wanted, number + 1):
        made = Entry(
            menu=menu.id, type=entry.type, object=entry.object, object_id=entry.object_id, title=entry.title,
            url=entry.url, position=position,
        )  # fmt: skip
        entries.save(visit.view, visit.viewer, made)
    return len(wanted)
