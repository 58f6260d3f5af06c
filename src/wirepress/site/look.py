"""How the site looks: its theme, as the site's people have changed it, with its templates and files; kept while the
site stands as it is."""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError

from wirepress.content import customisations, options
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.site import Site
from wirepress.content.themes.catalog import newspaper
from wirepress.content.themes.customised import customised
from wirepress.content.themes.settings import merged, settings_of
from wirepress.content.themes.theme import Theme
from wirepress.model.errors import Unavailable
from wirepress.model.web import Response
from wirepress.site.assets import Assets
from wirepress.site.rendering import ENDING, environment, rendered

logger = logging.getLogger("wirepress.themes")

FAULT = "wirepress_hidden_theme_fault"
"""The option with the last error of a template, for `wirepress doctor`; no answer shows it, so it raises no epoch."""
_LONGEST = 500


@dataclass(frozen=True)
class Look:
    """A theme ready to be shown at a site whose address names the folder `root`."""

    theme: Theme
    root: str = ""
    palette: tuple[Mapping[str, Any], ...] = ()
    """The colours that the site's people have named for themselves."""

    @cached_property
    def assets(self) -> Assets:
        return Assets(self.theme, self.root, self.settings)

    @cached_property
    def templates(self) -> Environment:
        return environment(self.assets)

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The theme's settings (theme.json) as the block editor has them, with the palette of the site's people."""
        return merged(settings_of(self.theme), {"color": {"palette": {"custom": list(self.palette)}}})


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with a template of a theme."""

    theme: str
    revision: str
    template: str
    error: str


class Looks:
    """The looks of a newsroom's site: the one that it has, and the newspaper that stands in for it.  `renewed` is
    called where another comes, for who keeps what was made in the one before."""

    def __init__(self, newsroom: Newsroom, renewed: Callable[[], None] = lambda: None) -> None:
        self.newsroom = newsroom
        self.renewed = renewed
        self._lock = threading.Lock()
        self._kept: tuple[Site, tuple[str, str], Look] | None = None
        self._tags: set[str] = set()
        """What the kept one was made of: a page in it depends on that."""
        self._standby = Look(newspaper())
        self._known: set[Fault] = set()
        self._waiting: list[Fault] = []

    def of(self, view: View) -> Look:
        """The look of the site.  One statement tells what its people have changed, once while the site stands as it is
        (`View.site` is one an epoch); templates are read anew where something of all this has changed only."""
        kept = self._kept
        if kept is not None and kept[0] is view.site:
            view.unit.depends(self._tags)
            return kept[2]
        with view.unit.collecting() as tags:
            changed = customisations.global_styles(view), view.site.upload_url()
        root = urlsplit(view.site.home).path.rstrip("/")
        with self._lock:
            if kept is None or kept[1] != changed or kept[0].theme is not view.site.theme or kept[2].root != root:
                made = customised(view.site.theme, *changed)
                look = Look(made.theme, root, made.palette)
                self.renewed()
                self._known.clear()  # of a theme that was activated again, what still fails is noted again
            else:
                look = kept[2]
            if self._standby.root != root:
                self._standby = Look(newspaper(), root)
            self._tags, self._kept = tags, (view.site, changed, look)
        return look

    def are_known(self, view: View) -> bool:
        """Whether the look of the site as it stands was looked for already."""
        return self._kept is not None and self._kept[0] is view.site

    def file(self, view: View, path: str) -> Response | None:
        """The answer to the address of a file, of the look that stands in as well."""
        try:
            assets = self.of(view).assets
        except Exception:
            logger.exception("the style of the theme cannot be made, the newspaper's is shown")
            assets = self._standby.assets
        if not assets.has(path) and self._standby.assets.has(path):
            return self._standby.assets.answer(path)
        return assets.answer(path)

    def page(self, view: View, template: str, context: Mapping[str, Any]) -> str:
        """A page by a template of the theme, by the newspaper's where that fails; `context` is all but what the look
        itself adds.  The error is logged, and noted for the doctor."""
        look, clock = self.of(view), self.newsroom.clock.monotonic
        try:
            return rendered(look.templates, template, given(look, context), clock)
        except Exception as error:
            if look.theme == self._standby.theme and not look.palette:
                raise
            self._note(look, template, error)
        return rendered(self._standby.templates, template, given(self._standby, context), clock)

    def _note(self, look: Look, template: str, error: Exception) -> None:
        fault = Fault(look.theme.name, look.theme.revision, template, words(error))
        with self._lock:
            if fault in self._known or len(self._known) > 1000:
                return
            self._known.add(fault)
            self._waiting.append(fault)
        logger.error("the theme %s, %s: %s; the newspaper is shown", fault.theme, fault.template, fault.error)

    def settle(self) -> None:
        """Writes down the faults that pages had.  Raises Unavailable where nothing can be written now."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        if waiting:
            fault = waiting[-1]
            kept = {name: getattr(fault, name) for name in Fault.__slots__}
            try:
                with self.newsroom.write() as view:
                    kept["at"] = view.now().isoformat(timespec="seconds")
                    options.set(view.unit, FAULT, json.dumps(kept))
            except Unavailable:  # the next page that fails so is noted
                with self._lock:
                    self._known.difference_update(waiting)
                raise


def given(look: Look, context: Mapping[str, Any]) -> dict[str, Any]:
    """What a template is given: the context, with the address of the look's style in `site`."""
    site = {**context["site"], "stylesheet": look.assets.stylesheet}
    site["icon"] = site["icon"] or look.assets.icon
    return {**context, "site": site}


def words(error: Exception) -> str:
    """An error in one line, with where it is, as far as Jinja tells."""
    message = getattr(error, "message", None) or str(error) or type(error).__name__
    line = getattr(error, "lineno", None) or line_in(error)
    kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
    at = f" (line {line})" if line else ""
    return " ".join(f"{kind}{message}{at}".split())[:_LONGEST]


def line_in(error: Exception) -> int:
    """The line of a template in which an error was raised, 0 where that is not known."""
    lines = [
        line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename.endswith(ENDING)
    ]
    return lines[-1] if lines else 0


def last_fault(stored: Any, theme: Theme) -> str:
    """What the option says of this theme as it is; "" for nothing, or what is of another."""
    try:
        kept = json.loads(stored or "{}")
        if (kept["theme"], kept["revision"]) == (theme.name, theme.revision):
            return f"{kept['template']}: {kept['error']} ({kept['at']})"
    except (ValueError, KeyError, TypeError):
        return ""
    return ""
