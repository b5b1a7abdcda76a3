"""The grid: rooms open and close by day, breaks come and go, and the draft hears of it."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.queries import log_of
from cfp.schedule import puzzle, rules, service
from cfp.schedule.models import Break, BreakKind
from tests.make import make_room
from tests.schedule.edition import Edition
from tests.visitor import rows

FIRST = date(2027, 5, 10)


def hours_of(edition):
    """Room, day and wall times of every opening."""
    zone = ZoneInfo(edition.conference.timezone)
    found = (
        (o.room.name, o.starts_at.astimezone(zone), o.ends_at.astimezone(zone))
        for o in edition.programme.openings
    )
    return sorted(f"{room} {start:%d %H:%M}-{end:%d %H:%M}" for room, start, end in found)


def test_opens_all_rooms_on_each_day_in_one_go(db):
    edition = Edition(rooms=2, hours=(time(9, 30), time(18)))
    assert hours_of(edition) == [
        "Room 1 10 09:30-10 18:00",
        "Room 1 11 09:30-11 18:00",
        "Room 2 10 09:30-10 18:00",
        "Room 2 11 09:30-11 18:00",
    ]


def test_new_hours_replace_those_of_that_room_and_day_only(db):
    edition = Edition(rooms=2)
    hours = (time(12), time(13))
    service.set_openings(edition.conference, edition.rooms[:1], [FIRST], hours, **edition.by)
    assert "Room 1 10 12:00-10 13:00" in hours_of(edition)
    assert len(hours_of(edition)) == 4


def test_closes_a_room_on_a_day(db):
    edition = Edition(rooms=1)
    service.set_openings(edition.conference, edition.rooms, [FIRST], None, **edition.by)
    assert hours_of(edition) == ["Room 1 11 09:00-11 17:00"]


@pytest.mark.parametrize(
    ("hours", "left"),
    [
        ((time(18), time(19)), ["09:00-17:00", "18:00-19:00"]),
        ((time(17), time(19)), ["17:00-19:00"]),
        ((time(8), time(20)), ["08:00-20:00"]),
    ],
    ids=["they do not touch", "they touch", "they cover it"],
)
def test_hours_that_are_drawn_beside_others_replace_what_they_touch(db, hours, left):
    edition = Edition(rooms=1)
    drawn = service.Drawn()
    service.set_openings(
        edition.conference, edition.rooms, [FIRST], hours, drawn=drawn, **edition.by
    )
    on_the_first = [one.replace(" 10 ", " ").replace("-10 ", "-") for one in hours_of(edition)[:-1]]
    assert [one.removeprefix("Room 1 ") for one in on_the_first] == left


def test_hours_that_are_pulled_shorter_are_those_hours(db):
    edition = Edition(rooms=1)
    pulled = next(o for o in edition.programme.openings if o.starts_at == edition.at(9))
    hours = (time(15), time(17))
    drawn = service.Drawn(instead=pulled.id)
    service.set_openings(
        edition.conference, edition.rooms, [FIRST], hours, drawn=drawn, **edition.by
    )
    assert hours_of(edition)[0] == "Room 1 10 15:00-10 17:00"
    assert len(hours_of(edition)) == 2


def test_an_end_before_the_start_is_the_next_morning(db):
    edition = Edition(rooms=1, hours=None)
    hours = (time(20), time(1, 30))
    service.set_openings(edition.conference, edition.rooms, [FIRST], hours, **edition.by)
    assert hours_of(edition) == ["Room 1 10 20:00-11 01:30"]


def test_hours_are_those_of_the_wall_clock_on_the_day_it_changes(db):
    spring = date(2027, 3, 28)
    edition = Edition(rooms=1, hours=None, starts_on=spring, ends_on=spring)
    hours = (time(1), time(5))
    service.set_openings(edition.conference, edition.rooms, [spring], hours, **edition.by)
    (opening,) = edition.programme.openings
    assert (opening.ends_at - opening.starts_at).total_seconds() == 3 * 3600


@pytest.mark.parametrize(
    ("days", "hours", "sentence"),
    [
        ([FIRST], (time(9), time(9)), "ends when it begins"),
        ([date(2027, 5, 12)], (time(9), time(10)), "does not take place"),
        ([], (time(9), time(10)), "at least one room"),
    ],
)
def test_refuses_hours_that_make_no_sense(db, days, hours, sentence):
    edition = Edition(rooms=1)
    with pytest.raises(Refused, match=sentence):
        service.set_openings(edition.conference, edition.rooms, days, hours, **edition.by)


def test_refuses_a_room_of_another_edition(db):
    edition, other = Edition(), Edition()
    with pytest.raises(Refused, match="another conference"):
        service.set_openings(
            edition.conference, other.rooms, [FIRST], (time(9), time(10)), **edition.by
        )


def test_adds_and_removes_a_break(db):
    edition = Edition()
    hours = (time(12), time(13))
    pause = service.add_break(edition.conference, " Lunch ", FIRST, hours, **edition.by)
    assert (pause.title, pause.room_id, pause.starts_at) == ("Lunch", None, edition.at(12))
    service.remove_break(edition.conference, pause, **edition.by)
    assert rows(Break) == 0


def test_refuses_a_break_without_a_name_or_in_a_foreign_room(db):
    edition = Edition()
    hours = (time(12), time(13))
    with pytest.raises(Refused, match="name"):
        service.add_break(edition.conference, "  ", FIRST, hours, **edition.by)
    stranger = make_room(Edition().conference, "Elsewhere")
    with pytest.raises(Refused, match="another conference"):
        service.add_break(edition.conference, "Tea", FIRST, hours, stranger, **edition.by)


def test_a_break_moves_to_other_hours_of_its_day(db):
    edition = Edition()
    pause = service.add_break(edition.conference, "Tea", FIRST, (time(15), time(16)), **edition.by)
    service.move_break(edition.conference, pause, (time(15, 30), time(16)), **edition.by)
    assert (pause.starts_at, pause.ends_at) == (edition.at(15, 30), edition.at(16))


def clashing(edition, **spot):
    """The rules that a session breaks there."""
    edition.place(**spot)
    programme = edition.programme
    found = rules.clashes(puzzle.problem_of(programme), puzzle.timetable_of(programme.placements))
    return {clash.rule for clash in found}


def test_beside_a_plenary_only_its_room_has_sessions(db):
    edition = Edition(rooms=3, talks=1)
    conference, hours = edition.conference, (time(9), time(10))
    stage = edition.rooms[0]
    service.add_break(conference, "", FIRST, hours, stage, BreakKind.PLENARY, **edition.by)
    assert "breaks" not in clashing(edition, room=1, hour=9)
    assert "breaks" in clashing(edition, room=2, hour=9)
    assert "breaks" in clashing(edition, room=3, hour=9)
    assert "breaks" not in clashing(edition, room=3, hour=10)


def test_a_plenary_of_the_only_room_shuts_nothing(db):
    edition = Edition(rooms=1, talks=1)
    hours = (time(9), time(10))
    service.add_break(
        edition.conference, "", FIRST, hours, edition.rooms[0], BreakKind.PLENARY, **edition.by
    )
    assert puzzle.problem_of(edition.programme).breaks == ()


def test_a_plenary_is_somewhere(db):
    edition = Edition()
    with pytest.raises(Refused, match="in which room"):
        service.add_break(
            edition.conference,
            "",
            FIRST,
            (time(9), time(10)),
            None,
            BreakKind.PLENARY,
            **edition.by,
        )


def test_a_buffer_is_kept_free_and_not_announced(db):
    edition = Edition(rooms=2, talks=1)
    hours = (time(9), time(10))
    room = edition.rooms[1]
    made = service.add_break(
        edition.conference, "", FIRST, hours, room, BreakKind.BUFFER, **edition.by
    )
    assert made.title == "Buffer"
    assert "breaks" in clashing(edition, room=2, hour=9)
    assert service.content_of(edition.programme)["breaks"] == []


def test_whoever_saw_the_draft_before_is_told_that_the_grid_changed(db):
    edition = Edition()
    edition.place()
    before = edition.programme.edit
    service.add_break(edition.conference, "Tea", FIRST, (time(15), time(16)), **edition.by)
    assert edition.programme.edit > before


def test_every_change_is_in_the_log(db):
    edition = Edition(rooms=1)
    service.add_break(edition.conference, "Tea", FIRST, (time(15), time(16)), **edition.by)
    entries = database.session.scalars(log_of(edition.conference.id)).all()
    assert [entry.action for entry in entries] == ["added break", "set opening hours"]
    assert entries[1].details["hours"] == ["09:00", "17:00"]


def test_times_are_kept_in_utc(db):
    edition = Edition(rooms=1)
    first = edition.programme.openings[0]
    assert first.starts_at.isoformat() == "2027-05-10T07:00:00+00:00"
