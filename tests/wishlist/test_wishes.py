"""What visitors wish to hear: one support a visitor, read before it shows, asked of somebody."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.invited.models import Invitation, Purpose
from cfp.invited.service import Wanted
from cfp.mail.models import Message
from cfp.people.models import LogEntry
from cfp.wishlist import browser, queries, service
from cfp.wishlist.models import Support, WishedTalk, WishState
from cfp.wishlist.service import KEPT_AFTER
from cfp.wishlist.visitor import Visitor
from tests.make import make_conference, make_member, make_person
from tests.submissions.conftest import today  # noqa: F401  (the clock stands still)
from tests.visitor import rows

LIST, TEAM = "/here/wishes/", "/here/team/proposals/wishes/"
ONE, OTHER = Visitor(None, "one browser"), Visitor(None, "another browser")


@pytest.fixture
def edition(house):
    return make_conference(slug="here", takes_wishes=True)


def wished(edition, state=WishState.SHOWN, title="Snow"):
    one = WishedTalk(conference_id=edition.id, title=title, state=state)
    database.session.add(one)
    database.session.flush()
    return one


def only():
    database.session.expire_all()
    return database.session.query(WishedTalk).one()


def test_a_visitor_supports_a_wish_once_however_often_they_press(db, edition):
    snow = wished(edition)
    for _press in range(3):
        service.support(snow, ONE)
    service.support(snow, OTHER)
    assert rows(Support) == 2
    service.take_back(snow, ONE)
    assert rows(Support) == 1


def test_who_signs_in_in_the_same_browser_has_no_second_voice(db, edition):
    snow, mila = wished(edition), make_person()
    service.support(snow, ONE)
    service.support(snow, Visitor(mila, ONE.secret))
    assert rows(Support) == 1
    service.support(snow, Visitor(mila))
    assert rows(Support) == 2  # another device: nobody could know


def test_the_same_wish_is_on_the_list_once(db, edition, now):
    first = service.wish(edition, "Snow", visitor=ONE, at=now)
    assert service.wish(edition, "SNOW", visitor=OTHER, at=now) is first
    assert rows(Support) == 2
    first.state = WishState.SHOWN
    with pytest.raises(Refused) as refused:
        service.wish(edition, "snow", visitor=OTHER, at=now)
    assert refused.value.field == "title"


def test_a_strangers_wish_shows_once_it_was_read_and_the_teams_at_once(client, edition):
    client().post(LIST, {"title": "Snow", "why": "It <b>falls</b>.", "speaker": "My aunt"})
    assert "Snow" not in client().get(LIST).text
    organiser = client(make_member(edition, Role.ORGANISER))
    page = organiser.get(TEAM).text
    assert "My aunt" in page
    assert "&lt;b&gt;" in page
    organiser.post(f"{TEAM}{only().code}/show")
    page = client().get(LIST).text
    assert "Snow" in page
    assert "My aunt" not in page
    organiser.post(f"{TEAM}{only().code}/remove")
    assert "Snow" not in client().get(LIST).text
    organiser.post(LIST, {"title": "Hail"})
    assert "Hail" in client().get(LIST).text
    moves = database.session.query(LogEntry).filter_by(action="moved wish").order_by(LogEntry.id)
    kept = [(move.details["was"], move.details["state"]) for move in moves]
    assert kept == [("waiting", "shown"), ("shown", "removed")]


def test_a_browser_without_an_account_is_known_again_by_a_secret_we_signed(client, edition):
    place = f"{LIST}{wished(edition).code}/"
    visitor = client()
    visitor.post(f"{place}support")
    visitor.post(f"{place}support")
    assert rows(Support) == 1
    assert "Take it back" in visitor.get(LIST).text
    forger = client()
    forger.browser.set_cookie("supporter", "made up", path="/here/")
    forger.post(f"{place}take-back")
    assert rows(Support) == 1
    forger.post(f"{place}support")
    assert rows(Support) == 2  # as a browser of its own, with a secret of ours
    visitor.post(f"{place}take-back")
    assert rows(Support) == 1


def test_two_presses_of_one_page_are_one_voice_though_neither_brings_a_secret(client, edition):
    place = f"{LIST}{wished(edition).code}/support"
    key = re.search(r'name="key" value="([^"]+)"', client().get(LIST).text)[1]
    for _press in range(2):
        client().post(place, {"key": key})
    assert rows(Support) == 1
    client().post(place, {"key": f"{key}x"})
    assert rows(Support) == 2  # made up, so a secret of ours


def test_a_network_gets_so_many_new_browsers_and_no_more(client, edition, monkeypatch):
    monkeypatch.setattr(browser, "NEW_BROWSERS", 0.3)
    place = f"{LIST}{wished(edition).code}/support"
    for _browser in range(3):
        client().post(place)
    client().post(place, status=409)
    assert rows(Support) == 3


def test_what_waits_or_is_off_the_list_cannot_be_supported_by_its_address(client, edition):
    for state in (WishState.WAITING, WishState.REMOVED):
        client().post(f"{LIST}{wished(edition, state).code}/support", status=404)
    edition.takes_wishes = False
    client().post(f"{LIST}{wished(edition).code}/support", status=404)
    client().get(LIST, status=404)


def test_a_month_after_the_end_browsers_are_forgotten_and_their_number_stays(client, edition, db):
    snow, hail, mila = wished(edition), wished(edition, title="Hail"), make_person()
    for visitor in (ONE, OTHER, Visitor(mila)):
        service.support(snow, visitor)
    over = datetime.combine(edition.ends_on, time(12), UTC)
    assert service.forget_browsers(over + KEPT_AFTER) == 0
    for _minute in range(2):
        service.forget_browsers(over + KEPT_AFTER + timedelta(days=1))
    assert [one.person_id for one in database.session.query(Support)] == [mila.id]
    found = database.session.execute(queries.ranked(edition, WishState.SHOWN)).all()
    assert found == [(snow, 3), (hail, 0)]
    assert database.session.scalar(queries.how_many(snow)) == 3


def test_once_the_conference_is_over_its_list_is_read_and_nothing_else(client, edition, today):  # noqa: F811
    place = f"{LIST}{wished(edition).code}/support"
    today.move_to(datetime.combine(edition.ends_on, time(12), UTC) + timedelta(days=1))
    client().post(place, status=409)
    client().post(LIST, {"title": "Hail"}, status=422)
    page = client().get(LIST).text
    assert "Snow" in page
    assert "Me too" not in page
    assert rows(Support) == 0


def test_the_chair_turns_a_wish_into_an_invitation(client, edition, today):  # noqa: F811
    snow = wished(edition)
    service.support(snow, ONE)
    chair = client(make_member(edition, Role.CHAIR))
    place = f"{TEAM}{snow.code}/invite"
    assert "1 visitor would like to hear a talk about this: “Snow”." in chair.get(place).text
    until = {"purpose": "late", "until": "2027-03-20T23:59", "note": "Please."}
    chair.post(place, {**until, "name": ""}, status=422)
    chair.post(place, {**until, "name": "Joana", "email": "joana@example.org"})
    made = database.session.query(Invitation).one()
    assert (made.purpose, made.note, only().invitation_id) == (Purpose.LATE, "Please.", made.id)
    letter = database.session.query(Message).one()
    assert (letter.to, f"/invited/{made.code}/" in letter.body) == ("joana@example.org", True)
    assert "Joana was asked." in chair.get(TEAM).text
    assert "Joana" not in client().get(LIST).text
    again = chair.post(place, {**until, "name": "Rosa"}, status=422)
    assert "may still say yes" in again.text


def test_somebody_else_is_asked_once_the_first_did_not_answer(db, edition, now):
    snow, chair = wished(edition), make_person()
    asked = [Wanted(Purpose.LATE, now + timedelta(days=n), f"Guest {n}") for n in (1, 9)]
    service.invite_for(snow, asked[0], by=chair, at=now)
    service.invite_for(snow, asked[1], by=chair, at=now + timedelta(days=2))
    assert snow.invitation.name == "Guest 9"
