"""Travel sponsors: the speaker says yes, the session is confirmed, and the organisers agree."""

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry, Person
from cfp.sponsors.service import travel
from cfp.submissions.models import TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_submission,
    make_talk,
)
from tests.sponsors.dealing import NOW


def offered(conference, employer="Windhaus GmbH", **values):
    speaker = make_person(employer=employer)
    submission = make_submission(conference, speakers=[speaker], travel_sponsor=True)
    make_decision(submission)
    return make_talk(submission=submission, **values)


def test_an_employer_is_named_once_the_organisers_agree_and_while_the_speaker_comes(db):
    conference, by = make_conference(), make_person()
    talk = offered(conference)
    assert (travel.offered(conference), travel.named(conference)) == (
        [("Windhaus GmbH", False)],
        [],
    )
    for _ in range(2):
        travel.agree(conference, "Windhaus GmbH", by=by, at=NOW)
    assert travel.named(conference) == ["Windhaus GmbH"]
    talk.state = TalkState.CANCELLED
    database.session.flush()
    assert (travel.offered(conference), travel.named(conference)) == ([], [])


def test_whoever_takes_the_offer_back_or_changes_employer_is_not_named(db):
    conference = make_conference()
    talk = offered(conference)
    travel.agree(conference, "Windhaus GmbH", by=make_person(), at=NOW)
    talk.submission.travel_sponsor = False
    database.session.flush()
    assert travel.named(conference) == []
    talk.submission.travel_sponsor = True
    database.session.get_one(Person, talk.submission.created_by_id).employer = "Other"
    database.session.flush()
    assert travel.named(conference) == []


@pytest.mark.parametrize(
    "state", [state for state in TalkState if state is not TalkState.CONFIRMED]
)
def test_nobody_is_named_before_the_session_is_confirmed(db, state):
    conference = make_conference()
    offered(conference, state=state)
    with pytest.raises(Refused, match="No speaker who is confirmed"):
        travel.agree(conference, "Windhaus GmbH", by=make_person(), at=NOW)
    assert travel.named(conference) == []


def test_the_public_reads_it_and_not_any_more_when_the_organisers_take_it_back(client, house):
    conference = make_conference()
    offered(conference)
    organiser = make_member(conference, Role.ORGANISER)
    visitor, team = client(organiser), f"/{conference.slug}/team/sponsors/"
    pages = (f"/{conference.slug}/", f"/{conference.slug}/sponsors/")
    assert "Windhaus" in visitor.get(team).text
    assert not any("Windhaus" in client().get(page).text for page in pages)
    said = {"employer": "Windhaus GmbH"}
    visitor.post(f"{team}travel", said | {"agree": "1"})
    assert all("Windhaus" in client().get(page).text for page in pages)
    visitor.post(f"{team}travel", said | {"no": "1"})
    assert not any("Windhaus" in client().get(page).text for page in pages)
    deeds = sa.select(LogEntry.action).where(LogEntry.subject == "TravelSponsor")
    assert [*database.session.scalars(deeds.order_by(LogEntry.id))] == [
        "named a travel sponsor",
        "no longer names a travel sponsor",
    ]
