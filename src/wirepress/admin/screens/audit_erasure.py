"""Erasing what is known of somebody from the log of changes: `admin.php?page=audit&erase=1&who=3`, or `ip=` an address.

The page shows what would go, and asks; what was done stays in the log, without them.
"""

from __future__ import annotations

from wirepress.admin import pages
from wirepress.admin.visit import Visit
from wirepress.content import audit
from wirepress.content.people.users import display_name
from wirepress.model.web import Response

HERE = "admin.php?page=audit"
SHOWN = 20


def address(visit: Visit, user: int, ip: str) -> str:
    """Where it is asked; "" where nobody is meant."""
    return visit.address(HERE, erase=1, who=user, ip=ip) if user > 0 or ip else ""


def show(visit: Visit) -> Response:
    """What is known of an account, or came from an address, and whether it shall go."""
    user, ip = max(visit.asked.number("who"), 0), visit.asked.text("ip").strip()
    known, number = audit.known_of(visit.view, user, ip, SHOWN)
    account = visit.view.lookup.user(user) if user else None
    name = visit.say("User %(id)s", id=user) if user else ""
    if account is not None:
        name = display_name(account)
    return pages.page(
        visit, "audit-erasure.html", visit.say("Erase from the log"), person=user, name=name, ip=ip, known=known,
        more=number - len(known), back=visit.address(HERE, who=user, ip=ip),
    )  # fmt: skip


def act(visit: Visit) -> Response:
    user, ip = max(visit.sent.number("who"), 0), visit.sent.text("ip").strip()
    if visit.sent.text("action") != "erase" or not (user or ip):
        return pages.towards(visit, HERE)
    audit.erase_person(visit.newsroom, visit.view, user, ip)
    return pages.towards(visit, HERE, erased=1)
