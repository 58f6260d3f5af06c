"""Sources, the origins of what came from them, and their runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, func, insert, or_, select, update

from wirepress.model.wire import (
    Origin,
    OriginFacts,
    OriginState,
    Rights,
    Source,
)
from wirepress.store import stories
from wirepress.store.clauses import chunks, decoded, marks, storable
from wirepress.store.source_rows import known_fields, plain, source_of, written
from wirepress.store.tables import origins, runs, sources
from wirepress.store.tags import SOURCES, of_origins
from wirepress.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with its place in the schedule.  Times are the machine's seconds since 1970."""

    source: Source
    next_at: int
    attempts: int
    lease_until: int = 0
    removed_at: int = 0
    proposed_at: int = 0
    """When it was proposed; 0 where somebody has added it, or turned it on since."""


def add(unit: Unit, source: Source) -> int:
    """Adds a source and gives its id; its `id` is ignored.  The address must not be there yet (`by_url`)."""
    key = unit.execute(insert(sources).values(written(source)).returning(sources.c.id)).scalar_one()
    unit.note("source.create", "source", key, rights=source.rights.value)
    return int(key)


def propose(unit: Unit, source: Source, now: int) -> int:
    """Adds a source that is not looked at until somebody turns it on (`take_up`), and gives its id."""
    key = add(unit, replace(source, active=False))
    unit.execute(update(sources).where(sources.c.id == key).values(proposed_at=now))
    return key


def change(unit: Unit, source: Source) -> None:
    """Keeps a source as it is configured now.

    What was left of it is forgotten where it is read in another way now, and listed again; what waits for room is
    kept, since it need not be listed any more: within the rights, and looked at soon where there is more room.
    """
    before = get(unit, source.id)
    if before is not None:
        _note(unit, written(before), written(source), source.id)
        if (before.url, before.kind) != (source.url, source.kind):
            done(unit, "source = ?", [(source.id,)])
        elif read_by(before) != read_by(source):
            done(unit, "source = ? AND state <> 'waits'", [(source.id,)])
        if before.rights is not source.rights:
            _keep_names(unit, source.id)
        if _limits(before) != _limits(source):
            unit.run("UPDATE entries SET due_at = 0 WHERE source = ? AND state = 'waits'", (source.id,))
            unit.run("UPDATE sources SET next_at = 0 WHERE id = ?", (source.id,))
    unit.execute(update(sources).where(sources.c.id == source.id).values(written(source)))
    if before is not None and _is_seen(before, source):
        _rename(unit)


def _is_seen(before: Source, after: Source) -> bool:
    """Whether readers see a change: what a source is called, where it is, or what may be shown of it."""
    return (before.name, before.url, before.rights) != (after.name, after.url, after.rights)


def _rename(unit: Unit) -> None:
    """Notes that readers see something else of sources now."""
    unit.tags.add(SOURCES)
    unit.raise_epoch()


def _note(unit: Unit, before: dict[str, Any], after: dict[str, Any], source_id: int) -> None:
    """Notes a change of a source for the audit log: rights with their values, of all else the names."""
    fields = {name for name in after.keys() - {"memory", "rules"} if before[name] != after[name]}
    fields |= {name for name, value in after["rules"].items() if before["rules"].get(name) != value}
    if not fields:
        return
    rights = {"before": before["rights"], "after": after["rights"]} if "rights" in fields else {}
    unit.note("source.update", "source", source_id, fields=fields, **rights)


def read_by(source: Source) -> tuple[object, ...]:
    """What decides how a source is read, and what of it may be kept."""
    return source.url, source.kind, source.rights, replace(source.rules, websub=True, max_per_run=0, max_per_day=0)


def _limits(source: Source) -> tuple[int, int]:
    return source.rules.max_per_run, source.rules.max_per_day


def _keep_names(unit: Unit, source_id: int) -> None:
    """Keeps of what waits no more than every right allows: what it is called, where it is, and its dates."""
    rows = unit.rows("SELECT id, CAST(entry AS TEXT) FROM entries WHERE source = ? AND state = 'waits'", (source_id,))
    kept = ((json.loads(entry), key) for key, entry in rows)
    names = ("guid", "link", "title", "published", "updated", "is_part")
    bare = [(json.dumps({k: v for k, v in one.items() if k in names}), key) for one, key in kept]
    unit.run_many("UPDATE entries SET entry = ? WHERE id = ?", bare)


def done(unit: Unit, where: str, values: Sequence[Sequence[Any]]) -> None:
    """Has nothing left to do of entries, chosen by a condition with its values: what has a post is taken, the others
    are forgotten."""
    wanted = f"{where} AND state IN ('left', 'waits', 'failed', 'dead')"
    unit.run_many(
        "UPDATE entries SET state = 'taken', reason = '', detail = '', entry = '{}', place = 0, due_at = 0, tries = 0"
        f" WHERE {wanted} AND origin IN (SELECT o.id FROM origins o WHERE o.post IS NOT NULL)",
        values,
    )
    unit.run_many(f"DELETE FROM entries WHERE {wanted}", values)


def due_now(unit: Unit, source_id: int) -> None:
    """Has a source asked as soon as anybody looks, whatever failed before."""
    _ask_now(unit, source_id)
    unit.execute(update(sources).where(sources.c.id == source_id).values(next_at=0, attempts=0))


def read_again(unit: Unit, source: Source) -> None:
    """Has the next look at a source read all that it lists, whether that has changed or not."""
    memory = plain(asdict(replace(source.memory, etag="", last_modified="", ask_at=0)))
    unit.execute(update(sources).where(sources.c.id == source.id).values(memory=memory, next_at=0))


def _ask_now(unit: Unit, source_id: int) -> None:
    found = get(unit, source_id)
    if found is not None and found.memory.ask_at:
        memory = plain(asdict(replace(found.memory, ask_at=0)))
        unit.execute(update(sources).where(sources.c.id == source_id).values(memory=memory))


def read_anew(unit: Unit, source_id: int) -> None:
    """Has a source asked as soon as anybody looks, and its whole answer read."""
    found = get(unit, source_id)
    if found is not None:
        memory = plain(asdict(replace(found.memory, ask_at=0, etag="", last_modified="")))
        unit.execute(update(sources).where(sources.c.id == source_id).values(memory=memory, next_at=0))


def move(unit: Unit, source_id: int, url: str) -> bool:
    """Gives a source the address that it has moved to; False where another source has it."""
    if by_url(unit, url) is not None:
        return False
    unit.execute(update(sources).where(sources.c.id == source_id).values(url=url))
    _rename(unit)
    return True


def stop(unit: Unit, source_id: int) -> None:
    """Has a source looked at no more."""
    active = and_(sources.c.id == source_id, sources.c.active.is_(True))
    if unit.execute(update(sources).where(active).values(active=False)).rowcount:
        unit.note("source.pause", "source", source_id)


def take_up(unit: Unit, source_id: int) -> None:
    """Has a source looked at again, as soon as anybody looks: one that was stopped or removed."""
    stopped = and_(sources.c.id == source_id, or_(sources.c.active.is_(False), sources.c.removed_at != 0))
    if unit.execute(select(sources.c.id).where(stopped)).first() is not None:
        unit.note("source.resume", "source", source_id)
    _ask_now(unit, source_id)
    values = {"active": True, "removed_at": 0, "proposed_at": 0, "next_at": 0, "attempts": 0}
    unit.execute(update(sources).where(sources.c.id == source_id).values(values))


def remove(unit: Unit, source_id: int, now: int) -> None:
    """Stops a source for good.  One with published posts stays, inactive, since their attribution names it."""
    unit.note("source.remove", "source", source_id)
    kept = unit.execute(select(origins.c.id).where(origins.c.source == source_id).limit(1)).first()
    if kept is None:
        unit.execute(delete(runs).where(runs.c.source == source_id))
        unit.execute(delete(sources).where(sources.c.id == source_id))
    else:
        done(unit, "source = ?", [(source_id,)])
        unit.execute(update(sources).where(sources.c.id == source_id).values(active=False, removed_at=now))


def standings(unit: Unit) -> list[Standing]:
    """All sources in the order they were added, those that were removed included."""
    return [standing_of(row) for row in unit.execute(select(sources).order_by(sources.c.id), lent=(SOURCES,))]


def standing(unit: Unit, source_id: int) -> Standing | None:
    row = unit.execute(select(sources).where(sources.c.id == source_id)).first()
    return standing_of(row) if row else None


def standing_of(row: Any) -> Standing:
    return Standing(source_of(row), row.next_at, row.attempts, row.lease_until, row.removed_at, row.proposed_at)


def get(unit: Unit, source_id: int) -> Source | None:
    row = unit.execute(select(sources).where(sources.c.id == source_id)).first()
    return source_of(row) if row else None


def by_url(unit: Unit, url: str) -> Source | None:
    row = unit.execute(select(sources).where(sources.c.url == url)).first()
    return source_of(row) if row else None


def origin_of(row: Any) -> Origin:
    facts = known_fields(OriginFacts, row.facts)
    for name in ("published", "modified"):
        if facts.get(name):
            facts[name] = datetime.fromisoformat(facts[name])
    facts["authors"] = tuple(facts.get("authors", ()))
    facts["rights"] = Rights(facts.get("rights", Rights.EXCERPT))
    return Origin(
        row.source,
        row.guid,
        row.url,
        row.url_key,
        datetime.fromtimestamp(row.first_seen, UTC),
        datetime.fromtimestamp(row.last_checked, UTC),
        row.id,
        row.post or 0,
        row.canonical,
        row.content_hash,
        OriginState(row.state),
        OriginFacts(**facts),
    )


_ADDRESSES: BindParameter[Any] = bindparam("addresses", expanding=True)
_FOUND = (
    select(origins)
    .where(
        or_(
            and_(origins.c.source == bindparam("source_id"), origins.c.guid.in_(bindparam("guids", expanding=True))),
            origins.c.url_key.in_(_ADDRESSES),
            origins.c.canonical.in_(_ADDRESSES),
        )
    )
    .order_by(origins.c.id)
)
"""Built once: to build it takes longer than to run it."""


_SHOWN = ("authors", "publisher", "licence", "rights", "signals", "narrowed", "sign")
"""The facts of an origin that answers show."""
_NAMES = tuple(column.name for column in origins.columns)
_OF_POSTS = "SELECT " + ", ".join(f"CAST({n} AS TEXT)" if n == "facts" else n for n in _NAMES) + " FROM origins"
"""Asked for every page, where building a statement would take longer than running it."""


def find_origins(unit: Unit, source_id: int, guids: Sequence[str], keys: Sequence[str]) -> list[Origin]:
    """The origins that an entry may be: by the source's guid, or by one of the normalised addresses."""
    values = {"source_id": source_id, "guids": [g for g in guids if g], "addresses": [k for k in keys if k]}
    return [origin_of(row) for row in unit.execute(_FOUND, values)]


def origin(unit: Unit, origin_id: int) -> Origin | None:
    row = unit.execute(select(origins).where(origins.c.id == origin_id)).first()
    return origin_of(row) if row else None


def facts_of(unit: Unit, ids: Sequence[int]) -> dict[int, OriginFacts]:
    """What is known of articles, by the ids of their origins."""
    found: dict[int, OriginFacts] = {}
    for start in range(0, len(ids), 500):
        rows = unit.execute(select(origins).where(origins.c.id.in_(ids[start : start + 500])))
        found |= {row.id: origin_of(row).facts for row in rows}
    return found


def origins_of_posts(unit: Unit, posts: Sequence[int]) -> dict[int, Origin]:
    """The origins of posts, by post; a post of our own has none."""
    found: dict[int, Origin] = {}
    for chunk in chunks(storable(posts)):
        rows = unit.rows(f"{_OF_POSTS} WHERE post IN ({marks(len(chunk))}) ORDER BY id", chunk, lent=of_origins(chunk))
        for row in rows:
            values = dict(zip(_NAMES, row, strict=True))
            found[row[2]] = origin_of(SimpleNamespace(**values | {"facts": decoded(values["facts"])}))
    return found


def names_beside(unit: Unit, posts: Sequence[int]) -> tuple[dict[int, str], dict[int, int]]:
    """What the sources are called, by id and in the order of their names, and by post the source that it came from."""
    names: dict[int, str] = {}
    found: dict[int, int] = {}
    for post, source, name in unit.rows(
        "SELECT 0, id, CASE WHEN name = '' THEN url ELSE name END FROM sources"
        f" UNION ALL SELECT post, source, '' FROM origins WHERE post IN ({marks(len(posts))})",
        posts,
    ):
        if post:
            found[post] = source
        else:
            names[source] = name
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))), found


def save_origin(unit: Unit, origin: Origin) -> int:
    """Writes an origin, new (id 0) or known, and gives its id."""
    values = origin_values(origin)
    unit.tags.update(of_origins((origin.post,)))
    if origin.id:
        sql = (
            "SELECT post, EXISTS (SELECT 1 FROM story_articles WHERE origin = origins.id), url, canonical,"
            " CAST(facts AS TEXT) FROM origins WHERE id = ?"
        )
        for post, is_told, url, canonical, facts in unit.rows(sql, (origin.id,)):
            unit.tags.update(of_origins((post,)))
            if is_told:
                stories.origin_changed(unit, origin.id)
            before = _shown(url, canonical, json.loads(facts))
            if post and before != _shown(values["url"], values["canonical"], values["facts"]):
                unit.raise_epoch()
        unit.execute(update(origins).where(origins.c.id == origin.id).values(values))
        return origin.id
    return int(unit.execute(insert(origins).values(values).returning(origins.c.id)).scalar_one())


def _shown(url: str, canonical: str, facts: Mapping[str, Any]) -> list[Any]:
    """What answers show of the origin of a post."""
    return [url, canonical, *(facts.get(name) for name in _SHOWN)]


def origin_values(origin: Origin) -> dict[str, Any]:
    """An origin as the columns of its row."""
    return {
        "source": origin.source,
        "post": origin.post or None,
        "guid": origin.guid,
        "url": origin.url,
        "url_key": origin.url_key,
        "canonical": origin.canonical,
        "content_hash": origin.content_hash,
        "state": origin.state.value,
        "facts": json.loads(json.dumps(plain(asdict(origin.facts)))),
        "first_seen": int(origin.first_seen.timestamp()),
        "last_checked": int(origin.last_checked.timestamp()),
    }


def forget_tries(unit: Unit, source_id: int, guid: str) -> None:
    """Has an article that could not be taken count as one that was never tried."""
    for origin in find_origins(unit, source_id, [guid], []):
        if origin.facts.tries:
            save_origin(unit, replace(origin, facts=replace(origin.facts, tries=0)))


def known_digests(unit: Unit, source_id: int, guids: Sequence[str]) -> dict[str, str]:
    """What was said of articles of a source when they were last looked at, as digests by guid."""
    found: dict[str, str] = {}
    for start in range(0, len(guids), 500):
        some = guids[start : start + 500]
        asked = select(origins.c.guid, origins.c.facts).where(origins.c.source == source_id, origins.c.guid.in_(some))
        found |= {row.guid: row.facts.get("entry_hash", "") for row in unit.execute(asked)}
    return found


def forget_origin(unit: Unit, origin_id: int) -> None:
    """Takes away an origin that has no post, also out of its story."""
    stories.origin_changed(unit, origin_id)
    unit.run("DELETE FROM story_articles WHERE origin = ? AND post = 0", (origin_id,))
    unit.execute(delete(origins).where(origins.c.id == origin_id, origins.c.post.is_(None)))


def newest_origins(unit: Unit, source_id: int, limit: int, offset: int = 0) -> tuple[list[Origin], int]:
    """The origins of a source that have a post, those that came last first, and how many there are."""
    mine = and_(origins.c.source == source_id, origins.c.post.is_not(None))
    order = (origins.c.first_seen.desc(), origins.c.id.desc())
    rows = unit.execute(select(origins).where(mine).order_by(*order).limit(limit).offset(offset))
    total = unit.execute(select(func.count()).select_from(origins).where(mine)).scalar_one()
    return [origin_of(row) for row in rows], int(total)
