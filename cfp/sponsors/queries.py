"""Questions about sponsors, their agreements and what was promised to them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cfp.access import Role
from cfp.billing import queries as ledger
from cfp.conference.models import Conference, Membership
from cfp.people.models import Person
from cfp.sponsors.models import (
    AGREED,
    OPEN,
    SHIPPED,
    Agreement,
    AgreementState,
    Benefit,
    BenefitKind,
    Booth,
    Contact,
    Level,
    LevelWaiting,
    Logo,
    Paper,
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


def agreements(conference: Conference) -> sa.Select[Agreement]:
    """All agreements of an edition with their sponsor and level, newest first."""
    return (
        sa.select(Agreement)
        .where(Agreement.conference_id == conference.id)
        .options(
            joinedload(Agreement.sponsor),
            joinedload(Agreement.level),
            joinedload(Agreement.signature),
        )
        .order_by(Agreement.id.desc())
    )


def agreements_of(sponsor: Sponsor) -> sa.Select[Agreement]:
    return (
        sa.select(Agreement)
        .where(Agreement.sponsor_id == sponsor.id)
        .options(
            joinedload(Agreement.level),
            joinedload(Agreement.signature),
            selectinload(Agreement.gifts),
        )
        .order_by(Agreement.id.desc())
    )


def open_agreement(sponsor: Sponsor) -> sa.Select[Agreement]:
    """The offer or agreement that stands; there is at most one."""
    return agreements_of(sponsor).where(Agreement.state.in_(OPEN))


def benefits_of(agreement: Agreement) -> sa.Select[Benefit]:
    return (
        sa.select(Benefit)
        .where(Benefit.agreement_id == agreement.id)
        .order_by(Benefit.position, Benefit.id)
    )


def promised(conference: Conference) -> sa.Select[Benefit]:
    """Every benefit of the signed agreements of an edition."""
    return (
        sa.select(Benefit)
        .join(Benefit.agreement)
        .where(Agreement.conference_id == conference.id, Agreement.state.in_(AGREED))
        .options(
            joinedload(Benefit.agreement).options(
                joinedload(Agreement.sponsor), joinedload(Agreement.level)
            )
        )
        .order_by(Benefit.position, Benefit.id)
    )


def unshipped(agreement: Agreement) -> sa.Select[Benefit]:
    return benefits_of(agreement).where(Benefit.state.not_in(SHIPPED))


def booths(conference: Conference) -> sa.Select[Booth]:
    return (
        sa.select(Booth)
        .where(Booth.conference_id == conference.id)
        .options(joinedload(Booth.agreement).joinedload(Agreement.sponsor), joinedload(Booth.level))
        .order_by(Booth.label, Booth.id)
    )


def line_for(level: Level) -> sa.Select[LevelWaiting]:
    """Who waits for a level, the first first."""
    return (
        sa.select(LevelWaiting)
        .where(LevelWaiting.level_id == level.id)
        .options(joinedload(LevelWaiting.sponsor))
        .order_by(LevelWaiting.id)
    )


def contact_by_code(conference: Conference, code: str) -> sa.Select[Contact]:
    return (
        sa.select(Contact)
        .join(Contact.sponsor)
        .where(Sponsor.conference_id == conference.id, Contact.code == code)
        .options(joinedload(Contact.sponsor))
    )


def lapsing(at: datetime) -> sa.Select[int]:
    return sa.select(Agreement.id).where(
        Agreement.state == AgreementState.OFFERED, Agreement.valid_until < at
    )


def to_settle() -> sa.Select[int]:
    """Agreements whose ledger says something else than their state."""
    balance = ledger.balances().subquery()
    owed = sa.func.coalesce(balance.c.cents, 0)
    return (
        sa.select(Agreement.id)
        .outerjoin(balance, balance.c.receivable_id == Agreement.receivable_id)
        .where(
            sa.or_(
                sa.and_(Agreement.state == AgreementState.SIGNED, owed <= 0),
                sa.and_(Agreement.state == AgreementState.PAID, owed > 0),
            )
        )
        .order_by(Agreement.id)
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


def shown(conference: Conference) -> sa.Select[Agreement]:
    """Whose logo is on the site: delivered, of a standing agreement; by level, then by name."""
    delivered = sa.exists().where(
        Benefit.agreement_id == Agreement.id,
        Benefit.kind == BenefitKind.LOGO,
        Benefit.state.in_(SHIPPED),
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


def all_waiting(conference: Conference) -> sa.Select[LevelWaiting]:
    """Who waits for which level of an edition, each line in its order."""
    return (
        sa.select(LevelWaiting)
        .join(LevelWaiting.level)
        .where(Level.conference_id == conference.id)
        .options(contains_eager(LevelWaiting.level), joinedload(LevelWaiting.sponsor))
        .order_by(LevelWaiting.id)
    )


def logo(conference: Conference, code: str) -> sa.Select[Logo]:
    return (
        sa.select(Logo)
        .join(Logo.sponsor)
        .where(Sponsor.conference_id == conference.id, Logo.code == code)
        .options(contains_eager(Logo.sponsor))
    )


def papers(agreement: Agreement) -> sa.Select[Paper]:
    """The files of an agreement, without their bytes."""
    return sa.select(Paper).where(Paper.agreement_id == agreement.id).order_by(Paper.id)


def tickets_due() -> sa.Select[*tuple[Benefit, Product]]:
    """Promised tickets that are released and not given, with the product that they are for."""
    return (
        sa.select(Benefit, Product)
        .join(Benefit.agreement)
        .join(Sponsoring, Sponsoring.conference_id == Agreement.conference_id)
        .join(Product, Product.id == Sponsoring.ticket_product_id)
        .where(
            Agreement.state.in_(AGREED),
            Benefit.kind == BenefitKind.TICKETS,
            Benefit.state.not_in(SHIPPED),
            Benefit.released_at.is_not(None),
        )
        .order_by(Benefit.id)
    )


def products(conference: Conference) -> sa.Select[Product]:
    return (
        sa.select(Product).where(Product.conference_id == conference.id).order_by(Product.position)
    )
