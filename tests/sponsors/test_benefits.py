"""Benefits: each step in its order, and none before the money unless somebody wrote why."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from cfp.sponsors.models import Benefit, BenefitKind, BenefitState
from cfp.sponsors.models.benefits import MOVES
from cfp.sponsors.service import benefits, payment, signing
from tests.make import make_person
from tests.sponsors.dealing import NOW, benefit_of, make_offer, make_signed, pay

DAY = date(2027, 5, 10)


def test_a_benefit_goes_from_the_promise_to_the_proof(db):
    benefit, by = benefit_of(pay(make_signed())), make_person()
    benefits.claim(benefit, "Our logo, please", by=None, at=NOW)
    benefits.schedule(benefit, DAY, by=by, at=NOW)
    benefits.deliver(benefit, by=by, at=NOW)
    benefits.prove(benefit, "https://example.org/", by=by, at=NOW)
    assert (benefit.state, benefit.proof) == (BenefitState.PROVEN, "https://example.org/")
    assert (benefit.claimed_at, benefit.planned_for, benefit.delivered_at) == (NOW, DAY, NOW)
    actions = database.session.scalars(
        sa.select(LogEntry.action).where(LogEntry.subject == "Benefit").order_by(LogEntry.id)
    )
    assert [*actions] == ["claimed", "scheduled", "delivered", "proven"]


@pytest.mark.parametrize("kind", [BenefitKind.LOGO, BenefitKind.TICKETS, BenefitKind.BOOTH])
def test_nothing_ships_before_it_is_paid(db, kind):
    agreement = make_signed()
    benefit, by = benefit_of(agreement, kind), make_person()
    with pytest.raises(Refused, match="has not paid yet"):
        benefits.deliver(benefit, by=by, at=NOW)
    pay(agreement)
    benefits.deliver(benefit, by=by, at=NOW)
    assert benefit.state is BenefitState.DELIVERED


def test_the_database_itself_lets_nothing_ship_unreleased(db):
    make_signed()
    with pytest.raises(sa.exc.IntegrityError, match="ships_when_released"):
        database.session.execute(sa.update(Benefit).values(was="promised", state="delivered"))
    database.session.rollback()


def test_whoever_gives_it_unpaid_writes_why_and_that_stays(db):
    agreement = make_signed()
    benefit, by = benefit_of(agreement), make_person()
    with pytest.raises(Refused) as refused:
        benefits.release_early(benefit, "", by=by, at=NOW)
    assert refused.value.field == "why"
    benefits.release_early(benefit, "The printer needs it today.", by=by, at=NOW)
    benefits.deliver(benefit, by=by, at=NOW)
    assert (benefit.early_by, benefit.early_why) == (by, "The printer needs it today.")
    pay(agreement)
    assert benefit.early_why


def test_an_early_release_is_of_that_benefit_alone(db):
    agreement = make_signed()
    logo, booth = benefit_of(agreement), benefit_of(agreement, BenefitKind.BOOTH)
    benefits.release_early(logo, "The printer needs it.", by=make_person(), at=NOW)
    with pytest.raises(Refused, match="has not paid yet"):
        benefits.deliver(booth, by=make_person(), at=NOW)


def test_an_early_release_survives_a_payment_that_was_taken_back(db):
    agreement = make_signed()
    benefit = benefit_of(agreement)
    benefits.release_early(benefit, "The printer needs it.", by=make_person(), at=NOW)
    payment._release(agreement, None)
    assert benefit.released_at == NOW


def test_a_sponsor_claims_through_the_last_second_and_organisers_afterwards(db):
    benefit = benefit_of(make_signed(), BenefitKind.TALK)
    late = benefit.claim_by + timedelta(seconds=1)
    benefits.claim(benefit, "A talk", by=None, at=late - timedelta(milliseconds=1))
    with pytest.raises(Refused) as refused:
        benefits.claim(benefit, "Another talk", by=None, at=late)
    assert refused.value.field == "claim"
    benefits.claim(benefit, "By telephone", by=make_person(), at=late)
    assert benefit.claim == "By telephone"


def test_a_claim_can_be_written_anew_until_it_is_arranged(db):
    benefit, by = benefit_of(make_signed()), make_person()
    benefits.claim(benefit, "A", by=None, at=NOW)
    benefits.claim(benefit, "B", by=None, at=NOW)
    benefits.schedule(benefit, DAY, by=by, at=NOW)
    benefits.schedule(benefit, DAY + timedelta(days=1), by=by, at=NOW)
    with pytest.raises(Refused, match="arranged already"):
        benefits.claim(benefit, "C", by=None, at=NOW)
    assert (benefit.claim, benefit.planned_for) == ("B", DAY + timedelta(days=1))


def test_a_delivery_pressed_by_mistake_is_taken_back_and_a_proven_one_stays(db):
    benefit, by = benefit_of(pay(make_signed())), make_person()
    with pytest.raises(Refused):
        benefits.take_back(benefit, by=by, at=NOW)
    benefits.deliver(benefit, by=by, at=NOW)
    benefits.take_back(benefit, by=by, at=NOW)
    assert (benefit.state, benefit.delivered_at) == (BenefitState.SCHEDULED, None)
    benefits.deliver(benefit, by=by, at=NOW)
    benefits.prove(benefit, "Photo 7", by=by, at=NOW)
    with pytest.raises(Refused):
        benefits.take_back(benefit, by=by, at=NOW)


def test_nothing_is_proven_that_was_not_delivered(db):
    benefit = benefit_of(pay(make_signed()))
    with pytest.raises(Refused, match="Only what was delivered"):
        benefits.prove(benefit, "Photo 7", by=make_person(), at=NOW)


def test_an_offer_promises_nothing_yet(db):
    benefit = benefit_of(make_offer())
    with pytest.raises(Refused, match="signed agreement"):
        benefits.claim(benefit, "Mine", by=None, at=NOW)


def test_what_was_cancelled_is_not_given(db):
    agreement = pay(make_signed())
    signing.cancel(agreement, "No fair this year", by=make_person(), at=NOW)
    with pytest.raises(Refused, match="signed agreement"):
        benefits.deliver(benefit_of(agreement), by=make_person(), at=NOW)


@pytest.mark.parametrize("after", BenefitState)
@pytest.mark.parametrize("before", BenefitState)
def test_the_database_knows_which_steps_are_legal(db, before, after):
    benefit = benefit_of(pay(make_signed()))
    values = {"was": before.value, "state": after.value, "proof": "Photo 7"}
    change = sa.update(Benefit.__table__).where(Benefit.id == benefit.id).values(**values)
    if after in MOVES[before]:
        assert database.session.execute(change).rowcount == 1
    else:
        with pytest.raises(sa.exc.IntegrityError, match="legal_move"):
            database.session.execute(change)
        database.session.rollback()
