"""Pictures of the doors: how many come in each minute, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock, plot
from cfp.plot import ENGLISH, GERMAN, Look, Plot
from cfp.tickets.crowd import Step, rhythm

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)


def look(key: str = "") -> Look:
    """How our pictures are written in the reader's language."""
    return Look(wording=GERMAN if str(get_locale()) == "de" else ENGLISH, key=key)


def per_minute(steps: Sequence[Step], now: datetime, minutes: int = 60) -> Plot:
    """Entries in each of the last minutes, at all doors together."""
    since = now - minutes * MINUTE
    doors = sorted({step.door for step in steps})
    totals = [
        sum(column) for column in zip(*rhythm(steps, doors, since, MINUTE, minutes), strict=True)
    ]
    values = [n - minutes for n, number in enumerate(totals) for _one in range(number)]
    return plot.histogram(
        _("Entries per minute, in the last hour"),
        values,
        range(-minutes, 1),
        unit=_("minutes"),
        count=_("entries"),
        look=look(),
    )


def through_the_day(steps: Sequence[Step], zone: str) -> Plot | None:
    """Each door a strip, each quarter of an hour a cell; None before anybody came."""
    if not steps:
        return None
    first = clock.local(steps[0].at, zone)
    since = first.replace(minute=first.minute // 15 * 15, second=0, microsecond=0)
    number = min(96, (steps[-1].at - since) // QUARTER + 1)
    doors = sorted({step.door for step in steps})
    times = [format_time((since + n * QUARTER).time(), "HH:mm") for n in range(number)]
    return plot.heat(
        _("Entries in each quarter of an hour"),
        [door or _("Box office") for door in doors],
        times,
        [[float(n) for n in strip] for strip in rhythm(steps, doors, since, QUARTER, number)],
        unit=_("entries"),
        look=look("doors"),
    )
