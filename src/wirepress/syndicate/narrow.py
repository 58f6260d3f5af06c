"""Taking back what the rights of a source no longer allow: from posts, their renderings, search texts and revisions.

Rights bind the machine.  Narrowing needs no network and no feed that still lists the article; it is done before a
source is looked at, or at once by whoever changes the rights.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import originals, publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.wire import Dispatch, Origin, Rights, Source
from wirepress.store import held, uploads
from wirepress.store import originals as change_store
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.syndicate.attribution import content_of
from wirepress.syndicate.same import content_hash
from wirepress.syndicate.stories.naming import further_of
from wirepress.syndicate.update import long_written

_WIDTH = {Rights.LINK: 0, Rights.EXCERPT: 1, Rights.FULL: 2}


def mark_of(source: Source) -> str:
    """What `Memory.within` says once everything kept of a source is within its rights."""
    return source.rights.value + ("+picture" if source.rules.picture else "")


def narrow(newsroom: Newsroom, source: Source, beat: Callable[[], object] = lambda: None) -> int:
    """Brings all that is kept of a source within its rights; how many posts had more.

    Each post is a write of its own; one that was done is not done again, so it may be killed and run anew.
    """
    changed = last = 0
    while True:
        with newsroom.database.read() as unit:
            page = store.origins_after(unit, source.id, last)
        for origin in page:
            beat()
            with newsroom.write() as view:
                changed += _taken_back(view, source, origin)
            last = origin.id
        if not page:
            break
    if changed:
        newsroom.database.scrub()
    return changed


def _taken_back(view: View, source: Source, origin: Origin) -> bool:
    """Takes back of one post what the rights do not allow; whether there was anything."""
    origin = store.origin(view.unit, origin.id) or origin  # as it is in this very write
    post = post_store.get(view.unit, origin.post)
    may_show = source.rights is Rights.FULL or source.rules.picture
    too_wide = _WIDTH[origin.facts.rights] > _WIDTH[source.rights]
    pictures = set() if may_show or post is None else {post.thumbnail, *origin.facts.pictures} - {0}
    if post is None or not (too_wide or pictures):
        return False
    if not origin.facts.written:
        written = long_written(view, origin, post, originals.prints(view, post))
        origin = replace(origin, facts=replace(origin.facts, written=written))
    origin = _without(origin, () if may_show else ("featured_media",))
    for picture in sorted(pictures):
        _drop_picture(view, post, picture)
    if too_wide:
        origin = _text_taken_back(view, source, post, origin)
    after = publishing.existing(view, post.id)
    taken = {
        "content": too_wide,
        "excerpt": too_wide and source.rights is Rights.LINK,
        "featured_media": not (may_show or after.thumbnail),
    }
    originals.note_written(view, origin, after, [name for name, is_taken in taken.items() if is_taken])
    return True


def _text_taken_back(view: View, source: Source, post: Post, origin: Origin) -> Origin:
    """Takes back the text beyond the rights: of the post, of what waits, and its revisions.  Gives the origin then."""
    excerpt = "" if source.rights is Rights.LINK else post.excerpt
    # An empty digest of the entry: what the feed says is looked at once more, since it may bring a better summary.
    facts = replace(origin.facts, rights=source.rights, entry_hash="", etag="", last_modified="")
    origin = replace(origin, facts=facts, content_hash=content_hash(excerpt))
    text = content_of(Dispatch(post.title, excerpt=excerpt), origin, further_of(view, post.id))
    publishing.update(view, NEWSROOM, post.id, Changes(content=text, excerpt=excerpt))
    waited = [name for change in originals.waiting(view, post.id) for name in change.offered]
    change_store.forget(view.unit, post.id)
    held.drop(view.unit, post.id)
    for revision in post_store.children(view.unit, post.id, ("revision",)):
        post_store.delete(view.unit, revision)
    return _without(origin, ("content", "excerpt", *waited))


def _without(origin: Origin, fields: Collection[str]) -> Origin:
    """The origin as if nothing had come yet of some fields; without the pictures, where it has none any more."""
    came = {name: said for name, said in origin.facts.came.items() if name not in fields}
    pictures = () if "featured_media" in fields else origin.facts.pictures
    return replace(origin, facts=replace(origin.facts, came=came, pictures=pictures))


def _drop_picture(view: View, post: Post, picture: int) -> None:
    """Removes the lead picture with its files, unless it is one of the newsroom's own."""
    attachment = post_store.get(view.unit, picture)
    if attachment is None or attachment.parent != post.id:
        return
    # The files go first: a kill in between leaves a row that the next run removes, never a picture without a row.
    for path in uploads.of_post(view.unit, picture):
        view.files.delete(path)
    trash.delete(view, picture)
