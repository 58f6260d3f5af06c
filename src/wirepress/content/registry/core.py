"""WordPress's own post types, taxonomies and statuses as data (the facts of 7.1; the labels are our own words)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wirepress.content.registry.labels import labels
from wirepress.model.registry import PostStatus, PostType, Registry, Taxonomy

_PLURALS = ("edit_{}", "edit_others_{}", "delete_{}", "publish_{}", "read_private_{}")
_MAPPED_PLURALS = (
    "delete_private_{}", "delete_published_{}", "delete_others_{}", "edit_private_{}", "edit_published_{}",
)  # fmt: skip


def capabilities(singular: str = "post", plural: str = "", **own: str) -> Mapping[str, str]:
    """What a post type asks for, as WordPress derives it from a capability type (get_post_type_capabilities)."""
    plural = plural or singular + "s"
    table = {f"{verb}_post": f"{verb}_{singular}" for verb in ("edit", "read", "delete")}
    table |= {name.format("posts"): name.format(plural) for name in _PLURALS}
    table["read"] = "read"
    table |= {name.format("posts"): name.format(plural) for name in _MAPPED_PLURALS}
    table |= own
    table["create_posts"] = own.get("create_posts", table["edit_posts"])
    return MappingProxyType(table)


_THEME = "edit_theme_options"
_THEME_EDIT = dict.fromkeys(("edit_posts", "edit_others_posts", "edit_published_posts", "create_posts"), _THEME)
_THEME_DELETE = dict.fromkeys(("delete_posts", "delete_others_posts", "delete_published_posts"), _THEME)
_THEME_PUBLISH = {"publish_posts": _THEME, "read_private_posts": _THEME}
_THEME_PRIVATE = {"edit_private_posts": _THEME, "delete_private_posts": _THEME}
_THEME_ALL = _THEME_EDIT | _THEME_DELETE | _THEME_PUBLISH | _THEME_PRIVATE


def _supports(*names: str) -> Mapping[str, object]:
    return MappingProxyType(dict.fromkeys(names, True))


_EDITOR_WITH_NOTES: tuple[Mapping[str, bool], ...] = (MappingProxyType({"notes": True}),)


def _post_types() -> tuple[PostType, ...]:
    article = {"title": True, "editor": _EDITOR_WITH_NOTES, "author": True, "thumbnail": True}
    return (
        PostType(
            "post",
            "Posts",
            "Post",
            "posts",
            icon="dashicons-admin-post",
            supports=MappingProxyType(
                {
                    **article,
                    **_supports(
                        "excerpt", "trackbacks", "custom-fields", "comments", "revisions", "post-formats", "autosave"
                    ),
                }
            ),
            taxonomies=("category", "post_tag"),
            labels=labels("Posts", "Post", template_name=False),
            capabilities=capabilities(),
            builtin=True,
            delete_with_user=True,
        ),
        PostType(
            "page",
            "Pages",
            "Page",
            "pages",
            hierarchical=True,
            icon="dashicons-admin-page",
            supports=MappingProxyType(
                {**article, **_supports("page-attributes", "custom-fields", "comments", "revisions", "autosave")}
            ),
            labels=labels("Pages", "Page", template_name=False),
            capabilities=capabilities("page"),
            builtin=True,
            delete_with_user=True,
        ),
        PostType(
            "attachment",
            "Media",
            "Media file",
            "media",
            icon="dashicons-admin-media",
            supports=_supports("title", "author", "comments"),
            labels=labels("Media", "Media file"),
            capabilities=capabilities(create_posts="upload_files"),
            builtin=True,
            show_in_nav_menus=False,
            delete_with_user=True,
        ),
        *_hidden_types(),
        *_design_types(),
    )


def _hidden(name: str, many: str, one: str, **own: str) -> PostType:
    """A type of core's own housekeeping: stored, never served."""
    return PostType(
        name,
        many,
        one,
        public=False,
        show_in_rest=False,
        capabilities=capabilities(**own),
        viewable=False,
        show_in_nav_menus=False,
        show_ui=False,
        builtin=True,
        exclude_from_search=True,
        map_meta_cap=name == "revision",
    )


def _hidden_types() -> tuple[PostType, ...]:
    return (
        _hidden("revision", "Revisions", "Revision"),
        _internal(
            "nav_menu_item",
            "Navigation Menu Items",
            "Navigation menu item",
            "menu-items",
            supports=_supports("title", "editor", "autosave"),
            taxonomies=("nav_menu",),
            table=capabilities(**_THEME_ALL),
        ),
        _hidden("custom_css", "Custom styles", "Custom style", **(_THEME_ALL | {"read": "edit_css"})),
        _hidden("customize_changeset", "Changesets", "Changeset"),
        _hidden("oembed_cache", "Kept embeds", "Kept embed"),
        _hidden("user_request", "User requests", "User request"),
    )


def _internal(
    name: str,
    many: str,
    one: str,
    rest_base: str,
    *,
    supports: Mapping[str, object],
    table: Mapping[str, str],
    taxonomies: tuple[str, ...] = (),
    description: str = "",
    show_ui: bool = False,
) -> PostType:
    """A type that the editor uses and readers never see as pages."""
    return PostType(
        name,
        many,
        one,
        rest_base,
        description=description,
        public=False,
        supports=supports,
        taxonomies=taxonomies,
        labels=labels(many, one),
        capabilities=table,
        viewable=False,
        show_in_nav_menus=False,
        show_ui=show_ui,
        builtin=True,
        exclude_from_search=True,
    )


def _pattern_type() -> PostType:
    return _internal(
        "wp_block",
        "Patterns",
        "Pattern",
        "blocks",
        supports=_supports("title", "excerpt", "editor", "revisions", "custom-fields", "autosave"),
        taxonomies=("wp_pattern_category",),
        show_ui=True,
        table=capabilities(
            "block",
            read="edit_posts",
            create_posts="publish_posts",
            edit_posts="edit_posts",
            edit_published_posts="edit_published_posts",
            delete_published_posts="delete_published_posts",
            edit_others_posts="edit_others_posts",
            delete_others_posts="delete_others_posts",
            delete_posts="delete_posts",
        ),
    )


def _design_types() -> tuple[PostType, ...]:
    styles = {"read": "edit_posts", "delete_published_posts": _THEME, "delete_others_posts": _THEME}
    templates = ("title", "slug", "excerpt", "editor", "revisions", "author", "autosave")
    return (
        _pattern_type(),
        _internal(
            "wp_template",
            "Templates",
            "Template",
            "templates",
            description="Templates to include in your theme.",
            supports=_supports(*templates),
            table=capabilities("template", **(_THEME_ALL | {"read": _THEME})),
        ),
        _internal(
            "wp_template_part",
            "Template Parts",
            "Template part",
            "template-parts",
            description="Template parts to include in your templates.",
            supports=_supports(*templates),
            table=capabilities(**(_THEME_ALL | {"read": _THEME})),
        ),
        _internal(
            "wp_global_styles",
            "Global Styles",
            "Global style",
            "global-styles",
            description="Global styles to include in themes.",
            supports=_supports("title", "editor", "revisions"),
            table=capabilities(**(_THEME_EDIT | styles)),
        ),
        _internal(
            "wp_navigation",
            "Navigation Menus",
            "Navigation menu",
            "navigation",
            description="Navigation menus that can be inserted into your site.",
            supports=_supports("title", "editor", "revisions", "autosave"),
            show_ui=True,
            table=capabilities(**_THEME_ALL),
        ),
        *_font_types(),
    )


def _font_types() -> tuple[PostType, ...]:
    table = capabilities(**(_THEME_EDIT | _THEME_DELETE | _THEME_PUBLISH | {"read": _THEME}))
    return (
        _internal(
            "wp_font_family", "Font Families", "Font family", "font-families", supports=_supports("title"), table=table
        ),
        _internal(
            "wp_font_face",
            "Font Faces",
            "Font face",
            "font-families/(?P<font_family_id>[\\d]+)/font-faces",
            supports=_supports("title"),
            table=table,
        ),
    )


def _term_capabilities(manage: str, edit: str, delete: str, assign: str) -> Mapping[str, str]:
    return MappingProxyType(
        {"manage_terms": manage, "edit_terms": edit, "delete_terms": delete, "assign_terms": assign}
    )


def _hidden_taxonomy(name: str, many: str, one: str, types: tuple[str, ...]) -> Taxonomy:
    return Taxonomy(
        name,
        many,
        one,
        public=False,
        show_in_rest=False,
        types=types,
        labels=labels(many, one, term=True, archives=True),
        capabilities=_term_capabilities("manage_categories", "manage_categories", "manage_categories", "edit_posts"),
        show_cloud=False,
        show_in_nav_menus=False,
        show_in_quick_edit=False,
        show_ui=False,
        builtin=True,
        publicly_queryable=False,
    )


def _public_taxonomies() -> tuple[Taxonomy, ...]:
    return (
        Taxonomy(
            "category",
            "Categories",
            "Category",
            "categories",
            hierarchical=True,
            labels=labels("Categories", "Category", term=True),
            capabilities=_term_capabilities(
                "manage_categories", "edit_categories", "delete_categories", "assign_categories"
            ),
            show_admin_column=True,
            builtin=True,
            rewrite="category",
            query_var="category_name",
        ),
        Taxonomy(
            "post_tag",
            "Tags",
            "Tag",
            "tags",
            labels=labels("Tags", "Tag", term=True),
            capabilities=_term_capabilities(
                "manage_post_tags", "edit_post_tags", "delete_post_tags", "assign_post_tags"
            ),
            show_admin_column=True,
            builtin=True,
            rewrite="tag",
            query_var="tag",
        ),
    )


def _internal_taxonomies() -> tuple[Taxonomy, ...]:
    return (
        Taxonomy(
            "nav_menu",
            "Navigation Menus",
            "Navigation menu",
            "menus",
            public=False,
            types=("nav_menu_item",),
            labels=labels("Navigation Menus", "Navigation menu", term=True, archives=True),
            capabilities=_term_capabilities(_THEME, _THEME, _THEME, _THEME),
            show_cloud=False,
            show_in_nav_menus=False,
            show_in_quick_edit=False,
            show_ui=False,
            builtin=True,
            publicly_queryable=False,
        ),
        _hidden_taxonomy("link_category", "Link Categories", "Link category", ("link",)),
        Taxonomy(
            "post_format",
            "Formats",
            "Format",
            show_in_rest=False,
            labels=labels("Formats", "Format", term=True, archives=True),
            capabilities=_term_capabilities(
                "manage_categories", "manage_categories", "manage_categories", "edit_posts"
            ),
            show_cloud=False,
            show_in_quick_edit=False,
            show_ui=False,
            builtin=True,
            rewrite="type",
            query_var="post_format",
        ),
        _hidden_taxonomy("wp_theme", "Themes", "Theme", ("wp_template", "wp_template_part", "wp_global_styles")),
        _hidden_taxonomy("wp_template_part_area", "Template Part Areas", "Template part area", ("wp_template_part",)),
        Taxonomy(
            "wp_pattern_category",
            "Pattern Categories",
            "Pattern category",
            "wp_pattern_category",
            public=False,
            types=("wp_block",),
            labels=labels("Pattern Categories", "Pattern category", term=True, archives=True),
            capabilities=_term_capabilities(
                "manage_categories", "manage_categories", "manage_categories", "edit_posts"
            ),
            show_cloud=False,
            show_in_nav_menus=False,
            show_admin_column=True,
            builtin=True,
            publicly_queryable=False,
        ),
    )


def _statuses() -> tuple[PostStatus, ...]:
    return (
        PostStatus("publish", "Published", public=True, queryable=True, show_in_list=True),
        PostStatus("future", "Scheduled", protected=True, show_in_list=True),
        PostStatus("draft", "Draft", protected=True, show_in_list=True, date_floating=True),
        PostStatus("pending", "Pending", protected=True, show_in_list=True, date_floating=True),
        PostStatus("private", "Private", private=True, show_in_list=True),
        PostStatus("trash", "Trash", internal=True),
        PostStatus("auto-draft", "auto-draft", internal=True, date_floating=True),
        PostStatus("inherit", "inherit", internal=True),
    )


CORE = Registry(
    types=MappingProxyType({t.name: t for t in _post_types()}),
    taxonomies=MappingProxyType({t.name: t for t in (*_public_taxonomies(), *_internal_taxonomies())}),
    statuses=MappingProxyType({s.name: s for s in _statuses()}),
)
