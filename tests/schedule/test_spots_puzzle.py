"""Best places: free, without a clash, and as near to the wishes as the rule book can tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule import rules
from cfp.schedule.problem import (
    Answer,
    Availability,
    Break,
    Opening,
    Pin,
    Place,
    Problem,
    Room,
    Speaker,
    Talk,
    Timetable,
)
from cfp.schedule.rules.trial import Trial
from cfp.schedule.service.spots import best_spots
from tests.schedule.puzzles import planned, timetables

NINE = datetime(2027, 5, 10, 9, tzinfo=UTC)


def at(hours):
    return NINE + timedelta(hours=hours)


def problem(*talks, hours=3, **values):
    rooms = (Room("a", "A"), Room("b", "B"))
    openings = tuple(Opening(room.id, at(0), at(hours)) for room in rooms)
    return Problem(talks, rooms, openings, **values)


def offered_places(*asked, **more):
    return [place for place, _gain in best_spots(*asked, **more)]


def test_offers_nothing_where_something_stands():
    one, two = Talk("1", "One", 60), Talk("2", "Two", 60)
    taken = Timetable({"2": Place("a", at(0))})
    offered = offered_places(problem(one, two), taken, "1", most=100)
    assert Place("b", at(0)) in offered
    assert not [place for place in offered if place.room == "a" and place.start < at(1)]


def test_offers_the_start_right_after_another_session():
    one, two = Talk("1", "One", 60), Talk("2", "Two", 35)
    offered = offered_places(problem(one, two), Timetable({"2": Place("a", at(0))}), "1", most=100)
    assert Place("a", at(0) + timedelta(minutes=35)) in offered


def test_does_not_offer_the_place_where_the_session_is():
    one = Talk("1", "One", 60)
    here = Place("a", at(0))
    assert here not in offered_places(problem(one), Timetable({"1": here}), "1", most=100)


def test_keeps_breaks_free():
    pause = Break("tea", "Tea", at(1), at(2))
    offered = offered_places(
        problem(Talk("1", "One", 60), breaks=(pause,)), Timetable(), "1", most=99
    )
    assert {place.start for place in offered} == {at(0), at(2)}


def test_offers_nothing_when_the_speaker_is_away():
    away = Speaker("ada", "Ada", (Availability(at(0), at(3), Answer.NO),))
    talk = Talk("1", "One", 60, speakers=("ada",))
    assert offered_places(problem(talk, speakers=(away,)), Timetable(), "1") == []


def test_times_that_suit_the_speaker_come_first():
    rather_not = Availability(at(0), at(2), Answer.IF_NEED_BE)
    talk = Talk("1", "One", 60, speakers=("ada",))
    speaker = Speaker("ada", "Ada", (rather_not,))
    offered = offered_places(problem(talk, speakers=(speaker,)), Timetable(), "1")
    assert [place.start for place in offered[:2]] == [at(2), at(2)]


def test_a_pinned_session_may_be_moved_by_hand():
    talk = Talk("1", "One", 60)
    pinned = problem(talk, pins=(Pin("1", "a", at(0)),))
    assert Place("b", at(1)) in offered_places(pinned, Timetable({"1": Place("a", at(0))}), "1", 99)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_what_is_offered_never_clashes(data):
    minutes = st.sampled_from((15, 25, 40, 60))
    people = st.lists(st.sampled_from("xyz"), max_size=2, unique=True)
    talks = [
        Talk(str(n), f"T{n}", data.draw(minutes), tuple(data.draw(people)))
        for n in range(data.draw(st.integers(1, 6)))
    ]
    starts = st.integers(0, 30).map(lambda n: NINE + timedelta(minutes=5 * n))
    places = st.builds(Place, st.sampled_from("ab"), starts)
    timetable = Timetable({t.id: data.draw(places) for t in talks[1:]})
    puzzle = problem(*talks)
    for place in offered_places(puzzle, timetable, "0"):
        found = rules.clashes(puzzle, timetable.moved("0", place))
        assert not [clash for clash in found if "0" in clash.talks]


@settings(deadline=None, max_examples=40)
@given(planned(levels=True), st.data())
def test_a_trial_judges_a_place_as_the_whole_rule_book_does(case, data):
    told = tuple(replace(pair, told=True) for pair in case[0].demand)
    puzzle, timetable = replace(case[0], pins=(), demand=told), case[1]
    name = data.draw(st.sampled_from(sorted(puzzle.talk)))
    places = [data.draw(timetables(puzzle.talks[:1], puzzle.rooms, 1)) for _ in range(2)]
    trial = Trial(puzzle, timetable, name)
    costs, scores, unmet = [], [], []
    for place in [place for drawn in places for place in drawn.values()]:
        whole, tried = timetable.moved(name, place), trial.at(place)
        found = [clash for clash in rules.clashes(puzzle, whole) if name in clash.talks]
        assert [(level, one.sentence) for level, one in tried.clashes] == [
            (clash.level, clash.sentence) for clash in found
        ]
        costs.append(tried.cost)
        scores.append(rules.score(puzzle, whole)[1:])
        unmet.append(tried.unmet - len(list(rules.unmet_wishes(puzzle, whole))))
    assert [_less(cost, costs[0]) for cost in costs] == [_less(cost, scores[0]) for cost in scores]
    assert len(set(unmet)) <= 1


def _less(cost, other):
    return tuple(a - b for a, b in zip(cost, other, strict=True))
