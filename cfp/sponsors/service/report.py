"""What a sponsor is told afterwards: who came, what it was given, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.paper import to_pdf
from cfp.people.models import Person
from cfp.sponsors import queries
from cfp.sponsors.models import AGREED, Agreement, Benefit, Booth
from cfp.sponsors.service import vouchers
from cfp.sponsors.service.words import organiser_of
from cfp.sponsors.words import kind_name, step_name
from cfp.submissions.models import Speaker, Talk, TalkState
from cfp.tickets.admission import Verdict
from cfp.tickets.models import CheckIn
from cfp.tickets.queries import doors

REPORT = "sponsors.report"


@dataclass(frozen=True)
class Crowd:
    """How many people there were, and what they came for."""

    sold: int
    came: int
    sessions: int
    speakers: int


def crowd_of(conference: Conference) -> Crowd:
    """Admissions that were paid for, those that came in at a door, sessions and their speakers."""
    sold = sum(row[1] for row in db.session.execute(doors.admissions_sold(conference)))
    came = sa.select(sa.func.count(sa.distinct(CheckIn.ticket_id))).where(
        CheckIn.conference_id == conference.id, CheckIn.verdict == Verdict.OK
    )
    held = sa.and_(Talk.conference_id == conference.id, Talk.state == TalkState.CONFIRMED)
    sessions = sa.select(sa.func.count()).select_from(Talk).where(held)
    speakers = (
        sa.select(sa.func.count(sa.distinct(Speaker.person_id)))
        .join(Talk, Talk.submission_id == Speaker.submission_id)
        .where(held, Speaker.declined_at.is_(None))
    )
    counts = [db.session.scalar(each) or 0 for each in (came, sessions, speakers)]
    return Crowd(sold, *counts)


def ask(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """The worker prints it in a moment; printed again it says what is known by then."""
    if agreement.state not in AGREED:
        raise Refused(_("Only a signed agreement has a report."))
    jobs.ask(REPORT, by=by, at=at, conference_id=agreement.conference_id, agreement_id=agreement.id)


def printed(agreement: Agreement, at: datetime) -> bytes:
    """The report in the sponsor's language. For the worker."""
    conference, sponsor = agreement.conference, agreement.sponsor
    promised = db.session.scalars(queries.benefits_of(agreement)).all()
    with force_locale(sponsor.language):
        html = render_template(
            "sponsors/paper/report.html",
            agreement=agreement,
            conference_=conference,
            organiser=organiser_of(conference),
            language=sponsor.language,
            crowd=crowd_of(conference),
            booth=_booth_of(agreement),
            benefits=[(one, kind_name(one.kind), step_name(one.state)[0]) for one in promised],
            used=_used(agreement, promised),
            at=at.isoformat(timespec="seconds"),
        )
    return to_pdf(html)


def _booth_of(agreement: Agreement) -> str:
    held = sa.select(Booth.label).where(Booth.agreement_id == agreement.id)
    return db.session.scalar(held) or ""


def _used(agreement: Agreement, promised: Sequence[Benefit]) -> dict[int, tuple[int, int]]:
    """Of each promise of tickets: how many were taken up, of how many."""
    given = vouchers.of(agreement)
    return {
        one.id: (given[one.id].used, given[one.id].at_most or one.quantity)
        for one in promised
        if one.id in given
    }
