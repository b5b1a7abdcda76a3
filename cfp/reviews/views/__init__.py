"""The pages of reviews: the reviewer's desk, and what the committee sees of it."""

from cfp.reviews.views import (
    assignment,
    conflicts,
    desk,
    discussion,
    overview,
    ranking,
    reviewers,
    selection,
    wishes,
)
from cfp.reviews.views.blueprint import pages

__all__ = [
    "assignment",
    "conflicts",
    "desk",
    "discussion",
    "overview",
    "pages",
    "ranking",
    "reviewers",
    "selection",
    "wishes",
]
