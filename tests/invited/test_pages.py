"""The link of an invitation in the browser: with an account, without one, too late."""

from datetime import timedelta

import pytest

from cfp.access import Role
from cfp.conference.models import FormatKind
from cfp.db import db as database
from cfp.invited.links import token_of
from cfp.invited.models import Invitation
from cfp.mail.models import Message
from cfp.people.models import Person
from tests.make import make_format, make_member, make_person, make_submission
from tests.submissions.conftest import edition, mila, today, visitor  # noqa: F401
from tests.submissions.typed import form, only
from tests.visitor import rows

LIST = "/here/team/proposals/invitations/"


@pytest.fixture
def organiser(client, edition):  # noqa: F811
    return client(make_member(edition, Role.ORGANISER))


def path_of(invitation):
    return f"/here/invited/{invitation.code}/{token_of(invitation)}"


def the_invitation():
    return database.session.query(Invitation).one()


def test_somebody_without_an_account_says_yes_by_the_link_alone(client, visitor, edition):  # noqa: F811
    visitor.post("/here/proposals/new", form(edition, invite="joana@example.org"))
    stranger, place = client(), path_of(the_invitation())
    page = stranger.get(place).text
    assert "Mila Sommer" in page
    stranger.post(place, {"answer": "yes", "name": ""}, status=422)
    stranger.post(place, {"answer": "yes", "name": "Joana Costa"})
    assert [s.person.name for s in only().speakers] == ["Mila Sommer", "Joana Costa"]
    joana = database.session.query(Person).filter_by(email="joana@example.org").one()
    assert joana.email_confirmed_at
    assert "Snow" in stranger.get("/here/my/").text
    client().post(place, {"answer": "yes", "name": "Somebody else"}, status=422)
    assert len(only().speakers) == 2


def test_a_known_address_signs_in_first(client, visitor, edition):  # noqa: F811
    known = make_person("Joana Costa", email="joana@example.org")
    visitor.post("/here/proposals/new", form(edition, invite=known.email))
    place = path_of(the_invitation())
    assert "Sign in to say yes" in client().get(place).text
    client().post(place, {"answer": "yes", "name": "Mallory"}, status=422)
    client(known).post(place, {"answer": "yes"})
    assert [s.person for s in only().speakers][1] == known


def test_no_thank_you_ends_it(client, visitor, edition):  # noqa: F811
    visitor.post("/here/proposals/new", form(edition, invite="joana@example.org"))
    place = path_of(the_invitation())
    client().post(place, {"answer": "no"})
    assert "no longer works" in client().get(place).text
    assert rows(Person) == 1


def test_a_wrong_secret_or_another_edition_finds_nothing(client, visitor, edition):  # noqa: F811
    visitor.post("/here/proposals/new", form(edition, invite="joana@example.org"))
    client().get(f"/here/invited/{the_invitation().code}/wrong", status=404)
    client().get(f"/here/invited/NOBODY/{token_of(the_invitation())}", status=404)


def test_a_speaker_sends_an_invitation_again_and_takes_it_back(client, visitor, edition):  # noqa: F811
    visitor.post("/here/proposals/new", form(edition, invite="joana@example.org"))
    place = f"/here/proposals/{only().code}"
    assert "joana@example.org" in visitor.get(f"{place}/").text
    before, asked = path_of(the_invitation()), f"{place}/invitations/{the_invitation().code}"
    visitor.post(f"{asked}/again")
    client().get(before, status=404)
    visitor.get(f"{place}/")  # which says that the letter is on its way
    visitor.post(f"{asked}/take_back")
    assert "joana@example.org" not in visitor.get(f"{place}/").text
    client(make_person()).post(f"{asked}/again", status=404)


def test_a_late_proposal_from_the_letter_to_the_form(client, organiser, edition, today):  # noqa: F811
    today.move_to(edition.call_closes_at + timedelta(hours=1))
    asked = {"purpose": "late", "name": "Kim Li", "email": "kim@example.org"}
    organiser.post(LIST, asked | {"until": "2027-02-20T12:00"})
    place = path_of(the_invitation())
    assert place in database.session.query(Message).one().body
    kim = client()
    kim.post(place, {"answer": "yes", "name": "Kim Li"})
    page = kim.get("/here/proposals/new?key=1").text
    assert "Open until 20 February 2027, 12:00" in page
    kim.post("/here/proposals/new", form(edition, hand_in="1"))
    assert "You may change it until 20 February" in kim.get("/here/my/").text
    client(make_person()).get("/here/proposals/new?key=1", status=302)


def test_a_keynote_chooses_the_format_that_nobody_else_can(client, organiser, visitor, edition):  # noqa: F811
    keynote = make_format(edition, "Keynote", 60, kind=FormatKind.KEYNOTE, position=1)
    assert "Keynote" not in visitor.get("/here/proposals/new?key=1").text
    assert "Keynote" not in client().get("/here/call/").text
    asked = {"purpose": "keynote", "name": "Kim", "until": "2027-02-20T12:00"}
    organiser.post(LIST, asked, status=422)
    organiser.post(LIST, asked | {"format_id": str(keynote.id)})
    assert path_of(the_invitation()) in organiser.get(LIST).text
    kim = client(make_person("Kim"))
    kim.post(path_of(the_invitation()), {"answer": "yes"})
    page = kim.get(f"/here/proposals/new?key=1&format={keynote.id}").text
    assert f'<option selected value="{keynote.id}">Keynote' in page


def test_co_speakers_of_others_are_none_of_the_organisers_invitations(organiser, edition):  # noqa: F811
    submission = make_submission(edition)
    one = Invitation(
        conference=edition,
        purpose="co_speaker",
        submission_id=submission.id,
        email="x@example.org",
        until=edition.call_closes_at,
    )
    database.session.add(one)
    database.session.flush()
    organiser.post(f"{LIST}{one.code}/take-back", status=404)
    assert "x@example.org" not in organiser.get(LIST).text
