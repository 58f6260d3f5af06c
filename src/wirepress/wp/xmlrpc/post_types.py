"""Post types, taxonomies, formats, statuses and templates: what a site has, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wirepress.model.registry import PostType, Taxonomy
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault
from wirepress.wp.xmlrpc.post_values import FORMATS, Struct, plain
from wirepress.wp.xmlrpc.posts import kind_of, names
from wirepress.wp.xmlrpc.values import Value

TYPE_FIELDS: Final = ["labels", "cap", "taxonomies"]
TAXONOMY_FIELDS: Final = ["labels", "cap", "object_type"]
_MENU_PLACES: Final = {"post": 5, "page": 20, "attachment": 10}
NO_DETAILS: Final = "You may not see the details of this site."


def post_type(call: Call) -> Value:
    """`wp.getPostType`."""
    kind = kind_of(call, call.text(3))
    call.need(kind.capabilities["edit_posts"], message="You may not edit posts of this type.")
    return type_value(call, kind, names(call, 4, TYPE_FIELDS))


def post_types(call: Call) -> Value:
    """`wp.getPostTypes`: those that a filter leaves (the public ones without any) and whoever calls may write."""
    wanted = {"public": True} | call.struct(3)
    fields = names(call, 4, TYPE_FIELDS)
    return {
        kind.name: type_value(call, kind, fields)
        for kind in call.site.registry.types.values()
        if _fits(_type_facts(kind), wanted) and call.may(kind.capabilities["edit_posts"])
    }


def _fits(facts: Struct, wanted: Mapping[str, Value]) -> bool:
    return all(values.text(facts.get(name)) == values.text(value) for name, value in wanted.items())


def _facts(kind: PostType | Taxonomy) -> Struct:
    """What is told of types and taxonomies alike."""
    return {
        "name": kind.name,
        "label": kind.label,
        "hierarchical": kind.hierarchical,
        "public": kind.public,
        "show_ui": kind.show_ui,
        "_builtin": kind.builtin,
    }


def _type_facts(kind: PostType) -> Struct:
    supports = {name: plain(value) for name, value in kind.supports.items()}
    return {**_facts(kind), "has_archive": kind.has_archive, "supports": supports}


def type_value(call: Call, kind: PostType, fields: frozenset[str]) -> Struct:
    """A post type as `wp.getPostType` shows it."""
    found = _type_facts(kind)
    if "labels" in fields:
        found["labels"] = dict(kind.labels)
    if "cap" in fields:
        found["cap"] = dict(kind.capabilities)
        found["map_meta_cap"] = kind.map_meta_cap
    if "menu" in fields:
        found["menu_position"] = _MENU_PLACES.get(kind.name, "")
        found["menu_icon"] = kind.icon or ""
        found["show_in_menu"] = kind.show_ui
    if "taxonomies" in fields:
        found["taxonomies"] = [taxonomy.name for taxonomy in call.site.registry.taxonomies_of(kind.name)]
    return found


# ---- taxonomies


def taxonomy_of(call: Call, name: str) -> Taxonomy:
    """The taxonomy of a name.  Raises Fault where there is none."""
    found = call.site.registry.taxonomies.get(name)
    if found is None:
        raise Fault(403, "There is no such taxonomy.")
    return found


def taxonomy(call: Call) -> Value:
    """`wp.getTaxonomy`."""
    kind = taxonomy_of(call, call.text(3))
    call.need(kind.capabilities["assign_terms"], message="You may not assign terms of this taxonomy.")
    return taxonomy_value(kind, names(call, 4, TAXONOMY_FIELDS))


def taxonomies(call: Call) -> Value:
    """`wp.getTaxonomies`."""
    wanted = {"public": True} | call.struct(3)
    fields = names(call, 4, TAXONOMY_FIELDS)
    return [
        taxonomy_value(kind, fields)
        for kind in call.site.registry.taxonomies.values()
        if _fits(_facts(kind), wanted) and call.may(kind.capabilities["assign_terms"])
    ]


def taxonomy_value(kind: Taxonomy, fields: frozenset[str]) -> Struct:
    """A taxonomy as `wp.getTaxonomy` shows it."""
    found = _facts(kind)
    if "labels" in fields:
        found["labels"] = dict(kind.labels)
    if "cap" in fields:
        found["cap"] = dict(kind.capabilities)
    if "menu" in fields:
        found["show_in_menu"] = kind.show_ui
    if "object_type" in fields:
        found["object_type"] = list(dict.fromkeys(kind.types))
    return found


# ---- formats, statuses, templates


def formats(call: Call) -> Value:
    """`wp.getPostFormats`; with `show-supported` also which of them the site offers."""
    call.need("edit_posts", message=NO_DETAILS, code=403)
    if values.is_true(call.struct(3).get("show-supported")):
        return {"all": dict(FORMATS), "supported": [name for name in FORMATS if name != "standard"]}
    return dict(FORMATS)


def post_statuses(call: Call) -> Value:
    """`wp.getPostStatusList`."""
    call.need("edit_posts", message=NO_DETAILS, code=403)
    return {"draft": "Draft", "pending": "Pending Review", "private": "Private", "publish": "Published"}


def page_statuses(call: Call) -> Value:
    """`wp.getPageStatusList`."""
    call.need("edit_pages", message=NO_DETAILS, code=403)
    return {"draft": "Draft", "private": "Private", "publish": "Published"}


TEMPLATES: Final[Mapping[str, str]] = {"page-no-title": "Page No Title"}
"""The theme's, by name, with what people call them."""


def page_templates(call: Call) -> Value:
    """`wp.getPageTemplates`: the names of templates by what people call them."""
    call.need("edit_pages", message=NO_DETAILS, code=403)
    return {**{words: name for name, words in TEMPLATES.items()}, "Default": "default"}


def page_template(name: str) -> str:
    """The template of a page, "" for the usual one.  Raises Fault for one that there is not."""
    if name in ("", "default"):
        return ""
    if name not in TEMPLATES:
        raise Fault(500, "There is no such template.")
    return name


def comment_statuses(call: Call) -> Value:
    """`wp.getCommentStatusList`."""
    call.need("publish_posts", message=NO_DETAILS, code=403)
    return {"hold": "Unapproved", "approve": "Approved", "spam": "Spam", "trash": "Trash"}
