"""The team: people join by their address, and an edition always has an organiser."""

import threading

import pytest

from cfp.access import Role
from cfp.conference import queries
from cfp.conference.models import Membership
from cfp.conference.service import team
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.models import LogEntry, Person
from tests.make import make_conference, make_member, make_person, make_track
from tests.visitor import rows


@pytest.fixture
def conference(db):
    return make_conference()


@pytest.fixture
def organiser(conference):
    return make_member(conference, Role.ORGANISER)


def membership(conference, person, role):
    return database.session.scalar(queries.membership(conference, person, role))


def test_a_stranger_gets_an_account_a_role_and_a_link(conference, organiser, now):
    member = team.appoint(conference, "rosa.lux@example.org", Role.REVIEWER, by=organiser, at=now)
    letter = database.session.query(Message).one()
    assert (member.person.name, member.role) == ("Rosa Lux", Role.REVIEWER)
    assert (letter.to, letter.conference_id) == ("rosa.lux@example.org", conference.id)
    assert "/link/confirm_email/" in letter.body


def test_somebody_known_gets_a_letter_without_a_way_past_the_sign_in(conference, organiser, now):
    known = make_person()
    team.appoint(conference, known.email, Role.CREW, by=organiser, at=now)
    assert "/link/" not in database.session.query(Message).one().body


def test_one_person_may_have_several_roles_each_once(conference, organiser, now):
    team.appoint(conference, organiser.email, Role.CHAIR, by=organiser, at=now)
    with pytest.raises(Refused) as refused:
        team.appoint(conference, organiser.email, Role.CHAIR, by=organiser, at=now)
    assert refused.value.field == "email"
    assert rows(Membership) == 2


def test_a_track_chair_needs_a_track(conference, organiser, now):
    with pytest.raises(Refused) as refused:
        team.appoint(conference, "a@example.org", Role.TRACK_CHAIR, by=organiser, at=now)
    assert refused.value.field == "track_id"
    assert rows(Person) == 1


def test_only_a_track_chair_has_one(conference, organiser, now):
    track = make_track(conference)
    member = team.appoint(
        conference, "a@example.org", Role.REVIEWER, by=organiser, at=now, track=track
    )
    assert member.track is None


@pytest.mark.parametrize("role", [Role.ANYONE, Role.SIGNED_IN, Role.ADMIN])
def test_nobody_is_made_what_no_team_has(conference, organiser, now, role):
    with pytest.raises(Refused) as refused:
        team.appoint(conference, "a@example.org", role, by=organiser, at=now)
    assert refused.value.field == "role"


def test_the_last_organiser_stays(conference, organiser, now):
    mine = membership(conference, organiser, Role.ORGANISER)
    with pytest.raises(Refused, match="last organiser"):
        team.dismiss(mine, by=organiser, at=now)
    make_member(conference, Role.ORGANISER)
    team.dismiss(mine, by=organiser, at=now)
    assert rows(Membership) == 1


def test_an_organiser_of_another_edition_does_not_count(conference, organiser, now):
    make_member(make_conference(), Role.ORGANISER)
    with pytest.raises(Refused, match="last organiser"):
        team.dismiss(membership(conference, organiser, Role.ORGANISER), by=organiser, at=now)


def test_joining_and_leaving_are_on_record(conference, organiser, now):
    member = team.appoint(conference, "a@example.org", Role.CREW, by=organiser, at=now)
    team.dismiss(member, by=organiser, at=now)
    entries = database.session.query(LogEntry).order_by(LogEntry.id).all()
    assert [(e.action, e.details["role"]) for e in entries] == [
        ("appointed", "crew"),
        ("dismissed", "crew"),
    ]


def test_two_who_dismiss_each_other_at_once_leave_one(house, conference, organiser, now):
    other = make_member(conference, Role.ORGANISER)
    pairs = [(organiser.id, other.id), (other.id, organiser.id)]
    slug = conference.slug
    with transaction():
        pass  # for the others to see
    said, together = [], threading.Barrier(2)

    def dismiss(by_id, whom_id):
        with house.test_request_context():
            together.wait()
            try:
                with transaction():
                    edition = database.session.scalars(queries.by_slug(slug)).one()
                    by, whom = (database.session.get(Person, i) for i in (by_id, whom_id))
                    team.dismiss(membership(edition, whom, Role.ORGANISER), by=by, at=now)
            except Refused:
                said.append("refused")
            else:
                said.append("dismissed")
            database.session.remove()

    threads = [threading.Thread(target=dismiss, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(said) == ["dismissed", "refused"]
    assert rows(Membership) == 1
