"""What organisers decide by hand reaches the rule book: chairs, parts, rooms, wishes, minutes."""

import pytest

from cfp.errors import Refused
from cfp.schedule import puzzle, rules, service
from cfp.schedule.problem import Place, Timetable
from cfp.schedule.solver.run import solve
from tests.make import make_person, make_track
from tests.schedule.edition import Edition


@pytest.fixture
def edition(db):
    return Edition(rooms=2, talks=3)


def needs(edition, talk=1, **said):
    service.set_condition(edition.conference, edition.talks[talk - 1], said, **edition.by)


def clashes(edition):
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    return {clash.rule for clash in rules.clashes(puzzle.problem_of(programme), timetable)}


def planned(edition):
    problem = puzzle.problem_of(edition.programme)
    return problem, solve(problem, seconds=1, deterministic=True).timetable


def test_a_chair_is_in_one_place_at_a_time(edition):
    chair = make_person("Cher Chair")
    edition.place(talk=1, room=1)
    edition.place(talk=2, room=2)
    needs(edition, 1, chairs=[chair.id])
    assert clashes(edition) == set()
    needs(edition, 2, chairs=[chair.id])
    assert clashes(edition) == {"speaker-once"}
    problem, plan = planned(edition)
    assert not list(rules.clashes(problem, plan))
    assert problem.speaker[str(chair.id)].name == "Cher Chair"


def test_chosen_rooms_are_kept(edition):
    needs(edition, 1, rooms=[edition.rooms[1].id])
    assert planned(edition)[1][str(edition.talks[0].id)].room == str(edition.rooms[1].id)


def test_sponsored_sessions_stay_apart(edition):
    edition.place(talk=1, room=1)
    edition.place(talk=2, room=2)
    needs(edition, 1, sponsored=True)
    needs(edition, 2, sponsored=True)
    assert clashes(edition) == {"sponsored-apart"}


def test_a_wish_and_a_far_zone_are_wishes(edition):
    needs(edition, 1, wish_from=edition.at(14).isoformat(), zone="America/New_York")
    problem = puzzle.problem_of(edition.programme)
    name, room = str(edition.talks[0].id), str(edition.rooms[0].id)
    early = Timetable({name: Place(room, edition.at(9))})
    late = Timetable({name: Place(room, edition.at(15))})
    unmet = {wish.rule for wish in rules.unmet_wishes(problem, early)}
    assert {"wishes", "time-zones"} <= unmet
    assert not {"wishes", "time-zones"} & {w.rule for w in rules.unmet_wishes(problem, late)}


def test_a_session_may_be_the_next_part_of_another(edition):
    needs(edition, 2, after=edition.talks[0].id)
    needs(edition, 3, after=edition.talks[1].id)
    parts = {talk.title: (talk.part_of, talk.part) for talk in planned(edition)[0].talks}
    first = str(edition.talks[0].id)
    assert parts == {"Talk 1": (first, 1), "Talk 2": (first, 2), "Talk 3": (first, 3)}


@pytest.mark.parametrize(("talk", "after"), [(1, 3), (1, 1), (3, 1)])
def test_nothing_follows_itself_nor_what_is_followed_already(edition, talk, after):
    needs(edition, 2, after=edition.talks[0].id)
    if after == 3:
        needs(edition, 3, after=edition.talks[1].id)
    with pytest.raises(Refused):
        needs(edition, talk, after=edition.talks[after - 1].id)


def test_a_workshop_in_two_halves_stays_in_one_room_around_lunch(edition):
    talk = edition.talks[0]
    talk.minutes = 91
    halves = service.divide(edition.conference, talk, 2, **edition.by)
    assert [(h.title, h.minutes, h.part) for h in halves] == [
        ("Talk 1 (1/2)", 46, 1),
        ("Talk 1 (2/2)", 45, 2),
    ]
    problem, plan = planned(edition)
    one, two = (plan[str(half.id)] for half in halves)
    assert one.room == two.room
    assert two.start > one.start
    assert not list(rules.clashes(problem, plan))
    edition.place(talk=1, room=1, hour=10)
    service.place(edition.conference, halves[1], edition.rooms[1], edition.at(9), **edition.by)
    assert {"parts-in-order", "parts-consecutive"} <= clashes(edition)


def test_one_session_again_has_all_its_minutes_and_the_first_part_keeps_its_place(edition):
    talk = edition.talks[0]
    edition.place(talk=1, hour=10)
    halves = service.divide(edition.conference, talk, 2, **edition.by)
    service.place(edition.conference, halves[1], edition.rooms[0], edition.at(10, 20), **edition.by)
    edition.release("1.0")
    service.join_parts(edition.conference, halves[1], **edition.by)
    edition.release("1.1")
    assert (talk.title, talk.minutes) == ("Talk 1", 40)
    programme = edition.programme
    assert edition.places["Talk 1"] == ("Room 1", "10 10:00")
    assert [gone["title"] for gone in programme.last.released_content["cancelled"]] == [
        "Talk 1 (2/2)"
    ]
    assert programme.decided.conditions == {}


@pytest.mark.parametrize("parts", [1, 7, 6])
def test_parts_are_two_to_six_and_no_shorter_than_five_minutes(edition, parts):
    edition.talks[0].minutes = 29
    with pytest.raises(Refused):
        service.divide(edition.conference, edition.talks[0], parts, **edition.by)


def test_a_track_has_a_chair_only_where_sessions_come_in_blocks(edition):
    chair, track = make_person("Cher"), make_track(edition.conference, "Law")
    edition.talks[0].track = track
    draft = edition.place(talk=2).schedule
    draft.rulebook = {"chairs": {str(track.id): chair.id}}
    assert not planned(edition)[0].talks[0].chairs
    draft.rulebook = {"chairs": {str(track.id): chair.id}, "blocks": True}
    assert planned(edition)[0].talks[0].chairs == (str(chair.id),)
