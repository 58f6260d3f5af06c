from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirepress.content.site import site_of
from wirepress.content.zone import to_gmt, to_local
from wirepress.model.moment import ZERO, Stamp, stamp
from wirepress.render.zones import zone_of

BERLIN = zone_of({"timezone_string": "Europe/Berlin"})


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2025-06-15 12:00:00", "2025-06-15 10:00:00"),
        ("2025-10-26 02:30:00", "2025-10-26 01:30:00"),  # comes twice: the second one counts
        ("2025-03-30 02:30:00", "2025-03-30 01:30:00"),  # is skipped: moves forward by the gap
        ("1947-06-01 12:00:00", "1947-06-01 09:00:00"),  # double summer time
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00"),
        ("nonsense", "0000-00-00 00:00:00"),
    ],
)
def test_local_dates_become_utc_as_recorded(local: str, utc: str) -> None:
    assert to_gmt(Stamp(local), BERLIN) == utc


def test_a_skipped_hour_comes_back_moved() -> None:
    assert to_local(to_gmt(Stamp("2025-03-30 02:30:00"), BERLIN), BERLIN) == "2025-03-30 03:30:00"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - stamps have no zone
def test_utc_to_local_and_back_is_the_same_outside_the_doubled_hour(moment: datetime) -> None:
    utc = stamp(moment)
    back = to_gmt(to_local(utc, BERLIN), BERLIN)
    local = moment.replace(tzinfo=UTC).astimezone(BERLIN)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        assert back == utc


@given(st.text(max_size=30))
def test_no_text_breaks_the_conversion(text: str) -> None:
    to_gmt(Stamp(text), BERLIN)
    to_local(Stamp(text), BERLIN)


@pytest.mark.parametrize(
    ("options", "hours"),
    [
        ({"gmt_offset": "5.5"}, 5.5),
        ({"gmt_offset": -3}, -3.0),
        ({"gmt_offset": "x"}, 0.0),
        ({"gmt_offset": "900"}, 0.0),
        ({"timezone_string": "Europe/Berlin", "gmt_offset": "9"}, 2.0),
        ({"timezone_string": "Mars/Base", "gmt_offset": "1"}, 1.0),
        ({"timezone_string": "../../etc/passwd", "gmt_offset": ""}, 0.0),
    ],
)
def test_the_zone_comes_from_its_name_or_from_the_offset(options: dict[str, object], hours: float) -> None:
    assert site_of(options).gmt_offset(datetime(2025, 6, 15, 12, tzinfo=UTC)) == hours


def test_the_zero_date_is_none_in_any_zone() -> None:
    assert to_local(ZERO, BERLIN) == ZERO
