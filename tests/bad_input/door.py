"""A door with a phone at it, and somebody with a ticket, in an edition of the world."""

from __future__ import annotations

from cfp.conference.models import Conference
from tests.tickets.doors import make_door, make_holder, make_scanner
from tests.tickets.selling import make_product


def open_the_door(edition: Conference) -> None:
    """One ticket is sold; a scanner stands at the main entrance and another is at hand."""
    make_holder(edition, make_product(edition, name="At the door"))
    make_scanner(edition, make_door(edition))
    make_door(edition, "Side entrance")
