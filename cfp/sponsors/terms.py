"""What a sponsorship costs with its tax, and the last day to pay for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cfp.billing import vat
from cfp.billing.terms import BEFORE_DOORS
from cfp.billing.vat import Supply
from cfp.money import round_half_up


@dataclass(frozen=True)
class Price:
    """A price with its tax; ``rate`` in hundredths of a percent, ``category`` of UNTDID 5305."""

    net_cents: int
    tax_cents: int
    category: str
    rate: int

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.tax_cents


def price(
    net_cents: int, standard: int, country: str, vat_id: str, *, small: bool = False
) -> Price:
    """What a sponsor in ``country`` pays; in the Union only a VAT id proves a business.

    ``small`` is a seller of sec. 19 UStG, who shows no tax.
    """
    business = bool(vat_id) or country not in vat.EU
    rate = Decimal(standard).scaleb(-2)
    found = vat.decide(Supply.SPONSORSHIP, rate, country, business=business, small=small)
    tax = round_half_up(Decimal(net_cents) * found.rate / 100)
    return Price(net_cents, tax, found.category, int(found.rate * 100))


def latest(doors: date) -> date:
    """The last day on which anybody who signs in good time may pay."""
    return doors - BEFORE_DOORS
