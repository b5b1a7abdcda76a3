"""Deadlines hold to the last second, in the conference's zone, on every night of the year."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp import clock

ZONES = ["Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Etc/GMT+12", "Pacific/Auckland"]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001  (wall times)


@given(moments, st.sampled_from(ZONES))
def test_a_wall_time_that_exists_comes_back_as_it_was(wall, zone):
    back = clock.local(clock.from_wall(wall, zone), zone).replace(tzinfo=None, fold=0)
    # Only a time that the clock skips in spring comes back later, by the skipped hour.
    assert back in {wall, wall + timedelta(hours=1)}


def test_a_time_shown_twice_means_the_earlier_one():
    wall = datetime(2027, 10, 31, 2, 30)  # noqa: DTZ001
    assert clock.from_wall(wall, "Europe/Berlin") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_time_that_is_skipped_is_read_with_the_offset_before():
    wall = datetime(2027, 3, 28, 2, 30)  # noqa: DTZ001
    assert clock.from_wall(wall, "Europe/Berlin") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_a_deadline_includes_all_of_its_last_second(microsecond):
    deadline = datetime(2027, 2, 28, 22, 59, 59, tzinfo=UTC)
    assert not clock.is_past(deadline, deadline.replace(microsecond=microsecond))
    assert clock.is_past(deadline, deadline + timedelta(seconds=1))


def test_no_deadline_is_never_past():
    assert not clock.is_past(None, datetime(9000, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Berlin", "UTC+2"),
        ("UTC", "UTC"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC-2:30"),
        ("Etc/GMT+12", "UTC-12"),
    ],
)
def test_an_offset_reads_as_people_write_it(zone, name):
    assert clock.offset_name(datetime(2027, 7, 1, tzinfo=UTC), zone) == name


def test_only_real_zones_are_zones():
    assert clock.is_zone("Europe/Berlin")
    assert not clock.is_zone("Europe/Atlantis")
