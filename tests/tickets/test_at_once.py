"""Twenty buyers, one ticket; one buyer, eight clicks; an expiry and a payment in one second."""

from collections import Counter
from datetime import timedelta

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.tickets.models import Order, OrderState, Product, Quota
from cfp.tickets.service import checkout, doctor, expiry, payments
from cfp.tickets.service.capacity import resize_quota
from tests.tickets.selling import NOW, hold, make_product, make_quota, make_shop, place
from tests.visitor import rows


def buyer(shop_id, product_id, key=None):
    def buy():
        shop = database.session.get(Conference, shop_id)
        product = database.session.get(Product, product_id)
        asked = {"key": key} if key else {}
        return hold(shop, product, **asked).code

    return buy


def test_of_twenty_buyers_of_the_last_ticket_one_has_it(at_once, db):
    shop = make_shop()
    product = make_product(shop, make_quota(shop, 1))
    said = Counter(at_once(*[buyer(shop.id, product.id) for _ in range(20)]))
    assert said.pop("SoldOut") == 19
    assert [*said.values()] == [1]
    assert rows(Order) == 1
    assert doctor.complaints() == []


def test_of_twenty_buyers_of_the_last_early_ticket_one_has_it(at_once, db):
    shop = make_shop()
    tiers = [("Early", 100, None, 1), ("Regular", 200, None, None)]
    product = make_product(shop, tiers=tiers)
    said = Counter(at_once(*[buyer(shop.id, product.id) for _ in range(20)]))
    early, regular = database.session.get(Product, product.id).tiers
    assert early.taken == 1
    assert regular.taken == 19 - said["PriceGone"]
    assert doctor.complaints() == []


def test_eight_clicks_hold_once_and_lead_to_the_same_order(at_once, db):
    shop = make_shop()
    product = make_product(shop, make_quota(shop, 100))
    said = at_once(*[buyer(shop.id, product.id, "once") for _ in range(8)])
    assert len(said) == 8
    assert len(set(said)) == 1
    assert (rows(Order), database.session.query(Quota).one().taken) == (1, 1)


def test_an_order_that_is_paid_and_expires_at_once_is_one_of_both_and_adds_up(at_once, db):
    shop = make_shop()
    order = place(shop, make_product(shop, make_quota(shop, 1)))
    order_id, late = order.id, order.due_at + timedelta(seconds=1)

    def expires():
        return expiry.expire(order_id, at=late)

    def pays():
        mine = database.session.get(Order, order_id)
        payments.pay(mine, 9900, Method.TRANSFER, source="bank:1", at=late)

    at_once(expires, pays)
    assert database.session.get(Order, order_id).state is OrderState.PAID
    assert doctor.complaints() == []


def test_a_stock_made_smaller_while_it_is_sold_never_holds_more_than_it_has(at_once, db):
    shop = make_shop()
    quota = make_quota(shop, 10)
    product, quota_id = make_product(shop, quota), quota.id

    def shrink():
        resize_quota(database.session.get(Quota, quota_id), 3)

    buy = buyer(shop.id, product.id)
    at_once(buy, buy, buy, shrink, buy, buy, buy)
    quota = database.session.get(Quota, quota_id)
    assert quota.taken <= quota.size
    assert doctor.complaints() == []


def test_eight_presses_of_buy_place_one_order_with_one_charge_and_one_letter(at_once, db):
    shop = make_shop()
    order = place(shop, make_product(shop, make_quota(shop, 5)))
    held = hold(shop, database.session.query(Product).one())
    held.name, held.email, held_id = "A", "a@example.org", held.id

    def press():
        return checkout.place(database.session.get(Order, held_id), Method.TRANSFER, at=NOW)[1]

    assert sorted(at_once(*[press] * 8)) == [False] * 7 + [True]
    held = database.session.get(Order, held_id)
    assert held.receivable.balance.cents == held.cents
    assert held.receivable_id != order.receivable_id
    assert doctor.complaints() == []
