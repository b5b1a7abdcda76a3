"""A sale at the desk: tickets, cash, badge and entry in one step."""

import re
from datetime import timedelta

import pytest
import time_machine

from cfp.access import Role
from cfp.billing import service as billing
from cfp.billing.models import Draft, EntryKind, LedgerEntry
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.tickets.admission import Verdict
from cfp.tickets.links import order_token
from cfp.tickets.models import CheckIn, Order, OrderState, Proof
from cfp.tickets.service import desk, invoices
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.checkout import Buyer
from cfp.tickets.service.desk import Sale
from cfp.tickets.service.shelf import shelf_of
from tests.billing.made import make_seller, plain
from tests.make import make_member, make_person
from tests.tickets.doors import NINE
from tests.tickets.selling import (
    NOW,
    basket,
    letters,
    make_audience,
    make_product,
    make_quota,
    make_shop,
)
from tests.visitor import rows


@pytest.fixture
def olga(db):
    return make_person("Olga")


def sell(shop, olga, wanted, *, at=NINE, **said):
    sale = Sale(**{"key": "first visitor", "basket": wanted} | said)
    return desk.sell(shop, sale, at=at, by=olga, shelf=shelf_of(shop))


def test_places_cash_and_entry_are_one_step_and_pressed_twice_one_sale(shop, hall, regular, olga):
    found, is_in = sell(shop, olga, basket(regular, 2), names=("Ada",))
    again, _nobody = sell(shop, olga, basket(regular, 2), names=("Ada",))
    assert again is found
    assert (found.state, found.email, found.name) == (OrderState.PAID, "", "Ada")
    assert [t.name for t in found.tickets] == ["Ada", ""]
    assert [one.verdict for one in is_in] == [Verdict.OK] * 2
    assert (hall.taken, rows(CheckIn), found.receivable.balance.cents) == (2, 2, 0)
    assert [e.kind for e in found.receivable.entries] == [EntryKind.CHARGE, EntryKind.PAYMENT]
    assert letters() == []


def test_who_leaves_an_address_gets_one_letter_which_says_that_it_is_paid(shop, regular, olga):
    sell(shop, olga, basket(regular), email="ada@example.org")
    assert letters() == ["order_paid"]


def test_the_shop_may_be_closed_but_there_is_never_one_ticket_too_many(shop, hall, regular, olga):
    at = NINE + timedelta(hours=9)
    assert not shelf_of(shop).is_open(at)
    sell(shop, olga, basket(regular, 5), at=at)
    with pytest.raises(Refused, match="sold out"):
        sell(shop, olga, basket(regular), key="second", at=at)
    assert (hall.taken, rows(Order), rows(LedgerEntry)) == (5, 1, 2)


def test_another_sum_than_the_page_showed_is_not_taken(shop, hall, regular, olga):
    with pytest.raises(Refused, match="price has changed"):
        sell(shop, olga, basket(regular), seen=9900)
    assert (hall.taken, rows(Order)) == (0, 0)


def test_nobody_goes_in_before_the_first_day_or_with_a_pass_for_another(shop, hall, regular, olga):
    friday = make_product(shop, hall, name="Last day", tiers=[("Day", 5000, None, None)])
    friday.days = [shop.days[-1].isoformat()]
    assert sell(shop, olga, basket(regular), at=NOW)[1] == []
    both = basket(regular, 1, Chosen(friday.id))
    assert len(sell(shop, olga, both, key="second")[1]) == 1
    assert sell(shop, olga, basket(friday), key="third", lets_in=False)[1] == []
    assert [one.verdict for one in database.session.query(CheckIn)] == [Verdict.OK]


def test_a_student_stands_there_with_the_proof_and_more_names_than_tickets_are_refused(
    shop, regular, olga
):
    students = make_audience(shop)
    students.proof = Proof.UPLOAD
    found, _in = sell(shop, olga, basket(regular, audience_id=students.id))
    assert found.tickets[0].proof_seen_at == NINE
    with pytest.raises(Refused, match="more names"):
        sell(shop, olga, basket(regular), key="second", names=("A", "B"))


def test_who_paid_at_the_desk_gets_an_invoice_that_is_paid(shop, regular, olga):
    make_seller(shop)
    order, _in = sell(shop, olga, basket(regular))
    invoices.ask(order, Buyer("Ada Lovelace", ""), at=NINE)
    draft = database.session.query(Draft).one()
    made = billing.issue(draft.id, NINE, render=plain)
    assert (made.prepaid_cents, made.gross_cents, made.document.buyer.name) == (
        19_900,
        19_900,
        "Ada Lovelace",
    )


# Pages


@pytest.fixture
def edition(house):
    with time_machine.travel(NINE, tick=False):
        edition = make_shop()
        make_product(edition, make_quota(edition, 3))
        yield edition


def test_the_box_office_sells_and_prints_in_one_step(client, edition):
    office = client(make_member(edition, Role.BOX_OFFICE))
    way = f"/{edition.slug}/team/doors/sell/"
    page = office.get(way).text
    assert len(office.statements) <= 12
    (field,) = re.findall(r'name="(n-[^"]+)"', page)
    said = {"key": "k" * 20, field: "1", "names": "Ada\n\n", "lets_in": "y", "prints": "y"}
    wrong = office.post(way, said | {"seen": "9900"}, status=422).text
    assert "price has changed" in wrong
    assert 'name="seen" type="hidden" value="19900"' in wrong
    office.post(way, said | {"names": "x" * 121}, status=422)
    there = [office.post(way, said | {"seen": "19900"}).location for _click in range(2)]
    assert there[0] == there[1]
    assert (rows(Order), rows(Message)) == (1, 0)
    page = office.get(there[0]).text
    for words in ("Ada", "€199.00 in cash. One is in.", "data-print-now", "data:image/png"):
        assert words in page
    another = office.post(way, said | {field: "2"}, status=422).text
    assert "if this is what you want now" in another
    assert database.session.query(Order).one().name == "Ada"
    order = database.session.query(Order).one()
    detail = office.get(f"/{edition.slug}/team/orders/{order.code}/").text
    assert "Send the link again" not in detail
    visitor = client()
    mine = visitor.get(f"/{edition.slug}/orders/{order.code}/{order_token(order)}/").text
    assert "by mail" not in mine
    assert "data-print-now" not in office.get(there[0].split("?")[0]).text
