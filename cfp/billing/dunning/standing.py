"""What is owed on a day: payments go to costs, then interest, then the debt (BGB sec. 367)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cfp.billing.dunning.interest import DAY, BaseRate, Segment, interest, rounded


@dataclass(frozen=True)
class Standing:
    """Cents of each kind that are owed, and how the interest came about."""

    costs: int
    interest: int
    principal: int
    segments: tuple[Segment, ...]
    accrued: int = 0  # all interest until that day, paid or not

    @property
    def total(self) -> int:
        return self.costs + self.interest + self.principal


def standing(
    principal: int,
    due: date,
    on: date,
    rates: Sequence[BaseRate],
    points: Decimal,
    *,
    payments: Iterable[tuple[date, int]] = (),
    costs: Iterable[tuple[date, int]] = (),
) -> Standing:
    """The state of a debt of ``principal`` cents at the end of the day ``on``.

    Interest runs from the day after ``due``; the day of a payment still counts. Interest is
    rounded once for each stretch between two payments.
    """
    accrued = 0
    owed = {"costs": 0, "interest": 0, "principal": principal}
    segments: list[Segment] = []
    events = sorted(
        [(day, 1, cents) for day, cents in payments if day <= on]
        + [(day, 0, cents) for day, cents in costs if day <= on]
    )
    begun = due + DAY
    for day, is_payment, cents in events:
        if not is_payment:
            owed["costs"] += cents
            continue
        ran = interest(owed["principal"], begun, day, rates, points)
        segments += ran
        stretch = rounded(sum((one.cents for one in ran), Fraction(0)))
        owed["interest"] += stretch
        accrued += stretch
        begun = max(begun, day + DAY)
        _pay(owed, cents)
    ran = interest(owed["principal"], begun, on, rates, points)
    segments += ran
    stretch = rounded(sum((one.cents for one in ran), Fraction(0)))
    owed["interest"] += stretch
    accrued += stretch
    return Standing(owed["costs"], owed["interest"], owed["principal"], tuple(segments), accrued)


def _pay(owed: dict[str, int], cents: int) -> None:
    """Costs, interest, principal, in this order; what is too much stays below zero."""
    for kind in ("costs", "interest"):
        part = min(cents, owed[kind])
        owed[kind] -= part
        cents -= part
    owed["principal"] -= cents
