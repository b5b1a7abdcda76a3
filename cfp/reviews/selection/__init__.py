"""Who is in: the best line-up within the quotas, with ties at the edge drawn by lot."""

from cfp.reviews.selection.lineup import move_up, select
from cfp.reviews.selection.lot import lot_of, lot_order
from cfp.reviews.selection.quotas import Bounds, Candidate, Quotas, Selection, Tie

__all__ = [
    "Bounds",
    "Candidate",
    "Quotas",
    "Selection",
    "Tie",
    "lot_of",
    "lot_order",
    "move_up",
    "select",
]
