"""Sources as people keep them: how they stand, adding and changing them, stopping them.

What fetches and extracts is elsewhere (`pull`, `preview`): a web process uses this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from wirepress.content.identity.permissions import may as may_do
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.model.errors import Conflict, Invalid, NotFound
from wirepress.model.post import Post
from wirepress.model.subscription import Subscription
from wirepress.model.wire import Origin, Source
from wirepress.store import arrivals, backlog, subscriptions
from wirepress.store import runs as run_store
from wirepress.store import sources as store
from wirepress.store import users as user_store
from wirepress.store.sources import Standing
from wirepress.syndicate import filters
from wirepress.syndicate.reading.table import reading_of
from wirepress.syndicate.tempo import course_of
from wirepress.url.parse import is_address, parse

Deed = Literal["look", "run", "change"]
Health = Literal[
    "fine", "slow", "silent", "flood", "failing", "never", "running", "paused", "proposed", "gone", "removed"
]

LONGEST_CATEGORY: Final = 200
"""Characters of a term's name in WordPress's column."""
LONGEST: Final = 2000
"""Characters of an address or a selector."""
LONGEST_SHOWN: Final = 60
"""Characters of an address that stands for a name."""
SHORTEST_INTERVAL: Final = 60
LONGEST_INTERVAL: Final = 30 * 86400
DAYS: Final = 7
"""Days over which the rate of a source is counted."""
SELECTORS: Final = ("items", "links", "titles", "dates", "body", "remove", "unwrap")
LIMITS: Final = {"max_age": 3650, "max_per_run": 5_000, "max_per_day": 5_000}
"""The most that the bounds of a source may be: days, and articles."""
GONE: Final = 410
_SLOW: Final = 30
"""Seconds that a look may take ..."""
_AN_ARTICLE: Final = 5
"""... and so many more for each article that it brings, before a source counts as slow."""


def may(view: View, viewer: Viewer, deed: Deed) -> bool:
    """Whether a viewer may look at sources, have one looked at now, or change them."""
    return may_do(view, viewer, "manage_options" if deed == "change" else "edit_others_posts")


@dataclass(frozen=True, slots=True)
class Overview:
    """How a source stands.  Times are seconds since 1970; `run` is the row of its last run, `failing_since` 0 for one
    that does not fail, `rate` its articles a day."""

    standing: Standing
    health: Health
    run: Any = None
    failing_since: int = 0
    rate: float = 0.0
    left: Mapping[str, int] = field(default_factory=dict)
    """How many of its entries are still to be taken, by state: left, failed, dead."""
    subscription: Subscription | None = None
    """What its hub was asked."""

    @property
    def source(self) -> Source:
        return self.standing.source


def overviews(view: View) -> list[Overview]:
    """How all sources stand, in six statements."""
    now = int(view.now().timestamp())
    standings = store.standings(view.unit)
    runs = run_store.last_runs(view.unit)
    arrived = arrivals.of_all(view.unit, now - DAYS * 86400)
    failing = [one.source.id for one in standings if one.attempts and one.source.memory.error]
    begun = run_store.beginnings(view.unit, failing) if failing else {}
    left = backlog.counts(view.unit)
    subscribed = {one.source: one for one in subscriptions.living(view.unit)}
    return [
        replace(
            _overview(one, runs.get(one.source.id), arrived.get(one.source.id, 0), begun.get(one.source.id, ()), now),
            left=left.get(one.source.id, {}),
            subscription=subscribed.get(one.source.id),
        )
        for one in standings
    ]


def failing(view: View) -> list[Overview]:
    """The sources that fail or are gone, in one statement: nothing is said of their runs, nor since when."""
    found = [one for one in store.standings(view.unit) if _fails(one)]
    return [Overview(one, "failing" if one.source.active else "gone") for one in found]


def _fails(one: Standing) -> bool:
    memory = one.source.memory
    if one.removed_at:
        return False
    return bool(one.attempts and memory.error) if one.source.active else memory.status == GONE


def overview(view: View, source_id: int) -> Overview:
    """How a source stands.  Raises NotFound where there is none."""
    one = store.standing(view.unit, source_id)
    if one is None:
        raise NotFound("no_source", "There is no such source.")
    now = int(view.now().timestamp())
    runs = run_store.runs_of(view.unit, source_id, 1)
    arrived = arrivals.of_all(view.unit, now - DAYS * 86400).get(source_id, 0)
    begun = run_store.beginnings(view.unit, [source_id]).get(source_id, [])
    found = _overview(one, runs[0] if runs else None, arrived, begun, now)
    left = backlog.counts(view.unit, source_id).get(source_id, {})
    return replace(found, left=left, subscription=subscriptions.of_source(view.unit, source_id))


def _overview(one: Standing, run: Any, arrived: int, begun: Sequence[int], now: int) -> Overview:
    since = 0
    if one.attempts and one.source.memory.error and begun:
        since = begun[min(one.attempts, len(begun)) - 1]
    return Overview(one, _health(one, run, now), run, since, arrived / DAYS)


def _health(one: Standing, run: Any, now: int) -> Health:
    stopped: Health | None = None
    if one.removed_at:
        stopped = "removed"
    elif not one.source.active:
        stopped = _why_off(one)
    if stopped or one.lease_until > now:
        return stopped or "running"
    if run is None or run.ended is None:
        return "never" if run is None else "fine"
    if one.attempts and one.source.memory.error:
        return "failing"
    course = course_of(one.source.memory.tempo, now)
    if course:
        return course
    brought = run.facts.get("created", 0) + run.facts.get("revised", 0)
    return "slow" if run.ended - run.started > _SLOW + _AN_ARTICLE * brought else "fine"


def _why_off(one: Standing) -> Health:
    if one.source.memory.status == GONE:
        return "gone"
    return "proposed" if one.proposed_at else "paused"


def get(view: View, source_id: int) -> Source:
    """A source.  Raises NotFound where there is none."""
    found = store.get(view.unit, source_id)
    if found is None:
        raise NotFound("no_source", "There is no such source.")
    return found


def name_of(source: Source) -> str:
    """What a source is called before those who look after it: its name, else the title that it gave itself when it was
    read, else its address without what all addresses have: of one host there may be several."""
    return source.name or source.memory.title or _short_address(source.url)


def _short_address(url: str) -> str:
    """An address for people's eyes: host, port, path and query, of a long one the beginning and the end."""
    found = parse(url)
    if found is None:
        return url
    port = f":{found.port}" if found.port else ""
    query = f"?{found.query}" if found.query else ""
    text = f"{found.host_as_read}{port}{found.path.rstrip('/')}{query}"
    half = LONGEST_SHOWN // 2
    return text if len(text) <= LONGEST_SHOWN else f"{text[: half - 1]}…{text[-half:]}"


def known(view: View, url: str) -> int:
    """The id of the source that has an address, 0 for none."""
    found = store.by_url(view.unit, url)
    return found.id if found else 0


def runs(view: View, source_id: int, limit: int) -> list[Any]:
    """The newest runs of a source, as rows: id, started, ended, result, facts."""
    return run_store.runs_of(view.unit, source_id, limit)


def run(view: View, run_id: int) -> Any:
    """A run, as a row; None where there is none."""
    return run_store.get(view.unit, run_id)


def run_page(view: View, source_id: int, page: int, size: int) -> tuple[list[Any], int]:
    """A page of the newest runs, of one source or of all (0), as rows, and how many there are."""
    return run_store.page(view.unit, min(source_id, 2**63 - 1), size, (page - 1) * size)


def articles(view: View, viewer: Viewer, source_id: int, page: int, size: int) -> tuple[list[tuple[Origin, Post]], int]:
    """What a source brought, newest first, as far as the viewer may read it, and how many articles there are."""
    origins, total = store.newest_origins(view.unit, source_id, size, (page - 1) * size)
    posts = {post.id: post for post in reading.items(view, viewer, [origin.post for origin in origins])}
    return [(origin, posts[origin.post]) for origin in origins if origin.post in posts], total


def origin_of(view: View, post_id: int) -> Origin | None:
    """Where a post came from, None for one of our own."""
    return store.origins_of_posts(view.unit, [post_id]).get(post_id)


def flaws(view: View, source: Source) -> dict[str, str]:
    """What is wrong with a source as somebody has configured it: a word for each field, none where it can be kept.

    A new source (id 0) may have the address of one that was stopped or removed: that one is taken up again.
    """
    found: dict[str, str] = {}
    before = store.by_url(view.unit, source.url)
    if len(source.url) > LONGEST or not is_address(source.url):
        found["url"] = "no_address"
    elif before is not None and before.id != source.id and (source.id or before.active):
        found["url"] = "taken"
    if not SHORTEST_INTERVAL <= source.interval <= LONGEST_INTERVAL:
        found["interval"] = "interval"
    found |= {name: name for name, most in LIMITS.items() if not 0 <= getattr(source.rules, name) <= most}
    if len(source.name) > LONGEST_CATEGORY:
        found["name"] = "too_long"
    if len(source.rules.category) > LONGEST_CATEGORY:
        found["category"] = "too_long"
    if source.rules.author and user_store.by_login(view.unit, source.rules.author) is None:
        found["author"] = "no_user"
    reading = reading_of(source.kind)
    found |= {name: f"no_{name}" for name in reading.needs if not getattr(source.rules, name)}
    return found | reading.flaws(source.rules) | _flaws_of_lines(source)


def _flaws_of_lines(source: Source) -> dict[str, str]:
    """What is wrong with the selectors of a source, and with its filters and terms, of which the line is named."""
    found = {name: "no_selector" for name in SELECTORS if not is_selector(getattr(source.rules, name))}
    for name, reader in (("filters", filters.read), ("terms", filters.read_mapping)):
        number, flaw = filters.flaw_of(getattr(source.rules, name), reader)
        if flaw:
            found[name] = f"{number}: {flaw}"
    return found


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector as pages are read by it, or empty."""
    from wirepress.syndicate.parse import select  # what reads pages is loaded when somebody configures a source

    return select.is_selector(text)


def add(view: View, source: Source) -> int:
    """Adds a source and gives its id; one that was stopped is taken up again, with what it brought.

    Raises Conflict where an active source has the address, Invalid for what is wrong otherwise.
    """
    before = store.by_url(view.unit, source.url)
    if before is not None and before.active:
        raise Conflict("source_there", "There is a source of this address already.")
    _refuse_flaws(view, replace(source, id=before.id if before else 0))
    if before is None:
        return store.add(view.unit, source)
    store.change(view.unit, replace(source, id=before.id, active=True))
    store.take_up(view.unit, before.id)
    return before.id


def change(view: View, source: Source) -> bool:
    """Keeps a source as it is configured now, and says whether it has to be looked at at once.

    Where the address, the rights or the way of reading have changed, the next look reads the whole source, and it takes
    back of its articles what narrower rights do not allow any more.  Raises Invalid for what is wrong.
    """
    before = get(view, source.id)
    _refuse_flaws(view, source)
    if store.read_by(before) != store.read_by(source):
        source = replace(source, memory=replace(source.memory, etag="", last_modified="", within="", mark=""))
    if (before.url, before.kind) != (source.url, source.kind):
        source = replace(source, memory=replace(source.memory, hubs=(), topic="", title=""))
    store.change(view.unit, source)
    narrower = (before.rights, before.rules.picture) != (source.rights, source.rules.picture)
    if narrower or before.url != source.url:
        store.due_now(view.unit, source.id)
    return narrower


def _refuse_flaws(view: View, source: Source) -> None:
    wrong = flaws(view, source)
    if wrong:
        raise Invalid("bad_source", "Something is not right about this source.", wrong)


def pause(view: View, source_id: int) -> None:
    """Has a source looked at no more, until it is resumed."""
    store.stop(view.unit, get(view, source_id).id)


def resume(view: View, source_id: int) -> None:
    """Has a source looked at again, soon."""
    store.take_up(view.unit, get(view, source_id).id)


def remove(view: View, source_id: int) -> None:
    """Removes a source; its articles stay, with their attribution."""
    store.remove(view.unit, get(view, source_id).id, int(view.now().timestamp()))
