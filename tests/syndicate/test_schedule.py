"""When a source is looked at again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.model.wire import Tempo
from wirepress.syndicate.schedule import (
    HOUR,
    LONGEST,
    SPREAD,
    STRETCH,
    chance_of,
    next_look,
    next_try,
    out_of_quiet,
    pause_of,
)

NOW = int(datetime(2025, 6, 15, 12, tzinfo=UTC).timestamp())
"""A Sunday at noon."""


def test_a_source_that_answers_is_asked_at_its_interval() -> None:
    assert next_look(1000, 1800, 0) == 2800


def test_a_failing_source_is_asked_ever_more_rarely_but_once_a_day() -> None:
    pauses = [next_look(0, 1800, failures) for failures in range(1, 20)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 3600
    assert pauses[-1] == LONGEST


@given(st.integers(60, 10**6), st.integers(0, 10**6), st.integers(0, 10**9), st.floats(0, 1))
def test_it_is_always_later_and_never_lost(interval: int, failures: int, wait: int, chance: float) -> None:
    pause = next_look(0, interval, failures, wait, chance)
    assert interval <= pause <= max(LONGEST, interval) * (1 + SPREAD)


def test_sources_that_were_added_together_are_not_asked_together() -> None:
    moments = {next_look(NOW, 1800, 0, chance=chance_of(source, NOW)) for source in range(100)}
    assert len(moments) > 60
    assert NOW + 1800 <= min(moments) <= max(moments) <= NOW + 1980


@pytest.mark.parametrize(
    ("tempo", "fresh", "pause"),
    [
        (Tempo(), 0, 1800),
        (Tempo(gap=60, newest=NOW), 0, 1800),
        (Tempo(gap=8 * HOUR, newest=NOW), 0, HOUR),
        (Tempo(gap=HOUR, newest=NOW - 16 * HOUR), 0, 2 * HOUR),
        (Tempo(gap=30 * LONGEST, newest=NOW), 0, STRETCH * 1800),
        (Tempo(), 600, 1800),
        (Tempo(), 2 * HOUR, 2 * HOUR),
        (Tempo(), 365 * LONGEST, STRETCH * 1800),
        (Tempo(every=6 * HOUR), 0, 6 * HOUR),
        (Tempo(every=300), 0, 1800),
        (Tempo(every=30 * LONGEST), 0, LONGEST),
    ],
    ids=["unknown", "busy", "three a day", "silent", "dead", "fresh for less", "fresh", "for ever", "ttl", "short ttl",
         "long ttl"],
)  # fmt: skip
def test_the_pause_follows_the_source_within_bounds(tempo: Tempo, fresh: int, pause: int) -> None:
    assert pause_of(1800, tempo, NOW, fresh) == pause


def test_a_long_interval_is_the_least_and_the_most() -> None:
    week = 7 * LONGEST
    assert pause_of(week, Tempo(gap=10 * week, newest=NOW, every=2 * week), NOW, 3 * week) == week


def test_quiet_hours_and_days_are_left_alone() -> None:
    assert out_of_quiet(NOW, (), ()) == NOW
    assert out_of_quiet(NOW + 600, {12, 13}, ()) == NOW + 2 * HOUR
    assert out_of_quiet(NOW, (), {6}) == NOW + 12 * HOUR
    assert out_of_quiet(NOW, {0, 1}, {6}) == NOW + 14 * HOUR
    assert out_of_quiet(NOW, (), {0, 1}) == NOW


def test_one_for_which_all_time_is_quiet_is_asked_all_the_same() -> None:
    assert out_of_quiet(NOW, range(24), ()) == NOW
    assert out_of_quiet(NOW, (), range(7)) == NOW


def test_an_article_is_tried_again_at_once_and_then_once_a_day_at_last() -> None:
    pauses = [next_try(tries) for tries in range(1, 100)]
    assert pauses[:4] == [0, HOUR, 2 * HOUR, 4 * HOUR]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST
