"""An order on a page: how far it is while it goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.admin import moments, pages
from wirepress.admin.live import MARK, Fragment
from wirepress.admin.screens.sources import words
from wirepress.admin.screens.sources.listing import HERE
from wirepress.admin.visit import Visit
from wirepress.model.moment import Stamp
from wirepress.model.order import Order, OrderKind, OrderState
from wirepress.model.wire import SourceKind
from wirepress.syndicate import orders, sources
from wirepress.url.parse import open_address


def live(visit: Visit) -> Fragment:
    """The panel of the order that is asked for, as it is now."""
    order = orders.get(visit.view, visit.viewer, visit.asked.number("order"))
    template = pages.environment(visit.language).get_template("sources/panel.html")
    html = template.render(visit=visit, panel=panel(visit, order))
    return Fragment(html, visit.viewer.id, ended=not order.open)


def panel(visit: Visit, order: Order) -> Mapping[str, Any]:
    """What the panel of an order shows."""
    facts = order.result if order.state is OrderState.DONE else order.progress
    total = facts.get("found", facts.get("total", 0))
    return {
        "order": order,
        "kind": order.kind.value,
        "open": order.open,
        "state": words.state(visit, order),
        "error": words.sentence(visit, order.error or str(facts.get("error", ""))),
        "address": open_address(str(facts.get("address", ""))),
        "done": facts.get("done", 0),
        "total": total,
        "counted": words.counted(visit, facts) if order.kind is OrderKind.RUN and facts else "",
        "reasons": words.reasons(visit, facts.get("reasons")),
        "events": visit.address(f"{HERE}&order={order.id}&{MARK}"),
        "again": visit.address(HERE, source=order.source, order=order.id),
        "action": visit.address(HERE),
        **_OF[order.kind](visit, order),
    }


def _found(visit: Visit, order: Order) -> Mapping[str, Any]:
    """What could be a source at an address."""
    candidates = []
    for number, one in enumerate(order.result.get("candidates", ())):
        known = sources.known(visit.view, one["url"])
        candidates.append(
            {
                **one,
                "url": open_address(one["url"]),
                "word": _word(visit, one),
                "title": one["title"] or open_address(one["url"]),
                "warning": words.sentence(visit, one["warning"]),
                "entries": [{**entry, "when": _when(visit, entry["date"])} for entry in one["entries"]],
                "href": visit.address(HERE, add=1, order=order.id, candidate=number + 1),
                "known": visit.address(HERE, source=known) if known else "",
            }
        )
    return {
        "candidates": candidates,
        "page": order.result.get("page", ""),
        "given": open_address(str(order.given.get("url", ""))),
        "over": visit.address(HERE, add=1),
    }


def _word(visit: Visit, one: Mapping[str, Any]) -> str:
    kind = SourceKind(one["kind"])
    if kind is SourceKind.FEED and one["wordpress"]:
        return visit.say("WordPress feed")
    return words.kind(visit, kind)


def _planned(visit: Visit, order: Order) -> Mapping[str, Any]:
    """What would come in of a source."""
    entries = order.result.get("entries", ())
    return {
        "entries": [
            {**entry, "badge": words.result(visit, entry), "when": _when(visit, entry.get("date", ""))}
            for entry in entries
        ],
        "title": order.result.get("title", ""),
        "licence": order.result.get("licence", ""),
        "warning": words.sentence(visit, order.result.get("warning", "")),
        "rights": visit.say(words.RIGHTS.get(order.result.get("rights", ""), "")),
        "comes": order.result.get("counts", {}).get("created", 0) + order.result.get("counts", {}).get("revised", 0),
    }


def _brought(visit: Visit, order: Order) -> Mapping[str, Any]:
    """What a look brought."""
    return {
        "entries": [entry_row(visit, entry) for entry in order.result.get("entries", ())],
        "notes": [words.sentence(visit, note) for note in (order.result or order.progress).get("notes", ())],
        "cut": order.result.get("cut", False),
    }


_OF = {OrderKind.DISCOVER: _found, OrderKind.TEST: _planned, OrderKind.RUN: _brought}


def entry_row(visit: Visit, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry that a look went through, with the post that it became."""
    post = entry.get("post", 0)
    return {
        **entry,
        "badge": words.result(visit, entry),
        "edit": visit.address(f"post.php?post={post}&action=edit") if post else "",
    }


def _when(visit: Visit, iso: str) -> str:
    return moments.full(visit, Stamp(iso[:19].replace("T", " "))) if len(iso) >= 19 else ""
