"""Themes: the one that the site wears."""

from __future__ import annotations

from wirepress.content.themes import customisations
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Json, item, own, to
from wirepress.wp.resources.themes.facts import described, stylesheet
from wirepress.wp.resources.themes.global_styles import styles_id
from wirepress.wp.resources.types import edits_any
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ROUTE = "/wp/v2/themes"
ITEM = r'/wp/v2/themes/(?P<stylesheet>[^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)'


def _seen(call: Call, active: bool) -> None:
    """Who may switch themes sees all, who may edit anything the active one."""
    if call.viewer.can("switch_themes") or call.viewer.can("manage_network_themes"):
        return
    if not active:
        call.refuse("rest_cannot_view_themes", "You may not see the themes.")
    if not edits_any(call):
        call.refuse("rest_cannot_view_active_theme", "You may not see the active theme.")


def _browse(call: Call) -> None:
    _seen(call, call.params.get("status") == ["active"])


def _read(call: Call) -> None:
    _seen(call, call.params.get("stylesheet") == stylesheet(call))


def _unstyled(call: Call) -> bool:
    """Whether there is no place yet for the site's own styles, and somebody asks who may change them: he finds one."""
    return not call.head and call.viewer.can("edit_theme_options") and not styles_id(call)


def _styles(call: Call) -> int:
    """Where the site's own styles are; made where there was none."""
    if call.view.unit.writing and _unstyled(call):
        return customisations.styles_made(call.view, call.viewer, stylesheet(call))
    return styles_id(call)


def _shown(call: Call, *, listed: bool) -> Json:
    name = stylesheet(call)
    exporting = ["GET"] if call.viewer.can("export") else []
    links = {
        "self": own(call, f"{ROUTE}/{name}"),
        "collection": to(call, ROUTE),
        "wp:user-global-styles": to(call, f"/wp/v2/global-styles/{_styles(call)}"),
        "wp:export-theme": to(call, "/wp-block-editor/v1/export", targetHints={"allow": exporting}),
    }
    return item(call, described(call), schema_of(ROUTE), links, listed=listed)


def browse(call: Call) -> Result:
    asked = call.params.get("status")
    active = not asked or "active" in asked
    result = Result(value=[_shown(call, listed=True)] if active and not call.head else [])
    result.headers |= {"X-WP-Total": int(active), "X-WP-TotalPages": 1}
    return result


def read(call: Call) -> Result:
    if call.params.get("stylesheet") != stylesheet(call):
        raise WireError("rest_theme_not_found", "There is no such theme.", 404)
    return Result(value=_shown(call, listed=False))


ANSWERS: Answers = {ROUTE: Answer(browse, _browse, alters=_unstyled), ITEM: Answer(read, _read, alters=_unstyled)}
