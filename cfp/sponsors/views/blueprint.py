"""What all pages of sponsors share: their blueprint, who is looking, the things in addresses."""

from __future__ import annotations

from babel.numbers import format_currency
from flask import Blueprint, abort, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import plot
from cfp.access import Role
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.money import Money
from cfp.people.session import me
from cfp.sponsors import queries
from cfp.sponsors.models import Agreement, Benefit, Booth, Level, Sponsor
from cfp.sponsors.words import kind_name, state_name, step_name

pages = Blueprint("sponsors", __name__)


@pages.app_template_filter("euros")
def euros(cents: int) -> str:
    return str(format_currency(Money(cents).amount, "EUR", locale=get_locale()))


@pages.app_template_filter()
def fingerprint(digest: str) -> str:
    """A SHA-256 in groups of eight, so that a line breaks where people can follow."""
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8))


@pages.context_processor
def around():
    known = (
        (_("Sponsors"), "sponsors.listing"),
        (_("Benefits"), "sponsors.board"),
        (_("Booths"), "sponsors.plan"),
        (_("Levels"), "sponsors.levels"),
        (_("Terms"), "sponsors.terms"),
    )
    return {
        "sponsor_pages": [
            {"label": label, "url": url_for(endpoint), "current": request.endpoint == endpoint}
            for label, endpoint in known
        ]
        if g.get("conference")
        else [],
        "may_write": Role.ORGANISER in roles_here(),
        "kind_name": kind_name,
        "state_name": state_name,
        "step_name": step_name,
    }


def look() -> plot.Look:
    """How pictures are written in the reader's language."""
    return plot.Look(wording=plot.GERMAN if str(get_locale()) == "de" else plot.ENGLISH)


def sponsor_or_404(code: str) -> Sponsor:
    select = queries.visible_to(me()).where(
        Sponsor.conference_id == g.conference.id, Sponsor.code == code
    )
    return db.session.scalar(select) or abort(404)


def agreement_or_404(code: str) -> Agreement:
    found = db.session.scalars(queries.agreements(g.conference).where(Agreement.code == code))
    return found.unique().one_or_none() or abort(404)


def level_or_404(code: str) -> Level:
    found = db.session.scalar(queries.levels(g.conference).where(Level.code == code))
    return found or abort(404)


def benefit_or_404(code: str) -> Benefit:
    found = db.session.scalar(queries.promised(g.conference).where(Benefit.code == code))
    return found or abort(404)


def booth_or_404(code: str) -> Booth:
    found = db.session.scalar(queries.booths(g.conference).where(Booth.code == code))
    return found or abort(404)
