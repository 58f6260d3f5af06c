"""How often a source has something new, what it says of that, and when it leaves its rhythm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirepress.model.wire import Cadence, Feed, Tempo
from wirepress.syndicate.moves import is_believed
from wirepress.syndicate.tempo import course_of, fresh_for, is_flood, with_hints, with_rhythm

HOUR = 3600
DAY = 24 * HOUR
NOW = 1_750_000_000
SENT = "Sun, 15 Jun 2025 12:00:00 GMT"


def test_the_rhythm_is_the_usual_pause_between_two_articles() -> None:
    dates = [NOW - number * DAY for number in range(10)]
    found = with_rhythm(Tempo(every=5), [*dates, NOW - 12 * DAY, NOW + DAY, dates[0] + 5, dates[0] - 5], NOW)
    assert found == Tempo(gap=DAY, longest=3 * DAY, newest=NOW, every=5)


def test_a_few_articles_are_no_rhythm() -> None:
    assert with_rhythm(Tempo(), [NOW - number * DAY for number in range(5)], NOW) == Tempo(newest=NOW)
    assert with_rhythm(Tempo(gap=DAY, newest=9), [], NOW) == Tempo(gap=DAY, newest=9)
    assert with_rhythm(Tempo(), [NOW - number for number in range(40)], NOW).gap == 0  # all of them came at once


@pytest.mark.parametrize(
    ("tempo", "days", "course"),
    [
        (Tempo(), 1000, ""),
        (Tempo(gap=HOUR, longest=9 * HOUR), 1, ""),
        (Tempo(gap=HOUR, longest=9 * HOUR), 3, "silent"),
        (Tempo(gap=HOUR, longest=3 * DAY), 5, ""),
        (Tempo(gap=7 * DAY, longest=8 * DAY), 20, ""),
        (Tempo(gap=7 * DAY, longest=8 * DAY), 40, "silent"),
        (Tempo(gap=HOUR, longest=HOUR, flooded=NOW - HOUR), 0, "flood"),
        (Tempo(gap=HOUR, longest=HOUR, flooded=NOW - DAY), 0, ""),
    ],
)
def test_a_source_that_leaves_its_rhythm(tempo: Tempo, days: int, course: str) -> None:
    assert course_of(replace(tempo, newest=NOW - days * DAY), NOW) == course


def test_a_flood_is_many_times_what_was_to_be_expected() -> None:
    assert is_flood(Tempo(gap=DAY), 60, HOUR)
    assert not is_flood(Tempo(gap=DAY), 40, HOUR)
    assert not is_flood(Tempo(gap=DAY), 60, 30 * DAY)
    assert not is_flood(Tempo(), 20_000, HOUR)  # the first look at any source


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "Max-Age = \"600\"", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "s-maxage=900"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=99999999999999999999"}, 30 * DAY),
        ({"expires": "Sun, 15 Jun 2025 13:00:00 GMT", "date": SENT}, 3600),
        ({"expires": "Sun, 15 Jun 2025 13:00:00 GMT", "date": SENT, "cache-control": "max-age=60"}, 60),
        ({"expires": "Sun, 15 Jun 2025 11:00:00 GMT", "date": SENT}, 0),
        ({"expires": "0", "date": SENT}, 0),
        ({"expires": "Sun, 15 Jun 2025 13:00:00 GMT"}, 0),
        ({"expires": "Sun, 15 Jun 2025 13:00:00", "date": SENT}, 0),
    ],
)  # fmt: skip
def test_how_long_an_answer_holds(headers: dict[str, str], seconds: int) -> None:
    assert fresh_for(headers) == seconds


def test_what_the_feed_asks_for_is_taken() -> None:
    said = Feed(cadence=Cadence(7200, frozenset({3, 2}), frozenset({6})))
    assert with_hints(Tempo(gap=5), said) == Tempo(gap=5, every=7200, quiet_hours=(2, 3), quiet_days=(6,))
    assert with_hints(Tempo(every=9, quiet_days=(1,)), Feed()) == Tempo()


@pytest.mark.parametrize(
    ("old", "new", "believed"),
    [
        ("http://a.example/feed", "https://a.example/feed/", True),
        ("https://a.example/feed", "https://b.example/rss.xml", True),
        ("https://a.example/", "https://www.a.example/", True),
        ("https://a.example/feed", "https://www.a.example/", False),
        ("https://a.example/feed", "https://b.example", False),
        ("https://a.example/feed", "https://b.example/?feed=rss2", True),
        ("https://a.example/feed", "https://a.example/login?next=/feed", False),
        ("https://a.example/feed", "https://a.example/wp-login.php?redirect_to=feed", False),
        ("https://a.example/feed", "https://a.example/users/sign_in", False),
        ("https://a.example/feed", "https://login.a.example/x", False),
        ("https://a.example/feed", "https://a.example/errors/404.html", False),
        ("https://a.example/feed", "https://a.example/authors/ann/feed", True),
        ("https://a.example/feed", "http://a.example/feed", False),
        ("https://a.example/feed", "javascript:alert(1)", False),
    ],
)
def test_a_move_is_believed_where_it_leads_to_a_place_like_it(old: str, new: str, believed: bool) -> None:
    assert is_believed(old, new) is believed
