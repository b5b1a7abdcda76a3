"""Levels: their price by the day, their cap, and who waits for a full one."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.errors import Refused
from cfp.sponsors.models import BenefitKind, Level, LevelWaiting
from cfp.sponsors.service import offers, places, settings
from cfp.sponsors.service.places import LevelFull, OthersFirst
from cfp.sponsors.service.settings import LevelTerms, Wish
from tests.make import make_conference, make_person
from tests.sponsors.dealing import NOW, make_level, make_offer, make_signed, make_sponsor
from tests.visitor import rows


def test_the_early_price_holds_through_its_last_second(db):
    until = datetime(2027, 2, 1, 22, 59, 59, tzinfo=UTC)
    level = make_level(early=(400_000, until))
    assert level.price(until) == 400_000
    assert level.price(until + timedelta(milliseconds=999)) == 400_000
    assert level.price(until + timedelta(seconds=1)) == 500_000


def test_an_early_price_above_the_regular_one_is_refused(db):
    with pytest.raises(Refused) as refused:
        make_level(early=(500_001, NOW))
    assert refused.value.field == "early_cents"


def test_two_levels_of_one_name_are_refused_and_a_level_may_keep_its_name(db):
    level = make_level()
    conference = make_conference()
    make_level(conference)  # another edition has its own
    with pytest.raises(Refused):
        settings.set_level(
            database.session.get_one(type(conference), level.conference_id),
            None,
            LevelTerms("Gold", 1),
            by=None,
            at=NOW,
        )
    same = settings.set_level(
        database.session.get_one(type(conference), level.conference_id),
        level,
        LevelTerms("Gold", 600_000, promises=[Wish(BenefitKind.LOGO, "Logo")]),
        by=None,
        at=NOW,
    )
    assert (same.cents, [p.name for p in same.promises]) == (600_000, ["Logo"])


def test_an_offer_takes_a_place_and_every_end_of_it_gives_it_back(db):
    level, organiser = make_level(cap=1), make_person()
    ends = [
        lambda one: offers.decline(one, by=None, at=NOW),
        lambda one: offers.withdraw(one, by=organiser, at=NOW),
        lambda one: offers.lapse_due(one.valid_until + timedelta(seconds=1)),
    ]
    for end in ends:
        agreement = make_offer(level)
        assert (level.taken, level.left) == (1, 0)
        end(agreement)
        assert (level.taken, level.left) == (0, 1)


def test_a_full_level_takes_nobody_more(db):
    level = make_level(cap=1)
    make_signed(level)
    with pytest.raises(LevelFull):
        make_offer(level)
    assert level.taken == 1


def test_a_level_without_a_cap_is_never_full(db):
    level = make_level()
    for _ in range(5):
        make_offer(level)
    assert (level.taken, level.left) == (5, None)


def test_whoever_waits_longest_is_offered_first_and_leaves_the_line(db):
    level = make_level(cap=1)
    taken = make_offer(level)
    first, second, new = (make_sponsor(taken.conference, name) for name in ("Ada", "Bea", "Cai"))
    for sponsor in (first, second, first):
        places.wait(level, sponsor, by=None, at=NOW)
    assert rows(LevelWaiting) == 2
    with pytest.raises(LevelFull):
        make_offer(level, sponsor=first)
    offers.decline(taken, by=None, at=NOW)
    for late in (second, new):
        with pytest.raises(OthersFirst, match="Ada waits for “Gold” and comes first"):
            make_offer(level, sponsor=late)
    assert level.taken == 0
    make_offer(level, sponsor=first)
    assert [*database.session.scalars(sa.select(LevelWaiting.sponsor_id))] == [second.id]


def test_whoever_leaves_the_line_stops_nobody(db):
    level = make_level(cap=1)
    agreement = make_offer(level)
    entry = places.wait(level, make_sponsor(agreement.conference), by=None, at=NOW)
    offers.decline(agreement, by=None, at=NOW)
    places.leave(entry, by=None, at=NOW)
    make_offer(level)
    assert level.taken == 1


def test_a_cap_is_never_set_below_what_is_taken(db):
    level = make_level(cap=3)
    make_offer(level)
    make_offer(level)
    with pytest.raises(Refused, match="2 are taken already"):
        places.resize(level, 1)
    places.resize(level, 2)
    assert level.left == 0


def test_the_database_itself_counts_no_more_than_the_cap(db):
    level = make_level(cap=1)
    with pytest.raises(sa.exc.IntegrityError):
        database.session.execute(sa.update(Level).values(taken=2))
    database.session.rollback()
    assert level is not None


def test_a_level_goes_only_when_nothing_was_offered_in_it(db):
    level, organiser = make_level(), make_person()
    make_offer(level)
    with pytest.raises(Refused):
        settings.remove_level(level, by=organiser, at=NOW)
    spare = make_level(make_conference())
    settings.remove_level(spare, by=organiser, at=NOW)
    assert database.session.get(Level, spare.id) is None


def test_a_text_for_agreements_is_checked_and_an_empty_one_is_the_usual(db):
    plan = settings.sponsoring_of(make_conference())
    with pytest.raises(Refused) as refused:
        settings.write_agreement(plan, "Dear {sponser}")
    assert refused.value.field == "agreement_text"
    settings.write_agreement(plan, "")
    assert plan.agreement_text == ""
