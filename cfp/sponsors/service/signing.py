"""Signing: by a click whose trail is kept, or by a scan that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from flask_babel import gettext as _

from cfp import clock, uploads
from cfp.billing import service as billing
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors.models import Agreement, AgreementState, PaperKind, Signature, SignatureKind
from cfp.sponsors.service import booths, invoicing, logos, payment, printing, vouchers
from cfp.sponsors.service.offers import due_day, free
from cfp.sponsors.wording import fingerprint

MOST_SCAN = 10  # megabytes


@dataclass(frozen=True)
class Signer:
    """Who signs by a click, and from where."""

    name: str
    office: str
    email: str
    address: str
    device: str


def sign(agreement: Agreement, signer: Signer, *, seen: str, at: datetime) -> Agreement:
    """Sign by a click. ``seen`` is the hash of the text that was on the page."""
    signature = Signature(
        kind=SignatureKind.CLICK,
        name=signer.name,
        office=signer.office,
        email=signer.email,
        address=signer.address,
        device=signer.device[:200],
        at=at,
        text_hash=seen,
    )
    return _sign(agreement, signature, by=None, at=at)


def accept_scan(
    agreement: Agreement, scan: bytes, name: str, *, by: Person, at: datetime
) -> Agreement:
    """Somebody sent the agreement signed on paper; we keep the scan and who took it."""
    uploads.take_in(uploads.Sent("scan", scan), {uploads.Sort.PDF}, most=MOST_SCAN, field="scan")
    signature = Signature(
        kind=SignatureKind.SCAN, name=name, at=at, text_hash=agreement.text_hash, taken_by=by
    )
    _sign(agreement, signature, by=by, at=at)
    printing.keep(agreement, PaperKind.SCAN, scan, at)
    return agreement


def _sign(
    agreement: Agreement, signature: Signature, *, by: Person | None, at: datetime
) -> Agreement:
    lock(agreement)
    if agreement.state is AgreementState.OFFERED and clock.is_past(agreement.valid_until, at):
        raise Refused(_("This offer has ended. Please ask for a new one."))
    if not signature.text_hash == agreement.text_hash == fingerprint(agreement.text):
        raise Refused(_("The text is not the one that you saw. Please read it again."))
    agreement.due_on = due_day(agreement, at)
    agreement.move(AgreementState.SIGNED, _("This offer does not stand any more."))
    signature.agreement_id = agreement.id
    db.session.add(signature)
    db.session.flush()
    booths.keep(agreement)
    if agreement.sponsor.logos:
        logos.claim(agreement.sponsor, at)
    _owe(agreement, by=by, at=at)
    invoicing.try_to_ask(agreement, at=at)
    kind, text = signature.kind.value, signature.text_hash
    log("signed", agreement, by=by, at=at, kind=kind, text=text)
    printing.ask_paper(agreement, by=by, at=at)
    payment.settle(agreement, at=at)
    return agreement


def _owe(agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """The price with its tax is owed from now on."""
    sponsor, due = agreement.sponsor, agreement.due_on
    end = (
        None
        if due is None
        else clock.from_wall(datetime.combine(due, time(23, 59, 59)), agreement.conference.timezone)
    )
    receivable = billing.open_receivable(agreement.conference, sponsor.party, at, due_at=end)
    agreement.receivable = receivable
    if agreement.gross_cents:
        why = f"Agreement {agreement.code}"
        billing.charge(receivable, agreement.gross_cents, at, why=why, by=by)
    db.session.flush()


def cancel(agreement: Agreement, why: str, *, by: Person, at: datetime) -> None:
    """Both sides let go of a signed agreement: what is still owed is credited."""
    lock(agreement)
    agreement.move(AgreementState.CANCELLED, _("Only a signed agreement can be cancelled."))
    receivable = agreement.receivable
    if receivable is not None and agreement.gross_cents:
        billing.credit(receivable, agreement.gross_cents, at, why=why, by=by)
    invoicing.take_back(agreement, why, by=by, at=at)
    vouchers.withdraw(agreement, at)
    free(agreement, by=by, at=at)
    log("cancelled", agreement, by=by, at=at, why=why)
