"""The pages of reviews: the reviewer's desk, and what the committee sees of it."""

from cfp.reviews.views import (
    assignment,
    conflicts,
    criteria,
    desk,
    discussion,
    feedback,
    lengths,
    overview,
    ranking,
    reviewers,
    selection,
    voting,
    wishes,
)
from cfp.reviews.views.blueprint import pages

__all__ = [
    "assignment",
    "conflicts",
    "criteria",
    "desk",
    "discussion",
    "feedback",
    "lengths",
    "overview",
    "pages",
    "ranking",
    "reviewers",
    "selection",
    "voting",
    "wishes",
]
