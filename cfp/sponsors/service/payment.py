"""What the ledger says of an agreement: paid, and so its benefits may be given; or not any more."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.billing import service as billing
from cfp.billing.models import EntryKind, Method
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries
from cfp.sponsors.models import AGREED, Agreement, AgreementState, Gift
from cfp.sponsors.service import vouchers


def settle(agreement: Agreement, *, at: datetime) -> None:
    """Let the state say what the ledger says. The agreement is locked by whoever calls."""
    receivable = agreement.receivable
    if receivable is None or agreement.state not in AGREED:
        return
    is_paid = receivable.balance.cents <= 0
    if is_paid and agreement.state is AgreementState.SIGNED:
        agreement.move(AgreementState.PAID, "")
        agreement.paid_at = at
        _release(agreement, at)
        vouchers.reopen(agreement)
        log("paid", agreement, by=None, at=at)
    elif not is_paid and agreement.state is AgreementState.PAID:
        agreement.move(AgreementState.SIGNED, "")
        agreement.paid_at = None
        _release(agreement, None)
        vouchers.close(agreement, at)
        log("not paid any more", agreement, by=None, at=at)


def _release(agreement: Agreement, at: datetime | None) -> None:
    """What has not shipped waits for the money; what somebody released early stays so."""
    for benefit in db.session.scalars(queries.unshipped(agreement)):
        if not benefit.early_why:
            benefit.released_at = at
    db.session.flush()


def settle_due(at: datetime) -> int:
    """Agreements whose money came, or went back, by a bank statement."""
    done = 0
    for agreement_id in db.session.scalars(queries.to_settle()).all():
        agreement = db.session.get_one(Agreement, agreement_id)
        lock(agreement)
        settle(agreement, at=at)
        db.session.flush()
        done += 1
    return done


def receive_gift(gift: Gift, invoice_number: str, *, by: Person, at: datetime) -> None:
    """What the sponsor gives in kind has arrived, with its invoice: it pays its value."""
    agreement = gift.agreement
    lock(agreement)
    if agreement.receivable is None or agreement.state not in AGREED:
        raise Refused(_("Only a signed agreement can be paid in kind."))
    if gift.received_at is not None:
        return
    gift.received_at, gift.invoice_number = at, invoice_number
    billing.move_money(
        agreement.receivable,
        EntryKind.PAYMENT,
        gift.cents,
        Method.BARTER,
        at,
        source=f"gift:{gift.id}",
        why=gift.what,
        by=by,
    )
    log("received in kind", agreement, by=by, at=at, what=gift.what, cents=gift.cents)
    settle(agreement, at=at)
