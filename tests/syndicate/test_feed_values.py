"""Dates and names as feeds spell them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.syndicate.test_feed_kinds import only, rss
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.names import read_names

DATES = {
    "2026/11/17 14:22:09": "2026-11-17T14:22:09",
    "Thu, 05 Nov 26 00:30:15 +0200": "2026-11-04T22:30:15",
    "Thu, 05 Nov 0026 00:30:15 +0200": "2026-11-04T22:30:15",
    "Sun, 08 Nov 2026 13:05:00 EST": "2026-11-08T18:05:00",
    "Tue, 10 Nov 2026 07:48:52": "2026-11-10T07:48:52",
    "Thu, 12 Nov 2026 18:15:00 Z": "2026-11-12T18:15:00",
    "Thu, 12 Nov 2026 18:15:00 CEST": "2026-11-12T16:15:00",
    "Thu, 12 Nov 2026 18:15:00 GMT+0200": "2026-11-12T16:15:00",
    "Thu, 12 Nov 2026 18:15:00 +02:00": "2026-11-12T16:15:00",
    "Thu, 12 Nov 2026 18:15:00 +0200 (CEST)": "2026-11-12T16:15:00",
    "Thu, 12 Nov 2026 18:15:00 America/New_York": "2026-11-12T23:15:00",
    "12 Nov 2026 06:15 PM": "2026-11-12T18:15:00",
    "Thu, 12 Nov 2026 24:00:00 GMT": "2026-11-13T00:00:00",
    "November 12, 2026 6:15 pm EST": "2026-11-12T23:15:00",
    "Thu Nov 12 18:15:00 2026": "2026-11-12T18:15:00",
    "Do., 12. Nov. 2026 18:15 MEZ": "2026-11-12T17:15:00",
    "Mi, 04 Mär 2026 18:15:00 +0100": "2026-03-04T17:15:00",
    "12 de noviembre de 2026": "2026-11-12T00:00:00",
    "12 ноября 2026 18:15": "2026-11-12T18:15:00",
    "2026年11月12日 18:15": "2026-11-12T18:15:00",
    "20261112T181500Z": "2026-11-12T18:15:00",
    "2026-11-12T18:15Z": "2026-11-12T18:15:00",
    "2026-11-12 18:15:00 -0500": "2026-11-12T23:15:00",
    "2026-11-12T18:15:00.123456789+00:00": "2026-11-12T18:15:00.123456",
    "2026-11-12 18:15:00 EST": "2026-11-12T23:15:00",
    "2026-316": "2026-11-12T00:00:00",
    "2026-W46-4": "2026-11-12T00:00:00",
    "2026-11": "2026-11-01T00:00:00",
    "1794507300": "2026-11-12T18:15:00",
    "12.11.2026 18:15": "2026-11-12T18:15:00",
}


@pytest.mark.parametrize("text", DATES)
def test_spellings_of_dates(text: str) -> None:
    found = only(rss(f"<item><title>x</title><pubDate>{text}</pubDate></item>")).published
    assert found is not None
    assert found.astimezone(UTC) == datetime.fromisoformat(DATES[text]).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026", "Thu, 31 Feb 2026 10:00:00 GMT", "2026-11-12T25:61:00Z",
                                  "Thu, 01 Jan 1970 00:00:00 GMT", "0026-11-05",
                                  "0001-01-01T00:00:00", "Mon, 01 Jan 0001 00:00:00 GMT"])  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_a_ten_thousandth_of_a_second_is_no_first_year() -> None:
    assert read_date("2026-11-12T10:00:00.0001Z") is not None
    assert read_date("Thu, 12 Nov 2026 10:00:00 +0001") is not None


def test_a_date_that_cannot_be_read_leaves_the_next_one() -> None:
    entry = only(rss("<item><title>x</title><pubDate>soon</pubDate><dc:date>2026-11-12T18:15:00Z</dc:date></item>"))
    assert entry.published == datetime(2026, 11, 12, 18, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("sam@courier.example (Sam Pell)", ("Sam Pell",)),
        ("Sam Pell (sam.pell@courier.example)", ("Sam Pell",)),
        ("Sam Pell <sam@courier.example>", ("Sam Pell",)),
        ("sam@courier.example Sam Pell", ("Sam Pell",)),
        ("mailto:sam@courier.example (Sam Pell)", ("Sam Pell",)),
        ("sam@courier.example", ()),
        ("Ada Byron & Bo Chen", ("Ada Byron", "Bo Chen")),
        ("By Ada Byron, Bo Chen and Cy Dow", ("Ada Byron", "Bo Chen", "Cy Dow")),
        ("Ada, Bo and Cy", ("Ada", "Bo", "Cy")),
        ("Marks & Spencer", ("Marks & Spencer",)),
        ("Courier Arts & Culture Desk", ("Courier Arts & Culture Desk",)),
        ("Health and Science Team", ("Health and Science Team",)),
    ],
)
def test_names_of_authors(written: str, names: tuple[str, ...]) -> None:
    assert read_names([written]) == names
