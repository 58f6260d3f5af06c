"""Post types, taxonomies and statuses, as resources."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from wirepress.model.registry import PostStatus, PostType, Taxonomy
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.declaration import ALL, EDIT, READ, Entry, Field, Link, Page, Param, Rules, To
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import missing
from wirepress.wp.resource import Resource
from wirepress.wp.routes import Route

# ---- types


def type_taxonomies(kind: PostType, call: Call) -> list[str]:
    return [t.name for t in call.site.registry.taxonomies_of(kind.name) if t.show_in_rest]


TYPE_FIELDS: tuple[Entry[PostType], ...] = (
    Field("capabilities", s.mapping("The capabilities that it asks for."), EDIT, lambda k, _: dict(k.capabilities)),
    Field("description", s.text("What it is for."), READ),
    Field("hierarchical", s.boolean("Whether its posts stand under each other."), READ),
    Field("has_archive",
          {"description": "Whether it has a page that lists its posts.", "type": ["string", "boolean"]}, READ),
    Field("visibility", s.mapping("Where it is shown."), EDIT,
          lambda k, _: {"show_in_nav_menus": k.show_in_nav_menus, "show_ui": k.show_ui},
          tail={"properties": {"show_ui": s.boolean("Whether it can be managed."),
                               "show_in_nav_menus": s.boolean("Whether menus may hold it.")}}),
    Field("viewable", s.boolean("Whether its posts have pages."), EDIT),
    Field("labels", s.mapping("Its words for people."), EDIT, lambda k, _: dict(k.labels)),
    Field("name", s.text("Its title."), ALL, "label"),
    Field("slug", s.text("Its name."), ALL, "name"),
    Field("icon", {"description": "Its icon.", "type": ["string", "null"]}, ALL),
    Field("supports", s.mapping("The features that it supports."), EDIT, lambda k, _: json.plain(k.supports),
          answer={"type": ["object", "array"], "description": "The features that it supports.", "maxItems": 0}),
    Field("taxonomies", s.array("The taxonomies of its posts.", "string"), READ, type_taxonomies),
    Field("rest_base", s.text("The base of its routes."), ALL),
    Field("rest_namespace", s.text("The namespace of its routes."), ALL),
    Field("template", {"description": "The blocks that a new post begins with.", "type": ["array"], "readonly": True},
          ALL, lambda k, _: list(k.template)),
    Field("template_lock",
          {"description": "What of the template may not be changed.", "type": ["string", "boolean"],
           "enum": ["all", "insert", "contentOnly", False], "readonly": True},
          ALL),
)  # fmt: skip
TYPE_ORDER = (
    "capabilities", "description", "hierarchical", "viewable", "labels", "name", "slug", "supports", "has_archive",
    "taxonomies", "rest_base", "rest_namespace", "visibility", "icon", "template", "template_lock",
)  # fmt: skip


def _edits(call: Call, kind: PostType) -> bool:
    return call.may(kind.capabilities["edit_posts"])


def edits_any(call: Call) -> bool:
    return any(_edits(call, kind) for kind in call.site.registry.types.values() if kind.show_in_rest)


def types_rule(call: Call) -> None:
    if call.editing and not edits_any(call):
        call.refuse("rest_cannot_view", "You may not edit posts of any type.")


def type_rule(call: Call, kind: PostType) -> None:
    if not kind.show_in_rest:
        call.refuse("rest_cannot_read_type", "You may not see this type.")
    if call.editing and not _edits(call, kind):
        call.refuse("rest_forbidden_context", "You may not edit posts of this type.")


def find_type(call: Call) -> PostType:
    """The post type of a call.  Raises where there is none."""
    kind = call.site.registry.types.get(str(call.params.get("type")))
    if kind is None:
        raise missing("rest_type_invalid", "There is no such type.")
    return kind


def types_shown(call: Call) -> Page[PostType]:
    found = [kind for kind in call.site.registry.types.values() if kind.show_in_rest]
    if call.context == "edit":
        found = [kind for kind in found if _edits(call, kind)]
    return Page(found, len(found))


TYPES: Resource[PostType] = Resource(
    name="type",
    route="/wp/v2/types",
    key=r"(?P<type>[\w-]+)",
    key_schema=s.text("The name of the type."),
    fields=TYPE_FIELDS,
    rules=Rules(types_rule, type_rule),
    find=find_type,
    page=types_shown,
    collection="map",
    id_of=attrgetter("name"),
    version_of=None,
    order=TYPE_ORDER,
    deferred="always",
    links=(
        Link("collection", "/wp/v2/types"),
        Link("wp:items", lambda k, c: To(f"{c.api}/{k.rest_namespace}/{k.rest_base}")),
    ),
)


# ---- taxonomies


def visibility(taxonomy: Taxonomy, _: Call) -> dict[str, bool]:
    return {
        "public": taxonomy.public,
        "publicly_queryable": taxonomy.publicly_queryable,
        "show_admin_column": taxonomy.show_admin_column,
        "show_in_nav_menus": taxonomy.show_in_nav_menus,
        "show_in_quick_edit": taxonomy.show_in_quick_edit,
        "show_ui": taxonomy.show_ui,
    }


VISIBILITY: Mapping[str, Any] = {
    "public": s.boolean("Whether it is public."),
    "publicly_queryable": s.boolean("Whether readers may ask for it."),
    "show_ui": s.boolean("Whether it can be managed."),
    "show_admin_column": s.boolean("Whether lists show it."),
    "show_in_nav_menus": s.boolean("Whether menus may hold it."),
    "show_in_quick_edit": s.boolean("Whether quick editing shows it."),
}
TAXONOMY_FIELDS: tuple[Entry[Taxonomy], ...] = (
    Field("name", s.text("Its title."), ALL, "label"),
    Field("slug", s.text("Its name."), ALL, "name"),
    Field("capabilities", s.mapping("The capabilities that it asks for."), EDIT, lambda t, _: dict(t.capabilities)),
    Field("description", s.text("What it is for."), READ),
    Field("labels", s.mapping("Its words for people."), EDIT, lambda t, _: dict(t.labels)),
    Field("types", s.array("The types whose posts wear it.", "string"), READ, lambda t, _: list(t.types)),
    Field("show_cloud", s.boolean("Whether a cloud of its terms is shown."), EDIT),
    Field("hierarchical", s.boolean("Whether its terms stand under each other."), READ),
    Field("rest_base", s.text("The base of its routes."), ALL),
    Field("rest_namespace", s.text("The namespace of its routes."), ALL),
    Field("visibility", s.mapping("Where it is shown."), EDIT, visibility, tail={"properties": VISIBILITY}),
)
TAXONOMY_ORDER = (
    "capabilities", "description", "hierarchical", "labels", "name", "slug", "show_cloud", "types", "rest_base",
    "rest_namespace", "visibility",
)  # fmt: skip


def _taxonomies(call: Call) -> list[Taxonomy]:
    wanted = call.params.get("type")
    found = call.site.registry.taxonomies_of(str(wanted)) if wanted else call.site.registry.taxonomies.values()
    return [taxonomy for taxonomy in found if taxonomy.show_in_rest]


def _assigns(call: Call, taxonomy: Taxonomy) -> bool:
    return call.may(taxonomy.capabilities["assign_terms"])


def taxonomies_rule(call: Call) -> None:
    if call.editing and not any(_assigns(call, taxonomy) for taxonomy in _taxonomies(call)):
        call.refuse("rest_cannot_view", "You may not manage terms.")


def taxonomy_rule(call: Call, taxonomy: Taxonomy) -> None:
    if not taxonomy.show_in_rest:
        call.refuse("rest_forbidden", "You may not see this.")
    if call.editing and not _assigns(call, taxonomy):
        call.refuse("rest_forbidden_context", "You may not manage terms of this taxonomy.")


def find_taxonomy(call: Call) -> Taxonomy:
    """The taxonomy of a call.  Raises where there is none."""
    taxonomy = call.site.registry.taxonomies.get(str(call.params.get("taxonomy")))
    if taxonomy is None:
        raise missing("rest_taxonomy_invalid", "There is no such taxonomy.")
    return taxonomy


def taxonomies_shown(call: Call) -> Page[Taxonomy]:
    found = [taxonomy for taxonomy in _taxonomies(call) if call.context != "edit" or _assigns(call, taxonomy)]
    return Page(found, len(found))


TAXONOMIES: Resource[Taxonomy] = Resource(
    name="taxonomy",
    route="/wp/v2/taxonomies",
    key=r"(?P<taxonomy>[\w-]+)",
    key_schema=s.text("The name of the taxonomy."),
    fields=TAXONOMY_FIELDS,
    rules=Rules(taxonomies_rule, taxonomy_rule),
    find=find_taxonomy,
    page=taxonomies_shown,
    collection="map",
    id_of=attrgetter("name"),
    version_of=None,
    order=TAXONOMY_ORDER,
    deferred="missing",
    exact_fields=True,
    params=(Param("type", s.text("Only taxonomies of this post type.")),),
    links=(
        Link("collection", "/wp/v2/taxonomies"),
        Link("wp:items", lambda t, c: To(f"{c.api}/{t.rest_namespace}/{t.rest_base}")),
    ),
)


# ---- statuses

NAMES = ("embed", "view", "edit")
STATUS_FIELDS: tuple[Entry[PostStatus], ...] = (
    Field("name", s.text("Its title."), NAMES, "label"),
    Field("private", s.boolean("Whether only some may see its posts."), EDIT),
    Field("protected", s.boolean("Whether its posts are shown in lists of drafts."), EDIT),
    Field("public", s.boolean("Whether everybody sees its posts."), READ),
    Field("queryable", s.boolean("Whether readers may ask for it."), READ),
    Field("show_in_list", s.boolean("Whether lists of all posts show it."), EDIT),
    Field("slug", s.text("Its name."), NAMES, "name"),
    Field("date_floating", s.boolean("Whether its posts have no date yet."), READ),
)


def _archives(status: PostStatus, call: Call) -> To:
    return To(call.href("/wp/v2/posts", "" if status.name == "publish" else f"status={status.name}"))


def _readable(call: Call, status: PostStatus) -> bool:
    return status.public or ((not status.internal or status.name == "trash") and edits_any(call))


def statuses_rule(call: Call) -> None:
    if call.editing and not edits_any(call):
        call.refuse("rest_cannot_view", "You may not manage posts of any status.")


def status_rule(call: Call, status: PostStatus) -> None:
    if not _readable(call, status):
        call.refuse("rest_cannot_read_status", "You may not see this status.")


def find_status(call: Call) -> PostStatus:
    """The status of a call.  Raises where there is none."""
    status = call.site.registry.statuses.get(str(call.params.get("status")))
    if status is None:
        raise missing("rest_status_invalid", "There is no such status.")
    return status


def statuses_shown(call: Call) -> Page[PostStatus]:
    statuses = call.site.registry.statuses
    found = [status for status in statuses.values() if not status.internal and _readable(call, status)]
    if (trash := statuses.get("trash")) is not None and trash not in found and _readable(call, trash):
        found.append(trash)
    return Page(found, len(found))


STATUSES: Resource[PostStatus] = Resource(
    name="status",
    route="/wp/v2/statuses",
    key=r"(?P<status>[\w-]+)",
    key_schema=s.text("The name of the status."),
    fields=STATUS_FIELDS,
    rules=Rules(statuses_rule, status_rule),
    find=find_status,
    page=statuses_shown,
    collection="map",
    id_of=attrgetter("name"),
    version_of=None,
    links=(Link("archives", _archives),),
    deferred="missing",
    exact_fields=True,
)


def routes(catalog: Catalog) -> list[Route]:
    """Types, taxonomies and statuses."""
    resources: tuple[Resource[Any], ...] = (TYPES, TAXONOMIES, STATUSES)
    return [route for resource in resources for route in routes_of(catalog.documents, resource)]
