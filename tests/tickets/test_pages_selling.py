"""The organiser's side of selling: the catalogue, orders, one order, the shop at another time."""

import re
from datetime import timedelta

import pytest
import time_machine

from cfp.access import Role
from cfp.billing.models import Method
from cfp.db import db as database
from cfp.mail.models import Message
from cfp.tickets.models import (
    OrderState,
    PriceTier,
    Product,
    Proof,
    Quota,
    RefundRule,
    Shop,
    Voucher,
)
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service import changes, holding
from cfp.tickets.service.holding import Asked
from tests.make import make_conference, make_member
from tests.tickets.selling import (
    EARLY_ENDS,
    NOW,
    basket,
    hold,
    make_audience,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    make_voucher,
    pay,
    place,
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def shop(house):
    return make_shop()


@pytest.fixture
def hall(shop):
    return make_quota(shop, 12)


@pytest.fixture
def team(shop):
    return f"/{shop.slug}/team"


@pytest.fixture
def organiser(client, shop):
    return client(make_member(shop, Role.ORGANISER))


def test_an_edition_begins_to_sell(client):
    edition = make_conference()
    organiser = client(make_member(edition, Role.ORGANISER))
    here = f"/{edition.slug}/team/tickets/"
    assert "No sale yet" in organiser.get(here).text
    sale = {
        "opens_at": "2027-01-01T10:00",
        "closes_at": "2027-05-10T08:00",
        "hold_minutes": "30",
        "pay_within_days": "14",
        "offer_hours": "48",
        "account_holder": "Verein",
        "iban": "DE02 1203 0000 0000 2020 51",
        "standard_rate": "19",
        "reduced_rate": "7",
    }
    organiser.post(f"{here}settings/", sale)
    organiser.post(f"{here}stock/new", {"name": "Hall", "size": "300"})
    stock = str(database.session.query(Quota).one().id)
    product = {"name": "Regular", "kind": "admission", "quotas": stock, "tax": "standard"}
    way = organiser.post(f"{here}products/new", product | {"on_sale": "y"}).headers["Location"]
    step = {"name": "Early", "cents": "99,50", "ends_at": "2027-02-01T23:59", "at_most": "100"}
    organiser.post(way, step)
    organiser.post(way, {"name": "Regular", "cents": "199"})
    tiers = database.session.query(PriceTier).order_by(PriceTier.id).all()
    assert [(tier.cents, tier.at_most) for tier in tiers] == [(9950, 100), (19_900, None)]
    assert tiers[0].ends_at == EARLY_ENDS
    assert database.session.query(Shop).one().iban == "DE02120300000000202051"
    page = organiser.get(f"{here}settings/").text
    shown = dict(re.findall(r'name="(account_holder|iban)"[^>]* value="([^"]*)"', page))
    assert shown == {"account_holder": "Verein", "iban": "DE02120300000000202051"}
    assert "€99.50" in client().get(f"/{edition.slug}/tickets/").text
    assert "Regular" in organiser.get(here).text


@pytest.mark.parametrize("kind", ["products", "stock", "audiences", "vouchers", "refunds"])
def test_lists_and_forms_of_the_catalogue_open(organiser, team, shop, regular, kind):
    make_audience(shop)
    make_voucher(shop)
    rule = {"until": "2027-04-01T23:59", "percent": "50", "fee_cents": "5", "product_id": "0"}
    organiser.post(f"{team}/tickets/refunds/new", rule)
    page = organiser.get(f"{team}/tickets/{kind}/").text
    assert "Add" in page
    organiser.get(f"{team}/tickets/{kind}/new")
    organiser.get(f"{team}/tickets/{kind}/1/")
    organiser.get(f"{team}/tickets/{kind}/99/", status=404)
    assert database.session.query(RefundRule).one().percent == 5000


def test_a_step_that_has_ended_cannot_be_brought_back(organiser, team, regular, today):
    way = f"{team}/tickets/products/{regular.id}/steps/{regular.tiers[0].id}/"
    organiser.get(way)
    today.move_to(EARLY_ENDS + timedelta(seconds=1))
    step = {"name": "Early", "cents": "99", "ends_at": "2027-03-01T23:59"}
    page = organiser.post(way, step, status=422).text
    assert "does not come back" in page


def test_stock_cannot_become_smaller_than_what_is_sold(organiser, team, shop, regular, hall):
    hold(shop, regular, 3)
    way = f"{team}/tickets/stock/{hall.id}/"
    page = organiser.post(way, {"name": "Hall", "size": "2"}, status=422).text
    assert "3 are sold or held" in page
    organiser.post(way, {"name": "Hall", "size": "3"})
    assert database.session.get(Quota, hall.id).size == 3


def test_what_was_sold_is_not_removed(organiser, team, shop, regular):
    place(shop, regular)
    organiser.post(f"{team}/tickets/products/{regular.id}/remove", status=409)
    other = make_product(shop, name="Never sold")
    organiser.post(f"{team}/tickets/products/{other.id}/remove")
    assert [p.name for p in database.session.query(Product)] == ["Regular"]


def test_a_voucher_is_made_and_changed(organiser, team, regular):
    sent = {"word": "half", "kind": "percent", "value": "50", "products": str(regular.id)}
    organiser.post(f"{team}/tickets/vouchers/new", sent)
    voucher = database.session.query(Voucher).one()
    assert (voucher.word, voucher.value, voucher.products) == ("HALF", 5000, [regular])
    way = f"{team}/tickets/vouchers/{voucher.id}/"
    organiser.post(way, sent | {"value": "101"}, status=422)
    organiser.post(way, sent | {"value": "100", "at_most": "3"})
    assert (voucher.value, voucher.at_most) == (10_000, 3)
    organiser.post(f"{team}/tickets/vouchers/new", sent, status=422)


def test_the_shop_at_another_time_shows_the_prices_of_that_time(organiser, team, shop, regular):
    now = organiser.get(f"{team}/tickets/preview/").text
    later = organiser.get(f"{team}/tickets/preview/?at=2027-03-01T12:00").text
    assert ("€99.00" in now, "€199.00" in later, "€99.00" in later) == (True, True, False)
    organiser.get(f"{team}/tickets/preview/?at=nonsense")


def test_the_caterers_day_stands_on_the_ladder_for_the_team_alone(client, organiser, team, shop):
    make_product(shop)
    database.session.query(Shop).one().catering_due_at = NOW + timedelta(days=60)
    assert "caterer asks" in organiser.get(f"{team}/tickets/").text
    assert "caterer asks" not in client().get(f"/{shop.slug}/tickets/").text


# Orders


def test_an_order_is_found_by_anything(organiser, team, shop, regular):
    make_voucher(shop, "TENOFF", kind=DiscountKind.ABSOLUTE, value=1000)
    order = place(shop, regular, 2, voucher="TENOFF")
    pay(order, 5000)
    hold(shop, regular)
    other = place(shop, regular)
    known = [order.code, "mila@example", "Sommer", "person 1", order.receivable.reference]
    for words in [*known, "sommer mila", "tenoff", "178.00", "178", "50,00"]:
        page = organiser.get(f"{team}/orders/", query_string={"q": words}).text
        assert f"/orders/{order.code}/" in page, words
    assert f"/orders/{other.code}/" not in page
    assert "No order fits" in organiser.get(f"{team}/orders/?q=nobody").text
    assert "No order fits" in organiser.get(f"{team}/orders/?q=178.01").text


def test_who_is_to_get_money_back_is_a_list(organiser, team, shop, regular):
    make_rule(shop, 30, 10_000)
    one, two = (pay(place(shop, regular, 2), source=f"bank:{n}") for n in range(2))
    changes.cancel(one, one.live[:1], at=NOW)
    page = organiser.get(f"{team}/orders/?state=give_back").text
    assert (f"/orders/{one.code}/" in page, f"/orders/{two.code}/" in page) == (True, False)
    assert "state=give_back" in organiser.get(f"{team}/tickets/").text


def test_orders_are_filtered_sorted_and_counted(organiser, team, shop, regular):
    paid, unpaid = pay(place(shop, regular)), place(shop, regular)
    page = organiser.get(f"{team}/orders/?state=paid&sort=name").text
    assert paid.code in page
    assert unpaid.code not in page
    for state in OrderState:
        organiser.get(f"{team}/orders/?state={state.value}")


def test_one_order_tells_its_whole_history(organiser, team, shop, regular):
    order = pay(place(shop, regular, 2))
    changes.cancel(order, order.tickets[:1], at=NOW)
    page = organiser.get(f"{team}/orders/{order.code}/").text
    letter = "Your tickets for"
    for words in ("tickets held", "ordered", "payment", "cancelled", "charged", letter):
        assert words in page


def test_money_is_taken_by_hand_once(organiser, team, shop, regular):
    order = place(shop, regular, method=Method.CASH)
    sent = {"amount": "99", "method": "cash", "key": "one"}
    for _ in range(2):
        organiser.post(f"{team}/orders/{order.code}/payment", sent)
    assert (order.state, order.receivable.balance.cents) == (OrderState.PAID, 0)
    organiser.post(f"{team}/orders/{order.code}/payment", {"amount": "x"}, status=422)


def test_a_ticket_is_cancelled_in_full_for_a_buyer_and_the_money_goes_back(
    organiser, team, shop, regular
):
    order = pay(place(shop, regular))
    sent = {"ticket": order.tickets[0].code, "in_full": "1"}
    organiser.post(f"{team}/orders/{order.code}/cancel", sent)
    assert (order.state, order.receivable.balance.cents) == (OrderState.CANCELLED, -9900)
    assert "to be given back" in organiser.get(f"{team}/orders/{order.code}/").text
    back = {"amount": "99", "method": "transfer", "key": "back"}
    too_much = organiser.post(f"{team}/orders/{order.code}/refund", back | {"amount": "100"}, 422)
    assert "more than there is" in too_much.text
    organiser.post(f"{team}/orders/{order.code}/refund", back)
    assert order.receivable.balance.cents == 0


def test_the_box_office_sends_the_link_and_sees_the_proof(client, team, shop, regular):
    students = make_audience(shop)
    students.proof = Proof.AT_THE_DESK
    chosen = basket(regular, audience_id=students.id)
    order, _ = holding.hold(shop, chosen, Asked("1"), at=NOW)
    order.email = "mila@example.org"
    office = client(make_member(shop, Role.BOX_OFFICE))
    office.post(f"{team}/orders/{order.code}/link")
    assert database.session.query(Message).filter_by(kind="order_link").count() == 1
    ticket = order.tickets[0]
    office.post(f"{team}/orders/{order.code}/tickets/{ticket.code}/proof")
    assert ticket.proof_seen_at == NOW


def test_orders_of_another_edition_are_not_found(client, shop, regular):
    order = place(shop, regular)
    there = make_conference()
    stranger = client(make_member(there, Role.ORGANISER))
    stranger.get(f"/{there.slug}/team/orders/{order.code}/", status=404)
