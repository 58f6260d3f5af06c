"""The entries of classic menus."""

from __future__ import annotations

from dataclasses import replace

from wirepress.content.menus import shown
from wirepress.content.menus.entries import Entry as MenuEntry
from wirepress.content.rendering import rendered
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.render.titles import title as the_title
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.cleaning import plain_text
from wirepress.wp.collection import sorted_by
from wirepress.wp.declaration import (
    ALL,
    EDIT,
    EMBEDDABLE,
    READ,
    Entry,
    Field,
    Group,
    Link,
    Param,
    Target,
    To,
    Write,
    by_verb,
)
from wirepress.wp.meta import sent
from wirepress.wp.resource import Resource
from wirepress.wp.resources.menus.item_writes import menu_sent, title_sent, verbs_of
from wirepress.wp.resources.posts import fields as f
from wirepress.wp.resources.posts.params import ORDERS
from wirepress.wp.resources.posts.resource import resource_for
from wirepress.wp.resources.posts.rules import rules_of
from wirepress.wp.resources.posts.writes import Taxonomies
from wirepress.wp.resources.types import edits_any
from wirepress.wp.schema import Schema
from wirepress.wp.values import to_int

TYPES = ("taxonomy", "post_type", "post_type_archive", "custom")


def title(post: Post, call: Call) -> str:
    if post.title:
        return json.text(f.part(post, "title"), post.id)
    found = shown.object_of(call.view, post)
    if isinstance(found, Post) and found.title:
        found = rendered(call.view, found)
        return json.text(f.part(found, "title"), found.id)
    return the_title(shown.full_title(call.view, post))


def url(post: Post, call: Call) -> str | bool:
    """Where an entry leads to; False where a type has no archive."""
    found = shown.url(call.view, post)
    return False if not found and shown.note(post, "type") == "post_type_archive" else found


def as_shown(post: Post, call: Call) -> MenuEntry:
    """An entry with its words as the API shows them, which is what a change keeps of them."""
    entry = shown.entry(call.view, post)
    return replace(
        entry,
        title=shown.full_title(call.view, post),
        attr_title=shown.attr_title(call.view, post),
        description=shown.description(call.view, post),
    )


def type_label(post: Post, call: Call) -> str:
    registry, name = call.site.registry, shown.note(post, "object")
    if shown.note(post, "type") == "post_type" and name in registry.types:
        return registry.types[name].singular
    if shown.note(post, "type") == "taxonomy" and name in registry.taxonomies:
        return registry.taxonomies[name].singular
    if shown.note(post, "type") == "post_type_archive":
        return "Post Type Archive"
    return name if shown.note(post, "type") in shown.LEADING else "Custom Link"


TITLE = Group("title", s.of(["string", "object"], "The title."), ALL, (
    Field("raw", s.text("The title as it was written."), EDIT,
          lambda p, call: shown.full_title(call.view, p), write=Write("title")),
    Field("rendered", s.text("The title as it is shown."), ALL, title),
), write=Write(convert=title_sent))  # fmt: skip
PLACED: Schema = {
    "context": None,
    "description": "Its place in the menu.",
    "type": "integer",
    "minimum": 1,
    "default": 1,
}
OBJECT: Schema = {"context": None, "description": "The post type or taxonomy that it leads to.", "type": "string"}
OBJECT_ID: Schema = {
    "context": None, "description": "The id of what it leads to.", "type": "integer", "minimum": 0, "default": 0,
}  # fmt: skip
INVALID: Schema = {"context": None, "description": "Whether what it leads to is gone.", "type": "boolean"}

FIELDS: tuple[Entry[Post], ...] = (
    Field("id", s.integer("The number of the entry.", default=0, minimum=0), ALL),
    TITLE,
    Field("status", s.choice("What state it is in.", f.STATUSES, default="publish"), ALL, write=Write()),
    Field("url", s.uri("Where it leads to."), ALL, url, write=Write()),
    Field("attr_title", s.text("The title attribute of its link."), ALL,
          lambda p, call: shown.attr_title(call.view, p), write=Write(clean=plain_text)),
    Field("description", s.text("What it is about."), ALL, lambda p, call: shown.description(call.view, p),
          write=Write(clean=plain_text)),
    Field("type", s.choice("What kind of thing it leads to.", TYPES), ALL, lambda p, _: shown.note(p, "type"),
          write=Write(), tail={"default": "custom"}),
    Field("type_label", s.text("What it leads to, in a word."), ALL, type_label),
    Field("object", OBJECT, ALL, lambda p, _: shown.note(p, "object"), write=Write()),
    Field("object_id", OBJECT_ID, ALL, lambda p, _: to_int(shown.note(p, "object_id")), write=Write()),
    Field("parent", s.integer("The entry that it stands under.", minimum=0, default=0), ALL,
          lambda p, _: to_int(shown.note(p, "menu_item_parent")), write=Write()),
    Field("menu_order", PLACED, ALL, write=Write("position")),
    Field("target", s.text("Where its link opens."), ALL, lambda p, _: shown.note(p, "target"), write=Write(),
          tail={"enum": ["_blank", ""]}),
    Field("classes", s.array("The classes of its element.", "string"), ALL, lambda p, _: shown.words(p, "classes"),
          write=Write()),
    Field("xfn", s.array("How the site is related to what it leads to.", "string"), ALL,
          lambda p, _: shown.words(p, "xfn"), write=Write()),
    Field("invalid", INVALID, ALL, lambda p, call: shown.gone(call.view, p)),
    replace(f.meta_field({}), write=Write(convert=by_verb, clean=sent, eager=False)),
    Field("menus", s.integer("The menu that it is in."), READ, lambda p, _: shown.menu_of(p),
          write=Write("menu", menu_sent), when=lambda p, _: shown.menu_of(p) > 0),
)  # fmt: skip
ORDER = (
    "title", "id", "type_label", "type", "status", "parent", "attr_title", "classes", "description", "menu_order",
    "object", "object_id", "target", "url", "xfn", "invalid", "menus", "meta",
)  # fmt: skip


def leads_to(post: Post, call: Call) -> To | None:
    """The relation to the post or term itself."""
    found = shown.object_of(call.view, post)
    registry = call.site.registry
    if isinstance(found, Post):
        kind = registry.types[found.type]
        href = f"{call.api}/{kind.rest_namespace}/{kind.rest_base}/{found.id}"
        return To(href, {"post_type": found.type, **EMBEDDABLE}, Target("post", found.id))
    if found is None:
        return None
    taxonomy = registry.taxonomies[found.taxonomy]
    href = f"{call.api}/{taxonomy.rest_namespace}/{taxonomy.rest_base}/{found.id}"
    return To(href, {"taxonomy": found.taxonomy, **EMBEDDABLE}, Target("term", (found.taxonomy, found.id)))


LEADS_TO = (
    "https://api.w.org/menu-item-object",
    "What the entry leads to.",
    {"type": "object", "properties": {"object": {"type": "integer"}}},
)


def seen(call: Call) -> None:
    """Who may edit anything may see the entries of menus."""
    if not (call.viewer.can("edit_theme_options") or edits_any(call)):
        call.refuse("rest_cannot_view", "You may not see menu entries.")


def _param(declared: Param) -> Param:
    """A parameter of posts as menu entries have it."""
    if declared.name == "orderby":
        return sorted_by("menu_order", (*ORDERS, "menu_order"))
    if declared.name == "per_page":
        return replace(declared, schema={**declared.schema, "default": 100})
    if declared.name == "order":
        return replace(declared, schema={**declared.schema, "default": "asc"})
    return declared


def menu_items(kind: PostType, taxonomies: Taxonomies) -> Resource[Post]:
    """The resource of menu entries."""
    base, rules = resource_for(kind, taxonomies, FIELDS), rules_of(kind, taxonomies)

    def browse(call: Call) -> None:
        if rules.browse is not None:
            rules.browse(call)
        seen(call)

    def read(call: Call, post: Post) -> None:
        rules.read(call, post)
        seen(call)

    at = next(i for i, link in enumerate(base.links) if link.rel.startswith("wp:action"))
    order = Param("menu_order", s.integer("Only what has this place."))
    return replace(
        base,
        rules=replace(rules, browse=browse, read=read),
        params=(*(_param(declared) for declared in base.params if declared.name != "menu_order"), order),
        item_params=(),
        actions=(*base.actions, LEADS_TO),
        links=(*base.links[:at], Link("wp:menu-item-object", leads_to), *base.links[at:]),
        order=ORDER,
        public=None,
        # An entry shows what it leads to.
        depends_on="epoch",
        verbs=verbs_of(as_shown),
    )
