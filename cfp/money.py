"""Money in whole cents: rounding half up, and splitting without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, order=True)
class Money:
    """An amount in cents of one currency; amounts of two currencies do not mix."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other).cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other).cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        return Money(round_half_up(Decimal(self.cents) * factor), self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in the currency's main unit: ``Decimal('12.34')``."""
        return Decimal(self.cents).scaleb(-2)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            message = f"cannot mix {self.currency} and {other.currency}"
            raise ValueError(message)
        return other


def round_half_up(value: Decimal) -> int:
    """The nearest whole number, a half going away from zero (commercial rounding, DIN 1333)."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def split(total: Money, weights: Sequence[int]) -> list[Money]:
    """Shares of ``total`` in proportion to ``weights`` (non-negative, not all zero).

    Largest remainder (Hamilton): the shares add up to the total and none is a cent or more away
    from its exact value; equal remainders go to the earlier one.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        message = "weights must be non-negative and not all zero"
        raise ValueError(message)
    exact = [divmod(total.cents * weight, whole) for weight in weights]
    shares = [quotient for quotient, _ in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-exact[i][1], i))
    for i in by_remainder[: total.cents - sum(shares)]:
        shares[i] += 1
    return [Money(share, total.currency) for share in shares]
