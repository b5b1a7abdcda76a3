"""Places are held at the price that was seen, each form once, and never more than there are."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from cfp.billing.models import Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.links import network_code
from cfp.tickets.models import AddOn, Order, ProductKind, Shop, TicketState
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service import capacity, checkout, doctor, expiry, holding
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.capacity import SoldOut
from cfp.tickets.service.holding import Asked, KeyReused, PriceChanged
from tests.make import make_conference
from tests.tickets.selling import (
    MILA,
    NOW,
    add,
    basket,
    hold,
    make_audience,
    make_product,
    make_quota,
    make_shop,
    make_voucher,
)
from tests.visitor import rows

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def hall(shop):
    return make_quota(shop, 12)


def test_a_hold_keeps_the_price_for_half_an_hour_even_when_the_tier_ends_meanwhile(shop, regular):
    tier = regular.tiers[0]
    order = hold(shop, regular, 2, at=tier.ends_at)
    assert order.cents == 2 * 9900
    assert order.held_until == tier.ends_at + timedelta(minutes=30)
    later = hold(shop, regular, at=tier.ends_at + timedelta(seconds=1))
    assert later.cents == 19_900


def test_the_same_form_twice_is_one_order(shop, regular):
    asked = Asked("once", seen=9900)
    first = holding.hold(shop, basket(regular), asked, at=NOW)
    again = holding.hold(shop, basket(regular), asked, at=NOW)
    assert (first[1], again) == (True, (first[0], False))
    assert rows(Order) == 1


def test_a_code_that_another_order_has_is_drawn_anew(shop, regular, monkeypatch):
    first = hold(shop, regular)
    codes = iter([first.code, "T7777777", first.tickets[0].code, "T9999999", "TTTTTTTT"])
    monkeypatch.setattr(holding, "new_code", lambda: next(codes))
    second = hold(shop, regular)
    assert (second.code, second.tickets[0].code) == ("T9999999", "TTTTTTTT")
    assert (rows(Order), regular.quotas[0].taken, doctor.complaints()) == (2, 2, [])


def test_the_same_key_with_another_basket_is_refused(shop, regular):
    hold(shop, regular, key="once")
    with pytest.raises(KeyReused):
        hold(shop, regular, 2, key="once")


def test_another_price_than_the_one_seen_is_said_before_anything_is_held(shop, regular):
    with pytest.raises(PriceChanged) as changed:
        hold(shop, regular, seen=9800)
    assert (changed.value.seen, changed.value.cents) == (9800, 9900)
    assert rows(Order) == 0


def test_stock_shared_by_two_products_is_one_stock(shop, hall, regular):
    student = make_product(shop, hall, name="Student")
    hold(shop, regular, 9)
    hold(shop, student, 3)
    with pytest.raises(SoldOut):
        hold(shop, student)
    assert (hall.taken, doctor.complaints()) == (12, [])


def test_the_last_of_a_tier_ends_it_for_good_also_when_they_come_back(shop, regular):
    order = hold(shop, regular, 10)
    tier = regular.tiers[0]
    assert (tier.taken, tier.over_at) == (10, NOW)
    expiry.expire(order.id, at=order.held_until + timedelta(seconds=1))
    assert (tier.taken, tier.over_at) == (0, NOW)
    assert hold(shop, regular).cents == 19_900


def test_of_the_last_early_tickets_and_one_more_each_has_its_own_price(shop, regular):
    order = hold(shop, regular, 11)
    assert order.cents == 10 * 9900 + 19_900


def test_what_expires_comes_back_once(shop, hall, regular):
    order = hold(shop, regular, 3)
    over = order.held_until + timedelta(seconds=1)
    assert not expiry.expire(order.id, at=order.held_until)  # the last second counts
    assert [expiry.expire(order.id, at=over) for _ in range(2)] == [True, False]
    assert hall.taken == 0
    assert {ticket.state for ticket in order.tickets} == {TicketState.RELEASED}


def test_a_voucher_counts_like_stock_and_comes_back_too(shop, regular):
    voucher = make_voucher(shop, at_most=2)
    order = hold(shop, regular, 3, voucher="half")
    assert [ticket.cents for ticket in order.tickets] == [4950, 4950, 9900]
    with pytest.raises(Refused, match="used up"):
        hold(shop, regular, voucher="HALF")
    expiry.expire(order.id, at=NOW + timedelta(hours=1))
    assert voucher.used == 0


def test_a_voucher_that_is_too_late_or_unknown_is_said_at_its_field(shop, regular):
    make_voucher(shop, "LATE", claim_by=NOW - timedelta(seconds=1))
    for word in ("LATE", "NONE"):
        with pytest.raises(Refused) as refused:
            hold(shop, regular, voucher=word)
        assert refused.value.field == "voucher"


def test_what_needs_a_voucher_is_not_sold_without_the_right_one(shop, hall):
    speaker = make_product(shop, hall, name="Speaker", needs_voucher=True)
    free = {"kind": DiscountKind.SET, "value": 0}
    make_voucher(shop, "ANY", **free)
    make_voucher(shop, "SPEAK", products=[speaker], **free)
    for word in ("", "ANY"):
        with pytest.raises(Refused, match="voucher"):
            hold(shop, speaker, voucher=word)
    assert hold(shop, speaker, voucher="SPEAK").cents == 0


def test_students_pay_less_and_every_step_is_kept(shop, regular):
    students = make_audience(shop)
    chosen = basket(regular, audience_id=students.id)
    order, _ = holding.hold(shop, chosen, Asked("1"), at=NOW)
    assert order.tickets[0].steps == [
        ["tier", "Early bird", 9900, 9900],
        ["audience", "Students", -4950, 4950],
    ]
    assert order.tickets[0].tax_rate == 1900


def test_a_workshop_belongs_to_a_ticket_each(shop, hall, regular):
    seats = make_quota(shop, 2, "Workshop")
    workshop = make_product(shop, seats, name="Workshop", kind=ProductKind.WORKSHOP)
    chosen = basket(regular, 2, Chosen(workshop.id, 2))
    order, _ = holding.hold(shop, chosen, Asked("1"), at=NOW)
    first, second, *added = order.tickets
    assert [ticket.belongs_to for ticket in added] == [first, second]
    assert seats.taken == 2
    with pytest.raises(Refused, match="goes with a ticket"):
        holding.hold(shop, basket(regular, 1, Chosen(workshop.id, 2)), Asked("2"), at=NOW)


def test_a_workshop_for_some_products_only_is_refused_with_others(shop, hall, regular):
    day_pass = make_product(shop, hall, name="Day pass")
    workshop = make_product(shop, name="Workshop", kind=ProductKind.WORKSHOP)
    add(AddOn(product_id=regular.id, added_id=workshop.id))
    with pytest.raises(Refused, match="goes with a ticket"):
        holding.hold(shop, basket(day_pass, 1, Chosen(workshop.id)), Asked("1"), at=NOW)


@pytest.mark.parametrize("days", [-60, 120])
def test_nothing_is_sold_before_the_shop_opens_and_after_it_closes(shop, regular, days):
    with pytest.raises(Refused, match="not on sale"):
        hold(shop, regular, at=NOW + timedelta(days=days))


def test_products_of_another_edition_are_not_sold_here(shop):
    there = make_shop(make_conference())
    with pytest.raises(Refused, match="not sold"):
        hold(shop, make_product(there))


def test_the_organiser_cannot_make_the_stock_smaller_than_what_is_sold(shop, hall, regular):
    hold(shop, regular, 3)
    with pytest.raises(Refused, match="3 are sold"):
        capacity.resize_quota(hall, 2)
    capacity.resize_quota(hall, 3)
    with pytest.raises(SoldOut):
        hold(shop, regular)
    assert hall.size == 3


def test_a_product_that_joins_a_stock_brings_what_it_has_sold(shop, regular):
    hold(shop, regular, 3)
    small, large = make_quota(shop, 2, "Small"), make_quota(shop, 5, "Large")
    with pytest.raises(Refused, match="more than this stock"):
        capacity.join_quota(regular, small)
    capacity.join_quota(regular, large)
    assert large.taken == 3
    capacity.leave_quota(regular, large)
    assert (large.taken, doctor.complaints()) == (0, [])


def test_the_database_itself_refuses_one_too_many(shop, hall):
    hall.taken = hall.size + 1
    with pytest.raises(IntegrityError, match="never_oversold"):
        database.session.flush()
    database.session.rollback()


def test_an_edition_says_itself_how_many_one_network_may_hold(shop, hall, regular):
    setting = database.session.query(Shop).one()
    setting.most_from_network = 2
    hold(shop, regular, 2, network="A")
    with pytest.raises(Refused, match="your network"):
        hold(shop, regular, network="A")
    setting.most_from_network = 3
    hold(shop, regular, network="A")


def test_nobody_holds_the_whole_house_from_one_network(shop, hall, regular):
    hall.size = 300
    database.session.flush()
    regular.tiers[0].at_most = None
    for _ in range(2):
        hold(shop, regular, 30, network="A")
    with pytest.raises(Refused, match="your network"):
        hold(shop, regular, network="A")
    hold(shop, regular, network="B")
    assert hall.taken == 61
    bought = database.session.query(Order).filter_by(network="A").first()
    checkout.bill_to(bought, MILA, at=NOW)
    checkout.place(bought, Method.TRANSFER, at=NOW)
    assert bought.network == ""
    hold(shop, regular, network="A")


def test_what_is_ones_first_order_is_held_whatever_its_size(shop, hall, regular):
    regular.tiers[0].at_most = None
    assert len(hold(shop, regular, 5, network="A").live) == 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("9.9.9.1", "9.9.9.1", True),
        ("9.9.9.1", "9.9.9.2", False),
        ("2620:fe:1:2::1", "2620:fe:1:2:ffff::9", True),
        ("2620:fe:1:2::1", "2620:fe:1:3::1", False),
    ],
)
def test_a_network_is_an_address_or_the_first_half_of_a_long_one(one, other, same):
    assert (network_code(one) == network_code(other)) is same
    assert one not in network_code(one)


def test_no_address_and_one_of_the_house_is_no_network():
    for nobody in ("", "nonsense", "127.0.0.1", "::1", "10.0.0.7", "fd00::1"):
        assert network_code(nobody) == ""
