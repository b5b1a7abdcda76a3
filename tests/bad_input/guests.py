"""Invitations that wait, and one that was taken up: a co-speaker, somebody late, a keynote."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cfp.conference.models import Conference, FormatKind
from cfp.db import db
from cfp.invited.links import token_of
from cfp.invited.models import Invitation, Purpose
from cfp.submissions.models import Submission
from tests.bad_input.rows import rows_of
from tests.conftest import NOW
from tests.make import make_format

if TYPE_CHECKING:
    from tests.bad_input.world import World

WEEK = timedelta(days=7)


def invite(world: World) -> None:
    """The co-speaker of every proposal has no account; a link of each kind is known."""
    for edition in (world.here, world.there):
        keynote = make_format(edition, "Keynote", 60, position=2, kind=FormatKind.KEYNOTE)
        for submission in rows_of(Submission, edition):
            _invitation(edition, Purpose.CO_SPEAKER, submission_id=submission.id)
        late = _invitation(edition, Purpose.LATE)
        _invitation(edition, Purpose.KEYNOTE, format_id=keynote.id)
        db.session.expire(edition)
    ours = db.session.query(Invitation).filter_by(conference_id=world.here.id)
    late = ours.filter_by(purpose=Purpose.LATE).one()
    world.letters.append(f"/here/invited/{late.code}/{token_of(late)}")


def _invitation(edition: Conference, purpose: Purpose, **more: int) -> Invitation:
    one = Invitation(
        conference=edition,
        purpose=purpose,
        name="Gast",
        email="guest@example.org",
        until=NOW + WEEK,
        **more,
    )
    db.session.add(one)
    db.session.flush()
    return one
