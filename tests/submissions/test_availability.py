"""When speakers can be there: half days in the form, moments in the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfp.db import db as database
from cfp.submissions import service
from cfp.submissions.models import Availability, Degree
from cfp.submissions.service.availability import (
    Exactly,
    Part,
    bounds,
    exactly,
    halves,
    hours_of,
    set_exactly,
)
from tests.conftest import NOW
from tests.make import make_conference, make_person
from tests.visitor import rows

MONDAY = date(2027, 5, 10)
MORNING, AFTERNOON = (MONDAY, Part.MORNING), (MONDAY, Part.AFTERNOON)


@pytest.fixture
def conference(db):
    return make_conference(timezone="Europe/Berlin")


def test_every_day_has_two_halves(conference):
    assert len(halves(conference)) == 4


def test_what_was_said_is_read_again(conference, now):
    mila = make_person()
    said = {MORNING: Degree.NO, AFTERNOON: Degree.IF_NEED_BE}
    service.set_availability(mila, conference, said, at=now)
    assert service.availability_of(mila, conference) == said


def test_a_yes_needs_no_row(conference, now):
    service.set_availability(make_person(), conference, {}, at=now)
    assert rows(Availability) == 0


def test_the_morning_ends_at_one_on_the_clock_of_the_conference(conference):
    assert bounds(MORNING, "Europe/Berlin") == (
        datetime(2027, 5, 9, 22, tzinfo=UTC),
        datetime(2027, 5, 10, 11, tzinfo=UTC),
    )


def test_a_later_word_replaces_the_earlier(conference, now):
    mila = make_person()
    service.set_availability(mila, conference, {MORNING: Degree.NO}, at=now)
    service.set_availability(mila, conference, {AFTERNOON: Degree.NO}, at=now)
    assert service.availability_of(mila, conference) == {AFTERNOON: Degree.NO}


def test_what_is_known_to_the_minute_survives_a_form_that_says_the_same(conference, now):
    mila = make_person()
    first = datetime(2027, 5, 10, 7, 15, tzinfo=UTC)
    exact = Availability(
        conference_id=conference.id,
        person_id=mila.id,
        starts_at=first,
        ends_at=first + timedelta(minutes=45),
        degree=Degree.NO,
    )
    database.session.add(exact)
    database.session.flush()
    said = service.availability_of(mila, conference)
    assert said == {MORNING: Degree.NO}
    service.set_availability(mila, conference, said, at=now)
    assert database.session.scalars(database.select(Availability)).all() == [exact]


def test_another_edition_and_another_person_are_left_alone(conference, now):
    mila, joana, other = make_person(), make_person(), make_conference()
    for person, edition in ((mila, other), (joana, conference)):
        service.set_availability(person, edition, {MORNING: Degree.NO}, at=now)
    service.set_availability(mila, conference, {AFTERNOON: Degree.NO}, at=now)
    assert rows(Availability) == 3


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC"]),
)
def test_the_halves_of_a_day_meet_and_leave_no_gap_to_the_next(day, zone):
    morning = bounds((day, Part.MORNING), zone)
    afternoon = bounds((day, Part.AFTERNOON), zone)
    tomorrow = bounds((day + timedelta(days=1), Part.MORNING), zone)
    assert morning[0] < morning[1] == afternoon[0] < afternoon[1] == tomorrow[0]


def test_another_half_changes_and_what_is_known_to_the_minute_stays(conference, now):
    mila = make_person()
    first = datetime(2027, 5, 10, 7, 15, tzinfo=UTC)
    known = {"conference_id": conference.id, "person_id": mila.id, "degree": Degree.NO}
    exact = Availability(**known, starts_at=first, ends_at=first + timedelta(minutes=45))
    database.session.add(exact)
    said = {MORNING: Degree.NO, AFTERNOON: Degree.IF_NEED_BE}
    service.set_availability(mila, conference, said, at=now)
    found = database.session.scalars(database.select(Availability)).all()
    assert {(one.degree, one.starts_at) for one in found} == {
        (Degree.NO, first),
        (Degree.IF_NEED_BE, bounds(AFTERNOON, "Europe/Berlin")[0]),
    }


DEGREES = st.dictionaries(
    st.sampled_from([(day, part) for day in (MONDAY, MONDAY + timedelta(days=1)) for part in Part]),
    st.sampled_from(list(Degree)),
)
HOURS = st.frozensets(
    st.tuples(st.sampled_from([MONDAY, MONDAY + timedelta(days=1)]), st.integers(0, 23)),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEGREES, HOURS)
def test_hours_that_were_said_are_read_again_and_never_hide_behind_a_half(
    sqlite_house, said, hours
):
    with sqlite_house.test_request_context():
        edition, mila = make_conference(timezone="Europe/Berlin"), make_person()
        set_exactly(mila, edition, Exactly(said, hours), at=NOW)
        read = exactly(mila, edition)
        never = {h for half, degree in said.items() if degree is Degree.NO for h in hours_of(half)}
        told = {
            h for half, degree in read.halves.items() if degree is Degree.NO for h in hours_of(half)
        }
        assert told | read.hours == never | hours
        assert {half for half, degree in read.halves.items() if degree is Degree.IF_NEED_BE} == {
            half
            for half, degree in said.items()
            if degree is Degree.IF_NEED_BE and not set(hours_of(half)) <= hours
        }
        count = rows(Availability)
        set_exactly(mila, edition, read, at=NOW)
        assert rows(Availability) == count
        database.session.rollback()
