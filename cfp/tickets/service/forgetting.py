"""What people told us about food and health, and who waited, is forgotten after a month."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.models import Order, OrderState, Ticket, WaitingListEntry

AFTER = timedelta(days=30)
ABANDONED = timedelta(days=7)


def forget_needs(at: datetime) -> int:
    """Diets, allergies and access needs of conferences that ended a month ago; how many had any."""
    over = sa.select(Conference.id).where(Conference.ends_on < (at - AFTER).date())
    told = sa.or_(Ticket.diet.is_not(None), Ticket.allergies != "", Ticket.access_needs != "")
    done: Any = db.session.execute(
        sa.update(Ticket)
        .where(Ticket.conference_id.in_(over), told)
        .values(diet=None, allergies="", access_needs="")
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def forget_who_waited(at: datetime) -> int:
    """Names and mails on the waiting lists of conferences that ended a month ago."""
    over = sa.select(Conference.id).where(Conference.ends_on < (at - AFTER).date())
    done: Any = db.session.execute(
        sa.update(WaitingListEntry)
        .where(WaitingListEntry.conference_id.in_(over), WaitingListEntry.email != "")
        .values(name="", email="")
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def forget_abandoned(at: datetime) -> int:
    """Names and mails of those who never bought; a week after their places came back."""
    left = sa.select(Order.id).where(
        Order.state == OrderState.EXPIRED,
        Order.placed_at.is_(None),
        Order.gone_at < at - ABANDONED,
    )
    known = sa.or_(Ticket.name != "", Ticket.email != "")
    done: Any = db.session.execute(
        sa.update(Ticket)
        .where(Ticket.order_id.in_(left), known)
        .values(name="", email="", company="", diet=None, allergies="", access_needs="")
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        sa.update(Order)
        .where(Order.id.in_(left), Order.email != "")
        .values(name="", email="", company="", street="", postcode="", city="", vat_id="")
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
