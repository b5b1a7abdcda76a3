"""Questions about employers that pay the way of their speakers and may be named for it."""

from __future__ import annotations

import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.sponsors.models import TravelSponsor
from cfp.submissions.queries import travel_sponsors


def agreed(conference: Conference) -> sa.Select[TravelSponsor]:
    """Which names the organisers have agreed to, whoever still comes."""
    return (
        sa.select(TravelSponsor)
        .where(TravelSponsor.conference_id == conference.id)
        .order_by(TravelSponsor.employer)
    )


def named(conference: Conference) -> sa.Select[str]:
    """Whom the public reads: agreed to, of a speaker whose session is confirmed and who said so."""
    offered = travel_sponsors(conference).order_by(None)
    return (
        sa.select(TravelSponsor.employer)
        .where(TravelSponsor.conference_id == conference.id, TravelSponsor.employer.in_(offered))
        .order_by(sa.func.lower(TravelSponsor.employer), TravelSponsor.id)
    )
