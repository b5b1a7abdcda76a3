"""Buying as a guest, page by page, without scripts."""

import re
from datetime import timedelta

import pytest
import time_machine

from cfp.db import db as database
from cfp.mail.models import Message
from cfp.tickets.models import Order, OrderState
from cfp.tickets.service import expiry
from tests.tickets.buyer import Guest
from tests.tickets.selling import (
    NOW,
    hold,
    make_audience,
    make_product,
    make_quota,
    make_shop,
    make_voucher,
)
from tests.visitor import rows


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
def guest(client, shop, regular):
    return Guest(client(), shop.slug)


def test_a_guest_buys_in_four_steps(guest, hall):
    order_page = guest.buy(2)
    order = database.session.query(Order).one()
    assert (order.state, order.email, order.cents) == (
        OrderState.PLACED,
        "mila@example.org",
        2 * 9900,
    )
    assert [ticket.name for ticket in order.tickets] == ["Person 0", "Person 1"]
    assert hall.taken == 2
    page = guest.visitor.get(order_page).text
    assert "RF" in page
    assert "DE02 1203" in page
    assert "girocode" in page


def test_a_whole_purchase_takes_at_most_54_statements_and_the_shop_6(guest):
    visitor, counted = guest.visitor, []
    field = guest.look()[0]
    counted.append(len(visitor.statements))

    def send(way, data):
        there = guest.send(way, data)
        counted.append(len(visitor.statements))
        visitor.get(there)
        counted.append(len(visitor.statements))
        return there

    people = send(f"{guest.here}/tickets/", {"key": guest.key, field: "1"})
    invoice = send(people, {"people-0-name": "Ada"})
    payment = send(invoice, {"name": "Ada", "email": "ada@example.org"})
    send(payment, {"method": "transfer"})
    assert len(counted) == 9
    assert counted[0] <= 6
    assert sum(counted) <= 54


def test_the_shop_says_what_it_costs_when_it_rises_and_what_is_left(guest, shop, regular):
    hold(shop, regular, 5)
    guest.look()
    assert "€99.00" in guest.page
    assert "€199.00 from 2 February, 00:00 (UTC+1), or as soon as 5 more are sold" in guest.page
    assert "7 left" in guest.page
    assert 'class="plot' in guest.page


def test_nothing_chosen_is_said_and_nothing_is_lost(guest):
    guest.choose(0, status=422)
    assert "Please choose at least one ticket." in guest.page
    assert rows(Order) == 0


def test_the_same_form_twice_leads_to_the_same_page(guest):
    first = guest.choose()
    sent = {"key": "k" * 20, guest.look()[0]: "1"}
    ways = [guest.send(f"{guest.here}/tickets/", sent) for _ in range(8)]
    assert len(set(ways)) == 1
    assert ways[0] != first
    assert rows(Order) == 2


def test_a_key_with_another_basket_is_refused_and_the_button_pressed_again_has_it_instead(
    guest, hall
):
    field, way = guest.look()[0], f"{guest.here}/tickets/"
    guest.send(way, {"key": "k" * 20, field: "12"})
    guest.send(way, {"key": "k" * 20, field: "11"}, status=422)  # after a step back
    assert "sent before with something else" in guest.page
    assert (rows(Order), hall.taken) == (1, 12)
    key, instead = (
        re.findall(rf'name="{name}" type="hidden" value="([^"]+)"', guest.page)[0]
        for name in ("key", "instead")
    )
    guest.send(way, {"key": key, "instead": instead, field: "11"})
    assert hall.taken == 11
    guest.send(way, {"key": "another key", "instead": "a stranger's", field: "1"})
    assert hall.taken == 12


def test_whoever_steps_back_to_the_shop_sees_what_is_kept_and_lets_it_go_by_choosing_anew(
    guest, shop, hall
):
    people, field = guest.choose(), guest.look()[0]
    assert "kept for you until" in guest.page
    assert people in guest.page
    (instead,) = re.findall(r'name="instead" type="hidden" value="([^"]+)"', guest.page)
    way = f"{guest.here}/tickets/"
    guest.send(way, {"key": "another key", "instead": instead, field: "12"})
    assert (rows(Order), hall.taken) == (2, 12)
    guest.look()
    assert "sold out" in guest.page
    assert "Go on with it" in guest.page


def test_who_comes_too_late_reads_a_sentence_and_can_wait(guest, shop, regular):
    field = guest.look()[0]
    hold(shop, regular, 12)
    guest.send(f"{guest.here}/tickets/", {"key": "k" * 20, field: "1"}, status=422)
    assert "sold out" in guest.page
    assert "Join the waiting list" in guest.page
    way = f"{guest.here}/tickets/waiting/{regular.code}/"
    guest.visitor.get(way)
    guest.send(way, {"name": "Ada", "email": "ada@example.org", "number": "2"})
    assert "on the list" in guest.visitor.get(f"{guest.here}/tickets/").text


def test_a_price_that_rose_meanwhile_is_told_before_anything_is_bought(guest, today):
    field = guest.look()[0]
    today.shift(timedelta(days=30))
    sent = {"key": "k" * 20, field: "1", f"p-{field[2:]}": "9900"}
    people = guest.send(f"{guest.here}/tickets/", sent)
    assert "costs €199.00 by now; it was €99.00" in guest.visitor.get(people).text


def test_the_price_seen_is_the_price_held_although_the_tier_ends(guest, today, regular):
    today.move_to(regular.tiers[0].ends_at)
    people = guest.choose()
    today.shift(timedelta(minutes=20))
    invoice = guest.name(people, "Mila")
    payment = guest.send(invoice, {"name": "Mila", "email": "mila@example.org"})
    assert "€99.00" in guest.visitor.get(payment).text


def test_after_the_half_hour_a_page_says_so_and_offers_the_same_again(guest, today, regular):
    people = guest.choose()
    guest.name(people, "Mila")
    today.shift(timedelta(minutes=31))
    page = people.removesuffix("people/")
    assert guest.visitor.get(people, status=303).headers["Location"].endswith(page)
    assert "not kept any more" in guest.visitor.get(page).text
    again = guest.send(f"{page}again", {"key": "x"})
    assert "Mila" in guest.visitor.get(again).text
    assert guest.send(f"{page}again", {"key": "x"}) == again
    assert [one.state for one in database.session.query(Order).order_by(Order.id)] == [
        OrderState.EXPIRED,
        OrderState.HELD,
    ]


def test_what_is_typed_while_the_half_hour_ends_is_kept_and_a_new_price_is_said(
    guest, today, regular
):
    today.move_to(regular.tiers[0].ends_at)
    people = guest.choose()
    today.shift(timedelta(minutes=31))
    typed = {"people-0-name": "Mila", "people-0-allergies": "Nuts", "people-0-email": "no address"}
    page = guest.send(people, typed)
    assert page == people.removesuffix("people/")
    buyer = {"name": "Mila Sommer", "email": "mila@example.org", "city": "Ulm"}
    assert guest.send(f"{page}invoice/", buyer) == page
    again = guest.send(f"{page}again", {"key": "x"})
    shown = guest.visitor.get(again).text
    for words in ("Mila", "Nuts", "costs €199.00 by now; it was €99.00"):
        assert words in shown
    shown = guest.visitor.get(again.replace("people/", "invoice/")).text
    assert "mila@example.org" in shown
    assert "Ulm" in shown


def test_an_order_does_not_exist_without_its_secret(guest, client):
    page = guest.buy()
    wrong = page[:-10] + ("A" * 9) + "/"
    client().get(wrong, status=404)
    client().get(page)


def test_students_and_vouchers_show_each_step(guest, shop, regular):
    students = make_audience(shop)
    make_voucher(shop, "TEN", value=1000)
    guest.look("?voucher=ten")
    assert "Prices are with the voucher TEN" in guest.page
    field = f"n-{regular.code}-{students.id}"
    sent = {"key": "k" * 20, field: "1", "voucher": "TEN"}
    page = guest.visitor.get(guest.send(f"{guest.here}/tickets/", sent)).text
    assert "Students" in page
    assert "Voucher TEN" in page
    assert "€44.55" in page


def test_an_unknown_voucher_is_said_at_its_field(guest):
    guest.look("?voucher=nothing")
    assert "We know no voucher" in guest.page


def test_without_an_open_shop_there_is_nothing_to_choose(client, guest, today):
    today.shift(timedelta(days=200))
    assert guest.look() == []
    assert "The sale has ended." in guest.page


def test_names_without_which_there_is_no_badge_are_asked_for(guest):
    people = guest.choose(2)
    guest.send(people, {"people-0-name": "Mila", "people-1-name": " "}, status=422)
    assert "Please fill this in." in guest.page
    assert "Mila" in guest.page


def test_a_wrong_vat_id_is_said(guest):
    invoice = guest.name(guest.choose(), "Mila")
    said = {"name": "Mila", "email": "mila@example.org", "vat_id": "DE123"}
    guest.send(invoice, said, status=422)
    assert "typing error" in guest.page


def test_a_free_order_needs_no_payment(guest, shop):
    make_voucher(shop, "FREE", value=10_000)
    sent = {"key": "k" * 20, guest.look("?voucher=free")[0]: "1", "voucher": "FREE"}
    invoice = guest.name(guest.send(f"{guest.here}/tickets/", sent), "Mila")
    payment = guest.send(invoice, {"name": "Mila", "email": "mila@example.org"})
    assert "Take the free ticket" in guest.visitor.get(payment).text
    page = guest.visitor.get(guest.send(payment, {"method": "transfer"})).text
    assert "Everything is paid" in page


def test_the_link_is_sent_again_to_the_buyer_alone(guest):
    guest.buy()
    way = f"{guest.here}/tickets/link/"
    guest.visitor.get(way)
    for address in ("nobody@example.org", "mila@example.org"):
        guest.send(way, {"email": address})
    assert database.session.query(Message).filter_by(kind="order_link").count() == 1


def test_an_order_that_expired_says_so(guest):
    page = guest.buy()
    order = database.session.query(Order).one()
    expiry.expire(order.id, at=order.due_at + timedelta(seconds=1))
    assert "has expired" in guest.visitor.get(page).text


def test_pressed_twice_it_is_changed_and_cancelled_once_and_shown_twice(guest, shop, hall):
    page = guest.buy(2)
    other = make_product(shop, hall, name="Other", tiers=[("One", 5000, None, None)])
    first, second = database.session.query(Order).one().tickets
    way = f"{page}tickets/{first.code}/change/"
    for _ in range(2):
        assert guest.send(way, {"product": other.code}) == page
    guest.visitor.get(way, status=303)
    for _ in range(2):
        assert guest.send(f"{page}cancel/", {"ticket": second.code}) == page
    order = database.session.query(Order).one()
    assert (order.cents, hall.taken) == (5000, 1)


def test_the_front_page_says_what_it_costs_now_and_when_it_rises(client, guest, shop, today):
    front = f"/{shop.slug}/"
    page = client().get(front).text
    assert "Tickets: €99.00 now" in page
    assert '"offers":{"@type":"Offer"' in page
    assert '"price":"99.00","priceCurrency":"EUR"' in page
    assert "€199.00 from 2 February, 00:00 (UTC+1), or as soon as 10 more are sold" in page
    today.shift(timedelta(days=200))
    assert "Tickets: " not in client().get(front).text
