"""Real conferences planned again from nothing: everything placed, no clash, soon, and no worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from cfp.schedule.problem import (
    Answer,
    Availability,
    Opening,
    Problem,
    Room,
    SlotRaster,
    Speaker,
    Talk,
    Timetable,
)
from cfp.schedule.rules import clashes, score
from cfp.schedule.solver.run import solve
from tests.schedule.conferences import FOLDER, NAMES, read
from tests.schedule.puzzles import DAY, MORNING

needs_the_data = pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/schedules here")


def plan_until(problem: Problem, good_enough, seconds: float):
    """A run that stops at the first plan that is good enough."""
    reached = []

    def look(progress):
        if progress.placed == progress.talks and progress.best <= good_enough:
            reached.append(progress.seconds)

    return solve(problem, seconds=seconds, on_progress=look, should_stop=lambda: bool(reached))


@needs_the_data
@pytest.mark.parametrize("name", NAMES)
def test_plans_a_real_conference_no_worse_than_its_organisers_did(name):
    problem, own_plan = read(name)
    own = score(problem, own_plan)
    result = plan_until(problem, own, seconds=20)
    assert not result.unplaced
    assert not list(clashes(problem, result.timetable))
    assert result.complete_after < (5 if len(problem.talks) <= 150 else 20)
    assert result.objective <= own


@needs_the_data
@pytest.mark.parametrize("name", ["pyconfr-2025", "31c3-2014"])
def test_a_cancelled_room_day_moves_little_of_a_published_plan(name):
    problem, _ = read(name)
    plan = plan_until(problem, score(problem, {}), seconds=20).timetable
    held = {opening: _talks_in(opening, plan) for opening in problem.openings}
    closed = min(
        (opening for opening in problem.openings if held[opening]),
        key=lambda o: (len(held[o]), o.end - o.start, o.room, o.start),
    )
    rest = tuple(opening for opening in problem.openings if opening != closed)
    after = replace(problem, openings=rest, published=plan)
    result = solve(after, seconds=4)
    homeless = held[closed]
    moved = [t for t, where in result.timetable.items() if where != plan[t]]
    assert len(moved) + len(result.unplaced) <= 2 * len(homeless) + 2


def _talks_in(opening: Opening, plan: Timetable) -> list[str]:
    return [
        talk
        for talk, where in plan.items()
        if where.room == opening.room and opening.start <= where.start < opening.end
    ]


def large(talks: int, rooms: int, days: int, load: float) -> Problem:
    """A conference of this size, rooms of all sizes, people who cannot come on some day."""
    rng = Random(0)  # noqa: S311  a repeatable conference
    lengths = [rng.choice([25, 40, 55]) for _ in range(talks)]
    minutes = 5 * round(sum(lengths) / load / rooms / days / 5)
    hall = [Room(f"r{n}", f"Room {n}", capacity=50 * (n + 1)) for n in range(rooms)]
    openings = [
        Opening(
            r.id, MORNING + d * DAY, MORNING + d * DAY + timedelta(minutes=minutes), SlotRaster(5)
        )
        for r in hall
        for d in range(days)
    ]
    people = [f"s{n}" for n in range(talks * 5 // 6)]
    away = [MORNING + rng.randrange(days) * DAY for _ in people]
    speakers = [
        Speaker(name, name, (Availability(day, day + DAY / 2, Answer.NO),) if n % 5 == 0 else ())
        for n, (name, day) in enumerate(zip(people, away, strict=True))
    ]
    return Problem(
        talks=tuple(
            Talk(
                f"t{n}",
                f"Talk {n}",
                length,
                speakers=(rng.choice(people),),
                track=f"track {rng.randrange(talks // 25)}",
                popularity=rng.randrange(100),
                audience=rng.choice([None, 30, 80, 35 * rooms]),
            )
            for n, length in enumerate(lengths)
        ),
        rooms=tuple(hall),
        openings=tuple(openings),
        speakers=tuple(speakers),
        walk_minutes=5,
    )


@pytest.mark.slow
@pytest.mark.parametrize(("talks", "rooms", "soon"), [(150, 4, 5), (800, 10, 20)])
def test_a_large_conference_is_complete_soon(talks, rooms, soon):
    problem = large(talks, rooms, days=4, load=0.85)
    result = plan_until(problem, score(problem, {}), seconds=60)
    assert not result.unplaced
    assert not list(clashes(problem, result.timetable))
    assert result.complete_after < soon
