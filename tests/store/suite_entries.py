"""What became of entries, and what is held, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.store.nouns import article
from wirepress.model.entry import EntryQuery, EntryState, Finding, Why
from wirepress.model.wire import Entry, Origin, Source
from wirepress.store import backlog, entries, held, posts, sources
from wirepress.store.backlog import Waiting
from wirepress.store.database import Database
from wirepress.store.entries import Named
from wirepress.store.held import HeldOriginal
from wirepress.store.unit import Unit

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)


def came(unit: Unit, source: int, name: str, status: str = "pending") -> tuple[int, int]:
    """An article that a source brought: its post, and what is known of it."""
    post = posts.insert(unit, article(name, status=status))
    url = f"https://a.example/{name}"
    origin = sources.save_origin(unit, Origin(source, name, url, url, NOW, NOW, post=post))
    entries.note(unit, [(Named(source, name, url, name), Finding(EntryState.TAKEN))], 5, origin)
    return post, origin


class Entries:
    def test_what_an_entry_is_its_post_tells(self, database: Database) -> None:
        with database.write() as unit:
            number = sources.add(unit, Source(0, "https://a.example/feed"))
            post, _ = came(unit, number, "one")
            [(first, total)] = [(found[0], total) for found, total in [entries.find(unit, EntryQuery())]]
            assert (first.state, first.post, first.title, total) == (EntryState.HELD, post, "one", 1)
            for status, state in (("publish", "taken"), ("trash", "removed"), ("draft", "taken"), ("pending", "held")):
                posts.update(unit, post, status=status)
                for wanted in EntryState:
                    found, total = entries.find(unit, EntryQuery(states=(wanted,), source=number))
                    assert ([one.id for one in found], total) == (([first.id], 1) if wanted == state else ([], 0))
                assert entries.counts(unit) == {EntryState(state): 1}
            entries.decide(unit, first.id, Finding(EntryState.REJECTED, Why.BY_HAND, "No \0 good"), 9, 3)
            again = entries.get(unit, first.id)
            assert again is not None
            assert (again.state, again.user, again.detail) == (EntryState.HELD, 3, "No  good")
            posts.delete(unit, post)
            assert entries.counts(unit, number) == {EntryState.REJECTED: 1}
            assert entries.get(unit, 2**70) is None

    def test_entries_are_found_by_words_and_by_pages(self, database: Database) -> None:
        with database.write() as unit:
            number = sources.add(unit, Source(0, "https://a.example/feed"))
            named = [Named(number, f"g{at}", f"https://a.example/{at}", f"Rain 100% {at}") for at in range(5)]
            entries.note(unit, [(one, Finding(EntryState.DUPLICATE, "duplicate", "", 7)) for one in named], 5)
            assert entries.find(unit, EntryQuery(search="0% 3"))[1] == 1
            assert entries.find(unit, EntryQuery(search="_"))[1] == 0
            found, total = entries.find(unit, EntryQuery(page=2, per_page=2))
            assert ([one.guid for one in found], total) == (["g2", "g1"], 5)
            assert entries.find(unit, EntryQuery(page=2**62, per_page=100)) == ([], 5)
            seen = entries.seen(unit, number, ["g1", "none"])
            assert {guid: (one.finding.other, one.seen) for guid, one in seen.items()} == {"g1": (7, 5)}

    def test_what_is_done_keeps_what_its_article_is(self, database: Database) -> None:
        with database.write() as unit:
            number = sources.add(unit, Source(0, "https://a.example/feed"))
            came(unit, number, "one", "publish")
            for name in ("one", "two"):
                entry = Entry(name, f"https://a.example/{name}", name)
                backlog.keep(
                    unit, [Waiting(number, entry, EntryState.FAILED, since=90, tries=1, error="no", reason="x")]
                )
            assert entries.counts(unit) == {EntryState.FAILED: 2}
            (failed, _) = backlog.listed(unit)
            assert (failed.since, failed.reason) == (90, "x")  # since it failed, not since it came
            backlog.drop(unit, number, ["one", "two"])
            assert entries.counts(unit) == {EntryState.TAKEN: 1}
            backlog.keep(unit, [Waiting(number, Entry("one"), EntryState.DEAD, since=90)])
            assert (backlog.forget_dead(unit, 90), backlog.forget_dead(unit, 91)) == (0, 1)
            assert entries.counts(unit) == {EntryState.TAKEN: 1}

    def test_old_ones_are_forgotten_some_at_a_time(self, database: Database) -> None:
        with database.write() as unit:
            number = sources.add(unit, Source(0, "https://a.example/feed"))
            findings = [
                Finding(EntryState.REJECTED, "filtered"), Finding(EntryState.DUPLICATE), Finding(EntryState.DUPLICATE),
                Finding(EntryState.REJECTED, Why.BY_HAND), Finding(EntryState.REJECTED, "taken-down"),
            ]  # fmt: skip
            entries.note(unit, [(Named(number, str(at)), one) for at, one in enumerate(findings)], 5)
            entries.still_listed(unit, number, ["1"], 50)
            assert [entries.forget(unit, before, 1) for before in (5, 6, 6, 6)] == [0, 1, 1, 0]
            assert {one.guid for one in entries.find(unit, EntryQuery())[0]} == {"1", "3", "4"}

    def test_what_is_held_stands_in_the_order_in_which_it_came(self, database: Database) -> None:
        with database.write() as unit:
            number, other = (sources.add(unit, Source(0, f"https://{name}.example/feed")) for name in "ab")
            one, two, three = (came(unit, number, name)[0] for name in ("one", "two", "three"))
            four = came(unit, other, "four")[0]
            posts.insert(unit, article("own", status="pending"))
            assert (held.number(unit), held.sources(unit)) == (4, {number: 3, other: 1})
            assert held.page(unit, 0, 2, 1) == ([two, three], 4)
            assert held.page(unit, other, 2) == ([four], 1)
            assert held.place(unit, two) == held.Place(2, 4, one, three)
            assert held.place(unit, one, number) == held.Place(1, 3, 0, two)
            posts.update(unit, two, status="publish")
            assert held.place(unit, two) == held.Place(2, 3, one, three)
            original = HeldOriginal("page", "<p>It rains.</p>")
            for post in (one, two, three):
                held.keep(unit, post, original, 5)
            assert held.original(unit, one) == original
            held.drop(unit, three)
            assert (held.forget(unit, 5, 10), held.forget(unit, 6, 10)) == (1, 1)
            held.keep(unit, one, replace(original, kind="feed"), 5)
            posts.delete(unit, one)
            assert held.original(unit, one) is None
