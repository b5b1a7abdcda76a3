"""Questions about stars, as selects."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from cfp.codes import hashed
from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.stars.models import Interest, Star, StarList
from cfp.submissions.models import Talk

KEPT_AFTER = timedelta(days=30)  # the end of the conference


def lists_of(conference_id: int, person: Person | None, browser: str | None) -> sa.Select[StarList]:
    """A visitor's lists: the account's first, then that of the browser."""
    mine = []
    if person is not None:
        mine.append(StarList.person_id == person.id)
    if browser:
        mine.append(StarList.browser_hash == hashed(browser))
    return (
        sa.select(StarList)
        .where(StarList.conference_id == conference_id, sa.or_(sa.false(), *mine))
        .options(selectinload(StarList.stars))
        .order_by(StarList.person_id.is_(None), StarList.id)
    )


def list_by_feed(conference_id: int, token: str) -> sa.Select[StarList]:
    return (
        sa.select(StarList)
        .where(StarList.conference_id == conference_id, StarList.feed_hash == hashed(token))
        .options(selectinload(StarList.stars))
    )


def talks_by_code(conference_id: int, codes: set[str]) -> sa.Select[Talk]:
    return sa.select(Talk).where(Talk.conference_id == conference_id, Talk.code.in_(codes))


def all_stars(conference_id: int) -> sa.Select[int, int]:
    """List and talk of every star of an edition."""
    return (
        sa.select(Star.list_id, Star.talk_id)
        .join(Star.list)
        .where(StarList.conference_id == conference_id)
    )


def interest(conference_id: int) -> sa.Select[Interest]:
    return sa.select(Interest).where(Interest.conference_id == conference_id)


def editions_to_count(before: datetime) -> sa.Select[int]:
    """Editions with lists that have not been counted since ``before``."""
    return (
        sa.select(StarList.conference_id)
        .distinct()
        .join(Conference, Conference.id == StarList.conference_id)
        .outerjoin(Interest, Interest.conference_id == StarList.conference_id)
        .where(
            sa.or_(Interest.counted_at.is_(None), Interest.counted_at < before),
            Conference.ends_on >= before.date() - KEPT_AFTER,
        )
    )


def lists_of_the_past(on: date) -> sa.Select[StarList]:
    """Lists of browsers whose conference has been over for a month."""
    return (
        sa.select(StarList)
        .join(Conference, Conference.id == StarList.conference_id)
        .where(StarList.person_id.is_(None), Conference.ends_on < on - KEPT_AFTER)
    )
