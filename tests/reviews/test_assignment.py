"""Assignments: never a conflict, everything covered that can be, fair loads, granted bids."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.reviews.assignment import (
    Bid,
    Problem,
    Proposal,
    Reviewer,
    Wishes,
    assign,
    assign_at_random,
)
from tests.reviews.assignment_problems import BALANCES, problem, problems

BIDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "bids" / "csconf1_bids.csv"


@given(problems(), BALANCES, st.integers(0, 3))
@settings(deadline=None)
def test_keeps_every_promise(task, balance, seed):
    plan = assign(task, Wishes(balance), seed=seed)
    assert not set(plan.pairs) & (task.conflicts | task.refused)
    assert len(set(plan.pairs)) == len(plan.pairs)
    assert set(plan.pairs) == (task.kept - set(plan.released)) | set(plan.added)
    assert set(plan.released) == task.kept & (task.conflicts | task.refused)
    covered = Counter(submission for _, submission in plan.pairs)
    added = Counter(submission for _, submission in plan.added)
    for each in task.submissions:
        assert not added[each.id] or covered[each.id] <= task.per_submission
    loads = Counter(reviewer for reviewer, _ in plan.pairs)
    more = Counter(reviewer for reviewer, _ in plan.added)
    for reviewer in task.reviewers:
        assert plan.loads[reviewer.id] == loads[reviewer.id]
        if more[reviewer.id] and reviewer.limit is not None:
            assert loads[reviewer.id] <= reviewer.limit
    short = {each.id: task.per_submission - covered[each.id] for each in task.submissions}
    short = {submission: missing for submission, missing in short.items() if missing > 0}
    assert {each.submission: each.missing for each in plan.shortfalls} == short


@given(problems(), BALANCES, st.integers(0, 3), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_input_changes_nothing(task, balance, seed, random):
    shuffled = Problem(
        submissions=tuple(random.sample(task.submissions, len(task.submissions))),
        reviewers=tuple(random.sample(task.reviewers, len(task.reviewers))),
        per_submission=task.per_submission,
        conflicts=task.conflicts,
        refused=task.refused,
        bids=dict(reversed(task.bids.items())),
        kept=task.kept,
    )
    assert assign(shuffled, Wishes(balance), seed=seed) == assign(task, Wishes(balance), seed=seed)


XA, YA = ("x", "a"), ("y", "a")


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        (
            problem("a", "xyz", conflicts=frozenset({XA})),
            "Only two reviewers without a conflict remain.",
        ),
        (
            problem("a", "x", conflicts=frozenset({XA})),
            "No reviewer without a conflict remains.",
        ),
        (
            problem("a", "xyz", refused=frozenset({XA, YA})),
            "Only one reviewer without a conflict who did not hand it back remains.",
        ),
        (
            problem("ab", [Reviewer("x", 1), Reviewer("y"), Reviewer("z")]),
            "The only other reviewer without a conflict has reached the limit.",
        ),
        (
            problem("a", [Reviewer(name, 0) for name in "xyz"]),
            "All three reviewers without a conflict have reached their limit.",
        ),
    ],
)
def test_a_shortfall_has_its_reason(task, sentence):
    assert [each.reason for each in assign(task).shortfalls] == [sentence]


def test_where_reviewers_are_short_nobody_gets_a_third_before_all_have_a_second():
    plan = assign(problem("abcd", [Reviewer(name, 2) for name in "wxyz"]))
    assert [each.missing for each in plan.shortfalls] == [1, 1, 1, 1]


def test_a_refill_changes_nobodys_list():
    task = problem(range(30), range(9))
    first = assign(task, seed=1)
    left = frozenset(pair for pair in first.pairs if pair[0] != 4)
    gone = problem(range(30), [r for r in range(9) if r != 4], kept=left)
    again = assign(gone, seed=2)
    assert left <= set(again.pairs)
    assert not again.shortfalls
    assert max(again.loads.values()) - min(again.loads.values()) <= 1


def test_a_finished_review_counts_although_its_reviewer_left():
    plan = assign(problem("a", "xyz", kept=frozenset({("gone", "a")})))
    assert len(plan.added) == 2
    assert ("gone", "a") in plan.pairs


def test_the_slider_trades_fair_loads_for_granted_bids():
    """One reviewer would read anything, the others said nothing."""
    bids = {("w", s): Bid.MAYBE for s in range(40)}
    task = problem(range(40), "wxyz", per_submission=1, bids=bids)
    loads = [assign(task, Wishes(balance)).loads["w"] for balance in (0, 0.3, 0.6, 1)]
    assert loads[0] == 40
    assert loads[-1] == 10
    assert loads == sorted(loads, reverse=True)


def test_a_reviewer_gets_the_topics_named():
    knows = Reviewer("x", topics=frozenset({"web"})), Reviewer("y", topics=frozenset({"data"}))
    talks = [Proposal(1, "web"), Proposal(2, "data")]
    plan = assign(problem(talks, knows, per_submission=1), Wishes(balance=1))
    assert set(plan.pairs) == {("x", 1), ("y", 2)}


def test_the_draw_is_balanced_repeats_for_a_seed_and_ignores_bids():
    task = problem(range(50), range(11))
    with_bids = problem(range(50), range(11), bids={(3, s): Bid.YES for s in range(50)})
    plan = assign_at_random(task, seed=5)
    assert plan.pairs == assign_at_random(with_bids, seed=5).pairs
    assert plan.pairs != assign_at_random(task, seed=6).pairs
    assert sorted(Counter(plan.loads.values()).items()) == [(13, 4), (14, 7)]


def test_refuses_wishes_that_mean_nothing():
    with pytest.raises(ValueError, match="balance"):
        Wishes(balance=1.1)
    with pytest.raises(ValueError, match="twice"):
        assign(problem("aa", "x"))


@pytest.mark.parametrize(
    ("size", "people", "seconds"), [(300, 40, 0.2), (1000, 120, 2.0)], ids=["usual", "large"]
)
def test_plans_a_conference_before_anybody_gets_impatient(size, people, seconds):
    rng = np.random.default_rng(1)
    bids = rng.choice([*Bid, None], (people, size), p=[0.1, 0.15, 0.25, 0.5])
    strangers = rng.random((people, size)) > 0.03
    pairs = [(r, s) for r in range(people) for s in range(size)]
    task = problem(
        [Proposal(s, s % 5) for s in range(size)],
        [Reviewer(r, topics=frozenset({r % 5})) for r in range(people)],
        conflicts=frozenset(pair for pair in pairs if not strangers[pair]),
        bids={pair: bids[pair] for pair in pairs if bids[pair]},
    )
    assign(problem("a", "x"))  # loads OR-Tools
    began = process_time()
    plan = assign(task)
    assert process_time() - began < seconds
    assert not plan.shortfalls


@pytest.mark.skipif(not BIDS.exists(), reason="needs bids/csconf1_bids.csv")
@pytest.mark.parametrize("balance", [0, 0.5, 1])
def test_real_bids_are_granted_with_no_conflict_and_fair_loads(balance):
    with BIDS.open(encoding="utf-8", newline="") as lines:
        rows = {row.pop("reviewer"): row for row in csv.DictReader(lines)}
    said = {(who, paper): word for who, row in rows.items() for paper, word in row.items()}
    task = problem(
        next(iter(rows.values())),
        rows,
        conflicts=frozenset(pair for pair, word in said.items() if word == "conflict"),
        bids={pair: Bid(word) for pair, word in said.items() if word in set(Bid)},
    )
    plan = assign(task, Wishes(balance))
    assert not plan.shortfalls
    assert not set(plan.pairs) & task.conflicts
    words = Counter(said[pair] for pair in plan.pairs)
    assert words["yes"] > 3 * words["no"]
    if balance == 1:
        assert max(plan.loads.values()) - min(plan.loads.values()) <= 1
