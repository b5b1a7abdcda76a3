"""A line-up before the committee: put to the vote, voted on, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.letters import address
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews.models import Ballot, Vote
from cfp.reviews.queries import choosing as queries
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.submissions.models import Outcome


@dataclass(frozen=True)
class Count:
    """The votes of a ballot so far. A majority is more than half of the votes cast."""

    yes: int
    no: int
    entitled: int

    @property
    def has_majority(self) -> bool:
        return self.yes > self.no


def put_to_vote(
    conference: Conference, wanted: Wanted, *, seen: str, address_of: str, by: Person, at: datetime
) -> Ballot:
    """Ask the whole committee about the line-up that the chair looks at; one mail each."""
    lock(conference)  # of two who ask at once the second is refused
    if db.session.scalar(queries.open_ballot(conference.id)):
        raise Refused(_("The committee is voting already. Close that vote first."))
    lineup = line_up(conference, wanted)
    if lineup.fingerprint != seen:
        raise Refused(
            _("Something has changed since you looked. Please look at the line-up again.")
        )
    standing = (Outcome.ACCEPT, Outcome.WAITLIST)
    ballot = Ballot(
        conference_id=conference.id,
        by_id=by.id,
        at=at,
        fingerprint=lineup.fingerprint,
        seed=wanted.seed,
        outcomes={row.code: o.value for o in standing for row in lineup.with_outcome(o)},
        address=address_of,
    )
    db.session.add(ballot)
    db.session.flush()
    log("put to vote", ballot, by=by, at=at)
    for person in db.session.scalars(queries.committee(conference.id)):
        mail.post(
            "line_up_vote",
            person,
            at=at,
            key=f"vote:{ballot.id}:{person.id}",
            conference_id=conference.id,
            conference=conference,
            url=address("reviews.voting", conference=conference.slug),
        )
    return ballot


def vote(ballot: Ballot, *, yes: bool, by: Person, at: datetime) -> None:
    """Say yes or no; the last word counts, as long as the vote is open."""
    lock(ballot)
    if ballot.closed_at is not None:
        raise Refused(_("This vote is closed."))
    known = next((one for one in ballot.votes if one.person_id == by.id), None)
    if known is None:
        known = Vote(ballot_id=ballot.id, person_id=by.id, yes=yes, at=at)
        db.session.add(known)
    known.yes, known.at = yes, at
    db.session.flush()
    db.session.expire(ballot, ["votes"])


def close(ballot: Ballot, *, by: Person, at: datetime) -> Count:
    """End the vote; what it says is on record from now on."""
    lock(ballot)
    if ballot.closed_at is not None:
        raise Refused(_("This vote is closed."))
    ballot.closed_at = at
    found = count(ballot, entitled(ballot.conference_id))
    log("closed vote", ballot, by=by, at=at, yes=found.yes, no=found.no)
    return found


def entitled(conference_id: int) -> int:
    """How many may vote."""
    everybody = queries.committee(conference_id).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(everybody)) or 0


def count(ballot: Ballot, entitled: int) -> Count:
    """The votes so far, of so many who may vote."""
    yes = sum(one.yes for one in ballot.votes)
    return Count(yes, len(ballot.votes) - yes, entitled)


def said_of(conference: Conference, fingerprint: str) -> dict[str, Any] | None:
    """What the committee said of this very line-up, for the log; None where it was not asked."""
    select = queries.ballots(conference.id).where(Ballot.fingerprint == fingerprint)
    ballot = db.session.scalars(select.limit(1)).first()
    if ballot is None:
        return None
    if ballot.closed_at is None:
        raise Refused(_("The committee is voting on this line-up. Close the vote first."))
    found = count(ballot, entitled(conference.id))
    return {
        "yes": found.yes,
        "no": found.no,
        "entitled": found.entitled,
        "majority": found.has_majority,
    }
