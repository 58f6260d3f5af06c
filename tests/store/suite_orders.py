"""Orders for the worker, on every database."""

from __future__ import annotations

import pytest

from wirepress.model.errors import Invalid
from wirepress.model.order import OrderKind, OrderState
from wirepress.store import orders
from wirepress.store.database import Database, Unit


def placed(unit: Unit, user: int = 7, source: int = 0, now: int = 100) -> int:
    return orders.place(unit, OrderKind.DISCOVER, user, source, {"url": "https://a.example/ü"}, now)


class Ordering:
    """Orders are placed, taken once, told of and ended."""

    def test_an_order_is_taken_by_one_in_its_turn(self, database: Database) -> None:
        with database.write() as unit:
            assert not orders.waiting(unit)
            assert orders.take(unit, "a", 100, 200) is None
            first, second = placed(unit), placed(unit, source=3)
            assert orders.waiting(unit)
            one, two = orders.take(unit, "a", 110, 200), orders.take(unit, "b", 111, 200)
            assert one is not None
            assert two is not None
            assert (one.id, two.id) == (first, second)
            assert (one.state, one.given, one.placed, one.begun) == (
                OrderState.WORKING, {"url": "https://a.example/ü"}, 100, 110,
            )  # fmt: skip
            assert orders.take(unit, "a", 112, 200) is None
            assert orders.of_source(unit, 3, OrderKind.DISCOVER) == two
            assert orders.of_source(unit, 3, OrderKind.RUN) is None
            assert (orders.opened(unit), orders.opened(unit, 7), orders.opened(unit, 8)) == (2, 2, 0)
            assert sorted(orders.holders(unit)) == ["a", "b"]

    def test_only_its_holder_tells_of_it_and_ends_it(self, database: Database) -> None:
        with database.write() as unit:
            order = placed(unit)
            orders.take(unit, "a", 110, 200)
            assert orders.tell(unit, order, "a", {"done": 1}, 300)
            assert not orders.tell(unit, order, "b", {"done": 2}, 300)
            assert not orders.finish(unit, order, "b", {"x": 1}, 120)
            assert orders.finish(unit, order, "a", {"candidates": ["é"]}, 120)
            found = orders.get(unit, order)
            assert found is not None
            assert (found.state, found.progress, found.result, found.ended) == (
                OrderState.DONE, {"done": 1}, {"candidates": ["é"]}, 120,
            )  # fmt: skip
            assert not orders.fail(unit, order, "a", "no", 130)
            assert not orders.cancel(unit, order, 130)

    def test_a_result_is_bounded(self, database: Database) -> None:
        with database.write() as unit:
            order = placed(unit)
            orders.take(unit, "a", 110, 200)
            with pytest.raises(Invalid):
                orders.finish(unit, order, "a", {"text": "x" * orders.LARGEST}, 120)
            assert orders.fail(unit, order, "a", "too much", 120)

    def test_what_is_cancelled_is_seen_by_its_holder(self, database: Database) -> None:
        with database.write() as unit:
            order = placed(unit)
            orders.take(unit, "a", 110, 200)
            assert orders.cancel(unit, order, 115)
            assert not orders.tell(unit, order, "a", {}, 300)
            assert not orders.finish(unit, order, "a", {}, 120)
            found = orders.get(unit, order)
            assert found is not None
            assert (found.state, found.open, found.ended) == (OrderState.CANCELLED, False, 115)
            assert orders.opened(unit) == 0

    def test_what_nobody_holds_any_more_has_failed(self, database: Database) -> None:
        with database.write() as unit:
            late, held, other = placed(unit), placed(unit), placed(unit)
            orders.take(unit, "a", 100, 200)
            orders.take(unit, "a", 100, 400)
            orders.take(unit, "b", 100, 400)
            assert orders.abandon(unit, 300, "gone", "a", lapsed=True) == 1
            assert orders.abandon(unit, 300, "gone", "b") == 1
            states = {one: orders.get(unit, one) for one in (late, held, other)}
            assert [order.state.value for order in states.values() if order] == ["failed", "working", "failed"]

    def test_what_is_carried_out_can_be_held_longer(self, database: Database) -> None:
        with database.write() as unit:
            mine, other = placed(unit), placed(unit)
            orders.take(unit, "a", 100, 200)
            orders.take(unit, "b", 100, 200)
            orders.extend(unit, "a", 400)
            assert [orders.abandon(unit, 300, "gone", name, lapsed=True) for name in "ab"] == [0, 1]
            assert [orders.is_held(unit, mine, name) for name in "ab"] == [True, False]
            assert not orders.is_held(unit, other, "b")
            orders.cancel(unit, mine, 300)
            assert not orders.is_held(unit, mine, "a")

    def test_what_is_old_is_removed(self, database: Database) -> None:
        with database.write() as unit:
            old, new = placed(unit, now=100), placed(unit, now=500)
            assert orders.remove_old(unit, 500) == 1
            assert orders.get(unit, old) is None
            assert orders.get(unit, new) is not None

    def test_a_certain_order_is_taken_out_of_turn(self, database: Database) -> None:
        with database.write() as unit:
            placed(unit)
            second = placed(unit)
            found = orders.take(unit, "a", 110, 200, second)
            assert found is not None
            assert found.id == second
            assert orders.take(unit, "b", 110, 200, second) is None

    def test_what_had_come_of_one_that_did_not_end_well_is_kept(self, database: Database) -> None:
        with database.write() as unit:
            failed, stopped = placed(unit), placed(unit)
            orders.take(unit, "a", 110, 200)
            orders.take(unit, "a", 110, 200)
            assert orders.fail(unit, failed, "a", "no", 120, {"came": 1})
            assert orders.cancel(unit, stopped, 120)
            assert not orders.leave(unit, stopped, "b", {"came": 2})
            assert orders.leave(unit, stopped, "a", {"came": 2})
            assert not orders.leave(unit, stopped, "a", {"came": 3})
            found = [orders.get(unit, one) for one in (failed, stopped)]
            assert [order.result for order in found if order] == [{"came": 1}, {"came": 2}]

    def test_imports_are_remembered_the_newest_of_them(self, database: Database) -> None:
        with database.write() as unit:
            made = [orders.place(unit, OrderKind.IMPORT, 1, 0, {}, 100) for _ in range(orders.HISTORY + 2)]
            assert orders.under_way(unit, OrderKind.IMPORT) is not None
            assert orders.remove_old(unit, 500) == 2
            kept = orders.of_kind(unit, OrderKind.IMPORT, 100)
            assert [order.id for order in kept] == made[:1:-1]
            orders.take(unit, "a", 100, 200)
            assert orders.abandon(unit, 300, "gone", "a") == 1
            assert ("import.cut", "import", str(made[2])) in unit.changes
            assert all(change.action != "order.import" for change in unit.changes.values())
