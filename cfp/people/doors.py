"""A door that is tried too often stays shut for a while: by address, and by network."""

from __future__ import annotations

from datetime import timedelta

from flask import request

from cfp import clock, db
from cfp.people import service


def guard(door: str, address: str = "", *, most: int) -> None:
    """Refuse when this door was tried too often for this address or from this network."""
    window, at = timedelta(minutes=15), clock.now()
    network, person = f"{door}:net:{request.remote_addr}", f"{door}:{address}"
    service.check_attempts(network, most=most * 10, within=window, at=at)
    if address:
        service.check_attempts(person, most=most, within=window, at=at)
    db.in_any_case(lambda: service.remember_attempts([network, person], at))
