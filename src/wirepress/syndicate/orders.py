"""Orders: what somebody wants the worker to find out or to do about a source, and what became of it.

A web process places and reads them; `syndicate.carry` carries them out in the worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.order import OF_SOURCES, Order, OrderKind
from wirepress.model.wire import Source
from wirepress.store import orders as store
from wirepress.store import source_rows
from wirepress.store import sources as source_store
from wirepress.syndicate.sources import Deed, may
from wirepress.url.parse import is_address

MOST_OF_ONE: Final = 5
"""Orders of one user that are still open ..."""
MOST: Final = 40
"""... and of all."""
KEPT: Final = 24 * 3600
"""Seconds after which an order is removed."""


def discover(view: View, viewer: Viewer, address: str) -> Order:
    """Orders to find out what of an address could be a source.  Raises Invalid where it can be none."""
    url = address.strip()
    if "://" not in url:
        url = f"https://{url}"
    if len(url) > 2000 or not is_address(url):
        raise Invalid("no_address", "This is no address of a web page or a feed.")
    return _place(view, viewer, OrderKind.DISCOVER, 0, {"url": url})


def test(view: View, viewer: Viewer, source: Source) -> Order:
    """Orders to say what would come in of a source as it is configured here, kept or not."""
    return _place(view, viewer, OrderKind.TEST, source.id, {"source": source_rows.written(source)})


def run(view: View, viewer: Viewer, source_id: int) -> Order:
    """Orders a look at a source now; where one is ordered already, that one.  Raises NotFound for no source."""
    if not may(view, viewer, _deed(OrderKind.RUN)):
        raise Forbidden("no_access", "You may not do this.")
    if source_store.get(view.unit, source_id) is None:
        raise NotFound("no_source", "There is no such source.")
    before = store.of_source(view.unit, source_id, OrderKind.RUN)
    if before is not None and before.open:
        return before
    return _place(view, viewer, OrderKind.RUN, source_id, {})


def get(view: View, viewer: Viewer, order_id: int) -> Order:
    """An order.  Raises NotFound where there is none, or none that the viewer may see."""
    order = store.get(view.unit, order_id)
    if order is None or order.kind not in OF_SOURCES or not may(view, viewer, _deed(order.kind)):
        raise NotFound("no_order", "There is no such order any more; orders are kept for a day.")
    return order


def cancel(view: View, viewer: Viewer, order_id: int) -> bool:
    """Ends an order that is not wanted any more; whether it was still open."""
    order = get(view, viewer, order_id)
    return store.cancel(view.unit, order.id, int(view.now().timestamp()))


def source_of(order: Order) -> Source:
    """The source that a test was given, as it is configured there."""
    return source_rows.read(order.source, order.given["source"])


def latest(view: View, source_id: int, kind: OrderKind) -> Order | None:
    """The newest order of a kind for a source."""
    return store.of_source(view.unit, source_id, kind)


def _deed(kind: OrderKind) -> Deed:
    return "run" if kind is OrderKind.RUN else "change"


def _place(view: View, viewer: Viewer, kind: OrderKind, source_id: int, given: Mapping[str, Any]) -> Order:
    if not may(view, viewer, _deed(kind)):
        raise Forbidden("no_access", "You may not do this.")
    if store.opened(view.unit, viewer.id) >= MOST_OF_ONE or store.opened(view.unit) >= MOST:
        raise Conflict("too_many_orders", "Too much is under way already; wait until some of it is done.")
    now = int(view.now().timestamp())
    found = store.get(view.unit, store.place(view.unit, kind, viewer.id, source_id, given, now))
    assert found is not None
    return found
