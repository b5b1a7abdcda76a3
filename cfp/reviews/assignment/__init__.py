"""Who reviews what: the best plan, or the plain drawn one; never against a conflict of interest."""

from cfp.reviews.assignment.plan import assign, assign_at_random
from cfp.reviews.assignment.problem import (
    Bid,
    Objective,
    Plan,
    Problem,
    Proposal,
    Reviewer,
    Shortfall,
    Wishes,
)

__all__ = [
    "Bid",
    "Objective",
    "Plan",
    "Problem",
    "Proposal",
    "Reviewer",
    "Shortfall",
    "Wishes",
    "assign",
    "assign_at_random",
]
