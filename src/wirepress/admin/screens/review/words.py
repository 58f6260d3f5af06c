"""What is said of an article that waits: why it does, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.admin import lists
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.screens.sources.words import REASONS, RIGHTS, moment
from wirepress.admin.visit import Visit
from wirepress.content.languages import texts
from wirepress.content.people.users import display_name
from wirepress.content.posts import listing as posts
from wirepress.content.posts.provenance import provenance
from wirepress.model.entry import EntryRecord, Why
from wirepress.model.errors import Conflict, WirepressError
from wirepress.model.post import Post
from wirepress.model.wire import Origin, SkipReason, Source
from wirepress.syndicate import entries
from wirepress.syndicate.sources import name_of
from wirepress.url.parse import is_address, open_address

HERE = "admin.php?page=review"
KEYS = "review_keys"
"""The note with a user that says "off" where they want no keys."""
_ARRIVAL, _SOMEBODY, _RULE, _DOUBLE = texts(
    "All articles of this source wait for a decision.",
    "Somebody has set it to wait.",
    "A rule of its source holds it:",
    "It may be the same as post %(post)s.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """An article that waits, with what is known of it."""

    post: Post
    origin: Origin
    source: Source | None
    entry: EntryRecord | None


def load(visit: Visit, ids: Sequence[int]) -> list[Held]:
    """What is known of some posts; those that are not of a source are left out."""
    loaded = posts.items(visit.view, ids)
    known = provenance(visit.view, ids)
    records = entries.of_posts(visit.view, ids)
    visit.view.lookup.prefetch_users(post.author for post in loaded)
    return [
        Held(post, origin, known.source(origin), records.get(post.id))
        for post in loaded
        if (origin := known.origins.get(post.id)) is not None
    ]


def described(visit: Visit, held: Held) -> Mapping[str, Any]:
    """An article as the pages show it."""
    post, origin = held.post, held.origin
    facts = origin.facts
    author = visit.view.lookup.user(post.author)
    why, line = reason(visit, held)
    return {
        "id": post.id,
        "title": title_of(visit, post.title),
        "why": why,
        "line": line,
        "source": source_name(held),
        "source_href": visit.address("admin.php?page=sources", source=origin.source),
        "byline": ", ".join(facts.authors) or (display_name(author) if author else ""),
        "came": moment(visit, int(origin.first_seen.timestamp())),
        "dated": moment(visit, int(facts.published.timestamp())) if facts.published else None,
        "rights": visit.say(RIGHTS[facts.rights.value]),
        "licence": facts.licence,
        "original": origin.url if is_address(origin.url) else "",
        "address": open_address(origin.url),
        "href": visit.address(HERE, post=post.id, source=asked_source(visit)),
        "edit": visit.address(f"post.php?post={post.id}&action=edit"),
        "decides": entries.may_decide(visit.view, visit.viewer, post),
    }


def source_name(held: Held) -> str:
    source = held.source
    return name_of(source) if source else ""


def reason(visit: Visit, held: Held) -> tuple[str, str]:
    """Why an article waits, in words, and the filter's line where one has it wait."""
    entry = held.entry
    found = entry.reason if entry else ""
    if entry and found == SkipReason.FILTERED:
        return visit.say(_RULE), entry.detail
    if entry and entry.other:
        return visit.say(_DOUBLE, post=entry.other), entry.detail
    if found == Why.ARRIVAL:
        return visit.say(_ARRIVAL), ""
    return visit.say(REASONS.get(found, _SOMEBODY)), entry.detail if entry else ""


def status_of(error: WirepressError | None) -> int:
    """The status of a page that says why nothing became of a decision."""
    if error is None:
        return 200
    return 409 if isinstance(error, Conflict) else 400


def asked_source(visit: Visit) -> int:
    """The source whose articles are looked at, 0 for all."""
    return visit.asked.number("source") or visit.sent.number("source")


def tabs(visit: Visit, *, as_list: bool) -> list[tuple[str, int | None, str, bool]]:
    """One at a time, or the list."""
    source = asked_source(visit)
    return lists.tabs([
        (visit.say("One at a time"), None, visit.address(HERE, source=source), not as_list),
        (visit.say("As a list"), None, visit.address(HERE, list=1, source=source), as_list),
    ])  # fmt: skip


def choices(visit: Visit) -> list[tuple[int, str]]:
    """The sources of which something waits."""
    return [
        (number, f"{name or visit.say('(no name)')} ({count})")
        for number, name, count in entries.held_sources(visit.view)
    ]
