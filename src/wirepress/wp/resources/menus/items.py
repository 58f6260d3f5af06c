"""The entries of classic menus."""

from __future__ import annotations

from dataclasses import replace

from wirepress.content.menus.entries import Entry as MenuEntry
from wirepress.content.rendering import rendered
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.term import Term
from wirepress.wp import json
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.collection import sorted_by
from wirepress.wp.declaration import ALL, EDIT, READ, Entry, Field, Group, Link, Param, Target, To, Write, by_verb
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
EMBEDDABLE = {"embeddable": True}


def meta(post: Post, name: str) -> str:
    return str(post.first_meta(f"_menu_item_{name}"))


def words(post: Post, name: str) -> list[str]:
    """A list of words as WordPress keeps it: an array, or words in one text."""
    kept = post.first_meta(f"_menu_item_{name}")
    if isinstance(kept, list | tuple):
        return [str(word) for word in kept]
    return str(kept).split(" ")


def object_of(post: Post, call: Call) -> Post | Term | None:
    """The post or term that an entry leads to."""
    found_id = to_int(meta(post, "object_id"))
    if meta(post, "type") == "post_type":
        return call.view.lookup.post(found_id)
    if meta(post, "type") == "taxonomy":
        term = call.view.lookup.term(found_id)
        if term is not None and term.taxonomy == meta(post, "object"):
            return term
        return None
    return None


def plain_title(post: Post, call: Call) -> str:
    """The entry's own title, else that of what it leads to."""
    if post.title:
        return post.title
    found = object_of(post, call)
    return found.title if isinstance(found, Post) else found.name if found else ""


def title(post: Post, call: Call) -> str:
    if post.title:
        return json.text(f.part(post, "title"), post.id)
    found = object_of(post, call)
    if isinstance(found, Post):
        found = rendered(call.view, found)
        return json.text(f.part(found, "title"), found.id)
    if found:
        return found.name
    return ""


def url(post: Post, call: Call) -> str:
    found = object_of(post, call)
    if isinstance(found, Post):
        return call.view.lookup.permalink(found)
    if found:
        return call.view.lookup.term_link(found)
    return meta(post, "url")


def type_label(post: Post, call: Call) -> str:
    registry, name = call.site.registry, meta(post, "object")
    if meta(post, "type") == "post_type" and name in registry.types:
        return registry.types[name].singular
    if meta(post, "type") == "taxonomy" and name in registry.taxonomies:
        return registry.taxonomies[name].singular
    return "Custom Link"


def invalid(post: Post, call: Call) -> bool:
    """Whether what it leads to is gone."""
    return meta(post, "type") in {"post_type", "taxonomy"} and object_of(post, call) is None


def menu(post: Post, _: Call) -> int:
    return next((term.id for term in post.terms if term.taxonomy == "nav_menu"), 0)


TITLE = Group("title", s.of(["string", "object"], "The title."), ALL, (
    Field("raw", s.text("The title as it was written."), EDIT, plain_title, write=Write("title")),
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
    Field("attr_title", s.text("The title attribute of its link."), ALL, "excerpt", write=Write()),
    Field("description", s.text("What it is about."), ALL, lambda p, _: p.content.strip(), write=Write()),
    Field("type", s.choice("What kind of thing it leads to.", TYPES), ALL, lambda p, _: meta(p, "type"),
          write=Write(), tail={"default": "custom"}),
    Field("type_label", s.text("What it leads to, in a word."), ALL, type_label),
    Field("object", OBJECT, ALL, lambda p, _: meta(p, "object"), write=Write()),
    Field("object_id", OBJECT_ID, ALL, lambda p, _: to_int(meta(p, "object_id")), write=Write()),
    Field("parent", s.integer("The entry that it stands under.", minimum=0, default=0), ALL,
          lambda p, _: to_int(meta(p, "menu_item_parent")), write=Write()),
    Field("menu_order", PLACED, ALL, write=Write("position")),
    Field("target", s.text("Where its link opens."), ALL, lambda p, _: meta(p, "target"), write=Write(),
          tail={"enum": ["_blank", ""]}),
    Field("classes", s.array("The classes of its element.", "string"), ALL, lambda p, _: words(p, "classes"),
          write=Write()),
    Field("xfn", s.array("How the site is related to what it leads to.", "string"), ALL, lambda p, _: words(p, "xfn"),
          write=Write()),
    Field("invalid", INVALID, ALL, invalid),
    replace(f.meta_field({}), write=Write(convert=by_verb, clean=sent, eager=False)),
    Field("menus", s.integer("The menu that it is in."), READ, menu, write=Write("menu", menu_sent)),
)  # fmt: skip
ORDER = (
    "title", "id", "type_label", "type", "status", "parent", "attr_title", "classes", "description", "menu_order",
    "object", "object_id", "target", "url", "xfn", "invalid", "menus", "meta",
)  # fmt: skip


def leads_to(post: Post, call: Call) -> To | None:
    """The relation to the post or term itself."""
    found = object_of(post, call)
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


def entry(post: Post, call: Call) -> MenuEntry:
    """An entry as it stands, as those who edit it see it (wp_setup_nav_menu_item)."""
    return MenuEntry(
        menu=menu(post, call),
        type=meta(post, "type"),
        object=meta(post, "object"),
        object_id=to_int(meta(post, "object_id")),
        parent=to_int(meta(post, "menu_item_parent")),
        position=post.menu_order,
        title=plain_title(post, call),
        url=url(post, call),
        description=post.content,
        attr_title=post.excerpt,
        target=meta(post, "target"),
        classes=words(post, "classes"),
        xfn=words(post, "xfn"),
        status=post.status,
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
    base, rules = resource_for(kind, taxonomies, FIELDS), rules_of(kind)

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
        verbs=verbs_of(entry),
    )
