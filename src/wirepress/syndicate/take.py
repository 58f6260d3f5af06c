"""Carrying out what decide wants: each article in one write, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import writers
from wirepress.content.posts import originals, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.entry import EntryState, Finding
from wirepress.model.query import UserQuery
from wirepress.model.wire import (
    Arrival,
    Create,
    Dispatch,
    Intent,
    Like,
    Origin,
    OriginState,
    Remember,
    Revise,
    Skip,
    SkipReason,
)
from wirepress.store import entries, held, quotas
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.store import users as user_store
from wirepress.store.held import HeldOriginal
from wirepress.store.quotas import Quota
from wirepress.syndicate import enclosed, findings, update
from wirepress.syndicate.attribution import content_of
from wirepress.syndicate.comparing import Text
from wirepress.syndicate.identity import forms_of
from wirepress.syndicate.illustrating import Illustrating
from wirepress.syndicate.origin_rows import row_of
from wirepress.syndicate.sideload import Gallery
from wirepress.syndicate.stories import joining
from wirepress.syndicate.takedowns.bars import bar_of, barred


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an intent (created, revised, offered, kept or skipped), of which post, and why not more."""

    result: str
    post: int = 0
    detail: str = ""
    flawed: bool = False
    """Done, but not all of it: `detail` says what is missing."""
    held: str = ""
    """What has a new post wait for somebody's decision: a filter's line, or `arrival`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside an article: what became of its entry where that is only remembered, what came of the original
    of one that is held, what its text will be known again by, and what its coming in counts by."""

    finding: Finding | None = None
    original: HeldOriginal | None = None
    text: Text | None = None
    quota: Quota | None = None


def apply(
    newsroom: Newsroom, intent: Intent, gallery: Gallery | None = None, beside: Beside | None = None
) -> Outcome:  # fmt: skip
    """Carries out one intent in one write unit: a kill at any moment leaves all of it or nothing.

    `gallery` are its pictures, fetched before (`sideload`).  Raises Stale where what it was decided by does not hold
    any more.
    """
    beside = beside or Beside()
    if isinstance(intent, Skip):
        return Outcome("skipped", detail=f"{intent.reason.value}: {intent.detail}".rstrip(": "))
    with newsroom.write() as view:
        if bar_of(view.unit, intent.origin) is not None:
            return kept_out(view, intent.origin)
        if isinstance(intent, Create):
            return create(view, intent, gallery or Gallery(), beside)
        if isinstance(intent, Revise):
            intent = located(view, intent)
            result, post, detail = update.revise(view, intent, gallery or Gallery())
            if result == "revised":
                noted(view, intent.origin, findings.of_dispatch(intent.dispatch, EntryState.UPDATED), intent.origin.id)
            if beside.text is not None and result != "skipped":
                beside.text.replace(view.unit, post, view.now())
            return Outcome(result, post, detail)
        assert isinstance(intent, Remember)
        row = 0
        if (origin := row_of(view.unit, as_it_stands(view, intent.origin))) is not None:
            row = store.save_origin(view.unit, origin)
            if intent.like is not None:
                told_before(view, replace(origin, id=row), intent.like)
        if beside.finding is not None:
            noted(view, intent.origin, beside.finding, row)
        return Outcome("kept", intent.origin.post)


def noted(view: View, origin: Origin, finding: Finding, row: int) -> None:
    """Keeps what the entry is that an article came as; `row` is the number of its origin."""
    entries.note(view.unit, [(findings.named(origin), finding)], int(view.now().timestamp()), row)


def told_before(view: View, origin: Origin, like: Like) -> None:
    """Has an article that was not taken belong to the story of the post that it is like.  Raises Stale where that is
    gone meanwhile."""
    post = post_store.get(view.unit, like.post)
    if post is None or post.status == "trash":
        raise update.Stale
    joining.join(view, origin, like)


def kept_out(view: View, origin: Origin) -> Outcome:
    """What becomes of an article that was taken down: its row says so, unless it is that of a post that stands."""
    if origin.post and post_store.get(view.unit, origin.post) is not None:
        return Outcome("skipped", origin.post, SkipReason.TAKEN_DOWN.value)
    if (found := row_of(view.unit, barred(origin))) is not None:
        row = store.save_origin(view.unit, found)
        noted(view, origin, Finding(EntryState.REJECTED, SkipReason.TAKEN_DOWN.value), row)
    return Outcome("skipped", 0, SkipReason.TAKEN_DOWN.value)


def as_it_stands(view: View, origin: Origin) -> Origin:
    """An origin that was decided upon a while ago, with what has been written into its post since, and taken down
    where that was deleted."""
    known = store.origin(view.unit, origin.id) if origin.id else None
    if known is None:
        return origin
    if known.state is OriginState.TAKEN_DOWN:
        return known
    facts = replace(origin.facts, written=known.facts.written, pictures=known.facts.pictures, loaded=known.facts.loaded)
    return replace(origin, post=known.post, facts=facts)


def located(view: View, intent: Revise) -> Revise:
    """A change of an article of which only the site was known, with the row of the address that it turns out to have;
    as it was where another post has that."""
    before = intent.before
    if before.is_located:
        return intent
    found = row_of(view.unit, intent.origin)
    if found is None:
        found = replace(intent.origin, guid=before.guid, url=before.url, url_key=before.url_key)
    return replace(intent, origin=found)


def create(view: View, intent: Create, gallery: Gallery, beside: Beside) -> Outcome:
    """Publishes a new article.  Whoever took the same one since it was decided has it: it is never doubled; nor is it
    taken where somebody has rejected it.

    Raises Stale where somebody has taken one with nearly the same text since, or as many as the source may bring: it is
    decided anew.
    """
    origin, dispatch = intent.origin, intent.dispatch
    keys = [origin.url_key]
    for known in store.find_origins(view.unit, origin.source, forms_of(origin.guid), keys):
        if known.post:
            if (known.source, known.guid) != (origin.source, origin.guid):
                noted(view, origin, Finding(EntryState.DUPLICATE, SkipReason.DUPLICATE.value, "", known.post), 0)
            return Outcome("skipped", known.post, SkipReason.DUPLICATE.value)
        if known.state is OriginState.REJECTED:
            return Outcome("skipped", 0, SkipReason.REJECTED.value)
    refuse_stale(view, beside)
    found = row_of(view.unit, origin)
    assert found is not None  # no post has it: that was asked in this very write
    origin = found
    author = author_of(view, dispatch)
    pictures = Illustrating(view, gallery, author)
    thumbnail = pictures.lead(dispatch.title)
    body = pictures.text(dispatch.body, (thumbnail,))
    changes = Changes(
        title=dispatch.title,
        content=content_of(replace(dispatch, body=body), origin),
        excerpt=dispatch.excerpt,
        status=dispatch.status.value,
        author=author,
        date_gmt=update.date_of(view, dispatch),
        comment_status=dispatch.comments.value,
        ping_status=dispatch.pings.value,
        terms=terms_of(view, dispatch),
        thumbnail=thumbnail or None,
        meta=enclosed.meta_of(dispatch.enclosures),
    )
    post = publishing.create(view, NEWSROOM, "post", changes)
    pictures.adopt(post.id)
    came = dict(origin.facts.came)
    if not thumbnail:
        came["featured_media"] = ""  # what could not be had is new when it comes
    if gallery.incomplete:
        came["content"] = ""
    written = originals.prints(view, post)
    leads = (thumbnail,) if thumbnail else ()
    facts = replace(origin.facts, came=came, written=written, pictures=leads, loaded=pictures.loaded)
    origin = replace(origin, post=post.id, facts=facts)
    origin = replace(origin, id=store.save_origin(view.unit, origin))
    if beside.text is not None:
        beside.text.keep(view.unit, post.id, view.now())
    into_story(view, origin, intent.like, was_known=bool(found.id))
    finding = findings.of_dispatch(dispatch)
    noted(view, origin, finding, origin.id)
    if dispatch.status is not Arrival.PENDING:
        return Outcome("created", post.id)
    if beside.original is not None:
        held.keep(view.unit, post.id, beside.original, int(view.now().timestamp()))
    return Outcome("created", post.id, held=finding.detail or finding.reason)


def refuse_stale(view: View, beside: Beside) -> None:
    """Raises Stale where others have come since, by which an article would be decided about otherwise; else it counts
    as one that its source has brought."""
    if beside.text is not None and beside.text.came_meanwhile(view.unit, view.now()):
        raise update.Stale
    if beside.quota is not None and not quotas.take_one(view.unit, beside.quota):
        raise update.Stale


def into_story(view: View, origin: Origin, like: Like | None, *, was_known: bool) -> None:
    """Has a new post belong to the story of the one that it is like, or to the one that its origin was in before."""
    if like is not None and like.post:
        joining.join(view, origin, like)
    elif was_known:
        joining.settle(view, origin)


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
