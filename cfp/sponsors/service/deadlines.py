"""What a sponsor has to do until when, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from cfp import clock
from cfp.sponsors.models import Agreement, AgreementState, Benefit, BenefitKind, BenefitState


@dataclass(frozen=True)
class Deadline:
    """Something to do, its last moment, and whether it has passed."""

    until: datetime
    what: str
    is_over: bool


def deadlines(agreement: Agreement, benefits: Sequence[Benefit], at: datetime) -> list[Deadline]:
    """Sign, pay, choose, send, claim: whatever is still open."""
    found = [Deadline(*each, clock.is_past(each[0], at)) for each in _open(agreement, benefits)]
    return sorted(found, key=lambda one: one.until)


def _open(agreement: Agreement, benefits: Sequence[Benefit]) -> Iterable[tuple[datetime, str]]:
    if agreement.state is AgreementState.OFFERED:
        yield agreement.valid_until, _("Sign the agreement")
        return
    owed = agreement.receivable
    if owed is not None and owed.due_at is not None and owed.balance.cents > 0:
        yield owed.due_at, _("Pay the invoice")
    for one in benefits:
        if one.claim_by is not None and is_asked_for(one):
            yield one.claim_by, _wish(one)


@dataclass(frozen=True)
class Ahead:
    """A benefit that is open, and the day on which it is to be claimed or given."""

    benefit: Benefit
    day: date


def ahead(benefits: Iterable[Benefit], zone: str) -> list[Ahead]:
    """What organisers wait for and have to do, the nearest first."""
    found = []
    for one in benefits:
        if one.state is BenefitState.SCHEDULED and one.planned_for is not None:
            found.append(Ahead(one, one.planned_for))
        elif is_asked_for(one) and one.claim_by is not None:
            found.append(Ahead(one, clock.local(one.claim_by, zone).date()))
    return sorted(found, key=lambda each: (each.day, each.benefit.id))


def is_asked_for(benefit: Benefit) -> bool:
    """Whether the sponsor has to say something first; tickets come by themselves."""
    return benefit.state is BenefitState.PROMISED and benefit.kind is not BenefitKind.TICKETS


def _wish(benefit: Benefit) -> str:
    if benefit.kind is BenefitKind.LOGO:
        return str(_("Send the logo"))
    if benefit.kind is BenefitKind.BOOTH:
        return str(_("Choose the booth"))
    return str(_("Say what you want of: %(name)s", name=benefit.name))
