"""Dates as pages write them for their readers."""

from __future__ import annotations

from datetime import datetime

import pytest

from wirepress.syndicate.parse.written import written_date


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("3/4/2025", "en-US", "2025-03-04T00:00Z"), ("3/4/2025", "en_US", "2025-03-04T00:00Z"),
        ("3/4/2025", "en-GB", "2025-04-03T00:00Z"), ("25/4/2025", "", "2025-04-25T00:00Z"),
        ("Vendredi 7 mars 2025 à 10h30", "fr", "2025-03-07T10:30Z"), ("1er août 2025", "fr", "2025-08-01T00:00Z"),
        ("4 de marzo de 2025", "es", "2025-03-04T00:00Z"),
        ("Di., 4. März 2025, 18:30 Uhr", "de", "2025-03-04T18:30Z"),
        ("06. 01. 2026, 14:59 Uhr", "de", "2026-01-06T14:59Z"), ("4 marca 2025", "pl", "2025-03-04T00:00Z"),
        ("4 Μαρτίου 2025", "el", "2025-03-04T00:00Z"), ("4 березня 2025", "uk", "2025-03-04T00:00Z"),
        ("4. maaliskuuta 2025", "fi", "2025-03-04T00:00Z"), ("4 Mart 2025", "tr", "2025-03-04T00:00Z"),
        ("2025年3月4日 18:30", "ja", "2025-03-04T18:30Z"), ("2025년 3월 4일", "ko", "2025-03-04T00:00Z"),
        ("4 مارس 2025", "ar", "2025-03-04T00:00Z"), ("٤ مارس ٢٠٢٥", "ar", "2025-03-04T00:00Z"),
        ("4 मार्च 2025", "hi", "2025-03-04T00:00Z"), ("4/3/2568", "th", "2025-03-04T00:00Z"),
        ("AUG 25 2024 -", "en", "2024-08-25T00:00Z"), ("Sept. 3rd, 2024 at 4:05 p.m.", "en", "2024-09-03T16:05Z"),
        ("31.12.99", "de", "1999-12-31T00:00Z"), ("12/31/99", "en", "1999-12-31T00:00Z"),
        ("31.12.49", "de", "2049-12-31T00:00Z"), ("Am 3.4.2025.", "de", "2025-04-03T00:00Z"),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(text: str, language: str, moment: str) -> None:
    found = written_date(text, language)
    assert found is not None
    assert found.isoformat() == datetime.fromisoformat(moment).isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "4 tháng 3, 2025", "45 Smarch 2024", "version 1.2.3", "2 of 2024", "© 2025 The Wire",
        "Call 555-12-12-2024 now", "12-12-2024-55", "10.1.2024.5",
    ],
)  # fmt: skip
def test_numbers_that_are_no_date(text: str) -> None:
    assert written_date(text, "en") is None


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("10:00 PM EST", "22:00-05:00"), ("10:00 PST", "10:00-08:00"), ("10:00 (CEST)", "10:00+02:00"),
        ("10:00 Uhr MEZ", "10:00+01:00"), ("10:00 MESZ", "10:00+02:00"), ("10:00 JST", "10:00+09:00"),
        ("10:00 IST", "10:00+05:30"), ("10:00 BST", "10:00+01:00"), ("10:00 a.m. ET", "10:00-05:00"),
        ("10:00 GMT+2", "10:00+02:00"), ("10:00 UTC -03:30", "10:00-03:30"), ("10:00Z", "10:00+00:00"),
        ("16:05 +02:00", "16:05+02:00"), ("10:00 +5:30", "10:00+05:30"), ("10:00 +0530", "10:00+05:30"),
        ("10:00:30+02", "10:00:30+02:00"), ("T10:00-11:00", "10:00-11:00"), ("10:00-05:00", "10:00-05:00"),
        # No zones: until when, how many comments, a word, half of an offset, one of no place on earth.
        ("10:00-11:00", "10:00+00:00"), ("10:00 -12 comments", "10:00+00:00"), ("10:00 et plus", "10:00+00:00"),
        ("10:00 +530", "10:00+00:00"), ("10:00 +15:00", "10:00+00:00"), ("10:00 XYZ", "10:00+00:00"),
        ("10:00 ESTATE", "10:00+00:00"),
    ],
)  # fmt: skip
def test_the_zone_that_stands_behind_a_time(time: str, moment: str) -> None:
    written = f"2025-03-04{time}" if time.startswith("T") else f"March 4, 2025 {time}"
    found = written_date(written, "en")
    assert found is not None
    assert found.isoformat() == datetime.fromisoformat(f"2025-03-04T{moment}").isoformat()
