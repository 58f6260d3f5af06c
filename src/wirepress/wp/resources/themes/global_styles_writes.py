"""Changing global styles, and the revisions that show what they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.store import posts as store
from wirepress.wp import headers, json
from wirepress.wp.call import Call
from wirepress.wp.dates import written
from wirepress.wp.errors import WireError
from wirepress.wp.resources.answers import Json, item, to
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

ROUTE = "/wp/v2/global-styles"
REVISIONS = r"/wp/v2/global-styles/(?P<parent>[\d]+)/revisions"
VERSION = 3
"""Of theme.json."""
PRESETS = (
    ("dimensions", "aspectRatios"), ("color", "palette"), ("color", "gradients"), ("color", "duotone"),
    ("spacing", "spacingSizes"), ("typography", "fontSizes"), ("typography", "fontFamilies"), ("shadow", "presets"),
    ("border", "radiusSizes"),
)  # fmt: skip
"""Where settings hold lists to choose from, which are told apart by who made them."""
_PARTS = ("styles", "settings")
_END_OF_STYLE = re.compile(r"</(?:s(?:t(?:y(?:l(?:e(?:[\s/>]|\Z)|\Z)|\Z)|\Z)|\Z)|\Z)", re.IGNORECASE)


def changed(post: Post) -> dict[str, Any]:
    """What the post holds (theme.json in words); anything else is nothing."""
    try:
        kept = json.load(post.content)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) and kept.get("isGlobalStylesUserThemeJSON") else {}


def settings_of(kept: Mapping[str, Any]) -> Any:
    """The settings, those of single blocks too, with each list under the name of who made it: the site's people
    (WP_Theme_JSON::__construct with the origin "custom")."""
    settings = kept.get("settings") or {}
    if not isinstance(settings, dict):
        return settings
    settings = _by_maker(settings)
    blocks = settings.get("blocks")
    if isinstance(blocks, dict):
        told = {name: _by_maker(inner) if isinstance(inner, dict) else inner for name, inner in blocks.items()}
        settings = {**settings, "blocks": told}
    return settings


def _by_maker(settings: dict[str, Any]) -> dict[str, Any]:
    told = dict(settings)
    for group, name in PRESETS:
        inner = told.get(group)
        if isinstance(inner, dict) and (isinstance(inner.get(name), list) or inner.get(name) == {}):
            told[group] = {**inner, name: {"custom": list(inner[name])}}
    return told


def update(call: Call, post: Post) -> Post:
    """Keeps the settings and styles that were sent; what was not sent stays."""
    params, before = call.params, changed(post)
    title = params.get("title")
    if isinstance(title, dict):
        title = title.get("raw") or None
    content = None
    if params.get("styles") is not None or params.get("settings") is not None:
        parts = {name: params[name] if params.get(name) is not None else before.get(name) for name in _PARTS}
        _refuse_markup(parts["styles"])
        kept = {name: part for name, part in parts.items() if part is not None}
        content = json.dump({**kept, "isGlobalStylesUserThemeJSON": True, "version": VERSION}).decode()
    changes = Changes(title=title if isinstance(title, str) else None, content=content)
    return publishing.update(call.view, call.viewer, post.id, changes)


def _refuse_markup(styles: Any) -> None:
    """CSS stands in a style element, which it must not be able to end (validate_custom_css)."""
    css = styles.get("css") if isinstance(styles, Mapping) else None
    if isinstance(css, str) and _END_OF_STYLE.search(css):
        raise WireError("rest_custom_css_illegal_markup", "CSS cannot hold the end of a style element.", 400)


# ---- revisions


def revisions(call: Call, post: Post) -> Result:
    """A page of what the styles were, newest first."""
    ids = store.revisions(call.view.unit, post.id)
    size, number = call.integer("per_page"), call.page
    offset = call.integer("offset")
    first = offset or (number - 1) * (size or len(ids))
    if offset and 0 < len(ids) <= offset:
        raise WireError("rest_revision_invalid_offset_number", "There are not that many revisions.", 400)
    if ids and first >= len(ids):
        raise WireError("rest_revision_invalid_page_number", "There are not that many pages.", 400)
    found = store.load(call.view.unit, ids[first : first + size] if size else ids[first:])
    shown = [_shown(call, post, found[i], listed=True) for i in ids if i in found]
    result = Result(value=[] if call.head else shown)
    headers.paging(call, result, f"{ROUTE}/{post.id}/revisions", len(ids), size or max(1, len(ids)), number)
    return result


def revision(call: Call, post: Post) -> Result:
    """One of them."""
    found = reading.get(call.view, call.integer("id"), ("revision",))
    if found is None:
        raise WireError("rest_post_invalid_id", "There is no such revision.", 404)
    if found.parent != post.id:
        raise WireError("rest_revision_parent_id_mismatch", "This is a revision of something else.", 404)
    return Result(value=_shown(call, post, found, listed=False))


def _shown(call: Call, post: Post, found: Post, *, listed: bool) -> Json:
    kept = changed(found)
    value: dict[str, Any] = {}
    if kept.get("styles") or kept.get("settings"):
        value = {"settings": settings_of(kept), "styles": kept.get("styles") or {}}
    value |= {
        "author": found.author,
        "date": written(found.date),
        "date_gmt": written(found.date_gmt),
        "id": found.id,
        "modified": written(found.modified),
        "modified_gmt": written(found.modified_gmt),
        "parent": found.parent,
    }
    return item(call, value, schema_of(REVISIONS), {"parent": to(call, f"{ROUTE}/{post.id}")}, listed=listed)
