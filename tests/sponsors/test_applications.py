"""Who would like to sponsor asks on the public page; a full level has a line."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.sponsors.models import Application, ApplicationState, LevelWaiting, Sponsor
from cfp.sponsors.service import applications, offers, places, settings
from cfp.sponsors.service.applications import Applicant
from cfp.sponsors.service.places import OthersFirst
from tests.make import make_conference, make_member, make_person
from tests.sponsors.dealing import NOW, make_level, make_offer, make_sponsor
from tests.visitor import rows

ADA = Applicant("Seitenwind", "Ada", "Ada@Example.org", message="We like your tea.")


def asks(level, who=ADA, at=NOW):
    conference = database.session.get_one(Conference, level.conference_id)
    settings.sponsoring_of(conference).is_open = True
    return applications.apply(conference, level, who, at=at)


def test_whoever_asks_twice_for_a_level_has_asked_once_and_is_written_to_once(db):
    level = make_level()
    assert asks(level) is asks(level, Applicant("Other", "Ada", "ada@example.org"))
    assert (rows(Application), rows(Message)) == (1, 1)


def test_nobody_asks_where_no_sponsors_are_looked_for(db):
    level = make_level()
    conference = database.session.get_one(Conference, level.conference_id)
    with pytest.raises(Refused, match="No sponsors are looked for"):
        applications.apply(conference, level, ADA, at=NOW)


def test_an_application_becomes_a_sponsor_with_its_contact(db):
    application = asks(make_level())
    sponsor = applications.take_in(application, by=make_person(), at=NOW)
    assert [(c.name, c.email) for c in sponsor.contacts] == [("Ada", "ada@example.org")]
    assert application.state is ApplicationState.TAKEN
    with pytest.raises(Refused, match="answered this already"):
        applications.decline(application, by=make_person(), at=NOW)
    assert rows(LevelWaiting) == 0


def test_a_company_that_is_known_is_not_written_down_twice(db):
    application = asks(make_level())
    conference = database.session.get_one(Conference, application.conference_id)
    known = make_sponsor(conference, "SEITENWIND")
    assert applications.take_in(application, by=make_person(), at=NOW) is known
    assert (rows(Sponsor), len(known.contacts)) == (1, 2)


def test_for_a_full_level_one_stands_in_line_since_one_asked(db):
    level = make_level(cap=1)
    taken = make_offer(level)
    application = asks(level, at=NOW - timedelta(days=2))
    other = make_sponsor(taken.conference)
    places.wait(level, other, by=None, at=NOW - timedelta(days=1))
    first = applications.take_in(application, by=make_person(), at=NOW)
    offers.decline(taken, by=None, at=NOW)
    with pytest.raises(OthersFirst, match="Seitenwind waits"):
        make_offer(level, sponsor=other)
    first.street, first.city = "Am Kanal 1", "Berlin"
    make_offer(level, sponsor=first)


def test_whoever_is_not_taken_gets_a_letter(db):
    application = asks(make_level())
    applications.decline(application, by=make_person(), at=NOW)
    kinds = database.session.scalars(sa.select(Message.kind).order_by(Message.id))
    assert [*kinds] == ["sponsor_applied", "sponsor_not_taken"]


def test_a_stranger_asks_on_the_page_and_an_organiser_takes_it_in(client, house):
    conference = make_conference()
    level = make_level(conference, cap=0)
    settings.sponsoring_of(conference).is_open = True
    organiser = make_member(conference, Role.ORGANISER)
    with transaction():
        pass
    here, stranger = f"/{conference.slug}", client()
    assert "Join the waiting list" in stranger.get(f"{here}/sponsors/").text
    said = {"level": level.code, "company": "Nordwind", "contact_name": "Bo"}
    stranger.get(f"{here}/sponsors/apply")
    stranger.post(f"{here}/sponsors/apply", said | {"email": "bo@example.org"})
    [code] = database.session.scalars(sa.select(Application.code)).all()
    visitor = client(organiser)
    assert "Nordwind" in visitor.get(f"{here}/team/sponsors/").text
    visitor.post(f"{here}/team/sponsors/applications/{code}/take-in", {})
    assert rows(LevelWaiting) == 1


def test_the_page_can_be_asked_only_so_often_from_one_network(client, house):
    conference = make_conference()
    level = make_level(conference)
    settings.sponsoring_of(conference).is_open = True
    with transaction():
        pass
    stranger, url = client(), f"/{conference.slug}/sponsors/apply"
    stranger.get(url)
    for number in range(9):
        said = {"level": level.code, "company": f"Wind {number}", "contact_name": "Bo"}
        status = 302 if number < 8 else 422
        stranger.post(url, said | {"email": f"bo{number}@example.org"}, status=status)
    assert rows(Application) == 8
