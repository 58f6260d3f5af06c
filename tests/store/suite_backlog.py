"""What is left of sources, who looks at them, and turns at hosts, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from wirepress.model.entry import EntryState
from wirepress.model.wire import Entry, Medium, Memory, Origin, OriginFacts, OriginState, Rights, Source, Tempo
from wirepress.store import backlog, leases, quotas, sources, turns
from wirepress.store.backlog import Waiting
from wirepress.store.database import Database
from wirepress.store.quotas import Came, Quota
from wirepress.store.unit import Unit

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
ENTRY = Entry(
    "one",
    "https://a.example/1",
    "Rain \0\ud800 “here”",
    content="<p>It rains.</p>",
    authors=("Ana", "Bo"),
    published=NOW,
    media=(Medium("https://a.example/1.jpg", width=3),),
    digest="d",
)


def added(unit: Unit, url: str = "https://a.example/feed") -> int:
    return sources.add(unit, Source(0, url))


class Backlogs:
    def test_an_entry_comes_back_as_it_was(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            backlog.keep(unit, [Waiting(number, ENTRY, EntryState.FAILED, 5, 6, 7, 8, "no")])
            (found,) = backlog.listed(unit)
            assert found == Waiting(number, ENTRY, EntryState.FAILED, 5, 6, 7, 8, "no", found.id)

    def test_a_long_name_is_kept_as_well_as_a_short_one(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            long = [replace(ENTRY, guid="x" * 9000 + end) for end in "ab"]
            for _ in range(2):
                backlog.keep(unit, [Waiting(number, entry) for entry in long])
            assert [one.entry for one in backlog.listed(unit)] == long
            backlog.drop(unit, number, [long[0].guid])
            assert [one.entry for one in backlog.listed(unit)] == long[1:]

    def test_what_is_due_comes_in_its_order_a_part_at_a_time(self, database: Database) -> None:
        with database.write() as unit:
            number, other = added(unit), added(unit, "https://b.example/feed")
            entries = {name: replace(ENTRY, guid=name) for name in "abcdef"}
            backlog.keep(unit, [
                Waiting(number, entries["a"], place=2), Waiting(number, entries["b"], place=1),
                Waiting(number, entries["c"], EntryState.FAILED, 2, due_at=50, tries=2),
                Waiting(number, entries["d"], EntryState.FAILED, 0, due_at=150, tries=1),
                Waiting(number, entries["e"], EntryState.DEAD, 0), Waiting(other, entries["f"]),
            ])  # fmt: skip
            first = backlog.due(unit, number, 100, (-1, 0), 2)
            assert [one.entry.guid for one in first] == ["b", "a"]
            rest = backlog.due(unit, number, 100, (first[-1].place, first[-1].id), 2)
            assert [one.entry.guid for one in rest] == ["c"]
            assert (backlog.next_at(unit, number), backlog.first_place(unit, number)) == (0, 1)
            backlog.drop(unit, number, ["a", "b"])
            assert backlog.next_at(unit, number) == 50  # what failed once waits for the next look
            assert backlog.counts(unit) == {number: {"failed": 2, "dead": 1}, other: {"left": 1}}
            assert backlog.counts(unit, other) == {other: {"left": 1}}
            assert backlog.digests(unit, number, EntryState.DEAD, ["a", "b", "e"]) == {
                one.id: ("e", "d") for one in backlog.listed(unit, number, EntryState.DEAD)
            }
            assert backlog.digests(unit, number, EntryState.DEAD, ["a"]) == {}
            last = backlog.oldest(unit, number, EntryState.FAILED, (9, 0), 1)
            assert [one.entry.guid for one in last] == ["c"]
            before = last[0].place, last[0].id
            assert [one.entry.guid for one in backlog.oldest(unit, number, EntryState.FAILED, before, 9)] == ["d"]

    def test_what_was_given_up_is_woken(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            facts = OriginFacts(tries=8)
            origin = Origin(number, "one", ENTRY.link, "k", NOW, NOW, state=OriginState.WAITING, facts=facts)
            sources.save_origin(unit, origin)
            backlog.keep(unit, [Waiting(number, ENTRY, EntryState.DEAD, tries=8, due_at=10**10, error="no")])
            ids = backlog.of_state(unit, EntryState.DEAD)
            assert backlog.there(unit, [*ids, 999]) == set(ids)
            assert (backlog.retry(unit, ids), backlog.retry(unit, [])) == (1, 0)
            (found,) = backlog.due(unit, number, 0, (-(2**50), 0), 9)
            assert (found.state, found.tries, found.error) == (EntryState.LEFT, 0, "")
            assert [one.facts.tries for one in sources.find_origins(unit, number, ["one"], [])] == [0]

    def test_what_is_left_goes_with_its_source_and_with_how_that_is_read(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            source = sources.get(unit, number)
            assert source is not None
            for change in (replace(source, name="N"), replace(source, url="https://c.example/")):
                backlog.keep(unit, [Waiting(number, ENTRY)])
                sources.change(unit, change)
                assert bool(backlog.listed(unit)) is bool(change.name)
            backlog.keep(unit, [Waiting(number, ENTRY)])
            sources.remove(unit, number, 5)
            assert backlog.listed(unit) == []

    def test_a_lease_is_held_longer_by_who_has_it_alone(self, database: Database) -> None:
        memory = Memory(ask_at=7, slow=True, tempo=Tempo(gap=5, quiet_hours=(1, 2)))
        with database.write() as unit:
            number = added(unit)
            assert leases.claim(unit, number, "a", 100, 200)
            assert not leases.claim(unit, number, "b", 150, 300)
            assert (leases.extend(unit, number, "a", 400), leases.extend(unit, number, "b", 500)) == (True, False)
            assert [(one.id, one.holder) for one in leases.held(unit, 300)] == [(number, "a")]
            assert leases.due(unit, 300) == []
            assert [one.id for one in leases.due(unit, 300, ["a"])] == [number]
            assert leases.claim(unit, number, "b", 400, 600)
            assert not leases.release(unit, number, "a", 0, Memory(), 0)
            assert leases.release(unit, number, "b", 50, memory, 3)
            standing = sources.standing(unit, number)
            assert standing is not None
            assert (standing.source.memory, standing.next_at, standing.attempts) == (memory, 50, 3)
            assert [(one.id, one.heavy) for one in leases.due(unit, 60)] == [(number, True)]
            assert not leases.extend(unit, number, "b", 900)

    def test_turns_at_a_host_follow_each_other(self, database: Database) -> None:
        with database.write() as unit:
            assert [turns.take(unit, "a", 1000, 500, 10_000) for _ in range(3)] == [0, 500, 1000]
            turns.hold(unit, "a", 10**13)
            assert turns.take(unit, "a", 1000, 500, 10_000) == 10**13 - 1000

    def test_articles_are_counted_in_a_run_and_on_a_day(self, database: Database) -> None:
        with database.write() as unit:
            number, other = added(unit), added(unit, "https://b.example/feed")
            today = Quota(number, 2, 3, day=7)
            assert [quotas.take_one(unit, today) for _ in range(3)] == [True, True, False]
            quotas.begin_run(unit, number, 50)
            assert [quotas.take_one(unit, today) for _ in range(2)] == [True, False]
            assert quotas.came(unit, number) == Came(7, 3, 50, 1)
            assert quotas.take_one(unit, replace(today, day=8))
            assert quotas.came(unit, number) == Came(8, 1, 50, 2)
            assert (quotas.came(unit, other), quotas.came(unit, 2**40)) == (Came(), Came())
            assert not quotas.take_one(unit, replace(today, source=2**40))

    def test_what_waits_for_room_is_deferred_and_let_in(self, database: Database) -> None:
        with database.write() as unit:
            number = added(unit)
            waiting = Waiting(number, ENTRY, EntryState.WAITS, 3, 60, 1, 0, "2 a run", 0, "run-limit")
            backlog.keep(unit, [waiting])
            assert backlog.due(unit, number, 100, (-9, 0), 9) == []
            assert backlog.due(unit, number, 59, (-9, 0), 9, [EntryState.WAITS]) == []
            assert len(backlog.due(unit, number, 60, (-9, 0), 9, [EntryState.WAITS])) == 1
            assert (backlog.next_at(unit, number), backlog.first_place(unit, number, EntryState.WAITS)) == (60, 3)
            backlog.defer(unit, number, 60, 90, "day-limit", "9 a day")
            backlog.let_in(unit, number, "run-limit")
            (found,) = backlog.listed(unit)
            assert (found.due_at, found.reason, found.error, found.since) == (90, "day-limit", "9 a day", 1)
            backlog.let_in(unit, number, "day-limit")
            assert backlog.next_at(unit, number) == 0
            assert backlog.counts(unit) == {number: {"waits": 1}}
            source = sources.get(unit, number)
            assert source is not None
            sources.change(unit, replace(source, rights=Rights.LINK))
            (found,) = backlog.listed(unit)
            assert (found.entry.link, found.entry.content, found.entry.published) == (ENTRY.link, "", NOW)
            sources.change(unit, replace(source, url="https://c.example/feed"))
            assert backlog.listed(unit) == []
