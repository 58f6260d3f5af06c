"""Which page of the sources an address means, and which form was sent."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.admin import pages
from wirepress.admin.screens.sources import listing, one, panel
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.model.web import Response
from wirepress.syndicate import orders, sources


def show(visit: Visit) -> Response:
    if visit.asked.number("source"):
        return one.show(visit)
    number = visit.asked.number("order")
    if number and (order := orders.get(visit.view, visit.viewer, number)).source:
        return pages.towards(visit, listing.HERE, source=order.source, order=order.id)
    if number or "add" in visit.asked:
        return one.show_new(visit)
    return listing.show(visit)


def act(visit: Visit) -> Response:
    action = visit.sent.text("action").partition(":")[0]
    if action == "discover":
        return one.discover(visit)
    if action in ("save", "test"):
        return one.act(visit)
    if action == "cancel":
        return one.cancel(visit)
    return listing.act(visit)


def _may(visit: Visit) -> bool:
    return sources.may(visit.view, visit.viewer, "look")


def _menus(visit: Visit) -> Mapping[str, Menu]:
    return {listing.HERE: Menu("Sources", "sources", 0)} if _may(visit) else {}


SCREENS = (Screen(path="admin.php", page="sources", show=show, act=act, may=_may, menus=_menus, live=panel.live),)
