"""Adding to an order that is bought: by the same guarded path, paid by itself."""

from datetime import timedelta

import pytest
import time_machine

from cfp.billing.models import Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import AddOn, Order, OrderState, ProductKind
from cfp.tickets.service import changes, checkout, doctor, expiry, extending
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.holding import KeyReused
from cfp.tickets.service.shelf import shelf_of
from tests.tickets.buyer import Guest
from tests.tickets.selling import (
    NOW,
    add,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    pay,
    place,
)


@pytest.fixture
def seats(shop):
    return make_quota(shop, 1, "Workshop room")


@pytest.fixture
def workshop(shop, seats):
    return extra(shop, seats, "Workshop", ProductKind.WORKSHOP, 4000)


@pytest.fixture
def shirt(shop):
    return extra(shop, make_quota(shop, 50, "Shirts"), "T-shirt", ProductKind.THING, 2500)


@pytest.fixture
def order(shop, regular):
    return pay(place(shop, regular, 2))


def extra(shop, quota, name, kind, cents):
    return make_product(shop, quota, name=name, kind=kind, tiers=[("One", cents, None, None)])


def field(order, product, n=0):
    return f"{order.admissions[n].code}-{product.code}"


def names(order, shop):
    return [
        (e.ticket.position, e.product.name) for e in extending.extras(order, shelf_of(shop), NOW)
    ]


def test_what_is_added_is_held_placed_paid_and_given_back_by_itself(shop, order, seats, workshop):
    new = extending.add(order, [field(order, workshop)], "key", at=NOW)
    assert (new.state, new.cents, seats.taken) == (OrderState.HELD, 4000, 1)
    assert (new.email, new.tickets[0].name) == ("mila@example.org", "Person 0")
    checkout.place(new, Method.TRANSFER, at=NOW)
    pay(new, source="bank:2")
    assert (new.state, new.tickets[0].admits, order.state) == (
        OrderState.PAID,
        True,
        OrderState.PAID,
    )
    make_rule(shop, 30, 10_000)
    assert changes.cancel(new, new.live, at=NOW) == 4000
    assert (seats.taken, doctor.complaints()) == (0, [])


def test_the_same_form_twice_adds_once_and_another_under_its_key_is_refused(order, workshop, shirt):
    first = extending.add(order, [field(order, workshop)], "key", at=NOW)
    assert extending.add(order, [field(order, workshop)], "key", at=NOW) is first
    with pytest.raises(KeyReused):
        extending.add(order, [field(order, shirt)], "key", at=NOW)
    with pytest.raises(KeyReused):
        extending.add(order, [field(order, workshop, 1)], "key", at=NOW)


def test_of_one_workshop_one_is_enough_of_shirts_never(shop, order, workshop, shirt, seats):
    seats.size = 9
    extending.add(order, [field(order, workshop), field(order, shirt)], "key", at=NOW)
    assert names(order, shop) == [(0, "T-shirt"), (1, "Workshop"), (1, "T-shirt")]


def test_what_is_sold_out_is_not_offered_and_refused_in_words(shop, order, workshop, shirt):
    extending.add(order, [field(order, workshop)], "key", at=NOW)
    assert names(order, shop) == [(0, "T-shirt"), (1, "T-shirt")]
    with pytest.raises(Refused, match="not sold any more"):
        extending.add(order, [field(order, workshop, 1)], "other", at=NOW)
    with pytest.raises(Refused, match="at least one"):
        extending.add(order, ["nonsense"], "third", at=NOW)


def test_what_goes_with_one_product_alone_is_offered_to_its_tickets(shop, order, hall, workshop):
    balcony = make_product(shop, hall, name="Balcony")
    add(AddOn(product_id=balcony.id, added_id=workshop.id))
    assert names(order, shop) == []
    pay(other := place(shop, balcony), source="bank:2")
    assert names(other, shop) == [(0, "Workshop")]


def test_nothing_is_added_before_an_order_is_paid(shop, regular, workshop):
    assert names(place(shop, regular), shop) == []


def test_with_a_ticket_goes_what_was_added_to_it_later(shop, order, seats, workshop):
    make_rule(shop, 30, 10_000)
    new = extending.add(order, [field(order, workshop)], "key", at=NOW)
    checkout.place(new, Method.TRANSFER, at=NOW)
    pay(new, source="bank:2")
    assert changes.cancel(order, order.live[:1], at=NOW) == 9900 + 4000
    assert (new.state, seats.taken, doctor.complaints()) == (OrderState.CANCELLED, 0, [])


def test_what_is_held_for_a_ticket_that_is_cancelled_cannot_be_bought(order, workshop):
    new = extending.add(order, [field(order, workshop)], "key", at=NOW)
    changes.cancel(order, order.live[:1], at=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        checkout.place(new, Method.TRANSFER, at=NOW)


def test_paid_late_it_comes_back_only_with_its_ticket(shop, order, seats, workshop):
    new = extending.add(order, [field(order, workshop)], "key", at=NOW)
    checkout.place(new, Method.TRANSFER, at=NOW)
    later = new.due_at + timedelta(seconds=1)
    expiry.expire(new.id, at=later)
    changes.cancel(order, order.live[:1], at=later)
    pay(new, 4000, source="late", at=later)
    assert (new.state, new.late_at, seats.taken) == (OrderState.EXPIRED, later, 0)


def test_a_ticket_changed_into_another_keeps_what_was_added_later(shop, order, hall, workshop):
    new = extending.add(order, [field(order, workshop)], "key", at=NOW)
    checkout.place(new, Method.TRANSFER, at=NOW)
    dear = make_product(shop, hall, name="Supporter", tiers=[("Now", 29_900, None, None)])
    other = changes.change_product(order, order.live[0], Chosen(dear.id), at=NOW)
    assert new.tickets[0].belongs_to is other


def test_a_guest_adds_something_on_the_page_of_the_order(client, house):
    with time_machine.travel(NOW, tick=False):
        edition = make_shop()
        make_product(edition, make_quota(edition, 9))
        shirt = extra(edition, make_quota(edition, 5, "Shirts"), "T-shirt", ProductKind.THING, 2500)
        guest = Guest(client(), edition.slug)
        page = guest.buy()
        assert "Add something" not in guest.visitor.get(page).text
        order = pay(database.session.query(Order).one())
        assert "Add something" in guest.visitor.get(page).text
        guest.page = guest.visitor.get(f"{page}add/").text
        assert "€25.00" in guest.page
        guest.send(f"{page}add/", {"key": guest.key}, status=422)
        sent = {"key": guest.key, "extra": field(order, shirt)}
        payment = guest.send(f"{page}add/", sent)
        assert guest.send(f"{page}add/", sent) == payment
        guest.visitor.get(payment)
        later = guest.send(payment, {"method": "transfer"})
        assert "for Person 0" in guest.visitor.get(later).text
        assert "T-shirt" in guest.visitor.get(page).text
        guest.visitor.get(f"{later}people/", status=303)
        guest.visitor.get(f"{later}cancel/")
