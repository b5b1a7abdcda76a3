"""The picture of what was sold and what may come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from defusedxml.ElementTree import fromstring

from cfp.plot import Ahead, Band, Mark, Series, ahead

DOORS = date(2027, 5, 10)


def days(*numbers):
    return [DOORS - timedelta(days=n) for n in numbers]


SOLD = Series("2027", list(zip(days(90, 60, 40), [10, 60, 180], strict=True)))
LIKELY = Series("likely", list(zip(days(40, 20, 0), [180, 250, 305], strict=True)), expected=True)
FAN = Band("8 in 10", [180, 230, 266], [180, 270, 354])
PAST = Series("2026", list(zip(days(90, 40, 0), [8, 150, 280], strict=True)))
PARTS = Ahead(SOLD, LIKELY, FAN, [PAST], [Mark(days(20)[0], "price step <a>")])


def drawn(parts=PARTS, **more):
    return ahead("Tickets", parts, unit="tickets", now=days(40)[0], **more)


@pytest.mark.parametrize("size", ["svg", "narrow"])
def test_it_is_well_formed_and_escapes_what_it_names(size):
    picture = getattr(drawn(), size)
    fromstring(picture)
    assert "<a>" not in picture
    assert "price step" in picture


def test_the_numbers_stand_behind_it():
    rows = drawn().rows
    assert rows[0] == ("", "2027", "likely", "2026", "8 in 10")
    assert rows[-1][1:] == ("", "305", "280", "266 \N{EN DASH} 354")


def test_lines_and_fan_are_there_and_earlier_ones_stand_back():
    picture = drawn().svg
    assert picture.count("plot-earlier") == 1
    assert picture.count("plot-band") == 1
    assert picture.count("is-expected") == 1
    assert "plot-now" in picture


def test_nothing_known_says_so():
    nothing = Series("", [])
    assert "Nothing to show yet." in drawn(Ahead(nothing, nothing, Band("", [], []))).svg


def test_a_band_fits_its_line():
    with pytest.raises(ValueError, match="a low and a high"):
        drawn(Ahead(SOLD, LIKELY, Band("", [1], [2])))


@pytest.mark.parametrize(("steps", "named"), [((60, 20), 2), ((22, 20), 1)])
def test_days_of_one_name_share_a_row_and_the_last_bears_it_alone_where_room_is_short(steps, named):
    picture = drawn(replace(PARTS, marks=[Mark(day, "price step") for day in days(*steps)])).svg
    labels = [one for one in fromstring(picture).iter() if one.text == "price step"]
    assert (len(labels), picture.count("plot-target")) == (named, 2)
    assert len({one.get("y") for one in labels}) == 1
