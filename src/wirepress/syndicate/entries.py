"""Entries as people look at them and decide about them: what became of each, trying it again, taking it or leaving it.

A web process uses this; what looks at sources is elsewhere (`look`, `ingest`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.content.posts import locks, publishing, trash
from wirepress.model.entry import LONGEST_REASON, OPEN, EntryQuery, EntryRecord, EntryState, Finding, Why
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.wire import Entry, Origin, OriginFacts, OriginState, SkipReason
from wirepress.store import backlog
from wirepress.store import entries as store
from wirepress.store import held as held_store
from wirepress.store import posts as post_store
from wirepress.store import sources as source_store
from wirepress.store.backlog import Waiting
from wirepress.store.entries import Named
from wirepress.store.held import HeldOriginal, Place
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.identity import bare_key
from wirepress.syndicate.origin_rows import row_of
from wirepress.url.parse import open_address

AGAIN: Final = (*OPEN, EntryState.REJECTED, EntryState.DUPLICATE)
"""States of what may be tried again."""
_ACTIONS: Final = {
    EntryState.TAKEN: "entry.accept", EntryState.REJECTED: "entry.reject", EntryState.DUPLICATE: "entry.merge",
}  # fmt: skip
By = Literal["name", "address", "text"]


@dataclass(frozen=True, slots=True)
class Match:
    """A post that may be the article of an entry, and by what."""

    post: int
    by: By


def may(view: View, viewer: Viewer) -> bool:
    """Whether a viewer may see what became of entries, and have them tried again."""
    return may_do(view, viewer, "edit_others_posts")


def may_decide(view: View, viewer: Viewer, post: Post | None = None) -> bool:
    """Whether a viewer may take entries or leave them: as publishing posts of others, or this one."""
    may_edit = may_do(view, viewer, "edit_post", post) if post else may_do(view, viewer, "edit_others_posts")
    return may_edit and may_do(view, viewer, "publish_posts")


def browse(view: View, query: EntryQuery) -> tuple[list[EntryRecord], int]:
    """A page of entries, those that changed last first, and how many there are in all."""
    return store.find(view.unit, query)


def get(view: View, entry_id: int) -> EntryRecord:
    """An entry.  Raises NotFound where there is none."""
    found = store.get(view.unit, entry_id)
    if found is None:
        raise NotFound("no_entry", "There is no such entry.")
    return found


def of_post(view: View, post_id: int) -> EntryRecord:
    """The entry that a post was made of.  Raises NotFound for a post of our own."""
    found = store.of_post(view.unit, post_id)
    if found is None:
        raise NotFound("no_entry", "There is no such entry.")
    return found


def facts(view: View, records: Sequence[EntryRecord]) -> Mapping[int, OriginFacts]:
    """What is known of the articles of entries, by their origins."""
    return source_store.facts_of(view.unit, [record.origin for record in records if record.origin])


def matches(view: View, record: EntryRecord) -> list[Match]:
    """The posts that may be the article of an entry: by its name at its source, by its address, by its text."""
    key = url_key(record.link)
    known = source_store.find_origins(view.unit, record.source, [record.guid], [key] if key else [])
    found: dict[int, By] = {}
    for origin in known:
        if origin.post:
            is_named = (origin.source, origin.guid) == (record.source, record.guid)
            found[origin.post] = "name" if is_named else "address"
    if record.other:
        found.setdefault(record.other, "text" if record.reason == SkipReason.NEAR_DUPLICATE else "address")
    return [Match(post, by) for post, by in found.items()]


# ---- trying again


def retry(view: View, viewer: Viewer, ids: Sequence[int]) -> int:
    """Has entries looked at again, soon and by the rules as they are then; how many.

    Raises NotFound where one is not there, Conflict where one has a post or somebody has rejected it.
    """
    if not may(view, viewer):
        raise Forbidden("no_access", "You may not do this.")
    records = [get(view, one) for one in ids]
    for record in records:
        if record.state not in AGAIN or record.reason == Why.BY_HAND:
            raise Conflict("not_open", "This entry is not one that can be tried again.")
    for record in records:
        view.unit.note("entry.retry", "entry", record.id)
        if record.state in OPEN:
            backlog.retry(view.unit, [record.id])
        else:
            _wanted(view, record, accepted=False)
    return len(records)


def look_again(view: View, records: Sequence[EntryRecord]) -> None:
    """Has entries looked at again that were left out for what is not so any more; not those that are here by now."""
    for record in records:
        with suppress(Conflict):
            _wanted(view, record, accepted=False)


def _wanted(view: View, record: EntryRecord, *, accepted: bool) -> None:
    """Has an entry looked at that was left out before; `accepted`: whatever the filters say and whatever it resembles.

    Of what its source still lists, the source's own words are read once more; of the others there is only the page.
    """
    origin = _origin(view, record)
    facts = replace(origin.facts, accepted=accepted, entry_hash="", filters="", tries=0)
    number = source_store.save_origin(view.unit, replace(origin, state=OriginState.WAITING, facts=facts))
    if record.state in OPEN:
        backlog.retry(view.unit, [record.id])
    else:
        entry = Entry(origin.guid, record.link, record.title)
        backlog.keep(view.unit, [Waiting(record.source, entry, place=-1 - record.id, since=_now(view))])
    store.linked(view.unit, record.id, number)
    source_store.read_anew(view.unit, record.source)


def _origin(view: View, record: EntryRecord) -> Origin:
    """What is known of the article of an entry that has no post; new where nothing is.

    Raises Conflict where its address is that of another article.
    """
    known = source_store.origin(view.unit, record.origin) if record.origin else None
    if known is not None:
        return _under_its_address(view, known)
    key = url_key(record.link)
    found = source_store.find_origins(view.unit, record.source, [record.guid], [key] if key else [])
    own = [one for one in found if (one.source, one.guid) == (record.source, record.guid)]
    free = own or [one for one in found if not one.is_settled]
    if free:
        return free[0]
    if found:
        raise _in_the_way(found[0])
    if not key:
        raise Conflict("no_address", "This entry has no address that can be asked for.")
    now = view.now()
    return Origin(record.source, record.guid, record.link, key, now, now, facts=OriginFacts(title=record.title))


def _under_its_address(view: View, known: Origin) -> Origin:
    """An origin under the address of its article again, which was left free for other sources.

    Raises Conflict where one of them has brought it since, or it was rejected there or taken down.
    """
    key = bare_key(known.url_key, known.source)
    if key == known.url_key:
        return known
    others = source_store.find_origins(view.unit, known.source, [], [key])
    in_the_way = next((one for one in others if one.is_settled), None)
    if in_the_way is not None:
        raise _in_the_way(in_the_way)
    found = row_of(view.unit, replace(known, url_key=key))
    assert found is not None  # no post has it: that was asked in this very write
    return found


def _in_the_way(settled: Origin) -> Conflict:
    """What is said where an article was decided about under the row of another source."""
    if settled.post:
        return _is_here(settled.post)
    if settled.state is OriginState.TAKEN_DOWN:
        return Conflict("taken_down", "The same article was taken down here.")
    return Conflict("rejected", "The same article was rejected here, as another source brought it.")


def _is_here(post: int) -> Conflict:
    return Conflict("is_here", "The same article is here already, as post %(post)s.", words={"post": post})


# ---- deciding


def accept(view: View, viewer: Viewer, record: EntryRecord) -> EntryRecord:
    """Publishes the article of an entry that is held; one that was left out is taken with the next look, whatever the
    filters say.

    Raises Forbidden, and Conflict where somebody has decided otherwise, or has it open.
    """
    post = decidable(view, viewer, record)
    if record.state is EntryState.HELD or (record.state is EntryState.REJECTED and post is not None):
        assert post is not None
        if post.status == "trash":
            trash.restore(view, viewer, post.id, as_it_was=True)
        publishing.publish(view, viewer, post.id)
        decided(view, viewer, record, Finding(EntryState.TAKEN, Why.BY_HAND.value))
        held_store.drop(view.unit, post.id)
    elif record.state in AGAIN and record.reason != SkipReason.TAKEN_DOWN:
        if record.reason == SkipReason.DUPLICATE:
            raise _is_here(record.other)
        view.unit.note("entry.accept", "entry", record.id)
        _wanted(view, record, accepted=True)
    else:
        raise too_late(view, record)
    return get(view, record.id)


def reject(view: View, viewer: Viewer, record: EntryRecord, reason: str = "") -> EntryRecord:
    """Has an entry never come again; the post of one that is held goes to the trash.

    Raises Invalid for too long a reason, Forbidden, and Conflict where somebody has decided otherwise, or has it open.
    """
    if len(reason) > LONGEST_REASON:
        words = {"most": LONGEST_REASON}
        raise Invalid("too_long", "A reason has at most %(most)s characters.", words=words)
    post = decidable(view, viewer, record)
    if record.state is EntryState.HELD:
        assert post is not None
        trash.trash(view, viewer, post.id)
        held_store.drop(view.unit, post.id)
    elif record.state in AGAIN and record.reason != Why.BY_HAND:
        try:
            origin = _origin(view, record)
        except Conflict:  # its address is another article's: that is here, or was taken down
            origin = None
        if origin is not None and not origin.post and origin.state is not OriginState.TAKEN_DOWN:
            number = source_store.save_origin(view.unit, replace(origin, state=OriginState.REJECTED))
            store.linked(view.unit, record.id, number)
    else:
        raise too_late(view, record)
    decided(view, viewer, record, Finding(EntryState.REJECTED, Why.BY_HAND.value, reason.strip(), record.other))
    return get(view, record.id)


def decidable(view: View, viewer: Viewer, record: EntryRecord) -> Post | None:
    """The post of an entry, where it has one.  Raises Forbidden and Conflict where the viewer may not decide now."""
    post = post_store.get(view.unit, record.post) if record.post else None
    if not may_decide(view, viewer, post):
        raise Forbidden("no_access", "You may not decide about this article.")
    other = locks.holder(view, viewer, post) if post is not None else 0
    if other:
        user = view.lookup.user(other)
        who = display_name(user) if user else str(other)
        raise Conflict("locked", "%(who)s has this article open in the editor.", words={"who": who})
    return post


def decided(view: View, viewer: Viewer, record: EntryRecord, finding: Finding) -> None:
    """Keeps what somebody has decided about an entry."""
    view.unit.note(_ACTIONS[finding.state], "entry", record.id)
    store.decide(view.unit, record.id, finding, _now(view), viewer.id)


def too_late(view: View, record: EntryRecord | None) -> Conflict:
    """What is said to whoever decides about an article that waits for nobody any more."""
    user = view.lookup.user(record.user) if record and record.user else None
    if record is None or user is None:
        return Conflict("not_held", "This article does not wait for a decision any more.")
    words = {"who": display_name(user)}
    if record.state is EntryState.REJECTED:
        return Conflict("decided", "%(who)s has already rejected this article.", words=words)
    if record.state is EntryState.DUPLICATE:
        return Conflict("decided", "%(who)s has already merged this article with another one.", words=words)
    return Conflict("decided", "%(who)s has already accepted this article.", words=words)


def _now(view: View) -> int:
    return int(view.now().timestamp())


# ---- what is held


def entry_of_held(view: View, post_id: int) -> EntryRecord:
    """The entry of a post that waits, which gets one where it came before entries were kept.  In a view that writes.

    Raises NotFound for a post of our own.
    """
    found = store.of_post(view.unit, post_id)
    origin = source_store.origins_of_posts(view.unit, [post_id]).get(post_id)
    if found is None and origin is not None:
        one = Named(origin.source, origin.guid or origin.url, origin.url, origin.facts.title)
        store.note(view.unit, [(one, Finding(EntryState.TAKEN))], _now(view), origin.id)
    return of_post(view, post_id)


def held(view: View, source: int, page: int, size: int) -> tuple[list[int], int]:
    """A page of the posts that wait, of one source or of all (0), in the order in which they came; and how many."""
    return held_store.page(view.unit, source, size, min((page - 1) * size, 2**62))


def place_of_held(view: View, post_id: int, source: int = 0) -> Place:
    """Where a post stands among those that wait, or would stand that waits no more."""
    return held_store.place(view.unit, post_id, source)


def held_sources(view: View) -> list[tuple[int, str, int]]:
    """The sources of which something waits: id, name, how much."""
    counted = held_store.sources(view.unit)
    if not counted:
        return []
    names, _ = source_store.names_beside(view.unit, [])
    return [(number, open_address(name), counted[number]) for number, name in names.items() if number in counted]


def original_of_held(view: View, post_id: int) -> HeldOriginal | None:
    """What is kept of the original of an article that waits."""
    return held_store.original(view.unit, post_id)


def of_posts(view: View, ids: Sequence[int]) -> Mapping[int, EntryRecord]:
    """The entries that posts were made of, by post."""
    return store.of_posts(view.unit, ids)
