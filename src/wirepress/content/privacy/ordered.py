"""Erasures that the administration orders: asked for by a confirmed request, carried out by the worker.

An order names the request, never the address: what is left of it afterwards says nothing of the person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final, get_args

from wirepress.content.carrying import carried
from wirepress.content.identity.permissions import may
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.privacy import erasing, requests
from wirepress.content.privacy.erasing import Comments, Report, Wish
from wirepress.content.privacy.requests import Kind, PersonalRequest, Status
from wirepress.content.privacy.subject import address_of, subject_of
from wirepress.model.audit import Actor
from wirepress.model.errors import Conflict, Forbidden, WirepressError
from wirepress.model.mail import Mail
from wirepress.model.order import Order, OrderKind
from wirepress.store import orders as store

logger = logging.getLogger("wirepress.privacy")

NEEDED: Final = {Kind.EXPORT: "export_others_personal_data", Kind.ERASE: "erase_others_personal_data"}
"""The capability that each kind of request asks of whoever handles it."""
COMMENTS: Final[tuple[Comments, ...]] = get_args(Comments)


def wish_of(comments: str, reassign: int) -> Wish:
    """What is to become of comments and posts, as a form says it; what it does not say is as usual."""
    return Wish(next((one for one in COMMENTS if one == comments), "anonymize"), max(reassign, 0))


def plan(view: View, request: PersonalRequest, wish: Wish) -> Report:
    """What the erasure that a request asks for would do.  Raises what `erasing.refuse` raises."""
    return erasing.plan(view, address_of(request.address), wish)


def order(view: View, viewer: Viewer, request_id: int, wish: Wish) -> None:
    """Orders an erasure.  Raises Forbidden, NotFound, Conflict for what is not confirmed or under way, and what
    `erasing.refuse` raises."""
    if not may(view, viewer, NEEDED[Kind.ERASE]):
        raise Forbidden("no_access", "You may not do this.")
    request = requests.get(view, request_id, Kind.ERASE)
    if request.status is not Status.CONFIRMED:
        raise Conflict("request_pending", "Nobody has confirmed this request yet.")
    last = newest(view, request_id)
    if last is not None and last.open:
        raise Conflict("erasure_under_way", "They are being erased already.")
    erasing.refuse(view, subject_of(view, address_of(request.address)), wish)
    given = {"request": request_id, "comments": wish.comments, "reassign": wish.reassign}
    store.place(view.unit, OrderKind.ERASE, viewer.id, 0, given, int(view.now().timestamp()))


def newest(view: View, request_id: int) -> Order | None:
    """The newest order for a request, while it is remembered."""
    found = store.of_kind(view.unit, OrderKind.ERASE, store.HISTORY)
    return next((one for one in found if one.given.get("request") == request_id), None)


def under_way(view: View) -> frozenset[int]:
    """The requests whose erasure is ordered and has not ended."""
    found = store.of_kind(view.unit, OrderKind.ERASE, store.HISTORY)
    return frozenset(int(one.given.get("request", 0)) for one in found if one.open)


def carry_out(newsroom: Newsroom, taken: Order, by: str, send: Callable[[Mail], None]) -> None:
    """Carries out an order that was taken under a name, and has the person told; what goes wrong is its result."""
    carried(newsroom, taken, by, lambda: _erase(newsroom, taken, send))


def _erase(newsroom: Newsroom, taken: Order, send: Callable[[Mail], None]) -> Mapping[str, Any]:
    number, wish = int(taken.given["request"]), wish_of(str(taken.given["comments"]), int(taken.given["reassign"]))
    with newsroom.view() as view:
        request = requests.get(view, number, Kind.ERASE)
        if request.status is not Status.CONFIRMED:
            raise Conflict("request_pending", "Nobody has confirmed this request yet.")
        mail = requests.fulfilled(view, request.address)
    actor = Actor("worker", taken.user)
    report = erasing.erase(newsroom, address_of(request.address), wish, actor, request=number)
    with newsroom.write(actor) as view:
        requests.keep_report(view, number, asdict(report))
    try:
        send(mail)
    except WirepressError as error:
        logger.warning("nobody could be told that they are erased (%s)", error.code)
    return {}
