"""`revision.php?revision=ID`: what a revision changed, and the way back to it."""

from __future__ import annotations

from wirepress.admin import moments, pages
from wirepress.admin.differences import compared
from wirepress.admin.screens import originals
from wirepress.admin.visit import Screen, Visit
from wirepress.content.people.users import display_name
from wirepress.content.posts import locks, publishing, reading, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Conflict, Forbidden, NotFound
from wirepress.model.post import Post, RevisionHead
from wirepress.model.web import Response

LISTED = 100
"""Revisions that are listed, the newest of them."""


def show(visit: Visit) -> Response:
    revision, post = _asked(visit)
    kept = [head for head in revisions.heads(visit.view, post.id) if not head.is_autosave]
    ids = [head.id for head in kept]
    at = ids.index(revision.id) if revision.id in ids else -1
    earlier = reading.get(visit.view, ids[at + 1]) if 0 <= at < len(ids) - 1 else None
    listed = kept[:LISTED]
    visit.view.lookup.prefetch_users((revision.author, *(head.author for head in listed)))
    texts = [
        (label, list(compared(getattr(earlier, name, ""), getattr(revision, name))))
        for name, label in (
            ("title", visit.say("Title")), ("excerpt", visit.say("Excerpt")), ("content", visit.say("Text")),
        )
    ]  # fmt: skip
    return pages.page(
        visit, "revision.html", visit.say("Revision of “%(title)s”", title=post.title),
        post=post, revision=revision, texts=[pair for pair in texts if pair[1]],
        who=_who(visit, revision.author), when=moments.full(visit, revision.modified_gmt),
        others=[_entry(visit, head, current=head.id == revision.id) for head in listed],
        back=visit.address(f"post.php?post={post.id}&action=edit"),
        newest=at == 0,
        offer=originals.offer(visit, revision, post),
    )  # fmt: skip


def act(visit: Visit) -> Response:
    """Puts the texts of a revision in the place of the post's (wp_restore_post_revision), or takes over or refuses what
    the original offers."""
    revision, post = _asked(visit)
    if any(verb in visit.sent for verb in originals.VERBS):
        return originals.act(visit, revision, post)
    if locks.holder(visit.view, visit.viewer, post):
        raise Conflict("locked", "Somebody has this open in the editor. Ask them, or take it over there first.")
    texts = Changes(title=revision.title, content=revision.content, excerpt=revision.excerpt)
    publishing.update(visit.view, visit.viewer, post.id, texts)
    return pages.towards(visit, f"post.php?post={post.id}&action=edit")


def _asked(visit: Visit) -> tuple[Post, Post]:
    """The revision of the address, and its post.  Raises NotFound where there is none, Forbidden where the user may
    not edit the post."""
    revision = reading.get(visit.view, visit.asked.number("revision"), ("revision",))
    post = reading.get(visit.view, revision.parent) if revision is not None else None
    if revision is None or post is None:
        raise NotFound("no_revision", "There is no such revision.")
    if not visit.may("edit_post", post):
        raise Forbidden("no_access", "You may not edit this.")
    return revision, post


def _who(visit: Visit, author: int) -> str:
    user = visit.view.lookup.user(author)
    if user is None:
        return visit.say("the wire") if not author else visit.say("somebody who is gone")
    return display_name(user)


def _entry(visit: Visit, head: RevisionHead, *, current: bool) -> dict[str, object]:
    return {
        "href": visit.address(f"revision.php?revision={head.id}"),
        "when": moments.full(visit, head.modified_gmt),
        "who": _who(visit, head.author),
        "current": current,
    }


SCREENS = (Screen(path="revision.php", show=show, act=act, may=lambda visit: visit.may("edit_posts")),)
