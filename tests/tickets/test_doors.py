"""One scan, judged once: at the door, out of the queue of a phone, at two doors in one second."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.links import scanner_token, ticket_secret
from cfp.tickets.models import CheckIn, Door, ProductKind, Ticket
from cfp.tickets.service import attendance, changes, doors, scanners, verdicts
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.known import known
from tests.make import make_person
from tests.tickets.doors import (
    NINE,
    NONCES,
    make_door,
    make_holder,
    make_holder_with,
    make_scanner,
    scan,
)
from tests.tickets.selling import NOW, make_audience, make_product, make_shop, place

HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(shop, regular):
    return make_holder(shop, regular)


def explained(check_in, shop):
    return verdicts.answer(check_in, shop.timezone)["reason_explanation"]


def test_a_paid_ticket_enters_once_and_the_second_door_says_since_when(shop, ticket):
    first = scan(shop, ticket, door=make_door(shop, "Main entrance"))
    second = scan(shop, ticket, at=NINE + HOUR)
    assert (first.verdict, second.verdict) == (Verdict.OK, Verdict.ALREADY_REDEEMED)
    assert explained(second, shop) == "Already in since 09:00, at “Main entrance”."


def test_a_scan_sent_again_under_its_nonce_is_the_same_scan(shop, ticket):
    first = scan(shop, ticket, nonce="n1")
    again = scan(shop, ticket, nonce="n1", at=NINE + HOUR)
    assert again.id == first.id
    assert again.verdict is Verdict.OK
    assert database.session.scalar(sa.select(sa.func.count(CheckIn.id))) == 1


def test_one_goes_out_and_comes_in_again(shop, ticket):
    said = [
        scan(shop, ticket, passage, at=NINE + n * HOUR).verdict
        for n, passage in enumerate((Passage.ENTRY, Passage.EXIT, Passage.ENTRY, Passage.ENTRY))
    ]
    assert said == [Verdict.OK, Verdict.OK, Verdict.OK, Verdict.ALREADY_REDEEMED]


def test_what_nobody_knows_is_written_down_as_well(shop):
    found = doors.scan(Place(shop), Scan("n", secret="A" * 32), at=NINE)
    assert (found.verdict, found.ticket) == (Verdict.INVALID, None)
    assert explained(found, shop) == "No ticket of this conference has this code."


def test_an_order_that_is_not_paid_does_not_open(shop, regular):
    order = place(shop, regular)
    assert scan(shop, order.tickets[0]).verdict is Verdict.UNPAID


def test_a_cancelled_ticket_does_not_open(shop, regular):
    ticket = make_holder(shop, regular, number=2)
    changes.cancel(ticket.order, [ticket], at=NOW)
    found = scan(shop, ticket)
    assert (found.verdict, explained(found, shop)) == (
        Verdict.CANCELLED,
        "This ticket is cancelled.",
    )


def test_passed_on_the_old_code_is_dead_and_the_new_one_opens(shop, ticket):
    old = ticket_secret(ticket)
    changes.pass_on(ticket.order, ticket, "Ida Neu", "ida@example.org", at=NOW)
    assert scan(shop, ticket, secret=old).verdict is Verdict.INVALID
    assert scan(shop, ticket).verdict is Verdict.OK


def test_a_day_pass_opens_on_its_day(shop, hall):
    monday = make_product(shop, hall, name="Monday", days=["2027-05-10"])
    ticket = make_holder(shop, monday)
    assert scan(shop, ticket, at=NINE + 24 * HOUR).verdict is Verdict.WRONG_DAY
    assert scan(shop, ticket).verdict is Verdict.OK


def test_a_ticket_of_another_edition_is_unknown_here(shop, ticket):
    assert scan(make_shop(), ticket).verdict is Verdict.INVALID


def test_a_workshop_has_a_door_of_its_own_where_the_admission_is_enough(shop, regular):
    workshop = make_product(shop, name="Workshop", kind=ProductKind.WORKSHOP)
    ticket, added = make_holder_with(shop, regular, workshop)
    studio = make_door(shop, "Studio", workshop)
    assert scan(shop, added).verdict is Verdict.WRONG_PRODUCT
    found = scan(shop, ticket, door=studio)
    assert (found.verdict, found.ticket) == (Verdict.OK, added)
    assert scan(shop, ticket).verdict is Verdict.OK  # and the conference is open to it as before
    assert scan(shop, make_holder(shop, regular), door=studio).verdict is Verdict.WRONG_PRODUCT


def test_a_student_is_let_in_with_a_word_about_the_proof(shop, ticket):
    audience = make_audience(shop)
    ticket.audience = audience
    audience.proof = audience.proof.AT_THE_DESK
    answer = verdicts.answer(scan(shop, ticket), shop.timezone)
    assert answer["require_attention"]
    assert answer["checkin_texts"] == ["Please look at the proof: Students"]


def test_what_a_phone_kept_while_it_was_away_is_reported_without_doubling(shop, ticket):
    """It let somebody in at nine; meanwhile the ticket came in at another door, too."""
    scan(shop, ticket, at=NINE + HOUR)
    late = scan(shop, ticket, nonce="kept", claimed=NINE, at=NINE + 2 * HOUR)
    again = scan(shop, ticket, nonce="kept", claimed=NINE, at=NINE + 3 * HOUR)
    assert (late.verdict, late.at, again.id) == (Verdict.ALREADY_REDEEMED, NINE, late.id)
    assert explained(late, shop) == "Already in since 10:00."


@pytest.mark.parametrize(
    ("claimed", "taken"),
    [
        (NINE - HOUR, NINE - HOUR),
        (NINE + timedelta(minutes=1), NINE + timedelta(minutes=1)),
        (NINE + HOUR, NINE),
        (NINE - timedelta(days=400), NINE - timedelta(days=14)),
    ],
)
def test_a_wrong_clock_is_believed_as_far_as_it_can_be_true(claimed, taken):
    assert doors.sensible(claimed, NINE) == taken


def test_two_doors_that_scan_one_ticket_at_once_let_one_in(at_once, db):
    shop = make_shop()
    ticket = make_holder(shop, make_product(shop))
    shop_id, secret = shop.id, ticket_secret(ticket)

    def door(number):
        def look():
            here = Place(database.session.get(Conference, shop_id), device=f"Phone {number}")
            return doors.scan(here, Scan(next(NONCES), secret=secret), at=NINE).verdict

        return look

    said = Counter(at_once(*[door(n) for n in range(12)]))
    assert said == {Verdict.OK: 1, Verdict.ALREADY_REDEEMED: 11}


@pytest.mark.parametrize("is_known", [True, False])
def test_one_scan_that_two_tabs_replay_at_once_is_one_row(at_once, db, is_known):
    shop = make_shop()
    ticket = make_holder(shop, make_product(shop))
    shop_id, secret = shop.id, ticket_secret(ticket) if is_known else "A" * 32

    def replay():
        here = Place(database.session.get(Conference, shop_id))
        return doors.scan(here, Scan("once", secret=secret), at=NINE).id

    assert len(set(at_once(*[replay] * 8))) == 1
    assert database.session.scalar(sa.select(sa.func.count(CheckIn.id))) == 1


def test_a_scanner_is_believed_by_its_token_until_it_is_revoked(shop):
    scanner = make_scanner(shop)
    token = scanner_token(scanner)
    assert scanners.scanner_of(shop, token) is scanner
    assert token not in str(scanner.__dict__)
    for wrong in ("", "-", token[:-1], token.lower(), f"{scanner.code}-", token.partition("-")[2]):
        assert scanners.scanner_of(shop, wrong) is None
    assert scanners.scanner_of(make_shop(), token) is None
    scanners.revoke(scanner, by=make_person(), at=NOW)
    assert scanners.scanner_of(shop, token) is None


def test_a_door_that_is_removed_leaves_its_scanner_an_entrance(shop, ticket):
    door = make_door(shop, "Side")
    scanner = make_scanner(shop, door)
    scan(shop, ticket, door=door)
    scanners.remove_door(door, by=make_person(), at=NOW)
    database.session.expire_all()
    assert scanner.door is None
    assert database.session.scalars(sa.select(CheckIn.door)).all() == ["Side"]
    assert database.session.scalar(sa.select(sa.func.count(Door.id))) == 0


def test_a_phone_knows_who_may_enter_and_nothing_that_is_nobodys_business(shop, ticket, regular):
    place(shop, regular)
    ticket.allergies = "Peanuts"
    scan(shop, ticket)
    rows = known(shop, None, NINE + HOUR)
    mine = next(row for row in rows if row["ticket"] == ticket.code)
    assert (mine["paid"], mine["inside"]) == (True, NINE.isoformat())
    assert mine["hash"] == ticket.secret_hash
    assert [row["paid"] for row in rows if row is not mine] == [False]
    assert set(mine) == {"hash", "ticket", "name", "company", "product", "days", "paid", "inside"}


def test_who_went_out_is_not_inside_and_yesterday_is_over(shop, ticket):
    scan(shop, ticket)
    assert known(shop, None, NINE + 24 * HOUR)[0]["inside"] is None
    scan(shop, ticket, Passage.EXIT, at=NINE + HOUR)
    assert known(shop, None, NINE + 2 * HOUR)[0]["inside"] is None


@pytest.mark.parametrize("asked", ["person 0", "PERSON", "mila", "  "])
def test_people_are_found_by_a_part_of_their_name_or_their_buyers(shop, ticket, asked):
    found = known(shop, None, NINE, asked.strip())
    assert [row["ticket"] for row in found] == [ticket.code]


def test_a_wildcard_is_a_character_like_any_other(shop, ticket):
    assert known(shop, None, NINE, "%") == []
    assert known(shop, None, NINE, "Pers_n") == []


def test_today_expects_who_has_paid_for_today(shop, hall, regular, ticket):
    make_holder(shop, make_product(shop, hall, name="Tuesday", days=["2027-05-11"]))
    place(shop, regular)
    scan(shop, ticket)
    assert attendance.today(shop, NINE).expected == 1
    assert attendance.today(shop, NINE + 24 * HOUR).expected == 2
    assert len(attendance.today(shop, NINE + HOUR).steps) == 1
    assert attendance.today(shop, NINE + 24 * HOUR).steps == []
    assert database.session.get(Ticket, ticket.id) is ticket
