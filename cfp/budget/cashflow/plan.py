"""Everything that moves the cash of an edition between two days."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from cfp.budget.cashflow.vat import Period, Returns, inside, periods

LATE = 30  # days that a late payer takes longer


@dataclass(frozen=True, slots=True)
class Cost:
    """What is paid on a day: ``cents``, and ``each`` for each ticket sold. ``rate`` is its VAT."""

    name: str
    cents: int
    due: date
    each: int = 0
    rate: int = 0

    def for_tickets(self, tickets: float) -> int:
        return self.cents + round(self.each * tickets)


@dataclass(frozen=True, slots=True)
class Income:
    """What somebody pays with that chance, of whom so many pay a month late."""

    name: str
    cents: int
    due: date
    chance: float = 1.0
    late: float = 0.0
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Sales:
    """Tickets: money that came by day, then (share, final number) and how the rest arrives.

    ``arrival`` are days with the share of those still to come that has come by then, rising to 1.
    """

    past: tuple[tuple[date, int], ...] = ()
    sold: int = 0
    price: int = 0
    quantiles: tuple[tuple[float, float], ...] = ()
    arrival: tuple[tuple[date, float], ...] = ()
    rate: int = 0

    def final(self, share: float) -> float:
        """The final number at a quantile; between two of them in proportion."""
        if not self.quantiles:
            return float(self.sold)
        shares = [s for s, _ in self.quantiles]
        n = min(max(bisect_right(shares, share), 1), len(shares) - 1)
        (a, low), (b, high) = self.quantiles[n - 1], self.quantiles[n]
        return max(float(self.sold), low + (share - a) / (b - a) * (high - low))

    def arrived(self, day: date) -> float:
        """The share of the tickets still to come that has come by the end of that day."""
        n = bisect_right([at for at, _ in self.arrival], day)
        return self.arrival[n - 1][1] if n else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """``returns`` is how VAT is paid; none: nobody owes any, and rates are not looked at."""

    start: date
    end: date
    opening: int
    costs: tuple[Cost, ...]
    incomes: tuple[Income, ...]
    sales: Sales
    returns: Returns | None = None

    def net(self, gross: float, rate: int) -> float:
        """What is one's own of an amount."""
        return gross - inside(gross, rate) if self.returns else gross

    def moved(self) -> set[date]:
        """The days on which money may move, VAT left out."""
        days = {cost.due for cost in self.costs} | {income.due for income in self.incomes}
        days |= {income.due + timedelta(LATE) for income in self.incomes if income.late}
        return days | {day for day, _ in (*self.sales.past, *self.sales.arrival)}

    def periods(self) -> tuple[Period, ...]:
        moved = self.moved() | {self.start, self.end}
        return periods(self.returns, min(moved), max(moved))

    @property
    def last(self) -> date:
        """The day on which all is paid, the last VAT included."""
        return max([*self.moved(), self.end, *(period.due for period in self.periods())])
