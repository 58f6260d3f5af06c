"""`edit.php`: the list of posts, of pages, and of every other type that has one."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from wirepress.admin import lists, pages
from wirepress.admin.screens import post_actions, quick_edit
from wirepress.admin.screens.post_filters import (
    SORTS,
    Selection,
    may_list,
    taxonomies_of,
    type_of,
    variable_of,
)  # fmt: skip
from wirepress.admin.screens.post_rows import Rows, page_of, paged
from wirepress.admin.visit import Menu, Screen, Visit
from wirepress.model.errors import Conflict, WirepressError
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.model.web import Response


def show(visit: Visit) -> Response:
    return _page(Selection(visit, type_of(visit)))


def act(visit: Visit) -> Response:
    return post_actions.act(Selection(visit, type_of(visit)))


def again(visit: Visit, error: WirepressError) -> Response:
    """The list, with what was typed into quick edit or the panel of bulk edit, and why it was refused."""
    return _page(Selection(visit, type_of(visit)), error)


def _page(selection: Selection, error: WirepressError | None = None) -> Response:
    visit, kind = selection.visit, selection.kind
    page = page_of(selection)
    if page.total and not page.posts and error is None:
        return _last_page(selection, page.total)
    rows = Rows(selection, page.posts)
    action = lists.action_of(visit)
    status = 200
    if error is not None:
        status = 409 if isinstance(error, Conflict) else 400
    open_id = visit.sent.number("post_ID") if action == "quick" else visit.asked.number("quick")
    posts = [(rows.row(post, page.depths.get(post.id)), _quick(selection, post, open_id)) for post in page.posts]
    has_panel = "bulk" in visit.asked or action == "bulk"
    return pages.page(
        visit,
        "posts.html",
        visit.say(kind.label),
        status=status,
        error=visit.why(error) if error else "",
        selection=selection,
        kind=kind,
        may_create=visit.may(kind.capabilities["create_posts"]),
        new=visit.address("post-new.php", post_type="" if kind.name == "post" else kind.name),
        here=lists.here(visit, paged=paged(visit)),
        posts=posts,
        total=page.total,
        columns=rows.columns,
        has_sources=bool(rows.origins),
        sorts=lists.sorts(visit, SORTS, selection.usual_order),
        paging=lists.paging(visit, page.total, selection.size),
        panel=quick_edit.bulk_fields(selection) if has_panel else None,
        checked=visit.sent.numbers("post") if error else visit.asked.numbers("bulk"),
        undo=_trashed(visit),
        filters=_filters(selection, rows),
        sizes=lists.SIZES,
        words=_words(visit, kind),
    )


def _trashed(visit: Visit) -> list[int]:
    """What was put into the trash just now and can be taken back."""
    parts = visit.asked.text("ids").split(",")[: max(lists.SIZES)] if visit.asked.number("trashed") else []
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19]


def _last_page(selection: Selection, total: int) -> Response:
    """Leads to the last page of a list that has become shorter, with what has just happened."""
    visit = selection.visit
    said = {name: visit.asked.text(name) for name in (*pages.DONE, "ids") if name in visit.asked}
    address = lists.here(visit, **said, paged=-(-total // selection.size))
    return pages.towards(visit, address.removeprefix(visit.address()))


def _quick(selection: Selection, post: Post, open_id: int) -> dict[str, Any] | None:
    """The fields of a row that is open for quick edit."""
    if post.id != open_id or post.status == "trash" or not selection.visit.may("edit_post", post):
        return None
    return quick_edit.fields(selection, post, sent=lists.action_of(selection.visit) == "quick")


def _filters(selection: Selection, rows: Rows) -> dict[str, Any]:
    """What the form over the list offers."""
    visit = selection.visit
    asked = visit.asked
    kept = {
        "post_type": "" if selection.kind.name == "post" else selection.kind.name,
        "post_status": selection.status,
        "all_posts": "" if selection.edits_others else "1",
        "orderby": asked.choice("orderby", tuple(SORTS)),
        "order": asked.choice("order", ("asc", "desc")),
    }
    flat = [
        (variable_of(taxonomy), taxonomy.singular, asked.text(variable_of(taxonomy)), term)
        for taxonomy in selection.taxonomies
        if not taxonomy.hierarchical and taxonomy.name in selection.chosen_terms
        for term in (selection.chosen_terms[taxonomy.name],)
    ]
    year, month = selection.month
    return {
        "kept": [(name, value) for name, value in kept.items() if value],
        "months": selection.months(),
        "month": f"{year:04d}{month:02d}" if year else "",
        "pickers": list(selection.pickers()),
        "authors": quick_edit.authors(selection) if "author" in selection.kind.supports else [],
        "sources": list(rows.sources.items()),
        "changes": [("1", visit.say("The original has changed"))] if rows.sources else [],
        "flat": [
            (variable, label, value, unescape(term.name) if term else value, lists.here(visit, **{variable: ""}))
            for variable, label, value, term in flat
        ],
        "clear": selection.address(post_status=selection.status, all_posts=1),
    }


def _words(visit: Visit, kind: PostType) -> dict[str, str]:
    """What the page says of a type, in the type's own words."""
    labels = kind.labels
    return {
        "add": visit.say(labels.get("add_new_item") or "Add"),
        "search": visit.say(labels.get("search_items") or "Search"),
        "none": visit.say(labels.get("not_found") or "There is nothing here."),
        "none_in_trash": visit.say(labels.get("not_found_in_trash") or "There is nothing in the trash."),
    }


def _menus(visit: Visit) -> Mapping[str, Menu]:
    """The entries of posts, of pages, and a group for each type of the site's own."""
    found: dict[str, Menu] = {}
    for kind in visit.site.registry.types.values():
        if kind.show_ui and (kind.name in ("post", "page") or not kind.builtin):
            found |= _menus_of(visit, kind)
    return found


def _menus_of(visit: Visit, kind: PostType) -> dict[str, Menu]:
    group = {"post": "posts", "page": "pages"}.get(kind.name, f"type-{kind.name}")
    typed = "" if kind.name == "post" else f"post_type={kind.name}"
    heading = kind.labels.get("menu_name") or kind.label
    found: dict[str, Menu] = {}
    if visit.may(kind.capabilities["edit_posts"]):
        found[f"edit.php?{typed}".rstrip("?")] = Menu(
            kind.labels.get("all_items") or kind.label, group, 0, heading=heading
        )
    if visit.may(kind.capabilities["create_posts"]) and found:
        label = kind.labels.get("add_new") or "Add new"
        found[f"post-new.php?{typed}".rstrip("?")] = Menu(label, group, 1, heading=heading)
    for place, taxonomy in enumerate(taxonomies_of(visit, kind), 2):
        if visit.may(taxonomy.capabilities["manage_terms"]):
            path = f"edit-tags.php?taxonomy={taxonomy.name}" + (f"&{typed}" if typed else "")
            found[path] = Menu(taxonomy.labels.get("menu_name") or taxonomy.label, group, place, heading=heading)
    return found


SCREENS = (Screen(path="edit.php", show=show, act=act, again=again, may=may_list, menus=_menus),)
