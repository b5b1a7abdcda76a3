"""Every balance is explained by entries that are only ever added."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfp.billing import service
from cfp.billing.models import SIGN, EntryKind, LedgerEntry, Method
from cfp.billing.queries import balances, with_reference
from cfp.db import db as database
from cfp.errors import Refused
from cfp.money import Money
from tests.make import make_conference
from tests.visitor import rows


def owed(now, cents=11900):
    receivable = service.open_receivable(make_conference(), "Ada", now)
    service.charge(receivable, cents, now, why="one ticket")
    return receivable


def pay(receivable, cents, now, source="bank:1", kind=EntryKind.PAYMENT):
    return service.move_money(receivable, kind, cents, Method.TRANSFER, now, source=source)


def test_what_was_paid_is_no_longer_owed(db, now):
    receivable = owed(now)
    pay(receivable, 10000, now)
    assert receivable.balance == Money(1900)
    assert receivable.received == Money(10000)


def test_a_payment_that_the_bank_takes_back_is_owed_again(db, now):
    receivable = owed(now)
    pay(receivable, 11900, now)
    pay(receivable, 11900, now, source="bank:2", kind=EntryKind.REVERSAL)
    assert receivable.balance == Money(11900)
    assert receivable.received == Money(0)


def test_what_was_cancelled_after_it_was_paid_has_to_be_given_back(db, now):
    receivable = owed(now)
    pay(receivable, 11900, now)
    service.credit(receivable, 11900, now, why="cancelled")
    assert receivable.balance == Money(-11900)
    pay(receivable, 11900, now, source=None, kind=EntryKind.REFUND)
    assert receivable.balance == Money(0)


def test_the_same_source_counts_once(db, now):
    receivable = owed(now)
    entries = {pay(receivable, 11900, now).id for _ in range(100)}
    assert len(entries) == 1
    assert receivable.balance == Money(0)


def test_the_same_source_with_another_amount_is_refused(db, now):
    receivable = owed(now)
    pay(receivable, 11900, now)
    with pytest.raises(Refused):
        pay(receivable, 5000, now)
    assert receivable.balance == Money(0)


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_is_more_than_nothing(db, now, cents):
    with pytest.raises(Refused):
        service.charge(owed(now), cents, now, why="nothing")


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET cents = 1", "DELETE FROM ledger_entry"]
)
def test_the_database_refuses_to_change_the_ledger(db, now, statement):
    owed(now)
    database.session.commit()
    with pytest.raises(sa.exc.DBAPIError, match="never changes"):
        database.session.execute(sa.text(statement))
    database.session.rollback()
    assert rows(LedgerEntry) == 1


def test_money_has_a_method_and_a_charge_has_none(db, now):
    receivable = owed(now)
    receivable.entries.append(LedgerEntry(kind=EntryKind.PAYMENT, cents=1))
    with pytest.raises(sa.exc.IntegrityError):
        database.session.flush()
    database.session.rollback()


def test_a_receivable_is_found_by_the_reference_its_payer_quotes(db, now):
    receivable = owed(now)
    assert receivable.reference.endswith(receivable.code)
    assert database.session.scalar(with_reference(receivable.reference)) is receivable


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(EntryKind), st.integers(1, 10**7)), max_size=12))
def test_the_balance_of_a_list_is_the_balance_of_the_thing(db, now, moves):
    receivable = service.open_receivable(make_conference(), "Ada", now)
    for kind, cents in moves:
        method = None if kind in {EntryKind.CHARGE, EntryKind.CREDIT} else Method.CASH
        receivable.entries.append(LedgerEntry(kind=kind, cents=cents, method=method))
    database.session.flush()
    listed = {row.receivable_id: row.cents for row in database.session.execute(balances())}
    expected = sum(SIGN[kind] * cents for kind, cents in moves)
    assert receivable.balance.cents == listed.get(receivable.id, 0) == expected
