"""What a committee leaves behind: reviews, wishes, arguments, invitations, an earlier line-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cfp.conference.models import Conference
from cfp.db import db
from cfp.mail.models import Wording
from cfp.people.models import Person
from cfp.reviews.models import AssignmentState, Bid, BidValue, DeclaredConflict, Selection
from cfp.submissions.models import Outcome, TalkState
from tests.conftest import NOW
from tests.make import (
    make_argument,
    make_assignment,
    make_ballot,
    make_decision,
    make_invitation,
    make_length_offer,
    make_person,
    make_review,
    make_submission,
    make_talk,
)

if TYPE_CHECKING:
    from tests.bad_input.world import World


def judge(world: World) -> None:
    """Reviews owed, written, planned; wishes; a conflict; an earlier selection."""
    here, reviewer = world.here, world.people["reviewer"]
    _free_a_place(here)
    read, owed, planned, apart = (
        make_submission(here, track_id=here.tracks[1].id) for _one in range(4)
    )
    for submission in (read, owed, apart):  # the last has become a conflict
        make_assignment(submission, reviewer)
    make_assignment(planned, reviewer, state=AssignmentState.DRAFT)
    make_review(read, reviewer, 4, for_committee="I was there.")
    chair = world.people["organiser"]
    for who in (reviewer, chair):
        make_argument(read, who)
    make_ballot(here, chair, outcomes={read.code: "accept"})
    workshop = here.formats[1]
    mine = make_submission(here, speakers=[world.people["speaker"]], track_id=here.tracks[0].id)
    for number, asked in enumerate((mine, apart)):
        offer = make_length_offer(asked, workshop, chair, token=f"offer{number}")
    world.letters.append(f"/here/length/{offer.code}/offer1")
    own_words = {"kind": "accepted", "language": "en", "subject": "Yes!", "body": "Come: {link}"}
    db.session.add(Wording(conference_id=here.id, **own_words))
    make_invitation(here, "new@example.org", token="known")
    world.letters.append("/here/reviews/invitation/known")
    db.session.add_all(
        [
            Bid(submission_id=owed.id, person_id=reviewer.id, value=BidValue.YES),
            DeclaredConflict(
                submission_id=apart.id, person_id=reviewer.id, declared_by_id=chair.id, reason="Kin"
            ),
            a_selection(here, chair),
        ]
    )


def _free_a_place(here: Conference) -> None:
    """Somebody declined after the letter, and the best of those who wait may move up."""
    gone, waiting = make_submission(here), make_submission(here)
    make_decision(gone, told_at=NOW, told_outcome=Outcome.ACCEPT)
    make_talk(here, submission=gone, state=TalkState.CANCELLED)
    make_decision(waiting, Outcome.WAITLIST, told_at=NOW, told_outcome=Outcome.WAITLIST)
    make_review(waiting, make_person(), 5)


def a_selection(edition: Conference, chair: Person) -> Selection:
    """An earlier line-up, of nothing."""
    quotas = {"total": 2, "waitlist": 1, "score": "adjusted", "put_in": [], "left_out": []}
    result = {"outcomes": {}, "scores": {}, "places": {}, "overruled": {}}
    return Selection(
        conference_id=edition.id,
        by_id=chair.id,
        seed=f"{edition.slug}-1",
        quotas=quotas | {"formats": {}, "tracks": {}},
        result=result | {"ties": [], "sentences": []},
    )
