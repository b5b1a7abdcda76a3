"""Logos: taken in, looked at by an organiser, and shown once that is paid for."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import db
from cfp.display import said
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import pictures, queries
from cfp.sponsors.models import (
    AGREED,
    Agreement,
    Benefit,
    BenefitKind,
    BenefitState,
    Ground,
    Level,
    Logo,
    Sponsor,
)
from cfp.sponsors.service import benefits


def send(sponsor: Sponsor, sent: bytes, ground: Ground, *, by: Person | None, at: datetime) -> Logo:
    """A logo from outside; it takes the place of the one for this ground, and is looked at anew."""
    try:
        picture = pictures.take_in(sent)
    except pictures.Unusable as no:
        raise Refused(said(no.sentence), field="logo") from None
    logo = next((one for one in sponsor.logos if one.ground is ground), None)
    if logo is None:
        logo = Logo(ground=ground)
        sponsor.logos.append(logo)
    logo.code = new_code()  # another picture, another address: nobody accepts one unseen
    logo.media_type, logo.data = picture.media_type, picture.data
    logo.width, logo.height = picture.width, picture.height
    logo.sent_at, logo.accepted_at, logo.refused_why = at, None, ""
    db.session.flush()
    log("sent a logo", sponsor, by=by, at=at, ground=ground.value, media_type=logo.media_type)
    claim(sponsor, at)
    return logo


def claim(sponsor: Sponsor, at: datetime) -> None:
    """Whoever sends a logo claims the promise to show it."""
    for benefit in _promised(sponsor):
        if benefit.state is BenefitState.PROMISED:
            benefit.move(BenefitState.CLAIMED, "")
            benefit.claimed_at = at
    db.session.flush()


def _promised(sponsor: Sponsor) -> list[Benefit]:
    wanted = (
        sa.select(Benefit)
        .join(Benefit.agreement)
        .where(
            Agreement.sponsor_id == sponsor.id,
            Agreement.state.in_(AGREED),
            Benefit.kind == BenefitKind.LOGO,
        )
    )
    return [*db.session.scalars(wanted)]


def accept(logo: Logo, *, by: Person, at: datetime) -> None:
    """Somebody looked at it on light and dark; it is shown as soon as it may be."""
    logo.accepted_at, logo.refused_why = at, ""
    log("accepted a logo", logo.sponsor, by=by, at=at, ground=logo.ground.value)
    show_due(at, logo.sponsor)


def refuse(logo: Logo, why: str, *, by: Person, at: datetime) -> None:
    """The sponsor reads why on its desk and sends another one."""
    if not why:
        raise Refused(_("Please write what is wrong with it."), field="why")
    logo.accepted_at, logo.refused_why = None, why
    db.session.flush()
    log("refused a logo", logo.sponsor, by=by, at=at, why=why)


def show_due(at: datetime, sponsor: Sponsor | None = None) -> int:
    """Logos that were accepted and are paid for are on the site from now on."""
    done = 0
    for benefit in db.session.scalars(queries.logos_to_show(sponsor)).all():
        benefits.deliver(benefit, by=None, at=at)
        done += 1
    return done


def wall_of(conference: Conference) -> list[tuple[Level, list[Sponsor]]]:
    """Whose logo the public sees, level by level."""
    found = db.session.scalars(queries.shown(conference)).all()
    return [
        (level, [one.sponsor for one in group])
        for level, group in groupby(found, key=lambda one: one.level)
    ]
