"""The theme that this server is: what clients are told of it.

A client asks for the site's active theme by the name that the site's options give; what it gets is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, NamedTuple

from wirepress.wp.call import Call

Json = Any

NAME = "Wirepress"
SUPPORTS: Mapping[str, Json] = {
    "align-wide": True,
    "automatic-feed-links": True,
    "block-templates": True,
    "block-template-parts": True,
    "custom-background": False,
    "custom-header": False,
    "custom-logo": False,
    "customize-selective-refresh-widgets": False,
    "dark-editor-style": False,
    "disable-custom-colors": False,
    "disable-custom-font-sizes": False,
    "disable-custom-gradients": False,
    "disable-layout-styles": False,
    "editor-color-palette": False,
    "editor-font-sizes": False,
    "editor-gradient-presets": False,
    "editor-spacing-sizes": False,
    "editor-styles": True,
    "html5": ["comment-form", "comment-list", "style", "script"],
    "formats": ["standard", "aside", "audio", "chat", "gallery", "image", "link", "quote", "status", "video"],
    "post-thumbnails": True,
    "responsive-embeds": True,
    "title-tag": True,
    "wp-block-styles": True,
}


class Kind(NamedTuple):
    """A kind of template that WordPress knows."""

    slug: str
    title: str
    description: str


KINDS = (
    Kind("index", "Index", "Shows whatever no other template shows."),
    Kind("home", "Blog Home", "Shows the latest posts."),
    Kind("front-page", "Front Page", "Shows the front of the site."),
    Kind("singular", "Single Entries", "Shows any single post or page."),
    Kind("single", "Single Posts", "Shows one post."),
    Kind("page", "Pages", "Shows one page."),
    Kind("archive", "All Archives", "Shows posts of one kind, time, author or term."),
    Kind("author", "Author Archives", "Shows an author's posts."),
    Kind("category", "Category Archives", "Shows the posts of a category."),
    Kind("taxonomy", "Taxonomy", "Shows the posts of a term of the site's own taxonomies."),
    Kind("date", "Date Archives", "Shows the posts of a day, a month or a year."),
    Kind("tag", "Tag Archives", "Shows the posts of a tag."),
    Kind("attachment", "Attachment Pages", "Shows the page of a file."),
    Kind("search", "Search Results", "Shows what a search has found."),
    Kind("privacy-policy", "Privacy Policy", "Shows the page about privacy."),
    Kind("404", "Page: 404", "Is shown where there is nothing."),
)


class Area(NamedTuple):
    """A place that parts of templates are made for."""

    area: str
    label: str
    description: str
    icon: str
    tag: str


AREAS = (
    Area("uncategorized", "General", "Parts that stand anywhere.", "layout", "div"),
    Area("header", "Header", "The head of a page.", "header", "header"),
    Area("footer", "Footer", "The end of a page.", "footer", "footer"),
    Area("sidebar", "Sidebar", "What stands beside the text.", "sidebar", "aside"),
    Area("navigation-overlay", "Navigation Overlay", "What opens over a page to lead elsewhere.", "overlay", "div"),
)


def stylesheet(call: Call) -> str:
    """The name under which the site knows its theme."""
    return str(call.site.option("stylesheet") or "wirepress")


def described(call: Call) -> SimpleNamespace:
    """The theme with the attributes that the resource `theme` shows."""
    name = stylesheet(call)
    root = call.site.home + "/"

    def both(raw: str) -> dict[str, str]:
        return {"raw": raw, "rendered": raw}

    return SimpleNamespace(
        stylesheet=name,
        template=str(call.site.option("template") or name),
        requires_php="",
        requires_wp="",
        textdomain=name,
        version=version("wirepress"),
        screenshot=f"{call.site.home}/-/static/icon.svg",
        author=both(NAME),
        author_uri=both(root),
        description=both("The newspaper layout that this server shows its readers."),
        name=both(NAME),
        tags={"raw": ["news", "blog"], "rendered": "news, blog"},
        theme_uri=both(root),
        status="active",
        theme_supports=dict(SUPPORTS),
        is_block_theme=True,
        stylesheet_uri=root,
        template_uri=root,
        default_template_types=[
            {"title": kind.title, "description": kind.description, "slug": kind.slug} for kind in KINDS
        ],
        default_template_part_areas=[
            {"area": a.area, "label": a.label, "description": a.description, "icon": a.icon, "area_tag": a.tag}
            for a in AREAS
        ],
    )
