"""The puzzle refuses what would make every answer wrong, and a timetable is never changed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cfp.schedule.problem import Break, Demand, Opening, Pin, Room, Timetable, Walk, Wish
from tests.schedule.puzzles import at, make_problem, place, talk


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"talks": (talk("x"), talk("x"))}, "the same id"),
        ({"talks": (talk("x", 0),)}, "no length"),
        ({"openings": (Opening("Z", at("9:00"), at("10:00")),)}, "no room Z"),
        ({"openings": (Opening("A", at("10:00"), at("9:00")),)}, "ends before it starts"),
        ({"pins": (Pin("y"),)}, "no talk y"),
        ({"pins": (Pin("x", room="Z"),)}, "no room Z"),
        ({"wishes": (Wish("y"),)}, "no talk y"),
        ({"demand": (Demand("x", "y"),)}, "no talk y"),
        ({"rooms": (Room("A", "One"), Room("A", "Two"))}, "the same id"),
    ],
)
def test_refuses_a_puzzle_that_makes_no_sense(wrong, sentence):
    problem = make_problem(talk("x"), rooms="A")
    with pytest.raises(ValueError, match=sentence):
        replace(problem, **wrong)


def test_refuses_a_time_without_a_zone():
    naive = datetime(2025, 6, 2, 12)  # noqa: DTZ001  (this is what is refused)
    pause = Break("lunch", "Lunch", naive, naive + timedelta(hours=1))
    with pytest.raises(ValueError, match="without a zone"):
        make_problem(talk("x"), breaks=(pause,))


def test_a_published_plan_may_name_what_is_gone():
    gone = Timetable({"old": place("Z", "9:00")})
    problem = make_problem(talk("x"), published=gone)
    assert problem.published == gone


def test_moving_a_talk_gives_another_timetable():
    before = Timetable({"x": place("A", "9:00")})
    after = before.moved("x", place("B", "10:00"))
    assert before["x"] == place("A", "9:00")
    assert after["x"] == place("B", "10:00")
    assert not after.without("x")
    assert after.end(talk("x", 45)) == at("10:45")


def test_walking_is_as_far_back_as_it_is_there():
    problem = make_problem(rooms="ABC", walk_minutes=5, walks=(Walk("A", "B", 12),))
    assert problem.walking("A", "B") == problem.walking("B", "A") == 12
    assert problem.walking("A", "C") == 5
    assert problem.walking("C", "C") == 0


def test_a_day_is_that_of_the_place_where_the_conference_is():
    midnight_there = datetime(2025, 6, 1, 22, 30, tzinfo=UTC)
    opening = Opening("A", midnight_there, midnight_there + timedelta(hours=2))
    problem = make_problem(rooms="A", openings=(opening,), zone=ZoneInfo("Europe/Berlin"))
    assert [day.isoformat() for day in problem.days] == ["2025-06-02"]
    assert problem.moment(problem.minute(midnight_there)) == midnight_there


def test_the_rule_book_needs_no_solver():
    code = (
        "import sys, cfp.schedule.problem, cfp.schedule.rules, cfp.schedule.diff;"
        "print(sorted({'ortools', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
