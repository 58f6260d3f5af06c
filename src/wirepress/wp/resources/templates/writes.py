"""What a write gives to a template (WP_REST_Templates_Controller::prepare_item_for_database)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError
from wirepress.wp.resources.themes.facts import AREAS


@dataclass(frozen=True, slots=True)
class Template:
    """A template or a part (`area`), of the theme or kept as a post: then `themed` says whether the theme has one of
    this name too, `origin` what the post was made from, `suggested` that the editor offered its name, `theme` whose it
    is."""

    slug: str
    title: str
    description: str
    content: str
    area: str = ""
    post: Post | None = None
    themed: bool = True
    origin: str = ""
    suggested: bool = False
    theme: str = ""


def changes_of(call: Call, template: Template | None) -> Changes:
    """The texts that were sent, and, where what the theme brings is kept from now on, its own for the others."""
    params = call.params
    themed = template if template is not None and template.post is None else None
    description = params.get("description")
    author = call.integer("author")
    if author and author != call.viewer.id and call.view.lookup.user(author) is None:
        raise WireError("rest_invalid_author", "There is no such user.", 400)
    return Changes(
        title=_text(params, "title", themed.title if themed else None),
        content=_text(params, "content", themed.content if themed else None),
        excerpt=str(description) if description is not None else themed.description if themed else None,
        author=author or None,
    )


def area_of(call: Call, post_type: str, template: Template | None) -> str:
    """The area that a part is given, "" where it stays as it is."""
    if post_type != "wp_template_part":
        return ""
    asked = call.params.get("area")
    if asked is None and template is not None:
        asked = template.area if template.post is None or not template.area else ""
        if not asked and template.area:
            return ""
    return str(asked) if any(area.area == asked for area in AREAS) else "uncategorized"


def _text(params: Any, name: str, otherwise: str | None) -> str | None:
    value = params.get(name)
    if value is None:
        return otherwise
    if isinstance(value, dict):  # an empty title in it counts as none, an empty content does not
        value = value.get("raw") or (None if name == "title" else value.get("raw"))
    return value if isinstance(value, str) else None
