"""On conferences small enough to try everything, the solver finds what trying everything finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.problem import Level
from cfp.schedule.rules import clashes, cost, score
from cfp.schedule.solver.run import solve
from tests.schedule.puzzles import every_plan, make_problem, problems, talk


def small():
    return st.one_of(
        problems(most_talks=4, most_days=1, slots=3, levels=True),
        problems(most_talks=3, most_days=2, slots=3, levels=True),
    )


@settings(max_examples=25, deadline=None)
@given(small())
def test_finds_and_proves_the_best_plan(problem):
    best = min(score(problem, plan) for plan in every_plan(problem))
    result = solve(problem, seconds=10, deterministic=True)
    assert result.objective == best
    assert result.bound == best
    assert result.optimal


@settings(max_examples=40, deadline=None)
@given(small(), st.integers(0, 3))
def test_even_in_no_time_a_plan_has_no_clash_and_every_missing_talk_a_reason(problem, seed):
    result = solve(problem, seconds=0.01, seed=seed, deterministic=True)
    assert not [c for c in clashes(problem, result.timetable) if c.level is Level.FORBID]
    assert {name for name, _ in result.unplaced} == problem.talk.keys() - result.timetable.keys()
    assert all(sentence.endswith(".") for _, sentence in result.unplaced)
    assert result.cost == cost(problem, result.timetable)
    assert result.objective == score(problem, result.timetable) >= result.bound


def test_the_same_seed_gives_the_same_plan():
    talks = [talk(f"t{n}", 20 + 10 * (n % 3), track="ab"[n % 2], popularity=n) for n in range(10)]
    problem = make_problem(*talks, days=2, every=10, hours=("9:00", "10:30"))
    first, second = (solve(problem, seconds=0.3, seed=7, deterministic=True) for _ in range(2))
    assert dict(first.timetable) == dict(second.timetable)
    assert first.objective == second.objective


def test_stops_when_told_to_and_still_answers():
    problem = make_problem(*(talk(f"t{n}") for n in range(6)), hours=("9:00", "12:00"))
    result = solve(problem, seconds=60, should_stop=lambda: True)
    assert len(result.timetable) == 6
    assert result.seconds < 10


def test_tells_how_it_gets_on():
    reports = []
    problem = make_problem(*(talk(f"t{n}", track="red") for n in range(6)))
    result = solve(problem, seconds=0.2, deterministic=True, on_progress=reports.append)
    assert reports[-1].best == result.objective
    assert [report.best for report in reports] == sorted((r.best for r in reports), reverse=True)
    assert (reports[-1].placed, reports[-1].talks) == (6, 6)


def test_an_empty_conference_is_a_plan_too():
    result = solve(make_problem(), seconds=1, deterministic=True)
    assert not result.timetable
    assert result.optimal


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_do_not_change_what_is_best(workers):
    talks = [talk(f"t{n}", 40, track="red", speakers=("ada",)) for n in range(3)]
    problem = make_problem(*talks, rooms="A", hours=("9:00", "10:30"), every=20)
    result = solve(problem, seconds=10, workers=workers)
    assert len(result.timetable) == 2
    assert result.optimal
