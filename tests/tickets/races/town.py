"""Where the race is run: little stock, many who want it, prices that end, vouchers, a queue."""

from __future__ import annotations

from cfp.conference.models import Conference
from cfp.db import transaction
from cfp.tickets.models import ProductKind
from cfp.tickets.service import waiting
from cfp.tickets.service.basket import Chosen
from tests.make import make_conference, make_person
from tests.tickets.selling import NOW, make_product, make_quota, make_shop, make_voucher


def build() -> None:
    """Two products share a hall of 16; a third has five seats; a workshop has three."""
    with transaction():
        edition: Conference = make_shop(make_conference(slug="town"))
        make_person("Olga")
        hall, room = make_quota(edition, 16), make_quota(edition, 5, "Room")
        early = [("Early", 9900, None, 7), ("Regular", 19_900, None, None)]
        make_product(edition, hall, name="Regular", tiers=early)
        make_product(edition, hall, name="Cheap", tiers=[("Cheap", 5000, None, 12)])
        small = make_product(edition, hall, room, name="Small", tiers=[("Small", 7000, None, None)])
        seats, kind = make_quota(edition, 3, "Seats"), ProductKind.WORKSHOP
        make_product(edition, seats, name="Workshop", kind=kind, tiers=[("One", 4000, None, None)])
        make_voucher(edition, "HALF", at_most=4)
        for n in range(3):
            who = {"name": f"Waiter {n}", "email": f"waiter{n}@example.org", "language": "en"}
            waiting.join(edition, Chosen(small.id, 1 + n % 2), at=NOW, **who)
