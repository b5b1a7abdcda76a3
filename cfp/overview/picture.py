"""The picture of the call: how many proposals came until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.plot import ENGLISH, GERMAN, Look, Plot, Series, line, spark


def proposals_over_time(
    handed_in: Sequence[datetime], conference: Conference, at: datetime
) -> Plot | None:
    """Proposals so far by day, from the opening of the call; None before there are any."""
    if not handed_in:
        return None
    points = _by_day(handed_in, conference)
    german = str(get_locale()) == "de"
    return line(
        _("Proposals"),
        [Series(_("proposals"), points)],
        now=clock.local(at, conference.timezone).date(),
        look=Look(wording=GERMAN if german else ENGLISH),
    )


def so_far(handed_in: Sequence[datetime], conference: Conference) -> Plot | None:
    """The same as a line without axes, for beside the figure."""
    if not handed_in:
        return None
    return spark(_("Proposals"), [number for _day, number in _by_day(handed_in, conference)])


def _by_day(handed_in: Sequence[datetime], conference: Conference) -> list[tuple[date, float]]:
    """How many there were at the end of each day on which some came."""
    days = [clock.local(moment, conference.timezone).date() for moment in handed_in]
    return [(day, float(number)) for number, day in enumerate(days, 1) if day not in days[number:]]
