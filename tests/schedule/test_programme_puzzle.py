"""From rows to the puzzle: nothing that matters gets lost, and nothing else gets in."""

from datetime import UTC, time

from hypothesis import given
from hypothesis import strategies as st

from cfp.db import db as database
from cfp.schedule import puzzle, rules, service
from cfp.schedule.problem import Answer, Pin, Place, Timetable
from cfp.submissions.models import Availability, Degree, Level, TalkState
from tests.make import make_person, make_room, make_submission, make_talk, make_track
from tests.schedule.edition import Edition

PLACES = st.builds(
    Place,
    st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    st.datetimes(timezones=st.just(UTC)),
)


def problem_of(edition):
    return puzzle.problem_of(edition.programme)


def test_holds_rooms_hours_breaks_and_sessions(db):
    edition = Edition(rooms=1, talks=1, raster_minutes=15, walk_minutes=5)
    day = edition.conference.days[0]
    service.add_break(edition.conference, "Lunch", day, (time(12), time(13)), **edition.by)
    problem = problem_of(edition)
    (talk,), (room,) = problem.talks, problem.rooms
    assert (talk.title, talk.minutes, talk.format) == ("Talk 1", 40, "Talk")
    assert (room.name, room.capacity) == ("Room 1", 100)
    assert [opening.start for opening in problem.openings] == [edition.at(9), edition.at(9, day=11)]
    assert problem.openings[0].raster.every == 15
    assert [(pause.name, pause.rooms) for pause in problem.breaks] == [("Lunch", frozenset())]
    assert (problem.walk_minutes, str(problem.zone)) == (5, "Europe/Berlin")


def test_a_break_of_one_room_names_it(db):
    edition = Edition(rooms=2)
    day, hours = edition.conference.days[0], (time(12), time(13))
    service.add_break(edition.conference, "Doors", day, hours, edition.rooms[1], **edition.by)
    assert problem_of(edition).breaks[0].rooms == {str(edition.rooms[1].id)}


def test_level_track_and_people_come_along(db):
    edition = Edition(talks=0)
    track = make_track(edition.conference, "Law")
    ada, bo = make_person("Ada"), make_person("Bo")
    submission = make_submission(
        edition.conference, speakers=[ada, bo], level=Level.ADVANCED, track_id=track.id
    )
    make_talk(submission=submission, track_id=track.id)
    (talk,) = problem_of(edition).talks
    assert (talk.track, talk.level, talk.speakers) == ("Law", 3, (str(ada.id), str(bo.id)))
    assert problem_of(edition).speaker[str(ada.id)].name == "Ada"


def test_a_speaker_who_declined_is_not_waited_for(db):
    edition = Edition(talks=1)
    speaker = edition.talks[0].submission.speakers[0]
    speaker.declined_at = edition.at(9)
    assert problem_of(edition).talks[0].speakers == ()


def test_times_that_a_speaker_named_hold(db):
    edition = Edition(talks=1)
    person = edition.talks[0].submission.speakers[0].person
    for hour, degree in ((9, Degree.NO), (14, Degree.IF_NEED_BE)):
        database.session.add(
            Availability(
                conference_id=edition.conference.id,
                person_id=person.id,
                starts_at=edition.at(hour),
                ends_at=edition.at(hour + 2),
                degree=degree,
            )
        )
    database.session.flush()
    said = problem_of(edition).speaker[str(person.id)].availability
    assert {(s.start, s.answer) for s in said} == {
        (edition.at(9), Answer.NO),
        (edition.at(14), Answer.IF_NEED_BE),
    }


def test_cancelled_sessions_are_no_part_of_it(db):
    edition = Edition(talks=2)
    edition.talks[0].state = TalkState.CANCELLED
    assert [talk.title for talk in problem_of(edition).talks] == ["Talk 2"]


def test_confirmed_sessions_go_before_unconfirmed_ones(db):
    edition = Edition(talks=2)
    edition.talks[0].state = TalkState.UNCONFIRMED
    first, second = problem_of(edition).talks
    assert first.priority < second.priority


def test_pins_and_what_was_released_are_known(db):
    edition = Edition(talks=2)
    edition.place(talk=1)
    service.pin(edition.conference, edition.talks[0], pinned=True, **edition.by)
    edition.place(talk=2, room=2)
    edition.release()
    edition.place(talk=2, room=2, hour=15)
    problem = problem_of(edition)
    room = str(edition.rooms[0].id)
    assert problem.pins == (Pin(str(edition.talks[0].id), room, edition.at(10)),)
    assert problem.published[str(edition.talks[1].id)].start == edition.at(10)


def test_a_released_session_that_was_cancelled_does_not_trouble_the_puzzle(db):
    edition = Edition(talks=1)
    edition.place()
    edition.release()
    edition.talks[0].state = TalkState.CANCELLED
    assert dict(problem_of(edition).published) == {}


def test_who_consents_to_recording_may_also_speak_where_nothing_is_recorded(db):
    edition = Edition(rooms=1, talks=1)
    make_room(edition.conference, "Studio", records=True)
    edition.place(talk=1, room=1)
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    problem = puzzle.problem_of(programme)
    assert list(rules.clashes(problem, timetable)) == []
    assert "recording" in {wish.rule for wish in rules.unmet_wishes(problem, timetable)}


@given(st.dictionaries(st.from_regex(r"[0-9]{1,4}", fullmatch=True), PLACES))
def test_a_timetable_survives_json(places):
    assert puzzle.from_json(puzzle.as_json(Timetable(places))) == Timetable(places)
