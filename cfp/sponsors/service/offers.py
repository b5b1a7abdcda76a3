"""Offers: a place in a level until a day, with a text that says everything and does not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.billing.service.selling import find_seller
from cfp.billing.terms import due_date
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries, terms, wording
from cfp.sponsors.models import Agreement, AgreementState, Benefit, Gift, Level, Sponsor
from cfp.sponsors.service import booths, places
from cfp.sponsors.service.printing import ask_paper
from cfp.sponsors.service.settings import Wish, sponsoring_of
from cfp.sponsors.service.words import Deal, words


@dataclass(frozen=True)
class Terms:
    """What is offered, where it differs from the level: None is what the level says."""

    net_cents: int | None = None
    net_days: int | None = None
    valid_until: datetime | None = None
    promises: Sequence[Wish] | None = None
    gifts: Sequence[tuple[str, int]] = ()  # what the sponsor gives in kind, and its value


def offer(
    sponsor: Sponsor, level: Level, wanted: Terms, *, by: Person | None, at: datetime
) -> Agreement:
    """Offer a level to a sponsor, and keep its place until the offer's day.

    Raises :class:`places.LevelFull` or :class:`places.OthersFirst`.
    """
    if sponsor.conference_id != level.conference_id:
        raise Refused(_("This level is of another edition."))
    if not (sponsor.street and sponsor.city):
        raise Refused(_("An agreement needs the sponsor's address: street and city."))
    if db.session.scalars(queries.open_agreement(sponsor)).first() is not None:
        raise Refused(_("This sponsor has an offer or agreement already."))
    places.take(level, sponsor)
    agreement = _written(sponsor, level, wanted, at)
    agreement.offered_by = by
    try:
        with db.session.begin_nested():
            db.session.add(agreement)
            db.session.flush()
    except IntegrityError:  # two who offer at the same moment
        raise Refused(_("This sponsor has an offer or agreement already.")) from None
    for number, wish in enumerate(_promises(level, wanted)):
        db.session.add(
            Benefit(
                agreement_id=agreement.id,
                kind=wish.kind,
                name=wish.name,
                quantity=wish.quantity,
                claim_by=wish.claim_by,
                position=number,
            )
        )
    db.session.flush()
    log("offered", agreement, by=by, at=at, sponsor=sponsor.name, level=level.name)
    ask_paper(agreement, by=by, at=at)
    return agreement


def _promises(level: Level, wanted: Terms) -> Sequence[Wish]:
    if wanted.promises is not None:
        return wanted.promises
    return [Wish(p.kind, p.name, p.quantity, p.claim_by) for p in level.promises]


def _written(sponsor: Sponsor, level: Level, wanted: Terms, at: datetime) -> Agreement:
    plan, conference = sponsoring_of(sponsor.conference), sponsor.conference
    net = level.price(at) if wanted.net_cents is None else wanted.net_cents
    seller = find_seller(conference)
    small = seller is not None and seller.small_business
    price = terms.price(net, plan.tax_rate, sponsor.country, sponsor.vat_id, small=small)
    until = wanted.valid_until or at + timedelta(days=plan.offer_days)
    if until <= at:
        raise Refused(_("An offer has to stand for a while."), field="valid_until")
    net_days = plan.net_days if wanted.net_days is None else wanted.net_days
    template = plan.agreement_text or wording.usual(sponsor.language)
    deal = Deal(
        sponsor=sponsor,
        level=level.name,
        price=price,
        net_days=net_days,
        promises=_promises(level, wanted),
        gifts=wanted.gifts,
        last_day=terms.latest(conference.starts_on),
        valid_until=clock.local(until, conference.timezone).date(),
    )
    text = wording.fill(template, words(deal, sponsor.language))
    return Agreement(
        conference_id=conference.id,
        sponsor=sponsor,
        level=level,
        net_cents=price.net_cents,
        tax_cents=price.tax_cents,
        tax_category=price.category,
        tax_rate=price.rate,
        net_days=net_days,
        text=text,
        text_hash=wording.fingerprint(text),
        offered_at=at,
        valid_until=until,
        gifts=[Gift(what=what, cents=cents) for what, cents in wanted.gifts],
    )


def due_day(agreement: Agreement, signed: datetime) -> date:
    """When it has to be paid, if it is signed at that moment."""
    conference = agreement.conference
    day = clock.local(signed, conference.timezone).date()
    return due_date(day, conference.starts_on, agreement.net_days)


def decline(agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """The sponsor says no."""
    sentence = _("This offer does not stand any more.")
    _end(agreement, AgreementState.DECLINED, sentence, by=by, at=at)


def withdraw(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """We take the offer back."""
    sentence = _("Only an offer that stands can be withdrawn.")
    _end(agreement, AgreementState.WITHDRAWN, sentence, by=by, at=at)


def lapse_due(at: datetime) -> int:
    """Offers whose day has passed give their places back."""
    done = 0
    for agreement_id in db.session.scalars(queries.lapsing(at)).all():
        agreement = db.session.get_one(Agreement, agreement_id)
        lock(agreement)
        if agreement.state is AgreementState.OFFERED and clock.is_past(agreement.valid_until, at):
            _end(agreement, AgreementState.LAPSED, "", by=None, at=at)
            done += 1
    return done


def _end(
    agreement: Agreement, to: AgreementState, sentence: str, *, by: Person | None, at: datetime
) -> None:
    lock(agreement)
    agreement.move(to, sentence)
    free(agreement, by=by, at=at)
    log(to.value, agreement, by=by, at=at)


def free(agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """What an agreement that has ended took is there for others."""
    agreement.ended_at = at
    places.give_back(agreement.level)
    booths.release(agreement, by=by, at=at)
