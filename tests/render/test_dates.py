from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wirepress.render.dates import format_date, parse_rest_date, rfc3339

SUMMER = datetime(2024, 7, 4, 5, 6, 7, 89_000, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("d D j l N S w z", "04 Thu 4 Thursday 4 th 4 185"),
        ("W F m M n t L o Y y", "27 July 07 Jul 7 31 1 2024 2024 24"),
        ("a A B g G h H i s u v", "am AM 170 5 5 05 05 06 07 089000 089"),
        ("e I O P p T Z", "Europe/Berlin 1 +0200 +02:00 +02:00 CEST 7200"),
        ("c", "2024-07-04T05:06:07+02:00"),
        ("r", "Thu, 04 Jul 2024 05:06:07 +0200"),
        ("U", "1720062367"),
        ("\\Y\\\\Y x\\", "Y\\2024 2024"),
        ("Éé", "Éé"),
    ],
)
def test_letters(form: str, expected: str) -> None:
    assert format_date(form, SUMMER) == expected


def test_a_fixed_offset_is_its_own_name_and_utc_has_one() -> None:
    assert format_date("e T", datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))) == (
        "-03:30 -03:30"
    )
    assert format_date("e T p", datetime(2024, 1, 1, tzinfo=UTC)) == "UTC UTC Z"
    assert format_date("P p", datetime(2024, 1, 1, tzinfo=timezone(timedelta(), "+00:00"))) == "+00:00 Z"
    assert [format_date("jS", datetime(2024, 1, day, tzinfo=UTC)) for day in (1, 2, 3, 11, 21, 22, 23)] == [
        *("1st", "2nd", "3rd", "11th", "21st", "22nd", "23rd")
    ]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2024-01-02 03:04:05", "2024-01-02T03:04:05"),
        ("0000-00-00 00:00:00", "-0001-11-30T00:00:00"),
        ("2025-02-29 24:00:00", "2025-03-02T00:00:00"),
        ("2024-13-01 00:00:00", ""),
        ("1900-03-00 00:00:00", "1900-02-28T00:00:00"),
        ("2024-02-30", "2024-03-01T00:00:00"),
        ("2024-02-30x", ""),
        ("", ""),
    ],
)
def test_stamps(stamp: str, expected: str) -> None:
    assert rfc3339(stamp) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00", 0),
        ("1969-12-31 23:59:59Z", -1),
        ("2024-01-02T03:04:05.678-01:30", 1704170045),
        ("2025-02-29T00:00:00", 1740787200),
        ("2024-01-02", None),
        ("2024-01-02T25:00:00", None),
        ("2024-01-02T00:00:00+0100", None),
    ],
)
def test_dates_of_requests(text: str, expected: int | None) -> None:
    assert parse_rest_date(text) == expected


def test_every_day_of_four_centuries_is_itself() -> None:
    day = datetime(1899, 12, 25)  # noqa: DTZ001 (a calendar day, no moment)
    for _ in range(0, 146_097, 97):
        shown = day.strftime("%Y-%m-%d 00:00:00")
        assert rfc3339(shown) == shown.replace(" ", "T")
        day += timedelta(days=97)
