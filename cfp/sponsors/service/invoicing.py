"""The documents of an agreement: our invoice over it, and theirs where we write it for them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.billing import queries as billing_queries
from cfp.billing import service as billing
from cfp.billing.document import Line, Means, Party, References
from cfp.billing.models import Draft
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.sponsors.models import Agreement, Gift, Sponsor


def source_of(agreement: Agreement) -> str:
    return f"agreement:{agreement.id}"


def ask(agreement: Agreement, *, by: Person | None, at: datetime) -> Draft | None:
    """Ask for the invoice; however often, it is one. Nothing is asked of who owes nothing."""
    if agreement.receivable is None or not agreement.gross_cents:
        return None
    barter = agreement.is_in_kind
    wanted = billing.Wanted(
        buyer=_party(agreement.sponsor),
        lines=(_line(agreement),),
        language=agreement.sponsor.language,
        references=References(buyer=agreement.sponsor.buyer_reference, contract=agreement.code),
        due_on=agreement.due_on,
        means=Means.BARTER if barter else Means.SEPA_TRANSFER,
        prepaid_cents=agreement.gross_cents if barter else 0,
        prepaid_note=_given(agreement) if barter else "",
    )
    return billing.ask_invoice(agreement.receivable, wanted, at, by=by, source=source_of(agreement))


def _given(agreement: Agreement) -> str:
    return ", ".join(gift.what for gift in agreement.gifts)[:200]


def try_to_ask(agreement: Agreement, *, at: datetime) -> Refused | None:
    """Ask if it can be asked for: whoever signs must not be stopped by what we have not filled in.

    What is missing is returned; an organiser reads it and presses again.
    """
    if db.session.scalar(billing_queries.seller(agreement.conference_id)) is None:
        return None
    try:
        with db.session.begin_nested():
            ask(agreement, by=None, at=at)
    except Refused as refused:
        return refused
    return None


def bill_gift(gift: Gift, rate: Decimal, *, by: Person | None, at: datetime) -> Draft:
    """Bill in the sponsor's name what it gave in kind, at its value, with ``rate`` percent tax."""
    agreement = gift.agreement
    if agreement.receivable is None or gift.received_at is None:
        raise Refused(_("Only what has arrived can be billed."))
    if gift.invoice_number:
        raise Refused(_("They have billed it themselves: %(number)s.", number=gift.invoice_number))
    sponsor, zone = agreement.sponsor, agreement.conference.timezone
    with force_locale(sponsor.language):
        set_off = _("Set off against what is owed under agreement %(code)s.", code=agreement.code)
    given = billing.Supplied(
        supplier=_party(sponsor),
        what=gift.what,
        cents=gift.cents,
        rate=rate,
        on=clock.local(gift.received_at, zone).date(),
        language=sponsor.language,
        contract=agreement.code,
        set_off=set_off,
    )
    return billing.ask_self_billed(
        agreement.receivable, given, at, by=by, source=source_of_gift(gift)
    )


def source_of_gift(gift: Gift) -> str:
    return f"gift:{gift.id}"


def drafts_of_gifts(agreement: Agreement) -> dict[int, Draft]:
    """By the number of the gift, what was asked for in the sponsor's name and stands."""
    found = {}
    for gift in agreement.gifts:
        draft, _name = billing.asked_before(source_of_gift(gift))
        if draft is not None:
            found[gift.id] = draft
    return found


def take_back(agreement: Agreement, why: str, *, by: Person | None, at: datetime) -> None:
    """The agreement is cancelled, and so is its invoice: by a document of its own if it is out."""
    draft = db.session.scalar(draft_of(agreement))
    if draft is not None:
        billing.take_back(draft, at, why=why, by=by)


def draft_of(agreement: Agreement) -> sa.Select[Draft]:
    return billing_queries.newest_draft_from(source_of(agreement)).limit(1)


def _party(sponsor: Sponsor) -> Party:
    contact = next((one for one in sponsor.contacts if one.gets_invoices), None)
    return Party(
        name=sponsor.party,
        street=sponsor.street,
        postcode=sponsor.postcode,
        city=sponsor.city,
        country=sponsor.country,
        vat_id=sponsor.vat_id,
        business=True,  # nobody sponsors as a consumer
        contact=contact.name if contact else "",
        email=contact.email if contact else "",
    )


def _line(agreement: Agreement) -> Line:
    conference, level = agreement.conference, agreement.level
    return Line(
        name=f"{conference.name}: {level.name}",
        quantity=Decimal(1),
        price=Decimal(agreement.net_cents).scaleb(-2),
        rate=Decimal(agreement.tax_rate).scaleb(-2),
        category=agreement.tax_category,
    )
