"""The newsroom: a database, a clock, files and the site that they hold, composed once by the app."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from typing import Any

from wirepress.content.apart import LONG, Apart
from wirepress.content.hub import note_news
from wirepress.content.outside import Outside
from wirepress.content.registry.core import CORE
from wirepress.content.rendering import (
    AT_ONCE,
    LONG_ONES,
    ONE_AT_A_TIME,
    keep_apart,
    made_apart,
    mark,
    refresh_spoiled,
)
from wirepress.content.site import Site, site_of
from wirepress.content.themes.catalog import Themes
from wirepress.content.view import View
from wirepress.model.audit import Actor
from wirepress.model.errors import OutcomeUnknown, Unavailable
from wirepress.model.mail import Mail
from wirepress.model.moment import Clock
from wirepress.model.registry import Registry
from wirepress.store import options as option_store
from wirepress.store import posts as post_store
from wirepress.store import state
from wirepress.store.audit import Audit
from wirepress.store.database import Database, Unit
from wirepress.store.files import Files
from wirepress.store.staged import Staged

__all__ = ["Newsroom", "View"]

logger = logging.getLogger("wirepress.newsroom")

_TOGETHER = 10
"""How many posts are rendered between two writes that keep them."""
_TRIES = 3
"""How often that is tried where others change what the renderings looked at meanwhile."""


class Newsroom:
    """Gives views; the site is made anew only when the epoch has moved.

    `audit` writes down what is changed; its `actor` is who changes where a write names nobody.  `post` takes the mails
    that a write leads to, at once and without an error; without one nobody is told anything.  `apart` is the process
    for long texts; without one they are worked on here.  `outside` fetches for a request; without one nothing does.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        files: Files,
        *,
        address: str = "",
        registry: Registry = CORE,
        hardened: bool = False,
        themes: Themes | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.files = files
        self.address = address
        self.registry = registry
        self.hardened = hardened
        self.themes = themes or Themes()
        self.audit = Audit(lambda: self.clock)
        database.audit = self.audit
        self.post: Callable[[Sequence[Mail]], None] | None = None
        self.apart: Apart | None = None
        self.outside: Outside | None = None
        self._lock = threading.Lock()
        self._kept: tuple[int | None, Site] | None = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """A view to read with.

        The hint is taken before the snapshot: a commit between the two gives newer rows with the site of a moment
        ago, and the next view sees both.
        """
        hint = self.database.hint()
        with self.database.read() as unit:
            yield self._view(unit, self._site(unit, hint))

    @contextmanager
    def write(self, actor: Actor | None = None) -> Iterator[View]:
        """A view to write with: everything in it is kept together, or nothing when it raises.

        `actor` is who changes something, for the audit log.

        What it has spoiled of the renderings of other posts, and what took too long to be rendered in it, is made
        after the commit, while others may write.
        """
        staged = Staged(self.files)
        left: tuple[int, ...] = ()
        try:
            with self.database.write() as unit:
                unit.actor = actor
                view = self._view(unit, self._read_site(unit), staged)
                yield view
                refresh_spoiled(view)
                note_news(view)
                left = tuple(unit.spoiled)
        except OutcomeUnknown:
            staged.leave()
            raise
        except BaseException:
            staged.drop()
            raise
        try:
            staged.settle()
        except OSError as error:  # the rows are committed: the worker gives the files their names (`store.sweep`)
            logger.error("files wait for their names: %s", error)
        if view.mails and self.post is not None:
            self.post(view.mails)
        if left:
            self.render_apart(left[:AT_ONCE])

    def render_old(self, limit: int = AT_ONCE) -> int:
        """Renders some posts that have no rendering that holds for the site as it is; how many.  For a worker with
        time."""
        with self.view() as view:
            ids = post_store.rendered_otherwise(view.unit, mark(view.site), limit)
        return self.render_apart(ids)

    def render_apart(self, ids: Sequence[int]) -> int:
        """Renders posts while anybody may write, a few at a time, and keeps what holds; how many were looked after.

        Nothing is raised and nothing is lost where that fails: who reads makes it for themselves, and the worker tries
        again.
        """
        done = 0
        try:
            for start in range(0, len(ids), _TOGETHER):
                some = ids[start : start + _TOGETHER]
                done += len(some) * any(self._rendered_apart(some) for _ in range(_TRIES))
        except Unavailable as error:
            logger.warning("renderings wait: %s", error.message)
        return done

    def _rendered_apart(self, ids: Sequence[int]) -> bool:
        with self._turn(ids), self.view() as view:
            made = made_apart(view, ids)
        if not made.renderings:
            return True
        with self.database.write() as unit:
            return keep_apart(unit, made)

    def _turn(self, ids: Sequence[int]) -> AbstractContextManager[Any]:
        """What is held while these posts are rendered: long texts do not keep others waiting."""
        if self.apart is None:
            return ONE_AT_A_TIME
        with self.view() as view:
            are_long = post_store.longest(view.unit, ids) >= LONG
        return LONG_ONES if are_long else ONE_AT_A_TIME

    def known_site(self) -> Site:
        """The site as it was when it was last looked at; this asks the database only where nobody has yet."""
        if self._kept is None:
            with self.view() as view:
                return view.site
        return self._kept[1]

    def epoch(self) -> int:
        """The epoch as it stands."""
        with self.view() as view:
            return view.site.epoch

    def _view(self, unit: Unit, site: Site, staged: Staged | None = None) -> View:
        return View(unit, site, self.clock, self.files, staged or Staged(self.files), self.apart, self.outside)

    def _site(self, unit: Unit, hint: int | None) -> Site:
        kept = self._kept
        if kept is not None and hint is not None and kept[0] == hint:
            return kept[1]
        counters = state.both(unit)
        # Where somebody has written since the hint was taken, this is newer than it: another view of the same hint may
        # hold older rows.
        is_current = hint is None or hint == self.database.hint()
        if kept is not None and counters[0] == kept[1].epoch:
            if is_current:
                self._kept = (hint, kept[1])
            return kept[1]
        with self._lock:
            site = self._read_site(unit, counters)
            if self._kept is None or site.epoch >= self._kept[1].epoch:
                self._kept = (hint if is_current else None, site)
            return site

    def _read_site(self, unit: Unit, counters: tuple[int, int] | None = None) -> Site:
        """The site as a unit holds it; `counters` are its epoch and shared version, where they are known.  Options
        raise the latter whenever they change."""
        epoch, shared_version = counters or state.both(unit)
        kept = self._kept
        if kept is not None and kept[1].shared_version == shared_version:
            site = copy(kept[1])  # with everything that was worked out of the options
            object.__setattr__(site, "epoch", epoch)
            return site
        bare = Site({}, self.registry, self.address, epoch, shared_version, self.hardened, themes=self.themes)
        return site_of(option_store.all_of(unit), bare)
