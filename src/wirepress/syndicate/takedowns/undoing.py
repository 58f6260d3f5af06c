"""Lifting a take-down, and erasing what is kept for that."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.stories.bands import traces_of
from wirepress.content.takedowns import contents, reading
from wirepress.model.errors import Conflict, NotFound
from wirepress.model.takedown import Barred, Takedown
from wirepress.model.wire import Origin
from wirepress.store import entries as entry_store
from wirepress.store import kept_origins, prints, sources
from wirepress.store import takedowns as store
from wirepress.syndicate import entries
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.stories import joining
from wirepress.syndicate.takedowns.bars import bar_of
from wirepress.syndicate.takedowns.making import reason_of

MOST_NEAR: Final = 1_000
"""Near copies of what was taken down that are looked at again once that is lifted."""


def existing(view: View, takedown_id: int) -> Takedown:
    """A take-down that stands.  Raises NotFound where there is none, Conflict where it was lifted."""
    found = store.get(view.unit, takedown_id)
    if found is None:
        raise NotFound("invalid_takedown", "There is no such take-down.")
    if not found.stands:
        raise Conflict("already_lifted", "This take-down was lifted already.")
    return found


def lift(view: View, viewer: Viewer, takedown_id: int, reason: str) -> Takedown:
    """Lifts a take-down: what is kept is put back as it was, and sources may bring the article again.

    Nothing is put back where the content was erased.  Raises Forbidden, Invalid without a reason, and what `existing`
    raises.
    """
    reading.require(view, viewer)
    reason = reason_of(reason)
    takedown = existing(view, takedown_id)
    known = store.remembered(view.unit, takedown.id)
    now = int(view.now().timestamp())
    store.lift(view.unit, takedown.id, now, viewer.id, reason)
    store.forget(view.unit, takedown.id)
    if takedown.restorable:
        rows = store.contents(view.unit, takedown.id)
        kept = store.files(view.unit, takedown.id)
        store.drop(view.unit, takedown.id)
        contents.put_files_back(view, takedown.folder, kept)
        contents.put_back(view, [row for row in rows if row[0] != "origin"])
        for kind, row in rows:
            if kind == "origin":
                _origin_back(view, kept_origins.read(row))
        prints.note_gone(view.unit, takedown.post, gone=False)
        joining.come_back(view, takedown.post)
    else:
        for one in prints.of_post(view.unit, takedown.post) if takedown.post else ():
            prints.forget(view.unit, one, traces_of(one.print))
    _let_in(view, known)
    if takedown.post:
        near = entry_store.near_copies_of(view.unit, takedown.post, MOST_NEAR)
        entries.look_again(view, near)
    view.unit.note("takedown.lift", "takedown", takedown.id, post=takedown.post, reason=reason)
    view.unit.raise_epoch()
    return replace(takedown, lifted=now, lifted_by=viewer.id, lift_reason=reason)


def _origin_back(view: View, origin: Origin) -> None:
    """Gives a post its origin again, in the row that the article has by now."""
    if sources.get(view.unit, origin.source) is None:
        return
    found = sources.find_origins(view.unit, origin.source, [origin.guid], [origin.url_key])
    ids = [one.id for one in found if not one.post]
    sources.save_origin(view.unit, replace(origin, id=origin.id if origin.id in ids else next(iter(ids), 0)))


def _let_in(view: View, known: Barred) -> None:
    """Forgets the entries that sources have brought of an article meanwhile, so that they may bring it."""
    for origin in kept_origins.barred(view.unit):
        met = {origin.url_key, url_key(origin.canonical)} & set(known.urls) or origin.content_hash in known.texts
        if met and not origin.post and bar_of(view.unit, origin) is None:
            sources.forget_origin(view.unit, origin.id)


def erase(view: View, viewer: Viewer, takedown_id: int) -> Takedown:
    """Erases for good what is kept for a lift; the take-down stands.

    Raises Forbidden, Conflict where nothing is kept, and what `existing` raises.
    """
    reading.require(view, viewer)
    takedown = existing(view, takedown_id)
    if not takedown.restorable:
        raise Conflict("nothing_kept", "Nothing is kept of this take-down that could be erased.")
    for file in store.files(view.unit, takedown.id):
        view.staged.spend(file.path, takedown.folder)
    store.drop(view.unit, takedown.id)
    now = int(view.now().timestamp())
    store.erase(view.unit, takedown.id, now)
    view.unit.note("takedown.erase", "takedown", takedown.id, post=takedown.post)
    return replace(takedown, erased=now, title="")
