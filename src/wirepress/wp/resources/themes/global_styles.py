"""Global styles: what the theme sets, what the site's people have changed, and the revisions of that."""

from __future__ import annotations

from wirepress.content.posts import reading
from wirepress.content.themes import customisations
from wirepress.model.post import Post
from wirepress.render.titles import title
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Answer, Answers, Change, Json, item, own, to
from wirepress.wp.resources.themes.facts import stylesheet
from wirepress.wp.resources.themes.global_styles_writes import (
    REVISIONS,
    ROUTE,
    changed,
    revision,
    revisions,
    settings_of,
    update,
)
from wirepress.wp.resources.themes.styles import SETTINGS, STYLES
from wirepress.wp.resources.types import edits_any
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ITEM = r"/wp/v2/global-styles/(?P<id>[\/\d+]+)"
REVISION = r"/wp/v2/global-styles/(?P<parent>[\d]+)/revisions/(?P<id>[\d]+)"
THEME = r'/wp/v2/global-styles/themes/(?P<stylesheet>[^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)'
VARIATIONS = r"/wp/v2/global-styles/themes/(?P<stylesheet>[\/\s%\w\.\(\)\[\]\@_\-]+)/variations"
CHANGING = ("POST", "PUT", "PATCH")


class OwnStyles:
    """The id of the post that holds what the site's people have changed of the theme, asked for once."""

    def __init__(self) -> None:
        self._found: int | None = None

    def of(self, call: Call) -> int:
        if self._found is None:
            self._found = int(customisations.styles_of(call.view, stylesheet(call)))
        return self._found


def styles_id(call: Call) -> int:
    """The id of the post that holds what the site's people have changed of the theme, 0 when nothing was."""
    return call.fetched.of(OwnStyles).of(call)


def _post(call: Call, name: str = "id") -> Post:
    post = reading.get(call.view, call.integer(name), ("wp_global_styles",))
    if post is None:
        raise WireError("rest_global_styles_not_found", "There are no such styles.", 404)
    return post


def _read_rule(call: Call) -> None:
    post = _post(call)
    if call.params.get("context") == "edit" and not call.may("edit_post", post):
        call.refuse("rest_forbidden_context", "You may not edit these styles.")
    if not edits_any(call):
        call.refuse("rest_cannot_view", "You may not see these styles.")


def read(call: Call) -> Result:
    return _shown(call, _post(call))


def _shown(call: Call, post: Post) -> Result:
    kept = changed(post)
    value = {
        "id": post.id,
        "title": {"raw": post.title, "rendered": title(post.title)},
        "settings": settings_of(kept),
        "styles": kept.get("styles") or {},
    }
    route = f"{ROUTE}/{post.id}"
    changing = CHANGING if call.may("edit_post", post) else ()
    links: dict[str, list[dict[str, Json]]] = {
        "self": own(call, route, ("GET", *changing)),
        "about": to(call, "/wp/v2/types/wp_global_styles"),
        "version-history": to(call, f"{route}/revisions", count=post.revisions),
    }
    if post.revisions and post.last_revision:
        links["predecessor-version"] = to(call, f"{route}/revisions/{post.last_revision}", id=post.last_revision)
    links["wp:action-publish"] = to(call, route)
    if call.may("edit_css"):
        links["wp:action-edit-css"] = to(call, route)
    return Result(value=item(call, value, schema_of(ITEM), links, listed=False), call=call)


def _theme_rule(call: Call) -> None:
    if not (edits_any(call) or call.viewer.can("edit_theme_options")):
        call.refuse("rest_cannot_read_global_styles", "You may not see the theme's styles.")


def _of_theme(call: Call) -> str:
    name = str(call.params.get("stylesheet"))
    if name != stylesheet(call):
        raise WireError("rest_theme_not_found", "There is no such theme.", 404)
    return name


def theme(call: Call) -> Result:
    name = _of_theme(call)
    links = {"self": own(call, f"{ROUTE}/themes/{name}")}
    value = {"settings": SETTINGS, "styles": STYLES}
    return Result(value=item(call, value, schema_of(ITEM), links, listed=False))


def variations(call: Call) -> Result:
    """The theme comes in one style."""
    _of_theme(call)
    return Result(value=[])


def _revisions_rule(call: Call) -> None:
    post = reading.get(call.view, call.integer("parent"), ("wp_global_styles",))
    if post is None:
        raise WireError("rest_post_invalid_parent", "There are no such styles.", 404)
    if not call.may("edit_post", post):
        call.refuse("rest_cannot_read", "You may not see these revisions.")


def _update_rule(call: Call) -> None:
    if not call.may("edit_post", _post(call)):
        call.refuse("rest_cannot_edit", "You may not edit these styles.")


def _update(call: Call) -> Result:
    post = update(call, _post(call))
    return _shown(call.written("edit"), post)


ANSWERS: Answers = {
    ITEM: Answer(read, _read_rule, changes={"POST": Change(_update, _update_rule)}),
    REVISIONS: Answer(lambda call: revisions(call, _post(call, "parent")), _revisions_rule),
    REVISION: Answer(lambda call: revision(call, _post(call, "parent")), _revisions_rule),
    THEME: Answer(theme, _theme_rule),
    VARIATIONS: Answer(variations, _theme_rule),
}
