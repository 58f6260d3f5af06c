"""Revisions and autosaves of the templates that the site's people keep (WP_REST_Template_Revisions_Controller,
WP_REST_Template_Autosaves_Controller).  What is the theme's alone has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wirepress.content.posts import revisions as content
from wirepress.model.post import Post
from wirepress.store import posts as store
from wirepress.wp import headers
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resources.answers import Answer, Answers, Change, Json, item, own, to
from wirepress.wp.resources.revisions import autosaves, revisions
from wirepress.wp.resources.templates import resource
from wirepress.wp.resources.templates import writes as writing
from wirepress.wp.resources.templates.resource import SHELVES, Shelf
from wirepress.wp.resources.templates.writes import Template
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result

PARENT = resource.KEY.replace("<id>", "<parent>")
NUMBER = r"(?P<id>[\d]+)"


def _parent(shelf: Shelf, call: Call) -> tuple[Template, Post]:
    """The template that a call is about, and the post that it is kept as."""
    name = "parent" if "parent" in call.params else "id"
    template = resource.known(shelf, call, str(call.params.get(name)))
    if template is None:
        raise missing("rest_post_invalid_parent", "There is no such template.")
    if template.post is None:
        raise WireError("rest_invalid_template", "Templates of the theme have no revisions.", 400)
    return template, template.post


def _revision(shelf: Shelf, call: Call) -> Post:
    _, parent = _parent(shelf, call)
    post = store.get(call.view.unit, call.integer("id"))
    if post is None or post.type != "revision":
        raise missing("rest_post_invalid_id", "There is no revision with this id.")
    if post.parent != parent.id:
        raise WireError("rest_revision_parent_id_mismatch", "This revision is another template's.", 404)
    return post


def _permission(shelf: Shelf, call: Call) -> None:
    _, post = _parent(shelf, call)
    call.need("edit_post", "rest_cannot_read", "You may not see the revisions of this template.", post)


def _deletion_permission(shelf: Shelf, call: Call) -> None:
    _, post = _parent(shelf, call)
    call.need("delete_post", "rest_cannot_delete", "You may not delete this revision.", post)
    _revision(shelf, call)
    if not call.viewer.can("edit_theme_options"):
        call.refuse("rest_cannot_delete", "You may not delete this revision.")


def _saving_permission(call: Call) -> None:
    if not call.viewer.can("edit_theme_options"):
        call.refuse("rest_cannot_manage_templates", "You may not change templates.")


def _shown(
    shelf: Shelf, call: Call, template: Template, revision: Post, *, listed: bool = False, autosave: bool = False
) -> Json:  # fmt: skip
    """A revision: what its template would be like, and whose it is."""
    told = replace(
        template, title=revision.title, description=revision.excerpt, content=revision.content, post=revision
    )  # fmt: skip
    value = {**resource.value_of(call, shelf, told), "parent": revision.parent}
    above = f"{shelf.route}/{value['id']}"
    if autosave:
        links = {"self": own(call, f"{above}/autosaves/{revision.id}")}
    else:
        links = {"self": own(call, f"{above}/revisions/{revision.id}", ("GET", "DELETE"))}
    schema = schema_of(f"{shelf.route}/{PARENT}/revisions")
    return item(call, value, schema, {**links, "parent": to(call, above)}, listed=listed)


def _browse(shelf: Shelf, call: Call) -> Result:
    template, parent = _parent(shelf, call)
    address = f"{shelf.route}/{resource.theme_of(call, template)}//{template.slug}/revisions"
    ids, total = revisions.found_of(call, parent)
    result = Result()
    headers.paging(call, result, address, total, call.integer("per_page") or max(total, 1), call.page)
    kept = store.load(call.view.unit, ids)
    result.value = [] if call.head else [_shown(shelf, call, template, kept[number], listed=True) for number in ids]
    return result


def _read(shelf: Shelf, call: Call) -> Result:
    template, _ = _parent(shelf, call)
    return Result(value=_shown(shelf, call, template, _revision(shelf, call)))


def _delete(shelf: Shelf, call: Call) -> Result:
    (template, _), revision = _parent(shelf, call), _revision(shelf, call)
    if not call.params.get("force"):
        raise WireError("rest_trash_not_supported", "Revisions have no trash: force has to be true.", 501)
    previous = _shown(shelf, call, template, revision)
    if isinstance(previous, dict):
        previous.pop("_links", None)
    store.delete(call.view.unit, revision.id)
    return Result(value={"deleted": True, "previous": previous})


def _autosaves(shelf: Shelf, call: Call) -> Result:
    template, parent = _parent(shelf, call)
    found = [] if call.head else autosaves.autosaved(call, parent)
    return Result(value=[_shown(shelf, call, template, post, listed=True, autosave=True) for post in found])


def _autosave(shelf: Shelf, call: Call) -> Result:
    template, parent = _parent(shelf, call)
    found = autosaves.newest_autosave(call, parent)
    return Result(value=_shown(shelf, call, template, found, autosave=True))


def _save(shelf: Shelf, call: Call) -> Result:
    """Keeps what an editor holds of a template beside it; `status`, `slug` and `area` are left as they are."""
    template, post = _parent(shelf, call)
    given = writing.changes_of(call, template)
    draft = content.Draft(title=given.title, content=given.content, excerpt=given.excerpt)
    saved = content.autosave(call.view, call.viewer, post, draft)
    call = call.written("edit")
    return Result(value=_shown(shelf, call, template, saved, autosave=True), call=call)


def _answers(shelf: Shelf) -> Answers:
    permission: Callable[[Call], None] = lambda call: _permission(shelf, call)  # noqa: E731 - bound to this shelf
    deletion = Change(lambda call: _delete(shelf, call), lambda call: _deletion_permission(shelf, call))
    save = Change(lambda call: _save(shelf, call), _saving_permission)
    return {
        f"{shelf.route}/{PARENT}/revisions": Answer(lambda call: _browse(shelf, call), permission),
        f"{shelf.route}/{PARENT}/revisions/{NUMBER}": Answer(
            lambda call: _read(shelf, call), permission, changes={"DELETE": deletion}
        ),
        f"{shelf.route}/{resource.KEY}/autosaves": Answer(
            lambda call: _autosaves(shelf, call), permission, changes={"POST": save}
        ),
        f"{shelf.route}/{PARENT}/autosaves/{NUMBER}": Answer(lambda call: _autosave(shelf, call), permission),
    }


ANSWERS: Answers = {pattern: answer for shelf in SHELVES for pattern, answer in _answers(shelf).items()}
