"""We write the invoice for what a supplier gave us, in its name: self-billing (Gutschrift)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from cfp import clock
from cfp.billing import kept
from cfp.billing.bundle import checked
from cfp.billing.document import Document, Kind, Line, Means, Party, Payment, References
from cfp.billing.models import Draft, Receivable
from cfp.billing.service.asking import UNNUMBERED, asked_before, get_seller, put_in_line
from cfp.billing.service.speaking import in_words
from cfp.errors import Refused
from cfp.people.models import Person


@dataclass(frozen=True)
class Supplied:
    """What was given to us, by whom and when, and what it is set off against."""

    supplier: Party
    what: str
    cents: int  # with its tax
    rate: Decimal  # percent; 0 of a small business
    on: date
    language: str
    contract: str
    set_off: str


def ask_self_billed(
    receivable: Receivable, given: Supplied, at: datetime, *, by: Person | None, source: str
) -> Draft:
    """Ask for the document by which we bill ourselves (type 389); nothing of it is to be paid.

    Both must have agreed to it (UStG sec. 14 (2)), and only a supplier in the country of ours is
    billed so: what comes from elsewhere is taxed by rules that we do not know.
    """
    known, name = asked_before(source)
    if known is not None:
        return known
    ours = get_seller(receivable.conference_id)
    if given.supplier.country != ours.country:
        raise Refused(
            _(
                "Only a supplier in our own country can be billed by us. What comes from abroad "
                "we have to tax ourselves (sec. 13b UStG): please ask the supplier for an invoice."
            )
        )
    taxed = Line(given.what, Decimal(1), _amount(given.cents), given.rate, gross=True)
    document = Document(
        number=UNNUMBERED,
        kind=Kind.SELF_BILLED,
        issued=clock.local(at, receivable.conference.timezone).date(),
        seller=given.supplier,
        buyer=replace(ours.party, business=True),
        lines=(taxed if given.rate else replace(taxed, category="E"),),
        currency=receivable.currency,
        language=given.language,
        prepaid=_amount(given.cents),
        prepaid_note=given.set_off,
        supplied=given.on,
        payment=Payment(means=Means.BARTER),
        references=References(contract=given.contract),
        small_business=not given.rate,
    )
    with in_words():
        checked(document)
    draft = Draft(
        conference_id=receivable.conference_id,
        receivable=receivable,
        self_billed=True,
        source=name,
        content=kept.stored(document),
        asked_at=at,
        by=by,
    )
    return put_in_line(draft, at, by)


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
