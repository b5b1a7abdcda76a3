"""Cards by Stripe: pages are made once, events are believed when signed, each is heard once."""

import dataclasses
import random

import pytest
import time_machine

from cfp.billing.models import LedgerEntry, Method
from cfp.db import db as database
from cfp.db import transaction
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun, RunState
from cfp.tickets.links import order_token
from cfp.tickets.models import CardCheckout, CardEvent, Order, OrderState
from cfp.tickets.service import cards, changes, checkout, expiry
from cfp.tickets.service.basket import Chosen
from tests.tickets.fake_stripe import KEY, SECRET, fake_stripe, signed, written
from tests.tickets.selling import MILA, NOW, hold, make_product, make_quota, make_rule, make_shop
from tests.visitor import rows


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stripe(house):
    before = house.config["SETTINGS"]
    with fake_stripe() as running:
        house.config["SETTINGS"] = dataclasses.replace(
            before, stripe_key=KEY, stripe_webhook_secret=SECRET, stripe_url=running.url
        )
        yield running
    house.config["SETTINGS"] = before


@pytest.fixture
def shop(house):
    return make_shop(takes_cards=True)


@pytest.fixture
def hall(shop):
    return make_quota(shop, 3)


@pytest.fixture
def order(stripe, shop, hall):
    order = hold(shop, make_product(shop, hall))
    checkout.bill_to(order, MILA, at=NOW)
    checkout.place(order, Method.CARD, at=NOW)
    cards.ask_for_page(order, at=NOW)
    return order


def work():
    """The worker does what waits."""
    with transaction():
        pass  # what was asked for
    jobs.run_waiting()
    database.session.expire_all()
    assert not database.session.query(JobRun).filter(JobRun.state == RunState.FAILED).count()


@pytest.fixture
def tell(client, stripe, today):
    """Stripe tells us something; returns the answer's status."""
    visitor = client()

    def told(event, *, secret=SECRET, age=0):
        body = written(event)
        at = NOW.timestamp() - age
        headers = {"Stripe-Signature": signed(body, at, secret)}
        answer = visitor.browser.post("/webhooks/stripe", data=body, headers=headers)
        database.session.expire_all()
        return answer.status_code

    return told


def test_a_page_to_pay_on_is_made_by_the_worker_once(order, stripe):
    cards.ask_for_page(order, at=NOW)
    work()
    assert len(stripe.sessions) == 1
    page = cards.open_page(order)
    assert (page.url, page.cents) == (stripe.sessions[0]["url"], 9900)


def test_a_webhook_replayed_a_hundred_times_pays_once(order, stripe, tell, hall):
    work()
    event = stripe.paid(stripe.sessions[0])
    assert {tell(event) for _ in range(100)} == {200}
    assert (order.state, order.receivable.balance.cents) == (OrderState.PAID, 0)
    assert rows(LedgerEntry) == 2
    assert rows(CardEvent) == 1


def test_two_events_about_one_payment_pay_once(order, stripe, tell):
    work()
    for _ in range(2):
        assert tell(stripe.paid(stripe.sessions[0])) == 200
    assert (rows(LedgerEntry), order.receivable.balance.cents) == (2, 0)


@pytest.mark.parametrize("seed", range(4))
def test_events_in_any_order_and_doubled_end_the_same(order, stripe, tell, shop, seed):
    make_rule(shop, 30, 10_000)
    work()
    session = stripe.sessions[0]
    refund = {
        "id": "re_theirs",
        "amount": 9900,
        "payment_intent": session["payment_intent"],
        "status": "succeeded",
    }
    events = [
        stripe.paid(session),
        stripe.event("checkout.session.expired", session),
        stripe.event("refund.created", refund),
        stripe.event("refund.updated", refund),
    ] * 2
    random.Random(seed).shuffle(events)  # noqa: S311  (an order of events)
    waiting = list(events)
    for _round in range(3):  # what we did not understand yet is said again
        waiting = [event for event in waiting if tell(event) == 409]
    assert waiting == []
    assert order.state is OrderState.PAID
    kinds = [entry.kind.value for entry in order.receivable.entries]
    assert sorted(kinds) == ["charge", "payment", "refund"]


@pytest.mark.parametrize(
    ("secret", "age"), [("another", 0), (SECRET, 400), (SECRET, -400)], ids=["forged", "old", "new"]
)
def test_an_event_that_is_not_signed_or_not_fresh_is_not_heard(order, stripe, tell, secret, age):
    work()
    assert tell(stripe.paid(stripe.sessions[0]), secret=secret, age=age) == 400
    assert order.state is OrderState.PLACED


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'"x"', b"\xff", b'{"id": 1}'])
def test_nonsense_with_a_right_signature_is_refused(client, stripe, shop, body):
    headers = {"Stripe-Signature": signed(body, NOW.timestamp())}
    answer = client().browser.post("/webhooks/stripe", data=body, headers=headers)
    assert answer.status_code == 400


def test_without_a_secret_there_is_no_such_page(client, house):
    assert client().browser.post("/webhooks/stripe", data=b"{}").status_code == 404


def test_an_event_of_a_page_that_we_do_not_know_is_asked_for_again(stripe, tell, shop):
    stranger = {"id": "cs_other", "amount_total": 100, "payment_intent": "pi_other"}
    assert tell(stripe.paid(stranger)) == 409
    assert rows(CardEvent) == 0


def test_a_cancelled_ticket_goes_back_to_the_card_once(order, stripe, tell, shop):
    make_rule(shop, 30, 10_000, fee_cents=500)
    work()
    tell(stripe.paid(stripe.sessions[0]))
    changes.cancel(order, order.tickets, at=NOW)
    cards.ask_for_refund(order, at=NOW)
    work()
    work()
    assert [refund["amount"] for refund in stripe.refunds] == [9400]
    assert order.receivable.balance.cents == 0
    told = stripe.event("refund.created", stripe.refunds[0])
    assert tell(told) == 200
    assert order.receivable.balance.cents == 0


def test_money_for_an_order_whose_places_are_gone_goes_back_by_itself(
    order, stripe, tell, shop, hall
):
    work()
    expiry.expire(order.id, at=NOW.replace(hour=20))
    hold(shop, order.tickets[0].product, 3)
    tell(stripe.paid(stripe.sessions[0]))
    assert order.state is OrderState.EXPIRED
    work()
    assert [refund["amount"] for refund in stripe.refunds] == [9900]
    assert order.receivable.balance.cents == 0


def test_the_order_page_waits_for_the_page_to_pay_on_and_then_leads_there(order, client, stripe):
    way = f"/{order.conference.slug}/orders/{order.code}/{order_token(order)}/"
    assert "is being made" in client().get(way).text
    work()
    assert stripe.sessions[0]["url"] in client().get(way).text
    assert rows(CardCheckout) == 1
    assert rows(Order) == 1


def test_on_a_change_to_transfer_the_page_is_closed_at_stripe_too(client, order, stripe, tell):
    work()
    page = f"/{order.conference.slug}/orders/{order.code}/{order_token(order)}/"
    client().post(f"{page}method", {"method": "transfer"})
    work()
    assert stripe.sessions[0]["status"] == "expired"
    assert cards.open_page(order) is None
    assert tell(stripe.paid(stripe.sessions[0])) == 200  # somebody was faster than we
    assert (order.state, order.method) == (OrderState.PAID, Method.CARD)


def test_another_sum_has_another_page(order, stripe, shop, hall):
    work()
    dear = make_product(shop, hall, name="Supporter", tiers=[("Now", 29_900, None, None)])
    changes.change_product(order, order.live[0], Chosen(dear.id), at=NOW)
    work()
    assert [one.get("status") for one in stripe.sessions] == ["expired", None]
    assert cards.open_page(order).cents == 29_900


def test_what_was_paid_in_two_parts_goes_back_to_both(order, stripe, tell, shop, hall):
    make_rule(shop, 30, 10_000)
    work()
    tell(stripe.paid(stripe.sessions[0]))
    dear = make_product(shop, hall, name="Supporter", tiers=[("Now", 29_900, None, None)])
    changes.change_product(order, order.live[0], Chosen(dear.id), at=NOW)
    work()
    tell(stripe.paid(stripe.sessions[1]))
    changes.cancel(order, order.live, at=NOW)
    work()
    assert [one["amount"] for one in stripe.refunds] == [20_000, 9900]
    assert order.receivable.balance.cents == 0
    for refund in stripe.refunds:
        assert tell(stripe.event("refund.created", refund)) == 200
    assert order.receivable.balance.cents == 0


def test_a_page_that_is_closed_already_is_no_failure(order, stripe):
    work()
    stripe.sessions[0]["status"] = "expired"
    order.method = Method.TRANSFER
    cards.close_pages(order, at=NOW)
    work()
