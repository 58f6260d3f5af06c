"""The audit log: reading it, erasing persons from it, keeping it for as long as the site wants."""

from __future__ import annotations

from collections.abc import Iterator

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import Newsroom, View
from wirepress.model.audit import AuditQuery, Entry, Person
from wirepress.model.errors import Forbidden
from wirepress.store import audit as store

DAYS = "wirepress_audit_days"
"""The option that says for how many days entries are kept; 0: for good."""
USUAL_DAYS = 365
_AT_ONCE = 500


def may(view: View, viewer: Viewer) -> bool:
    """Whether a viewer may read the log."""
    return may_do(view, viewer, "manage_options")


def browse(view: View, viewer: Viewer, query: AuditQuery) -> tuple[list[Entry], int]:
    """A page of the log, newest first, and how many entries there are.  Raises Forbidden."""
    if not may(view, viewer):
        raise Forbidden("no_access", "You may not read the log.")
    return store.find(view.unit, query)


def get(view: View, entry_id: int) -> Entry | None:
    """An entry of the log."""
    return store.get(view.unit, entry_id)


def actions(view: View) -> list[str]:
    """The actions that the log holds, in the order of their names."""
    return store.actions(view.unit)


def whole(newsroom: Newsroom) -> Iterator[Entry]:
    """All entries, oldest first, read some at a time."""
    last = 0
    while True:
        with newsroom.view() as view:
            found = store.after(view.unit, last, _AT_ONCE)
        yield from found
        if not found:
            return
        last = found[-1].id


def known_of(view: View, user: int, ip: str, most: int) -> tuple[list[Person], int]:
    """What `erase_person` would erase, at most so much of it, and how much there is."""
    return store.persons(view.unit, user, ip, most)


def erase_person(newsroom: Newsroom, view: View, user: int = 0, ip: str = "") -> int:
    """Erases login, address and client of an account, or all that came from an address; how many rows that were.

    What was done stays in the log, under the number of the account.
    """
    erased = store.erase(view.unit, (user,) if user else (), ip)
    view.unit.note("person.erase", "user", user or "")
    newsroom.audit.begin_anew()
    return erased


def trim(view: View) -> int:
    """Removes what is older than the site wants to keep; how many entries that were."""
    days = view.site.number(DAYS, USUAL_DAYS)
    if days <= 0:
        return 0
    return store.trim(view.unit, int(view.now().timestamp()) - days * 86400)
