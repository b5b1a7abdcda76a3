"""How an edition sells: its days, its account, its tax rates, in one form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.billing.service.account import set_account
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.models import Shop, TaxCategory, TaxRate

RATES = {"standard_rate": TaxCategory.STANDARD, "reduced_rate": TaxCategory.REDUCED}


@dataclass(frozen=True)
class ShopSettings:
    """What the settings of a shop say; rates in hundredths of a percent."""

    opens_at: datetime
    closes_at: datetime
    catering_due_at: datetime | None = None
    hold_minutes: int = 30
    pay_within_days: int = 14
    offer_hours: int = 48
    most_from_network: int | None = None
    account_holder: str = ""
    iban: str = ""
    bic: str = ""
    takes_cards: bool = False
    takes_cash: bool = False
    standard_rate: int | None = 1900
    reduced_rate: int | None = 700
    terms: str = ""


def set_up(conference: Conference, wanted: ShopSettings, *, by: Person, at: datetime) -> Shop:
    """Open a shop, or change how it sells. A new rate holds from the edition's year on."""
    if wanted.closes_at <= wanted.opens_at:
        raise Refused(_("The sale cannot end before it opens."), field="closes_at")
    values = asdict(wanted)
    rates = {name: values.pop(name) for name in RATES}
    holder, iban, bic = (values.pop(name) for name in ("account_holder", "iban", "bic"))
    set_account(conference, holder=holder, iban=iban, bic=bic)
    shop = db.session.scalar(queries.shop_of(conference))
    if shop is None:
        shop = Shop(conference_id=conference.id, **values)
        db.session.add(shop)
    for name, value in values.items():
        setattr(shop, name, value)
    for name, rate in rates.items():
        if rate is not None:
            _set_rate(conference, RATES[name], rate)
    db.session.flush()
    log("set up the shop", shop, by=by, at=at)
    return shop


def _set_rate(conference: Conference, category: TaxCategory, rate: int) -> None:
    since = date(conference.starts_on.year, 1, 1)
    known = db.session.scalar(
        sa.select(TaxRate).where(
            TaxRate.conference_id == conference.id,
            TaxRate.category == category,
            TaxRate.starts_on == since,
        )
    )
    if known is None:
        db.session.add(
            TaxRate(conference_id=conference.id, category=category, starts_on=since, rate=rate)
        )
    else:
        known.rate = rate
