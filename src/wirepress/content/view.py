"""What one request or one piece of work sees and works with."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from wirepress.content.apart import Apart
from wirepress.content.lookup import SiteLookup
from wirepress.content.outside import Outside
from wirepress.content.rows import Rows
from wirepress.content.site import Site, site_of
from wirepress.model.mail import Mail
from wirepress.model.moment import Clock, Stamp, stamp
from wirepress.render.budget import WORK_IN_TURN, Budget
from wirepress.store import options as option_store
from wirepress.store.files import Files
from wirepress.store.staged import Staged
from wirepress.store.unit import Ids, Touched, Unit


class View:
    """A unit of the store and the site as that unit holds it.

    `staged` holds the files that get their names when the unit is committed, `mails` what is sent then.  `purse` is the
    work that rendering may take in a unit that writes, while others wait for their turn; None in one that reads.
    `apart` is where long texts are worked on; None where that is done here.  `outside` fetches files of other servers;
    None where nothing is fetched.
    """

    def __init__(
        self,
        unit: Unit,
        site: Site,
        clock: Clock,
        files: Files,
        staged: Staged,
        apart: Apart | None = None,
        outside: Outside | None = None,
    ) -> None:
        self.unit = unit
        self.clock = clock
        self.files = files
        self.staged = staged
        self.apart = apart
        self.outside = outside
        self.mails: list[Mail] = []
        self.purse = Budget(WORK_IN_TURN) if unit.writing else None
        self._rows = Rows(unit)
        self._begun = self.site = site
        unit.watch(self._reread)

    @cached_property
    def site(self) -> Site:
        """The site: the one that the view began with, until the unit writes options."""
        return site_of(option_store.all_of(self.unit), self._begun)

    @cached_property
    def lookup(self) -> SiteLookup:
        return SiteLookup(self.site, self._rows)

    def now(self) -> datetime:
        """The time of the content, in UTC."""
        return self.clock.now()

    def stamps(self) -> tuple[Stamp, Stamp]:
        """The time of the content as a local and a UTC stamp."""
        now = self.clock.now()
        return self.site.local_now(now), stamp(now)

    def _reread(self, what: Touched, _: Ids) -> None:
        if what == "option":
            for name in ("site", "lookup"):
                self.__dict__.pop(name, None)
