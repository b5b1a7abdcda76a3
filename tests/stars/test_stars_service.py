"""Stars with and without an account: kept once, merged, counted without names, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp.codes import hashed
from cfp.db import db as database
from cfp.errors import Refused
from cfp.schedule import puzzle, rules
from cfp.schedule import service as schedule
from cfp.stars import counting, queries, service
from cfp.stars.models import Interest, Star, StarList
from tests.conftest import NOW
from tests.make import make_person
from tests.schedule.edition import Edition
from tests.visitor import rows

BROWSER, OTHER = "a secret of this browser", "another secret"


def wish(edition, *numbers, person=None, browser=BROWSER, wanted=True):
    codes = {edition.talks[n - 1].code: wanted for n in numbers}
    return service.change(edition.conference, person, browser, codes, NOW)


def wanted_by(edition, person=None, browser=BROWSER):
    ids = service.starred(edition.conference, person, browser)
    return {n for n, talk in enumerate(edition.talks, 1) if talk.id in ids}


def test_a_browser_stars_and_takes_back_without_an_account(db):
    edition = Edition()
    wish(edition, 1, 2)
    wish(edition, 2, wanted=False)
    wish(edition, 1)  # again changes nothing
    assert wanted_by(edition) == {1}
    assert wanted_by(edition, browser=OTHER) == set()
    assert (rows(StarList), rows(Star)) == (1, 1)


def test_of_a_browser_nothing_is_kept_but_a_hash_and_the_day(db):
    mine = wish(Edition(), 1)
    columns = {column.key for column in sa.inspect(StarList).columns}
    assert columns == {
        *("id", "conference_id", "person_id", "browser_hash", "feed_hash", "changed_on"),
    }
    assert mine.browser_hash == hashed(BROWSER)
    assert BROWSER not in str(database.session.execute(sa.select(StarList.__table__)).all())


def test_who_signs_in_sees_what_the_browser_had_and_the_next_press_keeps_it(db):
    edition, person = Edition(), make_person()
    wish(edition, 1, person=person, browser=OTHER)
    wish(edition, 1, 2)
    assert wanted_by(edition, person) == {1, 2}
    wish(edition, 3, person=person)
    assert wanted_by(edition, person, browser=None) == {1, 2, 3}
    assert wanted_by(edition) == set()  # gone over, not copied
    assert rows(StarList) == 1


def test_a_calendar_that_was_subscribed_before_signing_in_goes_on(db):
    edition, person = Edition(), make_person()
    token = service.new_feed(wish(edition, 1))
    mine = wish(edition, 2, person=person)
    found = database.session.scalar(queries.list_by_feed(edition.conference.id, token))
    assert found is mine
    assert {star.talk_id for star in found.stars} == {edition.talks[n].id for n in (0, 1)}


def test_a_new_address_of_the_calendar_ends_the_old_one_and_is_stored_hashed(db):
    edition = Edition()
    mine = wish(edition, 1)
    old, new = service.new_feed(mine), service.new_feed(mine)
    here = edition.conference.id
    assert database.session.scalar(queries.list_by_feed(here, old)) is None
    assert database.session.scalar(queries.list_by_feed(here, new)) is mine
    assert mine.feed_hash == hashed(new)


def test_stars_of_one_edition_are_not_those_of_another(db):
    edition, other = Edition(), Edition()
    wish(edition, 1)
    assert wanted_by(other) == set()
    codes = {other.talks[0].code: True}
    service.change(edition.conference, None, BROWSER, codes, NOW)
    assert rows(Star) == 1  # a talk from elsewhere is nobody's here


def test_one_browser_may_have_a_list_in_each_edition(db):
    edition, other = Edition(), Edition()
    wish(edition, 1)
    wish(other, 2)
    assert (wanted_by(edition), wanted_by(other)) == ({1}, {2})


def test_there_is_an_end_to_starring(db, monkeypatch):
    monkeypatch.setattr(service, "MOST", 2)
    edition = Edition(talks=3)
    with pytest.raises(Refused, match="more stars"):
        wish(edition, 1, 2, 3)


def test_forgetting_leaves_nothing(db):
    edition, person = Edition(), make_person()
    wish(edition, 1, person=person, browser=OTHER)
    wish(edition, 2)
    service.forget(edition.conference, person, BROWSER)
    assert (rows(StarList), rows(Star)) == (0, 0)


# Counted


def crowd(edition, wishes):
    """Each entry: so many visitors want these talks."""
    number = 0
    for count, talks in wishes:
        for _visitor in range(count):
            number += 1
            wish(edition, *talks, browser=f"browser {number}")
    return counting.count(edition.conference.id, NOW)


def test_all_lists_are_counted_and_pairs_found(db):
    edition = Edition(talks=6)
    interest = crowd(edition, [(8, (1, 2)), (30, (3, 4)), (30, (5,))])
    ids = [talk.id for talk in edition.talks]
    assert interest.lists == 68
    assert interest.stars[str(ids[0])] == 8
    pairs = counting.pairs_of(interest)
    assert {(pair.a, pair.b, pair.both) for pair in pairs} == {
        (ids[0], ids[1], 8),
        (ids[2], ids[3], 30),
    }


def test_counting_is_due_every_ten_minutes_while_there_is_somebody_to_count(db):
    edition = Edition()
    assert counting.count_due(NOW) == 0
    wish(edition, 1)
    assert counting.count_due(NOW) == 1
    assert counting.count_due(NOW + timedelta(minutes=9)) == 0
    wish(edition, 2)
    assert counting.count_due(NOW + timedelta(minutes=11)) == 1
    assert rows(Interest) == 1


def test_a_month_after_the_end_browsers_are_forgotten_and_counts_stay(db):
    edition, person = Edition(), make_person()
    wish(edition, 1, 3)
    wish(edition, 2, person=person, browser=OTHER)
    assert counting.count(edition.conference.id, NOW).together
    end = datetime(2027, 5, 11, tzinfo=UTC)
    assert counting.forget_past(end + timedelta(days=30)) == 0
    assert counting.forget_past(end + timedelta(days=31)) == 1
    assert wanted_by(edition, person, browser=None) == {2}
    assert counting.find(edition.conference.id).lists == 2
    assert counting.find(edition.conference.id).together == []


def test_fewer_than_five_people_are_not_told():
    assert [counting.told(count) for count in (0, 4, 5, 6)] == [None, None, 5, 6]


# Handed to the solver


def test_the_puzzle_knows_what_the_audience_wants(db):
    edition = Edition(rooms=2, talks=6)
    crowd(edition, [(8, (1, 2)), (30, (3, 4)), (30, (5,))])
    problem = puzzle.problem_of(edition.programme)
    ids = [str(talk.id) for talk in edition.talks]
    demand = {(pair.a, pair.b): pair.weight for pair in problem.demand}
    assert demand == {(ids[0], ids[1]): 3, (ids[2], ids[3]): 10}
    assert problem.talk[ids[2]].popularity == 30
    assert problem.talk[ids[2]].audience > problem.talk[ids[0]].audience > 0


def test_what_few_want_both_is_heeded_and_named_nowhere(db):
    edition = Edition()
    wish(edition, 1, 2)
    counting.count(edition.conference.id, NOW)
    edition.place(1, 1)
    edition.place(2, 2)
    problem = puzzle.problem_of(edition.programme)
    a, b = (str(talk.id) for talk in edition.talks[:2])
    assert [(pair.a, pair.b, pair.told) for pair in problem.demand] == [(a, b, False)]
    plan = puzzle.timetable_of(edition.programme.placements)
    found = [one for one in rules.unmet_wishes(problem, plan) if one.rule == "demand-apart"]
    assert [(one.talks, one.subject) for one in found] == [((), "few visitors")]
    assert rules.cost(problem, plan)["demand-apart"] == 10


def test_a_pair_whose_talk_was_cancelled_is_no_wish(db):
    edition = Edition(talks=6)
    crowd(edition, [(8, (1, 2)), (30, (3,))])
    database.session.delete(edition.talks[1])
    database.session.flush()
    assert puzzle.problem_of(edition.programme).demand == ()


def test_nineteen_visitors_foretell_no_crowd(db):
    edition = Edition()
    crowd(edition, [(19, (1,))])
    problem = puzzle.problem_of(edition.programme)
    assert all(talk.audience is None for talk in problem.talks)
    assert problem.talk[str(edition.talks[0].id)].popularity == 19


def test_a_room_too_small_for_its_crowd_warns_and_stops_no_release(db):
    edition = Edition(rooms=2, talks=2)
    edition.rooms[0].capacity, edition.rooms[1].capacity = 300, 20
    crowd(edition, [(40, (1,)), (10, (2,))])
    edition.place(talk=1, room=2)
    edition.place(talk=2, room=1)
    assert schedule.obstacles(edition.programme) == []
    wanted = schedule.audience.wanted_talks(edition.programme)
    assert [(one.talk.title, one.is_crowded) for one in wanted] == [
        ("Talk 1", True),
        ("Talk 2", False),
    ]


def test_the_share_of_wishes_that_the_draft_allows_is_told_from_five_visitors_on(db):
    edition = Edition(rooms=2, talks=3)
    edition.place(talk=1, room=1, hour=10)
    edition.place(talk=2, room=2, hour=10)
    edition.place(talk=3, room=1, hour=12)
    crowd(edition, [(4, (1, 2, 3))])
    assert schedule.audience.share_of(edition.programme) is None
    wish(edition, 3, browser="the fifth")
    share = schedule.audience.share_of(edition.programme)
    assert (share.possible, share.wanted) == (9, 13)
