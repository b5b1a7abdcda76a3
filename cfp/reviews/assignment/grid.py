"""The problem as arrays: a row per submission, a column per reviewer, in an order of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cfp.reviews.assignment.problem import Bid, Problem, Proposal, Reviewer, Wishes
from cfp.reviews.conflicts import Pair, in_order

Integers = NDArray[np.int64]

UTTERLY = 100  # the displeasure of an unwanted review on a foreign topic
UNASKED = 0.6
BIDS = {Bid.YES: 0.0, Bid.MAYBE: 0.25, Bid.NO: 1.0}


class Grid:
    """Who may review what, what it would cost, how many reviews each side still takes."""

    def __init__(self, problem: Problem, wishes: Wishes) -> None:
        self.submissions = sorted(problem.submissions, key=lambda each: in_order(each.id))
        self.reviewers = sorted(problem.reviewers, key=lambda each: in_order(each.id))
        self.per_submission = problem.per_submission
        self.refused = problem.refused
        self.barred = problem.conflicts | problem.refused
        self._row = {each.id: row for row, each in enumerate(self.submissions)}
        self._column = {each.id: column for column, each in enumerate(self.reviewers)}
        if len(self._row) < len(self.submissions) or len(self._column) < len(self.reviewers):
            raise ValueError("a submission or reviewer is listed twice")
        kept = problem.kept - self.barred
        self.is_open = np.ones(self.shape, dtype=bool)
        for pair in self.barred | kept:
            if self._knows(pair):
                self.is_open[self._cell(pair)] = False
        # A kept review counts on the side that is still there, if its reviewer left the committee.
        self.covered = np.zeros(len(self.submissions), dtype=np.int64)
        self.loads = np.zeros(len(self.reviewers), dtype=np.int64)
        for reviewer, submission in kept:
            if submission in self._row:
                self.covered[self._row[submission]] += 1
            if reviewer in self._column:
                self.loads[self._column[reviewer]] += 1
        self.displeasure = self._displeasure(problem, wishes)

    @property
    def shape(self) -> tuple[int, int]:
        """Submissions, reviewers."""
        return len(self.submissions), len(self.reviewers)

    @property
    def wanted(self) -> Integers:
        """How many reviews each submission still lacks, as far as reviewers are left for it."""
        lacking: Integers = self.per_submission - self.covered
        wanted: Integers = np.clip(lacking, 0, self.is_open.sum(axis=1))
        return wanted

    @property
    def room(self) -> Integers:
        """How many more reviews each reviewer can take."""
        endless = len(self.submissions) + int(self.loads.max(initial=0))
        limits = [endless if each.limit is None else each.limit for each in self.reviewers]
        left = np.array(limits, dtype=np.int64) - self.loads
        room: Integers = np.clip(left, 0, self.is_open.sum(axis=0))
        return room

    def displeasure_of(self, pair: Pair) -> int:
        """From 0 (asked for, own topic) to 100 (asked not to, foreign topic)."""
        return int(self.displeasure[self._cell(pair)])

    def pair(self, row: int, column: int) -> Pair:
        """The pair that a cell stands for."""
        return self.reviewers[column].id, self.submissions[row].id

    def _knows(self, pair: Pair) -> bool:
        return pair[0] in self._column and pair[1] in self._row

    def _cell(self, pair: Pair) -> tuple[int, int]:
        reviewer, submission = pair
        return self._row[submission], self._column[reviewer]

    def _displeasure(self, problem: Problem, wishes: Wishes) -> Integers:
        bids = np.full(self.shape, UNASKED)
        for pair, bid in problem.bids.items():
            if self._knows(pair):
                bids[self._cell(pair)] = BIDS[bid]
        topics = np.array(
            [
                [_strangeness(each, reviewer) for reviewer in self.reviewers]
                for each in self.submissions
            ]
        ).reshape(self.shape)
        weight = wishes.bids + wishes.topics
        blend = (
            (wishes.bids * bids + wishes.topics * topics) / weight
            if weight
            else np.zeros(self.shape)
        )
        return np.rint(UTTERLY * blend).astype(np.int64)


def _strangeness(submission: Proposal, reviewer: Reviewer) -> float:
    """0 for a topic the reviewer knows, 1 for another; between where one side says nothing."""
    if submission.track is None or not reviewer.topics:
        return 0.5
    return 0.0 if submission.track in reviewer.topics else 1.0
