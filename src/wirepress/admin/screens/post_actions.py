"""What a list does with posts: the trash and back, bulk edit, quick edit, how many rows it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wirepress.admin import lists, pages
from wirepress.admin.screens import quick_edit
from wirepress.admin.screens.post_filters import Selection
from wirepress.admin.screens.post_rows import paged
from wirepress.admin.visit import Visit
from wirepress.content.people import users
from wirepress.content.people.users import UserChanges
from wirepress.content.posts import listing, locks, publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Forbidden, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.web import Response

AT_ONCE = 500
"""So many posts are deleted in one go when the trash is emptied; who presses again goes on."""


def act(selection: Selection) -> Response:
    """Does what was asked for with the chosen posts, and leads back to the same list."""
    action = _ACTIONS.get(lists.action_of(selection.visit))
    if action is None:
        raise Invalid("no_action", "Choose first what shall be done.")
    return action(selection)


def back(visit: Visit, **variables: object) -> Response:
    """Leads to the list as it was, at the same page."""
    place = {"paged": paged(visit), **variables}
    return pages.towards(visit, lists.here(visit, **place).removeprefix(visit.address()))


def _chosen(selection: Selection) -> list[Post]:
    """The chosen posts of the type.  Raises Invalid where none is chosen."""
    ids = lists.rows_of(selection.visit, "post")
    if not ids:
        raise Invalid("nothing_chosen", "Check at least one row first.")
    return [post for post in listing.items(selection.visit.view, ids) if post.type == selection.kind.name]


def _each(selection: Selection, fits: Callable[[Post], bool], verb: Callable[[Post], object]) -> tuple[list[int], int]:
    """Does something with each chosen post that it fits; the ids of those, and how many were left as they are."""
    posts = _chosen(selection)
    done = []
    for post in posts:
        if fits(post):
            verb(post)
            done.append(post.id)
    return done, len(lists.rows_of(selection.visit, "post")) - len(done)


def _trash(selection: Selection) -> Response:
    visit, view = selection.visit, selection.visit.view

    def fits(post: Post) -> bool:
        is_free = not locks.holder(view, visit.viewer, post)
        return post.status != "trash" and is_free and visit.may("delete_post", post)

    done, skipped = _each(selection, fits, lambda post: trash.trash(view, visit.viewer, post.id))
    return back(visit, trashed=len(done), skipped=skipped, ids=",".join(map(str, done)))


def _in_trash(selection: Selection) -> Callable[[Post], bool]:
    return lambda post: post.status == "trash" and selection.visit.may("delete_post", post)


def _restore(selection: Selection) -> Response:
    visit = selection.visit
    done, skipped = _each(
        selection, _in_trash(selection), lambda post: trash.restore(visit.view, visit.viewer, post.id)
    )
    return _restored(visit, done, skipped)


def _undo(selection: Selection) -> Response:
    """Takes back what was put into the trash just now, with the status that it had: who may not publish gets drafts."""
    visit = selection.visit
    as_it_was = visit.may(selection.kind.capabilities["publish_posts"])
    done, skipped = _each(
        selection,
        _in_trash(selection),
        lambda post: trash.restore(visit.view, visit.viewer, post.id, as_it_was=as_it_was),
    )
    return _restored(visit, done, skipped)


def _restored(visit: Visit, done: Sequence[int], skipped: int) -> Response:
    """Says apart from the others which posts are drafts now."""
    drafts = sum(post.status == "draft" for post in listing.items(visit.view, done))
    return back(visit, untrashed=len(done) - drafts, drafted=drafts, skipped=skipped)


def _delete(selection: Selection) -> Response:
    visit = selection.visit
    done, skipped = _each(selection, _in_trash(selection), lambda post: trash.delete(visit.view, post.id))
    return back(visit, deleted=len(done), skipped=skipped)


def _empty(selection: Selection) -> Response:
    """Deletes for good what is in the trash and the user may delete."""
    visit = selection.visit
    others = visit.may(selection.kind.capabilities["delete_others_posts"])
    query = PostQuery(
        types=(selection.kind.name,),
        statuses=("trash",),
        authors=() if others else (visit.viewer.id,),
        per_page=AT_ONCE,
        order="asc",
    )
    found = listing.browse(visit.view, visit.viewer, query)
    fits = _in_trash(selection)
    done = [post.id for post in listing.items(visit.view, found.ids) if fits(post)]
    for post_id in done:
        trash.delete(visit.view, post_id)
    return back(visit, paged="", deleted=len(done), skipped=len(found.ids) - len(done))


def _open_panel(selection: Selection) -> Response:
    """Leads to the list with the panel of bulk edit."""
    ids = [post.id for post in _chosen(selection)]
    return back(selection.visit, bulk=ids)


def _bulk(selection: Selection) -> Response:
    """Gives all chosen posts what the panel says."""
    visit = selection.visit
    sent = visit.sent
    changes = Changes(
        status=quick_edit.checked_status(selection, sent.text("post_status"), "") or None,
        author=quick_edit.checked_author(selection, sent.text("post_author"), 0),
        comment_status=sent.choice("comment_status", ("open", "closed")) or None,
        sticky=_sticky(selection),
    )
    added = _added(selection)
    if changes == Changes() and not added:
        raise Invalid("nothing_changed", "Say first what shall change.")

    def fits(post: Post) -> bool:
        is_free = not locks.holder(visit.view, visit.viewer, post)
        return post.status != "trash" and is_free and visit.may("edit_post", post)

    def change(post: Post) -> None:
        terms = {
            name: [*(term.id for term in post.terms if term.taxonomy == name), *ids] for name, ids in added.items()
        }
        own = replace(changes, terms=terms)
        if own.sticky and post.is_protected:
            own = replace(own, sticky=None)
        publishing.update(visit.view, visit.viewer, post.id, own)

    done, skipped = _each(selection, fits, change)
    return back(visit, updated=len(done), skipped=skipped)


def _sticky(selection: Selection) -> bool | None:
    wanted = selection.visit.sent.choice("sticky", ("1", "0"))
    if not wanted:
        return None
    if not quick_edit.may_stick(selection):
        raise Forbidden("no_sticky", "You may not put posts on top of the front page.")
    return wanted == "1"


def _added(selection: Selection) -> dict[str, Sequence[int]]:
    """The terms that all chosen posts get besides their own."""
    found: dict[str, Sequence[int]] = {}
    for taxonomy in quick_edit.assignable(selection):
        if taxonomy.hierarchical:
            there = {term.id for term in selection.terms[taxonomy.name]}
            ids = [i for i in selection.visit.sent.numbers(f"tax_{taxonomy.name}") if i in there]
        else:
            ids = quick_edit.typed_terms(selection.visit, taxonomy)
        if ids:
            found[taxonomy.name] = ids
    return found


def _quick(selection: Selection) -> Response:
    post = quick_post(selection)
    quick_edit.save(selection, post)
    return back(selection.visit, updated=1)


def quick_post(selection: Selection) -> Post:
    """The post of a quick edit.  Raises NotFound where there is none of the type."""
    found = listing.items(selection.visit.view, (selection.visit.sent.number("post_ID"),))
    if not found or found[0].type != selection.kind.name:
        raise NotFound("no_post", "This is not there any more.")
    return found[0]


def _resize(selection: Selection) -> Response:
    """Keeps how many rows the user wants to see."""
    visit = selection.visit
    number = visit.sent.number("per_page")
    if number not in lists.SIZES:
        raise Invalid("no_size", "A list cannot have so many rows.")
    name = f"edit_{selection.kind.name}_per_page"
    users.update(visit.view, visit.viewer.id, UserChanges(meta={name: [str(number)]}))
    return back(visit, paged="")


_ACTIONS: dict[str, Callable[[Selection], Response]] = {
    "trash": _trash,
    "untrash": _restore,
    "undo": _undo,
    "delete": _delete,
    "empty": _empty,
    "edit": _open_panel,
    "bulk": _bulk,
    "quick": _quick,
    "resize": _resize,
}
"""What is done, by what a form says (WordPress's names where it has them)."""
