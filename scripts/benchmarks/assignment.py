"""How long the optimal plan of reviews takes, and how even its loads are.

``scripts/bench assignment`` draws bids and conflicts by a fixed seed: one pair in fifty is a
conflict, half of the others have a bid. OR-Tools is loaded before the clock starts.
"""

from __future__ import annotations

from time import perf_counter, process_time

import numpy as np

from cfp.reviews.assignment import Bid, Plan, Problem, Proposal, Reviewer, assign

SIZES = ((300, 40, 3), (1000, 120, 3))
WORDS = (*Bid, None)
ROUNDS = 5


def main() -> None:
    """Print a line for each size; the best of some rounds, as other work only ever adds."""
    assign(problem(20, 6, 3))
    print("proposals  reviewers  each  wall s  CPU s  reviews  loads     conflicts")
    for proposals, reviewers, each in SIZES:
        task = problem(proposals, reviewers, each)
        measured = [measure(task) for _ in range(ROUNDS)]
        wall, cpu, plan = min(measured, key=lambda one: one[0])
        loads = sorted(plan.loads.values())
        broken = len(task.conflicts.intersection(plan.pairs))
        print(
            f"{proposals:9} {reviewers:10} {each:5} {wall:7.3f} {cpu:6.3f} {len(plan.pairs):8}"
            f"  {loads[0]} to {loads[-1]}  {broken:9}"
        )


def measure(task: Problem) -> tuple[float, float, Plan]:
    wall, cpu = perf_counter(), process_time()
    plan = assign(task, seed=1)
    return perf_counter() - wall, process_time() - cpu, plan


def problem(proposals: int, reviewers: int, each: int) -> Problem:
    """A committee's wishes, drawn by a fixed seed."""
    draw = np.random.default_rng(2027)
    said = draw.choice(len(WORDS), (reviewers, proposals), p=[0.1, 0.15, 0.25, 0.5])
    apart = draw.random((reviewers, proposals)) < 0.02
    return Problem(
        submissions=tuple(Proposal(n) for n in range(proposals)),
        reviewers=tuple(Reviewer(n) for n in range(reviewers)),
        per_submission=each,
        conflicts=frozenset((int(r), int(s)) for r, s in np.argwhere(apart)),
        bids={
            (r, s): WORDS[said[r, s]]
            for r in range(reviewers)
            for s in range(proposals)
            if WORDS[said[r, s]] is not None
        },
    )


if __name__ == "__main__":
    main()
