"""What buyers change by themselves: names, holders, products, their mind."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from cfp.billing.models import Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import MOVES, OrderState
from cfp.tickets.service import changes, checkout, doctor, holding
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.capacity import SoldOut
from cfp.tickets.service.checkout import Who
from cfp.tickets.service.holding import Asked
from tests.tickets.selling import (
    MILA,
    NOW,
    basket,
    hold,
    letters,
    make_audience,
    make_product,
    make_quota,
    make_rule,
    pay,
    place,
)

SECOND = timedelta(seconds=1)


def test_a_ticket_passed_on_has_a_new_code_and_its_old_price(shop, regular):
    order = place(shop, regular)
    ticket = order.tickets[0]
    before = ticket.secret_hash
    changes.pass_on(order, ticket, "Ada", "ada@example.org", at=NOW + timedelta(days=60))
    assert (ticket.name, ticket.cents) == ("Ada", 9900)
    assert ticket.secret_hash != before
    assert letters()[-1] == "ticket_passed_on"


def test_names_and_diets_can_change_until_an_order_is_gone(shop, regular):
    order = pay(place(shop, regular))
    ticket = order.tickets[0]
    checkout.name_people(order, {ticket.id: Who("Ada", allergies="nuts")}, at=NOW)
    assert (ticket.name, ticket.allergies) == ("Ada", "nuts")
    changes.cancel(order, order.tickets, at=NOW)
    with pytest.raises(Refused, match="cancelled"):
        checkout.name_people(order, {ticket.id: Who("Eve")}, at=NOW)


def test_cancelling_gives_back_what_the_rules_say(shop, hall, regular):
    make_rule(shop, 30, 10_000, fee_cents=500)
    make_rule(shop, 60, 5000)
    order = pay(place(shop, regular, 3))
    assert changes.cancel(order, order.tickets[:1], at=NOW) == 9400
    assert (order.state, hall.taken) == (OrderState.PARTLY_REFUNDED, 2)
    assert changes.cancel(order, order.live[:1], at=NOW + timedelta(days=40)) == 4950
    assert changes.cancel(order, order.live, at=NOW + timedelta(days=70)) == 0
    assert (order.state, hall.taken) == (OrderState.CANCELLED, 0)
    assert order.receivable.balance.cents == -(9400 + 4950)
    assert doctor.complaints() == []


def test_cancelling_what_is_not_paid_owes_nothing_any_more(shop, regular):
    order = place(shop, regular, 2)
    changes.cancel(order, order.tickets, at=NOW)
    assert (order.state, order.receivable.balance.cents) == (OrderState.CANCELLED, 0)
    with pytest.raises(Refused, match="cancelled"):
        changes.cancel(order, order.tickets, at=NOW)


def test_a_cancelled_place_is_sold_again_at_the_price_of_the_day(shop, hall, regular):
    order = place(shop, regular, 5)
    changes.cancel(order, order.tickets[:1], at=NOW)
    later = regular.tiers[0].ends_at + SECOND
    assert hold(shop, regular, at=later).cents == 19_900


def test_a_change_into_a_sold_out_product_is_refused_and_the_old_place_is_kept(shop, hall, regular):
    small = make_quota(shop, 1, "Small")
    other = make_product(shop, small, name="Balcony")
    hold(shop, other)
    order = place(shop, regular)
    with pytest.raises(SoldOut), database.session.begin_nested():
        changes.change_product(order, order.tickets[0], Chosen(other.id), at=NOW)
    assert (hall.taken, small.taken, doctor.complaints()) == (1, 1, [])


def test_a_change_moves_both_places_and_the_difference(shop, hall, regular):
    small = make_quota(shop, 1, "Small")
    tiers = [("Now", 12_900, None, None)]
    other = make_product(shop, small, name="Balcony", tiers=tiers)
    order = place(shop, regular)
    new = changes.change_product(order, order.tickets[0], Chosen(other.id), at=NOW)
    assert (hall.taken, small.taken, order.live) == (0, 1, [new])
    assert order.receivable.balance.cents == 12_900
    assert doctor.complaints() == []


@pytest.fixture
def dear(shop, hall):
    return make_product(shop, hall, name="Supporter", tiers=[("Now", 29_900, None, None)])


def test_what_is_dearer_lets_nobody_in_until_the_rest_is_paid(shop, regular, dear):
    order = pay(place(shop, regular))
    new = changes.change_product(order, order.tickets[0], Chosen(dear.id), at=NOW)
    assert (order.state, order.receivable.balance.cents) == (OrderState.OWING, 20_000)
    assert (new.admits, order.due_at > NOW, doctor.complaints()) == (False, True, [])
    pay(order, 20_000, source="bank:2")
    assert (order.state, new.admits, doctor.complaints()) == (OrderState.PAID, True, [])


def test_who_changes_into_what_costs_all_the_same_shows_no_proof(shop, regular, dear):
    students = make_audience(shop)
    dear.for_audiences = False
    chosen = basket(regular, audience_id=students.id)
    order, _ = holding.hold(shop, chosen, Asked("student"), at=NOW)
    checkout.bill_to(order, MILA, at=NOW)
    checkout.place(order, Method.TRANSFER, at=NOW)
    to = Chosen(dear.id, 1, students.id)
    new = changes.change_product(order, order.tickets[0], to, at=NOW)
    assert (new.cents, new.audience) == (29_900, None)


def test_what_became_dearer_and_cheaper_again_is_paid(shop, regular, dear):
    order = pay(place(shop, regular))
    new = changes.change_product(order, order.tickets[0], Chosen(dear.id), at=NOW)
    back = changes.change_product(order, new, Chosen(regular.id), at=NOW)
    assert (order.state, back.admits) == (OrderState.PAID, True)


def test_of_what_is_not_all_paid_never_more_is_kept_than_came(shop, regular, dear):
    make_rule(shop, 30, 5000)
    order = pay(place(shop, regular))
    changes.change_product(order, order.tickets[0], Chosen(dear.id), at=NOW)
    assert changes.cancel(order, order.live, at=NOW) == 0
    assert order.receivable.balance.cents == 0  # 149.50 would be kept, 99.00 came
    assert doctor.complaints() == []


def test_cancelling_what_made_it_dear_leaves_the_rest_paid(shop, regular, dear):
    make_rule(shop, 30, 10_000)
    order = pay(place(shop, regular, 2))
    new = changes.change_product(order, order.tickets[0], Chosen(dear.id), at=NOW)
    assert changes.cancel(order, [new], at=NOW) == 9900
    assert (order.state, order.live[0].admits) == (OrderState.PARTLY_REFUNDED, True)
    assert doctor.complaints() == []


def test_legal_moves_stand_in_the_table_and_in_a_check(shop, regular):
    order = place(shop, regular)
    for state in set(OrderState) - MOVES[OrderState.PLACED]:
        with pytest.raises(Refused):
            order.move(state, "no")
    order.was, order.state = OrderState.CANCELLED, OrderState.PAID
    with pytest.raises(sa.exc.IntegrityError, match="legal_move"):
        database.session.flush()
    database.session.rollback()
