"""What the box office keeps of somebody who is erased; it knows them by their address alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.erasing import ERASED, Fate, Line, forgets
from cfp.people.models import Person
from cfp.tickets.models import (
    Entitlement,
    Order,
    Printout,
    Ticket,
    Voucher,
    WaitingListEntry,
)
from cfp.tickets.models.orders import OWES

NOBODY = "erased@invalid"  # no letter ever arrives there
NEEDS = {"diet": None, "allergies": "", "access_needs": ""}
PLACE = {"company": "", "street": "", "postcode": "", "city": "", "vat_id": ""}


def _over(at: datetime) -> sa.Select[int]:
    return sa.select(Conference.id).where(Conference.ends_on < at.date())


def _bought(person: Person) -> sa.Select[Order]:
    return sa.select(Order).where(Order.email == person.email)


def _can_go(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Order.conference_id.in_(_over(at)), Order.state.not_in(OWES))


def _count(select: sa.Select[Order]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(select.subquery())) or 0


def _tell(person: Person, at: datetime) -> Iterator[Line]:
    if not person.email:
        return
    bought = _bought(person)
    gone, stays = bought.where(_can_go(at)), bought.where(~_can_go(at))
    yield Line(
        _("Orders of editions that are over"),
        _count(gone),
        Fate.NAMELESS,
        _("What was sold for how much stays in the books; name, address and answers go."),
    )
    yield Line(
        _("Orders that are open, or whose edition is still to come"),
        _count(stays),
        Fate.KEPT,
        _("They are a contract, and your tickets stay valid. Pass them on or cancel them first."),
    )
    yield Line(
        _("Invoices to you"),
        _count(bought.where(Order.receivable_id.is_not(None))),
        Fate.KEPT,
        _("Tax law makes the organisers keep invoices and payments for years, unchanged."),
    )
    waiting = sa.select(sa.func.count()).where(WaitingListEntry.email == person.email)
    yield Line(_("Places on waiting lists"), db.session.scalar(waiting) or 0)


def _forget(person: Person, at: datetime) -> None:
    due = sa.select(Entitlement.voucher_id).where(Entitlement.person_id == person.id)
    db.session.execute(sa.update(Voucher).where(Voucher.id.in_(due)).values(owner=ERASED))
    if not person.email:
        return
    gone = list(db.session.scalars(_bought(person).where(_can_go(at))))
    numbers = [order.id for order in gone]
    for order in gone:
        order.name, order.email, order.buyer_reference = "", NOBODY, ""
        for name, nothing in PLACE.items():
            setattr(order, name, nothing)
    db.session.flush()
    db.session.execute(sa.delete(Printout).where(Printout.order_id.in_(numbers)))
    mine = sa.and_(Ticket.email == person.email, Ticket.conference_id.in_(_over(at)))
    theirs = sa.and_(Ticket.order_id.in_(numbers), Ticket.name == person.name)
    db.session.execute(
        sa.update(Ticket).where(sa.or_(mine, theirs)).values(name="", email="", company="", **NEEDS)
    )
    left = sa.delete(WaitingListEntry).where(
        WaitingListEntry.email == person.email, WaitingListEntry.order_id.is_(None)
    )
    db.session.execute(left)
    nobody = sa.update(WaitingListEntry).where(WaitingListEntry.email == person.email)
    db.session.execute(nobody.values(name="", email=""))


forgets(_tell, _forget)
