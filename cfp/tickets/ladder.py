"""The price ladder as a picture, with the day on which the caterer wants to know beside it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask import g
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock, plot
from cfp.plot import Plot
from cfp.tickets.front import Goods
from cfp.tickets.service.shelf import Shelf


def ladder_of(
    goods: list[Goods], shelf: Shelf, at: datetime, *, with_catering: bool = False
) -> Plot | None:
    """The steps of the first admission that has more than one; None when nothing rises."""
    steps = next((one for one in goods if one.is_admission and len(one.rungs) > 1), None)
    if steps is None or shelf.shop is None:
        return None
    zone = g.conference.timezone

    def day(moment: datetime) -> datetime:
        return clock.local(moment, zone).replace(tzinfo=None)

    due = shelf.shop.catering_due_at
    return _drawn(
        _("What “%(name)s” costs, and when", name=steps.product.name),
        tuple(
            plot.Step(rung.tier.name, day(rung.starts_at), day(rung.ends_at), rung.tier.cents / 100)
            for rung in steps.rungs
        ),
        _this_hour(day(at), [day(rung.starts_at) for rung in steps.rungs if rung.holds_now]),
        ((day(due), _("caterer asks")),) if with_catering and due else (),
        str(get_locale()),
    )


def _this_hour(now: datetime, began: list[datetime]) -> datetime:
    """When this hour began, or the step of now if that was later; outside of all steps, now."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return max(hour, *began) if began else now


@lru_cache(64)
def _drawn(
    title: str,
    steps: tuple[plot.Step, ...],
    now: datetime,
    marks: tuple[tuple[datetime, str], ...],
    language: str,
) -> Plot:
    """The same for everybody who looks within the hour, so it is drawn once."""
    wording = plot.GERMAN if language == "de" else plot.ENGLISH
    look = plot.Look(wording=wording)
    return plot.ladder(title, steps, unit="EUR", now=now, marks=marks, look=look)
