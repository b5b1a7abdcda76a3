"""What the committee leaves behind, thing by thing."""

from cfp.reviews.models.choosing import Selection
from cfp.reviews.models.committee import ReviewerInvitation, Topic
from cfp.reviews.models.discussion import Argument, Opinion, Side
from cfp.reviews.models.reviews import (
    Assignment,
    AssignmentState,
    Bid,
    BidValue,
    DeclaredConflict,
    Review,
)

__all__ = [
    "Argument",
    "Assignment",
    "AssignmentState",
    "Bid",
    "BidValue",
    "DeclaredConflict",
    "Opinion",
    "Review",
    "ReviewerInvitation",
    "Selection",
    "Side",
    "Topic",
]
