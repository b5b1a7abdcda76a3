"""Base rates as the treasurer reads and enters them: half-year, percent, and where it stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask_babel import gettext as _

from cfp import clock
from cfp.billing import queries
from cfp.billing.dunning.interest import end_of_half_year
from cfp.billing.models import BaseRateEntry
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log

FIRST = date(2002, 1, 1)  # since then BGB sec. 247 has been in force
AHEAD = timedelta(days=14)  # announced in the last days of the half-year before


def enter_base_rate(
    since: date,
    percent: Decimal,
    source: str,
    at: datetime,
    by: Person | None,
    *,
    here: Conference | None = None,
) -> BaseRateEntry:
    """The base rate of a half-year, with where it was read; entered again it is corrected.

    Interest follows it at once. What letters have claimed already stays as it was booked.
    """
    if (since.month, since.day) not in {(1, 1), (7, 1)}:
        raise Refused(_("A base rate holds from a first of January or July on."), "since")
    if since < FIRST:
        raise Refused(_("There are base rates since 1 January 2002."), "year")
    if since > clock.local(at, "Europe/Berlin").date() + AHEAD:
        raise Refused(_("No base rate is announced so long before it holds."), "year")
    if not source.strip():
        raise Refused(_("Please name the source."), "source")
    made = BaseRateEntry(
        since=since,
        percent=f"{percent:f}",
        source=source.strip()[:200],
        entered_at=at,
        by=by,
    )
    before = next(
        (one for one in db.session.scalars(queries.base_rates()) if one.since == since), None
    )
    if before is not None and before.rate == made.rate:
        return before
    db.session.add(made)
    db.session.flush()
    log(
        "entered a base rate",
        made,
        by=by,
        at=at,
        conference_id=here.id if here else None,
        since=since.isoformat(),
        percent=made.percent,
        before=before.percent if before else "",
        source=made.source,
    )
    return made


def claimed_with(entry: BaseRateEntry) -> int:
    """How many letters have claimed interest over the half-year of a rate."""
    asked = queries.claims_between(entry.since, end_of_half_year(entry.since))
    return db.session.scalars(asked).one()
