"""No assignment is better than ours: brute force, an integer programme, augmenting paths."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from cfp.reviews.assignment import Bid, Reviewer, Wishes, assign
from tests.reviews.assignment_problems import BALANCES, problem, problems

# Displeasure by the book: bids 0, 25, 60 (none), 100 and topics 0, 50, 100, weighed 2 to 1.
BY_BID = {Bid.YES: 0, Bid.MAYBE: 25, None: 60, Bid.NO: 100}


def displeasure(task, pair):
    reviewer = next(each for each in task.reviewers if each.id == pair[0])
    track = next(each.track for each in task.submissions if each.id == pair[1])
    topic = 50 if track is None or not reviewer.topics else 100 * (track not in reviewer.topics)
    return int(np.rint((2 * BY_BID[task.bids.get(pair)] + topic) / 3))


def figures(task, pairs, added, balance):
    """What is minimised, in the order of importance, from nothing but the pairs."""
    covered = Counter(submission for _, submission in pairs)
    missing = [max(task.per_submission - covered[each.id], 0) for each in task.submissions]
    load = sum(number**2 for number in Counter(reviewer for reviewer, _ in pairs).values())
    displeased = sum(displeasure(task, pair) for pair in added)
    last = {0: (displeased, load), 1: (load, displeased)}.get(
        balance, (7 * round(100 * balance) * load + (100 - round(100 * balance)) * displeased,)
    )
    return sum(missing), sum(number**2 for number in missing), *last


@given(problems(most_submissions=3, most_reviewers=4), BALANCES)
@settings(deadline=None, max_examples=80)
def test_no_plan_at_all_is_better(task, balance):
    """Brute force: every set of additional pairs that breaks no rule."""
    barred = task.conflicts | task.refused
    kept = task.kept - barred
    open_ = [(r.id, s.id) for r in task.reviewers for s in task.submissions]
    open_ = [pair for pair in open_ if pair not in barred | kept]
    limits = {each.id: each.limit for each in task.reviewers}

    def is_allowed(added):
        loads = Counter(reviewer for reviewer, _ in [*kept, *added])
        covered = Counter(submission for _, submission in [*kept, *added])
        return all(
            covered[submission] <= task.per_submission
            and (limits[reviewer] is None or loads[reviewer] <= limits[reviewer])
            for reviewer, submission in added
        )

    every = chain.from_iterable(combinations(open_, size) for size in range(len(open_) + 1))
    allowed = (added for added in every if is_allowed(added))
    best = min(figures(task, [*kept, *added], added, balance) for added in allowed)
    plan = assign(task, Wishes(balance))
    assert figures(task, plan.pairs, plan.added, balance) == best
    objective = plan.objective
    assert (objective.missing, objective.unevenness) == best[:2]
    if balance not in (0, 1):
        assert plan.cost == best[2]


def test_costs_what_an_integer_programme_says_it_must():
    """HiGHS on a case too large for brute force; loads have their squares as tangents."""
    rng = np.random.default_rng(11)
    size, people = 24, 8
    open_ = rng.random((size, people)) > 0.15
    values = rng.choice([Bid.YES, Bid.MAYBE, None, Bid.NO], (size, people))
    pairs = [(r, s) for s in range(size) for r in range(people)]
    task = problem(
        range(size),
        range(people),
        conflicts=frozenset((r, s) for r, s in pairs if not open_[s, r]),
        bids={(r, s): values[s, r] for r, s in pairs if values[s, r] is not None},
    )
    costs = np.array([displeasure(task, pair) for pair in pairs])
    # variables: one for each pair, then one square for each reviewer, above all its chords
    objective = np.concatenate([50 * costs, np.full(people, 350)])
    of_submission = np.kron(np.eye(size), np.ones(people))
    of_reviewer = np.kron(np.ones(size), np.eye(people))
    rules = [LinearConstraint(np.hstack([of_submission, np.zeros((size, people))]), 3, 3)]
    for load in range(size):
        chord = np.hstack([(2 * load + 1) * of_reviewer, -np.eye(people)])
        rules.append(LinearConstraint(chord, ub=load * (load + 1)))
    upper = np.append(open_.ravel(), np.full(people, np.inf))
    result = milp(
        objective, constraints=rules, bounds=(0, upper), integrality=np.ones(len(objective))
    )
    assert assign(task, Wishes(0.5)).cost == round(result.fun)


@given(problems(), st.integers(0, 3))
@settings(deadline=None)
def test_no_shortfall_can_be_avoided(task, seed):
    """The largest number of reviews, by augmenting paths that know nothing of costs."""
    barred = task.conflicts | task.refused
    kept = task.kept - barred
    covered = Counter(submission for _, submission in kept)
    loads = Counter(reviewer for reviewer, _ in kept)
    room = {
        each.id: (99 if each.limit is None else each.limit) - loads[each.id]
        for each in task.reviewers
    }
    taken = {reviewer: [] for reviewer in room}

    def find_place(submission, seen):
        for reviewer, places in room.items():
            pair = reviewer, submission
            if reviewer in seen or pair in barred | kept or submission in taken[reviewer]:
                continue
            seen.add(reviewer)
            if len(taken[reviewer]) < places:
                taken[reviewer].append(submission)
                return True
            for other in list(taken[reviewer]) if places > 0 else ():
                if find_place(other, seen):
                    taken[reviewer].remove(other)
                    taken[reviewer].append(submission)
                    return True
        return False

    missing = 0
    for each in task.submissions:
        for _ in range(task.per_submission - covered[each.id]):
            missing += not find_place(each.id, set())
    assert assign(task, seed=seed).objective.missing == missing


@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.5, 0.8]), st.booleans())
@settings(deadline=None, max_examples=40)
def test_loads_lie_within_one_of_each_other_wherever_that_can_be(seed, share, is_limited):
    """Feasibility by a linear programme, whose corners are whole numbers (a transportation)."""
    rng = np.random.default_rng(seed)
    size, people = 9, 6
    open_ = rng.random((size, people)) < share
    limits = [int(rng.integers(2, 9)) if is_limited else None for _ in range(people)]
    task = problem(
        range(size),
        [Reviewer(r, limits[r]) for r in range(people)],
        per_submission=2,
        conflicts=frozenset((r, s) for s in range(size) for r in range(people) if not open_[s, r]),
    )
    fewest, most = 2 * size // people, -(-2 * size // people)
    most_each = [most if each is None else min(most, each) for each in limits]
    result = milp(
        np.zeros(size * people),
        constraints=[
            LinearConstraint(np.kron(np.eye(size), np.ones(people)), 2, 2),
            LinearConstraint(np.kron(np.ones(size), np.eye(people)), fewest, most_each),
        ],
        bounds=(0, open_.ravel().astype(float)),
    )
    plan = assign(task, Wishes(balance=1), seed=seed)
    is_even = max(plan.loads.values()) - min(plan.loads.values()) <= 1
    assert (is_even and not plan.shortfalls) == result.success
