"""Showing a site in a theme: what has to be right, and what is kept of it."""

from __future__ import annotations

from wirepress.content import options
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.themes.theme import OPTION, REVISION, Theme
from wirepress.site.checking import Flaw, flaws
from wirepress.site.look import FAULT


class Activation:
    """Checks themes of a newsroom and has its site shown in one, for the command and for the administration."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def check(self, name: str) -> tuple[Theme, list[Flaw]]:
        """A theme as its folder has it now, and what is wrong with it.  Raises Invalid and NotFound."""
        theme, problems = self.newsroom.themes.read(name)
        return theme, flaws(theme, problems, self.newsroom.clock.monotonic)

    def ready(self, name: str) -> tuple[Theme, list[Flaw]]:
        """The same of a theme that is to be activated: without flaws it is kept, so that it is shown as it is now.

        Raises CannotWrite as well, where it cannot be kept.
        """
        theme, found = self.check(name)
        if found:
            return theme, found
        with self.newsroom.view() as view:
            named = str(view.site.option(REVISION)).partition(".")[0]
        kept, problems = self.newsroom.themes.keep(name, named)
        if kept.revision == theme.revision:
            return kept, []
        return kept, flaws(kept, problems, self.newsroom.clock.monotonic)  # somebody works on it

    @staticmethod
    def activate(view: View, theme: Theme) -> None:
        """Shows the site in a theme that is `ready`, at once and in every process, in a view that writes."""
        options.set(view.unit, OPTION, theme.name)
        options.set(view.unit, REVISION, f"{theme.revision}.{view.site.epoch}")
        options.delete(view.unit, FAULT)
