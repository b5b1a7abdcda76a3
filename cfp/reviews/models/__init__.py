"""What the committee leaves behind, thing by thing."""

from cfp.reviews.models.choosing import Ballot, LengthOffer, Selection, Vote
from cfp.reviews.models.committee import ReviewerInvitation, Topic
from cfp.reviews.models.criteria import Criterion, CriterionScore
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
    "Ballot",
    "Bid",
    "BidValue",
    "Criterion",
    "CriterionScore",
    "DeclaredConflict",
    "LengthOffer",
    "Opinion",
    "Review",
    "ReviewerInvitation",
    "Selection",
    "Side",
    "Topic",
    "Vote",
]
