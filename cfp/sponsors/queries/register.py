"""Questions about levels, sponsors, who waits, and whose logo is shown."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cfp.access import Role
from cfp.conference.models import Conference, Membership
from cfp.people.models import Person
from cfp.sponsors.models import (
    AGREED,
    SHIPPED,
    Agreement,
    AgreementState,
    Application,
    ApplicationState,
    Benefit,
    BenefitKind,
    Contact,
    Level,
    LevelWaiting,
    Logo,
    Sponsor,
    Sponsoring,
)
from cfp.tickets.models import Product

LOOKS_AFTER = (Role.ORGANISER, Role.TREASURER)


def offered_to(sponsor: Sponsor) -> sa.Select[int]:
    """Whatever was ever offered to a sponsor."""
    return sa.select(Agreement.id).where(Agreement.sponsor_id == sponsor.id).limit(1)


def offered_of(level: Level) -> sa.Select[int]:
    """Whatever was ever offered of a level."""
    return sa.select(Agreement.id).where(Agreement.level_id == level.id).limit(1)


def visible_to(person: Person) -> sa.Select[Sponsor]:
    """The sponsors of the editions in which somebody looks after them."""
    mine = sa.select(Membership.conference_id).where(
        Membership.person_id == person.id, Membership.role.in_(LOOKS_AFTER)
    )
    return sa.select(Sponsor).where(Sponsor.conference_id.in_(mine))


def sponsoring(conference: Conference) -> sa.Select[Sponsoring]:
    return sa.select(Sponsoring).where(Sponsoring.conference_id == conference.id)


def levels(conference: Conference) -> sa.Select[Level]:
    """Highest first, as the organisers ordered them."""
    return (
        sa.select(Level)
        .where(Level.conference_id == conference.id)
        .options(selectinload(Level.promises))
        .order_by(Level.position, Level.id)
    )


def sponsors(conference: Conference) -> sa.Select[Sponsor]:
    return (
        sa.select(Sponsor)
        .where(Sponsor.conference_id == conference.id)
        .order_by(sa.func.lower(Sponsor.name), Sponsor.id)
    )


def line_for(level: Level) -> sa.Select[LevelWaiting]:
    """Who waits for a level, the first first."""
    return (
        sa.select(LevelWaiting)
        .where(LevelWaiting.level_id == level.id)
        .options(joinedload(LevelWaiting.sponsor))
        .order_by(LevelWaiting.since, LevelWaiting.id)
    )


def contact_by_code(conference: Conference, code: str) -> sa.Select[Contact]:
    return (
        sa.select(Contact)
        .join(Contact.sponsor)
        .where(Sponsor.conference_id == conference.id, Contact.code == code)
        .options(joinedload(Contact.sponsor))
    )


def all_waiting(conference: Conference) -> sa.Select[LevelWaiting]:
    """Who waits for which level of an edition, each line in its order."""
    return (
        sa.select(LevelWaiting)
        .join(LevelWaiting.level)
        .where(Level.conference_id == conference.id)
        .options(contains_eager(LevelWaiting.level), joinedload(LevelWaiting.sponsor))
        .order_by(LevelWaiting.since, LevelWaiting.id)
    )


def logo(conference: Conference, code: str) -> sa.Select[Logo]:
    return (
        sa.select(Logo)
        .join(Logo.sponsor)
        .where(Sponsor.conference_id == conference.id, Logo.code == code)
        .options(contains_eager(Logo.sponsor))
    )


def products(conference: Conference) -> sa.Select[Product]:
    return (
        sa.select(Product).where(Product.conference_id == conference.id).order_by(Product.position)
    )


def shown(conference: Conference) -> sa.Select[Agreement]:
    """Whose logo is on the site, by level, then by name: delivered, and paid for at this moment.

    A payment that was taken back takes the logo off, unless somebody wrote why it stays.
    """
    covered = sa.or_(Agreement.state == AgreementState.PAID, Benefit.early_why != "")
    delivered = sa.exists().where(
        Benefit.agreement_id == Agreement.id,
        Benefit.kind == BenefitKind.LOGO,
        Benefit.state.in_(SHIPPED),
        covered,
    )
    return (
        sa.select(Agreement)
        .join(Agreement.level)
        .join(Agreement.sponsor)
        .where(Agreement.conference_id == conference.id, Agreement.state.in_(AGREED), delivered)
        .options(
            contains_eager(Agreement.level),
            contains_eager(Agreement.sponsor).selectinload(Sponsor.logos),
        )
        .order_by(Level.position, Level.id, sa.func.lower(Sponsor.name))
    )


def logos_to_show(sponsor: Sponsor | None = None) -> sa.Select[Benefit]:
    """Promises of a logo that are released, and for which there is an accepted one."""
    accepted = sa.exists().where(
        Logo.sponsor_id == Agreement.sponsor_id, Logo.accepted_at.is_not(None)
    )
    wanted = (
        sa.select(Benefit)
        .join(Benefit.agreement)
        .where(
            Agreement.state.in_(AGREED),
            Benefit.kind == BenefitKind.LOGO,
            Benefit.state.not_in(SHIPPED),
            Benefit.released_at.is_not(None),
            accepted,
        )
        .order_by(Benefit.id)
    )
    return wanted if sponsor is None else wanted.where(Agreement.sponsor_id == sponsor.id)


def applications(conference: Conference) -> sa.Select[Application]:
    """Who asks to sponsor and has no answer yet, the first first."""
    return (
        sa.select(Application)
        .where(
            Application.conference_id == conference.id, Application.state == ApplicationState.NEW
        )
        .options(joinedload(Application.level))
        .order_by(Application.at, Application.id)
    )


def application_of(level: Level, email: str) -> sa.Select[Application]:
    """What this address has asked for already and was not answered."""
    return sa.select(Application).where(
        Application.level_id == level.id,
        Application.email == email,
        Application.state == ApplicationState.NEW,
    )


def sponsor_named(conference: Conference, name: str) -> sa.Select[Sponsor]:
    return sa.select(Sponsor).where(
        Sponsor.conference_id == conference.id, sa.func.lower(Sponsor.name) == name.lower()
    )
