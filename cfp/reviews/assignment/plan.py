"""The best plan: as many of the wanted reviews as possible, then fair loads and granted bids.

Each wanted review flows from a proposal to a reviewer; the cheapest flow is the best plan. A
reviewer's second review costs more than the first and the third more than the second, so that loads
even out by themselves: the costs are the steps of a sum of squares, which is least for loads within
one of each other. Ahuja, Magnanti, Orlin, Network Flows (1993), chapter 14 (convex costs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cfp.reviews.assignment.problem import Objective, Plan, Problem, Shortfall, Wishes
from cfp.reviews.conflicts import Key, Pair, in_order
from cfp.sentences import say

if TYPE_CHECKING:
    from cfp.reviews.assignment.grid import Grid

NUMBERS = (
    *("0", "1"),  # they have sentences of their own
    *(say("two"), say("three"), say("four"), say("five"), say("six")),
    *(say("seven"), say("eight"), say("nine"), say("ten")),
)


def assign(problem: Problem, wishes: Wishes | None = None, *, seed: int = 0) -> Plan:
    """The best plan there is. The same problem and seed give the same plan in any order of input.

    No other plan covers more reviews, or as many more evenly, or is better for `wishes`; the seed
    decides among equals. `cost` weighs load and displeasure as `exchange_rates` says.
    """
    # NumPy and OR-Tools are loaded here, so that the web may know this module.
    from cfp.reviews.assignment.grid import Grid  # noqa: PLC0415
    from cfp.reviews.assignment.network import cheapest_flow, exchange_rates  # noqa: PLC0415

    wishes = wishes or Wishes()
    grid = Grid(problem, wishes)
    rates = exchange_rates(grid, wishes)
    added = cheapest_flow(grid, rates, seed)
    released = problem.kept & grid.barred
    pairs = (problem.kept - released) | set(added)
    objective = _objective(grid, pairs, added)
    return Plan(
        pairs=_sorted(pairs),
        added=_sorted(added),
        released=_sorted(released),
        loads=_loads(grid, pairs),
        shortfalls=tuple(_shortfalls(grid, pairs)),
        objective=objective,
        cost=rates.load * objective.load + rates.displeasure * objective.displeasure,
    )


def assign_at_random(problem: Problem, *, seed: int) -> Plan:
    """The plain draw: bids and topics do not count, everybody gets the same number of reviews."""
    return assign(replace(problem, bids={}), Wishes(balance=1, bids=0, topics=0), seed=seed)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (in_order(pair[1]), in_order(pair[0]))))


def _loads(grid: Grid, pairs: Iterable[Pair]) -> dict[Key, int]:
    counts = Counter(reviewer for reviewer, _ in pairs)
    return {reviewer.id: counts[reviewer.id] for reviewer in grid.reviewers}


def _objective(grid: Grid, pairs: Iterable[Pair], added: Iterable[Pair]) -> Objective:
    missing = [missing for _, missing in _missing(grid, pairs)]
    return Objective(
        missing=sum(missing),
        unevenness=sum(number**2 for number in missing),
        load=sum(load**2 for load in _loads(grid, pairs).values()),
        displeasure=sum(grid.displeasure_of(pair) for pair in added),
    )


def _missing(grid: Grid, pairs: Iterable[Pair]) -> list[tuple[Key, int]]:
    """Each proposal with the number of reviews it lacks, where it lacks any."""
    counts = Counter(submission for _, submission in pairs)
    lacks = [(each.id, grid.per_submission - counts[each.id]) for each in grid.submissions]
    return [(submission, number) for submission, number in lacks if number > 0]


def _shortfalls(grid: Grid, pairs: Iterable[Pair]) -> Iterable[Shortfall]:
    """Since no plan covers more, who could still review a short proposal is at the limit."""
    taken = set(pairs)
    for submission, missing in _missing(grid, taken):
        free = [each for each in grid.reviewers if (each.id, submission) not in grid.barred]
        at_limit = [each for each in free if (each.id, submission) not in taken]
        handed_back = any(submission == refused for _, refused in grid.refused)
        who = say("without a conflict")
        if handed_back:
            who = say("without a conflict who did not hand it back")
        yield Shortfall(submission, missing, _reason(len(free), len(at_limit), who))


def _reason(free: int, at_limit: int, who: str) -> str:
    if not at_limit:
        return _too_few(free, who)
    if at_limit == 1 and free > 1:
        return say("The only other reviewer %(who)s has reached the limit.", who=who)
    if at_limit == 1:
        return say("The only reviewer %(who)s has reached the limit.", who=who)
    number = _in_words(at_limit)
    if free > at_limit:
        return say(
            "The other %(number)s reviewers %(who)s have reached their limit.",
            number=number,
            who=who,
        )
    return say("All %(number)s reviewers %(who)s have reached their limit.", number=number, who=who)


def _too_few(free: int, who: str) -> str:
    if free == 0:
        return say("No reviewer %(who)s remains.", who=who)
    if free == 1:
        return say("Only one reviewer %(who)s remains.", who=who)
    return say("Only %(number)s reviewers %(who)s remain.", number=_in_words(free), who=who)


def _in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
