"""What creating, changing and deleting templates does (WP_REST_Templates_Controller)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content import customisations
from wirepress.content.posts import publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.render.values import to_boolean
from wirepress.wp.call import Call
from wirepress.wp.declaration import Verbs
from wirepress.wp.errors import WireError
from wirepress.wp.resources.templates.template import PART, Template, find, kept_of
from wirepress.wp.resources.themes.facts import AREAS, stylesheet

# ---- what fields give to the changes


def content_of(_: Call, value: Any, __: Template | None) -> str | None:
    """A text that was sent as it is, or as its `raw`."""
    raw = value.get("raw") if isinstance(value, dict) else value
    if isinstance(raw, str):
        return raw
    return None


def title_of(call: Call, value: Any, template: Template | None) -> str | None:
    """As a content; an empty title in an object counts as none."""
    text = content_of(call, value, template)
    if isinstance(value, dict):
        return text or None
    return text


def author_of(call: Call, value: int, template: Template | None) -> int | None:
    """The author that was sent.  Raises where there is no such user, unless the template is only taken back."""
    if not value or (template is not None and _taken_back(call)):
        return None
    if value != call.viewer.id and call.view.lookup.user(value) is None:
        raise WireError("rest_invalid_author", "There is no such user.", 400)
    return value


def suggestion_of(_: Call, value: Any, __: Template | None) -> dict[str, list[str]]:
    """The meta value that says that the editor has offered the name of a template."""
    return {"is_wp_suggestion": ["1"] if to_boolean(value) else []}


def _area(call: Call, post_type: str, template: Template | None) -> str:
    """The area that a part is given, "" where it stays as it is."""
    asked = call.params.get("area")
    if post_type != PART:
        return ""
    if asked is None and template is not None:
        return "" if template.kept else template.area
    if asked in {area.area for area in AREAS}:
        return str(asked)
    return "uncategorized"


# ---- verbs


def verbs_of(post_type: str) -> Verbs[Template]:
    """The verbs of the templates of a type."""
    return Verbs(Changes, partial(_create, post_type), _update, _delete, context=_context)


def _context(call: Call) -> str:
    """A new template is shown in the context that was asked for, one that was changed or deleted as it is edited."""
    return "edit" if "id" in call.params else call.context


def _create(post_type: str, call: Call, changes: Changes) -> Template:
    theme, area = str(call.params.get("theme") or stylesheet(call)), _area(call, post_type, None)
    post = customisations.keep_template(call.view, call.viewer, post_type, theme, changes, area=area)
    return _kept_as(call, post_type, stylesheet(call), post)


def _update(call: Call, template: Template, changes: Changes) -> Template:
    """What is a file of the theme is kept as a post from then on, and `source: theme` takes it back."""
    if _taken_back(call):
        if template.kept:
            trash.delete(call.view, template.post.id)
        return find(template.type, call)
    area = _area(call, template.type, template)
    if template.kept:
        assigned = None
        if area:
            assigned = customisations.area_terms(call.view, area)
        changes = replace(changes, slug=None, terms=assigned, status="publish")
        post = publishing.update(call.view, call.viewer, template.post.id, changes)
    else:
        changes = replace(changes, slug=template.slug, **_texts_of_file(call, template.post))
        post = customisations.keep_template(
            call.view, call.viewer, template.type, template.theme, changes, area=area, origin="theme"
        )  # fmt: skip
    return _kept_as(call, template.type, template.theme, post)


def _taken_back(call: Call) -> bool:
    """Whether the theme's own file is to show again."""
    return bool(call.params.get("source") == "theme")


def _texts_of_file(call: Call, post: Post) -> dict[str, Any]:
    """The texts of a file of the theme that nothing was sent in the place of."""
    texts = (("title", "title"), ("content", "content"), ("description", "excerpt"))
    return {attribute: getattr(post, attribute) for name, attribute in texts if call.params.get(name) is None}


def _kept_as(call: Call, post_type: str, theme: str, post: Post) -> Template:
    """The template that a post is, as it is now."""
    found = next((template for template in kept_of(call, post_type, theme) if template.post.id == post.id), None)
    if found is None:
        raise WireError("rest_template_insert_error", "The template is not one of this theme.", 400)
    return found


def _delete(call: Call, template: Template) -> Template | None:
    """Deletes what people keep, for good or into the trash; the theme's own, if there is one, shows again then."""
    post = template.post
    if not template.kept:
        raise WireError("rest_invalid_template", "What the theme brings cannot be deleted.", 400)
    if call.params.get("force"):
        trash.delete(call.view, post.id)
        return None
    if post.status == "trash":
        raise WireError("rest_template_already_trashed", "The template is in the trash already.", 410)
    trash.trash(call.view, call.viewer, post.id)
    return replace(template, post=replace(post, status="trash"))
