"""A look or an import on its page: how far it is while it goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from wirepress.admin import files, moments, pages
from wirepress.admin.live import MARK, Fragment
from wirepress.admin.screens.imports import words
from wirepress.admin.screens.sources.words import gmt
from wirepress.admin.visit import Visit
from wirepress.content import imports
from wirepress.content.people.users import display_name
from wirepress.model.order import Order, OrderKind, OrderState

HERE = "admin.php?page=import"
_BY_STATUS = ("publish", "private", "future", "draft", "pending", "trash")


def live(visit: Visit) -> Fragment:
    """The panel of the order that is asked for, as it is now."""
    order = imports.get(visit.view, visit.viewer, visit.asked.number("order"))
    template = pages.environment(visit.language).get_template("imports/panel.html")
    html = template.render(visit=visit, panel=panel(visit, order))
    return Fragment(html, visit.viewer.id, ended=not order.open)


def panel(visit: Visit, order: Order) -> Mapping[str, Any]:
    """What the panel of an order shows."""
    looking = order.kind is OrderKind.PREVIEW
    shown = {
        "order": order,
        "looking": looking,
        "open": order.open,
        "title": words.title(visit, order),
        "state": words.state(visit, order),
        "error": visit.say(order.error) if order.error else "",
        "events": visit.address(f"{HERE}&order={order.id}&{MARK}"),
        "action": visit.address(HERE),
        "facts": _facts(visit, order),
    }
    return {**shown, **(_look(visit, order) if looking else _import(visit, order))}


def _facts(visit: Visit, order: Order) -> list[tuple[str, str]]:
    """Who, when, and how large."""
    say = visit.say
    user = visit.view.lookup.user(order.user) if order.user else None
    found = [(say("Ordered by"), display_name(user) if user else "")]
    if "by" in order.given:
        found = [(say("Ordered by"), say("Command line"))]
    found.append((say("Begun"), moments.full(visit, gmt(order.begun or order.placed))))
    if order.ended:
        found.append((say("Ended"), moments.full(visit, gmt(order.ended))))
    if order.given.get("size"):
        found.append((say("Size"), files.octets(visit, int(order.given["size"]))))
    return [(name, text) for name, text in found if text]


def _look(visit: Visit, order: Order) -> Mapping[str, Any]:
    found = order.result
    shown: dict[str, Any] = {
        "step": visit.say(words.LOOKS.get(str(order.progress.get("step", "")), "It begins in a moment.")),
        "installs": found.get("installs", ()),
        "found": None,
        "over": visit.address(HERE),
    }
    if "types" not in found:
        return shown
    shown["found"] = {
        "counts": _counts(visit, found),
        "aside": _aside(visit, found),
        "tables": _tables(visit, found),
        "name": unescape(found["site"]["blogname"]),
        "address": found["site"]["home"],
        "more": found["more"],
        "refused": found["refused"],
        "accounts": found["accounts"],
        "here": found["here"],
        "own_address": visit.site.home,
        "with_files": _with_files(visit, order),
        "there": _is_there(visit, order),
        "ready": imports.under_way(visit.view) is None,
    }
    return shown


def _counts(visit: Visit, found: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """How much there is of what has a place here: kind, number, and by statuses."""
    types, taxonomies = visit.site.registry.types, visit.site.registry.taxonomies
    own = [one for one in found["types"] if one["served"] and _is_wanted(one["name"], types[one["name"]].show_ui)]
    terms = [
        one for one in found["taxonomies"] if one["served"] and _is_wanted(one["name"], taxonomies[one["name"]].show_ui)
    ]
    counted = [
        *((visit.say(types[one["name"]].label), one["number"], _by_status(visit, one)) for one in own),
        (visit.say("Users"), found["users"], ""),
        (visit.say("Comments"), found["comments"], ""),
        *((visit.say(taxonomies[one["name"]].label), one["number"], "") for one in terms),
    ]
    rest = [one for one in (*found["types"], *found["taxonomies"]) if one["served"] and one not in (*own, *terms)]
    if rest:
        counted.append((visit.say("Revisions, menus and the like"), sum(one["number"] for one in rest), ""))
    return counted


def _is_wanted(name: str, shown: bool) -> bool:
    """Whether a type or taxonomy is one that people know: not what WordPress uses to keep something else in."""
    return shown and not name.startswith("wp_") and name != "nav_menu"


def _aside(visit: Visit, found: Mapping[str, Any]) -> list[str]:
    """What is kept and shown by nothing here."""
    types = [
        f"{visit.say('Posts of the type “%(name)s”', name=one['name'])}: {one['number']}"
        for one in found["types"]
        if not one["served"]
    ]
    return types + [
        f"{visit.say('Terms of “%(name)s”', name=one['name'])}: {one['number']}"
        for one in found["taxonomies"]
        if not one["served"]
    ]


def _tables(visit: Visit, found: Mapping[str, Any]) -> list[str]:
    count = visit.language.count
    return [
        count("%(name)s: %(count)s row", "%(name)s: %(count)s rows", one["number"], name=one["name"])
        for one in found["others"]
    ]


def _with_files(visit: Visit, order: Order) -> bool:
    return any(one.with_files for one in visit.imports.databases if one.name == order.given.get("database"))


def _by_status(visit: Visit, one: Mapping[str, Any]) -> str:
    """How many are published, drafts and so on; nothing where all are of one status."""
    labels = {status.name: status.label for status in visit.site.registry.statuses.values()}
    found = [(labels[name], one["statuses"][name]) for name in _BY_STATUS if one["statuses"].get(name)]
    return ", ".join(f"{visit.say(label)}: {number}" for label, number in found) if len(found) > 1 else ""


def _import(visit: Visit, order: Order) -> Mapping[str, Any]:
    result = order.result
    goes_on = order.state in (OrderState.FAILED, OrderState.CANCELLED) and _is_there(visit, order)
    steps = words.steps(visit, order.progress, files=_with_files(visit, order))
    return {
        "steps": steps,
        "now": next((step for step in steps if step["state"] == "now"), None),
        "summary": words.summary(visit, order),
        "came": words.came(visit, result),
        "remarks": [
            (title, [words.remark(visit, one) for one in result.get(name, ())], result.get(f"{name}_more", 0))
            for name, title in (
                ("noticed", visit.say("What readers will notice")),
                ("left_out", visit.say("Left out")),
                ("noted", visit.say("Came, but not as it stood there")),
                ("kept", visit.say("Kept whole, though nothing here shows it yet")),
            )
        ],
        "goes_on": goes_on and imports.under_way(visit.view) is None,
        "keep_address": bool(order.given.get("keep_address")),
        "posts": visit.address("edit.php"),
        "over": visit.address(HERE),
    }


def _is_there(visit: Visit, order: Order) -> bool:
    """Whether what an order speaks of can be asked for once more."""
    if "file" in order.given:
        held = visit.imports.files
        return held is not None and held.is_there(str(order.given["file"]))
    return order.given.get("database") in {one.name for one in visit.imports.databases}
