"""Fifty processes want ten booths, or ten places of a level: ten get one, forty are refused.

In the same processes stands what happens without the guard, to show that the rush is a real one.
"""

import pytest
import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.db import transaction
from cfp.people.models import Person
from cfp.sponsors.models import Agreement, Benefit, Booth, Level
from cfp.sponsors.service import booths, offers
from cfp.sponsors.service.booths import Drawing
from cfp.sponsors.service.offers import Terms
from tests.make import make_conference, make_person
from tests.sponsors.dealing import (
    NOW,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    make_sponsor,
)
from tests.sponsors.rush import rush
from tests.visitor import rows

EVERYBODY, THERE_ARE = 50, 10
FEW, THERE_ARE_FEW = 10, 2  # of the same rush: as many for each


def keep():
    with transaction():
        pass  # what was made so far, for the others to see


def ask(house, *rushes):
    keep()
    settings = house.config["SETTINGS"]
    said = rush(settings.instance, settings.database_url, *rushes)
    database.session.expire_all()
    return said


def who_want_booths(everybody, there_are):
    level = make_level()
    offered = [make_offer(level) for _ in range(everybody)]
    conference = offered[0].conference
    booths_ = [make_booth(conference, f"B{number}").id for number in range(there_are)]
    return [(booths_[n % there_are], agreement.id) for n, agreement in enumerate(offered)]


def who_want_places(everybody, there_are):
    conference = make_conference()
    level = make_level(conference, cap=there_are)
    return [(level.id, make_sponsor(conference).id) for _ in range(everybody)]


@pytest.mark.slow
def test_fifty_requests_for_ten_booths_are_ten_holds_and_forty_refusals(house, db):
    """Without the guard the same rush tells more that they have a booth than there are."""
    unguarded = ("hold_unguarded", who_want_booths(FEW, THERE_ARE_FEW))
    guarded = ("hold", who_want_booths(EVERYBODY, THERE_ARE))
    wrong, right = ask(house, unguarded, guarded)
    assert wrong["done"] > THERE_ARE_FEW
    assert right == {"done": THERE_ARE, "BoothTaken": EVERYBODY - THERE_ARE}
    asked = [agreement for _booth, agreement in guarded[1]]
    held = sa.select(Booth.agreement_id).where(Booth.agreement_id.in_(asked))
    found = database.session.scalars(held).all()
    assert len(set(found)) == len(found) == THERE_ARE
    claims = sa.select(Benefit.agreement_id).where(Benefit.claim != "")
    assert set(database.session.scalars(claims)) == set(found)


@pytest.mark.slow
def test_fifty_offers_of_ten_places_are_ten_offers_and_forty_refusals(house, db):
    """Without the guard the same rush offers more places than there are."""
    unguarded = ("offer_unguarded", who_want_places(FEW, THERE_ARE_FEW))
    guarded = ("offer", who_want_places(EVERYBODY, THERE_ARE))
    wrong, right = ask(house, unguarded, guarded)
    assert wrong["done"] > THERE_ARE_FEW
    assert right == {"done": THERE_ARE, "LevelFull": EVERYBODY - THERE_ARE}
    level = guarded[1][0][0]
    assert (rows(Agreement), database.session.get_one(Level, level).taken) == (10, 10)


def test_two_who_swap_their_booths_at_once_wait_in_no_circle(at_once, db):
    first = make_signed()
    second = make_signed(first.level)
    one, two = make_booth(first.conference, "A1"), make_booth(first.conference, "A2")
    booths.hold(one, first, by=None, at=NOW)
    booths.hold(two, second, by=None, at=NOW)

    def wants(booth, agreement):
        booth_id, agreement_id = booth.id, agreement.id

        def deed():
            mine = database.session.get_one(Agreement, agreement_id)
            booths.hold(database.session.get_one(Booth, booth_id), mine, by=None, at=NOW)
            return "done"

        return deed

    assert at_once(wants(two, first), wants(one, second)) == ["BoothTaken", "BoothTaken"]


def test_one_sponsor_in_two_tabs_holds_one_booth(at_once, db):
    agreement = make_signed()
    found = [make_booth(agreement.conference, label).id for label in ("A1", "A2")]
    agreement_id = agreement.id

    def wants(booth_id):
        def deed():
            mine = database.session.get_one(Agreement, agreement_id)
            booths.hold(database.session.get_one(Booth, booth_id), mine, by=None, at=NOW)
            return "done"

        return deed

    assert at_once(*[wants(booth_id) for booth_id in found]) == ["done", "done"]
    held = sa.select(Booth.id).where(Booth.agreement_id == agreement_id)
    assert len(database.session.scalars(held).all()) == 1


def test_a_booth_is_chosen_or_taken_off_the_plan_at_once_and_never_both(at_once, db):
    agreement = make_signed()
    booth, by = make_booth(agreement.conference).id, make_person()
    ids = (booth, agreement.id, by.id)

    def choose():
        mine = database.session.get_one(Agreement, ids[1])
        booths.hold(database.session.get_one(Booth, ids[0]), mine, by=None, at=NOW)
        return "held"

    def remove():
        who = database.session.get_one(Person, ids[2])
        booths.remove(database.session.get_one(Booth, ids[0]), by=who, at=NOW)
        return "removed"

    said = set(at_once(choose, remove))
    left = database.session.scalar(sa.select(Booth.agreement_id).where(Booth.id == booth))
    assert (said & {"held", "removed"}, left) in (({"held"}, ids[1]), ({"removed"}, None))
    assert len(said) == 2


def test_a_booth_goes_to_a_sponsor_or_to_another_level_at_once_and_never_to_both(at_once, db):
    agreement = make_signed()
    booth = make_booth(agreement.conference)
    silver = make_level(agreement.conference, name="Silver")
    ids = (booth.id, agreement.id, silver.id, make_person().id)

    def choose():
        mine = database.session.get_one(Agreement, ids[1])
        booths.hold(database.session.get_one(Booth, ids[0]), mine, by=None, at=NOW)
        return "held"

    def restrict():
        found, level = (
            database.session.get_one(Booth, ids[0]),
            database.session.get_one(Level, ids[2]),
        )
        drawing = Drawing(found.label, booths.place_of(found), level)
        who, here = database.session.get_one(Person, ids[3]), found.conference_id
        edition = database.session.get_one(Conference, here)
        booths.draw(edition, found, drawing, by=who, at=NOW)
        return "restricted"

    said = sorted(at_once(choose, restrict))
    found = database.session.get_one(Booth, ids[0])
    held, level = found.agreement_id, found.level_id
    assert (said, held, level) in (
        (["Refused", "held"], ids[1], None),
        (["Refused", "restricted"], None, ids[2]),
    )


def test_two_offers_to_one_sponsor_at_once_are_one(at_once, db):
    level = make_level(cap=5)
    sponsor = make_sponsor(database.session.get_one(Conference, level.conference_id))
    ids = (sponsor.id, level.id)

    def deed():
        to = database.session.get_one(type(sponsor), ids[0])
        offers.offer(to, database.session.get_one(Level, ids[1]), Terms(), by=None, at=NOW)
        return "done"

    assert sorted(at_once(deed, deed)) == ["Refused", "done"]
    assert (rows(Agreement), database.session.get_one(Level, ids[1]).taken) == (1, 1)


def test_a_signature_and_the_end_of_the_offer_at_once_are_one_of_both(at_once, db):
    from tests.sponsors.dealing import sign  # noqa: PLC0415

    agreement = make_offer(make_level(cap=1))
    agreement_id = agreement.id

    def signs():
        return sign(database.session.get_one(Agreement, agreement_id)).state.value

    def declines():
        offers.decline(database.session.get_one(Agreement, agreement_id), by=None, at=NOW)
        return "declined"

    said = sorted(at_once(signs, declines))
    assert said in (["Refused", "signed"], ["Refused", "declined"])
