"""An order from the held place to the money: each move by the table, every cent told."""

from datetime import timedelta

import pytest

from cfp.billing.models import LedgerEntry, Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import OrderState
from cfp.tickets.service import changes, checkout, doctor, expiry, forgetting, payments
from cfp.tickets.service.checkout import Who
from tests.tickets.selling import (
    MILA,
    NOW,
    hold,
    letters,
    make_voucher,
    pay,
    place,
)
from tests.visitor import rows

SECOND = timedelta(seconds=1)


def test_an_order_is_placed_once_however_often_the_button_is_pressed(shop, regular):
    order = place(shop, regular)
    assert [checkout.place(order, Method.TRANSFER, at=NOW)[1] for _ in range(7)] == [False] * 7
    assert (order.state, order.receivable.balance.cents) == (OrderState.PLACED, 9900)
    assert order.receivable.reference.startswith("RF")
    assert letters() == ["order_placed"]


def test_nothing_is_bought_without_an_address(shop, regular):
    with pytest.raises(Refused, match="where your tickets"):
        checkout.place(hold(shop, regular), Method.TRANSFER, at=NOW)


def test_nothing_is_bought_after_the_half_hour(shop, regular):
    order = hold(shop, regular)
    checkout.bill_to(order, MILA, at=NOW)
    with pytest.raises(Refused, match="is over"):
        checkout.place(order, Method.TRANSFER, at=order.held_until + SECOND)


def test_a_free_order_is_paid_at_once_and_owes_nothing(shop, regular):
    make_voucher(shop, "FREE", value=10_000)
    order = place(shop, regular, voucher="FREE")
    assert (order.state, order.receivable, rows(LedgerEntry)) == (OrderState.PAID, None, 0)
    assert order.tickets[0].admits
    assert letters() == ["order_paid"]


def test_a_payment_heard_a_hundred_times_pays_once(shop, regular):
    order = place(shop, regular)
    for _ in range(100):
        pay(order)
    assert (order.state, order.receivable.balance.cents) == (OrderState.PAID, 0)
    assert rows(LedgerEntry) == 2
    assert letters() == ["order_placed", "order_paid"]


def test_half_the_money_is_not_enough(shop, regular):
    order = place(shop, regular)
    pay(order, 5000)
    assert order.state is OrderState.PLACED
    pay(order, 4900, "bank:2")
    assert order.state is OrderState.PAID


def test_money_that_the_bank_brought_settles_its_order(shop, regular):
    order = place(shop, regular)
    payments.billing.move_money(
        order.receivable, payments.EntryKind.PAYMENT, 9900, Method.TRANSFER, NOW, source="bank:9"
    )
    assert payments.due_to_settle() == [order.id]
    payments.settle_one(order.id, at=NOW)
    assert (order.state, payments.due_to_settle()) == (OrderState.PAID, [])


# Expiry, and money that comes late


def test_an_unpaid_order_is_reminded_once_and_then_expires(shop, hall, regular):
    order = place(shop, regular)
    due = order.due_at
    assert expiry.remind(NOW + timedelta(days=1)) == 0
    assert [expiry.remind(due - timedelta(days=3)) for _ in range(2)] == [1, 0]
    assert not expiry.expire(order.id, at=due)
    assert expiry.expire(order.id, at=due + SECOND)
    assert (order.state, hall.taken) == (OrderState.EXPIRED, 0)
    assert order.receivable.balance.cents == 0
    assert letters() == ["order_placed", "order_reminder", "order_expired"]


def test_an_order_paid_in_the_second_in_which_it_expires_is_paid(shop, regular):
    order = place(shop, regular)
    due = order.due_at + SECOND
    payments.billing.move_money(
        order.receivable, payments.EntryKind.PAYMENT, 9900, Method.TRANSFER, due, source="bank:9"
    )
    assert not expiry.expire(order.id, at=due)
    assert order.state is OrderState.PAID


def test_late_money_revives_an_order_when_there_is_room(shop, hall, regular):
    order = place(shop, regular, 2)
    late = order.due_at + timedelta(days=2)
    expiry.expire(order.id, at=late)
    pay(order, 2 * 9900, at=late)
    assert (order.state, hall.taken, order.cents) == (OrderState.PAID, 2, 2 * 9900)
    assert order.receivable.balance.cents == 0
    assert doctor.complaints() == []


def test_late_money_without_room_is_to_be_given_back(shop, hall, regular):
    order = place(shop, regular)
    late = order.due_at + timedelta(days=2)
    expiry.expire(order.id, at=late)
    hold(shop, regular, 5, at=late)
    pay(order, 9900, at=late)
    assert (order.state, order.receivable.balance.cents) == (OrderState.EXPIRED, -9900)
    assert letters()[-1] == "order_too_late"
    payments.give_back(order, 9900, Method.TRANSFER, source=None, at=late)
    assert order.receivable.balance.cents == 0
    with pytest.raises(Refused, match="more than there is"):
        payments.give_back(order, 1, Method.TRANSFER, source=None, at=late)


def test_what_was_cancelled_before_an_order_expired_does_not_come_back_with_it(shop, hall, regular):
    order = place(shop, regular, 3)
    changes.cancel(order, order.tickets[:1], at=NOW)
    late = order.due_at + SECOND
    expiry.expire(order.id, at=late)
    assert order.cents == 2 * 9900
    pay(order, 2 * 9900, at=late)
    assert (order.state, len(order.live), hall.taken) == (OrderState.PAID, 2, 2)


def test_food_and_health_are_forgotten_a_month_after_the_conference(shop, regular):
    order = place(shop, regular)
    ticket = order.tickets[0]
    ticket.allergies, ticket.access_needs = "nuts", "a ramp"
    database.session.flush()
    month_later = NOW.replace(month=6, day=12)
    assert forgetting.forget_needs(NOW.replace(month=6, day=1)) == 0
    assert forgetting.forget_needs(month_later) == 1
    database.session.refresh(ticket)
    assert (ticket.name, ticket.allergies, ticket.access_needs) == ("Person 0", "", "")


def test_who_never_bought_is_forgotten_after_a_week(shop, regular):
    order = hold(shop, regular)
    checkout.name_people(order, {order.tickets[0].id: Who("Ada")}, at=NOW)
    checkout.bill_to(order, MILA, at=NOW)
    expiry.expire(order.id, at=NOW + timedelta(hours=1))
    assert forgetting.forget_abandoned(NOW + timedelta(days=6)) == 0
    assert forgetting.forget_abandoned(NOW + timedelta(days=8)) == 1
    database.session.refresh(order)
    assert (order.email, order.name) == ("", "")
