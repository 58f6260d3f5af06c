"""How the lists and forms of WordPress's site editor are laid out (WP_REST_View_Config_Controller)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.wp.call import Call
from wirepress.wp.errors import missing
from wirepress.wp.fields import pick, tree
from wirepress.wp.resources.blocks.pattern_categories import CATEGORIES
from wirepress.wp.resources.themes import facts
from wirepress.wp.result import Result

VERSION = 1
_PANEL, _BARE = {"type": "panel"}, {"type": "regular", "labelPosition": "none"}
_ABOVE = {"type": "panel", "labelPosition": "top"}
_BY_TITLE = {"field": "title", "direction": "asc"}
_STATUSES = (
    ("Published", "published", "publish"), ("Scheduled", "future", "future"), ("Drafts", "drafts", "draft"),
    ("Pending", "pending", "pending"), ("Private", "private", "private"), ("Trash", "trash", "trash"),
)  # fmt: skip
_AREAS = (
    ("Header", "header"), ("Footer", "footer"), ("Navigation Overlay", "navigation-overlay"),
    ("General", "uncategorized"),
)  # fmt: skip

Json = Any


def _bare(name: str) -> Json:
    return {"id": name, "layout": _BARE}


def _above(name: str) -> Json:
    return {"id": name, "layout": _ABOVE}


def _together(name: str, label: str, *more: str) -> Json:
    first = "comment_status" if name == "discussion" else name
    return {"id": name, "label": label, "children": [_bare(first), *more]}


def _form(*fields: Json) -> Json:
    return {"layout": _PANEL, "fields": list(fields)}


FORM_OF_POSTS = _form(
    _bare("featured_media"), _bare("post-content-info"), _above("excerpt"),
    _together("status", "Status", "scheduled_date", "password", "sticky"), "date", "slug", "author", "template",
    _together("discussion", "Discussion", "ping_status"), "parent", "format", "revisions",
)  # fmt: skip
FORM_OF_TEMPLATES = _form(
    _above("description"), _bare("description_readonly"),
    {"id": "last_edited_date", "layout": {"type": "panel", "labelPosition": "none"}},
    "revisions", "posts_page_title", "posts_per_page", "default_comment_status",
)  # fmt: skip
FORM_OF_PARTS = _form({"id": "last_edited_date", "layout": {"type": "panel", "labelPosition": "none"}}, "revisions")
FORM_OF_BLOCKS = _form(_above("excerpt"), _bare("post-content-info"), "sync-status", "revisions")


def _locked(field: str, operator: str, value: str) -> list[Json]:
    return [{"field": field, "operator": operator, "value": value, "isLocked": True}]


def _view(title: str, slug: str, filters: list[Json], more: Mapping[str, Json] | None = None) -> Json:
    return {"title": title, "slug": slug, "view": {**(more or {}), "filters": filters}}


def _plain(title: str, form: Json) -> dict[str, Json]:
    """The layout of a list of which nothing more is known."""
    view = {
        "type": "table", "filters": [], "sort": _BY_TITLE, "perPage": 20, "fields": ["author", "status"],
        "titleField": "title",
    }  # fmt: skip
    return {
        "default_view": view,
        "default_layouts": {"table": {}, "grid": {}, "list": {}},
        "view_list": [{"title": title, "slug": "all"}],
        "form": form,
    }


def _of_pages(title: str) -> dict[str, Json]:
    starting = {"layout": {"styles": {"author": {"align": "start"}}}}
    views = []
    for label, slug, status in _STATUSES:
        more = {"type": "table", **starting} if status == "trash" else None
        views.append(_view(label, slug, _locked("status", "isAny", status), more))
    return {
        "default_view": {
            "type": "list", "filters": [], "perPage": 20, "sort": _BY_TITLE, "showLevels": True, "titleField": "title",
            "mediaField": "featured_media", "fields": ["author", "status"],
        },
        "default_layouts": {"table": starting, "grid": {}, "list": {}},
        "view_list": [{"title": title, "slug": "all"}, *views],
        "form": FORM_OF_POSTS,
    }  # fmt: skip


def _of_templates() -> dict[str, Json]:
    return {
        "default_view": {
            "type": "grid", "perPage": 20, "sort": _BY_TITLE, "titleField": "title", "descriptionField": "description",
            "mediaField": "preview", "fields": ["author", "active", "slug", "theme"], "filters": [], "showMedia": True,
        },
        "default_layouts": {"table": {"showMedia": False}, "grid": {"showMedia": True}, "list": {"showMedia": False}},
        "view_list": [
            {"title": "All templates", "slug": "all"},
            _view(facts.NAME, facts.NAME, _locked("author", "is", facts.NAME)),
        ],
        "form": FORM_OF_TEMPLATES,
    }  # fmt: skip


def _in_a_grid(badges: Mapping[str, Json], fields: list[str]) -> dict[str, Json]:
    """The view and the layouts of what shows as pictures of itself."""
    view = {
        "type": "grid", "perPage": 20, "titleField": "title", "mediaField": "preview", "fields": fields, "filters": [],
        "layout": badges,
    }  # fmt: skip
    narrow = {"layout": {"styles": {"author": {"width": "1%"}}}}
    return {"default_view": view, "default_layouts": {"table": narrow, "grid": {"layout": badges}}}


def _of_parts() -> dict[str, Json]:
    areas = [_view(label, area, _locked("area", "is", area)) for label, area in _AREAS]
    return {
        **_in_a_grid({}, ["author"]),
        "view_list": [{"title": "All template parts", "slug": "all-parts"}, *areas],
        "form": FORM_OF_PARTS,
    }


def _of_blocks() -> dict[str, Json]:
    categories = sorted((one.label, one.name) for one in CATEGORIES)
    views = [("All patterns", "all-patterns"), ("My patterns", "my-patterns"), *categories]
    return {
        **_in_a_grid({"badgeFields": ["sync-status"]}, ["sync-status"]),
        "view_list": [{"title": title, "slug": slug} for title, slug in views],
        "form": FORM_OF_BLOCKS,
    }


def layout_of(call: Call, kind: str, name: str) -> dict[str, Json]:
    """The layout of a list and of the form of its items, as the site editor takes it."""
    of_type = call.site.registry.types.get(name) if kind == "postType" else None
    if of_type is None:
        return _plain("All items", {})
    if name == "page":
        return _of_pages(of_type.labels["all_items"])
    if name == "wp_template":
        return _of_templates()
    if name == "wp_template_part":
        return _of_parts()
    if name == "wp_block":
        return _of_blocks()
    return _plain(of_type.labels["all_items"], FORM_OF_POSTS)


def run(call: Call) -> Result:
    """The layout that a call asks for."""
    kind, name = str(call.params["kind"]), str(call.params["name"])
    value = {"kind": kind, "name": name, "version": VERSION, **layout_of(call, kind, name)}
    return Result(value=pick(value, tree(call.fields)) if call.fields else value)


def _capability(call: Call) -> str | None:
    """The capability that a layout asks for; None where there is no such list
    (WP_REST_View_Config_Controller::get_required_capability)."""
    kind, name = str(call.params.get("kind")), str(call.params.get("name"))
    if kind == "postType":
        of_posts = call.site.registry.types.get(name)
        if of_posts is not None and of_posts.show_in_rest:
            return of_posts.capabilities["edit_posts"]
        return None
    if kind == "taxonomy":
        of_terms = call.site.registry.taxonomies.get(name)
        if of_terms is not None and of_terms.show_in_rest:
            return of_terms.capabilities["manage_terms"]
        return None
    return "manage_options" if kind == "root" else "edit_posts"


def may_see(call: Call) -> None:
    """Raises where there is no such list, and where the caller may not see it."""
    capability = _capability(call)
    if capability is None:
        raise missing("rest_view_config_invalid_entity", "There is no such kind of thing.")
    call.need(capability, "rest_cannot_read", "You may not see how this list is laid out.")
