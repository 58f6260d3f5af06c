"""What a change of an original does to the post that was made of it: what nobody has changed here follows, the rest is
offered.  Whether somebody has is asked in the very write, so no change of an editor is lost to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import writers
from wirepress.content.posts import locks, originals, publishing, revisions
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import WirepressError
from wirepress.model.moment import Stamp, stamp
from wirepress.model.original import FIELDS, TEXTS, ChangedField, FieldState, OriginalChange, Reason, UpdatePolicy
from wirepress.model.post import Post
from wirepress.model.wire import Dispatch, Origin, Revise, Source
from wirepress.store import originals as change_store
from wirepress.store import posts as post_store
from wirepress.store import sources as store
from wirepress.store import users as user_store
from wirepress.syndicate import enclosed
from wirepress.syndicate.attribution import attribution, content_of
from wirepress.syndicate.illustrating import Illustrating
from wirepress.syndicate.same import content_hash
from wirepress.syndicate.sideload import Gallery
from wirepress.syndicate.stories.naming import further_of

AT_ONCE: Final = 100
"""Posts whose offers are looked through in one view."""


class Stale(WirepressError):
    """Something was decided by what does not hold any more."""

    def __init__(self) -> None:
        super().__init__("stale", "another look at the source has changed this article meanwhile")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with the fields of a change: written, offered, or nothing, since the post says the same."""

    follow: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    reason: Reason = Reason.NONE


def plan(
    changed: Collection[str],
    stands: Mapping[str, str],
    written: Mapping[str, str],
    coming: Mapping[str, str],
    *,
    held: Reason = Reason.NONE,
) -> Plan:
    """What is done with the fields that have changed.

    `stands` are the prints of the post, `written` those of what the wire wrote last, `coming` those that the post would
    have; `held` is why nothing is written at all.
    """
    same = tuple(name for name in changed if coming.get(name) and coming[name] == stands[name])
    rest = [name for name in changed if name not in same]
    follow = () if held else tuple(name for name in rest if stands[name] == written.get(name))
    offer = tuple(name for name in rest if name not in follow)
    return Plan(follow, offer, same, (held or Reason.EDITED) if offer else Reason.NONE)


def hindrance(view: View, post: Post, policy: UpdatePolicy) -> Reason:
    """Why the wire writes nothing into a post now."""
    if post.status == "trash":
        return Reason.TRASHED
    if policy is not UpdatePolicy.FOLLOW:
        return Reason.HELD
    return Reason.OPEN if locks.holder(view, NEWSROOM, post) else Reason.NONE


def revise(view: View, intent: Revise, gallery: Gallery) -> tuple[str, int, str]:
    """Carries a change of an original out, with the pictures that were fetched for it.

    Gives what became of it ("revised", "offered", "kept", "skipped"), the post, and the fields.  Raises Stale where
    another look has been quicker.
    """
    origin = intent.origin
    known = store.origins_of_posts(view.unit, [origin.post]).get(origin.post)
    post = post_store.get(view.unit, origin.post)
    if known is None or post is None:  # deleted here: the newsroom's word counts
        return "skipped", origin.post, "no longer published here"
    if replace(known, last_checked=intent.before.last_checked) != intent.before:
        raise Stale
    stands = originals.prints(view, post)
    written = originals.as_printed_now(known.facts.written, post) or long_written(view, known, post, stands)
    fields = intent.changed if known.facts.written else tuple(name for name in intent.changed if name in written)
    values, origin = _had(view, intent, post, fields, gallery)
    coming = originals.coming(view, values)
    done = plan(tuple(values), stands, written, coming, held=hindrance(view, post, intent.updates))
    after, revision = originals.write(view, post, {name: values[name] for name in done.follow})
    if "content" in done.follow and intent.dispatch.enclosures:
        files = enclosed.meta_of(intent.dispatch.enclosures)
        after = publishing.update(view, NEWSROOM, post.id, Changes(meta=files), revise=False)
    _supersede(view, post.id, values)
    if done.offer:
        texts = {name: values[name] for name in done.offer if name in TEXTS}
        revision = revisions.offer(view, replace(after, **texts))
        view.unit.note("post.offer", post.type, post.id, fields=done.offer)
    if done.follow or done.offer:
        fates = dict.fromkeys(done.follow, FieldState.FOLLOWED) | dict.fromkeys(done.offer, FieldState.OFFERED)
        named: dict[str, ChangedField] = {
            name: ChangedField(fates[name], None if name in TEXTS else values[name], coming.get(name, ""))
            for name in FIELDS
            if name in fates
        }
        change = OriginalChange(0, post.id, view.now(), revision, done.reason, named)
        change_store.insert(view.unit, change)
    kept = replace(origin, facts=replace(origin.facts, written=written))
    originals.note_written(view, kept, after, (*done.follow, *done.same))
    return _outcome(post, done)


def _outcome(post: Post, done: Plan) -> tuple[str, int, str]:
    if done.reason is Reason.TRASHED:
        return "skipped", post.id, "no longer published here"
    if done.follow:
        return "revised", post.id, ", ".join(done.follow)
    return ("offered", post.id, ", ".join(done.offer)) if done.offer else ("kept", post.id, "")


def _had(
    view: View, intent: Revise, post: Post, fields: Collection[str], gallery: Gallery
) -> tuple[dict[str, Any], Origin]:
    """What came, of some fields, and the origin: without the print of a picture that could not be had, so that it is
    new when it comes."""
    facts = intent.origin.facts
    pictures = Illustrating(view, gallery, post.author, post.id, dict(facts.loaded))
    came = dict(facts.came)
    leads = facts.pictures
    if "featured_media" in fields:
        if lead := pictures.lead(intent.dispatch.title):
            leads = (*(one for one in leads if one != lead), lead)
        else:
            came["featured_media"] = ""
    lead = leads[-1] if leads else 0
    if "content" in fields:
        body = pictures.text(intent.dispatch.body, (lead,))
        intent = replace(intent, dispatch=replace(intent.dispatch, body=body))
        if gallery.incomplete:
            came["content"] = ""
    values = {name: value for name, value in given(view, intent, fields).items() if name in fields}
    if "featured_media" in fields and came["featured_media"]:
        values["featured_media"] = lead
    facts = replace(facts, pictures=leads, loaded=pictures.loaded, came=came)
    return values, replace(intent.origin, facts=facts)


def given(view: View, intent: Revise, fields: Collection[str]) -> dict[str, Any]:
    """What an article gives to the fields of its post, the picture left out; not what it does not say.  An author who
    is no user yet becomes one where the author is among the fields."""
    dispatch = intent.dispatch
    found: dict[str, Any] = {
        "title": dispatch.title,
        "content": content_of(dispatch, intent.origin, further_of(view, intent.origin.post)),
        "excerpt": dispatch.excerpt,
    }
    if dispatch.categories:
        found["categories"] = list(dispatch.categories)
    if dispatch.tags:
        found["tags"] = list(dispatch.tags)
    login = dispatch.author
    if dispatch.name and "author" in fields:
        user = user_store.get(view.unit, writers.called(view, dispatch.name))
        login = user.login if user else ""
    if login and user_store.by_login(view.unit, login) is not None:
        found["author"] = login
    if dispatch.date:
        found["date"] = date_of(view, dispatch)
    return found


def date_of(view: View, dispatch: Dispatch) -> Stamp:
    """The UTC date of the post: the original's, never one to come (that would hide the article until then)."""
    now = view.now()
    date: datetime = min(dispatch.date, now) if dispatch.date else now
    return stamp(date.astimezone(now.tzinfo))


def long_written(view: View, known: Origin, post: Post, stands: Mapping[str, str]) -> dict[str, str]:
    """What the wire has written into a post that came when no prints were kept, as far as that can be told: a title and
    a text that are still those that came, the excerpt beside both of them, and no picture.  What cannot be told is ""
    and counts as changed here; what is left out is not touched at all."""
    text = post.content.replace(attribution(known), "")
    came = originals.coming(view, {"title": known.facts.title})
    found = {
        "title": stands["title"] if came["title"] == stands["title"] else "",
        "content": stands["content"] if content_hash(text) == known.content_hash else "",
    }
    found["excerpt"] = stands["excerpt"] if all(found.values()) else ""
    return found if post.thumbnail else {**found, "featured_media": stands["featured_media"]}


def _supersede(view: View, post_id: int, fields: Collection[str]) -> None:
    """What waited of these fields is offered no more: something newer came."""
    for change in originals.waiting(view, post_id):
        later = originals.settled(change, fields, FieldState.SUPERSEDED)
        if later != change:
            change_store.save(view.unit, later)


# ---- what has waited


def settle(newsroom: Newsroom, source: Source) -> int:
    """Writes what is offered of fields that nobody has changed any more, such as one that was put back as it was, or a
    post that is open in no editor any more; how many posts."""
    if source.rules.updates is not UpdatePolicy.FOLLOW:
        return 0
    settled = last = 0
    while True:
        with newsroom.view() as view:
            posts = change_store.changed_posts(view.unit, source.id, last, AT_ONCE)
            ready = [post for post in posts if _ready(view, post)]
        for post in ready:
            with newsroom.write() as view:
                settled += _settled(view, post)
        if not posts:
            return settled
        last = posts[-1]


def _ready(view: View, post_id: int) -> list[tuple[OriginalChange, Plan]]:
    """What of the offers for a post needs nobody's decision."""
    origin = store.origins_of_posts(view.unit, [post_id]).get(post_id)
    post = post_store.get(view.unit, post_id)
    if origin is None or post is None or hindrance(view, post, UpdatePolicy.FOLLOW):
        return []
    stands = originals.prints(view, post)
    written = originals.as_printed_now(origin.facts.written, post)
    found = []
    for change in reversed(originals.waiting(view, post_id)):
        coming = {name: change.fields[name].print for name in change.offered}
        done = plan(change.offered, stands, written, coming)
        if done.follow or done.same:
            found.append((change, done))
    return found


def _settled(view: View, post_id: int) -> bool:
    followed = False
    for change, done in _ready(view, post_id):
        post = post_store.get(view.unit, post_id)
        origin = store.origins_of_posts(view.unit, [post_id]).get(post_id)
        assert post is not None, post_id
        assert origin is not None, post_id
        values = originals.values_of(view, change, done.follow)
        after, _ = originals.write(view, post, values)
        originals.note_written(view, origin, after, (*values, *done.same))
        change = originals.settled(change, tuple(values), FieldState.FOLLOWED)
        change = originals.settled(change, done.same, FieldState.TAKEN)
        change_store.save(view.unit, originals.settled(change, done.follow, FieldState.KEPT))
        followed = followed or bool(values)
    return followed
