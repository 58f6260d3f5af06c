"""Take-downs, on every database: what they remember and keep, and that nothing but them is kept beyond its time."""

from __future__ import annotations

from dataclasses import replace

from tests.store.suite_audit import written
from wirepress.model.audit import AuditQuery
from wirepress.model.takedown import Barred, Disclosure, KeptFile, Takedown, TakedownQuery
from wirepress.store import audit, takedowns
from wirepress.store.database import Database

ONE = Takedown(
    at=100, user=3, post=7, type="post", title="Straße & Söhne", url="https://a.example/one", reason="A court says so",
    notice="Az. 5 O 1/25", disclosure=Disclosure.REASON, digest="ab" * 32, folder="f" * 32,
)  # fmt: skip


class Takedowns:
    """What was taken down is known again until it is lifted, and its content lies apart."""

    def test_a_takedown_is_kept_found_and_lifted(self, database: Database) -> None:
        with database.write() as unit:
            first = takedowns.add(unit, ONE)
            second = takedowns.add(unit, replace(ONE, title="Other", notice="", reason="x", url="https://b.example/"))
            assert takedowns.get(unit, first) == replace(ONE, id=first)
            assert takedowns.get(unit, 2**70) is None
            found, total = takedowns.find(unit, TakedownQuery())
            assert ([one.id for one in found], total) == ([second, first], 2)
            assert [one.id for one in takedowns.find(unit, TakedownQuery(search="COURT says"))[0]] == [first]
            assert [one.id for one in takedowns.find(unit, TakedownQuery(search="%"))[0]] == []
            assert takedowns.find(unit, TakedownQuery(page=2, per_page=1))[0][0].id == first
            takedowns.lift(unit, first, 200, 4, "settled")
            lifted = takedowns.get(unit, first)
            assert lifted is not None
            assert (lifted.stands, lifted.lifted_by, lifted.lift_reason) == (False, 4, "settled")
            assert [one.id for one in takedowns.find(unit, TakedownQuery(stands=True))[0]] == [second]
            assert [one.id for one in takedowns.find(unit, TakedownQuery(stands=False))[0]] == [first]

    def test_it_is_known_again_by_each_of_its_keys_while_it_stands(self, database: Database) -> None:
        barred = Barred(("a.example/one", "a.example/1"), ("ff" * 32,), ("2025/one",), (7, 8))
        with database.write() as unit:
            first, second = takedowns.add(unit, ONE), takedowns.add(unit, ONE)
            takedowns.remember(unit, first, barred)
            takedowns.remember(unit, second, Barred(urls=("a.example/one",)))
            assert takedowns.remembered(unit, first) == replace(barred, urls=tuple(sorted(barred.urls)))
            newest = takedowns.known(unit, "url", ("", "nowhere", "a.example/one"))
            assert newest is not None
            assert newest.id == second
            takedowns.lift(unit, second, 1, 0, "")
            for kind, key in (("url", "a.example/one"), ("text", "ff" * 32), ("path", "2025/one"), ("post", "8")):
                known = takedowns.known(unit, kind, (key,))  # type: ignore[arg-type] # each is one of the kinds
                assert known is not None
                assert known.id == first
            assert takedowns.known(unit, "text", ("a.example/one",)) is None
            assert takedowns.known(unit, "url", ("a\0b", "")) is None
            takedowns.forget(unit, first)
            assert takedowns.known(unit, "url", ("a.example/one",)) is None

    def test_contents_come_back_as_they_were_in_their_order(self, database: Database) -> None:
        rows = [("post", {"id": 7, "content": "“ü”\u2028<!-- -->", "meta": {"b": [1], "a": [None]}}), ("comment", {})]
        file = KeptFile("2025/06/ü.jpg", 8, 3, "cd" * 32)
        with database.write() as unit:
            number = takedowns.add(unit, ONE)
            takedowns.keep_contents(unit, number, rows)
            takedowns.keep_files(unit, number, [file])
        with database.read() as unit:
            kept = takedowns.contents(unit, number)
            assert kept == rows
            assert list(kept[0][1]["meta"]) == ["b", "a"]
            assert takedowns.files(unit, number) == [file]
            assert takedowns.keeps_file(unit, file.path)
            assert takedowns.kept_paths(unit) == [("f" * 32, file.path)]
        with database.write() as unit:
            takedowns.drop(unit, number)
            assert (takedowns.contents(unit, number), takedowns.files(unit, number)) == ([], [])
            takedowns.erase(unit, number, 300)
            erased = takedowns.get(unit, number)
            assert erased is not None
            assert (erased.title, erased.erased, erased.restorable) == ("", 300, False)
            assert takedowns.unscrubbed(unit) == [number]
            takedowns.note_scrubbed(unit, [number])
            assert takedowns.unscrubbed(unit) == []

    def test_the_log_keeps_take_downs_beyond_its_time(self, database: Database) -> None:
        with written(database) as unit:
            unit.note("takedown.create", "takedown", 1, notice="Az. 5 O 1/25")
            unit.note("takedowns.other", "x", 1)
        with database.write() as unit:
            assert audit.trim(unit, 2**40) == 1
            [entry], _ = audit.find(unit, AuditQuery())
        assert (entry.action, entry.login) == ("takedown.create", "ada")
