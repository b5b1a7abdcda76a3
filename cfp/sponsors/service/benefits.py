"""Promises are kept step by step: claimed, scheduled, delivered, proven; none before the money."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from cfp import clock
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors.models import AGREED, Benefit, BenefitState


def claim(benefit: Benefit, what: str, *, by: Person | None, at: datetime) -> None:
    """The sponsor says what it wants; by its day, unless an organiser enters it."""
    _open(benefit)
    if by is None and clock.is_past(benefit.claim_by, at):
        raise Refused(_("This was to be claimed earlier. Please write to us."), field="claim")
    if benefit.state is not BenefitState.CLAIMED:
        sentence = _("This is arranged already. Please write to us about changes.")
        if benefit.state is not BenefitState.PROMISED:
            raise Refused(sentence, field="claim")
        benefit.move(BenefitState.CLAIMED, sentence)
    benefit.claim, benefit.claimed_at = what, at
    _said("claimed", benefit, by, at)


def schedule(benefit: Benefit, day: date, *, by: Person, at: datetime) -> None:
    """It has a day on which it will be given; another day can be set until then."""
    _open(benefit)
    if benefit.state is not BenefitState.SCHEDULED:
        if benefit.state is BenefitState.DELIVERED:
            raise Refused(_("This was delivered already."))
        benefit.move(BenefitState.SCHEDULED, _("This was delivered already."))
    benefit.planned_for = day
    _said("scheduled", benefit, by, at, day=day.isoformat())


def deliver(benefit: Benefit, *, by: Person | None, at: datetime) -> None:
    """It was given. Refused before the money has come, unless somebody wrote why it goes early."""
    _open(benefit)
    if benefit.released_at is None:
        raise Refused(
            _(
                "%(sponsor)s has not paid yet. Whoever gives it all the same writes why.",
                sponsor=benefit.agreement.sponsor.name,
            )
        )
    benefit.move(BenefitState.DELIVERED, _("This was delivered already."))
    benefit.delivered_at = at
    _said("delivered", benefit, by, at)


def take_back(benefit: Benefit, *, by: Person, at: datetime) -> None:
    """It was not delivered after all: somebody pressed too soon."""
    _open(benefit)
    if benefit.state is not BenefitState.DELIVERED:
        raise Refused(_("Only what was delivered and is not proven can be taken back."))
    benefit.move(BenefitState.SCHEDULED, "")
    benefit.delivered_at = None
    _said("not delivered after all", benefit, by, at)


def prove(benefit: Benefit, proof: str, *, by: Person, at: datetime) -> None:
    """What shows that it was given: a link, a number, a sentence. It goes into the report."""
    _open(benefit)
    if not proof:
        raise Refused(_("Please say what proves it."), field="proof")
    if benefit.state is BenefitState.PROVEN:
        benefit.proof = proof
    else:
        benefit.proof = proof
        benefit.move(BenefitState.PROVEN, _("Only what was delivered can be proven."))
    _said("proven", benefit, by, at)


def release_early(benefit: Benefit, why: str, *, by: Person, at: datetime) -> None:
    """Give it before the money has come, or leave it after that was taken back; why is kept."""
    _open(benefit)
    if not why:
        raise Refused(_("Please write why this is given before it is paid."), field="why")
    if not benefit.is_covered:
        benefit.released_at = benefit.released_at or at
        benefit.early_why, benefit.early_by = why, by
        _said("released early", benefit, by, at, why=why)


def postpone_claim(
    benefit: Benefit, claim_by: datetime | None, *, by: Person, at: datetime
) -> None:
    """Another day until which it can be claimed."""
    _open(benefit)
    benefit.claim_by = claim_by
    _said("set the day to claim by", benefit, by, at)


def _open(benefit: Benefit) -> None:
    """Nobody else changes it meanwhile, and its agreement stands."""
    lock(benefit)
    if benefit.agreement.state not in AGREED:
        raise Refused(_("Benefits come from a signed agreement."))


def _said(what: str, benefit: Benefit, by: Person | None, at: datetime, **more: str) -> None:
    db.session.flush()
    conference = benefit.agreement.conference_id
    log(what, benefit, by=by, at=at, conference_id=conference, benefit=benefit.name, **more)
