"""When an invoice is payable."""

from __future__ import annotations

from datetime import date, timedelta

BEFORE_DOORS = timedelta(days=5)


def due_date(issued: date, doors: date, net_days: int) -> date:
    """The earlier of the net term and five days before doors; at once if they are that near.

    After the doors have opened the net term counts alone.
    """
    net = issued + timedelta(days=net_days)
    if issued > doors:
        return net
    return max(issued, min(net, doors - BEFORE_DOORS))
