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
from wirepress.content.takedowns.media import is_used
from wirepress.model.origin import NOT_BY_THE_WIRE
from wirepress.model.post import Post
from wirepress.model.signals import AGAINST_COPIES
from wirepress.model.wire import Dispatch, Origin, Pictures, Rights, SignalPolicy, Source
from wirepress.store import arrivals, held, uploads
from wirepress.store import originals as change_store
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.syndicate import enclosed
from wirepress.syndicate.attribution import content_of
from wirepress.syndicate.image_blocks import without_attachments
from wirepress.syndicate.same import content_hash
from wirepress.syndicate.stories.naming import further_of
from wirepress.syndicate.update import long_written

_WIDTH = {Rights.LINK: 0, Rights.EXCERPT: 1, Rights.FULL: 2}


def mark_of(source: Source) -> str:
    """What `Memory.within` says once everything kept of a source is within its rights."""
    pictures = "" if source.rules.pictures is Pictures.ALL else f", pictures {source.rules.pictures.value}"
    heeds = ", heed" if source.rules.signals is SignalPolicy.HEED else ""
    return source.rights.value + ("+picture" if source.rules.picture else "") + pictures + heeds


def narrow(newsroom: Newsroom, source: Source, beat: Callable[[], object] = lambda: None) -> int:
    """Brings all that is kept of a source within its rights; how many posts had more.

    Each post is a write of its own; one that was done is not done again, so it may be killed and run anew.
    """
    changed = last = 0
    while True:
        with newsroom.database.read() as unit:
            page = arrivals.origins_after(unit, source.id, last)
        for origin in page:
            beat()
            with newsroom.write() as view:
                changed += _taken_back(view, _heeding(source, origin), origin)
            last = origin.id
        if not page:
            break
    if changed:
        newsroom.database.scrub()
    return changed


def _heeding(source: Source, origin: Origin) -> Source:
    """The source with the rights that it has for an article, whose page may have spoken against copies."""
    heeds = source.rules.signals is SignalPolicy.HEED and source.rights is Rights.FULL
    is_against = any(word in AGAINST_COPIES for word in origin.facts.signals)
    return replace(source, rights=Rights.EXCERPT) if heeds and is_against else source


def take_back(newsroom: Newsroom, rights: Rights, source: Source, origin: Origin) -> bool:
    """Brings what is kept of one article within rights that are narrower than its source's; whether it had more."""
    if _WIDTH[origin.facts.rights] <= _WIDTH[rights]:
        return False
    with newsroom.write() as view:
        changed = _taken_back(view, replace(source, rights=rights), origin)
    if changed:
        newsroom.database.scrub()
    return changed


def _taken_back(view: View, source: Source, origin: Origin) -> bool:
    """Takes back of one post what the rights do not allow; whether there was anything."""
    origin = store.origin(view.unit, origin.id) or origin  # as it is in this very write
    post = post_store.get(view.unit, origin.post)
    if post is None:
        return False
    # What was here before its source has not come under these rights.
    is_ours = origin.facts.is_adopted and origin.facts.written.get("content") == NOT_BY_THE_WIRE
    too_wide = not is_ours and _WIDTH[origin.facts.rights] > _WIDTH[source.rights]
    pictures = _pictures_beyond(source, origin, post)
    if not (too_wide or pictures):
        return False
    stands = originals.prints(view, post)
    if not origin.facts.written:
        written = long_written(view, origin, post, stands)
        origin = replace(origin, facts=replace(origin.facts, written=written))
    is_untouched = originals.as_printed_now(origin.facts.written, post).get("content") == stands["content"]
    for picture in sorted(pictures):
        _drop_picture(view, post, picture, origin)
    origin = _without_pictures(origin, source, pictures)
    if too_wide:
        origin = _text_taken_back(view, source, post, origin)
    elif (text := without_attachments(post.content, pictures)) != post.content:
        publishing.update(view, NEWSROOM, post.id, Changes(content=text), revise=False)
    after = publishing.existing(view, post.id)
    taken = {
        "content": too_wide or is_untouched,
        "excerpt": too_wide and source.rights is Rights.LINK,
        "featured_media": source.pictures is Pictures.NONE and not after.thumbnail,
    }
    originals.note_written(view, origin, after, [name for name, is_taken in taken.items() if is_taken])
    return True


def _pictures_beyond(source: Source, origin: Origin, post: Post) -> set[int]:
    """The pictures of a post that its source no longer lets it have."""
    facts = origin.facts
    own = () if facts.is_adopted else (post.thumbnail,)
    leads = {*own, *facts.pictures} - {0}
    if source.pictures is Pictures.ALL:
        return set()
    if source.pictures is Pictures.LEAD:
        return set(facts.loaded.values()) - leads
    return leads | set(facts.loaded.values())


def _text_taken_back(view: View, source: Source, post: Post, origin: Origin) -> Origin:
    """Takes back the text beyond the rights: of the post, of what waits, and its revisions.  Gives the origin then."""
    excerpt = "" if source.rights is Rights.LINK else post.excerpt
    # An empty digest of the entry: what the feed says is looked at once more, since it may bring a better summary.
    facts = replace(origin.facts, rights=source.rights, entry_hash="", etag="", last_modified="")
    origin = replace(origin, facts=facts, content_hash=content_hash(excerpt))
    text = content_of(Dispatch(post.title, excerpt=excerpt), origin, further_of(view, post.id))
    publishing.update(view, NEWSROOM, post.id, Changes(content=text, excerpt=excerpt, meta={enclosed.FIELD: []}))
    waited = [name for change in originals.waiting(view, post.id) for name in change.offered]
    change_store.forget(view.unit, post.id)
    held.drop(view.unit, post.id)
    for revision in post_store.children(view.unit, post.id, ("revision",)):
        post_store.delete(view.unit, revision)
    return _without(origin, ("content", "excerpt", *waited))


def _without(origin: Origin, fields: Collection[str]) -> Origin:
    """The origin as if nothing had come yet of some fields."""
    came = {name: said for name, said in origin.facts.came.items() if name not in fields}
    return replace(origin, facts=replace(origin.facts, came=came))


def _without_pictures(origin: Origin, source: Source, pictures: Collection[int]) -> Origin:
    """The origin as if some pictures had never come: what is allowed anew comes with the next look."""
    facts = origin.facts
    kept = {url: attachment for url, attachment in facts.loaded.items() if attachment not in pictures}
    leads = tuple(one for one in facts.pictures if one not in pictures)
    facts = replace(facts, loaded=kept, pictures=leads, taken=source.pictures.value)
    fields: tuple[str, ...] = ("content",) if kept != origin.facts.loaded else ()
    if source.pictures is Pictures.NONE:
        fields += ("featured_media",)
    return _without(replace(origin, facts=facts), fields)


def _drop_picture(view: View, post: Post, picture: int, origin: Origin) -> None:
    """Removes a picture with its files, unless it is one of the newsroom's own; one that another article shows is only
    taken off this one."""
    attachment = post_store.get(view.unit, picture)
    if attachment is None:
        return
    is_brought = picture in (*origin.facts.pictures, *origin.facts.loaded.values())
    is_shared = attachment.parent not in ((0, post.id) if is_brought else (post.id,))
    if is_shared or is_used(view, attachment, {post.id}):
        if is_brought and post.thumbnail == picture:
            publishing.update(view, NEWSROOM, post.id, Changes(thumbnail=0))
        return
    # The files go first: a kill in between leaves a row that the next run removes, never a picture without a row.
    for path in uploads.of_post(view.unit, picture):
        view.files.delete(path)
    trash.delete(view, picture)
