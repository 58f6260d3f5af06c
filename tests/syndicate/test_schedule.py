"""When a source is looked at again."""

from hypothesis import given
from hypothesis import strategies as st

from wirepress.syndicate.schedule import HOUR, LONGEST, next_look, next_try


def test_a_source_that_answers_is_asked_at_its_interval() -> None:
    assert next_look(1000, 1800, 0) == 2800


def test_a_failing_source_is_asked_ever_more_rarely_but_once_a_day() -> None:
    pauses = [next_look(0, 1800, failures) for failures in range(1, 20)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 3600
    assert pauses[-1] == LONGEST


@given(st.integers(60, 10**6), st.integers(0, 10**6), st.integers(0, 10**9))
def test_it_is_always_later_and_never_lost(interval: int, failures: int, wait: int) -> None:
    pause = next_look(0, interval, failures, wait)
    assert interval <= pause <= max(LONGEST, interval)


def test_an_article_is_tried_again_at_once_and_then_once_a_day_at_last() -> None:
    pauses = [next_try(tries) for tries in range(1, 100)]
    assert pauses[:4] == [0, HOUR, 2 * HOUR, 4 * HOUR]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST
