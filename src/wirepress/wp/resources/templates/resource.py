"""Templates and their parts, as resources of one make (WP_REST_Templates_Controller)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from wirepress.render.blocks.parse import parse, serialize
from wirepress.render.titles import title
from wirepress.wp import dates, emit
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    NEVER,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Page,
    Param,
    Rules,
    To,
    Write,
    worded,
)
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.resources.templates import lookup, writes
from wirepress.wp.resources.templates import template as templates
from wirepress.wp.resources.templates.template import PART, TEMPLATE, Template
from wirepress.wp.resources.templates.titles import named
from wirepress.wp.resources.themes.facts import NAME, stylesheet
from wirepress.wp.response_schema import shows
from wirepress.wp.result import Result
from wirepress.wp.routes import Endpoint, Route

KEY = r'(?P<id>([^\/:<>\*\?"\|]+(?:\/[^\/:<>\*\?"\|]+)?)[\/\w%-]+)'
FORCE = Param("force", s.boolean(default=False))

# ---- fields


def source(template: Template, _: Call) -> str:
    """Where a template comes from in the first place (wp_get_template_original_source)."""
    if not template.kept or (template.themed and template.origin in (None, "theme")):
        return "theme"
    if template.post.author:
        return "user"
    return "site"


def author_text(template: Template, call: Call) -> str:
    """Who made it: the theme, the site or a user."""
    match source(template, call):
        case "theme":
            return NAME
        case "site":
            return str(call.site.option("blogname"))
    author = call.view.lookup.user(template.post.author)
    if author:
        return author.name
    return "Unknown author"


def modified(template: Template, _: Call) -> str | None:
    if template.kept:
        return dates.written(template.post.modified)
    return None


def date(template: Template, _: Call) -> str | None:
    if template.kept:
        return dates.written(template.post.date)
    return None


TEXT = {"type": ["object", "string"], "default": ""}
DATED = s.moment(nullable=True)
# The words of a schema that WordPress writes before a field's context.
FIXED = {"type": "string", "readonly": True}
CONTEXTS = ("embed", "view", "edit")
STATUSES = ["publish", "future", "draft", "pending", "private"]
FIELDS: tuple[Entry[Template], ...] = (
    Field("id", s.text(), CONTEXTS),
    Field("theme", s.text(), CONTEXTS, readonly=False),
    Group("content", TEXT, CONTEXTS, write=Write(convert=writes.content_of), parts=(
        Field("raw", s.text(), READ, lambda t, _: serialize(parse(t.post.content)), readonly=False),
        Field("block_version", s.integer(), EDIT, lambda t, _: int("<!-- wp:" in t.post.content)),
    )),
    Field("slug", s.text(), CONTEXTS, write=Write(),
          tail={"required": True, "minLength": 1, "pattern": "[a-zA-Z0-9_\\%-]+"}),
    Field("source", s.text(), CONTEXTS, lambda t, _: "custom" if t.kept else "theme"),
    Field("origin", s.text(), CONTEXTS, answer={"type": ["string", "null"]}),
    Field("type", s.text(), CONTEXTS, readonly=False),
    Field("description", s.text(default=""), CONTEXTS, lambda t, c: named(t, c).description, write=Write("excerpt")),
    Group("title", TEXT, CONTEXTS, write=Write(convert=writes.title_of), parts=(
        Field("raw", s.text(), ALL, lambda t, c: named(t, c).title, readonly=False),
        Field("rendered", s.text(), ALL, lambda t, c: title(named(t, c).title)),
    )),
    Field("status", s.text(enum=STATUSES, default="publish"), CONTEXTS, "post.status", readonly=False),
    Field("wp_id", s.integer(), CONTEXTS, "post.id"),
    Field("has_theme_file", s.of("bool"), CONTEXTS, "themed"),
    Field("is_custom", s.of("bool"), CONTEXTS, "custom"),
    Field("author", s.integer(), ALL, "post.author", write=Write(convert=writes.author_of)),
    # The lookup of parts finds templates too.
    Field("area", s.text(), CONTEXTS, readonly=False, when=lambda t, _: t.type == PART),
    Field("modified", DATED, READ, modified),
    Field("date", DATED, READ, date),
    Field("author_text", FIXED, ALL, author_text),
    Field("original_source", FIXED, ALL, source, tail={"enum": ["theme", "plugin", "site", "user"]}),
    Field("plugin", FIXED, ALL, None),
    Field("is_wp_suggestion", s.boolean(), NEVER, None, Write("meta", writes.suggestion_of), hidden=True),
)  # fmt: skip
ORDER = (
    "id", "slug", "theme", "type", "source", "origin", "content", "title", "description", "status", "wp_id",
    "has_theme_file", "author", "modified", "author_text", "original_source", "date", "is_custom", "plugin", "area",
)  # fmt: skip
NOT_OF = {TEMPLATE: {"area"}, PART: {"is_custom", "plugin", "is_wp_suggestion"}}
"""The fields that one of the types does not have."""


def links_of(post_type: str, route: str) -> tuple[Link[Template], ...]:
    """The links of a template; its revisions are none of a part's that stands in for it."""

    def has_history(template: Template) -> bool:
        return template.kept and template.type == post_type and template.post.status != "trash"

    def history(template: Template, call: Call) -> To | None:
        if not has_history(template):
            return None
        return To(f"{call.api}{route}/{template.id}/revisions", {"count": template.post.revisions})

    def predecessor(template: Template, call: Call) -> To | None:
        last = template.post.last_revision
        if not has_history(template) or not template.post.revisions or not last:
            return None
        return To(f"{call.api}{route}/{template.id}/revisions/{last}", {"id": last})

    def action(capability: str, template: Template, call: Call) -> To | None:
        if call.viewer.can(capability):
            return To(f"{call.api}{route}/{template.id}")
        return None

    return (
        Link("self", f"{route}/{{id}}", hints=True),
        Link("collection", route),
        Link("about", f"/wp/v2/types/{post_type}"),
        Link("version-history", history),
        Link("predecessor-version", predecessor),
        Link("wp:action-publish", partial(action, "edit_theme_options")),
        Link("wp:action-unfiltered-html", partial(action, "unfiltered_html")),
    )


# ---- who may ask, and what is found


def may_read(call: Call, _: Any = None) -> None:
    """Raises unless the caller edits anything."""
    call.need("edit_posts", "rest_cannot_manage_templates", "You may not do that.")


def may_change(call: Call, _: Any = None) -> None:
    """Raises unless the caller may change the theme."""
    call.need("edit_theme_options", "rest_cannot_manage_templates", "You may not do that.")


def page(post_type: str, call: Call) -> Page[Template]:
    """All that fit; for a post type, what people made."""
    params = call.params
    found = templates.templates_of(call, post_type) if params.get("wp_id") is None else _numbered(post_type, call)
    if post_type == PART and params.get("area"):
        found = [template for template in found if template.area == params["area"]]
    if post_type == TEMPLATE and params.get("post_type"):
        found = [template for template in found if template.kept and template.custom]
    return Page(found, len(found))


def _numbered(post_type: str, call: Call) -> list[Template]:
    """What is kept under a number (0: any), if it is not published yet, too."""
    wanted = call.integer("wp_id")
    kept = templates.kept_of(call, post_type, stylesheet(call), statuses=templates.UNPUBLISHED_TOO)
    return [template for template in kept if wanted in (0, template.post.id)]


def resource_for(post_type: str, route: str) -> Resource[Template]:
    """The resource of the templates of a type."""
    return Resource(
        name=post_type,
        route=route,
        key=KEY,
        key_schema=s.text(),
        fields=tuple(field for field in FIELDS if field.name not in NOT_OF[post_type]),
        order=tuple(name for name in ORDER if name not in NOT_OF[post_type]),
        rules=Rules(may_read, may_read, may_change, may_change, may_change),
        asks={"read": may_read, "edit": may_change, "delete": may_change},
        find=partial(templates.find, post_type),
        page=partial(page, post_type),
        collection="list",
        version_of=None,
        params=(
            Param("wp_id", s.integer()),
            Param("area", s.text()),
            Param("post_type", s.text()),
        ),
        delete_params=(FORCE,),
        links=links_of(post_type, route),
        documented=False,
        verbs=writes.verbs_of(post_type),
    )


RESOURCES = (resource_for(TEMPLATE, "/wp/v2/templates"), resource_for(PART, "/wp/v2/template-parts"))
LOOKUP = worded(
    (Param("slug", s.text(), required=True), Param("is_custom", s.boolean()), Param("template_prefix", s.text()))
)  # fmt: skip


def look_up(own: Resource[Template], call: Call) -> Result:
    """Parts have no hierarchy: their route finds templates too, and shows them as if they were parts."""
    return Result(docs=[emit.encoded(own, call, lookup.found(call))])


def routes(catalog: Catalog) -> Iterator[Route]:
    """Templates and parts, and which of them stands in for one that is not there."""
    for own in RESOURCES:
        yield from routes_of(catalog.documents, own)
        looking = Endpoint(("GET",), partial(look_up, own), may_read, LOOKUP, shows=shows(own, "one"))
        yield Route(f"{own.route}/lookup", (looking,))
