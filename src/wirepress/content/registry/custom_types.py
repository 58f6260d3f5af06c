"""A site's own post types, taxonomies and meta fields: declared as data (`types.toml`), joined to WordPress's.

Names and lengths are WordPress's (register_post_type, register_taxonomy, register_meta).  Whatever cannot be is
refused with one line that says where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from wirepress.content.registry.core import CORE, capabilities
from wirepress.content.registry.labels import labels
from wirepress.model.errors import Invalid
from wirepress.model.registry import MetaField, PostType, Registry, Taxonomy

Table = Mapping[str, Any]

_NAME: Final = re.compile(r"[a-z0-9_-]+")
_PATH: Final = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_RESERVED: Final = frozenset(
    {
        *("users", "comments", "search", "settings", "themes", "plugins", "sidebars", "widgets", "widget-types"),
        *("block-types", "block-renderer", "block-patterns", "types", "taxonomies", "statuses", "menu-locations"),
        *("template", "action", "author", "order", "theme", "page", "name", "year", "attachment", "feed"),
    }
)
_SUPPORTS: Final = frozenset(
    {
        *("title", "editor", "author", "thumbnail", "excerpt", "comments", "trackbacks", "revisions"),
        *("custom-fields", "page-attributes", "post-formats", "autosave"),
    }
)
_TYPE: Final[Mapping[str, Any]] = {
    "label": str, "singular": str, "labels": dict, "description": str, "public": bool, "hierarchical": bool,
    "supports": list, "taxonomies": list, "rest_base": str, "show_in_rest": bool, "has_archive": (bool, str),
    "slug": str, "capability_type": (str, list), "icon": str, "meta": dict,
}  # fmt: skip
_TAXONOMY: Final[Mapping[str, Any]] = {
    "label": str, "singular": str, "labels": dict, "description": str, "public": bool, "hierarchical": bool,
    "types": list, "rest_base": str, "show_in_rest": bool, "slug": str, "meta": dict,
}  # fmt: skip
_META: Final[Mapping[str, Any]] = {
    "type": str, "single": bool, "default": object, "description": str, "show_in_rest": bool,
    "items": (str, dict), "properties": dict, "revisions": bool,
}  # fmt: skip
_KINDS: Final[Mapping[str, Any]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
}  # fmt: skip
_WORDS: Final = {str: "a text", bool: "true or false", list: "a list of texts", dict: "a table"}


def declared(written: Table) -> Registry:
    """WordPress's kinds and those that a site declares.  Raises Invalid with one line for what cannot be."""
    _known(written, {"types": dict, "taxonomies": dict, "meta": dict}, "the file")
    types = {name: _post_type(name, table) for name, table in written.get("types", {}).items()}
    tables = written.get("taxonomies", {})
    taxonomies = {name: _taxonomy(name, table) for name, table in tables.items()}
    every = {**CORE.types, **types}, {**CORE.taxonomies, **taxonomies}
    _joined(*every)
    for name, fields in written.get("meta", {}).items():
        _more_meta(*every, name, fields)
    _bases(*every)
    return Registry(MappingProxyType(every[0]), MappingProxyType(every[1]), CORE.statuses)


def _wrong(where: str, what: str) -> Invalid:
    return Invalid("bad_types", f"{where}: {what}")


def _known(table: Any, keys: Table, where: str) -> None:
    """Refuses keys that are none and values that are of another type."""
    if not isinstance(table, dict):
        raise _wrong(where, "has to be a table")
    if unknown := sorted(set(table) - set(keys)):
        raise _wrong(where, f"no such key: {', '.join(unknown)}")
    for key, value in table.items():
        kind = keys[key]
        right = isinstance(value, kind) and (kind is not list or all(isinstance(v, str) for v in value))
        if not right:
            wanted = kind if isinstance(kind, tuple) else (kind,)
            raise _wrong(where, f"{key} has to be {' or '.join(_WORDS[k] for k in wanted)}")


def _named(name: str, most: int, core: Table, where: str) -> None:
    if name in core:
        raise _wrong(where, f"{name} is a name of WordPress's own")
    if name in _RESERVED or name.startswith("wp_"):
        raise _wrong(where, f"the name {name} is reserved")
    if not _NAME.fullmatch(name):
        raise _wrong(where, "a name has small letters, digits, - and _ only")
    if len(name) > most:
        raise _wrong(where, f"the name is longer than {most} characters")


def _words(name: str, table: Table, where: str, *, term: bool) -> tuple[str, str, Mapping[str, str]]:
    """The label for many, the one for one, and all labels with those that are declared."""
    many = table.get("label") or name.replace("_", " ").replace("-", " ").capitalize()
    one = table.get("singular") or many
    made = labels(many, one, term=term, archives=term)
    own = table.get("labels", {})
    _known(own, dict.fromkeys(made, str), f"{where}.labels")
    return many, one, MappingProxyType({**made, **own})


def _path(table: Table, key: str, default: str, where: str) -> str:
    path: str = table.get(key) or default
    if not _PATH.fullmatch(path):
        raise _wrong(where, f"{key} has small letters, digits, -, _ and single slashes only")
    return path


def _reader_words(name: str, table: Table, where: str) -> tuple[str, str]:
    """The path and the query word that readers find a type or taxonomy by, "" where it is not public."""
    if not table.get("public", True):
        return "", ""
    return _path(table, "slug", name, where), name


def _post_type(name: str, table: Any) -> PostType:
    where = f"types.{name}"
    _known(table, _TYPE, where)
    _named(name, 20, CORE.types, where)
    many, one, words = _words(name, table, where, term=False)
    public = table.get("public", True)
    meta = _meta_fields(table.get("meta", {}), where)
    archive = table.get("has_archive", False)
    if isinstance(archive, str):
        archive = bool(archive) and _path(table, "has_archive", "", where)
    slug, query_var = _reader_words(name, table, where)
    return PostType(
        name,
        many,
        one,
        _path(table, "rest_base", name, where),
        description=table.get("description", ""),
        public=public,
        hierarchical=table.get("hierarchical", False),
        has_archive=archive,
        show_in_rest=table.get("show_in_rest", True),
        icon=table.get("icon"),
        supports=_supports(table.get("supports", ["title", "editor"]), meta, where),
        taxonomies=tuple(table.get("taxonomies", ())),
        labels=words,
        capabilities=capabilities(*_capability(table, where)),
        viewable=public,
        show_in_nav_menus=public,
        show_ui=public,
        exclude_from_search=not public,
        rewrite=slug,
        query_var=query_var,
        meta=meta,
    )


def _supports(names: list[str], meta: tuple[MetaField, ...], where: str) -> Mapping[str, object]:
    """The features: an editor brings autosaves, as in WordPress; declared meta brings custom fields."""
    if unknown := sorted(set(names) - _SUPPORTS):
        raise _wrong(where, f"supports names no such feature: {', '.join(unknown)}")
    wanted: dict[str, object] = dict.fromkeys(names, True)
    if meta:
        wanted["custom-fields"] = True
    if "editor" in names:
        wanted["autosave"] = True
    return MappingProxyType(wanted)


def _capability(table: Table, where: str) -> tuple[str, ...]:
    kind = table.get("capability_type", "post")
    names = (kind,) if isinstance(kind, str) else tuple(kind)
    if not 1 <= len(names) <= 2 or not all(isinstance(n, str) and _NAME.fullmatch(n) for n in names):
        raise _wrong(where, 'capability_type is a name, or two: ["story", "stories"]')
    return names


def _taxonomy(name: str, table: Any) -> Taxonomy:
    where = f"taxonomies.{name}"
    _known(table, _TAXONOMY, where)
    _named(name, 32, CORE.taxonomies, where)
    many, one, words = _words(name, table, where, term=True)
    public = table.get("public", True)
    slug, query_var = _reader_words(name, table, where)
    may = dict.fromkeys(("manage_terms", "edit_terms", "delete_terms"), "manage_categories")
    return Taxonomy(
        name,
        many,
        one,
        _path(table, "rest_base", name, where),
        description=table.get("description", ""),
        public=public,
        hierarchical=table.get("hierarchical", False),
        show_in_rest=table.get("show_in_rest", True),
        types=tuple(table.get("types", ())),
        labels=words,
        capabilities=MappingProxyType({**may, "assign_terms": "edit_posts"}),
        show_cloud=public,
        show_in_nav_menus=public,
        show_in_quick_edit=public,
        show_ui=public,
        publicly_queryable=public,
        rewrite=slug,
        query_var=query_var,
        meta=_meta_fields(table.get("meta", {}), where),
    )


def _meta_fields(table: Any, where: str) -> tuple[MetaField, ...]:
    if not isinstance(table, dict):
        raise _wrong(where, "meta has to be a table of fields")
    return tuple(_meta_field(key, field, f"{where}.meta.{key}") for key, field in table.items())


def _meta_field(key: str, table: Any, where: str) -> MetaField:
    _known(table, _META, where)
    if not 0 < len(key) <= 255:
        raise _wrong(where, "a key has 1 to 255 characters")
    kind = table.get("type", "string")
    if kind not in _KINDS:
        raise _wrong(where, f"type has to be one of {', '.join(_KINDS)}")
    default = table.get("default")
    fits = isinstance(default, _KINDS[kind]) and (kind == "boolean" or not isinstance(default, bool))
    if default is not None and not fits:
        raise _wrong(where, f"default is not of the type {kind}")
    return MetaField(
        key,
        kind,
        table.get("single", True),
        default,
        table.get("description", ""),
        table.get("show_in_rest", True),
        _inner(kind, table, where),
        table.get("revisions", False),
    )


def _inner(kind: str, table: Table, where: str) -> Mapping[str, object]:
    """The schema within an array (its items) or an object (its properties; without any, all are let in)."""
    for key, owner in (("items", "array"), ("properties", "object")):
        if key in table and kind != owner:
            raise _wrong(where, f"{key} belongs to the type {owner}")
    if kind == "array":
        return {"items": _schema(table.get("items", "string"), where)}
    if kind != "object":
        return {}
    own = {name: _schema(value, f"{where}.properties.{name}") for name, value in table.get("properties", {}).items()}
    if not own:
        return {"additionalProperties": True}
    return {"properties": own, "additionalProperties": False}


def _schema(value: Any, where: str) -> Mapping[str, object]:
    """A JSON schema in a table, or the name of a type for one."""
    schema = value
    if isinstance(value, str):
        schema = {"type": value}
    if not isinstance(schema, dict) or schema.get("type") not in _KINDS:
        raise _wrong(where, f"type has to be one of {', '.join(_KINDS)}")
    return schema


def _joined(types: dict[str, PostType], taxonomies: dict[str, Taxonomy]) -> None:
    """Lets each type and taxonomy know of the other, whichever of the two named it."""
    for kind in [kind for kind in types.values() if not kind.builtin]:
        for name in kind.taxonomies:
            if name not in taxonomies:
                raise _wrong(f"types.{kind.name}", f"there is no taxonomy {name}")
            assigned = taxonomies[name]
            if kind.name not in assigned.types:
                taxonomies[name] = replace(assigned, types=(*assigned.types, kind.name))
    for taxonomy in [taxonomy for taxonomy in taxonomies.values() if not taxonomy.builtin]:
        for name in taxonomy.types:
            if name not in types:
                raise _wrong(f"taxonomies.{taxonomy.name}", f"there is no type {name}")
            kind = types[name]
            if taxonomy.name not in kind.taxonomies:
                types[name] = replace(kind, taxonomies=(*kind.taxonomies, taxonomy.name))


def _more_meta(types: dict[str, PostType], taxonomies: dict[str, Taxonomy], name: str, table: Any) -> None:
    """Meta fields of a type or taxonomy that is there already, such as WordPress's posts."""
    fields = _meta_fields(table, f"meta.{name}")
    if name in types:
        kind = types[name]
        supports = MappingProxyType({**kind.supports, "custom-fields": True})
        types[name] = replace(kind, meta=(*kind.meta, *fields), supports=supports)
    elif name in taxonomies:
        taxonomies[name] = replace(taxonomies[name], meta=(*taxonomies[name].meta, *fields))
    else:
        raise _wrong(f"meta.{name}", "there is no such type or taxonomy")


def _bases(types: Mapping[str, PostType], taxonomies: Mapping[str, Taxonomy]) -> None:
    """Two kinds of things never share a base of routes."""
    seen: dict[str, str] = dict.fromkeys(_RESERVED, "WordPress itself")
    every: list[PostType | Taxonomy] = [*types.values(), *taxonomies.values()]
    for kind in every:
        if not kind.show_in_rest or not kind.rest_base:
            continue
        if not kind.builtin and kind.rest_base in seen:
            raise _wrong(kind.name, f"the REST base {kind.rest_base} is taken by {seen[kind.rest_base]}")
        seen[kind.rest_base] = kind.name
