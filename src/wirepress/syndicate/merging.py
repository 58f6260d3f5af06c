"""Merging an article that waits into the story of a post: it becomes a further source of that, and no second post.

Afterwards it is as if its source's policy had linked it at once (`Duplicates.LINK`), but that somebody has said so: no
look moves it.  Splitting it off, or accepting its entry, has it taken after all.
"""

from __future__ import annotations

from dataclasses import replace

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.media import library
from wirepress.content.newsroom import View
from wirepress.content.posts import trash
from wirepress.content.stories import reading
from wirepress.content.stories.bands import traces_of
from wirepress.content.takedowns.media import is_used
from wirepress.model.entry import EntryRecord, EntryState, Finding
from wirepress.model.errors import Forbidden, Invalid
from wirepress.model.post import Post
from wirepress.model.wire import Origin, OriginFacts, OriginState, SkipReason
from wirepress.store import held, prints, sources
from wirepress.store import posts as post_store
from wirepress.store import stories as story_store
from wirepress.syndicate import entries
from wirepress.syndicate.stories.joining import article_of, story_of
from wirepress.syndicate.stories.naming import name_sources


def resembled(view: View, record: EntryRecord) -> int:
    """The post that an article which waits is most likely the same as: that of its story, or of its text or address; 0
    where nothing is known."""
    placed = story_store.article_of(view.unit, post=record.post)
    others = story_store.articles_of(view.unit, [placed.story]) if placed is not None else []
    found = [one.post for one in others if one.post and one.status != "trash"]
    found += [match.post for match in entries.matches(view, record)]
    return next((post for post in found if post != record.post and _standing(view, post) is not None), 0)


def _standing(view: View, number: int) -> Post | None:
    post = post_store.get(view.unit, number) if 0 < number < 2**63 else None
    is_there = post is not None and post.type == "post" and post.status not in ("auto-draft", "trash")
    return post if is_there else None


def merge(view: View, viewer: Viewer, record: EntryRecord, into: int = 0) -> EntryRecord:
    """Makes an article that waits a further source of the story of a post (0: of the one that it resembles).  Its own
    post goes for good, with the pictures that no other one shows.

    Raises Forbidden for whoever may not delete the one post and edit the other, Invalid where no other post is named or
    known, or it is not there, and Conflict where somebody has decided otherwise, or has the article open.
    """
    reading.require(view, viewer)
    post = entries.decidable(view, viewer, record)
    if record.state is not EntryState.HELD or post is None:
        raise entries.too_late(view, record)
    number = into or resembled(view, record)
    if number in (0, post.id):
        raise Invalid("no_match", "Name the post whose story this article belongs to.")
    target = _standing(view, number)
    if target is None:
        raise Invalid("invalid_post", "There is no such post.")
    if not (may_do(view, viewer, "delete_post", post) and may_do(view, viewer, "edit_post", target)):
        raise Forbidden("no_access", "You may not do this.")
    origin = sources.origins_of_posts(view.unit, [post.id])[post.id]
    _place(view, replace(origin, post=0), number)
    _remove(view, post, origin)
    finding = Finding(EntryState.DUPLICATE, SkipReason.NEAR_DUPLICATE.value, "", number)
    entries.decided(view, viewer, record, finding)
    return entries.get(view, record.id)


def _place(view: View, origin: Origin, number: int) -> None:
    """Puts an article into the story of a post, for good."""
    story = story_of(view, number, by_hand=True)
    known = story_store.article_of(view.unit, origin=origin.id)
    if known is None:
        story_store.put(view.unit, replace(article_of(view, story, origin, 0), by_hand=True))
        return
    story_store.has_post(view.unit, known.id, 0)
    story_store.move(view.unit, [known.id], story)
    if known.story != story:
        story_store.end_empty(view.unit, known.story)
        name_sources(view, known.story)


def _remove(view: View, post: Post, origin: Origin) -> None:
    """Removes the post of an article that belongs to another one's story now: nothing is compared with its text any
    more, and its origin says of it what it says of what was never taken."""
    facts = origin.facts
    for one in prints.of_post(view.unit, post.id):
        prints.forget(view.unit, one, traces_of(one.print))
    kept = OriginFacts(
        facts.title, facts.authors, facts.publisher, facts.published, facts.modified, facts.licence, facts.rights,
        facts.entry_hash, signals=facts.signals, narrowed=facts.narrowed,
    )  # fmt: skip
    sources.save_origin(view.unit, replace(origin, post=0, state=OriginState.SKIPPED, content_hash="", facts=kept))
    story = story_store.article_of(view.unit, origin=origin.id)
    held.drop(view.unit, post.id)
    for picture in {*facts.pictures, *facts.loaded.values()}:
        attachment = post_store.get(view.unit, picture)
        if attachment is not None and attachment.parent in (0, post.id) and not is_used(view, attachment, {post.id}):
            library.delete(view, picture)
    trash.delete(view, post.id)
    if story is not None:
        name_sources(view, story.story)
