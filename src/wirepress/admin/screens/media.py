"""`upload.php`: the library as a grid or a list, and what is done with many of its files at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wirepress.admin import files, lists, moments, pages, uploading
from wirepress.admin.screens import media_copy, media_item
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.media import library
from wirepress.content.media import reading as media_reading
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges, display_name
from wirepress.content.posts import listing, reading, trash
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.web import Response

PER_PAGE = "upload_per_page"
MODE = "wp_media_library_mode"
"""What somebody prefers, under WordPress's names."""
MODES = ("grid", "list")
KEPT = ("mode", "attachment-filter", "m", "s", "author", "orderby", "order")
TOLD = ("deleted", "untrashed", "skipped", "unchosen")
COLUMNS: Mapping[str, Literal["asc", "desc"]] = {
    "title": "asc", "author": "asc", "parent": "asc", "date": "desc",
}  # fmt: skip
CLASSES: Mapping[str, tuple[str, ...]] = {
    "post_mime_type:image": ("image",),
    "post_mime_type:audio": ("audio",),
    "post_mime_type:video": ("video",),
    "post_mime_type:application": ("application", "text", "font"),
}
"""The kinds of files by WordPress's names for its filter, with the halves of media types that they are of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows: the kind, the month, and who added the files."""

    filter: str
    month: str
    author: int
    search: str
    statuses: tuple[str, ...]


def show(visit: Visit) -> Response:
    if "item" in visit.asked:
        if visit.asked.text("mode") == "edit":
            return media_copy.show(visit)
        return media_item.show(visit)
    counts = reading.counts(visit.view, visit.viewer, "attachment")
    asked = _asked(visit, counts)
    mode, size = _mode(visit), lists.size_of(visit, PER_PAGE)
    found = reading.browse(visit.view, visit.viewer, _query(visit, asked, size))
    if found.total and not found.ids:
        return _to_last(visit, -(-found.total // size))
    posts = reading.items(visit.view, visit.viewer, found.ids)
    rows = _rows(visit, posts, mode)
    return pages.page(
        visit,
        "media.html",
        visit.say("Media library"),
        rules={"connect_src": uploading.reach(visit)},
        asked=asked,
        mode=mode,
        modes=[(name, text, lists.here(visit, mode=name)) for name, text in _modes(visit)],
        rows=rows,
        any_to_delete=any(row["deletable"] for row in rows),
        filters=_filters(visit, counts),
        months=_months(visit),
        paging=lists.paging(visit, found.total, size),
        sorts=lists.sorts(visit, COLUMNS, "date"),
        size=size,
        sizes=sorted({*lists.SIZES, size}),
        upload=uploading.terms(visit),
        narrowed=bool(asked.filter or asked.month or asked.search or asked.author),
        here=lists.here(visit, paged=lists.page_of(visit)),
        author=_author(visit, asked.author),
    )


def _to_last(visit: Visit, pages_in_all: int) -> Response:
    """Leads to the last page from beyond it: what was there may just have been deleted."""
    said = {name: visit.asked.text(name) for name in TOLD if name in visit.asked}
    return pages.towards(visit, "upload.php", **{**_kept(visit), "paged": pages_in_all, **said})


def _modes(visit: Visit) -> Sequence[tuple[str, str]]:
    return ("grid", visit.say("Grid")), ("list", visit.say("List"))


def _mode(visit: Visit) -> str:
    """Grid or list: as asked, else as somebody has chosen before."""
    kept = str((visit.user.meta.get(MODE) or [""])[0])
    return visit.asked.choice("mode", MODES, kept if kept in MODES else "grid")


def _asked(visit: Visit, counts: Mapping[str, int]) -> Asked:
    """What is asked for.  Private files are looked for only where there are some, since two statuses make one list
    slow."""
    month = visit.asked.text("m")
    if not (month.isascii() and month.isdigit() and len(month) == 6 and "01" <= month[4:] <= "12"):
        month = ""
    wanted = visit.asked.choice("attachment-filter", (*CLASSES, "detached", "mine", "trash"))
    statuses: tuple[str, ...] = ("inherit",)
    if wanted == "trash":
        statuses = ("trash",)
    elif counts.get("private") and visit.may("read_private_posts"):
        statuses = ("inherit", "private")
    author = visit.viewer.id if wanted == "mine" else visit.asked.number("author")
    return Asked(wanted, month, author, visit.asked.text("s").strip()[:200], statuses)


def _query(visit: Visit, asked: Asked, size: int) -> PostQuery:
    column, order = lists.sorted_by(visit, COLUMNS, "date")
    after, before = _bounds(asked.month)
    return PostQuery(
        types=("attachment",),
        statuses=asked.statuses,
        page=lists.page_of(visit),
        per_page=size,
        orderby=column,
        order=order,
        search=asked.search,
        authors=(asked.author,) if asked.author else (),
        parents=(0,) if asked.filter == "detached" else None,
        mime_classes=CLASSES.get(asked.filter, ()),
        after=after,
        before=before,
    )


def _bounds(month: str) -> tuple[Stamp | None, Stamp | None]:
    """The moments between which a month lies, both of them outside."""
    if not month:
        return None, None
    year, number = int(month[:4]), int(month[4:])
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    # No stamp has a day of 0, and none of the month is before the hour of its first day.
    return Stamp(f"{year:04d}-{number:02d}-00 99:99:99"), Stamp(f"{following[0]:04d}-{following[1]:02d}-01 00:00:00")


def _filters(visit: Visit, counts: Mapping[str, int]) -> Sequence[tuple[str, str]]:
    found = [
        ("", visit.say("All files")),
        ("post_mime_type:image", visit.say("Pictures")),
        ("post_mime_type:audio", visit.say("Sounds")),
        ("post_mime_type:video", visit.say("Videos")),
        ("post_mime_type:application", visit.say("Documents")),
        ("detached", visit.say("Unattached")),
        ("mine", visit.say("Mine")),
    ]
    if counts.get("trash"):
        found.append(("trash", visit.say("Trash")))
    return found


def _months(visit: Visit) -> Sequence[tuple[str, str]]:
    found = [("", visit.say("All dates"))]
    for year, month, _ in media_reading.months(visit.view):
        if year and 1 <= month <= 12:
            found.append((f"{year:04d}{month:02d}", moments.month(visit, year, month)))
    return found


def _author(visit: Visit, number: int) -> str:
    """The name of whose files are shown, "" for everybody's."""
    user = visit.view.lookup.user(number) if number else None
    return display_name(user) if user else ""


# ---- rows


def _rows(visit: Visit, posts: Sequence[Post], mode: str) -> Sequence[Mapping[str, Any]]:
    led: Mapping[int, int] = {}
    if mode == "list":
        visit.view.lookup.prefetch_users(post.author for post in posts)
        visit.view.lookup.prefetch_posts(post.parent for post in posts)
        led = media_reading.led_by(visit.view, posts)
    return [_row(visit, post, mode, led.get(post.id, 0)) for post in posts]


def _row(visit: Visit, post: Post, mode: str, led: int) -> Mapping[str, Any]:
    row = {
        "id": post.id,
        "title": files.title_of(visit, post),
        "name": files.name_of(post),
        "href": visit.address("upload.php", item=post.id),
        "kind": files.kind_of(post),
        "kind_name": files.kind_name(visit, post),
        "picture": files.small(visit, post),
        "alt_missing": files.kind_of(post) == "image" and not post.first_meta(library.ALT),
        "deletable": visit.may("delete_post", post),
        "trashed": post.status == "trash",
    }
    if mode == "list":
        author = visit.view.lookup.user(post.author)
        row |= {
            "author": display_name(author) if author else "",
            "author_href": lists.here(visit, author=post.author, **{"attachment-filter": ""}),
            "parent": media_item.parent_of(visit, post),
            "led": visit.language.count("Featured image of %(count)s post", "Featured image of %(count)s posts", led)
            if led
            else "",
            "when": moments.ago(visit, post.date_gmt),
            "iso": moments.iso(visit, post.date_gmt),
            "full": moments.full(visit, post.date_gmt),
            "weight": files.weight(visit, post),
            "address": files.address_of(visit, post),
            "editable": visit.may("edit_post", post),
        }
    return row


# ---- what is done


def prepare(visit: Visit) -> Any:
    """The edited copy of a picture, where one is asked for."""
    if lists.action_of(visit) == "copy":
        return media_copy.prepare(visit)
    return None


def act(visit: Visit) -> Response:
    name = lists.action_of(visit)
    if name == "copy":
        return media_copy.act(visit)
    if name in media_item.ACTIONS:
        return media_item.act(visit, name)
    if name == "rows":
        return _prefer(visit)
    if name in ("delete", "untrash"):
        return _each(visit, name)
    raise Invalid("no_action", "Choose what is to be done.")


def _each(visit: Visit, name: str) -> Response:
    """Deletes files for good, or takes them back from the trash; what one may not delete is left as it is."""
    chosen = lists.rows_of(visit, "media")
    loaded = listing.items(visit.view, chosen)
    fit = [post.id for post in loaded if post.type == "attachment" and visit.may("delete_post", post)]
    done = 0
    for number in fit:
        try:
            if name == "delete":
                library.delete(visit.view, number)
            else:
                trash.restore(visit.view, visit.viewer, number)
            done += 1
        except (NotFound, Conflict):
            continue
    skipped = len(chosen) - done
    if not done and not skipped:
        return _back(visit, unchosen=1)
    return _back(visit, **{"deleted" if name == "delete" else "untrashed": done, "skipped": skipped})


def _prefer(visit: Visit) -> Response:
    """Keeps how somebody wants to see the library."""
    size = visit.sent.number("per_page", lists.USUAL)
    mode = visit.sent.choice("mode", MODES, "grid")
    meta = {PER_PAGE: [str(max(1, min(size, max(lists.SIZES))))], MODE: [mode]}
    users.update(visit.view, visit.user.id, UserChanges(meta=meta))
    return pages.towards(visit, "upload.php", **{**_kept(visit), "mode": mode})


def _kept(visit: Visit) -> dict[str, str]:
    return {name: visit.asked.text(name) for name in KEPT if name in visit.asked}


def _back(visit: Visit, **done: int) -> Response:
    """Back to the same page of the same list."""
    page = lists.page_of(visit)
    return pages.towards(visit, "upload.php", **{**_kept(visit), "paged": page if page > 1 else 0, **done})


def _menus(visit: Visit) -> Mapping[str, Menu]:
    if visit.may("upload_files"):
        return {"upload.php": Menu("Library", "media", 0)}
    return {}


SCREENS = (Screen(path="upload.php", show=show, act=act, prepare=prepare, may=needs("upload_files"), menus=_menus),)
