"""Who is admitted, class by class: tickets held, codes still open, and who said that they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from cfp.catering.forecast.channels import Channel
from cfp.catering.forecast.noshow import Attendance, TicketClass, learnt
from cfp.catering.models import Kitchen
from cfp.catering.sales import SoldEdition
from cfp.catering.sold import Sale

YEAR = 365.25
CLAIMED_LEAD = 20.0  # days before the doors at which codes are claimed on average


def admitted(
    kitchen: Kitchen,
    until: Sequence[Sale],
    past: Sequence[SoldEdition],
    doors: date,
    zone: ZoneInfo,
    due: int,
    *,
    lapsed: bool,
) -> tuple[Channel, ...]:
    """Tickets as they stand, and the people who come without one.

    ``due`` are the codes of the shop that can still be claimed, ``lapsed``: others no longer can.
    """
    groups: dict[tuple[TicketClass, tuple[date, ...]], list[Sale]] = {}
    for kind in TicketClass:
        groups[kind, ()] = []
    for sale in until:
        groups.setdefault((sale.kind, sale.days), []).append(sale)
    others = {
        TicketClass.CODE: kitchen.codes_claimed,
        TicketClass.CREW: kitchen.crew,
        TicketClass.SPEAKER: kitchen.speakers,
    }
    found = []
    for (kind, days), sold in groups.items():
        held = len(sold) if days else max(len(sold), others.get(kind, 0))
        leads = tuple(_leads(sold, doors, zone))
        if held and not leads:
            leads = ((held, CLAIMED_LEAD),) if kind is TicketClass.CODE else ()
        is_open = kind is TicketClass.CODE and not days
        unclaimed = max(due, 0 if lapsed else kitchen.codes - held) if is_open else 0
        rate = learnt(kind, [a for one in past if (a := _attendance(one, kind, doors))])
        if held or unclaimed or kind is TicketClass.PAID:
            only = frozenset((day - doors).days for day in days)
            found.append(Channel(kind, held, unclaimed, leads, absence=rate, days=only))
    return _answered(kitchen, found)


def _answered(kitchen: Kitchen, channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """What was answered to the mail is known of the largest group of those who paid."""
    if not kitchen.will_come + kitchen.stay_away:
        return tuple(channels)
    paid = max((one for one in channels if one.kind is TicketClass.PAID), key=lambda one: one.held)
    away = min(paid.held, kitchen.stay_away)
    come = min(paid.held - away, kitchen.will_come)
    known = replace(paid, asked=True, declined=away, confirmed=come)
    return tuple(known if one is paid else one for one in channels)


def _leads(sold: Sequence[Sale], doors: date, zone: ZoneInfo) -> list[tuple[int, float]]:
    """(tickets, days before the doors) by week of purchase."""
    weeks: dict[int, int] = {}
    for sale in sold:
        week = max(0, (doors - sale.ordered_at.astimezone(zone).date()).days) // 7
        weeks[week] = weeks.get(week, 0) + 1
    return [(count, week * 7 + 3.5) for week, count in sorted(weeks.items())]


def _attendance(one: SoldEdition, kind: TicketClass, doors: date) -> Attendance | None:
    """Who of this class stayed away, where somebody counted at the door."""
    seen = [sale.came for sale in one.sales if sale.kind is kind and sale.came is not None]
    if not any(sale.came for sale in one.sales):
        return None  # a list on which nobody came is a list that nobody kept
    age = (doors - one.starts_on).days / YEAR
    return Attendance(len(seen), sum(not came for came in seen), age) if seen else None
