"""Who issues the invoices of an edition, as the treasurer says it."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass

from flask_babel import gettext as _

from cfp.billing import queries
from cfp.billing.described.values import country
from cfp.billing.models import Seller
from cfp.billing.printed.logo import embedded
from cfp.billing.service.account import set_account
from cfp.billing.service.speaking import in_words
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused


@dataclass(frozen=True)
class Details:
    """Everything about the seller but the logo."""

    name: str
    street: str
    street2: str
    postcode: str
    city: str
    country: str
    vat_id: str
    tax_number: str
    register: str
    contact: str
    phone: str
    email: str
    iban: str
    bic: str
    account_holder: str
    small_business: bool
    net_days: int
    prefix: str
    reminds: bool


def find_seller(conference: Conference) -> Seller | None:
    found: Seller | None = db.session.scalar(queries.seller(conference.id))
    return found


def describe_seller(conference: Conference, details: Details, logo: bytes = b"") -> Seller:
    """Say who sells. What was issued keeps what it says."""
    values = asdict(details)
    values["country"] = country(details.country) or _refuse(_("This is no country."), "country")
    if not details.vat_id and not details.tax_number:
        raise Refused(_("A VAT id or a tax number is needed."), "tax_number")
    holder, iban, bic = (values.pop(name) for name in ("account_holder", "iban", "bic"))
    set_account(conference, holder=holder, iban=iban, bic=bic)
    seller = find_seller(conference) or Seller(conference=conference)
    for name, value in values.items():
        setattr(seller, name, value)
    if logo:
        with in_words():
            data = embedded(logo).partition(",")[2]
        seller.logo = base64.b64decode(data)
    db.session.add(seller)
    db.session.flush()
    return seller


def _refuse(sentence: str, field: str) -> str:
    raise Refused(sentence, field)
