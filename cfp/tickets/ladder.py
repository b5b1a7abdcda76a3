"""The price ladder as a picture, with the day on which the caterer wants to know beside it."""

from __future__ import annotations

from datetime import datetime

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
    marks = [(day(due), _("caterer asks"))] if with_catering and due else []
    wording = plot.GERMAN if str(get_locale()) == "de" else plot.ENGLISH
    return plot.ladder(
        _("What “%(name)s” costs, and when", name=steps.product.name),
        [
            plot.Step(rung.tier.name, day(rung.starts_at), day(rung.ends_at), rung.tier.cents / 100)
            for rung in steps.rungs
        ],
        unit="EUR",
        now=day(at),
        marks=marks,
        look=plot.Look(wording=wording),
    )
