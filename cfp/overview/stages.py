"""Where each stage of an edition stands: one figure, and the one thing to do next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.overview import queries
from cfp.plot import Plot


@dataclass(frozen=True)
class Stage:
    """A stage in one glance; ``share`` from 0 to 1 draws its bar."""

    label: str
    value: str
    range: str
    url: str
    action: str
    share: float | None = None
    plot: Plot | None = None


@dataclass(frozen=True)
class Date:
    """A date that matters: when, what, and whether it is over."""

    at: datetime
    what: str
    is_past: bool


def counts() -> Any:
    """All counts of this edition; asked once a request."""
    if "counts" not in g:
        g.counts = db.session.execute(queries.counts(g.conference.id)).one()
    return g.counts


def waiting() -> dict[str, int]:
    """How much waits in each stage; nothing is said of what does not wait."""
    found = counts()
    return {
        "reviews": found.owed - found.written,
        "call": found.wishes,
        "programme": found.talks - found.placed if found.releases == 0 else 0,
        "mail": found.stuck,
    }


def dates(conference: Conference, at: datetime) -> list[Date]:
    """The dates that matter, in order, those without a day left out."""
    first = clock.from_wall(
        datetime.combine(conference.starts_on, datetime.min.time()), conference.timezone
    )
    days = len(conference.days)
    named = [
        (conference.call_opens_at, _("The call opens")),
        (conference.call_closes_at, _("The call closes")),
        (conference.reviews_due_at, _("Reviews are due")),
        (conference.confirm_by, _("Speakers have confirmed")),
        (first, _("The conference begins")),
        (first + timedelta(days=days), _("The conference is over")),
    ]
    found = [Date(when, what, clock.is_past(when, at)) for when, what in named if when]
    return sorted(found, key=lambda date: date.at)


def stages(call: Plot | None = None) -> list[Stage]:
    """All stages in order, each with its next action; ``call`` is the picture of the proposals."""
    found = counts()
    chosen = found.submitted - found.undecided
    return [
        Stage(
            _("Call for papers"),
            str(found.submitted),
            _("proposals, and %(n)d drafts", n=found.drafts),
            url_for("submissions.listing"),
            _("Read the proposals"),
            plot=call,
        ),
        Stage(
            _("Reviews"),
            f"{found.written} / {found.owed}",
            _("reviews written"),
            url_for("reviews.overview"),
            _("See who still owes what") if found.owed else _("Assign reviewers"),
            found.written / found.owed if found.owed else None,
        ),
        Stage(
            _("Selection"),
            str(found.accepted),
            _("accepted, %(n)d undecided, %(m)d not yet told", n=found.undecided, m=found.untold),
            url_for("submissions.letters" if found.untold else "reviews.selection"),
            _("Send the letters") if found.untold else _("Choose the line-up"),
            chosen / found.submitted if found.submitted else None,
        ),
        Stage(
            _("Programme"),
            f"{found.placed} / {found.talks}",
            _("sessions placed, %(n)d confirmed", n=found.confirmed),
            url_for("schedule.overview"),
            _("Build the schedule"),
            found.placed / found.talks if found.talks else None,
        ),
    ]
