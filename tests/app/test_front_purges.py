"""Telling a front of writes: in order, without a gap, whatever becomes of it or of us meanwhile."""

from __future__ import annotations

import pytest

from tests.app.fronts import FakeFront, Written, kept
from wirepress.app.front.purges import MOST, Purge, Telling, purges_of
from wirepress.model.errors import Unavailable


def test_a_front_hears_of_writes_in_their_order_and_of_nothing_twice() -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    assert telling.tell() == 0
    first, second = kept(front, "post:1"), kept(front, "post:2")
    written.write("post:1")
    written.write("post:3", "list:post")
    assert telling.tell() == 2
    assert first not in front.holds
    assert second in front.holds
    assert telling.tell() == 2
    assert front.purges[-1] == Purge(2, 2, frozenset()), "a sign of life"
    assert [(purge.after, purge.epoch) for purge in front.purges] == [(0, 0), (0, 2), (2, 2)]


def test_many_writes_go_in_several_purges_that_fit_into_a_header() -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    telling.tell()
    for number in range(900):
        written.write(*(f"post:{number * 10 + n}" for n in range(5)))
    assert telling.tell() == 900
    purges = front.purges[1:]
    assert len(purges) > 5
    assert [purge.after for purge in purges[1:]] == [purge.epoch for purge in purges[:-1]]
    for purge in purges:
        assert purge.tags is not None
        assert len(" ".join(purge.tags)) < MOST + 200
    named = frozenset[str]().union(*(purge.tags or () for purge in purges))
    assert named >= frozenset[str]().union(*written.rows.values())


@pytest.mark.parametrize(
    "touched", [("*",), tuple(f"post:{number}" for number in range(1000)), ("a\r\nb",)], ids=["all", "much", "hostile"]
)
def test_what_cannot_be_named_drops_everything(touched: tuple[str, ...]) -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    telling.tell()
    kept(front, "post:5000")
    written.write(*touched)
    assert telling.tell() == 1
    assert front.holds == {}


def test_after_an_hour_of_failures_it_has_dropped_what_it_must() -> None:
    written, front = Written(kept=1000), FakeFront()
    telling = Telling(front, written)
    telling.tell()
    stale, fine = kept(front, "post:1"), kept(front, "post:99999")
    front.away = True
    for number in range(900):
        written.write(f"post:{number}")
        if number % 100 == 0:
            with pytest.raises(Unavailable):
                telling.tell()
    front.away = False
    assert telling.tell() == 900
    assert (stale in front.holds, fine in front.holds) == (False, True)

    front.away = True
    for _ in range(1500):
        written.write("post:7")
    with pytest.raises(Unavailable):
        telling.tell()
    front.away = False
    assert telling.tell() == 2400
    assert front.holds == {}, "nobody knows any more what was touched"


def test_a_purge_whose_answer_is_lost_is_sent_again() -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    telling.tell()
    written.write("post:1")
    front.deaf = True
    with pytest.raises(Unavailable):
        telling.tell()
    front.deaf = False
    assert telling.tell() == 1


def test_a_front_that_was_restarted_begins_with_nothing() -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    telling.tell()
    written.write("post:1")
    front.restart()
    assert telling.tell() == 1
    assert front.purges[-1].tags is None
    kept(front, "post:1")
    written.write("post:1")
    assert telling.tell() == 2
    assert front.holds == {}


def test_two_processes_tell_one_front_and_neither_leaves_a_gap() -> None:
    written, front = Written(), FakeFront()
    one, other = Telling(front, written), Telling(front, written)
    assert (one.tell(), other.tell()) == (0, 0)
    for number in range(40):
        stale = kept(front, f"post:{number}")
        written.write(f"post:{number}")
        assert (one, other)[number % 2].tell() == number + 1
        assert stale not in front.holds
    assert front.at == 40


def test_an_epoch_of_another_database_drops_everything() -> None:
    written, front = Written(), FakeFront()
    telling = Telling(front, written)
    for _ in range(5):
        written.write("post:1")
    telling.tell()
    kept(front, "post:9")
    restored = Written(epoch=3)
    assert Telling(front, restored).tell() == 3
    assert (front.at, front.holds) == (3, {})
    restored.write("post:2")
    assert telling.tell() in (4, 5), "and who knew the other database goes on"


def test_a_front_that_refuses_again_and_again_is_named() -> None:
    class Stubborn(FakeFront):
        def purge(self, purge: Purge) -> int | None:
            return None

    with pytest.raises(Unavailable, match="contradicts itself"):
        Telling(Stubborn(), Written()).tell()


def test_a_row_that_is_not_there_is_a_gap() -> None:
    assert [purge.tags for purge in purges_of(1, 3, [(3, frozenset({"post:1"}))])] == [None]
    assert [purge.tags for purge in purges_of(3, 3, [])] == [frozenset()]
