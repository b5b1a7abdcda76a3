"""What is worked out once for a puzzle and then remembered as long as the puzzle lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from cfp.schedule.problem.whole import Problem

Worked = TypeVar("Worked")


def once_a_problem(work: Callable[[Problem], Worked]) -> Callable[[Problem], Worked]:
    """A problem never changes, so the first answer is good for the next thousand questions."""

    @wraps(work)
    def remembered(problem: Problem) -> Worked:
        known = problem.worked_out
        if work not in known:
            known[work] = work(problem)
        return cast("Worked", known[work])

    return remembered
