"""Post types, taxonomies and statuses, as resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from wirepress.content.identity.permissions import may
from wirepress.model.registry import PostStatus, PostType, Taxonomy
from wirepress.wp import emit, json
from wirepress.wp.call import Call
from wirepress.wp.common import editing, missing, refuse
from wirepress.wp.fields import pick, tree
from wirepress.wp.resource import (
    ALL,
    EDIT,
    READ,
    Entry,
    Field,
    Link,
    Param,
    Resource,
    Rules,
    To,
    boolean,
    listing,
    mapping,
    text,
)
from wirepress.wp.result import Result

T = TypeVar("T")


def as_object(resource: Resource[T], name_of: Callable[[T], str], items: Sequence[T], call: Call) -> Result:
    """A collection that is an object by name; empty it is an object still."""
    shown: dict[str, Any] = {name_of(item): emit.value_of(resource, call, item, listed=True)[0] for item in items}
    return Result(value=pick(shown, tree(call.fields)) if call.fields else shown)


# ---- types


def type_taxonomies(kind: PostType, call: Call) -> list[str]:
    return [t.name for t in call.site.registry.taxonomies_of(kind.name) if t.show_in_rest]


TYPE_FIELDS: tuple[Entry[PostType], ...] = (
    Field("capabilities", mapping("The capabilities that it asks for."), EDIT, lambda k, _: dict(k.capabilities)),
    Field("description", text("What it is for."), READ, lambda k, _: k.description),
    Field("hierarchical", boolean("Whether its posts stand under each other."), READ, lambda k, _: k.hierarchical),
    Field("has_archive", {"description": "Whether it has a page that lists its posts.",
          "type": ["string", "boolean"]}, READ, lambda k, _: k.has_archive),
    Field("visibility", mapping("Where it is shown."), EDIT,
          lambda k, _: {"show_in_nav_menus": k.show_in_nav_menus, "show_ui": k.show_ui},
          tail={"properties": {"show_ui": boolean("Whether it can be managed."),
                               "show_in_nav_menus": boolean("Whether menus may hold it.")}}),
    Field("viewable", boolean("Whether its posts have pages."), EDIT, lambda k, _: k.viewable),
    Field("labels", mapping("Its words for people."), EDIT, lambda k, _: dict(k.labels)),
    Field("name", text("Its title."), ALL, lambda k, _: k.label),
    Field("slug", text("Its name."), ALL, lambda k, _: k.name),
    Field("icon", {"description": "Its icon.", "type": ["string", "null"]}, ALL, lambda k, _: k.icon),
    Field("supports", mapping("The features that it supports."), EDIT, lambda k, _: json.plain(k.supports),
          answer={"type": ["object", "array"], "description": "The features that it supports.", "maxItems": 0}),
    Field("taxonomies", listing("The taxonomies of its posts.", "string"), READ, type_taxonomies),
    Field("rest_base", text("The base of its routes."), ALL, lambda k, _: k.rest_base),
    Field("rest_namespace", text("The namespace of its routes."), ALL, lambda k, _: k.rest_namespace),
    Field("template", {"description": "The blocks that a new post begins with.", "type": ["array"], "readonly": True},
          ALL, lambda k, _: list(k.template)),
    Field("template_lock", {"description": "What of the template may not be changed.", "type": ["string", "boolean"],
          "enum": ["all", "insert", "contentOnly", False], "readonly": True}, ALL, lambda k, _: k.template_lock),
)  # fmt: skip
TYPE_ORDER = (
    "capabilities", "description", "hierarchical", "viewable", "labels", "name", "slug", "supports", "has_archive",
    "taxonomies", "rest_base", "rest_namespace", "visibility", "icon", "template", "template_lock",
)  # fmt: skip


def _edits(call: Call, kind: PostType) -> bool:
    return may(call.view, call.viewer, kind.capabilities["edit_posts"])


def edits_any(call: Call) -> bool:
    return any(_edits(call, kind) for kind in call.site.registry.types.values() if kind.show_in_rest)


def types_rule(call: Call) -> None:
    if editing(call) and not edits_any(call):
        refuse(call, "rest_cannot_view", "You may not edit posts of any type.")


def type_rule(call: Call, kind: PostType) -> None:
    if not kind.show_in_rest:
        refuse(call, "rest_cannot_read_type", "You may not see this type.")
    if editing(call) and not _edits(call, kind):
        refuse(call, "rest_forbidden_context", "You may not edit posts of this type.")


def find_type(call: Call) -> PostType:
    kind = call.site.registry.types.get(str(call.params.get("type")))
    if kind is None:
        raise missing("rest_type_invalid", "There is no such type.")
    return kind


TYPES: Resource[PostType] = Resource(
    name="type",
    route="/wp/v2/types",
    key=r"(?P<type>[\w-]+)",
    key_schema=text("The name of the type."),
    fields=TYPE_FIELDS,
    rules=Rules(types_rule, type_rule),
    find=find_type,
    version_of=None,
    order=TYPE_ORDER,
    deferred="always",
    links=(
        Link("collection", lambda _, c: To(f"{c.api}/wp/v2/types")),
        Link("wp:items", lambda k, c: To(f"{c.api}/{k.rest_namespace}/{k.rest_base}")),
    ),
)


def list_types(call: Call) -> Result:
    shown = [
        kind
        for kind in call.site.registry.types.values()
        if kind.show_in_rest and not (call.context == "edit" and not _edits(call, kind))
    ]
    return as_object(TYPES, lambda kind: kind.name, shown, call)


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
    "public": boolean("Whether it is public."),
    "publicly_queryable": boolean("Whether readers may ask for it."),
    "show_ui": boolean("Whether it can be managed."),
    "show_admin_column": boolean("Whether lists show it."),
    "show_in_nav_menus": boolean("Whether menus may hold it."),
    "show_in_quick_edit": boolean("Whether quick editing shows it."),
}
TAXONOMY_FIELDS: tuple[Entry[Taxonomy], ...] = (
    Field("name", text("Its title."), ALL, lambda t, _: t.label),
    Field("slug", text("Its name."), ALL, lambda t, _: t.name),
    Field("capabilities", mapping("The capabilities that it asks for."), EDIT, lambda t, _: dict(t.capabilities)),
    Field("description", text("What it is for."), READ, lambda t, _: t.description),
    Field("labels", mapping("Its words for people."), EDIT, lambda t, _: dict(t.labels)),
    Field("types", listing("The types whose posts wear it.", "string"), READ, lambda t, _: list(t.types)),
    Field("show_cloud", boolean("Whether a cloud of its terms is shown."), EDIT, lambda t, _: t.show_cloud),
    Field("hierarchical", boolean("Whether its terms stand under each other."), READ, lambda t, _: t.hierarchical),
    Field("rest_base", text("The base of its routes."), ALL, lambda t, _: t.rest_base),
    Field("rest_namespace", text("The namespace of its routes."), ALL, lambda t, _: t.rest_namespace),
    Field("visibility", mapping("Where it is shown."), EDIT, visibility, tail={"properties": VISIBILITY}),
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
    return may(call.view, call.viewer, taxonomy.capabilities["assign_terms"])


def taxonomies_rule(call: Call) -> None:
    if editing(call) and not any(_assigns(call, taxonomy) for taxonomy in _taxonomies(call)):
        refuse(call, "rest_cannot_view", "You may not manage terms.")


def taxonomy_rule(call: Call, taxonomy: Taxonomy) -> None:
    if not taxonomy.show_in_rest:
        refuse(call, "rest_forbidden", "You may not see this.")
    if editing(call) and not _assigns(call, taxonomy):
        refuse(call, "rest_forbidden_context", "You may not manage terms of this taxonomy.")


def find_taxonomy(call: Call) -> Taxonomy:
    taxonomy = call.site.registry.taxonomies.get(str(call.params.get("taxonomy")))
    if taxonomy is None:
        raise missing("rest_taxonomy_invalid", "There is no such taxonomy.")
    return taxonomy


TAXONOMIES: Resource[Taxonomy] = Resource(
    name="taxonomy",
    route="/wp/v2/taxonomies",
    key=r"(?P<taxonomy>[\w-]+)",
    key_schema=text("The name of the taxonomy."),
    fields=TAXONOMY_FIELDS,
    rules=Rules(taxonomies_rule, taxonomy_rule),
    find=find_taxonomy,
    version_of=None,
    order=TAXONOMY_ORDER,
    deferred="missing",
    whole=True,
    params=(Param("type", text("Only taxonomies of this post type.")),),
    links=(
        Link("collection", lambda _, c: To(f"{c.api}/wp/v2/taxonomies")),
        Link("wp:items", lambda t, c: To(f"{c.api}/{t.rest_namespace}/{t.rest_base}")),
    ),
)


def list_taxonomies(call: Call) -> Result:
    shown = [t for t in _taxonomies(call) if call.context != "edit" or _assigns(call, t)]
    return as_object(TAXONOMIES, lambda taxonomy: taxonomy.name, shown, call)


# ---- statuses

NAMES = ("embed", "view", "edit")
STATUS_FIELDS: tuple[Entry[PostStatus], ...] = (
    Field("name", text("Its title."), NAMES, lambda s, _: s.label),
    Field("private", boolean("Whether only some may see its posts."), EDIT, lambda s, _: s.private),
    Field("protected", boolean("Whether its posts are shown in lists of drafts."), EDIT, lambda s, _: s.protected),
    Field("public", boolean("Whether everybody sees its posts."), READ, lambda s, _: s.public),
    Field("queryable", boolean("Whether readers may ask for it."), READ, lambda s, _: s.queryable),
    Field("show_in_list", boolean("Whether lists of all posts show it."), EDIT, lambda s, _: s.show_in_list),
    Field("slug", text("Its name."), NAMES, lambda s, _: s.name),
    Field("date_floating", boolean("Whether its posts have no date yet."), READ, lambda s, _: s.date_floating),
)


def _archives(status: PostStatus, call: Call) -> To:
    return To(call.href("/wp/v2/posts", "" if status.name == "publish" else f"status={status.name}"))


def _readable(call: Call, status: PostStatus) -> bool:
    return status.public or ((not status.internal or status.name == "trash") and edits_any(call))


def statuses_rule(call: Call) -> None:
    if editing(call) and not edits_any(call):
        refuse(call, "rest_cannot_view", "You may not manage posts of any status.")


def status_rule(call: Call, status: PostStatus) -> None:
    if not _readable(call, status):
        refuse(call, "rest_cannot_read_status", "You may not see this status.")


def find_status(call: Call) -> PostStatus:
    status = call.site.registry.statuses.get(str(call.params.get("status")))
    if status is None:
        raise missing("rest_status_invalid", "There is no such status.")
    return status


STATUSES: Resource[PostStatus] = Resource(
    name="status",
    route="/wp/v2/statuses",
    key=r"(?P<status>[\w-]+)",
    key_schema=text("The name of the status."),
    fields=STATUS_FIELDS,
    rules=Rules(statuses_rule, status_rule),
    find=find_status,
    version_of=None,
    links=(Link("archives", _archives),),
    deferred="missing",
    whole=True,
)


def list_statuses(call: Call) -> Result:
    statuses = call.site.registry.statuses
    shown = [s for s in statuses.values() if not s.internal and _readable(call, s)]
    if (trash := statuses.get("trash")) is not None and trash not in shown and _readable(call, trash):
        shown.append(trash)
    return as_object(STATUSES, lambda status: status.name, shown, call)
