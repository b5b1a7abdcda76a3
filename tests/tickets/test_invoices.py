"""The invoice over an order: on demand, once, put right when the order changes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from cfp.access import Role
from cfp.billing import service as billing
from cfp.billing.models import BankFile, Draft, InvoiceKind
from cfp.billing.service import dunning
from cfp.billing.totals import add_up
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import OrderState
from cfp.tickets.service import changes, doctor, expiry, invoices
from cfp.tickets.service.basket import Chosen
from tests.billing.made import make_seller, plain
from tests.make import make_member
from tests.tickets.buyer import Guest
from tests.tickets.selling import (
    MILA,
    NOW,
    letters,
    make_product,
    make_quota,
    make_rule,
    make_shop,
    pay,
    place,
)

FIRM = replace(
    MILA, company="Sommer GmbH", street="Ring 2", postcode="80331", city="Köln", country="DE"
)


@pytest.fixture
def seller(shop):
    return make_seller(shop)


@pytest.fixture
def order(shop, regular, seller):
    return place(shop, regular, 2)


def ask(order, buyer=FIRM, at=NOW):
    invoices.ask(order, buyer, at=at)
    return make(at)


def make(at=NOW):
    """Issue all that was asked for, as the worker does."""
    waiting = [d for d in database.session.query(Draft).order_by(Draft.id) if d.invoice is None]
    made = [billing.issue(draft.id, at, render=plain) for draft in waiting]
    database.session.expire_all()
    return made


def test_it_says_what_was_bought_with_the_tax_in_it_and_what_was_paid(order):
    (before,) = ask(order)
    assert (before.gross_cents, before.prepaid_cents) == (19_800, 0)
    assert before.document.lines[0].quantity == 2
    assert before.document.due == order.due_at.date()
    assert before.document.buyer.name == "Sommer GmbH"
    assert add_up(before.document).net == Decimal("166.39")


def test_one_that_is_paid_says_that_nothing_is_owed(order):
    pay(order)
    (made,) = ask(order)
    assert (made.gross_cents, made.prepaid_cents, made.due_on) == (19_800, 19_800, None)


def test_asked_for_twice_it_is_one_and_paying_changes_nothing_of_it(order):
    ask(order)
    pay(order)
    assert ask(order) == []
    assert not invoices.put_right(order, at=NOW)
    assert invoices.put_right_due(NOW) == 0


def test_another_address_takes_it_back_and_makes_another(order):
    (first,) = ask(order)
    back, second = ask(order, replace(FIRM, city="Bonn"))
    assert (back.kind, back.cancels.number) == (InvoiceKind.CREDIT_NOTE, first.number)
    assert second.document.buyer.city == "Bonn"
    assert invoices.paper_of(order).standing.number == second.number


def test_while_it_is_being_made_nothing_else_is_asked_for(order):
    invoices.ask(order, FIRM, at=NOW)
    with pytest.raises(Refused, match="being made"):
        invoices.ask(order, MILA, at=NOW)


def test_what_the_law_wants_and_is_not_there_is_said_to_whoever_asks(order):
    pay(order)
    order.tickets[0].cents = 50_000
    with pytest.raises(Refused, match="address of the buyer"):
        invoices.ask(order, MILA, at=NOW)


def test_a_cancelled_order_takes_its_invoice_back(order):
    ask(order)
    changes.cancel(order, order.live, at=NOW)
    (back,) = make()
    assert (order.state, back.kind) == (OrderState.CANCELLED, InvoiceKind.CREDIT_NOTE)
    assert invoices.paper_of(order).standing is None
    assert not invoices.can_be_asked(order)


def test_an_order_that_expires_takes_its_invoice_back(order):
    ask(order)
    expiry.expire(order.id, at=order.due_at + timedelta(seconds=1))
    assert invoices.put_right_due(NOW) == 1
    assert [one.kind for one in make()] == [InvoiceKind.CREDIT_NOTE]
    assert invoices.put_right_due(NOW) == 0


def test_what_is_kept_by_the_refund_rules_is_on_the_next_invoice(shop, order):
    make_rule(shop, 30, 7500)
    pay(order)
    ask(order)
    changes.cancel(order, order.live[:1], at=NOW)
    _back, second = make()
    assert second.gross_cents == 9900 + 2475
    assert [line.price for line in second.document.lines] == [Decimal("99.00"), Decimal("24.75")]
    assert doctor.complaints() == []


def test_a_ticket_changed_into_another_is_on_the_next_invoice(shop, order, hall):
    cheap = make_product(shop, hall, name="Day pass", tiers=[("Day", 5000, None, None)])
    ask(order)
    changes.change_product(order, order.live[0], Chosen(cheap.id), at=NOW)
    assert make()[1].gross_cents == 14_900


def test_a_change_while_it_is_being_made_is_put_right_afterwards(order):
    invoices.ask(order, FIRM, at=NOW)
    changes.cancel(order, order.live[:1], at=NOW)
    assert invoices.put_right_due(NOW) == 0
    make()
    assert invoices.put_right_due(NOW) == 1
    assert [one.gross_cents for one in make()] == [19_800, 9900]


def test_a_change_is_not_refused_because_its_invoice_would_lack_an_address(shop, order, hall):
    ask(order, MILA)
    dear = make_product(shop, hall, name="Supporter", tiers=[("Now", 29_900, None, None)])
    changes.change_product(order, order.live[0], Chosen(dear.id), at=NOW)
    assert [one.kind for one in make()] == [InvoiceKind.CREDIT_NOTE]
    assert invoices.put_right_due(NOW) == 0
    assert ask(order)[0].gross_cents == 29_900 + 9900


def test_one_that_could_not_be_made_is_asked_for_anew(order):
    invoices.ask(order, FIRM, at=NOW)
    database.session.query(Draft).one().error = "no"
    (made,) = ask(order, replace(FIRM, city="Bonn"))
    assert made.document.buyer.city == "Bonn"


def test_a_small_business_shows_no_tax(order, seller):
    seller.small_business = True
    assert ask(order)[0].tax_cents == 0


def letters_in_three_weeks(shop):
    """What the two who write reminders have written, asked on every day."""
    for day in range(21):
        at = NOW + timedelta(days=day)
        database.session.add(BankFile(conference_id=shop.id, name="x", form="camt", at=at))
        expiry.remind(at)
        dunning.remind_due(at)
    return [kind for kind in letters() if "reminder" in kind]


def test_an_unpaid_order_with_an_invoice_reminds_once_and_its_invoice_does_not(shop, order):
    ask(order)
    assert letters_in_three_weeks(shop) == ["order_reminder"]


def test_so_does_what_is_still_owed_after_a_change_to_something_dearer(shop, hall, order):
    pay(order)
    dear = make_product(shop, hall, name="Supporter", tiers=[("One", 40_000, None, None)])
    changes.change_product(order, order.tickets[0], Chosen(dear.id), at=NOW)
    ask(order)
    assert letters_in_three_weeks(shop) == ["order_reminder"]


def test_of_anything_else_that_is_owed_its_invoice_reminds(shop, order):
    order.receivable.dunned = True
    ask(order)
    assert letters_in_three_weeks(shop).count("reminder") > 1


# Pages


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_buyer_gets_the_invoice_and_corrects_it(client, house, today):
    edition = make_shop()
    make_product(edition, make_quota(edition, 9))
    guest = Guest(client(), edition.slug)
    page = guest.buy()
    assert "Get an invoice" not in guest.visitor.get(page).text
    make_seller(edition)
    assert "Get an invoice" in guest.visitor.get(page).text
    said = {"name": "Mila", "street": "Ring 2", "postcode": "80331", "city": "Köln"}
    guest.visitor.get(f"{page}bill/")
    guest.send(f"{page}bill/", said | {"name": ""}, status=422)
    guest.send(f"{page}bill/", said)
    assert "being made" in guest.visitor.get(f"{page}bill/").text
    (made,) = make()
    assert made.number in guest.visitor.get(page).text
    answer = guest.visitor.get(f"{page}bill/{made.code}.pdf")
    assert answer.data == made.archive.pdf
    guest.visitor.get(f"{page}bill/NOTHING.pdf", status=404)
    guest.send(f"{page}bill/", said | {"city": "Bonn"})
    make()
    assert guest.visitor.get(f"{page}bill/").text.count(".pdf") == 3


def test_the_team_asks_for_the_invoice_of_a_buyer(client, house, today):
    edition = make_shop()
    make_seller(edition)
    order = place(edition, make_product(edition, make_quota(edition, 9)))
    office = client(make_member(edition, Role.BOX_OFFICE))
    way = f"/{edition.slug}/team/orders/{order.code}/"
    office.get(f"{way}bill/")
    office.post(f"{way}bill/", {"name": "Mila", "street": "Ring 2", "city": "Köln"})
    (made,) = make()
    assert made.by.id
    assert made.number in office.get(way).text
