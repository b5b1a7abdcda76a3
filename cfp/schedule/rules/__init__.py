"""The rule book: what fits, what clashes, what a timetable costs. It knows no solver."""

from cfp.schedule.rules.book import (
    RULES,
    Clash,
    clashes,
    cost,
    fits,
    rule,
    score,
    setting,
    unmet_wishes,
)
from cfp.schedule.rules.rule import Finding, Rule

__all__ = [
    "RULES",
    "Clash",
    "Finding",
    "Rule",
    "clashes",
    "cost",
    "fits",
    "rule",
    "score",
    "setting",
    "unmet_wishes",
]
