"""Post types, taxonomies and post statuses: data, so that a site can declare its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class MetaField:
    """A registered meta key as WordPress's register_meta has it.

    `type` is string, integer, number, boolean, array or object; `inner` the schema of an array's items or of an
    object's properties.  `default` None: there is none of its own.  `revisions`: a post's revisions hold it too.
    """

    key: str
    type: str = "string"
    single: bool = True
    default: object = None
    description: str = ""
    show_in_rest: bool = True
    inner: Mapping[str, object] = field(default_factory=dict)
    revisions: bool = False


@dataclass(frozen=True, slots=True)
class PostType:
    """A post type as WordPress registers one.

    `capabilities` maps WordPress's names (`edit_posts`, ...) to the capability that this type asks for, all of them
    (`registry.core.capabilities` derives them from a capability type).  `map_meta_cap` False: the names `edit_post`,
    `read_post` and `delete_post` are asked for as they are, whatever the post.  `viewable`: its posts have pages of
    their own.  `rewrite` is the path before a post's slug where the type is a site's own, `query_var` the query word
    that names one of its posts.
    """

    name: str
    label: str
    singular: str
    rest_base: str = ""
    rest_namespace: str = "wp/v2"
    description: str = ""
    public: bool = True
    hierarchical: bool = False
    has_archive: bool | str = False
    show_in_rest: bool = True
    icon: str | None = None
    supports: Mapping[str, object] = field(default_factory=dict)
    taxonomies: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    capabilities: Mapping[str, str] = field(default_factory=dict)
    viewable: bool = True
    show_in_nav_menus: bool = True
    show_ui: bool = True
    template: tuple[object, ...] = ()
    template_lock: bool | str = False
    builtin: bool = False
    exclude_from_search: bool = False
    map_meta_cap: bool = True
    delete_with_user: bool = False
    rewrite: str = ""
    query_var: str = ""
    meta: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A taxonomy as WordPress registers one.  `rewrite` is the path before a term's slug, "" when its terms have
    addresses with a query only; `query_var` names the term in such a query ("": none)."""

    name: str
    label: str
    singular: str
    rest_base: str = ""
    rest_namespace: str = "wp/v2"
    description: str = ""
    public: bool = True
    hierarchical: bool = False
    show_in_rest: bool = True
    types: tuple[str, ...] = ("post",)
    labels: Mapping[str, str] = field(default_factory=dict)
    capabilities: Mapping[str, str] = field(default_factory=dict)
    show_cloud: bool = True
    show_in_nav_menus: bool = True
    show_in_quick_edit: bool = True
    show_admin_column: bool = False
    show_ui: bool = True
    builtin: bool = False
    publicly_queryable: bool = True
    rewrite: str = ""
    query_var: str = ""
    meta: tuple[MetaField, ...] = ()


@dataclass(frozen=True, slots=True)
class PostStatus:
    """A post status as WordPress registers one.  `queryable` and `show_in_list` are its `publicly_queryable` and
    `show_in_admin_all_list`; `date_floating`: a post of this status has no date of its own yet."""

    name: str
    label: str
    public: bool = False
    private: bool = False
    protected: bool = False
    queryable: bool = False
    internal: bool = False
    show_in_list: bool = False
    date_floating: bool = False


@dataclass(frozen=True)
class Registry:
    """All post types, taxonomies and statuses of a site, by name and in the order of their registration."""

    types: Mapping[str, PostType]
    taxonomies: Mapping[str, Taxonomy]
    statuses: Mapping[str, PostStatus]

    @cached_property
    def meta_capabilities(self) -> Mapping[str, str]:
        """The general names of the types' own meta capabilities (`edit_page`: `edit_post`)."""
        found: dict[str, str] = {}
        for kind in self.types.values():
            if kind.map_meta_cap:
                for general in ("edit_post", "read_post", "delete_post"):
                    own = kind.capabilities.get(general, general)
                    if own != general:
                        found.setdefault(own, general)
        return found

    def taxonomies_of(self, post_type: str) -> tuple[Taxonomy, ...]:
        """The taxonomies that posts of a type may have."""
        return tuple(t for t in self.taxonomies.values() if post_type in t.types)
