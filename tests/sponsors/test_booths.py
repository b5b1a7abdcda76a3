"""Booths: on the plan, on no other booth, and held for one agreement at a time."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.errors import Refused
from cfp.sponsors.models import BenefitKind, BenefitState, Booth
from cfp.sponsors.service import booths, offers, settings, signing
from cfp.sponsors.service.booths import BoothTaken, Drawing, Place
from cfp.sponsors.service.settings import Wish
from tests.make import make_conference, make_person
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    pay,
    sign,
)


def hold(booth, agreement, at=NOW):
    booths.hold(booth, agreement, by=None, at=at)
    database.session.refresh(booth)


def test_a_booth_is_held_by_one_and_refused_to_the_next(db):
    first = make_signed()
    second = make_signed(first.level)
    booth = make_booth(first.conference)
    hold(booth, first)
    with pytest.raises(BoothTaken, match="Booth A1 has just gone"):
        hold(booth, second)
    assert booth.agreement_id == first.id
    assert benefit_of(first, BenefitKind.BOOTH).claim == "A1"
    assert benefit_of(second, BenefitKind.BOOTH).state is BenefitState.PROMISED


def test_holding_the_same_booth_again_changes_nothing(db):
    agreement = make_signed()
    booth = make_booth(agreement.conference)
    hold(booth, agreement)
    hold(booth, agreement)
    assert booth.agreement_id == agreement.id


def test_whoever_takes_another_booth_gives_the_first_back(db):
    agreement = make_signed()
    one, two = make_booth(agreement.conference, "A1"), make_booth(agreement.conference, "A2")
    hold(one, agreement)
    hold(two, agreement)
    database.session.refresh(one)
    assert (one.agreement_id, two.agreement_id) == (None, agreement.id)
    assert benefit_of(agreement, BenefitKind.BOOTH).claim == "A2"


def test_whoever_is_refused_another_booth_keeps_the_first(db):
    first = make_signed()
    second = make_signed(first.level)
    one, two = make_booth(first.conference, "A1"), make_booth(first.conference, "A2")
    hold(one, first)
    hold(two, second)
    with pytest.raises(BoothTaken):
        hold(two, first)
    database.session.refresh(one)
    assert (one.agreement_id, two.agreement_id) == (first.id, second.id)


def test_a_hold_for_an_offer_ends_with_the_offer_and_one_that_is_signed_stays(db):
    first = make_offer()
    second = make_signed(first.level)
    booth = make_booth(first.conference)
    hold(booth, first)
    assert booth.held_until == first.valid_until
    late = first.valid_until + timedelta(seconds=1)
    hold(booth, second, at=late)
    assert (booth.agreement_id, booth.held_until) == (second.id, None)
    offers.lapse_due(late)
    database.session.refresh(booth)
    assert booth.agreement_id == second.id


def test_a_signature_makes_the_hold_last(db):
    agreement = make_offer()
    booth = make_booth(agreement.conference)
    hold(booth, agreement)
    sign(agreement)
    database.session.refresh(booth)
    assert (booth.agreement_id, booth.held_until) == (agreement.id, None)


@pytest.mark.parametrize("end", ["decline", "lapse", "cancel"])
def test_an_agreement_that_ends_frees_its_booth(db, end):
    agreement, by = make_offer(), make_person()
    booth = make_booth(agreement.conference)
    hold(booth, agreement)
    if end == "decline":
        offers.decline(agreement, by=None, at=NOW)
    elif end == "lapse":
        offers.lapse_due(agreement.valid_until + timedelta(seconds=1))
    else:
        signing.cancel(sign(agreement), "Bankrupt", by=by, at=NOW)
    database.session.refresh(booth)
    assert (booth.agreement_id, booth.held_until) == (None, None)


def test_a_booth_for_one_level_is_not_for_another(db):
    silver = make_level(name="Silver")
    conference = database.session.get_one(Conference, silver.conference_id)
    gold = make_level(conference, name="Gold")
    booth = make_booth(conference, level=gold)
    with pytest.raises(Refused, match="Booth A1 is for sponsors of “Gold”"):
        hold(booth, make_signed(silver))
    hold(booth, make_signed(gold))


def test_a_booth_of_another_edition_is_not_held(db):
    booth = make_booth(make_conference())
    with pytest.raises(BoothTaken):
        hold(booth, make_signed())


def test_whoever_was_promised_no_booth_holds_none(db):
    agreement = make_signed(promises=[Wish(BenefitKind.LOGO, "Logo")])
    with pytest.raises(Refused, match="No booth was promised"):
        hold(make_booth(agreement.conference), agreement)


def test_an_agreement_that_ended_holds_nothing(db):
    agreement = make_offer()
    offers.decline(agreement, by=None, at=NOW)
    with pytest.raises(Refused, match="does not stand"):
        hold(make_booth(agreement.conference), agreement)


def test_a_booth_that_was_given_back_can_be_claimed_anew(db):
    agreement = pay(make_signed())
    booth = make_booth(agreement.conference)
    hold(booth, agreement)
    booths.release(agreement, by=make_person(), at=NOW)
    benefit = benefit_of(agreement, BenefitKind.BOOTH)
    assert (benefit.state, benefit.claim) == (BenefitState.PROMISED, "")
    hold(booth, agreement)


def test_the_database_lets_an_agreement_hold_one_booth(db):
    agreement = make_signed()
    make_booth(agreement.conference, "A1")
    make_booth(agreement.conference, "A2")
    with pytest.raises(sa.exc.IntegrityError):
        database.session.execute(sa.update(Booth).values(agreement_id=agreement.id))
    database.session.rollback()


def test_booths_stand_on_the_plan_and_not_on_each_other(db):
    conference = make_conference()
    plan = settings.sponsoring_of(conference)
    booth = make_booth(conference, place=Place(0, 0, 30, 20))
    make_booth(conference, "A2", place=Place(30, 0, 30, 20))  # wall to wall
    for place in (Place(29, 19, 30, 20), Place(0, 0, 30, 20), Place(10, 5, 5, 5)):
        with pytest.raises(Refused, match="stands on booth A1"):
            make_booth(conference, "A3", place=place)
    edge = plan.plan_width - 30
    make_booth(conference, "A3", place=Place(edge, 0, 30, 20))
    with pytest.raises(Refused, match="beyond the edge"):
        make_booth(conference, "A4", place=Place(edge + 1, 40, 30, 20))
    with pytest.raises(Refused, match="There is a booth A1"):
        make_booth(conference, "A1", place=Place(0, 60, 30, 20))
    moved = Drawing("A1", Place(5, 0, 25, 20))
    booths.draw(conference, booth, moved, by=make_person(), at=NOW)
    assert (booth.x, booth.width) == (5, 25)


def test_a_booth_that_somebody_holds_is_not_removed(db):
    agreement, by = make_signed(), make_person()
    booth = make_booth(agreement.conference)
    hold(booth, agreement)
    with pytest.raises(Refused, match="Somebody holds"):
        booths.remove(booth, by=by, at=NOW)
    booths.release(agreement, by=by, at=NOW)
    booths.remove(booth, by=by, at=NOW)
    assert database.session.get(Booth, booth.id) is None
