"""Who has not paid is reminded, each level once, and not while something speaks against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from cfp.billing import service
from cfp.billing.dunning import Level, Stop
from cfp.billing.models import BankFile, BaseRateEntry, EntryKind, Method, Reminder
from cfp.billing.service import claims, dunning
from cfp.billing.service.claims import open_invoices
from cfp.billing.service.dunning import next_letter, remind_due
from cfp.billing.service.rates import claimed_with, enter_base_rate
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.models import LogEntry
from tests.billing.made import BUYER, make_invoice, make_seller, plain
from tests.submissions.conftest import at_once
from tests.visitor import rows

__all__ = ["at_once"]
DAY = timedelta(days=1)
BUSINESS = replace(BUYER, business=True)


def heard(seller, at):
    database.session.add(BankFile(conference_id=seller.conference_id, name="x", form="camt", at=at))
    database.session.flush()


@pytest.fixture
def invoice(db, now):
    """Issued on 15 January 2027, due on 14 February."""
    return make_invoice(now, make_seller(), buyer=BUSINESS)


def levels_until(invoice, now, days):
    """What goes out when the scheduler looks every day, the bank's files at hand."""
    sent = []
    for n in range(days):
        at = now + n * DAY
        heard(invoice.draft.conference and service.get_seller(invoice.conference_id), at)
        sent += [(each.level, (each.sent_on - invoice.due_on).days) for each in remind_due(at)]
    return sent


def test_letters_go_out_in_their_order_and_each_once(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    assert levels_until(invoice, now, 80) == [
        (Level.NOTICE, -3),
        (Level.FIRST, 3),
        (Level.SECOND, 7),
        (Level.FORMAL, 14),
        (Level.HANDOVER, 28),
    ]
    letters = database.session.scalars(sa.select(Message).order_by(Message.id)).all()
    assert len(letters) == 5
    assert {letter.to for letter in letters} == {BUYER.email}


def test_the_formal_letter_claims_interest_and_the_lump_sum_once(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 80)
    sent = {each.level: each for each in database.session.scalars(sa.select(Reminder))}
    formal, last = sent[Level.FORMAL], sent[Level.HANDOVER]
    # due on a Sunday, so payable until Monday: 119.00 at 10.5 %, 13 days are 0.4450..., 27 0.9243
    assert (formal.costs_cents, formal.interest_cents) == (4000, 45)
    assert (last.costs_cents, last.interest_cents) == (0, 92)
    letter = database.session.scalars(
        sa.select(Message).where(Message.key == f"reminder:{invoice.code}:formal")
    ).one()
    assert "159,45" in letter.body
    assert "40,00" in letter.body


def test_without_the_base_rate_no_letter_claims_interest(invoice, now):
    assert [level for level, _ in levels_until(invoice, now, 60)] == [
        Level.NOTICE,
        Level.FIRST,
        Level.SECOND,
    ]
    [found] = open_invoices(invoice.conference_id)
    at = now + 60 * DAY
    heard(service.get_seller(invoice.conference_id), at)
    assert next_letter(found, at) == (Level.FORMAL, [Stop.NO_RATE])


def test_who_has_paid_hears_nothing(invoice, now):
    service.move_money(
        invoice.receivable, EntryKind.PAYMENT, 11900, Method.TRANSFER, now, source="x"
    )
    assert levels_until(invoice, now, 60) == []


def test_who_takes_the_payment_back_is_reminded(invoice, now):
    for kind in (EntryKind.PAYMENT, EntryKind.REVERSAL):
        service.move_money(invoice.receivable, kind, 11900, Method.TRANSFER, now, source=kind.value)
    assert levels_until(invoice, now, 40)


def test_what_was_cancelled_is_not_claimed(invoice, now):
    draft = service.ask_cancellation(invoice, now, why="")
    service.issue(draft.id, now, render=plain)
    assert open_invoices(invoice.conference_id) == []


def test_old_bank_data_stops_every_letter(invoice, now):
    at = now + 40 * DAY
    assert remind_due(at) == []
    heard(service.get_seller(invoice.conference_id), at - 2 * DAY - timedelta(seconds=1))
    assert remind_due(at) == []
    heard(service.get_seller(invoice.conference_id), at - DAY)
    assert [each.level for each in remind_due(at)] == [Level.FIRST]


def test_a_dispute_stops_until_it_is_lifted(invoice, now):
    at = now + 40 * DAY
    heard(service.get_seller(invoice.conference_id), at)
    with pytest.raises(Refused):
        dunning.pause(invoice.receivable, at, by=None, why=" ")
    dunning.pause(invoice.receivable, at, by=None, why="wrong amount, they say")
    assert remind_due(at) == []
    dunning.resume(invoice.receivable)
    assert len(remind_due(at)) == 1


def test_a_promised_day_stops_until_it_is_over(invoice, now):
    at = now + 40 * DAY
    heard(service.get_seller(invoice.conference_id), at)
    until = date(2027, 2, 24)
    dunning.pause(invoice.receivable, at, by=None, why="holidays", promised_until=until)
    assert remind_due(at) == []
    assert len(remind_due(at + DAY)) == 1


def test_an_edition_that_does_not_want_letters_sends_none(invoice, now):
    seller = service.get_seller(invoice.conference_id)
    seller.reminds = False
    assert levels_until(invoice, now, 40) == []


def test_two_schedulers_write_one_letter(at_once, db, now):
    invoice = make_invoice(now, make_seller())
    at = now + 40 * DAY
    heard(service.get_seller(invoice.conference_id), at)
    said = at_once(*[lambda: len(remind_due(at)) for _ in range(4)])
    assert sorted(said) == [0, 0, 0, 1], said
    assert (rows(Reminder), rows(Message)) == (1, 1)


def test_payments_go_to_costs_interest_and_then_the_debt(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 50)
    service.move_money(
        invoice.receivable,
        EntryKind.PAYMENT,
        5000,
        Method.TRANSFER,
        now + 50 * DAY,
        source="part",
    )
    [found] = open_invoices(invoice.conference_id)
    state = claims.standing_of(found, date(2027, 3, 6))
    # until 6 March 19 days: 0.6504...; 50.00 - 40.00 - 0.65 = 9.35 for the debt
    assert (state.costs, state.interest, state.principal) == (0, 0, 10965)


def test_what_the_letters_claim_is_owed_in_the_ledger_to_the_cent(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 80)
    booked = [entry.cents for entry in claims.claims_of(invoice)]
    assert booked == [45, 4000, 47]  # 13 days, the lump sum, 14 days more
    [found] = open_invoices(invoice.conference_id)
    state = claims.standing_of(found, date(2027, 3, 14))  # the day of the last letter
    assert invoice.receivable.balance.cents == state.total == 11900 + 4092
    pay(invoice, 4096 + 11900, now + 80 * DAY)
    assert open_invoices(invoice.conference_id) == []


def test_whoever_pays_the_debt_alone_owes_what_was_booked_until_it_is_waived(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 46)
    pay(invoice, 11900, now + 46 * DAY)
    assert claims.waivable(invoice) == invoice.receivable.balance.cents == 4045
    with pytest.raises(Refused):
        claims.waive(invoice, " ", now, by=None)
    claims.waive(invoice, "A good customer", now + 47 * DAY, by=None)
    assert invoice.receivable.balance.cents == 0
    with pytest.raises(Refused):
        claims.waive(invoice, "Again", now, by=None)


def test_what_was_waived_before_the_debt_is_paid_is_not_claimed_again(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 45)
    claims.waive(invoice, "A good customer", now + 44 * DAY, by=None)
    assert invoice.receivable.balance.cents == 11900
    [found] = open_invoices(invoice.conference_id)
    state = claims.standing_of(found, date(2027, 2, 28))
    assert (state.costs, state.interest, state.principal) == (0, 0, 11900)


def test_of_an_invoice_that_is_taken_back_no_interest_is_owed(invoice, now):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 46)
    assert invoice.receivable.balance.cents == 11900 + 4045
    service.ask_cancellation(invoice, now + 46 * DAY, why="Wrong address")
    assert invoice.receivable.balance.cents == 11900  # of the order or agreement


def test_every_letter_brings_the_invoice_along(invoice, now):
    levels_until(invoice, now, 35)
    letters = database.session.scalars(sa.select(Message)).all()
    assert letters
    for letter in letters:
        assert [(a.name, a.data) for a in letter.attachments] == [
            ("FB27-0001.pdf", b"PDF FB27-0001")
        ]


def pay(invoice, cents, at):
    service.move_money(
        invoice.receivable, EntryKind.PAYMENT, cents, Method.TRANSFER, at, source=f"pay {at}"
    )


@pytest.mark.parametrize(
    ("since", "source"),
    [
        (date(2027, 2, 1), "x"),  # in the middle of a half-year
        (date(2027, 1, 1), " "),  # from nowhere
        (date(2001, 7, 1), "x"),  # before there was such a rate
        (date(2027, 7, 1), "x"),  # half a year before anybody can know it
    ],
)
def test_a_base_rate_has_a_half_year_that_has_come_and_a_source(db, now, since, source):
    with pytest.raises(Refused):
        enter_base_rate(since, Decimal(1), source, now, None)


def test_the_base_rate_of_july_2026_is_known_with_its_source(sqlite_house):
    with sqlite_house.app_context():
        [rate] = [one for one in claims.base_rates() if one.since == date(2026, 7, 1)]
    assert rate.percent == Decimal("1.52")
    assert "Bundesbank" in rate.source


def test_a_base_rate_entered_again_holds_and_the_earlier_one_stays_readable(db, now):
    for percent in ("1.5", "1.6", "1.60"):
        enter_base_rate(date(2027, 1, 1), Decimal(percent), "Bundesbank", now, None)
    since = BaseRateEntry.since == date(2027, 1, 1)
    found = database.session.scalars(
        sa.select(BaseRateEntry).where(since).order_by(BaseRateEntry.id)
    ).all()
    assert [entry.percent for entry in found] == ["1.5", "1.6"]  # the third said nothing new
    assert claims.base_rates()[0].percent == Decimal("1.6")
    written = database.session.scalars(
        sa.select(LogEntry.details)
        .where(LogEntry.action == "entered a base rate")
        .order_by(LogEntry.id)
    ).all()
    assert [(each["before"], each["percent"]) for each in written] == [("", "1.5"), ("1.5", "1.6")]


def test_a_corrected_base_rate_leaves_what_was_claimed_and_counts_from_the_next_letter_on(
    invoice, now
):
    enter_base_rate(date(2027, 1, 1), Decimal("1.50"), "Bundesbank", now, None)
    levels_until(invoice, now, 46)
    assert [entry.cents for entry in claims.claims_of(invoice)] == [45, 4000]
    corrected = enter_base_rate(date(2027, 1, 1), Decimal("2.50"), "Bundesbank", now, None)
    assert claimed_with(corrected) == 1
    assert [entry.cents for entry in claims.claims_of(invoice)] == [45, 4000]
    [formal] = database.session.scalars(sa.select(Reminder).where(Reminder.interest_cents > 0))
    assert formal.interest_cents == 45
    levels_until(invoice, now + 46 * DAY, 30)
    # 119.00 at 11.5 %: 27 days are 1.0123..., of which 0.45 were claimed before
    assert [entry.cents for entry in claims.claims_of(invoice)] == [45, 4000, 56]
