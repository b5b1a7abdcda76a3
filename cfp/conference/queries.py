"""Questions about editions and their teams, as selects."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cfp.access import Role
from cfp.conference.models import Conference, Format, Membership, Publicity, Room, Track
from cfp.people.models import LogEntry, Person

Part = Room | Track | Format


def by_slug(slug: str) -> sa.Select[Conference]:
    return sa.select(Conference).where(Conference.slug == slug)


def public() -> sa.Select[Conference]:
    """The editions that everybody sees, newest first."""
    return (
        sa.select(Conference)
        .where(Conference.publicity == Publicity.PUBLIC)
        .order_by(Conference.starts_on.desc())
    )


def with_parts() -> sa.Select[Conference]:
    """Editions with their rooms, tracks and formats, in four statements however many."""
    return sa.select(Conference).options(
        selectinload(Conference.rooms),
        selectinload(Conference.tracks),
        selectinload(Conference.formats),
    )


def memberships_of(person: Person) -> sa.Select[Membership]:
    """All roles of a person, with their editions, newest edition first."""
    return (
        sa.select(Membership)
        .join(Membership.conference)
        .options(contains_eager(Membership.conference))
        .where(Membership.person_id == person.id)
        .order_by(Conference.starts_on.desc(), Membership.id)
    )


def team(conference: Conference) -> sa.Select[Membership]:
    return (
        sa.select(Membership)
        .join(Membership.person)
        .options(contains_eager(Membership.person), joinedload(Membership.track))
        .where(Membership.conference_id == conference.id)
        .order_by(Person.name, Membership.id)
    )


def people_with(conference: Conference, role: Role) -> sa.Select[Person]:
    return (
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.conference_id == conference.id, Membership.role == role)
        .order_by(Person.name, Person.id)
    )


def membership(conference: Conference, person: Person, role: Role) -> sa.Select[Membership]:
    return sa.select(Membership).where(
        Membership.conference_id == conference.id,
        Membership.person_id == person.id,
        Membership.role == role,
    )


def chairs_of(track: Track) -> sa.Select[Membership]:
    return sa.select(Membership).where(Membership.track_id == track.id)


def parts(kind: type[Part], conference: Conference) -> sa.Select[Any]:
    """The rooms, tracks or formats of an edition, in its order."""
    return (
        sa.select(kind).where(kind.conference_id == conference.id).order_by(kind.position, kind.id)
    )


def how_many_with(conference: Conference, role: Role) -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Membership)
        .where(Membership.conference_id == conference.id, Membership.role == role)
    )


def all_editions() -> sa.Select[Conference]:
    return sa.select(Conference).order_by(Conference.starts_on.desc(), Conference.id)


def record(conference: Conference, who: str = "", deed: str = "") -> sa.Select[LogEntry]:
    """What happened in an edition, the latest first; of one person or one kind, if asked."""
    select = (
        sa.select(LogEntry)
        .outerjoin(LogEntry.person)
        .options(contains_eager(LogEntry.person))
        .where(LogEntry.conference_id == conference.id)
        .order_by(LogEntry.id.desc())
    )
    if who:
        select = select.where(Person.name.icontains(who, autoescape=True))
    return select.where(LogEntry.action == deed) if deed else select


def deeds(conference: Conference) -> sa.Select[str]:
    """The kinds of things that happened."""
    return (
        sa.select(LogEntry.action)
        .where(LogEntry.conference_id == conference.id)
        .distinct()
        .order_by(LogEntry.action)
    )
