"""What is decided about articles that wait: one, or those that are checked in the list."""

from __future__ import annotations

from collections.abc import Callable

from wirepress.admin import forms, lists, pages
from wirepress.admin.screens.review import words
from wirepress.admin.screens.review.words import HERE
from wirepress.admin.visit import Visit
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.web import Response
from wirepress.syndicate import entries, merging


def act(visit: Visit) -> Response:
    name = lists.action_of(visit)
    if name == "keys":
        return _switch(visit)
    if name == "bulk":
        name = visit.sent.text("bulk-action")
    if name not in DONE:
        raise Invalid("no_action", "Choose first what shall be done.")
    if "list" in visit.sent:
        return _several(visit, name)
    return _one(visit, name)


def accept(visit: Visit, post: int) -> None:
    entries.accept(visit.view, visit.viewer, entries.entry_of_held(visit.view, post))


def reject(visit: Visit, post: int) -> None:
    record = entries.entry_of_held(visit.view, post)
    entries.reject(visit.view, visit.viewer, record, visit.sent.text("reason"))


def merge(visit: Visit, post: int) -> None:
    """Merges an article into the story of the post that is named, else of the one that it resembles."""
    record = entries.entry_of_held(visit.view, post)
    merging.merge(visit.view, visit.viewer, record, 0 if "list" in visit.sent else _named(visit))


def _named(visit: Visit) -> int:
    """The number of the post that is named, "#123" too; 0 for none.  Raises Invalid for what is no number: it would be
    merged into another post than is meant."""
    said = visit.sent.text("into").strip()
    number = forms.number_of(said.removeprefix("#"), 0)
    if said and not number:
        raise Invalid("invalid_post", "There is no such post.")
    return number


VERBS: dict[str, Callable[[Visit, int], None]] = {"accept": accept, "reject": reject, "merge": merge}
DONE = {"accept": "accepted", "reject": "rejected", "merge": "joined"}
"""What is done, and the variable of the address that says so."""


def _one(visit: Visit, name: str) -> Response:
    """Decides about one article, and shows the next that waits: the one behind it, else the first."""
    post, source = visit.sent.number("post"), words.asked_source(visit)
    behind = entries.place_of_held(visit.view, post, source).behind
    VERBS[name](visit, post)
    return pages.towards(visit, HERE, post=behind, source=source, **{DONE[name]: 1})


def _several(visit: Visit, name: str) -> Response:
    """Decides about those that are checked, as far as the user may and nobody else has decided or works on them."""
    done = skipped = 0
    for post in lists.rows_of(visit, "post"):
        try:
            VERBS[name](visit, post)
            done += 1
        except (Conflict, Forbidden, Invalid, NotFound):
            skipped += 1
    given = {DONE[name]: done} if done or skipped else {"unchosen": 1}
    return pages.towards(visit, HERE, list=1, source=words.asked_source(visit), **given, skipped=skipped)


def _switch(visit: Visit) -> Response:
    """Switches the keys on or off, for this user."""
    value = "off" if visit.sent.text("keys") == "off" else "on"
    users.update(visit.view, visit.viewer.id, UserChanges(meta={words.KEYS: [value]}))
    post, source = visit.sent.number("post"), words.asked_source(visit)
    return pages.towards(visit, HERE, post=post, source=source)
