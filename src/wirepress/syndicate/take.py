"""Carrying out what decide wants: each article in one write, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.media import library
from wirepress.content.media.library import Prepared
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import writers
from wirepress.content.posts import publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.moment import Stamp, stamp
from wirepress.model.query import UserQuery
from wirepress.model.wire import Create, Dispatch, Intent, Origin, Remember, Revise, Skip, SkipReason
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.store import users as user_store
from wirepress.syndicate.attribution import content_of
from wirepress.syndicate.takedowns.bars import bar_of, barred


@dataclass(frozen=True, slots=True)
class Picture:
    """A lead picture, fetched, checked and with its sizes made (`media.prepare`): only the keeping is left."""

    file: Prepared
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an intent: `created`, `revised`, `kept` or `skipped`, of which post, and why not more."""

    result: str
    post: int = 0
    detail: str = ""
    flawed: bool = False
    """Done, but not all of it: `detail` says what is missing."""


def apply(newsroom: Newsroom, intent: Intent, picture: Picture | None = None) -> Outcome:
    """Carries out one intent in one write unit: a kill at any moment leaves all of it or nothing."""
    if isinstance(intent, Skip):
        return Outcome("skipped", detail=f"{intent.reason.value}: {intent.detail}".rstrip(": "))
    with newsroom.write() as view:
        if bar_of(view.unit, intent.origin) is not None:
            return kept_out(view, intent.origin)
        if isinstance(intent, Create):
            return create(view, intent, picture)
        if isinstance(intent, Revise):
            return revise(view, intent, picture)
        assert isinstance(intent, Remember)
        if (origin := row_of(view, intent.origin)) is not None:
            store.save_origin(view.unit, origin)
        return Outcome("kept", intent.origin.post)


def kept_out(view: View, origin: Origin) -> Outcome:
    """What becomes of an article that was taken down: its row says so, unless it is that of a post that stands."""
    if origin.post and post_store.get(view.unit, origin.post) is not None:
        return Outcome("skipped", origin.post, SkipReason.TAKEN_DOWN.value)
    if (found := row_of(view, barred(origin))) is not None:
        store.save_origin(view.unit, found)
    return Outcome("skipped", 0, SkipReason.TAKEN_DOWN.value)


def row_of(view: View, origin: Origin) -> Origin | None:
    """The origin under the one row that it can have, since a name or an address has one; None where a post has it.

    What was remembered of it without a post (skipped, waiting), by this name or that address, ends in that row.
    """
    found = store.find_origins(view.unit, origin.source, [origin.guid], [origin.url_key])
    others = [
        known
        for known in found
        if known.id != origin.id
        and (known.url_key == origin.url_key or (known.source, known.guid) == (origin.source, origin.guid))
    ]
    if any(known.post for known in others):
        return None
    if not origin.id and others:
        origin = replace(origin, id=others[0].id, first_seen=others[0].first_seen)
    for known in others:
        if known.id != origin.id:
            store.forget_origin(view.unit, known.id)
    return origin


def create(view: View, intent: Create, picture: Picture | None) -> Outcome:
    """Publishes a new article.  Whoever took the same one since it was decided has it: it is never doubled."""
    origin, dispatch = intent.origin, intent.dispatch
    keys = [origin.url_key]
    for known in store.find_origins(view.unit, origin.source, [origin.guid], keys):
        if known.post:
            return Outcome("skipped", known.post, SkipReason.DUPLICATE.value)
    found = row_of(view, origin)
    assert found is not None  # no post has it: that was asked in this very write
    origin = found
    author = author_of(view, dispatch)
    thumbnail = side_load(view, picture, author, dispatch) if picture else 0
    changes = Changes(
        title=dispatch.title,
        content=content_of(dispatch, origin),
        excerpt=dispatch.excerpt,
        status=dispatch.status.value,
        author=author,
        date_gmt=date_of(view, dispatch),
        comment_status=dispatch.comments.value,
        ping_status=dispatch.pings.value,
        terms=terms_of(view, dispatch),
        thumbnail=thumbnail or None,
    )
    post = publishing.create(view, NEWSROOM, "post", changes)
    if thumbnail:
        publishing.update(view, NEWSROOM, thumbnail, Changes(parent=post.id))
    store.save_origin(view.unit, replace(origin, post=post.id))
    return Outcome("created", post.id)


def revise(view: View, intent: Revise, picture: Picture | None) -> Outcome:
    """Brings a published article up to what the original says now; the old text stays as a revision."""
    origin, dispatch = intent.origin, intent.dispatch
    before = post_store.get(view.unit, origin.post)
    if before is None or before.status == "trash":  # thrown away here: the newsroom's word counts
        store.save_origin(view.unit, origin)
        return Outcome("skipped", origin.post, "no longer published here")
    thumbnail = None
    if picture is not None and not before.thumbnail:
        thumbnail = side_load(view, picture, before.author, dispatch, parent=before.id)
    changes = Changes(
        title=dispatch.title,
        content=content_of(dispatch, origin),
        excerpt=dispatch.excerpt,
        thumbnail=thumbnail,
    )
    revisions.keep(view, NEWSROOM, before)  # an update keeps what it makes; what was published stays beside it
    publishing.update(view, NEWSROOM, before.id, changes)
    store.save_origin(view.unit, origin)
    return Outcome("revised", before.id, ", ".join(intent.changed))


def date_of(view: View, dispatch: Dispatch) -> Stamp:
    """The UTC date of the post: the original's, never one to come (that would hide the article until then)."""
    now = view.now()
    date: datetime = min(dispatch.date, now) if dispatch.date else now
    return stamp(date.astimezone(now.tzinfo))


def terms_of(view: View, dispatch: Dispatch) -> dict[str, tuple[int, ...]] | None:
    assigned: dict[str, tuple[int, ...]] = {}
    if dispatch.categories:
        found = [terms.find_or_create(view, "category", name).id for name in dispatch.categories]
        assigned["category"] = tuple(dict.fromkeys(found))
    if dispatch.tags:
        assigned["post_tag"] = tuple(terms.find_or_create(view, "post_tag", name).id for name in dispatch.tags)
    return assigned or None


def author_of(view: View, dispatch: Dispatch) -> int:
    """The user that the post belongs to: its own author, the one the source's rules name, else the oldest administrator
    or editor."""
    if dispatch.name:
        return writers.called(view, dispatch.name)
    if dispatch.author:
        user = user_store.by_login(view.unit, dispatch.author)
        if user is not None:
            return user.id
    for role in ("administrator", "editor"):
        found = user_store.find(view.unit, UserQuery(roles=(role,), orderby="id", per_page=1))
        if found.ids:
            return found.ids[0]
    return 0


def side_load(view: View, picture: Picture, author: int, dispatch: Dispatch, parent: int = 0) -> int:
    changes = Changes(title=dispatch.title, excerpt=picture.caption, author=author, parent=parent)
    return library.keep(view, NEWSROOM, picture.file, changes, alt=picture.alt).id
