"""The terms on which an edition takes sponsors, and its levels with what each promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.display import said
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries, wording
from cfp.sponsors.models import BenefitKind, Booth, Level, Promise, Sponsoring
from cfp.sponsors.service import places


@dataclass(frozen=True)
class Wish:
    """One benefit as it is promised: in a level, or as somebody negotiated it."""

    kind: BenefitKind
    name: str
    quantity: int = 1
    claim_by: datetime | None = None


def sponsoring_of(conference: Conference) -> Sponsoring:
    """The terms of the edition; the usual ones when nobody has said other ones yet."""
    found = db.session.scalar(queries.sponsoring(conference))
    if found is not None:
        return found
    made = Sponsoring(conference_id=conference.id)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:  # two who came first at once
        return db.session.scalars(queries.sponsoring(conference)).one()
    return made


def write_agreement(plan: Sponsoring, text: str) -> None:
    """Another text for the agreements to come; empty is the usual one."""
    wrong = wording.wrong(text) if text else None
    if wrong:
        raise Refused(said(wrong), field="agreement_text")
    plan.agreement_text = text


@dataclass(frozen=True)
class PlanTerms:
    """On which terms sponsors are taken; the plan's size in decimetres."""

    is_open: bool
    pitch: str
    agreement_text: str
    net_days: int
    offer_days: int
    ticket_product_id: int | None
    plan_width: int
    plan_height: int


def set_terms(conference: Conference, terms: PlanTerms, *, by: Person, at: datetime) -> Sponsoring:
    """Other terms from now on; offers that were made keep theirs, and booths their places."""
    plan = sponsoring_of(conference)
    lock(plan)
    write_agreement(plan, terms.agreement_text)
    for booth in db.session.scalars(queries.booths(conference)):
        if booth.x + booth.width > terms.plan_width or booth.y + booth.height > terms.plan_height:
            sentence = _("Booth %(label)s would stand outside of the plan.", label=booth.label)
            raise Refused(sentence, field="plan_width")
    for name, value in vars(terms).items():
        setattr(plan, name, value)
    db.session.flush()
    log("set the terms of sponsoring", plan, by=by, at=at, is_open=terms.is_open)
    return plan


@dataclass(frozen=True)
class LevelTerms:
    """A level as the organisers want it; ``early`` is a price and its last moment."""

    name: str
    cents: int
    cap: int | None = None
    early: tuple[int, datetime] | None = None
    description: str = ""
    promises: Sequence[Wish] = ()


def set_level(
    conference: Conference,
    level: Level | None,
    terms: LevelTerms,
    *,
    by: Person | None,
    at: datetime,
) -> Level:
    """A new level, or other terms for one; agreements that stand keep what they say."""
    _check_level(conference, level, terms)
    is_new = level is None
    if level is None:
        count = sa.select(sa.func.count()).where(Level.conference_id == conference.id)
        level = Level(conference_id=conference.id, cap=terms.cap)
        level.position = db.session.scalar(count) or 0
        level.taken = 0
    level.name, level.cents, level.description = terms.name, terms.cents, terms.description
    level.early_cents, level.early_until = terms.early or (None, None)
    level.promises = [
        Promise(
            kind=wish.kind,
            name=wish.name,
            quantity=wish.quantity,
            claim_by=wish.claim_by,
            position=number,
        )
        for number, wish in enumerate(terms.promises)
    ]
    db.session.add(level)
    db.session.flush()
    if not is_new:
        places.resize(level, terms.cap)
    log("set a level", level, by=by, at=at, name=terms.name, cents=terms.cents, cap=terms.cap)
    return level


def _check_level(conference: Conference, level: Level | None, terms: LevelTerms) -> None:
    same = sa.select(Level.id).where(Level.conference_id == conference.id, Level.name == terms.name)
    if level is not None:
        same = same.where(Level.id != level.id)
    if db.session.scalar(same) is not None:
        raise Refused(_("There is a level of this name already."), field="name")
    if terms.early and terms.early[0] > terms.cents:
        raise Refused(_("The early price is above the regular one."), field="early_cents")


def remove_level(level: Level, *, by: Person, at: datetime) -> None:
    """A level in which nobody ever was goes; any other stays."""
    drawn = sa.select(Booth.id).where(Booth.level_id == level.id).limit(1)
    if db.session.scalar(queries.offered_of(level)) is not None:
        raise Refused(_("Offers of this level were made. Set its cap to 0 to offer no more."))
    if db.session.scalar(drawn) is not None:
        raise Refused(_("Booths of the plan are for this level."))
    log("removed a level", level, by=by, at=at, name=level.name)
    db.session.delete(level)
    db.session.flush()


def usual() -> Sponsoring:
    """The terms of an edition for which nobody has said any; not kept."""
    return Sponsoring(
        is_open=False,
        pitch="",
        agreement_text="",
        net_days=30,
        offer_days=14,
        plan_width=200,
        plan_height=120,
    )
