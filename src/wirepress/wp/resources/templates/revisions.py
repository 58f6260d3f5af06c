"""Revisions and autosaves of the templates that the site's people keep (WP_REST_Template_Revisions_Controller,
WP_REST_Template_Autosaves_Controller).  What is the theme's alone has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter

from wirepress.content.posts import revisions as content
from wirepress.wp import schema as s
from wirepress.wp import writing
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import EXCLUDE, INCLUDE, OFFSET, PAGE, SEARCH, need_force, ordered, sorted_by
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, To, Verbs, anybody
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.revisions import autosaves, revisions
from wirepress.wp.resources.templates.resource import FORCE, KEY, RESOURCES
from wirepress.wp.resources.templates.template import Template, known
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route

PARENT = KEY.replace("<id>", "<parent>")
REVISED: Field[Template] = Field("parent", s.integer(), ALL, "post.parent", readonly=False)
# They are searched for as they were sent.
PARAMS = tuple(
    Param(param.name, param.schema, eager=param.eager)
    for param in (
        PAGE, revisions.PER_PAGE, SEARCH, EXCLUDE, INCLUDE, OFFSET, ordered("desc"), sorted_by("date", revisions.ORDERS)
    )
)  # fmt: skip


class Parents(dict[str, Template | None]):
    """The templates whose revisions a call asks for, by their ids as they were sent."""


def parent_of(post_type: str, call: Call) -> Template:
    """The template that a call is about.  Raises where there is none, or none that is kept."""
    name = str(call.params.get("parent" if "parent" in call.params else "id"))
    parents = call.fetched.of(Parents)
    if name not in parents:
        parents[name] = known(call, post_type, name)
    template = parents[name]
    if template is None:
        raise missing("rest_post_invalid_parent", "There is no such template.")
    if not template.kept:
        raise WireError("rest_invalid_template", "Templates of the theme have no revisions.", 400)
    return template


# ---- who may ask


def may_read(post_type: str, call: Call) -> None:
    """Raises unless the caller may edit the template."""
    post = parent_of(post_type, call).post
    call.need("edit_post", "rest_cannot_read", "You may not see the revisions of this template.", post)


def may_delete(post_type: str, call: Call) -> None:
    """Raises unless the caller may delete the template and change the theme, and where there is no such revision."""
    post = parent_of(post_type, call).post
    call.need("delete_post", "rest_cannot_delete", "You may not delete this revision.", post)
    find(post_type, call)
    call.need("edit_theme_options", "rest_cannot_delete", "You may not delete this revision.")


def may_save(call: Call) -> None:
    """Raises unless the caller may change the theme."""
    call.need("edit_theme_options", "rest_cannot_manage_templates", "You may not change templates.")


# ---- revisions: each is what its template was like


def find(post_type: str, call: Call) -> Template:
    """The revision of a call.  Raises where there is none, or where it is another template's."""
    template, post = parent_of(post_type, call), call.view.lookup.post(call.integer("id"))
    if post is None or post.type != "revision":
        raise missing("rest_post_invalid_id", "There is no revision with this id.")
    if post.parent != template.post.id:
        raise missing("rest_revision_parent_id_mismatch", "This revision is another template's.")
    return replace(template, post=post)


def page(post_type: str, call: Call) -> Page[Template]:
    """The revisions that are asked for."""
    template = parent_of(post_type, call)
    ids, total = revisions.found_of(call, template.post)
    found = [replace(template, post=post) for post in content.items(call.view, ids)]
    return Page(found, total, call.integer("per_page") or max(total, 1))


def delete(call: Call, revision: Template) -> None:
    """Removes a revision for good.  Raises unless the caller says that they know."""
    need_force(call, "Revisions have no trash: force has to be true.")
    content.delete(call.view, revision.post.id)


def _resource(
    own: Resource[Template], word: str, find_one: Callable[[str, Call], Template],
    page_of: Callable[[str, Call], Page[Template]],
) -> Resource[Template]:  # fmt: skip
    """What revisions and autosaves of a type's templates have in common."""
    reading = partial(may_read, own.name)
    return Resource(
        name=own.name,
        route=f"{own.route}/{PARENT}/{word}",
        at=lambda call: f"{own.route}/{parent_of(own.name, call).id}/{word}",
        parents=(Param("parent", s.text()),),
        key_schema=s.integer(),
        fields=(*own.fields, REVISED),
        order=(*own.order, "parent"),
        rules=Rules(reading, anybody),
        asks={"read": reading, "delete": partial(may_delete, own.name)},
        find=partial(find_one, own.name),
        page=partial(page_of, own.name),
        version_of=None,
        links=(
            Link("self", lambda t, c: To(f"{c.api}{own.route}/{t.id}/{word}/{t.post.id}"), hints=True),
            Link("parent", f"{own.route}/{{id}}"),
        ),
        documented=False,
    )


def revisions_of(own: Resource[Template]) -> Resource[Template]:
    """The resource of the revisions of a type's templates."""
    made = _resource(own, "revisions", find, page)
    return replace(
        made,
        rules=replace(made.rules, delete=anybody),
        params=PARAMS,
        delete_params=(FORCE,),
        verbs=Verbs(delete=delete, context=attrgetter("context")),
    )


# ---- autosaves


def newest(post_type: str, call: Call) -> Template:
    """The autosave that was kept last.  Raises where there is none."""
    template = parent_of(post_type, call)
    return replace(template, post=autosaves.newest_autosave(call, template.post))


def autosaved(post_type: str, call: Call) -> Page[Template]:
    """All autosaves of a template."""
    template = parent_of(post_type, call)
    found = [replace(template, post=post) for post in autosaves.autosaved(call, template.post)]
    return Page(found, len(found))


def save(own: Resource[Template], shown: Resource[Template], call: Call) -> Result:
    """Keeps what an editor holds of a template beside it; `status`, `slug` and `area` are left as they are."""
    template = parent_of(own.name, call)
    changes = writing.changes(own, call, template)
    draft = content.Draft(title=changes.title, content=changes.content, excerpt=changes.excerpt)
    saved = content.autosave(call.view, call.viewer, template.post, draft)
    return writing.shown(shown, call, replace(template, post=saved))


def autosaves_of(own: Resource[Template]) -> Resource[Template]:
    """The resource of the autosaves of a type's templates: the collection goes by the template's `id`, an autosave by
    its `parent`."""
    named = (Param("id", s.text()), own.context_param())
    return replace(_resource(own, "autosaves", newest, autosaved), collection="list", args={"browse": named})


def routes(catalog: Catalog) -> Iterator[Route]:
    """The revisions and autosaves of templates and parts."""
    for own in RESOURCES:
        yield from routes_of(catalog.documents, revisions_of(own))
        shown = autosaves_of(own)
        many, one = routes_of(catalog.documents, shown)
        saving = Endpoint(("POST",), partial(save, own, shown), may_save, own.arguments("edit"), alters=True)
        yield replace(many, pattern=f"{own.route}/{KEY}/autosaves", endpoints=(*many.endpoints, saving))
        yield one
