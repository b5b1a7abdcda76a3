"""The draft: sessions are placed, moved, held and taken off, and nobody overwrites anybody."""

from threading import Barrier, Thread

import pytest

from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.people.models import LogEntry
from cfp.schedule import puzzle, service
from cfp.schedule.models import Placement, Schedule, ScheduleState
from cfp.schedule.problem import Place, Timetable
from cfp.submissions.models import TalkState
from tests.conftest import NOW
from tests.schedule.edition import Edition
from tests.visitor import rows


def test_places_a_session_for_as_long_as_it_lasts(db):
    edition = Edition()
    placement = edition.place(talk=1, room=2, hour=10)
    assert edition.places == {"Talk 1": ("Room 2", "10 10:00")}
    assert placement.ends_at == edition.at(10, 40)
    assert not placement.pinned


def test_there_is_one_draft_however_often_one_places(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    assert rows(Schedule) == 1
    assert edition.programme.draft.state is ScheduleState.DRAFT


def test_moving_keeps_the_pin(db):
    edition = Edition()
    edition.place(hour=10)
    service.pin(edition.conference, edition.talks[0], pinned=True, **edition.by)
    assert edition.place(hour=11).pinned
    assert rows(Placement) == 1


def test_a_session_may_stand_where_it_clashes_the_release_looks_at_that(db):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, hour=10)
    assert edition.places["Talk 1"] == edition.places["Talk 2"]


def test_takes_a_session_off_the_grid(db):
    edition = Edition()
    edition.place()
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    assert edition.places == {}
    assert edition.talks[0] in edition.programme.unplaced


@pytest.mark.parametrize(
    "verb",
    [
        lambda e: service.unplace(e.conference, e.talks[0], **e.by),
        lambda e: service.pin(e.conference, e.talks[0], pinned=True, **e.by),
    ],
)
def test_refuses_to_touch_what_has_no_place(db, verb):
    with pytest.raises(Refused, match="not on the grid"):
        verb(Edition())


def test_refuses_sessions_and_rooms_of_another_edition(db):
    edition, other = Edition(), Edition()
    with pytest.raises(Refused, match="another conference"):
        service.place(
            edition.conference, other.talks[0], edition.rooms[0], edition.at(10), **edition.by
        )
    with pytest.raises(Refused, match="another conference"):
        service.place(
            edition.conference, edition.talks[0], other.rooms[0], edition.at(10), **edition.by
        )
    for verb in (service.unplace, service.pin):
        more = {"pinned": True} if verb is service.pin else {}
        with pytest.raises(Refused, match="another conference"):
            verb(edition.conference, other.talks[0], **more, **edition.by)


def test_refuses_a_cancelled_session(db):
    edition = Edition()
    edition.talks[0].state = TalkState.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        edition.place()


def test_a_cancelled_session_gives_its_place_free_at_once(db):
    edition = Edition()
    edition.place()
    edition.talks[0].state = TalkState.CANCELLED
    assert edition.places == {}


@pytest.mark.parametrize("day", [9, 13])
def test_refuses_days_on_which_there_is_no_conference(db, day):
    edition = Edition()
    with pytest.raises(Refused, match="does not take place"):
        service.place(
            edition.conference,
            edition.talks[0],
            edition.rooms[0],
            edition.at(10, day=day),
            **edition.by,
        )


def test_the_last_evening_may_pass_midnight(db):
    edition = Edition()
    late = edition.at(0, 30, day=12)
    service.place(edition.conference, edition.talks[0], edition.rooms[0], late, **edition.by)
    assert edition.places == {"Talk 1": ("Room 1", "12 00:30")}


def test_every_edit_raises_the_drafts_number(db):
    edition = Edition()
    numbers = [edition.programme.edit]
    for change in (
        edition.place,
        lambda: service.pin(edition.conference, edition.talks[0], pinned=True, **edition.by),
        lambda: service.pin(edition.conference, edition.talks[0], pinned=False, **edition.by),
        lambda: service.unplace(edition.conference, edition.talks[0], **edition.by),
        lambda: service.adopt(edition.conference, Timetable(), **edition.by),
    ):
        change()
        numbers.append(edition.programme.edit)
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("there_is_a_draft", [False, True])
def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(house, there_is_a_draft):
    with house.test_request_context(), transaction():
        edition = Edition(rooms=2)
        if there_is_a_draft:
            edition.place(talk=3)
        seen = edition.programme.edit
    ready, outcomes = Barrier(2), []

    def place(talk):
        with house.test_request_context():
            ready.wait()
            try:
                with transaction():
                    there = database.session.get_one(Conference, edition.conference.id)
                    talks = {t.title: t for t in service.read_programme(there).talks}
                    start = edition.at(14)
                    service.place(
                        there, talks[talk], there.rooms[0], start, by=None, at=NOW, edit=seen
                    )
                outcomes.append("placed")
            except Refused:
                outcomes.append("told")

    threads = [Thread(target=place, args=(title,)) for title in ("Talk 1", "Talk 2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["placed", "told"]
    assert len(edition.places) == 1 + there_is_a_draft


def test_adopts_a_plan_but_moves_nothing_that_is_pinned(db):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, hour=11)
    edition.place(talk=3, hour=12)
    service.pin(edition.conference, edition.talks[0], pinned=True, **edition.by)
    first, second, third = (str(talk.id) for talk in edition.talks)
    room = str(edition.rooms[1].id)
    plan = {first: Place(room, edition.at(15)), second: Place(room, edition.at(16))}
    service.adopt(edition.conference, plan, **edition.by)
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00"), "Talk 2": ("Room 2", "10 16:00")}
    assert third not in edition.programme.placed


def test_adopting_passes_over_sessions_and_rooms_that_are_gone(db):
    edition, other = Edition(), Edition()
    room, at = str(edition.rooms[0].id), edition.at(10)
    plan = {
        str(edition.talks[0].id): Place(room, at),
        str(edition.talks[1].id): Place(str(other.rooms[0].id), at),
        str(other.talks[0].id): Place(room, at),
        "no number": Place(room, at),
    }
    service.adopt(edition.conference, plan, **edition.by)
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00")}


def test_adopting_what_stands_changes_nothing(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    before = edition.places
    timetable = puzzle.timetable_of(edition.programme.placements)
    service.adopt(edition.conference, timetable, **edition.by)
    assert edition.places == before


def test_the_log_says_from_where_to_where(db):
    edition = Edition()
    edition.place(hour=10)
    edition.place(hour=11, room=2)
    placed = database.session.query(LogEntry).filter_by(action="placed")
    entry = placed.order_by(LogEntry.id.desc()).first()
    assert entry.subject_id == edition.talks[0].id
    assert entry.details == {
        "was": {"room": "Room 1", "start": "2027-05-10T08:00:00+00:00"},
        "now": {"room": "Room 2", "start": "2027-05-10T09:00:00+00:00"},
    }
