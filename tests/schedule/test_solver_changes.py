"""What if: once published, a new plan moves as little as possible."""

from __future__ import annotations

from dataclasses import replace

from cfp.schedule.diff import Kind, diff, entries
from cfp.schedule.problem import Answer, Availability, Room, Speaker, Talk, Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.run import solve
from tests.schedule.puzzles import at, make_problem, place, talk

HOURS = ("9:00", "12:00")
STARTS = [f"{hour}:{minute}" for hour in (9, 10, 11) for minute in ("00", "30")]


def announced():
    """Two rooms, six half hours: ten talks, and nothing after half past eleven."""
    talks = [talk(f"{room}{n}", speakers=(f"{room}{n}",)) for room in "AB" for n in range(5)]
    plan = Timetable((t.id, place(t.id[0], STARTS[int(t.id[1])])) for t in talks)
    problem = make_problem(*talks, hours=HOURS, every=30)
    return replace(problem, published=plan), plan


def moves(problem, before, after):
    return {
        change.talk: change.kinds
        for change in diff(entries(problem, before), entries(problem, after))
    }


def test_a_plan_that_still_works_stays_as_it_is():
    problem, plan = announced()
    result = solve(problem, seconds=1, deterministic=True)
    assert result.timetable == plan


def test_a_speaker_who_cannot_come_early_costs_one_move():
    problem, plan = announced()
    late = Speaker("A0", "Ada", (Availability(at("9:00"), at("11:30"), Answer.NO),))
    problem = replace(problem, speakers=(late,))
    result = solve(problem, seconds=1, deterministic=True)
    assert moves(problem, plan, result.timetable) == {"A0": (Kind.TIME,)}


def test_a_lost_room_moves_only_the_talks_that_were_in_it():
    problem, plan = announced()
    openings = tuple(opening for opening in problem.openings if opening.room == "A")
    spare = tuple(replace(opening, room="C") for opening in openings)
    rooms = (problem.room["A"], Room("C", "Room C"))
    problem = replace(problem, rooms=rooms, openings=openings + spare)
    result = solve(problem, seconds=1, deterministic=True)
    moved = moves(problem, plan, result.timetable)
    assert moved == dict.fromkeys([f"B{n}" for n in range(5)], (Kind.ROOM,))


def test_a_late_addition_finds_the_free_place_and_moves_nobody():
    problem, plan = announced()
    problem = replace(problem, talks=(*problem.talks, Talk("new", "New", 30)))
    result = solve(problem, seconds=1, deterministic=True)
    assert moves(problem, plan, result.timetable) == {"new": (Kind.NEW,)}
    assert not list(clashes(problem, result.timetable))


def test_what_has_to_move_moves_a_short_way():
    problem, plan = announced()
    talks = tuple(replace(t, plenary=True) if t.id == "A4" else t for t in problem.talks)
    problem = replace(problem, talks=talks)
    result = solve(problem, seconds=1, deterministic=True)
    changed = moves(problem, plan, result.timetable)
    assert len(changed) == 1
    (name,) = changed
    assert abs(result.timetable[name].start - plan[name].start) == at("11:30") - at("11:00")


def test_goes_on_from_the_plan_that_it_is_given():
    talks = [talk(f"t{n}", 20 + 10 * (n % 3), track="ab"[n % 2], popularity=n) for n in range(10)]
    problem = make_problem(*talks, days=2, every=10, hours=("9:00", "10:30"))
    at_once = solve(problem, seconds=0.01, deterministic=True)
    longer = solve(problem, seconds=0.5, deterministic=True)
    again = solve(problem, start=longer.timetable, seconds=0.01, deterministic=True)
    assert longer.objective < at_once.objective
    assert again.objective <= longer.objective
