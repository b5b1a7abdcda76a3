"""Doors with a phone at one of them, for whoever has bought a ticket in an edition of the world."""

from __future__ import annotations

from cfp.conference.models import Conference
from tests.tickets.doors import make_door, make_scanner


def open_the_door(edition: Conference) -> None:
    """A scanner stands at the main entrance; the side entrance has none."""
    make_scanner(edition, make_door(edition))
    make_door(edition, "Side entrance")
