"""The entry for one's calendar that comes with the tickets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cfp.tickets.links import order_link
from cfp.tickets.models import Order

PRODUCT = "-//Callboard//Tickets//EN"


def spans(days: list[date]) -> list[tuple[date, date]]:
    """Days that follow each other as one entry: (first, last) of each stretch."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] + timedelta(days=1) == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def days_of(order: Order) -> list[date]:
    """The days that the tickets of an order are for."""
    days: set[date] = set()
    for ticket in order.live:
        days.update(map(date.fromisoformat, ticket.product.days))
        if not ticket.product.days and ticket.belongs_to_id is None:
            days.update(order.conference.days)
    return sorted(days)


def calendar_of(order: Order, at: datetime) -> bytes:
    """Whole days: hours stand in the schedule. The same order gives the same UIDs, always."""
    from icalendar import Calendar, Event  # noqa: PLC0415  (two megabytes for one download)

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for first, last in spans(days_of(order)):
        event = Event()
        event.add("uid", f"{order.code}-{first:%Y%m%d}@{order.conference.slug}.callboard")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", order.conference.name)
        event.add("url", order_link(order))
        event.add("transp", "OPAQUE")
        if place := ", ".join(filter(None, (order.conference.venue, order.conference.city))):
            event.add("location", place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
