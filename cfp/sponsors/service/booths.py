"""Booths: drawn on the plan by the organisers, and held for one agreement at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries
from cfp.sponsors.models import (
    OPEN,
    Agreement,
    AgreementState,
    Benefit,
    BenefitKind,
    BenefitState,
    Booth,
    Level,
    Sponsoring,
)
from cfp.sponsors.service.settings import sponsoring_of

BOOTH: Any = Booth.__table__


class BoothTaken(Refused):
    """Somebody else holds it."""

    def __init__(self, booth: Booth) -> None:
        super().__init__(
            _("Booth %(label)s has just gone to somebody else.", label=booth.label), field="booth"
        )


def hold(booth: Booth, agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """Hold a booth for this agreement alone, and give back the one it had.

    One conditional UPDATE decides who has it; an agreement holds one booth, as its row is locked
    while it chooses. Until it is signed, the hold ends with the offer.
    """
    lock(agreement)
    if agreement.state not in OPEN:
        raise Refused(_("This agreement does not stand any more."))
    promised = _promise(agreement)
    if promised is None:
        raise Refused(_("No booth was promised in this agreement."))
    with db.session.begin_nested():
        _take(booth, agreement, at)
    if promised.state is BenefitState.PROMISED:
        promised.move(BenefitState.CLAIMED, _("The booth of this agreement is settled."))
    promised.claim, promised.claimed_at = booth.label, at
    db.session.flush()
    log("held a booth", booth, by=by, at=at, agreement=agreement.code)


def _take(booth: Booth, agreement: Agreement, at: datetime) -> None:
    """The old one goes and the new one comes; rows in their order, so nobody waits in a circle."""
    _lock_in_order(booth, agreement)
    _let_go(agreement, but=booth)
    until = agreement.valid_until if agreement.state is AgreementState.OFFERED else None
    free = sa.or_(
        BOOTH.c.agreement_id.is_(None),
        BOOTH.c.agreement_id == agreement.id,
        BOOTH.c.held_until < at,
    )
    fits = sa.or_(BOOTH.c.level_id.is_(None), BOOTH.c.level_id == agreement.level_id)
    same = BOOTH.c.conference_id == agreement.conference_id
    update = sa.update(BOOTH).where(BOOTH.c.id == booth.id, free, fits, same)
    done: Any = db.session.execute(update.values(agreement_id=agreement.id, held_until=until))
    db.session.expire(booth)
    if done.rowcount != 1:
        raise _refusal(booth, agreement)


def _refusal(booth: Booth, agreement: Agreement) -> Refused:
    if booth.level is not None and booth.level_id != agreement.level_id:
        sentence = _(
            "Booth %(label)s is for sponsors of “%(level)s”.",
            label=booth.label,
            level=booth.level.name,
        )
        return Refused(sentence, field="booth")
    return BoothTaken(booth)


def _lock_in_order(booth: Booth, agreement: Agreement) -> None:
    wanted = sa.or_(BOOTH.c.id == booth.id, BOOTH.c.agreement_id == agreement.id)
    rows = sa.select(BOOTH.c.id).where(wanted).order_by(BOOTH.c.id)
    if booth.id not in db.session.scalars(rows.with_for_update()).all():
        raise Refused(_("This booth is not on the plan any more."), field="booth")


def _let_go(agreement: Agreement, but: Booth | None = None) -> None:
    update = sa.update(BOOTH).where(BOOTH.c.agreement_id == agreement.id)
    if but is not None:
        update = update.where(BOOTH.c.id != but.id)
    db.session.execute(update.values(agreement_id=None, held_until=None))
    for known in [thing for thing in db.session.identity_map.values() if isinstance(thing, Booth)]:
        db.session.expire(known)


def release(agreement: Agreement, *, by: Person | None, at: datetime) -> None:
    """The booth of this agreement is free again."""
    _let_go(agreement)
    promised = _promise(agreement)
    if promised is not None and promised.state is BenefitState.CLAIMED:
        promised.move(BenefitState.PROMISED, _("The booth of this agreement is settled."))
        promised.claim, promised.claimed_at = "", None
    db.session.flush()
    log("gave a booth back", agreement, by=by, at=at)


def keep(agreement: Agreement) -> None:
    """The agreement is signed: the hold has no end any more."""
    db.session.execute(
        sa.update(Booth).where(Booth.agreement_id == agreement.id).values(held_until=None)
    )


def _promise(agreement: Agreement) -> Benefit | None:
    wanted = queries.benefits_of(agreement).where(Benefit.kind == BenefitKind.BOOTH)
    return db.session.scalars(wanted).first()


# The plan


@dataclass(frozen=True)
class Place:
    """Where a booth stands, in decimetres."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: Place) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def place_of(booth: Booth) -> Place:
    return Place(booth.x, booth.y, booth.width, booth.height)


def free_place(plan: Sponsoring, known: Iterable[Booth]) -> Place:
    """Where a booth of three by two metres still fits; the upper left corner if nowhere."""
    taken = [place_of(booth) for booth in known]
    for y in range(0, plan.plan_height - 19, 5):
        for x in range(0, plan.plan_width - 29, 5):
            place = Place(x, y, 30, 20)
            if not any(place.meets(other) for other in taken):
                return place
    return Place(0, 0, 30, 20)


@dataclass(frozen=True)
class Drawing:
    """A booth as somebody wants it on the plan; ``level``: for its sponsors alone."""

    label: str
    place: Place
    level: Level | None = None


def draw(
    conference: Conference, booth: Booth | None, drawing: Drawing, *, by: Person, at: datetime
) -> Booth:
    """A new booth, or another place for one; on the plan, and on no other booth."""
    plan = sponsoring_of(conference)
    lock(plan)  # two who draw at once
    place, label = drawing.place, drawing.label
    if booth is not None:
        _check_holder(booth, drawing, at)
    if place.x + place.width > plan.plan_width or place.y + place.height > plan.plan_height:
        raise Refused(_("This reaches beyond the edge of the plan."), field="x")
    for other in db.session.scalars(queries.booths(conference)):
        if other is booth:
            continue
        if other.label == label:
            raise Refused(_("There is a booth %(label)s already.", label=label), field="label")
        if place.meets(place_of(other)):
            raise Refused(_("This stands on booth %(label)s.", label=other.label), field="x")
    booth = booth or Booth(conference_id=conference.id)
    booth.label, booth.level = label, drawing.level
    booth.x, booth.y, booth.width, booth.height = place.x, place.y, place.width, place.height
    db.session.add(booth)
    db.session.flush()
    log("drew a booth", booth, by=by, at=at, label=label)
    return booth


def _check_holder(booth: Booth, drawing: Drawing, at: datetime) -> None:
    """Whoever holds it keeps it: it does not become one for sponsors of another level."""
    lock(booth)
    held, level = is_held(booth, at), drawing.level
    if held and level is not None and booth.agreement and booth.agreement.level_id != level.id:
        sentence = _(
            "%(name)s holds this booth and is no sponsor of “%(level)s”. Give it back first.",
            name=booth.agreement.sponsor.name,
            level=level.name,
        )
        raise Refused(sentence, field="level_id")


def is_held(booth: Booth, at: datetime) -> bool:
    """Whether somebody holds it at that moment; a hold for an offer ends with its last second."""
    return booth.agreement_id is not None and not clock.is_past(booth.held_until, at)


def remove(booth: Booth, *, by: Person, at: datetime) -> None:
    """A booth that somebody holds stays."""
    lock(booth)
    if is_held(booth, at):
        raise Refused(_("Somebody holds this booth. Give it back first."))
    log("removed a booth", booth, by=by, at=at, label=booth.label)
    db.session.delete(booth)
    db.session.flush()
