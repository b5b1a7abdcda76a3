"""Whoever lost the link to an order has it sent again, to the address of the order alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db, in_any_case
from cfp.people import service as people
from cfp.tickets.models import SOLD, Order
from cfp.tickets.service import letters
from cfp.tickets.service.locking import lock

MOST, WITHIN = 10, timedelta(minutes=15)


def send_again(conference: Conference, email: str, network: str, *, at: datetime) -> None:
    """Post the links of all orders of an address; refused when it was tried too often."""
    for key in (f"tickets link {email}", f"tickets link {network}"):
        people.check_attempts(key, most=MOST, within=WITHIN, at=at)
    keys = [f"tickets link {email}", f"tickets link {network}"]
    in_any_case(lambda: people.remember_attempts(keys, at))
    found = db.session.scalars(
        sa.select(Order)
        .where(Order.conference_id == conference.id, Order.email == email, Order.state.in_(SOLD))
        .order_by(Order.id)
    )
    for order in found.all():
        letters.link_again(lock(order), at)  # of two clicks in one moment the second is no letter
