"""Who has a ticket and stays away: by class of ticket, and by how long ago it was bought.

Rates of conferences: paid 8 %, free codes 25 %, free tickets 40 %, crew 8 %, speakers 3 %. Early
buyers stay away more often (a logit slope by the logarithm of the lead time). A rate differs from
edition to edition, so people stay away in a beta-binomial way; what earlier editions saw moves it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cfp.catering.forecast.reference import expit, logit

YEARLY = 0.8
LEAD_SLOPE = 0.25
LEAD_MIDDLE = 45.0  # days before the doors at which the usual rate holds
MOST_BELIEF = 400.0


class TicketClass(StrEnum):
    """Sorts of tickets that stay away differently."""

    PAID = "paid"
    CODE = "code"
    FREE = "free"
    CREW = "crew"
    SPEAKER = "speaker"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class Rate:
    """A beta distribution: its mean, and how many people it is worth."""

    mean: float
    belief: float


USUAL = {
    TicketClass.PAID: Rate(0.08, 110.0),
    TicketClass.CODE: Rate(0.25, 40.0),
    TicketClass.FREE: Rate(0.40, 40.0),
    TicketClass.CREW: Rate(0.08, 50.0),
    TicketClass.SPEAKER: Rate(0.03, 80.0),
    TicketClass.SPONSOR: Rate(0.25, 40.0),
}


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one earlier edition saw of one class: tickets, and who of them stayed away."""

    tickets: int
    stayed_away: int
    age: float = 1.0


def learnt(kind: TicketClass, seen: Sequence[Attendance] = ()) -> Rate:
    """The rate after what earlier editions saw.

    An edition tells less than its tickets, because rates differ between editions: its worth is
    bounded by the belief in the usual rate, and fades by 0.8 a year.
    """
    usual = USUAL[kind]
    away, whole = usual.mean * usual.belief, usual.belief
    for one in seen:
        if one.tickets <= 0:
            continue
        worth = YEARLY**one.age * one.tickets * usual.belief / (one.tickets + usual.belief)
        away += worth * min(1.0, one.stayed_away / one.tickets)
        whole += worth
    return Rate(away / whole, min(whole, MOST_BELIEF))


def at_lead(rate: float, lead_days: float) -> float:
    """The rate among those who bought so many days before the doors."""
    farther = math.log((max(0.0, lead_days) + 7) / (LEAD_MIDDLE + 7))
    return expit(logit(min(max(rate, 1e-4), 1 - 1e-4)) + LEAD_SLOPE * farther)
