"""Reminding those who forget to pay: statutory interest, the order of payments, levels, stops."""

from cfp.billing.dunning.interest import BaseRate, MissingRate, Segment, interest, missing_rate
from cfp.billing.dunning.levels import LUMP_SUM, Case, Level, Stop, due_level, stops
from cfp.billing.dunning.standing import Standing, standing

__all__ = [
    "LUMP_SUM",
    "BaseRate",
    "Case",
    "Level",
    "MissingRate",
    "Segment",
    "Standing",
    "Stop",
    "due_level",
    "interest",
    "missing_rate",
    "standing",
    "stops",
]
