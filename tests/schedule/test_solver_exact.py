"""On conferences small enough to try everything, the solver finds what trying everything finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.problem import Level, Place, Problem, Timetable
from cfp.schedule.rules import clashes, cost, fits, score
from cfp.schedule.solver.explain import explain, repaired
from cfp.schedule.solver.run import solve
from tests.schedule.puzzles import RASTER, make_problem, problems, talk


def every_plan(problem: Problem) -> Iterator[Timetable]:
    """All timetables without a forbidden clash, by trying every place for every talk."""
    starts = {
        (opening.room, problem.moment(minute))
        for opening in problem.openings
        for minute in range(problem.minute(opening.start), problem.minute(opening.end), RASTER)
    }
    places = [None, *(Place(*where) for where in sorted(starts))]
    choices = [
        [where for where in places if where is None or not fits(problem, each, where)]
        for each in problem.talks
    ]
    for chosen in product(*choices):
        pairs = zip(problem.talks, chosen, strict=True)
        plan = Timetable((each.id, where) for each, where in pairs if where)
        if not any(clash.level is Level.FORBID for clash in clashes(problem, plan)):
            yield plan


def small():
    return st.one_of(
        problems(most_talks=4, most_days=1, slots=3), problems(most_talks=3, most_days=2, slots=3)
    )


@settings(max_examples=40, deadline=None)
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


@settings(max_examples=25, deadline=None)
@given(small())
def test_says_that_everything_fits_exactly_when_it_does(problem):
    fits_all = any(len(plan) == len(problem.talks) for plan in every_plan(problem))
    explanation = explain(problem, seconds=10, deterministic=True)
    assert explanation.everything_fits == fits_all
    assert bool(explanation.contradiction) == (not fits_all)
    if explanation.checks:
        assert not fits_all


@settings(max_examples=25, deadline=None)
@given(small())
def test_after_the_repairs_everything_fits(problem):
    explanation = explain(problem, seconds=10, deterministic=True)
    after = repaired(problem, explanation.repairs)
    assert any(len(plan) == len(after.talks) for plan in every_plan(after))


def test_the_same_seed_gives_the_same_plan():
    talks = [talk(f"t{n}", 20 + 10 * (n % 3), track="ab"[n % 2], popularity=n) for n in range(14)]
    problem = make_problem(*talks, days=2, every=10, hours=("9:00", "11:00"))
    first, second = (solve(problem, seconds=1, seed=7, deterministic=True) for _ in range(2))
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
    result = solve(problem, seconds=2, deterministic=True, on_progress=reports.append)
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
