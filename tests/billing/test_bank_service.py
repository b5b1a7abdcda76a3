"""A statement is imported once, books what is certain, and every booking can be undone."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from cfp.billing import service
from cfp.billing.cli import billing
from cfp.billing.matching import Verdict
from cfp.billing.models import Allocation, BankEntry, BankFile, EntryKind, LedgerEntry, Receivable
from cfp.billing.reference import spaced
from cfp.billing.service.bank import ledger, suggested
from cfp.db import db as database
from cfp.errors import Refused
from cfp.money import Money
from tests.billing.bank_files import DAY, Move, camt, mt940, table, zipped
from tests.billing.made import make_invoice, make_receivable, make_seller
from tests.make import make_person
from tests.visitor import rows

FORMATS = {"camt": camt, "mt940": mt940, "csv": table, "zip": lambda moves: zipped(camt(moves))}


@pytest.fixture
def seller(db):
    return make_seller()


def take(seller, data, now, **more):
    return service.import_statement(seller.conference, "statement", data, now, **more)


def paying(receivable, cents=None, **more) -> Move:
    return Move(cents or receivable.balance.cents, spaced(receivable.reference), **more)


def test_what_is_certain_is_booked_and_named_in_the_ledger(seller, now):
    receivable = make_receivable(seller, now)
    done = take(seller, camt([paying(receivable)]), now)
    assert done.verdicts == {Verdict.AUTOMATIC: 1}
    assert receivable.balance == Money(0)
    [booked] = database.session.scalars(sa.select(Allocation)).all()
    assert (booked.automatic, booked.by, booked.cents) == (True, None, 11900)
    assert booked.ledger_entry.kind is EntryKind.PAYMENT


def test_an_invoice_number_pays_its_receivable(seller, now):
    invoice = make_invoice(now, seller)
    take(seller, mt940([Move(11900, f"Rechnung {invoice.number} vom 15.1.")]), now)
    assert invoice.receivable.balance == Money(0)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_the_same_day_again_in_any_format_adds_nothing(seller, now, form, other):
    receivable = make_receivable(seller, now)
    moves = [paying(receivable), Move(2500, "Spende"), Move(2500, "Spende"), Move(-100, "Gebühr")]
    assert take(seller, FORMATS[form](moves), now).file.added == 4
    assert take(seller, FORMATS[other](moves), now).file.added == 0
    assert receivable.received == Money(11900)
    assert rows(BankEntry) == 4


def test_one_day_twice_in_an_archive_is_kept_once(seller, now):
    moves = [Move(2500, "Spende"), Move(2500, "Spende"), Move(100, "one")]
    assert take(seller, zipped(camt(moves), camt(moves), table(moves)), now).file.added == 3


def test_what_was_undone_can_be_booked_again_and_undone_again(seller, now):
    receivable, toni = make_receivable(seller, now), make_person("Toni")
    [(entry, _)] = take(seller, camt([paying(receivable)]), now).matches
    for _ in range(2):
        service.undo(entry.standing[0], now, by=toni)
        assert (receivable.balance, entry.left) == (Money(11900), 11900)
        service.allocate(entry, receivable, 11900, now, by=toni)
        assert (receivable.balance, entry.left) == (Money(0), 0)


def test_an_overlap_adds_only_what_is_new(seller, now):
    first = [Move(100, "one"), Move(200, "two")]
    second = [*first, Move(300, "three", on=DAY + timedelta(days=1))]
    take(seller, camt(first), now)
    assert [e.cents for e, _ in take(seller, table(second), now).matches] == [300]


def test_a_broken_file_leaves_nothing(seller, now):
    receivable = make_receivable(seller, now)
    database.session.commit()
    with pytest.raises(Refused):
        take(seller, camt([paying(receivable)], closing=1), now)
    database.session.rollback()
    assert (rows(BankFile), rows(BankEntry), rows(Allocation)) == (0, 0, 0)


def test_without_an_account_of_ones_own_nothing_is_read(seller, now):
    seller.account.iban = ""
    with pytest.raises(Refused):
        take(seller, camt([Move(1)]), now)


def test_two_payments_of_one_debt_in_one_file_are_not_both_booked(seller, now):
    receivable = make_receivable(seller, now)
    twice = [paying(receivable, end_to_end="1"), paying(receivable, end_to_end="2")]
    done = take(seller, camt(twice), now)
    assert done.verdicts == {Verdict.AUTOMATIC: 1, Verdict.SUGGESTION: 1}
    assert receivable.balance == Money(0)


def test_a_reversal_opens_the_debt_again(seller, now):
    receivable = make_receivable(seller, now)
    take(seller, camt([paying(receivable)]), now)
    back = Move(-11900, receivable.reference, on=DAY + timedelta(days=2), reversal=True)
    take(seller, camt([back]), now)
    assert receivable.balance == Money(11900)
    kinds = [entry.kind for entry in receivable.entries]
    assert kinds == [EntryKind.CHARGE, EntryKind.PAYMENT, EntryKind.REVERSAL]


def test_a_suggestion_is_booked_by_a_person_who_is_named(seller, now):
    receivable, treasurer = make_receivable(seller, now), make_person("Toni")
    [(entry, found)] = take(seller, camt([Move(11900, "Sponsoring")]), now).matches
    assert found.verdict is Verdict.SUGGESTION
    assert suggested(entry, ledger(seller.conference_id)).parts == found.parts
    booked = service.allocate(entry, receivable, 11900, now, by=treasurer)
    assert (booked.automatic, booked.by, entry.left) == (False, treasurer, 0)
    assert receivable.balance == Money(0)


def test_a_booking_is_undone_once_and_the_movement_is_free_again(seller, now):
    receivable, treasurer = make_receivable(seller, now), make_person("Toni")
    [(entry, _)] = take(seller, camt([paying(receivable)]), now).matches
    [booked] = entry.allocations
    service.undo(booked, now, by=treasurer)
    assert (receivable.balance, entry.left, booked.undone_by) == (Money(11900), 11900, treasurer)
    with pytest.raises(Refused):
        service.undo(booked, now, by=treasurer)
    other = make_receivable(seller, now)
    service.allocate(entry, other, 11900, now, by=treasurer)
    assert other.balance == Money(0)
    assert rows(LedgerEntry) == 5


@pytest.mark.parametrize("cents", [0, 11901, -5])
def test_no_more_is_booked_than_came_in(seller, now, cents):
    receivable = make_receivable(seller, now)
    [(entry, _)] = take(seller, camt([Move(11900, "x", name="y")]), now).matches
    with pytest.raises(Refused):
        service.allocate(entry, receivable, cents, now)


def test_a_movement_of_one_edition_pays_nothing_of_another(seller, now):
    elsewhere = make_receivable(make_seller(), now)
    [(entry, _)] = take(seller, camt([paying(elsewhere)]), now).matches
    assert not entry.allocations
    with pytest.raises(Refused):
        service.allocate(entry, elsewhere, 11900, now)


def test_a_movement_may_be_set_aside_with_a_reason(seller, now):
    [(entry, _)] = take(seller, camt([Move(-100, "Gebühr", name="y")]), now).matches
    with pytest.raises(Refused):
        service.set_aside(entry, " ")
    service.set_aside(entry, "the bank's fee")
    assert entry.set_aside == "the bank's fee"


def test_the_command_says_what_it_would_do_and_does_nothing(seller, now, tmp_path):
    receivable = make_receivable(seller, now)
    database.session.commit()
    file = tmp_path / "statement.xml"
    file.write_bytes(camt([paying(receivable), Move(500, "Spende", pending=True)]))
    dry = CliRunner().invoke(billing, ["import-statement", str(file), "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "Nothing was changed." in dry.output
    assert f"automatic: {receivable.reference} 119.00 Reference and amount fit." in dry.output
    assert "1 movements, 1 new: 1 automatic" in dry.output
    assert rows(BankEntry) == 0
    done = CliRunner().invoke(billing, ["import-statement", str(file)])
    assert done.exit_code == 0, done.output
    assert rows(BankEntry) == 1
    assert database.session.get_one(Receivable, receivable.id).balance == Money(0)


def test_the_command_refuses_a_broken_file_with_its_reason(seller, now, tmp_path):
    database.session.commit()
    file = tmp_path / "statement.xml"
    file.write_bytes(camt([Move(1)], closing=7))
    done = CliRunner().invoke(billing, ["import-statement", str(file)])
    assert done.exit_code == 1
    assert "does not add up" in done.output


@pytest.mark.slow
def test_ten_thousand_movements_are_imported_in_seconds(seller, now):
    owed = [make_receivable(seller, now) for _ in range(500)]
    moves = [
        Move(11900, spaced(owed[n].reference), name=f"Payer {n}")
        if n < 500
        else Move(39900 + n % 7, f"Ticket {n}", name=f"Payer {n}", on=DAY + timedelta(days=n % 30))
        for n in range(10_000)
    ]
    database.session.flush()
    for data, new in ((camt(moves), 10_000), (mt940(moves), 0)):
        start = time.process_time()
        done = take(seller, data, now)
        assert done.file.added == new
        assert time.process_time() - start < 15
    assert all(each.balance == Money(0) for each in owed)
