"""Post types, taxonomies and post statuses: data, so that a site can declare its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PostType:
    """A post type as WordPress registers one.  `capabilities` maps WordPress's meta names (`edit_posts`, ...) to
    the primitive capability; an empty map means "derived from `capability_type`"."""

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
    capability_type: str = "post"
    capabilities: Mapping[str, str] = field(default_factory=dict)
    viewable: bool = True
    show_in_nav_menus: bool = True
    show_ui: bool = True
    template: tuple[object, ...] = ()
    template_lock: bool | str = False
    builtin: bool = False
    exclude_from_search: bool = False


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A taxonomy as WordPress registers one."""

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


@dataclass(frozen=True, slots=True)
class PostStatus:
    """A post status as WordPress registers one."""

    name: str
    label: str
    public: bool = False
    private: bool = False
    protected: bool = False
    queryable: bool = False
    internal: bool = False
    show_in_list: bool = False
    date_floating: bool = False
